"""Messages to other people, ready to send: what is put into which template.

Missing data removes a sentence; no text holds a blank to fill in. Nothing here depends
on the day it runs, and nothing is sent.
"""

import datetime as dt
import re

from msgspec import Struct

from pipeline.model import (
    Cause,
    Channel,
    Contact,
    Document,
    EventKind,
    Formality,
    Rejection,
    Role,
    Stage,
    Standing,
    Step,
    Touch,
    Workspace,
)
from pipeline.writing import links
from pipeline.writing.templating import BY_LINK_OR_HAND, render

LINKEDIN = 200  # characters of a note
HIRED = (Cause.SOMEONE_HIRED, Cause.INTERNAL_HIRE)
UNKNOWN = (Cause.UNKNOWN, Cause.SILENCE)
NOT_MET = (Stage.APPLICATION, Stage.SCREENING)


class Draft(Struct, frozen=True, kw_only=True):
    """A message ready to send by one channel; texts are plain, without any markup."""

    channel: Channel
    subject: str  # "" where the channel has none
    body: str
    mailto: str = ""
    gmail: str = ""
    outlook: str = ""


def kind_of(touch: Touch, contact: Contact, standing: Standing) -> str:
    """Give the kind of message a follow-up needs."""
    if touch.step is Step.CHECK_IN:
        return "check_in"
    moved = False
    for event in standing.in_force:
        if event.event is EventKind.MOVED:
            moved = True
        elif event.event is EventKind.SENT:
            moved = False
    if moved:
        return "moved"
    if standing.rejection is None and contact.referred_by:
        return "note_referred" if standing.messages else "referred"
    return "portfolio_note"


def draft(
    workspace: Workspace,
    contact: Contact,
    standing: Standing,
    *,
    kind: str,
    turn: int,
    document: Document | None = None,
    newcomer: str = "",
) -> Draft:
    """Write a message; `turn` says which wording, so that none comes twice in five.

    A user's template that fails falls back to ours; `check_templates` names it.
    """
    values = facts(workspace, contact, standing, document, turn)
    values["newcomer"] = newcomer
    channel = contact.channel if kind in BY_LINK_OR_HAND else Channel.EMAIL
    text = render(workspace.templates, contact.language, kind, channel, turn, values)
    subject, body = _subject_and_body(text)
    if channel is Channel.LINKEDIN:
        return Draft(channel=channel, subject="", body=_shortened(body))
    if channel is Channel.POST:
        signed = f"{body.rstrip('.')}.\n{values['you']}" if values["you"] else body
        return Draft(channel=channel, subject="", body=signed)
    body = f"{body}\n\n{signature(workspace, contact)}"
    if not contact.email:
        return Draft(channel=channel, subject=subject, body=body)
    return Draft(
        channel=channel,
        subject=subject,
        body=body,
        mailto=links.mailto(contact.email, subject, body),
        gmail=links.gmail(contact.email, subject, body),
        outlook=links.outlook(contact.email, subject, body),
    )


def turn_of(slug: str, number: int) -> int:
    """Give whose turn it is: people begin at different wordings and go on in order."""
    return sum(slug.encode()) + number


def facts(
    workspace: Workspace,
    contact: Contact,
    standing: Standing,
    document: Document | None,
    turn: int,
) -> dict[str, object]:
    """Give everything a template may use; what is not known is "" or false."""
    rejection = standing.rejection
    you = workspace.settings.you
    referrer = workspace.contacts.get(contact.referred_by or "")
    values: dict[str, object] = {
        "greeting": greeting(contact),
        "name": contact.name,
        "company": standing.company,
        "you": you.name if you else "",
        "referrer": referrer.name if referrer else "",
        "formal": contact.formality is Formality.FORMAL,
        "former": contact.company if contact.company != standing.company else "",
    }
    values |= _of_rejection(contact, rejection, turn)
    values |= _of_document(contact, document, turn)
    return values


def _of_rejection(
    contact: Contact, rejection: Rejection | None, turn: int
) -> dict[str, object]:
    if rejection is None:
        return {
            "position": "",
            "when": _month(contact.since) if contact.since else "",
            "topic": "",
            "met": False,
            "hired": False,
            "unknown": False,
        }
    asks_after = contact.role not in (Role.AGENCY, Role.RECRUITER)
    return {
        "position": rejection.position,
        "when": _month(rejection.rejected_on),
        "topic": rejection.topics[turn % len(rejection.topics)]
        if rejection.topics
        else "",
        "met": rejection.stage not in NOT_MET,
        "hired": rejection.cause in HIRED and asks_after,
        "unknown": rejection.cause in UNKNOWN and asks_after,
    }


def _of_document(
    contact: Contact, document: Document | None, turn: int
) -> dict[str, object]:
    if document is None:
        return dict.fromkeys(
            ("title", "kind", "kind_alone", "pages", "third_party", "where", "idea"), ""
        )
    ideas = document.note_ideas
    noun = document.kind.value.replace("_", " ").replace("resume", "résumé")
    where = document.url or (
        document.title if contact.channel is Channel.LINKEDIN else "(attached)"
    )
    pages = document.pages or 0
    return {
        "title": document.title,
        "kind": f"{'an' if noun[0] in 'aeio' else 'a'} {noun}",
        "kind_alone": noun.capitalize(),
        "pages": f"{pages} page{'s' if pages > 1 else ''}" if pages else "",
        "third_party": document.proof.value == "third_party",
        "where": where,
        "idea": ideas[turn % len(ideas)] if ideas else "",
    }


def _month(day: dt.date) -> str:
    return f"{day.strftime('%B')} {day.year}"


def greeting(contact: Contact) -> str:
    """Give the salutation: the words the user chose, or the name as written."""
    word = "Dear" if contact.formality is Formality.FORMAL else "Hello"
    return f"{word} {contact.address_as or contact.name},"


def signature(workspace: Workspace, contact: Contact) -> str:
    """Give the lines under a mail."""
    formal = contact.formality is Formality.FORMAL
    lines = ["Kind regards," if formal else "Best wishes,"]
    you = workspace.settings.you
    if you:
        lines += [you.name, *filter(None, (you.link, you.phone))]
    return "\n".join(lines)


def _subject_and_body(text: str) -> tuple[str, str]:
    """Part a rendered text; doubled blanks and empty lines of absent sentences go."""
    subject = ""
    if text.startswith("Subject:"):
        head, _, text = text.partition("\n")
        subject = " ".join(head.removeprefix("Subject:").split())
    text = re.sub(r"[ \t]+", " ", text)
    text = re.sub(r" *\n *", "\n", text)
    text = re.sub(r" ([.,;:])", r"\1", text)
    text = re.sub(r"\n{3,}", "\n\n", text)
    return subject, text.strip()


def _shortened(text: str) -> str:
    """Make a note fit LinkedIn's 200 characters, a sentence at a time."""
    text = " ".join(text.split())
    while len(text) > LINKEDIN and re.search(r"[.!] [^.!]*$", text):
        sentences = re.split(r"(?<=[.!]) ", text)
        text = " ".join([*sentences[:-2], sentences[-1]])
    return text if len(text) <= LINKEDIN else f"{text[: LINKEDIN - 1]}…"
