"""People and rejections that a command brings in ▸ files, new or added to; pure.

Nobody who asked not to be written to comes back this way.
"""

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import Contact, Event, EventKind, Rejection, StopScope
from pipeline.planning.companies import company_key
from pipeline.planning.history import company_on
from pipeline.planning.stops import identities, is_stopped
from pipeline.reconciling.newcomers import (
    NewFile,
    known_among,
    new_contact,
    slug_for,
)
from pipeline.reconciling.notebook import contact_path
from pipeline.reconciling.orders import Said, Work
from pipeline.writing.occasions import AnswerKind


class Taken(Struct, frozen=True):
    """What became of a rejection: the answer's kind, and whose file it is in."""

    kind: AnswerKind
    slug: str = ""  # of a file that was there before
    new_slug: str = ""  # of one that this run makes

    @property
    def path(self) -> str:
        """Give the path of the file; "" where there is none."""
        slug = self.slug or self.new_slug
        return contact_path(slug) if slug else ""


def take_rejection(work: Work, said: Said) -> None:
    """Write a rejection down: into a new file, or into that of a known person."""
    newcomer = said.order.newcomer
    assert newcomer is not None
    assert newcomer.rejected_on is not None
    rejection = Rejection(
        position=newcomer.position,
        rejected_on=newcomer.rejected_on,
        source=said.source,
    )
    taken = write_down(work, new_contact(newcomer, rejection))
    work.reply(said, taken.kind, slug=taken.slug, new_slug=taken.new_slug)


def write_down(work: Work, contact: Contact) -> Taken:
    """Write down the one rejection of `contact`, once for its source.

    The file of a known person gains it; anybody else gets a file.
    """
    rejection = contact.rejections[0]
    written = _written_from(work, rejection)
    if written:
        return Taken(AnswerKind.WELCOME, slug=written)
    known = _known_person(work, contact)
    slug = known.slug if known else ""
    if _is_stopped(work, known or contact):
        return Taken(AnswerKind.STOPPED, slug=slug)
    if known is None:
        slug = slug_for(contact.name, contact.company, _taken(work))
        contact = replace(contact, slug=slug)
        work.carried.files.append(NewFile(contact_path(slug), contact))
        return Taken(AnswerKind.WELCOME, new_slug=slug)
    if not any(_is_same(each, rejection) for each in known.rejections):
        company = contact.company if contact.company != known.company else ""
        more = replace(rejection, company=company)
        work.carried.rejections.append((contact_path(slug), more))
        if contact.email and not known.email:
            value = (contact_path(slug), ("email",), contact.email)
            work.carried.values.append(value)
    if slug in work.workspace.contacts:
        return Taken(AnswerKind.WELCOME, slug=slug)
    return Taken(AnswerKind.WELCOME, new_slug=slug)


def _written_from(work: Work, rejection: Rejection) -> str:
    """Give whose file holds the rejection of this source already."""
    for slug, contact in work.workspace.contacts.items():
        if any(each.source == rejection.source for each in contact.rejections):
            return slug
    return ""


def _is_same(one: Rejection, other: Rejection) -> bool:
    return (one.position, one.rejected_on) == (other.position, other.rejected_on)


def take_referral(work: Work, said: Said, referrer: Contact) -> None:
    """Write down who sent the user on, and to whom, in a file of their own."""
    newcomer = said.order.newcomer
    assert newcomer is not None
    assert said.order.event is not None
    contact = replace(
        new_contact(newcomer, None),
        company=referrer.company,
        referred_by=referrer.slug,
        since=said.day,
    )
    known = _known_person(work, contact)
    slug = known.slug if known else slug_for(contact.name, "", _taken(work))
    event = replace(said.order.event, to=slug, source=said.source)
    contact = replace(contact, slug=slug)
    if work.notebook.knows(said.source):
        old = (e for e in referrer.history if e.source == said.source)
        event = next(old, event)
    elif _is_stopped(work, contact):
        work.reply(said, AnswerKind.STOPPED, slug=referrer.slug, event=event)
        return
    else:
        work.notebook.add(referrer.slug, event)
        work.report(said, event, referrer.slug)
        if known is None:
            work.carried.files.append(NewFile(contact_path(slug), contact))
    about = {"slug": referrer.slug, "event": event, "newcomer": newcomer.name}
    work.reply(said, AnswerKind.ORDER, **about)


def _known_person(work: Work, contact: Contact) -> Contact | None:
    """Find somebody, also among those whose file this run makes."""
    new = (each.contact for each in work.carried.files)
    people = [*work.workspace.contacts.values(), *new]
    return known_among(people, contact.name, contact.email, contact.company)


def _is_stopped(work: Work, contact: Contact) -> bool:
    """Say whether this person, or their company, asked not to be written to.

    What was said a line before counts; its digest is only just being written.
    """
    if is_stopped(work.workspace.stopped, contact, contact.company):
        return True
    theirs = set(identities(contact))
    for slug, other in work.workspace.contacts.items():
        for event in work.notebook.in_force(slug):
            if event.event is EventKind.STOP and (
                not theirs.isdisjoint(identities(other))
                or _covers_company(event, other, contact)
            ):
                return True
    return False


def _covers_company(stop: Event, said_by: Contact, contact: Contact) -> bool:
    company = company_on(said_by, said_by.history, stop.date)
    return stop.scope is StopScope.COMPANY and (
        company_key(company) == company_key(contact.company)
    )


def _taken(work: Work) -> set[str]:
    new = {each.contact.slug for each in work.carried.files}
    return {*work.workspace.contacts, *work.workspace.frozen, *new}
