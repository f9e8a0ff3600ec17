"""`forget` as somebody runs it: what it says, what it leaves, and twice."""

import shutil
from pathlib import Path

import pytest

from pipeline.files.workspace import load
from tests.commands.running import begun, person, run, snapshot

ROOT = Path(__file__).parent.parent.parent
DAY = ("--as-of", "2026-05-04")
SAMPLE_DAY = ("--as-of", "2026-11-23")


def test_without_a_yes_it_only_says_what_it_would_do(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor", company="Brightwater")
    person(tmp_path, "lee-park", company="Brightwater", notes="sat beside Dana Okafor")
    run(tmp_path, "sync", *DAY)
    before = snapshot(tmp_path)
    found = run(tmp_path, "forget", "dana-okafor", *DAY)
    assert found.code == 2
    assert found.out == (
        "What goes when Dana Okafor is forgotten here; it cannot be taken back:\n\n"
        "- deleted: contacts/dana-okafor.yml\n"
        "- without them: contacts/lee-park.yml\n"
        "- emptied and closed in inbox/: #2, #4\n"
        "- the lines that name them go, in inbox/: #1\n"
        "- stays, since others have it too: Brightwater\n\n"
    )
    assert snapshot(tmp_path) == before


def test_what_is_left_comes_with_its_command(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor")
    (tmp_path / ".git").mkdir()
    (tmp_path / "minutes.txt").write_text("with Dana Okafor\n")
    found = run(tmp_path, "forget", "dana-okafor", "--yes", *DAY)
    assert found.code == 3  # a file of yours needs a look
    assert "Files of yours that still name them:\n- minutes.txt\n" in found.out
    assert "git filter-repo --invert-paths --path contacts/dana-okafor.yml" in found.out


def test_what_the_program_keeps_for_you_alone_forgets_them_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The calendar and the dashboard lie outside of the workspace."""
    root, cache = tmp_path / "mine", tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    root.mkdir()
    person(begun(root), "dana-okafor")
    (root / "site").mkdir()
    for verb in ("sync", "calendar", "dashboard"):
        assert run(root, verb, *DAY).code == 0
    (calendar,) = cache.rglob("calendar.ics")
    found = run(root, "forget", "dana-okafor", "--yes", *DAY)
    assert f"- deleted, to be made again: {calendar}\n" in found.out
    assert "- the dashboard that is locked into site/" in found.out
    kept = b"".join(path.read_bytes() for path in cache.rglob("*") if path.is_file())
    assert b"Dana" not in kept


def test_twice_is_as_good_as_once(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor")
    run(tmp_path, "sync", *DAY)
    assert run(tmp_path, "forget", "dana-okafor", "--yes", *DAY).code == 0
    before = snapshot(tmp_path)
    again = run(tmp_path, "forget", "dana-okafor", "--yes", *DAY)
    assert (again.code, again.out) == (0, "Nothing here is about dana-okafor.\n")
    assert snapshot(tmp_path) == before


def test_nobody_is_forgotten_for_a_slip_of_the_pen(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor")
    found = run(tmp_path, "forget", "dana-okafo", "--yes", *DAY)
    assert found.out == (
        "Nothing here is about dana-okafo. Did you mean dana-okafor?\n"
    )
    assert (tmp_path / "contacts" / "dana-okafor.yml").exists()


def test_an_empty_workspace_has_nobody_to_forget(tmp_path: Path) -> None:
    found = run(tmp_path, "forget", "dana-okafor", "--yes", *DAY)
    assert (found.code, found.out) == (0, "Nothing here is about dana-okafor.\n")


def test_a_stop_outlives_the_person_forgotten(tmp_path: Path) -> None:
    """Said by hand, and never seen by a sync."""
    path = person(begun(tmp_path), "dana-okafor")
    path.write_text(
        path.read_text() + "history:\n  - {date: 2026-05-01, event: stop}\n"
    )
    found = run(tmp_path, "forget", "dana-okafor", "--yes", *DAY)
    assert "- kept: that they asked not to be written to" in found.out
    assert load(str(tmp_path)).stopped.people
    refused = run(
        tmp_path,
        *("new", "--name", "Dana Okafor", "--email", "dana-okafor@example.com"),
        *("--company", "Brightwater", "--position", "Writer", "--date", "yesterday"),
        *DAY,
    )
    assert refused.code == 3


def test_a_stop_in_a_file_that_is_wrong_outlives_it_too(tmp_path: Path) -> None:
    path = person(begun(tmp_path), "dana-okafor", rejected_on="30/01/2026")
    path.write_text(
        path.read_text() + "history:\n  - {date: 2026-05-01, event: stop}\n"
    )
    run(tmp_path, "forget", "dana-okafor", "--yes", *DAY)
    person(tmp_path, "dana-okafor")
    assert "a short mail" not in run(tmp_path, "plan", *DAY).out


def test_a_file_that_is_wrong_is_forgotten_too(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor", rejected_on="30/01/2026")
    person(tmp_path, "lee-park", notes="dana-okafor@example.com")
    (tmp_path / "contacts" / "bo-lind.yml").write_text("name: [Dana Okafor\n")
    assert run(tmp_path, "forget", "dana-okafor", "--yes", *DAY).code == 0
    left = b"".join(snapshot(tmp_path).values()).decode().casefold()
    assert "okafor" not in left
    assert "name: [someone" in left


def test_issues_of_the_time_before_a_move_are_emptied_too(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor")
    run(tmp_path, "sync", *DAY)
    run(tmp_path, "move", "--to", "github", "--yes", *DAY)
    assert run(tmp_path, "forget", "dana-okafor", "--yes", *DAY).code == 0
    assert b"okafor" not in b"".join(snapshot(tmp_path).values()).lower()


@pytest.mark.parametrize("slug", ["colin-byrne", "samir-haddad", "lee-fontaine"])
def test_three_years_go_on_without_somebody(slug: str, tmp_path: Path) -> None:
    sample = ROOT / "examples" / "three-years"
    ignored = shutil.ignore_patterns("README.md")
    shutil.copytree(sample, tmp_path, dirs_exist_ok=True, ignore=ignored)
    run(tmp_path, "sync", *SAMPLE_DAY)
    name = load(str(tmp_path)).contacts[slug].name
    assert run(tmp_path, "forget", slug, "--yes", *SAMPLE_DAY).code == 0
    assert run(tmp_path, "sync", *SAMPLE_DAY).code == 0
    assert run(tmp_path, "check", *SAMPLE_DAY).code == 0
    left = b"".join(snapshot(tmp_path).values()).decode()
    assert slug not in left
    assert name not in left
    assert len(load(str(tmp_path)).contacts) == 23
