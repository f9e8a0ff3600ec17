"""Situations in which something is written: people, documents, days, and contexts."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.files.holidays import HolidayCache
from pipeline.model import (
    Cause,
    Channel,
    Contact,
    Document,
    Event,
    Formality,
    Rejection,
    Role,
    Stage,
    Standing,
    Step,
    Workspace,
    You,
)
from pipeline.planning.everywhere import gather
from pipeline.planning.schedule import schedule
from pipeline.planning.standings import standing
from pipeline.reconciling.texts import Texts
from pipeline.writing.context import Context
from pipeline.writing.drafts import Draft, Wanted, draft
from pipeline.writing.templating import BY_ANY_CHANNEL, BY_MAIL_ALONE, FINER
from tests.factories import contact, day, document, event, rejection, settings
from tests.factories import workspace as holding

HOLIDAYS = HolidayCache()
LATE = day("2027-11-01")
MAYA = You(
    name="Maya Torres",
    email="maya@example.com",
    phone="+1 512 555 0142",
    link="https://example.com/maya",
)
TALK = document(
    "one-source",
    title="One source, four manuals",
    tags=("single sourcing", "calibration"),
    pages=12,
    note_ideas=("Page 3 shows the part that took a year",),
)
TOPIC = "bringing the calibration manuals into one source"


def cases() -> Iterator[tuple[str, Channel, Formality]]:
    """Give every kind with each channel it has and each style."""
    for formality in Formality:
        for kind in (*BY_ANY_CHANNEL, *FINER, *BY_MAIL_ALONE):
            for channel in Channel if kind in BY_ANY_CHANNEL else (Channel.EMAIL,):
                yield kind, channel, formality


def person_for(kind: str, **fields: Any) -> tuple[Contact, ...]:
    """Give a person to whom a kind of message goes, and whoever belongs to it."""
    if kind not in ("referred", "successor"):
        fields.setdefault("rejections", (no(),))
        return (contact("dana-okafor", company="Brightwater", **fields),)
    left = (event("2026-05-02", "left"),) if kind == "successor" else ()
    before = contact(
        "samir-haddad", company="Brightwater", rejections=(no(),), history=left
    )
    fields.pop("rejections", None)
    named = contact(
        "dana-okafor",
        None,
        company="Brightwater",
        referred_by="samir-haddad",
        since=day("2026-06-01"),
        **fields,
    )
    return named, before


def no(rejected_on: str = "2026-01-30", **fields: Any) -> Rejection:
    fields.setdefault("topics", (TOPIC,))
    fields.setdefault("stage", Stage.INTERVIEW)
    return rejection(rejected_on, **fields)


def moved(kind: str) -> tuple[Event, ...]:
    told = event("2026-06-01", "moved", company="Northgate Health")
    return (told,) if kind == "moved" else ()


def standing_of(workspace: Workspace, slug: str, on: dt.date = LATE) -> Standing:
    """Give how things stand with somebody on a day."""
    return standing(workspace.contacts[slug], workspace, gather(workspace, on), on)


def written(
    kind: str,
    turn: int,
    *,
    with_document: Document | None = TALK,
    templates: Mapping[str, str] | None = None,
    you: You | None = MAYA,
    newcomer: str = "Lee Park",
    **fields: Any,
) -> Draft:
    """Write one message of a kind to a person with these fields."""
    fields.setdefault("history", moved(kind))
    people = person_for(kind, **fields)
    place = holding(
        *people, settings=settings(you=you), templates=dict(templates or {})
    )
    wanted = Wanted(
        kind=kind,
        turn=turn,
        document=with_document if kind in NOTES else None,
        newcomer=newcomer,
    )
    return draft(place, people[0], standing_of(place, "dana-okafor"), wanted)


NOTES = ("portfolio_note", "first_note", "warm_note", "moved", "referred", "successor")


def decisions() -> Iterator[tuple[Cause, Stage, Role]]:
    for cause in Cause:
        for stage in Stage:
            for role in Role:
                yield cause, stage, role


def context_of(
    *people: Contact,
    on: str,
    step: Step,
    documents: tuple[Document, ...] = (TALK,),
    tracker: str = "github",
    you: You | None = MAYA,
    opened: str = "",
    **fields: Any,
) -> Context:
    """Give the context of a follow-up of the first person, as planned on a day."""
    fields.setdefault("settings", settings(you=you, quiet=()))
    place = holding(*people, documents=documents, **fields)
    plan = schedule(place, day(on), HOLIDAYS)
    touch = next(
        each
        for each in plan.touches
        if each.slug == people[0].slug and each.step is step
    )
    since = day(opened) if opened else touch.opens_on
    texts = Texts(place, plan, HOLIDAYS, tracker)
    return texts.context(touch, touch.document or "", since)
