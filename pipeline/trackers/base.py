"""What the program needs of a place where issues live, and the values that cross.

A tracker knows nothing of cadences, people or files of the workspace. It never repeats
a creation by itself; setting a state is absolute and may be repeated.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Protocol

from msgspec import Struct

from pipeline.model import IssueState, Problem

COMPLETED = "completed"
NOT_PLANNED = "not_planned"
DUPLICATE = "duplicate"


class Issue(Struct, frozen=True, kw_only=True):
    """An issue as it was seen."""

    number: int
    title: str
    body: str
    state: IssueState
    reason: str | None = None  # of the closing
    created_on: dt.date
    closed_on: dt.date | None = None  # the day in the settings' time zone
    closing: str = ""  # what tells this closing from any other
    ours: bool = True  # opened by one of our accounts
    is_ours_to_read: bool = True  # False: broken by hand; left alone


class Comment(Struct, frozen=True, kw_only=True):
    """A comment as it was seen."""

    issue: int
    id: str
    text: str
    on: dt.date | None = None  # None: not known, so today
    ours: bool = False
    trusted: bool = True  # said by somebody whose word counts


class Observation(Struct, frozen=True, kw_only=True):
    """Everything one look at the tracker gave.

    `sane` is False where the lists contradict what is known: nothing is created then.
    `gone` are known numbers that were deleted or moved away.
    """

    issues: Mapping[int, Issue]
    comments: tuple[Comment, ...] = ()
    sane: bool = True
    gone: frozenset[int] = frozenset()
    problems: tuple[Problem, ...] = ()


class Change(Struct, frozen=True, kw_only=True):
    """What to set on an issue; None leaves it as it is."""

    title: str | None = None
    body: str | None = None
    state: IssueState | None = None
    reason: str | None = None


class Tracker(Protocol):
    """A place where issues live."""

    @property
    def name(self) -> str:
        """Give `local` or `github:<repository id>`."""

    def observe(
        self, known: Collection[int], since: dt.datetime | None, as_of: dt.date
    ) -> Observation:
        """Look at all issues and comments, or at what has changed since."""

    def create(self, title: str, body: str, as_of: dt.date) -> int:
        """Open an issue and give its number; never repeated within a run."""

    def update(self, number: int, change: Change, as_of: dt.date) -> None:
        """Set fields of an issue in one step; may be repeated."""

    def comment(self, number: int, text: str, as_of: dt.date) -> None:
        """Add a comment; never repeated within a run."""
