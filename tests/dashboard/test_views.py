"""What the views say: numbers, order and words."""

import pytest

from pipeline.dashboard.views.evidence import ENOUGH, evidence, sendings_of
from pipeline.dashboard.views.lessons import lessons
from pipeline.dashboard.views.people import person
from pipeline.dashboard.views.reach import letter, portfolio
from pipeline.dashboard.views.signs import sign_of
from pipeline.dashboard.views.timeline import lanes, span
from pipeline.dashboard.views.today import today
from pipeline.model import Channel
from tests.dashboard.boards import board, sample_board
from tests.factories import contact, document, event, workspace

SENT = event("2026-05-04", "sent", touch="check_in/1")


# --- people --------------------------------------------------------------------


def test_a_draft_that_is_due_says_since_when() -> None:
    found = person(sample_board(), "samir-haddad")
    assert found.draft_for == "A document with a short note, due since 18 November 2026"
    coming = person(board(workspace(contact()), "2026-02-01"), "dana-okafor")
    assert coming.draft_for == "A short mail, 30 April 2026"


# --- today ---------------------------------------------------------------------


def test_the_oldest_promise_comes_first_and_messages_before_the_rest() -> None:
    people = (
        contact("a-late", "2025-11-30"),
        contact("b-later", "2025-10-30"),
        contact("c-new", "2026-03-29"),
    )
    found = today(board(workspace(*people), "2026-04-06"))
    steps = [each.step for each in found.due]
    assert steps[:2] == ["check_in"] * 2
    assert set(steps[2:]) == {"self_assessment"}
    assert [each.name for each in found.due[:2]] == ["B Later", "A Late"]
    assert [each.late for each in found.due[:2]] == [True, True]
    assert found.due[0].sign.words == "still fine to send"
    assert found.due[0].draft is not None


def test_with_nothing_due_the_next_date_is_named() -> None:
    looked = event("2026-02-05", "assessed", touch="self_assessment/1")
    found = today(board(workspace(contact(history=(looked,))), "2026-03-20"))
    assert not found.due
    assert found.next is not None
    assert found.next.when == "Thursday 30 April 2026"


def test_an_empty_workspace_has_a_first_page() -> None:
    found = today(board(workspace()))
    assert (found.due, found.next) == ([], None)


def test_what_waits_says_for_what() -> None:
    people = [contact(f"p-{n}", "2026-01-30") for n in range(9)]
    found = today(board(workspace(*people), "2026-04-30"))
    assert sum(each.draft is not None for each in found.due) == 3
    assert {each.when for each in found.waiting} == {
        "until one of the open ones is done"
    }


# --- how things stand ----------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "shape", "words"),
    [
        ("dana-okafor", "●", "today"),
        ("lee-fontaine", "◆", "your call"),
        ("ruth-mbeki", "◐", "waits its turn"),
        ("olga-petrenko", "‖", "paused until 1 February 2027"),
        ("gideon-frost", "★", "they hired you"),
        ("stellan-roos", "⊘", "asked not to be written to"),
    ],
)
def test_a_shape_and_words_say_the_same(slug: str, shape: str, words: str) -> None:
    sign = sign_of(sample_board(), slug)
    assert (sign.shape, sign.words) == (shape, words)


# --- the timeline --------------------------------------------------------------


def test_the_timeline_shows_two_years_back_and_one_ahead() -> None:
    shown = span(sample_board())
    assert (str(shown.first), str(shown.last)) == ("2024-11-23", "2027-11-23")
    quiet = [(str(first), str(last)) for first, last in shown.quiet]
    assert ("2025-12-15", "2026-01-06") in quiet
    assert ("2026-07-27", "2026-07-31") in quiet
    for line in lanes(sample_board()):
        days = [mark.day for mark in line.marks]
        days += [day for bar in line.bars for day in (bar.first, bar.last)]
        assert all(shown.first <= each <= shown.last for each in days)


def test_everyone_has_a_line_whose_next_date_is_nearest_first() -> None:
    found = lanes(sample_board())
    assert len(found) == 24
    nearest = {each.name for each in found[:4]}
    assert nearest == {"Dana Okafor", "Lee Fontaine", "Ruth Mbeki", "Samir Haddad"}


def test_a_quiet_period_over_new_year_is_cut_at_both_ends() -> None:
    found = span(board(workspace(contact()), "2026-12-20"))
    assert str(found.quiet[0][0]) == "2024-12-20"
    assert str(found.quiet[-1][1]) == "2027-12-20"


# --- evidence ------------------------------------------------------------------


def test_an_answer_belongs_to_the_last_message_before_it() -> None:
    history = (
        SENT,
        event("2026-07-06", "sent", touch="portfolio_note/1", document="one-source"),
        event("2026-07-10", "replied"),
        event("2026-07-20", "replied"),
        event("2026-11-10", "sent", touch="portfolio_note/2", channel=Channel.POST),
    )
    found = board(workspace(contact(history=history), documents=(document(),)))
    told = [
        (s.round, s.kind, s.channel, s.watched, s.answered is not None)
        for s in sendings_of(found)
    ]
    assert told == [
        (1, "none", "by mail", 63, False),
        (2, "talk", "by mail", 4, True),
        (3, "none", "by post", 13, False),
    ]


def test_who_asked_to_stop_is_not_waited_for() -> None:
    history = (SENT, event("2026-05-14", "stop"))
    (found,) = sendings_of(board(workspace(contact(history=history))))
    assert (found.watched, found.answered) == (10, None)


@pytest.mark.parametrize("number", [ENOUGH - 1, ENOUGH])
def test_below_twenty_messages_there_are_counts_and_no_shares(number: int) -> None:
    people = [contact(f"p-{n}", history=(SENT,)) for n in range(number)]
    found = evidence(board(workspace(*people)))
    assert (found.sent, found.answered, found.waiting) == (number, 0, number)
    assert found.enough is (number >= ENOUGH)


def test_what_was_undone_does_not_count() -> None:
    sent = event("2026-05-04", "sent", touch="check_in/1", source="closed:1:x")
    undone = event("2026-05-05", "undone", of="closed:1:x")
    found = evidence(board(workspace(contact(history=(sent, undone)))))
    assert found.sent == 0


def test_nobody_is_lost_on_the_way_through_the_picture() -> None:
    flows = evidence(sample_board()).flows
    first = [each for each in flows if each.source == "said no"]
    assert sum(each.people for each in first) == 24
    for each in first:
        onward = [f.people for f in flows if f.source == each.target]
        assert sum(onward) == each.people


# --- portfolio -----------------------------------------------------------------


def test_the_matrix_says_for_each_document_why_or_why_not() -> None:
    found = portfolio(sample_board())
    titles = [each.document.id for each in found.columns]
    theirs = {
        line.name: dict(zip(titles, line.cells, strict=True)) for line in found.lines
    }
    samir = theirs["Samir Haddad"]
    assert samir["docs-as-code"].words == "has it from before"
    assert [name for name, cell in samir.items() if cell.words == "next in line"] == [
        "api-docs-tickets"
    ]
    words = {cell.words for line in found.lines for cell in line.cells}
    assert {"sent", "stays with you", "another language", "could be sent"} <= words
    assert found.best == "warnings"


@pytest.mark.parametrize(
    ("number", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (53, "BB")]
)
def test_columns_are_named_as_in_a_spreadsheet(number: int, name: str) -> None:
    assert letter(number) == name


# --- lessons -------------------------------------------------------------------

LOOKED = """\
What went well and should stay: the first hour
and the second
One thing to do, and by when: bring one story, by May
Not yours to decide: someone inside got it; I will never know"""


def test_lessons_are_taken_apart_by_heading() -> None:
    assessed = event("2026-02-05", "assessed", touch="self_assessment/1", text=LOOKED)
    found = lessons(board(workspace(contact(history=(assessed,)))))
    assert found.looked[0].parts == [
        ("What went well and should stay", "the first hour\nand the second"),
        ("One thing to do, and by when", "bring one story, by May"),
    ]
    assert [each.text for each in found.actions] == ["bring one story, by May"]
    assert dict(found.beyond) == {
        "someone inside got it": 1,
        "I will never know": 1,
    }


def test_what_one_meant_to_do_two_years_ago_is_no_debt() -> None:
    assessed = event("2024-02-05", "assessed", touch="self_assessment/1", text=LOOKED)
    person = contact(rejected_on="2024-01-30", history=(assessed,))
    assert lessons(board(workspace(person))).actions == []


def test_only_what_recurs_is_called_recurring() -> None:
    found = lessons(sample_board())
    assert all(number >= 2 for _, number in found.recurs)
    assert ("api", 3) in found.recurs
