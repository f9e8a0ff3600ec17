"""The numbered edge cases of following up, as far as dates are concerned.

What a broken file, a second run, a public repository or a text does about the others is
tested where those live; each case here says what the user sees.
"""

import datetime as dt
from typing import Any

import pytest

from pipeline.model import (
    Cause,
    Channel,
    ElsewhereMode,
    IntroducedBy,
    QuietPeriod,
    Role,
    Share,
    Stage,
    Status,
    Step,
    Tone,
    TouchStatus,
    YearDay,
)
from pipeline.planning.schedule import OpenIssue
from tests.factories import (
    contact,
    day,
    document,
    event,
    rejection,
    settings,
    workspace,
)
from tests.planning.looking import (
    SENT,
    after,
    assessments,
    colleague,
    dates,
    messages,
    only,
    planned,
    span,
)

BOTH = (rejection("2026-01-30"), rejection("2026-06-15", position="Editor"))


def test_1_a_second_no_from_the_same_person_begins_one_thread_anew() -> None:
    before = only(workspace(contact(rejections=BOTH)), "2026-06-14")
    assert before.key == "dana-okafor/check_in/1"
    assert span(before) == ("2026-04-30", "2026-05-30")
    touches = messages(workspace(contact(rejections=BOTH)), "2026-06-15")
    assert [t.key for t in touches.values()] == ["dana-okafor/check_in/1"]
    assert span(touches["dana-okafor"]) == ("2026-09-15", "2026-10-15")


def test_1_the_round_goes_up_where_the_first_mail_was_sent() -> None:
    touch = after(SENT, rejections=BOTH, as_of="2026-06-15")
    assert touch.key == "dana-okafor/check_in/2"


def test_1_of_two_noes_the_order_in_the_file_says_nothing() -> None:
    turned = tuple(reversed(BOTH))
    assert after(SENT, rejections=turned, as_of="2026-06-15") == after(
        SENT, rejections=BOTH, as_of="2026-06-15"
    )


def test_2_two_people_at_one_company_hear_a_month_apart_from_each_other() -> None:
    found = messages(workspace(contact(), colleague()), "2026-02-01")
    first, second = found["dana-okafor"], found["lee-park"]
    assert (second.target_on - first.target_on).days >= 30
    assert "30 days apart from the message to a colleague" in second.reasons[1]


def test_2_who_comes_first_is_settled_by_the_last_day_and_then_by_name() -> None:
    found = messages(
        workspace(contact("b", company="Acme"), contact("a", company="Acme")),
        "2026-02-01",
    )
    assert found["a"].target_on < found["b"].target_on
    sooner = contact("z", "2026-01-20", company="Acme")
    found = messages(workspace(contact("a", company="Acme"), sooner), "2026-02-01")
    assert found["z"].target_on < found["a"].target_on


def test_3_one_manager_met_at_two_companies_is_still_one_person() -> None:
    elsewhere = (
        rejection("2026-01-30"),
        rejection("2026-03-02", company="Borealis"),
    )
    found = workspace(contact(rejections=elsewhere, history=(SENT,)))
    touch = only(found, "2026-05-05")
    assert touch.key == "dana-okafor/portfolio_note/1"
    assert (touch.target_on - SENT.date).days >= 60


@pytest.mark.parametrize(
    "fields",
    [
        {"rejections": (rejection(introduced_by=IntroducedBy.AGENCY),)},
        {"role": Role.AGENCY},
    ],
)
def test_4_what_an_agency_brought_gets_the_look_back_alone(
    fields: dict[str, Any],
) -> None:
    person = contact(**fields)
    assert not messages(workspace(person), "2026-05-04")
    assert assessments(workspace(person), "2026-05-04")
    asked_for = contact(cadence="gentle", **fields)
    assert span(only(workspace(asked_for), "2026-05-04")) == (
        "2026-05-30",
        "2026-07-30",
    )


def test_4_a_recruiter_of_the_company_hears_from_you() -> None:
    person = contact(role=Role.RECRUITER)
    assert messages(workspace(person), "2026-05-04")


def test_5_without_a_name_there_is_only_the_look_back() -> None:
    person = contact("form", name="", company="Acme")
    plan = planned(workspace(person), "2026-05-04")
    assert [t.step for t in plan.touches] == [Step.SELF_ASSESSMENT]
    assert plan.standings["form"].status is Status.SELF_ONLY


@pytest.mark.parametrize("stage", [Stage.APPLICATION, Stage.SCREENING])
def test_6_who_never_interviewed_you_gets_nothing_unless_you_say_so(
    stage: Stage,
) -> None:
    person = contact(rejections=(rejection(stage=stage),))
    assert not messages(workspace(person), "2026-05-04")
    assert assessments(workspace(person), "2026-05-04")
    wanted = contact(rejections=(rejection(stage=stage),), cadence="classic")
    assert messages(workspace(wanted), "2026-05-04")


@pytest.mark.parametrize("cause", Cause)
def test_7_and_8_why_it_was_a_no_moves_no_date(cause: Cause) -> None:
    person = contact(rejections=(rejection(cause=cause),))
    assert dates(only(workspace(person), "2026-05-04")) == dates(after())


def test_9_a_guessed_day_counts_like_a_known_one() -> None:
    person = contact(rejections=(rejection(assumed=True, cause=Cause.SILENCE),))
    assert dates(only(workspace(person), "2026-05-04")) == dates(after())


def test_10_a_file_added_a_year_late_brings_one_mail_and_no_look_back() -> None:
    plan = planned(workspace(contact(rejected_on="2025-01-15")), "2026-11-23")
    by_status = {t.step: (t.status, t.overdue) for t in plan.touches}
    assert by_status == {
        Step.CHECK_IN: (TouchStatus.DUE, True),
        Step.SELF_ASSESSMENT: (TouchStatus.LAPSED, True),
    }


def test_11_three_weeks_late_moves_what_follows_by_three_weeks() -> None:
    late = event("2026-05-25", "sent", touch="check_in/1")
    assert span(after(late)) == ("2026-07-25", "2026-09-25")


def test_12_an_issue_left_open_for_months_stays_the_only_one() -> None:
    opened = {"dana-okafor/check_in/1": OpenIssue(2, dt.date(2026, 4, 30))}
    for as_of in ("2026-06-15", "2026-12-20", "2027-09-01"):
        (touch,) = messages(workspace(contact()), as_of, opened).values()
        assert (touch.status, touch.issue, touch.overdue) == (
            TouchStatus.OPEN,
            2,
            True,
        )


def test_13_closing_as_not_planned_skips_and_reopening_forgets_it() -> None:
    closed = event(
        "2026-05-10",
        "skipped",
        touch="check_in/1",
        source="closed:2:2026-05-10T09:00:00Z",
    )
    reopened = event("2026-05-12", "undone", of=closed.source, source="reopened:2:1")
    assert after(closed).key == "dana-okafor/portfolio_note/1"
    assert after(closed, reopened) == after()


def test_14_a_document_that_a_colleague_got_is_not_proposed() -> None:
    sent = event("2026-05-04", "sent", touch="portfolio_note/1", document="talk")
    other = colleague(history=(sent,))
    me = contact(history=(event("2026-02-10", "sent", touch="check_in/1"),))
    found = workspace(me, other, documents=(document("talk"), document("paper")))
    touch = messages(found, "2026-06-08")["dana-okafor"]
    assert (touch.document, touch.alternatives) == ("paper", ())


def test_15_without_a_document_left_the_note_is_due_and_says_so() -> None:
    touch = after(SENT, as_of="2026-07-06")
    assert touch.status is TouchStatus.DUE
    assert touch.document is None
    assert touch.reasons[-1] == "No document is left for them."


@pytest.mark.parametrize(
    ("rejected_on", "window"),
    [
        ("2025-11-30", ("2026-02-28", "2026-03-30")),
        ("2027-11-30", ("2028-02-29", "2028-03-30")),
        ("2026-05-31", ("2026-08-31", "2026-09-30")),
        ("2026-10-31", ("2027-01-31", "2027-02-28")),
    ],
)
def test_16_both_ends_are_counted_from_the_no_itself(
    rejected_on: str, window: tuple[str, str]
) -> None:
    touch = only(workspace(contact(rejected_on=rejected_on)), rejected_on)
    assert span(touch) == window


AUGUST = QuietPeriod(YearDay(8, 1), YearDay(8, 31))


def test_18_a_quiet_august_moves_a_mail_to_september_and_says_so() -> None:
    found = workspace(
        contact(rejected_on="2026-04-20"), settings=settings(quiet=(AUGUST,))
    )
    touch = only(found, "2026-05-01")
    assert dates(touch) == ("2026-07-20", "2026-07-20", "2026-08-20")
    found = workspace(
        contact(rejected_on="2026-05-01"), settings=settings(quiet=(AUGUST,))
    )
    touch = only(found, "2026-05-02")
    assert dates(touch) == ("2026-09-01", "2026-09-01", "2026-09-01")
    assert not touch.outside_window
    assert touch.reasons == (
        "Three months after the no of 1 May.",
        "1 to 31 August are your quiet days",
    )


def test_18_where_nothing_is_left_the_next_free_day_is_marked() -> None:
    long = QuietPeriod(YearDay(7, 15), YearDay(9, 13))
    found = workspace(
        contact(rejected_on="2026-05-01"), settings=settings(quiet=(long,))
    )
    touch = only(found, "2026-05-02")
    assert dates(touch) == ("2026-09-14", "2026-09-14", "2026-09-14")
    assert touch.outside_window


def test_18_holidays_are_those_of_the_person_never_mixed_with_yours() -> None:
    at_home = contact(rejected_on="2026-04-03")  # 3 July: Independence Day, observed
    abroad = contact("a", rejected_on="2026-04-03", country="DE")
    assert dates(only(workspace(at_home), "2026-04-04"))[1] == "2026-07-06"
    assert dates(only(workspace(abroad), "2026-04-04"))[1] == "2026-07-03"
    texan = settings(country="US", subdivision="TX")
    bavarian = contact("b", rejected_on="2026-03-04", country="DE", subdivision="BY")
    berliner = contact("c", rejected_on="2026-03-04", country="DE")
    by = only(workspace(bavarian, settings=texan), "2026-03-05")
    be = only(workspace(berliner, settings=texan), "2026-03-05")
    assert dates(by)[1] == "2026-06-05"  # Corpus Christi on the 4th
    assert dates(be)[1] == "2026-06-04"


def test_19_a_letter_opens_ten_days_before_it_should_arrive() -> None:
    touch = after(channel=Channel.POST, as_of="2026-04-20")
    assert dates(touch) == ("2026-04-20", "2026-04-30", "2026-05-30")
    assert touch.status is TouchStatus.DUE


def test_20_an_out_of_office_note_puts_the_mail_off() -> None:
    leave = event("2026-05-04", "snoozed", touch="check_in/1", until="2026-06-15")
    assert dates(after(leave))[1] == "2026-06-15"


def test_23_a_pause_in_every_file_holds_everyone() -> None:
    paused = event("2026-05-06", "paused", until="2027-01-15")
    people = [contact(f"p{n}", company=f"C{n}", history=(paused,)) for n in range(4)]
    touches = messages(workspace(*people), "2026-12-01").values()
    assert {t.status for t in touches} == {TouchStatus.UPCOMING}
    assert {str(t.opens_on) for t in touches} == {"2027-01-15"}


def test_24_with_a_job_everyone_hears_from_you_once_a_year() -> None:
    hired = event("2026-05-10", "hired_elsewhere", mode=ElsewhereMode.LIGHT)
    found = workspace(contact(history=(SENT,)), settings=settings(history=(hired,)))
    assert span(only(found, "2026-05-11")) == ("2027-05-04", "2027-07-04")


def test_30_a_broken_file_holds_back_that_person_alone() -> None:
    found = workspace(contact(), frozen=frozenset({"broken"}))
    assert messages(found, "2026-05-04").keys() == {"dana-okafor"}


def test_32_an_end_needs_no_reason() -> None:
    ended = event("2026-05-06", "ended")
    plan = planned(workspace(contact(history=(SENT, ended))), "2026-07-06")
    assert not plan.touches
    assert plan.standings["dana-okafor"].status is Status.ENDED


@pytest.mark.parametrize("share", [Share.PRIVATE, Share.REDACT_FIRST])
def test_33_a_confidential_paper_is_never_proposed(share: Share) -> None:
    person = contact(history=(SENT,))
    found = workspace(person, documents=(document("inside", share=share),))
    assert only(found, "2026-07-06").document is None


def test_planning_season_answers_lead_to_their_own_month() -> None:
    """'Planning opens in September': warm, and the month they named."""
    warm = event("2026-05-06", "replied", tone=Tone.WARM)
    waits = event("2026-05-06", "wait_until", until="2026-09-01")
    assert dates(after(SENT, warm, waits)) == ("2026-09-01", "2026-09-01", "2026-10-01")


def test_a_reposted_job_changes_no_date_until_you_are_turned_down_again() -> None:
    person = contact(
        rejections=(rejection(reapply_after=day("2026-03-01")),), history=(SENT,)
    )
    assert dates(only(workspace(person), "2026-05-30")) == dates(after(SENT))
