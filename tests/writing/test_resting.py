"""Who rests without a day to come back is named, and what is said there ends it."""

import re
from pathlib import Path

import pytest

from tests.commands.running import begun, person, run
from tests.reconciling.scenes import Scene

TITLE = "Resting until you say more"
KIND = {
    "/interview": "interview",
    "/offer": "offer",
    "/bounced": "bounced",
    "/left": "left",
    "/pause": "paused",
}


def section(scene: Scene) -> str:
    text = scene.text(scene.number("front-desk"))
    found = re.search(rf"\*\*{TITLE}\*\*\n\n((?:- .*\n)+)", text)
    return found[1] if found else ""


@pytest.mark.parametrize("said", KIND)
def test_whoever_has_no_day_to_come_back_stands_on_the_front_desk(
    said: str, tmp_path: Path
) -> None:
    scene = Scene(tmp_path)
    scene.person("dana-okafor")
    scene.sync("2026-04-30")
    assert section(scene) == ""
    scene.say(scene.number("dana-okafor/check_in/1"), said, "2026-05-03")
    scene.sync("2026-05-03")
    (line,) = section(scene).splitlines()
    assert "since 3 May 2026" in line
    ways = re.findall(r"`(/[^`]+)`", line)
    assert ways
    for way in ways:
        again = Scene(tmp_path / way[1:4])
        again.person(
            "dana-okafor", history=f"[{{date: 2026-05-03, event: {KIND[said]}}}]"
        )
        again.sync("2026-05-03")
        assert section(again)
        again.say(
            again.number("front-desk"), way.replace("COMPANY", "Beta"), "2026-05-04"
        )
        again.sync("2026-05-04")
        assert section(again) == "", way


def test_a_company_in_talks_stands_there_once(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    talks = "[{date: 2026-05-01, event: interview}]"
    scene.person("ana-sol", company="Acme", history=talks)
    scene.person("bo-lind", company="ACME")
    scene.sync("2026-05-03")
    assert section(scene).count("\n") == 1
    assert "everyone at Acme, for the talks since 1 May 2026" in section(scene)


def test_a_pause_with_a_day_and_an_end_need_no_word(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.person(
        "ana-sol", history="[{date: 2026-05-01, event: paused, until: 2026-09-01}]"
    )
    scene.person("bo-lind", history="[{date: 2026-05-01, event: ended}]")
    scene.sync("2026-05-03")
    assert section(scene) == ""


def test_the_terminal_says_it_with_its_own_commands(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor", history="[{date: 2026-05-01, event: left}]")
    told = run(tmp_path, "--as-of", "2026-05-03").out
    assert TITLE in told
    assert "nothing has reached them since 1 May 2026" in told
    assert './notyet log dana-okafor "/moved COMPANY" or "/end"' in told
    assert (
        run(tmp_path, "log", "dana-okafor", "/end", "--as-of", "2026-05-03").code == 0
    )
    assert TITLE not in run(tmp_path, "--as-of", "2026-05-03").out
