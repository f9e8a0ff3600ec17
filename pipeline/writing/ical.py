"""The calendar file (RFC 5545): what comes, by day, made by the icalendar library.

The same follow-up has the same UID in every file, so that a later import moves it in
place of doubling it. It holds names and is the user's alone.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pipeline import __version__
from pipeline.model import Step, Titles, Touch

if TYPE_CHECKING:
    from icalendar import Event

RENEW_AFTER = dt.timedelta(days=30)
_WHAT = {
    Step.SELF_ASSESSMENT: "Look back",
    Step.CHECK_IN: "Short mail",
    Step.PORTFOLIO_NOTE: "Document with a few lines",
    Step.YOUR_CALL: "Go on, slow down or let it rest",
}
PRODUCT = "-//Not Yet//"  # how a file of ours is known again


def calendar(
    futures: Iterable[Sequence[Touch]], *, as_of: dt.date, titles: Titles
) -> bytes:
    """Give the file: a day for each follow-up, and one that asks for renewal."""
    from icalendar import Alarm, Calendar  # noqa: PLC0415 - slow to import

    made = Calendar()
    made.add("prodid", f"{PRODUCT}{__version__}//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", "Not Yet")
    touches = sorted(
        (touch for future in futures for touch in future),
        key=lambda touch: (touch.assumed_on or touch.target_on, touch.key),
    )
    for touch in touches:
        day = touch.assumed_on or touch.target_on
        entry = _entry(touch.key, day, _summary(touch, titles), as_of)
        made.add_component(entry)
    what = "Not Yet: make this calendar anew (`./notyet calendar`)"
    renewal = _entry("renew", as_of + RENEW_AFTER, what, as_of)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "The dates in this calendar are a month old")
    alarm.add("trigger", dt.timedelta(hours=9))
    renewal.add_component(alarm)
    made.add_component(renewal)
    data: bytes = made.to_ical()
    return data


def _entry(key: str, day: dt.date, summary: str, as_of: dt.date) -> "Event":
    """Give a whole day that leaves its hours free; made later, it replaces itself."""
    from icalendar import Event  # noqa: PLC0415 - slow to import

    entry = Event()
    entry.add("uid", uid(key))
    entry.add("dtstamp", dt.datetime.combine(as_of, dt.time(), dt.UTC))
    entry.add("sequence", as_of.toordinal())
    entry.add("dtstart", day)
    entry.add("dtend", day + dt.timedelta(days=1))
    entry.add("summary", summary)
    entry.add("transp", "TRANSPARENT")
    return entry


def uid(key: str) -> str:
    """Give the lasting name of an entry; it does not show the person's."""
    return f"{hashlib.sha256(key.encode()).hexdigest()[:32]}@not-yet"


def _summary(touch: Touch, titles: Titles) -> str:
    if titles is Titles.INITIALS:
        initials = " ".join(f"{word[0]}." for word in touch.name.split())
        return f"{_WHAT[touch.step]}: {initials}".rstrip(": ")
    whom = ", ".join(filter(None, (touch.name, touch.company)))
    return f"{_WHAT[touch.step]}: {whom}"
