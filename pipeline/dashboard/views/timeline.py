"""Two years back and one ahead: for each person what happened, and what is meant."""

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from pipeline.dashboard.views.board import Board, is_message
from pipeline.dashboard.views.signs import Sign, sign_of
from pipeline.model import EventKind, QuietPeriod, Step, Touch, YearDay
from pipeline.planning.days import DAY, add_months
from pipeline.writing.dates import long_day

BACK, AHEAD = 24, 12  # months
A_PAGE = 30  # people

_K = EventKind
_MARKS = {
    _K.SENT: "sent",
    _K.REPLIED: "heard",
    _K.WAIT_UNTIL: "heard",
    _K.REFERRED: "good",
    _K.INTERVIEW: "good",
    _K.OFFER: "good",
    _K.HIRED_HERE: "good",
    _K.STOP: "stop",
}


class Mark(Struct, frozen=True):
    """Something that happened on a day, or is meant for one."""

    day: dt.date
    sort: str


class Bar(Struct, frozen=True):
    """The days meant for a message."""

    first: dt.date
    last: dt.date
    sort: str


class Lane(Struct, frozen=True):
    """One person's line."""

    page: str
    name: str
    company: str
    sign: Sign
    marks: tuple[Mark, ...]
    bars: tuple[Bar, ...]
    told: str  # the same for those who do not see it


class Span(Struct, frozen=True):
    """The days that are shown."""

    first: dt.date
    last: dt.date
    today: dt.date
    quiet: tuple[tuple[dt.date, dt.date], ...]


def span(board: Board) -> Span:
    """Give the days that the picture shows, and which of them are quiet."""
    first, last = add_months(board.as_of, -BACK), add_months(board.as_of, AHEAD)
    quiet = (
        between
        for period in board.workspace.settings.quiet
        for between in _in_years(period, first, last)
    )
    return Span(first, last, board.as_of, tuple(sorted(quiet)))


def _in_years(
    period: QuietPeriod, first: dt.date, last: dt.date
) -> Iterator[tuple[dt.date, dt.date]]:
    """Give the days of a quiet period in each year that is shown."""
    for year in range(first.year - 1, last.year + 1):
        begins = _day(period.first, year)
        ends = _day(period.last, year)
        if ends < begins:
            ends = _day(period.last, year + 1)
        if period.first.year and period.first.year != year:
            continue
        if ends >= first and begins <= last:
            yield max(begins, first), min(ends, last)


def _day(day: YearDay, year: int) -> dt.date:
    """Give a day of the year; 29 February is the 28th where there is none."""
    try:
        return dt.date(day.year or year, day.month, day.day)
    except ValueError:
        return dt.date(day.year or year, day.month, 28)


def lanes(board: Board) -> list[Lane]:
    """Give everyone's line, whose next date is nearest first."""
    shown = span(board)
    ordered = sorted(board.pages, key=lambda slug: (board.next_day(slug), slug))
    return [_lane(board, slug, shown) for slug in ordered]


def _lane(board: Board, slug: str, shown: Span) -> Lane:
    contact, found = board.contact(slug), board.standing(slug)
    marks = [Mark(each.rejected_on, "no") for each in contact.rejections]
    marks += [
        Mark(event.date, _MARKS[event.event])
        for event in (found.in_force if found else ())
        if event.event in _MARKS
    ]
    future = board.future(slug)
    bars = [bar for touch in future if is_message(touch) for bar in _bars(touch, shown)]
    marks += [
        Mark(touch.assumed_on or max(touch.target_on, board.as_of), "call")
        for touch in future
        if touch.step is Step.YOUR_CALL
    ]
    marks = [each for each in marks if shown.first <= each.day <= shown.last]
    sent = len(found.messages) if found else 0
    touch = board.coming.get(slug)
    ahead = f"; next {long_day(board.next_day(slug))}" if touch else "; nothing planned"
    return Lane(
        page=board.pages[slug],
        name=contact.name or contact.company,
        company=found.company if found else contact.company,
        sign=sign_of(board, slug),
        marks=tuple(marks),
        bars=tuple(bars),
        told=f"{sent} sent{ahead}",
    )


def _bars(touch: Touch, shown: Span) -> Iterator[Bar]:
    """Give the days meant for a message, from the day it is planned for."""
    first = max(touch.target_on, shown.first)
    last = min(max(touch.due_by, first + DAY), shown.last)
    if touch.assumed_on and touch.assumed_on > touch.due_by:
        first, last = touch.assumed_on, touch.assumed_on + DAY
    if first <= shown.last and last >= shown.first:
        yield Bar(first, min(last, shown.last), touch.step.value)
