"""What the user wrote down for themselves, and what was never theirs to decide."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from pipeline.dashboard.views.board import Board
from pipeline.model import Cause, Contact, EventKind
from pipeline.planning.days import add_months
from pipeline.writing.dates import long_day
from pipeline.writing.forms import BEYOND_YOU, ONE_THING, parts_of

RECURS_FROM = 2  # people
OPEN_FOR = 12  # months in which something one meant to do may still be open
MOST = 8

_CAUSES = {
    Cause.INTERNAL_HIRE: "someone from inside got it",
    Cause.CANCELLED: "the position was withdrawn",
    Cause.FROZEN: "the position was put on hold",
}


class Looked(Struct, frozen=True):
    """One look back: when, about whom, and what was written, by heading."""

    page: str
    day: str
    company: str
    parts: list[tuple[str, str]]


class Action(Struct, frozen=True):
    """Something the user meant to do."""

    page: str
    day: str
    company: str
    text: str


class Lessons(Struct, frozen=True, kw_only=True):
    """The page about lessons."""

    looked: list[Looked]  # newest first
    empty: int  # looks back without a word, which is fine
    recurs: list[tuple[str, int]]
    actions: list[Action]
    beyond: list[tuple[str, int]]


def lessons(board: Board) -> Lessons:
    """Gather what was learnt."""
    found = sorted(_assessments(board), key=lambda each: (each[0], each[1].slug))
    looked, actions, beyond = [], [], Counter[str]()
    since = add_months(board.as_of, -OPEN_FOR)
    for day, contact, text in reversed(found):
        parts = parts_of(text)
        page = board.pages[contact.slug]
        told = [(name, said) for name, said in parts.items() if name != BEYOND_YOU]
        if told:
            looked.append(Looked(page, long_day(day), contact.company, told))
        if ONE_THING in parts and day >= since:
            action = Action(page, long_day(day), contact.company, parts[ONE_THING])
            actions.append(action)
        beyond.update(filter(None, parts.get(BEYOND_YOU, "").split("; ")))
    beyond.update(_causes(board))
    return Lessons(
        looked=looked,
        empty=sum(not text for _, _, text in found),
        recurs=_recurring(board),
        actions=actions,
        beyond=beyond.most_common(MOST),
    )


def _assessments(board: Board) -> Iterator[tuple[dt.date, Contact, str]]:
    for slug, found in board.schedule.standings.items():
        if slug in board.pages:
            for event in found.in_force:
                if event.event is EventKind.ASSESSED:
                    yield event.date, board.contact(slug), event.text or ""


def _causes(board: Board) -> Iterator[str]:
    for contact in board.workspace.contacts.values():
        for rejection in contact.rejections:
            if rejection.cause in _CAUSES:
                yield _CAUSES[rejection.cause]


def _recurring(board: Board) -> list[tuple[str, int]]:
    """Give what more than one of them turned out to need."""
    people = Counter[str]()
    for slug, found in board.schedule.standings.items():
        needs = [n for each in board.contact(slug).rejections for n in each.needs]
        needs += [n for event in found.in_force for n in event.needs]
        people.update({need.casefold() for need in needs})
    known = sorted(people.items(), key=lambda each: (-each[1], each[0]))
    return [each for each in known if each[1] >= RECURS_FROM][:MOST]
