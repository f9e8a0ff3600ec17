"""What goes by post today: address, what to enclose, the words to write by hand."""

from msgspec import Struct

from pipeline.dashboard.views.board import Board, is_message, is_now
from pipeline.dashboard.views.people import upfirst
from pipeline.model import Channel, Step, TouchStatus
from pipeline.writing.context import step_name
from pipeline.writing.dates import week_day


class Kit(Struct, frozen=True, kw_only=True):
    """Everything for one letter."""

    page: str
    name: str
    what: str
    until: str
    address: list[str]
    enclosures: list[str]
    note: str


class Post(Struct, frozen=True):
    """The letters of today, and when the next one is to be posted."""

    kits: list[Kit]
    next: str


def post(board: Board) -> Post:
    """Gather what is to be posted."""
    by_post = [
        touch
        for touch in board.schedule.touches
        if touch.channel is Channel.POST and is_message(touch)
    ]
    coming = sorted(
        (touch.opens_on, touch.name)
        for touch in by_post
        if touch.status is TouchStatus.UPCOMING
    )
    told = f"{coming[0][1]}, {week_day(coming[0][0])}" if coming else ""
    kits = []
    for touch in filter(is_now, by_post):
        context = board.context(touch)
        document = context.chosen
        if touch.step is Step.PORTFOLIO_NOTE and document is None:
            continue
        pages = f", {document.pages} pages" if document and document.pages else ""
        where = (document.url or f"portfolio/files/{document.file}") if document else ""
        kits.append(
            Kit(
                page=board.pages[touch.slug],
                name=touch.name,
                what=upfirst(step_name(touch)),
                until=week_day(touch.due_by),
                address=_address(board, touch.slug),
                enclosures=[f"{document.title}{pages} ({where})"] if document else [],
                note=context.message(document, Channel.POST).body,
            )
        )
    return Post(kits, told)


def _address(board: Board, slug: str) -> list[str]:
    """Give the lines of the envelope: name and company unless the address has them."""
    contact = board.contact(slug)
    lines = [each.strip(" ,") for each in contact.postal_address.split("\n")]
    lines = list(filter(None, lines))
    known = {line.casefold() for line in lines}
    above = (contact.name, contact.company)
    return [*(each for each in above if each and each.casefold() not in known), *lines]
