"""What the guide shows of the sample of three years: one thread as a picture, facts.

What happened comes from the histories; what rested, and what comes next, from the
program.
"""

import datetime as dt
import textwrap
from collections.abc import Iterator

from msgspec import Struct

from pipeline.commands.wording import WHAT
from pipeline.files.holidays import HolidayCache
from pipeline.files.workspace import load
from pipeline.model import Event, EventKind, Status, Workspace
from pipeline.planning.schedule import schedule
from pipeline.writing.dates import MONTHS, long_day
from tests.conftest import ROOT
from tests.reference.drawing import NARROW, Drawing, box, dot, line, picture, text

SAMPLE = ROOT / "examples" / "three-years"
WHO = "ruth-mbeki"
TODAY = dt.date(2026, 11, 23)
DAYS, AXIS, WORDS = 84, 104, 126  # where each column ends or begins, in units
LETTERS = 36  # of a line, beside the axis
FIRST, NEXT, APART = 17, 16, 16  # heights: of a head, of a line below it, in between
MONTH = 11.0  # units of the axis for thirty days
HOLIDAYS = HolidayCache()

_K = EventKind


class Row(Struct, frozen=True):
    """One moment of the thread: its day, how it is marked and what is said of it."""

    day: dt.date
    mark: str
    head: str
    told: str = ""
    rests: bool = False  # from here on nothing was planned
    until: dt.date | None = None  # a time that is meant, not a day that was

    @property
    def lines(self) -> list[str]:
        """Give what is said, in lines that fit beside the axis."""
        return textwrap.wrap(self.told, LETTERS)

    @property
    def height(self) -> float:
        """Give the room that its words need."""
        return FIRST + NEXT * len(self.lines) + APART


def three_years() -> str:
    """Draw what passed between Maya and one person, from the no to what comes next."""
    workspace = load(str(SAMPLE))
    rows = sorted(_rows(workspace), key=lambda row: row.day)
    parts: list[str] = []
    y = 14.0
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        parts += _drawn(row, y)
        if after is None:
            break
        far = max(row.height, (after.day - row.day).days / 30 * MONTH)
        axis = line(AXIS, y, AXIS, y + far, "ny-rest" if row.rests else "ny-axis")
        parts.insert(0, axis)
        y += far
    told = "; ".join(
        f"{long_day(row.day)}: {row.head}{': ' if row.told else ''}{row.told}"
        for row in rows
    )
    name = workspace.contacts[WHO].name
    title = f"Maya and {name}, from the no to the next document"
    height = y + rows[-1].height - APART
    return picture(
        "three-years", title, told, Drawing(NARROW, height, parts, "ny-tall")
    )


def _drawn(row: Row, y: float) -> Iterator[str]:
    if row.until:
        yield box(AXIS - 7, y - 8, 14, 34, "ny-span ny-hollow")
    else:
        yield dot(AXIS, y, row.mark, 6)
    day = f"{row.day.day} {MONTHS[row.day.month - 1][:3]} {row.day.year}"
    yield text(DAYS, y + 5, day, anchor="end", kind="ny-small")
    yield text(WORDS, y + 5, row.head, anchor="start", kind="ny-strong")
    for number, words in enumerate(row.lines, 1):
        yield text(WORDS, y + 5 + NEXT * number, words, anchor="start", kind="ny-small")


# --- what happened -------------------------------------------------------------


def _rows(workspace: Workspace) -> Iterator[Row]:
    contact = workspace.contacts[WHO]
    for each in contact.rejections:
        yield Row(each.rejected_on, "ny-dot ny-dark", "The no", each.position or "")
    for event in contact.history:
        yield _happened(event, workspace)
    for event in workspace.settings.history:
        if _rests(workspace, event.date) and not _rests(
            workspace, event.date - dt.timedelta(days=1)
        ):
            told = "Nothing is sent while Maya works elsewhere."
            yield Row(event.date, "ny-dot ny-ring", "It rests", told, rests=True)
    yield _coming(workspace)


def _happened(event: Event, workspace: Workspace) -> Row:
    quiet, warm = "ny-dot ny-ring", "ny-dot ny-warm"
    said = f"“{event.text}”" if event.text else ""
    if event.event is _K.SENT:
        assert event.touch
        document = workspace.documents.get(event.document or "")
        head = WHAT[event.touch.step]
        title = f"“{document.title}”" if document else ""
        return Row(event.date, "ny-dot", _upfirst(head), title)
    mark, head, told = {
        _K.ASSESSED: (quiet, "Maya looks back", said),
        _K.RESUMED: (quiet, "Maya takes it up again", "Her job is gone."),
        _K.GOING_ON: (quiet, "Three messages, no answer", "Maya chooses to go on."),
        _K.REPLIED: (warm, "Ruth answers", said),
    }[event.event]
    return Row(event.date, mark, head, told)


def _rests(workspace: Workspace, day: dt.date) -> bool:
    standing = schedule(workspace, day, HOLIDAYS).standings.get(WHO)
    return standing is not None and standing.status is Status.RESTING


def _coming(workspace: Workspace) -> Row:
    touches = schedule(workspace, TODAY, HOLIDAYS).touches
    (touch,) = (each for each in touches if each.slug == WHO)
    head = f"{_upfirst(WHAT[touch.step])} comes next"
    told = (
        f"Any day until {long_day(touch.due_by)}. After a warm answer, months of peace."
    )
    return Row(touch.target_on, "", head, told, until=touch.due_by)


def _upfirst(words: str) -> str:
    return words[0].upper() + words[1:]


# --- in words ------------------------------------------------------------------


def look_back(slug: str) -> str:
    """Give what Maya wrote when she looked back on one no, as a quotation."""
    history = load(str(SAMPLE)).contacts[slug].history
    (event,) = (each for each in history if each.event is _K.ASSESSED)
    needs = f"What they needed most: {', '.join(event.needs)}."
    return f"> {event.text}\n>\n> {needs}"


def in_figures() -> str:
    """Say in one line what came of all of it."""
    contacts = load(str(SAMPLE)).contacts.values()

    def people(kind: EventKind) -> int:
        return sum(any(e.event is kind for e in each.history) for each in contacts)

    sent = sum(e.event is _K.SENT for each in contacts for e in each.history)
    return (
        f"In figures: {len(contacts)} people, {sent} messages, {people(_K.REPLIED)} "
        f"who answered, {people(_K.STOP)} who asked her to stop, "
        f"{people(_K.REFERRED)} who sent her on, {people(_K.INTERVIEW)} talks, "
        f"{people(_K.HIRED_HERE)} contract."
    )
