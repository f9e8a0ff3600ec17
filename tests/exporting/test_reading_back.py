"""What independent readers find in an export: the same people, dates and events."""

import csv
import datetime as dt
import io
import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

import vobject
from hypothesis import given
from hypothesis import strategies as st

from pipeline.exporting.bundle import bundle
from pipeline.exporting.diary import SAID
from pipeline.exporting.tables import cell, guarded
from pipeline.files.workspace import load
from pipeline.model import Contact, EventKind, Rejection, Workspace
from pipeline.planning.history import company_on, in_force
from tests.conftest import ROOT
from tests.factories import contact, day, document, event, rejection, workspace

TODAY = day("2026-11-23")


def exported(whole: Workspace) -> Mapping[str, bytes]:
    return bundle(whole, TODAY, {}, redact=False)


def rows(data: bytes) -> list[dict[str, str]]:
    """Read a table as a spreadsheet shows it: without our apostrophe."""
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    return [
        {name: value.removeprefix("'") for name, value in row.items()}
        for row in csv.DictReader(text)
    ]


def lines(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.decode().split("\n") if line]


def components(data: bytes) -> list[Any]:
    return list(vobject.readComponents(data.decode()))


def check(whole: Workspace) -> None:
    """Compare every file of an export with the workspace."""
    files = exported(whole)
    people = list(whole.contacts.values())
    check_tables(files, people)
    check_cards(files["contacts.vcf"], people)
    check_diary(files["history.ics"], whole)


def check_tables(files: Mapping[str, bytes], people: list[Contact]) -> None:
    table, jsonl = rows(files["contacts.csv"]), lines(files["contacts.jsonl"])
    assert [each["slug"] for each in table] == [each.slug for each in people]
    for person, row, line in zip(people, table, jsonl, strict=True):
        for name in ("name", "company", "phone", "notes", "address_as"):
            assert row[name] == getattr(person, name)
            assert line.get(name, "") == getattr(person, name)
        assert row["tags"] == "; ".join(person.tags)
        assert line.get("tags", []) == list(person.tags)
        told = [(r["position"], r["rejected_on"]) for r in line.get("rejections", ())]
        assert told == [(r.position, str(r.rejected_on)) for r in person.rejections]
    wanted = Counter(
        (each.slug, str(e.date), e.event.value, e.text or "", e.source or "")
        for each in people
        for e in each.history
    )
    assert wanted == Counter(
        (r["contact"], r["date"], r["event"], r["text"], r["source"])
        for r in rows(files["history.csv"])
        if r["contact"] != "you"
    )
    assert wanted == Counter(
        (r["contact"], r["date"], r["event"], r.get("text", ""), r.get("source", ""))
        for r in lines(files["history.jsonl"])
        if r["contact"] != "you"
    )
    noes = Counter((p.slug, cell(r.position)) for p in people for r in p.rejections)
    found = Counter(
        (r["contact"], r["position"]) for r in rows(files["rejections.csv"])
    )
    assert found == noes


def check_cards(data: bytes, people: list[Contact]) -> None:
    cards = components(data)
    for person, card in zip(people, cards, strict=True):
        assert card.version.value == "4.0"
        assert card.fn.value == person.name or person.company
        events = in_force(person.history, TODAY)
        assert card.org.value == [company_on(person, events, TODAY)]
        if person.name:
            whole = f"{card.n.value.given} {card.n.value.family}"
            assert whole.strip() == person.name
        assert getattr(card, "email", EMPTY).value == (person.email or "")
        assert getattr(card, "tel", EMPTY).value == person.phone
        assert getattr(card, "note", EMPTY).value == person.notes
        if person.postal_address:
            assert card.adr.value.street == person.postal_address.strip()
        tags = [each.value for each in getattr(card, "categories_list", ())]
        assert [each for (each,) in tags] == list(person.tags)


class EMPTY:
    value = ""


def check_diary(data: bytes, whole: Workspace) -> None:
    (diary,) = components(data)
    found = Counter(
        (each.dtstart.value, each.summary.value)
        for each in getattr(diary, "vevent_list", ())
    )
    wanted: Counter[tuple[dt.date, str]] = Counter()
    for e in whole.settings.history:
        wanted[e.date, SAID[e.event]] += 1
    for person in whole.contacts.values():
        whom = person.name or person.company
        for e in person.history:
            wanted[e.date, f"{SAID[e.event]}: {whom}"] += 1
        for r in person.rejections:
            at = r.company or person.company
            wanted[r.rejected_on, f"A no: {r.position}, {at}"] += 1
    assert found == wanted
    uids = [each.uid.value for each in getattr(diary, "vevent_list", ())]
    assert len(set(uids)) == len(uids)


def test_three_years_come_back_whole() -> None:
    whole = load(str(ROOT / "examples" / "three-years"))
    check(whole)
    portfolio = rows(exported(whole)["portfolio.csv"])
    assert [(r["id"], r["title"]) for r in portfolio] == [
        (each.id, each.title) for each in whole.documents.values()
    ]


def test_an_empty_workspace_has_headings_and_no_lines() -> None:
    files = exported(workspace())
    assert rows(files["contacts.csv"]) == []
    assert files["contacts.vcf"] == files["history.jsonl"] == b""
    assert components(files["history.ics"])[0].name == "VCALENDAR"


LETTERS = st.characters(
    exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co"), exclude_characters="\ufeff"
)
# A backslash before a capital N means a line break to icalendar, also on its way out.
LINE = st.text(LETTERS | st.sampled_from(";,\\\"'=+-@:|"), min_size=1, max_size=90).map(
    lambda text: " ".join(text.replace("\\N", "").split()) or "x"
)
TEXT = st.lists(LINE, min_size=1, max_size=3).map("\n".join)
DATES = st.dates(dt.date(2024, 1, 1), dt.date(2026, 11, 1))
EVENTS = st.builds(
    lambda date, text: event(str(date), "note", text=text, source="closed:1:x"),
    DATES,
    TEXT,
)
REJECTIONS = st.builds(
    lambda date, position: Rejection(position=position, rejected_on=date), DATES, LINE
)
CONTACTS = st.builds(
    Contact,
    slug=st.integers(0, 10**9).map(lambda number: f"person-{number}"),
    name=LINE | st.just(""),
    company=LINE,
    phone=LINE | st.just(""),
    notes=TEXT | st.just(""),
    address_as=LINE | st.just(""),
    postal_address=TEXT | st.just(""),
    tags=st.lists(LINE, max_size=2).map(tuple),
    rejections=st.lists(REJECTIONS, max_size=2).map(tuple),
    history=st.lists(EVENTS, max_size=3).map(tuple),
)


@given(st.lists(CONTACTS, max_size=3, unique_by=lambda each: each.slug))
def test_whatever_stands_in_a_file_comes_back(people: list[Contact]) -> None:
    check(workspace(*people))


@given(TEXT)
def test_no_cell_is_taken_for_a_formula(text: str) -> None:
    shown = guarded(text)
    assert shown.lstrip()[:1] not in {*"=+-@\t\r\n"}
    assert shown in (text, f"'{text}")
    assert shown[:1] != "'" or shown[1:] == text


def test_every_event_has_its_words_in_the_diary() -> None:
    assert set(SAID) == set(EventKind)


def test_a_person_who_moved_is_at_the_new_company_in_the_address_book() -> None:
    moved = event("2026-05-04", "moved", company="Newer; Better, Inc.")
    files = exported(workspace(contact(history=(moved,))))
    assert b"ORG:Newer\\; Better\\, Inc.\r\n" in files["contacts.vcf"]


def test_a_long_line_is_folded_and_read_back() -> None:
    person = contact(notes="ö" * 200, rejections=(rejection(),))
    data = exported(workspace(person, documents=(document(),)))["contacts.vcf"]
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert components(data)[0].note.value == "ö" * 200
