"""`move`: from the issues in this folder to those on GitHub, or back."""

import datetime as dt
from typing import TYPE_CHECKING

from pipeline.commands import wording
from pipeline.commands.agreeing import agreed, far_tracker
from pipeline.commands.session import FINE, Session
from pipeline.errors import DataError, TrackerError
from pipeline.files import statefile
from pipeline.files.store import Write
from pipeline.files.workspace import load
from pipeline.model import Severity, TrackerState, Workspace
from pipeline.reconciling import moving
from pipeline.reconciling.apply import sync_locked
from pipeline.reconciling.changes import Limits

if TYPE_CHECKING:
    from pipeline.files.store import Store
    from pipeline.planning.days import HolidaySource
    from pipeline.reconciling.changes import Run
    from pipeline.trackers.base import Observation, Tracker

LOCAL, GITHUB = "local", "github"
EARLIER = "earlier"  # where it was said is not known any more


def move(session: Session) -> int:
    """Close what is open in one place, so that the next sync opens it in the other."""
    there: str = session.options.to
    state = session.workspace.state
    old = _old_tracker(session)
    gone = session.options.unreachable and there == GITHUB
    # In a copy of a repository the state still names the original, which stays.
    copied = old is not None and old.name != state.tracker
    to = old.name if copied and there == GITHUB and old is not None else there
    if state.tracker.partition(":")[0] == there and not (copied or gone):
        where = moving.place_name(there)
        said = f"The issues are on {where} already; nothing to do."
        if there == LOCAL:
            said = f"The issues are in {where} already; nothing to do."
        session.terminal.show(said, "Nothing to do.")
        return FINE
    _refuse_broken(session.workspace)
    tracker = None if copied else old
    if not agreed(session, *_announced(session, tracker, to)):
        return FINE
    with session.store.lock():
        carry_out(
            session.store,
            tracker,
            to,
            as_of=session.as_of,
            run=session.run,
            holidays=session.holidays,
        )
    session.terminal.show(_done(to), "Moved. The next sync opens what is due.")
    return FINE


def _old_tracker(session: Session) -> "Tracker | None":
    """Give where the issues are now; None where there are none, or out of reach."""
    if session.options.unreachable or session.workspace.state.tracker in ("", GITHUB):
        return None
    return far_tracker(session, ", or say --unreachable if they are gone")


def _refuse_broken(workspace: Workspace) -> None:
    """Refuse while a file cannot be read: its entries would keep the old numbers."""
    wrong = [p for p in workspace.problems if p.severity is Severity.ERROR]
    if wrong:
        files = wording.count(len({each.path for each in wrong}), "file")
        message = f"{files} cannot be read, and everything moves at once; "
        raise DataError(f"{message}run `./notyet check` and mend that first")


def _look(
    workspace: Workspace, tracker: "Tracker", as_of: dt.date, now: dt.datetime
) -> "Observation":
    known = {k.number: k for k in workspace.state.issues.values() if k.number}
    seen = tracker.observe(known, None, as_of)
    if not seen.sane or moving.being_opened(workspace, now, tracker.claims_last):
        message = "the list of issues is not complete yet; "
        raise TrackerError(f"{message}run it again in half an hour")
    if seen.problems:
        raise DataError(str(seen.problems[0]))
    return seen


# --- saying it -----------------------------------------------------------------


def _announced(session: Session, tracker: "Tracker | None", to: str) -> tuple[str, str]:
    """Say what is going to happen, and the same in counts alone."""
    workspace = session.workspace
    as_of = session.as_of
    seen = _look(workspace, tracker, as_of, session.now) if tracker else None
    leaving = _departure(session.root, workspace, seen, to, as_of)
    numbers = sorted(leaving.closings)
    files = moving.files_to_rename(workspace)
    lines = [f"The issues move to {moving.place_name(to)}:", ""]
    if seen is not None:
        lines.append("- what you did on the old ones is taken in first")
        closed = ", ".join(f"#{number}" for number in numbers) or "none"
        lines.append(f"- closed there, which records nothing: {closed}")
    elif workspace.state.tracker:
        lines.append("- the old issues are left as they are")
    if files:
        entries = wording.count(len(files), "history keeps", "histories keep")
        lines.append(f"- {entries} the old numbers, under the old place's name")
    lines.append("- the next sync there opens what is due, with fresh texts")
    lines += ["", "What you wrote into open issues stays in the old ones.", ""]
    public = f"{wording.count(len(numbers), 'issue')} to close; the rest stays."
    return "\n".join(lines), public


def _done(to: str) -> str:
    if to == LOCAL:
        return (
            "Moved. `./notyet sync` opens what is due in inbox/. On GitHub, switch the "
            "scheduled workflow off, or it asks every day where its issues went."
        )
    return (
        "Moved. Commit and push; the next scheduled run on GitHub opens what is due "
        "there."
    )


# --- doing it ------------------------------------------------------------------


def carry_out(
    store: "Store",
    tracker: "Tracker | None",
    to: str,
    *,
    as_of: dt.date,
    run: "Run",
    holidays: "HolidaySource",
) -> None:
    """Take in what was done, close, rename, and only then be in the new place.

    `tracker` is the old one, None where it is out of reach. May be repeated after a
    crash at any point.
    """
    if tracker is not None:
        sync_locked(
            store,
            tracker,
            as_of=as_of,
            run=run,
            holidays=holidays,
            limits=Limits(opened=0),
        )
    workspace = load(store.root)
    _refuse_broken(workspace)
    seen = _look(workspace, tracker, as_of, run.now) if tracker else None
    leaving = _departure(store.root, workspace, seen, to, as_of)
    count = len(leaving.closings)
    if tracker is not None and seen is not None and count:
        store.commit([_state(store, leaving.state)], f"Close {count} issues")
        for number, change in sorted(leaving.closings.items()):
            if not tracker.update(seen.issues[number], change, as_of):
                raise TrackerError("an issue changed meanwhile; run it again")
    renamed = _renamed(store, workspace)
    writes = [*renamed, _state(store, leaving.arrived)]
    store.commit(writes, f"Move, with {len(renamed)} histories")


def _departure(
    root: str,
    workspace: Workspace,
    seen: "Observation | None",
    to: str,
    as_of: dt.date,
) -> moving.Departure:
    highest = 0
    if to == LOCAL:
        from pipeline.trackers.local import LocalTracker  # noqa: PLC0415 - not always

        there = LocalTracker(root).observe({}, None, as_of)
        highest = max(there.issues, default=0)
    return moving.depart(workspace, seen, to=to, highest=highest, as_of=as_of)


def _state(store: "Store", state: TrackerState) -> Write:
    before = store.read(statefile.ISSUES)
    return Write(statefile.ISSUES, statefile.write_state(state), before)


def _renamed(store: "Store", workspace: Workspace) -> list[Write]:
    """Give the histories with their sources under the old name."""
    name = workspace.state.tracker or EARLIER
    writes = []
    for path in moving.files_to_rename(workspace):
        before = store.read(path)
        data, problems = moving.under_name(before or b"", path, name)
        if data is None:
            raise DataError(str(problems[0]))
        writes.append(Write(path, data, before))
    return writes
