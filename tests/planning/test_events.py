"""What each recorded event does to the next message, event by event."""

from typing import Any

import pytest

from pipeline.model import (
    Channel,
    ElsewhereMode,
    Event,
    Status,
    Step,
    Stopped,
    StopScope,
    Tone,
    TouchStatus,
    WaitsFor,
)
from pipeline.planning.stops import company_digest, person_digests
from tests.factories import contact, event, rejection, settings, workspace
from tests.planning.looking import (
    SENT,
    UNANSWERED,
    after,
    assessments,
    colleague,
    dates,
    messages,
    nothing_after,
    only,
    planned,
    span,
    standing_of,
)

UNTOUCHED = ("2026-07-06", "2026-07-06", "2026-09-04")  # the note after SENT


def test_after_a_check_in_a_document_comes_two_to_four_months_later() -> None:
    touch = after(SENT)
    assert touch.key == "dana-okafor/portfolio_note/1"
    assert span(touch) == ("2026-07-04", "2026-09-04")
    assert dates(touch) == UNTOUCHED


# --- assessed, shared, note: no effect on messages --------------------------------


@pytest.mark.parametrize(
    "said",
    [
        event("2026-05-06", "assessed", touch="self_assessment/1", text="better"),
        event("2026-05-06", "shared", document="one-source"),
        event("2026-05-06", "note", text="met at a fair"),
    ],
)
def test_some_events_move_no_message(said: Event) -> None:
    assert after(SENT, said) == after(SENT)
    assert standing_of(SENT, said).silent == 1


def test_a_look_back_that_was_done_or_skipped_is_gone() -> None:
    person = contact(rejected_on="2026-05-01")
    assert "dana-okafor" in assessments(workspace(person), "2026-05-04")
    for kind in ("assessed", "skipped"):
        done = event("2026-05-05", kind, touch="self_assessment/1")
        person = contact(rejected_on="2026-05-01", history=(done,))
        assert not assessments(workspace(person), "2026-05-06")


# --- sent -------------------------------------------------------------------------


def test_what_was_sent_late_anchors_the_next_one_on_that_day() -> None:
    late = event("2026-06-22", "sent", touch="check_in/1")
    assert span(after(late, as_of="2026-06-23")) == ("2026-08-22", "2026-10-22")


def test_each_message_counts_as_one_more_without_an_answer() -> None:
    assert [standing_of(*UNANSWERED[:n]).silent for n in range(4)] == [0, 1, 2, 3]


def test_a_mail_of_your_own_before_the_first_one_keeps_its_distance_alone() -> None:
    extra = event("2026-04-20", "sent")
    touch = after(extra, as_of="2026-04-21")
    assert touch.key == "dana-okafor/check_in/1"
    assert span(touch) == ("2026-04-30", "2026-05-30")
    assert dates(touch)[1:] == ("2026-06-22", "2026-06-22")  # 19 June is Juneteenth
    assert touch.outside_window


def test_a_mail_of_your_own_later_anchors_the_next_one() -> None:
    extra = event("2026-05-20", "sent")
    assert after(SENT, extra).window[0].isoformat() >= "2026-07-20"


@pytest.mark.parametrize(
    ("said", "first"),
    [
        (event("2026-05-06", "wait_until", until="2026-09-01"), "2026-09-01"),
        (event("2026-05-06", "replied", tone=Tone.WARM), "2026-09-06"),
    ],
)
def test_thanking_them_for_their_answer_does_not_forget_what_it_said(
    said: Event, first: str
) -> None:
    thanks = event("2026-05-07", "sent")
    assert span(after(SENT, said, thanks))[0] == first


# --- skipped ----------------------------------------------------------------------


def test_a_skipped_message_is_no_message() -> None:
    skipped = event("2026-05-10", "skipped", touch="check_in/1")
    assert standing_of(skipped).silent == 0
    mine = colleague(rejected_on="2026-02-20")
    other = contact(company="Okafor Instruments", history=(skipped,))
    found = messages(workspace(other, mine), "2026-05-11")
    assert str(found["lee-park"].target_on) == "2026-05-20"


def test_skipping_early_counts_from_the_day_it_was_meant_for() -> None:
    skipped = event("2026-02-01", "skipped", touch="check_in/1")
    assert span(after(skipped)) == ("2026-06-30", "2026-08-30")


def test_skipping_what_they_asked_for_in_may_counts_from_may() -> None:
    waits = event("2026-05-06", "wait_until", until="2026-09-01")
    skipped = event("2026-05-20", "skipped", touch="portfolio_note/1")
    assert span(after(SENT, waits, skipped)) == ("2027-01-01", "2027-03-01")


def test_skipping_what_was_put_off_counts_from_the_day_it_was_put_off_to() -> None:
    snoozed = event("2026-05-04", "snoozed", touch="check_in/1", until="2026-06-13")
    skipped = event("2026-05-20", "skipped", touch="check_in/1")
    assert span(after(snoozed, skipped)) == ("2026-08-13", "2026-10-13")


def test_what_a_newer_rejection_skipped_anchors_nothing() -> None:
    moved_on = event(
        "2026-06-15", "skipped", touch="portfolio_note/1", source="newer:2026-06-15"
    )
    both = (rejection("2026-01-30"), rejection("2026-06-15"))
    touch = after(SENT, moved_on, rejections=both, as_of="2026-06-16")
    assert touch.key == "dana-okafor/check_in/2"
    assert span(touch) == ("2026-09-15", "2026-10-15")


# --- snoozed ----------------------------------------------------------------------


def test_a_message_put_off_comes_back_on_its_day() -> None:
    snoozed = event("2026-05-04", "snoozed", touch="check_in/1", until="2026-05-20")
    touch = after(snoozed, as_of="2026-05-10")
    assert dates(touch) == ("2026-05-20", "2026-05-20", "2026-05-30")
    assert touch.status is TouchStatus.UPCOMING
    assert after(snoozed, as_of="2026-05-20").status is TouchStatus.DUE


def test_putting_off_to_a_day_before_its_first_changes_nothing() -> None:
    snoozed = event("2026-02-04", "snoozed", touch="check_in/1", until="2026-03-01")
    assert dates(after(snoozed, as_of="2026-03-02")) == dates(after(as_of="2026-03-02"))


def test_putting_off_what_was_sent_already_changes_nothing() -> None:
    waits = event("2026-05-06", "wait_until", until="2026-12-01")
    snoozed = event("2026-05-06", "snoozed", touch="check_in/1", until="2027-12-01")
    assert dates(after(SENT, waits, snoozed)) == dates(after(SENT, waits))


def test_a_letter_put_off_opens_no_earlier_than_asked() -> None:
    snoozed = event("2026-05-04", "snoozed", touch="check_in/1", until="2026-06-15")
    touch = after(snoozed, channel=Channel.POST, as_of="2026-05-05")
    assert dates(touch) == ("2026-06-15", "2026-06-15", "2026-06-15")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("snoozed", "2026-09-01"), ("snoozed", "2026-08-03"), "2026-08-03"),
        (("snoozed", "2026-12-01"), ("wait_until", "2026-08-03"), "2026-08-03"),
        (("wait_until", "2026-12-01"), ("snoozed", "2026-08-03"), "2026-08-03"),
        (("wait_until", "2026-12-01"), ("wait_until", "2026-08-03"), "2026-08-03"),
    ],
)
def test_the_latest_word_on_when_counts_alone(
    first: tuple[str, str], second: tuple[str, str], expected: str
) -> None:
    def said(on: str, kind: str, until: str) -> Event:
        touch = "portfolio_note/1" if kind == "snoozed" else None
        return event(on, kind, touch=touch, until=until)

    touch = after(SENT, said("2026-05-06", *first), said("2026-05-07", *second))
    assert str(touch.target_on) == expected


def test_putting_one_off_says_nothing_about_the_one_after_it() -> None:
    # It was on its way all along, as it turned out: sent before it was put off.
    snoozed = event("2026-05-05", "snoozed", touch="check_in/1", until="2026-12-01")
    assert dates(after(SENT, snoozed)) == UNTOUCHED


def test_putting_off_a_look_back_moves_its_opening_alone() -> None:
    snoozed = event(
        "2026-02-02", "snoozed", touch="self_assessment/1", until="2026-02-20"
    )
    person = contact(history=(snoozed,))
    touch = assessments(workspace(person), "2026-02-03")["dana-okafor"]
    assert dates(touch) == ("2026-02-20", "2026-02-01", "2026-02-13")
    assert after(snoozed) == after()


def test_putting_off_a_question_moves_its_opening_alone() -> None:
    snoozed = event("2027-03-02", "snoozed", touch="your_call/1", until="2027-04-20")
    touch = after(*UNANSWERED, snoozed, as_of="2027-03-03")
    assert touch.key == "dana-okafor/your_call/1"
    assert dates(touch) == ("2027-04-20", "2027-03-01", "2027-04-30")
    answered = event("2027-04-20", "going_on", touch="your_call/1")
    note = after(*UNANSWERED, snoozed, answered, as_of="2027-04-20")
    assert dates(note) == ("2027-03-01", "2027-03-01", "2027-04-30")


# --- undone -----------------------------------------------------------------------

TAKEN_BACK = [
    event("2026-05-10", "sent", touch="portfolio_note/1"),
    event("2026-05-10", "sent"),
    event("2026-05-10", "skipped", touch="portfolio_note/1"),
    event("2026-05-10", "snoozed", touch="portfolio_note/1", until="2026-12-01"),
    event("2026-05-10", "replied", tone=Tone.WARM),
    event("2026-05-10", "wait_until", until="2026-12-01"),
    event("2026-05-10", "referred", to="lee-park"),
    event("2026-05-10", "interview"),
    event("2026-05-10", "offer"),
    event("2026-05-10", "hired_here"),
    event("2026-05-10", "hired_elsewhere", mode=ElsewhereMode.CLOSE),
    event("2026-05-10", "ended"),
    event("2026-05-10", "slowed"),
    event("2026-05-10", "paused"),
    event("2026-05-10", "stop"),
    event("2026-05-10", "bounced", address="dana-okafor@example.com"),
    event("2026-05-10", "left"),
    event("2026-05-10", "moved", company="Elsewhere"),
]


@pytest.mark.parametrize("said", TAKEN_BACK, ids=lambda e: str(e.event))
def test_what_was_taken_back_was_never_said(said: Event) -> None:
    fields = {name: getattr(said, name) for name in said.__struct_fields__}
    sourced = Event(**(fields | {"source": "comment:7:1"}))
    assert not messages(workspace(contact(history=(SENT, said))), "2026-05-30") or (
        after(SENT, said) != after(SENT)
    )
    undone = event("2026-05-10", "undone", of="comment:7:1", source="comment:8:1")
    assert after(SENT, sourced, undone) == after(SENT)


def test_a_stop_can_be_taken_back_on_its_own_day_only() -> None:
    stop = event("2026-05-10", "stop", source="comment:7:1")
    same = event("2026-05-10", "undone", of="comment:7:1", source="comment:8:1")
    later = event("2026-05-11", "undone", of="comment:7:1", source="comment:9:1")
    assert after(SENT, stop, same) == after(SENT)
    assert nothing_after(SENT, stop, later)
    assert after(SENT, stop, same, later) == after(SENT)


# --- replied ----------------------------------------------------------------------


@pytest.mark.parametrize("tone", [None, *Tone])
def test_any_answer_ends_the_silence(tone: Tone | None) -> None:
    assert (
        standing_of(*UNANSWERED, event("2026-11-02", "replied", tone=tone)).silent == 0
    )


@pytest.mark.parametrize("tone", [None, Tone.NEUTRAL])
def test_a_neutral_answer_moves_nothing(tone: Tone | None) -> None:
    assert dates(after(SENT, event("2026-05-06", "replied", tone=tone))) == UNTOUCHED


def test_a_warm_answer_leaves_four_to_six_months() -> None:
    touch = after(SENT, event("2026-05-06", "replied", tone=Tone.WARM))
    assert span(touch) == ("2026-09-06", "2026-11-06")
    assert "answered warmly" in touch.reasons[0]


def test_a_warm_answer_brings_nothing_forward() -> None:
    warm = event("2026-05-06", "replied", tone=Tone.WARM)
    touch = after(SENT, warm, cadence="light")
    assert span(touch) == ("2027-05-04", "2027-07-04")


def test_a_warm_answer_is_about_the_next_one_alone() -> None:
    warm = event("2026-05-06", "replied", tone=Tone.WARM)
    note = event("2026-09-08", "sent", touch="portfolio_note/1")
    assert span(after(SENT, warm, note, as_of="2026-09-09"))[0] == "2027-01-08"


def test_not_now_means_the_gentle_rhythm_from_here() -> None:
    not_now = event("2026-05-06", "replied", tone=Tone.NOT_NOW)
    assert span(after(SENT, not_now)) == ("2026-08-04", "2026-11-04")
    note = event("2026-08-04", "sent", touch="portfolio_note/1")
    then = after(SENT, not_now, note, as_of="2026-08-05")
    assert span(then) == ("2027-02-04", "2027-05-04")


def test_not_now_before_the_first_mail_moves_that_too() -> None:
    not_now = event("2026-02-06", "replied", tone=Tone.NOT_NOW)
    assert span(after(not_now)) == ("2026-05-30", "2026-07-30")


# --- wait_until -------------------------------------------------------------------


def test_their_date_beats_the_rhythm_and_the_sixty_days() -> None:
    touch = after(SENT, event("2026-05-06", "wait_until", until="2026-06-01"))
    assert span(touch) == ("2026-06-01", "2026-07-01")
    assert dates(touch) == ("2026-06-01", "2026-06-01", "2026-07-01")
    waits = event("2026-05-06", "wait_until", until="2026-06-01")
    assert standing_of(SENT, waits).silent == 0


def test_their_date_still_keeps_thirty_days_from_a_colleague() -> None:
    waits = event("2026-05-06", "wait_until", until="2026-06-01")
    wrote = event("2026-05-20", "sent", touch="check_in/1")
    found = workspace(contact(history=(SENT, waits)), colleague(history=(wrote,)))
    touch = messages(found, "2026-05-30")["dana-okafor"]
    assert str(touch.target_on) == "2026-06-22"  # 19 June is Juneteenth, a Friday


def test_their_date_is_about_the_next_one_alone() -> None:
    waits = event("2026-05-06", "wait_until", until="2026-06-01")
    note = event("2026-06-01", "sent", touch="portfolio_note/1")
    touch = after(SENT, waits, note, as_of="2026-06-02")
    assert span(touch) == ("2026-10-01", "2026-12-01")


# --- referred ---------------------------------------------------------------------


def test_who_sent_you_on_hears_from_you_once_a_year() -> None:
    referred = event("2026-05-06", "referred", to="lee-park")
    assert span(after(SENT, referred)) == ("2027-05-04", "2027-07-04")
    assert standing_of(*UNANSWERED, event("2026-11-02", "referred", to="x")).silent == 0


def test_a_newcomer_gets_a_document_within_a_month() -> None:
    lee = contact(
        "lee-park",
        None,
        referred_by="dana-okafor",
        since=event("2026-05-06", "note").date,
    )
    touch = only(workspace(lee), "2026-05-06")
    assert touch.key == "lee-park/portfolio_note/1"
    assert span(touch) == ("2026-05-06", "2026-06-06")
    assert touch.status is TouchStatus.DUE
    assert not assessments(workspace(lee), "2026-05-20")


def test_after_the_first_document_a_newcomer_is_like_everyone() -> None:
    note = event("2026-05-06", "sent", touch="portfolio_note/1")
    lee = contact(
        "lee-park",
        None,
        referred_by="dana-okafor",
        since=note.date,
        history=(note,),
    )
    touch = only(workspace(lee), "2026-05-07")
    assert touch.key == "lee-park/portfolio_note/2"
    assert span(touch) == ("2026-09-06", "2026-11-06")
    assert touch.reasons[0] == "Four months after the one of 6 May."


def test_nobody_is_said_to_have_refused_who_was_only_introduced() -> None:
    slow = event("2026-05-07", "slowed")
    since = event("2026-05-06", "note").date
    lee = contact("lee-park", None, referred_by="x", since=since, history=(slow,))
    touch = only(workspace(lee), "2026-05-08")
    assert span(touch) == ("2027-05-06", "2027-07-06")
    assert touch.reasons[0] == "Once a year from here."
    light = contact(
        "lee-park",
        None,
        referred_by="x",
        since=since,
        history=(slow,),
        cadence="light",
    )
    touch = only(workspace(light), "2026-05-08")
    assert touch.reasons[0] == "Twelve months after the introduction of 6 May."


def test_a_newcomer_who_answers_warmly_first_is_given_time() -> None:
    warm = event("2026-05-07", "replied", tone=Tone.WARM)
    since = event("2026-05-06", "note").date
    lee = contact("lee-park", None, referred_by="x", since=since, history=(warm,))
    assert span(only(workspace(lee), "2026-05-08")) == ("2026-09-07", "2026-11-07")


# --- interview, offer -------------------------------------------------------------


@pytest.mark.parametrize("kind", ["interview", "offer"])
def test_talks_rest_everyone_at_the_company(kind: str) -> None:
    talks = event("2026-05-06", kind)
    other = contact("ines-paredes")
    found = workspace(contact(history=(SENT, talks)), colleague(), other)
    assert messages(found, "2026-05-30").keys() == {"ines-paredes"}
    assert standing_of(*UNANSWERED, event("2026-11-02", kind)).silent == 0


@pytest.mark.parametrize("who", ["dana-okafor", "lee-park"])
def test_a_later_no_there_ends_the_rest_whoever_said_it(who: str) -> None:
    talks = event("2026-05-06", "interview")
    both = (rejection("2026-01-30"), rejection("2026-06-15"))
    dana = contact(
        history=(SENT, talks), rejections=both if who == "dana-okafor" else both[:1]
    )
    lee = colleague(rejections=both if who == "lee-park" else both[:1])
    found = messages(workspace(dana, lee), "2026-06-16")
    assert found.keys() == {"dana-okafor", "lee-park"}
    assert found[who].key == (
        "dana-okafor/check_in/2" if who == "dana-okafor" else "lee-park/check_in/1"
    )
    assert span(found[who]) == ("2026-09-15", "2026-10-15")


def test_a_no_from_another_company_ends_no_talks() -> None:
    talks = event("2026-05-06", "interview")
    both = (rejection("2026-01-30"), rejection("2026-06-15", company="Elsewhere"))
    dana = contact(history=(SENT, talks), rejections=both)
    assert not messages(workspace(dana), "2026-06-16")


def test_a_still_later_no_from_elsewhere_does_not_hide_the_one_that_ended_talks() -> (
    None
):
    talks = event("2026-05-06", "interview")
    every = (
        rejection("2026-01-30"),
        rejection("2026-06-15"),
        rejection("2026-07-01", company="Elsewhere"),
    )
    dana = contact(history=(SENT, talks), rejections=every)
    assert messages(workspace(dana), "2026-07-02")


@pytest.mark.parametrize("slug", ["a-colleague", "z-colleague"])
def test_resuming_in_any_file_there_ends_the_rest(slug: str) -> None:
    talks = event("2026-05-06", "interview")
    goes_on = event("2026-05-20", "resumed")
    found = workspace(
        contact(history=(SENT, talks)), colleague(slug, history=(goes_on,))
    )
    assert messages(found, "2026-05-30").keys() == {"dana-okafor", slug}


def test_talks_that_begin_after_resuming_rest_it_again() -> None:
    goes_on = event("2026-05-06", "resumed")
    talks = event("2026-05-06", "interview")
    assert nothing_after(SENT, goes_on, talks)
    assert not nothing_after(SENT, talks, goes_on)


# --- hired ------------------------------------------------------------------------


def test_being_hired_there_ends_everything_at_the_company() -> None:
    hired = event("2026-05-06", "hired_here")
    found = workspace(
        contact(history=(SENT, hired)), colleague(), contact("ines-paredes")
    )
    plan = planned(found, "2026-05-30")
    assert {t.slug for t in plan.touches} == {"ines-paredes"}
    assert plan.standings["lee-park"].status is Status.WON


MODES = [
    (ElsewhereMode.KEEP, "2026-07-06"),
    (ElsewhereMode.LIGHT, "2027-05-04"),
    (ElsewhereMode.CLOSE, None),
]


@pytest.mark.parametrize(("mode", "target"), MODES)
@pytest.mark.parametrize("where", ["own", "other", "settings"])
def test_a_job_elsewhere_keeps_slows_or_closes_everyone(
    mode: ElsewhereMode, target: str | None, where: str
) -> None:
    hired = event("2026-05-10", "hired_elsewhere", mode=mode)
    own = (SENT, hired) if where == "own" else (SENT,)
    other = contact("ines-paredes", history=(hired,) if where == "other" else ())
    found = workspace(
        contact(history=own),
        other,
        settings=settings(history=(hired,) if where == "settings" else ()),
    )
    touch = messages(found, "2026-05-30").get("dana-okafor")
    assert (str(touch.target_on) if touch else None) == target


def test_the_newest_word_on_a_job_elsewhere_holds() -> None:
    close = event("2026-05-10", "hired_elsewhere", mode=ElsewhereMode.CLOSE)
    keep = event("2026-05-20", "hired_elsewhere", mode=ElsewhereMode.KEEP)
    assert dates(after(SENT, close, keep)) == UNTOUCHED
    assert nothing_after(
        SENT, keep, event("2026-05-20", "hired_elsewhere", mode=ElsewhereMode.CLOSE)
    )


@pytest.mark.parametrize("mode", [ElsewhereMode.LIGHT, ElsewhereMode.CLOSE])
def test_a_later_no_ends_it_for_that_person_alone(mode: ElsewhereMode) -> None:
    hired = event("2026-05-10", "hired_elsewhere", mode=mode)
    again = contact(rejections=(rejection("2026-01-30"), rejection("2026-06-15")))
    other = contact("ines-paredes", history=(SENT,))
    found = workspace(again, other, settings=settings(history=(hired,)))
    touches = messages(found, "2026-06-16")
    assert span(touches["dana-okafor"]) == ("2026-09-15", "2026-10-15")
    if mode is ElsewhereMode.CLOSE:
        assert "ines-paredes" not in touches
    else:
        assert str(touches["ines-paredes"].target_on) == "2027-05-04"


def test_going_on_with_one_person_keeps_the_pace_of_a_job_elsewhere() -> None:
    hired = event("2026-05-10", "hired_elsewhere", mode=ElsewhereMode.LIGHT)
    touch = after(SENT, hired, event("2026-05-20", "going_on"))
    assert str(touch.target_on) == "2027-05-04"


# --- ended, paused, resumed -------------------------------------------------------


def test_an_end_is_an_end_until_you_resume() -> None:
    ended = event("2026-05-06", "ended", reason="enough")
    assert nothing_after(SENT, ended)
    assert dates(after(SENT, ended, event("2026-05-20", "resumed"))) == UNTOUCHED


def test_a_pause_holds_the_opening_and_moves_no_date() -> None:
    paused = event("2026-05-06", "paused", until="2026-08-01")
    while_paused = after(SENT, paused, as_of="2026-07-20")
    assert while_paused.status is TouchStatus.UPCOMING
    assert dates(while_paused) == ("2026-08-01", "2026-07-06", "2026-09-04")
    assert "paused it until 1 August" in while_paused.reasons[-1]
    on_the_day = after(SENT, paused, as_of="2026-08-01")
    assert on_the_day.status is TouchStatus.DUE
    assert dates(on_the_day) == dates(while_paused)
    for as_of, status in (("2026-07-31", Status.PAUSED), ("2026-08-01", Status.ACTIVE)):
        assert standing_of(SENT, paused, as_of=as_of).status is status


def test_a_pause_that_is_over_before_the_day_leaves_no_trace() -> None:
    paused = event("2026-05-06", "paused", until="2026-06-01")
    for as_of in ("2026-05-20", "2026-06-20"):
        touch = after(SENT, paused, as_of=as_of)
        assert dates(touch) == UNTOUCHED
        assert touch.reasons == after(SENT).reasons


def test_a_pause_without_an_end_lasts_until_you_resume() -> None:
    paused = event("2026-05-06", "paused", reason="layoffs")
    assert nothing_after(SENT, paused, as_of="2028-01-01")
    assert dates(after(SENT, paused, event("2026-05-20", "resumed"))) == UNTOUCHED


@pytest.mark.parametrize(
    "graver",
    [
        {"history": (event("2026-05-06", "interview"),)},
        {"history": (event("2026-05-06", "hired_here"),)},
        {"rejections": (rejection(stage="screening"),)},
        {"name": ""},
    ],
)
def test_a_pause_plans_nothing_where_nothing_would_be_planned(
    graver: dict[str, Any],
) -> None:
    paused = event("2026-05-06", "paused", until="2026-08-01")
    history = (*graver.get("history", ()), paused)
    person = contact(**(graver | {"history": history, "company": "Acme"}))
    assert not messages(workspace(person), "2026-05-30")


def test_resuming_early_opens_on_the_old_day() -> None:
    paused = event("2026-05-06", "paused", until="2026-08-01")
    goes_on = event("2026-06-20", "resumed")
    assert dates(after(SENT, paused, goes_on, as_of="2026-06-21")) == UNTOUCHED


# --- slowed, going_on: the answers to a question ----------------------------------


def test_slowing_down_means_once_a_year_from_the_same_day() -> None:
    slowed = event("2027-03-01", "slowed", touch="your_call/1")
    touch = after(*UNANSWERED, slowed, as_of="2027-03-02")
    assert touch.key == "dana-okafor/portfolio_note/3"
    assert span(touch) == ("2027-10-30", "2027-12-30")
    assert standing_of(*UNANSWERED, slowed).silent == 0


def test_going_on_leaves_the_dates_as_they_were() -> None:
    question = after(*UNANSWERED, as_of="2027-03-01")
    assert question.step is Step.YOUR_CALL
    go = event("2027-03-01", "going_on", touch="your_call/1")
    touch = after(*UNANSWERED, go, as_of="2027-03-01")
    assert touch.key == "dana-okafor/portfolio_note/3"
    assert dates(touch) == dates(question)
    assert standing_of(*UNANSWERED, go).silent == 0


def test_going_on_when_asked_keeps_the_slow_pace() -> None:
    slow = (SENT, event("2026-05-06", "slowed"))
    more = (
        event("2027-05-04", "sent", touch="portfolio_note/1"),
        event("2028-05-04", "sent", touch="portfolio_note/2"),
        event("2029-05-04", "sent", touch="portfolio_note/3"),
    )
    question = after(*slow, *more, as_of="2030-05-06")
    assert question.step is Step.YOUR_CALL
    go = event("2030-05-06", "going_on", touch="your_call/1")
    assert dates(after(*slow, *more, go, as_of="2030-05-06")) == dates(question)


def test_going_on_unasked_takes_slowing_down_back() -> None:
    slowed, go = event("2026-05-06", "slowed"), event("2026-05-08", "going_on")
    assert dates(after(SENT, slowed, go)) == UNTOUCHED


def test_going_on_keeps_the_pace_for_who_sent_you_on() -> None:
    referred = event("2026-05-06", "referred", to="x")
    touch = after(SENT, referred, event("2026-05-08", "going_on"))
    assert str(touch.target_on) == "2027-05-04"


def test_letting_it_rest_answers_the_question_too() -> None:
    ended = event("2027-03-01", "ended", touch="your_call/1")
    goes_on = event("2027-06-01", "resumed")
    assert nothing_after(*UNANSWERED, ended, as_of="2027-03-02")
    touch = after(*UNANSWERED, ended, goes_on, as_of="2027-06-01")
    assert touch.key == "dana-okafor/portfolio_note/3"


def test_after_three_more_without_an_answer_you_are_asked_again() -> None:
    go = event("2027-03-01", "going_on", touch="your_call/1")
    more = (
        event("2027-03-01", "sent", touch="portfolio_note/3"),
        event("2027-07-01", "sent", touch="portfolio_note/4"),
        event("2027-11-01", "sent", touch="portfolio_note/5"),
    )
    for count, step in ((2, Step.PORTFOLIO_NOTE), (3, Step.YOUR_CALL)):
        touch = after(*UNANSWERED, go, *more[:count], as_of="2027-11-02")
        assert touch.step is step
    assert touch.key == "dana-okafor/your_call/2"


def test_a_question_closed_without_a_choice_waits_for_one() -> None:
    closed = event("2027-03-02", "skipped", touch="your_call/1")
    for more in ((), (event("2027-03-10", "sent"),)):
        touch = after(*UNANSWERED, closed, *more, as_of="2027-09-01")
        assert touch.status is TouchStatus.WAITING
        assert touch.waits_for is WaitsFor.CHOICE
    go = event("2027-03-10", "going_on")
    touch = after(*UNANSWERED, closed, go, as_of="2027-03-10")
    assert touch.step is Step.PORTFOLIO_NOTE
    assert touch.status is TouchStatus.DUE


def test_an_answer_from_them_makes_the_question_needless() -> None:
    replied = event("2026-11-20", "replied")
    assert after(*UNANSWERED, replied).step is Step.PORTFOLIO_NOTE


# --- stop -------------------------------------------------------------------------


def test_a_stop_is_final() -> None:
    stop = event("2026-05-06", "stop")
    after_it = event("2026-06-01", "resumed")
    no = rejection("2027-01-30")
    person = contact(history=(SENT, stop, after_it), rejections=(no,))
    assert not planned(workspace(person), "2027-09-01").touches


def test_a_stop_of_a_later_date_counts_at_once() -> None:
    assert nothing_after(SENT, event("2029-01-01", "stop"))


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ({"email": "Dana@example.com"}, {"email": "dana@example.com"}),
        ({"phone": "+1 512 555 0142"}, {"phone": "(512) 555-0142"}),
        (
            {"linkedin": "https://www.linkedin.com/in/dana-o/"},
            {"linkedin": "linkedin.com/in/Dana-O"},
        ),
    ],
)
def test_a_stop_holds_for_every_file_of_the_person(
    mine: dict[str, str], theirs: dict[str, str]
) -> None:
    stop = event("2026-05-06", "stop")
    asked = contact("a", **({"email": None} | mine), history=(stop,))
    twin = contact("b", **({"email": None} | theirs))
    other = contact("c", email="other@example.com")
    plan = planned(workspace(asked, twin, other), "2026-05-30")
    assert {touch.slug for touch in plan.touches} == {"c"}


def test_a_stop_for_the_company_holds_for_everyone_there_now_and_later() -> None:
    stop = event("2026-05-06", "stop", scope=StopScope.COMPANY)
    asked = contact(history=(stop,))
    newer = colleague("new-person", rejected_on="2026-06-01")
    moved_in = contact(
        "moved-in",
        history=(event("2026-05-20", "moved", company="OKAFOR  instruments"),),
    )
    others = contact("ines-paredes")
    found = workspace(asked, colleague(), newer, moved_in, others)
    assert {t.slug for t in planned(found, "2026-06-10").touches} == {"ines-paredes"}


def test_a_stop_for_the_person_leaves_colleagues_alone() -> None:
    stop = event("2026-05-06", "stop", scope=StopScope.PERSON)
    found = workspace(contact(history=(stop,)), colleague())
    assert messages(found, "2026-05-30").keys() == {"lee-park"}


@pytest.mark.parametrize(
    ("history", "fields"),
    [
        ((), {}),
        ((event("2026-05-06", "paused", until="2026-08-01"),), {}),
        ((), {"rejections": (rejection(stage="screening"),)}),
        ((event("2026-05-06", "interview"),), {}),
        ((event("2026-05-06", "bounced"),), {}),
    ],
)
def test_a_stop_outlives_the_file_however_it_comes_back(
    history: tuple[Event, ...], fields: dict[str, Any]
) -> None:
    person = contact(history=history, **fields)
    kept = Stopped(salt="s", people=tuple(sorted(person_digests("s", person))))
    plan = planned(workspace(person, stopped=kept), "2026-03-30")
    assert not plan.touches
    assert plan.standings["dana-okafor"].status is Status.STOPPED


def test_a_stop_for_a_company_outlives_the_file() -> None:
    kept = Stopped(salt="s", companies=(company_digest("s", "Okafor Instruments"),))
    found = workspace(colleague(), contact("ines-paredes"), stopped=kept)
    assert messages(found, "2026-05-30").keys() == {"ines-paredes"}


# --- bounced, left, moved ---------------------------------------------------------


@pytest.mark.parametrize("kind", ["bounced", "left"])
def test_a_dead_address_rests_until_there_is_another(kind: str) -> None:
    dead = event("2026-05-06", kind, address="old@example.com")
    for address, goes_on in (("OLD@example.com", False), ("new@example.com", True)):
        person = contact(email=address, history=(SENT, dead))
        found = messages(workspace(person), "2026-05-30")
        assert bool(found) is goes_on
    assert dates(found["dana-okafor"]) == UNTOUCHED


@pytest.mark.parametrize("kind", ["bounced", "left"])
def test_resuming_or_moving_on_ends_it_too(kind: str) -> None:
    dead = event("2026-05-06", kind, address="dana-okafor@example.com")
    assert dates(after(SENT, dead, event("2026-05-20", "resumed"))) == UNTOUCHED
    moved = event("2026-05-20", "moved", company="Elsewhere")
    assert after(SENT, dead, moved).step is Step.PORTFOLIO_NOTE


def test_an_address_that_died_before_is_no_new_one() -> None:
    first = event("2026-05-06", "bounced", address="a@example.com")
    second = event("2026-05-20", "bounced", address="b@example.com")
    person = contact(email="a@example.com", history=(SENT, first, second))
    assert not messages(workspace(person), "2026-05-30")


def test_who_has_a_new_post_is_congratulated_within_a_month() -> None:
    moved = event("2026-07-20", "moved", company="Elsewhere")
    touch = after(SENT, moved, as_of="2026-07-21")
    assert touch.key == "dana-okafor/portfolio_note/1"
    assert touch.company == "Elsewhere"
    assert span(touch) == ("2026-07-20", "2026-08-20")
    assert touch.reasons[0] == "They have a new post."
    assert (
        standing_of(*UNANSWERED, event("2026-11-02", "moved", company="X")).silent == 0
    )


def test_a_new_post_before_the_first_mail_makes_it_a_document() -> None:
    moved = event("2026-03-02", "moved", company="Elsewhere")
    touch = after(moved, as_of="2026-03-03")
    assert touch.key == "dana-okafor/portfolio_note/1"
    assert span(touch) == ("2026-03-02", "2026-04-02")
    done = event("2026-03-05", "sent", touch="portfolio_note/1")
    touch = after(moved, done, as_of="2026-03-06")
    assert touch.key == "dana-okafor/portfolio_note/2"
    assert span(touch) == ("2026-07-05", "2026-09-05")


def test_the_new_company_counts_from_the_day_they_moved() -> None:
    moved = event("2026-07-20", "moved", company="Elsewhere")
    wrote = event("2026-07-13", "sent", touch="check_in/1")
    there = contact("lee-park", company="Elsewhere", history=(wrote,))
    old = contact(
        "ines-paredes", rejected_on="2026-04-20", company="Okafor Instruments"
    )
    sent_there = event("2026-07-06", "sent", touch="portfolio_note/1")
    dana = contact(history=(SENT, sent_there, moved))
    found = messages(workspace(dana, there, old), "2026-07-21")
    # 60 days since 6 July; 30 since 13 July are over by then. 4 September is a Friday.
    assert str(found["dana-okafor"].target_on) == "2026-09-04"
    # Dana was still at the old company when the document went out.
    assert str(found["ines-paredes"].target_on) == "2026-08-05"


def test_a_warm_word_back_after_a_move_gives_time() -> None:
    moved = event("2026-07-20", "moved", company="Elsewhere")
    warm = event("2026-07-25", "replied", tone=Tone.WARM)
    touch = after(SENT, moved, warm, as_of="2026-07-26")
    assert span(touch) == ("2026-11-25", "2027-01-25")


# --- away, back -------------------------------------------------------------------


def test_while_you_are_away_no_message_opens_and_no_date_moves() -> None:
    away = event("2026-04-20", "away", until="2026-06-01")
    user = settings(history=(away,))
    person = contact()
    for as_of, status, waits_for in (
        ("2026-05-31", TouchStatus.WAITING, WaitsFor.AWAY),
        ("2026-06-01", TouchStatus.DUE, None),
    ):
        touch = only(workspace(person, settings=user), as_of)
        assert (touch.status, touch.waits_for) == (status, waits_for)
        assert dates(touch) == dates(after())
    back = settings(history=(away, event("2026-05-10", "back")))
    assert only(workspace(person, settings=back), "2026-05-10").status is (
        TouchStatus.DUE
    )


# --- dates that have not come -----------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        event("2026-06-10", "sent", touch="portfolio_note/1"),
        event("2026-06-10", "replied", tone=Tone.WARM),
        event("2026-06-10", "ended"),
        event("2026-06-10", "moved", company="Elsewhere"),
        event("2026-06-10", "interview"),
        event("2026-06-10", "hired_elsewhere", mode=ElsewhereMode.CLOSE),
    ],
    ids=lambda e: str(e.event),
)
def test_what_is_dated_later_counts_from_its_day(said: Event) -> None:
    assert after(SENT, said, as_of="2026-06-09") == after(SENT, as_of="2026-06-09")
    found = messages(workspace(contact(history=(SENT, said))), "2026-06-10")
    assert found.get("dana-okafor") != after(SENT, as_of="2026-06-10")


def test_a_no_dated_later_is_not_there_yet() -> None:
    person = contact(rejected_on="2026-06-10")
    assert not planned(workspace(person), "2026-06-09").touches
    assert planned(workspace(person), "2026-06-10").touches
