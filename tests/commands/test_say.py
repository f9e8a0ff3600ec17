"""`sync`, `inbox`, `show`, `mail`, `close`, `comment`, `log`: a day at the desk."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.files.workspace import load
from pipeline.model import EventKind
from tests.commands.running import (
    Result,
    begun,
    document,
    person,
    run,
    run_line,
    snapshot,
)

ROOT = Path(__file__).parent.parent.parent
DAY = ("--as-of", "2026-05-04")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Prepare a workspace with one mail open, as issue 3."""
    person(begun(tmp_path), "dana-okafor")
    document(tmp_path, "one-source")
    found = run(tmp_path, "sync", *DAY, "--format", "json")
    assert found.json["opened"][-1] == {"issue": 3, "key": "dana-okafor/check_in/1"}
    return tmp_path


def events(root: Path) -> list[tuple[str, str]]:
    history = load(str(root)).contacts["dana-okafor"].history
    return [(str(each.date), each.event.value) for each in history]


def test_the_json_of_sync_has_every_field_sorted(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor")
    found = run(tmp_path, "sync", *DAY, "--format", "json")
    assert list(found.json) == [
        *("adopted", "closed", "opened", "problems", "recorded", "reopened"),
        *("schema", "updated", "waiting"),
    ]
    assert found.json["schema"] == 1
    again = run(tmp_path, "sync", *DAY, "--format", "json")
    assert again.json == {name: 1 if name == "schema" else [] for name in found.json}


def test_sync_tells_what_it_opened_and_what_to_do(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor")
    out = run(tmp_path, "sync", *DAY).out
    (line,) = [each for each in out.splitlines() if "#3" in each]
    assert " ".join(line.split()) == (
        "#3 a short mail Dana Okafor, Okafor Instruments until Sat 30 May"
    )
    assert "\nRead one: ./notyet show 3 · sent it: ./notyet close 3\n" in out
    assert run(tmp_path, "sync", *DAY).out == "Nothing to do.\n"


def test_what_to_type_next_works_from_where_one_is(tmp_path: Path) -> None:
    root = tmp_path / "my people"
    root.mkdir()
    person(begun(root), "dana-okafor")
    out = run_line("sync", "--root", str(root), *DAY).out
    typed = shlex.split(out.partition("sent it: ")[2])
    assert typed == ["./notyet", "--root", str(root), "close", "3"]
    assert run_line(*typed[1:], *DAY).code == 0


@pytest.mark.parametrize("said", [("close", "3"), ("comment", "3", "/skip")])
def test_what_a_run_would_refuse_is_not_begun(
    root: Path, said: tuple[str, ...]
) -> None:
    run(root, "log", "dana-okafor", "/note she called", "--as-of", "2026-05-20")
    before = snapshot(root)
    found = run(root, *said, *DAY)
    assert found.code == 2
    assert "2026-05-04 lies before what is recorded, up to 2026-05-20" in found.err
    assert snapshot(root) == before


def test_inbox_lists_what_is_open(root: Path) -> None:
    assert "#3" in run(root, "inbox", *DAY).out
    run(root, "close", "3", *DAY)
    assert "#3" not in run(root, "inbox", *DAY).out
    assert "closed" in run(root, "inbox", "--all", *DAY).out
    found = run(root, "inbox", "--all", *DAY, "--format", "json")
    assert [each["issue"] for each in found.json["issues"]] == [1, 2, 3]


def test_show_reads_like_a_letter_without_any_markup(root: Path) -> None:
    out = run(root, "show", "3", *DAY).out
    assert out.startswith("#3 A short mail to Dana Okafor")
    assert "> Hello Dana" in out
    for mark in ("<!--", "<details", "**", "mailto:", "```"):
        assert mark not in out
    assert max(map(len, out.split("--- ")[0].splitlines())) <= 79


def test_show_can_give_it_as_it_stands(root: Path) -> None:
    assert "<!-- notyet:v1" in run(root, "show", "3", "--raw", *DAY).out
    found = run(root, "show", "3", *DAY, "--format", "json").json
    assert found["issue"] == 3
    assert found["state"] == "open"
    assert "mailto:dana-okafor@example.com" in found["body"]


def test_mail_opens_the_mail_program_with_the_text(root: Path) -> None:
    """BROWSER is how a system without a desktop says what opens links."""
    opened = root / "opened.txt"
    script = root / "mailer"
    script.write_text(f'#!/bin/sh\nprintf %s "$1" > {opened}\n', encoding="utf-8")
    script.chmod(0o755)
    subprocess.run(
        [sys.executable, "-m", "pipeline", "mail", "3", "--root", str(root)],
        check=True,
        cwd=ROOT,
        env={"PATH": os.defpath, "BROWSER": str(script)},
    )
    link = opened.read_text(encoding="utf-8")
    assert link.startswith("mailto:dana-okafor@example.com?subject=")
    assert run(root, "mail", "3", "--print").out.strip() == link


def test_an_issue_without_a_mail_says_where_to_look(root: Path) -> None:
    found = run(root, "mail", "1")
    assert found.code == 2
    assert "notyet show 1" in found.err


def test_closing_records_the_day_and_says_what_comes_next(root: Path) -> None:
    found = run(root, "close", "3", *DAY)
    assert found.code == 0
    assert events(root) == [("2026-05-04", "sent")]
    assert "4 May 2026" in found.out
    assert "July 2026" in found.out
    assert "<!--" not in found.out


@pytest.mark.parametrize("day", ["2026-05-01", "1 May", "friday"])
def test_closing_takes_the_day_it_was_really_sent(day: str, root: Path) -> None:
    assert run(root, "close", "3", "--on", day, *DAY).code == 0
    assert events(root) == [("2026-05-01", "sent")]


@pytest.mark.parametrize("day", ["2026-05-05", "someday", "2025-05-01"])
def test_a_day_that_cannot_be_changes_nothing(day: str, root: Path) -> None:
    assert run(root, "close", "3", "--on", day, *DAY).code == 2
    assert events(root) == []
    assert run(root, "close", "3", *DAY).code == 0


def test_leaving_one_out_is_recorded_as_that(root: Path) -> None:
    assert run(root, "close", "3", "--skip", *DAY).code == 0
    assert events(root) == [("2026-05-04", "skipped")]


def test_a_closed_issue_is_not_closed_again(root: Path) -> None:
    run(root, "close", "3", *DAY)
    found = run(root, "close", "3", *DAY)
    assert found.code == 2
    assert '"/undo"' in found.err
    assert events(root) == [("2026-05-04", "sent")]


def test_a_comment_is_carried_out_and_answered(root: Path) -> None:
    found = run(root, "comment", "3", "/snooze 3 weeks", *DAY)
    assert found.code == 0
    assert "25 May 2026" in found.out
    assert events(root) == [("2026-05-04", "snoozed")]


def test_a_comment_works_on_a_closed_issue(root: Path) -> None:
    run(root, "close", "3", *DAY)
    found = run(root, "comment", "3", "/undo", *DAY)
    assert "Taken back" in found.out
    assert "#3" in run(root, "inbox", *DAY).out


def test_a_comment_that_is_no_command_says_what_to_write(root: Path) -> None:
    found = run(root, "comment", "3", "thanks a lot", *DAY)
    assert found.code == 2
    assert "/snooze 3 weeks" in found.err


def test_a_command_with_a_slip_is_answered_with_what_was_meant(root: Path) -> None:
    found = run(root, "comment", "3", "/snoze 3 weeks", *DAY)
    assert "/snooze" in found.out
    assert events(root) == []


def test_log_needs_no_issue_and_records_once(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor")
    found = run(tmp_path, "log", "dana-okafor", "/replied warm see you in May", *DAY)
    assert found.code == 0
    assert "Dana" in found.out
    assert events(tmp_path) == [("2026-05-04", "replied")]
    run(tmp_path, "sync", *DAY)
    assert events(tmp_path) == [("2026-05-04", "replied")]
    history = load(str(tmp_path)).contacts["dana-okafor"].history
    assert history[0].text == "see you in May"
    assert (history[0].source or "").count(":") >= 1


def test_saying_the_same_twice_is_two_entries(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor")
    for _ in range(2):
        run(tmp_path, "log", "dana-okafor", "/note met in Graz", *DAY)
    assert [kind for _, kind in events(tmp_path)] == [EventKind.NOTE] * 2


def test_a_referral_brings_a_new_file(root: Path) -> None:
    found = run(
        root, "log", "dana-okafor", "/referred Lee Park <lee@example.com>", *DAY
    )
    assert found.code == 0
    assert load(str(root)).contacts["lee-park"].referred_by == "dana-okafor"


def test_what_a_person_does_by_hand_in_the_file_counts_the_same(root: Path) -> None:
    path = root / "inbox" / "0003.md"
    text = path.read_text(encoding="utf-8").replace("state: open", "state: closed")
    path.write_text(text, encoding="utf-8")
    found: Result = run(root, "sync", *DAY, "--format", "json")
    assert [each["event"] for each in found.json["recorded"]] == ["sent"]
    assert events(root) == [("2026-05-04", "sent")]


# --- the document of an open issue ---------------------------------------------

JULY = ("--as-of", "2026-07-10")


def note_due(root: Path, *documents: str) -> None:
    """Open a note as issue 2, with what the portfolio has."""
    person(begun(root), "dana-okafor")
    with (root / "contacts" / "dana-okafor.yml").open("a", encoding="utf-8") as file:
        file.write(
            "history:\n"
            "  - {date: 2026-02-05, event: assessed, touch: self_assessment/1}\n"
            "  - {date: 2026-05-04, event: sent, touch: check_in/1}\n"
        )
    for name in documents:
        document(root, name)
    run(root, "sync", *JULY)


def planned(root: Path) -> str | None:
    (touch,) = run(root, "plan", *JULY, "--format", "json").json["touches"]
    name: str | None = touch["document"]
    return name


def sent_document(root: Path) -> str | None:
    run(root, "close", "2", *JULY)
    return load(str(root)).contacts["dana-okafor"].history[-1].document


def test_a_page_written_for_an_open_issue_is_recorded_with_it(tmp_path: Path) -> None:
    note_due(tmp_path)
    assert planned(tmp_path) is None
    document(tmp_path, "one-source")
    run(tmp_path, "sync", *JULY)
    assert "https://example.com/one-source" in run(tmp_path, "show", "2").out
    assert planned(tmp_path) == "one-source"
    assert sent_document(tmp_path) == "one-source"


def test_what_they_have_by_now_is_not_offered_any_longer(tmp_path: Path) -> None:
    note_due(tmp_path, "a-first", "b-second")
    assert planned(tmp_path) == "a-first"
    run(tmp_path, "comment", "2", "/shared a-first", *JULY)
    assert "https://example.com/a-first" not in run(tmp_path, "show", "2").out
    assert planned(tmp_path) == "b-second"
    assert sent_document(tmp_path) == "b-second"


def test_what_is_private_by_now_is_not_offered_any_longer(tmp_path: Path) -> None:
    note_due(tmp_path, "a-first", "b-second")
    document(tmp_path, "a-first", share="private")
    run(tmp_path, "sync", *JULY)
    assert "https://example.com/a-first" not in run(tmp_path, "show", "2").out
    assert sent_document(tmp_path) == "b-second"


def test_a_better_document_does_not_take_the_place_of_the_one_offered(
    tmp_path: Path,
) -> None:
    note_due(tmp_path, "b-second")
    document(tmp_path, "a-first", proof="third_party")
    run(tmp_path, "sync", *JULY)
    assert planned(tmp_path) == "b-second"
    assert sent_document(tmp_path) == "b-second"
