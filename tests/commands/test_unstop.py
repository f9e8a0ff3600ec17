"""`unstop`: a stop is taken back only where the other person has asked for it."""

import os
import pty
import subprocess
import sys
from pathlib import Path

from pipeline.files.workspace import load
from tests.commands.running import begun, person, run, snapshot

DAY = ("--as-of", "2026-05-04")
LATER = ("--as-of", "2026-06-04")


def stopped(root: Path, *words: str) -> Path:
    person(begun(root), "dana-okafor", company="Brightwater")
    run(root, "sync", *DAY)
    run(root, "log", "dana-okafor", " ".join(("/stop", *words)), *DAY)
    return root


def typed(root: Path, answer: str) -> str:
    """Run it on a terminal and type an answer."""
    ours, theirs = pty.openpty()
    command = (sys.executable, "-m", "pipeline", "unstop", "dana-okafor", *LATER)
    with subprocess.Popen(
        (*command, "--root", str(root)),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={"PATH": os.defpath, "TERM": "dumb"},
    ) as child:
        os.close(theirs)
        os.write(ours, answer.encode())
        shown = b""
        try:
            while more := os.read(ours, 1000):
                shown += more
        except OSError:  # the other end is closed
            pass
        assert child.wait() == 0
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


def test_without_a_yes_it_only_says_what_it_would_do(tmp_path: Path) -> None:
    before = snapshot(stopped(tmp_path))
    found = run(tmp_path, "unstop", "dana-okafor", *LATER, answers="yes\n")
    assert found.code == 2
    assert (
        "Dana Okafor asked not to be written to: contacts/dana-okafor.yml" in found.out
    )
    assert snapshot(tmp_path) == before


def test_somebody_at_a_terminal_is_asked(tmp_path: Path) -> None:
    before = snapshot(stopped(tmp_path))
    shown = typed(tmp_path, "\n")
    assert "Has Dana Okafor asked to hear from you again? (yes or no)" in shown
    assert "Nothing was changed." in shown
    assert snapshot(tmp_path) == before
    done = typed(tmp_path, "yes\n")
    assert "may be written to again; `./notyet plan` says when." in done
    assert snapshot(tmp_path) != before


def test_twice_is_as_good_as_once(tmp_path: Path) -> None:
    stopped(tmp_path)
    assert run(tmp_path, "unstop", "dana-okafor", "--yes", *LATER).code == 0
    before = snapshot(tmp_path)
    again = run(tmp_path, "unstop", "dana-okafor", "--yes", *LATER)
    assert (again.code, again.out) == (
        0,
        "Dana Okafor may be written to; nothing to take back.\n",
    )
    assert snapshot(tmp_path) == before
    assert not load(str(tmp_path)).stopped.people


def test_a_wish_of_the_whole_company_is_taken_back_where_it_was_said(
    tmp_path: Path,
) -> None:
    stopped(tmp_path, "company")
    person(tmp_path, "lee-park", company="Brightwater")
    run(tmp_path, "sync", *LATER)
    found = run(tmp_path, "unstop", "lee-park", "--yes", *LATER)
    assert found.code == 3
    assert "somebody else asked that nobody at Brightwater be written to" in found.err
    assert run(tmp_path, "unstop", "dana-okafor", "--yes", *LATER).code == 0
    assert "nothing to take back" in run(tmp_path, "unstop", "lee-park", *LATER).out
    run(tmp_path, "sync", *LATER)
    assert not load(str(tmp_path)).stopped.companies


def test_one_person_does_not_take_back_what_another_asked_for_a_whole_company(
    tmp_path: Path,
) -> None:
    """Whoever asked for it may be forgotten; their wish is not."""
    stopped(tmp_path, "company")
    person(tmp_path, "lee-park", company="Brightwater")
    person(tmp_path, "ana-sol", company="Brightwater")
    assert run(tmp_path, "forget", "dana-okafor", "--yes", *DAY).code == 0
    before = snapshot(tmp_path)
    found = run(tmp_path, "unstop", "lee-park", "--yes", *LATER)
    assert found.code == 3
    assert found.err.endswith(
        "and their file is gone; to take that back for everyone there, add --company\n"
    )
    assert snapshot(tmp_path) == before
    found = run(tmp_path, "unstop", "lee-park", "--company", "--yes", *LATER)
    assert found.code == 0
    assert "as well that nobody at Brightwater is." in found.out
    assert "nothing to take back" in run(tmp_path, "unstop", "ana-sol", *LATER).out


def test_a_stop_of_a_company_they_have_come_to_can_be_taken_back(
    tmp_path: Path,
) -> None:
    stopped(tmp_path, "company")
    moved = "{date: 2026-05-10, event: moved, company: Brightwater}"
    path = person(tmp_path, "lee-park", company="Northgate")
    path.write_text(f"{path.read_text()}history:\n  - {moved}\n")
    run(tmp_path, "forget", "dana-okafor", "--yes", *DAY)
    for argv in (("--company", "--yes"), ()):
        found = run(tmp_path, "unstop", "lee-park", *argv, *LATER)
        assert found.code == 0
    assert "nothing to take back" in found.out


def test_a_stop_outlives_its_file_and_can_be_taken_back(tmp_path: Path) -> None:
    stopped(tmp_path)
    (tmp_path / "contacts" / "dana-okafor.yml").unlink()
    person(tmp_path, "dana-okafor", company="Elsewhere")
    assert run(tmp_path, "unstop", "dana-okafor", "--yes", *LATER).code == 0
    assert "nothing to take back" in run(tmp_path, "unstop", "dana-okafor", *LATER).out
