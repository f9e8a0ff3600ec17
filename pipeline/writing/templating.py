"""Templates of messages: ours and the user's, in one sandboxed Jinja environment.

A template holds several wordings, parted by lines of three dashes, taken in turn. Ours
are package data, read once through `importlib.resources`; the user's come as a mapping
that the workspace has loaded, so nothing of theirs is opened here. A user's template
that fails is named by `check_templates`, and ours is used meanwhile.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from pipeline.model import Channel, Problem

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import SandboxedEnvironment

OURS = "en"  # the language of those that come with the program
PHRASES = "phrases.txt"  # who the sender is, put together once for all wordings
FORMAL = ".formal"

BY_ANY_CHANNEL = ("check_in", "portfolio_note", "moved", "referred", "successor")
FINER = ("first_note", "warm_note")  # notes that are plain ones by letter and LinkedIn
BY_MAIL_ALONE = ("acknowledge", "thanks", "referral_thanks", "reapply", "landed")
KINDS = BY_ANY_CHANNEL + FINER + BY_MAIL_ALONE

TEXTS = (
    "a_noun",
    "at",  # the company the position was with, where it is not their own any more
    "company",
    "hello",
    "idea",
    "name",
    "newcomer",
    "noun",
    "pages",
    "position",
    "reach",
    "referrer",
    "signature",
    "title",
    "topic",
    "url",
    "ways",  # to reach the user: the line under the name
    "when",
    "you",
)
SAID = (
    "brief",  # the text has been too long: leave out what can be left out
    "cancelled",
    "employed",  # they have found work since: no word of a search
    "frozen",
    "hired",
    "inside",
    "met",
    "panel",
    "recruiter",
    "unknown",
    "vouched",
)
VARIABLES = (*TEXTS, *SAID)


@cache
def environment() -> "SandboxedEnvironment":
    """Make the one environment: sandboxed, and strict about what is not defined."""
    from jinja2 import StrictUndefined  # noqa: PLC0415 - only where something is due
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415

    made = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    made.filters["upfirst"] = _upfirst
    return made


def _upfirst(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def ours(path: str) -> str:
    """Give the text of a template that comes with the program, "" if there is none."""
    from importlib.resources import files  # noqa: PLC0415

    place = files("pipeline.writing").joinpath("templates", path)
    return place.read_text(encoding="utf-8") if place.is_file() else ""


def wordings(text: str) -> tuple[str, ...]:
    """Take a template apart at its lines of three dashes."""
    return tuple(wording for _, wording in _placed_wordings(text))


def _placed_wordings(text: str) -> Iterator[tuple[int, str]]:
    """Give each wording with the number of the line it begins on."""
    line = 1
    text = text.replace("\r\n", "\n")
    for part in re.split(r"^---[ \t]*$\n?", text, flags=re.MULTILINE):
        if part.strip():
            lead = len(part) - len(part.lstrip("\n"))
            yield line + lead, part.strip("\n")
        line += part.count("\n") + 1


def files_for(kind: str, channel: Channel, *, formal: bool) -> tuple[str, ...]:
    """Give the names of the files that may hold a message, the fittest first.

    By letter and on LinkedIn there is no room for the finer kinds of note.
    """
    channelled = "" if channel is Channel.EMAIL else f".{channel.value}"
    if channelled and kind in FINER:
        kind = "portfolio_note"
    styles = (FORMAL, "") if formal else ("",)
    return tuple(f"{kind}{channelled}{style}.txt" for style in styles)


KNOWN = frozenset(
    name
    for kind in KINDS
    for channel in (Channel if kind in BY_ANY_CHANNEL else (Channel.EMAIL,))
    for name in files_for(kind, channel, formal=True)
) | {PHRASES}


class Source(Struct, frozen=True, kw_only=True):
    """Where a message is to be found, and which of its wordings is wanted."""

    own: Mapping[str, str]  # the user's templates: path ▸ text
    language: str
    names: tuple[str, ...]  # of files, the fittest first
    turn: int


class Rendered(Struct, frozen=True):
    """What came of a template, and whether it was the user's."""

    text: str
    own: bool


def render(source: Source, values: Mapping[str, object]) -> Rendered:
    """Render the wording whose turn it is: the user's in the language, else ours."""
    own, turn = source.own, source.turn
    places = list(dict.fromkeys((source.language, source.language.partition("-")[0])))
    for name in source.names:
        for place in places:
            text = own.get(f"{place}/{name}")
            if text and wordings(text):
                phrases = own.get(f"{place}/{PHRASES}") or ours(f"{OURS}/{PHRASES}")
                try:
                    rendered = _one(phrases, wordings(text), turn, values)
                except _failures():
                    break
                return Rendered(rendered, own=True)
    text = next(filter(None, (ours(f"{OURS}/{name}") for name in source.names)))
    phrases = ours(f"{OURS}/{PHRASES}")
    return Rendered(_one(phrases, wordings(text), turn, values), own=False)


def has_language(own: Mapping[str, str], language: str) -> bool:
    """Say whether there is any template in a language, ours or the user's."""
    base = language.partition("-")[0]
    return base == OURS or any(
        path.startswith((f"{base}/", f"{language}/")) for path in own
    )


def _one(
    phrases: str, texts: tuple[str, ...], turn: int, values: Mapping[str, object]
) -> str:
    return _template(phrases, texts[turn % len(texts)]).render(values)


@cache
def _template(phrases: str, text: str) -> "Template":
    """Compile a wording behind the phrases, which take up no line of their own."""
    return environment().from_string(" ".join(phrases.split()) + text)


def check_templates(templates: Mapping[str, str]) -> tuple[Problem, ...]:
    """Try the user's templates with everything and with nothing known."""
    problems: list[Problem] = []
    for path, text in sorted(templates.items()):
        if path.count("/") != 1 or path.rpartition("/")[2] not in KNOWN:
            names = ", ".join(f"{kind}.txt" for kind in KINDS)
            problems.append(
                Problem(
                    path=f"templates/{path}",
                    message="no message has this name",
                    remedy=f"put it into templates/{OURS}/ as one of {names}",
                )
            )
            continue
        own = templates.get(f"{path.partition('/')[0]}/{PHRASES}")
        phrases = own or ours(f"{OURS}/{PHRASES}")
        if path.endswith(f"/{PHRASES}"):
            phrases = ""
        for line, wording in _placed_wordings(text):
            problems += _tried(f"templates/{path}", line, phrases, wording)
    return tuple(problems)


def _tried(path: str, line: int, phrases: str, wording: str) -> Iterator[Problem]:
    from jinja2 import UndefinedError  # noqa: PLC0415

    full: dict[str, object] = dict.fromkeys(TEXTS, "sample") | dict.fromkeys(SAID, True)
    empty: dict[str, object] = dict.fromkeys(TEXTS, "") | dict.fromkeys(SAID, False)
    for values in (full, empty):
        try:
            _template(phrases, wording).render(values)
        except _failures() as error:
            remedy = "write it as Jinja does, or delete the file to use ours"
            if isinstance(error, UndefinedError):
                remedy = f"use only {', '.join(VARIABLES)}"
            yield Problem(
                path=path,
                line=line + _line_of(error) - 1,
                message=f"the template cannot be filled in ({error})",
                remedy=remedy,
            )
            return


def _failures() -> tuple[type[Exception], ...]:
    """Give what a template can go wrong with; anything else is a bug of ours."""
    from jinja2 import TemplateError  # noqa: PLC0415

    arithmetic = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
    return (TemplateError, RecursionError, *arithmetic)


def _line_of(error: Exception) -> int:
    """Give the line of the template that an error speaks of, from 1."""
    told = getattr(error, "lineno", None)
    if isinstance(told, int):
        return told
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
