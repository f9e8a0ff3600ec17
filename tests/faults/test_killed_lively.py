"""A sync over everything people do at once, killed at every write; then run again.

Stops, an unclear stop, an undo, a reopening, a tick, a reminder that is due, a file
renamed and one taken away: each is recorded once and answered, whatever the point.
"""

import shutil
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from pipeline.files.workspace import load
from tests.faults.killing import run_child
from tests.reconciling.scenes import Scene

STRIDE = 5  # points between two kills of a quick run; `make soak` kills at each
TODAY = "2026-05-25"
SILENT = (
    "\n  - {date: 2025-04-30, event: sent, touch: check_in/1}"
    "\n  - {date: 2025-06-30, event: sent, touch: portfolio_note/1}"
    "\n  - {date: 2025-10-30, event: sent, touch: portfolio_note/2}"
)
PEOPLE = ("ana-sol", "bo-lind", "bo-park", "cy-reed", "di-moss", "ed-hart", "flo-kim")
ANSWERS = {
    "ana-sol": "Nothing more will be suggested",
    "cy-reed": "Taken back: ",
    "di-moss": "Taken back: ",
    "gus-holm": "about once a year",
}


def check_in(slug: str) -> str:
    return f"{slug}/check_in/1"


def prepare(root: Path) -> Scene:
    scene = Scene(root)
    scene.write("settings.yml", "you: {name: Maya}\ncountry: US\nopen_at_once: 40\n")
    for slug in PEOPLE:
        scene.person(slug, company=f"{slug} Ltd")
    scene.person("gus-holm", rejected_on="2025-01-30", history=SILENT)
    scene.sync("2026-04-30", opened=40)
    scene.say(scene.number(check_in("cy-reed")), "/replied warm yes", "2026-05-20")
    scene.close(scene.number(check_in("di-moss")), "2026-05-20")
    scene.sync("2026-05-20", opened=40)
    scene.say(scene.number(check_in("ana-sol")), "/stop", TODAY)
    scene.say(scene.number("front-desk"), "/stop bo", TODAY)
    scene.say(scene.number(check_in("cy-reed")), "/undo", TODAY)
    scene.reopen(scene.number(check_in("di-moss")))
    call = root / "inbox" / f"{scene.number('gus-holm/your_call/1'):04}.md"
    call.write_text(call.read_text().replace("- [ ] Slow", "- [x] Slow"))
    folder = root / "contacts"
    (folder / "ed-hart.yml").rename(folder / "edward-hart.yml")
    (folder / "flo-kim.yml").unlink()
    return scene


def check(scene: Scene) -> None:
    kinds = {
        slug: [str(each.event) for each in contact.history]
        for slug, contact in load(str(scene.root)).contacts.items()
    }
    assert kinds == {
        "ana-sol": ["stop"],
        "bo-lind": ["paused"],
        "bo-park": ["paused"],
        "cy-reed": ["replied", "undone"],
        "di-moss": ["sent", "undone"],
        "edward-hart": [],
        "gus-holm": ["sent", "sent", "sent", "slowed"],
    }
    assert set(Counter(scene.keys()).values()) == {1}
    keys = {slug: check_in(slug) for slug in ANSWERS} | {
        "gus-holm": "gus-holm/your_call/1"
    }
    for slug, answer in ANSWERS.items():
        assert scene.text(scene.number(keys[slug])).count(answer) == 1, slug
    assert scene.text(scene.number("front-desk")).count("Two people could be") == 1
    gone = scene.text(scene.number(check_in("flo-kim")))
    assert gone.count("is no longer there") == 1
    reminded = scene.text(scene.number(check_in("edward-hart")))
    assert reminded.count("This is the only reminder") <= 1
    assert "mailto:" not in scene.text(scene.number(check_in("ana-sol")))
    open_ones = {key for key in keys.values() if scene.state(key) == "open"}
    assert open_ones == {check_in("cy-reed"), check_in("di-moss")}
    assert scene.state(check_in("edward-hart")) == "open"
    assert load(str(scene.root)).stopped.people


def test_everything_at_once_killed_at_some_writes_and_run_again(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    golden: Callable[[str, str], None],
) -> None:
    kill_at_each(tmp_path, capsys, golden, STRIDE)


@pytest.mark.soak
def test_everything_at_once_killed_at_every_write_and_run_again(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    golden: Callable[[str, str], None],
) -> None:
    kill_at_each(tmp_path, capsys, golden, 1)


def kill_at_each(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    golden: Callable[[str, str], None],
    stride: int,
) -> None:
    template = prepare(tmp_path / "template")
    whole = Scene(Path(shutil.copytree(template.root, tmp_path / "whole")))
    died, points = run_child(partial(whole.sync, TODAY), dies_at=0)
    assert not died
    golden("faults/lively.txt", f"{points}\n")
    check(whole)
    killed = range(1, points + 1, stride)
    for point in killed:
        scene = Scene(Path(shutil.copytree(template.root, tmp_path / "run")))
        died, _ = run_child(partial(scene.sync, TODAY), dies_at=point)
        assert died, f"point {point} was never reached"
        scene.sync(TODAY)
        scene.sync(TODAY)
        check(scene)
        shutil.rmtree(scene.root)
    with capsys.disabled():
        told = f"killed at {len(killed)} of {points} lively points, healed every time"
        sys.stdout.write(f"\n{told}\n")
