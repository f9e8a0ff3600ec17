"""`close`, `comment`, `log`: say what happened; it is recorded at once and answered."""

import datetime as dt
import os
from collections.abc import Callable, Collection, Mapping

from msgspec.structs import replace

from pipeline.commands import sync, wording
from pipeline.commands.inbox import issue_of, look, texts_of
from pipeline.commands.reading import mails_in, plain
from pipeline.commands.session import Session
from pipeline.errors import UsageError
from pipeline.model import IssueState, Known
from pipeline.planning.history import begun_on
from pipeline.reconciling.apply import SyncReport, day_of_run
from pipeline.reconciling.hearing import SPOKEN
from pipeline.reconciling.identity import FRONT_DESK, acks_in, slug_of
from pipeline.reconciling.when import Unclear, read_day
from pipeline.trackers.base import (
    COMPLETED,
    NOT_PLANNED,
    Change,
    Comment,
    Issue,
    Observation,
    Tracker,
)


def close(session: Session) -> int:
    """Close an issue as sent, or with --skip as left out, and say what comes next."""
    number: int = session.options.number
    day = _day(session, session.options.on)
    if day > session.as_of:
        raise UsageError(f"{day} is still to come; give the day it was sent")
    _refuse_early(session, number, day)
    day_of_run(session.workspace, session.as_of)
    issue = issue_of(look(session), number)
    if issue.state is IssueState.CLOSED:
        message = f"issue {number} is closed already; "
        raise UsageError(f'{message}`./notyet comment {number} "/undo"` takes it back')
    before = look(session)
    reason = NOT_PLANNED if session.options.skip else COMPLETED
    change = Change(state=IssueState.CLOSED, reason=reason)
    with session.store.lock():  # a run that is at work would write over it
        session.local.person_sets(number, change, day)
    return _answered(session, number, before, sync.run(session))


def _refuse_early(session: Session, number: int, day: dt.date) -> None:
    """Refuse a day before the no of an issue, which is mostly a slip in the year."""
    for key, known in session.workspace.state.issues.items():
        contact = session.workspace.contacts.get(slug_of(key))
        if known.number != number or contact is None:
            continue
        begun = begun_on(contact, known)
        if begun is not None and day < begun:
            message = f"{day} is before {begun}, when it began"
            raise UsageError(f"{message}; give the day it was sent")


def _day(session: Session, text: str | None) -> dt.date:
    """Read the day somebody names; without one it is today."""
    if text is None:
        return session.as_of
    try:
        return read_day(text, session.as_of, ahead=False)
    except Unclear as unclear:
        raise UsageError(f"'{text}' is no day to go by; {unclear}") from None


def comment(session: Session) -> int:
    """Write a comment on an issue, carry it out and show the answer."""
    number: int = session.options.number
    text = _command(session.options.text)
    day_of_run(session.workspace, session.as_of)
    before = look(session)
    issue_of(before, number)
    with session.store.lock():
        session.local.person_comments(number, text, session.as_of)
    return _answered(session, number, before, sync.run(session))


def _command(text: str) -> str:
    """Ask for a command, since any other word would go unanswered."""
    text = text.strip()
    if text.startswith("/"):
        return text
    raise UsageError('write a command, such as "/snooze 3 weeks" or "/note ..."')


def _answered(
    session: Session, number: int, before: Observation, report: SyncReport
) -> int:
    """Show what was answered, and what the run did beside it."""
    if session.as_json:
        sync.tell(session, report)
        return sync.code(report.problems)
    old = sum(1 for each in before.comments if each.issue == number and each.ours)
    seen = look(session)
    after = [each.text for each in seen.comments if each.issue == number and each.ours]
    mails = mails_in(number, texts_of(seen, number), session.program)
    _show(session, [plain(text, mails) for text in after[old:]], report)
    return sync.code(report.problems)


def _show(session: Session, answers: list[str], report: SyncReport) -> None:
    recorded = wording.count(len(report.recorded), "entry", "entries")
    session.terminal.show(
        "\n\n".join(answers) or "Nothing new was written down.",
        f"Wrote {recorded} down.",
    )
    if report.opened or report.reopened or report.problems:
        session.terminal.show("")
        sync.tell(session, replace_recorded(report))


def replace_recorded(report: SyncReport) -> SyncReport:
    """Give a report without what the answers have told already."""
    return replace(report, recorded=[], closed=[], waiting=[])


# --- about a person, without an issue ------------------------------------------


def log(session: Session) -> int:
    """Say what happened with a person, whether or not an issue is open for them."""
    slug = session.contact(session.options.slug).slug
    text = _command(session.options.text)
    if "\n" in text:
        raise UsageError("that is more than one line; say one thing at a time")
    if FRONT_DESK not in session.workspace.state.issues:
        sync.run(session)  # the front desk is where such things are said
    verb, _, rest = text.partition(" ")
    spoken = Spoken(session.tracker, f"{verb} {slug} {rest}".rstrip(), session.as_of)
    report = sync.run(session, tracker=spoken)
    if session.as_json:
        sync.tell(session, report)
    else:
        _show(session, [plain(each, {}) for each in spoken.answers], report)
    return sync.code(report.problems)


class Spoken:
    """A tracker with one more comment on the front desk, said to this run alone.

    Everything else is the tracker's own; the answer is kept for the terminal.
    """

    def __init__(self, tracker: Tracker, text: str, day: dt.date) -> None:
        """Let `tracker` hear one command, said on `day`."""
        self._tracker, self._text, self._day = tracker, text, day
        self._id = f"{SPOKEN}{os.urandom(8).hex()}"
        self.answers: list[str] = []

    @property
    def name(self) -> str:
        """Give the tracker's own name."""
        return self._tracker.name

    @property
    def accounts(self) -> tuple[str, ...]:
        """Give the tracker's own accounts."""
        return self._tracker.accounts

    @property
    def claims_last(self) -> dt.timedelta:
        """Give the tracker's own patience."""
        return self._tracker.claims_last

    @property
    def edit_base(self) -> str:
        """Give where the tracker's own files are edited."""
        return self._tracker.edit_base

    def signer(self) -> str:
        """Give whom the tracker's own profile names."""
        return self._tracker.signer()

    def observe(
        self, known: Mapping[int, Known], since: dt.datetime | None, as_of: dt.date
    ) -> Observation:
        """Look at everything, and hear the command."""
        seen = self._tracker.observe(known, since, as_of)
        desks = (
            number
            for number, issue in seen.issues.items()
            if f"key={FRONT_DESK} " in issue.body
        )
        desk = max(desks, default=0)  # an older one was left behind by a move
        said = Comment(issue=desk, id=self._id, text=self._text, on=self._day)
        return replace(seen, comments=(*seen.comments, said))

    def look_at(self, number: int, as_of: dt.date) -> Issue | None:
        """Look at one issue."""
        return self._tracker.look_at(number, as_of)

    def look_beyond(self, number: int, seen: Collection[int]) -> Observation:
        """Look for what no list shows."""
        return self._tracker.look_beyond(number, seen)

    def create(self, title: str, body: str, as_of: dt.date) -> int:
        """Open an issue."""
        return self._tracker.create(title, body, as_of)

    def update(self, seen: Issue, change: Change, as_of: dt.date) -> bool:
        """Change an issue."""
        return self._tracker.update(seen, change, as_of)

    def edit_comments(
        self, number: int, becomes: Callable[[Comment], str | None]
    ) -> None:
        """Change what was said."""
        self._tracker.edit_comments(number, becomes)

    def comment(self, number: int, text: str, as_of: dt.date) -> None:
        """Keep the answer to the command; any other goes where it belongs."""
        if self._id in acks_in(text):
            self.answers.append(text)
        else:
            self._tracker.comment(number, text, as_of)
