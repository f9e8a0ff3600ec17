"""The pages of the dashboard as HTML, packed for the browser; pure.

Everything that came from a file is escaped by the templates. No page holds a script.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from pipeline.dashboard import charts
from pipeline.dashboard.views import evidence as counts
from pipeline.dashboard.views import lessons as learnt
from pipeline.dashboard.views import letters, reach, timeline
from pipeline.dashboard.views import people as persons
from pipeline.dashboard.views import today as first
from pipeline.dashboard.views.board import EXACT_UP_TO, Board, board_of
from pipeline.model import Schedule, Workspace
from pipeline.planning.days import HolidaySource
from pipeline.writing.dates import long_day, past_day, week_day
from pipeline.writing.ical import calendar

if TYPE_CHECKING:
    from jinja2 import Environment

VIEWS = (
    ("today", "Today"),
    ("timeline", "Timeline"),
    ("contacts", "People"),
    ("portfolio", "Portfolio"),
    ("lessons", "Lessons"),
    ("evidence", "Evidence"),
    ("calendar", "Calendar"),
    ("print", "Print"),
)


class Page(Struct, frozen=True, omit_defaults=True):
    """One page: what stands in it, and its name among the links."""

    html: str
    title: str = ""


class Pack(Struct, frozen=True, kw_only=True):
    """Everything the browser shows; the vault holds its JSON."""

    schema: int = 1
    canary: str = ""  # near the beginning, where the gate is tried
    title: str
    nav: tuple[str, ...]
    pages: dict[str, Page]
    people: tuple[persons.Row, ...] = ()
    calendar: str = ""


def pack_of(workspace: Workspace, schedule: Schedule, holidays: HolidaySource) -> Pack:
    """Write every page of the dashboard as of the day of a plan.

    Where no date can be told there is one page alone, which says so.
    """
    day = week_day(schedule.as_of)
    if not workspace.can_tell:
        untold = replace(_page("untold.html", day=day), title="Today")
        return Pack(title=day, nav=("today",), pages={"today": untold})
    board = board_of(workspace, schedule, holidays)
    pages = {
        "today": _page("today.html", today=first.today(board)),
        "contacts": _page("contacts.html", total=len(board.pages)),
        "lessons": _page("lessons.html", lessons=learnt.lessons(board)),
        "evidence": _page(
            "evidence.html", evidence=counts.evidence(board), enough=counts.ENOUGH
        ),
        "calendar": _page("calendar.html", exact=board.exact, most=EXACT_UP_TO),
        "print": _page("print.html", post=letters.post(board)),
    }
    pages |= _in_parts("timeline", _timeline_part(board), timeline.lanes(board))
    found = reach.portfolio(board)
    pages |= _in_parts("portfolio", _portfolio_part(found), found.lines)
    titled = {name: replace(pages[name], title=title) for name, title in VIEWS}
    return Pack(
        title=day,
        nav=tuple(titled),
        pages={**pages, **titled, **dict(_persons(board))},
        people=tuple(persons.rows(board)),
        calendar=_calendar(board),
    )


def _persons(board: Board) -> Iterator[tuple[str, Page]]:
    template = environment().get_template("person.html")
    for slug, page in board.pages.items():
        person = persons.person(board, slug)
        html = template.render(
            person=person, exact=board.exact, most=EXACT_UP_TO, page=page
        )
        yield page, Page(html=html)


def _calendar(board: Board) -> str:
    if not board.exact:
        return ""
    titles = board.workspace.settings.privacy.titles
    made = calendar(board.futures.values(), as_of=board.as_of, titles=titles)
    return made.decode()


# --- parts of long lists -------------------------------------------------------

Part = Callable[[Sequence[Any], dict[str, object]], Page]


def _timeline_part(board: Board) -> Part:
    shown = timeline.span(board)

    def part(lanes: Sequence[Any], around: dict[str, object]) -> Page:
        return _page("timeline.html", lanes=lanes, span=shown, **around)

    return part


def _portfolio_part(found: reach.Portfolio) -> Part:
    def part(lines: Sequence[Any], around: dict[str, object]) -> Page:
        return _page("portfolio.html", found=found, lines=lines, **around)

    return part


def _in_parts(name: str, part: Part, entries: Sequence[Any]) -> dict[str, Page]:
    """Spread a long list over pages that lead to each other: name, name/2, ..."""
    size = timeline.A_PAGE
    starts = range(0, max(len(entries), 1), size)
    names = [name if not at else f"{name}/{at // size + 1}" for at in starts]
    pages = {}
    for number, at in enumerate(starts):
        around: dict[str, object] = {
            "number": number + 1,
            "parts": len(names),
            "before": names[number - 1] if number else "",
            "after": names[number + 1] if number + 1 < len(names) else "",
        }
        pages[names[number]] = part(entries[at : at + size], around)
    return pages


# --- templates -----------------------------------------------------------------


def _page(template: str, **values: object) -> Page:
    return Page(html=environment().get_template(template).render(values))


@cache
def environment() -> "Environment":
    """Make the one environment of the dashboard: it escapes, and is strict."""
    from jinja2 import (  # noqa: PLC0415 - only where a dashboard is made
        Environment,
        FunctionLoader,
        StrictUndefined,
    )

    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(_source),
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["charts"] = charts
    made.globals["piece"] = made.get_template("parts.html").module
    made.filters["counted"] = first.counted
    made.filters["upfirst"] = persons.upfirst
    made.filters["long_day"] = long_day
    made.filters["past_day"] = past_day
    return made


def _source(name: str) -> str:
    place = files("pipeline.dashboard").joinpath("templates", name)
    return place.read_text(encoding="utf-8")
