"""The digests that keep a stop alive when the person's file is gone; pure."""

from collections.abc import Collection, Sequence

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
    asked = [
        contact
        for contact in workspace.contacts.values()
        if _STOP in [event.event for event in contact.history]
    ]
    salt = stopped.salt or (new_salt if asked or gone else "")
    holds = [(contact, _stops(notebook, contact)) for contact in asked]
    slips = [(contact, _slips(notebook, contact)) for contact in asked]
    pairs = zip(slips, holds, strict=True)
    let_go = [slip for slip, (_, stops) in pairs if not stops]
    # Slips first: what others asked for must outlive them.
    people = {*stopped.people} - _people(salt, let_go) | _people(salt, holds)
    companies = {*stopped.companies} - _wide(salt, slips) | _wide(salt, holds)
    people |= {digest_of_gone(salt, who) for who in gone}
    return replace(
        stopped,
        salt=salt,
        people=tuple(sorted(people)),
        companies=tuple(sorted(companies)),
    )


def _people(salt: str, said: Sequence[tuple[Contact, Sequence[Event]]]) -> set[str]:
    """Give the digests of those of whom something was said."""
    return {
        d for contact, stops in said if stops for d in person_digests(salt, contact)
    }


def _wide(salt: str, said: Sequence[tuple[Contact, Sequence[Event]]]) -> set[str]:
    """Give the digests of the companies as a whole of which something was said."""
    return {
        company_digest(salt, company_on(contact, contact.history, stop.date))
        for contact, stops in said
        for stop in stops
        if stop.scope is StopScope.COMPANY
    }


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
