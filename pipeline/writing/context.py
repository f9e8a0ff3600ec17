"""What an issue's text is made of: its parts, everything it may need, and its names.

Nothing here depends on the day a text is made.
"""

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from pipeline.model import (
    Channel,
    Choice,
    Contact,
    Document,
    EventKind,
    Standing,
    Step,
    Titles,
    Touch,
    Workspace,
)
from pipeline.planning.companies import company_key
from pipeline.writing.dates import long_day, short_day, week_day
from pipeline.writing.drafts import Draft, Wanted, draft, kind_of, turn_of
from pipeline.writing.escape import inline, plain
from pipeline.writing.names import called

LONGEST_TITLE = 200  # characters
_K = EventKind


class IssueText(Struct, frozen=True):
    """What an issue says: `managed` is ours without marks, `yours` to be filled in."""

    title: str
    managed: str
    yours: str = ""


class Context(Struct, frozen=True, kw_only=True):
    """Everything the text of one follow-up may need; never the day it is made."""

    workspace: Workspace
    contact: Contact
    standing: Standing
    touch: Touch
    choice: Choice = Choice()
    opened: dt.date  # the day its issue opened
    document: str | None = None  # the one fixed for this issue
    following: Touch | None = None
    tracker: str = "local"

    @property
    def is_late(self) -> bool:
        """Say whether the days meant for it were over when its issue opened."""
        return self.opened > self.touch.due_by

    @property
    def local(self) -> bool:
        """Say whether the issue is a file that is closed from the command line."""
        return self.tracker == "local"

    @property
    def kind(self) -> str:
        """Give the kind of message; it names the template."""
        return kind_of(self.workspace, self.contact, self.standing, self.touch)

    @property
    def chosen(self) -> Document | None:
        """Give the document that goes with the message."""
        return self.workspace.documents.get(self.document or "")

    @property
    def first(self) -> str:
        """Give the name to speak of the person by, made harmless."""
        return inline(called(self.contact))

    @property
    def address(self) -> str:
        """Give where to post it, "" if that is not known: who, where, and the rest."""
        lines = [each.strip(" ,") for each in self.contact.postal_address.split("\n")]
        lines = [each for each in lines if each]
        company = self.standing.company
        known = {line.casefold() for line in lines}
        moved = company_key(company) != company_key(self.contact.company)
        if not lines or (moved and self.contact.company.casefold() in known):
            return ""
        name = self.contact.name
        rest = [each for each in lines if each.casefold() != name.casefold()]
        if company.casefold() not in known:
            rest.insert(0, company)
        return inline(", ".join(filter(None, [name, *rest])))

    def message(
        self,
        document: Document | None,
        channel: Channel | None = None,
        kind: str = "",
    ) -> Draft:
        """Write the message; document, channel and kind may be the caller's."""
        return draft(
            self.workspace,
            self.contact,
            self.standing,
            Wanted(
                kind=kind or self.kind,
                turn=turn_of(self.contact, self.standing),
                document=document,
                channel=channel,
            ),
        )


# --- names ---------------------------------------------------------------------


def initials(text: str) -> str:
    """Give the initials of a name: D. O."""
    return " ".join(f"{word[0]}." for word in text.split())


def whom(context: Context) -> str:
    """Name a person with the company for a title, or give the initials if wanted."""
    touch = context.touch
    if context.workspace.settings.privacy.titles is Titles.INITIALS:
        return initials(touch.name or touch.company)
    return f"{touch.name} · {touch.company}"


def where(context: Context) -> str:
    """Name the company for a title, or give its initials if wanted."""
    company = context.touch.company
    hidden = context.workspace.settings.privacy.titles is Titles.INITIALS
    return initials(company) if hidden else company


def headline(what: str, about: str, tail: str) -> str:
    """Put a title together; what comes last is never cut off."""
    text = plain(f"{what} {about}")
    return f"{text[: LONGEST_TITLE - len(tail)].rstrip()}{tail}"


def title_of(context: Context, what: str) -> str:
    """Give the title of a follow-up: what, whom, where and until when."""
    until = "" if context.is_late else f" · by {short_day(context.touch.due_by)}"
    return headline(what, whom(context), until)


def any_day(context: Context) -> str:
    """Say on which days it may be done, behind the beginning of a sentence."""
    if context.is_late:
        return "on any day that suits you"
    return f"any day until **{week_day(context.touch.due_by)}**; later is fine too"


def step_name(touch: Touch) -> str:
    """Name a follow-up in the middle of a sentence."""
    if touch.step is Step.CHECK_IN:
        return {
            Channel.EMAIL: "a short mail",
            Channel.POST: "a card by hand",
            Channel.LINKEDIN: "a LinkedIn note",
        }[touch.channel]
    return {
        Step.SELF_ASSESSMENT: "four questions to yourself",
        Step.PORTFOLIO_NOTE: "a document with a short note",
        Step.YOUR_CALL: "your call whether to go on",
    }[touch.step]


def titled(document: Document) -> str:
    """Give the title of a document as it stands in a text of ours."""
    return f"*{inline(document.title)}*"


def file_of(contact: Contact) -> str:
    """Name the file of a person, as code."""
    return f"`contacts/{contact.slug}.yml`"


# --- what there has been -------------------------------------------------------


def so_far(context: Context, most: int = 4) -> Iterator[str]:
    """Tell what this person has had from the user and said, newest first."""
    told = 0
    for event in reversed(context.standing.in_force):
        if told == most:
            yield "and more before that"
            return
        day = long_day(event.date)
        if event.event is _K.SENT:
            document = context.workspace.documents.get(event.document or "")
            by = {Channel.POST: "by post", Channel.LINKEDIN: "on LinkedIn"}
            how = by.get(event.channel or Channel.EMAIL, "a mail")
            with_it = f" with {titled(document)}" if document else ""
            yield f"{day}, {how}{with_it}"
        elif event.event is _K.REPLIED:
            said = f": {inline(event.text.rstrip('.'))}" if event.text else ""
            yield f"{day}, {context.first} answered{said}"
        else:
            continue
        told += 1
