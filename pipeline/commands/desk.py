"""No verb at all: the front desk on the terminal; it changes nothing."""

import os
from collections.abc import Callable

from pipeline.commands import wording
from pipeline.commands.plan import plan_now
from pipeline.commands.session import FINE, Session
from pipeline.model import Schedule, Touch, TouchStatus
from pipeline.writing import resting

Row = tuple[str, ...]
Rows = Callable[[Session, Touch], Row]

NEXT = 5  # dates to come
HANDS = 5  # files that need one, before the rest is counted
WELCOME = """\
Nothing is here yet.

  ./notyet start    six questions, then your own first file and every date
  ./notyet demo     one minute with invented people; nothing is sent"""


def desk(session: Session) -> int:
    """Show today, what waits and why, the next dates, and files that need a hand."""
    workspace = session.workspace
    if not workspace.contacts and not workspace.problems:
        session.terminal.show(WELCOME, WELCOME)
        return FINE
    plan = plan_now(session)
    lines = [session.terminal.heading(wording.whole_day(session.as_of))]
    lines += _today(session, plan)
    lines += _section(session, "Waiting", _with(plan, TouchStatus.WAITING), _waiting)
    coming = sorted(
        _with(plan, TouchStatus.UPCOMING), key=lambda each: (each.opens_on, each.slug)
    )
    lines += _section(session, "The next dates", coming[:NEXT], _coming)
    lines += _resting(session, plan)
    lines += _hands(session)
    lines += _closing(session, plan)
    problems = wording.count(len(workspace.problems), "problem")
    public = f"{wording.counts(plan.touches)}; {problems} in files."
    session.terminal.show("\n".join(lines), public)
    return FINE


def _with(plan: Schedule, *statuses: TouchStatus) -> list[Touch]:
    return [each for each in plan.touches if each.status in statuses]


def _today(session: Session, plan: Schedule) -> list[str]:
    now = _with(plan, TouchStatus.OPEN, TouchStatus.DUE)
    if not now:
        said = "Nothing. Have a good day."
        if not session.workspace.can_tell:
            said = f"{wording.UNTOLD[0]}\n  {wording.UNTOLD[1]}"
        return ["", session.terminal.heading("Today"), f"  {said}"]
    lines = _section(session, "Today", now, _due)
    if any(each.status is TouchStatus.DUE for each in now):
        lines.append(f"  What has no number yet comes with: {session.program} sync")
    return lines


def _section(
    session: Session, title: str, touches: list[Touch], row: Rows
) -> list[str]:
    if not touches:
        return []
    rows = wording.columns([row(session, touch) for touch in touches])
    return ["", session.terminal.heading(title), *rows]


def _due(session: Session, touch: Touch) -> Row:
    number = f"#{touch.issue}" if touch.issue else "-"
    until = wording.until(touch, session.as_of)
    return number, wording.what(touch), wording.whom(touch), until


def _waiting(session: Session, touch: Touch) -> Row:
    return (
        wording.what(touch),
        wording.whom(touch),
        wording.until(touch, session.as_of),
    )


def _coming(session: Session, touch: Touch) -> Row:
    when = wording.day(touch.opens_on, session.as_of)
    return when, wording.what(touch), wording.whom(touch)


def _resting(session: Session, plan: Schedule) -> list[str]:
    """Name who does not come back by a day, and how they come back."""
    lines = []
    for rest in resting.resting(session.workspace, plan):
        verbs = " or ".join(f'"{each}"' for each in rest.commands)
        ways = f"{session.program} log {rest.slug} {verbs}{rest.otherwise}"
        lines += [f"  {rest.what}", *wording.wrapped(ways.replace("`", ""), " " * 6)]
    return ["", session.terminal.heading(resting.TITLE), *lines] if lines else []


def _hands(session: Session) -> list[str]:
    """Name the files that need a hand, and names that are still to be found."""
    workspace = session.workspace
    lines = wording.problem_lines(workspace.problems[:HANDS])
    more = len(workspace.problems) - HANDS
    if more > 0:
        lines.append(f"and {more} more: {session.program} check")
    lines += [
        f"contacts/{slug}.yml: add the person's name, when you find it"
        for slug, contact in workspace.contacts.items()
        if not contact.name
    ]
    if not lines:
        return []
    title = session.terminal.heading("Files that need a hand")
    return ["", title, *(f"  {line}" for line in lines)]


def _closing(session: Session, plan: Schedule) -> list[str]:
    lines = []
    if plan.stuck:
        people = wording.count(plan.stuck, "person", "people")
        lines.append(
            f"What is open is long past its date and holds back {people}; send, skip "
            "or snooze."
        )
    if plan.overload:
        lines.append(
            f"The rhythm asks for {plan.overload} more messages a year than can be "
            "open at once;"
        )
        lines.append("a slower one, or a higher open_at_once, would fit.")
    looked = session.workspace.state.observed_through
    if looked is not None:
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - seldom

        here = looked.astimezone(ZoneInfo(session.workspace.settings.timezone))
        said = f"{wording.day(here.date(), session.as_of)}, {here:%H:%M}"
        lines.append(f"Last looked, and found something new: {said}.")
    elif os.path.isdir(os.path.join(session.root, "contacts")):
        lines.append(f"Nothing was opened yet: {session.program} sync")
    return ["", *lines] if lines else []
