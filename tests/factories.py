"""Builders for values with sensible defaults, all people invented."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pipeline.model import (
    Cause,
    Contact,
    Document,
    DocumentKind,
    Event,
    EventKind,
    Rejection,
    Settings,
    Share,
    Step,
    TouchRef,
    Workspace,
    You,
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def ref(text: str) -> TouchRef:
    step, _, number = text.partition("/")
    return TouchRef(Step(step), int(number))


def rejection(rejected_on: str = "2026-01-30", **fields: Any) -> Rejection:
    fields.setdefault("position", "Senior Technical Writer")
    fields.setdefault("cause", Cause.SOMEONE_HIRED)
    return Rejection(rejected_on=day(rejected_on), **fields)


def event(date: str, kind: str, **fields: Any) -> Event:
    """Build an event; `touch` and `until` may be given as text."""
    if isinstance(fields.get("touch"), str):
        fields["touch"] = ref(fields["touch"])
    if isinstance(fields.get("until"), str):
        fields["until"] = day(fields["until"])
    return Event(date=day(date), event=EventKind(kind), **fields)


def contact(
    slug: str = "dana-okafor", rejected_on: str | None = "2026-01-30", **fields: Any
) -> Contact:
    """Build a contact named after its slug, rejected on one day."""
    fields.setdefault("name", slug.replace("-", " ").title())
    fields.setdefault("company", f"{fields['name'].split(' ')[-1]} Instruments")
    fields.setdefault("email", f"{slug}@example.com")
    if rejected_on is not None:
        fields.setdefault("rejections", (rejection(rejected_on),))
    return Contact(slug=slug, **fields)


def document(id: str = "one-source", **fields: Any) -> Document:  # noqa: A002 - its name
    fields.setdefault("title", id.replace("-", " ").capitalize())
    fields.setdefault("kind", DocumentKind.TALK)
    fields.setdefault("share", Share.PUBLIC)
    fields.setdefault("url", f"https://example.com/{id}")
    return Document(id=id, **fields)


def settings(**fields: Any) -> Settings:
    fields.setdefault("you", You(name="Maya Torres", email="maya@example.com"))
    fields.setdefault("country", "US")
    return Settings(**fields)


def workspace(*contacts: Contact, **fields: Any) -> Workspace:
    fields.setdefault("settings", settings())
    documents: Mapping[str, Document] | tuple[Document, ...] = fields.pop(
        "documents", ()
    )
    if not isinstance(documents, Mapping):
        documents = {each.id: each for each in sorted(documents, key=lambda d: d.id)}
    return Workspace(
        contacts={each.slug: each for each in sorted(contacts, key=lambda c: c.slug)},
        documents=documents,
        **fields,
    )
