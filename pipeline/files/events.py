"""The one table of events, and how an event stands in a file.

What may stand in a history, which fields belong to which event, and what it means are
said here once; the schema, the commands' help and the reference pages read it.
"""

import datetime as dt
import json
import re
from collections.abc import Mapping
from operator import attrgetter

from msgspec import Struct

from pipeline.model import Event, EventKind, Step

CONTACT = "contact"
SETTINGS = "settings"


class EventSpec(Struct, frozen=True):
    """What belongs to one kind of event, beside `date`, `event` and `source`."""

    effect: str  # on the person's next message, in words for the reference
    command: str = ""  # how it is said in a comment
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    where: tuple[str, ...] = (CONTACT,)


_K = EventKind
EVENTS: Mapping[EventKind, EventSpec] = {
    _K.ASSESSED: EventSpec(
        "none; what they needed most helps to choose documents",
        required=("touch",),
        optional=("text", "needs"),
    ),
    _K.SENT: EventSpec(
        "the next one counts from this day; one more without an answer",
        "/sent",
        optional=("touch", "channel", "document", "sha256"),
    ),
    _K.SKIPPED: EventSpec(
        "the next one counts from this day, or from the day it could have been sent",
        "/skip",
        required=("touch",),
        optional=("reason",),
    ),
    _K.SNOOZED: EventSpec(
        "it comes back on that day", "/snooze", required=("touch", "until")
    ),
    _K.UNDONE: EventSpec(
        "takes another event back",
        "/undo",
        required=("of",),
        where=(CONTACT, SETTINGS),
    ),
    _K.REPLIED: EventSpec(
        "the count of messages without an answer starts anew; warm: 4 to 6 months "
        "until the next; not now: the gentle rhythm from here",
        "/replied",
        optional=("tone", "text"),
    ),
    _K.WAIT_UNTIL: EventSpec(
        "the next one within a month from that day", "/wait until", required=("until",)
    ),
    _K.REFERRED: EventSpec(
        "a new person; this one hears from you once a year",
        "/referred",
        required=("to",),
    ),
    _K.INTERVIEW: EventSpec(
        "nothing to anyone at this company until it is decided", "/interview"
    ),
    _K.OFFER: EventSpec(
        "nothing to anyone at this company until it is decided", "/offer"
    ),
    _K.HIRED_HERE: EventSpec("everything at this company ends, won", "/hired"),
    _K.HIRED_ELSEWHERE: EventSpec(
        "for everyone: as before, once a year, or not at all",
        "/hired elsewhere",
        optional=("mode",),
        where=(CONTACT, SETTINGS),
    ),
    _K.ENDED: EventSpec(
        "nothing until you resume", "/end", optional=("reason", "touch")
    ),
    _K.SLOWED: EventSpec(
        "once a year from the same day; the count of messages without an answer "
        "starts anew",
        "/slow",
        optional=("touch",),
    ),
    _K.GOING_ON: EventSpec(
        "as before; the count of messages without an answer starts anew",
        "/go",
        optional=("touch",),
    ),
    _K.PAUSED: EventSpec(
        "nothing in between; the dates stay",
        "/pause until",
        optional=("until", "reason"),
    ),
    _K.RESUMED: EventSpec("goes on as planned", "/resume"),
    _K.STOP: EventSpec(
        "nothing ever again to this person, or to anyone there",
        "/stop",
        optional=("scope",),
    ),
    _K.BOUNCED: EventSpec(
        "nothing until the address is another", "/bounced", optional=("address",)
    ),
    _K.LEFT: EventSpec(
        "nothing until you know where they went", "/left", optional=("address",)
    ),
    _K.MOVED: EventSpec(
        "congratulations within a month; the new company counts",
        "/moved",
        required=("company",),
    ),
    _K.SHARED: EventSpec(
        "none; they have that document", "/shared", required=("document",)
    ),
    _K.NOTE: EventSpec("none", "/note", required=("text",)),
    _K.AWAY: EventSpec(
        "no message is put before you until that day",
        "/away until",
        required=("until",),
        where=(SETTINGS,),
    ),
    _K.BACK: EventSpec("you are back", "/back", where=(SETTINGS,)),
}

# Which steps an event may conclude.
CONCLUDES: Mapping[EventKind, tuple[Step, ...]] = {
    _K.ASSESSED: (Step.SELF_ASSESSMENT,),
    _K.SENT: (Step.CHECK_IN, Step.PORTFOLIO_NOTE),
    _K.GOING_ON: (Step.YOUR_CALL,),
    _K.SLOWED: (Step.YOUR_CALL,),
    _K.ENDED: (Step.YOUR_CALL,),
}

ALWAYS = ("date", "event", "source")

_NOT_GIVEN = (None, ())
# The fields that do not belong to an event, and how to get all of them at once.
_FOREIGN = {
    kind: tuple(
        name
        for name in Event.__struct_fields__
        if name not in (*ALWAYS, *spec.required, *spec.optional)
    )
    for kind, spec in EVENTS.items()
}
_foreign_of = {kind: attrgetter(*names) for kind, names in _FOREIGN.items()}
_NOTHING_FOREIGN = {
    kind: get(Event(date=dt.date.min, event=kind)) for kind, get in _foreign_of.items()
}


def problem_with(event: Event) -> tuple[str, str, str] | None:
    """Say which field of an event is wrong: field, message, remedy; or None."""
    kind = event.event
    spec = EVENTS[kind]
    if _foreign_of[kind](event) != _NOTHING_FOREIGN[kind]:
        fits = ", ".join((*spec.required, *spec.optional)) or "none but date"
        for name in _FOREIGN[kind]:
            if getattr(event, name) not in _NOT_GIVEN:
                return name, f"does not belong to `{kind}`", f"its fields: {fits}"
    for name in spec.required:
        if getattr(event, name) in _NOT_GIVEN:
            return name, f"missing in `{kind}`", f"add `{name}: ...`"
    concludes = CONCLUDES.get(kind)
    if event.touch and concludes and event.touch.step not in concludes:
        steps = " or ".join(f"{step}/1" for step in concludes)
        got = f"`{kind}` cannot conclude this (got '{event.touch}')"
        return "touch", got, f"write {steps}"
    return None


# --- as it stands in a file ----------------------------------------------------

# Words that are the same text under YAML 1.1 and 1.2 without quotation marks.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*(?:/[0-9]+)?")
_NOT_TEXT = frozenset(
    ["y", "n", "yes", "no", "true", "false", "on", "off", "null", "nan", "inf"]
)
# Line breaks for YAML 1.1 that JSON leaves as they are.
_BREAKS = {ord(c): f"\\u{ord(c):04x}" for c in "\x7f\x85\u2028\u2029\ufeff"}


def write_scalar(text: str) -> str:
    """Write a text so that every YAML reader gives exactly it back."""
    if _PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT:
        return text
    return json.dumps(text, ensure_ascii=False).translate(_BREAKS)


def write_event(event: Event) -> str:
    """Write an event as the one-line flow mapping that stands in a history."""
    parts = []
    for name in event.__struct_fields__:
        value = getattr(event, name)
        if value is None or value == ():
            continue
        if isinstance(value, tuple):
            text = f"[{', '.join(map(write_scalar, value))}]"
        elif name in ("date", "until"):
            text = value.isoformat()
        else:
            text = write_scalar(str(value))
        parts.append(f"{name}: {text}")
    return f"{{{', '.join(parts)}}}"
