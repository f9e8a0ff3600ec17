"""Several acts between two looks, taken in one after the other as they were done."""

from pathlib import Path

import pytest

from pipeline.files.workspace import load
from tests.github.clock import Clock
from tests.github.living import Home
from tests.github.repository import OWNER
from tests.github.server import GitHub

DANA = """\
name: Dana Okafor
company: Brightwater
position: Writer
rejected_on: 2026-01-30
email: dana@example.com
"""


@pytest.mark.parametrize("slip", ["completed", "not_planned", "duplicate"])
def test_a_slip_that_was_taken_back_unseen_does_not_outlive_a_later_mail(
    tmp_path: Path, github: GitHub, clock: Clock, slip: str
) -> None:
    home = Home(tmp_path / "ws", github, clock)
    home.write("settings.yml", "you: {name: Maya Torres}\n")
    home.write("contacts/dana-okafor.yml", DANA)
    numbers = dict(home.run().opened)
    assess = numbers["dana-okafor/self_assessment/1"]
    _set(home, assess, "closed", slip)
    _set(home, assess, "open", "reopened")
    home.run()
    _set(home, numbers["dana-okafor/check_in/1"], "closed", "completed")
    home.run()
    _set(home, assess, "closed", "completed")
    home.run()
    home.run()
    history = load(str(home.root)).contacts["dana-okafor"].history
    told = [(each.event, str(each.touch)) for each in history if each.touch]
    assert told[-1] == ("assessed", "self_assessment/1"), told
    assert home.issue(assess).state == "closed"
    assert not any("closed again" in each for each in home.answers(assess))


def test_an_undo_reaches_no_stop_that_was_said_after_it(
    tmp_path: Path, github: GitHub, clock: Clock
) -> None:
    home = Home(tmp_path / "ws", github, clock)
    home.write("settings.yml", "you: {name: Maya Torres}\n")
    home.write("contacts/dana-okafor.yml", DANA)
    numbers = dict(home.run().opened)
    assess, mail = (
        numbers[f"dana-okafor/{each}/1"] for each in ("self_assessment", "check_in")
    )
    for number, said in ((mail, "/note kind"), (assess, "/undo"), (mail, "/stop")):
        clock.advance(minutes=5)
        github.repository.comment(number, said, OWNER)
    home.run()
    home.run()
    events = [
        each.event for each in load(str(home.root)).contacts["dana-okafor"].history
    ]
    assert events == ["note", "undone", "stop"]
    assert home.issue(mail).state == "closed"


def _set(home: Home, number: int, state: str, reason: str) -> None:
    home.clock.advance(hours=20)
    change = {"state": state, "state_reason": reason}
    home.github.repository.change(number, OWNER, change)
