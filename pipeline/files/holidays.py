"""Public holidays from the `holidays` library, its answers kept in the user's cache.

Importing the library costs more than a whole run, so each year of each place is asked
once. The cache may be deleted at any time; a damaged or read-only one only costs time.
"""

import contextlib
import os
from typing import TYPE_CHECKING

import msgspec

from pipeline.files.private import user_cache
from pipeline.planning.days import SATURDAY_SUNDAY, HolidayYear

if TYPE_CHECKING:
    from holidays import HolidayBase

# In the name of every cached file; raise it when what is kept changes its form.
_FORM = 2


class HolidayCache:
    """A `HolidaySource` over the library; `folder` defaults to the user's cache."""

    def __init__(self, folder: str | None = None) -> None:
        """Keep answers in `folder`; nothing is read or made before the first one."""
        self._folder = folder
        self._years: dict[tuple[str, str | None, int], HolidayYear] = {}

    def year(self, country: str, subdivision: str | None, year: int) -> HolidayYear:
        """Give a year; an unknown place is answered as if it had no holidays."""
        key = (country, subdivision, year)
        if key not in self._years:
            self._years[key] = self._cached(*key)
        return self._years[key]

    def _cached(self, country: str, subdivision: str | None, year: int) -> HolidayYear:
        place = os.path.join(
            self._in(),
            f"{_FORM}-{_version()}-{country}-{subdivision or ''}-{year}.json",
        )
        suppressed = contextlib.suppress(OSError, msgspec.MsgspecError)
        with suppressed, open(place, "rb") as file:
            return msgspec.json.decode(file.read(), type=HolidayYear)
        found = _ask(country, subdivision, year)
        from pipeline.files.store import replace_file  # noqa: PLC0415 - only on a miss

        with contextlib.suppress(OSError):
            replace_file(place, msgspec.json.encode(found))
        return found

    def _in(self) -> str:
        if self._folder is None:
            self._folder = os.path.join(user_cache(), "not-yet", "holidays")
        return self._folder


def _version() -> str:
    """Give the library's version without importing it: its folder carries it."""
    global _found  # noqa: PLW0603 - found once per process
    if not _found:
        base = os.path.dirname(os.path.dirname(msgspec.__file__))
        names = [n for n in os.listdir(base) if n.startswith("holidays-")]
        _found = max(names, default="unknown").removesuffix(".dist-info")
    return _found


_found = ""


def _ask(country: str, subdivision: str | None, year: int) -> HolidayYear:
    """Ask the library; observed days are included, and named in English."""
    kind = _country(country)
    if kind is None:
        return HolidayYear()
    try:
        found = kind(subdiv=subdivision, years=year, language=_english(kind))
    except NotImplementedError:  # no state of theirs
        return HolidayYear()
    names = {day: name for day, name in sorted(found.items()) if day.year == year}
    return HolidayYear(names, tuple(sorted(getattr(found, "weekend", SATURDAY_SUNDAY))))


def _country(code: str) -> type["HolidayBase"] | None:
    """Give what the library knows of one country, None where it knows none.

    To be asked for one by its name it imports all 250, which takes most of a first
    run; the module of one stands well alone.
    """
    import importlib.util  # noqa: PLC0415 - on a miss alone, as all of these

    import holidays  # noqa: PLC0415
    from holidays.registry import COUNTRIES  # noqa: PLC0415

    name = next((name for name, codes in COUNTRIES.items() if code in codes), None)
    if name is None:
        return None
    place = os.path.join(os.path.dirname(holidays.__file__), "countries", f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"holidays.countries.{name}", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: type[HolidayBase] = getattr(module, code)
    return found


def _english(kind: type["HolidayBase"]) -> str | None:
    """Give what English is called for a country; else the names are those used there.

    Left to itself the library takes the language of the terminal.
    """
    known = (each for each in kind.supported_languages if each.startswith("en"))
    return min(known, default=kind.default_language)


def is_known(country: str, subdivision: str | None) -> bool:
    """Say whether the library knows a place; for telling the user, not for planning."""
    import holidays  # noqa: PLC0415

    supported = holidays.list_supported_countries(include_aliases=True)
    return country in supported and (
        subdivision is None or subdivision in supported[country]
    )
