"""What a line says after its verb: an event, or a person to write down.

Nothing is guessed: what does not fit is answered with what to write instead. Neither
the person meant nor the place where it was said matters here.
"""

import datetime as dt
import re
from collections.abc import Callable, Collection

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import (
    Channel,
    ElsewhereMode,
    Event,
    EventKind,
    StopScope,
    Tone,
)
from pipeline.planning.days import is_zone
from pipeline.reconciling.vocabulary import TABLE
from pipeline.reconciling.when import EXAMPLES, read_day

_K = EventKind
MAIL = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>()]+\.[^@\s,;<>()]+")


class Newcomer(Struct, frozen=True):
    """A person, or a rejection of a known one, that a command brings in."""

    name: str
    email: str | None = None
    company: str = ""
    position: str = ""
    rejected_on: dt.date | None = None  # None: they were referred


class Me(Struct, frozen=True):
    """What `/me` says; "" leaves it as it is."""

    name: str
    email: str = ""
    timezone: str = ""


class Misfit(ValueError):  # noqa: N818 - caught by `grammar`
    """What to write instead."""


# --- what a line says ----------------------------------------------------------


def _sent(rest: str, today: dt.date, documents: Collection[str]) -> Event:
    rest, document = _cut(rest, "with")
    rest, via = _cut(rest, "via")
    if not document:
        rest, document = _cut(rest, "with")
    channel = None
    if via:
        channel = {"mail": Channel.EMAIL, "letter": Channel.POST}.get(via.casefold())
        channel = channel or Channel._value2member_map_.get(via.casefold())  # type: ignore[assignment] # values of an enum
        if channel is None:
            raise Misfit("write `via email`, `via post` or `via linkedin`")
    if document:
        document = _document(document, documents)
    day = read_day(rest, today, ahead=False) if rest else today
    return Event(date=day, event=_K.SENT, channel=channel, document=document or None)


def _cut(text: str, word: str) -> tuple[str, str]:
    """Take `word SOMETHING` from the end of a text."""
    found = re.fullmatch(rf"(.*?)(?:^|\s){word}\s+(\S+)\s*", text, re.IGNORECASE)
    return (found[1].strip(), found[2]) if found else (text, "")


def _document(text: str, documents: Collection[str]) -> str:
    name = text.strip().strip("`\"'").casefold().removesuffix(".yml")
    if name not in documents:
        import difflib  # noqa: PLC0415 - only for mistakes

        near = difflib.get_close_matches(name, documents, 1, 0.5)
        hint = f"did you mean `{near[0]}`" if near else "write its name in portfolio/"
        raise Misfit(f"there is no document `{name}`; {hint}")
    return name


def _replied(rest: str, today: dt.date, _: Collection[str]) -> Event:
    found = re.match(r"(warm|neutral|not[ _-]now)\b[,.:;]?\s*", rest, re.IGNORECASE)
    tone = None
    if found:
        tone = Tone(re.sub(r"[ -]", "_", found[1].casefold()))
        rest = rest[found.end() :]
    return Event(date=today, event=_K.REPLIED, tone=tone, text=rest or None)


def _until(kind: EventKind, *, needed: bool) -> "Reader":
    def read(rest: str, today: dt.date, _: Collection[str]) -> Event:
        if not rest and needed:
            raise Misfit(f"write until when, like {EXAMPLES}")
        day = read_day(rest, today, ahead=True) if rest else None
        return Event(date=today, event=kind, until=day)

    return read


def _hired(rest: str, today: dt.date, _: Collection[str]) -> Event:
    words = rest.casefold().split()
    if not words:
        return Event(date=today, event=_K.HIRED_HERE)
    if words[0] == "elsewhere" and len(words) <= 2:
        mode = words[1] if len(words) == 2 else "keep"
        if mode in ElsewhereMode._value2member_map_:
            return Event(date=today, event=_K.HIRED_ELSEWHERE, mode=ElsewhereMode(mode))
    raise Misfit("write `/hired`, or `/hired elsewhere keep`, `light` or `close`")


def _stop(rest: str, today: dt.date, _: Collection[str]) -> Event:
    scope = rest.casefold().strip(" .")
    if scope not in ("", "company", "person"):
        raise Misfit("write `/stop`, or `/stop company` for everyone there")
    wide = StopScope.COMPANY if scope == "company" else StopScope.PERSON
    return Event(date=today, event=_K.STOP, scope=wide)


def _with_text(
    kind: EventKind, field: str, *, needed: bool, what: str = ""
) -> "Reader":
    def read(rest: str, today: dt.date, _: Collection[str]) -> Event:
        if needed and not rest:
            raise Misfit(f"write {what} after the command")
        event = Event(date=today, event=kind)
        if not rest:
            return event
        return replace(event, **{field: rest})

    return read


def _plain(kind: EventKind) -> "Reader":
    def read(rest: str, today: dt.date, _: Collection[str]) -> Event:
        if rest.strip(" .,;:-"):
            raise Misfit(
                f"nothing belongs behind it; for `{rest}` write `/note {rest}`"
            )
        return Event(date=today, event=kind)

    return read


def _shared(rest: str, today: dt.date, documents: Collection[str]) -> Event:
    if not rest:
        raise Misfit("write the document's name in portfolio/ after the command")
    return Event(date=today, event=_K.SHARED, document=_document(rest, documents))


Reader = Callable[[str, dt.date, Collection[str]], Event]

READERS: dict[str, Reader] = {
    "sent": _sent,
    "skip": _with_text(_K.SKIPPED, "reason", needed=False),
    "snooze": _until(_K.SNOOZED, needed=True),
    "replied": _replied,
    "wait": _until(_K.WAIT_UNTIL, needed=True),
    "interview": _plain(_K.INTERVIEW),
    "offer": _plain(_K.OFFER),
    "hired": _hired,
    "bounced": _plain(_K.BOUNCED),
    "left": _plain(_K.LEFT),
    "moved": _with_text(_K.MOVED, "company", needed=True, what="the new company"),
    "shared": _shared,
    "go": _plain(_K.GOING_ON),
    "slow": _plain(_K.SLOWED),
    "pause": _until(_K.PAUSED, needed=False),
    "end": _with_text(_K.ENDED, "reason", needed=False),
    "resume": _plain(_K.RESUMED),
    "stop": _stop,
    "note": _with_text(_K.NOTE, "text", needed=True, what="the text"),
    "away": _until(_K.AWAY, needed=True),
    "back": _plain(_K.BACK),
}


def read_referred(rest: str) -> Newcomer:
    """Read whom somebody was sent on to."""
    mail = MAIL.search(rest)
    name = MAIL.sub("", rest).strip(" ,;<>()[]")
    if not name:
        raise Misfit("write the name of the person you were sent to, and their mail")
    return Newcomer(name=name, email=mail[0] if mail else None)


def read_rejection(rest: str, today: dt.date) -> Newcomer:
    """Read who said no, about what, and when; the day is today if none is given."""
    usage = TABLE["reject"].usage
    parts = [part.strip(" <>") for part in rest.split(";")]
    company, position, name, mail, day = (*parts, "", "", "", "")[:5]
    if not company or not position or len(parts) > 5:
        raise Misfit(f"write it as `{usage}`; company and position are needed")
    if mail and not MAIL.fullmatch(mail):
        raise Misfit(f"`{mail}` is no mail address; write it as `{usage}`")
    return Newcomer(
        name=name,
        email=mail or None,
        company=company,
        position=position,
        rejected_on=read_day(day, today, ahead=False) if day else today,
    )


def read_me(rest: str) -> Me:
    """Read who signs, and the time zone."""
    name, mail, zone = ([part.strip() for part in rest.split(";")] + ["", "", ""])[:3]
    if not name or (mail and not MAIL.fullmatch(mail)):
        raise Misfit(f"write it as `{TABLE['me'].usage}`")
    if zone and not is_zone(zone):
        raise Misfit("write the time zone like Europe/Berlin or America/New_York")
    return Me(name, mail, zone)
