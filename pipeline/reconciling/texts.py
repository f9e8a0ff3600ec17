"""The texts of the issues of one run, each worked out once and only if needed; pure."""

import datetime as dt
from typing import TYPE_CHECKING

from pipeline.model import Choice, Schedule, Step, Touch, Workspace
from pipeline.planning.days import DAY, HolidaySource

if TYPE_CHECKING:
    from pipeline.planning.matching import Library
    from pipeline.writing.context import Context, IssueText

REMIND_BEFORE = 7 * DAY


class Texts:
    """Writes issues for one workspace and one schedule."""

    def __init__(
        self,
        workspace: Workspace,
        plan: Schedule,
        holidays: HolidaySource,
        tracker: str,
    ) -> None:
        """Write for `tracker`: local or github:..."""
        self._workspace, self._plan = workspace, plan
        self.holidays, self._tracker = holidays, tracker.partition(":")[0]
        self._library: Library | None = None

    def document_of(self, touch: Touch, fixed: str) -> str:
        """Give the document of an open issue: the `fixed` one while it may be sent."""
        if touch.step is not Step.PORTFOLIO_NOTE:
            return ""
        from pipeline.planning.matching import had_by  # noqa: PLC0415 - only if open

        document = self._workspace.documents.get(fixed)
        contact = self._workspace.contacts[touch.slug]
        standing = self._plan.standings[touch.slug]
        if document is None or self._portfolio().blocked(
            document, contact, standing, had_by(contact, standing), touch.target_on
        ):
            return touch.document or ""
        return fixed

    def of(self, touch: Touch, document: str, opened: dt.date) -> "IssueText":
        """Give the text of an issue that `opened` on a day, with what goes with it."""
        from pipeline.writing.issues import issue_text  # noqa: PLC0415 - only if open

        return issue_text(self.context(touch, document, opened))

    def context(self, touch: Touch, document: str, opened: dt.date) -> "Context":
        """Gather what a text needs; none of it depends on the day it is read."""
        from pipeline.planning.preview import following  # noqa: PLC0415 - only if open
        from pipeline.writing.context import Context  # noqa: PLC0415

        return Context(
            workspace=self._workspace,
            contact=self._workspace.contacts[touch.slug],
            standing=self._plan.standings[touch.slug],
            touch=touch,
            choice=self.choice(touch),
            document=document or None,
            opened=opened,
            following=following(self._workspace, touch, self.holidays, opened),
            tracker=self._tracker,
        )

    def choice(self, touch: Touch) -> Choice:
        """Give the documents for a note, judged as of the day it is meant for."""
        if touch.step is not Step.PORTFOLIO_NOTE:
            return Choice()
        contact = self._workspace.contacts[touch.slug]
        standing = self._plan.standings[touch.slug]
        return self._portfolio().choose(contact, standing, touch.target_on)

    def _portfolio(self) -> "Library":
        """Give the documents and who has had which, gathered once."""
        from pipeline.planning.matching import Library  # noqa: PLC0415 - only if due

        if self._library is None:
            self._library = Library.of(self._workspace, self._plan.standings)
        return self._library

    def reminder(self, touch: Touch, opened: dt.date) -> str:
        """Give the text of the one reminder."""
        from pipeline.writing.issues import reminder  # noqa: PLC0415 - seldom

        return reminder(self.context(touch, touch.document or "", opened))


def reminder_due(touch: Touch, opened: dt.date, as_of: dt.date) -> bool:
    """Say whether the reminder's day has come: a week before the date, or later."""
    if touch.step is Step.SELF_ASSESSMENT:
        return False
    return as_of >= max(touch.due_by - REMIND_BEFORE, opened + REMIND_BEFORE)
