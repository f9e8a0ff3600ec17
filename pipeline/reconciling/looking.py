"""One look at the tracker and what it means: a ChangeSet; nothing is changed.

Where something is wanted of an issue that no list shows any more, it is asked for, and
everything is worked out again.
"""

import datetime as dt
from collections.abc import Collection

from msgspec.structs import replace

from pipeline.model import Known, Problem, Schedule, Workspace
from pipeline.planning.days import HolidaySource
from pipeline.reconciling.changes import ChangeSet, Limits, Run
from pipeline.reconciling.deciding import understand, work_out
from pipeline.trackers.base import Observation, Tracker


def look(
    workspace: Workspace,
    tracker: Tracker,
    as_of: dt.date,
    holidays: HolidaySource,
    run: Run,
    limits: Limits,
) -> tuple[ChangeSet, tuple[Problem, ...]]:
    """Give what is to be done, and what is wrong with issues as they stand."""
    run = replace(run, patience=tracker.claims_last)
    known = _known(workspace)
    seen = tracker.observe(known, workspace.state.look_since, as_of)

    def decide() -> ChangeSet:
        return work_out(
            workspace,
            seen,
            as_of,
            holidays,
            tracker=tracker.name,
            run=run,
            limits=limits,
        )

    changes = decide()
    if changes.beyond is not None:
        seen = _with_beyond(seen, tracker, changes.beyond, known.keys())
        changes = decide()
    if changes.unseen:
        seen = _with_unseen(seen, tracker, changes.unseen, as_of)
        changes = decide()
    return changes, seen.problems


def planned(
    workspace: Workspace,
    tracker: Tracker,
    as_of: dt.date,
    holidays: HolidaySource,
    run: Run,
) -> Schedule:
    """Give the dates that one look leads to, and write no text to compare with."""
    seen = tracker.observe(_known(workspace), workspace.state.look_since, as_of)
    name = tracker.name
    return understand(workspace, seen, as_of, holidays, tracker=name, run=run).schedule


def _known(workspace: Workspace) -> dict[int, Known]:
    """Give what is known of each issue, by its number."""
    return {k.number: k for k in workspace.state.issues.values() if k.number}


def _with_beyond(
    seen: Observation, tracker: Tracker, number: int, known: Collection[int]
) -> Observation:
    """Look for what a run that died may have opened, whatever the lists show."""
    found = tracker.look_beyond(number, {*seen.issues, *known})
    heard = {each.id for each in seen.comments}
    more = (each for each in found.comments if each.id not in heard)
    return replace(
        seen,
        issues={**seen.issues, **found.issues},
        comments=(*seen.comments, *more),
        complete=found.complete,
    )


def _with_unseen(
    seen: Observation, tracker: Tracker, unseen: frozenset[int], as_of: dt.date
) -> Observation:
    asked = {number: tracker.look_at(number, as_of) for number in sorted(unseen)}
    issues = {number: issue for number, issue in asked.items() if issue}
    return replace(
        seen,
        issues={**seen.issues, **issues},
        gone=seen.gone | (unseen - issues.keys()),
    )
