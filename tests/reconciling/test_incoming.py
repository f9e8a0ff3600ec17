"""The form and `/reject` as an issue: a file, one answer, closed; whatever happens."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.files.store import FolderStore
from pipeline.model import IssueState, Titles
from pipeline.reconciling.identity import acks_in
from pipeline.trackers.local import LocalTracker
from pipeline.trackers.rest import Wire
from tests.commands.running import snapshot
from tests.factories import day
from tests.github.clock import Clock
from tests.github.living import Home
from tests.github.reaching import Watched
from tests.github.repository import FRIEND, OTHER_ROBOT, OWNER, STRANGER, User
from tests.github.server import Fault, GitHub, Request
from tests.reconciling.scenes import Scene
from tests.reconciling.test_intake import filled

SETTINGS = "you: {name: Maya Torres, email: maya@example.com}\n"
BOXES = {
    "company": "Brightwater",
    "position": "Senior Technical Writer",
    "who_said_no": "Dana Okafor",
    "their_mail_address": "dana@example.com",
    "when_the_no_arrived": "yesterday",
    "was_someone_else_chosen": "Yes, someone else",
    "how_far_you_had_come": "The last round",
}
FORM = filled(**BOXES, what_you_spoke_about="calibration manuals")


@pytest.fixture
def home(tmp_path: Path, github: GitHub, clock: Clock) -> Home:
    github.repository.users |= {each.login: each for each in (STRANGER, OTHER_ROBOT)}
    return Home(tmp_path / "ws", github, clock)


# --- what becomes of a form ----------------------------------------------------


def test_a_form_becomes_a_file_an_answer_and_a_closed_issue(home: Home) -> None:
    home.run()
    number = home.opens("A no", FORM)
    home.run()
    contact = home.workspace.contacts["dana-okafor"]
    assert (contact.email, contact.company) == ("dana@example.com", "Brightwater")
    (rejection,) = contact.rejections
    assert rejection.source == f"form:{number}"
    assert rejection.rejected_on == day("2026-05-03")
    assert (rejection.stage, rejection.cause) == ("final", "someone_hired")
    assert rejection.topics == ("calibration manuals",)
    (answer,) = home.answers(number)
    assert "It is written down, Maya. You don't have to carry it." in answer
    assert (
        "Dana Okafor · Brightwater · Senior Technical Writer · no on 3 May 2026, after "
        "the final interview; someone else was chosen." in answer
    )
    assert "| Mon 3 Aug 2026 | a short mail to Dana |" in answer
    assert "Nothing to do tonight" in answer
    page = "https://example.com/maya/not-yet/edit/main/contacts/dana-okafor.yml"
    assert f"edit [`contacts/dana-okafor.yml`]({page})" in answer
    assert acks_in(answer) == (f"form:{number}",)
    assert home.issue(number).state == "closed"
    assert home.issue(number).state_reason == "completed"


def test_a_second_and_a_third_run_do_nothing(home: Home) -> None:
    home.run()
    home.opens("A no", FORM)
    home.run()
    home.run()
    before, written = snapshot(home.root), home.github.counted("P")
    home.run()
    home.run()
    assert snapshot(home.root) == before
    assert home.github.counted("P") == written


def test_the_first_run_signs_with_the_name_on_the_profile_and_says_so(
    home: Home,
) -> None:
    number = home.opens("A no", FORM)
    home.run()
    assert home.file("settings.yml") == ('you:\n  name: "Maya Torres"\ntimezone: UTC\n')
    (answer,) = home.answers(number)
    assert (
        "signed **Maya Torres** (your GitHub profile); dates are in **UTC**" in answer
    )
    assert "`/me " in answer


def test_a_profile_without_a_name_signs_nothing(home: Home) -> None:
    home.github.repository.profile_name = None
    number = home.opens("A no", FORM)
    home.run()
    assert not (home.root / "settings.yml").exists()
    assert "need a name under them" in home.answers(number)[0]


def test_settings_that_are_there_stay_as_they_are(home: Home) -> None:
    home.write("settings.yml", SETTINGS)
    number = home.opens("A no", FORM)
    home.run()
    assert home.file("settings.yml") == SETTINGS
    assert "GitHub profile" not in home.answers(number)[0]
    assert not any(each.path.startswith("/users") for each in home.github.asked)


def test_no_date_is_told_while_the_settings_cannot_be_used(home: Home) -> None:
    home.write("settings.yml", f"{SETTINGS}cadence: slow\n")
    number = home.opens("A no", "/reject Acme; Writer; Ana Sol; ana@example.com; today")
    home.run()
    (said,) = home.answers(number)
    assert "It is written down" in said
    assert "What comes next can be told once `settings.yml` is mended." in said
    assert "| When | What |" not in said


def test_initials_are_chosen_in_the_form(home: Home) -> None:
    home.opens("A no", filled(**BOXES, names_in_titles_of_issues="Initials only"))
    home.run()
    settings = home.workspace.settings
    assert settings.privacy.titles is Titles.INITIALS
    assert settings.you is not None


def test_somebody_known_by_address_gains_a_rejection(home: Home) -> None:
    home.write(
        "contacts/dana.yml",
        "name: Dana Okafor # of the manuals\ncompany: Brightwater\nposition: Writer\n"
        "rejected_on: 2025-01-15\nemail: Dana@Example.com\n",
    )
    number = home.opens("A no", FORM)
    home.run()
    home.run()
    assert [*home.workspace.contacts] == ["dana"]
    assert len(home.workspace.contacts["dana"].rejections) == 2
    assert home.file("contacts/dana.yml").startswith("name: Dana Okafor # of the man")
    (answer,) = home.answers(number)
    assert "no on 3 May 2026" in answer
    assert "| Mon 3 Aug 2026 | a short mail to Dana |" in answer


def test_two_forms_about_one_new_person_make_one_file(home: Home) -> None:
    first = home.opens("A no", FORM)
    second = home.opens("A no", filled(**{**BOXES, "position": "Editor"}))
    home.run()
    home.run()
    assert [*home.workspace.contacts] == ["dana-okafor"]
    assert len(home.workspace.contacts["dana-okafor"].rejections) == 2
    assert [home.issue(n).state for n in (first, second)] == ["closed"] * 2


def test_the_same_no_filled_in_twice_is_one(home: Home) -> None:
    home.opens("A no", FORM)
    home.run()
    again = home.opens("A no", FORM)
    home.run()
    home.run()
    assert len(home.workspace.contacts["dana-okafor"].rejections) == 1
    assert home.issue(again).state == "closed"
    assert len(home.answers(again)) == 1


def test_names_in_other_letters_get_a_file_in_plain_ones(home: Home) -> None:
    for name, mail in (("Łukasz Żółć", "l@example.com"), ("Lukasz Zolc", "z@e.org")):
        boxes = {**BOXES, "who_said_no": name, "their_mail_address": mail}
        home.opens("A no", filled(**boxes))
    home.run()
    assert {*home.workspace.contacts} == {"lukasz-zolc", "lukasz-zolc-2"}


def test_somebody_who_asked_not_to_be_written_to_is_not_brought_back(
    home: Home,
) -> None:
    home.write(
        "contacts/dana.yml",
        "name: Dana Okafor\ncompany: Brightwater\nposition: Writer\nrejected_on: "
        "2025-01-15\nemail: dana@example.com\nhistory:\n"
        "  - {date: 2026-01-02, event: stop}\n",
    )
    number = home.opens("A no", FORM)
    before = home.file("contacts/dana.yml")
    home.run()
    home.run()
    assert home.file("contacts/dana.yml") == before
    (answer,) = home.answers(number)
    assert "asked not to be written to" in answer
    assert home.issue(number).state_reason == "not_planned"


# --- what is amiss -------------------------------------------------------------


def test_what_is_amiss_is_answered_once_and_an_edit_tries_again(home: Home) -> None:
    home.run()
    number = home.opens("A no", filled(**{**BOXES, "when_the_no_arrived": "soon"}))
    for _ in range(3):
        home.run()
    (answer,) = home.answers(number)
    assert "**When the no arrived**: write a day like" in answer
    assert home.issue(number).state == "open"
    home.edits(number, filled(**{**BOXES, "their_mail_address": "dana"}))
    home.run()
    assert "**Their mail address**" in home.answers(number)[1]
    home.edits(number, FORM)
    home.run()
    assert len(home.answers(number)) == 3
    assert home.issue(number).state == "closed"
    assert [*home.workspace.contacts] == ["dana-okafor"]


def test_an_answer_that_has_left_the_lists_is_not_given_again(home: Home) -> None:
    number = home.opens("A no", filled(company="Brightwater"))
    for _ in range(4):
        home.run()
        home.write(f"contacts/p{home.clock.now.day}.yml", "")  # so that marks move
        home.clock.advance(days=9)
    assert len(home.answers(number)) == 1


# --- the command ---------------------------------------------------------------

LINE = "/reject Brightwater; Writer; Dana Okafor; dana@example.com; 2026-05-01"


@pytest.mark.parametrize(
    ("title", "body"), [("A no", f"{LINE}\n\nand so on"), (LINE, ""), (LINE, "\n")]
)
def test_a_plain_issue_that_begins_with_the_command_is_taken_like_the_form(
    home: Home, title: str, body: str
) -> None:
    number = home.opens(title, body)
    home.run()
    home.run()
    (rejection,) = home.workspace.contacts["dana-okafor"].rejections
    assert rejection.source == f"form:{number}"
    assert len(home.answers(number)) == 1
    assert home.issue(number).state == "closed"


def test_a_command_that_is_not_understood_is_answered_once(home: Home) -> None:
    number = home.opens("A no", "/reject Brightwater")
    home.run()
    home.run()
    assert len(home.answers(number)) == 1
    assert "not understood" in home.answers(number)[0]
    assert home.issue(number).state == "open"


# --- who may speak -------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "heard"), [(OWNER, 1), (FRIEND, 1), (STRANGER, 0), (OTHER_ROBOT, 0)]
)
def test_only_those_whose_word_counts_are_heard(
    home: Home, who: User, heard: int
) -> None:
    number = home.opens("A no", FORM, who)
    home.run()
    assert len(home.workspace.contacts) == heard
    assert len(home.answers(number)) == heard


def test_pull_requests_and_other_issues_are_left_alone(home: Home) -> None:
    request = home.github.repository.create("A", FORM, OWNER, {"pull_request": True})
    other = home.opens("An idea", "Something else.")
    home.run()
    assert home.workspace.contacts == {}
    assert home.answers(request.number) == home.answers(other) == []
    assert home.issue(other).state == "open"


def test_a_form_that_was_closed_before_it_was_read_is_withdrawn(home: Home) -> None:
    number = home.opens("A no", FORM)
    home.github.repository.change(number, OWNER, {"state": "closed"})
    home.run()
    assert home.workspace.contacts == {}
    assert home.answers(number) == []


# --- faults --------------------------------------------------------------------


class Dead(Exception):  # noqa: N818 - the end of a run
    """The machine went away."""


def requests_of_a_run(root: Path) -> int:
    """Count what one run that takes a form in asks for."""
    clock = Clock()
    with GitHub(clock) as github:
        home = Home(root, github, clock)
        home.run()
        home.opens("A no", FORM)
        before = github.counted()
        home.run()
        return github.counted() - before


def test_a_run_that_dies_at_any_request_is_made_good(tmp_path: Path) -> None:
    count = requests_of_a_run(tmp_path / "whole")
    assert count > 6
    for fatal in range(count):
        clock = Clock()
        with GitHub(clock) as github:
            home = Home(tmp_path / str(fatal), github, clock)
            home.run()
            number = home.opens("A no", FORM)
            with pytest.raises(Dead):
                home.run(Watched(Wire(), _dying(fatal)))
            for minutes in (1, 45):
                clock.advance(minutes=minutes)
                home.run()
            assert [*home.workspace.contacts] == ["dana-okafor"], fatal
            assert len(home.answers(number)) == 1, fatal
            assert home.issue(number).state == "closed", fatal


def _dying(at: int) -> Callable[[str, str], None]:
    left = at

    def before(_: str, __: str) -> None:
        nonlocal left
        if left == 0:
            raise Dead
        left -= 1

    return before


@pytest.mark.parametrize("fault", [Fault.BAD_GATEWAY_AFTER, Fault.DROPPED_AFTER])
def test_an_answer_that_may_have_come_through_is_not_given_twice(
    home: Home, fault: Fault
) -> None:
    home.run()
    number = home.opens("A no", FORM)

    def choose(request: Request) -> Fault | None:
        return fault if request.path == f"issues/{number}/comments" else None

    home.github.fault = choose
    home.run()
    home.github.fault = lambda _: None
    home.clock.advance(minutes=45)
    home.run()
    assert len(home.answers(number)) == 1
    assert home.issue(number).state == "closed"


# --- the folder ----------------------------------------------------------------


def test_a_file_in_the_inbox_does_the_same_on_a_laptop(tmp_path: Path) -> None:
    scene = Scene(tmp_path / "ws")
    scene.sync("2026-05-04")
    number = LocalTracker(str(scene.root)).create("A no", FORM, day("2026-05-04"))
    scene.sync("2026-05-04")
    scene.sync("2026-05-04")
    text = scene.text(number)
    assert text.count("It is written down") == 1
    assert "state: closed" in text
    source = scene.contact("dana-okafor").rejections[0].source
    assert source == f"form:{number}"
    before = snapshot(scene.root)
    scene.sync("2026-05-04")
    assert snapshot(scene.root) == before
    seen = scene.tracker.observe({}, None, day("2026-05-04"))
    assert seen.issues[number].state is IssueState.CLOSED
    assert FolderStore(str(scene.root)).read("contacts/dana-okafor.yml")
