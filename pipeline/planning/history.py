"""What events mean: who stands how, on a day.

Every fact about a person is derived from the histories each time; nothing is stored
beside them. Dates of follow-ups are `threads`' and `placing`'s business.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

from msgspec import Struct

from pipeline.model import (
    Contact,
    ElsewhereMode,
    Event,
    EventKind,
    IntroducedBy,
    Rejection,
    Role,
    Settings,
    Stage,
    Standing,
    Status,
    Step,
    StopScope,
    TouchRef,
    Workspace,
)
from pipeline.planning.companies import company_key
from pipeline.planning.stops import identities, is_stopped

_K = EventKind
NEWER = "newer:"  # the source of a `skipped` that a newer rejection caused

# What ends silence, beside an answered question.
SIGNS_OF_LIFE = frozenset(
    {_K.REPLIED, _K.REFERRED, _K.INTERVIEW, _K.OFFER, _K.MOVED, _K.WAIT_UNTIL}
)
ANSWERS = frozenset({_K.GOING_ON, _K.SLOWED})
VERDICTS = frozenset(
    {_K.SENT, _K.SKIPPED, _K.ASSESSED, _K.GOING_ON, _K.SLOWED, _K.ENDED}
)


def in_force(history: Iterable[Event], as_of: dt.date) -> tuple[Event, ...]:
    """Give the events that count on a day, in order.

    What was undone is gone, and so are the `undone` themselves; a `stop` can be undone
    on its own day only. Events of the future do not count yet, but a `stop` does.
    """
    events = [e for e in history if e.date <= as_of or e.event is _K.STOP]
    undone = {e.of: e.date for e in events if e.event is _K.UNDONE}
    if not undone:
        return tuple(events)
    return tuple(
        e
        for e in events
        if e.event is not _K.UNDONE
        and not (
            e.source in undone
            and (e.event is not _K.STOP or undone[e.source] == e.date)
        )
    )


def verdict_of(events: Iterable[Event], ref: TouchRef) -> Event | None:
    """Give the verdict in force on one of the person's follow-ups, the newest."""
    found = None
    for event in events:
        if event.touch == ref and event.event in VERDICTS:
            found = event
    return found


def next_round(events: Iterable[Event], step: Step) -> int:
    """Give the lowest round from 1 that has no verdict in force."""
    taken = {
        e.touch.round
        for e in events
        if e.touch is not None and e.touch.step is step and e.event in VERDICTS
    }
    number = 1
    while number in taken:
        number += 1
    return number


def rejection_in_force(contact: Contact, as_of: dt.date) -> Rejection | None:
    """Give the newest rejection that has happened; of one day, the last in the file."""
    found = None
    for each in contact.rejections:
        if each.rejected_on <= as_of and (
            found is None or each.rejected_on >= found.rejected_on
        ):
            found = each
    return found


def company_on(contact: Contact, events: Iterable[Event], day: dt.date) -> str:
    """Give where a person worked on a day."""
    company = contact.company
    for event in events:
        if event.event is _K.MOVED and event.date <= day and event.company:
            company = event.company
    return company


class Everywhere(Struct):
    """What was said in one file and concerns others, gathered once for a run."""

    in_force: Mapping[str, tuple[Event, ...]]
    stopped_people: frozenset[str]  # identities
    stopped_companies: frozenset[str]  # company keys
    hired: Mapping[str, dt.date]  # company key ▸ the day of `hired_here`
    talking: Mapping[str, dt.date]  # company key ▸ the day of interview or offer
    elsewhere: tuple[dt.date, ElsewhereMode] | None
    settings_events: tuple[Event, ...]


def gather(workspace: Workspace, as_of: dt.date) -> Everywhere:
    """Read all histories once for what concerns more than one person."""
    settings_events = in_force(workspace.settings.history, as_of)
    found = _Gathering(settings_events)
    events_of = {}
    for slug, contact in workspace.contacts.items():
        events = in_force(contact.history, as_of) if contact.history else ()
        events_of[slug] = events
        for event in events:
            if event.event in FAR_REACHING:
                found.take(contact, events, event)
    if found.talking or found.hired:
        found.end_by_rejections(workspace.contacts.values(), as_of)
    return Everywhere(
        in_force=events_of,
        stopped_people=frozenset(found.people),
        stopped_companies=frozenset(found.companies),
        hired=found.hired,
        talking=found.talking,
        elsewhere=found.elsewhere,
        settings_events=settings_events,
    )


FAR_REACHING = frozenset(
    {
        _K.STOP,
        _K.HIRED_HERE,
        _K.INTERVIEW,
        _K.OFFER,
        _K.HIRED_ELSEWHERE,
        _K.RESUMED,
    }
)


class _Gathering:
    """The growing result of `gather`."""

    def __init__(self, settings_events: tuple[Event, ...]) -> None:
        self.people: set[str] = set()
        self.companies: set[str] = set()
        self.hired: dict[str, dt.date] = {}
        self.talking: dict[str, dt.date] = {}
        self.elsewhere: tuple[dt.date, ElsewhereMode] | None = None
        for event in settings_events:
            if event.event is _K.HIRED_ELSEWHERE:
                self._hired_elsewhere(event)

    def take(self, contact: Contact, events: tuple[Event, ...], event: Event) -> None:
        """Note one event of one person."""
        key = company_key(company_on(contact, events, event.date))
        if event.event is _K.STOP:
            self.people.update(identities(contact))
            if event.scope is StopScope.COMPANY:
                self.companies.add(key)
        elif event.event is _K.HIRED_HERE:
            self.hired[key] = max(event.date, self.hired.get(key, event.date))
        elif event.event is _K.HIRED_ELSEWHERE:
            self._hired_elsewhere(event)
        elif event.event is _K.RESUMED:
            if self.talking.get(key, dt.date.max) <= event.date:
                del self.talking[key]
        else:
            self.talking[key] = max(event.date, self.talking.get(key, event.date))

    def _hired_elsewhere(self, event: Event) -> None:
        if self.elsewhere is None or event.date >= self.elsewhere[0]:
            self.elsewhere = (event.date, event.mode or ElsewhereMode.KEEP)

    def end_by_rejections(self, contacts: Iterable[Contact], as_of: dt.date) -> None:
        """Take back what a later rejection at the same company has ended."""
        for contact in contacts:
            newest = rejection_in_force(contact, as_of)
            if newest is None:
                continue
            for key in {company_key(newest.company), company_key(contact.company)}:
                for said in (self.talking, self.hired):
                    if key in said and said[key] < newest.rejected_on:
                        del said[key]


def standing(
    contact: Contact, workspace: Workspace, everywhere: Everywhere, as_of: dt.date
) -> Standing:
    """Give how things stand with one person on a day."""
    events = everywhere.in_force[contact.slug]
    rejection = rejection_in_force(contact, as_of)
    company = company_on(contact, events, as_of) if events else contact.company
    status, since, until = _status(
        contact, events, rejection, company, everywhere, as_of
    )
    if status is Status.ACTIVE and is_stopped(workspace.stopped, contact, company):
        status = Status.STOPPED
    return Standing(
        slug=contact.slug,
        status=status,
        since=since,
        until=until,
        rejection=rejection,
        company=company,
        in_force=events,
        messages=tuple(e for e in events if e.event is _K.SENT),
        silent=silence(events),
        cadence=base_cadence(contact, workspace.settings),
    )


def base_cadence(contact: Contact, settings: Settings) -> str:
    """Give the name of the cadence before any event asks for a slower one."""
    return contact.cadence or settings.cadence


def silence(events: Iterable[Event]) -> int:
    """Count the messages sent since the last sign of life or answered question."""
    count = 0
    for event in events:
        if event.event is _K.SENT:
            count += 1
        elif event.event in SIGNS_OF_LIFE or event.event in ANSWERS:
            count = 0
    return count


Found = tuple[Status, dt.date | None, dt.date | None]


def _status(
    contact: Contact,
    events: tuple[Event, ...],
    rejection: Rejection | None,
    company: str,
    everywhere: Everywhere,
    as_of: dt.date,
) -> Found:
    """Give status, since when, and until when, the gravest first."""
    key = company_key(company)
    if any(e.event is _K.STOP for e in events) or _asked_to_stop(
        contact, key, everywhere
    ):
        return Status.STOPPED, None, None
    if key in everywhere.hired:
        return Status.WON, everywhere.hired[key], None
    own = _own_status(contact, events, as_of) if events else None
    return own or _status_by_others(contact, events, rejection, key, everywhere)


def _status_by_others(
    contact: Contact,
    events: tuple[Event, ...],
    rejection: Rejection | None,
    key: str,
    everywhere: Everywhere,
) -> Found:
    """Give what other files and the facts of the application say."""
    if _resting(events, rejection, everywhere):
        assert everywhere.elsewhere is not None
        return Status.RESTING, everywhere.elsewhere[0], None
    if key in everywhere.talking:
        return Status.INTERVIEWING, everywhere.talking[key], None
    if is_self_only(contact, rejection):
        return Status.SELF_ONLY, None, None
    return Status.ACTIVE, None, None


def _asked_to_stop(contact: Contact, key: str, everywhere: Everywhere) -> bool:
    if key in everywhere.stopped_companies:
        return True
    if not everywhere.stopped_people:
        return False
    return any(each in everywhere.stopped_people for each in identities(contact))


def _own_status(
    contact: Contact, events: tuple[Event, ...], as_of: dt.date
) -> Found | None:
    """Give what the person's own history says about going on at all."""
    ended = unreachable = paused = None
    for event in events:
        if event.event is _K.ENDED:
            ended = event
        elif event.event in (_K.BOUNCED, _K.LEFT):
            unreachable = event
        elif event.event is _K.MOVED:
            unreachable = None
        elif event.event is _K.PAUSED:
            paused = event
        elif event.event is _K.RESUMED:
            ended = unreachable = paused = None
    if ended:
        return Status.ENDED, ended.date, None
    if unreachable and not _reachable_again(contact, unreachable):
        return Status.UNREACHABLE, unreachable.date, None
    if paused and (paused.until is None or as_of < paused.until):
        return Status.PAUSED, paused.date, paused.until
    return None


def _reachable_again(contact: Contact, event: Event) -> bool:
    """Say whether the file has another address than the one that died."""
    if not contact.email or not event.address:
        return False
    return contact.email.casefold() != event.address.casefold()


def _resting(
    events: tuple[Event, ...], rejection: Rejection | None, everywhere: Everywhere
) -> bool:
    if (
        everywhere.elsewhere is None
        or everywhere.elsewhere[1] is not ElsewhereMode.CLOSE
    ):
        return False
    since = everywhere.elsewhere[0]
    if rejection and rejection.rejected_on > since:
        return False
    return not any(e.event is _K.RESUMED and e.date >= since for e in events)


def is_self_only(contact: Contact, rejection: Rejection | None) -> bool:
    """Say whether only the self-assessment comes (rule R8, or no name to write to)."""
    if not contact.name:
        return True
    if contact.cadence is not None or rejection is None:
        return False
    return (
        rejection.stage in (Stage.APPLICATION, Stage.SCREENING)
        or rejection.introduced_by is IntroducedBy.AGENCY
        or contact.role is Role.AGENCY
    )
