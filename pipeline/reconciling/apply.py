"""Carries a ChangeSet out in the safe order: record, claim, commit, then the tracker.

Whatever happens in between, the next run finds either nothing done, or what was done
with its mark on it. Nothing is decided here, and nothing is ever sent to anyone.
"""

import contextlib
import datetime as dt
import secrets
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.errors import Guarded, Outrun, TrackerError, UsageError
from pipeline.files import statefile
from pipeline.files.store import Store, Write
from pipeline.files.workspace import load
from pipeline.model import Known, Problem, Schedule, TrackerState, Workspace, You
from pipeline.planning.days import DAY, HolidaySource
from pipeline.reconciling.carrying import Carrier, Outcome, as_opened
from pipeline.reconciling.changes import ChangeSet, Limits, Run
from pipeline.reconciling.filing import file_changes
from pipeline.reconciling.identity import FRONT_DESK
from pipeline.reconciling.looking import look
from pipeline.reconciling.notebook import SETTINGS
from pipeline.reconciling.observe import Reply
from pipeline.reconciling.orders import Carried, earliest
from pipeline.reconciling.replies import owed
from pipeline.trackers.base import Tracker

ATTEMPTS = 5


class SyncReport(Struct, kw_only=True):
    """What one run did; the JSON of `sync` is made of it."""

    opened: list[tuple[str, int]] = []
    reopened: list[tuple[str, int]] = []
    updated: list[tuple[str, int]] = []
    closed: list[tuple[str, int]] = []
    adopted: list[tuple[str, int]] = []
    recorded: list[tuple[str, str, str]] = []  # key, event, source
    waiting: list[tuple[str, str]] = []  # key, for what
    failed: int = 0  # changes that the tracker would not make
    left: bool = False  # something is left for the next run
    wrote: bool = False  # files have changed
    problems: tuple[Problem, ...] = ()
    workspace: Workspace = Workspace()
    schedule: Schedule | None = None


def sync(
    store: Store,
    tracker: Tracker,
    *,
    as_of: dt.date,
    run: Run,
    holidays: HolidaySource,
    limits: Limits,
) -> SyncReport:
    """Bring tracker and files to agree, under the lock; may be repeated at any time.

    Raises UsageError for a day in the past, TrackerError where the workspace belongs
    to another tracker or a guard refuses, StoreError where files cannot be kept.
    """
    with store.lock():
        return sync_locked(
            store, tracker, as_of=as_of, run=run, holidays=holidays, limits=limits
        )


def day_of_run(workspace: Workspace, as_of: dt.date) -> dt.date:
    """Give the day on which a run can record something, if this is one.

    A change of zone may set the clock back by a day; what was sent stays sent.
    Raises UsageError for a day before that.
    """
    histories = [each.history for each in workspace.contacts.values()]
    newest = max(
        (
            event.date
            for history in (*histories, workspace.settings.history)
            for event in history
            if event.source
        ),
        default=dt.date.min,
    )
    if newest > as_of + DAY:
        message = f"{as_of} lies before what is recorded, up to {newest}"
        raise UsageError(f"{message}; use a later day")
    return max(as_of, newest)


def sync_locked(
    store: Store,
    tracker: Tracker,
    *,
    as_of: dt.date,
    run: Run,
    holidays: HolidaySource,
    limits: Limits,
) -> SyncReport:
    """Do what `sync` does for a caller who holds the lock already."""
    for _ in range(ATTEMPTS - 1):
        try:
            return _Sync(store, tracker, as_of, run).once(holidays, limits)
        except Outrun:
            store.refresh()
    return _Sync(store, tracker, as_of, run).once(holidays, limits)


class _Sync:
    """One attempt; nothing of it survives an Outrun."""

    def __init__(
        self, store: Store, tracker: Tracker, as_of: dt.date, run: Run
    ) -> None:
        self.store, self.tracker = store, tracker
        self.as_of = as_of
        self.run = replace(run, salt=secrets.token_hex(16))

    def once(self, holidays: HolidaySource, limits: Limits) -> SyncReport:
        workspace = load(self.store.root)
        self._check(workspace)
        state = replace(workspace.state, tracker=self.tracker.name)
        workspace, signer = self._signed(replace(workspace, state=state))
        changes, problems_seen = look(
            workspace, self.tracker, self.as_of, holidays, self.run, limits
        )
        changes.edit_base = self.tracker.edit_base
        if signer:
            changes.carried.values.insert(0, (SETTINGS, ("you", "name"), signer))
        replies = owed(changes, self.as_of)
        state = self._owing(workspace.state, changes, replies)
        writes, problems = file_changes(
            workspace, changes, state, self.run.now, self.store.read
        )
        recorded = len(changes.found.recorded)
        self.store.commit(writes, f"Take in {recorded} acts, claim what is due")
        carrier = Carrier(self.tracker, changes, self.as_of, self.run)
        carrier.everything(replies, problems)
        outcome = carrier.outcome
        answered = {each.ack for each in replies} - outcome.unsaid
        self._note(outcome, answered, changes.carried)
        if changes.refused:
            message = f"{changes.refused}; look at it, then `./notyet sync --override`"
            raise Guarded(f"{message}, or tick that box of *Run workflow*")
        problems = (*workspace.problems, *problems_seen, *problems)
        return _report(changes, outcome, problems, wrote=bool(writes))

    def _signed(self, workspace: Workspace) -> tuple[Workspace, str]:
        """Let the owner's profile say who signs where nobody has said anything yet."""
        if workspace.settings.you or self.store.read(SETTINGS) is not None:
            return workspace, ""
        name = self.tracker.signer()
        if not name:
            return workspace, ""
        settings = replace(workspace.settings, you=You(name=name))
        return replace(workspace, settings=settings), name

    def _check(self, workspace: Workspace) -> None:
        tracker = workspace.state.tracker
        moved_here = tracker == self.tracker.name.partition(":")[0]
        if tracker not in ("", self.tracker.name) and not moved_here:
            message = (
                f"this workspace keeps its issues in {tracker.partition(':')[0]}; run "
                f"`./notyet move --to {self.tracker.name.partition(':')[0]}` first"
            )
            raise TrackerError(message)
        self.as_of = day_of_run(workspace, self.as_of)

    def _owing(
        self, state: TrackerState, changes: ChangeSet, replies: Sequence[Reply]
    ) -> TrackerState:
        """Give what is kept before anything is answered, should this run die."""
        owed = {each.ack for each in replies} | changes.elsewhere
        waiting = [changes.carried.waiting_since, *(each.at for each in replies)]
        if changes.elsewhere:
            waiting.append(state.waiting_since)
        return replace(
            state,
            tracker=self.tracker.name,
            accounts=self.tracker.accounts,
            owed=tuple(sorted(owed)),
            said=tuple(sorted(changes.carried.standing & {*state.said})),
            waiting_since=earliest(*waiting),
        )

    # --- numbers ---------------------------------------------------------------

    def _note(self, outcome: Outcome, answered: set[str], carried: Carried) -> None:
        """Write down which numbers new issues have got, what is lost, what is said.

        Should others be faster again and again, the next run finds it all out anew.
        """
        for _ in range(ATTEMPTS):
            before = self.store.read(statefile.ISSUES)
            state = statefile.read_state(before or b"{}")[0]
            new = self._noted(state, outcome, answered, carried)
            if new == state:
                return
            write = Write(statefile.ISSUES, statefile.write_state(new), before)
            with contextlib.suppress(Outrun):
                self.store.commit([write], "Note what is open and answered")
                return
            self.store.refresh()

    def _noted(
        self,
        state: TrackerState,
        outcome: Outcome,
        answered: set[str],
        carried: Carried,
    ) -> TrackerState:
        issues = dict(state.issues)
        for key, number in outcome.numbers.items():
            known = issues.get(key, Known())
            if known.claim is not None and known.claim.run == self.run.name:
                issues[key] = replace(known, number=number, claim=None)
        for key, known in list(issues.items()):
            if known.number in outcome.lost:
                issues[key] = Known(gen=known.gen)
        left = tuple(each for each in state.owed if each not in answered)
        return replace(
            state,
            accounts=self.tracker.accounts,
            owed=left,
            said=tuple(sorted({*state.said, *carried.standing} - outcome.unsaid)),
            waiting_since=state.waiting_since if left else carried.waiting_since,
            issues=issues,
        )


def _report(
    changes: ChangeSet,
    outcome: Outcome,
    problems: tuple[Problem, ...],
    *,
    wrote: bool,
) -> SyncReport:
    found, done = changes.found, outcome.done
    schedule = as_opened(changes, outcome.numbers)
    return SyncReport(
        opened=done.get("open", []),
        reopened=done.get("reopen", []),
        updated=done.get("update", []),
        closed=done.get("close", []),
        adopted=[pair for pair in found.adopted if pair[0] != FRONT_DESK],
        recorded=[(each.key, str(each.event), each.source) for each in found.recorded],
        waiting=[
            (touch.key, touch.waits_for.value)
            for touch in schedule.touches
            if touch.waits_for
        ],
        failed=outcome.failed,
        left=outcome.left,
        wrote=wrote,
        problems=problems,
        workspace=changes.workspace,
        schedule=schedule,
    )
