"""Our requests and the server's answers, held against GitHub's published models."""

import datetime as dt
from typing import Any

import pytest
from githubkit_schemas.v2026_03_10 import models
from pydantic import TypeAdapter

from pipeline.model import IssueState, Known
from pipeline.trackers.base import DUPLICATE, Change
from pipeline.trackers.rest import API_VERSION
from tests.factories import day
from tests.github.clock import Clock
from tests.github.reaching import tracker_of
from tests.github.repository import FRIEND, OWNER
from tests.github.server import Answer, GitHub, Request

TODAY = day("2026-05-04")
REQUESTS: dict[tuple[str, str], Any] = {
    ("POST", "issues"): models.ReposOwnerRepoIssuesPostBody,
    ("PATCH", "issues/"): models.ReposOwnerRepoIssuesIssueNumberPatchBody,
    ("POST", "issues/"): models.ReposOwnerRepoIssuesIssueNumberCommentsPostBody,
}
ANSWERS: dict[tuple[str, str], Any] = {
    ("GET", "issues"): list[models.Issue],
    ("GET", "issues/"): models.Issue,
    ("POST", "issues"): models.Issue,
    ("PATCH", "issues/"): models.Issue,
    ("GET", "issues/comments"): list[models.IssueComment],
    ("POST", "issues/"): models.IssueComment,
    ("GET", "timeline"): list[
        models.TimelineCommentEvent | models.StateChangeIssueEvent
    ],
    ("GET", "/user"): models.SimpleUser,
}


def kind(request: Request) -> tuple[str, str]:
    path = request.path
    if path.endswith("timeline"):
        return request.method, "timeline"
    known = path in ("issues", "issues/comments", "/user", "")
    return request.method, path if known else "issues/"


@pytest.fixture
def told(github: GitHub, clock: Clock) -> list[tuple[Request, Answer]]:
    """Give everything that was said while everything was done once."""
    repository = github.repository
    tracker = tracker_of(github, clock)
    first = tracker.create("A mail", "text", TODAY)
    second = tracker.create("Another", "text", TODAY)
    repository.create("A change", "", FRIEND, {"pull_request": True})
    clock.advance(minutes=1)
    tracker.comment(first, "Noted.", TODAY)
    repository.comment(first, "/sent", OWNER)
    repository.change(first, OWNER, {"state": "closed", "state_reason": "not_planned"})
    seen = tracker.observe({}, None, TODAY).issues[second]
    change = Change(title="B", body="c", state=IssueState.CLOSED, reason=DUPLICATE)
    tracker.update(seen, change, TODAY)
    known = {first: Known(number=first, wanted=IssueState.OPEN)}
    tracker.observe(known, dt.datetime(2026, 5, 1, tzinfo=dt.UTC), TODAY)
    github.user = OWNER
    assert tracker_of(github, clock).accounts == ("maya",)
    return github.answered


def test_answers_are_what_github_says_they_are(
    told: list[tuple[Request, Answer]],
) -> None:
    checked = set()
    for request, answer in told:
        if kind(request) in ANSWERS and answer.status < 300:
            TypeAdapter(ANSWERS[kind(request)]).validate_python(answer.value)
            checked.add(kind(request))
    assert checked == set(ANSWERS)


def test_the_repository_has_the_fields_that_github_gives_it(
    told: list[tuple[Request, Answer]],
) -> None:
    """The real answer has many more; what is read must be among them, in that type."""
    shown = next(answer.value for request, answer in told if request.path == "")
    fields = models.FullRepository.model_fields
    for name, value in shown.items():
        TypeAdapter(fields[name].annotation).validate_python(value)


def test_requests_are_what_github_takes(told: list[tuple[Request, Answer]]) -> None:
    checked = set()
    for request, _ in told:
        if kind(request) in REQUESTS:
            model = REQUESTS[kind(request)]
            model.model_validate(request.fields, strict=True)
            assert set(request.fields) <= set(model.model_fields)
            checked.add(kind(request))
    assert checked == set(REQUESTS)


def test_the_version_asked_for_is_the_one_that_is_checked() -> None:
    assert models.__name__.split(".")[1] == f"v{API_VERSION.replace('-', '_')}"
