"""The verdict is always the person's last act, whatever crashes in between.

A person closes two ways, reopens and writes commands; runs end, or die between
recording and acting. The naive rule (any state that is not the wanted one is the
person's) must fail the same machine: a test of the test.
"""

import contextlib
import re
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from pipeline.files.workspace import load
from pipeline.model import IssueState
from pipeline.planning.history import in_force, verdict_of
from pipeline.trackers.base import Change, Issue, Observation
from pipeline.trackers.local import LocalTracker
from tests.factories import day, ref
from tests.reconciling.scenes import Scene

KEY = "dana-okafor/check_in/1"
TODAY = "2026-04-30"


class Died(Exception):  # noqa: N818 - a run's sudden end
    pass


class Mortal(LocalTracker):
    """A tracker whose run dies before its n-th change."""

    dies_at = 0

    def _step(self) -> None:
        if self.dies_at:
            self.dies_at -= 1
            if not self.dies_at:
                raise Died

    def create(self, title: str, body: str, as_of: object) -> int:
        self._step()
        return super().create(title, body, as_of)  # type: ignore[arg-type] # a day

    def update(self, seen: Issue, change: Change, as_of: object) -> bool:
        self._step()
        return super().update(seen, change, as_of)  # type: ignore[arg-type] # a day

    def comment(self, number: int, text: str, as_of: object) -> None:
        self._step()
        super().comment(number, text, as_of)  # type: ignore[arg-type] # a day


class Naive(Mortal):
    """Shows every change of ours as carried out, so that generations say nothing."""

    def __init__(self, root: str) -> None:
        super().__init__(root)
        self._root = root

    def observe(self, known: object, since: object, as_of: object) -> Observation:
        seen = super().observe(known, since, as_of)  # type: ignore[arg-type] # passed on
        gens = {
            each.number: each.gen for each in load(self._root).state.issues.values()
        }
        from msgspec.structs import replace  # noqa: PLC0415

        issues = {
            number: replace(
                issue,
                body=re.sub(r"gen=\d+", f"gen={gens.get(number, 0)}", issue.body),
            )
            for number, issue in seen.issues.items()
        }
        return replace(seen, issues=issues)


class Person(RuleBasedStateMachine):
    """One person, one mail, and runs that may die."""

    tracker_class: type[Mortal] = Mortal

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="notyet-"))
        self.tracker = self.tracker_class(str(self.root))
        self.scene = Scene(self.root, self.tracker)
        self.scene.person("dana-okafor")
        self.scene.sync(TODAY)
        self.number = self.scene.number(KEY)
        self.expected: str | None = None
        self.settled = True
        self.count = 0

    def teardown(self) -> None:
        shutil.rmtree(self.root)

    def _is_open(self) -> bool:
        page = LocalTracker(str(self.root)).read(self.number)
        return page.fields["state"] == IssueState.OPEN

    @precondition(lambda self: self.settled and self._is_open())
    @rule()
    def closes_as_sent(self) -> None:
        self.scene.close(self.number, TODAY)
        self.expected, self.settled = self.expected or "sent", False

    @precondition(lambda self: self.settled and self._is_open())
    @rule()
    def closes_as_skipped(self) -> None:
        self.scene.close(self.number, TODAY, skip=True)
        self.expected, self.settled = self.expected or "skipped", False

    @precondition(lambda self: self.settled and not self._is_open())
    @rule()
    def reopens(self) -> None:
        self.scene.reopen(self.number)
        self.expected, self.settled = None, False

    @precondition(lambda self: self.settled)
    @rule()
    def says_sent(self) -> None:
        self._say("/sent")
        self.expected = "sent"

    @precondition(lambda self: self.settled and self.expected is None)
    @rule()
    def says_skip(self) -> None:
        self._say("/skip no time")
        self.expected = "skipped"

    @precondition(lambda self: self.settled)
    @rule()
    def says_undo(self) -> None:
        self._say("/undo")
        self.expected = None

    def _say(self, text: str) -> None:
        self.scene.say(self.number, text, TODAY)
        self.settled = False

    @rule()
    def runs(self) -> None:
        self.tracker.dies_at = 0
        self.scene.sync(TODAY)
        self.settled = True

    @rule()
    def runs_and_dies(self) -> None:
        """After the record, before the tracker hears of it: the act is settled."""
        self.tracker.dies_at = 1
        with contextlib.suppress(Died):
            self.scene.sync(TODAY)
        self.tracker.dies_at = 0
        self.settled = True

    @invariant()
    def the_verdict_is_the_last_act(self) -> None:
        if not self.settled:
            return
        history = self.scene.contact("dana-okafor").history
        verdict = verdict_of(in_force(history, day(TODAY)), ref("check_in/1"))
        assert (verdict.event.value if verdict else None) == self.expected

    @invariant()
    def there_is_one_issue(self) -> None:
        assert self.scene.keys().count(KEY) == 1


class NaivePerson(Person):
    tracker_class = Naive


BUDGET = settings(max_examples=25, stateful_step_count=14, deadline=None)


def test_the_verdict_is_always_the_last_act() -> None:
    run_state_machine_as_test(Person, settings=BUDGET)


@pytest.mark.soak
def test_the_verdict_is_always_the_last_act_for_thousands_of_lives() -> None:
    more = settings(BUDGET, max_examples=3000, stateful_step_count=30)
    run_state_machine_as_test(Person, settings=more)


def test_the_naive_rule_fails_the_same_machine() -> None:
    naive = settings(BUDGET, max_examples=200)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(NaivePerson, settings=naive)
