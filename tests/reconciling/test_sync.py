"""What people do to issues and files, and what comes of it, on a real folder."""

import hashlib
from pathlib import Path

import pytest

from pipeline.errors import TrackerError, UsageError
from tests.reconciling.scenes import Scene

CHECK_IN = "dana-okafor/check_in/1"
LOOK_BACK = "dana-okafor/self_assessment/1"


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    made = Scene(tmp_path / "ws")
    made.person("dana-okafor")
    made.document("one-source")
    return made


def test_a_rejection_brings_the_look_back_and_then_the_mail(scene: Scene) -> None:
    assert [key for key, _ in scene.sync("2026-02-01").opened] == [LOOK_BACK]
    assert scene.sync("2026-04-29").opened == []
    assert [key for key, _ in scene.sync("2026-04-30").opened] == [CHECK_IN]
    assert scene.sync("2026-04-30").opened == []


def test_a_quiet_day_writes_nothing(scene: Scene) -> None:
    scene.sync("2026-04-30")
    before = {p: p.read_bytes() for p in scene.root.rglob("*") if p.is_file()}
    scene.sync("2026-05-01")
    after = {p: p.read_bytes() for p in scene.root.rglob("*") if p.is_file()}
    assert after == before


def test_closing_is_the_record_and_is_answered_once(scene: Scene) -> None:
    scene.sync("2026-04-30")
    number = scene.number(CHECK_IN)
    scene.close(number, "2026-05-04")
    scene.sync("2026-05-05")
    scene.sync("2026-05-06")
    (sent,) = scene.events("dana-okafor", "sent")
    assert (str(sent.date), str(sent.touch), sent.channel) == (
        "2026-05-04",
        "check_in/1",
        "email",
    )
    assert scene.text(number).count("Recorded: your mail of 4 May 2026 to Dana") == 1
    assert "*One-Source*" in scene.text(number)


def test_editing_the_head_by_hand_is_as_good_as_the_command(scene: Scene) -> None:
    scene.sync("2026-04-30")
    path = scene.root / "inbox" / f"{scene.number(CHECK_IN):04}.md"
    path.write_bytes(path.read_bytes().replace(b"state: open", b"state: Closed"))
    scene.sync("2026-05-05")
    assert [str(e.date) for e in scene.events("dana-okafor", "sent")] == ["2026-05-05"]


def test_closing_for_another_reason_is_a_skip(scene: Scene) -> None:
    scene.sync("2026-04-30")
    scene.close(scene.number(CHECK_IN), "2026-05-04", skip=True)
    scene.sync("2026-05-04")
    assert [e.event for e in scene.events("dana-okafor")] == ["skipped"]


def test_the_look_back_keeps_what_was_written(scene: Scene) -> None:
    scene.sync("2026-02-01")
    number = scene.number(LOOK_BACK)
    path = scene.root / "inbox" / f"{number:04}.md"
    text = path.read_text().replace(
        "### What they needed most\n", "### What they needed most\n\n- style guides\n"
    )
    path.write_text(text.replace("- [ ] money", "- [x] money"))
    scene.close(number, "2026-02-03")
    scene.sync("2026-02-03")
    (assessed,) = scene.events("dana-okafor", "assessed")
    assert assessed.needs == ("style guides",)
    assert assessed.text is not None
    assert "money, a freeze, a reorganisation" in assessed.text


def test_an_empty_look_back_counts_as_done(scene: Scene) -> None:
    scene.sync("2026-02-01")
    scene.close(scene.number(LOOK_BACK), "2026-02-03")
    scene.sync("2026-02-03")
    assert [e.event for e in scene.events("dana-okafor")] == ["assessed"]
    assert scene.sync("2026-02-04").opened == []


def reopened(scene: Scene) -> int:
    """Close what is due, and open it again after a run."""
    scene.sync("2026-04-30")
    number = scene.number(CHECK_IN)
    scene.close(number, "2026-05-04")
    scene.sync("2026-05-04")
    scene.reopen(number)
    return number


def test_reopening_takes_the_record_back(scene: Scene) -> None:
    number = reopened(scene)
    scene.sync("2026-05-05")
    assert [e.event for e in scene.events("dana-okafor")] == ["sent", "undone"]
    assert scene.state(CHECK_IN) == "open"
    scene.close(number, "2026-05-05")
    scene.sync("2026-05-05")
    assert len(scene.events("dana-okafor", "sent")) == 2
    assert scene.state(CHECK_IN) == "closed"


def test_reopening_an_older_one_is_answered_and_closed_again(scene: Scene) -> None:
    scene.sync("2026-04-30")
    scene.close(scene.number(CHECK_IN), "2026-04-30")
    scene.sync("2026-04-30")
    scene.sync("2026-06-30")
    note = scene.number("dana-okafor/portfolio_note/1")
    scene.close(note, "2026-06-30")
    scene.sync("2026-06-30")
    scene.reopen(scene.number(CHECK_IN))
    scene.sync("2026-07-01")
    scene.sync("2026-07-02")
    assert scene.state(CHECK_IN) == "closed"
    assert scene.text(scene.number(CHECK_IN)).count("This one is closed again") == 1
    assert len(scene.events("dana-okafor")) == 2


def test_the_document_is_recorded_with_its_content(scene: Scene) -> None:
    """The content of the day it is recorded, as that is what went out."""
    paper = scene.root / "portfolio" / "files" / "paper.pdf"
    paper.parent.mkdir()
    paper.write_bytes(b"a first version")
    described = scene.root / "portfolio" / "one-source.yml"
    described.write_text(f"{described.read_text('utf-8')}file: paper.pdf\n", "utf-8")
    scene.sync("2026-04-30")
    scene.close(scene.number(CHECK_IN), "2026-04-30")
    scene.sync("2026-04-30")
    scene.sync("2026-06-30")
    paper.write_bytes(b"the version that was sent")
    scene.close(scene.number("dana-okafor/portfolio_note/1"), "2026-06-30")
    scene.sync("2026-06-30")
    sent = scene.events("dana-okafor", "sent")[-1]
    assert sent.document == "one-source"
    assert sent.sha256 == hashlib.sha256(b"the version that was sent").hexdigest()


def test_without_a_document_the_issue_asks_for_one_and_then_turns_into_the_mail(
    scene: Scene,
) -> None:
    (scene.root / "portfolio" / "one-source.yml").unlink()
    scene.sync("2026-04-30")
    scene.close(scene.number(CHECK_IN), "2026-04-30")
    scene.sync("2026-04-30")
    scene.sync("2026-06-30")
    number = scene.number("dana-okafor/portfolio_note/1")
    assert "Nothing in your portfolio is left to send" in scene.text(number)
    scene.document("two-pages")
    scene.sync("2026-07-01")
    assert "Two-Pages" in scene.text(number)
    assert scene.keys().count("dana-okafor/portfolio_note/1") == 1


# --- commands ------------------------------------------------------------------


def test_a_command_is_carried_out_and_answered_once(scene: Scene) -> None:
    scene.sync("2026-04-30")
    number = scene.number(CHECK_IN)
    scene.say(number, "/sent 28 April via post\n/replied warm in autumn", "2026-05-01")
    scene.sync("2026-05-01")
    scene.sync("2026-05-02")
    sent, replied = scene.events("dana-okafor")
    assert (str(sent.date), sent.channel) == ("2026-04-28", "post")
    assert (replied.tone, replied.text) == ("warm", "in autumn")
    assert scene.state(CHECK_IN) == "closed"
    assert scene.text(number).count("Dana has answered") == 1


def test_an_old_buffer_saved_again_records_nothing_twice(scene: Scene) -> None:
    scene.sync("2026-04-30")
    number = scene.number(CHECK_IN)
    scene.say(number, "/note met her in Graz", "2026-05-01")
    path = scene.root / "inbox" / f"{number:04}.md"
    buffer = path.read_bytes()
    scene.sync("2026-05-01")
    path.write_bytes(buffer)
    scene.sync("2026-05-02")
    assert len(scene.events("dana-okafor", "note")) == 1
    assert scene.text(number).count("Noted, for you alone") == 1


def test_the_same_words_twice_are_two_commands(scene: Scene) -> None:
    scene.sync("2026-04-30")
    number = scene.number(CHECK_IN)
    scene.say(number, "/note again", "2026-05-01")
    scene.sync("2026-05-01")
    scene.say(number, "/note again", "2026-05-02")
    scene.sync("2026-05-02")
    assert len(scene.events("dana-okafor", "note")) == 2


def test_a_command_typed_at_the_end_of_the_file_counts(scene: Scene) -> None:
    scene.sync("2026-04-30")
    path = scene.root / "inbox" / f"{scene.number(CHECK_IN):04}.md"
    with path.open("a") as file:
        file.write("/snooze 3w\n")
    scene.sync("2026-05-01")
    (snoozed,) = scene.events("dana-okafor", "snoozed")
    assert str(snoozed.until) == "2026-05-22"
    assert scene.state(CHECK_IN) == "closed"
    assert scene.sync("2026-05-21").reopened == []
    assert [key for key, _ in scene.sync("2026-05-22").reopened] == [CHECK_IN]


def test_a_line_that_is_not_understood_is_answered_with_what_to_write(
    scene: Scene,
) -> None:
    scene.sync("2026-04-30")
    number = scene.number(CHECK_IN)
    scene.say(number, "/sent 5/4/2026", "2026-05-06")
    scene.sync("2026-05-06")
    scene.sync("2026-05-07")
    assert "2026-04-05 or 2026-05-04" in scene.text(number)
    assert scene.text(number).count("not understood") == 1
    assert scene.events("dana-okafor") == []


def test_a_stop_is_final_and_empties_the_issue(scene: Scene) -> None:
    scene.sync("2026-04-30")
    number = scene.number(CHECK_IN)
    scene.say(number, "/stop", "2026-05-01")
    scene.sync("2026-05-01")
    text = scene.text(number)
    assert "mailto:" not in text
    assert "Done. Nothing more will be suggested for Dana" in text
    (scene.root / "contacts" / "dana-okafor.yml").unlink()
    scene.person("d-okafor", email="DANA-okafor@example.com")
    for on in ("2026-06-01", "2027-06-01"):
        report = scene.sync(on)
        assert report.opened == report.reopened == []
    assert "mailto:" not in scene.text(number)


def test_a_slip_taken_back_does_not_lift_what_another_file_was_told(
    scene: Scene,
) -> None:
    """Two files of one person, known by their number; the first in order slips."""
    scene.person("a-okafor", company="Alder", phone="+1 555 010 2233")
    scene.person("z-okafor", company="Zinnia", phone="+1 (555) 0102233")
    scene.sync("2026-04-30")
    scene.say(
        scene.number("front-desk"), "/stop a-okafor\n/stop z-okafor", "2026-05-01"
    )
    scene.sync("2026-05-01")
    scene.say(scene.number("front-desk"), "/undo z-okafor", "2026-05-01")
    scene.sync("2026-05-01")
    for slug in ("a-okafor", "z-okafor"):
        (scene.root / "contacts" / f"{slug}.yml").unlink()
    scene.sync("2026-05-02", override=True)
    scene.person("new", company="Third", phone="+1 555 010-2233")
    report = scene.sync("2026-06-01")
    assert not [key for key, _ in report.opened if "check_in" in key]


def test_a_stop_can_be_taken_back_on_its_day_alone(scene: Scene) -> None:
    scene.sync("2026-04-30")
    number = scene.number(CHECK_IN)
    scene.say(number, "/stop", "2026-05-01")
    scene.sync("2026-05-01")
    scene.say(number, "/undo", "2026-05-01")
    scene.sync("2026-05-01")
    assert scene.state(CHECK_IN) == "open"
    assert "mailto:dana-okafor@example.com" in scene.text(number)
    scene.say(number, "/stop", "2026-05-02")
    scene.sync("2026-05-02")
    scene.say(number, "/undo", "2026-05-03")
    scene.sync("2026-05-03")
    assert scene.state(CHECK_IN) == "closed"
    assert "on its own day only" in scene.text(number)


def test_an_ambiguous_stop_holds_everyone_until_it_is_clear(scene: Scene) -> None:
    scene.person("dana-lind")
    scene.sync("2026-04-30")
    desk = scene.number("front-desk")
    scene.say(desk, "/stop Dana", "2026-05-01")
    scene.sync("2026-05-01")
    assert scene.state(CHECK_IN) == scene.state("dana-lind/check_in/1") == "closed"
    assert "`/stop dana-lind`" in scene.text(desk)
    scene.say(desk, "/stop dana-lind", "2026-05-02")
    scene.sync("2026-05-02")
    assert scene.state(CHECK_IN) == "open"
    assert scene.state("dana-lind/check_in/1") == "closed"


def test_a_rejection_is_taken_on_the_front_desk(scene: Scene) -> None:
    scene.sync("2026-02-10")
    desk = scene.number("front-desk")
    line = "/reject Acme; Editor; José Ñandú; jose@example.com; yesterday"
    scene.say(desk, line, "2026-02-10")
    scene.sync("2026-02-10")
    found = scene.contact("jose-nandu")
    assert (found.name, found.company, found.email) == (
        "José Ñandú",
        "Acme",
        "jose@example.com",
    )
    assert "You don't have to carry it" in scene.text(desk)
    assert "| Mon 11 May 2026 | a short mail to José |" in scene.text(desk)
    scene.sync("2026-02-11")
    assert len(list((scene.root / "contacts").iterdir())) == 2


def test_a_second_rejection_of_a_known_person_is_added_to_their_file(
    scene: Scene,
) -> None:
    scene.sync("2026-04-30")
    desk = scene.number("front-desk")
    line = (
        "/reject Okafor Instruments; Editor; Dana; dana-okafor@example.com; yesterday"
    )
    scene.say(desk, line, "2026-06-16")
    scene.sync("2026-06-16")
    assert [r.position for r in scene.contact("dana-okafor").rejections] == [
        "Lead Writer",
        "Editor",
    ]
    scene.sync("2026-06-16")
    skipped = scene.events("dana-okafor", "skipped")
    assert {e.source for e in skipped} == {"newer:2026-06-15"}
    assert scene.state(CHECK_IN) == "closed"
    opened = [key for key, _ in scene.sync("2026-09-15").opened]
    assert "dana-okafor/check_in/2" in opened


def test_somebody_named_without_an_address_is_nobody_new(scene: Scene) -> None:
    """Or two threads would write to one person."""
    scene.person("ana-sol", company="Acme", email="")
    scene.sync("2026-04-30")
    desk = scene.number("front-desk")
    line = "/reject acme; Editor; Ana Sol; {}; yesterday"
    scene.say(desk, line.format(""), "2026-06-16")
    scene.sync("2026-06-16")
    scene.say(desk, line.format("ana@example.com"), "2026-06-20")
    scene.sync("2026-06-20")
    found = scene.contact("ana-sol")
    assert len(found.rejections) == 3
    assert found.email == "ana@example.com"
    assert len(list((scene.root / "contacts").iterdir())) == 2
    scene.say(desk, line.format("ana.sol@example.org"), "2026-06-22")
    scene.sync("2026-06-22")
    assert scene.contact("ana-sol-2").email == "ana.sol@example.org"


def test_a_referral_makes_a_file_and_an_early_note(scene: Scene) -> None:
    scene.sync("2026-04-30")
    number = scene.number(CHECK_IN)
    scene.say(number, "/sent\n/referred Ana Sol <ana@example.com>", "2026-05-04")
    scene.sync("2026-05-04")
    found = scene.contact("ana-sol")
    assert (found.referred_by, str(found.since)) == ("dana-okafor", "2026-05-04")
    opened = [key for key, _ in scene.sync("2026-06-03").opened]
    assert "ana-sol/portfolio_note/1" in opened
    scene.say(number, "/referred Ana Sol", "2026-06-04")
    scene.sync("2026-06-04")
    assert len(list((scene.root / "contacts").iterdir())) == 2


def test_me_fills_the_settings_in_and_opens_what_waited(scene: Scene) -> None:
    scene.write("settings.yml", "you: {name: X}\n")
    scene.sync("2026-04-30")
    scene.say(
        scene.number("front-desk"), "/me Maya Torres; ; Europe/Berlin", "2026-04-30"
    )
    scene.sync("2026-04-30")
    text = (scene.root / "settings.yml").read_text()
    assert '"Maya Torres"' in text
    assert '"Europe/Berlin"' in text


# --- files ---------------------------------------------------------------------


def test_a_renamed_file_keeps_its_issue(scene: Scene) -> None:
    scene.sync("2026-04-30")
    number = scene.number(CHECK_IN)
    folder = scene.root / "contacts"
    (folder / "dana-okafor.yml").rename(folder / "d-okafor.yml")
    assert scene.sync("2026-05-01").opened == []
    assert scene.number("d-okafor/check_in/1") == number
    assert scene.state("d-okafor/check_in/1") == "open"
    scene.close(number, "2026-05-02")
    scene.sync("2026-05-02")
    assert len(scene.events("d-okafor", "sent")) == 1


def test_a_file_renamed_again_keeps_its_issue_whatever_a_dead_run_claimed(
    scene: Scene,
) -> None:
    """What was claimed under the first name and never opened is no older rename."""
    scene.sync("2026-04-30")
    folder = scene.root / "contacts"
    (folder / "dana-okafor.yml").rename(folder / "e-okafor.yml")
    scene.sync("2026-05-01")
    number = scene.number("e-okafor/check_in/1")
    state = scene.root / "state" / "issues.json"
    text = state.read_text()
    claim = '{"run":"dead","at":"2026-05-01T00:00:00Z","after":1}'
    who = text.partition('"who":"')[2][:12]
    left = f'"dana-okafor/check_in/1": {{"claim":{claim},"who":"{who}"}},\n  '
    state.write_text(text.replace('"e-okafor/check', f'{left}"e-okafor/check'))
    (folder / "e-okafor.yml").rename(folder / "f-okafor.yml")
    report = scene.sync("2026-05-02")
    assert (report.opened, report.closed) == ([], [])
    assert scene.number("f-okafor/check_in/1") == number


def test_a_deleted_file_closes_its_issues_and_coming_back_reopens_them(
    scene: Scene,
) -> None:
    scene.sync("2026-04-30")
    path = scene.root / "contacts" / "dana-okafor.yml"
    text = path.read_bytes()
    path.unlink()
    scene.sync("2026-05-01")
    assert scene.state(CHECK_IN) == "closed"
    path.write_bytes(text)
    report = scene.sync("2026-05-02")
    assert report.opened == []
    assert CHECK_IN in [key for key, _ in report.reopened]
    assert scene.events("dana-okafor") == []


def test_a_reopening_is_answered_although_a_run_died_on_it(scene: Scene) -> None:
    number = reopened(scene)
    inbox = scene.root / "inbox" / f"{number:04}.md"
    unanswered = inbox.read_bytes()
    scene.sync("2026-05-05")
    answered = scene.text(number)
    assert answered.count("Taken back: your mail of 4 May 2026") == 1
    inbox.write_bytes(unanswered)
    scene.sync("2026-05-05")
    assert scene.text(number) == answered


def test_a_corrected_rejection_opens_nothing_twice(scene: Scene) -> None:
    scene.sync("2026-04-30")
    scene.person("dana-okafor", rejected_on="2026-01-28")
    assert scene.sync("2026-05-01").opened == []
    assert scene.events("dana-okafor") == []
    assert scene.keys().count(CHECK_IN) == 1


def test_a_broken_file_freezes_its_issues_and_nobody_elses(scene: Scene) -> None:
    scene.person("ana-sol", rejected_on="2026-02-10")
    scene.sync("2026-04-30")
    path = scene.root / "contacts" / "dana-okafor.yml"
    good = path.read_bytes()
    path.write_bytes(b"name: [Dana\n")
    report = scene.sync("2026-05-11")
    assert scene.state(CHECK_IN) == "open"
    assert [key for key, _ in report.opened] == ["ana-sol/check_in/1"]
    assert [p.path for p in report.problems] == ["contacts/dana-okafor.yml"]
    path.write_bytes(good)
    assert scene.sync("2026-05-12").opened == []


def test_a_damaged_state_is_repaired_from_the_issues(scene: Scene) -> None:
    scene.sync("2026-04-30")
    number = scene.number(CHECK_IN)
    (scene.root / "state" / "issues.json").write_text("{ not json")
    report = scene.sync("2026-05-01")
    assert report.opened == []
    assert scene.number(CHECK_IN) == number
    assert scene.sync("2026-05-02").problems == ()


def test_what_a_person_changed_in_an_issue_is_theirs(scene: Scene) -> None:
    scene.sync("2026-04-30")
    path = scene.root / "inbox" / f"{scene.number(CHECK_IN):04}.md"
    path.write_text(path.read_text().replace("Hello Dana,", "Dear Dana,"))
    with (scene.root / "contacts" / "dana-okafor.yml").open("a") as file:
        file.write("address_as: Dana\n")
    scene.sync("2026-05-01")
    assert "Dear Dana" in path.read_text()


def test_new_facts_reach_an_untouched_issue(scene: Scene) -> None:
    scene.sync("2026-04-30")
    with (scene.root / "contacts" / "dana-okafor.yml").open("a") as file:
        file.write("address_as: Dana\n")
    scene.sync("2026-05-01")
    assert "> Hello Dana," in scene.text(scene.number(CHECK_IN))


def test_a_deleted_issue_opens_anew_unless_it_was_recorded(scene: Scene) -> None:
    scene.sync("2026-04-30")
    (scene.root / "inbox" / f"{scene.number(CHECK_IN):04}.md").unlink()
    assert [key for key, _ in scene.sync("2026-05-01").opened] == [CHECK_IN]


# --- questions and reminders ---------------------------------------------------


def silent(scene: Scene) -> int:
    scene.person(
        "dana-okafor",
        history="\n  - {date: 2026-04-30, event: sent, touch: check_in/1}"
        "\n  - {date: 2026-06-30, event: sent, touch: portfolio_note/1}"
        "\n  - {date: 2026-10-30, event: sent, touch: portfolio_note/2}",
    )
    scene.sync("2027-03-01")
    return scene.number("dana-okafor/your_call/1")


def test_a_tick_answers_the_question(scene: Scene) -> None:
    number = silent(scene)
    path = scene.root / "inbox" / f"{number:04}.md"
    path.write_text(path.read_text().replace("- [ ] Slow", "- [x] Slow"))
    scene.sync("2027-03-02")
    scene.sync("2027-03-03")
    (slowed,) = scene.events("dana-okafor", "slowed")
    assert slowed.source == f"tick:{number}:2"
    assert scene.state("dana-okafor/your_call/1") == "closed"


def test_closed_without_a_choice_nothing_comes_until_one_is_made(scene: Scene) -> None:
    number = silent(scene)
    scene.close(number, "2027-03-02")
    scene.sync("2027-03-02")
    report = scene.sync("2027-09-01")
    assert ("dana-okafor/your_call/2", "choice") in report.waiting
    scene.say(number, "/go", "2027-09-01")
    assert [key for key, _ in scene.sync("2027-09-01").opened] == [
        "dana-okafor/portfolio_note/3"
    ]


def test_there_is_one_reminder_and_never_a_second(scene: Scene) -> None:
    scene.sync("2026-04-30")
    number = scene.number(CHECK_IN)
    for on in ("2026-05-22", "2026-05-23", "2026-05-24", "2026-07-01"):
        scene.sync(on)
    assert scene.text(number).count("This is the only reminder") == 1


# --- guards --------------------------------------------------------------------


def test_a_day_before_what_is_recorded_is_refused(scene: Scene) -> None:
    scene.sync("2026-04-30")
    scene.close(scene.number(CHECK_IN), "2026-05-04")
    scene.sync("2026-05-04")
    with pytest.raises(UsageError, match="lies before"):
        scene.sync("2026-04-01")


def test_a_zone_that_sets_the_clock_back_opens_nothing_again(scene: Scene) -> None:
    """Closed at one in the morning in UTC, which is the evening before at home."""
    scene.sync("2026-04-30")
    scene.close(scene.number(CHECK_IN), "2026-05-05")
    scene.sync("2026-05-05")
    report = scene.sync("2026-05-04")
    assert (report.opened, report.reopened) == ([], [])
    assert scene.state(CHECK_IN) == "closed"


def test_many_closings_at_once_are_refused_until_a_person_has_looked(
    scene: Scene,
) -> None:
    for number in range(12):
        scene.person(f"p{number}", company=f"C{number}", rejected_on="2026-04-20")
    for on in ("2026-04-22", "2026-04-23", "2026-04-24", "2026-04-25", "2026-04-26"):
        scene.sync(on)
    for path in (scene.root / "contacts").glob("p*.yml"):
        path.unlink()
    with pytest.raises(TrackerError, match="--override"):
        scene.sync("2026-04-27")
    assert len(scene.sync("2026-04-27", override=True).closed) >= 10


def test_no_more_than_ten_issues_open_in_one_run(scene: Scene) -> None:
    scene.write("settings.yml", "you: {name: Maya}\nopen_at_once: 30\n")
    for number in range(14):
        scene.person(f"p{number:02}", company=f"C{number}")
    assert len(scene.sync("2026-09-01").opened) == 10
    assert len(scene.sync("2026-09-01").opened) == 5


def test_another_tracker_is_refused_before_anything_is_written(scene: Scene) -> None:
    scene.write("state/issues.json", '{"tracker": "github:17"}')
    with pytest.raises(TrackerError, match="notyet move --to local"):
        scene.sync("2026-04-30")
    assert not (scene.root / "inbox").exists()


# --- stops are outside every guard ---------------------------------------------


def crowded(scene: Scene) -> None:
    """Bring twelve look backs to the front, and take their files away."""
    for number in range(12):
        scene.person(f"p{number}", company=f"C{number}", rejected_on="2026-04-20")
    for on in ("2026-04-22", "2026-04-23", "2026-04-24", "2026-04-25", "2026-04-30"):
        scene.sync(on)
    for path in (scene.root / "contacts").glob("p*.yml"):
        path.unlink()


def test_a_guard_that_refuses_lets_a_stop_through_and_keeps_what_was_said(
    scene: Scene,
) -> None:
    scene.person("ana-sol", rejected_on="2026-01-30")
    crowded(scene)
    number = scene.number(CHECK_IN)
    scene.say(number, "/stop", "2026-05-01")
    scene.say(scene.number("ana-sol/check_in/1"), "/replied warm yes", "2026-05-01")
    before = {
        path.name: path.read_bytes() for path in (scene.root / "inbox").glob("*.md")
    }
    with pytest.raises(TrackerError, match="--override"):
        scene.sync("2026-05-01")
    assert "mailto:" not in scene.text(number)
    assert scene.state(CHECK_IN) == "closed"
    assert [str(e.event) for e in scene.events("dana-okafor")] == ["stop"]
    assert [str(e.event) for e in scene.events("ana-sol")] == ["replied"]
    changed = {
        path.name
        for path in (scene.root / "inbox").glob("*.md")
        if path.read_bytes() != before.get(path.name)
    }
    allowed = (CHECK_IN, LOOK_BACK, "ana-sol/check_in/1", "front-desk")
    assert changed <= {f"{scene.number(key):04}.md" for key in allowed}
    with pytest.raises(TrackerError, match="--override"):
        scene.sync("2026-05-01")
    report = scene.sync("2026-05-01", override=True)
    assert len(report.closed) >= 12


def test_people_who_went_long_ago_do_not_count_as_gone_at_once(scene: Scene) -> None:
    for number in range(6):
        scene.person(f"p{number}", company=f"C{number}", rejected_on="2026-04-20")
    scene.sync("2026-04-22")
    scene.sync("2026-04-23")
    for number, on in enumerate(("2026-04-24", "2026-04-25", "2026-04-26")):
        (scene.root / "contacts" / f"p{number}.yml").unlink()
        scene.sync(on)


def test_a_quarter_of_the_people_gone_at_once_is_refused(scene: Scene) -> None:
    for number in range(6):
        scene.person(f"p{number}", company=f"C{number}", rejected_on="2026-04-20")
    scene.sync("2026-04-22")
    scene.sync("2026-04-23")
    for number in range(2):
        (scene.root / "contacts" / f"p{number}.yml").unlink()
    with pytest.raises(TrackerError, match="2 of 6 people are gone at once"):
        scene.sync("2026-04-24")
    scene.sync("2026-04-24", override=True)
    scene.sync("2026-04-25")


def test_a_stop_counts_while_the_settings_cannot_be_read(scene: Scene) -> None:
    scene.sync("2026-04-30")
    number = scene.number(CHECK_IN)
    scene.write("settings.yml", "you: [\n")
    scene.say(number, "/stop", "2026-05-01")
    scene.sync("2026-05-01")
    assert "mailto:" not in scene.text(number)
    assert scene.state(CHECK_IN) == "closed"


def test_a_stop_empties_even_what_a_person_has_changed(scene: Scene) -> None:
    scene.sync("2026-04-30")
    number = scene.number(CHECK_IN)
    path = scene.root / "inbox" / f"{number:04}.md"
    path.write_text(path.read_text().replace("Hello Dana,", "Dear Dana,"))
    scene.close(number, "2026-05-01")
    scene.sync("2026-05-01")
    scene.say(number, "/stop", "2026-05-01")
    scene.sync("2026-05-01")
    text = scene.text(number)
    assert "Dear Dana" not in text
    assert "mailto:" not in text


# --- files, once more ----------------------------------------------------------


def test_an_issue_whose_file_is_gone_is_closed_with_one_word(scene: Scene) -> None:
    scene.sync("2026-04-30")
    number = scene.number(CHECK_IN)
    path = scene.root / "contacts" / "dana-okafor.yml"
    text = path.read_bytes()
    for away in (True, False, True):
        if away:
            path.unlink()
        else:
            path.write_bytes(text)
        scene.sync("2026-05-01")
        scene.sync("2026-05-02")
    assert scene.state(CHECK_IN) == "closed"
    assert scene.text(number).count("is no longer there") == 2


@pytest.mark.parametrize(
    "channel", ["email", "post", "linkedin"], ids=lambda channel: channel
)
def test_a_renamed_file_keeps_what_is_open_whatever_its_texts_hold(
    scene: Scene, channel: str
) -> None:
    """The look back holds no address, nor does a card."""
    scene.person("lee-park", channel=channel, rejected_on="2026-04-20")
    scene.sync("2026-04-22")
    number = scene.number("lee-park/self_assessment/1")
    folder = scene.root / "contacts"
    (folder / "lee-park.yml").rename(folder / "l-park.yml")
    report = scene.sync("2026-04-23")
    assert report.opened == []
    assert scene.number("l-park/self_assessment/1") == number
    assert scene.state("l-park/self_assessment/1") == "open"


def test_a_renamed_file_with_another_address_is_known_by_its_history(
    scene: Scene,
) -> None:
    scene.sync("2026-04-30")
    number = scene.number(CHECK_IN)
    scene.close(number, "2026-05-01")
    scene.sync("2026-05-01")
    old = scene.root / "contacts" / "dana-okafor.yml"
    text = old.read_text().replace("dana-okafor@", "d.okafor@")
    old.unlink()
    scene.write("contacts/d-okafor.yml", text)
    scene.sync("2026-05-02")
    assert scene.number("d-okafor/check_in/1") == number
    assert len(scene.events("d-okafor")) == 1


def test_the_same_number_in_an_inbox_begun_anew_is_nobody_else_s(scene: Scene) -> None:
    """A command on the issue would have reached the wrong person."""
    scene.sync("2026-04-30")
    number = scene.number(CHECK_IN)
    scene.person(
        "ana-sol",
        company="Elsewhere",
        history="\n  - {date: 2026-02-04, event: assessed, touch: self_assessment/1, "
        f'source: "closed:{number}:2026-02-04:0"}}',
    )
    path = scene.root / "contacts" / "dana-okafor.yml"
    before = path.read_bytes()
    path.unlink()
    scene.sync("2026-05-01", override=True)
    scene.say(number, "/stop", "2026-05-01")
    scene.sync("2026-05-01", override=True)
    assert scene.events("ana-sol", "stop") == []
    path.with_name("zoe-okafor.yml").write_bytes(before)
    scene.sync("2026-05-02")
    assert scene.number("zoe-okafor/check_in/1") == number
    assert scene.state("zoe-okafor/check_in/1") == "closed"


def test_a_renamed_file_and_a_lost_state_open_nothing_twice(scene: Scene) -> None:
    scene.sync("2026-04-30")
    (scene.root / "state" / "issues.json").unlink()
    folder = scene.root / "contacts"
    (folder / "dana-okafor.yml").rename(folder / "d-okafor.yml")
    scene.sync("2026-05-01")
    open_ones = [
        path.name
        for path in (scene.root / "inbox").glob("*.md")
        if "state: open" in path.read_text() and "/check_in/" in path.read_text()
    ]
    assert len(open_ones) == 1
