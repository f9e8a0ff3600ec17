"""Edits keep every byte they do not concern, or do not happen."""

import datetime as dt
import re
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.files.edit import with_events, with_rejection, with_value
from pipeline.files.events import EVENTS, problem_with, write_event
from pipeline.files.schema import read_contact, read_settings
from pipeline.model import Event, EventKind, Tone
from tests.factories import event, rejection
from tests.files import assembled
from tests.files.nasty import FILES, every, saved

CASES = every()
NEW = event("2026-07-01", "replied", tone=Tone.WARM, text='she said: "in autumn" # 1')


def read(data: bytes) -> Any:
    contact, problems = read_contact(data, "contacts/jana.yml", "jana")
    assert contact is not None, problems
    return contact


NOTHING = re.compile(rb" *(?:\[ *\]|~|null)")


def only_adds(before: bytes, after: bytes) -> bool:
    """Say whether bytes were put in at one place and none were taken away."""
    pairs = enumerate(zip(before, after, strict=False))
    same = next((n for n, (old, new) in pairs if old != new), len(before))
    return after.endswith(before[same:]) and len(after) > len(before)


def assert_nothing_else_changed(before: bytes, after: bytes) -> None:
    """Let a value that said "nothing" go; every other byte stays."""
    emptied = [
        before[: found.start()] + before[found.end() :]
        for found in NOTHING.finditer(before)
    ]
    assert any(only_adds(each, after) for each in (before, *emptied))


def test_the_corpus_is_large_enough() -> None:
    assert len(set(FILES.values())) >= 250
    assert len(set(CASES)) >= 1000


@pytest.mark.parametrize("name", FILES)
def test_an_event_is_added_and_nothing_else_changes(name: str) -> None:
    for data in saved(name):
        before = read(data)
        edited, problems = with_events(data, [NEW], "contacts/jana.yml")
        assert edited is not None, problems
        wanted = sorted([*before.history, NEW], key=lambda each: each.date)
        assert read(edited) == replace(before, history=tuple(wanted))
        assert_nothing_else_changed(data, edited)


@pytest.mark.parametrize("name", FILES)
def test_a_rejection_is_added_and_nothing_else_changes(name: str) -> None:
    new = rejection("2026-09-01", position="Editor: yes", topics=("a, b",))
    for data in saved(name):
        before = read(data)
        edited, problems = with_rejection(data, new, "contacts/jana.yml")
        assert edited is not None, problems
        wanted = replace(before, rejections=(*before.rejections, new))
        assert read(edited) == wanted
        assert_nothing_else_changed(data, edited)


@pytest.mark.parametrize("name", FILES)
def test_a_field_is_set_or_added(name: str) -> None:
    for data in saved(name):
        before = read(data)
        for field, value in (("name", "Jana: Neu"), ("email", "jana@example.com")):
            edited, problems = with_value(data, (field,), value, "contacts/jana.yml")
            assert edited is not None, problems
            assert read(edited) == replace(before, **{field: value})


def test_several_events_land_in_order_in_one_edit() -> None:
    data = FILES["two events"].encode()
    events = [
        event("2026-05-05", "note", text="b"),
        event("2026-01-31", "note", text="a"),
    ]
    edited, _ = with_events(data, events, "x.yml")
    assert edited is not None
    assert [str(each.date) for each in read(edited).history] == [
        "2026-01-31",
        "2026-05-04",
        "2026-05-05",
        "2026-05-06",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{name: Jana, company: X, position: y, rejected_on: 2026-01-30}\n",
        "name: Jana\nhistory: some text\n",
        "name: Jana\nhistory: {a: b}\n",
        "name: Jana\nhistory: [\n  # nothing yet\n]\n",
        "name: Jana\nname: Jana\n",
        "name: [Jana\n",
        "",
        "# nothing yet\n",
        "- name: Jana\n",
        "{\n  name: Jana,\n  history: []\n}\n",
        "name: Jana\nhistory: |\n  - text\n",
        'name: Jana\nhistory: ""\n',
        "name: Jana\nhistory: [\n]\n",
        "name: Jana\nhistory: &a []\n",
        "name: Jana\nhistory: !!seq []\n",
        "name: Jana\n---\nname: Bo\n",
        "name: Jana\n\thistory: []\n",
        "name: Jana\n<<<<<<< HEAD\n",
        "name: Jana\u2028Muster\n",
        "name: Jana\x00\n",
    ],
)
def test_what_cannot_be_edited_safely_is_refused_with_the_line_to_add(
    text: str,
) -> None:
    edited, problems = with_events(text.encode(), [NEW], "contacts/jana.yml")
    assert edited is None
    assert write_event(NEW) in problems[0].remedy


def test_a_file_with_a_wrong_field_still_takes_an_event() -> None:
    text = "name: Jana\nposition: [what\n  ever]\n"
    edited, _ = with_events(text.encode(), [NEW], "contacts/jana.yml")
    assert edited == f"{text}history:\n  - {write_event(NEW)}\n".encode()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("you: {name: A}\n", "you: {name: Bo Li}\n"),
        ("you: {email: a@example.com}\n", "you: {email: a@example.com, name: Bo Li}\n"),
        ("you:\n  name: A # me\n", "you:\n  name: Bo Li # me\n"),
        ("timezone: UTC\n", "you:\n  name: Bo Li\ntimezone: UTC\n"),
    ],
)
def test_settings_are_edited_in_place(text: str, wanted: str) -> None:
    edited, problems = with_value(
        text.encode(), ("you", "name"), "Bo Li", "settings.yml"
    )
    assert edited is not None, problems
    assert edited.decode().replace('"', "") == wanted
    settings, _ = read_settings(edited, "settings.yml")
    assert settings is not None
    assert settings.you is not None
    assert settings.you.name == "Bo Li"


# --- properties ----------------------------------------------------------------

texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.just("\n"),
    min_size=1,
    max_size=60,
).filter(lambda text: text.strip() == text)


@given(text=texts, tone=st.sampled_from(Tone), data=st.sampled_from(CASES))
def test_any_text_comes_back_from_any_file(text: str, tone: Tone, data: bytes) -> None:
    new = event("2026-07-01", "replied", tone=tone, text=text)
    edited, problems = with_events(data, [new], "x.yml")
    assert edited is not None, problems
    assert new in read(edited).history


@given(data=assembled.files(), day=st.dates(dt.date(2025, 6, 1), dt.date(2028, 6, 1)))
def test_any_file_takes_an_event_on_any_day_and_keeps_every_byte(
    data: bytes, day: dt.date
) -> None:
    new = event(str(day), "replied", text='she said: "in autumn" # 1')
    before = read(data)
    edited, problems = with_events(data, [new], "x.yml")
    assert edited is not None, problems
    after = read(edited)
    wanted = sorted([*before.history, new], key=lambda each: each.date)
    assert after == replace(before, history=tuple(wanted))
    assert_nothing_else_changed(data, edited)


@given(data=assembled.files(), value=texts)
def test_any_file_takes_a_value_and_keeps_every_other(data: bytes, value: str) -> None:
    before = read(data)
    on_one_line = " ".join(value.split()) if "\n" in value else value
    for field in ("name", "address_as"):
        edited, problems = with_value(data, (field,), value, "x.yml")
        assert edited is not None, problems
        assert read(edited) == replace(before, **{field: on_one_line})


@given(data=assembled.files())
def test_any_file_takes_a_rejection_and_keeps_every_byte(data: bytes) -> None:
    before, new = read(data), rejection("2026-09-01", topics=("a, b",))
    edited, problems = with_rejection(data, new, "x.yml")
    assert edited is not None, problems
    assert read(edited) == replace(before, rejections=(*before.rejections, new))
    assert_nothing_else_changed(data, edited)


@given(text=texts)
def test_what_we_write_means_the_same_to_another_reader(text: str) -> None:
    new = event("2026-07-01", "note", text=text, source="comment:1:1")
    loaded = yaml.safe_load(write_event(new))
    assert loaded["text"] == text
    assert loaded["date"] == new.date


@pytest.mark.parametrize("kind", EventKind)
def test_every_event_we_can_write_can_be_read(kind: EventKind) -> None:
    samples: dict[str, Any] = {
        "touch": "your_call/2",
        "until": "2026-12-01",
        "of": "closed:17:2026-05-04T18:02:11Z",
        "to": "on",
        "company": "No: 1, yes",
        "document": "null",
        "text": "y",
        "needs": ("a, b", "no"),
        "reason": "#1",
    }
    spec = EVENTS[kind]
    fields = {n: samples[n] for n in (*spec.required, *spec.optional) if n in samples}
    if kind is EventKind.ASSESSED:
        fields["touch"] = "self_assessment/1"
    if kind is EventKind.SENT:
        fields["touch"] = "check_in/1"
    new = event("2026-07-01", kind.value, **fields)
    assert problem_with(new) is None
    if "contact" in spec.where:
        head = FILES["the smallest file"]
        assert read(f"{head}history:\n  - {write_event(new)}\n".encode()).history == (
            new,
        )
    else:
        text = f"you: {{name: A}}\nhistory:\n  - {write_event(new)}\n"
        settings, problems = read_settings(text.encode(), "settings.yml")
        assert settings is not None, problems
        assert settings.history == (new,)


def test_an_event_is_one_line_whatever_it_says() -> None:
    new = Event(date=NEW.date, event=EventKind.NOTE, text="a\nb\u2028c\x85d\ufeff")
    assert len(write_event(new).splitlines()) == 1
