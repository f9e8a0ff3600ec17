"""The command line on GitHub: private before the first byte, and silent where it runs.

The server is the one on loopback; the repository of files is a real one in git.
"""

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.commands.running import Result, run
from tests.faults.repositories import bare, checkout, git
from tests.github.clock import Clock
from tests.github.repository import OWNER
from tests.github.server import TOKEN, GitHub

SECRETS = (
    *("zora", "quill", "brightwater", "lead-editor", "lead editor", "contacts/"),
    *(TOKEN, "example.com", "check_in", "30/01"),
)


class Opened:
    """Which files of a folder a run opens, seen from below."""

    def __init__(self) -> None:
        self.below: str | None = None
        self.paths: list[str] = []
        sys.addaudithook(self._watch)

    def _watch(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.below and event == "open" and str(arguments[0]).startswith(self.below):
            self.paths.append(str(arguments[0])[len(self.below) + 1 :])


OPENED = Opened()


@pytest.fixture
def github() -> Iterator[GitHub]:
    clock = Clock(dt.datetime.now(dt.UTC).replace(microsecond=0).isoformat())
    with GitHub(clock) as server:
        yield server


@pytest.fixture
def work(tmp_path: Path) -> Path:
    rejected_on = dt.date.today() - dt.timedelta(days=8 * 31)  # noqa: DTZ011 - any
    text = (
        "name: Zora Quill\ncompany: Brightwater\nposition: Lead Editor\n"
        f"rejected_on: {rejected_on}\nemail: zora@example.com\n"
    )
    files = {
        "settings.yml": "you: {name: Maya}\nquiet: []\n",
        "contacts/zora-quill.yml": text,
        "contacts/lee.yml": "name: Lee\nrejected_on: 30/01/2026\n",
    }
    return checkout(bare(tmp_path / "origin", files), tmp_path / "work")


def sync(github: GitHub, work: Path, *argv: str, **environ: str) -> Result:
    given = {
        "GITHUB_API_URL": github.base,
        "GITHUB_REPOSITORY": "maya/not-yet",
        "GITHUB_TOKEN": TOKEN,
        "CI": "true",
    }
    line = ("sync", "--tracker", "github", "--store", "git", "--push")
    return run(work, *line, "--fresh-checkout", *argv, **{**given, **environ})


def test_counts_and_numbers_are_all_that_leaves_the_process(
    github: GitHub, work: Path
) -> None:
    first = sync(github, work)
    assert (first.code, first.out) == (3, "opened #2.\n")
    github.repository.comment(2, "/sent for zora quill", OWNER)
    github.repository.comment(2, "/sent", OWNER)
    second = sync(github, work)
    assert "wrote 1 entry down" in second.out
    log = git(work, "log", "--format=%s%n%b", "origin/main")
    said = "\n".join([first.out, first.err, second.out, second.err, log]).casefold()
    assert [word for word in SECRETS if word in said] == []
    assert "Take in" in log
    assert "Zora" in (github.repository.issue(2).body or "")


def test_in_a_public_repository_nothing_is_read_and_nothing_written(
    github: GitHub, work: Path
) -> None:
    github.repository.private = False
    OPENED.below, OPENED.paths = str(work), []
    found = sync(github, work)
    OPENED.below = None
    assert found.code == 5
    assert "This repository is PUBLIC: make it private now" in found.err
    assert "cannot be taken back" in found.err
    assert OPENED.paths == []
    assert [(each.method, each.path) for each in github.asked] == [("GET", "")]
    assert git(work, "status", "--porcelain") == ""


def test_a_fault_of_the_server_is_one_line_without_a_name(
    github: GitHub, work: Path
) -> None:
    found = sync(github, work, GITHUB_TOKEN="wrong")
    assert found.code == 4
    assert found.err == "notyet: issues could not be read or changed; run it again\n"


def test_a_quiet_run_asks_four_times_and_writes_nothing(
    github: GitHub, work: Path
) -> None:
    """Whether the repository is private, two lists of issues, one of comments."""
    sync(github, work)
    sync(github, work)  # says on the front desk which file needs a hand
    github.asked.clear()
    head = git(work, "rev-parse", "origin/main")
    assert sync(github, work).out == "nothing to do.\n"
    assert [(each.method, each.path) for each in github.asked] == [
        ("GET", ""),
        ("GET", "issues"),
        ("GET", "issues"),
        ("GET", "issues/comments"),
    ]
    assert git(work, "rev-parse", "origin/main") == head


def test_issues_on_github_are_closed_there(github: GitHub, work: Path) -> None:
    sync(github, work)
    environ = {
        "GITHUB_API_URL": github.base,
        "GITHUB_REPOSITORY": "maya/not-yet",
        "GITHUB_TOKEN": TOKEN,
    }
    found = run(work, "close", "2", **environ)
    assert found.code == 2
    assert "the issues are on GitHub; do it there" in found.err
    assert "Zora" in run(work, "inbox", **environ).out


def test_a_fresh_checkout_is_one_of_git(tmp_path: Path) -> None:
    found = run(tmp_path, "sync", "--fresh-checkout")
    assert found.code == 2
    assert "--fresh-checkout goes with --store git" in found.err
