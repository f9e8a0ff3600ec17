"""The page for bad days: every command on it exists and does what it says."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.commands.running import run
from tests.conftest import ROOT
from tests.samples.test_words import words_from_inside

PAGE = (ROOT / "docs" / "if-something-goes-wrong.md").read_text("utf-8")
DAY = ("--as-of", "2026-11-24")
SECTIONS = PAGE.split("\n## ")[1:]
COMMANDS = sorted(
    set(re.findall(r"\./notyet ([^`\n]+)", PAGE))
    | {f"log dana-okafor {shlex.quote(said)}" for said in re.findall(r"`(/\w+)`", PAGE)}
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = tmp_path / "mine"
    shutil.copytree(ROOT / "examples" / "three-years", place)
    (place / "README.md").unlink()
    run(place, "sync", *DAY)
    return place


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_on_the_page_runs(
    command: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    argv = shlex.split(command)
    if argv[0] == "unstop":
        run(root, "log", argv[1], "/stop", *DAY)
    if argv == ["move", "--to", "local"]:
        run(root, "move", "--to", "github", "--yes", *DAY)
    if argv[0] in ("unstop", "move", "forget", "export"):
        assert run(root, *argv, *DAY).code == 2  # it asks, and nobody is there
        argv.append("--yes")
    found = run(root, *argv, *DAY)
    assert found.code == 0, found.err
    assert "not carried out" not in found.out
    assert run(root, "check", *DAY).code == 0


@pytest.mark.parametrize("section", SECTIONS, ids=lambda text: text.split("\n")[0])
def test_every_section_is_short_and_has_one_command(section: str) -> None:
    assert len(re.findall(r"^    \./notyet ", section, re.MULTILINE)) == 1
    assert len(section.split()) < 110


def test_the_page_speaks_as_people_do() -> None:
    assert words_from_inside(PAGE.replace("remove the lost machine's keys", "")) == []
    assert "!" not in PAGE


def test_away_until_a_month_is_understood(root: Path) -> None:
    said = re.search(r"comment `(/away [^`]+)` on the front desk", PAGE)
    assert said
    found = run(root, "comment", "1", said[1], *DAY)
    assert found.code == 0
    assert "until Tuesday 1 June 2027" in found.out
