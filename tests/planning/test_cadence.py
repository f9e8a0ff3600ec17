"""Which step follows which, in our cadences and in those of settings.yml."""

import pytest

from pipeline.model import CadenceStep, Settings, Step, Tone
from pipeline.planning.cadence import names, steps_of
from tests.factories import contact, event, rejection, settings, workspace
from tests.planning.looking import SENT, after, assessments, dates, only, span

NOTE_1 = event("2026-07-06", "sent", touch="portfolio_note/1")
PATIENT = (
    CadenceStep(step=Step.SELF_ASSESSMENT, days=(3, 10)),
    CadenceStep(step=Step.CHECK_IN, months=(4, 6)),
    CadenceStep(step=Step.PORTFOLIO_NOTE, months=(3, 6)),
    CadenceStep(step=Step.PORTFOLIO_NOTE, months=(6, 12)),
)
NOTES_ALONE = (
    CadenceStep(step=Step.PORTFOLIO_NOTE, months=(1, 2)),
    CadenceStep(step=Step.PORTFOLIO_NOTE, months=(3, 5)),
)
OWN = {"patient": PATIENT, "notes": NOTES_ALONE}


@pytest.mark.parametrize(
    ("cadence", "look_back", "first", "second", "third"),
    [
        (
            "classic",
            ("2026-02-01", "2026-02-13"),
            ("2026-04-30", "2026-05-30"),
            ("2026-07-04", "2026-09-04"),
            ("2026-11-06", "2027-01-06"),
        ),
        (
            "gentle",
            ("2026-02-01", "2026-02-27"),
            ("2026-05-30", "2026-07-30"),
            ("2026-08-04", "2026-11-04"),
            ("2027-01-06", "2027-04-06"),
        ),
        (
            "light",
            ("2026-02-01", "2026-02-13"),
            ("2026-04-30", "2026-05-30"),
            ("2027-05-04", "2027-07-04"),
            ("2027-07-06", "2027-09-06"),
        ),
        (
            "patient",
            ("2026-02-02", "2026-02-09"),
            ("2026-05-30", "2026-07-30"),
            ("2026-08-04", "2026-11-04"),
            ("2027-01-06", "2027-07-06"),
        ),
    ],
)
def test_the_windows_of_each_cadence(
    cadence: str,
    look_back: tuple[str, str],
    first: tuple[str, str],
    second: tuple[str, str],
    third: tuple[str, str],
) -> None:
    user = settings(cadences=OWN, cadence=cadence)
    seen = [
        only(workspace(contact(history=history), settings=user), "2026-07-07")
        for history in ((), (SENT,), (SENT, NOTE_1))
    ]
    assert [span(touch) for touch in seen] == [first, second, third]
    own = assessments(workspace(contact(), settings=user), "2026-02-01")
    assert span(own["dana-okafor"]) == look_back


def test_the_last_step_repeats_without_end() -> None:
    sent = SENT
    history = [sent]
    for number in range(1, 12):
        answer = event(f"{2026 + number}-01-02", "replied")
        sent = event(f"{2026 + number}-01-04", "sent", touch=f"portfolio_note/{number}")
        history += [answer, sent]
    touch = after(*history, as_of="2037-01-05")
    assert touch.key == "dana-okafor/portfolio_note/12"
    assert span(touch) == ("2037-05-04", "2037-07-04")


def test_the_persons_own_cadence_wins_over_that_of_settings() -> None:
    found = workspace(contact(cadence="light"), settings=settings(cadence="gentle"))
    assert span(only(found, "2026-02-01")) == ("2026-04-30", "2026-05-30")


def test_a_change_of_cadence_changes_no_key_and_keeps_the_anchor() -> None:
    before, later = after(SENT), after(SENT, cadence="gentle")
    assert before.key == later.key == "dana-okafor/portfolio_note/1"
    assert span(later) == ("2026-08-04", "2026-11-04")  # from 4 May, like before


def test_without_a_check_in_the_first_note_counts_from_the_no() -> None:
    found = workspace(contact(), settings=settings(cadences=OWN, cadence="notes"))
    touch = only(found, "2026-02-01")
    assert touch.key == "dana-okafor/portfolio_note/1"
    assert span(touch) == ("2026-02-28", "2026-03-30")
    assert not assessments(found, "2026-02-01")
    again = contact(rejections=(rejection("2025-09-01"), rejection("2026-01-30")))
    found = workspace(again, settings=settings(cadences=OWN, cadence="notes"))
    assert span(only(found, "2026-02-01")) == ("2026-02-28", "2026-03-30")


def test_not_now_slows_a_cadence_without_a_check_in_too() -> None:
    not_now = event("2026-02-02", "replied", tone=Tone.NOT_NOW)
    user = settings(cadences=OWN, cadence="notes")
    found = workspace(contact(history=(not_now,)), settings=user)
    assert span(only(found, "2026-02-03")) == ("2026-04-30", "2026-07-30")


def test_an_event_never_brings_a_slower_cadence_of_yours_forward() -> None:
    not_now = event("2026-05-06", "replied", tone=Tone.NOT_NOW)
    slow = (
        CadenceStep(step=Step.CHECK_IN, months=(3, 4)),
        CadenceStep(step=Step.PORTFOLIO_NOTE, months=(8, 9)),
    )
    user = settings(cadences={"slow": slow}, cadence="slow")
    found = workspace(contact(history=(SENT, not_now)), settings=user)
    assert span(only(found, "2026-05-07")) == ("2027-01-04", "2027-02-04")


def test_your_own_cadence_may_bear_one_of_our_names() -> None:
    user = settings(cadences={"light": PATIENT})
    assert steps_of(user, "light") == PATIENT
    slowed = event("2026-05-06", "slowed")
    found = workspace(contact(history=(SENT, slowed)), settings=user)
    assert span(only(found, "2026-05-07")) == ("2026-08-04", "2026-11-04")


def test_the_names_that_a_file_may_use() -> None:
    user = Settings(cadences=OWN | {"light": PATIENT})
    assert names(user) == ("classic", "gentle", "light", "patient", "notes")


def test_dates_far_beyond_any_search_are_no_fault() -> None:
    waits = event("2026-05-06", "wait_until", until="9998-12-31")
    assert dates(after(SENT, waits))[2] == "9999-01-31"
