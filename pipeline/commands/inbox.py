"""`inbox`, `show`, `mail`: read the issues; none of these changes anything."""

import re

from msgspec import Struct

from pipeline.commands import porcelain, wording
from pipeline.commands.session import FINE, Session
from pipeline.errors import UsageError
from pipeline.model import IssueState
from pipeline.reconciling.identity import split_body
from pipeline.trackers.base import Issue, Observation

_MAIL = re.compile(r"\((mailto:[^)\s]+)\)")


class ShownIssue(Struct, frozen=True, kw_only=True):
    """An issue in a list."""

    created: str
    issue: int
    state: str
    title: str


class ShownInbox(Struct, frozen=True, kw_only=True):
    """What `inbox` prints as JSON."""

    issues: tuple[ShownIssue, ...]
    schema: int = porcelain.SCHEMA


class ShownWhole(Struct, frozen=True, kw_only=True):
    """What `show` prints as JSON."""

    body: str
    comments: tuple[str, ...]
    issue: int
    schema: int = porcelain.SCHEMA
    state: str
    title: str


def look(session: Session) -> Observation:
    """Read every issue there is."""
    return session.tracker.observe((), None, session.as_of)


def issue_of(seen: Observation, number: int) -> Issue:
    """Give one issue, or say where the numbers are."""
    found = seen.issues.get(number)
    if found is None:
        raise UsageError(f"there is no issue {number}; `notyet inbox` lists them")
    return found


# --- all of them ---------------------------------------------------------------


def inbox(session: Session) -> int:
    """List the open issues, with --all the closed ones too."""
    seen = look(session)
    shown = [
        each
        for each in seen.issues.values()
        if session.options.all or each.state is IssueState.OPEN
    ]
    if session.as_json:
        issues = tuple(
            ShownIssue(
                created=str(each.created_on),
                issue=each.number,
                state=each.state,
                title=each.title,
            )
            for each in shown
        )
        porcelain.emit(session.terminal, ShownInbox(issues=issues))
        return FINE
    rows = [
        (
            f"#{each.number}",
            each.title if each.is_ours_to_read else "(cannot be read; notyet check)",
            "" if each.state is IssueState.OPEN else "closed",
        )
        for each in shown
    ]
    lines = (
        wording.columns(rows) if rows else ["Nothing is open. What is due: notyet sync"]
    )
    numbers = ", ".join(f"#{each.number}" for each in shown)
    session.terminal.show("\n".join(lines), f"Open: {numbers or 'nothing'}.")
    return FINE


# --- one of them ---------------------------------------------------------------


def show(session: Session) -> int:
    """Show an issue as text, with what was said on it."""
    number: int = session.options.number
    seen = look(session)
    issue = issue_of(seen, number)
    said = [each.text for each in seen.comments if each.issue == number]
    if session.as_json:
        whole = ShownWhole(
            body=issue.body,
            comments=tuple(said),
            issue=number,
            state=issue.state,
            title=issue.title,
        )
        porcelain.emit(session.terminal, whole)
    elif session.options.raw:
        session.terminal.show("\n\n".join([issue.body.rstrip("\n"), *said]))
    else:
        state = "" if issue.state is IssueState.OPEN else " (closed)"
        title = f"#{number} {issue.title}{state}"
        body = split_body(issue.body)
        parts = [plain(body.managed, number), plain(body.yours, number)]
        parts += [plain(text, number) for text in said]
        session.terminal.show(
            "\n\n".join([session.terminal.heading(title), *filter(None, parts)]),
            f"#{number}{state}",
        )
    return FINE


_LINK = re.compile(r"\[([^\]\n]+)\]\(([^)\s]+)\)")
_RULES = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"<details><summary>(.*?)</summary>", re.DOTALL), r"--- \1 ---"),
    (re.compile(r"</?(?:details|summary|br)\s*/?>"), ""),
    (re.compile(r"\*\*(.+?)\*\*"), r"\1"),
    (re.compile(r"(?<![\w*])\*([^*\n]+)\*(?![\w*])"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|<>@~-])"), r"\1"),
    (re.compile(r"[ \t]+$", re.MULTILINE), ""),
    (re.compile(r"\n{3,}"), "\n\n"),
)
_FENCE = re.compile(r"^(`{3,})[a-z]*\n(.*?)\n\1$", re.DOTALL | re.MULTILINE)


def plain(markdown: str, number: int) -> str:
    """Give Markdown of ours as text for a terminal: folds open, long links by name.

    `number` is that of the issue it stands on, 0 for none.
    """
    parts = _FENCE.split(markdown)  # text, fence, what it holds, text, ...
    told = [
        part if index % 3 == 2 else _prose(part, number)
        for index, part in enumerate(parts)
        if index % 3 != 1
    ]
    return "\n\n".join(part.strip("\n") for part in told if part.strip())


def _prose(markdown: str, number: int) -> str:
    import html  # noqa: PLC0415 - for people alone

    def link(found: re.Match[str]) -> str:
        text, address = found[1], found[2]
        if address.startswith("mailto:"):
            return f"{text}: notyet mail {number}" if number else ""
        return text if len(address) > 100 else f"{text} ({address})"

    text = _LINK.sub(link, markdown)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    lines = []
    for line in html.unescape(text).split("\n"):
        lines += wording.folded(line)
    return "\n".join(lines)


def mail(session: Session) -> int:
    """Hand the message of an issue to the mail program; the person sends it."""
    number: int = session.options.number
    found = _MAIL.search(issue_of(look(session), number).body)
    if found is None:
        message = f"there is no mail in issue {number}; see `notyet show {number}`"
        raise UsageError(message)
    if session.options.print:
        session.terminal.show(found[1])
        return FINE
    import webbrowser  # noqa: PLC0415 - only here

    if not webbrowser.open(found[1]):
        session.terminal.note("No mail program could be opened; here is the link.")
        session.terminal.show(found[1])
    return FINE
