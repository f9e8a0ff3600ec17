"""`unstop`: somebody who had asked not to be written to has asked to hear again."""

import os
from collections.abc import Collection

from msgspec import Struct
from msgspec.structs import replace

from pipeline.commands import questions
from pipeline.commands.agreeing import agreed
from pipeline.commands.session import FINE, Session
from pipeline.errors import DataError
from pipeline.files import statefile
from pipeline.files.record import record
from pipeline.files.store import Write
from pipeline.files.workspace import load
from pipeline.model import Contact, Event, EventKind, Stopped, StopScope, Workspace
from pipeline.planning.history import company_on, in_force
from pipeline.planning.stops import company_digest, identities, person_digests


class Lifted(Struct, frozen=True):
    """What is taken back: by path what is written down, and whose companies' wish."""

    events: dict[str, list[Event]]
    companies: frozenset[str]


def unstop(session: Session) -> int:
    """Take the wish back, in every file of this person, after asking once."""
    contact = session.contact(session.options.slug)
    name = contact.name or contact.slug
    if not questions.is_stopped(session.workspace, contact, session.as_of):
        said = f"{name} may be written to; nothing to take back."
        session.terminal.show(said, "Nothing to take back.")
        return FINE
    lifted = _lifted(session, session.workspace, contact)
    _refuse_others(session, contact, lifted)
    if not agreed(
        session,
        _announced(session, contact, lifted),
        "This takes 1 stop back.",
        f"Has {name} asked to hear from you again?",
    ):
        return FINE
    with session.store.lock():
        workspace = load(session.store.root)
        lifted = _lifted(session, workspace, contact)
        kept = _kept(workspace.stopped, contact, lifted.companies)
        writes = _histories(session, lifted.events)
        if kept != workspace.stopped:
            before = session.store.read(statefile.STOPPED)
            data = statefile.write_stopped(kept)
            writes.append(Write(statefile.STOPPED, data, before))
        session.store.commit(writes, "Take 1 stop back")
    session.terminal.show(
        f"{name} may be written to again; `./notyet plan` says when.",
        "Took 1 stop back.",
    )
    return FINE


def _announced(session: Session, contact: Contact, lifted: Lifted) -> str:
    files = ", ".join(sorted(lifted.events)) or "no file; the note of a deleted one"
    name = contact.name or contact.slug
    said = f"This takes back that {name} asked not to be written to: {files}.\n"
    if session.options.company:
        said += f"It takes back as well that nobody at {_here(session, contact)} is.\n"
    return said


def _here(session: Session, contact: Contact) -> str:
    return company_on(contact, in_force(contact.history, session.as_of), session.as_of)


def _lifted(session: Session, workspace: Workspace, contact: Contact) -> Lifted:
    """Take back every stop that is this person's own, in each of their files."""
    theirs = set(identities(contact))
    events: dict[str, list[Event]] = {}
    companies = {_here(session, contact)} if session.options.company else set[str]()
    for slug, other in workspace.contacts.items():
        if slug != contact.slug and theirs.isdisjoint(identities(other)):
            continue
        for stop in in_force(other.history, session.as_of):
            if stop.event is EventKind.STOP:
                path = f"contacts/{slug}.yml"
                events.setdefault(path, []).append(_undone(path, stop))
                if stop.scope is StopScope.COMPANY:
                    companies.add(company_on(other, other.history, stop.date))
    return Lifted(events, frozenset(companies))


def _undone(path: str, stop: Event) -> Event:
    """Take a stop back as of its own day, on which alone it can be lifted."""
    if stop.source is None:
        message = f"{path}: the stop of {stop.date} was written by hand"
        raise DataError(f"{message}; delete that line by hand")
    source = f"command:{os.urandom(8).hex()}"
    return Event(date=stop.date, event=EventKind.UNDONE, of=stop.source, source=source)


def _refuse_others(session: Session, contact: Contact, lifted: Lifted) -> None:
    """Refuse where another's word would still hold for the whole company."""
    workspace = session.workspace
    contacts = dict(workspace.contacts)
    for path, undone in lifted.events.items():
        slug = path.removeprefix("contacts/").removesuffix(".yml")
        history = (*contacts[slug].history, *undone)
        contacts[slug] = replace(contacts[slug], history=history)
    stopped = _kept(workspace.stopped, contact, lifted.companies)
    after = replace(workspace, contacts=contacts, stopped=stopped)
    if not questions.is_stopped(after, contacts[contact.slug], session.as_of):
        return
    here = _here(session, contact)
    message = f"somebody else asked that nobody at {here} be written to"
    remedy = "take it back in their file: ./notyet unstop THEM"
    nobody = replace(after, stopped=Stopped())
    if not questions.is_stopped(nobody, contacts[contact.slug], session.as_of):
        message += ", and their file is gone"
        remedy = "to take that back for everyone there, add --company"
    raise DataError(f"{message}; {remedy}")


def _histories(session: Session, events: dict[str, list[Event]]) -> list[Write]:
    writes, problems = record(session.store.read, events)
    if problems:
        raise DataError(str(problems[0]))
    return list(writes)


def _kept(stopped: Stopped, contact: Contact, companies: Collection[str]) -> Stopped:
    """Forget the digests that outlive the files: of this person, of these companies."""
    people = person_digests(stopped.salt, contact)
    wide = {company_digest(stopped.salt, each) for each in companies}
    return replace(
        stopped,
        people=tuple(each for each in stopped.people if each not in people),
        companies=tuple(each for each in stopped.companies if each not in wide),
    )
