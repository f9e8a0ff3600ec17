"""A sync killed, really, at every write it makes; then run again.

The child is a fork that kills itself before its n-th change to the disk, counted by an
audit hook. Whatever n: exactly one issue per follow-up, every human act recorded once,
no file lost or half-written.
"""

from collections import Counter
from pathlib import Path

from pipeline.files.workspace import load
from tests.faults.conftest import KillAtEach
from tests.reconciling.scenes import Scene

PEOPLE = 20
TODAY = "2026-05-04"


def prepare(root: Path) -> Scene:
    """Twenty due follow-ups, and a person who has closed, skipped and commented."""
    scene = Scene(root)
    scene.write("settings.yml", "you: {name: Maya}\ncountry: US\nopen_at_once: 40\n")
    for number in range(3):
        scene.person(f"old-{number}", company=f"Old {number}")
    for number in range(3):
        scene.document(f"doc-{number}")
    scene.sync("2026-04-30")
    scene.close(scene.number("old-0/check_in/1"), TODAY)
    scene.close(scene.number("old-1/check_in/1"), TODAY, skip=True)
    scene.say(
        scene.number("old-2/check_in/1"),
        "/sent 1 May via post\n/replied warm yes",
        TODAY,
    )
    scene.say(
        scene.number("front-desk"),
        "/reject Acme; Editor; Ana Sol; ana@example.com; yesterday",
        TODAY,
    )
    for number in range(PEOPLE):
        scene.person(f"new-{number:02}", company=f"New {number}")
    return scene


def check(scene: Scene) -> None:
    """Look at everything that must hold once a run has ended well."""
    workspace = load(str(scene.root))
    assert not workspace.problems
    assert len(workspace.contacts) == PEOPLE + 4
    twins = [key for key, count in Counter(scene.keys()).items() if count > 1]
    assert not twins
    wanted = {f"new-{number:02}/check_in/1" for number in range(PEOPLE)}
    assert wanted <= set(scene.keys())
    assert [e.event for e in scene.events("old-0", "sent")] == ["sent"]
    assert len(scene.events("old-0")) == 1
    assert [e.event for e in scene.events("old-1")] == ["skipped"]
    assert [e.event for e in scene.events("old-2")] == ["sent", "replied"]
    sources = Counter(
        event.source for each in workspace.contacts.values() for event in each.history
    )
    assert max(sources.values()) == 1
    for number in (scene.number(f"old-{n}/check_in/1") for n in range(3)):
        assert scene.text(number).count("notyet:ack") in (1, 2)
    assert scene.text(scene.number("front-desk")).count("notyet:ack") == 1
    known = {each.number for each in workspace.state.issues.values()}
    assert known == {int(p.stem) for p in (scene.root / "inbox").glob("*.md")}
    left = [p.name for p in scene.root.rglob("*.notyet-tmp")]
    assert not left


def test_killed_at_every_write_and_run_again(
    tmp_path: Path, kill_at_each: KillAtEach
) -> None:
    def work(root: Path) -> None:
        Scene(root).sync(TODAY, opened=40)

    def heal(root: Path, point: int) -> None:
        if point:
            work(root)
            work(root)
        check(Scene(root))

    kill_at_each("folder", prepare(tmp_path / "template").root, work, heal)
