"""The demo: a story of under thirty lines, and a folder that is nobody's to lose."""

from pathlib import Path

from tests.commands.running import run, snapshot

INNER_WORDS = ("touch", "window", "cadence", " key", "overdue", "claim", "reconcile")


def test_it_tells_a_short_story_and_opens_nothing_twice(tmp_path: Path) -> None:
    result = run(tmp_path, "demo")
    assert (result.code, result.err) == (0, "")
    lines = result.out.splitlines()
    assert len(lines) < 30
    assert max(map(len, lines[:-4])) <= 79  # below stand four lines with a path
    assert "Nothing is sent; nothing of yours is read." in lines[0]
    assert "  Read    24 people, 12 documents, no problems" in lines
    assert "Hello Dana," in result.out
    assert "Ran it again: nothing opened twice." in result.out
    assert result.out.count("--root") == 2
    assert "make start" in lines[-2]
    assert lines[-1].endswith("dashboard.html")
    assert not any(word in result.out.casefold() for word in INNER_WORDS)


def test_where_others_read_along_the_invented_story_is_told_all_the_same(
    tmp_path: Path,
) -> None:
    assert run(tmp_path, "demo", CI="true").out.count("Dana") >= 2


def test_a_demo_left_alone_is_made_anew(tmp_path: Path) -> None:
    run(tmp_path, "demo")
    before = snapshot(tmp_path)
    assert "kept" not in run(tmp_path, "demo").out
    after = snapshot(tmp_path)
    assert before.keys() == after.keys()
    assert [path.name for path in tmp_path.iterdir()] == [".demo"]


def test_a_demo_somebody_wrote_into_is_set_aside_whole(tmp_path: Path) -> None:
    run(tmp_path, "demo")
    mine = tmp_path / ".demo" / "contacts" / "mine.yml"
    mine.write_text("name: Mine\n", "utf-8")
    before = snapshot(tmp_path / ".demo")
    result = run(tmp_path, "demo")
    kept = next(path for path in tmp_path.iterdir() if path.name != ".demo")
    assert str(kept) in result.out
    assert snapshot(kept) == before
    assert not mine.exists()


def test_a_file_in_its_place_is_set_aside_as_well(tmp_path: Path) -> None:
    (tmp_path / ".demo").write_text("a list of mine", "utf-8")
    assert run(tmp_path, "demo").code == 0
    kept = [path for path in tmp_path.iterdir() if path.name != ".demo"]
    assert [path.read_text("utf-8") for path in kept] == ["a list of mine"]
    assert (tmp_path / ".demo" / "inbox" / "0003.md").exists()


def test_it_stands_still_on_its_day(tmp_path: Path) -> None:
    run(tmp_path, "demo")
    assert run(tmp_path / ".demo").out.startswith("Monday 23 November 2026\n")
