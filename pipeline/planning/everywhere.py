"""What was said in one file and concerns others: stops, talks, jobs.

Gathered once for a run, in one order of all files, so that no order of files matters.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

from msgspec import Struct

from pipeline.model import (
    Contact,
    ElsewhereMode,
    Event,
    EventKind,
    StopScope,
    Workspace,
)
from pipeline.planning.companies import company_key
from pipeline.planning.history import company_on, in_force, settled
from pipeline.planning.stops import identities

_K = EventKind
FAR_REACHING = frozenset(
    {
        _K.STOP,
        _K.HIRED_HERE,
        _K.INTERVIEW,
        _K.OFFER,
        _K.HIRED_ELSEWHERE,
        _K.RESUMED,
    }
)


class Everywhere(Struct):
    """What was said in one file and concerns others, gathered once for a run."""

    in_force: Mapping[str, tuple[Event, ...]]
    stopped_people: frozenset[str]  # identities
    stopped_companies: frozenset[str]  # company keys
    hired: Mapping[str, dt.date]  # company key ▸ the day of `hired_here`
    talking: Mapping[str, dt.date]  # company key ▸ the day of interview or offer
    elsewhere: tuple[dt.date, ElsewhereMode] | None
    settings_events: tuple[Event, ...]


def gather(workspace: Workspace, as_of: dt.date) -> Everywhere:
    """Read all histories once for what concerns more than one person."""
    settings_events = in_force(workspace.settings.history, as_of)
    events_of: dict[str, tuple[Event, ...]] = {}
    said: list[tuple[dt.date, int, str, Event]] = [
        (event.date, place, "", event)
        for place, event in enumerate(settings_events)
        if event.event is _K.HIRED_ELSEWHERE
    ]
    for slug, contact in workspace.contacts.items():
        events = settled(in_force(contact.history, as_of)) if contact.history else ()
        events_of[slug] = events
        for place, event in enumerate(events):
            if event.event in FAR_REACHING:
                said.append((event.date, place, slug, event))
    found = _Gathering()
    said.sort(key=lambda each: each[:3])
    for _, _, slug, event in said:
        if event.event is _K.HIRED_ELSEWHERE:
            found.elsewhere = (event.date, event.mode or ElsewhereMode.KEEP)
        else:
            found.take(workspace.contacts[slug], events_of[slug], event)
    if found.talking or found.hired:
        found.end_by_rejections(workspace.contacts.values(), events_of, as_of)
    return Everywhere(
        in_force=events_of,
        stopped_people=frozenset(found.people),
        stopped_companies=frozenset(found.companies),
        hired=found.hired,
        talking=found.talking,
        elsewhere=found.elsewhere,
        settings_events=settings_events,
    )


class _Gathering:
    """The growing result of `gather`."""

    def __init__(self) -> None:
        self.people: set[str] = set()
        self.companies: set[str] = set()
        self.hired: dict[str, dt.date] = {}
        self.talking: dict[str, dt.date] = {}
        self.elsewhere: tuple[dt.date, ElsewhereMode] | None = None

    def take(self, contact: Contact, events: tuple[Event, ...], event: Event) -> None:
        """Note one event of one person; events come by date."""
        key = company_key(company_on(contact, events, event.date))
        if event.event is _K.STOP:
            self.people.update(identities(contact))
            if event.scope is StopScope.COMPANY:
                self.companies.add(key)
        elif event.event is _K.HIRED_HERE:
            self.hired[key] = event.date
        elif event.event is _K.RESUMED:
            self.talking.pop(key, None)
        else:
            self.talking[key] = event.date

    def end_by_rejections(
        self,
        contacts: Iterable[Contact],
        events_of: Mapping[str, tuple[Event, ...]],
        as_of: dt.date,
    ) -> None:
        """Take back what a later rejection at the same company has ended."""
        for contact in contacts:
            for each in contact.rejections:
                if each.rejected_on > as_of:
                    continue
                events = events_of[contact.slug]
                where = each.company or company_on(contact, events, each.rejected_on)
                key = company_key(where)
                for said in (self.talking, self.hired):
                    if key in said and said[key] < each.rejected_on:
                        del said[key]
