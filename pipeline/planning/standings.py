"""How things stand with a person on a day: going on, resting, ended, or stopped.

Derived from the histories each time; dates of follow-ups are not its business.
"""

import datetime as dt

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
    Workspace,
)
from pipeline.planning.companies import company_key
from pipeline.planning.everywhere import Everywhere
from pipeline.planning.history import company_on, rejection_in_force, silence
from pipeline.planning.stops import identities, is_stopped

_K = EventKind
_SENT, _MOVED, _STOP = _K.SENT, _K.MOVED, _K.STOP  # asked for everyone
_ACTIVE, _SELF_ONLY = Status.ACTIVE, Status.SELF_ONLY
_BELOW_INTERVIEW = frozenset({Stage.APPLICATION, Stage.SCREENING})
_AGENCY, _BY_AGENCY = Role.AGENCY, IntroducedBy.AGENCY


def standing(
    contact: Contact, workspace: Workspace, everywhere: Everywhere, as_of: dt.date
) -> Standing:
    """Give how things stand with one person on a day."""
    events = everywhere.in_force[contact.slug]
    rejection = rejection_in_force(contact, as_of)
    kinds = {event.event for event in events}
    moved = _MOVED in kinds
    company = company_on(contact, events, as_of) if moved else contact.company
    own = _NOTHING if _TURNS.isdisjoint(kinds) else _Own.of(events)
    if _STOP in kinds or _is_stopped(contact, company, workspace, everywhere):
        status, since = Status.STOPPED, None
    else:
        status, since = _status(contact, own, rejection, company, everywhere)
    paused = own.paused
    if paused and status is _ACTIVE and _lasts(paused, as_of):
        status, since = Status.PAUSED, paused.date
    return Standing(
        slug=contact.slug,
        status=status,
        since=since,
        until=paused.until if paused else None,
        rejection=rejection,
        company=company,
        in_force=events,
        messages=tuple([e for e in events if e.event is _SENT]),
        silent=silence(events),
        cadence=base_cadence(contact, workspace.settings),
    )


def base_cadence(contact: Contact, settings: Settings) -> str:
    """Give the name of the cadence before any event asks for a slower one."""
    return contact.cadence or settings.cadence


class _Own(Struct, frozen=True):
    """What the person's own history says about going on at all."""

    ended: Event | None = None
    dead: tuple[Event, ...] = ()  # addresses that no longer work
    paused: Event | None = None
    resumed: Event | None = None

    @classmethod
    def of(cls, events: tuple[Event, ...]) -> "_Own":
        """Read what holds at the end of a history."""
        ended = paused = resumed = None
        dead: tuple[Event, ...] = ()
        for event in events:
            if event.event is _K.ENDED:
                ended = event
            elif event.event in (_K.BOUNCED, _K.LEFT):
                dead = (*dead, event)
            elif event.event is _K.MOVED:
                dead = ()
            elif event.event is _K.PAUSED:
                paused = event
            elif event.event is _K.RESUMED:
                ended, dead, paused, resumed = None, (), None, event
        return cls(ended, dead, paused, resumed)


_NOTHING = _Own()
# What `_Own` looks for, which few have.
_TURNS = frozenset({_K.ENDED, _K.BOUNCED, _K.LEFT, _K.MOVED, _K.PAUSED, _K.RESUMED})


def _lasts(paused: Event, as_of: dt.date) -> bool:
    return paused.until is None or as_of < paused.until


def _is_stopped(
    contact: Contact, company: str, workspace: Workspace, everywhere: Everywhere
) -> bool:
    """Say whether another file, or a wish that was kept, says not to write to them."""
    if company_key(company) in everywhere.stopped_companies:
        return True
    people = everywhere.stopped_people
    if people and any(each in people for each in identities(contact)):
        return True
    return is_stopped(workspace.stopped, contact, company)


def _status(
    contact: Contact,
    own: _Own,
    rejection: Rejection | None,
    company: str,
    everywhere: Everywhere,
) -> tuple[Status, dt.date | None]:
    """Give status and since when, the gravest first; a mere pause is not looked at."""
    key = company_key(company)
    if key in everywhere.hired:
        return Status.WON, everywhere.hired[key]
    if own.ended:
        return Status.ENDED, own.ended.date
    if own.dead and not _reachable_again(contact, own.dead):
        return Status.UNREACHABLE, own.dead[-1].date
    rests_since = _resting(own, rejection, everywhere)
    if rests_since:
        return Status.RESTING, rests_since
    if key in everywhere.talking:
        return Status.INTERVIEWING, everywhere.talking[key]
    return _SELF_ONLY if is_self_only(contact, rejection) else _ACTIVE, None


def _reachable_again(contact: Contact, dead: tuple[Event, ...]) -> bool:
    """Say whether the file has another address than those that died."""
    if not contact.email or not dead[-1].address:
        return False
    address = contact.email.casefold()
    return all(address != each.address.casefold() for each in dead if each.address)


def _resting(
    own: _Own, rejection: Rejection | None, everywhere: Everywhere
) -> dt.date | None:
    """Give since when a person rests because of a job elsewhere, if so."""
    if everywhere.elsewhere is None:
        return None
    since, mode = everywhere.elsewhere
    if mode is not ElsewhereMode.CLOSE or (rejection and rejection.rejected_on > since):
        return None
    return None if own.resumed and own.resumed.date >= since else since


def is_self_only(contact: Contact, rejection: Rejection | None) -> bool:
    """Say whether only the self-assessment comes (rule R8, or no name to write to)."""
    if not contact.name:
        return True
    if contact.cadence is not None or rejection is None:
        return False
    return (
        rejection.stage in _BELOW_INTERVIEW
        or rejection.introduced_by is _BY_AGENCY
        or contact.role is _AGENCY
    )
