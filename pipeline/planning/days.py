"""Days: months, quiet periods, and the days on which a message may arrive.

Public holidays come as an argument; a calendar is made for one run and remembers what
it has looked up. It knows no person and no `as_of`.
"""

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from msgspec import Struct

from pipeline.model import CadenceStep, QuietPeriod

Span = tuple[dt.date, dt.date]
DAY = dt.timedelta(days=1)
SATURDAY_SUNDAY = (5, 6)
WEEKDAYS = (
    *("Monday", "Tuesday", "Wednesday", "Thursday"),
    *("Friday", "Saturday", "Sunday"),
)
MONTHS = (
    *("", "January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@lru_cache(maxsize=4096)  # people's dates lie close together
def add_months(day: dt.date, months: int) -> dt.date:
    """Give the same day that many calendar months on, clamped to the month's end.

    What would lie beyond the last year there is becomes its last day.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > dt.MAXYEAR:
        return dt.date.max
    if day.day <= 28:
        return dt.date(year, month + 1, day.day)
    return dt.date(
        year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1])
    )


def window_of(step: CadenceStep, anchor: dt.date) -> Span:
    """Give the first and last day meant for a step; both ends belong to it."""
    if step.days is not None:
        first, last = step.days
        return anchor + dt.timedelta(days=first), anchor + dt.timedelta(days=last)
    assert step.months is not None
    return add_months(anchor, step.months[0]), add_months(anchor, step.months[1])


def in_quiet(day: dt.date, periods: Sequence[QuietPeriod]) -> bool:
    """Say whether a day lies in a quiet period; pairs may cross the new year."""
    for period in periods:
        first, last = period.first, period.last
        if first.year or last.year:
            start = (first.year or day.year, first.month, first.day)
            end = (last.year or day.year, last.month, last.day)
            if start <= (day.year, day.month, day.day) <= end:
                return True
            continue
        start2, end2 = (first.month, first.day), (last.month, last.day)
        here = (day.month, day.day)
        if start2 <= end2:
            if start2 <= here <= end2:
                return True
        elif here >= start2 or here <= end2:
            return True
    return False


class HolidayYear(Struct, frozen=True):
    """One year of one country: its public holidays, and its weekend (Monday is 0)."""

    names: Mapping[dt.date, str] = {}
    weekend: tuple[int, ...] = SATURDAY_SUNDAY


class HolidaySource(Protocol):
    """Where public holidays come from."""

    def year(self, country: str, subdivision: str | None, year: int) -> HolidayYear:
        """Give a year; an unknown country has no holidays and a common weekend."""


class Place(Struct, frozen=True):
    """Where a person is, for weekends and public holidays; "" if unknown."""

    country: str = ""
    subdivision: str | None = None


class Calendar:
    """The days on which something may arrive somewhere (rule R3)."""

    def __init__(self, holidays: HolidaySource, quiet: Sequence[QuietPeriod]) -> None:
        """Look days up in `holidays` and in the user's quiet periods."""
        self._holidays = holidays
        self._quiet = tuple(quiet)
        self._years: dict[tuple[str, str | None, int], HolidayYear] = {}
        self._permitted: dict[tuple[str, str | None, dt.date], bool] = {}
        self._free: dict[tuple[str, str | None, dt.date], tuple[dt.date, str]] = {}

    def _year(self, place: Place, year: int) -> HolidayYear:
        key = (place.country, place.subdivision, year)
        if key not in self._years:
            known = HolidayYear() if not place.country else self._holidays.year(*key)
            self._years[key] = known
        return self._years[key]

    def permits(self, place: Place, day: dt.date) -> bool:
        """Say whether a message may arrive there on that day."""
        key = (place.country, place.subdivision, day)
        found = self._permitted.get(key)
        if found is None:
            year = self._year(place, day.year)
            found = not (
                day.weekday() in year.weekend
                or day in year.names
                or in_quiet(day, self._quiet)
            )
            self._permitted[key] = found
        return found

    def is_quiet(self, day: dt.date) -> bool:
        """Say whether a day lies in one of the user's quiet periods."""
        return in_quiet(day, self._quiet)

    def first_permitted(self, place: Place, day: dt.date) -> tuple[dt.date, str]:
        """Give the first day from `day` on that is permitted, and what lies between.

        Quiet periods that leave no day of a year are answered with `day` itself.
        """
        key = (place.country, place.subdivision, day)
        found = self._free.get(key)
        if found is None:
            days = (day + number * DAY for number in range(800))
            free = next((each for each in days if self.permits(place, each)), day)
            found = self._free[key] = free, self._why_not(place, day, free)
        return found

    def _why_not(self, place: Place, day: dt.date, free: dt.date) -> str:
        """Say in words what lies between a day and the first permitted one.

        Weekends that follow a holiday or quiet days explain themselves.
        """
        first, said = day, dict[str, None]()
        while day < free:
            quiet = next((p for p in self._quiet if in_quiet(day, (p,))), None)
            year = self._year(place, day.year)
            if quiet is not None:
                said[f"{_quiet_days(quiet)} your quiet days"] = None
            elif day.weekday() in year.weekend:
                if day == first:
                    said[f"{day_month(day)} is a {WEEKDAYS[day.weekday()]}"] = None
            elif day == first:
                said[f"{day_month(day)} is a holiday ({year.names[day]})"] = None
            else:
                same = day.month == first.month
                on = f"the {ordinal(day.day)}" if same else day_month(day)
                said[f"{year.names[day]} on {on}"] = None
            day += DAY
        return "; ".join(said)


def _quiet_days(period: QuietPeriod) -> str:
    first, last = (dt.date(2024, d.month, d.day) for d in (period.first, period.last))
    if first == last:
        return f"{day_month(first)} is one of"
    same = first.month == last.month and first < last
    return f"{first.day if same else day_month(first)} to {day_month(last)} are"


def ordinal(number: int) -> str:
    """Write the number of a day as it is spoken: 4th."""
    teen = 10 < number % 100 < 14
    ending = "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


@lru_cache(maxsize=4096)
def day_month(day: dt.date) -> str:
    """Write a day as people say it: 13 June."""
    return f"{day.day} {MONTHS[day.month]}"


def is_zone(name: str) -> bool:
    """Say whether a time zone of this name is known."""
    if name == "UTC":
        return True
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - not for UTC

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
