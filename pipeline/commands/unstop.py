"""`unstop`: somebody who had asked not to be written to has asked to hear again."""

import os
from collections.abc import Iterator

from msgspec.structs import replace

from pipeline.commands import questions
from pipeline.commands.agreeing import agreed
from pipeline.commands.session import FINE, Session
from pipeline.errors import DataError
from pipeline.files import statefile
from pipeline.files.record import record
from pipeline.files.store import Write
from pipeline.files.workspace import load
from pipeline.model import Contact, Event, EventKind, Stopped, Workspace
from pipeline.planning.history import in_force
from pipeline.planning.stops import company_digest, identities, person_digests


def unstop(session: Session) -> int:
    """Take the wish back, in every file of this person, after asking once."""
    contact = session.contact(session.options.slug)
    name = contact.name or contact.slug
    if not questions.is_stopped(session.workspace, contact, session.as_of):
        said = f"{name} may be written to; nothing to take back."
        session.terminal.show(said, "Nothing to take back.")
        return FINE
    events = _lifted(session.workspace, contact, session)
    _refuse_others(session, contact, events)
    files = ", ".join(sorted(events)) or "no file; the note of a deleted one"
    said = f"This takes back that {name} asked not to be written to: {files}.\n"
    question = f"Has {name} asked to hear from you again?"
    if not agreed(session, said, "This takes 1 stop back.", question):
        return FINE
    with session.store.lock():
        workspace = load(session.store.root)
        events = _lifted(workspace, contact, session)
        writes = [*_histories(session, events), *_digests(session, workspace, contact)]
        session.store.commit(writes, "Take 1 stop back")
    session.terminal.show(
        f"{name} will hear from you again, when the day comes.", "Took 1 stop back."
    )
    return FINE


def _lifted(
    workspace: Workspace, contact: Contact, session: Session
) -> dict[str, list[Event]]:
    """Take back every stop that is this person's own, in each of their files."""
    theirs = set(identities(contact))
    events = {}
    for slug, other in workspace.contacts.items():
        if slug == contact.slug or not theirs.isdisjoint(identities(other)):
            undone = list(_undone(slug, other, session))
            if undone:
                events[f"contacts/{slug}.yml"] = undone
    return events


def _undone(slug: str, contact: Contact, session: Session) -> Iterator[Event]:
    """Take a stop back as of its own day, on which alone it can be lifted."""
    for event in in_force(contact.history, session.as_of):
        if event.event is not EventKind.STOP:
            continue
        if event.source is None:
            message = (
                f"contacts/{slug}.yml: the stop of {event.date} was written by hand"
            )
            raise DataError(f"{message}; delete that line by hand")
        source = f"command:{os.urandom(8).hex()}"
        yield Event(
            date=event.date, event=EventKind.UNDONE, of=event.source, source=source
        )


def _refuse_others(
    session: Session, contact: Contact, events: dict[str, list[Event]]
) -> None:
    """Refuse where a colleague's word would still hold for the whole company."""
    workspace = session.workspace
    contacts = dict(workspace.contacts)
    for path, undone in events.items():
        slug = path.removeprefix("contacts/").removesuffix(".yml")
        history = (*contacts[slug].history, *undone)
        contacts[slug] = replace(contacts[slug], history=history)
    stopped = _kept(workspace.stopped, contact)
    after = replace(workspace, contacts=contacts, stopped=stopped)
    if questions.is_stopped(after, contacts[contact.slug], session.as_of):
        message = f"somebody else asked that nobody at {contact.company} be written to"
        raise DataError(f"{message}; take it back in their file: notyet unstop THEM")


def _histories(session: Session, events: dict[str, list[Event]]) -> list[Write]:
    writes, problems = record(session.store.read, events)
    if problems:
        raise DataError(str(problems[0]))
    return list(writes)


def _kept(stopped: Stopped, contact: Contact) -> Stopped:
    """Forget the digests that outlive the files."""
    gone = {
        *person_digests(stopped.salt, contact),
        company_digest(stopped.salt, contact.company),
    }
    return replace(
        stopped,
        people=tuple(each for each in stopped.people if each not in gone),
        companies=tuple(each for each in stopped.companies if each not in gone),
    )


def _digests(
    session: Session, workspace: Workspace, contact: Contact
) -> Iterator[Write]:
    kept = _kept(workspace.stopped, contact)
    if kept != workspace.stopped:
        before = session.store.read(statefile.STOPPED)
        yield Write(statefile.STOPPED, statefile.write_stopped(kept), before)
