"""Comments as people type them on a phone, and what is understood."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Channel, ElsewhereMode, EventKind, StopScope, Tone
from pipeline.reconciling.grammar import Misread, Order, Person, read_comment
from pipeline.reconciling.vocabulary import COMMANDS, DESK, ISSUE
from pipeline.reconciling.when import Unclear, read_day

TODAY = dt.date(2026, 5, 6)  # a Wednesday
DOCUMENTS = ("one-source", "talk-graz")
PEOPLE = (
    Person("jana-muster", "Jana Muster"),
    Person("jose-perez", "José Pérez"),
    Person("jana-lind", "Jana Lind"),
)


def read(text: str, *, desk: bool = False) -> tuple[Order | Misread, ...]:
    people = PEOPLE if desk else None
    return read_comment(text, today=TODAY, documents=DOCUMENTS, people=people)


def one(text: str, *, desk: bool = False) -> Order:
    (order,) = read(text, desk=desk)
    assert isinstance(order, Order), order
    return order


def event(text: str) -> dict[str, object]:
    found = one(text).event
    assert found is not None
    names = [n for n in found.__struct_fields__ if getattr(found, n) not in (None, ())]
    return {name: getattr(found, name) for name in names if name != "event"}


def wrong(text: str, *, desk: bool = False) -> str:
    (misread,) = read(text, desk=desk)
    assert isinstance(misread, Misread), misread
    return misread.remedy


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/sent", {"date": TODAY}),
        ("/Sent Yesterday", {"date": dt.date(2026, 5, 5)}),
        ("/sent monday", {"date": dt.date(2026, 5, 4)}),
        ("/sent 4 May", {"date": dt.date(2026, 5, 4)}),
        (
            "/sent May 4th, via post",
            {"date": dt.date(2026, 5, 4), "channel": Channel.POST},
        ),
        ("/sent with one-source", {"date": TODAY, "document": "one-source"}),
        (
            "/sent 2026-05-01 via LinkedIn with talk-graz",
            {
                "date": dt.date(2026, 5, 1),
                "channel": Channel.LINKEDIN,
                "document": "talk-graz",
            },
        ),
        ("- /skip on leave", {"date": TODAY, "reason": "on leave"}),
        ("/snooze 3w", {"date": TODAY, "until": dt.date(2026, 5, 27)}),
        ("/snooze until 1 December", {"date": TODAY, "until": dt.date(2026, 12, 1)}),
        ("/replied", {"date": TODAY}),
        (
            "/replied warm planning opens in September",
            {"date": TODAY, "tone": Tone.WARM, "text": "planning opens in September"},
        ),
        ("/replied Not now.", {"date": TODAY, "tone": Tone.NOT_NOW}),
        ("/replied warmly, she said", {"date": TODAY, "text": "warmly, she said"}),
        ("/wait until May", {"date": TODAY, "until": dt.date(2027, 5, 1)}),
        ("/pause", {"date": TODAY}),
        ("/moved Example AG", {"date": TODAY, "company": "Example AG"}),
        ("/stop", {"date": TODAY, "scope": StopScope.PERSON}),
        ("/stop company", {"date": TODAY, "scope": StopScope.COMPANY}),
        ("/hired", {"date": TODAY}),
        ("/hired elsewhere light", {"date": TODAY, "mode": ElsewhereMode.LIGHT}),
        ("/shared One-Source", {"date": TODAY, "document": "one-source"}),
        ("/note\u00a0met her", {"date": TODAY, "text": "met her"}),
    ],
)
def test_a_command_is_read_leniently(text: str, expected: dict[str, object]) -> None:
    assert event(text) == expected


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("/sent 5/4/2026", "2026-04-05 or 2026-05-04"),
        ("/sent tomorrow", "still to come"),
        ("/sent when it rained", "write a day like"),
        ("/snooze yesterday", "after today"),
        ("/snooze", "until when"),
        ("/snooze May 5 2026", "after today"),
        ("/sent via pigeon", "via post"),
        ("/sent with one-sorce", "did you mean `one-source`"),
        ("/moved", "the new company"),
        ("/snoze 3w", "did you mean `/snooze"),
        ("/xyzzy", "there is no such command"),
        ("/interview on friday", "/note on friday"),
        ("/away until May", "front desk"),
        ("/hired somewhere", "/hired elsewhere"),
    ],
)
def test_what_is_unclear_is_answered_with_what_to_write(text: str, remedy: str) -> None:
    assert remedy in wrong(text)


def test_only_lines_above_the_first_other_text_count() -> None:
    """Quoted mail below may hold anything."""
    text = "\n/replied warm yes\n\n/wait until 1 June\nShe wrote:\n> /stop\n/stop"
    orders = [o for o in read(text) if isinstance(o, Order)]
    assert [(o.line, o.verb) for o in orders] == [(2, "replied"), (4, "wait")]


def test_a_quoted_command_is_no_command() -> None:
    assert read("> /stop") == ()
    assert read("please /stop") == ()


def test_a_person_is_named_on_the_front_desk() -> None:
    assert one("/sent jana-muster yesterday", desk=True).people == ("jana-muster",)
    assert one("/replied Jana Muster warm hello", desk=True).people == ("jana-muster",)
    assert one("/bounced jose", desk=True).people == ("jose-perez",)
    assert "jana-muster, jana-lind" in wrong("/sent Jana", desk=True)
    assert "whom you mean" in wrong("/sent yesterday", desk=True)


def test_an_ambiguous_stop_holds_everyone_it_could_mean() -> None:
    assert one("/stop Jana", desk=True).people == ("jana-muster", "jana-lind")


def test_some_commands_concern_nobody_else() -> None:
    assert one("/away until 1 September", desk=True).everyone
    assert one("/hired elsewhere close", desk=True).everyone
    assert not one("/hired jose", desk=True).everyone


def test_a_rejection_is_taken_from_one_line() -> None:
    order = one(
        "/reject Acme; Editor: web; Ana Sol; <ana@example.com>; 1 May", desk=True
    )
    assert order.newcomer is not None
    assert order.newcomer.company == "Acme"
    assert order.newcomer.position == "Editor: web"
    assert order.newcomer.email == "ana@example.com"
    assert order.newcomer.rejected_on == dt.date(2026, 5, 1)
    assert "company and position" in wrong("/reject Acme", desk=True)
    assert "no mail address" in wrong("/reject Acme; Editor; Ana; ana", desk=True)


def test_a_referral_names_somebody_new() -> None:
    order = one("/referred Ana Sol <ana@example.com>")
    assert order.newcomer is not None
    assert (order.newcomer.name, order.newcomer.email) == ("Ana Sol", "ana@example.com")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.verb)
def test_every_example_in_the_table_works(command: object) -> None:
    assert isinstance(command, type(COMMANDS[0]))
    if ISSUE in command.where:
        assert one(command.example).verb == command.verb
    else:
        assert one(command.example, desk=True).verb == command.verb
    assert command.where <= (ISSUE, DESK) or command.where == (DESK,)


@pytest.mark.parametrize(
    ("text", "ahead", "expected"),
    [
        ("today", False, "2026-05-06"),
        ("wed", False, "2026-05-06"),
        ("last wednesday", False, "2026-04-29"),
        ("thursday", False, "2026-04-30"),
        ("3 days ago", False, "2026-05-03"),
        ("last week", False, "2026-04-29"),
        ("20.4.", False, "2026-04-20"),
        ("20/4", False, "2026-04-20"),
        ("31 December", False, "2025-12-31"),
        ("Dec 31 2025", False, "2025-12-31"),
        ("4/4/2026", False, "2026-04-04"),
        ("wednesday", True, "2026-05-13"),
        ("next month", True, "2026-06-06"),
        ("two weeks", True, "2026-05-20"),
        ("in 2 months", True, "2026-07-06"),
        ("september", True, "2026-09-01"),
        ("29 February", True, "2028-02-29"),
        ("1.9.2026", True, "2026-09-01"),
        ("2026/9/1", True, "2026-09-01"),
    ],
)
def test_days_as_people_write_them(text: str, ahead: bool, expected: str) -> None:
    assert str(read_day(text, TODAY, ahead=ahead)) == expected


@pytest.mark.parametrize("text", ["5/4", "6-7-2026", "may", "32 May", "soon", "", "13"])
def test_what_is_no_single_day_is_asked_back(text: str) -> None:
    with pytest.raises(Unclear, match="write"):
        read_day(text, dt.date(2027, 1, 1), ahead=False)


@given(st.text(max_size=80))
def test_no_text_raises(text: str) -> None:
    for line in (
        text,
        f"/sent {text}",
        f"/snooze {text}",
        f"/reject {text}",
        f"/me {text}",
    ):
        read(line)
        read(line, desk=True)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), st.booleans())
def test_a_day_obeys_its_direction(day: dt.date, ahead: bool) -> None:
    try:
        found = read_day(f"{day:%d %B}", TODAY, ahead=ahead)
    except Unclear:
        return
    assert (found > TODAY) is ahead


def test_every_event_of_a_command_is_in_the_table_of_events() -> None:
    from pipeline.files.events import EVENTS  # noqa: PLC0415

    said = {kind for kind, spec in EVENTS.items() if spec.command}
    offered = {c.kind for c in COMMANDS if c.kind} | {EventKind.HIRED_ELSEWHERE}
    assert said == offered
