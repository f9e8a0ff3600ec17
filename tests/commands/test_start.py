"""`start` and `new`: from a few answers to a file."""

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.commands import questions
from pipeline.commands.questions import Person
from pipeline.commands.start import country_of, settings_file
from pipeline.files.schema import read_contact, read_settings
from pipeline.files.workspace import load
from pipeline.model import Cause, Contact, Titles, You
from pipeline.reconciling.newcomers import contact_file
from tests.commands.running import begun, person, run, snapshot

ANSWERS = [
    "Maya Torres, maya@example.com",
    "Dana Okafor <dana.okafor@example.com>",
    "yes",
    "Brightwater Instruments",
    "Senior Technical Writer",
    "3 weeks ago",
    "bringing the calibration manuals into one source",
    "initials",
    "no",
]
DAY = ("--as-of", "2026-05-04")


def start(root: Path, answers: list[str]) -> str:
    found = run(root, "start", *DAY, answers="\n".join([*answers, ""]))
    assert found.code == 0, found.err
    return found.out


def test_six_questions_give_settings_and_a_first_file(tmp_path: Path) -> None:
    out = start(tmp_path, ANSWERS)
    workspace = load(str(tmp_path))
    assert workspace.problems == ()
    assert workspace.settings.you == You(name="Maya Torres", email="maya@example.com")
    assert workspace.settings.privacy.titles is Titles.INITIALS
    dana = workspace.contacts["dana-okafor"]
    assert (dana.name, dana.company, dana.email) == (
        "Dana Okafor",
        "Brightwater Instruments",
        "dana.okafor@example.com",
    )
    (rejection,) = dana.rejections
    assert rejection.position == "Senior Technical Writer"
    assert rejection.rejected_on == dt.date(2026, 4, 13)
    assert rejection.cause is Cause.SOMEONE_HIRED
    assert rejection.topics == ("bringing the calibration manuals into one source",)
    assert "Mon 13 Jul" in out  # the whole plan by date


def test_files_carry_the_modeline_and_say_what_else_helps(tmp_path: Path) -> None:
    start(tmp_path, ANSWERS)
    settings = (tmp_path / "settings.yml").read_text("utf-8")
    contact = (tmp_path / "contacts/dana-okafor.yml").read_text("utf-8")
    assert "$schema=schemas/settings.schema.json" in settings.splitlines()[0]
    assert "$schema=../schemas/contact.schema.json" in contact.splitlines()[0]
    assert "\n# " in settings
    assert "\n# " in contact


def test_only_two_files_are_written_and_the_calendar_lies_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    start(tmp_path, ANSWERS)
    files = {"settings.yml", "contacts/dana-okafor.yml"}
    assert set(snapshot(tmp_path)) == files
    other = tmp_path / "other"
    other.mkdir()
    start(other, [*ANSWERS[:-1], ""])
    assert set(snapshot(other)) == files
    assert list((tmp_path / "cache").rglob("calendar.ics"))


def test_the_calendar_is_offered_with_its_reason(tmp_path: Path) -> None:
    found = run(tmp_path, "start", *DAY, answers="\n".join([*ANSWERS, ""]))
    assert (
        "On this laptop nothing can remind you. Import this, or put it on GitHub."
        in found.err
    )


def test_wrong_answers_are_asked_again(tmp_path: Path) -> None:
    wrong = [
        "",  # no name
        ANSWERS[0],
        "Dana dana@",  # no mail address
        ANSWERS[1],
        "perhaps",
        "no",
        "",  # no company
        ANSWERS[3],
        ANSWERS[4],
        "31 February",
        "tomorrow",
        "2026-04-13",
        "",
        "half",
        "",
    ]
    start(tmp_path, wrong)
    workspace = load(str(tmp_path))
    dana = workspace.contacts["dana-okafor"]
    assert dana.rejections[0].cause is Cause.CANCELLED
    assert dana.rejections[0].topics == ()
    assert workspace.settings.privacy.titles is Titles.FULL


@pytest.mark.parametrize("count", range(8))
def test_answers_that_end_too_soon_leave_nothing_behind(
    count: int, tmp_path: Path
) -> None:
    found = run(tmp_path, "start", *DAY, answers="\n".join([*ANSWERS[:count], ""]))
    assert found.code == 2
    assert "nothing was written" in found.err
    assert list(tmp_path.iterdir()) == []


def test_somebody_we_have_is_named_before_the_other_questions(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor", email="dana@example.com")
    before = snapshot(tmp_path)
    found = run(tmp_path, "start", *DAY, answers="Dana DANA@example.com\n")
    assert found.code == 2
    assert "contacts/dana-okafor.yml is this person's file already" in found.err
    assert snapshot(tmp_path) == before


def test_somebody_who_asked_to_stop_is_refused_before_the_other_questions(
    tmp_path: Path,
) -> None:
    person(begun(tmp_path), "dana-okafor", email="dana@example.com")
    run(tmp_path, "log", "dana-okafor", "/stop", *DAY)
    found = run(tmp_path, "start", *DAY, answers="Dana dana@example.com\n")
    assert found.code == 3
    assert "asked on 4 May 2026 not to be written to" in found.err


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("Ana a@example.com b@example.com", "write one mail address; others can"),
        ("Ana “a@example.com”", "write the mail address like jana.muster@"),
        ("Ana a@b..com", "write the mail address like jana.muster@"),
        ("Ana \udcff", "a letter could not be read; set your terminal to UTF-8"),
    ],
)
def test_an_answer_that_could_not_stand_in_a_file_is_asked_again(
    answer: str, said: str, tmp_path: Path
) -> None:
    found = run(tmp_path, "start", *DAY, answers=f"{answer}\n")
    assert said in found.err


def test_an_address_is_found_in_what_people_paste() -> None:
    wanted = Person("Dana Okafor", "dana@example.com")
    for text in (
        "Dana Okafor <dana@example.com>",
        "Dana Okafor, mailto:dana@example.com",
        "dana@example.com Dana Okafor",
        "Dana Okafor (dana@example.com).",
        "Dana Okafor dana@example.com.",
    ):
        assert questions.person(text) == wanted, text


def test_a_day_in_another_century_is_asked_again(tmp_path: Path) -> None:
    answers = [*ANSWERS[:5], "0202-05-04", *ANSWERS[5:]]
    found = run(tmp_path, "start", *DAY, answers="\n".join([*answers, ""]))
    assert "write a year from 1900 on; 202 is not" in found.err
    assert found.code == 0


typed = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]),
    max_size=40,
).map(lambda text: " ".join(text.split()))
given_text = typed.filter(bool)


@given(name=typed, company=given_text, position=given_text, topics=st.lists(given_text))
def test_what_is_answered_stands_in_the_file_and_nothing_else(
    name: str, company: str, position: str, topics: list[str]
) -> None:
    day = dt.date(2026, 4, 13)
    rejection = questions.rejected(position, day, Cause.FROZEN, topics)
    said = Contact(slug="x", name=name, company=company, rejections=(rejection,))
    read, problems = read_contact(contact_file(said), "contacts/x.yml", "x")
    assert read == said, problems


@pytest.mark.parametrize("topics", [[], ["the new manual"]])
def test_every_line_that_a_new_file_offers_may_be_taken(topics: list[str]) -> None:
    rejection = questions.rejected("Writer", dt.date(2026, 4, 13), Cause.FROZEN, topics)
    said = Contact(slug="x", company="Example GmbH", rejections=(rejection,))
    text = contact_file(said).decode()
    taken = re.sub(r"^# (?=\w+: )", "", text, flags=re.MULTILINE)
    assert taken.count("\n# What helps") == 1
    read, problems = read_contact(taken.encode(), "contacts/x.yml", "x")
    assert (read is not None, problems) == (True, ()), taken


@given(name=given_text, titles=st.sampled_from(Titles))
def test_settings_hold_any_name(name: str, titles: Titles) -> None:
    data = settings_file(Person(name, None), "Europe/Berlin", "DE", titles)
    settings, problems = read_settings(data, "settings.yml")
    assert settings is not None, problems
    assert settings.you == You(name=name)
    assert settings.privacy.titles is titles


def test_without_a_name_only_the_look_back_is_planned(tmp_path: Path) -> None:
    answers = [ANSWERS[0], "", "", *ANSWERS[3:5], "yesterday", "", "", "no"]
    out = start(tmp_path, answers)
    assert "contacts/brightwater-instruments.yml" in out
    assert "a look back" in out
    assert "a short mail" not in out


def test_settings_that_are_there_stay_as_they_are(tmp_path: Path) -> None:
    begun(tmp_path)
    before = (tmp_path / "settings.yml").read_bytes()
    start(tmp_path, [*ANSWERS[1:7], "no"])
    assert (tmp_path / "settings.yml").read_bytes() == before
    assert "dana-okafor" in load(str(tmp_path)).contacts


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Berlin", "DE"),
        ("America/Chicago", "US"),
        ("Asia/Jerusalem", "IL"),
        ("UTC", None),
    ],
)
def test_the_country_is_guessed_from_the_time_zone(
    zone: str, country: str | None
) -> None:
    assert country_of(zone) == country


def test_settings_read_back_as_they_were_answered() -> None:
    you = Person('Ana "No" Sol: #1', "ana@example.com")
    data = settings_file(you, "Europe/Berlin", "DE", Titles.FULL)
    settings, problems = read_settings(data, "settings.yml")
    assert problems == ()
    assert settings is not None
    assert settings.you == You(name=you.name, email=you.email)
    assert (settings.timezone, settings.country) == ("Europe/Berlin", "DE")


# --- new -----------------------------------------------------------------------

OPTIONS = (
    *("--name", "Dana Okafor", "--email", "dana@example.com"),
    *("--company", "Brightwater", "--position", "Editor", "--date", "2026-04-13"),
)


def test_new_takes_options_and_asks_nothing(tmp_path: Path) -> None:
    found = run(begun(tmp_path), "new", *OPTIONS, *DAY)
    assert found.code == 0
    assert found.err == ""
    assert "contacts/dana-okafor.yml" in found.out
    dana = load(str(tmp_path)).contacts["dana-okafor"]
    assert dana.rejections[0].rejected_on == dt.date(2026, 4, 13)


def test_new_asks_for_what_the_options_leave_open(tmp_path: Path) -> None:
    answers = "Dana Okafor\n\nBrightwater\nEditor\n13 April\nmanuals\n"
    found = run(begun(tmp_path), "new", *DAY, answers=answers)
    assert found.code == 0
    dana = load(str(tmp_path)).contacts["dana-okafor"]
    assert dana.rejections[0].topics == ("manuals",)
    assert dana.rejections[0].cause is Cause.UNKNOWN


def test_new_never_overwrites(tmp_path: Path) -> None:
    path = person(begun(tmp_path), "dana-okafor", email="other@example.com")
    before = path.read_bytes()
    run(tmp_path, "new", *OPTIONS, *DAY)
    assert path.read_bytes() == before
    assert (tmp_path / "contacts/dana-okafor-2.yml").exists()


def test_new_does_not_take_the_name_of_a_file_that_needs_a_hand(tmp_path: Path) -> None:
    path = person(begun(tmp_path), "dana-okafor", rejected_on="soon")
    before = path.read_bytes()
    run(tmp_path, "new", *OPTIONS, *DAY)
    assert path.read_bytes() == before
    assert (tmp_path / "contacts/dana-okafor-2.yml").exists()


def test_new_sees_an_address_in_a_file_that_needs_a_hand(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor", rejected_on="soon", email="Dana@example.com")
    before = snapshot(tmp_path)
    found = run(tmp_path, "new", *OPTIONS, *DAY)
    assert found.code == 3
    assert "contacts/dana-okafor.yml has this mail address and needs a" in found.err
    assert snapshot(tmp_path) == before


def test_new_offers_to_add_to_a_person_with_the_same_address(tmp_path: Path) -> None:
    path = person(begun(tmp_path), "dana-okafor", email="Dana@example.com")
    before = path.read_bytes()
    assert run(tmp_path, "new", *OPTIONS, *DAY, answers="no\n").code == 0
    assert path.read_bytes() == before
    assert run(tmp_path, "new", *OPTIONS, *DAY, answers="yes\n").code == 0
    assert path.read_bytes().startswith(before)
    contact, problems = read_contact(path.read_bytes(), "contacts/x.yml", "x")
    assert problems == ()
    assert contact is not None
    assert [each.position for each in contact.rejections] == ["Lead Writer", "Editor"]
    assert contact.rejections[1].company == "Brightwater"


def test_new_adds_the_same_rejection_once(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor", email="dana@example.com")
    assert run(tmp_path, "new", *OPTIONS, "--add", *DAY).code == 0
    again = run(tmp_path, "new", *OPTIONS, "--add", *DAY)
    assert again.code == 3
    assert "has this rejection already" in again.err


def test_new_refuses_somebody_who_asked_to_stop_and_says_why(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor", email="dana@example.com")
    run(tmp_path, "log", "dana-okafor", "/stop", *DAY)
    before = snapshot(tmp_path)
    found = run(tmp_path, "new", *OPTIONS, *DAY)
    assert found.code == 3
    assert "asked on 4 May 2026 not to be written to" in found.err
    assert "notyet unstop" in found.err
    assert snapshot(tmp_path) == before


def test_the_wish_outlives_the_file(tmp_path: Path) -> None:
    path = person(begun(tmp_path), "dana-okafor", email="dana@example.com")
    run(tmp_path, "log", "dana-okafor", "/stop", *DAY)
    path.unlink()
    run(tmp_path, "sync", *DAY)
    assert run(tmp_path, "new", *OPTIONS, *DAY).code == 3


def test_unstop_lets_somebody_back_in_who_asked_for_it(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor", email="dana@example.com")
    run(tmp_path, "log", "dana-okafor", "/stop", *DAY)
    later = ("--as-of", "2026-08-03")
    assert "a short mail" not in run(tmp_path, "plan", *later).out
    assert run(tmp_path, "unstop", "dana-okafor", "--yes", *later).code == 0
    run(tmp_path, "sync", *later)
    assert "a short mail" in run(tmp_path, "plan", *later).out
    assert run(tmp_path, "new", *OPTIONS, "--add", *later).code == 0


def test_options_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    found = run(begun(tmp_path), "new", *OPTIONS[:-1], "someday", *DAY)
    assert found.code == 2
    assert "--date: 'someday' cannot be used" in found.err
