"""What one history means: what counts on a day, verdicts, rounds, silence.

Everything is derived from the events each time; nothing is stored beside them. How
things stand with a person is `standings`' business, dates are `threads`'.
"""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby

from pipeline.model import Contact, Event, EventKind, Known, Rejection, Step, TouchRef

_K = EventKind
# Asked of every event there is: a member of an enum takes ten times as long to look up.
_SENT, _UNDONE, _MOVED, _ENDED = _K.SENT, _K.UNDONE, _K.MOVED, _K.ENDED
_IN_ONE_DAY = (
    Step.SELF_ASSESSMENT,
    Step.YOUR_CALL,
    Step.CHECK_IN,
    Step.PORTFOLIO_NOTE,
)
NEWER = "newer:"  # the source of a `skipped` that a newer rejection caused

# What ends silence, beside an answered question.
SIGNS_OF_LIFE = frozenset(
    {_K.REPLIED, _K.REFERRED, _K.INTERVIEW, _K.OFFER, _K.MOVED, _K.WAIT_UNTIL}
)
OF_THE_USER = frozenset({_K.AWAY, _K.BACK, _K.HIRED_ELSEWHERE})  # about nobody else
ANSWERS = frozenset({_K.GOING_ON, _K.SLOWED, _K.ENDED})
VERDICTS = frozenset(
    {_K.SENT, _K.SKIPPED, _K.ASSESSED, _K.GOING_ON, _K.SLOWED, _K.ENDED}
)


def in_force(history: Iterable[Event], as_of: dt.date) -> tuple[Event, ...]:
    """Give the events that count on a day, in order.

    What was undone is gone, and so are the `undone` themselves; a `stop` can be undone
    on its own day only. Events of the future do not count yet, but a `stop` does.
    """
    events = [e for e in history if e.date <= as_of or e.event is _K.STOP]
    undone = {(e.of, e.date) for e in events if e.event is _UNDONE}
    if not undone:
        return tuple(events)
    sources = {source for source, _ in undone}
    return tuple(
        e
        for e in events
        if e.event is not _K.UNDONE
        and (
            e.source not in sources
            or (e.event is _K.STOP and (e.source, e.date) not in undone)
        )
    )


def settled(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Give one order to neighbours of one day that concern different follow-ups.

    Their place in the file says nothing: what was answered comes before what was sent.
    """
    if len({event.date for event in events}) == len(events):
        return events
    found: list[Event] = []
    for _, run in groupby(events, key=lambda e: (e.date, e.touch is None)):
        found += sorted(run, key=_place_in_day)
    return tuple(found)


def _place_in_day(event: Event) -> tuple[int, int]:
    if event.touch is None:
        return 0, 0  # among its like: the place in the file holds
    return _IN_ONE_DAY.index(event.touch.step), event.touch.round


def verdict_of(events: Iterable[Event], ref: TouchRef) -> Event | None:
    """Give the verdict in force on one of the person's follow-ups, the newest."""
    found = None
    for event in events:
        if event.touch == ref and event.event in VERDICTS:
            found = event
    return found


def next_round(events: Iterable[Event], step: Step) -> int:
    """Give the lowest round from 1 that has no verdict in force."""
    taken = {
        e.touch.round
        for e in events
        if e.touch is not None and e.touch.step is step and e.event in VERDICTS
    }
    number = 1
    while number in taken:
        number += 1
    return number


def rejection_in_force(contact: Contact, as_of: dt.date) -> Rejection | None:
    """Give the newest rejection that has happened; of one day, the last in the file."""
    found = None
    for each in contact.rejections:
        if each.rejected_on <= as_of and (
            found is None or each.rejected_on >= found.rejected_on
        ):
            found = each
    return found


def begun_on(contact: Contact, known: Known | None) -> dt.date | None:
    """Give the day before which nothing was sent for an issue: that of its no."""
    return known.thread if known is not None and known.thread else contact.since


def company_on(contact: Contact, events: Iterable[Event], day: dt.date) -> str:
    """Give where a person worked on a day."""
    company = contact.company
    for event in events:
        if event.event is _MOVED and event.date <= day and event.company:
            company = event.company
    return company


def breaks_silence(event: Event) -> bool:
    """Say whether somebody was heard of, or the question whether to go on answered."""
    if event.event is _ENDED:
        return event.touch is not None  # else it was no answer to the question
    return event.event in SIGNS_OF_LIFE or event.event in ANSWERS


def silence(events: Iterable[Event]) -> int:
    """Count the messages sent since the last sign of life or answered question."""
    count = 0
    for event in events:
        if event.event is _SENT:
            count += 1
        elif breaks_silence(event):
            count = 0
    return count
