"""`calendar`: one file for any calendar program."""

from pathlib import Path

import pytest
import vobject

from tests.commands.running import begun, person, run
from tests.commands.test_plan import workspace

ROOT = Path(__file__).parent.parent.parent


def test_the_calendar_is_one_file_that_calendars_read_and_others_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = run(workspace(tmp_path), "calendar", "--as-of", "2026-05-04")
    assert found.code == 0
    (file,) = (tmp_path / "cache").rglob("calendar.ics")
    assert str(file) in found.out
    assert file.stat().st_mode & 0o777 == 0o600
    made = vobject.readOne(file.read_text("utf-8"))
    days = [entry.dtstart.value for entry in made.vevent_list]
    assert len(days) > 5
    other = tmp_path / "other.ics"
    run(tmp_path, "calendar", "--as-of", "2026-05-04", "--output", str(other))
    assert other.read_bytes() == file.read_bytes()


@pytest.mark.parametrize(
    "place", ["docs/x.ics", "site/x.ics", "docs/assets/x.ics", "contacts/x.ics"]
)
def test_no_calendar_lies_where_it_is_published_or_read(
    place: str, tmp_path: Path
) -> None:
    """It names people, and everything in docs/ is published as it is."""
    workspace(tmp_path)
    (tmp_path / "docs" / "assets").mkdir(parents=True)
    (tmp_path / "site").mkdir()
    found = run(tmp_path, "calendar", "--output", str(tmp_path / place))
    assert found.code == 2
    assert found.err.endswith("; give a folder outside of it\n")
    assert not (tmp_path / place).exists()


def test_nor_where_the_guide_is_made_from(tmp_path: Path) -> None:
    workspace(tmp_path)
    (tmp_path / "link").symlink_to(ROOT / "docs")
    found = run(tmp_path, "calendar", "--output", str(tmp_path / "link" / "x.ics"))
    assert found.code == 2
    assert not (ROOT / "docs" / "x.ics").exists()


def test_a_calendar_takes_the_place_of_one_of_ours_and_of_nothing_else(
    tmp_path: Path,
) -> None:
    mine = workspace(tmp_path) / "settings.yml"
    before = mine.read_bytes()
    found = run(tmp_path, "calendar", "--output", str(mine))
    assert (found.code, mine.read_bytes()) == (2, before)
    theirs = tmp_path / "theirs.ics"
    theirs.write_text("BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", "utf-8")
    assert run(tmp_path, "calendar", "--output", str(theirs)).code == 2
    ours = tmp_path / "ours.ics"
    for day in ("2026-05-04", "2026-06-15"):
        found = run(tmp_path, "calendar", "--output", str(ours), "--as-of", day)
        assert found.code == 0


def test_the_calendar_can_go_to_the_terminal(tmp_path: Path) -> None:
    found = run(workspace(tmp_path), "calendar", "--output", "-")
    assert found.out.startswith("BEGIN:VCALENDAR")
    assert found.out.rstrip().endswith("END:VCALENDAR")
    assert not (tmp_path / "calendar.ics").exists()


def test_a_later_calendar_moves_an_entry_and_doubles_none(tmp_path: Path) -> None:
    workspace(tmp_path)

    def entries(as_of: str) -> dict[str, str]:
        text = run(tmp_path, "calendar", "--as-of", as_of, "--output", "-").out
        made = vobject.readOne(text)
        return {e.uid.value: str(e.dtstart.value) for e in made.vevent_list}

    first, later = entries("2026-05-04"), entries("2026-06-15")
    moved = {uid for uid in first.keys() & later.keys() if first[uid] != later[uid]}
    assert len(first.keys() - later.keys()) == 1  # a look back that is over by then
    assert len(moved) > 1


def test_nobody_at_all_still_makes_a_calendar(tmp_path: Path) -> None:
    found = run(begun(tmp_path), "calendar", "--as-of", "2026-05-04", "--output", "-")
    assert found.code == 0
    assert len(vobject.readOne(found.out).vevent_list) == 1  # to make it anew


def test_someone_with_a_broken_file_is_left_out_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    person(begun(tmp_path), "dana-okafor", rejected_on="yesterday")
    found = run(tmp_path, "calendar", "--as-of", "2026-05-04")
    assert found.code == 3
