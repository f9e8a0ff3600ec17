"""What must hold for any people, any histories and any day."""

import datetime as dt
import random
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from hypothesis import event, given
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.model import (
    Channel,
    Contact,
    Event,
    EventKind,
    QuietPeriod,
    Schedule,
    Status,
    Step,
    StopScope,
    Touch,
    TouchStatus,
    Workspace,
    YearDay,
)
from pipeline.planning.schedule import schedule, work_out
from tests.planning.people import HOLIDAYS, days, far_reaching, workspaces

DAY = dt.timedelta(days=1)
LEAD = {Channel.EMAIL: 0, Channel.LINKEDIN: 0, Channel.POST: 10}


def messages(found: Schedule) -> list[Touch]:
    return [t for t in found.touches if t.step is not Step.SELF_ASSESSMENT]


# --- an oracle that shares no code with the program -------------------------------


def permitted(day: dt.date, person: Contact, found: Workspace) -> bool:
    """Rule R3, spelt out for the countries and quiet days of these workspaces."""
    country = person.country or found.settings.country
    weekend = {"Friday", "Saturday"} if country == "IL" else {"Saturday", "Sunday"}
    quiet = quiet_days(found.settings.quiet)
    return day.strftime("%A") not in weekend and day.day != 1 and day not in quiet


@lru_cache
def quiet_days(periods: tuple[QuietPeriod, ...]) -> set[dt.date]:
    quiet: set[dt.date] = set()
    for period in periods:
        for year in range(2024, 2045):
            first = dt.date(period.first.year or year, *_month_day(period.first))
            last = dt.date(period.last.year or year, *_month_day(period.last))
            if last < first:
                last = last.replace(year=year + 1)
            quiet |= {first + n * DAY for n in range((last - first).days + 1)}
    return quiet


def _month_day(day: YearDay) -> tuple[int, int]:
    return day.month, day.day


def company(person: Contact, day: dt.date) -> str:
    where = person.company
    for each in person.history:
        if each.event is EventKind.MOVED and each.date <= day:
            where = str(each.company)
    return where.strip().lower()


def mails(person: Contact, as_of: dt.date) -> list[dt.date]:
    return [
        each.date
        for each in person.history
        if each.event is EventKind.SENT and each.date <= as_of
    ]


def first_day(
    begins: dt.date,
    person: Contact,
    found: Workspace,
    as_of: dt.date,
    earlier: list[dt.date],
    *,
    lifted: bool,
) -> dt.date:
    """Rules R4 and R5, day by day."""
    here = company(person, as_of)
    own = mails(person, as_of)
    others = [
        day
        for other in found.contacts.values()
        for day in mails(other, as_of)
        if other is not person and company(other, day) == here
    ]
    day = begins
    while not (
        permitted(day, person, found)
        and (lifted or not own or (day - own[-1]).days >= 60)
        and all((day - other).days >= 30 for other in others)
        and all(abs((day - other).days) >= 30 for other in earlier)
    ):
        day += DAY
    return day


@given(workspaces(), days)
def test_every_date_is_the_one_the_rules_give(found: Workspace, as_of: dt.date) -> None:
    facts = work_out(found, as_of, HOLIDAYS)
    plan = {t.slug: t for t in messages(schedule(found, as_of, HOLIDAYS))}
    assert plan.keys() == facts.planned.keys()
    earlier: dict[str, list[dt.date]] = {}
    for slug in sorted(plan, key=lambda s: (plan[s].window[1], s)):
        touch, person, next_ = plan[slug], found.contacts[slug], facts.planned[slug]
        taken = earlier.setdefault(company(person, as_of), [])
        target = first_day(
            next_.begins, person, found, as_of, taken, lifted=next_.lifted
        )
        assert touch.target_on == target
        assert touch.due_by == max(touch.window[1], target)
        assert touch.outside_window == (target > touch.window[1])
        assert touch.opens_on >= target - LEAD[touch.channel] * DAY
        event(f"colleagues before: {min(len(taken), 2)}")
        event(f"moved from its first day: {target > next_.begins}")
        event(f"outside: {touch.outside_window}")
        taken.append(target)


@given(workspaces(), days)
def test_it_opens_its_lead_before_its_day_unless_held_or_put_off(
    found: Workspace, as_of: dt.date
) -> None:
    facts = work_out(found, as_of, HOLIDAYS)
    for touch in messages(schedule(found, as_of, HOLIDAYS)):
        asked = [
            facts.planned[touch.slug].not_before,
            facts.standings[touch.slug].until,
        ]
        opens = touch.target_on - LEAD[touch.channel] * DAY
        assert touch.opens_on == max([opens, *(each for each in asked if each)])


@given(workspaces(), days)
def test_a_person_has_one_message_or_question_at_most(
    found: Workspace, as_of: dt.date
) -> None:
    touches = messages(schedule(found, as_of, HOLIDAYS))
    slugs = [touch.slug for touch in touches]
    assert len(slugs) == len(set(slugs))
    event(f"a question: {any(t.step is Step.YOUR_CALL for t in touches)}")


@given(workspaces(), days)
def test_nobody_who_rests_gets_anything(found: Workspace, as_of: dt.date) -> None:
    plan = schedule(found, as_of, HOLIDAYS)
    for touch in messages(plan):
        status = plan.standings[touch.slug].status
        assert status in (Status.ACTIVE, Status.PAUSED)
        assert status is Status.ACTIVE or touch.status is TouchStatus.UPCOMING


# --- order ------------------------------------------------------------------------


def told(found: Workspace, as_of: dt.date) -> tuple[object, Mapping[str, Status]]:
    plan = schedule(found, as_of, HOLIDAYS)
    return plan.touches, {s: each.status for s, each in plan.standings.items()}


def shuffled(found: Workspace, luck: random.Random) -> Workspace:
    slugs = list(found.contacts)
    luck.shuffle(slugs)
    return replace(found, contacts={s: found.contacts[s] for s in slugs})


@given(workspaces(), days, st.randoms(use_true_random=False))
def test_the_order_of_files_changes_nothing(
    found: Workspace, as_of: dt.date, luck: random.Random
) -> None:
    assert told(shuffled(found, luck), as_of) == told(found, as_of)


@given(
    workspaces(companies=1, histories=far_reaching),
    st.dates(dt.date(2027, 1, 1), dt.date(2027, 1, 5)),
    st.randoms(use_true_random=False),
)
def test_what_concerns_everyone_does_not_depend_on_the_order_of_files(
    found: Workspace, as_of: dt.date, luck: random.Random
) -> None:
    touches, standings = told(found, as_of)
    assert told(shuffled(found, luck), as_of) == (touches, standings)
    for status in sorted(set(standings.values())):
        event(str(status))


def swapped(
    history: tuple[Event, ...], luck: random.Random
) -> tuple[tuple[Event, ...], int]:
    """Swap neighbours of one day that concern different follow-ups, now and then."""
    events, count = list(history), 0
    for _ in range(3):
        for at in range(len(events) - 1):
            a, b = events[at], events[at + 1]
            apart = a.touch and b.touch and a.touch != b.touch
            if a.date == b.date and apart and luck.random() < 0.5:
                events[at], events[at + 1] = b, a
                count += 1
    return tuple(events), count


@given(workspaces(), st.lists(days, min_size=1, max_size=2), days, st.randoms())
def test_events_of_one_day_on_different_follow_ups_commute(
    found: Workspace, crowded: list[dt.date], as_of: dt.date, luck: random.Random
) -> None:
    """All events fall on one of two days."""
    first, mixed, count = {}, {}, 0
    for slug, each in found.contacts.items():
        moved = (
            replace(e, date=crowded[n % len(crowded)])
            for n, e in enumerate(each.history)
        )
        history = tuple(sorted(moved, key=lambda e: e.date))
        first[slug] = replace(each, history=history)
        other, swaps = swapped(history, luck)
        mixed[slug] = replace(each, history=other)
        count += swaps
    event(f"swapped: {count > 0}")
    expected = told(replace(found, contacts=first), as_of)
    assert told(replace(found, contacts=mixed), as_of) == expected


# --- time passes ------------------------------------------------------------------


@given(workspaces(), days, st.integers(1, 400))
def test_moving_the_day_forward_loses_no_follow_up_and_no_date(
    found: Workspace, as_of: dt.date, later: int
) -> None:
    """Unless an event of the days between says so."""
    after = as_of + later * DAY
    people = {
        slug: replace(
            each,
            history=tuple(e for e in each.history if e.date <= as_of),
            rejections=tuple(r for r in each.rejections if r.rejected_on <= as_of),
        )
        for slug, each in found.contacts.items()
    }
    still = replace(found, contacts={s: c for s, c in people.items() if c.rejections})
    before = {t.key: t for t in messages(schedule(still, as_of, HOLIDAYS))}
    now = {t.key: t for t in messages(schedule(still, after, HOLIDAYS))}
    assert before.keys() == now.keys()
    for key, touch in before.items():
        then = now[key]
        assert (then.opens_on, then.target_on) == (touch.opens_on, touch.target_on)
        assert (then.due_by, then.window) == (touch.due_by, touch.window)
        due = {TouchStatus.DUE, TouchStatus.WAITING}
        assert touch.status not in due or then.status in due
        event(f"came due: {touch.status not in due and then.status in due}")


@given(workspaces(), days, st.lists(st.integers(0, 900), max_size=3))
def test_a_stop_is_final_for_the_person_not_the_file(
    found: Workspace, as_of: dt.date, later: list[int]
) -> None:
    first = found.contacts["p0"]
    stop = Event(date=as_of, event=EventKind.STOP, scope=StopScope.PERSON)
    history = sorted([*first.history, stop], key=lambda each: each.date)
    again = Event(date=as_of + 30 * DAY, event=EventKind.RESUMED)
    stopped = replace(first, history=(*history, again))
    twin = replace(first, slug="twin", company="Elsewhere", history=())
    people = {**found.contacts, "p0": stopped, "twin": twin}
    asked = replace(found, contacts=people)
    before = schedule(replace(found, contacts={"p0": first}), as_of, HOLIDAYS)
    event(f"had something planned: {bool(before.touches)}")
    for wait in (0, *later):
        plan = schedule(asked, as_of + wait * DAY, HOLIDAYS)
        assert not {"p0", "twin"} & {touch.slug for touch in plan.touches}


@given(workspaces(), days)
def test_what_is_planned_at_one_company_lies_a_month_apart(
    found: Workspace, as_of: dt.date
) -> None:
    targets: dict[str, list[dt.date]] = {}
    for touch in messages(schedule(found, as_of, HOLIDAYS)):
        here = company(found.contacts[touch.slug], as_of)
        targets.setdefault(here, []).append(touch.target_on)
    for planned in targets.values():
        planned.sort()
        assert all(b - a >= 30 * DAY for a, b in pairwise(planned))
