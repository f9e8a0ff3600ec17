"""Months of runs, with people who act late, seldom, or never."""

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import pairwise

from hypothesis import event, given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import (
    MESSAGE_STEPS,
    Channel,
    Event,
    EventKind,
    Schedule,
    Step,
    Touch,
    TouchRef,
    TouchStatus,
    Workspace,
)
from pipeline.planning.companies import company_key
from pipeline.planning.schedule import OpenIssue, schedule
from tests.factories import contact, settings, workspace
from tests.planning.people import HOLIDAYS, days, workspaces

DAY = dt.timedelta(days=1)
WEEKS = 26


class Season(Struct):
    """A workspace as it goes on, with what is open and since when."""

    found: Workspace
    today: dt.date
    opened: dict[str, OpenIssue]
    numbers: int = 0

    def run(self) -> Schedule:
        """Look once: close what is no longer wanted, open what is due."""
        plan = schedule(self.found, self.today, HOLIDAYS, self.opened)
        wanted = {t.key: t for t in messages(plan)}
        self.opened = {k: each for k, each in self.opened.items() if k in wanted}
        for touch in wanted.values():
            if touch.status is TouchStatus.DUE:
                self.numbers += 1
                self.opened[touch.key] = OpenIssue(self.numbers, self.today)
        return plan

    def act(self, key: str) -> None:
        """Send a message, or answer a question with going on, today."""
        slug, step, number = key.split("/")
        person = self.found.contacts[slug]
        ref = replace(ref_of(step), round=int(number))
        kind = EventKind.SENT if ref.step in MESSAGE_STEPS else EventKind.GOING_ON
        done = Event(date=self.today, event=kind, touch=ref)
        history = sorted([*person.history, done], key=lambda each: each.date)
        people = dict(self.found.contacts)
        people[slug] = replace(person, history=tuple(history))
        self.found = replace(self.found, contacts=people)
        del self.opened[key]


def ref_of(step: str) -> TouchRef:
    return TouchRef(Step(step), 1)


def messages(plan: Schedule) -> list[Touch]:
    return [t for t in plan.touches if t.step is not Step.SELF_ASSESSMENT]


def slugs(keys: Mapping[str, object]) -> list[str]:
    return [key.split("/")[0] for key in keys]


@given(workspaces(most=12), days)
def test_half_a_year_of_silence_leaves_only_what_fits_open(
    found: Workspace, as_of: dt.date
) -> None:
    """Never two for one person or one company, and never more than fit."""
    season = Season(found, as_of, {})
    most = 0
    for _ in range(WEEKS):
        before = set(season.opened)
        plan = season.run()
        live = {t.slug: t for t in messages(plan) if t.key in season.opened}
        assert len(season.opened) <= found.settings.open_at_once
        assert len(set(slugs(season.opened))) == len(season.opened)
        new = {s: t for s, t in live.items() if t.key not in before}
        for slug, touch in new.items():
            others = [company_key(t.company) for s, t in live.items() if s != slug]
            assert company_key(touch.company) not in others
        most = max(most, len(season.opened))
        season.today += 7 * DAY
    event(f"all places taken: {most == found.settings.open_at_once}")


# How long somebody leaves each issue lying; each kind of person has their own.
prompt, slow = st.integers(0, 3), st.integers(0, 80)
delays = st.lists(prompt, min_size=30, max_size=30) | st.lists(
    slow, min_size=30, max_size=30
)


def acted(
    season: Season, waits: Sequence[int], runs: int, every: int
) -> list[tuple[str, dt.date]]:
    """Let somebody act on each issue after a wait of their own; give what was sent."""
    sent: list[tuple[str, dt.date]] = []
    for _ in range(runs):
        season.run()
        last = season.today + every * DAY
        while season.today < last:
            for key, issue in sorted(season.opened.items()):
                wait = waits[issue.number % len(waits)]
                if season.today >= issue.opened + wait * DAY:
                    season.act(key)
                    if "your_call" not in key:
                        sent.append((key.split("/")[0], season.today))
            season.today += DAY
    return sent


@st.composite
def colleagues(draw: st.DrawFn) -> Workspace:
    people = [
        contact(
            f"p{number}",
            str(draw(st.dates(dt.date(2024, 6, 1), dt.date(2026, 6, 1)))),
            company=draw(st.sampled_from(["Acme", "ACME"])),
            channel=draw(st.sampled_from(Channel)),
        )
        for number in range(draw(st.integers(2, 4)))
    ]
    return workspace(*people, settings=settings(open_at_once=4))


@given(colleagues(), delays, st.sampled_from([1, 2, 5, 9]))
def test_however_late_somebody_acts_a_company_hears_once_a_month(
    found: Workspace, waits: list[int], every: int
) -> None:
    season = Season(found, dt.date(2026, 6, 1), {})
    sent = acted(season, waits, runs=300 // every, every=every)
    on = sorted(day for _, day in sent)
    event(f"mails: {min(len(on), 6)}")
    event(
        f"closest: {min(((b - a).days // 10 * 10 for a, b in pairwise(on)), default=0)}"
    )
    assert all(b - a >= 30 * DAY for a, b in pairwise(on))


@given(workspaces(most=3), st.integers(0, 700), delays)
def test_acting_late_brings_no_burst(
    found: Workspace, late: int, waits: list[int]
) -> None:
    """A person hears from the user every 50 days at most, however much was missed."""
    plain = {slug: replace(each, history=()) for slug, each in found.contacts.items()}
    start = dt.date(2027, 1, 7) + late * DAY
    season = Season(replace(found, contacts=plain), start, {})
    sent = acted(season, waits, runs=60, every=5)
    for slug, person in plain.items():
        on = [day for who, day in sent if who == slug]
        event(f"mails to one person: {min(len(on), 4)}")
        # A letter may go out ten days before its own.
        assert all(b - a >= 50 * DAY for a, b in pairwise(on))
        if person.channel is not Channel.POST:
            assert all(b - a >= 60 * DAY for a, b in pairwise(on))
