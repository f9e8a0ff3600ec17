"""The histories as they grow while one look at the tracker is understood; pure.

Every event goes through here, so that what was said earlier in the same run counts,
and no source is recorded twice.
"""

import datetime as dt
from collections.abc import Collection, Iterator

from msgspec.structs import replace

from pipeline.model import Event, EventKind, TouchRef, Workspace
from pipeline.planning.history import NEWER, VERDICTS, in_force, verdict_of

SETTINGS = "settings.yml"


def contact_path(slug: str) -> str:
    """Give the path of a person's file."""
    return f"contacts/{slug}.yml"


class Notebook:
    """What is written down during one run, beside what was there before."""

    def __init__(self, workspace: Workspace, as_of: dt.date) -> None:
        """Begin with the histories of a workspace."""
        self._workspace = workspace
        self._as_of = as_of
        self._new: dict[str, list[Event]] = {}
        self._sources: set[str] | None = None

    @property
    def events(self) -> dict[str, tuple[Event, ...]]:
        """Give the new events by path."""
        return {path: tuple(events) for path, events in self._new.items()}

    def knows(self, source: str) -> bool:
        """Say whether a source was ever recorded, undone or not."""
        if self._sources is None:
            self._sources = set(self._all_sources())
        return source in self._sources

    def _all_sources(self) -> Iterator[str]:
        for contact in self._workspace.contacts.values():
            for event in contact.history:
                if event.source:
                    yield event.source
            for rejection in contact.rejections:
                if rejection.source:
                    yield rejection.source
        for event in self._workspace.settings.history:
            if event.source:
                yield event.source

    def add(self, slug: str, event: Event) -> bool:
        """Write an event into a person's history; False if its source is known."""
        return self._add(contact_path(slug), event)

    def add_to_settings(self, event: Event) -> bool:
        """Write an event into the user's own history."""
        return self._add(SETTINGS, event)

    def _add(self, path: str, event: Event) -> bool:
        if event.source is not None:
            if self.knows(event.source):
                return False
            assert self._sources is not None
            self._sources.add(event.source)
        self._new.setdefault(path, []).append(event)
        return True

    def conclude(self, slug: str, event: Event) -> None:
        """Write an event whose source several follow-ups of a person share."""
        self._new.setdefault(contact_path(slug), []).append(event)

    def in_force(self, slug: str) -> tuple[Event, ...]:
        """Give what counts for a person now, oldest first; "" is the user."""
        old = (
            self._workspace.contacts[slug].history
            if slug
            else self._workspace.settings.history
        )
        new = self._new.get(contact_path(slug) if slug else SETTINGS, [])
        if not new:
            return in_force(old, self._as_of)
        merged = sorted([*old, *new], key=lambda event: event.date)
        return in_force(merged, max(self._as_of, *(event.date for event in new)))

    def verdict(self, slug: str, ref: TouchRef) -> Event | None:
        """Give the verdict in force on a follow-up."""
        return verdict_of(self.in_force(slug), ref)

    def newest_verdict(self, slug: str) -> Event | None:
        """Give the newest verdict in force on anything."""
        found = None
        for event in self.in_force(slug):
            if event.event in VERDICTS and event.touch is not None:
                found = event
        return found

    def last_said(self, slug: str, apart: Collection[str] = ()) -> Event | None:
        """Give the newest event in force that a person can take back.

        What has a source in `apart` is passed over.
        """
        found = None
        for event in self.in_force(slug):
            source = event.source
            if source and source not in apart and not source.startswith(NEWER):
                found = event
        return found

    def workspace(self) -> Workspace:
        """Give the workspace as it is with everything new."""
        contacts = dict(self._workspace.contacts)
        settings = self._workspace.settings
        for path, events in self._new.items():
            if path == SETTINGS:
                history = sorted([*settings.history, *events], key=lambda e: e.date)
                settings = replace(settings, history=tuple(history))
                continue
            slug = path.removeprefix("contacts/").removesuffix(".yml")
            old = contacts[slug]
            history = sorted([*old.history, *events], key=lambda e: e.date)
            contacts[slug] = replace(old, history=tuple(history))
        return replace(self._workspace, contacts=contacts, settings=settings)

    def is_new(self, slug: str, event: Event | None) -> bool:
        """Say whether an event of a person was only just said."""
        return event in self._new.get(contact_path(slug), [])

    def undo(self, slug: str, event: Event, day: dt.date, source: str) -> bool:
        """Take an event back, "" being the user; a stop on its own day only."""
        if event.source is None:
            return False
        if event.event is EventKind.STOP and event.date != day:
            return False
        undone = Event(date=day, event=EventKind.UNDONE, of=event.source, source=source)
        return self.add(slug, undone) if slug else self.add_to_settings(undone)
