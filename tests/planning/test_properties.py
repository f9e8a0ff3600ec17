"""What must hold for any people, any histories and any day."""

import datetime as dt
import random
from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.model import (
    MESSAGE_STEPS,
    Channel,
    Contact,
    Event,
    EventKind,
    Schedule,
    Step,
    StopScope,
    Tone,
    Touch,
    TouchRef,
    TouchStatus,
    Workspace,
)
from pipeline.planning.companies import company_key
from pipeline.planning.days import Calendar, HolidayYear, in_quiet
from pipeline.planning.placing import place_of
from pipeline.planning.schedule import OpenIssue, schedule
from tests.factories import contact, settings, workspace

DAY = dt.timedelta(days=1)
BEGIN = dt.date(2025, 1, 1)


class Fridays:
    """A country where every first day of a month is a holiday."""

    def year(self, country: str, subdivision: str | None, year: int) -> HolidayYear:
        del country, subdivision
        names = {dt.date(year, month, 1): "First day" for month in range(1, 13)}
        return HolidayYear(names, (5, 6))


HOLIDAYS = Fridays()
days = st.dates(BEGIN, dt.date(2027, 12, 31))

free_events = st.builds(
    Event,
    date=days,
    event=st.sampled_from(
        [
            EventKind.REPLIED,
            EventKind.WAIT_UNTIL,
            EventKind.NOTE,
            EventKind.PAUSED,
            EventKind.RESUMED,
            EventKind.INTERVIEW,
            EventKind.SLOWED,
            EventKind.GOING_ON,
            EventKind.MOVED,
            EventKind.ENDED,
        ]
    ),
    until=days,
    tone=st.sampled_from(Tone),
    company=st.sampled_from(["Acme", "Borealis"]),
)
message_events = st.builds(
    Event,
    date=days,
    event=st.sampled_from([EventKind.SENT, EventKind.SKIPPED, EventKind.SNOOZED]),
    touch=st.builds(TouchRef, st.sampled_from(MESSAGE_STEPS), st.integers(1, 3)),
    until=days,
)
histories = st.lists(free_events | message_events, max_size=5).map(
    lambda events: tuple(sorted(events, key=lambda each: each.date))
)


@st.composite
def workspaces(draw: st.DrawFn, most: int = 6) -> Workspace:
    people = [
        contact(
            f"p{number}",
            str(draw(st.dates(BEGIN, dt.date(2026, 12, 31)))),
            company=draw(st.sampled_from(["Acme", "acme ", "Borealis", "Cobalt"])),
            channel=draw(st.sampled_from(Channel)),
            history=draw(histories),
        )
        for number in range(draw(st.integers(1, most)))
    ]
    limit = draw(st.integers(1, 4))
    return workspace(*people, settings=settings(open_at_once=limit))


def messages(found: Schedule) -> list[Touch]:
    return [t for t in found.touches if t.step is not Step.SELF_ASSESSMENT]


@given(workspaces(), days)
def test_dates_lie_inside_the_rules(found: Workspace, as_of: dt.date) -> None:
    calendar = Calendar(HOLIDAYS, found.settings.quiet)
    for touch in messages(schedule(found, as_of, HOLIDAYS)):
        place = place_of(found.contacts[touch.slug], found.settings)
        assert calendar.permits(place, touch.target_on)
        assert not in_quiet(touch.target_on, found.settings.quiet)
        assert touch.target_on >= touch.window[0]
        assert touch.due_by == max(touch.window[1], touch.target_on)
        assert touch.outside_window == (touch.target_on > touch.window[1])


@given(workspaces(), days)
def test_planned_messages_at_one_company_are_apart(
    found: Workspace, as_of: dt.date
) -> None:
    targets: dict[str, list[dt.date]] = {}
    for touch in messages(schedule(found, as_of, HOLIDAYS)):
        targets.setdefault(company_key(touch.company), []).append(touch.target_on)
    for planned in targets.values():
        planned.sort()
        gaps = [b - a for a, b in pairwise(planned)]
        assert all(gap >= 30 * DAY for gap in gaps)


@given(workspaces(), days)
def test_sixty_days_lie_between_messages_to_one_person(
    found: Workspace, as_of: dt.date
) -> None:
    planned = schedule(found, as_of, HOLIDAYS)
    for touch in messages(planned):
        standing = planned.standings[touch.slug]
        waited = any(e.event is EventKind.WAIT_UNTIL for e in standing.in_force)
        if standing.messages and not waited:
            assert touch.target_on - standing.messages[-1].date >= 60 * DAY


@given(workspaces(), days)
def test_a_person_has_one_message_at_most(found: Workspace, as_of: dt.date) -> None:
    slugs = [touch.slug for touch in messages(schedule(found, as_of, HOLIDAYS))]
    assert len(slugs) == len(set(slugs))


@given(workspaces(), days, st.randoms(use_true_random=False))
def test_the_order_of_files_changes_nothing(
    found: Workspace, as_of: dt.date, luck: random.Random
) -> None:
    slugs = list(found.contacts)
    luck.shuffle(slugs)
    shuffled = replace(found, contacts={s: found.contacts[s] for s in slugs})
    first = schedule(found, as_of, HOLIDAYS)
    assert schedule(shuffled, as_of, HOLIDAYS).touches == first.touches


@given(workspaces(), days, st.randoms(use_true_random=False))
def test_events_of_one_day_on_different_people_commute(
    found: Workspace, as_of: dt.date, luck: random.Random
) -> None:
    def shuffled(person: Contact) -> Contact:
        notes = [
            Event(date=e.date, event=EventKind.NOTE, text="x") for e in person.history
        ]
        mixed = [*person.history, *notes]
        luck.shuffle(notes)
        return replace(person, history=tuple(sorted(mixed, key=lambda e: e.date)))

    mixed = {slug: shuffled(each) for slug, each in found.contacts.items()}
    noted = replace(found, contacts=mixed)
    assert (
        schedule(noted, as_of, HOLIDAYS).touches
        == schedule(found, as_of, HOLIDAYS).touches
    )


@given(workspaces(), days, st.integers(1, 400))
def test_moving_the_day_forward_loses_no_follow_up(
    found: Workspace, as_of: dt.date, later: int
) -> None:
    """Unless an event of the days between says so."""
    after = as_of + later * DAY
    quiet = {
        slug: replace(
            each,
            history=tuple(e for e in each.history if e.date <= as_of),
            rejections=tuple(r for r in each.rejections if r.rejected_on <= as_of),
        )
        for slug, each in found.contacts.items()
    }
    still = replace(found, contacts={s: c for s, c in quiet.items() if c.rejections})
    before = {t.key: t for t in messages(schedule(still, as_of, HOLIDAYS))}
    now = {t.key: t for t in messages(schedule(still, after, HOLIDAYS))}
    assert before.keys() <= now.keys()
    for key, touch in before.items():
        assert now[key].target_on == touch.target_on
        due = {TouchStatus.DUE, TouchStatus.WAITING}
        assert touch.status not in due or now[key].status in due


@given(workspaces(), days)
def test_a_stop_is_final_for_the_person_not_the_file(
    found: Workspace, as_of: dt.date
) -> None:
    first = found.contacts["p0"]
    stop = Event(date=as_of, event=EventKind.STOP, scope=StopScope.PERSON)
    stopped = replace(first, history=(*first.history, stop))
    twin = replace(first, slug="twin", company="Elsewhere", history=())
    people = {**found.contacts, "p0": stopped, "twin": twin}
    asked = replace(found, contacts=people)
    for later in (0, 100, 4000):
        planned = schedule(asked, as_of + later * DAY, HOLIDAYS)
        assert not {"p0", "twin"} & {touch.slug for touch in planned.touches}


def opened_of(planned: Schedule, day: dt.date) -> dict[str, OpenIssue]:
    return {
        t.key: OpenIssue(1, day)
        for t in planned.touches
        if t.status in (TouchStatus.DUE, TouchStatus.OPEN)
    }


@given(workspaces(most=12), days)
def test_half_a_year_of_silence_leaves_only_what_fits_open(
    found: Workspace, as_of: dt.date
) -> None:
    opened: dict[str, OpenIssue] = {}
    for week in range(26):
        today = as_of + 7 * week * DAY
        planned = schedule(found, today, HOLIDAYS, opened)
        opened |= opened_of(planned, today)
        live = [t for t in messages(planned) if t.key in opened]
        assert len(live) <= found.settings.open_at_once
        companies = [company_key(t.company) for t in live]
        assert len(companies) == len(set(companies))


def act(found: Workspace, keys: Sequence[str], today: dt.date) -> Workspace:
    """Send each message and answer each question, today."""
    people = dict(found.contacts)
    for key in keys:
        slug, step, number = key.split("/")
        ref = TouchRef(Step(step), int(number))
        kind = EventKind.SENT if ref.step in MESSAGE_STEPS else EventKind.GOING_ON
        done = Event(date=today, event=kind, touch=ref)
        people[slug] = replace(
            people[slug],
            history=tuple(
                sorted([*people[slug].history, done], key=lambda each: each.date)
            ),
        )
    return replace(found, contacts=people)


@given(workspaces(most=5), days, st.lists(st.integers(0, 60), min_size=12, max_size=12))
def test_acting_late_never_brings_two_mails_to_one_company_within_a_month(
    found: Workspace, as_of: dt.date, delays: list[int]
) -> None:
    """Somebody acts on whatever is open, each time after a delay of their own."""
    plain = {s: replace(c, history=()) for s, c in found.contacts.items()}
    found, today = replace(found, contacts=plain), as_of
    opened: dict[str, OpenIssue] = {}
    sent: list[tuple[str, dt.date]] = []
    for delay in delays:
        planned = schedule(found, today, HOLIDAYS, opened)
        opened = opened_of(planned, today)
        today += delay * DAY
        keys = [key for key in opened if "self_assessment" not in key]
        mails = [key.split("/")[0] for key in keys if "your_call" not in key]
        sent += [(found.contacts[slug].company, today) for slug in mails]
        found = act(found, keys, today)
        opened, today = {}, today + 7 * DAY
    for company in {company_key(name) for name, _ in sent}:
        on = sorted(day for name, day in sent if company_key(name) == company)
        assert all(b - a >= 30 * DAY for a, b in pairwise(on))
