"""What the README tells a newcomer to type works, and what it shows is what comes."""

import re
import shlex
from pathlib import Path

import pytest

from pipeline.commands import arguments
from pipeline.files.schema import read_contact
from tests.commands.running import run

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
LINES = [line for line in README.splitlines() if line.startswith("./notyet")]


def typed(line: str) -> list[str]:
    """Give the words of a command line, without what is explained behind it."""
    return shlex.split(line, comments=True)[1:]


def tour() -> list[list[str]]:
    """Give what the five minutes consist of, in order, without the root."""
    lines = [typed(line) for line in LINES if "--root .demo" in line]
    return [
        [word for word in line if word not in ("--root", ".demo")] for line in lines
    ]


@pytest.mark.parametrize("line", LINES)
def test_every_command_line_is_understood(line: str) -> None:
    arguments.read(typed(line), print)


def test_the_five_minutes_work_in_order_in_the_demo(tmp_path: Path) -> None:
    assert run(tmp_path, "demo").code == 0
    assert len(tour()) >= 8
    for line in tour():
        extra = ["--print"] if line[:1] == ["mail"] else []  # no mail program opens
        result = run(tmp_path / ".demo", *line, *extra)
        assert (result.code, result.err) == (0, ""), line


def test_the_issue_that_is_closed_is_the_message_that_is_shown(tmp_path: Path) -> None:
    run(tmp_path, "demo")
    shown = run(tmp_path / ".demo", "show", "3", "--raw").out
    quoted = [line[2:] for line in README.splitlines() if line.startswith("> ")]
    told = " ".join(" ".join(quoted).split())
    found = re.findall(r"^> (.*)$", shown, re.MULTILINE)
    said = " ".join(" ".join(found).split())
    assert said.startswith(told)


def test_the_smallest_file_is_a_good_one() -> None:
    block = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert block
    contact, problems = read_contact(
        block[1].encode(), "contacts/jana-muster.yml", "jana-muster"
    )
    assert contact
    assert not problems


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#:]+)[^):]*\)", README))
def test_every_link_leads_somewhere(target: str) -> None:
    assert (ROOT / target).exists()


def test_the_first_screen_holds_what_a_tired_reader_needs() -> None:
    first = "\n".join(README.splitlines()[:40])
    for words in ("make demo", "make start", "It never sends", "**Yours:**"):
        assert words in first
