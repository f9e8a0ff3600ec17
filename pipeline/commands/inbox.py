"""`inbox`, `show`, `mail`: read the issues; none of these changes anything."""

import datetime as dt
from typing import Annotated

from msgspec import Meta, Struct

from pipeline.commands import porcelain, wording
from pipeline.commands.reading import mail_links, mails_in, plain
from pipeline.commands.session import FINE, Session
from pipeline.errors import UsageError
from pipeline.model import IssueState
from pipeline.reconciling.identity import split_body
from pipeline.trackers.base import Issue, Observation

State = Annotated[IssueState, Meta(description="whether it still waits for you")]
Title = Annotated[str, Meta(description="its title")]


class ShownIssue(Struct, frozen=True, kw_only=True):
    """An issue in a list."""

    created: Annotated[dt.date, Meta(description="the day it opened")]
    issue: porcelain.Number
    state: State
    title: Title


class ShownInbox(Struct, frozen=True, kw_only=True):
    """What `inbox` prints as JSON."""

    issues: Annotated[
        tuple[ShownIssue, ...], Meta(description="by number; open ones, or `--all`")
    ]
    schema: porcelain.Version = porcelain.SCHEMA


class ShownWhole(Struct, frozen=True, kw_only=True):
    """What `show` prints as JSON."""

    body: Annotated[str, Meta(description="its text, as Markdown")]
    comments: Annotated[tuple[str, ...], Meta(description="in order, as Markdown")]
    issue: porcelain.Number
    schema: porcelain.Version = porcelain.SCHEMA
    state: State
    title: Title


def look(session: Session) -> Observation:
    """Read every issue there is."""
    return session.tracker.observe({}, None, session.as_of)


def issue_of(seen: Observation, number: int) -> Issue:
    """Give one issue, or say where the numbers are."""
    found = seen.issues.get(number)
    if found is None:
        raise UsageError(f"there is no issue {number}; `./notyet inbox` lists them")
    return found


def texts_of(seen: Observation, number: int) -> list[str]:
    """Give the body of an issue and what was said on it, in order."""
    said = [each.text for each in seen.comments if each.issue == number]
    return [issue_of(seen, number).body, *said]


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
                created=each.created_on,
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
            each.title if each.is_ours_to_read else "(cannot be read; ./notyet check)",
            "" if each.state is IssueState.OPEN else "closed",
        )
        for each in shown
    ]
    nothing = f"Nothing is open. What is due: {session.program} sync"
    lines = wording.columns(rows) or [nothing]
    numbers = ", ".join(f"#{each.number}" for each in shown)
    session.terminal.show("\n".join(lines), f"Open: {numbers or 'nothing'}.")
    return FINE


# --- one of them ---------------------------------------------------------------


def show(session: Session) -> int:
    """Show an issue as text, with what was said on it."""
    number: int = session.options.number
    seen = look(session)
    issue = issue_of(seen, number)
    texts = texts_of(seen, number)
    said = texts[1:]
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
        mails = mails_in(number, texts, session.program)
        parts = [plain(text, mails) for text in (body.managed, body.yours, *said)]
        session.terminal.show(
            "\n\n".join([session.terminal.heading(title), *filter(None, parts)]),
            f"#{number}{state}",
        )
    return FINE


def mail(session: Session) -> int:
    """Hand a message of an issue to the mail program; the person sends it."""
    number, which = session.options.number, session.options.which
    mails = mail_links(texts_of(look(session), number))
    if not mails:
        message = f"there is no mail in issue {number}; see `./notyet show {number}`"
        raise UsageError(message)
    if not 0 < which <= len(mails):
        raise UsageError(f"there is no mail {which} in issue {number}")
    link = mails[which - 1]
    if session.options.print:
        session.terminal.show(link)
        return FINE
    import webbrowser  # noqa: PLC0415 - only here

    if not webbrowser.open(link):
        session.terminal.note("No mail program could be opened; here is the link.")
        session.terminal.show(link)
    return FINE
