"""A sync over everything people do at once, killed at every write; then run again.

Stops, an unclear stop, an undo, a reopening, a tick, a reminder that is due, a file
renamed and one taken away: each is recorded once and answered, whatever the point.
"""

from collections import Counter
from pathlib import Path

import pytest

from pipeline.files.workspace import load
from tests.faults.conftest import KillAtEach
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


@pytest.mark.parametrize("stride", [STRIDE, pytest.param(1, marks=pytest.mark.soak)])
def test_everything_at_once_killed_and_run_again(
    stride: int, tmp_path: Path, kill_at_each: KillAtEach
) -> None:
    def work(root: Path) -> None:
        Scene(root).sync(TODAY)

    def heal(root: Path, point: int) -> None:
        if point:
            work(root)
            work(root)
        check(Scene(root))

    template = prepare(tmp_path / "template").root
    kill_at_each("lively", template, work, heal, stride=stride)
