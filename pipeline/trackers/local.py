"""The local tracker: a folder of Markdown issues, made to be read and edited by hand.

Each issue is `inbox/0007.md`: a head between lines of three dashes, the body, and below
a mark the comments. Whoever types a command at the end of the file has commented.
"""

import contextlib
import datetime as dt
import hashlib
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from pipeline.errors import Gone, TrackerError
from pipeline.files.events import write_scalar
from pipeline.files.store import create_file, explained, replace_file
from pipeline.files.yamltext import ScalarNode, parse
from pipeline.model import IssueState, Known, Problem
from pipeline.trackers.base import (
    COMPLETED,
    Change,
    Comment,
    Issue,
    Observation,
)

FOLDER = "inbox"
COMMENTS = "<!-- comments: write below, one command a line, such as /sent yesterday -->"
_NAME = re.compile(r"([0-9]{4,6})\.md")
_MARK = re.compile(r"^<!-- comments\b.*-->[ \t]*$", re.MULTILINE)
_HEAD = re.compile(r"^### (Not Yet)?(?: · )?([0-9]{4}-[0-9]{2}-[0-9]{2})?[ \t]*$")
_COMMAND = re.compile(r"\s*(?:[-*•]\s+)?/\s?[A-Za-z]")
_ACK_END = "-->"


class Page(Struct, frozen=True):
    """A file of the inbox, taken apart."""

    head: dict[str, str]
    body: str
    comments: str  # everything below the mark


class Chunk(Struct, frozen=True):
    """What stands below one head of the comments; `head` is "" where there is none."""

    head: str
    ours: bool
    on: dt.date | None
    lines: list[str]


class LocalTracker:
    """Issues in `inbox/` below a root."""

    name = "local"
    accounts: tuple[str, ...] = ()
    claims_last = dt.timedelta()  # under the lock, another run's claim is a dead one's

    def __init__(self, root: str) -> None:
        """Keep issues in `inbox/`, which is made with the first one."""
        self._folder = os.path.join(root, FOLDER)

    # --- looking ---------------------------------------------------------------

    def observe(
        self, known: Mapping[int, Known], since: dt.datetime | None, as_of: dt.date
    ) -> Observation:
        """Read every file of the inbox; a known number without a file is gone."""
        del since  # files are cheap to read, and hand edits carry no date
        issues: dict[int, Issue] = {}
        comments: list[Comment] = []
        problems: list[Problem] = []
        for number in self._numbers():
            try:
                page = self.read(number)
            except TrackerError as error:
                message, _, remedy = str(error).partition("; ")
                path = f"{FOLDER}/{number:04}.md"
                problems.append(Problem(path=path, message=message, remedy=remedy))
                issues[number] = _unreadable(number, as_of)
                continue
            issues[number] = _issue(number, page, as_of)
            comments += _comments(number, page.comments)
        return Observation(
            issues=issues,
            comments=tuple(comments),
            gone=frozenset(set(known) - issues.keys()),
            problems=tuple(problems),
        )

    def look_at(self, number: int, as_of: dt.date) -> Issue | None:
        """Read one issue; None where it is gone or broken."""
        try:
            return _issue(number, self.read(number), as_of)
        except TrackerError:
            return None

    def read(self, number: int) -> Page:
        """Read one issue; TrackerError where there is none or it is broken."""
        path = self._path(number)
        try:
            with open(path, encoding="utf-8-sig", newline="") as file:
                text = file.read().replace("\r\n", "\n")
        except FileNotFoundError:
            message = f"there is no issue {number}; see `notyet inbox`"
            raise Gone(message) from None
        except (OSError, UnicodeDecodeError):
            message = "this issue cannot be read; save it as UTF-8 text"
            raise TrackerError(message) from None
        return _take_apart(text, f"{FOLDER}/{number:04}.md")

    def _numbers(self) -> list[int]:
        try:
            names = os.listdir(self._folder)
        except OSError:
            return []
        found = (_NAME.fullmatch(name) for name in names)
        return sorted(int(match[1]) for match in found if match)

    def _path(self, number: int) -> str:
        return os.path.join(self._folder, f"{number:04}.md")

    # --- changing --------------------------------------------------------------

    def create(self, title: str, body: str, as_of: dt.date) -> int:
        """Open an issue under the next free number, claimed by creating its file."""
        number = max(self._numbers(), default=0) + 1
        while True:
            head = {
                "number": str(number),
                "title": title,
                "state": IssueState.OPEN.value,
                "created": str(as_of),
            }
            data = _put_together(Page(head, body, "\n")).encode()
            with _storing():
                if create_file(self._path(number), data):
                    return number
            number += 1

    def update(self, seen: Issue, change: Change, as_of: dt.date) -> bool:
        """Set title, body and state in one replacement, if the file is as it was."""
        number = seen.number
        page = self.read(number)
        now = _issue(number, page, as_of)
        if (now.title, now.body, now.state) != (seen.title, seen.body, seen.state):
            return False
        self._set(number, page, change, as_of)
        return True

    def person_sets(self, number: int, change: Change, as_of: dt.date) -> None:
        """Set fields as the person does by hand."""
        self._set(number, self.read(number), change, as_of)

    def _set(self, number: int, page: Page, change: Change, as_of: dt.date) -> None:
        head = dict(page.head)
        if change.title is not None:
            head["title"] = change.title
        if change.state is not None:
            head["state"] = change.state.value
            for name in ("reason", "closed"):
                head.pop(name, None)
            if change.state is IssueState.CLOSED:
                head["reason"] = change.reason or COMPLETED
                head["closed"] = str(as_of)
        body = page.body if change.body is None else change.body
        self._write(number, Page(head, body, page.comments))

    def comment(self, number: int, text: str, as_of: dt.date) -> None:
        """Add a comment of ours at the end."""
        self._append(number, f"### Not Yet · {as_of}\n{text}")

    def edit_comments(
        self, number: int, becomes: Callable[[Comment], str | None]
    ) -> None:
        """Let every comment of ours, and every line of a person's, read as said."""
        page = self.read(number)
        lines: list[str] = []
        for chunk in _chunks(page.comments):
            said = ["\n".join(chunk.lines)] if chunk.ours else chunk.lines
            kept = [
                text
                for each in said
                if (text := becomes(_as_comment(number, chunk, each))) is not None
            ]
            if chunk.head and any(each.strip() for each in kept):
                lines.append(chunk.head)
            lines += kept
        comments = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
        if comments != page.comments:
            self._write(number, Page(page.head, page.body, comments))

    def person_comments(self, number: int, text: str, as_of: dt.date) -> None:
        """Add a comment of the person's at the end."""
        self._append(number, f"### {as_of}\n{text}")

    def _append(self, number: int, text: str) -> None:
        page = self.read(number)
        comments = f"{page.comments.rstrip()}\n\n{text}\n".lstrip("\n")
        self._write(number, Page(page.head, page.body, f"\n{comments}"))

    def _write(self, number: int, page: Page) -> None:
        with _storing():
            replace_file(self._path(number), _put_together(page).encode())


@contextlib.contextmanager
def _storing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise explained(error) from error


# --- files ---------------------------------------------------------------------


def _take_apart(text: str, path: str) -> Page:
    """Part head, body and comments; TrackerError names what is broken."""
    found = re.match(r"---[ \t]*\n(.*?)\n---[ \t]*(?:\n|$)", text, re.DOTALL)
    if not found:
        raise TrackerError(
            "the head of this issue is missing; put it back between two lines of ---"
        )
    node, problems = parse(found[1].encode(), path)
    if node is None or problems:
        raise TrackerError(f"{problems[0].message}; {problems[0].remedy}")
    head = {
        key.value: each.value
        for key, each in node.value
        if isinstance(each, ScalarNode)
    }
    if head.get("state", "").strip().casefold() not in ("open", "closed"):
        raise TrackerError("the head has no state; write `state: open` or `closed`")
    rest = text[found.end() :]
    mark = _MARK.search(rest)
    body = rest[: mark.start()] if mark else rest
    return Page(head, body.strip("\n") + "\n", rest[mark.end() :] if mark else "")


def _put_together(page: Page) -> str:
    lines = []
    for name, value in page.head.items():
        plain = name in ("number", "created", "closed") or re.fullmatch(
            r"[a-z_]+", value
        )
        lines.append(f"{name}: {value if plain else write_scalar(value)}")
    head = "\n".join(lines)
    body = page.body.strip("\n")
    return f"---\n{head}\n---\n\n{body}\n\n{COMMENTS}\n{page.comments}"


def _issue(number: int, page: Page, as_of: dt.date) -> Issue:
    state = IssueState(page.head["state"].strip().casefold())
    closed_on = None
    if state is IssueState.CLOSED:
        closed_on = _day(page.head.get("closed", "")) or as_of
    reason = page.head.get("reason", "").strip().casefold().replace(" ", "_")
    return Issue(
        number=number,
        title=page.head.get("title", ""),
        body=page.body,
        state=state,
        reason=reason or None,
        created_on=_day(page.head.get("created", "")) or as_of,
        closed_on=closed_on,
        closing=str(closed_on or ""),
    )


def _unreadable(number: int, as_of: dt.date) -> Issue:
    return Issue(
        number=number,
        title="",
        body="",
        state=IssueState.OPEN,
        created_on=as_of,
        is_ours_to_read=False,
    )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None


# --- comments ------------------------------------------------------------------


def _comments(number: int, text: str) -> Iterator[Comment]:
    """Give our comments whole, and each command line of the person's as one.

    A line is known by issue, text and ordinal, so that the same file saved again says
    nothing new, and a line added beside it does.
    """
    counts: Counter[str] = Counter()
    for chunk in _chunks(text):
        if chunk.ours:
            yield _as_comment(number, chunk, "\n".join(chunk.lines))
            continue
        for line in chunk.lines:
            if not line.strip():
                continue
            if not _COMMAND.match(line):
                break
            said = " ".join(line.split())
            counts[said] += 1
            name = f"{number}\0{said}\0{counts[said]}"
            known = hashlib.sha256(name.encode()).hexdigest()[:16]
            yield _as_comment(number, chunk, line, known)


def _as_comment(number: int, chunk: Chunk, text: str, known: str = "") -> Comment:
    return Comment(issue=number, id=known, text=text, on=chunk.on, ours=chunk.ours)


def _chunks(text: str) -> Iterator[Chunk]:
    """Part the comments by their heads, and behind every answer of ours."""
    head, ours, on, lines = "", False, None, list[str]()
    for line in text.split("\n"):
        found = _HEAD.fullmatch(line)
        if found and (found[1] or found[2]):
            yield Chunk(head, ours, on, lines)
            head, ours, on, lines = line, bool(found[1]), _day(found[2] or ""), []
            continue
        lines.append(line)
        if ours and "<!-- notyet:ack " in line and line.rstrip().endswith(_ACK_END):
            yield Chunk(head, ours, on, lines)  # what is typed below is the person's
            head, ours, on, lines = "", False, None, []
    yield Chunk(head, ours, on, lines)
