"""How a comment is read: its lines ▸ orders, and what could not be understood.

Only lines before the first that is neither a command nor blank count, and never quoted
ones. What cannot be understood is answered with what to write; nothing is guessed.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Sequence

from msgspec import Struct

from pipeline.model import Event, EventKind
from pipeline.planning.history import OF_THE_USER
from pipeline.reconciling.meanings import (
    READERS,
    Me,
    Misfit,
    Newcomer,
    read_me,
    read_referred,
    read_rejection,
)
from pipeline.reconciling.vocabulary import (
    COMMANDS,
    DESK,
    ISSUE,
    TABLE,
    Command,
    command_named,
)
from pipeline.reconciling.when import Unclear

_K = EventKind
_LINE = re.compile(r"\s*(?:[-*•]\s+)?/\s?([A-Za-z]+)\b[.:]?(.*)", re.DOTALL)


class Person(Struct, frozen=True):
    """Somebody a command on the front desk can mean."""

    slug: str
    name: str


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
        return self.event is not None and self.event.event in OF_THE_USER


class Misread(Struct, frozen=True, kw_only=True):
    """One line that begins like a command and cannot be carried out."""

    line: int
    text: str
    remedy: str  # what to write, without a full stop


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
        except (Misfit, Unclear) as misfit:
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
    verb = command.verb
    if verb == "reject":
        return Order(line=line, verb=verb, newcomer=read_rejection(rest, today))
    if verb == "me":
        return Order(line=line, verb=verb, me=read_me(rest))
    if verb == "fix":
        return Order(line=line, verb=verb)
    slugs: tuple[str, ...] = ()
    everyone = verb in ("away", "back") or (
        verb == "hired" and rest.casefold().startswith("elsewhere")
    )
    if people is not None and not everyone:
        slugs, rest = _who(command, rest, people)
    if verb == "undo":
        return Order(line=line, verb=verb, people=slugs)
    newcomer = read_referred(rest) if verb == "referred" else None
    if newcomer is not None:
        event = Event(date=today, event=_K.REFERRED)
    else:
        event = READERS[verb](rest, today, documents)
    return Order(line=line, verb=verb, event=event, people=slugs, newcomer=newcomer)


def _command(word: str, where: str) -> Command:
    command = command_named(word)
    if command is None:
        import difflib  # noqa: PLC0415 - only for mistakes

        near = difflib.get_close_matches(word.casefold(), TABLE, 1, 0.6)
        if near:
            raise Misfit(f"did you mean `{TABLE[near[0]].usage}`")
        verbs = ", ".join(f"/{each.verb}" for each in COMMANDS if where in each.where)
        raise Misfit(f"there is no such command; write one of {verbs}")
    if where not in command.where:
        raise Misfit("write this on the front desk")
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
                raise Misfit(f"write which one: {', '.join(slugs)}")
            return tuple(slugs), " ".join(words[count:])
    raise Misfit(f"write whom you mean after the command, like `/{command.verb} NAME`")


def fold(name: str) -> str:
    """Give a name without accents, case and doubled blanks, for comparing."""
    plain = unicodedata.normalize("NFKD", name)
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(kept.casefold().split())
