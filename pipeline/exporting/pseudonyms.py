"""The same workspace with stand-ins for everyone and everything said, to show; pure.

The same person, company, position or document has the same stand-in everywhere. They
are numbered by the day on which somebody first comes up, so that later people change
nothing; dates, and what kind of thing happened, stay.
"""

import datetime as dt
from collections.abc import Callable

from msgspec.structs import replace

from pipeline.model import (
    FORGOTTEN,
    Contact,
    Document,
    Event,
    Rejection,
    Settings,
    Workspace,
    You,
)
from pipeline.planning.cadence import BUILT_IN
from pipeline.planning.companies import company_key

SAID = "(text)"


class StandIns:
    """Numbers for texts, in the order in which they are first asked for."""

    def __init__(
        self, prefix: str, same: Callable[[str], str] = lambda text: text
    ) -> None:
        """Take two spellings for one thing where `same` of them is the same."""
        self._prefix, self._same = prefix, same
        self._numbers: dict[str, int] = {}

    def __call__(self, text: str) -> str:
        """Give the stand-in for a text; nothing stays nothing."""
        if not text:
            return ""
        number = self._numbers.setdefault(self._same(text), len(self._numbers) + 1)
        return f"{self._prefix}{number}"


def redacted(workspace: Workspace) -> Workspace:
    """Give the workspace with stand-ins."""
    return _Redaction(workspace).workspace()


class _Redaction:
    """The stand-ins of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._slugs = StandIns("person-")
        self._companies = StandIns("Company ", company_key)
        self._positions = StandIns("Position ")
        self._documents = StandIns("document-")
        self._sources = StandIns("source-")  # what takes what back has to stay
        for contact in sorted(workspace.contacts.values(), key=_first_day):
            self._slugs(contact.slug)
            self._companies(contact.company)
            for rejection in contact.rejections:
                self._companies(rejection.company)
                self._positions(rejection.position)
        for document in sorted(workspace.documents.values(), key=_published):
            self._documents(document.id)

    def workspace(self) -> Workspace:
        contacts = [self._contact(each) for each in self._workspace.contacts.values()]
        documents = [self._document(d) for d in self._workspace.documents.values()]
        return Workspace(
            contacts={c.slug: c for c in sorted(contacts, key=lambda c: c.slug)},
            documents={d.id: d for d in sorted(documents, key=lambda d: d.id)},
            settings=self._settings(self._workspace.settings),
        )

    def _contact(self, contact: Contact) -> Contact:
        slug = self._slugs(contact.slug)
        number = slug.rpartition("-")[2]
        known = contact.cadence in (None, *BUILT_IN)
        return Contact(
            slug=slug,
            name=f"Person {number}" if contact.name else "",
            company=self._companies(contact.company),
            email=f"{slug}@example.com" if contact.email else None,
            role=contact.role,
            channel=contact.channel,
            formality=contact.formality,
            language=contact.language,
            country=contact.country,
            cadence=contact.cadence if known else "own",
            notes=SAID if contact.notes else "",
            shared_before=tuple(map(self._documents, contact.shared_before)),
            referred_by=self._someone(contact.referred_by),
            since=contact.since,
            rejections=tuple(map(self._rejection, contact.rejections)),
            history=tuple(map(self._event, contact.history)),
        )

    def _someone(self, slug: str | None) -> str | None:
        return slug if slug in (None, FORGOTTEN) else self._slugs(slug or "")

    def _rejection(self, rejection: Rejection) -> Rejection:
        return replace(
            rejection,
            position=self._positions(rejection.position),
            company=self._companies(rejection.company),
            needs=(),
            topics=tuple(SAID for _ in rejection.topics),
            posting_url=None,
            source=self._sources(rejection.source or "") or None,
        )

    def _event(self, event: Event) -> Event:
        return Event(
            date=event.date,
            event=event.event,
            touch=event.touch,
            channel=event.channel,
            document=self._documents(event.document or "") or None,
            until=event.until,
            of=self._sources(event.of or "") or None,
            tone=event.tone,
            text=SAID if event.text else None,
            to=self._someone(event.to),
            mode=event.mode,
            reason=SAID if event.reason else None,
            scope=event.scope,
            company=self._companies(event.company or "") or None,
            source=self._sources(event.source or "") or None,
        )

    def _document(self, document: Document) -> Document:
        id_ = self._documents(document.id)
        return Document(
            id=id_,
            title=f"Document {id_.rpartition('-')[2]}",
            kind=document.kind,
            date=document.date,
            summary=SAID if document.summary else "",
            language=document.language,
            pages=document.pages,
            proof=document.proof,
            share=document.share,
        )

    def _settings(self, settings: Settings) -> Settings:
        history = tuple(map(self._event, settings.history))
        return Settings(you=You(name="You"), history=history)


def _published(document: Document) -> tuple[dt.date, str]:
    return document.date or dt.date.max, document.id


def _first_day(contact: Contact) -> tuple[dt.date, str]:
    """Give the day on which somebody first comes up, and their file's name."""
    days = [each.rejected_on for each in contact.rejections]
    days += [each.date for each in contact.history]
    days += [contact.since] if contact.since else []
    return min(days, default=dt.date.max), contact.slug
