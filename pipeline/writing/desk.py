"""The front desk: everything that waits, on one page.

It is the one text that may change on a quiet day, for it says what is due now and when
the program last looked. No name stands in its title.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from pipeline.model import (
    EventKind,
    Schedule,
    Severity,
    Step,
    Touch,
    TouchStatus,
    WaitsFor,
    Workspace,
)
from pipeline.reconciling.vocabulary import DESK, usages
from pipeline.writing import resting
from pipeline.writing.context import IssueText, step_name
from pipeline.writing.dates import list_day, long_day, week_day
from pipeline.writing.escape import code, inline
from pipeline.writing.mending import wrong

TITLE = "Not Yet · front desk"
MOST = 8  # lines of one kind before the rest is counted
DATES = 5
LONG_AWAY = dt.timedelta(days=150)

_K = EventKind
WAITING_FOR = {
    WaitsFor.ROOM: "until one of the open ones is done",
    WaitsFor.PERSON: "until the other message there is done",
    WaitsFor.COLLEAGUE: "until a month after the one to a colleague there",
    WaitsFor.QUIET: "until the quiet days are over",
    WaitsFor.AWAY: "until you are back",
    WaitsFor.CHOICE: "for your word: `/go`, `/slow` or `/end` and the name",
    WaitsFor.YOU: "for the name to sign with",
}


_SILENT = "If that is days ago, open *Actions*, *Follow-ups*, and press *Run workflow*."


def front_desk(
    workspace: Workspace,
    schedule: Schedule,
    looked: dt.datetime | None = None,
    edit_base: str = "",
) -> IssueText:
    """Write the front desk; `looked` is when the program last looked, UTC.

    `edit_base` is where files are edited, if that is a page.
    """
    touches = schedule.touches
    now = [t for t in touches if t.status in (TouchStatus.DUE, TouchStatus.OPEN)]
    waiting = [t for t in touches if t.waits_for]
    parts = [
        _welcome_back(workspace, schedule),
        _who_signs(touches),
        _stuck(schedule),
        _section("Today", [_today(t) for t in now]) or _nothing(workspace),
        _section("Waiting", [_waiting(t) for t in waiting[:MOST]], len(waiting)),
        _dates(schedule),
        _section(resting.TITLE, list(_resting(workspace, schedule))),
        _files(workspace, edit_base),
        _section("Names to find", list(_nameless(workspace, schedule))),
        _overload(workspace, schedule),
        _so_far(schedule),
        _commands(),
        f"Last looked: {_moment(looked)}. {_SILENT}" if looked else "",
    ]
    return IssueText(TITLE, "\n\n".join(filter(None, parts)))


def upcoming(schedule: Schedule, count: int = DATES) -> list[Touch]:
    """Give the next follow-ups to come, soonest first."""
    coming = [t for t in schedule.touches if t.status is TouchStatus.UPCOMING]
    return sorted(coming, key=lambda t: (t.opens_on, t.slug))[:count]


# --- what comes first when something is the matter -----------------------------


def _welcome_back(workspace: Workspace, schedule: Schedule) -> str:
    """Greet somebody who has not been here for months, and give the load its size."""
    told = (
        event.date
        for found in schedule.standings.values()
        for event in found.in_force
        if event.date <= schedule.as_of
    )
    newest = max(told, default=None)
    waiting = sum(t.waits_for is not None for t in schedule.touches)
    opened = sum(
        t.status in (TouchStatus.DUE, TouchStatus.OPEN) for t in schedule.touches
    )
    if newest is None or schedule.as_of - newest < LONG_AWAY or not opened:
        return ""
    del workspace
    wait = f" {_count(waiting, 'message waits', 'messages wait')} behind them;" * (
        waiting > 0
    )
    return (
        f"**Welcome back.** Nothing was lost, and nothing is late beyond repair: "
        f"{_count(opened, 'is', 'are')} open,{wait} the next opens when you close one."
    )


def _who_signs(touches: Sequence[Touch]) -> str:
    if not any(t.waits_for is WaitsFor.YOU for t in touches):
        return ""
    return (
        "**Messages need a name under them.** Comment `/me NAME; MAIL; ZONE`, such as "
        "`/me Maya Torres; maya@example.com; America/Chicago`."
    )


def _stuck(schedule: Schedule) -> str:
    if not schedule.stuck:
        return ""
    people = _count(schedule.stuck, "person", "people")
    return (
        f"**The open ones hold back {people}.** Their dates are long past, and they "
        "are still fine to send; send, skip or snooze them, in any order."
    )


def _overload(workspace: Workspace, schedule: Schedule) -> str:
    if not schedule.overload:
        return ""
    return (
        f"Your rhythm asks for {schedule.overload} more messages a year than "
        f"{workspace.settings.open_at_once} at a time can carry. A slower rhythm for "
        "some (`/slow` and a name), or a higher `open_at_once`, gives everyone a turn."
    )


def _nothing(workspace: Workspace) -> str:
    if workspace.can_tell:
        return "**Today:** nothing is due. Have a good day."
    return (
        "**Today:** no date can be told until `settings.yml` is mended. What is open "
        "stays open, and what you did is written down."
    )


# --- the lists -----------------------------------------------------------------


def _section(heading: str, lines: Sequence[str], total: int = 0) -> str:
    """List what is of one kind; `total` counts those whose lines are not given."""
    if not lines:
        return ""
    shown = [f"- {line}" for line in lines[:MOST]]
    total = max(total, len(lines))
    if total > MOST:
        shown.append(f"- and {total - MOST} more")
    return "\n".join([f"**{heading}**", "", *shown])


def _what(touch: Touch) -> str:
    company = inline(touch.company)
    if touch.step is Step.SELF_ASSESSMENT:
        return f"{step_name(touch)}, about {company}"
    name = f"{inline(touch.name)}, {company}" if touch.name else company
    if touch.step is Step.YOUR_CALL:
        return f"{step_name(touch)} with {name}"
    return f"{step_name(touch)} for {name}"


def _today(touch: Touch) -> str:
    number = f"#{touch.issue} · " if touch.issue else ""
    if touch.step is Step.YOUR_CALL:
        return f"{number}{_what(touch)}; no hurry"
    if not touch.overdue:
        return f"{number}{_what(touch)}, until {week_day(touch.due_by)}"
    late = "" if touch.step is Step.SELF_ASSESSMENT else "; still fine to send"
    return f"{number}{_what(touch)}{late}"


def _waiting(touch: Touch) -> str:
    assert touch.waits_for is not None
    return f"{_what(touch)}: {WAITING_FOR[touch.waits_for]}"


def _dates(schedule: Schedule) -> str:
    rows = [f"| {list_day(t.opens_on)} | {_what(t)} |" for t in upcoming(schedule)]
    return "\n".join(["| Next | |", "|---|---|", *rows]) if rows else ""


def _files(workspace: Workspace, edit_base: str) -> str:
    problems = sorted(
        workspace.problems, key=lambda p: p.severity is not Severity.ERROR
    )
    text = _section("Files that need a hand", [wrong(p, edit_base) for p in problems])
    held = any(
        p.severity is Severity.ERROR and p.path.startswith("contacts/")
        for p in problems
    )
    if held:
        text += "\n\nUntil then these people's mails wait; everyone else goes on."
    return text


def _resting(workspace: Workspace, schedule: Schedule) -> Iterator[str]:
    for rest in resting.resting(workspace, schedule):
        verbs = (each.partition(" ") for each in rest.commands)
        said = [code(f"{verb} {rest.slug} {more}".strip()) for verb, _, more in verbs]
        yield f"{inline(rest.what)}; {', '.join(said)}{rest.otherwise}"


def _nameless(workspace: Workspace, schedule: Schedule) -> Iterator[str]:
    for slug, contact in workspace.contacts.items():
        if not contact.name and slug in schedule.standings:
            file = f"`contacts/{slug}.yml`"
            yield f"{inline(contact.company)}: a name to write to, as `name:` in {file}"


def _so_far(schedule: Schedule) -> str:
    events = [e for each in schedule.standings.values() for e in each.in_force]
    sent = sum(e.event is _K.SENT for e in events)
    if not sent:
        return ""
    answered = sum(e.event is _K.REPLIED for e in events)
    talks = sum(e.event is _K.INTERVIEW for e in events)
    return f"So far: {sent} sent, {answered} answered, {talks} led to a talk."


def _commands() -> str:
    lines = "\n".join(f"- {code(each.usage)}: {each.help}" for each in usages(DESK))
    return (
        "<details><summary>What you can write here</summary>\n\n"
        "As a comment: the command, then whom it is about, such as "
        "`/replied Jana warm planning opens in September`.\n\n"
        f"{lines}\n</details>\n\n"
        "If something goes wrong: `docs/if-something-goes-wrong.md` has one paragraph "
        "for each mishap."
    )


def _moment(looked: dt.datetime) -> str:
    return f"{long_day(looked.date())}, {looked:%H:%M} UTC"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
