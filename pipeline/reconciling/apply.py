"""Carries a ChangeSet out in the safe order: record, claim, commit, then the tracker.

Whatever happens in between, the next run finds either nothing done, or what was done
with its mark on it. Nothing is decided here, and nothing is ever sent to anyone.
"""

import datetime as dt
import secrets
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.errors import Outrun, TrackerError, UsageError
from pipeline.files import statefile
from pipeline.files.store import Store, Write
from pipeline.files.workspace import load
from pipeline.model import (
    IssueState,
    Known,
    Problem,
    Schedule,
    Touch,
    TouchStatus,
    Workspace,
)
from pipeline.planning.days import DAY, HolidaySource
from pipeline.reconciling.changes import ChangeSet, Item, Limits, Run
from pipeline.reconciling.deciding import work_out
from pipeline.reconciling.filing import file_changes
from pipeline.reconciling.identity import (
    FRONT_DESK,
    ack,
    differs,
    join_body,
    marked,
    split_body,
)
from pipeline.reconciling.observe import Reply
from pipeline.reconciling.replies import owed, reply_text
from pipeline.trackers.base import Change, Issue, Tracker
from pipeline.writing.desk import front_desk

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
        self.as_of, self.run = as_of, run
        self.report = SyncReport()

    def once(self, holidays: HolidaySource, limits: Limits) -> SyncReport:
        workspace = load(self.store.root)
        self._check(workspace)
        known = [k.number for k in workspace.state.issues.values() if k.number]
        seen = self.tracker.observe(known, workspace.state.observed_through, self.as_of)
        changes = work_out(
            workspace,
            seen,
            self.as_of,
            holidays,
            tracker=self.tracker.name,
            run=replace(self.run, salt=secrets.token_hex(16)),
            limits=limits,
        )
        replies = owed(changes, self.as_of)
        due = tuple(sorted({each.ack for each in replies}))
        state = replace(workspace.state, tracker=self.tracker.name, owed=due)
        writes, problems = file_changes(
            workspace, changes, state, self.run.now, self.store.read
        )
        self.store.commit(writes, f"Record {len(changes.notebook.events)} histories")
        self._carry_out(changes)
        self._answer(changes, replies, problems)
        self._front_desk(changes)
        self._note_numbers(changes)
        if changes.refused:
            message = f"{changes.refused}; look at it, then run it with --override"
            raise TrackerError(message)
        return self._finish(changes, (*workspace.problems, *seen.problems, *problems))

    def _check(self, workspace: Workspace) -> None:
        tracker = workspace.state.tracker
        moved_here = tracker == self.tracker.name.partition(":")[0]
        if tracker not in ("", self.tracker.name) and not moved_here:
            message = (
                f"this workspace keeps its issues in {tracker.partition(':')[0]}; run "
                f"`notyet move --to {self.tracker.name.partition(':')[0]}` first"
            )
            raise TrackerError(message)
        newest = max(
            (
                event.date
                for contact in workspace.contacts.values()
                for event in contact.history
                if event.source
            ),
            default=dt.date.min,
        )
        if newest > self.as_of + DAY:
            message = f"{self.as_of} lies before what is recorded, up to {newest}; "
            raise UsageError(f"{message}use a later day")

    # --- numbers ---------------------------------------------------------------

    def _note_numbers(self, changes: ChangeSet) -> None:
        """Write down which numbers the new issues have got, and that all is said."""
        before = self.store.read(statefile.ISSUES)
        state = statefile.read_state(before or b"{}")[0]
        if dict(state.issues) == changes.known and not state.owed:
            return
        new = replace(state, owed=(), issues=dict(sorted(changes.known.items())))
        data = statefile.write_state(new)
        write = Write(statefile.ISSUES, data, before)
        self.store.commit([write], f"Note {len(self.report.opened)} issues")

    # --- the tracker -----------------------------------------------------------

    def _carry_out(self, changes: ChangeSet) -> None:
        known = changes.known.get(FRONT_DESK)
        if known is not None and known.number is None:
            self._open_front_desk(changes, known)
        for item in changes.items:
            if item.action == "open":
                self._open(changes, item)
            elif item.action == "remind":
                assert item.number is not None
                self._comment(item.number, item.comment, item.ack)
            else:
                self._change(item)

    def _open(self, changes: ChangeSet, item: Item) -> None:
        touch = item.touch
        assert touch is not None
        known = changes.known[item.key]
        text = changes.texts.of(touch, touch.document or "")
        marker = marked(item.key, known.gen, touch.document, text.title, text.managed)
        body = join_body(text.managed, marker, text.yours)
        number = self.tracker.create(text.title, body, self.as_of)
        changes.known[item.key] = replace(known, number=number, claim=None)
        self.report.opened.append((item.key, number))

    def _change(self, item: Item) -> None:
        assert item.number is not None
        assert item.change is not None
        self.tracker.update(item.number, item.change, self.as_of)
        table = {
            "close": self.report.closed,
            "reopen": self.report.reopened,
            "update": self.report.updated,
        }
        table[item.action].append((item.key, item.number))

    def _comment(self, number: int, text: str, what: str) -> None:
        self.tracker.comment(number, f"{text}\n\n{ack(what)}", self.as_of)

    def _answer(
        self,
        changes: ChangeSet,
        replies: Sequence[Reply],
        problems: Sequence[Problem],
    ) -> None:
        """Post one comment for everything that is owed an answer on one place."""
        together: dict[tuple[int, str], list[str]] = {}
        refused = {problem.path: problem for problem in problems}
        for reply in replies:
            text = reply_text(changes, reply, refused, self.as_of)
            texts = together.setdefault((reply.number, reply.ack), [])
            if text not in texts:
                texts.append(text)
        for (number, what), texts in together.items():
            self._comment(number, "\n\n".join(texts), what)

    def _front_desk(self, changes: ChangeSet) -> None:
        """Write the standing issue last, when all numbers are known."""
        known = changes.known.get(FRONT_DESK)
        if known is None or known.number is None:
            return
        text = front_desk(changes.workspace, _as_opened(changes))
        marker = marked(FRONT_DESK, known.gen, "", text.title, text.managed)
        issue = changes.found.issues.get(FRONT_DESK)
        if issue is None or not issue.is_ours_to_read:
            return
        body = join_body(text.managed, marker, split_body(issue.body).yours)
        changed = differs(body, issue.body)
        closed = issue.state is IssueState.CLOSED
        if changed or closed:
            state = IssueState.OPEN if closed else None
            change = Change(body=body if changed else None, state=state)
            self.tracker.update(known.number, change, self.as_of)

    def _open_front_desk(self, changes: ChangeSet, known: Known) -> None:
        """Open the standing issue first, so that it has the lowest number."""
        text = front_desk(changes.workspace, changes.schedule)
        marker = marked(FRONT_DESK, known.gen, "", text.title, text.managed)
        body = join_body(text.managed, marker, "")
        number = self.tracker.create(text.title, body, self.as_of)
        changes.known[FRONT_DESK] = replace(known, number=number, claim=None)
        changes.found.issues[FRONT_DESK] = Issue(
            number=number,
            title=text.title,
            body=body,
            state=IssueState.OPEN,
            created_on=self.as_of,
        )

    def _finish(self, changes: ChangeSet, problems: tuple[Problem, ...]) -> SyncReport:
        report = self.report
        report.adopted = [
            pair for pair in changes.found.adopted if pair[0] != FRONT_DESK
        ]
        report.recorded = [
            (each.key, str(each.event), each.source) for each in changes.found.recorded
        ]
        report.waiting = [
            (touch.key, touch.waits_for.value)
            for touch in changes.schedule.touches
            if touch.waits_for
        ]
        report.problems = problems
        report.workspace = changes.workspace
        report.schedule = _as_opened(changes)
        return report


def _as_opened(changes: ChangeSet) -> Schedule:
    """Give the schedule with the numbers of the issues that were just opened."""

    def shown(touch: Touch) -> Touch:
        known = changes.known.get(touch.key, Known())
        if touch.status is TouchStatus.DUE and known.number is not None:
            return replace(touch, status=TouchStatus.OPEN, issue=known.number)
        return touch

    touches = tuple(shown(touch) for touch in changes.schedule.touches)
    return replace(changes.schedule, touches=touches)
