"""Commands that people wrote in comments ▸ events, new files and answers; pure.

A comment that an answer of ours acknowledges is done with. Stops come first, whatever
else was said.
"""

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import (
    MESSAGE_STEPS,
    Contact,
    Event,
    EventKind,
    Rejection,
    Step,
    TouchRef,
    Workspace,
)
from pipeline.planning.stops import is_stopped
from pipeline.reconciling.grammar import Misread, Newcomer, Order, Person, read_comment
from pipeline.reconciling.identity import FRONT_DESK, acks_in, key_parts, slug_of
from pipeline.reconciling.newcomers import NewFile, new_contact, slug_for
from pipeline.reconciling.notebook import SETTINGS, Notebook, contact_path
from pipeline.reconciling.observe import Findings, Recorded, Reply
from pipeline.trackers.base import Comment
from pipeline.writing.answers import AnswerKind

_K = EventKind
# What a command says about the follow-up whose issue it stands on.
_ABOUT_THIS = frozenset({_K.SENT, _K.SKIPPED, _K.SNOOZED})
_ANSWERS = frozenset({_K.GOING_ON, _K.SLOWED, _K.ENDED})


class Said(Struct, frozen=True):
    """One command with the place where it was said."""

    order: Order
    number: int
    key: str
    source: str
    ack: str
    day: dt.date


class Carried(Struct):
    """What commands ask for beside events."""

    files: list[NewFile]
    rejections: list[tuple[str, Rejection]]  # a path, and what to add to it
    values: list[tuple[str, tuple[str, ...], str]]  # a path, names, a value


def take_comments(
    workspace: Workspace,
    found: Findings,
    notebook: Notebook,
    comments: Sequence[Comment],
    as_of: dt.date,
) -> Carried:
    """Carry out every command that is not acknowledged yet, stops first."""
    acked = {what for each in comments if each.ours for what in acks_in(each.text)}
    keys = {issue.number: key for key, issue in found.issues.items()}
    people = [Person(s, c.name) for s, c in workspace.contacts.items()]
    said: list[Said] = []
    for comment in comments:
        ack = f"comment:{comment.id}"
        key = keys.get(comment.issue)
        if comment.ours or not comment.trusted or key is None or ack in acked:
            continue
        day = comment.on or as_of
        for line in read_comment(
            comment.text,
            today=day,
            documents=workspace.documents.keys(),
            people=people if key == FRONT_DESK else None,
        ):
            if isinstance(line, Misread):
                found.replies.append(_misread(comment.issue, ack, line))
            else:
                source = f"{ack}:{line.line}"
                said.append(Said(line, comment.issue, key, source, ack, day))
    carried = Carried([], [], [])
    carrier = _Carrier(workspace, found, notebook, carried)
    for each in sorted(said, key=lambda s: s.order.verb != "stop"):
        carrier.carry_out(each)
    return carried


def _misread(number: int, ack: str, line: Misread) -> Reply:
    return Reply(
        number=number,
        ack=ack,
        kind=AnswerKind.MISREAD,
        line=line.text,
        detail=line.remedy,
    )


class _Carrier:
    """Carries commands out against one workspace and one notebook."""

    def __init__(
        self,
        workspace: Workspace,
        found: Findings,
        notebook: Notebook,
        carried: Carried,
    ) -> None:
        self.workspace, self.found = workspace, found
        self.notebook, self.carried = notebook, carried

    def carry_out(self, said: Said) -> None:
        order = said.order
        taken_in = said.ack in self.workspace.state.owed
        if taken_in and not self.notebook.knows(said.source):
            # A run that died took it in, and it changed nothing. It must not do so now.
            self._reply(said, AnswerKind.NOTHING)
            return
        if order.me is not None:
            self._me(said)
        elif order.verb == "reject":
            assert order.newcomer is not None
            self._reject(said, order.newcomer)
        elif order.everyone:
            assert order.event is not None
            event = replace(order.event, source=said.source)
            if self.notebook.add_to_settings(event):
                self._report(said, event, slug="")
            self._reply(said, AnswerKind.ORDER, event=event)
        elif len(order.people) > 1:
            self._hold(said)
        else:
            self._for_person(said)

    def _for_person(self, said: Said) -> None:
        slug = said.order.people[0] if said.order.people else slug_of(said.key)
        contact = self.workspace.contacts.get(slug)
        if contact is None:
            detail = "mend that person's file first; then write it again"
            self._reply(said, AnswerKind.REFUSED, slug=slug, detail=detail)
        elif said.order.undo:
            self._undo(said, slug)
        elif said.order.verb == "referred":
            self._referred(said, contact)
        else:
            self._event(said, contact)

    # --- events ----------------------------------------------------------------

    def _event(self, said: Said, contact: Contact) -> None:
        assert said.order.event is not None
        event = replace(said.order.event, source=said.source)
        if self.notebook.knows(said.source):  # by a run that died before it answered
            old = next((e for e in contact.history if e.source == said.source), event)
            self._reply(said, AnswerKind.ORDER, slug=contact.slug, event=old)
            return
        ref = self._ref(said, contact.slug)
        kind = event.event
        verdict = self.notebook.verdict(contact.slug, ref) if ref else None
        if kind in (_K.SKIPPED, _K.SNOOZED) and (ref is None or verdict):
            detail = "there is nothing open for them; write it on an open issue"
            self._reply(said, AnswerKind.REFUSED, slug=contact.slug, detail=detail)
            return
        if kind in _ABOUT_THIS:
            fits = kind is not _K.SENT or (ref and ref.step in MESSAGE_STEPS)
            event = replace(event, touch=ref if fits else None)
        elif kind in _ANSWERS and ref and ref.step is Step.YOUR_CALL and not verdict:
            event = replace(event, touch=ref)
        if kind is _K.SENT:
            event = self._sent(said, contact, event)
            if verdict and verdict.source and event.touch:
                self.notebook.undo(
                    contact.slug, verdict, said.day, f"{said.source}:instead"
                )
        if kind in (_K.BOUNCED, _K.LEFT):
            event = replace(event, address=contact.email)
        if self.notebook.add(contact.slug, event):
            self._report(said, event, contact.slug)
            if kind is _K.STOP:
                self._release(said, contact.slug)
        self._reply(said, AnswerKind.ORDER, slug=contact.slug, event=event)

    def _ref(self, said: Said, slug: str) -> TouchRef | None:
        """Give the follow-up meant: that of the issue, or what is open for a person."""
        if said.key != FRONT_DESK:
            parts = key_parts(said.key)
            return parts[1] if parts else None
        for key, known in self.found.known.items():
            parts = key_parts(key)
            if parts is None or parts[1].step is Step.SELF_ASSESSMENT:
                continue
            if parts[0] == slug and known.wanted == "open":
                return parts[1]
        return None

    def _sent(self, said: Said, contact: Contact, event: Event) -> Event:
        """Add how and with what it went, where the command does not say."""
        body = self.found.bodies.get(said.key)
        fixed = body.marker.doc if body and body.marker and event.touch else ""
        name = event.document or fixed or None
        document = self.workspace.documents.get(name or "")
        return replace(
            event,
            channel=event.channel or contact.channel,
            document=name,
            sha256=document.sha256 if document else None,
        )

    def _undo(self, said: Said, slug: str) -> None:
        if self.notebook.knows(said.source):
            return
        last = self.notebook.last_said(slug)
        undone = last and self.notebook.undo(slug, last, said.day, said.source)
        if undone and last:
            event = Event(date=said.day, event=_K.UNDONE, of=last.source)
            self._report(said, replace(event, source=said.source), slug)
        kind = AnswerKind.UNDONE if undone else AnswerKind.NOTHING_TO_UNDO
        self._reply(said, kind, slug=slug, event=last)

    # --- stops that could mean several -----------------------------------------

    def _hold(self, said: Said) -> None:
        """Pause everyone an unclear stop could mean, until it is said whom."""
        for slug in said.order.people:
            event = Event(
                date=said.day, event=_K.PAUSED, source=f"{said.source}:{slug}"
            )
            if self.notebook.add(slug, event):
                self._report(said, event, slug)
        self._reply(said, AnswerKind.WHICH, candidates=said.order.people)

    def _release(self, said: Said, stopped: str) -> None:
        """Let go of those that an unclear stop was held for, now that it is clear."""
        for event in self.notebook.in_force(stopped):
            source = event.source or ""
            if event.event is not _K.PAUSED or not source.endswith(f":{stopped}"):
                continue
            base = source.removesuffix(f":{stopped}")
            for slug in self.workspace.contacts:
                for held in self.notebook.in_force(slug):
                    if held.event is _K.PAUSED and held.source == f"{base}:{slug}":
                        undone = f"{said.source}:{slug}"
                        self.notebook.undo(slug, held, said.day, undone)

    # --- new people ------------------------------------------------------------

    def _reject(self, said: Said, newcomer: Newcomer) -> None:
        """Write a rejection down: into a new file, or into that of a known person."""
        assert newcomer.rejected_on is not None
        rejection = Rejection(
            position=newcomer.position,
            rejected_on=newcomer.rejected_on,
            source=said.source,
        )
        known = self._known_person(newcomer)
        if known is not None:
            if not self.notebook.knows(said.source):
                differs = newcomer.company != known.company
                company = newcomer.company if differs else ""
                self.carried.rejections.append(
                    (contact_path(known.slug), replace(rejection, company=company))
                )
            self._reply(said, AnswerKind.WELCOME, slug=known.slug)
            return
        contact = new_contact(newcomer, rejection)
        self._new_file(said, contact, AnswerKind.WELCOME)

    def _referred(self, said: Said, referrer: Contact) -> None:
        assert said.order.newcomer is not None
        assert said.order.event is not None
        newcomer = said.order.newcomer
        slug = slug_for(newcomer.name, newcomer.company, self._taken())
        event = replace(said.order.event, to=slug, source=said.source)
        if self.notebook.knows(said.source):
            old = next((e for e in referrer.history if e.source == said.source), event)
            self._reply(
                said,
                AnswerKind.ORDER,
                slug=referrer.slug,
                event=old,
                newcomer=newcomer.name,
            )
            return
        company = referrer.company if not newcomer.company else newcomer.company
        contact = new_contact(newcomer, None)
        contact = replace(
            contact,
            slug=slug,
            company=company,
            referred_by=referrer.slug,
            since=said.day,
        )
        if self._is_stopped(contact):
            self._reply(said, AnswerKind.STOPPED, slug=referrer.slug, event=event)
            return
        self.notebook.add(referrer.slug, event)
        self._report(said, event, referrer.slug)
        self.carried.files.append(NewFile(contact_path(slug), contact))
        self._reply(
            said,
            AnswerKind.ORDER,
            slug=referrer.slug,
            event=event,
            newcomer=newcomer.name,
        )

    def _new_file(self, said: Said, contact: Contact, kind: AnswerKind) -> None:
        if self.notebook.knows(said.source):
            self._reply(said, kind)
            return
        if self._is_stopped(contact):
            self._reply(said, AnswerKind.STOPPED)
            return
        slug = slug_for(contact.name, contact.company, self._taken())
        contact = replace(contact, slug=slug)
        self.carried.files.append(NewFile(contact_path(slug), contact))
        self._reply(said, kind, new_slug=slug)

    def _known_person(self, newcomer: Newcomer) -> Contact | None:
        if not newcomer.email:
            return None
        address = newcomer.email.casefold()
        return next(
            (
                each
                for each in self.workspace.contacts.values()
                if each.email and each.email.casefold() == address
            ),
            None,
        )

    def _is_stopped(self, contact: Contact) -> bool:
        return is_stopped(self.workspace.stopped, contact, contact.company)

    def _taken(self) -> set[str]:
        new = {each.contact.slug for each in self.carried.files}
        return {*self.workspace.contacts, *self.workspace.frozen, *new}

    # --- the user --------------------------------------------------------------

    def _me(self, said: Said) -> None:
        me = said.order.me
        assert me is not None
        values = (
            (("you", "name"), me.name),
            (("you", "email"), me.email),
            (("timezone",), me.timezone),
        )
        self.carried.values += [(SETTINGS, n, v) for n, v in values if v]
        self._reply(said, AnswerKind.WELCOME, detail="me")

    # --- answers ---------------------------------------------------------------

    def _report(self, said: Said, event: Event, slug: str) -> None:
        key = said.key
        if event.touch is not None and slug:
            key = f"{slug}/{event.touch}"
        self.found.recorded.append(Recorded(key, event.event, said.source))

    def _reply(self, said: Said, kind: AnswerKind, **fields: object) -> None:
        reply = Reply(number=said.number, ack=said.ack, kind=kind)
        self.found.replies.append(replace(reply, **fields))
