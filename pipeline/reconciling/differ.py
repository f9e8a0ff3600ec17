"""Wanted against found: what to change in the tracker, each with its reason; pure.

It takes in no act and plans nothing; both were done before.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from pipeline.model import (
    Claim,
    EventKind,
    IssueState,
    Known,
    Status,
    TouchStatus,
    Workspace,
)
from pipeline.planning.stops import who_is
from pipeline.reconciling.changes import ChangeSet, Item, Limits, Run
from pipeline.reconciling.identity import (
    FRONT_DESK,
    Marker,
    differs,
    digest,
    join_body,
    key_parts,
    marked,
    slug_of,
)
from pipeline.reconciling.notebook import Notebook
from pipeline.reconciling.observe import Reply
from pipeline.reconciling.reasons import why, why_not
from pipeline.reconciling.texts import reminder_due
from pipeline.trackers.base import COMPLETED, DUPLICATE, NOT_PLANNED, Change, Issue
from pipeline.writing.occasions import AnswerKind

if TYPE_CHECKING:
    from pipeline.writing.context import IssueText

OPEN, CLOSED = IssueState.OPEN, IssueState.CLOSED


class Differ:
    """Compares what is wanted with what was found, follow-up by follow-up."""

    def __init__(self, changes: ChangeSet, run: Run, limits: Limits) -> None:
        self.changes = changes
        self.workspace, self.plan = changes.workspace, changes.schedule
        self.found, self.notebook = changes.found, changes.notebook
        self.known, self.acked = changes.known, changes.acked
        self.texts, self.run, self.limits = changes.texts, run, limits
        with_issues = {slug_of(key) for key in self.known}
        touches = [each for each in self.plan.touches if each.slug in with_issues]
        self.touches = {touch.key: touch for touch in touches}

    def decide(self, *, sane: bool, complete: bool) -> None:
        """Put every change into the ChangeSet.

        Where a guard says no, stops alone are left, and why.
        """
        items = self.items(sane=sane, complete=complete)
        self.changes.refused = self.refused(items)
        if self.changes.refused:
            items = [item for item in items if self._is_stopped(item.key)]
            self._keep_only({item.key for item in items})
        self.changes.items = items

    def items(self, *, sane: bool, complete: bool) -> list[Item]:
        """Give every change: stops and closings first, openings late.

        Nothing is opened where the lists are wrong, and no claim of another run is
        taken over where they are not known to be whole.
        """
        found = [*self._known_items(), *self._twins()]
        self._note_files()
        if sane:
            found += self._openings(complete=complete)
            self._claim_front_desk(complete=complete)
        found += self._reminders()
        return sorted(
            found,
            key=lambda item: (
                not self._is_stopped(item.key),
                _ORDER[item.action],
            ),
        )

    # --- issues there are ------------------------------------------------------

    def _known_items(self) -> Iterator[Item]:
        for key in sorted(self.known):
            known = self.known[key]
            issue = self.found.issues.get(key)
            if key == FRONT_DESK or known.number is None:
                continue
            if issue is None:
                self._ask_for(key, known.number)
                continue
            is_frozen = slug_of(key) in self.workspace.frozen
            if not issue.is_ours_to_read or (is_frozen and not self._is_stopped(key)):
                continue
            wanted, reason = self._wanted(key)
            if wanted is not (known.wanted or OPEN):
                known = replace(
                    known, seen=issue.state, wanted=wanted, gen=known.gen + 1
                )
            thread = self._thread(key) if wanted is OPEN else known.thread
            known = replace(known, thread=thread, who=self._who(key) or known.who)
            self.known[key] = known
            self._say_gone(key, known, issue)
            item = self._difference(key, known, wanted, reason)
            if item:
                yield item

    def _ask_for(self, key: str, number: int) -> None:
        """Have an issue looked at that was closed long ago and is wanted again."""
        if slug_of(key) not in self.workspace.frozen and self._wanted(key)[0] is OPEN:
            self.changes.unseen |= {number}

    def _wanted(self, key: str) -> tuple[IssueState, str]:
        """Give the state an issue should be in, and why."""
        slug = slug_of(key)
        if slug not in self.workspace.contacts:
            return CLOSED, "the file is gone"
        if has_verdict(self.notebook, self.workspace, key):
            return CLOSED, "done"
        touch = self.touches.get(key)
        if touch is None:
            return CLOSED, why_not(self.plan, slug)
        if touch.status in (TouchStatus.DUE, TouchStatus.OPEN):
            return OPEN, why(touch)
        if touch.status is TouchStatus.LAPSED:
            return CLOSED, "too long ago to be of use"
        return CLOSED, "it comes back on its day"

    def _say_gone(self, key: str, known: Known, issue: Issue) -> None:
        """Owe a word where an issue closes because the person's file is gone."""
        if slug_of(key) in self.workspace.contacts:
            return
        ack = f"{key}:gone:{known.gen}"
        is_news = not known.gone and issue.state is OPEN
        if is_news or ack in self.workspace.state.owed:
            reply = Reply(number=issue.number, ack=ack, kind=AnswerKind.GONE)
            self.found.replies.append(reply)

    def _note_files(self) -> None:
        """Note whose file is gone, so that it counts once."""
        for key, known in self.known.items():
            slug = slug_of(key)
            if key == FRONT_DESK or slug in self.workspace.frozen:
                continue
            is_gone = slug not in self.workspace.contacts
            if is_gone is not bool(known.gone):
                self.known[key] = replace(known, gone=is_gone or None)

    def _who(self, key: str) -> str | None:
        contact = self.workspace.contacts.get(slug_of(key))
        return who_is(contact) if contact else None

    def _thread(self, key: str) -> dt.date | None:
        found = self.plan.standings.get(slug_of(key))
        return found.rejection.rejected_on if found and found.rejection else None

    def _difference(
        self, key: str, known: Known, wanted: IssueState, reason: str
    ) -> Item | None:
        """Give the one change that brings an issue to what is wanted, if any."""
        issue, body = self.found.issues[key], self.found.bodies[key]
        marker = body.marker or marked(key, known.gen, "", issue.title, body.managed)
        shown = replace(marker, key=key, gen=known.gen)
        managed, title = body.managed, issue.title
        if wanted is OPEN:
            touch = self.touches[key]
            document = self.texts.document_of(touch, marker.doc)
            text = self.texts.of(touch, document, issue.created_on)
            managed, title, shown = _merged(text, document, managed, title, shown)
        elif self._is_stopped(key) and managed:
            managed, shown = "", replace(shown, body=digest(""))
        new_body = join_body(managed, shown, body.yours)
        state_differs = issue.state is not wanted
        body_differs = differs(new_body, issue.body)
        if not (state_differs or body_differs or title != issue.title):
            return None
        change = Change(
            title=title if title != issue.title else None,
            body=new_body if body_differs else None,
            state=wanted if state_differs else None,
            reason=self._closing_reason(key, wanted) if state_differs else None,
        )
        action = _ACTION[state_differs, wanted]
        return Item(action=action, key=key, seen=issue, reason=reason, change=change)

    def _closing_reason(self, key: str, wanted: IssueState) -> str | None:
        """Give the reason that goes with a closing, and none with a reopening."""
        if wanted is OPEN:
            return None
        return _reason(self.notebook, self.workspace, key)

    def _is_stopped(self, key: str) -> bool:
        found = self.plan.standings.get(slug_of(key))
        return found is not None and found.status is Status.STOPPED

    def _twins(self) -> Iterator[Item]:
        for twin in self.found.twins:
            if twin.issue.state is OPEN:
                yield Item(
                    action="close",
                    key=FRONT_DESK,
                    seen=twin.issue,
                    reason=f"the same as #{twin.keep}",
                    change=Change(state=CLOSED, reason=DUPLICATE),
                )

    # --- issues to open --------------------------------------------------------

    def _may_claim(self, known: Known, *, complete: bool) -> bool:
        """Say whether no issue can be there or on its way."""
        if known.number is not None:
            return False
        if known.claim is None:
            return True
        patience = self.run.patience
        if patience and self.run.now - known.claim.at < patience:
            return False
        if not complete:
            after, beyond = known.claim.after, self.changes.beyond
            self.changes.beyond = after if beyond is None else min(after, beyond)
        return complete

    def _openings(self, *, complete: bool) -> Iterator[Item]:
        count = 0
        for touch in self.plan.touches:
            if touch.status is not TouchStatus.DUE:
                continue
            known = self.known.get(touch.key, Known())
            if not self._may_claim(known, complete=complete):
                continue
            if count >= self.limits.opened:
                return
            count += 1
            self.known[touch.key] = replace(
                known,
                seen=OPEN,
                wanted=OPEN,
                claim=self._claim(),
                thread=self._thread(touch.key),
                who=self._who(touch.key),
            )
            yield Item(
                action="open",
                key=touch.key,
                reason=why(touch),
                touch=touch,
            )

    def _claim_front_desk(self, *, complete: bool) -> None:
        """Claim the standing issue where there is none; `apply` writes it last."""
        known = self.known.get(FRONT_DESK, Known())
        if self._may_claim(known, complete=complete):
            self.known[FRONT_DESK] = Known(seen=OPEN, wanted=OPEN, claim=self._claim())

    def _claim(self) -> Claim:
        return Claim(self.run.name, self.run.now, self.changes.highest)

    def _reminders(self) -> Iterator[Item]:
        for touch in self.plan.touches:
            if touch.status is not TouchStatus.OPEN:
                continue
            ack = f"{touch.key}:reminder"
            issue = self.found.issues.get(touch.key)
            if issue is None or ack in self.acked:
                continue
            if self.known[touch.key].reminded:
                continue
            if reminder_due(touch, issue.created_on, self.plan.as_of):
                known = self.known[touch.key]
                self.known[touch.key] = replace(known, reminded=True)
                yield Item(
                    action="remind",
                    key=touch.key,
                    seen=issue,
                    reason="seven days before its date",
                    comment=self.texts.reminder(touch, issue.created_on),
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
        # What a dead run has only claimed may stay under the old name of a file.
        people = {
            slug_of(key)
            for key, each in self.found.known.items()
            if each.number and not each.gone
        }
        people.discard(FRONT_DESK)
        gone = people - self.workspace.contacts.keys() - self.workspace.frozen
        if len(gone) > max(1, self.limits.gone * len(people)):
            return f"{len(gone)} of {len(people)} people are gone at once"
        return ""

    def _keep_only(self, keys: Collection[str]) -> None:
        """Take back what was decided about everything else, and what was said of it."""
        for key in self.known.keys() - keys:
            if key in self.found.known:
                self.known[key] = self.found.known[key]
            else:
                del self.known[key]
        self.found.replies[:] = [
            each for each in self.found.replies if each.kind is not AnswerKind.GONE
        ]


_ORDER = {"close": 0, "reopen": 1, "update": 2, "open": 3, "remind": 4}
_ACTION: Mapping[tuple[bool, IssueState], str] = {
    (True, CLOSED): "close",
    (True, OPEN): "reopen",
    (False, OPEN): "update",
    (False, CLOSED): "update",
}


def _merged(
    text: "IssueText", document: str, managed: str, title: str, marker: Marker
) -> tuple[str, str, Marker]:
    """Take our new text, and its document, where a person has not changed the old."""
    if digest(managed) == marker.body:
        managed = text.managed
        marker = replace(marker, body=digest(managed), doc=document)
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


def has_verdict(notebook: Notebook, workspace: Workspace, key: str) -> bool:
    """Say whether a follow-up is concluded."""
    parts = key_parts(key)
    if parts is None or parts[0] not in workspace.contacts:
        return False
    return notebook.verdict(*parts) is not None
