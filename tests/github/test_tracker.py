"""What only the tracker on GitHub has to know: who did it, in which order, and lies."""

import datetime as dt
from collections.abc import Callable

import pytest

from pipeline.errors import TrackerError
from pipeline.model import IssueState, Known
from pipeline.reconciling.identity import ack, join_body, marked
from pipeline.trackers.base import Change, Observation
from tests.factories import day
from tests.github.clock import Clock
from tests.github.reaching import tracker_of
from tests.github.repository import (
    FRIEND,
    OTHER_ROBOT,
    OWNER,
    ROBOT,
    STRANGER,
    User,
)
from tests.github.server import Fault, GitHub, Request

TODAY = day("2026-05-04")
OPEN, CLOSED = IssueState.OPEN, IssueState.CLOSED


def look(github: GitHub, clock: Clock, **known: Known) -> Observation:
    numbers = {each.number or 0: each for each in known.values()}
    return tracker_of(github, clock).observe(numbers, None, TODAY)


def ours(github: GitHub, title: str = "A mail") -> int:
    body = join_body("Hello", marked("dana/check_in/1", 0, None, title, "Hello"), "")
    return github.repository.create(title, body, ROBOT, {}).number


def lying(fault: Fault) -> Callable[[Request], Fault | None]:
    def choose(asked: Request) -> Fault | None:
        return fault if asked.path in ("issues", "issues/comments") else None

    return choose


# --- who -----------------------------------------------------------------------


def test_an_issue_is_given_to_the_owner_under_our_label(
    github: GitHub, clock: Clock
) -> None:
    number = tracker_of(github, clock).create("A mail", "text", TODAY)
    issue = github.repository.issue(number)
    assert (issue.labels, issue.assignees) == (("follow-up",), ("maya",))


def test_changing_an_issue_keeps_the_labels_that_people_gave_it(
    github: GitHub, clock: Clock
) -> None:
    number = tracker_of(github, clock).create("A mail", "text", TODAY)
    github.repository.change(number, OWNER, {"labels": ["follow-up", "soon"]})
    seen = look(github, clock).issues[number]
    assert tracker_of(github, clock).update(seen, Change(state=CLOSED), TODAY)
    assert github.repository.issue(number).labels == ("follow-up", "soon")


@pytest.mark.parametrize(
    ("who", "counts"),
    [(OWNER, True), (FRIEND, True), (STRANGER, False), (OTHER_ROBOT, False)],
)
def test_the_word_of_people_who_belong_here_counts(
    github: GitHub, clock: Clock, who: User, counts: bool
) -> None:
    github.repository.comment(ours(github), "/sent", who)
    assert [each.trusted for each in look(github, clock).comments] == [counts]


def test_a_robot_that_closes_an_issue_is_nobody(github: GitHub, clock: Clock) -> None:
    number = ours(github)
    github.repository.change(number, OTHER_ROBOT, {"state": "closed"})
    seen = look(github, clock, it=Known(number=number, wanted=OPEN)).issues[number]
    assert (seen.state, seen.acts) == (CLOSED, ())


def test_an_issue_by_a_person_that_carries_our_mark_is_not_ours(
    github: GitHub, clock: Clock
) -> None:
    body = github.repository.issue(ours(github)).body
    copied = github.repository.create("Mine", body, OWNER, {}).number
    assert not look(github, clock).issues[copied].ours


def test_changes_of_code_are_no_issues(github: GitHub, clock: Clock) -> None:
    github.repository.create("A change", "", FRIEND, {"pull_request": True})
    seen = look(github, clock)
    assert seen.issues == {}
    assert seen.sane


def test_with_a_token_of_ones_own_answers_are_known_by_their_mark(
    github: GitHub, clock: Clock
) -> None:
    """Owner and program are one account then; states tell what happened."""
    github.user = OWNER
    tracker = tracker_of(github, clock)
    number = tracker.create("A mail", "text", TODAY)
    github.repository.comment(number, "/sent", OWNER)
    tracker.comment(number, f"Noted.\n\n{ack('comment:1')}", TODAY)
    seen = tracker.observe({number: Known(number=number)}, None, TODAY)
    assert [(c.ours, c.trusted) for c in seen.comments] == [
        (False, True),
        (True, False),
    ]
    assert seen.issues[number].ours
    assert seen.issues[number].acts is None


# --- in which order ------------------------------------------------------------


def test_several_acts_between_two_looks_come_in_their_order(
    github: GitHub, clock: Clock
) -> None:
    number = ours(github)
    steps = (("closed", "completed"), ("open", None), ("closed", "not_planned"))
    for state, reason in steps:
        clock.advance(minutes=1)
        fields = {"state": state, "state_reason": reason}
        github.repository.change(number, OWNER, fields)
    seen = look(github, clock, it=Known(number=number, wanted=OPEN)).issues[number]
    assert seen.acts is not None
    assert [(a.state, a.reason) for a in seen.acts if a.state is CLOSED] == [
        (CLOSED, "completed"),
        (CLOSED, "not_planned"),
    ]
    assert [a.state for a in seen.acts] == [CLOSED, OPEN, CLOSED]


def test_an_act_that_was_taken_in_is_not_told_again(
    github: GitHub, clock: Clock
) -> None:
    number = ours(github)
    github.repository.change(number, OWNER, {"state": "closed"})
    known = Known(number=number, wanted=OPEN)
    first = look(github, clock, it=known).issues[number]
    assert first.acts
    later = Known(
        number=number, wanted=CLOSED, act=first.acts[-1].id, closing=first.closing
    )
    github.asked.clear()
    assert look(github, clock, it=later).issues[number].acts is None
    assert not [each for each in github.asked if "timeline" in each.path]


def test_a_closing_by_us_that_a_person_did_again_is_asked_about(
    github: GitHub, clock: Clock
) -> None:
    number = ours(github)
    github.repository.change(number, ROBOT, {"state": "closed"})
    clock.advance(minutes=1)
    github.repository.change(number, OWNER, {"state": "open"})
    github.repository.change(number, OWNER, {"state": "closed"})
    seen = look(github, clock, it=Known(number=number, wanted=CLOSED)).issues[number]
    assert [each.state for each in seen.acts or ()] == [OPEN, CLOSED]


def test_a_day_is_one_of_the_users(github: GitHub, clock: Clock) -> None:
    clock.now = dt.datetime(2026, 5, 1, 2, 30, tzinfo=dt.UTC)
    number = ours(github)
    github.repository.change(number, OWNER, {"state": "closed"})
    tracker = tracker_of(github, clock, zone="America/New_York")
    known = {number: Known(number=number, wanted=OPEN)}
    issue = tracker.observe(known, None, TODAY).issues[number]
    assert issue.closed_on == day("2026-04-30")
    assert [each.on for each in issue.acts or ()] == [day("2026-04-30")]


# --- lies ----------------------------------------------------------------------


@pytest.mark.parametrize("fault", [Fault.LIST_EMPTY, Fault.LIST_LAGS])
def test_a_list_that_lacks_a_known_issue_is_not_believed(
    github: GitHub, clock: Clock, fault: Fault
) -> None:
    number = ours(github)
    github.fault = lying(fault)
    seen = look(github, clock, it=Known(number=number, wanted=OPEN))
    assert not seen.sane
    assert seen.issues[number].state is OPEN


def test_an_empty_list_where_issues_are_counted_is_not_believed(
    github: GitHub, clock: Clock
) -> None:
    ours(github)
    github.fault = lying(Fault.LIST_EMPTY)
    seen = look(github, clock)
    assert not seen.sane


def test_what_a_comment_list_hides_is_found_beside_the_act(
    github: GitHub, clock: Clock
) -> None:
    """`/skip` sent with a closing must come before it, whatever the list shows."""
    number = ours(github)
    github.repository.comment(number, "/skip no", OWNER)
    github.repository.change(number, OWNER, {"state": "closed"})
    github.fault = lambda asked: (
        Fault.LIST_LAGS if asked.path == "issues/comments" else None
    )
    seen = look(github, clock, it=Known(number=number, wanted=OPEN))
    assert [each.text for each in seen.comments] == ["/skip no"]


def test_a_repository_that_is_not_there_is_said_so(
    github: GitHub, clock: Clock
) -> None:
    github.repository.name = "elsewhere"
    with pytest.raises(TrackerError, match="GITHUB_REPOSITORY"):
        tracker_of(github, clock)


def test_a_title_is_cut_where_github_would_refuse_it(
    github: GitHub, clock: Clock
) -> None:
    number = tracker_of(github, clock).create("x" * 300, "text", TODAY)
    assert len(github.repository.issue(number).title) == 200
