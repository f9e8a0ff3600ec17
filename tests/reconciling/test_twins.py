"""Two issues for one follow-up: whatever is done to either counts, one stays."""

from pathlib import Path

import pytest

from tests.reconciling.scenes import Scene

CHECK_IN = "dana-okafor/check_in/1"
TODAY = "2026-05-01"


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    made = Scene(tmp_path / "ws")
    made.person("dana-okafor")
    made.sync("2026-04-30")
    return made


def page(scene: Scene, number: int) -> Path:
    return scene.root / "inbox" / f"{number:04}.md"


def twin(scene: Scene) -> int:
    """Make a second issue of the same, as a lost answer of a tracker can."""
    page(scene, 9).write_bytes(page(scene, scene.number(CHECK_IN)).read_bytes())
    return 9


def kinds(scene: Scene) -> list[str]:
    return [str(each.event) for each in scene.events("dana-okafor")]


def settle(scene: Scene) -> None:
    """Run once more, which must change nothing."""
    before = {p: p.read_bytes() for p in scene.root.rglob("*") if p.is_file()}
    scene.sync(TODAY)
    after = {p: p.read_bytes() for p in scene.root.rglob("*") if p.is_file()}
    assert after == before


def test_the_higher_number_is_closed_and_says_nothing(scene: Scene) -> None:
    number = twin(scene)
    scene.sync(TODAY)
    assert "reason: duplicate" in page(scene, number).read_text()
    assert scene.state(CHECK_IN) == "open"
    assert kinds(scene) == []
    settle(scene)


def test_closing_either_is_the_record_and_answered_there(scene: Scene) -> None:
    number = twin(scene)
    scene.close(number, TODAY)
    scene.sync(TODAY)
    assert kinds(scene) == ["sent"]
    assert scene.state(CHECK_IN) == "closed"
    assert page(scene, number).read_text().count("Recorded: ") == 1
    settle(scene)


def test_closing_both_is_one_record(scene: Scene) -> None:
    number = twin(scene)
    scene.close(number, TODAY)
    scene.close(scene.number(CHECK_IN), TODAY)
    scene.sync(TODAY)
    assert kinds(scene) == ["sent"]
    settle(scene)


def test_a_command_on_either_counts(scene: Scene) -> None:
    number = twin(scene)
    scene.say(number, "/skip on leave", TODAY)
    scene.sync(TODAY)
    assert kinds(scene) == ["skipped"]
    assert "Left out" in page(scene, number).read_text()
    assert scene.state(CHECK_IN) == "closed"
    settle(scene)


def test_the_lowest_number_stays_even_where_another_was_known(scene: Scene) -> None:
    low = scene.number(CHECK_IN)
    text = page(scene, low).read_bytes()
    page(scene, low).rename(page(scene, 9))
    state = scene.root / "state" / "issues.json"
    state.write_text(state.read_text().replace(f'"number":{low}', '"number":9'))
    scene.close(9, TODAY)
    scene.sync(TODAY)
    page(scene, low).write_bytes(text)  # a slow list shows it at last
    scene.sync(TODAY)
    assert scene.number(CHECK_IN) == low
    assert kinds(scene) == ["sent"]
    assert scene.state(CHECK_IN) == "closed"
    settle(scene)
