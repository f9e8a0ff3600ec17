"""What an issue's text is made of: its parts, everything it may need, and its names.

Nothing here depends on the day a text is made.
"""

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
from pipeline.writing.dates import long_day, short_day
from pipeline.writing.drafts import Draft, Wanted, called, draft, kind_of, turn_of
from pipeline.writing.escape import inline

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
    document: str | None = None  # the one fixed for this issue
    following: Touch | None = None
    tracker: str = "local"

    @property
    def local(self) -> bool:
        """Say whether the issue is a file that is closed from the command line."""
        return self.tracker == "local"

    @property
    def kind(self) -> str:
        """Give the kind of message; it names the template."""
        return kind_of(self.touch, self.contact, self.standing)

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
        """Give where to post it: name and company unless the address has them."""
        lines = [each.strip(" ,") for each in self.contact.postal_address.split("\n")]
        known = {line.casefold() for line in lines}
        above = (self.contact.name, self.contact.company)
        added = [each for each in above if each.casefold() not in known]
        return inline(", ".join(filter(None, [*added, *lines])))

    def message(
        self, document: Document | None, channel: Channel | None = None
    ) -> Draft:
        """Write the message, with a document and by a channel of the caller's."""
        return draft(
            self.workspace,
            self.contact,
            self.standing,
            Wanted(
                kind=self.kind,
                turn=turn_of(self.contact.slug, self.touch.round),
                document=document,
                channel=channel,
            ),
        )


# --- names ---------------------------------------------------------------------


def initials(text: str) -> str:
    """Give the initials of a name: D. O."""
    return " ".join(f"{word[0]}." for word in text.split())


def title_of(context: Context, what: str) -> str:
    """Put a title together: what, whom, where and until when; initials if wanted."""
    touch = context.touch
    if context.workspace.settings.privacy.titles is Titles.INITIALS:
        whom = initials(touch.name or touch.company)
    else:
        whom = f"{touch.name} · {touch.company}"
    until = f" · by {short_day(touch.due_by)}"
    text = " ".join(f"{what} {whom}".split())
    return f"{text[: LONGEST_TITLE - len(until)].rstrip()}{until}"


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
