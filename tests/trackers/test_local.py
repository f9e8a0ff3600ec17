"""Issues as files: read and written by hand as well as by the program."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.reconciling.identity import acks_in
from pipeline.trackers.base import Comment
from pipeline.trackers.local import LocalTracker
from tests.factories import day
from tests.reconciling.scenes import Scene

CHECK_IN = "dana-okafor/check_in/1"
TODAY = "2026-05-06"


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    made = Scene(tmp_path / "ws")
    made.person("dana-okafor")
    made.document("one-source")
    made.sync("2026-04-30")
    return made


def page(scene: Scene) -> Path:
    return scene.root / "inbox" / f"{scene.number(CHECK_IN):04}.md"


def edit(scene: Scene, old: str, new: str) -> None:
    text = page(scene).read_text()
    assert old in text
    page(scene).write_text(text.replace(old, new, 1))


def days(scene: Scene, kind: str) -> list[str]:
    return [str(each.date) for each in scene.events("dana-okafor", kind)]


def test_an_issue_begins_with_what_a_person_may_want_to_change(scene: Scene) -> None:
    head = page(scene).read_text().split("---\n")[1].splitlines()
    assert head == [
        f"number: {scene.number(CHECK_IN)}",
        'title: "A short mail to Dana Okafor · Okafor Instruments · by 30 May"',
        "state: open",
        "labels: [follow-up]",
        "created: 2026-04-30",
    ]


# --- the head, edited by hand --------------------------------------------------


@pytest.mark.parametrize(
    ("written", "recorded"),
    [
        ("state: closed", TODAY),
        ("state: CLOSED\nclosed: 2026-05-04", "2026-05-04"),
        ("state: closed\nclosed: 4 May", "2026-05-04"),
        ("state: closed\nclosed: yesterday", "2026-05-05"),
        ("state: closed\nreason: completed\nclosed:", TODAY),
        ("state: closed\nclosed: 2027-05-04", TODAY),
        ("state: closed # at last", TODAY),
    ],
)
def test_closing_by_hand_records_the_day(
    scene: Scene, written: str, recorded: str
) -> None:
    edit(scene, "state: open", written)
    scene.sync(TODAY)
    assert days(scene, "sent") == [recorded]
    assert f"closed: {recorded}\n" in page(scene).read_text()
    scene.sync("2026-05-07")
    assert days(scene, "sent") == [recorded]


def test_a_closing_before_the_no_is_a_slip_in_the_year(scene: Scene) -> None:
    """Nothing may open anew because of it."""
    edit(scene, "state: open", "state: closed\nclosed: 2025-05-04")
    report = scene.sync(TODAY)
    assert days(scene, "sent") == [TODAY]
    assert report.opened == []


def test_a_file_in_braces_is_left_alone_and_gives_the_line_to_write(
    scene: Scene,
) -> None:
    path = scene.root / "contacts" / "dana-okafor.yml"
    fields = ", ".join(path.read_text().splitlines())
    path.write_text(f"{{{fields}}}\n")
    edit(scene, "state: open", "state: closed")
    for _ in range(2):
        report = scene.sync(TODAY)
        assert report.recorded == []
        assert "this file is written in a way" in str(report.problems[0])
    line = "`- {date: 2026-05-06, event: sent, touch: check_in/1, channel: email, "
    assert f'{line}source: "closed:3:2026-05-06:0"}}`' in page(scene).read_text()
    body = fields.replace(", ", "\n")
    entry = line[1:] + 'source: "closed:3:2026-05-06:0"}'
    path.write_text(f"{body}\nhistory:\n  {entry}\n")
    assert scene.sync(TODAY).problems == ()
    assert days(scene, "sent") == [TODAY]


def test_another_reason_by_hand_is_a_skip(scene: Scene) -> None:
    edit(scene, "state: open", "state: closed\nreason: not planned")
    scene.sync(TODAY)
    assert days(scene, "skipped") == [TODAY]


def test_reopening_by_hand_leaves_no_old_day_for_the_next_closing(scene: Scene) -> None:
    """Whoever only turns the state round leaves `closed:` and `reason:` behind."""
    edit(scene, "state: open", "state: closed\nreason: not_planned\nclosed: 2026-05-01")
    scene.sync(TODAY)
    edit(scene, "state: closed", "state: open")
    scene.sync("2026-05-07")
    assert days(scene, "undone") == ["2026-05-07"]
    edit(scene, "state: open", "state: closed")
    scene.sync("2026-05-08")
    assert days(scene, "sent") == ["2026-05-08"]


def test_what_a_person_adds_to_the_head_stays_as_it_was(scene: Scene) -> None:
    more = (
        "# mine\nlabels: [follow-up, urgent]\nmood:\n  - calm # today\nboss: 'Dr Ü'\n"
    )
    edit(scene, "labels: [follow-up]\n", more)
    number = scene.number(CHECK_IN)
    scene.close(number, TODAY)
    scene.sync(TODAY)
    scene.reopen(number)
    scene.sync("2026-05-07")
    assert more in page(scene).read_text()


def test_line_ends_of_the_file_stay(scene: Scene) -> None:
    data = page(scene).read_bytes().replace(b"\n", b"\r\n")
    page(scene).write_bytes(data + b"/sent yesterday\r\n")
    scene.sync(TODAY)
    assert days(scene, "sent") == ["2026-05-05"]
    after = page(scene).read_bytes()
    assert after.count(b"\n") == after.count(b"\r\n")


def test_a_title_over_several_lines_is_replaced_whole(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.person("dana-okafor")
    scene.sync("2026-04-30")
    title = 'title: "A short mail to Dana Okafor · Okafor Instruments · by 30 May"'
    edit(scene, title, "title: >-\n  A short mail to Dana Okafor\n  and more")
    with (tmp_path / "contacts" / "dana-okafor.yml").open("a") as file:
        file.write("address_as: Dana\n")
    scene.sync("2026-05-01")
    assert "title: >-\n  A short mail to Dana Okafor\n  and more\n" in (
        page(scene).read_text()
    )
    plain = (
        page(scene)
        .read_text()
        .replace(
            " Okafor\n  and more", "\n  Okafor ·\n  Okafor Instruments · by 30 May"
        )
    )
    page(scene).write_text(plain)
    scene.person("dana-okafor", name="Dana Q Okafor", company="Okafor Instruments")
    scene.sync("2026-05-01")
    assert 'title: "A short mail to Dana Q Okafor' in page(scene).read_text()
    assert "  Okafor Instruments · by" not in page(scene).read_text()


# --- broken by hand ------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("---\n", "", "the head of this issue is missing"),
        ("state: open", "state: done", "write `state: open` or `closed`"),
        ("state: open\n", "", "write `state: open` or `closed`"),
        ("state: open", "state: [open", ""),
        ("state: open", "state: closed\nclosed: soon", "write a day like"),
        ("state: open", "state: closed\nclosed: 4/5/2026", "it could be either"),
        ("<!-- comments", "<!-- remarks", "put `<!-- comments -->` back"),
        ("labels: [follow-up]", "state: closed", ""),
    ],
)
def test_a_broken_file_is_named_and_left_alone_until_it_is_mended(
    scene: Scene, old: str, new: str, said: str
) -> None:
    scene.person("ana-sol", rejected_on="2026-02-06")
    good = page(scene).read_text()
    edit(scene, old, new)
    broken = page(scene).read_bytes()
    report = scene.sync(TODAY)
    (problem,) = report.problems
    assert problem.path == f"inbox/{page(scene).name}"
    assert said in f"{problem.message}; {problem.remedy}"
    assert "ana-sol/check_in/1" in [key for key, _ in report.opened]
    assert page(scene).read_bytes() == broken
    assert scene.events("dana-okafor") == []
    page(scene).write_text(good.replace("state: open", "state: closed"))
    assert scene.sync(TODAY).problems == ()
    assert days(scene, "sent") == [TODAY]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "state: open",
            "state: done",
            "4:1: state: neither open nor closed (got done)",
        ),
        ("state: open\n", "", "1:1: state: neither open nor closed (got None)"),
        ("state: open", "state: open\nstate: closed", "5:1: state: given twice (got"),
        ("state: open", "state: closed\nclosed: soon", "5:1: closed: no day to go by"),
        ("state: open", "state: open\nmood: 'x", "5:7: "),
    ],
)
def test_what_is_wrong_in_a_head_is_shown_with_its_line_and_field(
    scene: Scene, old: str, new: str, said: str
) -> None:
    edit(scene, old, new)
    (problem,) = scene.sync(TODAY).problems
    assert str(problem).startswith(f"inbox/{page(scene).name}:{said}")


def test_a_line_given_twice_names_the_first_as_the_file_counts(scene: Scene) -> None:
    edit(scene, "state: open", "state: open\nstate: closed")
    (problem,) = scene.sync(TODAY).problems
    assert "got it first in line 4" in problem.message


def test_a_link_that_leads_nowhere_is_named_and_opens_nothing_anew(
    scene: Scene,
) -> None:
    page(scene).rename(scene.root / "elsewhere.md")
    page(scene).symlink_to("nowhere.md")
    report = scene.sync(TODAY)
    (problem,) = report.problems
    assert "put the file back, or delete the link" in str(problem)
    assert report.opened == []


def test_bytes_that_are_no_text_are_named_and_left_alone(scene: Scene) -> None:
    page(scene).write_bytes(b"---\nstate: open\n---\n\xff\xfe")
    (problem,) = scene.sync(TODAY).problems
    assert "save it as UTF-8 text" in f"{problem.message}; {problem.remedy}"
    assert page(scene).read_bytes().endswith(b"\xff\xfe")


# --- numbers -------------------------------------------------------------------


def test_two_trackers_at_once_never_share_a_number(tmp_path: Path) -> None:
    """Not even without the lock: the file itself is the claim."""

    def many(name: str) -> list[int]:
        tracker = LocalTracker(str(tmp_path))
        return [tracker.create(name, "B", day(TODAY)) for _ in range(25)]

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(many, "abcd"))
    assert sorted(each for numbers in made for each in numbers) == [*range(1, 101)]
    seen = LocalTracker(str(tmp_path)).observe({}, None, day(TODAY)).issues
    for name, numbers in zip("abcd", made, strict=True):
        assert {seen[number].title for number in numbers} == {name}


def test_a_number_that_is_taken_is_passed_over(tmp_path: Path) -> None:
    """A name that no listing shows as an issue is never written over."""
    tracker = LocalTracker(str(tmp_path))
    assert tracker.create("T", "B", day(TODAY)) == 1
    (tmp_path / "inbox" / "0002.MD").write_text("")
    (tmp_path / "inbox" / "0002.md").symlink_to("nowhere")
    assert tracker.create("T", "B", day(TODAY)) == 3


def test_the_number_of_a_deleted_issue_does_not_come_again(scene: Scene) -> None:
    """What was said under it once would else be taken for said already."""
    number = scene.number(CHECK_IN)
    scene.say(number, "/replied warm yes", TODAY)
    scene.close(number, TODAY)
    scene.sync(TODAY)
    for path in (scene.root / "inbox").glob("*.md"):
        if path.name != "0001.md":
            path.unlink()
    scene.sync("2026-05-07")
    scene.sync("2026-09-08")
    note = scene.number("dana-okafor/portfolio_note/1")
    assert note > number
    scene.say(note, "/replied warm yes", "2026-09-08")
    scene.sync("2026-09-08")
    assert days(scene, "replied") == [TODAY, "2026-09-08"]


# --- comments ------------------------------------------------------------------


def said(scene: Scene) -> list[Comment]:
    seen = LocalTracker(str(scene.root)).observe({}, None, day(TODAY))
    number = scene.number(CHECK_IN)
    return [each for each in seen.comments if each.issue == number]


def test_an_id_is_made_of_issue_text_and_how_often_it_was_said(scene: Scene) -> None:
    with page(scene).open("a") as file:
        file.write("/note a\n/note  a\n/note b\n")
    first, second, other = said(scene)
    assert len({first.id, second.id, other.id}) == 3
    text = page(scene).read_text()
    page(scene).write_text(text.replace("/note a\n/note  a\n", "/note a\n"))
    assert [each.id for each in said(scene)] == [first.id, other.id]


def test_a_command_below_an_answer_without_its_mark_still_counts(scene: Scene) -> None:
    """The mark looks like clutter, and people tidy up."""
    scene.say(scene.number(CHECK_IN), "/note a", TODAY)
    scene.sync(TODAY)
    lines = page(scene).read_text().splitlines(keepends=True)
    page(scene).write_text("".join(x for x in lines if "notyet:ack" not in x))
    with page(scene).open("a") as file:
        file.write("\n/sent yesterday\n")
    scene.sync(TODAY)
    assert days(scene, "sent") == ["2026-05-05"]
    assert len(scene.events("dana-okafor", "note")) == 1


def test_every_answer_is_read_back_whole(scene: Scene) -> None:
    """No line of ours may look like a command."""
    number = scene.number(CHECK_IN)
    lines = ("/sent", "/stop", "/undo", "/xyzzy", "/referred Ana <ana@example.com>")
    scene.say(number, "\n".join(lines), TODAY)
    scene.sync(TODAY)
    ours = [each for each in said(scene) if each.ours]
    assert len(ours) == len(lines)
    assert all(acks_in(each.text) for each in ours)


def test_a_line_typed_between_two_answers_is_the_persons(scene: Scene) -> None:
    scene.say(scene.number(CHECK_IN), "/note a", TODAY)
    scene.sync(TODAY)
    with page(scene).open("a") as file:
        file.write("/note b\n")
    scene.sync(TODAY)
    with page(scene).open("a") as file:
        file.write("\n### 2026-05-05\n/sent\n")
    scene.sync(TODAY)
    assert days(scene, "sent") == ["2026-05-05"]
    assert len(scene.events("dana-okafor", "note")) == 2
