"""Scalars: a text as it stands in a file ▸ the value its field wants, or why not.

Nothing here knows YAML's own idea of types, so none of its traps can spring.
"""

import datetime as dt
import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from msgspec import Meta

from pipeline.model import Step, TouchRef, YearDay

Reader = Callable[[str], Any]


class Misfit(ValueError):  # noqa: N818 - a text that does not fit its field
    """What is wrong with a scalar and what to write; never leaves this module."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


def suggestion(word: str, known: tuple[str, ...]) -> str:
    """Say which of the known words was probably meant, or list them."""
    import difflib  # noqa: PLC0415 - only for mistakes

    folded = word.casefold().replace("-", "_").replace(" ", "_")
    near = difflib.get_close_matches(folded, known, 1, 0.6)
    if near:
        return f"did you mean `{near[0]}`?"
    return f"write one of: {', '.join(known)}"


def read_date(text: str) -> dt.date:
    """Read `2026-01-30`; anything else is a Misfit."""
    if len(text) == 10:
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            pass
    raise Misfit(
        f"no date (got '{short(text)}')", "write year-month-day, such as 2026-01-30"
    )


def _read_int(text: str) -> int:
    if text.isascii() and text.removeprefix("-").isdigit() and len(text) < 8:
        return int(text)
    raise Misfit(f"no whole number (got '{short(text)}')", "write digits only")


def _read_bool(text: str) -> bool:
    known = {"true": True, "yes": True, "false": False, "no": False}
    if text.casefold() in known:
        return known[text.casefold()]
    raise Misfit(f"neither true nor false (got '{short(text)}')", "write true or false")


def _read_touch(text: str) -> TouchRef:
    step, slash, number = text.partition("/")
    if (
        slash
        and step in Step._value2member_map_
        and re.fullmatch("[1-9][0-9]{0,3}", number)
    ):
        return TouchRef(Step(step), int(number))
    raise Misfit(f"no follow-up (got '{short(text)}')", "write it as check_in/1")


def _read_year_day(text: str) -> YearDay:
    year, rest = (text[:4], text[5:]) if len(text) == 10 else ("0", text)
    try:
        dt.date.fromisoformat(f"{year if year != '0' else '2024'}-{rest}")
        return YearDay(int(rest[:2]), int(rest[3:]), int(year))
    except ValueError:
        raise Misfit(
            f"no day (got '{short(text)}')",
            "write month-day for every year (12-15), or a full date for one",
        ) from None


def short(text: str) -> str:
    """Cut a text for quoting it in a message."""
    return text if len(text) <= 40 else f"{text[:39]}…"


def enum_reader(kind: type[StrEnum]) -> Callable[[str], StrEnum]:
    """Give the reader of a closed set of words."""
    members = {member.value: member for member in kind}

    def read(text: str) -> StrEnum:
        found = members.get(text)
        if found is None:
            raise Misfit(
                f"unknown (got '{short(text)}')", suggestion(text, tuple(members))
            )
        return found

    return read


# Patterns of the model and what to say where a text does not match.
_PATTERNS = {
    "@": ("no mail address", "write it like jana@example.com"),
    "https?": ("no web address", "begin it with https:// and leave no blanks in it"),
    "[A-Z]{2}": ("no country", "write its two capital letters, such as US"),
    "[a-z]{2,3}": ("no language", "write its code, such as en"),
    "[a-z0-9][": ("no file name of ours", "write small letters, digits and hyphens"),
}


def bounded(read: Reader, meta: Meta) -> Reader:
    """Add what a `Meta` asks for to a reader of scalars."""
    if meta.pattern:
        matches = re.compile(meta.pattern).search
        what, remedy = next(v for k, v in _PATTERNS.items() if k in str(meta.pattern))

        def matching(text: str) -> str:
            if not matches(text):
                raise Misfit(f"{what} (got '{short(text)}')", remedy)
            return text

        return matching
    if meta.ge is None and meta.le is None:
        return read

    def within(text: str) -> Any:
        value = read(text)
        if (meta.ge is not None and value < meta.ge) or (
            meta.le is not None and value > meta.le
        ):
            upper = f" to {meta.le}" if meta.le is not None else " or more"
            raise Misfit(f"out of range (got {value})", f"write {meta.ge}{upper}")
        return value

    return within


READERS: dict[Any, Reader] = {
    str: str,
    int: _read_int,
    bool: _read_bool,
    dt.date: read_date,
    TouchRef: _read_touch,
    YearDay: _read_year_day,
}
