"""The digests that keep a stop alive when the person's file is gone; pure."""

from msgspec.structs import replace

from pipeline.model import Contact, Event, EventKind, Stopped, StopScope, Workspace
from pipeline.planning.history import company_on
from pipeline.planning.stops import company_digest, person_digests
from pipeline.reconciling.notebook import Notebook


def with_digests(workspace: Workspace, notebook: Notebook, new_salt: str) -> Stopped:
    """Add the digests of every stop in force, and take those of a slip back.

    `new_salt` is used where there is none yet.
    """
    stopped = workspace.stopped
    salt = stopped.salt
    people, companies = set(stopped.people), set(stopped.companies)
    for slug, contact in workspace.contacts.items():
        said = [event for event in contact.history if event.event is EventKind.STOP]
        if not said:
            continue
        salt = salt or new_salt
        stops = [e for e in notebook.in_force(slug) if e.event is EventKind.STOP]
        if not stops:
            people -= set(person_digests(salt, contact))
            companies -= {_company(salt, contact, each) for each in said}
        for event in stops:
            people |= set(person_digests(salt, contact))
            if event.scope is StopScope.COMPANY:
                companies.add(_company(salt, contact, event))
    return replace(
        stopped,
        salt=salt,
        people=tuple(sorted(people)),
        companies=tuple(sorted(companies)),
    )


def _company(salt: str, contact: Contact, event: Event) -> str:
    return company_digest(salt, company_on(contact, contact.history, event.date))
