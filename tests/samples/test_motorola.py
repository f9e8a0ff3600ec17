"""The story of 1993, played through day by day with the program itself."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.running import Result, run
from tests.conftest import ROOT
from tests.samples.playing import copied, played, told

SAMPLE = ROOT / "examples" / "motorola"
PEOPLE = ("hiring-manager", "another-manager")

DIARY = [
    ("1993-05-15", "sync"),
    ("1993-05-16", "sync"),
    ("1993-05-17", "close", "2"),
    ("1993-07-03", "sync"),
    ("1993-07-04", "sync"),
    ("1993-07-15", "close", "3", "--on", "1993-07-14"),
    ("1993-11-05", "sync"),
    ("1993-11-15", "close", "4"),
    ("1994-03-05", "sync"),
    ("1994-03-21", "comment", "5", "/skip nothing new to send this spring"),
    ("1994-06-09", "comment", "1", "/interview Another Manager"),
    ("1994-06-09", "comment", "1", "/note hiring-manager Passed on the papers."),
    ("1994-07-11", "sync"),
    ("1995-01-09", "sync"),
]
LOOKS = ("1993-05-14", "1993-07-14", "1993-11-15", "1994-03-05", "1994-06-09")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Result]]:
    """Play the diary on a copy whose histories were cut off."""
    root = copied(SAMPLE, tmp_path_factory.mktemp("1993"))
    for slug in PEOPLE:
        path = root / "contacts" / f"{slug}.yml"
        path.write_bytes(path.read_bytes().partition(b"history:")[0])
    return root, played(root, DIARY)


def test_the_histories_are_what_the_program_wrote(
    story: tuple[Path, list[Result]], request: pytest.FixtureRequest
) -> None:
    root, results = story
    assert [each.code for each in results] == [0] * len(DIARY)
    for slug in PEOPLE:
        written = root / "contacts" / f"{slug}.yml"
        kept = SAMPLE / "contacts" / f"{slug}.yml"
        if request.config.getoption("--update-golden"):
            kept.write_bytes(written.read_bytes())
        assert written.read_bytes() == kept.read_bytes()


def test_every_day_said_what_it_should(
    story: tuple[Path, list[Result]], golden: Callable[[str, str], None]
) -> None:
    golden("samples/motorola/diary.txt", told(DIARY, story[1]))


def test_the_issues_read_as_they_were_reviewed(
    story: tuple[Path, list[Result]], golden: Callable[[str, str], None]
) -> None:
    for path in sorted((story[0] / "inbox").glob("*.md")):
        golden(f"samples/motorola/{path.name}", path.read_text("utf-8"))


def test_only_two_messages_were_ever_sent(story: tuple[Path, list[Result]]) -> None:
    text = (story[0] / "contacts" / "hiring-manager.yml").read_text("utf-8")
    assert text.count("event: sent") == 2
    assert len(list((story[0] / "inbox").glob("*.md"))) == 5


@pytest.mark.parametrize("day", LOOKS)
def test_the_plan_of_each_day_follows_from_the_files(
    day: str, golden: Callable[[str, str], None]
) -> None:
    found = run(SAMPLE, "plan", "--as-of", day, "--tracker", "none", "--format", "json")
    assert found.code == 0
    golden(f"samples/motorola/plan-{day}.json", found.out)
