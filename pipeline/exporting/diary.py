"""What happened, day by day, as a calendar file (RFC 5545); pure.

What is still to come is the business of `writing.ical`.
"""

import datetime as dt
from collections.abc import Iterator, Mapping

from msgspec import Struct

from pipeline import __version__
from pipeline.model import Event, EventKind, Workspace
from pipeline.writing.ical import uid

_K = EventKind
SAID: Mapping[EventKind, str] = {
    _K.ASSESSED: "Looked back",
    _K.SENT: "Wrote",
    _K.SKIPPED: "Left out",
    _K.SNOOZED: "Put off",
    _K.UNDONE: "Took back",
    _K.REPLIED: "Answered",
    _K.WAIT_UNTIL: "Asked to wait",
    _K.REFERRED: "Sent me on",
    _K.INTERVIEW: "Interview",
    _K.OFFER: "Offer",
    _K.HIRED_HERE: "Hired here",
    _K.HIRED_ELSEWHERE: "Hired elsewhere",
    _K.ENDED: "Let rest",
    _K.SLOWED: "Slowed down",
    _K.GOING_ON: "Going on",
    _K.PAUSED: "Paused",
    _K.RESUMED: "Resumed",
    _K.STOP: "Asked not to be written to",
    _K.BOUNCED: "Address no longer works",
    _K.LEFT: "Left",
    _K.MOVED: "Moved",
    _K.SHARED: "Has a document",
    _K.NOTE: "Note",
    _K.AWAY: "Away",
    _K.BACK: "Back",
}
_DETAILS = ("until", "tone", "document", "company", "address", "reason", "text")


class Entry(Struct, frozen=True):
    """One day of the diary."""

    name: str
    day: dt.date
    title: str
    details: str = ""


def diary(workspace: Workspace, as_of: dt.date) -> bytes:
    """Give the calendar file of everything recorded and every no."""
    from icalendar import Calendar  # noqa: PLC0415 - slow to import
    from icalendar import Event as Component  # noqa: PLC0415

    made = Calendar()
    made.add("prodid", f"-//Not Yet//{__version__}//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", "Not Yet: what happened")
    stamp = dt.datetime.combine(as_of, dt.time(), dt.UTC)
    for entry in sorted(entries(workspace), key=lambda each: (each.day, each.name)):
        component = Component()
        component.add("uid", uid(entry.name))
        component.add("dtstamp", stamp)
        component.add("dtstart", entry.day)
        component.add("dtend", entry.day + dt.timedelta(days=1))
        component.add("summary", entry.title)
        if entry.details:
            component.add("description", entry.details)
        component.add("transp", "TRANSPARENT")
        made.add_component(component)
    data: bytes = made.to_ical()
    return data


def entries(workspace: Workspace) -> Iterator[Entry]:
    """Give every day of the diary, by person."""
    for number, event in enumerate(workspace.settings.history):
        yield _entry(f"you/{number}", "", event)
    for slug, contact in workspace.contacts.items():
        whom = contact.name or contact.company
        for number, rejection in enumerate(contact.rejections):
            at = rejection.company or contact.company
            yield Entry(
                f"{slug}/no/{number}",
                rejection.rejected_on,
                f"A no: {rejection.position}, {at}",
            )
        for number, event in enumerate(contact.history):
            yield _entry(f"{slug}/{number}", whom, event)


def _entry(name: str, whom: str, event: Event) -> Entry:
    title = f"{SAID[event.event]}: {whom}" if whom else SAID[event.event]
    told = ((field, getattr(event, field)) for field in _DETAILS)
    details = "\n".join(f"{field}: {value}" for field, value in told if value)
    return Entry(name, event.date, title, details)
