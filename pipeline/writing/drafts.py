"""Messages to other people, ready to send: what is put into which template.

Missing data removes a sentence; no text holds a blank to fill in. Nothing here depends
on the day it runs, and nothing is sent.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from pipeline.model import (
    Cause,
    Channel,
    Contact,
    Document,
    DocumentKind,
    EventKind,
    Formality,
    Rejection,
    Role,
    Stage,
    Standing,
    Step,
    Tone,
    Touch,
    Workspace,
)
from pipeline.planning.history import in_force
from pipeline.planning.matching import words_of
from pipeline.writing import links
from pipeline.writing.dates import month_of
from pipeline.writing.templating import Source, files_for, render

LINKEDIN = 200  # characters of a note
NOTE = 39  # words that fit beside a document, or on a card
MAIL = 119  # words of a mail
BY_MAIL = ("thanks", "referral_thanks", "landed")

_K = EventKind
_MET = (Stage.INTERVIEW, Stage.FINAL)
_NOUNS = {
    DocumentKind.CASE_STUDY: "case study",
    DocumentKind.WORK_SAMPLE: "work sample",
    DocumentKind.AWARD: "piece of news",
    DocumentKind.RECOMMENDATION: "letter",
    DocumentKind.PRESS: "press article",
    DocumentKind.PROFILE: "page",
    DocumentKind.RESUME: "page",
    DocumentKind.OTHER: "piece",
}
_HONORIFIC = re.compile(r"(?i)(?:.*\.|dr|prof|mr|mrs|ms|mx|miss|sir|dame|herr|frau|.)")


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


def kind_of(touch: Touch, contact: Contact, standing: Standing) -> str:
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
        return "referred"
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
    if wanted.kind in BY_MAIL:
        channel = Channel.EMAIL
    values = facts(workspace, contact, standing, wanted.document, wanted.turn, channel)
    values["newcomer"] = _one_line(wanted.newcomer)
    formal = contact.formality is Formality.FORMAL
    source = Source(
        own=workspace.templates,
        language=contact.language,
        names=files_for(wanted.kind, channel, formal=formal),
        turn=wanted.turn,
    )
    subject, body = _fitting(source, values, channel)
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


def turn_of(slug: str, number: int) -> int:
    """Give whose turn it is: people begin at different wordings and go on in order."""
    return sum(slug.encode()) + number


# --- fitting -------------------------------------------------------------------


def _fitting(
    source: Source, values: Mapping[str, object], channel: Channel
) -> tuple[str, str]:
    """Render the fullest text that is short enough; give subject and body."""
    texts = []
    for fewer in _less_and_less():
        text = render(source, {**values, **fewer})
        subject, body = _subject_and_body(text)
        if _is_short(body, channel, source.names[-1]):
            return subject, body
        texts.append((subject, body))
    if channel is Channel.LINKEDIN:
        subject, body = min(texts, key=lambda each: len(each[1]))
        return subject, f"{body[: LINKEDIN - 1].rstrip()}…"
    return texts[0]


def _less_and_less() -> Iterator[dict[str, object]]:
    yield {}
    yield {"brief": True}
    yield {"brief": True, "idea": ""}
    yield {"brief": True, "topic": ""}
    yield {"brief": True, "topic": "", "idea": ""}
    yield {"brief": True, "topic": "", "idea": "", "at": ""}


def _is_short(body: str, channel: Channel, name: str) -> bool:
    if channel is Channel.LINKEDIN:
        return len(body) <= LINKEDIN
    note = channel is Channel.POST or "note" in name or name in _NOTES
    return len(body.split()) <= (NOTE if note else MAIL)


_NOTES = ("moved.txt", "referred.txt")


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


# --- what a template may use ---------------------------------------------------


def facts(
    workspace: Workspace,
    contact: Contact,
    standing: Standing,
    document: Document | None,
    turn: int,
    channel: Channel,
) -> dict[str, object]:
    """Give everything a template may use; what is not known is "" or false."""
    you = workspace.settings.you
    referrer = workspace.contacts.get(contact.referred_by or "")
    values: dict[str, object] = {
        "hello": greeting(contact, channel),
        "name": _one_line(contact.name),
        "company": _one_line(standing.company),
        "you": _one_line(you.name) if you else "",
        "reach": reach(workspace, channel),
        "signature": signature(workspace),
        "referrer": _one_line(referrer.name) if referrer else "",
        "brief": False,
        "employed": is_employed(workspace, standing),
    }
    values |= _of_rejection(contact, standing, standing.rejection)
    values |= _of_document(document, turn)
    values["topic"] = topic_for(standing.rejection, document, turn)
    return values


def _of_rejection(
    contact: Contact, standing: Standing, rejection: Rejection | None
) -> dict[str, object]:
    recruiter = contact.role in (Role.AGENCY, Role.RECRUITER)
    cause = rejection.cause if rejection else None
    then = (rejection.company if rejection else "") or contact.company
    elsewhere = rejection is not None and then != standing.company
    day = rejection.rejected_on if rejection else contact.since
    return {
        "position": _one_line(rejection.position) if rejection else "",
        "when": month_of(day) if day else "",
        "at": _one_line(then) if elsewhere else "",
        "met": rejection is not None and rejection.stage in _MET,
        "recruiter": recruiter,
        "panel": contact.role is Role.INTERVIEWER,
        "vouched": contact.role is Role.REFERRER,
        "hired": cause is Cause.SOMEONE_HIRED and not recruiter,
        "inside": cause is Cause.INTERNAL_HIRE and not recruiter,
        "unknown": cause in (Cause.UNKNOWN, Cause.SILENCE) and not recruiter,
        "frozen": cause is Cause.FROZEN,
        "cancelled": cause is Cause.CANCELLED,
    }


def _of_document(document: Document | None, turn: int) -> dict[str, object]:
    if document is None:
        return dict.fromkeys(("title", "noun", "a_noun", "pages", "url", "idea"), "")
    noun = _NOUNS.get(document.kind, document.kind.value)
    ideas = document.note_ideas
    idea = _one_line(ideas[turn % len(ideas)]).rstrip(" .:;") if ideas else ""
    return {
        "title": _one_line(document.title),
        "noun": noun,
        "a_noun": f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}",
        "pages": str(document.pages or ""),
        "url": document.url or "",
        "idea": f"{idea[:1].upper()}{idea[1:]}",
    }


def topic_for(rejection: Rejection | None, document: Document | None, turn: int) -> str:
    """Give what they spoke about; beside a document, only what it has to do with."""
    topics = rejection.topics if rejection else ()
    if document is not None:
        about = words_of([document.title, document.summary, *document.tags])
        topics = tuple(each for each in topics if words_of([each]) & about)
    return _one_line(topics[turn % len(topics)]).rstrip(" .:;") if topics else ""


def is_employed(workspace: Workspace, standing: Standing) -> bool:
    """Say whether the user has found work since this person's no."""
    said: dt.date | None = None
    for history in (
        workspace.settings.history,
        *(contact.history for contact in workspace.contacts.values()),
    ):
        if not any(event.event is _K.HIRED_ELSEWHERE for event in history):
            continue
        for event in in_force(history, dt.date.max):
            if event.event is _K.HIRED_ELSEWHERE:
                said = max(event.date, said or event.date)
    rejection = standing.rejection
    return said is not None and not (rejection and rejection.rejected_on > said)


def greeting(contact: Contact, channel: Channel = Channel.EMAIL) -> str:
    """Give the salutation: the words the user chose, or the name as written."""
    name = called(contact)
    if contact.formality is Formality.FORMAL:
        return f"Dear {name},"
    return f"Hello {name}," if channel is Channel.EMAIL else f"{name},"


def called(contact: Contact) -> str:
    """Give what to call a person: the user's words, else the name in their style."""
    if contact.address_as:
        return _one_line(contact.address_as)
    if contact.formality is Formality.FORMAL:
        return _one_line(contact.name)
    return first_name(contact.name)


def first_name(name: str) -> str:
    """Give the first word of a name, or all of it where that may be something else."""
    words = name.split()
    if len(words) < 2 or "," in name or _HONORIFIC.fullmatch(words[0]):
        return _one_line(name)
    return words[0]


def reach(workspace: Workspace, channel: Channel) -> str:
    """Give the one way to answer that fits behind a name; a mail has its own."""
    you = workspace.settings.you
    if you is None:
        return ""
    mail = "" if channel is Channel.EMAIL else you.email
    return _one_line(you.phone or mail or you.link or "")


def signature(workspace: Workspace) -> str:
    """Give the lines under a mail, so that it can be passed on."""
    you = workspace.settings.you
    if you is None:
        return ""
    ways = [_one_line(each) for each in (you.phone, you.link) if each]
    line = " · ".join(ways) or you.email or ""
    return f"{_one_line(you.name)}\n{line}".strip()


def _one_line(text: str) -> str:
    return " ".join(text.split())
