"""`portfolio`: who has had what, for whom one is left, and what to write next."""

from pathlib import Path

from tests.commands.running import begun, document, person, run
from tests.commands.test_plan import workspace


def test_portfolio_says_for_whom_how_many_are_left(tmp_path: Path) -> None:
    found = run(
        workspace(tmp_path), "portfolio", "--as-of", "2026-05-04", "--format", "json"
    )
    assert list(found.json) == ["as_of", "documents", "gaps", "people", "schema"]
    (document_,) = found.json["documents"]
    assert document_ == {
        "document": "one-source",
        "had_by": [],
        "title": "One source",
    }
    assert {each["contact"]: each["left"] for each in found.json["people"]} == {
        "dana-okafor": 1,
        "lee-park": 1,
    }
    text = run(tmp_path, "portfolio", "--as-of", "2026-05-04").out
    assert "  One source\n      nobody yet\n" in text
    assert "Dana Okafor  1 left  a new one by " in text


def test_portfolio_names_who_has_had_each_document(tmp_path: Path) -> None:
    workspace(tmp_path)
    document(tmp_path, "audit", share="redact_first")
    path = person(tmp_path, "ines-paredes")
    path.write_text(path.read_text("utf-8") + "shared_before: [audit]\n", "utf-8")
    text = run(tmp_path, "portfolio", "--as-of", "2026-05-04").out
    why = "something in it has to be blacked out first"
    assert f"  Audit ({why})\n      Ines Paredes\n" in text


def test_portfolio_names_the_one_document_that_would_serve_most(tmp_path: Path) -> None:
    begun(tmp_path)
    document(tmp_path, "one-source")
    person(tmp_path, "dana-okafor", topics="[audits]")
    person(tmp_path, "lee-park", topics="[audits, style]")
    text = run(tmp_path, "portfolio", "--as-of", "2026-05-04").out
    assert text.endswith(
        "The next one worth writing\n"
        "  Something about audits; it would serve 2 people: Dana Okafor, Lee Park.\n"
    )


def test_an_empty_portfolio_says_how_to_begin(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor")
    assert "One page is enough" in run(tmp_path, "portfolio").out
