"""The calendar file (RFC 5545): what comes, by day, made by the icalendar library.

The same follow-up has the same UID in every file, so that a later import moves it in
place of doubling it. It holds names and is the user's alone.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence

from pipeline import __version__
from pipeline.model import Step, Titles, Touch

RENEW_AFTER = dt.timedelta(days=30)
_WHAT = {
    Step.SELF_ASSESSMENT: "Look back",
    Step.CHECK_IN: "Short mail",
    Step.PORTFOLIO_NOTE: "Document with a few lines",
    Step.YOUR_CALL: "Go on, slow down or let it rest",
}


def calendar(
    futures: Iterable[Sequence[Touch]], *, as_of: dt.date, titles: Titles
) -> bytes:
    """Give the file: a day for each follow-up, and one that asks for renewal."""
    from icalendar import Alarm, Calendar, Event  # noqa: PLC0415 - slow to import

    made = Calendar()
    made.add("prodid", f"-//Not Yet//{__version__}//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", "Not Yet")
    stamp = dt.datetime.combine(as_of, dt.time(), dt.UTC)
    touches = sorted(
        (touch for future in futures for touch in future),
        key=lambda touch: (touch.assumed_on or touch.target_on, touch.key),
    )
    for touch in touches:
        day = touch.assumed_on or touch.target_on
        entry = Event()
        entry.add("uid", uid(touch.key))
        entry.add("dtstamp", stamp)
        entry.add("sequence", as_of.toordinal())
        entry.add("dtstart", day)
        entry.add("dtend", day + dt.timedelta(days=1))
        entry.add("summary", _summary(touch, titles))
        entry.add("transp", "TRANSPARENT")
        made.add_component(entry)
    renewal = Event()
    renewal.add("uid", uid("renew"))
    renewal.add("dtstamp", stamp)
    renewal.add("sequence", as_of.toordinal())
    renewal.add("dtstart", as_of + RENEW_AFTER)
    renewal.add("summary", "Not Yet: make this calendar anew (`notyet calendar`)")
    renewal.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "The dates in this calendar are a month old")
    alarm.add("trigger", dt.timedelta(hours=9))
    renewal.add_component(alarm)
    made.add_component(renewal)
    data: bytes = made.to_ical()
    return data


def uid(key: str) -> str:
    """Give the lasting name of an entry; it does not show the person's."""
    return f"{hashlib.sha256(key.encode()).hexdigest()[:32]}@not-yet"


def _summary(touch: Touch, titles: Titles) -> str:
    if titles is Titles.INITIALS:
        initials = " ".join(f"{word[0]}." for word in touch.name.split())
        return f"{_WHAT[touch.step]}: {initials}".rstrip(": ")
    whom = ", ".join(filter(None, (touch.name, touch.company)))
    return f"{_WHAT[touch.step]}: {whom}"
