"""From one tracker to another and back: no duplicate, no act lost or written twice."""

import datetime as dt
import os
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.commands.move import carry_out
from pipeline.errors import TrackerError
from pipeline.files.store import FolderStore
from pipeline.files.workspace import load
from pipeline.model import Claim, IssueState, Known, TrackerState
from pipeline.reconciling import moving
from pipeline.reconciling.apply import SyncReport, sync
from pipeline.reconciling.changes import Limits, Run
from pipeline.reconciling.identity import FRONT_DESK, split_body
from pipeline.trackers.base import COMPLETED, NOT_PLANNED, Change
from pipeline.trackers.github import GitHubTracker
from pipeline.trackers.local import LocalTracker
from tests.factories import workspace
from tests.reconciling.scenes import HOLIDAYS, Scene, day

START = day("2026-05-04")


class Elsewhere(LocalTracker):
    """A second real tracker: another folder, under the name of a repository."""

    name = "github:4711"

    def __init__(self, root: str) -> None:
        super().__init__(os.path.join(root, "elsewhere"))


class Life:
    """A workspace between two trackers, and what its person did, in order."""

    def __init__(self, root: Path) -> None:
        self.scene = Scene(root)
        self.trackers = {
            "local": LocalTracker(str(root)),
            "github": Elsewhere(str(root)),
        }
        self.at, self.today = "local", START
        self.done: list[tuple[str, str]] = []  # key and event, as a person did them

    @property
    def tracker(self) -> LocalTracker:
        return self.trackers[self.at]

    @property
    def run(self) -> Run:
        return Run("test", dt.datetime.combine(self.today, dt.time(8), dt.UTC))

    def sync(self) -> SyncReport:
        return sync(
            FolderStore(str(self.scene.root)),
            self.tracker,
            as_of=self.today,
            run=self.run,
            holidays=HOLIDAYS,
            limits=Limits(),
        )

    def move(self) -> None:
        there = "github" if self.at == "local" else "local"
        store = FolderStore(str(self.scene.root))
        with store.lock():
            carry_out(
                store,
                self.tracker,
                there,
                as_of=self.today,
                run=self.run,
                holidays=HOLIDAYS,
            )
        self.at = there

    def issues(self, at: str = "") -> list[tuple[str, int, IssueState]]:
        """Give key, number and state of every issue that still has a marker."""
        seen = self.trackers[at or self.at].observe({}, None, self.today)
        found = []
        for number, issue in sorted(seen.issues.items()):
            marker = split_body(issue.body).marker
            if marker is not None and marker.key != FRONT_DESK:
                found.append((marker.key, number, issue.state))
        return found

    def open(self) -> list[tuple[str, int]]:
        known = self.scene.known()
        return [
            (key, number)
            for key, number, state in self.issues()
            if state == "open" and known.get(key, Known()).number == number
        ]

    def close(self, which: int, *, skip: bool) -> None:
        """Close one of the open issues as a person does."""
        found = self.open()
        if not found:
            return
        key, number = found[which % len(found)]
        reason = NOT_PLANNED if skip else COMPLETED
        change = Change(state=IssueState.CLOSED, reason=reason)
        self.tracker.person_sets(number, change, self.today)
        look_back = "self_assessment" in key
        said = "assessed" if look_back else "sent"
        self.done.append((key, "skipped" if skip or "your_call" in key else said))

    def recorded(self) -> list[tuple[str, str]]:
        contacts = load(str(self.scene.root)).contacts
        return [
            (f"{slug}/{each.touch}", each.event.value)
            for slug, contact in contacts.items()
            for each in contact.history
            if each.touch is not None
        ]


@pytest.fixture
def life(tmp_path: Path) -> Life:
    made = Life(tmp_path)
    made.scene.document("one-source")
    for slug in ("ana-sol", "bo-lind", "cy-park"):
        made.scene.person(slug, rejected_on="2025-10-30")  # the look back has lapsed
    made.sync()
    return made


def test_the_next_sync_opens_the_same_follow_ups_in_the_new_place(life: Life) -> None:
    before = [key for key, _ in life.open()]
    life.move()
    assert all(state == "closed" for _, _, state in life.issues("local"))
    assert life.scene.known() == {}
    life.sync()
    assert [key for key, _ in life.open()] == before
    assert load(str(life.scene.root)).state.tracker == "github:4711"


def test_closing_on_the_way_records_nothing(life: Life) -> None:
    life.move()
    life.sync()
    life.move()
    life.sync()
    life.sync()
    assert life.recorded() == []


def test_an_act_nobody_has_taken_in_yet_is_taken_in_first(life: Life) -> None:
    life.close(0, skip=False)
    life.move()
    assert life.recorded() == life.done
    source = life.scene.events("ana-sol", "sent")[0].source or ""
    assert source.startswith("local:closed:2:")


def test_the_same_number_in_the_new_place_is_another_issue(life: Life) -> None:
    """A tick, a reopening and a closing of number 2, in both places."""
    number = life.open()[0][1]
    life.close(0, skip=True)
    life.sync()
    life.tracker.person_sets(number, Change(state=IssueState.OPEN), life.today)
    life.sync()
    life.move()
    life.sync()
    assert number in [each for _, each in life.open()]
    life.close(0, skip=True)
    life.sync()
    life.tracker.person_sets(number, Change(state=IssueState.OPEN), life.today)
    life.sync()
    kinds = [each.event for each in life.scene.events("ana-sol")]
    assert kinds == ["skipped", "undone", "skipped", "undone"]
    assert life.scene.number("ana-sol/check_in/1") == number


def test_what_was_undone_elsewhere_is_not_read_again_from_an_old_issue(
    life: Life,
) -> None:
    life.close(0, skip=False)
    life.move()
    life.sync()
    desk = life.scene.number(FRONT_DESK)
    life.tracker.person_comments(desk, "/undo ana-sol", life.today)
    life.sync()
    assert "ana-sol/check_in/1" in [key for key, _ in life.open()]
    life.move()
    life.sync()
    life.sync()
    kinds = [each.event for each in life.scene.events("ana-sol")]
    assert kinds == ["sent", "undone"]
    assert "ana-sol/check_in/1" in [key for key, _ in life.open()]


def test_what_is_done_to_an_issue_left_behind_means_nothing(life: Life) -> None:
    numbers = [number for _, number in life.open()]
    life.move()
    life.sync()
    for number in numbers:
        reopened = Change(state=IssueState.OPEN)
        life.trackers["local"].person_sets(number, reopened, life.today)
    life.move()
    life.sync()
    assert life.recorded() == []
    assert len(life.open()) == len(set(life.open())) == 3


def test_a_damaged_state_still_knows_what_was_left_behind(life: Life) -> None:
    life.move()
    life.sync()
    life.move()
    path = life.scene.root / "state" / "issues.json"
    path.write_bytes(path.read_bytes().replace(b'"issues": {}', b'"issues": {'))
    state = load(str(life.scene.root)).state
    assert state.tracker == "local"
    assert dict(state.left) == {"local": 4, "github:4711": 4}


def test_an_issue_that_may_still_come_into_being_is_waited_for() -> None:
    at, half_an_hour = (
        dt.datetime(2026, 5, 4, 8, tzinfo=dt.UTC),
        GitHubTracker.claims_last,
    )
    issues = {"ana-sol/check_in/1": Known(claim=Claim("run", at))}
    there = workspace(state=TrackerState(tracker="github:4711", issues=issues))
    soon, later = at + dt.timedelta(minutes=29), at + dt.timedelta(minutes=31)
    assert moving.being_opened(there, soon, half_an_hour)
    assert not moving.being_opened(there, later, half_an_hour)
    assert not moving.being_opened(there, at, LocalTracker.claims_last)


def test_only_what_names_an_issue_goes_under_the_old_name() -> None:
    """Comments, blanks and quotation marks stay as they are."""
    before = (
        b"name: Ana  # mine\ncompany: Sol\nposition: 'Writer'\n"
        b"rejected_on: 2026-01-30\nsource: form:12\nhistory:\n"
        b"  # late\n"
        b"  - {date: 2026-05-04, event: sent, touch: check_in/1,"
        b' source: "closed:17:2026-05-04:0"}\n'
        b"  - {date: 2026-05-05, event: undone, of: closed:17:2026-05-04:0,"
        b" source: 'reopened:17:1'}  # no\n"
        b'  - {date: 2026-05-06, event: note, text: "closed:17", source: command:9}\n'
        b"  - {date: 2026-05-07, event: skipped, touch: check_in/1,"
        b' source: "newer:2026-05-07"}\n'
    )
    after, problems = moving.under_name(before, "contacts/ana.yml", "github:4711")
    assert not problems
    wanted = (
        before.replace(b"form:12", b'"github:4711:form:12"')
        .replace(b'"closed:17:2026', b'"github:4711:closed:17:2026')
        .replace(
            b"of: closed:17:2026-05-04:0", b'of: "github:4711:closed:17:2026-05-04:0"'
        )
        .replace(b"'reopened:17:1'", b'"github:4711:reopened:17:1"')
    )
    assert after == wanted
    again, _ = moving.under_name(after, "contacts/ana.yml", "local")
    assert again == after


def test_a_workspace_of_another_place_is_refused_with_the_remedy(life: Life) -> None:
    life.move()
    life.sync()
    life.at = "local"
    with pytest.raises(TrackerError, match=r"run `./notyet move --to local` first"):
        life.sync()


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("close"), st.integers(0, 3), st.booleans()),
        st.tuples(st.just("sync"), st.integers(0, 40), st.just(value=False)),
        st.tuples(st.just("move"), st.just(0), st.just(value=False)),
    ),
    max_size=12,
)


@given(ACTS)
def test_whatever_is_done_between_moves_is_recorded_once(
    acts: list[tuple[str, int, bool]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        life = Life(Path(folder))
        life.scene.document("one-source")
        life.scene.person("ana-sol")
        life.scene.person("bo-lind", rejected_on="2026-02-20")
        life.sync()
        for what, number, skip in acts:
            if what == "close":
                life.close(number, skip=skip)
            elif what == "sync":
                life.today += dt.timedelta(days=number)
                life.sync()
            else:
                life.move()
        life.sync()
        assert Counter(life.recorded()) == Counter(life.done)
        open_keys = [key for key, _ in life.open()]
        assert len(open_keys) == len(set(open_keys))
        elsewhere = "github" if life.at == "local" else "local"
        known = {each.number for each in life.scene.known().values()}
        assert all(s == "closed" for _, _, s in life.issues(elsewhere))
        assert all(
            number in known for _, number, state in life.issues() if state == "open"
        )
        assert max(Counter(sources(life)).values(), default=1) == 1


def sources(life: Life) -> list[str]:
    contacts = load(str(life.scene.root)).contacts.values()
    return [e.source for c in contacts for e in c.history if e.source]
