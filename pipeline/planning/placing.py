"""The day a message is meant to arrive: permitted days and distances (R3 to R5).

Dates depend on the files alone: each person's next message is placed once, in the
order of the design (last day of its window, then slug), never by what is open.
"""

import datetime as dt
from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct

from pipeline.model import Contact, Event, EventKind, Settings, Standing
from pipeline.planning.companies import company_key
from pipeline.planning.days import DAY, Calendar, Place, day_month
from pipeline.planning.history import company_on
from pipeline.planning.threads import Planned

_MOVED = EventKind.MOVED
BETWEEN_MESSAGES = 60 * DAY  # to one person
BETWEEN_COLLEAGUES = 30 * DAY  # to people at one company

YOURS = "60 days since your last message to them on {}"
COLLEAGUE_WROTE = "30 days since your message to a colleague there on {}"
COLLEAGUE_PLANNED = "30 days apart from the message to a colleague there on {}"


class Placed(Struct, frozen=True, gc=False):
    """Where a message has found its day, and what moved it there."""

    target_on: dt.date
    reasons: tuple[str, ...] = ()


class _Bound(NamedTuple):
    """The first day something else permits, and what that is, with its day."""

    day: dt.date
    why: str
    because_of: dt.date


_NOBODY: Mapping[str, dt.date] = {}


class Recorded:
    """The last messages at each company, for the distance to colleagues."""

    def __init__(self) -> None:
        self._last: dict[str, dict[str, dt.date]] = {}

    def add(
        self, contact: Contact, events: Iterable[Event], messages: Iterable[Event]
    ) -> None:
        """Note a person's messages, at the company they were with that day."""
        moves = [each for each in events if each.event is _MOVED]
        for message in messages:
            key = company_key(company_on(contact, moves, message.date))
            latest = self._last.setdefault(key, {})
            if latest.get(contact.slug, dt.date.min) < message.date:
                latest[contact.slug] = message.date

    def last_to_others(self, key: str, slug: str) -> dt.date | None:
        """Give the day of the newest message to anyone else at a company."""
        newest = None
        for who, day in self._last.get(key, _NOBODY).items():
            if who != slug and (newest is None or day > newest):
                newest = day
        return newest


def place_of(contact: Contact, settings: Settings) -> Place:
    """Give whose holidays count: the person's place, else the user's, never mixed."""
    if contact.country:
        return Place(contact.country, contact.subdivision)
    return Place(settings.country or "", settings.subdivision)


class Placer:
    """Places the next messages of everyone, one company at a time."""

    def __init__(
        self, calendar: Calendar, settings: Settings, recorded: Recorded
    ) -> None:
        """Place by one calendar and what is recorded."""
        self._calendar, self._settings, self._recorded = calendar, settings, recorded

    def place_all(
        self,
        contacts: Mapping[str, Contact],
        standings: Mapping[str, Standing],
        planned: Mapping[str, Planned],
    ) -> dict[str, Placed]:
        """Place everyone's next message; those at one company see each other."""
        companies: dict[str, list[str]] = {}
        for slug in planned:
            key = company_key(standings[slug].company)
            companies.setdefault(key, []).append(slug)
        placed = {}
        for key, slugs in companies.items():
            taken: list[dt.date] = []
            if len(slugs) > 1:
                slugs.sort(key=lambda slug: (planned[slug].window[1], slug))
            for slug in slugs:
                found = self.place(
                    contacts[slug], standings[slug], planned[slug], key, taken
                )
                insort(taken, found.target_on)
                placed[slug] = found
        return placed

    def place(
        self,
        contact: Contact,
        standing: Standing,
        planned: Planned,
        key: str,
        taken: list[dt.date],
        not_before: dt.date = dt.date.min,
    ) -> Placed:
        """Give the first day from `begins` on that rules R3 and R4 permit.

        `taken` are the sorted days already planned for others at the company.
        """
        place = place_of(contact, self._settings)
        day = max(planned.begins, not_before)
        reasons: list[str] = []
        for bound in self._bounds_beyond(day, contact.slug, standing, planned, key):
            if day < bound.day:
                day = bound.day
                reasons.append(bound.why.format(day_month(bound.because_of)))
        day = self._step(place, day, taken, reasons)
        return Placed(day, tuple(reasons))

    def _bounds_beyond(
        self, day: dt.date, slug: str, standing: Standing, planned: Planned, key: str
    ) -> list[_Bound]:
        """Give what permits no message on `day` yet, the earliest first."""
        bounds = []
        if standing.messages and not planned.lifted:
            last = standing.messages[-1].date
            if day < last + BETWEEN_MESSAGES:
                bounds.append(_Bound(last + BETWEEN_MESSAGES, YOURS, last))
        other = self._recorded.last_to_others(key, slug)
        if other is not None and day < other + BETWEEN_COLLEAGUES:
            bounds.append(_Bound(other + BETWEEN_COLLEAGUES, COLLEAGUE_WROTE, other))
        return sorted(bounds)

    def _step(
        self, place: Place, day: dt.date, taken: list[dt.date], reasons: list[str]
    ) -> dt.date:
        """Go on from `day` until it is permitted and far enough from all `taken`."""
        while True:
            day, why = self._calendar.first_permitted(place, day)
            if why:
                reasons.append(why)
            near = _too_near(day, taken) if taken else None
            if near is None:
                return day
            reasons.append(COLLEAGUE_PLANNED.format(day_month(near)))
            day = near + BETWEEN_COLLEAGUES


def _too_near(day: dt.date, taken: list[dt.date]) -> dt.date | None:
    """Give the last of the sorted days that lies less than 30 days from `day`."""
    at = bisect_left(taken, day + BETWEEN_COLLEAGUES)
    if at and taken[at - 1] > day - BETWEEN_COLLEAGUES:
        return taken[at - 1]
    return None
