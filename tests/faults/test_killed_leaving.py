"""Moving and forgetting, killed at every write they make; then run again."""

import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from pipeline.files.workspace import load
from tests.commands.running import begun, person, run, snapshot
from tests.faults.killing import run_child

DAY = ("--as-of", "2026-05-04")


def prepared(root: Path) -> Path:
    """Three open issues, one of them closed by a person and not taken in yet."""
    root.mkdir()
    begun(root)
    for slug in ("ana-sol", "bo-lind", "cy-park"):
        person(root, slug, rejected_on="2025-10-30")
    run(root, "sync", *DAY)
    page = root / "inbox" / "0002.md"
    page.write_text(page.read_text("utf-8").replace("state: open", "state: closed"))
    return root


def test_a_move_killed_at_every_write_is_finished_by_the_next(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    golden: Callable[[str, str], None],
) -> None:
    template = prepared(tmp_path / "template")
    whole = Path(shutil.copytree(template, tmp_path / "whole"))
    argv = ("move", "--to", "github", "--yes", *DAY)
    died, points = run_child(partial(run, whole, *argv), dies_at=0)
    assert not died
    golden("faults/move.txt", f"{points}\n")
    for point in range(1, points + 1):
        root = Path(shutil.copytree(template, tmp_path / "run"))
        died, _ = run_child(partial(run, root, *argv), dies_at=point)
        assert died, f"point {point} was never reached"
        if point % 2:  # somebody syncs before they try again
            run(root, "sync", *DAY)
        assert run(root, *argv).code == 0
        workspace = load(str(root))
        assert not workspace.problems
        assert workspace.state.tracker == "github"
        sent = [
            (slug, event.event.value, (event.source or "")[:15])
            for slug, contact in workspace.contacts.items()
            for event in contact.history
        ]
        assert sent == [("ana-sol", "sent", "local:closed:2:")]
        pages = [p.read_text("utf-8") for p in root.glob("inbox/*.md")]
        assert len(pages) == 4
        assert all("state: closed" in page for page in pages)
        shutil.rmtree(root)
    with capsys.disabled():
        sys.stdout.write(f"\nmove killed at {points} points, healed every time\n")


def test_a_forgetting_killed_at_every_write_is_finished_by_the_next(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    golden: Callable[[str, str], None],
) -> None:
    template = prepared(tmp_path / "template")
    run(template, "log", "ana-sol", "/stop", *DAY)
    path = template / "contacts" / "bo-lind.yml"
    path.write_text(f"{path.read_text('utf-8')}notes: Ana Sol came too\n", "utf-8")
    whole = Path(shutil.copytree(template, tmp_path / "whole"))
    argv = ("forget", "ana-sol", "--yes", *DAY)
    died, points = run_child(partial(run, whole, *argv), dies_at=0)
    assert not died
    golden("faults/forget.txt", f"{points}\n")
    for point in range(1, points + 1):
        root = Path(shutil.copytree(template, tmp_path / "run"))
        died, _ = run_child(partial(run, root, *argv), dies_at=point)
        assert died, f"point {point} was never reached"
        if point % 2:  # somebody syncs before they try again
            run(root, "sync", *DAY)
        assert run(root, *argv).code == 0
        assert b"ana-sol" not in b"".join(snapshot(root).values())
        assert b"Ana Sol" not in b"".join(snapshot(root).values())
        workspace = load(str(root))
        assert not workspace.problems
        assert workspace.stopped.people
        assert sorted(workspace.contacts) == ["bo-lind", "cy-park"]
        assert not any(each.history for each in workspace.contacts.values())
        shutil.rmtree(root)
    with capsys.disabled():
        sys.stdout.write(f"\nforget killed at {points} points, healed every time\n")
