"""Never two issues for a follow-up, never an act lost: a machine tries to break it.

Two runners, a person, a clock and a server that misbehaves. The naive way, marks in
bodies and nothing else, must fail the same machine: a test of the test.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.faults.schedules import (
    AMBIGUOUS,
    KINDS,
    LIMITS,
    LISTS,
    Row,
    count,
    recorded,
)
from tests.faults.world import PEOPLE, NaiveWorld, Plan, World
from tests.github.clock import Clock
from tests.github.server import GitHub

EACH, MANY = 4, 250  # schedules of each kind, in `make test` and in `make soak`
SHOWN = 100  # of each kind, at least, in the table of the guide
LIVES = 4000  # that the machine lives in `make soak`
SEEDS = range(EACH)
FOUND = (  # schedules that once went wrong
    ("crash between any two steps", 107),
    ("crash between any two steps", 1065),
    ("crash between any two steps", 1130),
    ("502 before or after commit", 76),
    ("list empty, and crashes", 19),
    ("list empty, and crashes", 42),
    ("list hours old, and crashes", 55),
)
PERSON = st.sampled_from(PEOPLE)
FAULTS = st.dictionaries(
    st.integers(1, 40), st.sampled_from([*AMBIGUOUS, *LIMITS, *LISTS]), max_size=5
)
STEP = st.integers(1, 30)


class OpenedTwice(Exception):  # noqa: N818 - what must never happen
    pass


class Machine(RuleBasedStateMachine):
    """One life of one world."""

    github: GitHub
    world_class: type[World] = World

    @initialize()
    def begins(self) -> None:
        clock = self.github.clock
        clock.now = Clock().now
        self.root = Path(tempfile.mkdtemp(prefix="notyet-"))
        self.world = self.world_class(self.github, clock, self.root)

    # --- runs ------------------------------------------------------------------

    @rule()
    def a_run(self) -> None:
        self.world.run()

    @rule(faults=FAULTS, dies_at=st.sampled_from([0, 0, *range(1, 30)]))
    def a_run_that_fails(self, faults: dict[int, object], dies_at: int) -> None:
        self.world.run(Plan(faults=faults, dies_at=dies_at))  # type: ignore[arg-type] # Fault

    @rule(at=STEP, dies_at=st.sampled_from([0, *range(1, 30)]), faults=FAULTS)
    def two_runs_at_once(
        self, at: int, dies_at: int, faults: dict[int, object]
    ) -> None:
        inner = Plan(faults=faults, dies_at=dies_at)  # type: ignore[arg-type] # Fault
        self.world.run(Plan(meanwhile={at: lambda: self.world.run(inner)}))

    @rule(at=STEP)
    def a_push_in_between(self, at: int) -> None:
        self.world.run(Plan(meanwhile={at: self.world.pushes_something}))

    @rule(at=STEP, slug=PERSON, skip=st.booleans())
    def a_closing_in_between(self, at: int, slug: str, skip: bool) -> None:
        plan = Plan(meanwhile={at: lambda: self.world.closes(slug, skip=skip)})
        self.world.run(plan)

    @rule(minutes=st.sampled_from([1, 9, 35, 1500, 9000]))
    def time_goes_by(self, minutes: int) -> None:
        self.world.clock.advance(minutes=minutes)

    # --- the person ------------------------------------------------------------

    @rule(slug=PERSON, skip=st.booleans())
    def closes(self, slug: str, skip: bool) -> None:
        self.world.closes(slug, skip=skip)

    @rule(slug=PERSON)
    def reopens(self, slug: str) -> None:
        self.world.reopens(slug)

    @rule(slug=PERSON, text=st.sampled_from(["/sent", "/skip", "/sent", "/stop"]))
    def says(self, slug: str, text: str) -> None:
        self.world.says(slug, text)

    @rule(slug=PERSON, text=st.sampled_from(["one", "two"]))
    def writes(self, slug: str, text: str) -> None:
        self.world.writes(slug, text)

    @rule(slug=PERSON)
    def changes_a_title(self, slug: str) -> None:
        self.world.renames(slug, "In my own words")

    @rule(slug=PERSON, status=st.sampled_from([301, 404, 410]))
    def deletes_or_moves_an_issue(self, slug: str, status: int) -> None:
        self.world.deletes_issue(slug, status)

    @rule(slug=PERSON, what=st.sampled_from(["rename", "delete", "break", "correct"]))
    def edits_files(self, slug: str, what: str) -> None:
        {
            "rename": self.world.renames_file,
            "delete": self.world.deletes_file,
            "break": self.world.breaks_file,
            "correct": self.world.corrects_file,
        }[what](slug)

    @rule()
    def mends_files(self) -> None:
        self.world.mends_all()

    # --- what must hold --------------------------------------------------------

    @invariant()
    def no_follow_up_was_opened_twice(self) -> None:
        if twice := self.world.duplicates():
            raise OpenedTwice(twice)

    def teardown(self) -> None:
        self.mends_files()
        noisy = self.world.settle()
        try:
            assert self.world.duplicates() == []
            assert self.world.lost() == []
            assert self.world.unlike() == []
            assert noisy == []
        finally:
            shutil.rmtree(self.root)


@pytest.fixture(scope="module")
def github() -> Iterator[GitHub]:
    with GitHub(Clock()) as server:
        yield server


def machine(server: GitHub, world: type[World]) -> type[Machine]:
    class Here(Machine):
        github = server
        world_class = world

    return Here


BUDGET = settings(
    max_examples=20,
    stateful_step_count=16,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
)


def test_nothing_is_opened_twice_and_nothing_lost(github: GitHub) -> None:
    run_state_machine_as_test(machine(github, World), settings=BUDGET)


@pytest.mark.soak
def test_nothing_is_opened_twice_and_nothing_lost_in_thousands_of_lives(
    github: GitHub,
) -> None:
    more = settings(BUDGET, max_examples=LIVES, stateful_step_count=30)
    run_state_machine_as_test(machine(github, World), settings=more)


class Naive(Machine):
    """Marks in bodies are all there is; only what is opened twice is looked at."""

    world_class = NaiveWorld

    def teardown(self) -> None:
        shutil.rmtree(self.root)


def test_the_naive_way_fails_the_same_machine(github: GitHub) -> None:
    class Here(Naive):
        pass

    Here.github = github
    more = settings(BUDGET, max_examples=300, phases=[Phase.generate])
    with pytest.raises(OpenedTwice):
        run_state_machine_as_test(Here, settings=more)


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_fault_opens_twice_loses_or_unsettles(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = count(World, kind, SEEDS)
    with capsys.disabled():
        sys.stdout.write(f"\n{kind}: {found.schedules} schedules, seeds {SEEDS}\n")
    assert found.seeds == []


@pytest.mark.parametrize(("kind", "seed"), FOUND)
def test_what_once_went_wrong_goes_well(kind: str, seed: int) -> None:
    assert count(World, kind, range(seed, seed + 1)).seeds == []


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_fault_does_so_in_hundreds_of_schedules(kind: str) -> None:
    assert count(World, kind, range(MANY)).seeds == []


# --- the table that the guide shows ---------------------------------------------


def test_the_recorded_table_has_every_kind_of_fault_and_no_fault_of_ours() -> None:
    rows = recorded().rows
    assert [each.fault for each in rows] == list(KINDS)
    assert all(each.schedules >= SHOWN for each in rows)
    assert not any(each.duplicates + each.lost + each.unsettled for each in rows)


@pytest.mark.parametrize(
    "row",
    [each for each in recorded().rows if each.naive_seed is not None],
    ids=lambda row: row.fault,
)
def test_what_it_says_of_the_naive_way_happens_again(row: Row) -> None:
    assert row.naive_seed is not None
    seeds = range(row.naive_seed, row.naive_seed + 1)
    assert count(NaiveWorld, row.fault, seeds).duplicates == 1
