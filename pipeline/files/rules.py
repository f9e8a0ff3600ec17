"""What the types of settings.yml cannot say: rhythms, quiet periods, the time zone.

It judges values that were read already, each by itself, and plans nothing.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.files.decode import WRONG, Fault
from pipeline.files.scalars import suggestion
from pipeline.files.yamltext import MappingNode, Node
from pipeline.model import CadenceStep, QuietPeriod, Step, YearDay
from pipeline.planning.cadence import BUILT_IN
from pipeline.planning.days import is_zone

LONGEST = {"days": 400, "months": 120}
_LEAP = 2024  # a year that has every day


def check_settings(
    node: MappingNode, values: Mapping[str, Any], faults: list[Fault]
) -> None:
    """Add what is wrong with values that have the right types."""
    found = {key.value: each for key, each in node.value}
    usable = {name: value for name, value in values.items() if value is not WRONG}
    if "timezone" in usable and not is_zone(usable["timezone"]):
        message = f"unknown (got '{usable['timezone']}')"
        remedy = "write it like Europe/Berlin or America/New_York"
        faults.append(Fault(found["timezone"].start_mark, message, remedy, "timezone"))
    if "cadences" in usable:
        _check_cadences(found["cadences"], usable["cadences"], faults)
    if "quiet" in usable:
        faults += _quiet_faults(found["quiet"], usable["quiet"])
    own = found.get("cadences")
    known = [*BUILT_IN]
    if isinstance(own, MappingNode):  # one with a fault of its own is named there
        known += [str(key.value) for key, _ in own.value]
    if "cadence" in usable and usable["cadence"] not in known:
        message = f"unknown (got '{usable['cadence']}')"
        remedy = suggestion(usable["cadence"], known)
        faults.append(Fault(found["cadence"].start_mark, message, remedy, "cadence"))


# --- rhythms -------------------------------------------------------------------


def _check_cadences(
    table: Node, cadences: Mapping[str, Any], faults: list[Fault]
) -> None:
    for key, _ in table.value:
        problem = _cadence_problem(cadences.get(key.value, ()))
        if problem:
            faults.append(Fault(key.start_mark, *problem, f"cadences.{key.value}"))


def _cadence_problem(steps: tuple[CadenceStep, ...]) -> tuple[str, str] | None:
    if any((step.days is None) == (step.months is None) for step in steps):
        return "a line needs either days or months", "write `days: [2, 14]` or months"
    for step in steps:
        for name, longest in LONGEST.items():
            span = getattr(step, name)
            if span and span[1] > longest:
                got = f"too far away (got {span[1]} {name})"
                return got, f"write at most {longest} {name}"
    if any(step.step is Step.YOUR_CALL for step in steps):
        return "`your_call` comes by itself", "leave that line out"
    kinds = [step.step for step in steps]
    if kinds.count(Step.CHECK_IN) > 1:
        return "more than one `check_in`", "a second mail is a portfolio_note"
    if not kinds or kinds[-1] is not Step.PORTFOLIO_NOTE:
        return "the last line is what repeats", "end with a portfolio_note"
    return None


# --- quiet periods -------------------------------------------------------------


def _quiet_faults(node: Node, periods: tuple[QuietPeriod, ...]) -> Iterator[Fault]:
    for number, period in enumerate(periods):
        problem = _period_problem(period)
        if problem:
            mark = node.value[number].start_mark
            yield Fault(mark, *problem, f"quiet[{number}]")
    if len(set(_every_year(periods))) == 366:
        message = "no day of the year is left"
        yield Fault(
            node.start_mark, message, "leave out what you can do without", "quiet"
        )


def _period_problem(period: QuietPeriod) -> tuple[str, str] | None:
    first, last = period.first, period.last
    got = f"(got {first} to {last})"
    if bool(first.year) != bool(last.year):
        remedy = "write a year in both, or in none for every year"
        return f"one day has a year and the other has none {got}", remedy
    if first.year and _day(first) > _day(last):
        return f"ends before it begins {got}", f"write {{from: {last}, to: {first}}}"
    return None


def _day(day: YearDay) -> dt.date:
    return dt.date(day.year or _LEAP, day.month, day.day)


def _every_year(periods: tuple[QuietPeriod, ...]) -> Iterator[int]:
    """Give the number of each day, of 366, that a period of every year holds."""
    for period in periods:
        if not period.first.year:
            first, last = (
                _day(each).timetuple().tm_yday for each in (period.first, period.last)
            )
            yield from range(first, last + 1 if first <= last else 367)
            yield from range(1, last + 1 if first > last else 1)
