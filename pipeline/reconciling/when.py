"""Dates as people write them in a comment, read strictly enough never to guess wrong.

A text that could be two dates is asked back with both written out. Past or future is
the command's to say: `/sent monday` looks back, `/snooze monday` ahead.
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator

from pipeline.planning.days import add_months

DAY = dt.timedelta(days=1)

_MONTHS = tuple(name.casefold() for name in calendar.month_name[1:])
_WEEKDAYS = tuple(name.casefold() for name in calendar.day_name)
_NUMBERS = ("a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_UNITS = {"d": 1, "day": 1, "days": 1, "w": 7, "week": 7, "weeks": 7}
_MONTH_UNITS = frozenset({"m", "month", "months"})

EXAMPLES = "2026-12-01, 1 December, monday, or 3 weeks"


class Unclear(ValueError):  # noqa: N818 - a text that is no one date
    """What to write instead of a text that is no date, or could be two."""


def read_day(text: str, today: dt.date, *, ahead: bool) -> dt.date:
    """Read a day in the past (today included) or, `ahead`, after today.

    Raises Unclear with what to write.
    """
    folded = re.sub(r"^(?:on|until|till|to|in|at|from) ", "", _folded(text))
    found = sorted(set(_readings(folded, today, ahead=ahead)))
    if not found:
        raise Unclear(f"write a day like {EXAMPLES}")
    if len(found) > 1:
        raise Unclear(f"write {' or '.join(map(str, found))}; it could be either")
    (day,) = found
    if ahead and day <= today:
        raise Unclear(f"write a day after today; {day} is not")
    if not ahead and day > today:
        raise Unclear(f"write a day up to today; {day} is still to come")
    return day


def whole_dates(text: str) -> tuple[dt.date, ...]:
    """Give every day that a text with a year of its own can mean, earliest first.

    Where there is no comment to answer, dots say nothing about the order.
    """
    folded = _folded(text.translate(_DASHES))
    if re.fullmatch(r"[0-9./-]+", folded):
        folded = folded.replace(".", "/")
    said = re.match(rf"({'|'.join(name[:3] for name in _WEEKDAYS)})[a-z]*\.? ", folded)
    folded = folded[said.end() :] if said else folded
    if not folded.isascii() or not re.search(r"(?<![0-9])[0-9]{4}(?![0-9])", folded):
        return ()
    readings, ahead = (_iso, _named_month, _numbers), False
    found = {day for each in readings for day in each(folded, dt.date.min, ahead)}
    return tuple(
        day
        for day in sorted(found)
        if not said or _WEEKDAYS[day.weekday()].startswith(said[1])
    )


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace(",", " ").split()).strip(" .;:")


_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")

Reading = Callable[[str, dt.date, bool], Iterator[dt.date]]


def _readings(text: str, today: dt.date, *, ahead: bool) -> Iterator[dt.date]:
    """Give every day a text can mean."""
    for reading in (_word, _distance, _weekday, _iso, _named_month, _numbers):
        yield from reading(text, today, ahead)


def _word(text: str, today: dt.date, ahead: bool) -> Iterator[dt.date]:  # noqa: FBT001 - one of a family
    fixed = {"today": 0, "now": 0, "yesterday": -1, "tomorrow": 1}
    fixed |= {"the day before yesterday": -2, "last week": -7, "next week": 7}
    if text in fixed:
        yield today + fixed[text] * DAY
    if text == "next month" and ahead:
        yield add_months(today, 1)
    if text == "next year" and ahead:
        yield add_months(today, 12)


def _distance(text: str, today: dt.date, ahead: bool) -> Iterator[dt.date]:  # noqa: FBT001
    found = re.fullmatch(r"(an?|one|[a-z]+|\d{1,3}) ?([a-z]+)( ago)?", text)
    if not found:
        return
    number, unit, ago = found.groups()
    if number in ("an", "one"):
        number = "a"
    if number in _NUMBERS:
        count = _NUMBERS.index(number) + 1
    elif number.isdigit():
        count = int(number)
    else:
        return
    sign = 1 if ahead and not ago else -1
    if unit in _UNITS:
        yield today + sign * count * _UNITS[unit] * DAY
    elif unit in _MONTH_UNITS:
        yield add_months(today, sign * count)


def _weekday(text: str, today: dt.date, ahead: bool) -> Iterator[dt.date]:  # noqa: FBT001
    found = re.fullmatch(r"(?:(last|next|this) )?([a-z]{3,9})", text)
    if not found:
        return
    for number, name in enumerate(_WEEKDAYS):
        if name == found[2] or name[:3] == found[2] or name[:4] == found[2]:
            gap = (number - today.weekday()) % 7
            if ahead:
                yield today + (gap or 7) * DAY
            elif found[1] == "last" and not gap:
                yield today - 7 * DAY
            else:
                yield today - (7 - gap) % 7 * DAY


def _iso(text: str, today: dt.date, ahead: bool) -> Iterator[dt.date]:  # noqa: FBT001
    del today, ahead
    found = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text)
    if found:
        yield from _date(*map(int, found.groups()))


def _named_month(text: str, today: dt.date, ahead: bool) -> Iterator[dt.date]:  # noqa: FBT001
    found = re.fullmatch(
        r"(?:(\d{1,2})(?:st|nd|rd|th|\.)? (?:of )?)?([a-z]{3,9})\.?"
        r"(?: (\d{1,2})(?:st|nd|rd|th)?)?(?: (\d{4}))?",
        text,
    )
    if not found or (found[1] and found[3]):
        return
    number = next(
        (
            n
            for n, name in enumerate(_MONTHS, 1)
            if found[2] in (name, name[:3], name[:4])
        ),
        0,
    )
    day = found[1] or found[3]
    if not number or (not day and not ahead):
        return  # "May" alone says when to write again, not when something was sent
    if found[4]:
        yield from _date(int(found[4]), number, int(day or 1))
    else:
        yield from _nearest(number, int(day or 1), today, ahead=ahead)


def _numbers(text: str, today: dt.date, ahead: bool) -> Iterator[dt.date]:  # noqa: FBT001
    found = re.fullmatch(r"(\d{1,2})([./-])(\d{1,2})(?:[./-](\d{4}|\d{2})?)?", text)
    if not found:
        return
    first, second = int(found[1]), int(found[3])
    year = int(found[4]) if found[4] else 0
    year += 2000 if 0 < year < 100 else 0
    orders = [(second, first)]  # month, day
    if found[2] != ".":  # with dots, the day comes first wherever they are used
        orders.append((first, second))
    for month, day in orders:
        if year:
            yield from _date(year, month, day)
        else:
            yield from _nearest(month, day, today, ahead=ahead)


def _date(year: int, month: int, day: int) -> Iterator[dt.date]:
    try:
        yield dt.date(year, month, day)
    except ValueError:
        return


def _nearest(month: int, day: int, today: dt.date, *, ahead: bool) -> Iterator[dt.date]:
    """Give the next such day after today, or the last one up to today."""
    years = range(today.year, today.year + 9) if ahead else range(today.year, 1999, -1)
    for year in years:
        for found in _date(year, month, day):
            if found > today if ahead else found <= today:
                yield found
                return
