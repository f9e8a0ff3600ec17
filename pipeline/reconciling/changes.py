"""Wanted against found: what to change in the tracker, each with its reason; pure.

`plan` shows a ChangeSet and `sync` carries one out. It is worked out anew each time
from the files and one look at the tracker.
"""

import datetime as dt
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import (
    Claim,
    EventKind,
    IssueState,
    Known,
    Schedule,
    Status,
    Touch,
    TouchStatus,
    Workspace,
)
from pipeline.planning.days import HolidaySource
from pipeline.planning.schedule import OpenIssue, schedule
from pipeline.reconciling.identity import (
    FRONT_DESK,
    Marker,
    acks_in,
    digest,
    join_body,
    key_parts,
    marked,
    slug_of,
)
from pipeline.reconciling.notebook import Notebook
from pipeline.reconciling.observe import (
    Findings,
    match_issues,
    open_numbers,
    take_acts,
    take_newer_rejections,
)
from pipeline.reconciling.orders import Carried, take_comments
from pipeline.reconciling.stopping import with_digests
from pipeline.reconciling.texts import Texts, reminder_due
from pipeline.trackers.base import (
    COMPLETED,
    DUPLICATE,
    NOT_PLANNED,
    Change,
    Observation,
)
from pipeline.writing.issues import IssueText

OPEN, CLOSED = IssueState.OPEN, IssueState.CLOSED


class Limits(Struct, frozen=True, kw_only=True):
    """What one run may do at most."""

    opened: int = 10
    closed: int = 10
    gone: float = 0.25  # of the known people
    override: bool = False  # for closings and people gone; never for openings


class Run(Struct, frozen=True):
    """Who is at work, and the moment, for claims and stamps alone."""

    name: str
    now: dt.datetime  # UTC
    salt: str = ""  # for the first stop of a workspace


class Item(Struct, frozen=True, kw_only=True):
    """One change in the tracker."""

    action: str  # open, reopen, update, close, remind
    key: str
    reason: str
    number: int | None = None
    change: Change | None = None
    touch: Touch | None = None  # open: what for; its text is written by `apply`
    comment: str = ""  # remind, or the word that goes with a closing
    ack: str = ""


class ChangeSet(Struct, kw_only=True):
    """Everything one run would do, in the safe order."""

    workspace: Workspace  # with what was recorded
    schedule: Schedule
    found: Findings
    carried: Carried
    notebook: Notebook
    known: dict[str, Known]
    items: list[Item]
    acked: frozenset[str]
    texts: Texts
    refused: str = ""  # why nothing is carried out, if a guard says so


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
    """Understand what was seen, plan anew, and give the difference."""
    found = match_issues(workspace, observation)
    notebook = Notebook(workspace, as_of)
    carried = take_comments(workspace, found, notebook, observation.comments, as_of)
    take_acts(workspace, found, notebook, as_of)
    take_newer_rejections(workspace, found, notebook, as_of)
    after = notebook.workspace()
    after = replace(after, stopped=with_digests(after, notebook, run.salt))
    opened = {
        key: OpenIssue(number, opened_on)
        for key, (number, opened_on) in open_numbers(found).items()
        if not _has_verdict(notebook, after, key)
    }
    plan = schedule(after, as_of, holidays, opened)
    held = _held(plan, opened)
    if held:  # what is put off leaves its place to others at once
        opened = {key: each for key, each in opened.items() if key not in held}
        plan = schedule(after, as_of, holidays, opened)
    acked = frozenset(
        what
        for each in observation.comments
        if each.ours
        for what in acks_in(each.text)
    )
    texts = Texts(after, plan, holidays, tracker)
    changes = ChangeSet(
        workspace=after,
        schedule=plan,
        found=found,
        carried=carried,
        notebook=notebook,
        known=dict(found.known),
        items=[],
        acked=acked,
        texts=texts,
    )
    differ = _Differ(changes, run, limits)
    changes.items = differ.items(sane=observation.sane)
    changes.refused = differ.refused(changes.items)
    return changes


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


def _has_verdict(notebook: Notebook, workspace: Workspace, key: str) -> bool:
    parts = key_parts(key)
    if parts is None or parts[0] not in workspace.contacts:
        return False
    return notebook.verdict(*parts) is not None


class _Differ:
    """Compares what is wanted with what was found, follow-up by follow-up."""

    def __init__(self, changes: ChangeSet, run: Run, limits: Limits) -> None:
        self.workspace, self.plan = changes.workspace, changes.schedule
        self.found, self.notebook = changes.found, changes.notebook
        self.known, self.acked = changes.known, changes.acked
        self.texts, self.run, self.limits = changes.texts, run, limits
        self.touches = {touch.key: touch for touch in self.plan.touches}

    def items(self, *, sane: bool) -> list[Item]:
        """Give every change: stops and closings first, openings late."""
        found = [*self._known_items(), *self._twins()]
        if sane:
            found += self._openings()
            self._claim_front_desk()
        found += self._reminders()
        return sorted(
            found,
            key=lambda item: (
                _ORDER[item.action],
                not self._is_stopped(item.key),
            ),
        )

    # --- issues there are ------------------------------------------------------

    def _known_items(self) -> Iterator[Item]:
        for key in sorted(self.known):
            known = self.known[key]
            issue = self.found.issues.get(key)
            if key == FRONT_DESK or known.number is None or issue is None:
                continue
            if slug_of(key) in self.workspace.frozen or not issue.is_ours_to_read:
                continue
            wanted, reason = self._wanted(key)
            if wanted is not (known.wanted or OPEN):
                known = replace(
                    known, seen=issue.state, wanted=wanted, gen=known.gen + 1
                )
            thread = self._thread(key) if wanted is OPEN else known.thread
            self.known[key] = known = replace(known, thread=thread)
            item = self._difference(key, known, wanted, reason)
            if item:
                yield item

    def _wanted(self, key: str) -> tuple[IssueState, str]:
        """Give the state an issue should be in, and why."""
        slug = slug_of(key)
        if slug not in self.workspace.contacts:
            return CLOSED, "the file is gone"
        if _has_verdict(self.notebook, self.workspace, key):
            return CLOSED, "done"
        touch = self.touches.get(key)
        if touch is None:
            return CLOSED, _why_not(self.plan, slug)
        if touch.status in (TouchStatus.DUE, TouchStatus.OPEN):
            return OPEN, _why(touch)
        if touch.status is TouchStatus.LAPSED:
            return CLOSED, "too long ago to be of use"
        return CLOSED, "it comes back on its day"

    def _thread(self, key: str) -> dt.date | None:
        found = self.plan.standings.get(slug_of(key))
        return found.rejection.rejected_on if found and found.rejection else None

    def _difference(
        self, key: str, known: Known, wanted: IssueState, reason: str
    ) -> Item | None:
        """Give the one change that brings an issue to what is wanted, if any."""
        issue, body = self.found.issues[key], self.found.bodies[key]
        marker = body.marker or marked(key, known.gen, "", issue.title, body.managed)
        managed, title = body.managed, issue.title
        shown = replace(marker, key=key, gen=known.gen)
        if wanted is OPEN:
            text = self.texts.of(self.touches[key], marker.doc)
            managed, title, shown = _merged(text, managed, title, shown)
        elif self._is_stopped(key) and managed:
            managed, shown = "", replace(shown, body=digest(""))
        new_body = join_body(managed, shown, body.yours)
        state_differs = issue.state is not wanted
        body_differs = new_body.strip() != issue.body.replace("\r\n", "\n").strip()
        if not (state_differs or body_differs or title != issue.title):
            return None
        return Item(
            action=_ACTION[state_differs, wanted],
            key=key,
            number=issue.number,
            reason=reason,
            change=Change(
                title=title if title != issue.title else None,
                body=new_body if body_differs else None,
                state=wanted if state_differs else None,
                reason=_reason(self.notebook, self.workspace, key)
                if state_differs and wanted is CLOSED
                else None,
            ),
        )

    def _is_stopped(self, key: str) -> bool:
        found = self.plan.standings.get(slug_of(key))
        return found is not None and found.status is Status.STOPPED

    def _twins(self) -> Iterator[Item]:
        for number, keep in self.found.twins:
            yield Item(
                action="close",
                key=FRONT_DESK,
                number=number,
                reason=f"the same as #{keep}",
                change=Change(state=CLOSED, reason=DUPLICATE),
            )

    # --- issues to open --------------------------------------------------------

    def _openings(self) -> Iterator[Item]:
        count = 0
        for touch in self.plan.touches:
            known = self.known.get(touch.key, Known())
            if touch.status is not TouchStatus.DUE or known.number is not None:
                continue
            if count >= self.limits.opened:
                return
            count += 1
            self.known[touch.key] = replace(
                known,
                seen=OPEN,
                wanted=OPEN,
                claim=Claim(self.run.name, self.run.now),
                thread=self._thread(touch.key),
            )
            yield Item(
                action="open",
                key=touch.key,
                reason=_why(touch),
                touch=touch,
            )

    def _claim_front_desk(self) -> None:
        """Claim the standing issue where there is none; `apply` writes it last."""
        if self.known.get(FRONT_DESK, Known()).number is None:
            claim = Claim(self.run.name, self.run.now)
            self.known[FRONT_DESK] = Known(seen=OPEN, wanted=OPEN, claim=claim)

    def _reminders(self) -> Iterator[Item]:
        for touch in self.plan.touches:
            ack = f"{touch.key}:reminder"
            issue = self.found.issues.get(touch.key)
            if (
                touch.status is not TouchStatus.OPEN
                or issue is None
                or ack in self.acked
            ):
                continue
            if reminder_due(touch, issue.created_on, self.plan.as_of):
                yield Item(
                    action="remind",
                    key=touch.key,
                    number=issue.number,
                    reason="seven days before its date",
                    comment=self.texts.reminder(touch),
                    ack=ack,
                )

    # --- guards ----------------------------------------------------------------

    def refused(self, items: list[Item]) -> str:
        """Say why so much would be closed that a person should look first."""
        if self.limits.override:
            return ""
        closings = [
            item
            for item in items
            if item.action == "close"
            and item.reason != "done"
            and not self._is_stopped(item.key)
        ]
        if len(closings) > self.limits.closed:
            return f"{len(closings)} issues would be closed at once"
        people = {slug_of(key) for key in self.known} - {FRONT_DESK}
        gone = people - self.workspace.contacts.keys() - self.workspace.frozen
        if len(gone) > max(2, self.limits.gone * len(people)):
            return f"{len(gone)} of {len(people)} people are gone at once"
        return ""


_ORDER = {"close": 0, "reopen": 1, "update": 2, "open": 3, "remind": 4}
_ACTION: Mapping[tuple[bool, IssueState], str] = {
    (True, CLOSED): "close",
    (True, OPEN): "reopen",
    (False, OPEN): "update",
    (False, CLOSED): "update",
}


def _merged(
    text: IssueText, managed: str, title: str, marker: Marker
) -> tuple[str, str, Marker]:
    """Take our new text where a person has not changed the old one."""
    if digest(managed) == marker.body:
        managed = text.managed
        marker = replace(marker, body=digest(managed))
    if digest(title) == marker.title:
        title = text.title
        marker = replace(marker, title=digest(title))
    return managed, title, marker


def _reason(notebook: Notebook, workspace: Workspace, key: str) -> str:
    parts = key_parts(key)
    if parts is None or parts[0] not in workspace.contacts:
        return NOT_PLANNED
    verdict = notebook.verdict(*parts)
    skipped = verdict is None or verdict.event is EventKind.SKIPPED
    return NOT_PLANNED if skipped else COMPLETED


def _why(touch: Touch) -> str:
    said = "; ".join(each.rstrip(".") for each in touch.reasons)
    return said or f"meant for {touch.target_on}"


_STATUS_WORDS = {
    Status.STOPPED: "they asked not to be written to",
    Status.WON: "you were hired there",
    Status.ENDED: "you let it rest",
    Status.RESTING: "you found work elsewhere",
    Status.INTERVIEWING: "you are talking with them",
    Status.UNREACHABLE: "the address no longer works",
    Status.PAUSED: "it is paused",
    Status.SELF_ONLY: "only the look back is planned",
    Status.ACTIVE: "something else comes first",
}


def _why_not(plan: Schedule, slug: str) -> str:
    found = plan.standings.get(slug)
    return _STATUS_WORDS[found.status] if found else "nothing has happened yet"
