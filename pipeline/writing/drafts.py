"""Messages to other people, ready to send: what is put into which template.

Missing data removes a sentence; no text holds a blank to fill in. Nothing here depends
on the day it runs, and nothing is sent.
"""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from pipeline.model import (
    Channel,
    Contact,
    Document,
    EventKind,
    Formality,
    Standing,
    Step,
    Tone,
    Touch,
    Workspace,
)
from pipeline.writing import links
from pipeline.writing.facts import facts, predecessor
from pipeline.writing.names import one_line
from pipeline.writing.templating import BY_MAIL_ALONE, Source, files_for, render

LINKEDIN = 200  # characters of a note
NOTE = 39  # words that fit beside a document, or on a card
MAIL = 119  # words of a mail
NOTES = (
    "portfolio_note",
    "first_note",
    "warm_note",
    "moved",
    "referred",
    "successor",
)  # kinds that are a note beside a document, in whatever channel

_K = EventKind


class Wanted(Struct, frozen=True, kw_only=True):
    """What to write: `turn` says which wording, so that none comes twice in five."""

    kind: str
    turn: int
    document: Document | None = None
    newcomer: str = ""  # the name somebody gave
    channel: Channel | None = None  # the contact's own unless given


class Draft(Struct, frozen=True, kw_only=True):
    """A message ready to send by one channel; texts are plain, without any markup."""

    channel: Channel
    subject: str  # "" where the channel has none
    body: str
    mailto: str = ""
    gmail: str = ""
    outlook: str = ""

    @property
    def whole(self) -> bool:
        """Say whether the links carry the text and not only address and subject."""
        return "body=" in self.mailto


def kind_of(
    workspace: Workspace, contact: Contact, standing: Standing, touch: Touch
) -> str:
    """Give the kind of message a follow-up needs."""
    if touch.step is Step.CHECK_IN:
        return "check_in"
    moved = warm = greeted = noted = False
    for event in standing.in_force:
        if event.event is _K.MOVED:
            moved = True
        elif event.event is _K.REPLIED:
            warm = event.tone is Tone.WARM
        elif event.event is _K.SENT:
            moved = warm = False
            greeted |= event.touch is not None and event.touch.step is Step.CHECK_IN
            noted |= event.document is not None
    if moved:
        return "moved"
    if standing.rejection is None and contact.referred_by and not standing.messages:
        return "successor" if predecessor(workspace, contact) else "referred"
    if warm:
        return "warm_note"
    return "first_note" if greeted and not noted else "portfolio_note"


def draft(
    workspace: Workspace,
    contact: Contact,
    standing: Standing,
    wanted: Wanted,
) -> Draft:
    """Write a message; a user's template that fails falls back to ours.

    `check_templates` names such a template.
    """
    channel = wanted.channel or contact.channel
    if wanted.kind in BY_MAIL_ALONE:
        channel = Channel.EMAIL
    values = facts(workspace, contact, standing, wanted.document, wanted.turn, channel)
    values["newcomer"] = one_line(wanted.newcomer)
    formal = contact.formality is Formality.FORMAL
    source = Source(
        own=workspace.templates,
        language=contact.language,
        names=files_for(wanted.kind, channel, formal=formal),
        turn=wanted.turn,
    )
    subject, body = _fitting(source, values, wanted.kind, channel)
    if channel is not Channel.EMAIL or not contact.email:
        return Draft(channel=channel, subject=subject, body=body)
    return Draft(
        channel=channel,
        subject=subject,
        body=body,
        mailto=links.mailto(contact.email, subject, body),
        gmail=links.gmail(contact.email, subject, body),
        outlook=links.outlook(contact.email, subject, body),
    )


def turn_of(contact: Contact, standing: Standing, *kinds: EventKind) -> int:
    """Give whose turn it is: people begin at different wordings and go on in order.

    What counts is what there has been of `kinds`, messages unless given: not the round
    of a follow-up, which goes up where one is skipped, and not the name of the file,
    which may change.
    """
    counted = kinds or (_K.SENT,)
    begin = sum(one_line(contact.name or contact.company).encode())
    return begin + sum(each.event in counted for each in standing.in_force)


# --- fitting -------------------------------------------------------------------


def _fitting(
    source: Source, values: Mapping[str, object], kind: str, channel: Channel
) -> tuple[str, str]:
    """Render the fullest text that is short enough, at worst the shortest there is.

    How long the user's own may be is for them to say, except where there is no room.
    """
    texts = []
    for fewer in _less_and_less(values, channel):
        rendered = render(source, {**values, **fewer})
        subject, body = _subject_and_body(rendered.text)
        theirs = rendered.own and channel is not Channel.LINKEDIN
        if theirs or excess(body, kind, channel) <= 0:
            return subject, body
        texts.append((subject, body))
    subject, body = min(texts, key=lambda each: excess(each[1], kind, channel))
    if channel is Channel.LINKEDIN:
        end = f"… {values['you']}"[-LINKEDIN:]
        body = f"{body[: LINKEDIN - len(end)].rstrip()}{end}"
    return subject, body


def _less_and_less(
    values: Mapping[str, object], channel: Channel
) -> Iterator[dict[str, object]]:
    """Give what to leave out, what is missed least first; who and when always stay."""
    brief: dict[str, object] = {"brief": True}
    if channel is Channel.LINKEDIN:
        month, _, year = str(values["when"]).partition(" ")
        brief["when"] = f"{month[:3]} {year}".strip()
    yield {}
    yield brief
    yield brief | {"idea": ""}
    yield brief | {"topic": ""}
    least = brief | {"topic": "", "idea": ""}
    yield least
    yield least | {"at": ""}
    for longest in (48, 32, 24):
        cut = {
            name: shortened(str(values[name]), longest)
            for name in ("position", "title", "company", "referrer")
        }
        least = least | {"at": ""} | cut
        yield least
    if channel is Channel.LINKEDIN:
        yield least | {"url": least["title"]}


def shortened(text: str, longest: int) -> str:
    """Cut a text at the end of a word, and show it."""
    if len(text) <= longest:
        return text
    kept, _, _ = text[:longest].rpartition(" ")
    return f"{(kept or text[: longest - 1]).rstrip(' ,;:-')}…"


def excess(body: str, kind: str, channel: Channel) -> int:
    """Give by how many words, or on LinkedIn characters, a text is too long."""
    if channel is Channel.LINKEDIN:
        return len(body) - LINKEDIN
    note = channel is Channel.POST or kind in NOTES
    return len(body.split()) - (NOTE if note else MAIL)


def _subject_and_body(text: str) -> tuple[str, str]:
    """Part a rendered text; doubled blanks and empty lines of absent sentences go."""
    subject, text = "", text.strip()
    if text.startswith("Subject:"):
        head, _, text = text.partition("\n")
        subject = " ".join(head.removeprefix("Subject:").split())
    text = re.sub(r"[ \t]+", " ", text)
    text = re.sub(r" *\n *", "\n", text)
    text = re.sub(r" ([.,;:])(?=\s|$)", r"\1", text)
    text = re.sub(r"\n{3,}", "\n\n", text)
    return subject, text.strip()
