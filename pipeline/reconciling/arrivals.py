"""People and rejections that a command brings in ▸ files, new or added to; pure.

Nobody who asked not to be written to comes back this way.
"""

from msgspec.structs import replace

from pipeline.model import Contact, Event, EventKind, Rejection, StopScope
from pipeline.planning.companies import company_key
from pipeline.planning.history import company_on
from pipeline.planning.stops import identities, is_stopped
from pipeline.reconciling.meanings import Newcomer
from pipeline.reconciling.newcomers import NewFile, new_contact, slug_for
from pipeline.reconciling.notebook import contact_path
from pipeline.reconciling.orders import Said, Work
from pipeline.writing.occasions import AnswerKind


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
    known = _known_person(work, newcomer)
    if known is None:
        _take_new(work, said, new_contact(newcomer, rejection))
        return
    if _is_stopped(work, known):
        work.reply(said, AnswerKind.STOPPED, slug=known.slug)
        return
    if not work.notebook.knows(said.source):
        company = newcomer.company if newcomer.company != known.company else ""
        more = replace(rejection, company=company)
        work.carried.rejections.append((contact_path(known.slug), more))
    work.reply(said, AnswerKind.WELCOME, slug=known.slug)


def _take_new(work: Work, said: Said, contact: Contact) -> None:
    if work.notebook.knows(said.source):
        work.reply(said, AnswerKind.WELCOME)
        return
    if _is_stopped(work, contact):
        work.reply(said, AnswerKind.STOPPED)
        return
    slug = slug_for(contact.name, contact.company, _taken(work))
    contact = replace(contact, slug=slug)
    work.carried.files.append(NewFile(contact_path(slug), contact))
    work.reply(said, AnswerKind.WELCOME, new_slug=slug)


def take_referral(work: Work, said: Said, referrer: Contact) -> None:
    """Write down who sent the user on, and to whom, in a file of their own."""
    newcomer = said.order.newcomer
    assert newcomer is not None
    assert said.order.event is not None
    known = _known_person(work, newcomer)
    slug = slug_for(newcomer.name, newcomer.company, _taken(work))
    slug = known.slug if known else slug
    event = replace(said.order.event, to=slug, source=said.source)
    contact = replace(
        new_contact(newcomer, None),
        slug=slug,
        company=referrer.company,
        referred_by=referrer.slug,
        since=said.day,
    )
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


def _known_person(work: Work, newcomer: Newcomer) -> Contact | None:
    if not newcomer.email:
        return None
    address = newcomer.email.casefold()
    return next(
        (
            each
            for each in work.workspace.contacts.values()
            if each.email and each.email.casefold() == address
        ),
        None,
    )


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
