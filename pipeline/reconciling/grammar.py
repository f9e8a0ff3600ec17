"""Commands in comments: the one table of them, and how a comment is read.

Only lines before the first that is neither a command nor blank count, and never quoted
ones. What cannot be understood is answered with what to write; nothing is guessed.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence

from msgspec import Struct

from pipeline.model import (
    Channel,
    ElsewhereMode,
    Event,
    EventKind,
    StopScope,
    Tone,
)
from pipeline.reconciling.when import EXAMPLES, Unclear, read_day

_K = EventKind
ISSUE, DESK = "issue", "desk"


class Command(Struct, frozen=True):
    """One row of the table: what to write, what it does, an example."""

    verb: str
    usage: str
    help: str
    example: str
    kind: EventKind | None = None
    where: tuple[str, ...] = (ISSUE, DESK)


COMMANDS: tuple[Command, ...] = (
    Command(
        "sent",
        "/sent [date] [via post|email|linkedin] [with DOCUMENT]",
        "you sent it, on that day",
        "/sent yesterday via post",
        _K.SENT,
    ),
    Command("skip", "/skip [reason]", "not this one", "/skip on leave", _K.SKIPPED),
    Command(
        "snooze", "/snooze 3w|DATE", "put it before me then", "/snooze 3w", _K.SNOOZED
    ),
    Command(
        "replied",
        "/replied [warm|neutral|not now] [text]",
        "they answered",
        "/replied warm planning opens in September",
        _K.REPLIED,
    ),
    Command(
        "wait",
        "/wait until DATE",
        "they asked you to write then",
        "/wait until May",
        _K.WAIT_UNTIL,
    ),
    Command(
        "referred",
        "/referred NAME <mail>",
        "they sent you to somebody else",
        "/referred Ana Sol <ana@example.com>",
        _K.REFERRED,
    ),
    Command("interview", "/interview", "you are talking", "/interview", _K.INTERVIEW),
    Command("offer", "/offer", "they made an offer", "/offer", _K.OFFER),
    Command(
        "hired",
        "/hired [elsewhere [keep|light|close]]",
        "they hired you; or somebody else did",
        "/hired",
        _K.HIRED_HERE,
    ),
    Command("bounced", "/bounced", "the mail came back", "/bounced", _K.BOUNCED),
    Command("left", "/left", "they left the company", "/left", _K.LEFT),
    Command(
        "moved",
        "/moved COMPANY",
        "they work elsewhere now",
        "/moved Example AG",
        _K.MOVED,
    ),
    Command(
        "shared",
        "/shared DOCUMENT",
        "they have this document already",
        "/shared one-source",
        _K.SHARED,
    ),
    Command("go", "/go", "go on as before", "/go", _K.GOING_ON),
    Command("slow", "/slow", "once a year from here", "/slow", _K.SLOWED),
    Command(
        "pause",
        "/pause [until DATE]",
        "nothing until then",
        "/pause until 1 March",
        _K.PAUSED,
    ),
    Command("end", "/end [reason]", "let it rest", "/end not my field now", _K.ENDED),
    Command("resume", "/resume", "go on again", "/resume", _K.RESUMED),
    Command(
        "stop",
        "/stop [company]",
        "they asked not to be written to; final",
        "/stop",
        _K.STOP,
    ),
    Command("undo", "/undo", "take the last entry back", "/undo", _K.UNDONE),
    Command("note", "/note text", "for you alone", "/note met her in Graz", _K.NOTE),
    Command(
        "away",
        "/away until DATE",
        "no new messages until you are back",
        "/away until 1 September",
        _K.AWAY,
        (DESK,),
    ),
    Command("back", "/back", "you are back", "/back", _K.BACK, (DESK,)),
    Command(
        "reject",
        "/reject COMPANY; POSITION; NAME; MAIL; DATE",
        "write a new rejection down",
        "/reject Example GmbH; Editor; Jana Muster; jana@example.com; yesterday",
        None,
        (DESK,),
    ),
    Command(
        "me",
        "/me NAME; MAIL; ZONE",
        "who signs, and what today is",
        "/me Alex Rivera; alex@example.com; Europe/Berlin",
        None,
        (DESK,),
    ),
)

_TABLE = {command.verb: command for command in COMMANDS}
_ALSO = {"reply": "replied", "skipped": "skip", "snoozed": "snooze", "paused": "pause"}
_ALSO |= {
    "continue": "go",
    "rejected": "reject",
    "refer": "referred",
    "later": "snooze",
}

_LINE = re.compile(r"\s*(?:[-*•]\s+)?/\s?([A-Za-z]+)\b[.:]?(.*)", re.DOTALL)
_MAIL = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>()]+\.[^@\s,;<>()]+")


class Person(Struct, frozen=True):
    """Somebody a command on the front desk can mean."""

    slug: str
    name: str


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


class Order(Struct, frozen=True, kw_only=True):
    """One understood command; `event` has neither its touch nor its source yet."""

    line: int  # within the comment, from 1
    verb: str
    event: Event | None = None
    people: tuple[str, ...] = ()  # on the front desk; several only for /stop
    newcomer: Newcomer | None = None
    me: Me | None = None

    @property
    def undo(self) -> bool:
        """Say whether it takes the last entry back."""
        return self.verb == "undo"

    @property
    def everyone(self) -> bool:
        """Say whether it concerns the user and no single person."""
        return self.event is not None and self.event.event in (
            _K.AWAY,
            _K.BACK,
            _K.HIRED_ELSEWHERE,
        )


class Misread(Struct, frozen=True, kw_only=True):
    """One line that begins like a command and cannot be carried out."""

    line: int
    text: str
    remedy: str  # what to write, without a full stop


class _Misfit(ValueError):  # noqa: N818 - never leaves this module
    """What to write instead."""


def read_comment(
    text: str,
    *,
    today: dt.date,
    documents: Collection[str],
    people: Sequence[Person] | None = None,
) -> tuple[Order | Misread, ...]:
    """Read the commands of a comment said on `today`.

    `people` is given on the front desk alone, where a person has to be named: by
    slug, full name or a first name that nobody else has. Never raises.
    """
    found: list[Order | Misread] = []
    for number, raw in enumerate(text.replace("\u00a0", " ").splitlines(), 1):
        if not raw.strip():
            continue
        match = _LINE.fullmatch(raw)
        if match is None:
            break
        try:
            found.append(
                _order(number, match[1], match[2].strip(), today, documents, people)
            )
        except (_Misfit, Unclear) as misfit:
            found.append(Misread(line=number, text=raw.strip(), remedy=str(misfit)))
    return tuple(found)


def _order(
    line: int,
    word: str,
    rest: str,
    today: dt.date,
    documents: Collection[str],
    people: Sequence[Person] | None,
) -> Order:
    command = _command(word, DESK if people is not None else ISSUE)
    if command.verb in ("reject", "me"):
        read = _reject if command.verb == "reject" else _me
        return read(line, rest, today)
    slugs: tuple[str, ...] = ()
    everyone = command.verb in ("away", "back") or (
        command.verb == "hired" and rest.casefold().startswith("elsewhere")
    )
    if people is not None and not everyone:
        slugs, rest = _who(command, rest, people)
    if command.verb == "undo":
        return Order(line=line, verb="undo", people=slugs)
    if command.verb == "referred":
        return _referred(line, rest, today, slugs)
    assert command.kind is not None
    event = _READERS[command.verb](rest, today, documents)
    return Order(line=line, verb=command.verb, event=event, people=slugs)


def _command(word: str, where: str) -> Command:
    verb = word.casefold()
    command = _TABLE.get(_ALSO.get(verb, verb))
    if command is None:
        import difflib  # noqa: PLC0415 - only for mistakes

        near = difflib.get_close_matches(verb, _TABLE, 1, 0.6)
        if near:
            raise _Misfit(f"did you mean `{_TABLE[near[0]].usage}`")
        verbs = ", ".join(f"/{each.verb}" for each in COMMANDS if where in each.where)
        raise _Misfit(f"there is no such command; write one of {verbs}")
    if where not in command.where:
        raise _Misfit("write this on the front desk")
    return command


# --- whom a line means ---------------------------------------------------------


def _who(
    command: Command, rest: str, people: Sequence[Person]
) -> tuple[tuple[str, ...], str]:
    """Take the person from the beginning of a line; give slugs and what is left."""
    words = rest.split()
    for count in range(min(len(words), 6), 0, -1):
        named = fold(" ".join(words[:count]).strip(",:;"))
        slugs = [p.slug for p in people if named in (p.slug, fold(p.name))]
        if not slugs and count == 1:
            slugs = [p.slug for p in people if named == fold(p.name).split(" ")[0]]
        if slugs:
            if len(slugs) > 1 and command.verb != "stop":
                raise _Misfit(f"write which one: {', '.join(slugs)}")
            return tuple(slugs), " ".join(words[count:])
    raise _Misfit(f"write whom you mean after the command, like `/{command.verb} NAME`")


def fold(name: str) -> str:
    """Give a name without accents, case and doubled blanks, for comparing."""
    plain = unicodedata.normalize("NFKD", name)
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(kept.casefold().split())


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
            raise _Misfit("write `via email`, `via post` or `via linkedin`")
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
        raise _Misfit(f"there is no document `{name}`; {hint}")
    return name


def _replied(rest: str, today: dt.date, _: Collection[str]) -> Event:
    found = re.match(r"(warm|neutral|not[ _-]now)\b[,.:;]?\s*", rest, re.IGNORECASE)
    tone = None
    if found:
        tone = Tone(re.sub(r"[ -]", "_", found[1].casefold()))
        rest = rest[found.end() :]
    return Event(date=today, event=_K.REPLIED, tone=tone, text=rest or None)


def _until(kind: EventKind, *, needed: bool) -> "_Reader":
    def read(rest: str, today: dt.date, _: Collection[str]) -> Event:
        if not rest and needed:
            raise _Misfit(f"write until when, like {EXAMPLES}")
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
    raise _Misfit("write `/hired`, or `/hired elsewhere keep`, `light` or `close`")


def _stop(rest: str, today: dt.date, _: Collection[str]) -> Event:
    scope = rest.casefold().strip(" .")
    if scope not in ("", "company", "person"):
        raise _Misfit("write `/stop`, or `/stop company` for everyone there")
    wide = StopScope.COMPANY if scope == "company" else StopScope.PERSON
    return Event(date=today, event=_K.STOP, scope=wide)


def _with_text(
    kind: EventKind, field: str, *, needed: bool, what: str = ""
) -> "_Reader":
    def read(rest: str, today: dt.date, _: Collection[str]) -> Event:
        if needed and not rest:
            raise _Misfit(f"write {what} after the command")
        event = Event(date=today, event=kind)
        if not rest:
            return event
        from msgspec.structs import replace  # noqa: PLC0415

        return replace(event, **{field: rest})

    return read


def _plain(kind: EventKind) -> "_Reader":
    def read(rest: str, today: dt.date, _: Collection[str]) -> Event:
        if rest.strip(" .,;:-"):
            raise _Misfit(
                f"nothing belongs behind it; for `{rest}` write `/note {rest}`"
            )
        return Event(date=today, event=kind)

    return read


def _shared(rest: str, today: dt.date, documents: Collection[str]) -> Event:
    if not rest:
        raise _Misfit("write the document's name in portfolio/ after the command")
    return Event(date=today, event=_K.SHARED, document=_document(rest, documents))


_Reader = Callable[[str, dt.date, Collection[str]], Event]

_READERS: dict[str, _Reader] = {
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


def _referred(line: int, rest: str, today: dt.date, slugs: tuple[str, ...]) -> Order:
    mail = _MAIL.search(rest)
    name = _MAIL.sub("", rest).strip(" ,;<>()[]")
    if not name:
        raise _Misfit("write the name of the person you were sent to, and their mail")
    return Order(
        line=line,
        verb="referred",
        event=Event(date=today, event=_K.REFERRED),
        people=slugs,
        newcomer=Newcomer(name=name, email=mail[0] if mail else None),
    )


def _reject(line: int, rest: str, today: dt.date) -> Order:
    usage = _TABLE["reject"].usage
    parts = [part.strip(" <>") for part in rest.split(";")]
    company, position, name, mail, day = (*parts, "", "", "", "")[:5]
    if not company or not position or len(parts) > 5:
        raise _Misfit(f"write it as `{usage}`; company and position are needed")
    if mail and not _MAIL.fullmatch(mail):
        raise _Misfit(f"`{mail}` is no mail address; write it as `{usage}`")
    return Order(
        line=line,
        verb="reject",
        newcomer=Newcomer(
            name=name,
            email=mail or None,
            company=company,
            position=position,
            rejected_on=read_day(day, today, ahead=False) if day else today,
        ),
    )


def _me(line: int, rest: str, today: dt.date) -> Order:
    del today
    name, mail, zone = ([part.strip() for part in rest.split(";")] + ["", "", ""])[:3]
    if not name or (mail and not _MAIL.fullmatch(mail)):
        raise _Misfit(f"write it as `{_TABLE['me'].usage}`")
    return Order(line=line, verb="me", me=Me(name, mail, zone))


def usages(where: str) -> Iterator[Command]:
    """Give the commands that can be said somewhere, in the order of the table."""
    return (command for command in COMMANDS if where in command.where)
