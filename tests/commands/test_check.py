"""`check` and `schema`: what is wrong, where, what to write, and what waits."""

from pathlib import Path

from pipeline.files.jsonschema import json_schemas
from tests.commands.running import begun, person, run

DAY = ("--as-of", "2026-05-04")


def test_a_well_workspace_says_so(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor")
    found = run(tmp_path, "check", *DAY)
    assert (found.code, found.out) == (0, "All is well: 1 person, 0 documents.\n")


def test_every_problem_of_every_file_has_its_place_and_a_remedy(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor", rejected_on="20/11/2026", cause="hired")
    person(tmp_path, "lee-park", cadnce="light")
    found = run(tmp_path, "check", *DAY)
    assert found.code == 3
    assert found.err == ""
    dana = [line for line in found.out.splitlines() if ":4:" in line]
    assert dana == [
        line for line in dana if line.startswith("contacts/dana-okafor.yml:4:14: ")
    ]
    assert "20/11/2026" in dana[0]
    assert "did you mean `cadence`" in found.out
    assert found.out.count("contacts/dana-okafor.yml:") >= 2


def test_the_json_of_check_has_the_severity_too(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor", rejected_on="soon")
    found = run(tmp_path, "check", *DAY, "--format", "json")
    assert found.code == 3
    assert found.json["schema"] == 1
    assert [each["severity"] for each in found.json["problems"]] == ["error"]


def test_conflict_marks_are_explained(tmp_path: Path) -> None:
    path = person(begun(tmp_path), "dana-okafor")
    text = path.read_text("utf-8")
    path.write_text(
        f"<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> other\n", encoding="utf-8"
    )
    found = run(tmp_path, "check", *DAY)
    assert found.code == 3
    assert "git left its marks" in found.out


def test_what_waits_because_of_a_file_is_said_with_its_day(tmp_path: Path) -> None:
    """The look at the rest of the file gives the day, though one field is wrong."""
    person(begun(tmp_path), "dana-okafor", language="english!")
    person(tmp_path, "lee-park")
    found = run(tmp_path, "check", "--as-of", "2026-03-01")
    assert found.code == 3
    assert (
        "a short mail to Dana Okafor, Thu 30 Apr, waits; everyone else goes on"
        in found.out
    )


def test_what_waits_is_named_by_the_file_that_has_to_be_renamed(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor").rename(tmp_path / "contacts/Dana.yaml")
    found = run(tmp_path, "check", "--as-of", "2026-03-01")
    said = "contacts/Dana.yaml: a short mail to Dana Okafor, Thu 30 Apr, waits"
    assert said in found.out


def test_an_unknown_time_zone_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "settings.yml").write_text(
        "you: {name: M}\ntimezone: Berlin\n", "utf-8"
    )
    assert "timezone: unknown (got 'Berlin')" in run(tmp_path, "check").out
    assert run(tmp_path, "plan").code == 3


def test_a_broken_event_leaves_the_others_to_say_what_waits(tmp_path: Path) -> None:
    path = person(begun(tmp_path), "dana-okafor")
    sent = "- {date: 2026-05-04, event: sent, touch: check_in/1}"
    path.write_text(
        f"{path.read_text('utf-8')}history:\n  {sent}\n  - {{event: replied}}\n",
        "utf-8",
    )
    found = run(tmp_path, "check", "--as-of", "2026-05-05")
    assert "a document to Dana Okafor, Mon 6 Jul, waits; everyone else" in found.out


def test_where_even_the_day_is_unreadable_no_day_is_said(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor", rejected_on="soon")
    found = run(tmp_path, "check", *DAY)
    assert "whatever is planned for this person waits" in found.out


def test_settings_that_cannot_be_read_hold_everything(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor")
    (tmp_path / "settings.yml").write_text("you: {nam: X}\n", encoding="utf-8")
    found = run(tmp_path, "check", *DAY)
    assert found.code == 3
    assert "nothing new is opened, for anyone" in found.out


def test_a_place_without_known_holidays_is_a_warning(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor", country="XX")
    found = run(tmp_path, "check", *DAY)
    assert found.code == 0
    assert "contacts/dana-okafor.yml:7:1: country:" in found.out
    assert "a warning; nothing waits for it" in found.out


def test_a_day_still_to_come_is_a_warning_with_its_place(tmp_path: Path) -> None:
    path = person(begun(tmp_path), "dana-okafor", rejected_on="2150-01-30")
    late = "- {date: 2150-08-04, event: interview}"
    early = "- {date: 2026-02-04, event: interview}"
    other = "- {position: B, rejected_on: 2151-01-30}"
    text = f"{path.read_text('utf-8')}rejections:\n  {other}\n"
    path.write_text(f"{text}history:\n  {late}\n  {early}\n", "utf-8")
    found = run(tmp_path, "check", *DAY)
    assert found.code == 0
    for said in (
        ":4:14: rejected_on: a day still to come (got 2150-01-30); it",
        ":8:32: rejections[0].rejected_on: a day still to come (got 2151-01-30)",
        ":10:12: history[0].date: a day still to come (got 2150-08-04)",
    ):
        assert said in found.out


def test_a_template_that_is_broken_is_named_with_its_line(tmp_path: Path) -> None:
    begun(tmp_path)
    path = tmp_path / "templates" / "en" / "check_in.txt"
    path.parent.mkdir(parents=True)
    path.write_text("Subject\n\nHello {{ name\n", encoding="utf-8")
    found = run(tmp_path, "check", *DAY)
    assert found.code == 3
    assert "templates/en/check_in.txt:" in found.out


def test_an_issue_broken_by_hand_is_named(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor")
    run(tmp_path, "sync", *DAY)
    (tmp_path / "inbox" / "0002.md").write_text("no head\n", encoding="utf-8")
    assert "inbox/0002.md" in run(tmp_path, "check", *DAY).out


def test_schema_writes_what_the_types_say(tmp_path: Path) -> None:
    assert run(tmp_path, "schema", "--check").code == 3
    assert run(tmp_path, "schema").code == 0
    for name, text in json_schemas().items():
        assert (tmp_path / "schemas" / name).read_text("utf-8") == text
    assert run(tmp_path, "schema", "--check").code == 0
