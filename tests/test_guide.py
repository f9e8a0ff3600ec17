"""The guide: told with its sources, kindly, from the first line to the next step."""

import re
from pathlib import Path

import pytest

from pipeline.files.events import EVENTS
from tests.conftest import GOLDEN, ROOT
from tests.faults.schedules import KINDS as FAULTS
from tests.reference.marks import marks
from tests.reference.pictures import PICTURES
from tests.reference.played import Played, new_events
from tests.reference.proof import GOES_WRONG, SWEEPS
from tests.reference.prose import GUIDE, body, sentences
from tests.reference.sources import KINDS, sources

SOURCES = sources()
CITED = re.compile(r"\[\[([A-Z]\d+)\]\]\((?:\.\./)*sources\.md#([a-z]\d+)\)")
# What somebody found or said: it needs its source in the same paragraph or row.
CLAIM = re.compile(
    r"\d+(?:\.\d+)?%|\bsurveys?\b|\bstud(?:y|ies) (?:found|shows?)"
    r"|LeVie (?:says|writes|sends|calls|speaks|gives|limits|thinks|sees|holds)"
)
NAMES = [str(path.relative_to(ROOT / "docs")) for path in GUIDE]


def blocks(path: Path) -> list[str]:
    """Give the paragraphs and table rows of a page."""
    text = body(path)
    rows = [row for row in text.splitlines() if row.startswith("|")]
    rest = "\n".join(row for row in text.splitlines() if not row.startswith("|"))
    return rows + re.split(r"\n\s*\n", rest)


@pytest.mark.parametrize("path", GUIDE, ids=NAMES)
def test_a_page_says_first_what_one_gets_and_last_where_to_go(path: Path) -> None:
    text = body(path).strip()
    first = text.partition("\n\n")[2].partition("\n\n")[0]
    assert re.search(r"\b(?:You get|You see|This page tells you|Find your)\b", first)
    last = text.rpartition("\n\n")[2]
    assert last.startswith("Next: ["), last


@pytest.mark.parametrize("path", GUIDE, ids=NAMES)
def test_a_page_is_calm(path: Path) -> None:
    said = sentences(path)
    assert "!" not in said
    for phrase in ("you should have", "simply", "just do", "easy", "guys", "awesome"):
        if phrase != "simply" or path.name != "questions.md":
            assert phrase not in said.casefold(), phrase


@pytest.mark.parametrize("path", GUIDE, ids=NAMES)
def test_a_page_speaks_as_people_do(path: Path) -> None:
    inner = r"\b(?:touch|cadence|overdue|reconcil\w*|tracker|as_of|ChangeSet)\b"
    assert re.findall(inner, sentences(path), re.IGNORECASE) == []


@pytest.mark.parametrize("path", GUIDE, ids=NAMES)
def test_what_somebody_found_or_said_has_its_source_beside_it(path: Path) -> None:
    for block in blocks(path):
        if CLAIM.search(block):
            assert CITED.search(block), block


def test_every_source_that_is_cited_is_known_and_none_is_idle() -> None:
    cited = set()
    for path in GUIDE:
        for shown, name in CITED.findall(path.read_text("utf-8")):
            assert shown.lower() == name
            cited.add(name)
    assert cited == SOURCES.keys()


def test_every_source_has_an_address_a_kind_and_a_day() -> None:
    assert len({source.url for source in SOURCES.values()}) == len(SOURCES)
    for source in SOURCES.values():
        assert source.url.startswith("https://")
        assert source.kind in KINDS
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", source.seen)


def test_there_are_answers_to_at_least_25_questions_each_short_first() -> None:
    text = (ROOT / "docs" / "questions.md").read_text("utf-8")
    asked = re.findall(r"^## (.+)\n\n(.+)", text, re.MULTILINE)
    assert len(asked) >= 25
    for question, answer in asked:
        assert answer.startswith("**"), question


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_says_in_words_what_it_shows(name: str) -> None:
    drawn = PICTURES[name]()
    assert f'<title id="{name}-title">' in drawn
    assert re.search(rf'<desc id="{name}-told">.{{40,}}</desc>', drawn, re.DOTALL)
    assert "style=" not in drawn
    assert "#" not in drawn


def test_every_picture_stands_somewhere() -> None:
    whole = "".join(path.read_text("utf-8") for path in GUIDE)
    for name in PICTURES:
        assert f"<!-- picture: {name} -->" in whole


# --- what follows from what ----------------------------------------------------

OUTCOMES = (ROOT / "docs" / "outcomes.md").read_text("utf-8")


def test_whatever_can_be_said_is_played_under_a_heading_and_so_is_written_down(
    tmp_path: Path,
) -> None:
    played, seen = Played(tmp_path), set()
    for part in re.split(r"^### ", OUTCOMES, flags=re.MULTILINE)[1:]:
        asked = [what for kind, what in marks(part) if kind == "played"]
        assert asked, part.partition("\n")[0]
        for what in asked:
            before, after = played.moments(what)
            events = new_events(before.workspace, after.workspace)
            seen |= {event.event for _, event in events}
    assert {kind for kind, spec in EVENTS.items() if spec.command} <= seen


def test_every_heading_says_in_words_what_to_do() -> None:
    for part in re.split(r"^### ", OUTCOMES, flags=re.MULTILINE)[1:]:
        heading, _, rest = part.partition("\n\n")
        assert not rest.startswith("<!--"), heading


# --- exactly once --------------------------------------------------------------


def test_every_count_of_the_fault_tests_stands_in_the_table() -> None:
    kept = {path.stem for path in (GOLDEN / "faults").glob("*.txt")}
    assert kept == {name for _, name, _ in SWEEPS}


def test_every_kind_of_fault_has_its_words() -> None:
    assert GOES_WRONG.keys() == FAULTS.keys()
