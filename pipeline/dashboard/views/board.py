"""Everything the views are made from: the files, the plan of the day, and the future.

It is worked out once for all pages and decides nothing of its own.
"""

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct

from pipeline.model import (
    MESSAGE_STEPS,
    Contact,
    Document,
    Schedule,
    Standing,
    Step,
    Touch,
    TouchStatus,
    Workspace,
)
from pipeline.planning.days import HolidaySource
from pipeline.planning.matching import Library
from pipeline.planning.preview import preview
from pipeline.writing.context import Context

EXACT_UP_TO = 400  # people; for more, two years of each would take too long to work out
MONTHS_AHEAD = 24


class Board(Struct, frozen=True, kw_only=True):
    """The plan of a day with what the pages need beside it."""

    workspace: Workspace
    schedule: Schedule
    library: Library
    pages: Mapping[str, str]  # slug ▸ the name of their page, which tells nothing
    coming: Mapping[str, Touch]  # slug ▸ their next message, or the question before it
    look_backs: Mapping[str, Touch]  # slug ▸ their self-assessment, if it is to do
    futures: Mapping[str, tuple[Touch, ...]]  # slug ▸ two years; empty if not exact
    tracker: str = "local"

    @property
    def as_of(self) -> dt.date:
        """Give the day it is made for."""
        return self.schedule.as_of

    @property
    def exact(self) -> bool:
        """Say whether the two years of everyone are worked out."""
        return len(self.workspace.contacts) <= EXACT_UP_TO

    def contact(self, slug: str) -> Contact:
        """Give a person."""
        return self.workspace.contacts[slug]

    def standing(self, slug: str) -> Standing | None:
        """Give how things stand with a person; None before anything has happened."""
        return self.schedule.standings.get(slug)

    def document(self, name: str | None) -> Document | None:
        """Give a document, if its file is still there."""
        return self.workspace.documents.get(name or "")

    def next_day(self, slug: str) -> dt.date:
        """Give the day of a person's next message; the last of all where none is."""
        touch = self.coming.get(slug)
        if touch is None:
            return dt.date.max
        return max(touch.target_on, touch.opens_on, self.as_of)

    def future(self, slug: str) -> tuple[Touch, ...]:
        """Give what is known of a person's future: two years, or the next date."""
        if self.exact:
            return self.futures.get(slug, ())
        nearest = (self.look_backs.get(slug), self.coming.get(slug))
        return tuple(each for each in nearest if each is not None)

    def context(self, touch: Touch) -> Context:
        """Gather what the message of a follow-up is written from."""
        contact = self.workspace.contacts[touch.slug]
        found = self.schedule.standings[touch.slug]
        document = touch.document
        if touch.step is Step.PORTFOLIO_NOTE and not document:
            best = self.library.proposed(contact, found, touch.target_on)
            document = best[0] if best else None
        return Context(
            workspace=self.workspace,
            contact=contact,
            standing=found,
            touch=touch,
            opened=self.as_of,
            document=document,
            tracker=self.tracker,
        )


def board_of(
    workspace: Workspace, schedule: Schedule, holidays: HolidaySource
) -> Board:
    """Work out what the pages are made from."""
    coming, look_backs = {}, {}
    for touch in schedule.touches:
        if touch.step is not Step.SELF_ASSESSMENT:
            coming[touch.slug] = touch
        elif touch.status is not TouchStatus.LAPSED:
            look_backs[touch.slug] = touch
    known = [slug for slug in workspace.contacts if slug not in workspace.frozen]
    futures = {}
    if len(workspace.contacts) <= EXACT_UP_TO:
        futures = {
            slug: preview(workspace, slug, schedule.as_of, holidays, MONTHS_AHEAD)
            for slug in known
        }
    return Board(
        workspace=workspace,
        schedule=schedule,
        library=Library.of(workspace, schedule.standings),
        pages={slug: f"p{number}" for number, slug in enumerate(known, 1)},
        coming=coming,
        look_backs=look_backs,
        futures=futures,
        tracker=workspace.state.tracker.partition(":")[0] or "local",
    )


def is_now(touch: Touch) -> bool:
    """Say whether something lies before the user today."""
    return touch.status in (TouchStatus.DUE, TouchStatus.OPEN)


def is_message(touch: Touch) -> bool:
    """Say whether something is written to somebody else."""
    return touch.step in MESSAGE_STEPS
