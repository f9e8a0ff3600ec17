"""The pages of the dashboard as HTML, packed for the browser; pure.

Everything that came from a file is escaped by the templates. No page holds a script.
"""

import datetime as dt

from msgspec import Struct

from pipeline.model import Workspace
from pipeline.planning.days import HolidaySource


class Page(Struct, frozen=True):
    """One page: what the browser calls it, and what stands in it."""

    title: str
    html: str


class Pack(Struct, frozen=True, kw_only=True):
    """Everything the browser shows; the vault holds its JSON."""

    schema: int = 1
    title: str
    nav: tuple[str, ...]
    pages: dict[str, Page]
    calendar: str = ""
    canary: str = ""


def pack_of(workspace: Workspace, as_of: dt.date, holidays: HolidaySource) -> Pack:
    """Write every page of the dashboard as of a day."""
    del workspace, holidays
    return Pack(
        title="Dashboard",
        nav=("today",),
        pages={"today": Page("Today", f"<h2>Today</h2><p>{as_of}</p>")},
    )
