"""The worked examples of the design, row by row (US holidays, default quiet period)."""

import datetime as dt
from typing import Any

import pytest

from pipeline.model import (
    CadenceStep,
    Channel,
    Contact,
    QuietPeriod,
    Step,
    Tone,
    TouchStatus,
    WaitsFor,
    YearDay,
)
from pipeline.planning.preview import preview
from pipeline.planning.schedule import OpenIssue
from tests.factories import contact, day, event, rejection, settings, workspace
from tests.planning.looking import HOLIDAYS, dates, messages, only


def quiet(first: str, last: str) -> QuietPeriod:
    (a, b), (c, d) = (map(int, text.split("-")) for text in (first, last))
    return QuietPeriod(YearDay(a, b), YearDay(c, d))


def at_one_company(*slugs_and_days: tuple[str, str], **fields: Any) -> list[Contact]:
    return [contact(s, on, company="Acme", **fields) for s, on in slugs_and_days]


@pytest.mark.parametrize(
    ("rejected_on", "fields", "target", "due_by", "outside"),
    [
        ("2025-11-30", {}, "2026-03-02", "2026-03-30", False),
        ("2026-09-17", {}, "2027-01-07", "2027-01-17", False),
        (
            "2026-09-17",
            {"quiet": (quiet("08-01", "08-31"),)},
            "2026-12-17",
            "2027-01-17",
            False,
        ),
        (
            "2026-09-05",
            {"quiet": (quiet("12-01", "01-31"),)},
            "2027-02-01",
            "2027-02-01",
            True,
        ),
        ("2026-04-03", {}, "2026-07-06", "2026-08-03", False),
    ],
)
def test_a_check_in_finds_its_day(
    rejected_on: str, fields: dict[str, Any], target: str, due_by: str, outside: bool
) -> None:
    found = workspace(contact(rejected_on=rejected_on), settings=settings(**fields))
    touch = only(found, rejected_on)
    assert (str(touch.target_on), str(touch.due_by)) == (target, due_by)
    assert touch.outside_window is outside


def test_the_window_of_a_month_end_is_clamped() -> None:
    touch = only(workspace(contact(rejected_on="2025-11-30")), "2025-12-01")
    assert tuple(map(str, touch.window)) == ("2026-02-28", "2026-03-30")


def test_four_people_at_one_company_are_thirty_days_apart() -> None:
    people = at_one_company(*((slug, "2026-02-10") for slug in "abcd"))
    found = messages(workspace(*people), "2026-02-11")
    assert [(str(t.target_on), t.outside_window) for t in found.values()] == [
        ("2026-05-11", False),
        ("2026-06-10", False),
        ("2026-07-10", True),
        ("2026-08-10", True),
    ]


def test_the_second_waits_while_the_first_is_unsent_and_then_counts_from_it() -> None:
    people = at_one_company(("a", "2026-02-10"), ("b", "2026-02-10"))
    opened = {"a/check_in/1": OpenIssue(1, day("2026-05-11"))}
    waiting = messages(workspace(*people), "2026-06-10", opened)["b"]
    assert waiting.waits_for is WaitsFor.COLLEAGUE
    sent = event("2026-06-09", "sent", touch="check_in/1")
    first = contact("a", "2026-02-10", company="Acme", history=(sent,))
    then = messages(workspace(first, people[1]), "2026-06-10")["b"]
    assert str(then.target_on) == "2026-07-09"
    assert then.outside_window


def test_two_people_with_different_windows_keep_their_distance() -> None:
    # Windows 05-20 to 06-20 and 05-05 to 07-05, the second by a cadence of its own.
    first = contact("a", "2026-02-20", company="Acme")
    wide = contact("b", "2026-02-05", company="Acme", cadence="wide")
    cadences = {
        "wide": (
            CadenceStep(step=Step.CHECK_IN, months=(3, 5)),
            CadenceStep(step=Step.PORTFOLIO_NOTE, months=(4, 6)),
        )
    }
    found = messages(
        workspace(first, wide, settings=settings(cadences=cadences)), "2026-03-01"
    )
    assert str(found["a"].target_on) == "2026-05-20"
    assert str(found["b"].target_on) == "2026-06-22"


def test_a_message_to_a_colleague_moves_the_next_one() -> None:
    sent = event("2026-06-12", "sent", touch="check_in/1")
    other = contact("a", "2026-02-10", company="Acme", history=(sent,))
    mine = contact("b", "2026-02-10", company="acme ")
    touch = messages(workspace(other, mine), "2026-06-13")["b"]
    assert str(touch.target_on) == "2026-07-13"
    assert touch.outside_window


def test_sixty_days_lie_between_two_messages_to_one_person() -> None:
    sent = event("2027-01-08", "sent", touch="check_in/1")
    person = contact(rejected_on="2026-09-17", history=(sent,))
    assert only(workspace(person), "2027-01-09").target_on >= day("2027-03-09")


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (
            [
                event("2026-05-04", "sent", touch="check_in/1"),
                event("2026-05-06", "replied", tone=Tone.WARM),
            ],
            ("2026-09-08", "2026-09-08", "2026-11-06"),
        ),
        (
            [
                event("2026-05-04", "sent", touch="check_in/1"),
                event("2026-05-06", "wait_until", until="2026-06-01"),
            ],
            ("2026-06-01", "2026-06-01", "2026-07-01"),
        ),
        (
            [event("2026-05-04", "snoozed", touch="check_in/1", until="2026-06-13")],
            ("2026-06-15", "2026-06-15", "2026-06-15"),
        ),
        (
            [event("2026-05-10", "skipped", touch="check_in/1")],
            ("2026-07-10", "2026-07-10", "2026-09-10"),
        ),
        (
            [event("2026-02-01", "skipped", touch="check_in/1")],
            ("2026-06-30", "2026-06-30", "2026-08-30"),
        ),
    ],
)
def test_what_was_said_moves_the_next_one(
    history: list[Any], expected: tuple[str, str, str]
) -> None:
    person = contact(rejected_on="2026-01-30", history=tuple(history))
    assert dates(only(workspace(person), "2026-05-30")) == expected


def test_a_letter_snoozed_into_the_holidays_opens_ten_days_before() -> None:
    snoozed = event("2026-05-04", "snoozed", touch="check_in/1", until="2026-12-20")
    person = contact(channel=Channel.POST, history=(snoozed,))
    touch = only(workspace(person), "2026-05-30")
    assert dates(touch)[:2] == ("2026-12-28", "2027-01-07")
    assert touch.outside_window


def test_a_second_rejection_begins_a_new_thread() -> None:
    person = contact(
        history=(
            event("2026-04-30", "sent", touch="check_in/1"),
            event(
                "2026-06-15",
                "skipped",
                touch="portfolio_note/1",
                source="newer:2026-06-15",
            ),
        ),
        rejections=(rejection("2026-01-30"), rejection("2026-06-15")),
    )
    touch = only(workspace(person), "2026-06-16")
    assert touch.key == "dana-okafor/check_in/2"
    assert dates(touch) == ("2026-09-15", "2026-09-15", "2026-10-15")


def test_three_silent_messages_bring_the_question_and_slow_means_a_year() -> None:
    history = (
        event("2026-04-30", "sent", touch="check_in/1"),
        event("2026-06-30", "sent", touch="portfolio_note/1"),
        event("2026-10-30", "sent", touch="portfolio_note/2"),
    )
    person = contact(history=history)
    touch = only(workspace(person), "2026-11-01")
    assert touch.step is Step.YOUR_CALL
    assert str(touch.target_on) == "2027-03-01"
    slowed = event("2027-03-01", "slowed", touch="your_call/1")
    after = only(workspace(contact(history=(*history, slowed))), "2027-03-02")
    assert after.key == "dana-okafor/portfolio_note/3"
    assert str(after.target_on) == "2027-11-01"


def test_a_late_file_gives_one_mail_and_no_burst() -> None:
    found = workspace(contact(rejected_on="2025-01-15"))
    touch = only(found, "2026-11-23")
    assert str(touch.target_on) == "2025-04-15"
    assumed = [
        str(each.assumed_on)
        for each in preview(found, "dana-okafor", day("2026-11-23"), HOLIDAYS)
        if each.step is not Step.YOUR_CALL
    ]
    assert assumed[:5] == [
        "2026-11-23",
        "2027-01-25",
        "2027-05-25",
        "2027-09-27",
        "2028-01-27",
    ]


def test_two_late_files_at_one_company_come_one_after_the_other() -> None:
    people = at_one_company(("a", "2025-01-15"), ("b", "2025-01-15"))
    found = messages(workspace(*people), "2026-11-23")
    assert found["a"].status is TouchStatus.DUE
    assert found["b"].waits_for is WaitsFor.COLLEAGUE
    sent = event("2026-11-23", "sent", touch="check_in/1")
    first = contact("a", "2025-01-15", company="Acme", history=(sent,))
    then = messages(workspace(first, people[1]), "2026-11-24")["b"]
    assert str(then.target_on) == "2027-01-07"


def test_eight_people_share_three_places() -> None:
    people = [contact(f"p{n}", "2026-01-30", company=f"C{n}") for n in range(8)]
    found = messages(workspace(*people), "2026-04-30")
    assert {t.target_on for t in found.values()} == {day("2026-04-30")}
    due = [s for s, t in found.items() if t.status is TouchStatus.DUE]
    assert due == ["p0", "p1", "p2"]
    assert all(found[f"p{n}"].waits_for is WaitsFor.ROOM for n in range(3, 8))
    opened = {f"p{n}/check_in/1": OpenIssue(n, dt.date(2026, 4, 30)) for n in (1, 2)}
    later = messages(workspace(*people[1:]), "2026-05-04", opened)
    due = [s for s, t in later.items() if t.status is TouchStatus.DUE]
    assert due == ["p3"]


def test_the_weekend_is_that_of_their_country() -> None:
    touch = only(
        workspace(contact(rejected_on="2026-02-01", country="IL")), "2026-02-02"
    )
    assert touch.window[0] == day("2026-05-01")
    assert touch.target_on == day("2026-05-03")
