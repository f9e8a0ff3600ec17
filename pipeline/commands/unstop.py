"""`unstop`: somebody who had asked not to be written to has asked to hear again."""

import os
from collections.abc import Iterator

from msgspec.structs import replace

from pipeline.commands import questions
from pipeline.commands.session import FINE, Session
from pipeline.errors import DataError, UsageError
from pipeline.files import statefile
from pipeline.files.record import record
from pipeline.files.store import Write
from pipeline.model import Contact, Event, EventKind
from pipeline.planning.history import in_force
from pipeline.planning.stops import company_digest, identities, person_digests


def unstop(session: Session) -> int:
    """Take the wish back, in every file of this person, after asking once."""
    contact = session.contact(session.options.slug)
    if not questions.is_stopped(session.workspace, contact, session.as_of):
        raise UsageError(f"{contact.slug} may be written to; nothing to take back")
    question = (
        f"Has {contact.name or contact.slug} asked to hear from you again? (yes or no)"
    )
    answer = questions.ask(session.terminal, question, questions.clear_yes)
    if not answer:
        session.terminal.show("Nothing was changed.", "Nothing was changed.")
        return FINE
    writes = [*_histories(session, contact), *_digests(session, contact)]
    with session.store.lock():
        session.store.commit(writes, "Take 1 stop back")
    session.terminal.show(
        f"{contact.name or contact.slug} will hear from you again, when the day comes.",
        "Took 1 stop back.",
    )
    return FINE


def _histories(session: Session, contact: Contact) -> list[Write]:
    """Take back every stop that is this person's own, in each of their files."""
    theirs = set(identities(contact))
    events = {}
    for slug, other in session.workspace.contacts.items():
        if slug == contact.slug or not theirs.isdisjoint(identities(other)):
            undone = list(_undone(slug, other, session))
            if undone:
                events[f"contacts/{slug}.yml"] = undone
    writes, problems = record(session.store.read, events)
    if problems:
        raise DataError(str(problems[0]))
    return list(writes)


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


def _digests(session: Session, contact: Contact) -> Iterator[Write]:
    """Forget the digests that outlive the files."""
    stopped = session.workspace.stopped
    gone = {
        *person_digests(stopped.salt, contact),
        company_digest(stopped.salt, contact.company),
    }
    kept = replace(
        stopped,
        people=tuple(each for each in stopped.people if each not in gone),
        companies=tuple(each for each in stopped.companies if each not in gone),
    )
    if kept != stopped:
        before = session.store.read(statefile.STOPPED)
        yield Write(statefile.STOPPED, statefile.write_stopped(kept), before)
