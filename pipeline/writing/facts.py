"""What a template may use: the facts about a person, a position and a document.

What is not known is "" or false, so that a sentence can be left out; nothing here is
guessed, and nothing depends on the day it runs.
"""

import datetime as dt

from pipeline.model import (
    Cause,
    Channel,
    Contact,
    Document,
    DocumentKind,
    EventKind,
    Rejection,
    Role,
    Stage,
    Standing,
    Workspace,
)
from pipeline.planning.companies import company_key
from pipeline.planning.history import in_force
from pipeline.planning.matching import words_of
from pipeline.writing.dates import month_of
from pipeline.writing.names import greeting, one_line, reach, signature, ways

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
    rejection = standing.rejection
    before = predecessor(workspace, contact)
    if rejection is None and before is not None:
        rejection = latest(before)
    values: dict[str, object] = {
        "hello": greeting(contact, channel),
        "name": one_line(contact.name),
        "company": one_line(standing.company),
        "you": one_line(you.name) if you else "",
        "reach": reach(workspace, channel),
        "ways": ways(workspace),
        "signature": signature(workspace),
        "referrer": one_line(referrer.name) if referrer else "",
        "newcomer": "",
        "brief": False,
        "employed": is_employed(workspace, standing),
    }
    values |= _of_rejection(contact, standing, rejection)
    values |= _of_document(document, turn)
    values["topic"] = topic_for(rejection, document, turn)
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
        "position": one_line(rejection.position) if rejection else "",
        "when": month_of(day) if day else "",
        "at": one_line(then) if elsewhere else "",
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
    idea = one_line(ideas[turn % len(ideas)]).rstrip(" .:;") if ideas else ""
    return {
        "title": one_line(document.title),
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
    return one_line(topics[turn % len(topics)]).rstrip(" .:;") if topics else ""


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


def latest(contact: Contact) -> Rejection | None:
    """Give the newest decision in a person's file."""
    return max(contact.rejections, key=lambda each: each.rejected_on, default=None)


def predecessor(workspace: Workspace, contact: Contact) -> Contact | None:
    """Give whom a person has followed at a company.

    That is the one named in `referred_by` who had left before the day in `since` and
    never sent the user on; anybody else named there is a referrer.
    """
    before = workspace.contacts.get(contact.referred_by or "")
    if before is None or contact.since is None or latest(before) is None:
        return None
    if company_key(before.company) != company_key(contact.company):
        return None
    events = in_force(before.history, contact.since)
    if any(each.event is _K.REFERRED and each.to == contact.slug for each in events):
        return None
    gone = any(each.event in (_K.LEFT, _K.MOVED) for each in events)
    return before if gone else None
