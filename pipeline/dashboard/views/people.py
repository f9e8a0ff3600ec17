"""The list of people, and what stands on the page of one."""

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from pipeline.dashboard.views.board import Board, is_message, is_now
from pipeline.dashboard.views.signs import Sign, sign_of
from pipeline.dashboard.views.story import Told, story
from pipeline.model import Contact, Document, EventKind, Step, Touch
from pipeline.planning.matching import had_by
from pipeline.writing.context import step_name
from pipeline.writing.dates import list_day, long_day
from pipeline.writing.drafts import Draft

ROLES = {
    "hiring_manager": "the one who decided",
    "recruiter": "recruiter",
    "agency": "agency",
    "interviewer": "interviewer",
    "referrer": "gave you a name",
}


class Row(Struct, frozen=True, array_like=True):
    """One line of the list; the browser sorts and filters by it."""

    page: str
    name: str
    company: str
    sign: str
    shape: str
    words: str
    rank: int
    last: str  # ISO days, so that they sort; "" where there is none
    next: str
    more: str  # what is searched beside what is seen


class Ahead(Struct, frozen=True):
    """One follow-up to come, by day."""

    day: str
    what: str
    why: str = ""


class Person(Struct, frozen=True, kw_only=True):
    """What the page of one person says."""

    contact: Contact
    heading: str
    company: str
    sign: Sign
    role: str
    story: list[Told]
    ahead: list[Ahead]
    had: list[str]
    draft: Draft | None
    draft_for: str  # what the draft is, and when
    document: Document | None


def rows(board: Board) -> Iterator[Row]:
    """Give everyone, in the order of files."""
    for slug, page in board.pages.items():
        contact, found = board.workspace.contacts[slug], board.standing(slug)
        sign = sign_of(board, slug)
        touch = board.coming.get(slug)
        last = found.messages[-1].date if found and found.messages else None
        positions = " ".join([each.position for each in contact.rejections])
        yield Row(
            page=page,
            name=contact.name or contact.company,
            company=found.company if found else contact.company,
            sign=sign.name,
            shape=sign.shape,
            words=sign.words,
            rank=sign.rank,
            last=last.isoformat() if last else "",
            next=board.next_day(slug).isoformat() if touch else "",
            more=f"{positions} {' '.join(contact.tags)} {contact.email or ''}",
        )


def person(board: Board, slug: str) -> Person:
    """Gather the page of one person."""
    contact, found = board.contact(slug), board.standing(slug)
    touch = board.coming.get(slug)
    writes = touch is not None and is_message(touch) and bool(contact.name)
    draft, document = None, None
    if touch is not None and writes and (board.exact or is_now(touch)):
        context = board.context(touch)
        document = context.chosen
        if document or touch.step is Step.CHECK_IN:
            draft = context.message(document)
    return Person(
        contact=contact,
        heading=contact.name or contact.company,
        company=found.company if found else contact.company,
        sign=sign_of(board, slug),
        role=contact.title or ROLES[contact.role.value],
        story=story(board, slug),
        ahead=[_ahead(each) for each in board.future(slug)],
        had=list(_had(board, slug)),
        draft=draft,
        draft_for=_draft_for(touch, board.as_of) if touch and draft else "",
        document=document,
    )


def _draft_for(touch: Touch, as_of: dt.date) -> str:
    since = "due since " if touch.target_on < as_of else ""
    return f"{upfirst(step_name(touch))}, {since}{long_day(touch.target_on)}"


def _ahead(touch: Touch) -> Ahead:
    day = touch.assumed_on or touch.target_on
    return Ahead(list_day(day), upfirst(step_name(touch)), sentences(touch.reasons))


def _had(board: Board, slug: str) -> Iterator[str]:
    found = board.standing(slug)
    if found is None:
        return
    days: dict[str, dt.date] = {
        event.document: event.date
        for event in found.in_force
        if event.document and event.event in (EventKind.SENT, EventKind.SHARED)
    }
    for name in sorted(had_by(board.contact(slug), found)):
        document = board.document(name)
        title = document.title if document else name
        when = f", {long_day(days[name])}" if name in days else ", from before"
        yield f"{title}{when}"


def upfirst(text: str) -> str:
    """Begin a text with a capital."""
    return text[:1].upper() + text[1:]


def sentences(said: tuple[str, ...]) -> str:
    """Join reasons, each ending in one full stop."""
    return " ".join(f"{each.rstrip('.')}." for each in said)
