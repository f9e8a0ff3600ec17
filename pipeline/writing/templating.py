"""Templates of messages: ours and the user's, in one sandboxed Jinja environment.

A template holds several wordings, parted by lines of three dashes, taken in turn. A
user's template that fails is named by `check_templates`, and ours is used meanwhile.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from pipeline.model import Channel, Problem

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import SandboxedEnvironment

OURS = "en"  # the language of those that come with the program
KINDS = (
    "check_in",
    "portfolio_note",
    "moved",
    "referred",
    "note_referred",
    "thanks",
    "referral_thanks",
    "landed",
)
BY_LINK_OR_HAND = KINDS[:5]
VARIABLES = (
    "company",
    "formal",
    "former",
    "greeting",
    "hired",
    "idea",
    "kind",
    "kind_alone",
    "met",
    "name",
    "newcomer",
    "pages",
    "position",
    "referrer",
    "third_party",
    "title",
    "topic",
    "unknown",
    "when",
    "where",
    "you",
)


@cache
def environment() -> "SandboxedEnvironment":
    """Make the one environment: sandboxed, and strict about what is not defined."""
    from jinja2 import StrictUndefined  # noqa: PLC0415 - only where something is due
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415

    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


@cache
def ours(path: str) -> str:
    """Give the text of a template that comes with the program, "" if there is none."""
    from importlib.resources import files  # noqa: PLC0415

    place = files("pipeline.writing").joinpath("templates", path)
    return place.read_text(encoding="utf-8") if place.is_file() else ""


def wordings(text: str) -> tuple[str, ...]:
    """Take a template apart at its lines of three dashes."""
    parts = re.split(r"^---[ \t]*$\n?", text, flags=re.MULTILINE)
    return tuple(part.strip("\n") for part in parts if part.strip())


def file_of(kind: str, channel: Channel) -> str:
    """Give the name of the file that holds a kind of message for a channel."""
    suffix = "" if channel is Channel.EMAIL else f".{channel.value}"
    return f"{kind}{suffix}.txt"


def render(
    own: Mapping[str, str],
    language: str,
    kind: str,
    channel: Channel,
    turn: int,
    values: Mapping[str, object],
) -> str:
    """Render the wording whose turn it is: the user's in the language, else ours."""
    name = file_of(kind, channel)
    base = language.partition("-")[0]
    for text in (own.get(f"{language}/{name}"), own.get(f"{base}/{name}")):
        if text and wordings(text):
            from jinja2 import TemplateError  # noqa: PLC0415

            try:
                return _one(wordings(text), turn, values)
            except (TemplateError, TypeError, ValueError):
                break
    return _one(wordings(ours(f"{OURS}/{name}")), turn, values)


def _one(texts: tuple[str, ...], turn: int, values: Mapping[str, object]) -> str:
    return _template(texts[turn % len(texts)]).render(values)


@cache
def _template(text: str) -> "Template":
    return environment().from_string(text)


def check_templates(templates: Mapping[str, str]) -> tuple[Problem, ...]:
    """Try the user's templates with sample values; name the line of what fails."""
    if not templates:
        return ()
    from jinja2 import TemplateError, TemplateSyntaxError  # noqa: PLC0415

    problems = []
    values = dict.fromkeys(VARIABLES, "sample")
    known = {file_of(kind, channel) for kind in KINDS for channel in Channel}
    for path, text in templates.items():
        where = f"templates/{path}"
        if path.rpartition("/")[2] not in known or path.count("/") != 1:
            names = ", ".join(sorted(file_of(kind, Channel.EMAIL) for kind in KINDS))
            problems.append(
                Problem(
                    path=where,
                    message="no message has this name",
                    remedy=f"put it into templates/en/ as one of {names}",
                )
            )
        for wording in wordings(text):
            line = text[: text.index(wording)].count("\n")
            try:
                environment().from_string(wording).render(values)
            except TemplateError as error:
                at = error.lineno if isinstance(error, TemplateSyntaxError) else 1
                message = f"the template cannot be filled in ({error.message})"
                problems.append(
                    Problem(
                        path=where,
                        line=line + at,
                        message=message,
                        remedy=f"use only {', '.join(VARIABLES)}",
                    )
                )
    return tuple(problems)
