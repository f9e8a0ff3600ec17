"""Files and one look at the tracker ▸ a ChangeSet; pure.

It is worked out anew each time, from nothing but its arguments: what was said and done
is taken in first, then everything is planned again.
"""

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import EventKind, Schedule, TouchStatus, Workspace
from pipeline.planning.days import HolidaySource
from pipeline.planning.schedule import OpenIssue, schedule
from pipeline.reconciling.acts import take_newer_rejections
from pipeline.reconciling.changes import ChangeSet, Limits, Run
from pipeline.reconciling.differ import Differ, has_verdict
from pipeline.reconciling.hearing import acked_in
from pipeline.reconciling.notebook import Notebook
from pipeline.reconciling.observe import Findings, match_issues, open_numbers
from pipeline.reconciling.orders import Carried
from pipeline.reconciling.replaying import take_in
from pipeline.reconciling.stopping import with_digests
from pipeline.reconciling.texts import Texts
from pipeline.trackers.base import Observation


class Understood(Struct):
    """What was seen, taken in, and planned anew."""

    workspace: Workspace  # with what was recorded
    schedule: Schedule
    found: Findings
    carried: Carried
    notebook: Notebook
    acked: frozenset[str]
    elsewhere: frozenset[str]  # what another run may be answering right now


def understand(
    workspace: Workspace,
    observation: Observation,
    as_of: dt.date,
    holidays: HolidaySource,
    *,
    tracker: str,
    run: Run,
) -> Understood:
    """Take in what was said and done, and plan anew; no text is written for it."""
    found = match_issues(workspace, observation, workspace.state.left.get(tracker, 0))
    notebook = Notebook(workspace, as_of)
    acked = acked_in(observation.comments)
    elsewhere = _elsewhere(workspace, run) - acked
    carried = take_in(workspace, found, notebook, observation, elsewhere, as_of)
    take_newer_rejections(workspace, found, notebook, as_of)
    after = notebook.workspace()
    after = replace(
        after, stopped=with_digests(after, notebook, carried.gone, run.salt)
    )
    return Understood(
        workspace=after,
        schedule=_planned(after, found, notebook, as_of, holidays),
        found=found,
        carried=carried,
        notebook=notebook,
        acked=acked,
        elsewhere=elsewhere,
    )


def work_out(
    workspace: Workspace,
    observation: Observation,
    as_of: dt.date,
    holidays: HolidaySource,
    *,
    tracker: str,
    run: Run,
    limits: Limits,
) -> ChangeSet:
    """Understand what was seen, and give the difference to what is wanted."""
    now = understand(workspace, observation, as_of, holidays, tracker=tracker, run=run)
    known = now.found.known
    numbers = (*observation.issues, *(each.number or 0 for each in known.values()))
    changes = ChangeSet(
        workspace=now.workspace,
        schedule=now.schedule,
        found=now.found,
        carried=now.carried,
        notebook=now.notebook,
        known=dict(known),
        items=[],
        acked=now.acked,
        elsewhere=now.elsewhere,
        highest=max(numbers, default=0),
        owed_before=frozenset(workspace.state.owed) if run.patience else None,
        texts=Texts(now.workspace, now.schedule, holidays, tracker),
    )
    Differ(changes, run, limits).decide(
        sane=observation.sane, complete=observation.complete
    )
    return changes


def _elsewhere(workspace: Workspace, run: Run) -> frozenset[str]:
    """Give what another run has taken in and may be answering at this moment."""
    state = workspace.state
    if state.observed_through is None:
        return frozenset()
    is_young = run.now - state.observed_through < run.patience
    return frozenset(state.owed if is_young else ())


def _planned(
    after: Workspace,
    found: Findings,
    notebook: Notebook,
    as_of: dt.date,
    holidays: HolidaySource,
) -> Schedule:
    """Plan with what is open now; what is put off leaves its place to others."""
    opened = {
        key: OpenIssue(number, opened_on)
        for key, (number, opened_on) in open_numbers(found).items()
        if not has_verdict(notebook, after, key)
    }
    plan = schedule(after, as_of, holidays, opened)
    held = _held(plan, opened)
    if not held:
        return plan
    opened = {key: each for key, each in opened.items() if key not in held}
    return schedule(after, as_of, holidays, opened)


_PUT_OFF = frozenset(
    {EventKind.SNOOZED, EventKind.WAIT_UNTIL, EventKind.SLOWED, EventKind.PAUSED}
)


def _held(plan: Schedule, opened: Mapping[str, OpenIssue]) -> set[str]:
    """Give the open follow-ups that were put off since they were opened.

    A date that merely moved closes nothing.
    """
    return {
        touch.key
        for touch in plan.touches
        if touch.status is TouchStatus.OPEN
        and plan.as_of < touch.opens_on
        and any(
            event.event in _PUT_OFF and event.date >= opened[touch.key].opened
            for event in plan.standings[touch.slug].in_force
        )
    }
