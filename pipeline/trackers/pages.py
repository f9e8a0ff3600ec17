"""A Markdown file ▸ the parts of an issue, and back, every other line as it stood.

Files are written by hand as much as by the program: what a person adds stays, and what
is broken is named and left alone.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from pipeline.errors import TrackerError
from pipeline.files.events import write_scalar
from pipeline.files.yamltext import ScalarNode, parse
from pipeline.model import IssueState, Problem
from pipeline.reconciling.when import Unclear, read_day
from pipeline.trackers.base import COMPLETED, Change, Comment, Issue

COMMENTS = "<!-- comments: write below, one command a line, such as /sent yesterday -->"
_MARK = re.compile(r"^<!-- comments\b.*-->[ \t]*$", re.MULTILINE)
_HEAD = re.compile(r"^### (Not Yet)?(?: · )?([0-9]{4}-[0-9]{2}-[0-9]{2})?[ \t]*$")
_COMMAND = re.compile(r"\s*(?:[-*•]\s+)?/\s?[A-Za-z]")
_ACK_END = "-->"


class Broken(TrackerError):  # noqa: N818 - what a hand has done, with its place
    """A file of the inbox cannot be understood."""

    def __init__(self, problem: Problem) -> None:
        """Say where, what is wrong, and what to write instead."""
        super().__init__(str(problem))
        self.problem = problem


class Page(Struct, frozen=True):
    """A file of the inbox, taken apart."""

    head: str  # its lines as they stand
    fields: dict[str, str]  # what they say
    body: str
    comments: str  # everything below the mark
    line_end: str = "\n"
    path: str = ""


class Chunk(Struct, frozen=True):
    """What stands below one head of the comments; `head` is "" where there is none."""

    head: str
    ours: bool
    on: dt.date | None
    lines: list[str]


def take_apart(text: str, path: str) -> Page:
    """Part head, body and comments; Broken names what cannot be understood."""
    line_end = "\r\n" if "\r\n" in text else "\n"
    text = text.replace("\r\n", "\n")
    found = re.match(r"---[ \t]*\n(.*?)\n---[ \t]*(?:\n|$)", text, re.DOTALL)
    if not found:
        message = "the head of this issue is missing"
        remedy = "put it back between two lines of ---"
        raise Broken(Problem(path=path, message=message, remedy=remedy))
    node, problems = parse(f"\n{found[1]}".encode(), path)  # below the line of ---
    if node is None or problems:
        raise Broken(problems[0])
    fields = {
        key.value: each.value
        for key, each in node.value
        if isinstance(each, ScalarNode)
    }
    is_plain = re.search(r"^state[ \t]*:", found[1], re.MULTILINE)
    state = fields.get("state", "").strip().casefold()
    if not is_plain or state not in ("open", "closed"):
        raise Broken(
            Problem(
                path=path,
                line=_line_of(found[1], "state"),
                field="state",
                message=f"neither open nor closed (got {fields.get('state') or None})",
                remedy="write `state: open` or `closed`",
            )
        )
    rest = text[found.end() :]
    mark = _MARK.search(rest)
    if not mark:
        message = "the line that begins the comments is missing"
        remedy = "put `<!-- comments -->` back above them"
        raise Broken(Problem(path=path, message=message, remedy=remedy))
    body = rest[: mark.start()].strip("\n") + "\n"
    return Page(found[1], fields, body, rest[mark.end() :], line_end, path)


def put_together(page: Page) -> str:
    """Write an issue as the file it is kept in."""
    body = page.body.strip("\n")
    text = f"---\n{page.head}\n---\n\n{body}\n\n{COMMENTS}\n{page.comments}"
    return text.replace("\n", page.line_end)


def changed_head(page: Page, change: Change, issue: Issue, as_of: dt.date) -> str:
    """Give the head with what changes; every other line stays as it is."""
    head = page.head
    if change.title is not None:
        head = _with_field(head, "title", write_scalar(change.title))
    if change.state is not None:
        head = _with_field(head, "state", change.state.value)
    if (change.state or issue.state) is IssueState.OPEN:
        return _with_field(_with_field(head, "reason", None), "closed", None)
    if change.state is None:  # by hand; from here the day is as it was understood
        return _with_field(head, "closed", str(issue.closed_on))
    head = _with_field(head, "reason", change.reason or COMPLETED)
    return _with_field(head, "closed", str(as_of))


def _with_field(head: str, name: str, value: str | None) -> str:
    """Set one field of a head, on its own line; None takes it out."""
    field = re.compile(rf"^{name}[ \t]*:.*(?:\n[ \t]+.*)*(?:\n|\Z)", re.MULTILINE)
    line = "" if value is None else f"{name}: {value}\n"
    changed, count = field.subn(lambda _: line, f"{head}\n", count=1)
    return (changed if count else f"{head}\n{line}").rstrip("\n")


def issue_of(number: int, page: Page, as_of: dt.date) -> Issue:
    """Say what an issue is; Broken where its closing has no day to go by."""
    fields = page.fields
    state = IssueState(fields["state"].strip().casefold())
    closed_on = None
    if state is IssueState.CLOSED:
        closed_on = _closing_day(page, as_of)
    reason = fields.get("reason", "").strip().casefold().replace(" ", "_")
    return Issue(
        number=number,
        title=fields.get("title", ""),
        body=page.body,
        state=state,
        reason=reason or None,
        created_on=_day(fields.get("created", "")) or as_of,
        closed_on=closed_on,
        closing=str(closed_on or ""),
    )


def _closing_day(page: Page, as_of: dt.date) -> dt.date:
    """Read the day of a closing as `close --on` does; none given is today."""
    text = page.fields.get("closed", "")
    if not text.strip():
        return as_of
    day = _day(text)
    if day is not None:
        return min(day, as_of)
    try:
        return read_day(text, as_of, ahead=False)
    except Unclear as unclear:
        raise Broken(
            Problem(
                path=page.path,
                line=_line_of(page.head, "closed"),
                field="closed",
                message=f"no day to go by (got '{text}')",
                remedy=str(unclear),
            )
        ) from None


def _line_of(head: str, name: str) -> int:
    """Give the line of a field in its file, which begins with a line of ---; else 1."""
    found = re.search(rf"^{name}[ \t]*:", head, re.MULTILINE)
    return head.count("\n", 0, found.start()) + 2 if found else 1


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None


# --- comments ------------------------------------------------------------------


def comments_of(number: int, text: str) -> Iterator[Comment]:
    """Give our comments whole, and each command line of the person's as one.

    A line is known by issue, text and ordinal, so that the same file saved again says
    nothing new, and a line added beside it does.
    """
    counts: Counter[str] = Counter()
    for chunk in chunks_of(text):
        if chunk.ours:
            yield as_comment(number, chunk, "\n".join(chunk.lines))
            continue
        for line in chunk.lines:
            if not line.strip():
                continue
            if not _COMMAND.match(line):
                break
            said = " ".join(line.split())
            counts[said] += 1
            name = f"{number}\0{said}\0{counts[said]}"
            yield as_comment(number, chunk, line, _digest(name))


def _digest(name: str) -> str:
    import hashlib  # noqa: PLC0415 - only where somebody wrote

    return hashlib.sha256(name.encode()).hexdigest()[:16]


def as_comment(number: int, chunk: Chunk, text: str, known: str = "") -> Comment:
    """Give a text of a chunk as the comment it is."""
    return Comment(issue=number, id=known, text=text, on=chunk.on, ours=chunk.ours)


def chunks_of(text: str) -> Iterator[Chunk]:
    """Part the comments by their heads, and behind every answer of ours."""
    head, ours, on, lines = "", False, None, list[str]()
    for line in text.split("\n"):
        found = _HEAD.fullmatch(line)
        if found and (found[1] or found[2]):
            yield Chunk(head, ours, on, lines)
            head, ours, on, lines = line, bool(found[1]), _day(found[2] or ""), []
            continue
        if ours and _COMMAND.match(line):  # nothing of ours looks like one
            yield Chunk(head, ours, on, lines)
            head, ours, on, lines = "", False, None, []
        lines.append(line)
        if ours and "<!-- notyet:ack " in line and line.rstrip().endswith(_ACK_END):
            yield Chunk(head, ours, on, lines)  # what is typed below is the person's
            head, ours, on, lines = "", False, None, []
    yield Chunk(head, ours, on, lines)
