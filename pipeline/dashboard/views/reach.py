"""How far the portfolio reaches: who has what, what comes next, what is missing."""

from msgspec import Struct
from msgspec.structs import replace

from pipeline.dashboard.views.board import Board
from pipeline.dashboard.views.today import counted
from pipeline.model import Document, Share, Step
from pipeline.planning.matching import had_by
from pipeline.planning.runway import Runway, runway
from pipeline.writing.dates import month_of

NEAREST = 120  # people on the page, where the two years of everyone are too many
SOONEST = 10  # people whose documents run out first
GAPS = 5

SHARES = {
    Share.PRIVATE: "stays with you",
    Share.REDACT_FIRST: "something has to be blacked out first",
    Share.CLEARED: "may be sent",
    Share.PUBLIC: "public",
}


class Column(Struct, frozen=True):
    """A document, under the letter that stands for it in the table."""

    letter: str
    document: Document
    share: str
    had: int


class Cell(Struct, frozen=True):
    """What a document is to a person: a shape and the words for it."""

    sort: str
    shape: str
    words: str


class Line(Struct, frozen=True):
    """One person and what each document is to them."""

    page: str
    name: str
    cells: tuple[Cell, ...]


class Left(Struct, frozen=True):
    """How many documents are left for somebody, and until when."""

    page: str
    name: str
    left: int
    until: str


class Portfolio(Struct, frozen=True, kw_only=True):
    """The page about documents."""

    columns: list[Column]
    lines: list[Line]
    soonest: list[Left]
    left_out: int  # people beyond those in the table
    best: str  # the one worth writing
    gaps: list[tuple[str, str]]


SENT = Cell("sent", "●", "sent")
BEFORE = Cell("before", "○", "has it from before")
NEXT = Cell("next", "▶", "next in line")
FREE = Cell("free", "·", "could be sent")
KEPT = Cell("no", "\N{MULTIPLICATION SIGN}", "stays with you")
TONGUE = Cell("no", "≠", "another language")
COLLEAGUE = Cell("no", "∥", "a colleague there got it this year")


def portfolio(board: Board) -> Portfolio:
    """Gather the page about documents."""
    slugs = sorted(board.coming, key=lambda slug: (board.next_day(slug), slug))
    shown = slugs if board.exact else slugs[:NEAREST]
    theirs = tuple(board.coming[slug] for slug in shown)
    found = runway(board.workspace, replace(board.schedule, touches=theirs))
    columns = [
        Column(letter(number), document, SHARES[document.share], _had(found, document))
        for number, document in enumerate(board.workspace.documents.values())
    ]
    return Portfolio(
        columns=columns,
        lines=[_line(board, slug) for slug in shown],
        left_out=len(slugs) - len(shown),
        soonest=[
            Left(
                board.pages[each.slug],
                board.contact(each.slug).name,
                each.left,
                month_of(each.runs_out_on),
            )
            for each in found.reach[:SOONEST]
        ],
        best=found.gaps[0].about if found.gaps else "",
        gaps=[
            (each.about, counted(len(each.people), "person", "people"))
            for each in found.gaps[:GAPS]
        ],
    )


def _had(found: Runway, document: Document) -> int:
    return len(found.had.get(document.id, ()))


def letter(number: int) -> str:
    """Name a column: A to Z, then AA."""
    first, last = divmod(number, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)


def _line(board: Board, slug: str) -> Line:
    contact, found = board.contact(slug), board.schedule.standings[slug]
    touch = board.coming[slug]
    sent = {event.document for event in found.messages}
    had = had_by(contact, found)
    after = None
    if touch.step is not Step.CHECK_IN:
        best = board.library.proposed(contact, found, touch.target_on)
        after = touch.document or (best[0] if best else None)
    cells = []
    for document in board.workspace.documents.values():
        if document.id in had:
            cells.append(SENT if document.id in sent else BEFORE)
        elif document.id == after:
            cells.append(NEXT)
        else:
            why = board.library.blocked(document, contact, found, had, touch.target_on)
            cells.append(_blocked(document, why))
    return Line(board.pages[slug], contact.name or contact.company, tuple(cells))


def _blocked(document: Document, why: str) -> Cell:
    if not why:
        return FREE
    if document.share in (Share.PRIVATE, Share.REDACT_FIRST):
        return KEPT
    return TONGUE if "language" in why else COLLEAGUE
