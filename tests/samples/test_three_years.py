"""Three years of an invented search: the sample that visitors see first."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.files.holidays import HolidayCache
from pipeline.files.workspace import load
from pipeline.model import Cause, Channel, Event, EventKind, Role, Stage, Status
from pipeline.planning.schedule import schedule
from tests.commands.running import Result, run
from tests.conftest import ROOT
from tests.samples.playing import copied, played, told

SAMPLE = ROOT / "examples" / "three-years"
PLAN = ("plan", "--as-of", "2026-11-23", "--format", "json")

# Every command that has an answer of its own, as somebody might come to write it.
DIARY = [
    ("2026-11-23", "sync"),
    ("2026-11-24", "close", "2"),
    ("2026-11-25", "close", "3", "--on", "2026-11-24"),
    ("2026-11-25", "comment", "3", "/replied warm The person we chose is leaving."),
    ("2026-11-25", "comment", "3", "/undo"),
    ("2026-11-26", "comment", "5", "/sent yesterday with letter-abara"),
    ("2026-11-27", "comment", "4", "/slow"),
    ("2026-11-30", "comment", "5", "/referred Nuru Salim <nuru.salim@example.com>"),
    ("2026-12-01", "comment", "1", "/wait ben-achterberg until May"),
    ("2026-12-01", "comment", "1", "/bounced Amara"),
    ("2026-12-02", "comment", "1", "/moved Rosa Saltgrass Utilities"),
    ("2026-12-02", "comment", "1", "/offer sofia-lund"),
    ("2026-12-03", "comment", "1", "/stop Theo"),
    ("2026-12-03", "comment", "1", "/away until 2027-01-20"),
    ("2026-12-04", "comment", "1", "/frobnicate Theo"),
    (
        "2026-12-05",
        "comment",
        "1",
        "/reject Moss & Reed; Editor; Ada Reed; ; 2026-12-04",
    ),
    ("2027-01-25", "sync"),
    ("2027-01-26", "inbox"),
    ("2027-02-20", "comment", "1", "/hired sofia-lund"),
    ("2027-02-21", "comment", "1", "/hired elsewhere light"),
    ("2027-09-01", "sync"),
    ("2027-09-01", "plan"),
]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Result]]:
    """Play some months on a copy."""
    root = copied(SAMPLE, tmp_path_factory.mktemp("three"))
    return root, played(root, DIARY)


def history_of_all() -> list[Event]:
    workspace = load(str(SAMPLE))
    people = [event for each in workspace.contacts.values() for event in each.history]
    return [*people, *workspace.settings.history]


def test_it_holds_24_people_and_12_documents_and_no_problem() -> None:
    workspace = load(str(SAMPLE))
    assert (len(workspace.contacts), len(workspace.documents)) == (24, 12)
    assert not workspace.problems
    assert run(SAMPLE, "check").out == "All is well: 24 people, 12 documents.\n"


def test_everybody_in_it_is_invented() -> None:
    for path in SAMPLE.rglob("*.yml"):
        for domain in re.findall(r"[\w.]+@([\w.-]+)", path.read_text("utf-8")):
            assert re.fullmatch(r"example\.(com|org|net)", domain)


def test_every_event_that_can_happen_happens_in_it() -> None:
    assert {each.event for each in history_of_all()} == set(EventKind)


def test_every_kind_of_person_and_decision_is_in_it() -> None:
    people = load(str(SAMPLE)).contacts.values()
    decisions = [each for person in people for each in person.rejections]
    assert {each.cause for each in decisions} == set(Cause)
    assert {each.stage for each in decisions} == set(Stage)
    assert {each.channel for each in people} == set(Channel)
    assert {each.role for each in people} == set(Role)


def test_every_standing_is_in_it() -> None:
    found = schedule(load(str(SAMPLE)), dt.date(2026, 11, 23), HolidayCache())
    assert {each.status for each in found.standings.values()} == set(Status)


def test_its_plan_is_the_one_that_was_reviewed(
    golden: Callable[[str, str], None],
) -> None:
    golden("samples/three-years/plan.json", run(SAMPLE, *PLAN, "--tracker", "none").out)


def test_its_months_read_as_they_were_reviewed(
    story: tuple[Path, list[Result]], golden: Callable[[str, str], None]
) -> None:
    golden("samples/three-years/diary.txt", told(DIARY, story[1]))


def test_its_issues_read_as_they_were_reviewed(
    story: tuple[Path, list[Result]], golden: Callable[[str, str], None]
) -> None:
    for path in sorted((story[0] / "inbox").glob("*.md")):
        golden(f"samples/three-years/{path.name}", path.read_text("utf-8"))
