"""The future of one person, as far as it can be known, before anything happens."""

import datetime as dt

from msgspec.structs import replace

from pipeline.model import (
    MESSAGE_STEPS,
    Contact,
    Event,
    EventKind,
    Step,
    Touch,
    Workspace,
)
from pipeline.planning.companies import company_key
from pipeline.planning.days import HolidaySource, add_months
from pipeline.planning.everywhere import FAR_REACHING
from pipeline.planning.schedule import (
    Facts,
    message,
    self_assessment,
    work_out,
)

LONGEST = 60  # entries; more than any cadence of ours gives in ten years


def preview(
    workspace: Workspace,
    slug: str,
    as_of: dt.date,
    holidays: HolidaySource,
    months: int = 24,
) -> tuple[Touch, ...]:
    """Give a person's follow-ups of the coming months, each with its `assumed_on`.

    Each message is taken as sent without an answer on its day or, if that is past, on
    the first permitted day from `as_of`; each question as answered with "go on".
    Others at the company count with what is recorded and their own next message.
    """
    end = add_months(as_of, months)
    workspace = _around(workspace, slug)
    future: list[Touch] = []
    contact = workspace.contacts[slug]
    facts = work_out(workspace, as_of, holidays)
    if slug in facts.standings:
        own = self_assessment(contact, facts.standings[slug], workspace.settings, as_of)
        if own and own.due_by >= as_of:
            future.append(replace(own, assumed_on=max(own.opens_on, as_of)))
    day = as_of
    to_come = _to_come(workspace, as_of)
    while len(future) < LONGEST:
        touch = _next(facts, slug, not_before=day)
        assumed = touch.assumed_on if touch and touch.assumed_on else dt.date.max
        if to_come and to_come[0] <= min(assumed, end):  # it may change everything
            day = max(day, to_come.pop(0))
        elif touch is None or assumed > end:
            break
        else:
            future.append(touch)
            day = assumed
            workspace = _acted(workspace, slug, touch)
        facts = work_out(workspace, day, holidays)
    return tuple(sorted(future, key=lambda touch: touch.assumed_on or as_of))


def _to_come(workspace: Workspace, as_of: dt.date) -> list[dt.date]:
    """Give the days after `as_of` on which something in the files begins to count."""
    days = {event.date for event in workspace.settings.history}
    for contact in workspace.contacts.values():
        days |= {event.date for event in contact.history}
        days |= {each.rejected_on for each in contact.rejections}
        days |= {contact.since} if contact.since else set()
    return sorted(each for each in days if each > as_of)


def following(
    workspace: Workspace, touch: Touch, holidays: HolidaySource, opened: dt.date
) -> Touch | None:
    """Give what comes after a follow-up, if it is done on its day, or when it `opened`.

    It depends on nothing that passes, so that a text may speak of it.
    """
    workspace = _around(workspace, touch.slug)
    contact = workspace.contacts[touch.slug]
    day = max([touch.target_on, opened, *(event.date for event in contact.history)])
    if touch.step is not Step.SELF_ASSESSMENT:
        workspace = _acted(workspace, touch.slug, replace(touch, assumed_on=day))
    facts = work_out(workspace, day, holidays)
    return _next(facts, touch.slug, not_before=dt.date.min)


def _around(workspace: Workspace, slug: str) -> Workspace:
    """Leave out everyone whose file cannot bear on this person's dates."""
    here = _companies(workspace.contacts[slug])
    near = {
        other: each
        for other, each in workspace.contacts.items()
        if not here.isdisjoint(_companies(each))
        or any(event.event in FAR_REACHING for event in each.history)
    }
    return replace(workspace, contacts=near)


def _companies(contact: Contact) -> set[str]:
    names = [contact.company, *(each.company for each in contact.rejections)]
    names += [event.company or "" for event in contact.history]
    return {company_key(name) for name in names if name}


def _next(facts: Facts, slug: str, not_before: dt.date) -> Touch | None:
    """Place one person's next message among the planned ones of their colleagues."""
    if slug not in facts.planned:
        return None
    standings, planned = facts.standings, facts.planned[slug]
    key = company_key(standings[slug].company)
    here = {
        other: facts.planned[other]
        for other in facts.planned
        if company_key(standings[other].company) == key
    }
    contacts = facts.workspace.contacts
    placed = facts.placer.place_all(contacts, standings, here)
    taken = sorted(placed[other].target_on for other in here if other != slug)
    touch = message(
        contacts[slug], standings[slug], planned, placed[slug], facts.workspace
    )
    assumed, not_before = touch.target_on, max(not_before, _held_until(facts, slug))
    if assumed < not_before:
        late = facts.placer.place(
            contacts[slug], standings[slug], planned, key, taken, not_before
        )
        assumed = late.target_on
    return replace(touch, assumed_on=assumed)


def _held_until(facts: Facts, slug: str) -> dt.date:
    """Give the day before which nothing is put before the user: put off, or paused."""
    asked = (facts.planned[slug].not_before, facts.standings[slug].until)
    return max((each for each in asked if each), default=dt.date.min)


def _acted(workspace: Workspace, slug: str, touch: Touch) -> Workspace:
    """Give the workspace as it is after the person acted on a follow-up."""
    assert touch.assumed_on is not None
    kind = EventKind.SENT if touch.step in MESSAGE_STEPS else EventKind.GOING_ON
    event = Event(date=touch.assumed_on, event=kind, touch=touch.ref)
    contact: Contact = workspace.contacts[slug]
    history = sorted([*contact.history, event], key=lambda each: each.date)
    acted = replace(contact, history=tuple(history))
    contacts = {**workspace.contacts, slug: acted}
    return replace(workspace, contacts=contacts)
