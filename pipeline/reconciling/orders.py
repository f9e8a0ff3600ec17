"""What carrying out a command needs: what was said, what it is said to, its answer.

The values that `hearing`, `happenings` and `arrivals` share; nothing is decided here.
"""

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import Event, Rejection, Workspace
from pipeline.reconciling.grammar import Order
from pipeline.reconciling.newcomers import NewFile
from pipeline.reconciling.notebook import Notebook
from pipeline.reconciling.observe import Findings, Recorded, Reply
from pipeline.trackers.base import Issue
from pipeline.writing.occasions import AnswerKind


def earliest(*moments: dt.datetime | None) -> dt.datetime | None:
    """Give the first of the moments that are known."""
    return min(filter(None, moments), default=None)


class Said(Struct, frozen=True):
    """One command with the place where it was said."""

    order: Order
    number: int
    key: str
    source: str
    ack: str
    day: dt.date
    at: dt.datetime | None = None


class Shut(Struct, frozen=True):
    """An issue to close once it is answered, unless this file could not be written."""

    issue: Issue
    path: str
    reason: str


class Carried(Struct):
    """What commands ask for beside events."""

    files: list[NewFile] = []
    rejections: list[tuple[str, Rejection]] = []  # a path, and what to add to it
    values: list[tuple[str, tuple[str, ...], str]] = []  # a path, names, a value
    shut: list[Shut] = []
    standing: set[str] = set()  # what is said once for as long as it is so
    stops: dict[str, int] = {}  # source ▸ where it was said
    gone: set[str] = set()  # who is stopped without a file, by `who_is`
    waiting_since: dt.datetime | None = None  # the oldest that waits for a file
    fix: bool = False  # mend what is typed wrong in files


# By issue, oldest first: what a comment of ours answers, and when it did.
Answered = Mapping[int, tuple[tuple[str, dt.date | None], ...]]


class Work(Struct, frozen=True):
    """Everything that commands of one run are carried out against."""

    workspace: Workspace
    found: Findings
    notebook: Notebook
    carried: Carried
    answered: Answered
    done: frozenset[str]  # what is acknowledged, here or by another run

    def report(self, said: Said, event: Event, slug: str) -> None:
        """Tell the report of an event that a command has recorded."""
        key = said.key
        if event.touch is not None and slug:
            key = f"{slug}/{event.touch}"
        source = event.source or said.source
        self.found.recorded.append(Recorded(key, event.event, source))

    def reply(self, said: Said, kind: AnswerKind, **fields: object) -> None:
        """Owe an answer to a command; `fields` are those of Reply."""
        reply = Reply(number=said.number, ack=said.ack, kind=kind, at=said.at)
        self.found.replies.append(replace(reply, **fields))

    def wait(self, said: Said) -> None:
        """Leave a command for when its file can be read.

        That is said once for all lines of a comment.
        """
        self.carried.waiting_since = earliest(self.carried.waiting_since, said.at)
        self.say_once(
            Reply(
                number=said.number,
                ack=f"{said.source.rpartition(':')[0]}:waits",
                kind=AnswerKind.WAITS,
                event=said.order.event,
            )
        )

    def say_once(self, reply: Reply) -> None:
        """Owe an answer that stays said for as long as its reason stands."""
        state = self.workspace.state
        self.carried.standing.add(reply.ack)
        was_said = reply.ack in state.said and reply.ack not in state.owed
        if reply.ack not in self.done and not was_said:
            self.found.replies.append(reply)
