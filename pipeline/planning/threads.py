"""A person's thread: which message is next, and the window meant for it.

The history is replayed event by event, so that a skip or a snooze is understood as of
the moment it was said. Weekends, distances and gates come later (`placing`, `gates`).
"""

import datetime as dt

from msgspec import Struct

from pipeline.model import (
    MESSAGE_STEPS,
    CadenceStep,
    Contact,
    ElsewhereMode,
    Event,
    EventKind,
    Settings,
    Standing,
    Step,
    Tone,
    TouchRef,
)
from pipeline.planning import cadence
from pipeline.planning.days import Span, add_months, day_month, window_of
from pipeline.planning.history import NEWER, Everywhere, next_round

_K = EventKind
QUESTION_AFTER = 3  # messages without a sign of life


class Planned(Struct):
    """A person's next message, before days that do not suit are left out."""

    step: Step  # of the message itself
    round: int
    window: Span
    begins: dt.date  # the first day it may arrive: the window's, or what was asked for
    not_before: dt.date | None = None  # it is not put before the user earlier
    lifted: bool = False  # they named the date: no distance to the last message
    call: int | None = None  # the round of the question that comes instead
    undecided: bool = False  # that question was closed without a choice
    welcome: bool = False  # congratulations on a new post
    reasons: tuple[str, ...] = ()

    @property
    def ref(self) -> TouchRef:
        """Name what comes next: the message, or the question before it."""
        if self.call is not None:
            return TouchRef(Step.YOUR_CALL, self.call)
        return TouchRef(self.step, self.round)


class _Thread:
    """The replay of one person's events since the rejection in force."""

    def __init__(
        self, contact: Contact, standing: Standing, settings: Settings, *, light: bool
    ) -> None:
        self.base = cadence.steps_of(settings, standing.cadence)
        self.settings = settings
        rejection = standing.rejection
        if rejection is not None:
            self.start = rejection.rejected_on
        else:
            assert contact.since is not None
            self.start = contact.since
        self.referred = rejection is None
        self.again = sum(r.rejected_on < self.start for r in contact.rejections) > 0
        self.anchor = self.start
        self.check_in_done = False
        self.notes = 0
        self.asked: set[str] = {cadence.LIGHT} if light else set()
        self.fresh()

    def fresh(self) -> None:
        """Forget what was said about the message that is now done."""
        self.warm: dt.date | None = None
        self.wait: dt.date | None = None
        self.snooze: Event | None = None
        self.moved: dt.date | None = None

    # --- what comes next -------------------------------------------------------

    def step(self) -> CadenceStep:
        return self._step_in(self.base)

    def _step_in(self, steps: tuple[CadenceStep, ...]) -> CadenceStep:
        done = self.check_in_done or self.referred or self.moved is not None
        notes = 0 if self.again and not done else self.notes
        return cadence.message_after(steps, check_in_done=done, notes=notes)

    def window(self) -> tuple[Span, tuple[str, ...]]:
        """Give the window of the next message and why it is not the usual one."""
        if self.moved is not None:
            return (self.moved, add_months(self.moved, 1)), ("They have a new post.",)
        if self.referred and not self.notes and self.anchor == self.start:
            span = (self.start, add_months(self.start, 1))
            return span, ("You were sent to them.",)
        span, why = self._slowest()
        if self.warm:
            later = (add_months(self.warm, 4), add_months(self.warm, 6))
            if later[0] > span[0]:
                return later, ("They answered warmly; that buys some months.",)
        return span, why

    def _slowest(self) -> tuple[Span, tuple[str, ...]]:
        step = self.step()
        anchor = self.start if step.step is Step.CHECK_IN else self.anchor
        span = window_of(step, anchor)
        why: tuple[str, ...] = ()
        for name in sorted(self.asked):
            slower = self._step_in(cadence.BUILT_IN[name])
            other = window_of(slower, anchor)
            if slower.step is step.step and other[0] > span[0]:
                span, why = other, (_SLOWER[name],)
        return span, why

    # --- what has happened -----------------------------------------------------

    def take(self, event: Event) -> None:
        """Replay one event."""
        kind = event.event
        if kind is _K.SENT:
            self._message(event, event.date)
        elif kind is _K.SKIPPED and event.touch and event.touch.step in MESSAGE_STEPS:
            self._message(event, max(event.date, self.window()[0][0]))
        elif kind is _K.SNOOZED and event.touch and event.touch.step in MESSAGE_STEPS:
            self.snooze, self.wait = event, None
        elif kind is _K.WAIT_UNTIL:
            self.wait, self.snooze = event.until, None
        elif kind is _K.MOVED:
            self.fresh()
            self.moved = event.date
        else:
            self._pace(event)

    def _message(self, event: Event, anchor: dt.date) -> None:
        step = event.touch.step if event.touch else None
        if step is None and self.step().step is Step.CHECK_IN and not self.moved:
            return  # an extra mail before the first one moves nothing but distances
        self.anchor = anchor
        self.check_in_done |= step is Step.CHECK_IN
        self.notes += step is not Step.CHECK_IN
        self.fresh()

    def _pace(self, event: Event) -> None:
        if event.event is _K.REPLIED and event.tone is Tone.WARM:
            self.warm = event.date
        elif event.event is _K.REPLIED and event.tone is Tone.NOT_NOW:
            self.asked.add(cadence.GENTLE)
        elif event.event is _K.REFERRED or event.event is _K.SLOWED:
            self.asked.add(cadence.LIGHT)
        elif event.event is _K.GOING_ON:
            self.asked.discard(cadence.LIGHT)


_SLOWER = {
    cadence.GENTLE: "They said not now, so there is more time between your mails.",
    cadence.LIGHT: "Once a year from here.",
}


def next_message(
    contact: Contact, standing: Standing, settings: Settings, everywhere: Everywhere
) -> Planned:
    """Give the next message of a person whose thread goes on, or the question first."""
    thread = _Thread(contact, standing, settings, light=_light(standing, everywhere))
    events = standing.in_force
    for event in events:
        if event.date >= thread.start and not (event.source or "").startswith(NEWER):
            thread.take(event)
    span, why = thread.window()
    step = (
        Step.PORTFOLIO_NOTE
        if thread.moved or (thread.referred and not thread.notes)
        else thread.step().step
    )
    planned = Planned(
        step=step,
        round=next_round(events, step),
        window=span,
        begins=span[0],
        welcome=thread.moved is not None,
        reasons=why,
    )
    _ask_for(planned, thread)
    _question(planned, standing)
    return planned


def _light(standing: Standing, everywhere: Everywhere) -> bool:
    """Say whether everyone hears from the user once a year, being hired elsewhere."""
    said = everywhere.elsewhere
    if said is None or said[1] is not ElsewhereMode.LIGHT:
        return False
    return standing.rejection is None or standing.rejection.rejected_on <= said[0]


def _ask_for(planned: Planned, thread: _Thread) -> None:
    """Apply the latest snooze or wait, alone."""
    if thread.wait is not None:
        planned.window = (thread.wait, add_months(thread.wait, 1))
        planned.begins = thread.wait
        planned.lifted = True
        planned.reasons = ("They asked you to write then.",)
    elif thread.snooze is not None and thread.snooze.until is not None:
        until = thread.snooze.until
        planned.not_before = until
        planned.begins = max(planned.begins, until)
        planned.reasons = (f"You moved it to {day_month(until)}",)


def _question(planned: Planned, standing: Standing) -> None:
    """Put the question whether to go on before the next message (rule R9)."""
    if standing.silent < QUESTION_AFTER:
        return
    planned.call = next_round(standing.in_force, Step.YOUR_CALL)
    sent = 0
    for event in standing.in_force:
        sent += event.event is _K.SENT
        if event.touch is None or event.touch.step is not Step.YOUR_CALL:
            continue
        if event.event is _K.SKIPPED:
            planned.undecided = sent == len(standing.messages)
        elif event.event is _K.SNOOZED and event.touch == planned.ref:
            planned.not_before = event.until
