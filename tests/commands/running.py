"""The program as somebody runs it: a command line in, streams and an exit code out."""

import contextlib
import io
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from pipeline.cli import main

SETTINGS = """\
you: {name: Maya Torres, email: maya@example.com}
timezone: America/Chicago
country: US
"""


class Result(NamedTuple):
    """What a run gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.out)


def run(root: Path, *argv: str, answers: str = "", **environ: str) -> Result:
    """Run one command line on a workspace, standing in it."""
    with contextlib.chdir(root):
        return run_line(*argv, "--root", str(root), answers=answers, **environ)


def run_line(*argv: str, answers: str = "", **environ: str) -> Result:
    """Run one command line as it stands."""
    out, err = io.StringIO(), io.StringIO()
    code = main(argv, io.StringIO(answers), out, err, environ)
    return Result(code, out.getvalue(), err.getvalue())


def person(root: Path, slug: str, rejected_on: str = "2026-01-30", **more: str) -> Path:
    """Write somebody's file by hand."""
    name = slug.replace("-", " ").title()
    fields = {
        "name": name,
        "company": f"{name.split()[-1]} Instruments",
        "position": "Lead Writer",
        "rejected_on": rejected_on,
        "email": f"{slug}@example.com",
        "cause": "someone_hired",
    } | more
    path = root / "contacts" / f"{slug}.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"{k}: {v}\n" for k, v in fields.items() if v), "utf-8")
    return path


def document(root: Path, name: str, **more: str) -> None:
    """Write a document that may be sent."""
    fields = {
        "title": name.replace("-", " ").capitalize(),
        "kind": "talk",
        "url": f"https://example.com/{name}",
        "share": "public",
    } | more
    path = root / "portfolio" / f"{name}.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"{k}: {v}\n" for k, v in fields.items()), "utf-8")


def begun(root: Path) -> Path:
    """Write settings.yml."""
    (root / "settings.yml").write_text(SETTINGS, "utf-8")
    return root


def snapshot(root: Path) -> dict[str, bytes]:
    """Give every file below a folder with its bytes."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }
