"""The calendar file, as another library reads it."""

import datetime as dt
from collections.abc import Sequence

import vobject

from pipeline.model import Titles, Touch
from pipeline.planning.preview import preview
from pipeline.writing.ical import calendar, uid
from tests.factories import contact, day, workspace
from tests.planning.looking import HOLIDAYS, SENT

AS_OF = day("2026-05-10")
DANA = workspace(contact(name="Dána Ökafor, jr; \\ the elder", history=(SENT,)))


def futures(as_of: dt.date = AS_OF) -> list[Sequence[Touch]]:
    return [preview(DANA, "dana-okafor", as_of, HOLIDAYS)]


def made(
    as_of: dt.date = AS_OF, titles: Titles = Titles.FULL
) -> vobject.base.Component:
    data = calendar(futures(as_of), as_of=as_of, titles=titles)
    found = vobject.readOne(data.decode())
    found.validate(raiseException=True)
    return found


def test_every_follow_up_is_a_whole_day_that_blocks_nothing() -> None:
    entries = made().vevent_list[:-1]
    (future,) = futures()
    assert [e.dtstart.value for e in entries] == [t.assumed_on for t in future]
    assert len(entries) > 5
    for entry in entries:
        assert entry.dtend.value - entry.dtstart.value == dt.timedelta(days=1)
        assert entry.transp.value == "TRANSPARENT"
        assert not hasattr(entry, "valarm")


def test_names_come_through_whatever_is_in_them() -> None:
    said = made().vevent_list[0].summary.value
    whom = "Dána Ökafor, jr; \\ the elder, elder Instruments"
    assert said == f"Document with a few lines: {whom}"


def test_initials_are_all_that_shows_where_that_is_wanted() -> None:
    said = made(titles=Titles.INITIALS).vevent_list[0].summary.value
    assert "kafor" not in said
    assert "Instruments" not in said


def test_one_alarm_fires_a_month_later_unless_the_file_was_made_anew() -> None:
    with_alarm = [e for e in made().vevent_list if hasattr(e, "valarm")]
    (renewal,) = with_alarm
    assert renewal.dtstart.value == AS_OF + dt.timedelta(days=30)
    assert renewal.valarm.trigger.value == dt.timedelta(hours=9)
    assert renewal.valarm.action.value == "DISPLAY"
    later = made(AS_OF + dt.timedelta(days=20))
    (moved,) = [e for e in later.vevent_list if hasattr(e, "valarm")]
    assert moved.uid.value == renewal.uid.value
    assert moved.dtstart.value == renewal.dtstart.value + dt.timedelta(days=20)
    assert int(moved.sequence.value) > int(renewal.sequence.value)


def test_the_same_follow_up_has_the_same_name_in_every_file() -> None:
    keys = [touch.key for future in futures() for touch in future]
    names = [entry.uid.value for entry in made().vevent_list[:-1]]
    assert sorted(names) == sorted(map(uid, keys))
    assert len(set(names)) == len(names)
    assert "dana" not in "".join(names)


def test_equal_input_gives_equal_bytes_in_any_order() -> None:
    other = [[*reversed(future)] for future in futures()]
    first = calendar(futures(), as_of=AS_OF, titles=Titles.FULL)
    assert calendar(other, as_of=AS_OF, titles=Titles.FULL) == first
    assert b"\r\n" in first
    assert max(map(len, first.split(b"\r\n"))) <= 75
