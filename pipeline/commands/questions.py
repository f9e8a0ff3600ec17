"""Questions about a rejection: asked until they can be understood, then a file.

Nothing is written before the last answer, so that whoever stops half-way leaves
nothing behind.
"""

import contextlib
import datetime as dt
import os
import re
from collections.abc import Callable, Iterator
from typing import TypeVar, get_args

from msgspec import Struct
from msgspec.structs import replace

from pipeline.commands.terminal import Terminal
from pipeline.errors import DataError
from pipeline.files.folders import read_file
from pipeline.files.scalars import FIRST_YEAR
from pipeline.files.schema import read_contact
from pipeline.files.store import Write
from pipeline.model import (
    Address,
    Cause,
    Contact,
    EventKind,
    Rejection,
    Status,
    StopScope,
    Workspace,
)
from pipeline.planning.companies import company_key
from pipeline.planning.everywhere import gather
from pipeline.planning.standings import standing
from pipeline.planning.stops import identities
from pipeline.reconciling.newcomers import contact_file, known_among, slug_for
from pipeline.reconciling.when import Unclear, read_day

T = TypeVar("T")

_MAIL = re.compile(
    r"(?:mailto:)?[<(]?([^@\s,;:<>()]+@[^@\s,;<>()]+\.[^@\s,;<>()]+)[>)]?[.,;]?"
)
_ADDRESS = re.compile(str(get_args(Address)[1].pattern)).search
_YES = ("y", "yes")
_NO = ("n", "no")


class NoAnswer(ValueError):  # noqa: N818 - what to write instead, never leaves here
    """An answer that cannot be used; the message says what to write."""


class Person(Struct, frozen=True):
    """A name and a mail address, either of which may be missing."""

    name: str
    email: str | None


def ask(terminal: Terminal, question: str, read: Callable[[str], T]) -> T:
    """Ask until the answer can be read."""
    while True:
        try:
            return read(readable(terminal.ask(question)))
        except NoAnswer as misfit:
            terminal.note(f"   {misfit}.")


@contextlib.contextmanager
def nothing_yet(terminal: Terminal) -> Iterator[None]:
    """Say to somebody who stops half-way that nothing was written."""
    try:
        yield
    except KeyboardInterrupt:
        terminal.note("\nStopped; nothing was written.")
        raise


def readable(text: str) -> str:
    """Refuse what the terminal could not read as text."""
    if not text.isprintable() and any("\ud800" <= each <= "\udfff" for each in text):
        raise NoAnswer("a letter could not be read; set your terminal to UTF-8")
    return text


# --- reading answers -----------------------------------------------------------


def person(text: str) -> Person:
    """Read `Jana Muster jana@example.com`; both may be missing."""
    found = _MAIL.findall(text)
    if len(found) > 1:
        raise NoAnswer("write one mail address; others can stand in `notes` later")
    address = found[0].rstrip(".") if found else None
    rest = _MAIL.sub(" ", text)
    if "@" in rest or (address and not _ADDRESS(address)):
        raise NoAnswer("write the mail address like jana.muster@example.com")
    return Person(" ".join(rest.strip(" ,;").split()), address)


def named(text: str) -> Person:
    """Read a name, with or without a mail address."""
    found = person(text)
    if not found.name:
        raise NoAnswer("write at least a name")
    return found


def needed(text: str) -> str:
    """Read any text but none."""
    if not text:
        raise NoAnswer("write a few words; this one is needed")
    return text


def cause(text: str) -> Cause:
    """Read whether someone else was chosen: yes, no, or one of the known causes."""
    word = text.casefold().replace(" ", "_")
    if word in _YES:
        return Cause.SOMEONE_HIRED
    if word in _NO:
        return Cause.CANCELLED
    if word in ("", "?", "unknown"):
        return Cause.UNKNOWN
    try:
        return Cause(word)
    except ValueError:
        causes = ", ".join(each.value for each in Cause)
        raise NoAnswer(f"write yes, no, or one of {causes}") from None


def yes(text: str) -> bool:
    """Read yes or no; nothing means yes."""
    if text.casefold() in ("", *_YES):
        return True
    if text.casefold() in _NO:
        return False
    raise NoAnswer("write yes or no")


def clear_yes(text: str) -> bool:
    """Read yes or no; nothing means no."""
    return yes(text or "no")


def past_day(today: dt.date) -> Callable[[str], dt.date]:
    """Give a reader of days up to `today`."""

    def read(text: str) -> dt.date:
        try:
            found = read_day(text or "today", today, ahead=False)
        except Unclear as unclear:
            raise NoAnswer(str(unclear)) from None
        if found.year < FIRST_YEAR:
            raise NoAnswer(f"write a year from {FIRST_YEAR} on; {found.year} is not")
        return found

    return read


# --- a rejection becomes a file ------------------------------------------------


def known_person(workspace: Workspace, found: Person, company: str) -> Contact | None:
    """Give whom we have already: by mail address, else by name and company."""
    people = list(workspace.contacts.values())
    return known_among(people, found.name, found.email, company)


def new_file(root: str, workspace: Workspace, contact: Contact) -> tuple[str, Write]:
    """Give the slug and the file of a new person; nothing there is overwritten."""
    taken = {*workspace.contacts, *workspace.frozen, *_in_folder(root)}
    slug = slug_for(contact.name, contact.company, taken)
    path = f"contacts/{slug}.yml"
    _refuse_unread(root, workspace, contact)
    data = contact_file(contact)
    read, problems = read_contact(data, path, slug)
    if read is None:
        raise DataError(str(problems[0]))
    return slug, Write(path, data, None)


def _refuse_unread(root: str, workspace: Workspace, contact: Contact) -> None:
    """Refuse somebody whose address stands in a file that nobody can read yet."""
    if not contact.email:
        return
    address = contact.email.casefold()
    for slug in sorted(workspace.unread):
        path = f"contacts/{slug}.yml"
        text = (read_file(root, path) or b"").decode(errors="replace")
        if address in text.casefold():
            message = f"{path} has this mail address and needs a hand first"
            raise DataError(f"{message}; run `./notyet check`, then try again")


def _in_folder(root: str) -> set[str]:
    try:
        names = os.listdir(os.path.join(root, "contacts"))
    except OSError:
        return set()
    return {name.rpartition(".")[0].casefold() or name.casefold() for name in names}


def is_stopped(workspace: Workspace, contact: Contact, as_of: dt.date) -> bool:
    """Say whether somebody asked not to be written to, in whatever file."""
    with_them = replace(
        workspace, contacts={**workspace.contacts, contact.slug: contact}
    )
    found = standing(contact, with_them, gather(with_them, as_of), as_of)
    return found.status is Status.STOPPED


def refuse_stopped(workspace: Workspace, contact: Contact, as_of: dt.date) -> None:
    """Refuse somebody who asked not to be written to, and say since when."""
    if not is_stopped(workspace, contact, as_of):
        return
    message = f"{_who_asked(workspace, contact)}, and that holds for good"
    remedy = "if they have asked to hear from you again, run `./notyet unstop`"
    raise DataError(f"{message}, so nothing was written; {remedy}")


def _who_asked(workspace: Workspace, contact: Contact) -> str:
    """Say who asked and when, as far as the files still know."""
    theirs = set(identities(contact))
    here = company_key(contact.company)
    for other in workspace.contacts.values():
        same = not theirs.isdisjoint(identities(other))
        for event in other.history:
            if event.event is not EventKind.STOP:
                continue
            on = f"on {event.date.day} {event.date:%B} {event.date.year}"
            if same:
                return f"this person asked {on} not to be written to"
            wide = event.scope is StopScope.COMPANY
            if wide and company_key(other.company) == here:
                return f"{other.company} asked {on} that nobody there be written to"
    return "this person asked not to be written to"


def rejected(position: str, day: dt.date, why: Cause, topics: list[str]) -> Rejection:
    """Put a rejection together."""
    return Rejection(
        position=position,
        rejected_on=day,
        cause=why,
        topics=tuple(filter(None, topics)),
    )
