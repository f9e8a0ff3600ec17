"""Carries what was decided to the tracker, item by item, and notes what came of it.

One item that fails leaves the others alone. Nothing is decided here, and a creation is
never repeated: where it is not known whether it was done, the claim stays.
"""

import contextlib
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.errors import Declined, Enough, Gone, Unclear
from pipeline.model import IssueState, Known, Problem, Schedule, Touch, TouchStatus
from pipeline.reconciling.changes import ChangeSet, Item, Run
from pipeline.reconciling.identity import (
    FRONT_DESK,
    Marker,
    ack,
    differs,
    join_body,
    marked,
    split_body,
)
from pipeline.reconciling.observe import Reply
from pipeline.reconciling.replies import reply_text
from pipeline.trackers.base import Change, Issue, Tracker
from pipeline.writing.context import IssueText
from pipeline.writing.dates import long_day
from pipeline.writing.desk import MOST, front_desk
from pipeline.writing.occasions import AnswerKind

_LOOKED = re.compile(r"^Last looked: .*$", re.MULTILINE)


class Outcome(Struct):
    """What came of carrying a ChangeSet out."""

    done: dict[str, list[tuple[str, int]]]  # action ▸ key and number
    numbers: dict[str, int]  # of what was created
    lost: set[int]  # numbers that were not there any more
    unsaid: set[str]  # answers that are still owed
    failed: int = 0  # items that were refused
    left: bool = False  # the rest comes with the next run


class Carrier:
    """Carries one ChangeSet out."""

    def __init__(
        self, tracker: Tracker, changes: ChangeSet, as_of: dt.date, run: Run
    ) -> None:
        """Carry out for `run`, whose claims alone create issues."""
        self._tracker, self._changes = tracker, changes
        self._as_of, self._run = as_of, run
        self.outcome = Outcome({}, {}, set(), set())

    def everything(self, replies: Sequence[Reply], problems: Sequence[Problem]) -> None:
        """Change, open, answer, and write the front desk last."""
        self.outcome.unsaid = {each.ack for each in replies}
        with contextlib.suppress(Enough):
            self._open_front_desk()
            for item in self._changes.items:
                self._item(item)
            self._answer(replies, problems)
            self._shut(problems)
            self._write_front_desk()
            return
        self.outcome.left = True

    @contextlib.contextmanager
    def _one(self, number: int | None = None) -> Iterator[None]:
        """Let one item fail for itself alone."""
        try:
            yield
        except Gone:
            if number is not None:
                self.outcome.lost.add(number)
        except Unclear:
            self.outcome.left = True
        except Declined:
            self.outcome.failed += 1

    # --- items -----------------------------------------------------------------

    def _item(self, item: Item) -> None:
        with self._one(item.number):
            if item.action == "open":
                self._open(item)
            elif item.action == "remind":
                assert item.number is not None
                self._comment(item.number, item.comment, item.ack)
            else:
                assert item.seen is not None
                assert item.change is not None
                if self._tracker.update(item.seen, item.change, self._as_of):
                    self._did(item.action, item.key, item.seen.number)

    def _open(self, item: Item) -> None:
        touch, texts = item.touch, self._changes.texts
        assert touch is not None
        gen = self._changes.known[item.key].gen
        text = texts.of(touch, touch.document or "", self._as_of)
        marker = marked(item.key, gen, touch.document, text.title, text.managed)
        body = join_body(text.managed, marker, text.yours)
        number = self._tracker.create(text.title, body, self._as_of)
        self._did("open", item.key, number)
        self.outcome.numbers[item.key] = number

    def _did(self, action: str, key: str, number: int) -> None:
        self.outcome.done.setdefault(action, []).append((key, number))

    def _comment(self, number: int, text: str, *acks: str) -> None:
        ends = "\n".join(map(ack, acks))
        self._tracker.comment(number, f"{text}\n\n{ends}", self._as_of)

    # --- answers ---------------------------------------------------------------

    def _answer(self, replies: Sequence[Reply], problems: Sequence[Problem]) -> None:
        """Post one comment for everything that is owed an answer on one place.

        Where it is not known whether it came through, it stays owed: the next run sees
        whether it is there, and takes nothing in twice.
        """
        refused = {problem.path: problem for problem in problems}
        for number, acks, texts in self._together(replies, refused):
            with self._one(number):
                self._comment(number, "\n\n".join(texts), *acks)
                self.outcome.unsaid.difference_update(acks)

    def _together(
        self, replies: Sequence[Reply], refused: Mapping[str, Problem]
    ) -> list[tuple[int, list[str], list[str]]]:
        """Give where, what is answered there at once, and the texts; files as one."""
        together: dict[tuple[int, str], tuple[list[str], list[str]]] = {}
        for reply in replies:
            about = "" if reply.kind is AnswerKind.PROBLEM else reply.ack
            acks, texts = together.setdefault((reply.number, about), ([], []))
            if reply.ack not in acks:
                acks.append(reply.ack)
            text = reply_text(self._changes, reply, refused, self._as_of)
            if text not in texts:
                texts.append(text)
        return [
            (number, acks, _at_most(texts) if not about else texts)
            for (number, about), (acks, texts) in together.items()
        ]

    def _shut(self, problems: Sequence[Problem]) -> None:
        """Close what is answered for good, unless its file could not be written."""
        refused = {problem.path for problem in problems}
        for each in self._changes.carried.shut:
            if each.path in refused:
                continue
            change = Change(state=IssueState.CLOSED, reason=each.reason)
            with self._one(each.issue.number):
                self._tracker.update(each.issue, change, self._as_of)

    # --- the front desk --------------------------------------------------------

    def _open_front_desk(self) -> None:
        """Open the standing issue first, so that it has the lowest number."""
        known = self._changes.known.get(FRONT_DESK, Known())
        if known.number is not None or not known.claim:
            return
        if known.claim.run != self._run.name:
            return
        text = self._front_desk(self._changes.schedule)
        body = join_body(text.managed, _marker(known, text), "")
        with self._one():
            number = self._tracker.create(text.title, body, self._as_of)
            self.outcome.numbers[FRONT_DESK] = number
            self._changes.found.issues[FRONT_DESK] = Issue(
                number=number,
                title=text.title,
                body=body,
                state=IssueState.OPEN,
                created_on=self._as_of,
            )

    def _write_front_desk(self) -> None:
        """Write the standing issue last, when all numbers are known."""
        known = self._changes.known.get(FRONT_DESK)
        issue = self._changes.found.issues.get(FRONT_DESK)
        if known is None or issue is None or not issue.is_ours_to_read:
            return
        text = self._front_desk(as_opened(self._changes, self.outcome.numbers))
        old = split_body(issue.body)
        body = join_body(text.managed, _marker(known, text), old.yours)
        changed = differs(body, issue.body) and not self._is_news(text, old.managed)
        closed = issue.state is IssueState.CLOSED
        if changed or closed:
            state = IssueState.OPEN if closed else None
            change = Change(body=body if changed else None, state=state)
            with self._one(issue.number):
                self._tracker.update(issue, change, self._as_of)

    def _front_desk(self, schedule: Schedule) -> IssueText:
        alone = self._tracker.name != "local"  # nobody watches it at work
        looked = self._run.now if alone else None
        base = self._changes.edit_base
        return front_desk(self._changes.workspace, schedule, looked, base)

    def _is_news(self, text: IssueText, old: str) -> bool:
        """Say whether only the time of the last look is new, and the day is not."""
        same = _LOOKED.sub("", text.managed).strip() == _LOOKED.sub("", old).strip()
        looked = _LOOKED.search(old)
        today = long_day(self._run.now.date())
        return same and looked is not None and today in looked[0]


def _at_most(texts: list[str]) -> list[str]:
    """Keep a comment about many files short; the front desk has them all."""
    more = len(texts) - MOST
    if more <= 0:
        return texts
    return [*texts[:MOST], f"And {more} more like these; the front desk counts them."]


def _marker(known: Known, text: IssueText) -> Marker:
    return marked(FRONT_DESK, known.gen, "", text.title, text.managed)


def as_opened(changes: ChangeSet, numbers: Mapping[str, int]) -> Schedule:
    """Give the schedule with the numbers of the issues that were just opened."""

    def shown(touch: Touch) -> Touch:
        number = numbers.get(touch.key) or changes.known.get(touch.key, Known()).number
        if touch.status is TouchStatus.DUE and number is not None:
            return replace(touch, status=TouchStatus.OPEN, issue=number)
        return touch

    touches = tuple(shown(touch) for touch in changes.schedule.touches)
    return replace(changes.schedule, touches=touches)
