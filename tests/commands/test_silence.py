"""Where others read along (`CI` is set), nothing from a file leaves the process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.running import begun, document, person, run

ROOT = Path(__file__).parent.parent.parent
DAY = ("--as-of", "2026-05-04")
SECRETS = (
    *("dana", "okafor", "brightwater", "lead writer", "maya", "torres", "one-source"),
    *("one source", "contacts/", "example.com", "chicago", "lee", "park", "/1"),
    *("30/01", "2026-01", "2026-02-03", "30 apr", "apr", "zebra"),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    person(begun(tmp_path), "dana-okafor", company="Brightwater", notes="zebra")
    person(tmp_path, "lee-park", rejected_on="30/01/2026")
    document(tmp_path, "one-source")
    run(tmp_path, "sync", *DAY)
    return tmp_path


@pytest.mark.parametrize(
    "argv",
    [
        (),
        ("plan",),
        ("plan", "--format", "json"),
        ("preview", "dana-okafor"),
        ("preview", "dana-okafor", "--format", "json"),
        ("preview", "lee-park"),
        ("preview", "dana-okafo"),
        ("portfolio",),
        ("portfolio", "--format", "json"),
        ("calendar",),
        ("dashboard",),
        ("calendar", "--output", "-"),
        ("check",),
        ("check", "--format", "json"),
        ("sync",),
        ("sync", "--format", "json"),
        ("inbox",),
        ("inbox", "--format", "json"),
        ("show", "3"),
        ("show", "3", "--raw"),
        ("show", "3", "--format", "json"),
        ("mail", "3", "--print"),
        ("close", "3"),
        ("close", "3", "--format", "json"),
        ("close", "3", "--on", "dana-okafor"),
        ("comment", "3", "/snooze 3 weeks"),
        ("comment", "3", "dana-okafor"),
        ("log", "dana-okafor", "/replied warm zebra"),
        ("log", "dana-okafor", "/replyd warm zebra"),
        ("unstop", "dana-okafor"),
        ("move", "--to", "github"),
        ("move", "--to", "github", "--yes"),
        ("forget", "dana-okafor"),
        ("forget", "dana-okafor", "--yes"),
        ("forget", "dana-okafo", "--yes"),
        ("export", "nowhere"),
        ("export", "docs"),
        (
            *("new", "--name", "Dana Okafor", "--company", "Brightwater"),
            *("--position", "Lead Writer", "--date", "2026-02-03"),
        ),
        ("dana-okafor",),
        ("plan", "--root", "contacts/dana-okafor"),
    ],
)
def test_numbers_and_counts_are_all_that_is_said(
    argv: tuple[str, ...], root: Path
) -> None:
    day = DAY if argv[:1] not in (("mail",), ("dana-okafor",)) else ()
    found = run(root, *argv, *day, CI="true")
    said = (found.out + found.err).casefold()
    assert found.code != 1
    assert [word for word in SECRETS if word in said] == []


def test_what_may_be_said_is_said(root: Path) -> None:
    assert run(root, "plan", *DAY, CI="1").out == (
        "2 open, 0 due, 0 waiting, 0 to come.\n"
    )
    run(root, "close", "3", *DAY)
    person(root, "ana-sol")
    assert run(root, "sync", *DAY, CI="1").out == "opened #4, #5.\n"


def test_ci_set_to_nothing_is_a_laptop(root: Path) -> None:
    assert "Dana Okafor" in run(root, "plan", *DAY, CI="").out
    assert "Dana Okafor" in run(root, "plan", *DAY, CI="false").out


def test_a_fault_of_the_program_shows_where_and_not_what(root: Path) -> None:
    """A program that may not call itself deeply enough stumbles on anything."""
    code = (
        "import sys; from pipeline import cli; from pipeline.commands import plan;"
        "sys.argv = ['notyet', 'plan', '--as-of', '2026-05-04', '--root', sys.argv[1]];"
        "sys.setrecursionlimit(60);"
        "sys.exit(cli.main())"
    )
    found = subprocess.run(
        [sys.executable, "-c", code, str(root)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"PATH": os.defpath, "CI": "1"},
    )
    assert found.returncode == 1
    assert "RecursionError" in found.stderr
    said = (found.stdout + found.stderr).casefold()
    assert [word for word in ("dana", "okafor", "brightwater") if word in said] == []
