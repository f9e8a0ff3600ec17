"""Any people with any histories, for properties."""

import datetime as dt

from hypothesis import strategies as st

from pipeline.model import (
    MESSAGE_STEPS,
    Channel,
    Contact,
    ElsewhereMode,
    Event,
    EventKind,
    QuietPeriod,
    Step,
    Tone,
    TouchRef,
    Workspace,
    YearDay,
)
from pipeline.planning.days import HolidayYear
from tests.factories import contact, settings, workspace

BEGIN, END = dt.date(2025, 1, 1), dt.date(2027, 12, 31)
days = st.dates(BEGIN, END)


class FirstDays:
    """Countries where every first day of a month is a holiday; weekends differ."""

    def year(self, country: str, subdivision: str | None, year: int) -> HolidayYear:
        del subdivision
        names = {dt.date(year, month, 1): "First day" for month in range(1, 13)}
        return HolidayYear(names, (4, 5) if country == "IL" else (5, 6))


HOLIDAYS = FirstDays()

_K = EventKind
refs = st.builds(
    TouchRef, st.sampled_from([*MESSAGE_STEPS, Step.PORTFOLIO_NOTE]), st.integers(1, 3)
)
_said = st.builds(
    Event,
    date=days,
    event=st.sampled_from(
        [
            *(_K.REPLIED, _K.WAIT_UNTIL, _K.NOTE, _K.PAUSED, _K.RESUMED, _K.SLOWED),
            *(_K.INTERVIEW, _K.GOING_ON, _K.MOVED, _K.ENDED, _K.REFERRED, _K.SENT),
            *(_K.BOUNCED, _K.HIRED_ELSEWHERE),
        ]
    ),
    until=days,
    tone=st.sampled_from(Tone),
    company=st.sampled_from(["Acme", "Borealis"]),
    mode=st.sampled_from(ElsewhereMode),
)
_about_messages = st.builds(
    Event,
    date=days,
    event=st.sampled_from([_K.SENT, _K.SENT, _K.SKIPPED, _K.SNOOZED]),
    touch=refs,
    until=days,
)
_answers = st.builds(
    Event,
    date=days,
    event=st.sampled_from([_K.GOING_ON, _K.SLOWED, _K.SKIPPED, _K.SNOOZED]),
    touch=st.builds(TouchRef, st.just(Step.YOUR_CALL), st.integers(1, 2)),
    until=days,
)


def _by_date(events: list[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda each: each.date))


histories = st.lists(_said | _about_messages | _answers, max_size=6).map(_by_date)
# Three messages without an answer and more, for the question whether to go on.
_waits = st.lists(st.integers(60, 200), min_size=3, max_size=5)


@st.composite
def unanswered(draw: st.DrawFn) -> tuple[Event, ...]:
    events, day = [], draw(st.dates(BEGIN, dt.date(2025, 10, 20)))  # none after END
    for number, wait in enumerate(draw(_waits)):
        step = Step.CHECK_IN if number == 0 else Step.PORTFOLIO_NOTE
        ref = TouchRef(step, max(number, 1))
        events.append(Event(date=day, event=_K.SENT, touch=ref))
        day += dt.timedelta(days=wait)
    return _by_date([*events, *draw(st.lists(_said | _answers, max_size=2))])


any_history = histories | unanswered()

# What is said in one file and concerns others, on few days, after every rejection.
far_reaching = st.lists(
    st.builds(
        Event,
        date=st.dates(dt.date(2027, 1, 1), dt.date(2027, 1, 4)),
        event=st.sampled_from(
            [
                *(_K.INTERVIEW, _K.OFFER, _K.RESUMED, _K.RESUMED, _K.HIRED_HERE),
                *(_K.HIRED_ELSEWHERE, _K.HIRED_ELSEWHERE),
            ]
        ),
        mode=st.sampled_from(ElsewhereMode),
    ),
    max_size=3,
).map(_by_date)


@st.composite
def people(
    draw: st.DrawFn,
    slug: str,
    companies: int = 3,
    histories: st.SearchStrategy[tuple[Event, ...]] = any_history,
) -> Contact:
    names = ["Acme", "acme ", "Borealis", "Cobalt"][: companies + 1]
    rejected_on = draw(st.dates(BEGIN, dt.date(2026, 12, 31)))
    beside = extra_mails(rejected_on) if histories is any_history else histories
    return contact(
        slug,
        str(rejected_on),
        company=draw(st.sampled_from(names)),
        channel=draw(st.sampled_from(Channel)),
        country=draw(st.sampled_from([None, "IL"])),
        cadence=draw(st.sampled_from([None, None, "gentle", "light"])),
        history=draw(histories | beside),
    )


def extra_mails(rejected_on: dt.date) -> st.SearchStrategy[tuple[Event, ...]]:
    """Give a mail beside the plan, shortly before the first one that is planned."""
    waits = st.integers(40, 120).map(lambda n: rejected_on + dt.timedelta(days=n))
    return waits.map(lambda day: (Event(date=day, event=_K.SENT),))


SUMMER = QuietPeriod(YearDay(8, 1), YearDay(8, 20))
WINTER = QuietPeriod(YearDay(12, 15), YearDay(1, 6))
ONCE = QuietPeriod(YearDay(5, 4, 2026), YearDay(6, 20, 2026))


@st.composite
def workspaces(
    draw: st.DrawFn,
    most: int = 6,
    companies: int = 3,
    histories: st.SearchStrategy[tuple[Event, ...]] = any_history,
) -> Workspace:
    count = draw(st.integers(1, most))
    quiet = draw(st.lists(st.sampled_from([SUMMER, WINTER, ONCE]), unique=True))
    return workspace(
        *(draw(people(f"p{number}", companies, histories)) for number in range(count)),
        settings=settings(open_at_once=draw(st.integers(1, 4)), quiet=tuple(quiet)),
    )
