"""Months, quiet periods, permitted days, and how a day is explained."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import CadenceStep, QuietPeriod, Step, YearDay
from pipeline.planning.days import (
    Calendar,
    Place,
    add_months,
    in_quiet,
    ordinal,
    window_of,
)
from tests.factories import day
from tests.planning.looking import HOLIDAYS

BAVARIA, TEXAS = Place("DE", "BY"), Place("US", "TX")
WINTER = QuietPeriod(YearDay(12, 15), YearDay(1, 6))


@given(st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)), st.integers(-30, 40))
def test_a_month_later_is_the_same_day_or_the_months_last(
    start: dt.date, months: int
) -> None:
    there = add_months(start, months)
    assert (there.year - start.year) * 12 + there.month - start.month == months
    is_last = (there + dt.timedelta(days=1)).month != there.month
    assert there.day == start.day or (there.day < start.day and is_last)


def test_a_window_of_days_or_months_counts_both_ends_from_its_anchor() -> None:
    in_days = CadenceStep(step=Step.SELF_ASSESSMENT, days=(2, 14))
    in_months = CadenceStep(step=Step.CHECK_IN, months=(1, 13))
    anchor = day("2027-01-31")
    assert window_of(in_days, anchor) == (day("2027-02-02"), day("2027-02-14"))
    assert window_of(in_months, anchor) == (day("2027-02-28"), day("2028-02-29"))


@pytest.mark.parametrize(
    ("text", "quiet"),
    [
        ("2026-12-14", False),
        ("2026-12-15", True),
        ("2026-12-31", True),
        ("2027-01-06", True),
        ("2027-01-07", False),
    ],
)
def test_quiet_days_may_cross_the_new_year_and_count_both_ends(
    text: str, quiet: bool
) -> None:
    assert in_quiet(day(text), (WINTER,)) is quiet


def test_quiet_days_with_a_year_come_once() -> None:
    once = QuietPeriod(YearDay(12, 20, 2026), YearDay(1, 10, 2027))
    quiet = {text: in_quiet(day(text), (once,)) for text in _WINTERS}
    assert [text for text, is_quiet in quiet.items() if is_quiet] == [
        "2026-12-20",
        "2027-01-10",
    ]


_WINTERS = ("2025-12-25", "2026-12-19", "2026-12-20", "2027-01-10", "2027-12-25")


@pytest.mark.parametrize(
    ("place", "first", "free", "said"),
    [
        (BAVARIA, "2026-06-13", "2026-06-15", "13 June is a Saturday"),
        (
            TEXAS,
            "2026-09-05",
            "2026-09-08",
            "5 September is a Saturday; Labor Day on the 7th",
        ),
        (BAVARIA, "2026-06-04", "2026-06-05", "4 June is a holiday (Corpus Christi)"),
        (
            TEXAS,
            "2026-07-03",
            "2026-07-06",
            "3 July is a holiday (Independence Day (observed))",
        ),
        (
            TEXAS,
            "2026-12-20",
            "2027-01-07",
            "15 December to 6 January are your quiet days",
        ),
        (
            TEXAS,
            "2026-12-12",
            "2026-12-14",
            "12 December is a Saturday",
        ),
        (Place("IL"), "2026-05-01", "2026-05-03", "1 May is a Friday"),
        (Place(), "2026-05-02", "2026-05-04", "2 May is a Saturday"),
    ],
)
def test_why_not_that_day(place: Place, first: str, free: str, said: str) -> None:
    calendar = Calendar(HOLIDAYS, (WINTER,))
    assert calendar.first_permitted(place, day(first)) == (day(free), said)


def test_a_holiday_in_the_next_month_is_named_with_its_month() -> None:
    calendar = Calendar(HOLIDAYS, ())
    free, said = calendar.first_permitted(Place("US"), day("2022-12-31"))
    assert free == day("2023-01-03")
    assert said == "31 December is a Saturday; New Year's Day (observed) on 2 January"


def test_one_quiet_day_is_called_one() -> None:
    birthday = QuietPeriod(YearDay(5, 5), YearDay(5, 5))
    calendar = Calendar(HOLIDAYS, (birthday,))
    free, said = calendar.first_permitted(Place(), day("2026-05-05"))
    assert free == day("2026-05-06")
    assert said == "5 May is one of your quiet days"


def test_a_year_of_quiet_days_gives_the_day_itself() -> None:
    always = QuietPeriod(YearDay(1, 1), YearDay(12, 31))
    calendar = Calendar(HOLIDAYS, (always,))
    given = day("2026-05-05")
    assert calendar.first_permitted(Place(), given) == (given, "")


def test_an_unknown_country_has_common_weekends_and_no_holidays() -> None:
    calendar = Calendar(HOLIDAYS, ())
    assert calendar.permits(Place("XX"), day("2026-12-25"))
    assert not calendar.permits(Place("XX"), day("2026-12-26"))


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd")],
)
def test_days_are_numbered_as_they_are_spoken(number: int, said: str) -> None:
    assert ordinal(number) == said
