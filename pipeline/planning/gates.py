"""Gates: what may hold back the opening of an issue on a day, never a date.

Whoever waits is told for what. Candidates pass in the order of `due_by`, then slug, so
that nobody is held back by somebody later.
"""

import datetime as dt
import math
from collections.abc import Mapping
from typing import Protocol

from msgspec.structs import replace

from pipeline.model import (
    Channel,
    EventKind,
    Settings,
    Standing,
    Step,
    Touch,
    TouchStatus,
    WaitsFor,
    Workspace,
)
from pipeline.planning import cadence
from pipeline.planning.companies import company_key
from pipeline.planning.days import DAY, Calendar
from pipeline.planning.everywhere import Everywhere
from pipeline.planning.placing import BETWEEN_COLLEAGUES, Recorded
from pipeline.planning.threads import Planned

SELF_ASSESSMENTS_A_DAY = 3
_ASSESSMENT, _OPEN = Step.SELF_ASSESSMENT, TouchStatus.OPEN
_EMAIL, _POST = Channel.EMAIL, Channel.POST
STUCK_AFTER = 30 * DAY
# A place is free again about a week after an issue opens, for one who acts at leisure.
PLACES_A_YEAR = 52


class Opened(Protocol):
    """An issue that is open."""

    @property
    def number(self) -> int:
        """Give its number."""

    @property
    def opened(self) -> dt.date:
        """Give the day it was opened."""


class Gates:
    """The gates of one day, and what has passed them so far."""

    def __init__(
        self,
        workspace: Workspace,
        calendar: Calendar,
        everywhere: Everywhere,
        recorded: Recorded,
        as_of: dt.date,
    ) -> None:
        """Open the gates of `as_of`."""
        self._settings = workspace.settings
        self._frozen = workspace.frozen
        self._calendar = calendar
        self._recorded = recorded
        self._as_of = as_of
        self._away = is_away(everywhere, as_of)
        self._people: set[str] = set()
        self._companies: set[str] = set()  # where a message is open
        self._places = self._settings.open_at_once
        self._assessments = SELF_ASSESSMENTS_A_DAY

    def apply(
        self,
        touches: list[Touch],
        planned: Mapping[str, Planned],
        standings: Mapping[str, Standing],
        open_issues: Mapping[str, Opened],
    ) -> list[Touch]:
        """Give every touch its status; `touches` are in the order of passing."""
        with_issues = {key.partition("/")[0] for key in open_issues}

        def issue_of(touch: Touch) -> Opened | None:
            has_one = touch.slug in with_issues  # which few have
            return open_issues.get(touch.key) if has_one else None

        wanted = {touch.key for touch in touches if touch.slug in with_issues}
        self._count_open(wanted, standings, open_issues)
        newest_first = sorted(
            (t for t in touches if t.step is _ASSESSMENT),
            key=lambda t: (-t.target_on.toordinal(), t.slug),
        )
        assessed = {t.slug: self._assessment(t, issue_of(t)) for t in newest_first}
        return [
            assessed[t.slug]
            if t.step is _ASSESSMENT
            else self._message(t, planned[t.slug], issue_of(t))
            for t in touches
        ]

    def stuck(self, touches: list[Touch]) -> int:
        """Count who waits while all places are taken by issues long past their date."""
        taken = [t for t in touches if t.status is _OPEN and t.step is not _ASSESSMENT]
        late = [t for t in taken if self._as_of - t.due_by >= STUCK_AFTER]
        if len(late) < self._settings.open_at_once:
            return 0
        return sum(
            t.waits_for is WaitsFor.ROOM for t in touches if t.step is not _ASSESSMENT
        )

    def _count_open(
        self,
        wanted: set[str],
        standings: Mapping[str, Standing],
        open_issues: Mapping[str, Opened],
    ) -> None:
        for key, issue in open_issues.items():
            slug, step, _ = key.split("/")
            if key not in wanted and slug not in self._frozen:
                continue  # it is about to be closed by us
            if step == _ASSESSMENT:
                self._assessments -= issue.opened == self._as_of
                continue
            self._places -= 1
            self._people.add(slug)
            if slug in standings:
                self._companies.add(company_key(standings[slug].company))

    def _assessment(self, touch: Touch, issue: Opened | None) -> Touch:
        if touch.status is TouchStatus.LAPSED:
            number = issue.number if issue else None
            return replace(touch, issue=number, overdue=self._is_late(touch))
        if issue:
            return self._open(touch, issue)
        if self._as_of < touch.opens_on:
            return replace(touch, overdue=True) if self._is_late(touch) else touch
        if self._assessments <= 0:
            return self._waiting(touch, WaitsFor.ROOM)
        self._assessments -= 1
        return replace(touch, status=TouchStatus.DUE, overdue=self._is_late(touch))

    def _message(self, touch: Touch, planned: Planned, issue: Opened | None) -> Touch:
        if issue:
            return self._open(touch, issue)
        if planned.undecided:
            return self._waiting(touch, WaitsFor.CHOICE)
        if self._as_of < touch.opens_on:
            return replace(touch, overdue=True) if self._is_late(touch) else touch
        waits_for = self._held_back(touch)
        if waits_for:
            return self._waiting(touch, waits_for)
        self._places -= 1
        self._people.add(touch.slug)
        self._companies.add(company_key(touch.company))
        return replace(touch, status=TouchStatus.DUE, overdue=self._is_late(touch))

    def _is_late(self, touch: Touch) -> bool:
        return self._as_of > touch.due_by

    def _open(self, touch: Touch, issue: Opened) -> Touch:
        late = self._is_late(touch)
        return replace(touch, status=_OPEN, issue=issue.number, overdue=late)

    def _waiting(self, touch: Touch, waits_for: WaitsFor) -> Touch:
        return replace(
            touch,
            status=TouchStatus.WAITING,
            waits_for=waits_for,
            overdue=self._is_late(touch),
        )

    def _held_back(self, touch: Touch) -> WaitsFor | None:
        """Give the first gate that is shut for a message, if any."""
        if self._settings.you is None:
            return WaitsFor.YOU
        if self._away:
            return WaitsFor.AWAY
        arrives = self._as_of + lead_of(touch.channel, self._settings)
        if self._calendar.is_quiet(arrives):
            return WaitsFor.QUIET
        if touch.slug in self._people:
            return WaitsFor.PERSON
        if self._colleague_first(touch):
            return WaitsFor.COLLEAGUE
        return WaitsFor.ROOM if self._places <= 0 else None

    def _colleague_first(self, touch: Touch) -> bool:
        """Say whether a colleague's message is open, or was sent within the month.

        What has a lead opens before its day, and may be sent the day it opens.
        """
        key = company_key(touch.company)
        if key in self._companies:
            return True
        wrote = self._recorded.last_to_others(key, touch.slug)
        return wrote is not None and self._as_of - wrote < BETWEEN_COLLEAGUES


def lead_of(channel: Channel, settings: Settings) -> dt.timedelta:
    """Give how long before its day a message is put before the user."""
    leads = settings.lead_days
    if channel is _EMAIL:
        return leads.email * DAY
    return (leads.post if channel is _POST else leads.linkedin) * DAY


def is_away(everywhere: Everywhere, as_of: dt.date) -> bool:
    """Say whether the user is away on a day: `away` until its day, or `back`."""
    until = None
    for event in everywhere.settings_events:
        if event.event is EventKind.AWAY:
            until = event.until
        elif event.event is EventKind.BACK:
            until = None
    return until is not None and as_of < until


def overload(
    planned: Mapping[str, Planned],
    standings: Mapping[str, Standing],
    settings: Settings,
) -> int:
    """Give how many messages a year the rhythm asks for beyond what fits."""
    asked = 0.0
    pace: dict[str, float] = {}
    for slug in planned:
        name = standings[slug].cadence
        if name not in pace:
            first, last = cadence.steps_of(settings, name)[-1].months or (12, 12)
            pace[name] = 24 / max(first + last, 1)
        asked += pace[name]
    return max(0, math.ceil(asked - settings.open_at_once * PLACES_A_YEAR))
