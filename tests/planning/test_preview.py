"""The future of one person, as it is assumed before anything happens."""

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import (
    MESSAGE_STEPS,
    Contact,
    QuietPeriod,
    Step,
    Touch,
    Workspace,
    YearDay,
)
from pipeline.planning.preview import following, preview
from pipeline.planning.schedule import schedule
from tests.factories import contact, day, event, rejection, settings, workspace
from tests.planning import people
from tests.planning.looking import HOLIDAYS, SENT, UNANSWERED, colleague, messages


def future(
    found: Workspace | Contact, as_of: str, slug: str = "dana-okafor", months: int = 24
) -> tuple[Touch, ...]:
    if isinstance(found, Contact):
        found = workspace(found)
    return preview(found, slug, day(as_of), HOLIDAYS, months)


def story(touches: tuple[Touch, ...]) -> list[str]:
    return [f"{t.assumed_on} {t.ref}" for t in touches]


def test_each_message_is_taken_as_sent_on_its_day_without_an_answer() -> None:
    assert story(future(contact(), "2026-01-30", months=20)) == [
        "2026-02-01 self_assessment/1",
        "2026-04-30 check_in/1",
        "2026-06-30 portfolio_note/1",
        "2026-10-30 portfolio_note/2",
        "2027-03-01 your_call/1",  # 28 February is a Sunday
        "2027-03-01 portfolio_note/3",
        "2027-07-01 portfolio_note/4",
    ]


def test_what_is_past_is_taken_as_done_on_the_first_day_that_suits() -> None:
    assert story(future(contact(), "2026-12-20", months=8)) == [
        "2027-01-07 check_in/1",  # after the quiet days
        "2027-03-08 portfolio_note/1",  # 60 days later
        "2027-07-08 portfolio_note/2",
    ]


def test_its_first_entry_is_what_the_plan_has() -> None:
    found = workspace(contact(), colleague())
    planned = messages(found, "2026-04-01")
    for slug in ("dana-okafor", "lee-park"):
        first = future(found, "2026-04-01", slug)[0]
        assert first.key == planned[slug].key
        assert first.assumed_on == planned[slug].target_on


def test_others_at_the_company_count_with_their_next_message() -> None:
    found = workspace(contact(), colleague(rejected_on="2026-03-02"))
    alone = story(future(contact(), "2026-04-30", months=4))
    among = story(future(found, "2026-04-30", months=4))
    assert alone == ["2026-04-30 check_in/1", "2026-06-30 portfolio_note/1"]
    # The colleague's is meant for 2 June; a month later is 2 July.
    assert among == ["2026-04-30 check_in/1", "2026-07-02 portfolio_note/1"]


def test_a_pause_holds_what_is_assumed() -> None:
    paused = event("2026-05-06", "paused", until="2026-08-01")
    touches = future(contact(history=(SENT, paused)), "2026-05-07", months=4)
    assert story(touches) == ["2026-08-03 portfolio_note/1"]


def test_a_question_put_off_is_answered_when_it_comes_back() -> None:
    snoozed = event("2027-03-02", "snoozed", touch="your_call/1", until="2027-04-20")
    history = (*UNANSWERED, snoozed)
    touches = future(contact(history=history), "2027-03-03", months=2)
    assert story(touches) == [
        "2027-04-20 your_call/1",
        "2027-04-20 portfolio_note/3",
    ]


def test_a_look_back_put_off_stands_at_its_day() -> None:
    look_back = "self_assessment/1"
    snoozed = event("2026-04-02", "snoozed", touch=look_back, until="2026-07-20")
    person = contact(rejected_on="2026-04-01", history=(snoozed,))
    assert story(future(person, "2026-04-13", months=4)) == [
        "2026-07-01 check_in/1",
        "2026-07-20 self_assessment/1",
    ]


def test_a_slow_pace_stays_slow_whatever_is_assumed() -> None:
    slowed = event("2026-05-06", "slowed")
    touches = future(contact(history=(SENT, slowed)), "2026-05-07", months=60)
    notes = [t.assumed_on for t in touches if t.step is Step.PORTFOLIO_NOTE]
    assert [each.year for each in notes if each] == [2027, 2028, 2029, 2030, 2031]


def test_what_is_dated_later_is_taken_in_on_its_day() -> None:
    later = event("2026-08-01", "ended")
    touches = future(contact(history=(SENT, later)), "2026-05-07")
    assert story(touches) == ["2026-07-06 portfolio_note/1"]


@pytest.mark.parametrize(
    "fields",
    [
        {"history": (event("2026-05-06", "stop"),)},
        {"history": (event("2026-05-06", "interview"),)},
        {"history": (event("2026-05-06", "paused"),)},
        {"rejections": (rejection("2029-01-01"),)},
    ],
)
def test_where_nothing_is_planned_there_is_no_future(fields: dict[str, Any]) -> None:
    assert not future(contact(**fields), "2026-09-01")


def test_talks_with_a_colleague_are_seen_though_their_no_came_from_elsewhere() -> None:
    talks = event("2026-05-06", "interview")
    over = contact(
        "ines-paredes",
        rejections=(rejection("2026-06-15", company="Okafor Instruments"),),
    )
    found = workspace(contact(history=(SENT,)), colleague(history=(talks,)), over)
    assert future(found, "2026-06-20")
    assert messages(found, "2026-06-20").keys() >= {"dana-okafor"}


def test_a_year_of_quiet_days_ends_the_search_for_days() -> None:
    always = (QuietPeriod(YearDay(1, 1), YearDay(12, 31)),)
    found = workspace(contact(), settings=settings(quiet=always))
    assert future(found, "2026-04-30", months=6)


def test_what_comes_after_a_message_does_not_depend_on_the_day() -> None:
    found = workspace(contact())
    touch = messages(found, "2026-04-01")["dana-okafor"]
    after = following(found, touch, HOLIDAYS, touch.opens_on)
    assert after is not None
    assert (after.key, str(after.target_on)) == (
        "dana-okafor/portfolio_note/1",
        "2026-06-30",
    )
    late = messages(found, "2026-12-01")["dana-okafor"]
    assert following(found, late, HOLIDAYS, touch.opens_on) == after


def test_what_comes_after_one_that_opened_late_is_counted_from_there() -> None:
    found = workspace(contact())
    touch = messages(found, "2026-04-01")["dana-okafor"]
    after = following(found, touch, HOLIDAYS, day("2026-12-01"))
    assert after is not None
    assert str(after.target_on) == "2027-02-01"


@given(people.workspaces(most=4), people.days)
def test_a_future_comes_in_order_and_keeps_sixty_days(
    found: Workspace, as_of: Any
) -> None:
    for slug, person in found.contacts.items():
        touches = preview(found, slug, as_of, people.HOLIDAYS, 18)
        own = [t for t in touches if t.step is not Step.SELF_ASSESSMENT]
        days = [t.assumed_on for t in own if t.assumed_on]
        assert days == sorted(days)
        assert all(each >= as_of for each in days)
        assert len({t.key for t in touches}) == len(touches)
        sent = [t.assumed_on for t in own if t.step in MESSAGE_STEPS and t.assumed_on]
        waits = any(e.event == "wait_until" for e in person.history)
        gaps = [(b - a).days for a, b in pairwise(sent)]
        assert waits or all(gap >= 60 for gap in gaps)


after_all = st.dates(dt.date(2028, 1, 1), dt.date(2028, 12, 31))


@given(people.workspaces(most=5, companies=2), after_all, st.data())
def test_leaving_out_who_does_not_matter_changes_no_date(
    found: Workspace, as_of: Any, data: st.DataObject
) -> None:
    """A future is worked out among few people, the plan among all."""
    slug = data.draw(st.sampled_from(sorted(found.contacts)))
    planned = {
        t.slug: t
        for t in schedule(found, as_of, people.HOLIDAYS).touches
        if t.step is not Step.SELF_ASSESSMENT
    }
    own = [
        t
        for t in preview(found, slug, as_of, people.HOLIDAYS, 36)
        if t.step is not Step.SELF_ASSESSMENT
    ]
    assert bool(own) == (slug in planned)
    if own:
        first, same = own[0], planned[slug]
        assert (first.key, first.target_on) == (same.key, same.target_on)
