"""What happened with a person that is known ▸ events in their history; pure.

New people are `arrivals`' business.
"""

import datetime as dt

from msgspec.structs import replace

from pipeline.model import (
    MESSAGE_STEPS,
    Contact,
    Event,
    EventKind,
    Step,
    TouchRef,
)
from pipeline.planning.history import begun_on
from pipeline.reconciling.identity import FRONT_DESK, key_parts
from pipeline.reconciling.orders import Said, Work
from pipeline.writing.occasions import AnswerKind

_K = EventKind
# What a command says about the follow-up whose issue it stands on.
_ABOUT_THIS = frozenset({_K.SENT, _K.SKIPPED, _K.SNOOZED})
_ANSWERS = frozenset({_K.GOING_ON, _K.SLOWED, _K.ENDED})


def take_event(work: Work, said: Said, contact: Contact) -> None:
    """Record what was said, if it can be; answer in any case."""
    assert said.order.event is not None
    event = replace(said.order.event, source=said.source)
    slug = contact.slug
    if work.notebook.knows(said.source):  # by a run that died before it answered
        old = next((e for e in contact.history if e.source == said.source), event)
        work.reply(said, AnswerKind.ORDER, slug=slug, event=old)
        return
    ref = _ref(work, said, slug)
    verdict = work.notebook.verdict(slug, ref) if ref else None
    if event.event in (_K.SKIPPED, _K.SNOOZED) and (ref is None or verdict):
        detail = "there is nothing open for them; write it on an open issue"
        work.reply(said, AnswerKind.REFUSED, slug=slug, detail=detail)
        return
    event = _filled_in(work, said, contact, event, ref, verdict)
    begun = begun_on(contact, work.found.known.get(f"{slug}/{event.touch}"))
    if event.event is _K.SENT and event.touch and begun and event.date < begun:
        detail = f"{event.date} is before {begun}, when it began; write the day"
        work.reply(said, AnswerKind.REFUSED, slug=slug, detail=detail)
        return
    if event.event is _K.SENT and verdict and verdict.source and event.touch:
        _let_go(work, said, slug, verdict, f"{said.source}:instead")
    if work.notebook.add(slug, event):
        work.report(said, event, slug)
        if event.event is _K.STOP:
            work.carried.stops[said.source] = said.number
            _release(work, said, slug)
    work.reply(said, AnswerKind.ORDER, slug=slug, event=event)


def _ref(work: Work, said: Said, slug: str) -> TouchRef | None:
    """Give the follow-up meant: that of the issue, or what is open for a person."""
    if said.key != FRONT_DESK:
        parts = key_parts(said.key)
        return parts[1] if parts else None
    for key, known in work.found.known.items():
        parts = key_parts(key)
        if parts is None or parts[1].step is Step.SELF_ASSESSMENT:
            continue
        if parts[0] == slug and known.wanted == "open":
            return parts[1]
    return None


def _filled_in(
    work: Work,
    said: Said,
    contact: Contact,
    event: Event,
    ref: TouchRef | None,
    verdict: Event | None,
) -> Event:
    """Add what the command leaves unsaid: which follow-up, how, with what."""
    kind = event.event
    if kind in _ABOUT_THIS:
        fits = kind is not _K.SENT or (ref and ref.step in MESSAGE_STEPS)
        event = replace(event, touch=ref if fits else None)
    elif kind in _ANSWERS and ref and ref.step is Step.YOUR_CALL and not verdict:
        event = replace(event, touch=ref)
    if kind is _K.SENT:
        return _sent(work, said, contact, event)
    if kind in (_K.BOUNCED, _K.LEFT):
        return replace(event, address=contact.email)
    return event


def _sent(work: Work, said: Said, contact: Contact, event: Event) -> Event:
    """Add how and with what it went, where the command does not say."""
    body = work.found.bodies.get(said.key)
    fixed = body.marker.doc if body and body.marker and event.touch else ""
    return replace(
        event,
        channel=event.channel or contact.channel,
        document=event.document or fixed or None,
    )


def undo(work: Work, said: Said, slug: str) -> None:
    """Take back what was said last: of a person, or on this issue of the user."""
    if work.notebook.knows(said.source):  # by a run that died before it answered
        work.reply(
            said, AnswerKind.UNDONE, slug=slug, event=_undone_by(work, said, slug)
        )
        return
    whose, last = _last(work, said, slug)
    undone = last and work.notebook.undo(whose, last, said.day, said.source)
    if undone and last:
        event = Event(date=said.day, event=_K.UNDONE, of=last.source)
        work.report(said, replace(event, source=said.source), whose)
    kind = AnswerKind.UNDONE if undone else AnswerKind.NOTHING_TO_UNDO
    work.reply(said, kind, slug=whose, event=last)


def _last(work: Work, said: Said, slug: str) -> tuple[str, Event | None]:
    """Give whose event is the last, "" for the user's own, and that event.

    It is what was answered last in that place, whatever day it is dated, unless
    something of a later day was said elsewhere; on the front desk, of that day.
    """
    newest = work.notebook.last_said(slug, apart=_apart(work, said))
    if work.notebook.is_new(slug, newest):
        return slug, newest
    on_desk = said.key == FRONT_DESK
    for ack, on in reversed(work.answered.get(said.number, ())):
        for whose in (slug,) if on_desk else (slug, ""):
            for event in reversed(work.notebook.in_force(whose)):
                if f"{event.source}:".startswith(f"{ack}:"):
                    later = newest and _is_later(newest, on, or_same=on_desk)
                    return (slug, newest) if later else (whose, event)
    return slug, newest


def _is_later(event: Event, on: dt.date | None, *, or_same: bool) -> bool:
    return on is None or event.date > on or (or_same and event.date == on)


def _apart(work: Work, said: Said) -> frozenset[str]:
    """Give the stops of this run that an `/undo` may be older than.

    They were said in other places, and no time tells what came first.
    """
    if said.at is not None:
        return frozenset()
    stops = work.carried.stops.items()
    return frozenset(source for source, number in stops if number != said.number)


def _undone_by(work: Work, said: Said, slug: str) -> Event | None:
    """Give what an `/undo` of an earlier run has taken back."""
    workspace = work.workspace
    history = (*workspace.contacts[slug].history, *workspace.settings.history)
    taken_back = {event.of for event in history if event.source == said.source}
    return next((event for event in history if event.source in taken_back), None)


# --- stops that could mean several ---------------------------------------------


def hold(work: Work, said: Said) -> None:
    """Pause everyone an unclear stop could mean, until it is said whom."""
    for slug in said.order.people:
        event = Event(date=said.day, event=_K.PAUSED, source=f"{said.source}:{slug}")
        if slug in work.workspace.contacts and work.notebook.add(slug, event):
            work.report(said, event, slug)
    candidates = said.order.people
    work.reply(said, AnswerKind.WHICH, candidates=candidates, event=said.order.event)


def _release(work: Work, said: Said, stopped: str) -> None:
    """Let go of those that an unclear stop was held for, now that it is clear."""
    for event in work.notebook.in_force(stopped):
        source = event.source or ""
        if event.event is not _K.PAUSED or not source.endswith(f":{stopped}"):
            continue
        base = source.removesuffix(f":{stopped}")
        for slug in work.workspace.contacts:
            for held in work.notebook.in_force(slug):
                if held.event is _K.PAUSED and held.source == f"{base}:{slug}":
                    _let_go(work, said, slug, held, f"{said.source}:{slug}")


def _let_go(work: Work, said: Said, slug: str, event: Event, source: str) -> None:
    """Take an event back as part of what was said."""
    if work.notebook.undo(slug, event, said.day, source):
        undone = Event(date=said.day, event=_K.UNDONE, of=event.source, source=source)
        work.report(said, undone, slug)
