"""The digests that keep a stop alive when the person's file is gone; pure."""

from collections.abc import Collection

from msgspec.structs import replace

from pipeline.model import Contact, Event, EventKind, Stopped, StopScope, Workspace
from pipeline.planning.history import company_on
from pipeline.planning.stops import company_digest, digest_of_gone, person_digests
from pipeline.reconciling.notebook import Notebook, contact_path

_STOP = EventKind.STOP


def with_digests(
    workspace: Workspace, notebook: Notebook, gone: Collection[str], new_salt: str
) -> Stopped:
    """Add the digests of every stop in force, and take those of a new slip back.

    An old slip takes nothing back: somebody else may have asked since, whose file is
    `gone` (by `who_is`). `new_salt` is used where there is none yet.
    """
    stopped = workspace.stopped
    salt = stopped.salt
    people, companies = set(stopped.people), set(stopped.companies)
    asked = [
        contact
        for contact in workspace.contacts.values()
        if _STOP in [event.event for event in contact.history]
    ]
    if asked or gone:
        salt = salt or new_salt
    for contact in asked:  # slips first: what others asked for must outlive them
        slips = _slips(notebook, contact)
        if slips and not _stops(notebook, contact):
            people -= set(person_digests(salt, contact))
        companies -= {
            _company(salt, contact, event)
            for event in slips
            if event.scope is StopScope.COMPANY
        }
    for contact in asked:
        for event in _stops(notebook, contact):
            people |= set(person_digests(salt, contact))
            if event.scope is StopScope.COMPANY:
                companies.add(_company(salt, contact, event))
    people |= {digest_of_gone(salt, who) for who in gone}
    return replace(
        stopped,
        salt=salt,
        people=tuple(sorted(people)),
        companies=tuple(sorted(companies)),
    )


def _stops(notebook: Notebook, contact: Contact) -> list[Event]:
    in_force = notebook.in_force(contact.slug)
    return [event for event in in_force if event.event is _STOP]


def _slips(notebook: Notebook, contact: Contact) -> list[Event]:
    """Give the stops that this run has taken back."""
    new = notebook.events.get(contact_path(contact.slug), ())
    taken_back = {event.of for event in new if event.event is EventKind.UNDONE}
    return [
        event
        for event in contact.history
        if event.event is _STOP and event.source in taken_back
    ]


def _company(salt: str, contact: Contact, event: Event) -> str:
    return company_digest(salt, company_on(contact, contact.history, event.date))
