"""A run with twenty due mails, ended at every request and every git command.

The repository is a real one, the server speaks HTTP. Whatever the point: after two more
runs there is one issue for each, and every act was taken in and answered once.
"""

import copy
import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import NotYetError
from pipeline.files.gitstore import GitStore
from pipeline.files.workspace import load
from pipeline.model import Workspace
from pipeline.reconciling.apply import sync
from pipeline.reconciling.changes import Limits, Run
from pipeline.reconciling.identity import acks_in, split_body
from pipeline.trackers.github import GitHubTracker, look_up
from pipeline.trackers.rest import Wire
from tests.faults.repositories import bare, checkout, push
from tests.github.clock import Clock
from tests.github.reaching import Watched, api_of
from tests.github.repository import OWNER, Repository
from tests.github.server import GitHub
from tests.reconciling.scenes import HOLIDAYS
from tests.reconciling.test_intake import filled

DUE = 20
OLD = ("done", "left", "said", "back", "away", "named", "lost", "torn", "mine")
EVERY = 9  # in `make test`; all of them in `make soak`
FORM = filled(company="Brightwater", position="Writer", who_said_no="Dana Okafor")
SETTINGS = "you: {name: Maya}\nopen_at_once: 50\nquiet: []\n"


class Died(BaseException):
    """A sudden end; nothing of ours may catch it."""


class Points:
    """Counts requests and git commands, and ends the run at one of them."""

    def __init__(self) -> None:
        self.count = self.dies_at = 0
        self.on = False
        sys.addaudithook(self._watch)

    def step(self) -> None:
        if self.on:
            self.count += 1
            if self.count == self.dies_at:
                raise Died

    def _watch(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.on and event == "subprocess.Popen" and arguments[0] == "git":
            self.step()


POINTS = Points()


def person(slug: str) -> str:
    name = slug.replace("-", " ").title()
    return (
        f"name: {name}\ncompany: {name} Works\nposition: Writer\n"
        f"rejected_on: 2025-10-30\nemail: {slug}@example.com\n"
    )


class Stage:
    """A repository and a server at one moment, to be put back as they were."""

    def __init__(self, github: GitHub, root: Path) -> None:
        self.github, self.clock, self.root = github, github.clock, root
        files = {f"contacts/{slug}.yml": person(slug) for slug in OLD}
        self.origin = bare(root / "origin", {"settings.yml": SETTINGS, **files})
        self.runs = self.form = 0

    def run(self, dies_at: int = 0) -> bool:
        """Run once in a fresh checkout; say whether it came to its end."""
        self.runs += 1
        work = checkout(self.origin, self.root / "work")
        wire = Watched(Wire(), lambda _, __: POINTS.step())
        POINTS.count, POINTS.dies_at, POINTS.on = 0, dies_at, True
        try:
            api = api_of(self.github, self.clock, wire)
            tracker = GitHubTracker(api, look_up(api), ("github-actions[bot]",), "UTC")
            sync(
                GitStore(str(work), push=True, fresh_checkout=True),
                tracker,
                as_of=self.clock.now.date(),
                run=Run(f"run-{self.runs}", self.clock.now),
                holidays=HOLIDAYS,
                limits=Limits(opened=50),
            )
        except (Died, NotYetError):
            return False
        finally:
            POINTS.on = False
        return True

    def workspace(self) -> Workspace:
        return load(str(checkout(self.origin, self.root / "look")))

    def number(self, slug: str) -> int:
        number = self.workspace().state.issues[f"{slug}/check_in/1"].number
        assert number is not None
        return number

    # --- keeping it as it is ---------------------------------------------------

    def keep(self) -> None:
        self._moment = self.clock.now
        self._kept = copy.deepcopy(self.github.repository.__dict__)
        shutil.copytree(self.origin, self.root / "kept")

    def put_back(self) -> None:
        self.clock.now = self._moment
        repository: Repository = self.github.repository
        state = {k: v for k, v in self._kept.items() if k != "_now"}
        repository.__dict__.update(copy.deepcopy(state))
        shutil.rmtree(self.origin)
        shutil.copytree(self.root / "kept", self.origin)


def prepared(github: GitHub, root: Path) -> Stage:
    """Let people act on nine issues and files, and twenty more fall due."""
    stage = Stage(github, root)
    assert stage.run()
    numbers = {slug: stage.number(slug) for slug in OLD}
    change, say = github.repository.change, github.repository.comment
    github.clock.advance(minutes=50)
    done = {"state": "closed", "state_reason": "completed"}
    change(numbers["done"], OWNER, done)
    change(numbers["left"], OWNER, {**done, "state_reason": "not_planned"})
    say(numbers["said"], "/sent\n/replied warm yes", OWNER)
    change(numbers["back"], OWNER, done)
    github.clock.advance(seconds=9)
    change(numbers["back"], OWNER, {"state": "open"})
    github.clock.advance(seconds=9)
    say(numbers["back"], "/skip", OWNER)
    stage.form = github.repository.create("A no", FORM, OWNER, {}).number
    github.repository.delete(numbers["lost"])
    github.repository.delete(numbers["away"], 301)
    body = github.repository.issue(numbers["mine"]).body or ""
    edited = body.replace("Hello", "Dear") + "\nmy own words\n"
    change(numbers["mine"], OWNER, {"title": "Mine", "body": edited})
    work = checkout(stage.origin, root / "hand")
    new = [f"new-{number:02}" for number in range(DUE - 2)]
    push(
        work,
        {
            **{f"contacts/{slug}.yml": person(slug) for slug in new},
            "contacts/named.yml": None,
            "contacts/renamed.yml": person("named"),
            "contacts/torn.yml": "name: [\n",
        },
    )
    stage.keep()
    return stage


def check(stage: Stage) -> None:
    """Look at everything that must hold once two runs have ended well."""
    workspace = stage.workspace()
    created = Counter(
        marker.key
        for _, body in stage.github.repository.created
        if (marker := split_body(body).marker)
    )
    twice = {key for key, count in created.items() if count > 1}
    assert twice == {"lost/check_in/1", "away/check_in/1"}
    assert len(created) == len(OLD) + DUE - 2 + 1
    assert max(created.values()) == 2
    kinds = {s: [e.event for e in c.history] for s, c in workspace.contacts.items()}
    assert kinds["done"] == ["sent"]
    assert kinds["left"] == ["skipped"]
    assert kinds["said"] == ["sent", "replied"]
    assert kinds["back"] == ["sent", "undone", "skipped"]
    assert kinds["renamed"] == kinds["mine"] == []
    known = workspace.state.issues
    assert all(each.number for each in known.values())
    numbers = [each.number for each in known.values()]
    assert len(set(numbers)) == len(numbers)
    assert "renamed/check_in/1" in known
    mine = stage.github.repository.issue(known["mine/check_in/1"].number or 0)
    assert mine.title == "Mine"
    assert "Dear" in (mine.body or "")
    assert "my own words" in (mine.body or "")
    form = stage.github.repository.issue(stage.form)
    assert (form.state, form.state_reason) == ("closed", "completed")
    no = workspace.contacts["dana-okafor"].rejections
    assert [each.source for each in no] == [f"form:{stage.form}"]
    acks = Counter(
        what
        for each in stage.github.repository.comments.values()
        for what in acks_in(each.body)
    )
    assert max(acks.values()) == 1
    said = {re.sub(r":.*", "", what) for what in acks}
    assert said == {"closed", "comment", "reopened", "form", "problem"}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with GitHub(Clock()) as github:
        yield prepared(github, tmp_path_factory.mktemp("sweep"))


def points_of(stage: Stage, golden: Callable[[str, str], None]) -> int:
    stage.put_back()
    assert stage.run()
    points = POINTS.count
    golden("faults/github.txt", f"{points}\n")
    stage.clock.advance(minutes=41)
    assert stage.run()
    check(stage)
    return points


def sweep(stage: Stage, points: range) -> None:
    for point in points:
        stage.put_back()
        assert not stage.run(dies_at=point), f"point {point} was never reached"
        stage.clock.advance(minutes=1)
        assert stage.run()
        stage.clock.advance(minutes=41)
        assert stage.run()
        check(stage)


def test_ended_anywhere_and_run_again(
    stage: Stage,
    capsys: pytest.CaptureFixture[str],
    golden: Callable[[str, str], None],
) -> None:
    points = range(1, points_of(stage, golden) + 1, EVERY)
    sweep(stage, points)
    with capsys.disabled():
        sys.stdout.write(f"\nended at {len(points)} points, healed every time\n")


@pytest.mark.soak
def test_ended_at_every_single_point_and_run_again(
    stage: Stage,
    capsys: pytest.CaptureFixture[str],
    golden: Callable[[str, str], None],
) -> None:
    points = range(1, points_of(stage, golden) + 1)
    sweep(stage, points)
    with capsys.disabled():
        sys.stdout.write(f"\nended at {len(points)} points, healed every time\n")
