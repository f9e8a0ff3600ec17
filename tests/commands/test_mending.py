"""`check --fix`: shown line by line, asked, done once, and no byte more."""

from pathlib import Path

import pytest

from pipeline.commands.session import FINE, PROBLEMS
from tests.commands.running import begun, person, run, snapshot

DAY = ("--as-of", "2026-12-01")


@pytest.fixture
def night(tmp_path: Path) -> Path:
    """One file that can be mended, one that can in part, one that cannot, one well."""
    begun(tmp_path)
    person(tmp_path, "ana-sol", rejected_on="20/11/2026", posting_url="example.com/a")
    person(tmp_path, "bo-li", rejected_on="5/4/2026", cause="Someone hired")
    person(tmp_path, "cy-park", email="N/A")
    person(tmp_path, "dana-okafor")
    return tmp_path


def test_each_line_is_shown_and_written_and_the_rest_is_said(night: Path) -> None:
    before = snapshot(night)
    found = run(night, "check", "--fix", "--yes", *DAY)
    assert found.code == PROBLEMS
    assert found.out.startswith(
        "contacts/ana-sol.yml:4\n"
        "  - rejected_on: 20/11/2026\n"
        "  + rejected_on: 2026-11-20\n"
        "contacts/ana-sol.yml:7\n"
        "  - posting_url: example.com/a\n"
        "  + posting_url: https://example.com/a\n"
        "contacts/bo-li.yml:6\n"
        "  - cause: Someone hired\n"
        "  + cause: someone_hired\n"
    )
    assert "write 2026-04-05 or 2026-05-04, whichever you mean" in found.out
    assert "contacts/cy-park.yml:5:8: email: no mail address (got 'N/A')" in found.out
    after = snapshot(night)
    assert after["contacts/ana-sol.yml"] == before["contacts/ana-sol.yml"].replace(
        b"20/11/2026", b"2026-11-20"
    ).replace(b"example.com/a", b"https://example.com/a")
    for path in ("contacts/cy-park.yml", "contacts/dana-okafor.yml", "settings.yml"):
        assert after[path] == before[path]


def test_a_second_run_finds_nothing_to_mend(night: Path) -> None:
    run(night, "check", "--fix", "--yes", *DAY)
    before = snapshot(night)
    again = run(night, "check", "--fix", "--yes", *DAY)
    assert "  + " not in again.out
    assert snapshot(night) == before


def test_without_a_yes_nothing_is_written(night: Path) -> None:
    before = snapshot(night)
    found = run(night, "check", "--fix", *DAY)
    assert found.code == 2
    assert "  + rejected_on: 2026-11-20" in found.out
    assert "nothing was changed; to do it, run it again with --yes" in found.err
    assert snapshot(night) == before


def test_a_well_workspace_is_asked_nothing(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor")
    found = run(tmp_path, "check", "--fix", *DAY)
    assert (found.code, found.out) == (FINE, "All is well: 1 person, 0 documents.\n")


def test_an_empty_workspace_is_asked_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, "check", "--fix", *DAY).code == FINE
    assert list(tmp_path.iterdir()) == []


def test_settings_and_documents_are_mended_too(tmp_path: Path) -> None:
    (tmp_path / "settings.yml").write_text("You: {Name: Maya}\n", "utf-8")
    (tmp_path / "portfolio").mkdir()
    document = tmp_path / "portfolio" / "a.yml"
    document.write_text("Title: A\nKind: Talk\nUrl: example.com\n", "utf-8")
    assert run(tmp_path, "check", "--fix", "--yes", *DAY).code == FINE
    assert (tmp_path / "settings.yml").read_text("utf-8") == "you: {name: Maya}\n"
    assert document.read_text("utf-8") == (
        "title: A\nkind: talk\nurl: https://example.com\n"
    )


def test_the_json_says_which_lines_and_whether_they_were_written(night: Path) -> None:
    before = snapshot(night)
    shown = run(night, "check", "--fix", *DAY, "--format", "json").json
    assert snapshot(night) == before
    assert shown["repairs"][0] == {
        "after": "rejected_on: 2026-11-20",
        "before": "rejected_on: 20/11/2026",
        "line": 4,
        "path": "contacts/ana-sol.yml",
        "written": False,
    }
    done = run(night, "check", "--fix", "--yes", *DAY, "--format", "json").json
    assert [each["written"] for each in done["repairs"]] == [True] * 3
    assert len(done["problems"]) == len(shown["problems"]) - 3
    assert "repairs" not in run(night, "check", *DAY, "--format", "json").json


def test_a_link_is_not_followed(night: Path) -> None:
    elsewhere = night / "elsewhere.yml"
    elsewhere.write_text("Name: A\n", "utf-8")
    (night / "contacts" / "eve.yml").symlink_to(elsewhere)
    run(night, "check", "--fix", "--yes", *DAY)
    assert elsewhere.read_text("utf-8") == "Name: A\n"


def test_yes_alone_asks_what_for(tmp_path: Path) -> None:
    found = run(begun(tmp_path), "check", "--yes", *DAY)
    assert found.code == 2
    assert "--yes goes with --fix" in found.err


def test_where_others_read_along_no_line_is_shown(night: Path) -> None:
    found = run(night, "check", "--fix", "--yes", *DAY, CI="true")
    assert "3 lines of 2 files can be mended." in found.out
    assert "ana" not in found.out
    assert "2026-11-20" not in found.out
