"""What holds back the opening of an issue on a day, and that it moves no date."""

import datetime as dt

import pytest

from pipeline.model import (
    Channel,
    QuietPeriod,
    TouchStatus,
    WaitsFor,
    YearDay,
)
from pipeline.planning.schedule import OpenIssue
from tests.factories import contact, day, event, rejection, settings, workspace
from tests.planning.looking import (
    SENT,
    UNANSWERED,
    assessments,
    colleague,
    dates,
    messages,
    only,
    planned,
)

OPENED = dt.date(2026, 4, 30)


def opened(*keys: str, on: dt.date = OPENED) -> dict[str, OpenIssue]:
    return {key: OpenIssue(number, on) for number, key in enumerate(keys, start=2)}


def test_nothing_opens_before_its_day_and_everything_on_it() -> None:
    found = workspace(contact())
    assert only(found, "2026-04-29").status is TouchStatus.UPCOMING
    assert only(found, "2026-04-30").status is TouchStatus.DUE


def test_nothing_opens_that_would_arrive_in_quiet_days() -> None:
    found = workspace(contact(rejected_on="2026-09-10"))
    assert only(found, "2026-12-14").status is TouchStatus.DUE
    for as_of in ("2026-12-15", "2027-01-06"):
        assert only(found, as_of).waits_for is WaitsFor.QUIET
    assert only(found, "2027-01-07").status is TouchStatus.DUE


def test_a_letter_waits_by_the_day_it_would_arrive() -> None:
    found = workspace(contact(rejected_on="2026-09-05", channel=Channel.POST))
    assert only(found, "2026-12-04").status is TouchStatus.DUE
    assert only(found, "2026-12-05").waits_for is WaitsFor.QUIET  # arrives 15 December
    assert only(found, "2026-12-27").waits_for is WaitsFor.QUIET
    assert only(found, "2026-12-28").status is TouchStatus.DUE  # arrives 7 January


def test_a_weekend_holds_no_opening_back() -> None:
    assert only(workspace(contact()), "2026-05-02").status is TouchStatus.DUE


def test_a_colleagues_open_message_holds_back_however_the_company_is_spelt() -> None:
    other = contact("ana", rejected_on="2026-01-20", company="OKAFOR  Instruments")
    found = workspace(contact(), other)
    late = messages(found, "2026-07-01", opened("ana/check_in/1"))
    assert late["dana-okafor"].waits_for is WaitsFor.COLLEAGUE
    assert late["ana"].status is TouchStatus.OPEN
    elsewhere = workspace(contact(), contact("ana", rejected_on="2026-01-20"))
    free = messages(elsewhere, "2026-07-01", opened("ana/check_in/1"))
    assert free["dana-okafor"].status is TouchStatus.DUE


def test_a_letter_is_not_opened_within_a_month_of_the_mail_to_a_colleague() -> None:
    """It may be posted on the day it opens."""
    wrote = event("2026-05-11", "sent", touch="check_in/1")
    mine = contact(rejected_on="2026-02-20", channel=Channel.POST)
    found = workspace(mine, colleague(history=(wrote,)))
    waiting = messages(found, "2026-06-03")["dana-okafor"]
    assert dates(waiting)[:2] == ("2026-05-31", "2026-06-10")
    assert waiting.waits_for is WaitsFor.COLLEAGUE
    assert messages(found, "2026-06-10")["dana-okafor"].status is TouchStatus.DUE


def test_an_open_issue_that_is_no_longer_next_holds_nobody_back() -> None:
    both = (rejection("2026-01-30"), rejection("2026-06-15"))
    again = contact(history=(SENT,), rejections=both)
    found = messages(
        workspace(again), "2026-09-15", opened("dana-okafor/portfolio_note/1")
    )
    assert found["dana-okafor"].status is TouchStatus.DUE


def test_no_more_are_open_than_fit_and_the_earliest_go_first() -> None:
    people = [contact(slug, f"2026-01-{30 - n}") for n, slug in enumerate("dcba")]
    tie = contact("0-first", "2026-01-29")
    found = workspace(*people, tie, settings=settings(open_at_once=3))
    touches = messages(found, "2026-05-04")
    assert [s for s, t in touches.items() if t.status is TouchStatus.DUE] == [
        *("a", "b"),
        "0-first",
    ]
    assert touches["c"].waits_for is touches["d"].waits_for is WaitsFor.ROOM


def test_a_question_needs_a_place_like_a_message() -> None:
    asked = contact("asked", history=UNANSWERED, cadence="classic")
    found = workspace(
        asked,
        contact("b", "2026-11-25"),
        contact("c", "2026-11-26"),
        settings=settings(open_at_once=1),
    )
    touches = messages(found, "2027-03-01")
    assert touches["b"].status is TouchStatus.DUE
    assert touches["asked"].waits_for is WaitsFor.ROOM
    held = messages(found, "2027-03-01", opened("asked/your_call/1"))
    assert held["b"].waits_for is WaitsFor.ROOM


def test_what_a_broken_file_has_open_takes_its_place() -> None:
    found = workspace(
        contact(), settings=settings(open_at_once=1), frozen=frozenset({"broken"})
    )
    touch = messages(found, "2026-05-04", opened("broken/check_in/1"))["dana-okafor"]
    assert touch.waits_for is WaitsFor.ROOM
    touch = messages(found, "2026-05-04", opened("gone/check_in/1"))["dana-okafor"]
    assert touch.status is TouchStatus.DUE


def test_messages_wait_until_somebody_says_who_signs() -> None:
    found = workspace(contact(), settings=settings(you=None))
    assert only(found, "2026-05-04").waits_for is WaitsFor.YOU
    assert assessments(found, "2026-02-05")["dana-okafor"].status is TouchStatus.DUE


def test_an_open_issue_stays_open_whatever_gates_say() -> None:
    found = workspace(contact(rejected_on="2026-09-10"))
    touch = messages(found, "2026-12-20", opened("dana-okafor/check_in/1"))
    assert touch["dana-okafor"].status is TouchStatus.OPEN
    assert touch["dana-okafor"].issue == 2


def test_gates_move_no_date() -> None:
    free, held = workspace(contact()), workspace(contact(), settings=settings(you=None))
    for as_of in ("2026-04-01", "2026-05-04", "2026-12-20", "2029-12-20"):
        assert dates(only(held, as_of)) == dates(only(free, as_of))


@pytest.mark.parametrize(
    ("as_of", "overdue"), [("2026-05-30", False), ("2026-05-31", True)]
)
def test_past_its_last_day_a_message_is_late_and_still_due(
    as_of: str, overdue: bool
) -> None:
    touch = only(workspace(contact()), as_of)
    assert touch.status is TouchStatus.DUE
    assert touch.overdue is overdue


# --- questions to oneself ---------------------------------------------------------


def test_three_look_backs_a_day_open_newest_first() -> None:
    people = [contact(f"p{n}", f"2026-02-0{n}", company=f"C{n}") for n in range(1, 6)]
    touches = assessments(workspace(*people), "2026-02-20")
    due = {s for s, t in touches.items() if t.status is TouchStatus.DUE}
    assert due == {"p3", "p4", "p5"}
    assert touches["p1"].status is TouchStatus.WAITING
    today = opened(
        *(f"p{n}/self_assessment/1" for n in (3, 4, 5)), on=day("2026-02-20")
    )
    again = planned(workspace(*people), "2026-02-20", today).touches
    statuses = [t.status for t in again if t.step == "self_assessment"]
    assert statuses.count(TouchStatus.WAITING) == 2
    tomorrow = planned(workspace(*people), "2026-02-21", today).touches
    statuses = [t.status for t in tomorrow if t.step == "self_assessment"]
    assert statuses.count(TouchStatus.DUE) == 2


def test_a_look_back_opens_on_the_second_day_even_in_quiet_days_and_while_away() -> (
    None
):
    away = event("2026-12-01", "away", until="2027-02-01")
    found = workspace(
        contact(rejected_on="2026-12-17"),
        settings=settings(history=(away,), open_at_once=1),
    )
    assert assessments(found, "2026-12-18")["dana-okafor"].status is (
        TouchStatus.UPCOMING
    )
    touch = assessments(found, "2026-12-19")["dana-okafor"]  # a Saturday
    assert touch.status is TouchStatus.DUE
    assert dates(touch) == ("2026-12-19", "2026-12-19", "2026-12-31")


def test_a_look_back_takes_no_place_and_holds_no_message_back() -> None:
    found = workspace(contact(), settings=settings(open_at_once=1))
    open_ones = opened("dana-okafor/self_assessment/1")
    touches = planned(found, "2026-05-04", open_ones).touches
    assert {t.step.value: t.status for t in touches} == {
        "check_in": TouchStatus.DUE,
        "self_assessment": TouchStatus.OPEN,
    }


@pytest.mark.parametrize(
    ("as_of", "status"),
    [("2026-07-30", TouchStatus.DUE), ("2026-07-31", TouchStatus.LAPSED)],
)
def test_after_half_a_year_a_look_back_has_lapsed(
    as_of: str, status: TouchStatus
) -> None:
    assert assessments(workspace(contact()), as_of)["dana-okafor"].status is status


# --- too much ---------------------------------------------------------------------


def test_it_is_said_when_late_issues_take_every_place() -> None:
    people = [contact(f"p{n}", company=f"C{n}") for n in range(5)]
    found = workspace(*people, settings=settings(open_at_once=2))
    open_ones = opened("p0/check_in/1", "p1/check_in/1")
    assert planned(found, "2026-06-28", open_ones).stuck == 0
    assert planned(found, "2026-06-29", open_ones).stuck == 3  # due by 30 May
    free = workspace(*people, settings=settings(open_at_once=3))
    assert planned(free, "2026-06-29", open_ones).stuck == 0


def test_it_is_said_by_how_much_the_rhythm_asks_too_much() -> None:
    many = [contact(f"p{n}", company=f"C{n}") for n in range(30)]
    assert planned(workspace(*many), "2026-05-04").overload == 0
    one = workspace(*many, settings=settings(open_at_once=1))
    assert planned(one, "2026-05-04").overload == 72 - 52  # every five months, 52 weeks


def test_a_year_of_quiet_days_opens_nothing_and_ends_no_search() -> None:
    quiet_year = QuietPeriod(YearDay(1, 1), YearDay(12, 31))
    found = workspace(contact(), settings=settings(quiet=(quiet_year,)))
    touch = only(found, "2026-05-04")
    assert touch.waits_for is WaitsFor.QUIET
    assert dates(touch)[1] == "2026-04-30"
