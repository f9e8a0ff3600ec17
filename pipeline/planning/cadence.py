"""Cadences: which step follows which, and how long after its anchor.

`classic` is the method as Donn LeVie Jr. published it; `gentle` and `light` are our
reading. It knows no person and no day.
"""

from collections.abc import Mapping

from pipeline.model import CadenceStep, Settings, Step

# By name, as these are asked for every person: a member of an enum is slow to look up.
_ASSESSMENT, _CHECK_IN, _NOTE = (
    Step.SELF_ASSESSMENT,
    Step.CHECK_IN,
    Step.PORTFOLIO_NOTE,
)
_ASSESS = CadenceStep(step=_ASSESSMENT, days=(2, 14))


def _check_in(first: int, last: int) -> CadenceStep:
    return CadenceStep(step=_CHECK_IN, months=(first, last))


def _note(first: int, last: int) -> CadenceStep:
    return CadenceStep(step=_NOTE, months=(first, last))


CLASSIC, GENTLE, LIGHT = "classic", "gentle", "light"

BUILT_IN: Mapping[str, tuple[CadenceStep, ...]] = {
    CLASSIC: (_ASSESS, _check_in(3, 4), _note(2, 4), _note(4, 6)),
    GENTLE: (
        CadenceStep(step=_ASSESSMENT, days=(2, 28)),
        _check_in(4, 6),
        _note(3, 6),
        _note(6, 9),
    ),
    LIGHT: (_ASSESS, _check_in(3, 4), _note(12, 14)),
}


def steps_of(settings: Settings, name: str) -> tuple[CadenceStep, ...]:
    """Give a cadence by name; the user's own win over ours of the same name."""
    return settings.cadences.get(name) or BUILT_IN.get(name) or BUILT_IN[CLASSIC]


def names(settings: Settings) -> tuple[str, ...]:
    """Give the names a file may use."""
    return (*BUILT_IN, *(name for name in settings.cadences if name not in BUILT_IN))


def self_assessment_of(steps: tuple[CadenceStep, ...]) -> CadenceStep | None:
    """Give the step to oneself, if the cadence has one."""
    return next((s for s in steps if s.step is _ASSESSMENT), None)


def message_after(
    steps: tuple[CadenceStep, ...], *, check_in_done: bool, notes: int
) -> CadenceStep:
    """Give the next message of a thread, without end: the last step repeats.

    `check_in_done`: its check_in has a verdict; `notes`: how many of its portfolio
    notes have one. A cadence without a check_in begins with its first note.
    """
    if not check_in_done and not notes:
        for step in steps:
            if step.step is _CHECK_IN:
                return step
    rest = [step for step in steps if step.step is _NOTE]
    return rest[notes] if notes < len(rest) else rest[-1]
