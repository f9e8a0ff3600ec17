"""The digests that keep a stop alive when the person's file is gone."""

from msgspec.structs import replace

from pipeline.model import Event, EventKind, Stopped, StopScope
from pipeline.planning.history import company_on
from pipeline.planning.stops import company_digest, person_digests
from pipeline.reconciling.changes import ChangeSet


def with_digests(stopped: Stopped, changes: ChangeSet, new_salt: str) -> Stopped:
    """Add the digests of every stop in force, and take those of a slip back.

    `new_salt` is used where there is none yet.
    """
    salt = stopped.salt
    people, companies = set(stopped.people), set(stopped.companies)
    for slug, contact in changes.workspace.contacts.items():
        if not any(event.event is EventKind.STOP for event in contact.history):
            continue
        salt = salt or new_salt
        in_force = changes.notebook.in_force(slug)
        stops = [event for event in in_force if event.event is EventKind.STOP]
        if not stops:
            people -= set(person_digests(salt, contact))
            companies -= {
                _company(salt, slug, changes, each) for each in contact.history
            }
        for event in stops:
            people |= set(person_digests(salt, contact))
            if event.scope is StopScope.COMPANY:
                companies.add(_company(salt, slug, changes, event))
    return replace(
        stopped,
        salt=salt,
        people=tuple(sorted(people)),
        companies=tuple(sorted(companies)),
    )


def _company(salt: str, slug: str, changes: ChangeSet, event: Event) -> str:
    contact = changes.workspace.contacts[slug]
    return company_digest(salt, company_on(contact, contact.history, event.date))
