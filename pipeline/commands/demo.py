"""`demo`: a workspace of invented people, run once and once more, told as a story.

It never touches what somebody else put into `.demo/`: a demo that was changed is set
aside before a fresh one is made. Nothing of the user's is read, and since everybody in
it is invented, the story is told even where others read along.
"""

import argparse
import datetime as dt
import hashlib
import os
import re
import shutil
from collections.abc import Iterator

import msgspec

import pipeline
from pipeline.commands import sync, wording
from pipeline.commands.dashboard import written
from pipeline.commands.inbox import look
from pipeline.commands.reading import plain
from pipeline.commands.session import DEMO, FINE, Session
from pipeline.errors import UsageError
from pipeline.files.store import explained
from pipeline.model import MESSAGE_STEPS, Touch
from pipeline.reconciling.apply import SyncReport
from pipeline.reconciling.identity import split_body

SAMPLE = "three-years"
AS_OF = dt.date(2026, 11, 23)
FOLDER = ".demo"
QUOTED = 4  # lines of the first message


def demo(session: Session) -> int:
    """Make the demo anew, run it twice, and tell what happened."""
    session.terminal.silent = False
    target = os.path.join(session.root, FOLDER)
    try:
        kept = _fresh(_sample(), target)
    except OSError as error:
        raise explained(error) from error
    began = session.seconds()
    inside = _inside(session, target)
    first = sync.run(inside)
    again = sync.run(_inside(session, target))
    took = session.seconds() - began
    _remember(target)
    shown = os.path.relpath(target) if not os.path.isabs(session.root) else target
    lines = _story(inside, first, again, took, shown)
    lines.append(f"  On pages, for your browser: {written(inside)}")
    if kept:
        lines.insert(1, f"Your changed demo is kept in {kept}.")
    session.terminal.show("\n".join(lines))
    return FINE


def _inside(session: Session, target: str) -> Session:
    options = argparse.Namespace(
        root=target,
        as_of=AS_OF,
        format="text",
        tracker="local",
        store="folder",
        push=False,
    )
    return Session(
        options,
        session.terminal,
        now=session.now,
        seconds=session.seconds,
        sleep=session.sleep,
        environ={},
    )


# --- a fresh copy --------------------------------------------------------------


def _sample() -> str:
    base = os.path.dirname(os.path.dirname(os.path.abspath(pipeline.__file__)))
    found = os.path.join(base, "examples", SAMPLE)
    if not os.path.isdir(found):
        raise UsageError("the samples are not here; run it in a copy of the repository")
    return found


def _fresh(sample: str, target: str) -> str:
    """Copy the sample, and say where an older demo went if it was changed."""
    kept = ""
    if os.path.lexists(target):
        if _as_we_left_it(target):
            shutil.rmtree(target)
        else:
            kept = _free_name(target)
            os.rename(target, kept)
    shutil.copytree(sample, target, copy_function=_copy)
    _remember(target)
    return kept


def _copy(source: str, target: str) -> None:
    """Copy a file; the demo lies one folder nearer to the schemas that it names."""
    with open(source, "rb") as file:
        data = file.read()
    with open(target, "wb") as file:
        file.write(data.replace(b"$schema=../", b"$schema=", 1))


def _free_name(target: str) -> str:
    number = 1
    while os.path.lexists(f"{target}.{number}"):
        number += 1
    return f"{target}.{number}"


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What the program put into a demo, and the day on which it stands still."""

    as_of: dt.date
    files: dict[str, str]  # path ▸ digest


def _remember(target: str) -> None:
    made = Made(as_of=AS_OF, files=dict(sorted(_digests(target))))
    with open(os.path.join(target, DEMO), "wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n")


def _as_we_left_it(target: str) -> bool:
    """Say whether a demo holds what we put there, and nothing else."""
    if os.path.islink(target):
        return False
    try:
        with open(os.path.join(target, DEMO), "rb") as file:
            made = msgspec.json.decode(file.read(), type=Made)
        return dict(_digests(target)) == made.files
    except (OSError, msgspec.MsgspecError):
        return False


def _digests(target: str) -> Iterator[tuple[str, str]]:
    for folder, _, names in os.walk(target):
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), target)
            if path in (DEMO, os.path.join("state", ".lock")):
                continue
            with open(os.path.join(folder, name), "rb") as file:
                digest = hashlib.sha256(file.read()).hexdigest()
            yield path.replace(os.sep, "/"), digest


# --- the story -----------------------------------------------------------------


def _story(
    session: Session, first: SyncReport, again: SyncReport, took: float, shown: str
) -> list[str]:
    heading = session.terminal.heading
    touches = {t.key: t for t in (first.schedule.touches if first.schedule else ())}
    opened = [(number, touches[key]) for key, number in first.opened]
    ready = [number for number, touch in opened if touch.step in MESSAGE_STEPS]
    twice = "nothing opened twice" if not again.opened else f"{again.opened} opened"
    lines = [
        f"{heading('Not Yet, with invented people')}. Nothing is sent; nothing of "
        "yours is read.",
        "",
        *_who(first),
        f"  Ran it again: {twice}. Both runs took {took:.1f} s.",
        "",
        *_told(opened),
    ]
    if ready:
        lines += [
            "",
            heading("The first one, ready to send"),
            *_quoted(session, ready[0]),
        ]
    number = ready[0] if ready else 1
    return [
        *lines,
        "",
        heading("Try next"),
        *wording.columns(
            [
                (f"./notyet show {number} --root {shown}", "read it all"),
                (
                    f"./notyet close {number} --root {shown}",
                    "you sent it; what is next",
                ),
                ("make start", "begin your own, with six questions"),
            ]
        ),
    ]


def _who(first: SyncReport) -> list[str]:
    workspace = first.workspace
    people = wording.count(len(workspace.contacts), "person", "people")
    documents = wording.count(len(workspace.documents), "document")
    problems = len(first.problems)
    wrong = wording.count(problems, "problem") if problems else "no problems"
    days = sorted(
        each.rejected_on
        for contact in workspace.contacts.values()
        for each in contact.rejections
    )
    you = workspace.settings.you
    name = you.name.split()[0] if you else "Somebody"
    since = f"{days[0]:%B} {days[0].year}" if days else "long ago"
    asked = {key.partition("/")[0] for key, _ in first.opened}
    others = len(workspace.contacts) - len(asked)
    opened = wording.count(len(first.opened), "follow-up")
    return [
        f"{name} writes down who said no: {people} since {since}.",
        f"In this demo it is {wording.whole_day(AS_OF)}.",
        f"  Read    {people}, {documents}, {wrong}",
        f"  Opened  {opened}; the other {others} people need nothing today",
    ]


def _told(opened: list[tuple[int, Touch]]) -> list[str]:
    rows = wording.columns(
        [
            (
                f"#{number}",
                wording.what(touch),
                wording.whom(touch),
                wording.until(touch, AS_OF),
            )
            for number, touch in opened
        ]
    )
    lines = []
    for row, (_, touch) in zip(rows, opened, strict=True):
        why = wording.wrapped(wording.sentences(touch.reasons), " " * 6)
        lines += [row, *why[:1]]
    return lines


def _quoted(session: Session, number: int) -> list[str]:
    """Give the first lines of a message, as they stand in its issue."""
    managed = split_body(look(session).issues[number].body).managed
    quoted = re.findall(r"^> ?(.*)$", managed, re.MULTILINE)
    parts = re.split(r"\n\s*\n", "\n".join(quoted))
    said = (" ".join(plain(part, {}).split()) for part in parts[1:])  # not the subject
    lines = [line for text in said for line in wording.wrapped(text, "  | ")]
    return [*lines[:QUOTED], *(["  | ..."] if len(lines) > QUOTED else [])]
