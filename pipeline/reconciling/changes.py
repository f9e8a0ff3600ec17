"""What one run would do: a ChangeSet, its items, and the limits it keeps to.

Values alone: `deciding` works one out, `plan` shows it and `apply` carries it out.
"""

import datetime as dt

from msgspec import Struct

from pipeline.model import Known, Schedule, Touch, Workspace
from pipeline.reconciling.notebook import Notebook
from pipeline.reconciling.observe import Findings
from pipeline.reconciling.orders import Carried
from pipeline.reconciling.texts import Texts
from pipeline.trackers.base import Change, Issue


class Limits(Struct, frozen=True, kw_only=True):
    """What one run may do at most."""

    opened: int = 10
    closed: int = 10
    gone: float = 0.25  # of the known people
    override: bool = False  # for closings and people gone; never for openings


class Run(Struct, frozen=True):
    """Who is at work, and the moment, for claims and stamps alone."""

    name: str
    now: dt.datetime  # UTC
    salt: str = ""  # for the first stop of a workspace
    patience: dt.timedelta = dt.timedelta()  # with the claims of other runs


class Item(Struct, frozen=True, kw_only=True):
    """One change in the tracker."""

    action: str  # open, reopen, update, close, remind
    key: str
    reason: str
    seen: Issue | None = None  # as it was when this was decided; None: open
    change: Change | None = None
    touch: Touch | None = None  # open: what for; its text is written by `apply`
    comment: str = ""  # remind, or the word that goes with a closing
    ack: str = ""

    @property
    def number(self) -> int | None:
        """Give the number of the issue, if there is one yet."""
        return self.seen.number if self.seen else None


class ChangeSet(Struct, kw_only=True):
    """Everything one run would do, in the safe order."""

    workspace: Workspace  # with what was recorded
    schedule: Schedule
    found: Findings
    carried: Carried
    notebook: Notebook
    known: dict[str, Known]
    items: list[Item]
    acked: frozenset[str]
    elsewhere: frozenset[str]  # what another run may be answering right now
    # What an earlier run took in and owes; None where that is seen from histories.
    owed_before: frozenset[str] | None
    texts: Texts
    highest: int = 0  # number that is known
    beyond: int | None = None  # look at higher numbers before claims are taken over
    unseen: frozenset[int] = frozenset()  # to be looked at before anything is done
    mended: tuple[tuple[str, int, str], ...] = ()  # a path, a line, how it reads now
    edit_base: str = ""  # where a file is edited, before its path
    refused: str = ""  # why only stops are carried out, if a guard says so
