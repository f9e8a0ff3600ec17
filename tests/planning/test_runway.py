"""How far the portfolio reaches: who has had what, and who runs out when."""

import datetime as dt
from typing import Any

from pipeline.model import Document, Share, Step
from pipeline.planning.preview import preview
from pipeline.planning.runway import Gap, Reach, Runway, runway
from tests.factories import contact, day, document, event, rejection, workspace
from tests.planning.looking import HOLIDAYS, SENT, colleague, planned

AS_OF = "2026-05-30"
TWO = (document("one"), document("two"))


def found(*people: Any, documents: tuple[Document, ...] = TWO) -> Runway:
    made = workspace(*people, documents=documents)
    return runway(made, planned(made, AS_OF))


def test_each_document_is_shown_with_everyone_who_has_had_it() -> None:
    sent = event("2026-05-04", "sent", touch="portfolio_note/1", document="one")
    given = event("2026-05-06", "shared", document="one")
    made = found(
        contact(history=(sent,)),
        contact("lee-park", history=(given,)),
        contact("ines-paredes", shared_before=("one", "gone")),
        contact("theo-marchetti", history=(event("2026-05-06", "stop"),)),
    )
    assert made.had == {
        "gone": ("ines-paredes",),
        "one": ("dana-okafor", "ines-paredes", "lee-park"),
        "two": (),
    }


def test_what_is_left_runs_out_with_the_first_note_without_one() -> None:
    made = found(contact(history=(SENT,)))
    # Notes on 6 July, 6 November and 6 March: the third has none.
    assert made.reach == (Reach("dana-okafor", 2, day("2027-03-06")),)


def test_a_short_mail_uses_up_nothing() -> None:
    made = found(contact())  # to be sent on 30 April, the notes two, six, ten months on
    assert made.reach == (Reach("dana-okafor", 2, day("2027-02-28")),)


def test_nothing_left_means_the_next_note_has_none() -> None:
    made = found(contact(history=(SENT,)), documents=())
    assert made.reach == (Reach("dana-okafor", 0, day("2026-07-06")),)


def test_the_pace_somebody_asked_for_counts() -> None:
    slowed = event("2026-05-06", "slowed")
    made = found(contact(history=(SENT, slowed)))
    assert made.reach[0].runs_out_on == day("2029-05-04")


def test_only_what_may_go_out_in_their_language_is_left() -> None:
    documents = (
        document("inside", share=Share.PRIVATE),
        document("deutsch", language="de"),
        document("british", language="en-GB"),
    )
    made = found(contact(history=(SENT,)), documents=documents)
    assert made.reach[0].left == 1


def test_who_runs_out_first_comes_first_and_who_gets_nothing_is_not_there() -> None:
    ended = contact("a-ended", history=(event("2026-05-06", "ended"),))
    made = found(
        contact(history=(SENT,)), contact("b", shared_before=("one", "two")), ended
    )
    assert [each.slug for each in made.reach] == ["b", "dana-okafor"]


def test_it_says_the_same_as_the_future_does() -> None:
    """But for weekends and holidays, which move a day by a few."""
    made = workspace(contact(history=(SENT,)), documents=TWO)
    (reach,) = runway(made, planned(made, AS_OF)).reach
    notes = [
        touch.assumed_on
        for touch in preview(made, "dana-okafor", day(AS_OF), HOLIDAYS, 36)
        if touch.step is Step.PORTFOLIO_NOTE and touch.assumed_on
    ]
    assert abs(notes[reach.left] - reach.runs_out_on) < dt.timedelta(days=7)


def test_the_one_to_write_is_what_most_people_care_about_and_nothing_speaks_to() -> (
    None
):
    def cares(*needs: str) -> dict[str, Any]:
        return {"rejections": (rejection(needs=needs),)}

    made = found(
        contact(**cares("Audits", "API docs")),
        colleague(**cares("audits", "style")),
        contact("ines-paredes", **cares("API docs")),
        documents=(document("api", tags=("api",)),),
    )
    assert made.gaps == (
        Gap("audits", ("dana-okafor", "lee-park")),
        Gap("style", ("lee-park",)),
    )


def test_what_they_already_have_speaks_to_nothing_any_more() -> None:
    fields: dict[str, Any] = {"rejections": (rejection(needs=("audits",)),)}
    audits = document("audits-2025", tags=("audits",))
    assert found(contact(**fields), documents=(audits,)).gaps == ()
    made = found(contact(shared_before=("audits-2025",), **fields), documents=(audits,))
    assert made.gaps == (Gap("audits", ("dana-okafor",)),)
