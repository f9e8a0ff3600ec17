"""What programs read: the JSON of plan, preview, sync and the rest, a promise.

Fields stand in the order of the alphabet, so that keys come out sorted. Where others
read along, only what an issue's number and plain counts would tell is given.
"""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from pipeline.commands.terminal import Terminal
from pipeline.model import (
    Channel,
    Problem,
    Severity,
    Step,
    Touch,
    TouchStatus,
    WaitsFor,
)

if TYPE_CHECKING:
    from pipeline.reconciling.apply import SyncReport

SCHEMA = 1
# What may be said in public: states and numbers of ours, nothing from a file.
_PUBLIC = frozenset(
    {"action", "as_of", "event", "issue", "schema", "severity", "status", "step"}
    | {"waits_for"}
)


# What the keys hold; the reference page of the JSON is made from it.
Key = Annotated[str, Meta(description="the follow-up: contact/step/round")]
Number = Annotated[int, Meta(description="the issue's number")]
Day = Annotated[dt.date, Meta(description="the day of this run")]
Version = Annotated[int, Meta(description="1, until a key goes or changes its meaning")]


class ShownTouch(Struct, frozen=True, kw_only=True, gc=False):
    """One follow-up; the fields of `pipeline.model.Touch` under their public names."""

    alternatives: Annotated[
        tuple[str, ...], Meta(description="ids of other documents that would fit")
    ]
    assumed_on: Annotated[
        dt.date | UnsetType | None,
        Meta(description="the day it is taken as sent; `preview` alone gives it"),
    ] = UNSET
    channel: Annotated[Channel, Meta(description="how it travels")]
    company: Annotated[str, Meta(description="where the person works")]
    contact: Annotated[str, Meta(description="the name of the file, without .yml")]
    document: Annotated[str | None, Meta(description="the id of the one in line")]
    due_by: Annotated[dt.date, Meta(description="the last day meant for it")]
    issue: Annotated[
        int | None, Meta(description="the number of its issue, once there is one")
    ]
    key: Key
    name: Annotated[str, Meta(description="the person's name; empty if not known")]
    opens_on: Annotated[dt.date, Meta(description="the day its issue may open")]
    outside_window: Annotated[
        bool, Meta(description="no permitted day was found within `window`")
    ]
    overdue: Annotated[
        bool, Meta(description="`due_by` has passed; still fine to send")
    ]
    reasons: Annotated[
        tuple[str, ...], Meta(description="why it is this day, in sentences")
    ]
    round: Annotated[int, Meta(description="counts this step for this person, from 1")]
    status: Annotated[TouchStatus, Meta(description="where it stands today")]
    step: Annotated[Step, Meta(description="what it is")]
    target_on: Annotated[dt.date, Meta(description="the first day that permits it")]
    waits_for: Annotated[
        WaitsFor | None, Meta(description="what holds it back, while it is `waiting`")
    ]
    window: Annotated[
        tuple[dt.date, dt.date], Meta(description="first and last day of the rhythm")
    ]


class ShownChange(Struct, frozen=True, kw_only=True):
    """One thing that `sync` would do now."""

    action: Annotated[str, Meta(description="open, reopen, update, close or remind")]
    issue: Annotated[
        int | None, Meta(description="the issue's number; none yet where it opens")
    ]
    key: Key
    reason: Annotated[str, Meta(description="why, in words")]


class ShownProblem(Struct, frozen=True, kw_only=True):
    """One problem of a file; `severity` is given by `check` alone."""

    column: Annotated[int, Meta(description="from 1")]
    field: Annotated[str, Meta(description="which one, as a path; may be empty")]
    line: Annotated[int, Meta(description="from 1")]
    message: Annotated[str, Meta(description="what is wrong, and what was found")]
    path: Annotated[str, Meta(description="the file, from the root, with slashes")]
    remedy: Annotated[str, Meta(description="what to write instead")]
    severity: Annotated[
        Severity | UnsetType,
        Meta(description="whether the file is still used; `check` alone gives it"),
    ] = UNSET


Problems = Annotated[
    tuple[ShownProblem, ...], Meta(description="what is wrong in files, by place")
]


class ShownPlan(Struct, frozen=True, kw_only=True):
    """What `plan` prints."""

    as_of: Day
    changes: Annotated[
        tuple[ShownChange, ...],
        Meta(description="what `sync` would do now; empty with `--tracker none`"),
    ]
    problems: Problems
    schema: Version = SCHEMA
    touches: Annotated[
        tuple[ShownTouch, ...],
        Meta(description="everyone's look back, and next message or question"),
    ]


class ShownPreview(Struct, frozen=True, kw_only=True):
    """What `preview` prints."""

    as_of: Day
    schema: Version = SCHEMA
    touches: Annotated[
        tuple[ShownTouch, ...], Meta(description="what is to come, in order")
    ]


class Numbered(Struct, frozen=True, kw_only=True):
    """An issue and the follow-up it belongs to."""

    issue: Number
    key: Key


class Recorded(Struct, frozen=True, kw_only=True):
    """One event that was written down."""

    event: Annotated[str, Meta(description="its name, as in a `history:`")]
    key: Annotated[str, Meta(description="the follow-up, or the person, it is about")]
    source: Annotated[str, Meta(description="where it was said; once, ever")]


class Waiting(Struct, frozen=True, kw_only=True):
    """A follow-up whose day has come, and what it waits for."""

    key: Key
    waits_for: Annotated[str, Meta(description="what holds it back")]


class ShownReport(Struct, frozen=True, kw_only=True):
    """What `sync` prints."""

    adopted: Annotated[
        tuple[Numbered, ...],
        Meta(description="issues of an interrupted run, found again"),
    ]
    closed: Annotated[
        tuple[Numbered, ...], Meta(description="closed by the program, not by you")
    ]
    opened: Annotated[tuple[Numbered, ...], Meta(description="new issues")]
    problems: Problems
    recorded: Annotated[
        tuple[Recorded, ...], Meta(description="what you did, now in the files")
    ]
    reopened: Annotated[tuple[Numbered, ...], Meta(description="open once more")]
    schema: Version = SCHEMA
    updated: Annotated[tuple[Numbered, ...], Meta(description="given a newer text")]
    waiting: Annotated[
        tuple[Waiting, ...], Meta(description="follow-ups that have to wait")
    ]


def shown_report(report: "SyncReport") -> ShownReport:
    """Give a run as programs see it."""
    return ShownReport(
        adopted=_numbered(report.adopted),
        closed=_numbered(report.closed),
        opened=_numbered(report.opened),
        problems=shown_problems(report.problems),
        recorded=tuple(
            Recorded(event=event, key=key, source=source)
            for key, event, source in report.recorded
        ),
        reopened=_numbered(report.reopened),
        updated=_numbered(report.updated),
        waiting=tuple(Waiting(key=key, waits_for=what) for key, what in report.waiting),
    )


def _numbered(pairs: Iterable[tuple[str, int]]) -> tuple[Numbered, ...]:
    return tuple(Numbered(issue=number, key=key) for key, number in pairs)


def shown_touch(touch: Touch, *, assumed: bool = False) -> ShownTouch:
    """Give a follow-up as programs see it; `assumed`: with its `assumed_on`."""
    return ShownTouch(
        alternatives=touch.alternatives,
        assumed_on=touch.assumed_on if assumed else UNSET,
        channel=touch.channel,
        company=touch.company,
        contact=touch.slug,
        document=touch.document,
        due_by=touch.due_by,
        issue=touch.issue,
        key=touch.key,
        name=touch.name,
        opens_on=touch.opens_on,
        outside_window=touch.outside_window,
        overdue=touch.overdue,
        reasons=touch.reasons,
        round=touch.round,
        status=touch.status,
        step=touch.step,
        target_on=touch.target_on,
        waits_for=touch.waits_for,
        window=touch.window,
    )


def shown_problems(
    problems: Iterable[Problem], *, severity: bool = False
) -> tuple[ShownProblem, ...]:
    """Give problems as programs see them."""
    return tuple(
        ShownProblem(
            column=each.column,
            field=each.field,
            line=each.line,
            message=each.message,
            path=each.path,
            remedy=each.remedy,
            severity=each.severity if severity else UNSET,
        )
        for each in problems
    )


def emit(terminal: Terminal, value: object) -> None:
    """Print a value as one line of JSON, keys sorted."""
    if terminal.silent:
        value = _public(msgspec.to_builtins(value))
    terminal.data(msgspec.json.encode(value, order="deterministic"))


def _public(value: object) -> object:
    """Leave out what may come from a file; lists keep their length."""
    if isinstance(value, dict):
        return {
            name: _public(each)
            for name, each in value.items()
            if name in _PUBLIC or isinstance(each, (list, tuple, dict))
        }
    if isinstance(value, (list, tuple)):
        return [
            _public(each) for each in value if isinstance(each, (dict, list, tuple))
        ]
    return value
