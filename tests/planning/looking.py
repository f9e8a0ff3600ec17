"""Looking at a plan: who has what next, on which days."""

from collections.abc import Mapping
from typing import Any

from pipeline.files.holidays import HolidayCache
from pipeline.model import (
    Contact,
    Event,
    Schedule,
    Standing,
    Step,
    Touch,
    Workspace,
)
from pipeline.planning.schedule import OpenIssue, schedule
from tests.factories import contact, day, event, workspace

HOLIDAYS = HolidayCache()
SENT = event("2026-05-04", "sent", touch="check_in/1")
# Three messages without an answer, the last one on 30 October 2026.
UNANSWERED = (
    event("2026-04-30", "sent", touch="check_in/1"),
    event("2026-06-30", "sent", touch="portfolio_note/1"),
    event("2026-10-30", "sent", touch="portfolio_note/2"),
)


def planned(
    found: Workspace, as_of: str, open_issues: Mapping[str, OpenIssue] | None = None
) -> Schedule:
    return schedule(found, day(as_of), HOLIDAYS, open_issues)


def messages(
    found: Workspace, as_of: str, open_issues: Mapping[str, OpenIssue] | None = None
) -> dict[str, Touch]:
    """Give everyone's next message or question, by person."""
    touches = planned(found, as_of, open_issues).touches
    return {t.slug: t for t in touches if t.step is not Step.SELF_ASSESSMENT}


def assessments(found: Workspace, as_of: str) -> dict[str, Touch]:
    touches = planned(found, as_of).touches
    return {t.slug: t for t in touches if t.step is Step.SELF_ASSESSMENT}


def only(found: Workspace, as_of: str) -> Touch:
    (touch,) = messages(found, as_of).values()
    return touch


def dates(touch: Touch) -> tuple[str, str, str]:
    """Give the day it opens, the day it is meant for, and the last one."""
    return str(touch.opens_on), str(touch.target_on), str(touch.due_by)


def span(touch: Touch) -> tuple[str, str]:
    return str(touch.window[0]), str(touch.window[1])


def after(*history: Event, as_of: str = "2026-05-30", **fields: Any) -> Touch:
    """Give Dana's next message after some events; rejected on 30 January 2026."""
    return only(workspace(contact(history=history, **fields)), as_of)


def nothing_after(*history: Event, as_of: str = "2026-05-30") -> bool:
    """Say whether nothing is planned for Dana any more."""
    return not messages(workspace(contact(history=history)), as_of)


def standing_of(*history: Event, as_of: str = "2027-12-01") -> Standing:
    return planned(workspace(contact(history=history)), as_of).standings["dana-okafor"]


def colleague(slug: str = "lee-park", **fields: Any) -> Contact:
    """Give somebody at Dana's company."""
    fields.setdefault("company", "Okafor Instruments")
    return contact(slug, **fields)
