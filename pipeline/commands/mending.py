"""`check --fix`: shows what a slip of the finger has bent, asks, and mends it.

What is a slip of the finger is for `files.repair` to say; nothing else is written.
"""

from typing import Annotated

from msgspec import Meta, Struct

from pipeline.commands import wording
from pipeline.commands.agreeing import agreed
from pipeline.commands.session import Session
from pipeline.files.folders import is_hand_written, read_file
from pipeline.files.repair import Repair, repaired
from pipeline.files.store import Write
from pipeline.files.workspace import load


class ShownRepair(Struct, frozen=True, kw_only=True):
    """One mended line."""

    after: Annotated[str, Meta(description="the line as it is meant")]
    before: Annotated[str, Meta(description="the line as it was found")]
    line: Annotated[int, Meta(description="from 1")]
    path: Annotated[str, Meta(description="the file, from the root, with slashes")]
    written: Annotated[bool, Meta(description="whether it was done; needs `--yes`")]


def mend(session: Session) -> tuple[ShownRepair, ...]:
    """Mend what can be mended, if that is wanted; give every line of it."""
    writes: list[Write] = []
    repairs: list[tuple[str, Repair]] = []
    for path in dict.fromkeys(each.path for each in session.workspace.problems):
        data = read_file(session.root, path) if is_hand_written(path) else None
        if data is not None:
            mended, lines = repaired(data, path)
            repairs += [(path, each) for each in lines]
            writes += [Write(path, mended, data)] if lines else []
    written = bool(writes) and _wanted(session, repairs)
    if written:
        with session.store.lock():
            many = wording.count(len(repairs), "line")
            session.store.commit(writes, f"Mend {many}")
        session.workspace = load(session.root)
    return tuple(
        ShownRepair(
            after=each.after,
            before=each.before,
            line=each.line,
            path=path,
            written=written,
        )
        for path, each in repairs
    )


def _wanted(session: Session, repairs: list[tuple[str, Repair]]) -> bool:
    """Show what would be mended and ask; to a program only `--yes` is a yes."""
    if session.as_json:
        return bool(session.options.yes)
    lines = []
    for path, each in repairs:
        lines += [f"{path}:{each.line}", f"  - {each.before}", f"  + {each.after}"]
    files = wording.count(len({path for path, _ in repairs}), "file")
    public = f"{wording.count(len(repairs), 'line')} of {files} can be mended."
    return agreed(session, "\n".join([*lines, ""]), public, "Write it like this?")
