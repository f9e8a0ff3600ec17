"""A person's thread: which message is next, and the window meant for it.

The history is replayed event by event, so that a skip or a snooze is understood as of
the moment it was said. Weekends, distances and gates come later (`placing`, `gates`).
"""

import datetime as dt
from collections.abc import Iterator
from itertools import count

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
from pipeline.planning.everywhere import Everywhere
from pipeline.planning.history import NEWER, breaks_silence, next_round

_K = EventKind
_SENT = _K.SENT
_CHECK_IN, _NOTE = Step.CHECK_IN, Step.PORTFOLIO_NOTE
# What says something about the next message.
_MATTERS = frozenset(
    {_K.SENT, _K.SKIPPED, _K.SNOOZED, _K.WAIT_UNTIL, _K.MOVED}
    | {_K.REPLIED, _K.REFERRED, _K.SLOWED, _K.GOING_ON}
)
QUESTION_AFTER = 3  # messages without a sign of life
NUMBERS = (
    *("No", "One", "Two", "Three", "Four", "Five", "Six"),
    *("Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"),
)


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

    begun = False  # something went out, or was left out
    check_in_done = False
    notes = 0
    slow = False  # by the user's wish, as long as it lasts
    gentle = False
    # What was said about the next message, until it is done.
    warm: dt.date | None = None
    wait: dt.date | None = None
    snooze: Event | None = None
    moved: dt.date | None = None
    slower_since = False  # a slower pace was asked for since

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
        self.again = len(contact.rejections) > 1 and any(
            r.rejected_on < self.start for r in contact.rejections
        )
        self.anchor = self.start
        self.done: set[TouchRef] = set()
        self.light = light  # by a job elsewhere, or because they sent the user on

    def fresh(self) -> None:
        """Forget what was said about the message that is now done."""
        self.warm = self.wait = self.snooze = self.moved = None
        self.slower_since = False

    # --- what comes next -------------------------------------------------------

    @property
    def is_greeting(self) -> bool:
        """Say whether the next is the first after a referral or a new post."""
        new_here = self.referred and not self.notes and self.anchor == self.start
        return self.moved is not None or new_here

    def next_step(self) -> Step:
        return _NOTE if self.is_greeting else self.step().step

    def step(self) -> CadenceStep:
        return self._step_in(self.base)

    def _step_in(self, steps: tuple[CadenceStep, ...]) -> CadenceStep:
        done = self.check_in_done or self.referred or self.moved is not None
        notes = 0 if self.again and not done else self.notes
        return cadence.message_after(steps, check_in_done=done, notes=notes)

    def window(self) -> tuple[Span, tuple[str, ...]]:
        """Give the window of the next message and why it is that one."""
        if self.wait is not None:
            span = (self.wait, add_months(self.wait, 1))
            return span, ("They asked you to write then.",)
        span, why = self._greeting() if self.is_greeting else self._slowest()
        if self.warm:
            later = (add_months(self.warm, 4), add_months(self.warm, 6))
            if later[0] > span[0]:
                return later, ("They answered warmly; that buys some months.",)
        return span, why

    def begins(self, ref: TouchRef | None, span: Span) -> dt.date:
        """Give the first day a message may arrive, put off or not."""
        if self.snooze and self.snooze.until and self.snooze.touch == ref:
            return max(span[0], self.snooze.until)
        return span[0]

    def _greeting(self) -> tuple[Span, tuple[str, ...]]:
        first = self.moved or self.start
        why = "They have a new post." if self.moved else "You were sent to them."
        if self.slower_since:
            slower, reason = self._slowest()
            if slower[0] > first:
                return slower, reason
        return (first, add_months(first, 1)), (why,)

    def _slowest(self) -> tuple[Span, tuple[str, ...]]:
        step = self.step()
        anchor = self.start if step.step is _CHECK_IN else self.anchor
        span = window_of(step, anchor)
        why = (after(step, f"{self._since(step)} of {day_month(anchor)}"),)
        if not (self.gentle or self.light or self.slow):
            return span, why
        for name, is_asked in (
            (cadence.GENTLE, self.gentle),
            (cadence.LIGHT, self.light or self.slow),
        ):
            slower = self._same_step(step, name) if is_asked else None
            other = window_of(slower, anchor) if slower else span
            if other[0] > span[0]:
                span, why = other, (_SLOWER[name],)
        return span, why

    def _since(self, step: CadenceStep) -> str:
        """Name what a step is anchored on."""
        if self.begun and step.step is not _CHECK_IN:
            return "the one"
        return "the introduction" if self.referred else "the no"

    def _same_step(self, step: CadenceStep, name: str) -> CadenceStep | None:
        """Give what a slower cadence has in the place of a step."""
        steps = cadence.steps_of(self.settings, name)
        slower = self._step_in(steps)
        if slower.step is not step.step and step.step is _NOTE:
            slower = cadence.message_after(steps, check_in_done=True, notes=self.notes)
        return slower if slower.step is step.step else None

    # --- what has happened -----------------------------------------------------

    def take(self, event: Event) -> None:
        """Replay one event."""
        kind, ref = event.event, event.touch
        if kind is _SENT:
            if ref is None:
                self._extra(event.date)
            else:
                self._message(ref, event.date)
        elif ref is not None and ref.step in MESSAGE_STEPS:
            self._put_off(event, ref)
        elif kind is _K.WAIT_UNTIL:
            self.wait, self.snooze = event.until, None
        elif kind is _K.MOVED:
            self.fresh()
            self.moved = event.date
        else:
            self._pace(event)

    def _put_off(self, event: Event, ref: TouchRef) -> None:
        if event.event is _K.SKIPPED:
            first = self.begins(ref, self.window()[0])
            self._message(ref, max(event.date, first))
        elif event.event is _K.SNOOZED and ref not in self.done:
            self.snooze, self.wait = event, None

    def _message(self, ref: TouchRef, anchor: dt.date) -> None:
        self._go_on_from(anchor)
        self.done.add(ref)
        if ref.step is _CHECK_IN:
            self.check_in_done = True
        else:
            self.notes += 1
        self.fresh()

    def _extra(self, day: dt.date) -> None:
        """Take in a mail beside the plan: it anchors, and what was said stays said."""
        if self.is_greeting:  # that is what it was
            self._go_on_from(day)
            self.notes += 1
            self.fresh()
        elif self.step().step is not _CHECK_IN:  # which is anchored on the no
            self._go_on_from(day)

    def _go_on_from(self, day: dt.date) -> None:
        self.anchor, self.begun = day, True

    def _pace(self, event: Event) -> None:
        if event.event is _K.REPLIED and event.tone is Tone.WARM:
            self.warm = event.date
        elif event.event is _K.REPLIED and event.tone is Tone.NOT_NOW:
            self.gentle = self.slower_since = True
        elif event.event is _K.REFERRED:
            self.light = self.slower_since = True
        elif event.event is _K.SLOWED:
            self.slow = self.slower_since = True
        elif event.event is _K.GOING_ON and event.touch is None:
            self.slow = False  # an answer to the question leaves the dates alone


def after(step: CadenceStep, what: str) -> str:
    """Say how long after something a window begins: Three months after the no."""
    first, unit = (
        (step.days or step.months or (0, 0))[0],
        "day" if step.days else "month",
    )
    return f"{_number(first)} {unit}{'' if first == 1 else 's'} after {what}."


def _number(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


_SLOWER = {
    cadence.GENTLE: "They said not now, so there is more time between your mails.",
    cadence.LIGHT: "Once a year from here.",
}


def next_message(
    contact: Contact, standing: Standing, settings: Settings, everywhere: Everywhere
) -> Planned:
    """Give the next message of a person whose thread goes on, or the question first."""
    thread = _replayed(contact, standing, settings, everywhere)
    span, why = thread.window()
    step = thread.next_step()
    ref = TouchRef(step, next_round(standing.in_force, step))
    planned = Planned(
        step=step,
        round=ref.round,
        window=span,
        begins=thread.begins(ref, span),
        lifted=thread.wait is not None,
        welcome=thread.moved is not None,
        reasons=why,
    )
    if thread.snooze and thread.snooze.touch == ref and thread.snooze.until:
        planned.not_before = thread.snooze.until
        planned.reasons = (f"You moved it to {day_month(thread.snooze.until)}",)
    _question(planned, standing)
    return planned


def note_days(
    contact: Contact,
    standing: Standing,
    settings: Settings,
    everywhere: Everywhere,
    first: dt.date,
) -> Iterator[dt.date]:
    """Give the days of all documents to come, if each message goes out at its first.

    The next message is sent on `first`; weekends and distances are left out of account.
    """
    thread, day = _replayed(contact, standing, settings, everywhere), first
    for number in count(1):
        step = thread.next_step()
        if step is _NOTE:
            yield day
        ref = TouchRef(step, -number)  # no round of theirs
        thread.take(Event(date=day, event=_K.SENT, touch=ref))
        day = thread.window()[0][0]


def _replayed(
    contact: Contact, standing: Standing, settings: Settings, everywhere: Everywhere
) -> _Thread:
    thread = _Thread(contact, standing, settings, light=_light(standing, everywhere))
    for event in standing.in_force:
        if event.event in _MATTERS and event.date >= thread.start:
            if event.source and event.source.startswith(NEWER):
                continue
            thread.take(event)
    return thread


def _light(standing: Standing, everywhere: Everywhere) -> bool:
    """Say whether everyone hears from the user once a year, being hired elsewhere."""
    said = everywhere.elsewhere
    if said is None or said[1] is not ElsewhereMode.LIGHT:
        return False
    return standing.rejection is None or standing.rejection.rejected_on <= said[0]


def _question(planned: Planned, standing: Standing) -> None:
    """Put the question whether to go on before the next message (rule R9)."""
    if standing.silent < QUESTION_AFTER:
        return
    planned.call = next_round(standing.in_force, Step.YOUR_CALL)
    silent = f"{_number(standing.silent)} messages without an answer."
    planned.reasons = (silent, *planned.reasons)
    for event in standing.in_force:
        if breaks_silence(event):
            planned.undecided = False
        if event.touch is None or event.touch.step is not Step.YOUR_CALL:
            continue
        if event.event is _K.SKIPPED:
            planned.undecided = True
        elif event.event is _K.SNOOZED and event.touch == planned.ref:
            planned.not_before = event.until
