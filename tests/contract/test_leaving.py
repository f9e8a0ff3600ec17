"""Moving to a server like GitHub and back, and forgetting somebody there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.commands.erasing import carry_out as forget
from pipeline.commands.move import carry_out as move
from pipeline.errors import TrackerError
from pipeline.files.store import FolderStore
from pipeline.files.workspace import load
from pipeline.reconciling.apply import SyncReport, sync
from pipeline.reconciling.changes import Limits, Run
from pipeline.trackers.base import Tracker
from tests.contract.places import TODAY, Folder, Hub, Place
from tests.github.clock import Clock
from tests.github.server import GitHub
from tests.reconciling.scenes import HOLIDAYS, Scene


class Two:
    """One workspace, a folder of issues and a repository, and who acts there."""

    def __init__(self, root: Path, github: GitHub, clock: Clock) -> None:
        self.scene, self.github, self.clock = Scene(root), github, clock
        self.folder, self.hub = Folder(root), Hub(github, clock)
        for slug in ("ana-sol", "bo-lind", "cy-park"):
            self.scene.person(slug, rejected_on="2025-10-30")

    @property
    def store(self) -> FolderStore:
        return FolderStore(str(self.scene.root))

    @property
    def run(self) -> Run:
        return Run("test", self.clock.now)

    def sync(self, place: Place) -> SyncReport:
        self.clock.advance(seconds=600)
        return sync(
            self.store,
            place.tracker,
            as_of=TODAY,
            run=self.run,
            holidays=HOLIDAYS,
            limits=Limits(),
        )

    def move(self, place: Place, to: str) -> None:
        self.clock.advance(seconds=600)
        store = self.store
        with store.lock():
            move(
                store,
                place.tracker,
                to,
                as_of=TODAY,
                run=self.run,
                holidays=HOLIDAYS,
            )

    def said(self, slug: str) -> list[str]:
        history = load(str(self.scene.root)).contacts[slug].history
        return [f"{each.event} {each.source}" for each in history]

    def open(self, tracker: Tracker) -> list[str]:
        seen = tracker.observe({}, None, TODAY)
        return [each.title for each in seen.issues.values() if each.state == "open"]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    clock = Clock()
    with GitHub(clock) as github:
        yield Two(tmp_path / "ws", github, clock)


def test_there_and_back_nothing_is_doubled_lost_or_written_twice(two: Two) -> None:
    two.sync(two.folder)
    before = two.open(two.folder.tracker)
    two.folder.close(two.scene.number("ana-sol/check_in/1"))
    two.move(two.folder, "github")
    assert two.open(two.folder.tracker) == []
    two.sync(two.hub)
    assert len(two.open(two.hub.tracker)) == len(before) - 1
    two.hub.close(two.scene.number("bo-lind/check_in/1"))
    two.move(two.hub, "local")
    assert two.open(two.hub.tracker) == []
    for _ in range(2):
        two.sync(two.folder)
    (ana,), (bo,) = two.said("ana-sol"), two.said("bo-lind")
    assert ana.startswith("sent local:closed:2:")
    assert bo.startswith(f"sent github:{two.github.repository.id}:closed:")
    assert two.said("cy-park") == []
    assert len(two.open(two.folder.tracker)) == len(before) - 2
    two.move(two.folder, "github")
    two.sync(two.hub)
    assert len(two.open(two.hub.tracker)) == len(before) - 2
    assert two.said("cy-park") == []


def test_a_copy_of_a_repository_is_refused_until_it_is_moved_to(two: Two) -> None:
    two.sync(two.hub)
    two.github.repository.id += 1
    with pytest.raises(TrackerError, match=r"run `./notyet move --to github` first"):
        two.sync(two.hub)


def test_somebody_is_forgotten_on_the_server_as_well(two: Two) -> None:
    two.sync(two.hub)
    desk = two.scene.number("front-desk")
    two.hub.say(desk, "/replied Ana Sol warm zebras graze in autumn")
    two.hub.say(two.scene.number("ana-sol/check_in/1"), "they like tea")
    two.sync(two.hub)
    for _ in range(2):
        trackers = [two.folder.tracker, two.hub.tracker]
        forget(two.store, trackers, "ana-sol", as_of=TODAY, salt="5a17")
    repository = two.github.repository
    told = [f"{each.title} {each.body}" for each in repository.issues()]
    told += [each.body for each in repository.comments.values()]
    words = ("ana-sol", "ana sol", "zebras graze", "like tea")
    assert [w for w in words if w in "\n".join(told).lower()] == []
    assert not two.sync(two.hub).opened
    assert "Forgotten" not in two.open(two.hub.tracker)
