"""What the program needs of a place where issues live, and the values that cross.

A tracker knows nothing of cadences, people or files of the workspace. It never repeats
a creation by itself; setting a state is absolute and may be repeated.
"""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from typing import Protocol

from msgspec import Struct

from pipeline.model import IssueState, Known, Problem

COMPLETED = "completed"
NOT_PLANNED = "not_planned"
DUPLICATE = "duplicate"


class Act(Struct, frozen=True, kw_only=True):
    """One change of state that a person made."""

    id: int  # grows with time
    at: dt.datetime
    on: dt.date
    state: IssueState
    reason: str | None = None


class Issue(Struct, frozen=True, kw_only=True):
    """An issue as it was seen.

    `acts` are those of people that were not taken in yet, in their order; None where
    nobody was asked, and states tell what happened.
    """

    number: int
    title: str
    body: str
    state: IssueState
    reason: str | None = None  # of the closing
    created_on: dt.date
    closed_on: dt.date | None = None  # the day in the settings' time zone
    closing: str = ""  # what tells this closing from any other
    ours: bool = True  # opened by one of our accounts
    trusted: bool = True  # opened by somebody whose word counts
    is_ours_to_read: bool = True  # False: broken by hand; left alone
    acts: tuple[Act, ...] | None = None


class Comment(Struct, frozen=True, kw_only=True):
    """A comment as it was seen."""

    issue: int
    id: str
    text: str
    on: dt.date | None = None  # None: not known, so today
    at: dt.datetime | None = None
    ours: bool = False
    trusted: bool = True  # said by somebody whose word counts


class Observation(Struct, frozen=True, kw_only=True):
    """Everything one look at the tracker gave.

    `sane` is False where the lists contradict what is known: nothing is created then.
    `complete` is False where more may be there than the lists show: nothing that
    another run has claimed is opened before `look_beyond`.
    `gone` are known numbers that were deleted or moved away.
    """

    issues: Mapping[int, Issue]
    comments: tuple[Comment, ...] = ()
    sane: bool = True
    complete: bool = True
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

    @property
    def accounts(self) -> tuple[str, ...]:
        """Give the names under which issues are opened here."""

    @property
    def claims_last(self) -> dt.timedelta:
        """Give how long another run may take to carry out what it has claimed."""

    @property
    def edit_base(self) -> str:
        """Give where a file's page to edit it is, before its path; "" for nowhere."""

    def signer(self) -> str:
        """Give the name on the owner's profile; "" where there is none."""

    def observe(
        self, known: Mapping[int, Known], since: dt.datetime | None, as_of: dt.date
    ) -> Observation:
        """Look at all issues and comments, or at what has changed since."""

    def look_at(self, number: int, as_of: dt.date) -> Issue | None:
        """Look at one issue that no list shows; None where it is gone."""

    def look_beyond(self, number: int, seen: Collection[int]) -> Observation:
        """Ask for every issue with a higher number that was not `seen`, one by one.

        What is found is believed; `complete` says whether the end was reached.
        """

    def create(self, title: str, body: str, as_of: dt.date) -> int:
        """Open an issue and give its number; never repeated within a run.

        Raises Unclear where it may have been done, Declined where it was not, Enough
        where nothing more should be asked for in this run.
        """

    def update(self, seen: Issue, change: Change, as_of: dt.date) -> bool:
        """Set fields of an issue in one step; may be repeated.

        Gives False, and changes nothing, where the issue is no longer as it was seen.
        Raises Gone where it is not there any more.
        """

    def comment(self, number: int, text: str, as_of: dt.date) -> None:
        """Add a comment; never repeated within a run, and raises like `create`."""

    def edit_comments(
        self, number: int, becomes: Callable[[Comment], str | None]
    ) -> None:
        """Let every comment of an issue read as said; None takes it away.

        Done for the sake of somebody to be forgotten alone; may be repeated.
        """
