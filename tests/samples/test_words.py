"""What a person reads uses a person's words: nothing from inside the engine."""

import re
from pathlib import Path

import pytest

from tests.commands.running import begun, run
from tests.conftest import GOLDEN, ROOT

INNER = re.compile(
    r"\b(touch(es)?|windows?|cadences?|keys?|overdue|claim(s|ed)?|reconcil\w+"
    r"|anchor(s|ed)?|silen(t|ce)|gates?)\b",
    re.IGNORECASE,
)
NOT_SAID = re.compile(
    r"<!--.*?-->"  # marks, which nobody sees
    r"|\]\([^)\s]*\)"  # addresses of links
    r"|^---\n.*?\n---\n"  # the front matter of a local issue
    r"|event: .*$",  # a line of a history
    re.DOTALL | re.MULTILINE,
)
TOLD = sorted((GOLDEN / "samples").rglob("*.md")) + sorted(
    (GOLDEN / "samples").rglob("*.txt")
)


def words_from_inside(text: str) -> list[str]:
    return [found[0] for found in INNER.finditer(NOT_SAID.sub("", text))]


def test_the_test_finds_such_words() -> None:
    assert words_from_inside("This touch is Overdue.") == ["touch", "Overdue"]


@pytest.mark.parametrize(
    "path", TOLD, ids=lambda path: f"{path.parent.name}-{path.name}"
)
def test_issues_comments_and_terminal_lines_of_the_samples(path: Path) -> None:
    assert words_from_inside(path.read_text("utf-8")) == []


@pytest.mark.parametrize("sample", ["motorola", "three-years"])
@pytest.mark.parametrize(
    "day", ["1993-07-14", "2025-03-01", "2026-11-23", "2029-01-08"]
)
def test_plans_of_any_day(sample: str, day: str) -> None:
    found = run(ROOT / "examples" / sample, "plan", "--as-of", day, "--tracker", "none")
    assert found.code in (0, 3)
    assert words_from_inside(found.out + found.err) == []


def test_every_page_of_help(tmp_path: Path) -> None:
    for verb in ("", "new", "plan", "sync", "close", "comment", "log", "check", "mail"):
        found = run(begun(tmp_path), *filter(None, [verb, "--help"]))
        assert words_from_inside(found.out) == []
