"""`move` as somebody runs it: what it says first, and that it can be run twice."""

import shutil
from pathlib import Path

from pipeline.files.workspace import load
from tests.commands.running import begun, person, run, snapshot
from tests.github.clock import Clock
from tests.github.reaching import NAME
from tests.github.server import TOKEN, GitHub

ROOT = Path(__file__).parent.parent.parent
DAY = ("--as-of", "2026-05-04")
SAMPLE_DAY = ("--as-of", "2026-11-23")


def test_without_a_yes_it_only_says_what_it_would_do(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor")
    run(tmp_path, "sync", *DAY)
    before = snapshot(tmp_path)
    found = run(tmp_path, "move", "--to", "github", *DAY)
    assert found.code == 2
    assert found.out == (
        "The issues move to GitHub:\n\n"
        "- what you did on the old ones is taken in first\n"
        "- closed there, which records nothing: #1, #2, #3\n"
        "- the next sync there opens what is due, with fresh texts\n\n"
        "What you wrote into open issues stays in the old ones.\n\n"
    )
    assert found.err == (
        "notyet: nothing was changed; to do it, run it again with --yes\n"
    )
    assert snapshot(tmp_path) == before


def test_twice_is_as_good_as_once(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor")
    run(tmp_path, "sync", *DAY)
    assert run(tmp_path, "move", "--to", "github", "--yes", *DAY).code == 0
    before = snapshot(tmp_path)
    again = run(tmp_path, "move", "--to", "github", "--yes", *DAY)
    assert (again.code, again.out) == (
        0,
        "The issues are on GitHub already; nothing to do.\n",
    )
    assert snapshot(tmp_path) == before


def test_an_issue_left_behind_says_where_things_went(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor")
    run(tmp_path, "sync", *DAY)
    run(tmp_path, "move", "--to", "github", "--yes", *DAY)
    text = (tmp_path / "inbox" / "0002.md").read_text("utf-8")
    assert "On 2026-05-04 this moved to GitHub. Closing it recorded nothing." in text


def test_an_empty_workspace_begins_in_the_place_it_was_told(tmp_path: Path) -> None:
    assert run(tmp_path, "move", "--to", "github", "--yes", *DAY).code == 0
    assert load(str(tmp_path)).state.tracker == "github"
    assert run(tmp_path, "move", "--to", "local", "--yes", *DAY).code == 0
    person(begun(tmp_path), "dana-okafor")
    assert run(tmp_path, "sync", *DAY).out.startswith("Opened\n")


def test_a_broken_file_keeps_everything_where_it_is(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor")
    run(tmp_path, "sync", *DAY)
    person(tmp_path, "lee-park", rejected_on="30/01/2026")
    before = snapshot(tmp_path)
    found = run(tmp_path, "move", "--to", "github", "--yes", *DAY)
    assert found.code == 3
    assert found.err == (
        "notyet: 1 file cannot be read, and everything moves at once; "
        "run `./notyet check` and mend that first\n"
    )
    assert snapshot(tmp_path) == before


def test_a_place_that_is_gone_can_be_left(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor")
    run(tmp_path, "sync", *DAY)
    state = tmp_path / "state" / "issues.json"
    state.write_bytes(state.read_bytes().replace(b'"local"', b'"github:4711"'))
    shutil.rmtree(tmp_path / "inbox")
    found = run(tmp_path, "move", "--to", "local", "--unreachable", "--yes", *DAY)
    assert found.code == 0
    assert "- the old issues are left as they are\n" in found.out
    assert run(tmp_path, "sync", *DAY).out.startswith("Opened\n")
    assert dict(load(str(tmp_path)).state.left) == {"github:4711": 3}


def test_what_is_said_after_coming_back_is_heard(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor")
    run(tmp_path, "sync", *DAY)
    run(tmp_path, "move", "--to", "github", "--yes", *DAY)
    run(tmp_path, "move", "--to", "local", "--yes", *DAY)
    run(tmp_path, "sync", *DAY)
    assert run(tmp_path, "log", "dana-okafor", "/stop", *DAY).code == 0
    assert load(str(tmp_path)).contacts["dana-okafor"].history


def on_github(root: Path) -> None:
    person(begun(root), "dana-okafor")
    run(root, "sync", *DAY)
    state = root / "state" / "issues.json"
    state.write_bytes(state.read_bytes().replace(b'"local"', b'"github:1"'))


def test_without_a_way_to_github_it_says_what_is_needed(tmp_path: Path) -> None:
    on_github(tmp_path)
    before = snapshot(tmp_path)
    found = run(tmp_path, "move", "--to", "local", "--yes", *DAY)
    assert found.code == 2
    assert "set GITHUB_REPOSITORY (owner/name) and GITHUB_TOKEN" in found.err
    assert "or say --unreachable if they are gone" in found.err
    assert snapshot(tmp_path) == before


def test_a_copy_leaves_the_issues_of_the_original_alone(tmp_path: Path) -> None:
    on_github(tmp_path)
    with GitHub(Clock()) as github:
        there = {
            "GITHUB_API_URL": github.base,
            "GITHUB_REPOSITORY": NAME,
            "GITHUB_TOKEN": TOKEN,
        }
        found = run(tmp_path, "move", "--to", "github", "--yes", *DAY, **there)
        assert found.code == 0
        assert "- the old issues are left as they are\n" in found.out
        state = load(str(tmp_path)).state
        assert state.tracker == f"github:{github.repository.id}"
        assert (dict(state.left), state.issues) == ({"github:1": 3}, {})
        assert github.counted("PATCH") == github.counted("POST") == 0
        again = run(tmp_path, "move", "--to", "github", "--yes", *DAY, **there)
        assert again.out == "The issues are on GitHub already; nothing to do.\n"


def test_three_years_move_there_and_back(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "three-years", tmp_path, dirs_exist_ok=True)
    first = run(tmp_path, "sync", *SAMPLE_DAY)
    run(tmp_path, "move", "--to", "github", "--yes", *SAMPLE_DAY)
    run(tmp_path, "move", "--to", "local", "--yes", *SAMPLE_DAY)
    second = run(tmp_path, "sync", *SAMPLE_DAY)
    assert [line.split()[1:] for line in second.out.splitlines()[1:5]] == [
        line.split()[1:] for line in first.out.splitlines()[1:5]
    ]
    assert run(tmp_path, "sync", *SAMPLE_DAY).out.startswith("Nothing to do.\n")
    for path in (ROOT / "examples" / "three-years" / "contacts").iterdir():
        moved = (tmp_path / "contacts" / path.name).read_text("utf-8")
        assert moved.replace("local:", "") == path.read_text("utf-8")
