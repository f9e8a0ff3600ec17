"""Files that need a hand: told once, shown for as long as they last."""

from pathlib import Path

import pytest

from pipeline.trackers.rest import Wire
from tests.commands.running import snapshot
from tests.github.clock import Clock
from tests.github.living import Home
from tests.github.reaching import Watched
from tests.github.repository import OWNER, STRANGER
from tests.github.server import GitHub
from tests.reconciling.test_incoming import SETTINGS

WELL = "name: Dana Okafor\ncompany: Brightwater\nposition: Writer\n"
WRONG = f"{WELL}rejected_on: 20/11/2025\n"
OPENED = f"{WELL}rejected_on: 2026-01-30\n"  # a look back and a mail, #2 and #3


@pytest.fixture
def home(tmp_path: Path, github: GitHub, clock: Clock) -> Home:
    home = Home(tmp_path / "ws", github, clock)
    home.write("settings.yml", SETTINGS)
    home.run()
    return home


def broken_while_open(home: Home) -> None:
    home.write("contacts/dana-okafor.yml", OPENED)
    home.run()
    home.write("contacts/dana-okafor.yml", WRONG)


def dies_before_it_answers(home: Home) -> None:
    def dies(method: str, _: str) -> None:
        if method == "POST":
            raise RuntimeError

    with pytest.raises(RuntimeError):
        home.run(Watched(Wire(), dies))


def test_a_problem_is_told_once_with_its_line_and_where_to_mend_it(home: Home) -> None:
    home.write("contacts/dana-okafor.yml", WRONG)
    for _ in range(3):
        home.run()
    (said,) = home.answers(1)
    assert "`contacts/dana-okafor.yml`, line 4: `rejected_on`" in said
    assert "20/11/2025" in said
    assert "write 2025-11-20" in said
    page = "https://example.com/maya/not-yet/edit/main/contacts/dana-okafor.yml#L4"
    assert f"[Edit that line]({page}), or comment `/fix` here." in said
    assert "nothing comes for this person; everyone else goes on" in said
    assert page in (home.issue(1).body or "")


def test_what_stays_open_meanwhile_is_named(home: Home) -> None:
    broken_while_open(home)
    home.run()
    assert "(#2, #3 stay as they are)" in home.answers(1)[-1]
    assert home.issue(2).state == "open"


def test_what_was_sent_meanwhile_is_written_down_once_the_file_is_well(
    home: Home,
) -> None:
    """Opened again, it would be sent a second time."""
    broken_while_open(home)
    home.github.repository.change(3, OWNER, {"state": "closed"})
    for _ in range(2):
        home.run()
    home.write("contacts/dana-okafor.yml", OPENED)
    for _ in range(2):
        home.clock.advance(days=10)
        home.run()
    assert home.issue(3).state == "closed"
    history = home.workspace.contacts["dana-okafor"].history
    assert [(str(each.event), f"{each.date}") for each in history] == [
        ("sent", "2026-05-04")
    ]


def test_what_was_said_meanwhile_is_carried_out_once_the_file_is_well(
    home: Home,
) -> None:
    """However long that takes: by then its comment has left the lists."""
    broken_while_open(home)
    home.github.repository.comment(3, "/stop", OWNER)
    said_on = home.clock.now.date()
    for number in range(4):
        home.write(f"portfolio/d{number}.yml", "")  # something to write down each time
        home.run()
        home.clock.advance(days=9)
    (waits,) = home.answers(3)
    assert waits.startswith("Heard, and kept.")
    home.write("contacts/dana-okafor.yml", OPENED)
    for _ in range(2):
        home.run()
        home.clock.advance(days=9)
    history = home.workspace.contacts["dana-okafor"].history
    assert [(str(each.event), each.date) for each in history] == [("stop", said_on)]
    assert len(home.answers(3)) == 2
    assert home.issue(3).state == "closed"
    state = home.workspace.state
    assert state.waiting_since is None
    assert not any("waits" in each for each in state.said)


def test_what_is_said_beside_what_has_to_wait_is_carried_out_at_once(
    home: Home,
) -> None:
    """Each line of one comment is recorded once, and answered once."""
    home.write("contacts/ana-sol.yml", OPENED.replace("Dana Okafor", "Ana Sol"))
    for slug in ("lee-park", "dana-okafor"):
        home.write(f"contacts/{slug}.yml", WRONG)
    home.run()
    said = "/note lee-park a\n/note ana-sol b\n/nothing\n/note dana-okafor c\n"
    home.github.repository.comment(1, said, OWNER)

    def notes(slug: str) -> list[str | None]:
        for _ in range(2):
            home.clock.advance(days=9)
            home.run()
        history = home.workspace.contacts[slug].history
        return [each.text for each in history if each.event == "note"]

    assert notes("ana-sol") == ["b"]
    for slug, text in (("lee-park", "a"), ("dana-okafor", "c")):
        home.write(f"contacts/{slug}.yml", OPENED)
        assert notes(slug) == [text]
    assert notes("ana-sol") == ["b"]
    answers = "\n".join(home.answers(1))
    assert answers.count("Heard, and kept.") == 1
    assert answers.count("This line was not understood") == 1
    assert answers.count("Noted, for you alone.") == 3


def test_what_is_said_of_the_user_waits_for_the_settings(home: Home) -> None:
    home.write("contacts/dana-okafor.yml", OPENED)
    home.run()
    settings = home.file("settings.yml")
    home.write("settings.yml", f"{settings}countri: US\n")
    home.github.repository.comment(1, "/away until 2026-08-01\n/note dana-o x", OWNER)
    said_on = home.clock.now.date()
    for _ in range(2):
        home.clock.advance(days=9)
        home.run()
    heard = "Heard, and kept. `settings.yml` cannot be read just now"
    assert sum(each.startswith(heard) for each in home.answers(1)) == 1
    home.write("settings.yml", settings)
    for _ in range(2):
        home.run()
    (away,) = home.workspace.settings.history
    assert (str(away.event), away.date) == ("away", said_on)
    assert "\n".join(home.answers(1)).count("was not understood") == 1


def test_what_was_done_while_nothing_ran_is_answered_although_a_run_dies_on_it(
    home: Home,
) -> None:
    home.write("contacts/dana-okafor.yml", OPENED)
    home.run()
    home.github.repository.change(3, OWNER, {"state": "closed"})
    home.clock.advance(days=30)

    dies_before_it_answers(home)
    home.clock.advance(days=1)
    for _ in range(2):
        home.run()
    (said,) = home.answers(3)
    assert "Recorded: your mail of 4 May 2026" in said


@pytest.mark.parametrize("said", ["/note a", "/nothing"])
def test_what_was_said_while_nothing_ran_is_answered_although_a_run_dies_on_it(
    home: Home, said: str
) -> None:
    """By then the comment is older than what the next run would look at."""
    home.write("contacts/dana-okafor.yml", OPENED)
    home.run()
    home.github.repository.comment(3, said, OWNER)
    home.clock.advance(days=30)

    dies_before_it_answers(home)
    assert home.workspace.state.waiting_since is not None
    home.clock.advance(days=1)
    for _ in range(2):
        home.run()
    assert len(home.answers(3)) == 1
    state = home.workspace.state
    assert (state.owed, state.waiting_since) == ((), None)


def test_it_goes_by_itself_and_is_told_again_when_it_comes_back(home: Home) -> None:
    home.write("contacts/dana-okafor.yml", WRONG)
    home.run()
    home.write("contacts/dana-okafor.yml", f"{WELL}rejected_on: 2026-05-03\n")
    home.clock.advance(days=20)
    home.run()
    assert "need a hand" not in (home.issue(1).body or "")
    assert home.workspace.state.said == ()
    home.write("contacts/dana-okafor.yml", WRONG)
    home.run()
    assert len(home.answers(1)) == 2


def test_it_is_not_told_again_when_the_comment_has_left_the_lists(home: Home) -> None:
    home.write("contacts/dana-okafor.yml", WRONG)
    for number in range(4):
        home.run()
        home.write(f"portfolio/d{number}.yml", "")
        home.clock.advance(days=9)
    assert sum("dana-okafor.yml" in each for each in home.answers(1)) == 1


def test_many_files_make_one_comment_that_can_be_read(home: Home) -> None:
    for number in range(30):
        home.write(f"contacts/p{number}.yml", WRONG)
    home.run()
    home.run()
    (said,) = home.answers(1)
    assert said.count("Edit that line") == 8
    assert "22 more" in said


def test_fix_on_the_front_desk_mends_what_check_fix_mends(home: Home) -> None:
    home.write("contacts/dana-okafor.yml", WRONG)
    home.write("contacts/lee-park.yml", f"{WELL}rejected_on: soon\n")
    home.run()
    home.github.repository.comment(1, "/fix", OWNER)
    home.run()
    assert home.file("contacts/dana-okafor.yml") == f"{WELL}rejected_on: 2025-11-20\n"
    said = home.answers(1)[-1]
    line = "- `contacts/dana-okafor.yml`, line 4: `rejected_on: 2025-11-20`"
    assert line in said
    assert "What is left needs your own eye" in said
    home.run()
    home.run()
    before = snapshot(home.root)
    home.run()
    assert snapshot(home.root) == before
    assert "dana-okafor" in home.workspace.contacts
    assert home.file("contacts/lee-park.yml") == f"{WELL}rejected_on: soon\n"


def test_fix_with_nothing_wrong_changes_nothing(home: Home) -> None:
    home.write("contacts/dana-okafor.yml", f"{WELL}rejected_on: 2026-05-03\n")
    home.run()
    before = home.file("contacts/dana-okafor.yml")
    home.github.repository.comment(1, "/fix", OWNER)
    home.run()
    assert home.file("contacts/dana-okafor.yml") == before
    assert "nothing to mend" in home.answers(1)[-1]


def test_a_stranger_mends_nothing(home: Home) -> None:
    home.github.repository.users["zoe"] = STRANGER
    home.write("contacts/dana-okafor.yml", WRONG)
    home.run()
    home.github.repository.comment(1, "/fix", STRANGER)
    home.run()
    assert home.file("contacts/dana-okafor.yml") == WRONG


def test_what_is_wrong_from_the_first_day_stands_in_the_first_text(
    tmp_path: Path, github: GitHub, clock: Clock
) -> None:
    home = Home(tmp_path / "other", github, clock)
    home.write("contacts/dana-okafor.yml", WRONG)
    home.run()
    assert "rejected_on" in (home.issue(1).body or "")
    home.run()
    assert home.answers(1) == []
