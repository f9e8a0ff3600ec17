"""`plan`, `preview`, `portfolio`, `calendar`, and the front desk of the terminal."""

from pathlib import Path

from tests.commands.running import begun, document, person, run, snapshot

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
    assert "`notyet sync` would open" in found


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
