"""Answers: what was written down, what comes next, and how to take it back."""

import re
from typing import Any

import pytest
from msgspec.structs import replace

from pipeline.model import (
    Contact,
    ElsewhereMode,
    Event,
    EventKind,
    StopScope,
    Tone,
    Touch,
    TrackerState,
    Workspace,
)
from pipeline.planning.schedule import schedule
from pipeline.writing.answers import Answer, answer
from pipeline.writing.occasions import AnswerKind
from tests.factories import contact, day, event, settings
from tests.factories import workspace as holding
from tests.writing.situations import HOLIDAYS, MAYA, TALK, no, standing_of

GITHUB = TrackerState(tracker="github:1")
DANA = contact("dana-okafor", company="Brightwater", rejections=(no(),))
SENT = event(
    "2026-05-04", "sent", touch="check_in/1", source="closed:17:2026-05-04T18:02:11Z"
)
FIELDS: dict[EventKind, dict[str, Any]] = {
    EventKind.SENT: {"touch": "check_in/1"},
    EventKind.SKIPPED: {"touch": "check_in/1"},
    EventKind.ASSESSED: {"touch": "self_assessment/1", "text": "Fewer stories."},
    EventKind.SNOOZED: {"touch": "check_in/1", "until": "2026-06-01"},
    EventKind.REPLIED: {"tone": Tone.WARM, "text": "Write in May."},
    EventKind.WAIT_UNTIL: {"until": "2026-09-01"},
    EventKind.REFERRED: {"to": "lee-park"},
    EventKind.HIRED_ELSEWHERE: {"mode": ElsewhereMode.LIGHT},
    EventKind.PAUSED: {"until": "2026-09-01"},
    EventKind.STOP: {"scope": StopScope.PERSON},
    EventKind.MOVED: {"company": "Northgate"},
    EventKind.SHARED: {"document": "one-source"},
    EventKind.AWAY: {"until": "2026-09-01"},
    EventKind.NOTE: {"text": "Likes tea."},
}
INNER = re.compile(
    r"\b(touch|window|cadence|key|overdue|claim|reconcile|anchor|tracker|silent)\b",
    re.IGNORECASE,
)
UNKIND = re.compile(
    r"\b(fail(ed|ure)?|unfortunately|must|should have|late\b(?! beyond)|mistake you"
    r"|great job|well done|proud|amazing|awesome|don't give up|never give up)\b|!",
    re.IGNORECASE,
)


def placed(*people: Contact, **fields: Any) -> Workspace:
    fields.setdefault("settings", settings(you=MAYA, quiet=()))
    fields.setdefault("documents", (TALK,))
    return holding(*(people or (DANA,)), **fields)


def next_of(place: Workspace, slug: str, on: str) -> Touch | None:
    plan = schedule(place, day(on), HOLIDAYS)
    steps = ("check_in", "portfolio_note", "your_call")
    return next((t for t in plan.touches if t.slug == slug and t.step in steps), None)


def told(
    happened: Event,
    kind: AnswerKind = AnswerKind.ORDER,
    *,
    before: tuple[Event, ...] = (),
    local: bool = True,
    newcomer: str = "",
    on: str = "2026-05-06",
    **fields: Any,
) -> str:
    """Give the answer to something that happened to Dana."""
    recorded = happened.event is not EventKind.AWAY
    who = replace(DANA, history=(*before, happened) if recorded else before)
    place = placed(who, state=TrackerState() if local else GITHUB, **fields)
    following = next_of(place, who.slug, on)
    if following and following.step == "portfolio_note" and place.documents:
        following = replace(following, document="one-source")
    said = Answer(
        kind=kind,
        contact=who,
        standing=standing_of(place, who.slug, day(on)),
        event=happened,
        following=following,
        newcomer=newcomer,
    )
    return answer(place, said)


# --- a closing -----------------------------------------------------------------


def test_a_closing_says_what_was_recorded_what_is_next_and_the_way_back() -> None:
    assert told(SENT, AnswerKind.CLOSED) == (
        "Recorded: your mail of 4 May 2026 to Dana.\n\n"
        "Next: a document with a short note, about 6 July 2026; *One source, four "
        "manuals* is in line.\n\n"
        "Not sent after all: `/undo` takes it back."
    )


def test_on_github_it_is_reopened_and_silence_has_a_day_too() -> None:
    assert told(SENT, AnswerKind.CLOSED, local=False).endswith(
        "Not sent after all: reopen this, and it is forgotten. If you hear nothing "
        "from here by 20 July 2026, open Actions and press *Run workflow*."
    )


def test_where_no_document_is_in_line_it_says_how_long_there_is_to_make_one() -> None:
    text = told(SENT, AnswerKind.CLOSED, documents=())
    assert "Nothing is in line for it: 9 weeks to write one page." in text


def test_what_is_there_already_is_not_promised_for_a_day_that_is_over() -> None:
    resumed = event("2026-05-05", "resumed")
    assert "Next: a short mail, until 30 May 2026." in told(resumed)
    assert "Next: a short mail, still fine to send." in told(resumed, on="2026-09-01")
    text = told(resumed, AnswerKind.UNDONE, on="2026-09-01")
    assert text.endswith("So this comes next: a short mail, still fine to send.")


def test_what_is_paused_comes_when_the_pause_is_over() -> None:
    text = told(event("2026-05-06", "paused", until="2026-05-20"))
    assert "Next: a short mail, about 20 May 2026." in text


def test_no_weeks_are_counted_up_to_a_day_that_is_over() -> None:
    text = told(
        event("2027-03-01", "resumed"), before=(SENT,), on="2027-03-01", documents=()
    )
    assert (
        "Next: a document with a short note, still fine to send. Nothing is in line "
        "for it yet."
    ) in text


def test_a_question_that_waits_is_no_mail() -> None:
    silent = tuple(
        event(on, "sent") for on in ("2026-05-04", "2026-07-06", "2026-11-06")
    )
    text = told(
        event("2027-12-01", "resumed"), before=silent, on="2027-12-01", documents=()
    )
    assert "Next: your call whether to go on; no hurry." in text


def test_on_github_silence_is_not_measured_from_a_day_that_is_over() -> None:
    looked_back = event("2026-08-01", "assessed", touch="self_assessment/1")
    text = told(looked_back, AnswerKind.CLOSED, on="2026-08-01", local=False)
    assert "reopen this" in text
    assert "If you hear nothing" not in text


def test_what_was_skipped_is_not_called_sent() -> None:
    text = told(event("2026-05-04", "skipped", touch="check_in/1"), AnswerKind.CLOSED)
    assert text.startswith("Left out, and nothing is lost: the short mail to Dana.")
    assert "Not so after all" in text


def test_a_self_assessment_is_answered_by_what_is_in_it() -> None:
    ref = "self_assessment/1"
    helped = event("2026-02-01", "assessed", touch=ref, text="x", needs=("review",))
    wrote = event("2026-02-01", "assessed", touch=ref, text="x")
    empty = event("2026-02-01", "assessed", touch=ref, text="")
    assert "helps to choose" in told(helped, AnswerKind.CLOSED)
    assert "Looking back was the hardest part" in told(wrote, AnswerKind.CLOSED)
    assert "nothing written, and that is an answer too" in told(
        empty, AnswerKind.CLOSED
    )


# --- every act has its answer --------------------------------------------------

ACTS = sorted(set(EventKind) - {EventKind.UNDONE})


@pytest.mark.parametrize("kind", ACTS)
def test_every_act_is_answered_in_plain_words(kind: EventKind) -> None:
    fields = FIELDS.get(kind, {})
    text = told(
        event("2026-05-05", kind, **fields), before=(SENT,), newcomer="Lee Park"
    )
    assert len(text) > 20
    ours = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    ours = re.sub(r"\]\([^)]*\)", "]", ours)
    assert not INNER.search(ours), ours
    assert not UNKIND.search(ours), ours
    assert "?" not in ours
    assert len(ours.split()) < 140


@pytest.mark.parametrize("kind", ACTS)
def test_every_act_can_be_taken_back_and_says_so(kind: EventKind) -> None:
    fields = FIELDS.get(kind, {})
    text = told(event("2026-05-05", kind, **fields), before=(SENT,))
    assert "/undo" in text


@pytest.mark.parametrize("kind", ACTS)
def test_taking_back_names_what_was_taken_back(kind: EventKind) -> None:
    happened = event("2026-05-05", kind, **FIELDS.get(kind, {}))
    text = told(happened, AnswerKind.UNDONE)
    assert text.startswith("Taken back: ")


# --- the hard moments ----------------------------------------------------------


def test_a_stop_is_final_and_no_verdict() -> None:
    assert told(event("2026-05-05", "stop", scope=StopScope.PERSON)) == (
        "Done. Nothing more will be suggested for Dana: not here, not at another "
        "employer, not if the file is deleted. No answer is needed. A no to more mail "
        "is not a verdict on your work.\n\nTyped by mistake: `/undo` takes it back on "
        "the day it was said; after that, `./notyet unstop`."
    )


def test_going_on_is_not_said_where_nothing_goes_on() -> None:
    stop = event("2026-05-04", "stop", scope=StopScope.PERSON)
    text = told(event("2026-05-05", "resumed"), before=(stop,))
    assert text.startswith(
        "It is written down.\n\n"
        "Nothing is planned for Dana, who asked not to be written to."
    )
    won = event("2026-05-04", "hired_here")
    text = told(event("2026-05-05", "going_on"), before=(won,))
    assert "On it goes" not in text


def test_no_mail_is_made_for_whoever_asked_not_to_be_written_to() -> None:
    stop = event("2026-05-04", "stop", scope=StopScope.PERSON)
    text = told(event("2026-05-05", "replied", tone=Tone.WARM), before=(stop,))
    assert "mailto:" not in text
    assert "```" not in text
    assert "below" not in text


def test_a_warm_answer_comes_with_words_of_thanks() -> None:
    text = told(event("2026-05-05", "replied", tone=Tone.WARM), before=(SENT,))
    assert "within two days" in text
    assert "[Open a mail to Dana in my mail app](mailto:dana-okafor@example.com" in text
    assert "Maya Torres (interviewed for Senior Technical Writer, January 2026)" in text


def test_two_answers_are_not_thanked_in_the_same_words() -> None:
    first = event("2026-05-05", "replied", tone=Tone.NEUTRAL)
    second = event("2026-05-06", "replied", tone=Tone.NEUTRAL)
    one, two = told(first), told(second, before=(first,))
    assert one.partition("```")[2] != two.partition("```")[2]


def test_without_a_name_to_sign_with_no_mail_is_made() -> None:
    text = told(
        event("2026-05-05", "replied", tone=Tone.NEUTRAL),
        settings=settings(you=None),
    )
    assert "```" not in text
    assert not text.partition("\n")[0].endswith(":")


def test_a_referral_thanks_today_and_names_the_newcomer() -> None:
    text = told(event("2026-05-05", "referred", to="lee-park"), newcomer="Lee Park")
    assert text.startswith("Dana sent you to Lee Park, who has a file now")
    assert "Lee Park" in text.partition("```")[2]


def test_hired_here_turns_the_no_around() -> None:
    text = told(event("2026-05-05", "hired_here"))
    assert text.startswith("They said no, and now they have said yes. Congratulations")


def helpers(*companies: str) -> list[Contact]:
    warm = event("2026-04-05", "replied", tone=Tone.WARM)
    return [
        contact(f"helper-{n}", company=each, rejections=(no(),), history=(warm,))
        for n, each in enumerate(companies)
    ]


@pytest.mark.parametrize("mode", ElsewhereMode)
def test_hired_elsewhere_is_good_news_without_a_decision_to_make(
    mode: ElsewhereMode,
) -> None:
    happened = event("2026-05-05", "hired_elsewhere", mode=mode)
    place = placed(*helpers("Acme", "Acme", "Bolt", "Crane"))
    said = Answer(kind=AnswerKind.ORDER, event=happened)
    text = answer(place, said)
    assert text.startswith("Congratulations, Maya.")
    assert "There is no hurry to decide more" in text
    mails = text.split("```text")[1:]
    assert len(mails) == 3
    bodies = {each.partition("\n")[2].partition("\n")[2][:80] for each in mails}
    assert len(bodies) == 3


def test_somebody_who_asked_to_be_left_alone_is_not_told_the_news() -> None:
    (helper,) = helpers("Acme")
    stop = event("2026-04-20", "stop", scope=StopScope.PERSON)
    place = placed(replace(helper, history=(*helper.history, stop)))
    happened = event("2026-05-05", "hired_elsewhere", mode=ElsewhereMode.KEEP)
    assert "```" not in answer(place, Answer(kind=AnswerKind.ORDER, event=happened))


def test_a_referrer_who_asked_to_be_left_alone_is_not_announced_either() -> None:
    stop = event("2026-04-20", "stop", scope=StopScope.PERSON)
    before = contact("samir-haddad", rejections=(no(),), history=(stop,))
    who = replace(DANA, referred_by="samir-haddad", since=day("2026-04-01"))
    place = placed(who, before)
    happened = event("2026-05-05", "hired_here")
    text = answer(
        place,
        Answer(
            kind=AnswerKind.ORDER,
            contact=who,
            standing=standing_of(place, who.slug),
            event=happened,
        ),
    )
    assert "Samir" not in text


# --- a rejection ---------------------------------------------------------------


def welcomed(*others: Contact, recent: bool = True, **fields: Any) -> str:
    from pipeline.planning.preview import preview  # noqa: PLC0415 - here alone

    place = placed(*others, DANA, **fields)
    said = Answer(
        kind=AnswerKind.WELCOME,
        contact=DANA,
        standing=standing_of(place, DANA.slug, day("2026-01-31")),
        plan=preview(place, DANA.slug, day("2026-01-31"), HOLIDAYS),
        recent=recent,
    )
    return answer(replace(place, contacts={e.slug: e for e in others}), said)


def test_the_first_rejection_is_answered_with_everything_that_matters() -> None:
    assert welcomed().partition("\n\n<details>")[0] == (
        "**It is written down, Maya. You don't have to carry it.**\n\n"
        "Dana Okafor · Brightwater · Senior Technical Writer · no on 30 January 2026, "
        "after the interview; someone else was chosen.\n\n"
        "| When | What |\n|---|---|\n"
        "| Sun 1 Feb 2026 | four questions to yourself, if you like |\n"
        "| Thu 30 Apr 2026 | a short mail to Dana |\n"
        "| Tue 30 Jun 2026 | a document with a two-line note |\n"
        "| Fri 30 Oct 2026 | another |\n"
        "| Mon 1 Mar 2027 | your call whether to go on |\n\n"
        "Each date moves with the day you really send. You will get an issue like this "
        "one, with the text ready. Nothing is ever sent for you.\n\n"
        "Messages are signed **Maya Torres**, and days are counted in `UTC`. To change "
        "that, comment `/me NAME; MAIL; ZONE` on the front desk.\n\n"
        "Something wrong: edit `contacts/dana-okafor.yml`, and the dates follow. "
        "Nothing to do tonight. Keep applying elsewhere."
    )


def test_a_later_rejection_is_answered_without_the_introductions() -> None:
    text = welcomed(contact("lee-park", rejections=(no(),)))
    assert text.startswith("**It is written down. You don't have to carry it.**")
    assert "/me" not in text


def test_an_answer_to_the_no_is_offered_while_it_is_fresh_and_folded_away() -> None:
    assert "two lines of thanks" in welcomed()
    assert "two lines of thanks" not in welcomed(recent=False)
    assert "two lines of thanks" not in welcomed(settings=settings(you=None))


def test_whoever_has_not_said_who_signs_is_asked() -> None:
    text = welcomed(settings=settings(you=None))
    assert text.startswith("**It is written down. You don't have to carry it.**")
    assert "Messages need a name under them: comment `/me NAME; MAIL; ZONE`" in text


# --- what could not be done ----------------------------------------------------


def bare(kind: AnswerKind, **fields: Any) -> str:
    return answer(placed(), Answer(kind=kind, **fields))


def test_a_line_that_was_not_understood_is_shown_with_what_to_write() -> None:
    text = bare(
        AnswerKind.MISREAD,
        line="/wait until ` then",
        detail="write a date: `2026-05-01`",
    )
    assert text == (
        "This line was not understood, and nothing was done: "
        "``/wait until ` then``\n\nWrite a date: `2026-05-01`."
    )


def test_a_stop_that_could_mean_two_people_asks_which() -> None:
    place = placed(DANA, contact("dana-park", company="Acme"))
    text = answer(
        place, Answer(kind=AnswerKind.WHICH, candidates=("dana-okafor", "dana-park"))
    )
    assert text.startswith("Two people could be meant, so nothing goes to any of them")
    assert "- `/stop dana-park` for Dana Park · Acme" in text


def test_a_file_that_could_not_be_written_is_said_to_be_as_it_was() -> None:
    text = bare(AnswerKind.REFUSED, detail="add `- {date: 2026-05-01}` by hand")
    assert text.startswith("This was not written down; the file is as it was. Add `-")


def test_what_waits_for_a_file_asks_for_nothing_to_be_said_again() -> None:
    asked = bare(AnswerKind.WAITS)
    assert asked.endswith("written down by itself. There is nothing to write again.")
    stop = bare(AnswerKind.WAITS, event=event("2026-05-06", "stop"))
    assert stop == f"{asked} Until then, please leave unsent what is still open here."


def test_a_stop_without_a_file_tells_what_it_cannot_reach() -> None:
    stop = event("2026-05-06", "stop")
    one = bare(AnswerKind.KEPT, event=stop)
    assert one.startswith("Done, although the file of this person is gone")
    assert one.endswith("put the file back, then run `./notyet unstop`.")
    wide = bare(AnswerKind.KEPT, event=replace(stop, scope=StopScope.COMPANY))
    assert "write `/stop company` on an issue of somebody else there" in wide


def test_an_old_entry_is_explained_and_the_newest_can_be_taken_back() -> None:
    later = event("2026-07-06", "sent", touch="portfolio_note/1")
    who = replace(DANA, history=(SENT, later))
    place = placed(who)
    said = Answer(
        kind=AnswerKind.OLDER,
        contact=who,
        standing=standing_of(place, who.slug),
        event=SENT,
    )
    text = answer(place, said)
    assert "Since then there was your mail of 6 July 2026." in text
    assert "`contacts/dana-okafor.yml`" in text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (AnswerKind.NOTHING, "nothing to change"),
        (AnswerKind.NOTHING_TO_UNDO, "nothing left to take back"),
        (AnswerKind.STOPPED, "asked not to be written to"),
        (AnswerKind.UNDONE, "Taken back"),
    ],
)
def test_what_changes_nothing_is_answered_too(kind: AnswerKind, words: str) -> None:
    assert words in bare(kind)


def test_a_stop_of_an_earlier_day_is_not_undone_but_has_a_way() -> None:
    stop = event("2026-05-04", "stop", scope=StopScope.PERSON)
    text = bare(AnswerKind.NOTHING_TO_UNDO, event=stop, contact=DANA)
    assert "./notyet unstop" in text
