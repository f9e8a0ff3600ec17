"""Scalars: a text as it stands in a file ▸ the value its field wants, or why not.

Nothing here knows YAML's own idea of types, so none of its traps can spring.
"""

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from msgspec import Meta

from pipeline.files.explain import short
from pipeline.model import Step, TouchRef, YearDay

Reader = Callable[[str], Any]

# How messages begin, where it matters what was wanted.
NO_DATE, NO_DAY = "no date", "no day"
NO_LINK, NO_FOLLOW_UP, UNKNOWN = "no web address", "no follow-up", "unknown"

FIRST_YEAR, LAST_YEAR = 1900, 2199  # beyond these it is a slip of the finger


class Misfit(ValueError):  # noqa: N818 - a text that does not fit its field
    """What is wrong with a scalar and what to write; never leaves this module."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


# What people write for a field whose name looks quite different.
_MEANT = {
    "on": "date",
    "mail": "email",
    "e_mail": "email",
    "job": "position",
    "employer": "company",
    "firm": "company",
    "date": "rejected_on",
    "tel": "phone",
    "mobile": "phone",
}


def nearest(word: str, known: Collection[str]) -> str | None:
    """Give the known word that was probably meant."""
    import difflib  # noqa: PLC0415 - only for mistakes

    folded = word.strip().casefold().replace("-", "_").replace(" ", "_")
    meant = _MEANT.get(folded, "")
    for each in (meant, _MEANT.get(meant)):
        if each in known:
            return each
    near = difflib.get_close_matches(folded, known, 1, 0.6)
    return near[0] if near else None


def suggestion(word: str, known: Collection[str]) -> str:
    """Say which of the known words was probably meant, or list them."""
    near = nearest(word, known)
    return f"did you mean `{near}`?" if near else f"write one of: {', '.join(known)}"


@cache  # only of what is a date, and of these there are few
def read_date(text: str) -> dt.date:
    """Read `2026-01-30`; anything else is a Misfit."""
    if len(text) == 10 and text[4] == text[7] == "-":
        try:
            found = dt.date.fromisoformat(text)
        except ValueError:
            pass
        else:
            if FIRST_YEAR <= found.year <= LAST_YEAR:
                return found
    raise Misfit(f"{NO_DATE} (got '{short(text)}')", _date_remedy(text))


def _date_remedy(text: str) -> str:
    """Say which day to write, as far as the text tells."""
    from pipeline.reconciling.when import whole_dates  # noqa: PLC0415 - for mistakes

    found = [day for day in whole_dates(text) if FIRST_YEAR <= day.year <= LAST_YEAR]
    if found:
        which = ", whichever you mean" if len(found) > 1 else ""
        return f"write {' or '.join(map(str, found))}{which}"
    remedy = "write year-month-day, such as 2026-01-30"
    shape = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    if not shape:
        return remedy
    year, month, day = map(int, shape.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return f"{remedy}; years go from {FIRST_YEAR} to {LAST_YEAR}"
    if not 1 <= month <= 12:
        return f"{remedy}; there is no month {month}"
    return f"{remedy}; there is no day {day} in that month"


def _read_int(text: str) -> int:
    if text.isascii() and text.removeprefix("-").isdigit() and len(text) < 8:
        return int(text)
    raise Misfit(f"no whole number (got '{short(text)}')", "write digits only")


def _read_bool(text: str) -> bool:
    known = {"true": True, "yes": True, "false": False, "no": False}
    if text.casefold() in known:
        return known[text.casefold()]
    raise Misfit(f"neither true nor false (got '{short(text)}')", "write true or false")


@lru_cache(maxsize=256)
def _read_touch(text: str) -> TouchRef:
    step, slash, number = text.partition("/")
    if (
        slash
        and step in Step._value2member_map_
        and re.fullmatch("[1-9][0-9]{0,3}", number)
    ):
        return TouchRef(Step(step), int(number))
    near = re.search("|".join(Step), text)
    remedy = f"write it as {near[0] if near else 'check_in'}/1"
    if inner := re.search(rf"(?:{'|'.join(Step)})/[1-9][0-9]{{0,3}}$", text):
        remedy = f"write it as {inner[0]}"
    raise Misfit(f"{NO_FOLLOW_UP} (got '{short(text)}')", remedy)


def _two_digits(text: str) -> int:
    if len(text) == 2 and text.isascii() and text.isdigit():
        return int(text)
    raise ValueError(text)


def _read_year_day(text: str) -> YearDay:
    try:
        if len(text) == 10:
            day = read_date(text)
            return YearDay(day.month, day.day, day.year)
        month, _, day_of_month = text.partition("-")
        day = dt.date(2024, _two_digits(month), _two_digits(day_of_month))
        return YearDay(day.month, day.day)
    except ValueError:
        raise Misfit(
            f"{NO_DAY} (got '{short(text)}')",
            "write month-day for every year (12-15), or a full date for one",
        ) from None


def enum_reader(kind: type[StrEnum]) -> Callable[[str], StrEnum]:
    """Give the reader of a closed set of words."""
    members = {member.value: member for member in kind}

    def read(text: str) -> StrEnum:
        found = members.get(text)
        if found is None:
            raise Misfit(
                f"{UNKNOWN} (got '{short(text)}')", suggestion(text, tuple(members))
            )
        return found

    return read


_MAIL = re.compile(r"[^@\s,;:<>()\[\]\"“”„]+@[^@\s,;:<>()\[\]\"“”„]+\.[a-zA-Z]{2,}")


def _address_remedy(text: str) -> str:
    found = _MAIL.findall(text)
    if len(found) == 1:
        return f"write {found[0]}"
    if found:
        return f"write one, {' or '.join(found)}, and the others under `notes`"
    return "write one like jana@example.com, or nothing"


def _link_remedy(text: str) -> str:
    if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?", text):
        return f"write https://{text}"
    return "begin it with https:// and leave no blanks in it"


def _country_remedy(text: str) -> str:
    example = text.upper() if re.fullmatch("[A-Za-z]{2}", text) else "US"
    return f"write its two capital letters, such as {example}"


def _language_remedy(text: str) -> str:
    example = text.lower() if re.fullmatch("[A-Za-z]{2,3}", text) else "en"
    return f"write its code, such as {example}"


def _name_remedy(_text: str) -> str:
    return "write small letters, digits and hyphens"


# A mark of each pattern of the model, and what to say where a text does not match.
_PATTERNS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "@": ("no mail address", _address_remedy),
    "https?": (NO_LINK, _link_remedy),
    "[A-Z]{2}": ("no country", _country_remedy),
    "[a-z]{2,3}": ("no language", _language_remedy),
    "[a-z0-9][": ("no file name of ours", _name_remedy),
}


def bounded(read: Reader, meta: Meta) -> Reader:
    """Add what a `Meta` asks for to a reader of scalars."""
    if meta.pattern:
        matches = re.compile(meta.pattern).search
        what, remedy = next(v for k, v in _PATTERNS.items() if k in str(meta.pattern))

        def matching(text: str) -> str:
            if not matches(text):
                raise Misfit(f"{what} (got '{short(text)}')", remedy(text))
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
