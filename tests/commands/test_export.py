"""`export` as somebody runs it: where to, twice, with wrong files, and cut short."""

import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.commands.running import begun, person, run, snapshot
from tests.faults.killing import run_child

ROOT = Path(__file__).parent.parent.parent
DAY = ("--as-of", "2026-11-23")
FILES = (
    *("README.md", "contacts.csv", "contacts.jsonl", "contacts.vcf", "history.csv"),
    *("history.ics", "history.jsonl", "portfolio.csv", "rejections.csv"),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = tmp_path / "mine"
    place.mkdir()
    person(begun(place), "dana-okafor")
    return place


def test_without_a_yes_it_only_says_what_it_would_do(root: Path) -> None:
    found = run(root, "export", str(root.parent / "out"), *DAY)
    assert found.code == 2
    assert "1 person and 0 documents go to " in found.out
    assert not (root.parent / "out").exists()


def test_everything_goes_into_the_folder(root: Path) -> None:
    out = root.parent / "out"
    before = snapshot(root)
    assert run(root, "export", str(out), "--yes", *DAY).code == 0
    assert tuple(snapshot(out)) == FILES
    assert (out.stat().st_mode & 0o777) == 0o700
    assert snapshot(root) == before
    again = run(root, "export", str(out), "--yes", *DAY)
    assert again.code == 2
    assert again.err.endswith("out is not empty; give a new folder\n")


def test_the_same_files_come_out_the_same(root: Path) -> None:
    for name in ("one", "two"):
        run(root, "export", str(root.parent / name), "--yes", *DAY)
    assert snapshot(root.parent / "one") == snapshot(root.parent / "two")


@pytest.mark.parametrize(
    "folder", ["docs", "docs/private", "site", "contacts", ".git/x"]
)
def test_a_folder_that_others_see_is_refused(folder: str, root: Path) -> None:
    found = run(root, "export", str(root / folder), "--yes", *DAY)
    assert found.code == 2
    assert found.err.endswith("; give a folder outside of it\n")
    assert not (root / folder / "contacts.csv").exists()


def test_a_file_in_the_way_is_refused(root: Path) -> None:
    found = run(root, "export", str(root / "settings.yml"), "--yes", *DAY)
    assert (found.code, found.err) == (
        2,
        f"notyet: {root / 'settings.yml'} is a file; give a new folder\n",
    )


def test_a_link_into_a_published_folder_is_followed_before_it_is_refused(
    root: Path,
) -> None:
    (root / "docs").mkdir()
    (root.parent / "link").symlink_to(root / "docs")
    assert run(root, "export", str(root.parent / "link"), "--yes", *DAY).code == 2


def test_a_file_that_is_wrong_goes_along_as_it_is(root: Path) -> None:
    path = person(root, "lee-park", rejected_on="30/01/2026")
    out = root.parent / "out"
    assert run(root, "export", str(out), "--yes", *DAY).code == 3
    assert (out / "unread" / "contacts" / "lee-park.yml").read_bytes() == (
        path.read_bytes()
    )
    assert "`unread/` has the files that could not be read" in (
        out / "README.md"
    ).read_text("utf-8")


def test_a_file_that_is_wrong_is_shown_to_nobody(root: Path) -> None:
    person(root, "lee-park", rejected_on="30/01/2026")
    out = root.parent / "out"
    found = run(root, "export", str(out), "--redact", "--yes", *DAY)
    assert found.code == 3
    assert "- not 1 file that cannot be read\n" in found.out
    assert tuple(snapshot(out)) == FILES
    told = b"".join(snapshot(out).values())
    assert b"Okafor" not in told
    assert b"Park" not in told


def test_an_empty_workspace_gives_empty_tables(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    found = run(tmp_path / "mine", "export", str(tmp_path / "out"), "--yes", *DAY)
    assert found.code == 0
    assert tuple(snapshot(tmp_path / "out")) == FILES


def test_cut_short_anywhere_there_is_all_or_nothing(root: Path) -> None:
    out = root.parent / "out"
    argv = ("export", str(out), "--yes", *DAY)
    _, points = run_child(partial(run, root, *argv), dies_at=0)
    whole = snapshot(out)
    assert points >= len(FILES)
    for point in range(1, points + 1):
        shutil.rmtree(out, ignore_errors=True)
        died, _ = run_child(partial(run, root, *argv), dies_at=point)
        assert died
        assert not out.exists()
        assert run(root, *argv).code == 0
        assert snapshot(out) == whole
        assert sorted(path.name for path in root.parent.iterdir()) == ["mine", "out"]


def test_only_an_export_imports_what_an_export_needs(root: Path) -> None:
    code = (
        "import sys; from pipeline.cli import main;"
        "main(['plan', '--root', sys.argv[1]]);"
        "sys.exit(any(m.startswith(('icalendar', 'pipeline.exporting', 'csv'))"
        " for m in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(root)], check=False, capture_output=True
    )
    assert done.returncode == 0
