"""What should happen, and when: everyone's next follow-up as of a day.

`schedule` is a function of the files, the day and what is open. Dates never depend on
the day; gates hold back the opening of an issue and nothing else.
"""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import (
    Contact,
    Event,
    EventKind,
    Rejection,
    Schedule,
    Settings,
    Standing,
    Status,
    Step,
    Touch,
    TouchRef,
    TouchStatus,
    Workspace,
)
from pipeline.planning import cadence
from pipeline.planning.days import (
    Calendar,
    HolidaySource,
    add_months,
    day_month,
    window_of,
)
from pipeline.planning.everywhere import Everywhere, gather
from pipeline.planning.gates import Gates, lead_of, overload
from pipeline.planning.history import NEWER, next_round
from pipeline.planning.placing import Placed, Placer, Recorded
from pipeline.planning.standings import standing
from pipeline.planning.threads import Planned, after, next_message

if TYPE_CHECKING:
    from pipeline.planning.matching import Library

_K = EventKind
_ASSESSMENT, _NOTE = Step.SELF_ASSESSMENT, Step.PORTFOLIO_NOTE
_UPCOMING = TouchStatus.UPCOMING
_ACTIVE, _PAUSED = Status.ACTIVE, Status.PAUSED
LAPSES_AFTER = 6  # months after the rejection

# Who still gets the question to oneself.
ASSESSING = frozenset(Status) - {Status.STOPPED, Status.WON, Status.ENDED}


class OpenIssue(Struct, frozen=True):
    """An issue of ours that is open: its number, and the day it was opened."""

    number: int
    opened: dt.date


class Facts(Struct):
    """What one run has worked out before any follow-up is looked at."""

    workspace: Workspace
    as_of: dt.date
    everywhere: Everywhere
    standings: dict[str, Standing]
    planned: dict[str, Planned]
    recorded: Recorded
    placer: Placer
    calendar: Calendar


def work_out(workspace: Workspace, as_of: dt.date, holidays: HolidaySource) -> Facts:
    """Derive everyone's standing and next message from the histories."""
    everywhere = gather(workspace, as_of)
    recorded = Recorded()
    standings: dict[str, Standing] = {}
    planned: dict[str, Planned] = {}
    for slug, contact in workspace.contacts.items():
        found = standing(contact, workspace, everywhere, as_of)
        if found.messages:
            recorded.add(contact, found.in_force, found.messages)
        if found.rejection is None and (contact.since is None or contact.since > as_of):
            continue  # nothing has happened yet
        standings[slug] = found
        if found.status is _ACTIVE or (found.status is _PAUSED and found.until):
            planned[slug] = next_message(contact, found, workspace.settings, everywhere)
    calendar = Calendar(holidays, workspace.settings.quiet)
    placer = Placer(calendar, workspace.settings, recorded)
    return Facts(
        workspace=workspace,
        as_of=as_of,
        everywhere=everywhere,
        standings=standings,
        planned=planned,
        recorded=recorded,
        placer=placer,
        calendar=calendar,
    )


def schedule(
    workspace: Workspace,
    as_of: dt.date,
    holidays: HolidaySource,
    open_issues: Mapping[str, OpenIssue] | None = None,
) -> Schedule:
    """Give every wanted follow-up with its dates, status and reasons.

    `open_issues`: by key, the issues that are open now. Files that are frozen have no
    follow-ups, and what they have open takes its place.
    """
    open_issues = open_issues or {}
    facts = work_out(workspace, as_of, holidays)
    placed = facts.placer.place_all(workspace.contacts, facts.standings, facts.planned)
    touches = []
    for slug, found in facts.standings.items():
        if slug in workspace.frozen:
            continue
        contact = workspace.contacts[slug]
        assessment = self_assessment(contact, found, workspace.settings, as_of)
        if assessment:
            touches.append(assessment)
        if slug in facts.planned:
            touches.append(
                message(contact, found, facts.planned[slug], placed[slug], workspace)
            )
    touches.sort(key=lambda touch: (touch.due_by, touch.slug, touch.step))
    gates = Gates(workspace, facts.calendar, facts.everywhere, facts.recorded, as_of)
    touches = gates.apply(touches, facts.planned, facts.standings, open_issues)
    return Schedule(
        as_of=as_of,
        touches=tuple(_with_documents(workspace, facts, touches, as_of)),
        standings=facts.standings,
        stuck=gates.stuck(touches),
        overload=overload(facts.planned, facts.standings, workspace.settings),
    )


def message(
    contact: Contact,
    found: Standing,
    planned: Planned,
    placed: Placed,
    workspace: Workspace,
) -> Touch:
    """Build the touch of a person's next message, or of the question before it."""
    ref = planned.ref
    target = placed.target_on
    lead = lead_of(contact.channel, workspace.settings)
    opens = target - lead
    if planned.not_before is not None:
        opens = max(opens, planned.not_before)
    reasons = planned.reasons + placed.reasons
    if found.until is not None and found.until > opens:
        opens = found.until
        reasons += (f"You paused it until {day_month(found.until)}",)
    return Touch(
        slug=contact.slug,
        name=contact.name,
        company=found.company,
        step=ref.step,
        round=ref.round,
        channel=contact.channel,
        window=planned.window,
        opens_on=opens,
        target_on=target,
        due_by=max(planned.window[1], target),
        outside_window=target > planned.window[1],
        status=_UPCOMING,
        reasons=reasons,
    )


def self_assessment(
    contact: Contact, found: Standing, settings: Settings, as_of: dt.date
) -> Touch | None:
    """Build the touch to oneself, until it is done (rule R7)."""
    rejection = found.rejection
    if rejection is None or found.status not in ASSESSING:
        return None
    said = [e for e in found.in_force if e.touch and e.touch.step is _ASSESSMENT]
    if any(_settles(event, rejection) for event in said):
        return None
    step = cadence.self_assessment_of(cadence.steps_of(settings, found.cadence))
    if step is None:
        return None
    number = next_round(said, _ASSESSMENT)
    ref = TouchRef(_ASSESSMENT, number)
    put_off = [e.until for e in said if e.event is _K.SNOOZED and e.touch == ref]
    opens = put_off[-1] if put_off else None
    first, last = window_of(step, rejection.rejected_on)
    lapsed = as_of > add_months(rejection.rejected_on, LAPSES_AFTER)
    return Touch(
        slug=contact.slug,
        name=contact.name,
        company=found.company,
        step=_ASSESSMENT,
        round=number,
        channel=contact.channel,
        window=(first, last),
        opens_on=max(first, opens) if opens else first,
        target_on=first,
        due_by=last,
        status=TouchStatus.LAPSED if lapsed else _UPCOMING,
        reasons=(after(step, f"the no of {day_month(rejection.rejected_on)}"),),
    )


def _settles(event: Event, rejection: Rejection) -> bool:
    """Say whether an event about self-assessments is the last word on this one."""
    if event.event is _K.SNOOZED or event.date < rejection.rejected_on:
        return False
    return not (event.source or "").startswith(NEWER)


def _with_documents(
    workspace: Workspace, facts: Facts, touches: list[Touch], as_of: dt.date
) -> list[Touch]:
    """Choose the document for each note that is due, waiting or open."""
    wanted = [
        touch.step is _NOTE and touch.status is not _UPCOMING for touch in touches
    ]
    if not any(wanted):
        return touches
    from pipeline.planning.matching import Library  # noqa: PLC0415 - only if due

    library = Library.of(workspace, facts.standings)
    return [
        _with_choice(touch, library, workspace, facts, as_of) if want else touch
        for touch, want in zip(touches, wanted, strict=True)
    ]


def _with_choice(
    touch: Touch, library: "Library", workspace: Workspace, facts: Facts, as_of: dt.date
) -> Touch:
    contact, found = workspace.contacts[touch.slug], facts.standings[touch.slug]
    best = library.proposed(contact, found, as_of)
    if not best:
        return replace(touch, reasons=(*touch.reasons, "No document is left for them."))
    return replace(touch, document=best[0], alternatives=best[1:])
