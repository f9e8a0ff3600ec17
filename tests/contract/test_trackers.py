"""What every tracker must do, whether it is a folder or a service far away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import Gone
from pipeline.files.store import FolderStore
from pipeline.model import IssueState, Known
from pipeline.reconciling.apply import SyncReport, sync
from pipeline.reconciling.changes import Limits, Run
from pipeline.reconciling.identity import ack, acks_in
from pipeline.trackers.base import (
    COMPLETED,
    DUPLICATE,
    NOT_PLANNED,
    Change,
    Comment,
    Issue,
    Observation,
)
from tests.contract.places import TODAY, Folder, Hub, Place
from tests.github.clock import Clock
from tests.github.server import GitHub
from tests.reconciling.scenes import HOLIDAYS, Scene

OPEN, CLOSED = IssueState.OPEN, IssueState.CLOSED
BODY = "Hello **Dana**,\n\n- [ ] a box\n\n<!-- a mark -->\nÜñí → 日本\n"


@pytest.fixture(params=["local", "github"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param == "local":
        yield Folder(tmp_path / "ws")
        return
    clock = Clock()
    with GitHub(clock) as github:
        yield Hub(github, clock)


def look(place: Place, *known: int, wanted: IssueState = OPEN) -> Observation:
    numbers = {number: Known(number=number, wanted=wanted) for number in known}
    return place.tracker.observe(numbers, None, TODAY)


def issue(place: Place, number: int) -> Issue:
    return look(place).issues[number]


def opened(place: Place, title: str = "A short mail", body: str = BODY) -> int:
    return place.tracker.create(title, body, TODAY)


def test_at_first_there_is_nothing(place: Place) -> None:
    seen = look(place)
    assert seen.issues == {}
    assert seen.comments == ()
    assert seen.sane


def test_a_new_issue_is_seen_as_it_was_opened(place: Place) -> None:
    seen = issue(place, opened(place, "A “title” · with: signs"))
    assert seen.title == "A “title” · with: signs"
    assert seen.body.strip() == BODY.strip()
    assert (seen.state, seen.reason, seen.closed_on) == (OPEN, None, None)
    assert seen.created_on == TODAY
    assert seen.ours


def test_every_issue_has_a_number_of_its_own(place: Place) -> None:
    numbers = [opened(place, f"Mail {n}") for n in range(5)]
    assert len(set(numbers)) == 5
    assert set(look(place).issues) == set(numbers)


def test_everything_is_set_in_one_step(place: Place) -> None:
    number = opened(place)
    change = Change(title="Other", body="Text\n", state=CLOSED, reason=NOT_PLANNED)
    assert place.tracker.update(issue(place, number), change, TODAY)
    seen = issue(place, number)
    assert (seen.title, seen.body.strip()) == ("Other", "Text")
    assert (seen.state, seen.reason) == (CLOSED, NOT_PLANNED)
    assert seen.closed_on == TODAY


@pytest.mark.parametrize("reason", [COMPLETED, NOT_PLANNED, DUPLICATE])
def test_a_closing_keeps_its_reason(place: Place, reason: str) -> None:
    number = opened(place)
    change = Change(state=CLOSED, reason=reason)
    assert place.tracker.update(issue(place, number), change, TODAY)
    assert issue(place, number).reason == reason


def test_a_reopening_leaves_nothing_of_the_closing(place: Place) -> None:
    number = opened(place)
    place.close(number)
    assert place.tracker.update(issue(place, number), Change(state=OPEN), TODAY)
    seen = issue(place, number)
    assert (seen.state, seen.reason, seen.closed_on) == (OPEN, None, None)
    assert seen.closing == ""


def test_what_is_not_set_stays(place: Place) -> None:
    number = opened(place)
    place.tracker.update(issue(place, number), Change(title="Other"), TODAY)
    seen = issue(place, number)
    assert seen.body.strip() == BODY.strip()
    assert seen.state is OPEN


def test_an_issue_that_somebody_changed_meanwhile_is_left_alone(place: Place) -> None:
    number = opened(place)
    before = issue(place, number)
    place.write(number, "Mine", "my own words\n")
    assert not place.tracker.update(before, Change(body="ours\n"), TODAY)
    assert issue(place, number).body.strip() == "my own words"


def test_an_issue_that_somebody_closed_meanwhile_is_left_alone(place: Place) -> None:
    number = opened(place)
    before = issue(place, number)
    place.close(number, skip=True)
    change = Change(state=CLOSED, reason=COMPLETED)
    assert not place.tracker.update(before, change, TODAY)
    assert issue(place, number).reason == NOT_PLANNED


def test_a_change_may_be_repeated(place: Place) -> None:
    number = opened(place)
    for _ in range(2):
        place.tracker.update(issue(place, number), Change(title="Other"), TODAY)
    assert issue(place, number).title == "Other"


def test_what_a_person_does_is_seen(place: Place) -> None:
    done, skipped, back = (opened(place, title) for title in "abc")
    place.close(done)
    place.close(skipped, skip=True)
    place.close(back)
    place.reopen(back)
    states = {n: (i.state, i.reason) for n, i in look(place).issues.items()}
    assert states == {
        done: (CLOSED, COMPLETED),
        skipped: (CLOSED, NOT_PLANNED),
        back: (OPEN, None),
    }


def test_a_command_is_heard_under_one_name_on_every_look(place: Place) -> None:
    number = opened(place)
    place.say(number, "/sent yesterday")
    first, second = look(place).comments, look(place).comments
    assert [(c.issue, c.text) for c in first] == [(number, "/sent yesterday")]
    assert [c.id for c in first] == [c.id for c in second]
    assert (first[0].ours, first[0].trusted, first[0].on) == (False, True, TODAY)


def test_two_equal_commands_are_two(place: Place) -> None:
    number = opened(place)
    place.say(number, "/replied")
    place.say(number, "/replied")
    assert len({c.id for c in look(place).comments}) == 2


def test_our_answers_are_known_as_ours(place: Place) -> None:
    number = opened(place)
    place.tracker.comment(number, f"Noted.\n\n{ack('comment:1')}", TODAY)
    place.say(number, "/undo")
    ours = [c for c in look(place).comments if c.ours]
    assert [acks_in(each.text) for each in ours] == [("comment:1",)]
    assert len(look(place).comments) == 2


def test_a_deleted_issue_is_gone(place: Place) -> None:
    here, away = opened(place), opened(place)
    place.delete(away)
    seen = look(place, here, away)
    assert seen.gone == {away}
    assert set(seen.issues) == {here}
    assert seen.sane


def test_a_change_of_a_deleted_issue_is_refused_in_one_line(place: Place) -> None:
    number = opened(place)
    before = issue(place, number)
    place.delete(number)
    with pytest.raises(Gone):
        place.tracker.update(before, Change(title="x"), TODAY)


# --- the whole loop ------------------------------------------------------------


class Life:
    """A workspace whose issues live in one place."""

    def __init__(self, place: Place, root: Path) -> None:
        self.place, self.root = place, root
        self.scene = Scene(root)
        for name in ("dana-okafor", "lee-park"):
            self.scene.person(name)

    def sync(self) -> SyncReport:
        return sync(
            FolderStore(str(self.root)),
            self.place.tracker,
            as_of=self.place.now.date(),
            run=Run("run", self.place.now),
            holidays=HOLIDAYS,
            limits=Limits(),
        )

    def events(self, slug: str) -> list[str]:
        return [each.event.value for each in self.scene.events(slug)]


@pytest.fixture
def life(place: Place, tmp_path: Path) -> Life:
    return Life(place, tmp_path / "ws")


def test_what_is_due_is_opened_once(life: Life) -> None:
    opened = [key for key, _ in life.sync().opened]
    assert len(set(opened)) == len(opened) == 4
    again = life.sync()
    assert (again.opened, again.updated, again.closed) == ([], [], [])


def test_a_closing_is_the_record_and_a_reopening_takes_it_back(life: Life) -> None:
    life.sync()
    number = life.scene.number("dana-okafor/check_in/1")
    life.place.close(number)
    life.sync()
    assert life.events("dana-okafor") == ["sent"]
    life.place.reopen(number)
    life.sync()
    assert life.events("dana-okafor") == ["sent", "undone"]
    assert issue(life.place, number).state is OPEN
    assert life.sync().recorded == []


def test_a_command_is_carried_out_and_answered_once(life: Life) -> None:
    life.sync()
    number = life.scene.number("lee-park/check_in/1")
    life.place.say(number, "/snooze 2 weeks")
    life.sync()
    life.sync()
    assert life.events("lee-park") == ["snoozed"]
    assert issue(life.place, number).state is CLOSED
    assert len([c for c in look(life.place).comments if c.ours]) == 1


def test_what_was_snoozed_for_months_comes_back_under_its_number(life: Life) -> None:
    """It was closed so long ago that no list shows it any more."""
    life.sync()
    number = life.scene.number("lee-park/check_in/1")
    life.place.say(number, "/snooze 2 months")
    life.sync()
    life.place.wait(30)
    life.place.close(life.scene.number("dana-okafor/check_in/1"))
    life.sync()
    life.place.wait(40)
    assert ("lee-park/check_in/1", number) in life.sync().reopened
    assert issue(life.place, number).state is OPEN
    assert life.sync().reopened == []


def test_a_deleted_issue_comes_anew(life: Life) -> None:
    life.sync()
    key = "dana-okafor/check_in/1"
    number = life.scene.number(key)
    life.place.delete(number)
    assert [k for k, _ in life.sync().opened] == [key]
    assert life.events("dana-okafor") == []


def test_what_was_said_can_be_taken_away_again(place: Place) -> None:
    number = opened(place)
    place.say(number, "/note about Dana")
    place.say(number, "/note about Lee")
    place.tracker.comment(number, f"Kept, about Dana.\n\n{ack('comment:1')}", TODAY)

    def becomes(comment: Comment) -> str | None:
        if comment.ours:
            return comment.text.replace("Dana", "someone")
        return None if "Dana" in comment.text else comment.text

    for _ in range(2):  # the second time there is nothing to do
        place.tracker.edit_comments(number, becomes)
        said = [each.text.strip() for each in look(place).comments]
        assert said == [
            "/note about Lee",
            f"Kept, about someone.\n\n{ack('comment:1')}",
        ]
    assert issue(place, number).body.strip() == BODY.strip()
