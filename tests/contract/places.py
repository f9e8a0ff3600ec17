"""Two places where issues live, each with the person who acts there by hand."""

import datetime as dt
from pathlib import Path
from typing import Protocol

from pipeline.model import IssueState
from pipeline.trackers.base import COMPLETED, NOT_PLANNED, Change, Tracker
from pipeline.trackers.local import LocalTracker
from tests.factories import day
from tests.github.clock import Clock
from tests.github.reaching import tracker_of
from tests.github.repository import OWNER
from tests.github.server import GitHub

TODAY = day("2026-05-04")


class Place(Protocol):
    """A tracker, and a person in front of it."""

    @property
    def tracker(self) -> Tracker:
        """Give the tracker as a new run has it."""

    @property
    def now(self) -> dt.datetime:
        """Give the moment."""

    def wait(self, days: int) -> None: ...
    def close(self, number: int, *, skip: bool = False) -> None: ...
    def reopen(self, number: int) -> None: ...
    def say(self, number: int, text: str) -> None: ...
    def write(self, number: int, title: str, body: str) -> None: ...
    def delete(self, number: int) -> None: ...


class Folder:
    """Issues in a folder."""

    def __init__(self, root: Path) -> None:
        self.now = dt.datetime(2026, 5, 4, 8, tzinfo=dt.UTC)
        self._root = root
        self._local = LocalTracker(str(root))

    @property
    def tracker(self) -> Tracker:
        return LocalTracker(str(self._root))

    def wait(self, days: int) -> None:
        self.now += dt.timedelta(days=days)

    def close(self, number: int, *, skip: bool = False) -> None:
        reason = NOT_PLANNED if skip else COMPLETED
        change = Change(state=IssueState.CLOSED, reason=reason)
        self._local.person_sets(number, change, TODAY)

    def reopen(self, number: int) -> None:
        self._local.person_sets(number, Change(state=IssueState.OPEN), TODAY)

    def say(self, number: int, text: str) -> None:
        self._local.person_comments(number, text, TODAY)

    def write(self, number: int, title: str, body: str) -> None:
        self._local.person_sets(number, Change(title=title, body=body), TODAY)

    def delete(self, number: int) -> None:
        (self._root / "inbox" / f"{number:04}.md").unlink()


class Hub:
    """Issues on a server that behaves like GitHub."""

    def __init__(self, github: GitHub, clock: Clock) -> None:
        self._github, self._clock = github, clock

    @property
    def tracker(self) -> Tracker:
        return tracker_of(self._github, self._clock)

    @property
    def now(self) -> dt.datetime:
        return self._clock.now

    def wait(self, days: int) -> None:
        self._clock.advance(days=days)

    def _set(self, number: int, **fields: str) -> None:
        self._clock.advance(seconds=5)
        self._github.repository.change(number, OWNER, fields)

    def close(self, number: int, *, skip: bool = False) -> None:
        reason = NOT_PLANNED if skip else COMPLETED
        self._set(number, state="closed", state_reason=reason)

    def reopen(self, number: int) -> None:
        self._set(number, state="open")

    def say(self, number: int, text: str) -> None:
        self._clock.advance(seconds=5)
        self._github.repository.comment(number, text, OWNER)

    def write(self, number: int, title: str, body: str) -> None:
        self._set(number, title=title, body=body)

    def delete(self, number: int) -> None:
        self._github.repository.delete(number)
