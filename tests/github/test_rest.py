"""The manners of the client: what it repeats, how long it waits, when it gives up."""

import pytest

from pipeline.errors import Declined, Enough, Gone, TrackerError, Unclear
from pipeline.trackers.rest import Wire
from tests.github.clock import Clock
from tests.github.reaching import api_of
from tests.github.repository import OWNER
from tests.github.server import Fault, GitHub, Request

ISSUE = {"title": "A mail", "body": "text"}
DONE = {Fault.BAD_GATEWAY_AFTER, Fault.DROPPED_AFTER, Fault.SLOW}
AMBIGUOUS = sorted(
    {*DONE, Fault.BAD_GATEWAY_BEFORE, Fault.DROPPED_BEFORE, Fault.SERVER_ERROR},
    key=lambda fault: fault.name,
)
LIMITS = [Fault.LIMITED, Fault.SECONDARY, Fault.TOO_MANY]


def fail(github: GitHub, fault: Fault, method: str, times: int = 1) -> None:
    """Let the next requests of one kind fail."""
    left = times

    def choose(request: Request) -> Fault | None:
        nonlocal left
        if request.method != method or not left:
            return None
        left -= 1
        return fault

    github.fault = choose


@pytest.mark.parametrize("fault", AMBIGUOUS)
def test_a_creation_is_never_repeated_where_it_may_have_been_done(
    github: GitHub, clock: Clock, fault: Fault
) -> None:
    api = api_of(github, clock, Wire(timeout=0.2))
    fail(github, fault, "POST", times=9)
    with pytest.raises(Unclear):
        api.post("issues", ISSUE)
    assert github.counted("POST") == 1
    assert len(github.repository.versions) == (fault in DONE)


@pytest.mark.parametrize("fault", LIMITS)
def test_a_creation_that_a_limit_refused_waits_and_is_done_once(
    github: GitHub, clock: Clock, fault: Fault
) -> None:
    fail(github, fault, "POST")
    api_of(github, clock).post("issues", ISSUE)
    assert len(github.repository.versions) == 1
    expected = {Fault.LIMITED: 31.0, Fault.SECONDARY: 60.0, Fault.TOO_MANY: 7.0}
    assert max(clock.waited) == pytest.approx(expected[fault], abs=1)


@pytest.mark.parametrize("method", ["GET", "PATCH"])
@pytest.mark.parametrize("fault", AMBIGUOUS)
def test_reading_and_setting_a_state_are_repeated(
    github: GitHub, clock: Clock, fault: Fault, method: str
) -> None:
    github.repository.create("A", "b", OWNER, {})
    api = api_of(github, clock, Wire(timeout=0.2))
    fail(github, fault, method)
    if method == "GET":
        assert api.get("issues/1")["title"] == "A"
    else:
        assert api.patch("issues/1", {"state": "closed"})["state"] == "closed"
        assert len([e for e in github.repository.events if e.event == "closed"]) == 1
    assert github.counted(method) == 2


def test_a_server_that_stays_down_is_an_error_and_no_wall_of_requests(
    github: GitHub, clock: Clock
) -> None:
    fail(github, Fault.BAD_GATEWAY_BEFORE, "GET", times=99)
    with pytest.raises(TrackerError, match="run it again later"):
        api_of(github, clock).get("issues/1")
    assert github.counted() == 4


def test_a_refusal_without_a_word_of_limits_is_not_repeated(
    github: GitHub, clock: Clock
) -> None:
    fail(github, Fault.FORBIDDEN, "POST")
    with pytest.raises(Declined):
        api_of(github, clock).post("issues", ISSUE)
    assert github.counted() == 1
    assert clock.waited == []


@pytest.mark.parametrize("fault", LIMITS)
def test_after_five_minutes_of_waiting_the_rest_is_left(
    github: GitHub, clock: Clock, fault: Fault
) -> None:
    api = api_of(github, clock)
    fail(github, fault, "POST", times=999)
    with pytest.raises(Enough):
        api.post("issues", ISSUE)
    assert sum(clock.waited) <= 300
    assert github.repository.versions == {}


def test_writes_are_a_second_apart_and_reads_are_not(
    github: GitHub, clock: Clock
) -> None:
    api = api_of(github, clock)
    for _ in range(3):
        api.post("issues", ISSUE)
    for number in (1, 2, 3):
        api.get(f"issues/{number}")
    assert clock.waited == [1.0, 1.0]


def test_lists_are_read_to_their_end_at_whatever_path_they_go_on(
    github: GitHub, clock: Clock
) -> None:
    for number in range(205):
        github.repository.create(f"Issue {number}", "", OWNER, {})
    rows = api_of(github, clock).pages("issues", state="open")
    assert len({row["number"] for row in rows}) == 205
    assert github.counted() == 3


def test_a_list_that_goes_on_at_another_host_is_refused(
    github: GitHub, clock: Clock
) -> None:
    for number in range(101):
        github.repository.create(f"Issue {number}", "", OWNER, {})
    elsewhere = github.base.replace("127.0.0.1", "localhost")
    api = api_of(github, clock, base=elsewhere)
    with pytest.raises(TrackerError, match="another host"):
        api.pages("issues", state="open")


@pytest.mark.parametrize("status", [301, 404, 410])
def test_what_was_deleted_or_moved_is_gone(
    github: GitHub, clock: Clock, status: int
) -> None:
    github.repository.create("A", "b", OWNER, {})
    github.repository.delete(1, status)
    with pytest.raises(Gone):
        api_of(github, clock).get("issues/1")
    assert github.counted() == 1


def test_a_text_that_is_too_long_is_refused_once(github: GitHub, clock: Clock) -> None:
    with pytest.raises(Declined, match="too long"):
        api_of(github, clock).post("issues", {"title": "A", "body": "x" * 65_537})
    assert github.counted() == 1


def test_nobody_there_is_an_error_in_one_line(clock: Clock, github: GitHub) -> None:
    api = api_of(github, clock, base="http://127.0.0.1:9")
    with pytest.raises(TrackerError):
        api.get()


def test_a_token_that_is_not_known_is_said_so(github: GitHub, clock: Clock) -> None:
    from pipeline.trackers.rest import Api, Pace  # noqa: PLC0415 - with another token

    pace = Pace(clock.sleep, clock.monotonic, lambda: clock.now)
    api = Api(github.base, "maya/not-yet", "wrong", Wire(), pace)
    with pytest.raises(TrackerError, match="GITHUB_TOKEN"):
        api.get()
