"""Which document next: what may not go out, what comes first, and why."""

from typing import Any

import pytest

from pipeline.model import (
    Candidate,
    Choice,
    Document,
    DocumentKind,
    Event,
    Proof,
    Share,
)
from pipeline.planning.matching import Library, words_of
from tests.factories import contact, day, document, event, rejection, workspace
from tests.planning.looking import SENT, colleague, planned

AS_OF = "2026-07-06"


def choice(
    *documents: Document,
    history: tuple[Event, ...] = (SENT,),
    others: tuple[Any, ...] = (),
    as_of: str = AS_OF,
    **fields: Any,
) -> Choice:
    """Give the choice for Dana."""
    person = contact(history=history, **fields)
    found = workspace(person, *others, documents=documents)
    standings = planned(found, as_of).standings
    library = Library.of(found, standings)
    return library.choose(person, standings["dana-okafor"], day(as_of))


def best(*documents: Document, **more: Any) -> list[str]:
    return [each.document for each in choice(*documents, **more).best]


def why_not(*documents: Document, **more: Any) -> str:
    found = choice(*documents, **more)
    assert not found.best
    ((reason,),) = [each.reasons for each in found.blocked]
    return reason


# --- what may not go out ----------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "reason"),
    [
        (Share.PRIVATE, "it is marked private"),
        (Share.REDACT_FIRST, "something in it has to be blacked out first"),
    ],
)
def test_what_is_not_cleared_never_goes_out(share: Share, reason: str) -> None:
    assert why_not(document(share=share)) == reason


@pytest.mark.parametrize("share", [Share.CLEARED, Share.PUBLIC])
def test_what_is_cleared_or_public_may(share: Share) -> None:
    assert best(document(share=share)) == ["one-source"]


def test_another_language_is_no_use_but_a_dialect_is() -> None:
    assert "another language (de)" in why_not(document(language="de"))
    assert best(document(language="en-GB")) == ["one-source"]


@pytest.mark.parametrize(
    "fields",
    [
        {"shared_before": ("one-source",)},
        {"history": (SENT, event("2026-05-06", "shared", document="one-source"))},
        {"history": (event("2026-05-04", "sent", document="one-source"),)},
    ],
)
def test_nobody_gets_the_same_twice(fields: dict[str, Any]) -> None:
    assert why_not(document(), **fields) == "they have it already"


def test_what_was_sent_by_mistake_and_taken_back_may_go_out() -> None:
    sent = event("2026-05-04", "sent", document="one-source", source="closed:2:x")
    undone = event("2026-05-05", "undone", of="closed:2:x", source="reopened:2:1")
    assert best(document(), history=(sent, undone)) == ["one-source"]


@pytest.mark.parametrize("kind", ["sent", "shared"])
def test_nobody_at_the_company_gets_what_a_colleague_got_within_a_year(
    kind: str,
) -> None:
    got = event("2025-08-04", kind, document="one-source")
    lee = colleague(history=(got,), company="OKAFOR instruments")
    reason = why_not(document(), others=(lee,))
    assert reason == "a colleague there got it on 2025-08-04"
    assert best(document(), others=(lee,), as_of="2026-08-04") == ["one-source"]
    elsewhere = contact("lee-park", history=(got,))
    assert best(document(), others=(elsewhere,)) == ["one-source"]


# --- what comes first -------------------------------------------------------------

NEEDS: dict[str, Any] = {"rejections": (rejection(needs=("single-sourcing",)),)}
LAST = event("2026-05-04", "sent", touch="portfolio_note/1", document="last")
# Each of these is worth more than all that follow it together.
MERITS: list[dict[str, Any]] = [
    {"tags": ("single-sourcing",)},
    {"proof": Proof.THIRD_PARTY},
    {"date": day("2026-06-01")},
    {"kind": DocumentKind.PAPER},
    {"pages": 4},
]
OLD: dict[str, Any] = {
    "kind": DocumentKind.TALK,
    "date": day("2020-01-01"),
    "pages": 40,
}


@pytest.mark.parametrize("rank", range(len(MERITS)))
def test_one_merit_outweighs_all_lesser_ones(rank: int) -> None:
    lesser: dict[str, Any] = {}
    for merit in MERITS[rank + 1 :]:
        lesser |= merit
    found = choice(
        document("z-one-merit", **(OLD | MERITS[rank])),
        document("a-all-lesser", **(OLD | lesser)),
        document("last", kind=DocumentKind.TALK),
        history=(LAST,),
        **NEEDS,
    )
    assert [each.document for each in found.best] == ["z-one-merit", "a-all-lesser"]
    assert len(found.best[0].reasons) == 1


def test_every_merit_is_told_in_words() -> None:
    everything: dict[str, Any] = {}
    for merit in MERITS:
        everything |= merit
    found = choice(
        document("good", **everything), document("last"), history=(LAST,), **NEEDS
    )
    assert found.best == (
        Candidate(
            document="good",
            score=31.0,
            reasons=(
                "speaks to single-sourcing",
                "somebody else vouches for it",
                "newer than your last mail to them",
                "another kind than last time",
                "short",
            ),
        ),
    )


def test_the_more_of_what_they_spoke_about_the_better() -> None:
    fields: dict[str, Any] = {
        "rejections": (rejection(topics=("calibration manuals", "API docs")),)
    }
    one, two = document("a", tags=("manuals",)), document("b", tags=("api", "manuals"))
    assert best(one, two, **fields) == ["b", "a"]
    reasons = choice(one, two, **fields).best[0].reasons
    assert reasons == ("speaks to API docs and calibration manuals",)


def test_what_they_turned_out_to_need_counts() -> None:
    told = event(
        "2026-02-05", "assessed", touch="self_assessment/1", needs=("warnings",)
    )
    plain, fitting = document("a"), document("b", tags=("warnings",))
    assert best(plain, fitting, history=(told, SENT)) == ["b", "a"]
    assert best(plain, fitting) == ["a", "b"]


def test_a_short_tag_counts_like_a_long_one() -> None:
    fields: dict[str, Any] = {"rejections": (rejection(needs=("UX", "R", "C++")),)}
    for tag in ("ux", "r", "c++"):
        assert best(document("a"), document("b", tags=(tag,)), **fields)[0] == "b"
    assert words_of(["what is in it for us"]) == frozenset()


def test_the_last_kind_is_that_of_the_last_document_not_of_the_last_mail() -> None:
    plain = event("2026-06-01", "sent")
    talk, paper = document("a"), document("b", kind=DocumentKind.PAPER)
    found = best(talk, paper, document("last"), history=(LAST, plain))
    assert found == ["b", "a"]


def test_a_document_that_is_gone_has_no_kind_to_differ_from() -> None:
    found = choice(document("a"), history=(LAST,))
    assert found.best[0].reasons == ()


def test_three_are_proposed_and_equals_stand_by_name() -> None:
    assert best(*(document(name) for name in "dbca")) == ["a", "b", "c"]


# --- nothing left -----------------------------------------------------------------


def test_where_nothing_is_left_there_are_ideas_from_what_they_cared_about() -> None:
    told = event(
        "2026-02-05", "assessed", touch="self_assessment/1", needs=("warnings",)
    )
    fields: dict[str, Any] = {
        "rejections": (rejection(needs=("one source",), topics=("audits",)),)
    }
    found = choice(document(share=Share.PRIVATE), history=(told, SENT), **fields)
    assert not found.best
    assert found.ideas == ("one source", "audits", "warnings")
    assert choice(document(), history=(told, SENT), **fields).ideas == ()
