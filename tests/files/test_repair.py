"""Slips of the finger are mended; nothing is guessed, nothing else is touched."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.files.edit import plain_value
from pipeline.files.repair import Repair, repaired
from pipeline.files.schema import read_any, read_contact
from pipeline.files.yamltext import parse
from pipeline.model import Severity
from tests.files import assembled
from tests.files.nasty import every
from tests.files.night import ANSWERS, WELL, in_place

PATH = "contacts/dana.yml"


def errors(data: bytes) -> list[str]:
    found = read_any(data, PATH)
    return [str(each) for each in found if each.severity is Severity.ERROR]


# --- what people type at night -------------------------------------------------


def test_there_are_more_than_twenty_answers() -> None:
    assert len(ANSWERS) >= 20


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_mended_or_asked_back_and_never_guessed(name: str) -> None:
    typed, becomes, said = ANSWERS[name]
    mended, repairs = repaired(in_place(typed).encode(), PATH)
    assert mended.decode() == in_place(typed).replace(typed, becomes)
    left = [str(each) for each in read_any(mended, PATH)]
    assert [each for each in left if said in each] == left
    assert bool(left) == bool(said)
    old, new = typed.split("\n"), becomes.split("\n")
    pairs = zip(old, new, strict=True)
    assert [(each.before, each.after) for each in repairs] == [
        (before, after) for before, after in pairs if before != after
    ]


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_windows_line_ends_and_a_byte_order_mark_stay(name: str, mark: str) -> None:
    typed, becomes, _ = ANSWERS[name]
    text = mark + in_place(typed).replace("\n", "\r\n")
    wanted = mark + in_place(typed).replace(typed, becomes).replace("\n", "\r\n")
    assert repaired(text.encode(), PATH)[0] == wanted.encode()


@pytest.mark.parametrize("name", ANSWERS)
def test_a_second_time_there_is_nothing_to_mend(name: str) -> None:
    mended, _ = repaired(in_place(ANSWERS[name].typed).encode(), PATH)
    assert repaired(mended, PATH) == (mended, ())


def test_a_whole_file_typed_at_night_is_mended_at_once() -> None:
    """Each line has a slip, some have two."""
    typed = (
        "Name:\u00a0“Dana Okafor”\nCompany: Brightwater\nPosition: “Lead: Docs”\n"
        "Rejected-On: “20/11/2026”\nPosting-URL: example.com/jobs\n"
        "Cause: Someone-Hired\n"
        "History:\n\t- {Date: 21/11/2026, Event: Note, Text: “done”}\n"
    )
    wanted = (
        'name: Dana Okafor\ncompany: Brightwater\nposition: "Lead: Docs"\n'
        "rejected_on: 2026-11-20\nposting_url: https://example.com/jobs\n"
        "cause: someone_hired\n"
        "history:\n  - {date: 2026-11-21, event: note, text: “done”}\n"
    )
    assert repaired(typed.encode(), PATH)[0].decode() == wanted


def test_other_files_are_mended_by_their_own_fields() -> None:
    text = "Title: One Source\nKind: Talk\nUrl: example.com/a\nDate: 1/30/2026\n"
    wanted = (
        "title: One Source\nkind: talk\nurl: https://example.com/a\ndate: 2026-01-30\n"
    )
    assert repaired(text.encode(), "portfolio/a.yml")[0].decode() == wanted
    text = "You: {Name: “Maya”, Link: example.com}\nTime-Zone: UTC\n"
    wanted = "you: {name: Maya, link: https://example.com}\ntimezone: UTC\n"
    assert repaired(text.encode(), "settings.yml")[0].decode() == wanted


def test_a_tab_is_as_wide_as_makes_sense() -> None:
    rejection = "  - position: A\n\ttopics: [b]\n\trejected_on: 2026-01-01\n"
    text = f"{WELL}rejections:\n{rejection}"
    mended, _ = repaired(text.encode(), PATH)
    contact, problems = read_contact(mended, PATH, "dana")
    assert contact is not None, problems
    assert contact.rejections[1].topics == ("b",)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        b"name: \xff\n",
        b"- a\n",
        b"name: a\x00\n",
        b"<<<<<<< HEAD\nName: A\n=======\n",
        b"Name: &a A\n",
        b"a: [" * 300,
        b"\t" * 1000,
        b"\t\n\t- \t: \t",
    ],
)
def test_what_is_no_text_of_ours_is_left_as_it_is(data: bytes) -> None:
    assert repaired(data, PATH) == (data, ())


# --- properties ----------------------------------------------------------------


def test_a_well_file_is_never_touched() -> None:
    well = [data for data in every() if not read_any(data, PATH)]
    assert len(well) > 1000
    for data in well:
        assert repaired(data, PATH) == (data, ())


SLIPS: dict[str, Callable[[str], str]] = {
    "capitals": lambda line: re.sub(r"^(\w)", lambda m: m[0].upper(), line),
    "hyphens": lambda line: re.sub(r"^\w+", lambda m: m[0].replace("_", "-"), line),
    "an unbreakable blank": lambda line: re.sub(r"^([\w-]+:) ", "\\1\u00a0", line),
    "bent quotes": lambda line: re.sub(
        r"^([\w-]+:\s)([\w. ]*\w)$", "\\1\u201c\\2\u201d", line
    ),
    "a foreign date": lambda line: re.sub(
        r"(\d{4})-(\d\d)-(\d\d)$", lambda m: f"{m[3]}/{m[2]}/{m[1]}", line
    ),
    "no beginning": lambda line: line.replace("https://", ""),
}


@st.composite
def slipped(draw: st.DrawFn) -> tuple[str, str]:
    """Give a well file and the same as it may have been typed."""
    day = draw(st.dates(dt.date(2026, 1, 13), dt.date(2026, 12, 31)))
    assume(day.day > 12)
    lines = [
        f"name: {draw(st.sampled_from(['Dana Okafor', 'Lee', 'Ana-Maria Sol']))}",
        f"company: {draw(st.sampled_from(['Brightwater', 'A. B. Co', 'Nord']))}",
        "position: Lead Writer",
        f"rejected_on: {day}",
        "posting_url: https://example.com/jobs",
        "postal_address: Way 1",
        "# “a remark” 5/4/2026",
    ]
    lines = draw(st.permutations(lines))
    typed = list(lines)
    for _ in range(draw(st.integers(1, 6))):
        number = draw(st.integers(0, len(lines) - 1))
        typed[number] = SLIPS[draw(st.sampled_from(sorted(SLIPS)))](typed[number])
    return "\n".join([*lines, ""]), "\n".join([*typed, ""])


@given(files=slipped())
def test_what_was_meant_comes_back_whatever_slipped(files: tuple[str, str]) -> None:
    meant, typed = files
    mended, _ = repaired(typed.encode(), PATH)
    wanted, _ = parse(meant.encode(), PATH)
    found, problems = parse(mended, PATH)
    assert wanted is not None
    assert found is not None, problems
    values, wanted_values = plain_value(found), plain_value(wanted)
    assert isinstance(values, dict)
    assert isinstance(wanted_values, dict)
    bent = {"postal_address"}  # a text of several lines may well be a quotation
    assert {k: v for k, v in values.items() if k not in bent} == {
        k: v for k, v in wanted_values.items() if k not in bent
    }
    assert not errors(mended)


@given(
    data=assembled.files(),
    noise=st.lists(
        st.tuples(
            st.integers(0, 400),
            st.sampled_from(
                ["\t", "\u00a0", "\u201c", "\u201d", "-", "A", "/", "#", ": ", "\n"]
            ),
        ),
        max_size=4,
    ),
)
def test_a_mend_never_makes_more_problems_and_ends(
    data: bytes, noise: list[tuple[int, str]]
) -> None:
    text = data.decode()
    for at, what in noise:
        text = f"{text[:at]}{what}{text[at:]}"
    typed = text.encode()
    mended, repairs = repaired(typed, PATH)
    assert repaired(mended, PATH) == (mended, ())
    assert (mended == typed) == (repairs == ())
    if parse(typed, PATH)[0] is not None:
        assert len(read_any(mended, PATH)) <= len(read_any(typed, PATH))
    if not read_any(typed, PATH):
        assert repairs == ()


def test_the_lines_are_counted_as_editors_do() -> None:
    text = "\ufeff# one\n\nName: A\ncompany: B\nposition: C\nrejected_on: 30.1.2026\n"
    assert repaired(text.replace("\n", "\r\n").encode(), PATH)[1] == (
        Repair(3, "Name: A", "name: A"),
        Repair(6, "rejected_on: 30.1.2026", "rejected_on: 2026-01-30"),
    )
