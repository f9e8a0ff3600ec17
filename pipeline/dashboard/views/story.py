"""A person's history as sentences, oldest first, as one would tell it."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from pipeline.dashboard.views.board import Board
from pipeline.model import (
    Cause,
    Channel,
    Contact,
    Event,
    EventKind,
    Rejection,
    Step,
    StopScope,
    Tone,
)
from pipeline.planning.history import NEWER
from pipeline.writing.dates import long_day
from pipeline.writing.folds import after, ended
from pipeline.writing.names import called

_K = EventKind


class Told(Struct, frozen=True):
    """One thing that happened: when, which sort, in a sentence, in their words."""

    day: dt.date
    sort: str  # no, sent, heard, good, yours or rest; it chooses the mark
    text: str
    quote: str = ""


_SORTS = {
    _K.SENT: "sent",
    _K.REPLIED: "heard",
    _K.REFERRED: "good",
    _K.INTERVIEW: "good",
    _K.OFFER: "good",
    _K.HIRED_HERE: "good",
    _K.HIRED_ELSEWHERE: "good",
    _K.WAIT_UNTIL: "heard",
    _K.STOP: "rest",
    _K.BOUNCED: "rest",
    _K.LEFT: "rest",
    _K.ENDED: "rest",
    _K.PAUSED: "rest",
}
_TOLD = {
    _K.SNOOZED: "You put the next one off until {until}.",
    _K.WAIT_UNTIL: "{first} named a time: {until}.",
    _K.INTERVIEW: "They asked you in.",
    _K.OFFER: "They made you an offer.",
    _K.HIRED_HERE: "They hired you.",
    _K.HIRED_ELSEWHERE: "You found work elsewhere.",
    _K.ENDED: "You let it rest.",
    _K.SLOWED: "You chose to write once a year from here.",
    _K.GOING_ON: "You chose to go on.",
    _K.RESUMED: "It goes on again.",
    _K.BOUNCED: "A mail came back; the address no longer works.",
    _K.LEFT: "{first} left {company}.",
    _K.MOVED: "{first} moved to {moved}.",
    _K.NOTE: "You made a note.",
    _K.AWAY: "You were away.",
    _K.BACK: "You were back.",
}
_TONES = {
    Tone.WARM: "{first} answered warmly.",
    Tone.NEUTRAL: "{first} answered.",
    Tone.NOT_NOW: "{first} answered: not now.",
}


def story(board: Board, slug: str) -> list[Told]:
    """Tell everything that happened with one person."""
    contact, found = board.contact(slug), board.standing(slug)
    told = [_no(contact, each) for each in contact.rejections]
    if contact.referred_by and contact.since:
        referrer = board.workspace.contacts.get(contact.referred_by)
        who = referrer.name if referrer else "Somebody"
        text = f"{who or 'Somebody'} gave you their name."
        told.append(Told(contact.since, "good", text))
    if found is not None:
        told += _events(board, contact, found.in_force)
    told.sort(key=lambda each: each.day)
    return told


def _no(contact: Contact, rejection: Rejection) -> Told:
    company = rejection.company or contact.company
    how_far, why = after(rejection), ended(rejection)
    text = f"{company} said no to you as {rejection.position}, {how_far}{why}."
    if rejection.cause is Cause.SILENCE:
        text = f"{company} never answered about {rejection.position}, {how_far}."
    return Told(rejection.rejected_on, "no", text)


def _events(
    board: Board, contact: Contact, events: tuple[Event, ...]
) -> Iterator[Told]:
    first = called(contact) or contact.company
    for event in events:
        quote = event.text or event.reason or ""
        sort = _SORTS.get(event.event, "yours")
        yield Told(event.date, sort, _sentence(board, contact, first, event), quote)


def _sentence(board: Board, contact: Contact, first: str, event: Event) -> str:
    if event.event in _OWN_WORDS:
        return _OWN_WORDS[event.event](board, event).format(first=first)
    until = long_day(event.until) if event.until else "later"
    return _TOLD[event.event].format(
        first=first, until=until, company=contact.company, moved=event.company or ""
    )


def _skipped(board: Board, event: Event) -> str:
    del board
    newer = (event.source or "").startswith(NEWER)
    return "Left out, since a newer no had come." if newer else "You left one out."


def _assessed(board: Board, event: Event) -> str:
    del board
    needs = f" They needed most: {', '.join(event.needs)}." if event.needs else ""
    return _plain(f"You looked back at it.{needs}")


def _stopped(board: Board, event: Event) -> str:
    del board
    whom = "anyone there" if event.scope is StopScope.COMPANY else "them"
    return f"{{first}} asked you not to write to {whom} any more."


def _paused(board: Board, event: Event) -> str:
    del board
    return f"Paused until {long_day(event.until)}." if event.until else "Paused."


def _replied(board: Board, event: Event) -> str:
    del board
    return _TONES[event.tone or Tone.NEUTRAL]


def _referred(board: Board, event: Event) -> str:
    newcomer = board.workspace.contacts.get(event.to or "")
    name = newcomer.name if newcomer else "somebody"
    return f"{{first}} sent you on to {_plain(name)}."


def _shared(board: Board, event: Event) -> str:
    document = board.document(event.document)
    title = document.title if document else event.document or ""
    return f"{{first}} got “{_plain(title)}”."


def _sent(board: Board, event: Event) -> str:
    """Say what was sent and how."""
    channel = event.channel or Channel.EMAIL
    card = event.touch is not None and event.touch.step is Step.CHECK_IN
    what = {
        Channel.EMAIL: "a short mail" if card else "a mail",
        Channel.POST: "a card" if card else "a letter",
        Channel.LINKEDIN: "a note on LinkedIn",
    }[channel]
    document = board.document(event.document)
    with_it = f" with “{document.title}”" if document else ""
    return _plain(f"You sent {what}{with_it}.")


def _plain(text: str) -> str:
    """Keep braces of a text from being filled in."""
    return text.replace("{", "{{").replace("}", "}}")


_OWN_WORDS: Mapping[EventKind, Callable[[Board, Event], str]] = {
    _K.SENT: _sent,
    _K.SKIPPED: _skipped,
    _K.ASSESSED: _assessed,
    _K.STOP: _stopped,
    _K.PAUSED: _paused,
    _K.REPLIED: _replied,
    _K.REFERRED: _referred,
    _K.SHARED: _shared,
}
