"""Messages: short, honest, self-contained, fitted to what happened, never twice."""

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.model import (
    Cause,
    Channel,
    Event,
    Formality,
    Role,
    Stage,
    Step,
    Tone,
    You,
)
from pipeline.writing.drafts import LINKEDIN, MAIL, NOTE, excess, turn_of
from pipeline.writing.templating import KNOWN, OURS, ours
from tests.factories import contact, document, event, workspace
from tests.writing.situations import (
    MAYA,
    NOTES,
    TALK,
    TOPIC,
    cases,
    context_of,
    decisions,
    no,
    person_for,
    standing_of,
    written,
)

CASES = list(cases())
TURNS = range(6)
NEVER_SAID = (
    "checking in",
    "check in",
    "touching base",
    "touch base",
    "circle back",
    "circling back",
    "following up",
    "follow up",
    "follow-up",
    "hope this finds you",
    "hope you are doing well",
    "reach out",
    "reaching out",
    "any update",
    "any news",
    "keep me in mind",
    "consider me",
    "pick your brain",
    "quick question",
    "quick note",
    "bumping",
    "at your earliest convenience",
    "as per my",
    "look forward to hearing",
    "looking forward to hearing",
    "hear from you soon",
    "get back to me",
    "let me know",
    "would love to",
    "feel free",
    "opportunity",
    "vacancies",
    "openings",
    "my résumé",
    "my resume",
    "available for",
    "chance to talk",
    "please reply",
    "please answer",
    "please respond",
    "in case you missed",
    "trojan",
    "dream job",
    "reconsider",
    "why not me",
    "unfortunately",
    "disappointed",
)
PRONOUNS = re.compile(r"\b(he|she|him|her|his|hers|himself|herself)\b", re.IGNORECASE)
BLANK = re.compile(
    r"\[[^\]]*\]|\{[^}]*\}|<[^>]*>|_{2,}|\.{3}|…|\bX{2,}\b|\b(TODO|TBD|NAME|COMPANY)\b"
    r"|\bsample\b.*\bsample\b|\(\s*\)|\bNone\b|  |\s[,.;:]|[,;:]\s*[,.;]|:\s*$"
)


def text_of(kind: str, turn: int, **fields: Any) -> str:
    found = written(kind, turn, **fields)
    return f"{found.subject}\n{found.body}"


@pytest.mark.parametrize(("kind", "channel", "formality"), CASES)
def test_a_message_is_short(kind: str, channel: Channel, formality: Formality) -> None:
    for turn in TURNS:
        for with_document in (TALK, None):
            found = written(
                kind,
                turn,
                with_document=with_document,
                channel=channel,
                formality=formality,
            )
            if channel is Channel.LINKEDIN:
                assert len(found.body) <= LINKEDIN == 200
            elif channel is Channel.POST or kind in NOTES:
                assert len(found.body.split()) <= NOTE < 40
            else:
                assert len(found.body.split()) <= MAIL < 120


LONG: dict[str, Any] = {
    "name": "Prof. Dr. Maria-Magdalena Hohenstein-Szczepanowska",
    "rejections": (
        no(
            position="Senior Principal Technical Writer for Embedded Safety Systems "
            "in Medical Imaging (m/f/d)",
            topics=("how to keep eleven translations of one manual in step " * 2,),
        ),
    ),
}
LONG_TALK = document(
    title="How we brought one source, four manuals and eleven translations together",
    url="https://example.com/maya/" + "a-long-way-to-say-it/" * 6,
    note_ideas=("Page 3 shows what took a year, and page 4 what it saved us since",),
)


@pytest.mark.parametrize(("kind", "channel", "formality"), CASES)
def test_a_message_stays_short_where_everything_else_is_long(
    kind: str, channel: Channel, formality: Formality
) -> None:
    """What is missed least goes first, at last parts of the long names themselves."""
    for turn in TURNS:
        found = written(
            kind,
            turn,
            with_document=LONG_TALK,
            channel=channel,
            formality=formality,
            **LONG,
        )
        assert excess(found.body, kind, channel) <= 0, found.body
        assert "Maya Torres" in found.body


@pytest.mark.parametrize(("kind", "channel", "formality"), CASES)
def test_a_message_says_who_writes_which_position_it_was_and_when(
    kind: str, channel: Channel, formality: Formality
) -> None:
    for turn in TURNS:
        found = written(kind, turn, channel=channel, formality=formality)
        assert "Maya Torres" in found.body
        if kind == "referred":
            assert "Samir Haddad" in found.body
        else:
            assert "Senior Technical Writer" in found.body
            assert re.search(r"Jan(uary)? 2026", found.body)


@pytest.mark.parametrize(("kind", "channel", "formality"), CASES)
def test_a_mail_can_be_answered_when_it_is_passed_on(
    kind: str, channel: Channel, formality: Formality
) -> None:
    """A note is the exception: there the document itself says who wrote it."""
    for turn in TURNS:
        found = written(kind, turn, channel=channel, formality=formality)
        if channel is Channel.EMAIL and kind not in NOTES:
            assert found.body.endswith("+1 512 555 0142 · https://example.com/maya")


@pytest.mark.parametrize("formality", Formality)
def test_nothing_is_asked_and_nothing_worn_out_is_said(formality: Formality) -> None:
    for kind, channel, _ in CASES:
        for turn in TURNS:
            for with_document in (TALK, None):
                text = text_of(
                    kind,
                    turn,
                    with_document=with_document,
                    channel=channel,
                    formality=formality,
                ).casefold()
                assert [each for each in NEVER_SAID if each in text] == []


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_no_sentence_of_ours_asks_or_shouts(name: str) -> None:
    said = re.sub(r"\{[%{].*?[%}]\}", "", ours(f"{OURS}/{name}"), flags=re.DOTALL)
    assert "?" not in said
    assert "!" not in said


@pytest.mark.parametrize(("kind", "channel", "formality"), CASES)
def test_nobody_meets_the_same_text_within_five_messages(
    kind: str, channel: Channel, formality: Formality
) -> None:
    for turn in TURNS:
        found = [
            written(kind, turn + number, channel=channel, formality=formality)
            for number in range(6)
        ]
        assert len({each.body for each in found}) == 6
        if channel is Channel.EMAIL:
            assert len({each.subject for each in found}) == 6


def test_nobody_meets_the_same_text_in_two_kinds() -> None:
    seen: dict[str, str] = {}
    for formality in Formality:
        for kind, channel, _ in CASES:
            for turn in TURNS:
                body = written(kind, turn, channel=channel, formality=formality).body
                assert seen.setdefault(body, kind) == kind


@given(
    st.lists(
        st.sampled_from(["sent", "skipped", "snoozed", "note", "replied"]),
        min_size=1,
        max_size=14,
    )
)
def test_it_is_messages_that_take_their_turn_whatever_else_happens(
    kinds: list[str],
) -> None:
    """Skipping goes on to the next round, and must not bring an old text back."""
    history: list[Event] = []
    turns = []
    for number, kind in enumerate(kinds):
        if kind == "sent":
            now = standing_of(workspace(contact(history=tuple(history))), "dana-okafor")
            turns.append(turn_of(contact(), now))
        fields = {"touch": f"portfolio_note/{number + 1}"} if kind == "skipped" else {}
        history.append(event("2026-05-01", kind, **fields))
    assert all(after - before == 1 for before, after in pairwise(turns))


def test_renaming_a_file_does_not_bring_an_old_text_back() -> None:
    one, two = contact("dana-okafor"), contact("dana-o", name="Dana Okafor")
    now = standing_of(workspace(one), "dana-okafor")
    assert turn_of(one, now) == turn_of(two, now)


HOPES_SEARCH = re.compile(r"hope[^.]*(end(ed)?|search|matter)\b", re.IGNORECASE)
CHOICE = re.compile(
    r"(hope|trust)[^.]*\b(choice|decision|person you chose|new start|new beginning)\b"
    r"|new beginning",
    re.IGNORECASE,
)
SOMEONE = re.compile(r"someone else|your own ranks")


@pytest.mark.parametrize(("cause", "stage", "role"), list(decisions()))
def test_a_check_in_fits_what_happened(cause: Cause, stage: Stage, role: Role) -> None:
    """Unknown: the search ended well. Someone hired: the choice. Elsewhere neither."""
    agency = role in (Role.AGENCY, Role.RECRUITER)
    rejections = (no(cause=cause, stage=stage),)
    for formality in Formality:
        for channel in Channel:
            for turn in TURNS:
                body = written(
                    "check_in",
                    turn,
                    rejections=rejections,
                    role=role,
                    channel=channel,
                    formality=formality,
                ).body
                unknown = cause in (Cause.UNKNOWN, Cause.SILENCE) and not agency
                hired = cause is Cause.SOMEONE_HIRED and not agency
                assert bool(HOPES_SEARCH.search(body)) == unknown
                hoped = CHOICE.search(body) or "right decision" in body
                assert bool(hoped) == hired
                if cause not in (Cause.SOMEONE_HIRED, Cause.INTERNAL_HIRE) or agency:
                    assert not SOMEONE.search(body)


@pytest.mark.parametrize(("cause", "stage", "role"), list(decisions()))
def test_nobody_is_said_to_have_interviewed_who_did_not(
    cause: Cause, stage: Stage, role: Role
) -> None:
    met = stage in (Stage.INTERVIEW, Stage.FINAL)
    rejections = (no(cause=cause, stage=stage),)
    for kind, channel, formality in CASES:
        if kind in ("referred", "successor"):
            continue
        body = written(
            kind,
            sum(map(ord, kind + role)),
            rejections=rejections,
            role=role,
            channel=channel,
            formality=formality,
        ).body
        if not met or role in (Role.AGENCY, Role.RECRUITER):
            assert "interviewed" not in body


@pytest.mark.parametrize(("kind", "channel", "formality"), CASES)
def test_no_blank_is_left_and_no_pronoun_is_guessed(
    kind: str, channel: Channel, formality: Formality
) -> None:
    bare = no(topics=(), cause=Cause.UNKNOWN)
    short = You(name="Maya Torres")
    plain = document("plain", title="Plain", url=None, file="plain.pdf")
    for turn in TURNS:
        for rejection in (no(), bare):
            for with_document in (TALK, plain, None):
                for you in (MAYA, short):
                    text = text_of(
                        kind,
                        turn,
                        with_document=with_document,
                        you=you,
                        rejections=(rejection,),
                        channel=channel,
                        formality=formality,
                        newcomer="" if you is short else "Lee Park",
                    )
                    assert not BLANK.search(text), text
                    assert not PRONOUNS.search(text), text


def test_a_missing_topic_takes_its_sentence_along() -> None:
    for turn in TURNS:
        body = written("check_in", turn, rejections=(no(topics=()),)).body
        assert "said about" not in body
        assert "spoke about" not in body
        assert TOPIC in written("check_in", turn).body


@pytest.mark.parametrize(
    ("name", "familiar"),
    [
        ("Dana Okafor", "Dana"),
        ("Dr. Dana Okafor", "Dr. Dana Okafor"),
        ("Okafor, Dana", "Okafor, Dana"),
        ("J. Abara", "J. Abara"),
        ("Suharto", "Suharto"),
        ("Mx Lee Park", "Mx Lee Park"),
    ],
)
def test_no_salutation_is_derived_from_a_name(name: str, familiar: str) -> None:
    assert written("check_in", 0, name=name).body.startswith(f"Hello {familiar},\n")
    formal = written("check_in", 0, name=name, formality=Formality.FORMAL)
    assert formal.body.startswith(f"Dear {name},\n")


def test_what_somebody_wants_to_be_called_stands_as_written() -> None:
    formal = written(
        "check_in", 0, formality=Formality.FORMAL, address_as="Professor Okafor"
    )
    assert formal.body.startswith("Dear Professor Okafor,")
    assert written("thanks", 0, address_as="D.").body.startswith("Hello D.,")


def test_no_template_knows_anybody_of_the_samples() -> None:
    people = re.compile(r"Maya|Torres|Dana|Okafor|Jana|Muster|Brightwater|Samir|Lee")
    for name in KNOWN:
        assert not people.search(ours(f"{OURS}/{name}")), name


def test_a_colleague_who_has_found_work_does_not_speak_of_looking_for_it() -> None:
    hired = (event("2026-05-01", "hired_elsewhere"),)
    for kind in ("check_in", "portfolio_note", "first_note", "warm_note"):
        for formality in Formality:
            for turn in TURNS:
                body = written(kind, turn, formality=formality, history=hired).body
                assert "still interests me" not in body
                assert "applied for" not in body


# --- which kind ----------------------------------------------------------------


def kind_after(*history: Event) -> str:
    who = contact(history=history)
    return context_of(who, on="2027-11-01", step=Step.PORTFOLIO_NOTE).kind


def test_the_kind_of_a_note_follows_from_what_there_was() -> None:
    greeted = event("2026-05-01", "sent", touch="check_in/1")
    noted = event("2026-08-03", "sent", touch="portfolio_note/1", document="one-source")
    warm = event("2026-08-05", "replied", tone=Tone.WARM)
    gone = event("2026-09-01", "moved", company="Northgate")
    assert kind_after(greeted) == "first_note"
    assert kind_after(greeted, noted) == "portfolio_note"
    assert kind_after(greeted, noted, warm) == "warm_note"
    assert kind_after(greeted, noted, warm, gone) == "moved"


def test_whoever_was_named_by_a_referrer_is_not_taken_for_a_successor() -> None:
    new, old = person_for("referred")

    def kind(*history: Event) -> str:
        before = replace(old, history=history)
        return context_of(new, before, on="2026-06-08", step=Step.PORTFOLIO_NOTE).kind

    left = event("2026-05-02", "left")
    assert kind() == "referred"
    assert kind(left) == "successor"
    assert kind(event("2026-05-01", "referred", to=new.slug), left) == "referred"
    assert kind(event("2026-07-01", "left")) == "referred"
