"""What came back: honest numbers, with how sure one can be of them.

Few messages give no rates. It judges nobody, least of all the user.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from pipeline.dashboard.views.board import Board
from pipeline.dashboard.views.numbers import kaplan_meier, wilson
from pipeline.model import Channel, Event, EventKind, Standing, Status, Step
from pipeline.writing.dates import long_day

ENOUGH = 20  # messages; below, a share says nothing
ROUNDS = 5  # counted one by one; later ones together
_K = EventKind
# What counts as having heard of somebody; a date they named is an answer, too.
HEARD = frozenset(
    {_K.REPLIED, _K.WAIT_UNTIL, _K.REFERRED, _K.INTERVIEW, _K.OFFER, _K.HIRED_HERE}
)
_CHANNELS = {
    Channel.EMAIL: "by mail",
    Channel.POST: "by post",
    Channel.LINKEDIN: "on LinkedIn",
}


class Sending(Struct, frozen=True, kw_only=True):
    """One message, and what became of it."""

    slug: str
    day: dt.date
    step: str
    channel: str
    kind: str  # of the document
    round: int  # the how manieth to this person
    watched: int  # days until the answer, the next message, or today
    answered: Event | None


class Rate(Struct, frozen=True):
    """How many of a sort were answered, with the 95 % interval."""

    label: str
    answered: int
    sent: int
    low: float
    high: float


class Answer(Struct, frozen=True):
    """An answer: who, when, after how many days, in which words."""

    page: str
    name: str
    day: str
    after: str
    words: str


class Flow(Struct, frozen=True):
    """How many people go from one state to another."""

    source: str
    target: str
    people: int


class Evidence(Struct, frozen=True, kw_only=True):
    """The numbers of the page."""

    sent: int
    answered: int
    waiting: int
    enough: bool
    groups: list[tuple[str, list[Rate]]]
    curve: list[tuple[int, float, int]]
    longest: int
    flows: list[Flow]
    answers: list[Answer]


def evidence(board: Board) -> Evidence:
    """Count what came back."""
    sendings = list(sendings_of(board))
    answered = [each for each in sendings if each.answered]
    times = [(each.watched, each.answered is not None) for each in sendings]
    return Evidence(
        sent=len(sendings),
        answered=len(answered),
        waiting=len(sendings) - len(answered),
        enough=len(sendings) >= ENOUGH,
        groups=list(_groups(sendings)),
        curve=kaplan_meier(times),
        longest=max((time for time, _ in times), default=0),
        flows=flows(board),
        answers=[_answer(board, each) for each in sorted(answered, key=_newest)],
    )


def _newest(sending: Sending) -> tuple[int, str]:
    assert sending.answered is not None
    return -sending.answered.date.toordinal(), sending.slug


# --- messages ------------------------------------------------------------------


def sendings_of(board: Board) -> Iterator[Sending]:
    """Give every message; an answer belongs to the last one before it."""
    for slug, found in board.schedule.standings.items():
        if found.messages:
            yield from _of_person(board, slug, found)


def _of_person(board: Board, slug: str, found: Standing) -> Iterator[Sending]:
    number, current = 0, None
    for event in found.in_force:
        if event.event is _K.SENT:
            if current is not None:
                yield _sending(board, slug, current, number, event.date, None)
            number, current = number + 1, event
        elif event.event in HEARD and current is not None:
            yield _sending(board, slug, current, number, event.date, event)
            current = None
    if current is not None:
        yield _sending(board, slug, current, number, _end(board, found), None)


def _end(board: Board, found: Standing) -> dt.date:
    """Give the day up to which an answer could have come."""
    closing = (_K.STOP, _K.BOUNCED, _K.LEFT)
    days = [each.date for each in found.in_force if each.event in closing]
    after = [day for day in days if day >= found.messages[-1].date]
    return min(after, default=board.as_of)


def _sending(
    board: Board,
    slug: str,
    event: Event,
    number: int,
    until: dt.date,
    answered: Event | None,
) -> Sending:
    document = board.document(event.document)
    step = event.touch.step if event.touch else None
    return Sending(
        slug=slug,
        day=event.date,
        step={Step.CHECK_IN: "a short mail", Step.PORTFOLIO_NOTE: "a document"}.get(
            step or Step.YOUR_CALL, "of your own accord"
        ),
        channel=_CHANNELS[event.channel or Channel.EMAIL],
        kind=document.kind.value.replace("_", " ") if document else "none",
        round=number,
        watched=max(0, (until - event.date).days),
        answered=answered,
    )


# --- shares --------------------------------------------------------------------


def _groups(sendings: Sequence[Sending]) -> Iterator[tuple[str, list[Rate]]]:
    yield "By what it was", _rates(sendings, lambda each: each.step)
    yield "By how it travelled", _rates(sendings, lambda each: each.channel)
    with_one = [each for each in sendings if each.kind != "none"]
    yield "By the document that went with it", _rates(with_one, lambda each: each.kind)
    yield "By how many had gone before", _rates(sendings, _ordinal)


def _ordinal(sending: Sending) -> str:
    names = ("the first", "the second", "the third", "the fourth")
    return names[sending.round - 1] if sending.round < ROUNDS else "the fifth or later"


def _rates(sendings: Sequence[Sending], label: Callable[[Sending], str]) -> list[Rate]:
    sent, answered = Counter[str](), Counter[str]()
    for each in sendings:
        sent[label(each)] += 1
        answered[label(each)] += each.answered is not None
    return [
        Rate(name, answered[name], number, *wilson(answered[name], number))
        for name, number in sorted(sent.items(), key=lambda each: (-each[1], each[0]))
    ]


# --- where people are ----------------------------------------------------------

EVERYONE = "said no"
HEARD_OF, NOT_HEARD_OF, NOT_WRITTEN = "answered", "no answer so far", "not written to"
_WHERE = {
    Status.ACTIVE: "goes on",
    Status.SELF_ONLY: "rests",
    Status.PAUSED: "goes on",
    Status.INTERVIEWING: "a talk or a job",
    Status.WON: "a talk or a job",
    Status.RESTING: "rests",
    Status.ENDED: "rests",
    Status.UNREACHABLE: "rests",
    Status.STOPPED: "asked you to stop",
}


def flows(board: Board) -> list[Flow]:
    """Count how people went from the no to where they are now."""
    counts = Counter[tuple[str, str]]()
    for found in board.schedule.standings.values():
        heard = any(event.event in HEARD for event in found.in_force)
        middle = NOT_HEARD_OF if found.messages else NOT_WRITTEN
        middle = HEARD_OF if heard else middle
        counts[EVERYONE, middle] += 1
        counts[middle, _WHERE[found.status]] += 1
    return [Flow(source, target, number) for (source, target), number in counts.items()]


def _answer(board: Board, sending: Sending) -> Answer:
    event = sending.answered
    assert event is not None
    contact = board.contact(sending.slug)
    days = sending.watched
    kinds = {
        _K.WAIT_UNTIL: "named a time to write again",
        _K.REFERRED: "sent you on to somebody",
        _K.INTERVIEW: "asked you in",
        _K.OFFER: "made an offer",
        _K.HIRED_HERE: "hired you",
    }
    return Answer(
        page=board.pages.get(sending.slug, ""),
        name=contact.name or contact.company,
        day=long_day(event.date),
        after="the same day" if not days else f"after {days} day{'s' * (days > 1)}",
        words=event.text or kinds.get(event.event, "answered"),
    )
