"""Every command of the table: the event it records, and the answer it gets."""

from pathlib import Path

import pytest
from msgspec import json

from pipeline.errors import UsageError
from pipeline.files.workspace import load
from pipeline.model import TrackerState
from pipeline.reconciling.identity import acks_in
from pipeline.reconciling.vocabulary import COMMANDS, DESK, ISSUE
from tests.reconciling.scenes import Scene, day

CHECK_IN = "dana-okafor/check_in/1"
TODAY = "2026-05-06"
# Command ▸ what the history gains beside date, event and source; words of the answer.
EXPECTED: dict[str, tuple[dict[str, str], str]] = {
    "/sent yesterday via post": (
        {"date": "2026-05-05", "event": "sent", "touch": "check_in/1"}
        | {"channel": "post"},
        "Recorded: your card of 5 May 2026 to Dana",
    ),
    "/sent with one-source": (
        {"event": "sent", "channel": "email", "document": "one-source"},
        "Recorded: ",
    ),
    "/skip on leave": (
        {"event": "skipped", "touch": "check_in/1", "reason": "on leave"},
        "Left out, and nothing is lost",
    ),
    "/snooze 3w": (
        {"event": "snoozed", "touch": "check_in/1", "until": "2026-05-27"},
        "It comes back on Wednesday 27 May 2026",
    ),
    "/replied warm planning opens in September": (
        {"event": "replied", "tone": "warm", "text": "planning opens in September"},
        "Dana has answered",
    ),
    "/replied not now": ({"event": "replied", "tone": "not_now"}, "Dana"),
    "/wait until September": (
        {"event": "wait_until", "until": "2026-09-01"},
        "nothing goes out before Tuesday 1 September 2026",
    ),
    "/referred Ana Sol <ana@example.com>": (
        {"event": "referred", "to": "ana-sol"},
        "Ana Sol",
    ),
    "/interview": ({"event": "interview"}, "They asked you in"),
    "/offer": ({"event": "offer"}, "offer"),
    "/hired": ({"event": "hired_here"}, "hired"),
    "/bounced": (
        {"event": "bounced", "address": "dana-okafor@example.com"},
        "no longer works",
    ),
    "/left": ({"event": "left", "address": "dana-okafor@example.com"}, "has left"),
    "/moved Example AG": ({"event": "moved", "company": "Example AG"}, "Example AG"),
    "/shared one-source": (
        {"event": "shared", "document": "one-source"},
        "will not be offered it again",
    ),
    "/go": ({"event": "going_on"}, "On it goes with Dana"),
    "/slow": ({"event": "slowed"}, "about once a year"),
    "/pause until 1 March": (
        {"event": "paused", "until": "2027-03-01"},
        "until Monday 1 March 2027",
    ),
    "/end not my field now": (
        {"event": "ended", "reason": "not my field now"},
        "It rests",
    ),
    "/resume": ({"event": "resumed"}, "On it goes with Dana"),
    "/stop": ({"event": "stop", "scope": "person"}, "Nothing more will be suggested"),
    "/stop company": ({"event": "stop", "scope": "company"}, "Done"),
    "/note met her in Graz": (
        {"event": "note", "text": "met her in Graz"},
        "Noted, for you alone",
    ),
}
# What is tested on its own below, or concerns the user and no single person.
ELSEWHERE = {"undo", "away", "back", "reject", "me", "fix"}


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    made = Scene(tmp_path / "ws")
    made.person("dana-okafor")
    made.document("one-source")
    made.sync("2026-04-30")
    return made


def facts(scene: Scene, slug: str = "dana-okafor") -> dict[str, str]:
    """Give the newest event as the text in the file says it, without its source."""
    event = json.decode(json.encode(scene.events(slug)[-1]))
    touch = scene.events(slug)[-1].touch
    event |= {"touch": str(touch)} if touch else {}
    assert event.pop("source").startswith(("comment:", "command:"))
    return {name: str(value) for name, value in event.items()}


def test_no_command_is_left_untested() -> None:
    tested = {text.split()[0].removeprefix("/") for text in EXPECTED}
    assert tested | ELSEWHERE == {command.verb for command in COMMANDS}


@pytest.mark.parametrize("text", EXPECTED)
def test_a_command_on_an_issue_records_its_event_and_is_answered(
    scene: Scene, text: str
) -> None:
    expected, answer = EXPECTED[text]
    number = scene.number(CHECK_IN)
    scene.say(number, text, TODAY)
    report = scene.sync(TODAY)
    assert {"date": TODAY} | expected == {
        name: value for name, value in facts(scene).items() if name in expected | DATE
    }
    assert answer in scene.text(number).partition(f"{text}\n")[2]
    assert [kind for _, kind, _ in report.recorded] == [expected["event"]]
    assert scene.sync(TODAY).recorded == []


DATE = {"date": ""}


@pytest.mark.parametrize("text", EXPECTED)
def test_the_same_on_the_front_desk_by_name(scene: Scene, text: str) -> None:
    verb, _, rest = text.partition(" ")
    expected, answer = EXPECTED[text]
    desk = scene.number("front-desk")
    scene.say(desk, f"{verb} Dana {rest}".rstrip(), TODAY)
    scene.sync(TODAY)
    assert facts(scene).items() >= ({"date": TODAY} | expected).items()
    assert answer in scene.text(desk).partition(f"{verb} Dana")[2]


@pytest.mark.parametrize("named", ["dana-okafor", "Dana Okafor", "DANA", "dana,"])
def test_a_person_is_named_by_file_full_name_or_first_name(
    scene: Scene, named: str
) -> None:
    scene.say(scene.number("front-desk"), f"/note {named} met in Graz", TODAY)
    scene.sync(TODAY)
    assert facts(scene)["text"] == "met in Graz"


def test_every_command_of_one_comment_counts_in_its_order(scene: Scene) -> None:
    number = scene.number(CHECK_IN)
    scene.say(number, "/sent\n/replied warm\n/wait until May 2027", TODAY)
    scene.sync(TODAY)
    kinds = [str(each.event) for each in scene.events("dana-okafor")]
    assert kinds == ["sent", "replied", "wait_until"]


def test_a_pasted_mail_is_no_command(scene: Scene) -> None:
    number = scene.number(CHECK_IN)
    text = "/replied warm\n\nOn Monday Dana wrote:\n> /stop\n\n/stop\n/end"
    scene.say(number, text, TODAY)
    scene.sync(TODAY)
    assert [str(each.event) for each in scene.events("dana-okafor")] == ["replied"]


def test_a_closed_issue_takes_commands_for_ever(scene: Scene) -> None:
    number = scene.number(CHECK_IN)
    scene.close(number, TODAY)
    scene.sync(TODAY)
    scene.say(number, "/replied neutral thank you", "2028-01-10")
    scene.sync("2028-01-10")
    assert facts(scene)["event"] == "replied"
    assert str(scene.events("dana-okafor", "replied")[0].date) == "2028-01-10"


def test_undo_takes_the_newest_back_and_says_what(scene: Scene) -> None:
    number = scene.number(CHECK_IN)
    scene.say(number, "/sent yesterday", TODAY)
    scene.sync(TODAY)
    sent = scene.events("dana-okafor")[0]
    scene.say(number, "/undo", TODAY)
    report = scene.sync(TODAY)
    undone = scene.events("dana-okafor")[-1]
    assert (undone.event, undone.of) == ("undone", sent.source)
    assert [kind for _, kind, _ in report.recorded] == ["undone"]
    assert "Taken back: " in scene.text(number)
    assert scene.state(CHECK_IN) == "open"
    scene.say(number, "/undo", TODAY)
    scene.sync(TODAY)
    assert "nothing left to take back" in scene.text(number)


@pytest.mark.parametrize(
    ("text", "event", "answer"),
    [
        ("/away until 1 September", {"event": "away", "until": "2026-09-01"}, "until"),
        ("/back", {"event": "back"}, "Welcome back"),
        (
            "/hired elsewhere light",
            {"event": "hired_elsewhere", "mode": "light"},
            "Congratulations",
        ),
        ("/hired elsewhere", {"event": "hired_elsewhere", "mode": "keep"}, ""),
    ],
)
def test_what_concerns_the_user_stands_in_the_settings(
    scene: Scene, text: str, event: dict[str, str], answer: str
) -> None:
    desk = scene.number("front-desk")
    scene.say(desk, text, TODAY)
    report = scene.sync(TODAY)
    (found,) = load(str(scene.root)).settings.history
    assert json.decode(json.encode(found)).items() >= event.items()
    assert answer in scene.text(desk).partition(text)[2]
    assert [kind for _, kind, _ in report.recorded] == [event["event"]]


def test_a_day_before_what_was_said_of_oneself_is_refused(scene: Scene) -> None:
    scene.say(scene.number("front-desk"), "/away until 1 September", TODAY)
    scene.sync(TODAY)
    with pytest.raises(UsageError, match="lies before"):
        scene.sync("2026-05-04")


def test_hired_elsewhere_counts_wherever_it_is_said(scene: Scene) -> None:
    scene.say(scene.number(CHECK_IN), "/hired elsewhere close", TODAY)
    scene.sync(TODAY)
    assert scene.events("dana-okafor") == []
    assert len(load(str(scene.root)).settings.history) == 1


@pytest.mark.parametrize("text", ["/away until 1 September", "/hired elsewhere"])
def test_without_settings_nothing_is_lost_in_silence(tmp_path: Path, text: str) -> None:
    scene = Scene(tmp_path / "ws")
    (scene.root / "settings.yml").unlink()
    scene.sync("2026-04-30")
    desk = scene.number("front-desk")
    scene.say(desk, text, TODAY)
    assert scene.sync(TODAY).recorded == []
    assert "Say who signs first, like `/me" in scene.text(desk)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/away until May", "Write a day after today"),
        ("/frobnicate", "There is no such command; write one of /sent"),
        ("/snoze dana 3w", "Did you mean `/snooze 3w|DATE`"),
        ("/sent dana 5/4/2026", "Write 2026-04-05 or 2026-05-04; it could be either"),
        ("/sent dana 2025-05-04", "2025-05-04 is before 2026-01-30, when it began"),
        ("/replied", "Write whom you mean"),
        ("/note nobody hello", "Write whom you mean"),
        ("/sent dana with one-sorce", "did you mean `one-source`"),
        ("/reject Acme", "company and position are needed"),
        ("/me", "Write it as `/me NAME; MAIL; ZONE`"),
        ("/me Maya; ; Mars/Olympus", "Write the time zone like Europe/Berlin"),
    ],
)
def test_what_cannot_be_done_is_answered_with_what_to_write(
    scene: Scene, text: str, answer: str
) -> None:
    desk = scene.number("front-desk")
    before = (scene.root / "settings.yml").read_bytes()
    if text == "/away until May":
        text = "/away until 1 May 2026"
    scene.say(desk, text, TODAY)
    report = scene.sync(TODAY)
    scene.sync(TODAY)
    assert scene.text(desk).count(answer) == 1
    assert report.recorded == []
    assert (scene.root / "settings.yml").read_bytes() == before


def test_me_makes_the_settings_where_there_are_none(tmp_path: Path) -> None:
    scene = Scene(tmp_path / "ws")
    (scene.root / "settings.yml").unlink()
    scene.sync("2026-04-30")
    line = "/me Maya Torres; maya@example.com; Europe/Berlin"
    scene.say(scene.number("front-desk"), line, TODAY)
    scene.sync(TODAY)
    settings = load(str(scene.root)).settings
    assert settings.you is not None
    assert (settings.you.name, settings.you.email) == (
        "Maya Torres",
        "maya@example.com",
    )
    assert settings.timezone == "Europe/Berlin"


def test_a_referral_to_somebody_known_makes_no_second_file(scene: Scene) -> None:
    scene.person("ana-sol", email="ana@example.com")
    line = "/referred Ana Sol <ANA@example.com>"
    scene.say(scene.number(CHECK_IN), line, TODAY)
    report = scene.sync(TODAY)
    assert facts(scene)["to"] == "ana-sol"
    assert len(list((scene.root / "contacts").iterdir())) == 2
    assert report.problems == ()


def test_nobody_who_asked_to_stop_comes_back_by_a_command(scene: Scene) -> None:
    desk = scene.number("front-desk")
    scene.say(scene.number(CHECK_IN), "/stop company", TODAY)
    lines = (
        "/reject Okafor Instruments; Editor; D; dana-okafor@example.com",
        "/reject Okafor  INSTRUMENTS; Editor; Lee; lee@example.com",
    )
    scene.say(desk, "\n".join(lines), TODAY)
    scene.sync(TODAY)
    assert [each.name for each in (scene.root / "contacts").iterdir()] == [
        "dana-okafor.yml"
    ]
    assert len(scene.contact("dana-okafor").rejections) == 1
    answers = scene.text(desk).partition("/reject")[2]
    assert answers.count("asked not to be written to") == 2


def test_a_slip_of_one_takes_back_nothing_that_another_asked_for(scene: Scene) -> None:
    """Whoever asked for it is gone; the wish for the whole company is not."""
    here = scene.contact("dana-okafor").company
    for slug in ("lee-park", "ana-sol"):
        scene.person(slug, company=here)
    desk = scene.number("front-desk")
    scene.say(desk, "/stop ana-sol company\n/undo ana-sol", TODAY)
    scene.say(desk, "/stop lee-park company", TODAY)
    scene.sync(TODAY)
    (scene.root / "contacts/lee-park.yml").unlink()
    scene.say(desk, "/stop dana-okafor", "2026-05-20")
    scene.sync("2026-05-20")
    scene.say(desk, "/undo dana-okafor", "2026-05-20")
    for on in ("2026-05-20", "2026-06-30", "2027-01-30"):
        report = scene.sync(on)
        assert (report.opened, report.reopened) == ([], [])
        assert load(str(scene.root)).stopped.companies


def test_undo_on_an_issue_takes_back_what_was_answered_there_last(scene: Scene) -> None:
    """Though it is dated before something else, as a mail of yesterday is."""
    number = scene.number(CHECK_IN)
    scene.say(number, "/replied warm", TODAY)
    scene.sync(TODAY)
    scene.close(number, "2026-05-01")
    scene.sync(TODAY)
    scene.say(number, "/undo", TODAY)
    scene.sync(TODAY)
    assert [str(e.event) for e in scene.events("dana-okafor")] == [
        *("sent", "replied", "undone")
    ]
    assert "Taken back: your mail of 1 May 2026." in scene.text(number)


def test_what_was_said_elsewhere_on_a_later_day_is_the_last(scene: Scene) -> None:
    number = scene.number(CHECK_IN)
    scene.close(number, TODAY)
    scene.sync(TODAY)
    scene.say(scene.number("front-desk"), "/interview dana", "2026-05-20")
    scene.sync("2026-05-20")
    scene.say(number, "/undo", "2026-05-21")
    scene.sync("2026-05-21")
    assert "Taken back: the interview" in scene.text(number)


def test_undo_after_what_concerns_everyone_leaves_the_person_alone(
    scene: Scene,
) -> None:
    number = scene.number(CHECK_IN)
    scene.close(number, TODAY)
    scene.sync(TODAY)
    scene.say(number, "/hired elsewhere close", "2026-05-10")
    scene.sync("2026-05-10")
    scene.say(number, "/undo", "2026-05-10")
    scene.sync("2026-05-10")
    assert [str(each.event) for each in scene.events("dana-okafor")] == ["sent"]
    user = load(str(scene.root)).settings.history
    assert [str(each.event) for each in user] == ["hired_elsewhere", "undone"]
    assert "Taken back: the new job (10 May 2026)" in scene.text(number)
    scene.say(number, "/undo", "2026-05-11")
    scene.sync("2026-05-11")
    assert "Taken back: your mail" in scene.text(number)


# --- a stop that could mean several --------------------------------------------


def test_an_unclear_stop_pauses_all_and_the_answer_lets_the_others_go(
    scene: Scene,
) -> None:
    scene.person("dana-lind")
    desk = scene.number("front-desk")
    scene.say(desk, "/stop Dana company", TODAY)
    report = scene.sync(TODAY)
    assert [kind for _, kind, _ in report.recorded] == ["paused", "paused"]
    assert "- `/stop dana-lind company` for Dana Lind" in scene.text(desk)
    scene.say(desk, "/stop dana-lind company", "2026-05-07")
    report = scene.sync("2026-05-07")
    kinds = {
        slug: [str(each.event) for each in scene.events(slug)]
        for slug in ("dana-lind", "dana-okafor")
    }
    assert kinds["dana-okafor"] == ["paused", "undone"]
    assert "stop" in kinds["dana-lind"]
    assert {kind for _, kind, _ in report.recorded} == {"stop", "undone"}


def test_somebody_whose_file_is_broken_can_be_meant_as_well(scene: Scene) -> None:
    """The one file that can be read must not be stopped in place of the other."""
    scene.write("contacts/dana-lind.yml", "name: [Dana Lind\n")
    desk = scene.number("front-desk")
    scene.say(desk, "/stop Dana", TODAY)
    scene.sync(TODAY)
    assert [str(each.event) for each in scene.events("dana-okafor")] == ["paused"]
    scene.say(desk, "/stop dana-lind", TODAY)
    scene.sync(TODAY)
    scene.sync("2026-05-07")
    assert scene.text(desk).count("Heard, and kept.") == 1
    assert (scene.root / "contacts/dana-lind.yml").read_text() == "name: [Dana Lind\n"
    scene.person("dana-lind")
    scene.sync("2026-05-08")
    scene.sync("2026-05-09")
    (stop,) = scene.events("dana-lind", "stop")
    assert stop.date == day(TODAY)
    assert scene.text(desk).count("Nothing more will be suggested for Dana") == 1


def test_somebody_whose_file_has_gone_can_be_named_on_the_front_desk(
    scene: Scene,
) -> None:
    path = scene.root / "contacts/dana-okafor.yml"
    before = path.read_bytes()
    desk = scene.number("front-desk")
    scene.say(desk, "/stop dana-okafor", TODAY)
    path.unlink()
    scene.sync(TODAY)
    assert "Done, although the file of this person is gone" in scene.text(desk)
    scene.say(desk, "/note dana-okafor a\n/stop Dana", TODAY)
    scene.sync(TODAY)
    assert "No file of that name is here now" in scene.text(desk)
    assert "Write whom you mean after the command" in scene.text(desk)
    path.write_bytes(before)
    assert scene.sync("2026-12-01").opened == []
    assert scene.state(CHECK_IN) == "closed"


@pytest.mark.parametrize("text", ["/stop", "/stop company"])
def test_a_stop_holds_although_the_file_has_gone(scene: Scene, text: str) -> None:
    number = scene.number(CHECK_IN)
    path = scene.root / "contacts/dana-okafor.yml"
    before = path.read_bytes()
    path.unlink()
    scene.sync(TODAY)
    scene.say(number, text, TODAY)
    inbox = scene.root / "inbox" / f"{number:04}.md"
    unanswered = inbox.read_bytes()
    scene.sync(TODAY)
    answered = inbox.read_bytes()
    inbox.write_bytes(unanswered)  # as a run leaves it that dies before it answers
    ack = acks_in(answered.decode())[-1]
    state = scene.root / "state" / "issues.json"
    state.write_text(state.read_text().replace('"owed": []', f'"owed": ["{ack}"]'))
    scene.sync(TODAY)
    assert inbox.read_bytes() == answered
    assert "Done, although the file of this person is gone" in scene.text(number)
    assert ("Which company that was" in scene.text(number)) is ("company" in text)
    (scene.root / "contacts/dana-o.yml").write_bytes(before)  # under any name
    scene.sync("2026-05-07")
    assert scene.sync("2026-12-01").opened == []
    assert "okafor" not in (scene.root / "state/stopped.json").read_text()


def test_anything_else_said_of_somebody_whose_file_has_gone_is_said_to_be_lost(
    scene: Scene,
) -> None:
    number = scene.number(CHECK_IN)
    (scene.root / "contacts/dana-okafor.yml").unlink()
    scene.sync(TODAY)
    scene.say(number, "/note they called", TODAY)
    scene.sync(TODAY)
    assert "This was not written down" in scene.text(number)
    assert "No file of that name is here now; put it back" in scene.text(number)


def test_nothing_said_on_an_issue_that_nobody_knows_any_more_goes_unanswered(
    scene: Scene,
) -> None:
    """Closed, its file renamed, and the program's own notes lost."""
    number = scene.number(CHECK_IN)
    scene.close(number, TODAY, skip=True)
    scene.sync(TODAY)
    path = scene.root / "contacts/dana-okafor.yml"
    path.rename(path.with_name("dana-o.yml"))
    (scene.root / "state/issues.json").unlink()
    scene.say(number, "/stop", TODAY)
    scene.sync(TODAY)
    assert "No file of that name is here now; put it back" in scene.text(number)


@pytest.mark.parametrize("text", ["/stop Dana", "/undo dana-okafor", "/me Maya"])
def test_what_a_run_that_died_did_not_answer_is_answered_by_the_next(
    scene: Scene, text: str
) -> None:
    """As the files stand when a run dies between its commit and its answers."""
    scene.person("dana-lind")
    scene.say(scene.number(CHECK_IN), "/note a", TODAY)
    scene.sync(TODAY)
    desk = scene.number("front-desk")
    scene.say(desk, text, TODAY)
    inbox = scene.root / "inbox" / f"{desk:04}.md"
    unanswered = inbox.read_bytes()
    scene.sync(TODAY)
    answered = scene.text(desk).partition(text)[2].partition("notyet:ack ")
    inbox.write_bytes(unanswered)
    state = scene.root / "state" / "issues.json"
    owed = answered[2].split()[0]
    state.write_text(state.read_text().replace('"owed": []', f'"owed": ["{owed}"]'))
    assert json.decode(state.read_bytes(), type=TrackerState).owed == (owed,)
    scene.sync(TODAY)
    assert answered[0] in scene.text(desk).partition(text)[2]
    for slug in ("dana-okafor", "dana-lind"):
        sources = [each.source for each in scene.events(slug)]
        assert len(sources) == len(set(sources))


def test_an_undo_on_the_front_desk_takes_back_what_was_said_there_last(
    scene: Scene,
) -> None:
    """Though it is dated long before what was said in between."""
    desk = scene.number("front-desk")
    scene.say(desk, "/replied dana-okafor warm thanks", "2026-05-04")
    scene.sync("2026-05-04")
    scene.say(desk, "/sent dana-okafor 2026-04-20", TODAY)
    scene.sync(TODAY)
    scene.say(desk, "/undo dana-okafor", TODAY)
    scene.sync(TODAY)
    sent, replied, undone = scene.events("dana-okafor")
    assert (str(replied.event), str(undone.event)) == ("replied", "undone")
    assert undone.of == sent.source
    scene.say(scene.number(CHECK_IN), "/note a", TODAY)
    scene.sync("2026-05-09")  # said elsewhere, and later
    scene.say(desk, "/undo dana-okafor", "2026-05-09")
    scene.sync("2026-05-09")
    assert (
        scene.events("dana-okafor")[-1].of
        == scene.events("dana-okafor", "note")[0].source
    )


@pytest.mark.parametrize("undo", ["/undo", "### 2026-04-30\n/undo"])
def test_an_undo_on_an_issue_never_reaches_a_stop_said_elsewhere_in_the_meantime(
    scene: Scene, undo: str
) -> None:
    """Two files tell no order, and a request not to be written to has to hold."""
    number = scene.number(CHECK_IN)
    scene.close(number, TODAY)
    scene.sync(TODAY)
    with (scene.root / "inbox" / f"{number:04}.md").open("a") as file:
        file.write(f"\n{undo}\n")
    scene.say(scene.number("front-desk"), "/stop dana-okafor", TODAY)
    scene.sync(TODAY)
    kinds = sorted(str(each.event) for each in scene.events("dana-okafor"))
    assert kinds == ["sent", "stop", "undone"]
    assert scene.sync("2027-05-07").opened == []
    scene.say(number, "/stop\n/undo", TODAY)  # one place, so the order is known
    scene.sync("2027-05-07")
    assert "can be written to again" in scene.text(number)


def test_a_refused_command_does_not_come_true_later(scene: Scene) -> None:
    number = scene.number(CHECK_IN)
    scene.close(number, TODAY)
    scene.sync(TODAY)
    scene.say(number, "/snooze 3w", TODAY)
    scene.sync(TODAY)
    assert "nothing open for them" in scene.text(number)
    scene.say(number, "/undo", TODAY)
    scene.sync(TODAY)
    scene.sync("2026-05-07")
    assert scene.events("dana-okafor", "snoozed") == []
    assert scene.state(CHECK_IN) == "open"


@pytest.mark.parametrize(
    "text", ["/away until 1 September", "/stop Dana", "/undo dana"]
)
def test_an_old_buffer_of_the_front_desk_records_nothing_twice(
    scene: Scene, text: str
) -> None:
    scene.person("dana-lind", name="Dana-Marie Lind")
    if "Dana" in text:
        scene.person("dana-lind")
    scene.say(scene.number(CHECK_IN), "/note a\n/note b", TODAY)
    scene.sync(TODAY)
    desk = scene.number("front-desk")
    scene.say(desk, text, TODAY)
    path = scene.root / "inbox" / f"{desk:04}.md"
    buffer = path.read_bytes()
    scene.sync(TODAY)
    before = (scene.events("dana-okafor"), load(str(scene.root)).settings.history)
    path.write_bytes(buffer)
    scene.sync(TODAY)
    after = (scene.events("dana-okafor"), load(str(scene.root)).settings.history)
    assert after == before


def test_desk_commands_are_no_commands_on_an_issue(scene: Scene) -> None:
    number = scene.number(CHECK_IN)
    alone = [each for each in COMMANDS if ISSUE not in each.where]
    assert [each.where for each in alone] == [(DESK,)] * len(alone)
    scene.say(number, "\n".join(each.example for each in alone), TODAY)
    assert scene.sync(TODAY).recorded == []
    assert scene.text(number).count("Write this on the front desk.") == len(alone)


def test_a_command_under_a_date_to_come_counts_today(scene: Scene) -> None:
    """Whoever types a head by hand can slip a year; no later run may be refused."""
    scene.say(scene.number(CHECK_IN), "/sent", "2027-05-06")
    scene.sync(TODAY)
    assert facts(scene)["date"] == TODAY
    scene.sync("2026-05-07")
