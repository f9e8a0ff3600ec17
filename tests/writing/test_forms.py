"""Forms: any text is an answer, an empty form is one too, and boxes are kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import EventKind
from pipeline.writing.forms import (
    BEYOND_YOU,
    CALL,
    HEADINGS,
    NEEDED,
    NOT_YOURS,
    assessment_form,
    call_form,
    read_assessment,
    read_call,
)

LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)


def filled(**answers: str) -> str:
    text = assessment_form()
    for heading in HEADINGS:
        key = heading.split()[1].lower()
        text = text.replace(
            f"### {heading}\n\n\n", f"### {heading}\n\n{answers.get(key, '')}\n\n"
        )
    return text


def test_it_has_four_plain_headings_and_boxes_for_what_was_not_yours() -> None:
    form = assessment_form()
    assert form.count("### ") == 4
    assert form.count("- [ ] ") == len(NOT_YOURS) == 6
    assert BEYOND_YOU in form


def test_an_empty_form_is_an_answer() -> None:
    for empty in (
        assessment_form(),
        "",
        "\n\n",
        assessment_form().replace("\n", "\r\n"),
    ):
        assert read_assessment(empty).text == ""
        assert read_assessment(empty).needs == ()


def test_what_they_needed_most_becomes_a_list() -> None:
    found = read_assessment(filled(they="- single sourcing, review\n- fewer tickets."))
    assert found.needs == ("single sourcing", "review", "fewer tickets")
    assert found.text == f"{NEEDED}: - single sourcing, review\n- fewer tickets."


def test_ticks_are_kept_with_the_answer() -> None:
    form = assessment_form().replace("[ ] someone inside", "[X] someone inside")
    assert read_assessment(form).text == f"{BEYOND_YOU}: someone inside got it"


def test_text_without_any_heading_is_an_answer() -> None:
    assert read_assessment("I was tired.").text == "I was tired."


def test_headings_of_the_users_own_and_removed_ones_do_no_harm() -> None:
    found = read_assessment("## What they needed most\nspeed\n## Mine\nmore\n")
    assert found.needs == ("speed", "Mine", "more")
    assert "more" in found.text


@given(st.lists(LINES, max_size=12), st.integers(0, 20))
def test_no_word_of_an_answer_is_lost(lines: list[str], place: int) -> None:
    form = assessment_form().split("\n")
    form[place:place] = lines
    kept = "".join(read_assessment("\n".join(form)).text.split())
    for line in lines:
        words = line.split()
        if words and not words[0].startswith(("#", "-", "*", "+")):
            assert "".join(words).removesuffix(":") in kept + BEYOND_YOU.replace(
                " ", ""
            )


@pytest.mark.parametrize(("number", "kind"), list(enumerate(CALL.values())))
def test_one_tick_is_a_choice(number: int, kind: EventKind) -> None:
    boxes = call_form().split("- [ ]")
    ticked = (
        "- [ ]".join(boxes[: number + 1]) + "- [x]" + "- [ ]".join(boxes[number + 1 :])
    )
    assert read_call(ticked) == (number, kind)


def test_no_tick_and_two_ticks_are_no_choice_yet() -> None:
    assert read_call(call_form()) is None
    assert read_call(call_form().replace("[ ]", "[x]")) is None
    assert read_call("") is None


def test_what_else_is_written_there_changes_no_choice() -> None:
    form = f"I think:\n\n{call_form().replace('[ ] Slow', '[X] Slow')}\n- [x] my own"
    assert read_call(form) == (1, EventKind.SLOWED)
