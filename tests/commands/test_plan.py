"""`plan`, `preview`, `portfolio`, `calendar`, and the front desk of the terminal."""

import hashlib
from pathlib import Path
from typing import Any

from tests.commands.running import begun, document, person, run, run_line, snapshot

TOUCH = [
    *("alternatives", "channel", "company", "contact", "document", "due_by", "issue"),
    *("key", "name", "opens_on", "outside_window", "overdue", "reasons", "round"),
    *("status", "step", "target_on", "waits_for", "window"),
]


def workspace(root: Path) -> Path:
    begun(root)
    person(root, "dana-okafor")
    person(root, "lee-park", rejected_on="2026-04-20")
    document(root, "one-source")
    return root


def test_the_json_of_plan_has_every_field_sorted(tmp_path: Path) -> None:
    found = run(
        workspace(tmp_path), "plan", "--as-of", "2026-05-04", "--format", "json"
    )
    assert found.code == 0
    assert found.err == ""
    assert list(found.json) == ["as_of", "changes", "problems", "schema", "touches"]
    assert found.json["schema"] == 1
    assert found.json["as_of"] == "2026-05-04"
    assert all(list(touch) == TOUCH for touch in found.json["touches"])
    by_key = {touch["key"]: touch for touch in found.json["touches"]}
    dana = by_key["dana-okafor/check_in/1"]
    assert dana | {"reasons": []} == {
        "alternatives": [],
        "channel": "email",
        "company": "Okafor Instruments",
        "contact": "dana-okafor",
        "document": None,
        "due_by": "2026-05-30",
        "issue": None,
        "key": "dana-okafor/check_in/1",
        "name": "Dana Okafor",
        "opens_on": "2026-04-30",
        "outside_window": False,
        "overdue": False,
        "reasons": [],
        "round": 1,
        "status": "due",
        "step": "check_in",
        "target_on": "2026-04-30",
        "waits_for": None,
        "window": ["2026-04-30", "2026-05-30"],
    }


def test_plan_says_what_sync_would_do_and_sync_does_it(tmp_path: Path) -> None:
    day = ("--as-of", "2026-05-04", "--format", "json")
    changes = run(workspace(tmp_path), "plan", *day).json["changes"]
    assert [list(each) for each in changes] == [
        ["action", "issue", "key", "reason"] for _ in changes
    ]
    opened = run(tmp_path, "sync", *day).json["opened"]
    assert sorted(each["key"] for each in opened) == sorted(
        each["key"] for each in changes if each["action"] == "open"
    )
    assert run(tmp_path, "plan", *day).json["changes"] == []


def test_without_issues_plan_has_no_changes(tmp_path: Path) -> None:
    found = run(
        workspace(tmp_path),
        "plan",
        *("--as-of", "2026-05-04", "--format", "json", "--tracker", "none"),
    )
    assert found.json["changes"] == []
    assert found.json["touches"]


def test_looking_changes_nothing(tmp_path: Path) -> None:
    workspace(tmp_path)
    run(tmp_path, "sync", "--as-of", "2026-05-04")
    before = snapshot(tmp_path)
    for argv in (
        ("plan",),
        ("preview", "dana-okafor"),
        ("portfolio",),
        ("inbox", "--all"),
        ("show", "2"),
        ("check",),
        (),
    ):
        run(tmp_path, *argv)
    assert snapshot(tmp_path) == before


def test_problems_of_files_stand_in_the_json_with_their_place(tmp_path: Path) -> None:
    person(workspace(tmp_path), "ines-paredes", rejected_on="20/11/2026")
    found = run(tmp_path, "plan", "--format", "json")
    assert found.code == 3
    (problem,) = found.json["problems"]
    assert list(problem) == ["column", "field", "line", "message", "path", "remedy"]
    assert problem["path"] == "contacts/ines-paredes.yml"
    assert problem["line"] == 4
    assert "20/11/2026" in problem["message"]


def test_plan_tells_what_is_due_late_waiting_and_to_come(tmp_path: Path) -> None:
    begun(tmp_path)
    for slug, day in (
        ("ana-sol", "2025-01-15"),
        ("ben-ruiz", "2026-01-30"),
        ("cleo-hart", "2026-01-31"),
        ("dan-moor", "2026-02-02"),
        ("eva-lind", "2026-09-01"),
    ):
        person(tmp_path, slug, rejected_on=day)
    found = run(tmp_path, "plan", "--as-of", "2026-09-10").out
    heads = ["Today", "Still fine to send", "Waiting", "To come"]
    assert [line for line in found.splitlines() if line in heads] == heads
    assert "until one of the open ones is done" in found
    assert "`./notyet sync` would open" in found


def touches_of(root: Path, as_of: str, *more: str) -> dict[str, dict[str, Any]]:
    found = run(root, "plan", "--as-of", as_of, "--format", "json", *more)
    return {each["key"]: each for each in found.json["touches"]}


def test_a_plan_of_the_past_ignores_what_came_later(tmp_path: Path) -> None:
    path = person(begun(tmp_path), "dana-okafor")
    before = touches_of(tmp_path, "2026-05-01")
    path.write_text(
        path.read_text("utf-8")
        + "history:\n  - {date: 2026-05-04, event: sent, touch: check_in/1}\n",
        "utf-8",
    )
    assert touches_of(tmp_path, "2026-05-01") == before
    assert "dana-okafor/portfolio_note/1" in touches_of(tmp_path, "2026-05-04")


def test_every_field_is_there_for_every_status(tmp_path: Path) -> None:
    begun(tmp_path)
    for number, rejected_on in enumerate(
        ("2025-01-15", "2026-01-30", "2026-01-31", "2026-02-01", "2026-04-30")
    ):
        person(
            tmp_path, f"p{number}-lind", company=f"C{number}", rejected_on=rejected_on
        )
    run(tmp_path, "sync", "--as-of", "2026-05-04")
    found = run(tmp_path, "plan", "--as-of", "2026-05-04", "--format", "json").json
    statuses = {each["status"] for each in found["touches"]}
    assert statuses == {"lapsed", "open", "upcoming", "waiting"}
    for each in found["touches"]:
        assert list(each) == TOUCH
        assert (each["issue"] is not None) == (each["status"] == "open")
        assert (each["waits_for"] is not None) == (each["status"] == "waiting")
        assert each["overdue"] == (each["due_by"] < "2026-05-04")


def test_an_open_issue_keeps_the_document_it_was_opened_with(tmp_path: Path) -> None:
    begun(tmp_path)
    path = person(tmp_path, "dana-okafor")
    path.write_text(
        path.read_text("utf-8")
        + "history:\n  - {date: 2026-05-04, event: sent, touch: check_in/1}\n",
        "utf-8",
    )
    document(tmp_path, "one-source")
    run(tmp_path, "sync", "--as-of", "2026-07-06")
    document(tmp_path, "a-better-one", proof="third_party")
    key = "dana-okafor/portfolio_note/1"
    touch = touches_of(tmp_path, "2026-07-07")[key]
    assert (touch["document"], touch["alternatives"]) == (
        "one-source",
        ["a-better-one"],
    )
    bare = touches_of(tmp_path, "2026-07-07", "--tracker", "none")[key]
    assert bare["document"] == "a-better-one"


def test_what_was_sent_is_recorded_with_the_content_of_the_document(
    tmp_path: Path,
) -> None:
    begun(tmp_path)
    path = person(tmp_path, "dana-okafor")
    path.write_text(
        path.read_text("utf-8")
        + "history:\n  - {date: 2026-05-04, event: sent, touch: check_in/1}\n",
        "utf-8",
    )
    for name in ("one-source", "the-other"):
        document(tmp_path, name, url="", file=f"{name}.txt")
        kept = tmp_path / "portfolio" / "files" / f"{name}.txt"
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(name.encode())
        text = (tmp_path / "portfolio" / f"{name}.yml").read_text("utf-8")
        (tmp_path / "portfolio" / f"{name}.yml").write_text(
            text.replace("url: \n", ""), "utf-8"
        )
    run(tmp_path, "sync", "--as-of", "2026-07-06")
    said = "/sent with the-other"
    run(tmp_path, "comment", "2", said, "--as-of", "2026-07-06")
    digest = hashlib.sha256(b"the-other").hexdigest()
    recorded = path.read_text("utf-8")
    assert "document: the-other" in recorded
    assert digest in recorded


def test_a_day_is_explained_in_words(tmp_path: Path) -> None:
    begun(tmp_path)
    person(tmp_path, "dana-okafor", rejected_on="2026-06-05", company="Acme")
    sent = "history:\n  - {date: 2026-08-13, event: sent, touch: check_in/1}\n"
    other = person(tmp_path, "lee-park", rejected_on="2026-03-05", company="ACME")
    other.write_text(other.read_text("utf-8") + sent, "utf-8")
    text = run(tmp_path, "plan", "--as-of", "2026-08-13", "--tracker", "none").out
    assert (
        "Meant for Sat 5 Sep to Mon 5 Oct. Three months after the no of 5 June. 30 "
        "days since your message to a colleague there on 13 August. 12 September is a "
        "Saturday." in " ".join(text.split())
    )


def test_plan_says_by_how_much_the_rhythm_asks_too_much(tmp_path: Path) -> None:
    settings = begun(tmp_path) / "settings.yml"
    settings.write_text(settings.read_text("utf-8") + "open_at_once: 1\n", "utf-8")
    for number in range(30):
        person(tmp_path, f"p{number}-lind", company=f"C{number}")
    found = run(tmp_path, "plan", "--as-of", "2026-05-04", "--tracker", "none")
    assert "Your rhythm asks for 20 more messages a year" in found.out


def test_preview_assumes_each_day(tmp_path: Path) -> None:
    found = run(
        workspace(tmp_path),
        *("preview", "dana-okafor", "--as-of", "2026-05-04", "--format", "json"),
    )
    assert list(found.json) == ["as_of", "schema", "touches"]
    touches = found.json["touches"]
    assert all(sorted([*TOUCH, "assumed_on"]) == list(each) for each in touches)
    days = [each["assumed_on"] for each in touches]
    assert days == sorted(days)
    assert days[0] == "2026-05-04"


def test_preview_says_what_day_a_late_one_was_meant_for(tmp_path: Path) -> None:
    person(begun(tmp_path), "jo-lee", rejected_on="2025-01-15")
    lines = run(tmp_path, "preview", "jo-lee", "--as-of", "2026-11-23").out.splitlines()
    assert [line.strip() for line in lines[1:4]] == [
        "Mon 23 Nov       a short mail",
        "Meant for Tue 15 Apr 2025. Three months after the no of 15",
        "January.",
    ]


def test_preview_reaches_as_far_as_asked(tmp_path: Path) -> None:
    workspace(tmp_path)

    def last(months: str) -> str:
        found = run(
            tmp_path,
            *("preview", "dana-okafor", "--months", months),
            *("--as-of", "2026-05-04", "--format", "json"),
        )
        return str(found.json["touches"][-1]["assumed_on"])

    assert last("12") <= "2027-05-04" < last("36")


# --- no verb: the front desk ---------------------------------------------------


def test_an_empty_folder_says_how_to_begin(tmp_path: Path) -> None:
    found = run(tmp_path)
    assert found.code == 0
    assert "notyet start" in found.out


def test_the_front_desk_shows_today_and_the_next_dates(tmp_path: Path) -> None:
    workspace(tmp_path)
    (tmp_path / "contacts" / "broken.yml").write_text("nmae: X\n", "utf-8")
    run(tmp_path, "sync", "--as-of", "2026-05-04")
    found = run(tmp_path, "--as-of", "2026-05-04")
    assert found.code == 0
    lines = found.out.splitlines()
    assert lines[0] == "Monday 4 May 2026"
    for head in ("Today", "The next dates", "Files that need a hand"):
        assert head in lines
    assert "Last looked" in lines[-1]
    assert "contacts/broken.yml" in found.out


def test_without_settings_nobody_is_told_that_nothing_is_due(tmp_path: Path) -> None:
    workspace(tmp_path)
    run(tmp_path, "sync", "--as-of", "2026-05-04")
    (tmp_path / "settings.yml").write_text("you: {nmae: Maya}\n", "utf-8")
    for argv in ((), ("plan",), ("show", "1"), ("close", "3")):
        if argv == ("show", "1"):
            run(tmp_path, "sync", "--as-of", "2026-05-04")
        found = run(tmp_path, *argv, "--as-of", "2026-05-04").out
        assert "settings.yml" in found
        assert "good day" not in found
        assert "Nothing else is planned" not in found


def test_no_future_is_told_by_settings_that_cannot_be_used(tmp_path: Path) -> None:
    """In a rhythm that nobody chose, every date would be wrong."""
    workspace(tmp_path)
    with (tmp_path / "settings.yml").open("a") as file:
        file.write("cadence: slow\n")
    for argv in (
        ("preview", "dana-okafor"),
        ("preview", "dana-okafor", "--format", "json"),
        ("calendar",),
        ("calendar", "--output", "mine.ics"),
    ):
        found = run(tmp_path, *argv)
        assert (found.code, found.out) == (3, "")
        assert "no date can be told until settings.yml is mended" in found.err
    assert not (tmp_path / "mine.ics").exists()


def test_several_folders_are_shown_one_after_the_other(tmp_path: Path) -> None:
    for name in ("alex", "maya"):
        (tmp_path / name).mkdir()
        person(begun(tmp_path / name), f"{name}-boss")
    both = ("--root", str(tmp_path / "alex"), "--root", str(tmp_path / "maya"))
    found = run_line("plan", *both, "--as-of", "2026-05-04", "--tracker", "none")
    assert found.code == 0
    first, second = found.out.index("alex\n"), found.out.index("maya\n")
    assert first < found.out.index("Alex Boss") < second < found.out.index("Maya Boss")
    assert run_line("plan", *both, "--format", "json").code == 2


def test_what_acts_does_not_pass_over_the_first_of_two_folders(tmp_path: Path) -> None:
    for name in ("alex", "maya"):
        (tmp_path / name).mkdir()
        person(begun(tmp_path / name), f"{name}-boss")
    both = ("--root", str(tmp_path / "alex"), "--root", str(tmp_path / "maya"))
    found = run_line("sync", *both, "--as-of", "2026-05-04")
    assert (found.code, found.out) == (2, "")
    assert found.err == "notyet: `./notyet sync` takes one --root; run it for each\n"
    assert not (tmp_path / "maya" / "inbox").exists()


def test_the_root_of_the_launcher_gives_way_to_the_one_that_is_typed(
    tmp_path: Path,
) -> None:
    person(begun(tmp_path), "dana-okafor")
    found = run_line("--root", "/nowhere", "plan", "--root", str(tmp_path))
    assert found.code == 0
    assert "Dana Okafor" in found.out
