"""The front desk: everything that waits, on one page.

It is the one text that says when the program last looked, so it alone may change on a
quiet day. No name stands in its title.
"""

import datetime as dt
from collections.abc import Sequence

from pipeline.model import (
    Problem,
    Schedule,
    Step,
    Touch,
    TouchStatus,
    WaitsFor,
    Workspace,
)
from pipeline.reconciling.grammar import DESK, usages
from pipeline.writing.escape import harmless, inline
from pipeline.writing.issues import IssueText, long_day

TITLE = "Not Yet · front desk"
MOST = 8  # lines of one kind before the rest is counted

WAITING_FOR = {
    WaitsFor.ROOM: "until one of the open ones is done",
    WaitsFor.PERSON: "another message to this person is open",
    WaitsFor.COLLEAGUE: "a message to a colleague there is open",
    WaitsFor.QUIET: "a quiet period",
    WaitsFor.AWAY: "you are away",
    WaitsFor.CHOICE: "for your word: `/go`, `/slow` or `/end`",
    WaitsFor.YOU: "for who signs; write `/me NAME; MAIL; ZONE`",
}
WHAT = {
    Step.SELF_ASSESSMENT: "a look back",
    Step.CHECK_IN: "a short mail",
    Step.PORTFOLIO_NOTE: "a document with a few lines",
    Step.YOUR_CALL: "go on or let it rest",
}


def front_desk(
    workspace: Workspace, schedule: Schedule, looked: dt.datetime | None = None
) -> IssueText:
    """Write the front desk; `looked` is when the program last looked, UTC."""
    parts = [
        _stuck(schedule),
        _section("Today", [_today(t) for t in schedule.touches if _is_now(t)])
        or "**Today**\n\nNothing is due. Have a good day.",
        _section("Waiting", [_waiting(t) for t in schedule.touches if t.waits_for]),
        _section("The next dates", [_upcoming(t) for t in upcoming(schedule)]),
        _section("Files that need a hand", [_problem(p) for p in errors(workspace)]),
        _section("Names to find", _nameless(workspace, schedule)),
        _overload(workspace, schedule),
        _commands(),
        _looked(looked),
    ]
    return IssueText(TITLE, harmless("\n\n".join(filter(None, parts))))


def upcoming(schedule: Schedule, count: int = 5) -> list[Touch]:
    """Give the next follow-ups to come, soonest first."""
    coming = [t for t in schedule.touches if t.status is TouchStatus.UPCOMING]
    return sorted(coming, key=lambda t: (t.opens_on, t.slug))[:count]


def errors(workspace: Workspace) -> Sequence[Problem]:
    """Give the problems of files, for a person to mend."""
    return workspace.problems


def _is_now(touch: Touch) -> bool:
    return touch.status in (TouchStatus.DUE, TouchStatus.OPEN)


def _section(heading: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    shown = [f"- {line}" for line in lines[:MOST]]
    if len(lines) > MOST:
        shown.append(f"- and {len(lines) - MOST} more")
    return "\n".join([f"**{heading}**", "", *shown])


def _whom(touch: Touch) -> str:
    name = inline(touch.name or touch.company)
    return name if name == inline(touch.company) else f"{name}, {inline(touch.company)}"


def _today(touch: Touch) -> str:
    number = f"#{touch.issue} " if touch.issue else ""
    return f"{number}{WHAT[touch.step]}: {_whom(touch)}, until {long_day(touch.due_by)}"


def _waiting(touch: Touch) -> str:
    assert touch.waits_for is not None
    return f"{WHAT[touch.step]}: {_whom(touch)} ({WAITING_FOR[touch.waits_for]})"


def _upcoming(touch: Touch) -> str:
    return f"{long_day(touch.opens_on)}: {WHAT[touch.step]}, {_whom(touch)}"


def _problem(problem: Problem) -> str:
    return inline(str(problem))


def _nameless(workspace: Workspace, schedule: Schedule) -> list[str]:
    return [
        f"{inline(contact.company)}: add `name: ...` to `contacts/{slug}.yml`"
        for slug, contact in workspace.contacts.items()
        if not contact.name and slug in schedule.standings
    ]


def _stuck(schedule: Schedule) -> str:
    if not schedule.stuck:
        return ""
    people = "one person" if schedule.stuck == 1 else f"{schedule.stuck} people"
    return (
        f"The open ones are long past their date and hold back {people}. Send, skip or "
        "snooze them, in any order you like."
    )


def _overload(workspace: Workspace, schedule: Schedule) -> str:
    if not schedule.overload:
        return ""
    return (
        f"Your rhythm asks for {schedule.overload} more messages a year than "
        f"{workspace.settings.open_at_once} at a time can carry. A slower rhythm for "
        "some, or a higher `open_at_once`, would bring everyone their turn."
    )


def _commands() -> str:
    lines = "\n".join(f"- `{each.usage}`: {each.help}" for each in usages(DESK))
    return (
        "<details><summary>What can be written here as a comment</summary>\n\n"
        "A command, then whom it is about, such as `/replied Jana warm ...`:\n\n"
        f"{lines}\n\n</details>"
    )


def _looked(looked: dt.datetime | None) -> str:
    return f"Last looked: {looked:%Y-%m-%d %H:%M} UTC." if looked else ""
