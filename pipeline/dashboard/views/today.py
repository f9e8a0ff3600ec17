"""What lies before the user today, what comes this week, and how things stand."""

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from pipeline.dashboard.views.board import Board, is_message, is_now
from pipeline.dashboard.views.evidence import sendings_of
from pipeline.dashboard.views.people import sentences, upfirst
from pipeline.dashboard.views.signs import Sign, sign_for
from pipeline.model import (
    Channel,
    Document,
    EventKind,
    Step,
    Touch,
    TouchStatus,
    WaitsFor,
)
from pipeline.planning.days import DAY
from pipeline.writing.context import step_name
from pipeline.writing.dates import list_day, week_day
from pipeline.writing.drafts import Draft
from pipeline.writing.issues import WITHOUT_DOCUMENT

WEEK = 7 * DAY
MOST = 8  # lines of those that wait, before the rest is counted
_K = EventKind
_WAITS = {
    WaitsFor.ROOM: "until one of the open ones is done",
    WaitsFor.PERSON: "until the other message to them is done",
    WaitsFor.COLLEAGUE: "until the one to a colleague there is done",
    WaitsFor.QUIET: "until the quiet days are over",
    WaitsFor.AWAY: "until you are back",
    WaitsFor.CHOICE: "for your word: /go, /slow or /end",
    WaitsFor.YOU: "until settings.yml says who signs",
}


class Due(Struct, frozen=True, kw_only=True):
    """One thing to do today, with everything that is needed to do it."""

    page: str
    sign: Sign
    title: str
    name: str
    company: str
    until: str
    late: bool
    step: str
    issue: int | None
    draft: Draft | None
    to: str  # where it goes, if it goes by mail
    place: str  # where it goes by post
    profile: str
    document: Document | None
    why: str
    silent: int  # messages without an answer


class Line(Struct, frozen=True):
    """Something that needs nothing today."""

    page: str
    what: str
    name: str
    company: str
    when: str


class Today(Struct, frozen=True, kw_only=True):
    """The first page."""

    day: str
    due: list[Due]
    waiting: list[Line]
    more_waiting: int
    week: list[Line]
    next: Line | None
    quiet_line: str
    local: bool
    problems: int


def today(board: Board) -> Today:
    """Gather the first page."""
    touches = board.schedule.touches
    now = sorted(filter(is_now, touches), key=_oldest_promise)
    coming = sorted(
        (each for each in touches if each.status is TouchStatus.UPCOMING),
        key=lambda each: (each.opens_on, each.slug),
    )
    waiting = [
        _line(board, each, _WAITS[each.waits_for]) for each in touches if each.waits_for
    ]
    soon = [each for each in coming if each.opens_on <= board.as_of + WEEK]
    return Today(
        day=week_day(board.as_of),
        due=[_due(board, each) for each in now],
        waiting=waiting[:MOST],
        more_waiting=max(0, len(waiting) - MOST),
        week=[_line(board, each, list_day(each.opens_on)) for each in soon],
        next=_line(board, coming[0], week_day(coming[0].opens_on)) if coming else None,
        quiet_line=_quiet_line(board),
        local=board.tracker == "local",
        problems=len(board.workspace.problems),
    )


def _oldest_promise(touch: Touch) -> tuple[bool, dt.date, str]:
    """Put messages first, the one that was meant for the earliest day on top."""
    return not is_message(touch), touch.due_by, touch.slug


def _due(board: Board, touch: Touch) -> Due:
    draft, document, place = None, None, ""
    contact = board.contact(touch.slug)
    if is_message(touch):
        context = board.context(touch)
        document = context.chosen
        needs_one = touch.step is Step.PORTFOLIO_NOTE
        if document or not needs_one or context.kind in WITHOUT_DOCUMENT:
            draft = context.message(document)
        if touch.channel is Channel.POST:
            place = contact.postal_address.strip()
    return Due(
        page=board.pages[touch.slug],
        sign=sign_for(touch),
        title=_title(touch),
        name=touch.name or touch.company,
        company=touch.company,
        until=week_day(touch.due_by),
        late=touch.overdue,
        step=touch.step.value,
        issue=touch.issue,
        draft=draft,
        to=contact.email or "",
        place=place,
        profile=contact.linkedin,
        document=document,
        why=sentences(touch.reasons),
        silent=board.schedule.standings[touch.slug].silent,
    )


def _title(touch: Touch) -> str:
    what = upfirst(step_name(touch))
    if touch.step is Step.SELF_ASSESSMENT:
        return f"{what}, about {touch.company}"
    return f"{what} {'with' if touch.step is Step.YOUR_CALL else 'for'} {touch.name}"


def _line(board: Board, touch: Touch, when: str) -> Line:
    return Line(
        page=board.pages[touch.slug],
        what=step_name(touch),
        name=touch.name or touch.company,
        company=touch.company if touch.name else "",
        when=when,
    )


def _quiet_line(board: Board) -> str:
    """Say in one line how things stand, without praise or blame."""
    return ", ".join(_standing_words(board)) + "."


def _standing_words(board: Board) -> Iterator[str]:
    events = [
        event.event
        for found in board.schedule.standings.values()
        for event in found.in_force
    ]
    going_on = len(board.coming)
    yield f"{counted(going_on, 'person hears', 'people hear')} from you"
    sendings = list(sendings_of(board))
    yield f"{counted(len(sendings), 'message')} sent so far"
    yield f"{sum(each.answered is not None for each in sendings)} answered"
    talks = events.count(_K.INTERVIEW) + events.count(_K.HIRED_HERE)
    if talks:
        yield f"{talks} led on to a talk or a job"


def counted(number: int, one: str, many: str = "") -> str:
    """Say how many: 1 person, 2 people."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
