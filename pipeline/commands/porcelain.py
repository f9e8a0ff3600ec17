"""What programs read: the JSON of plan, preview, sync and the rest, a promise.

Fields stand in the order of the alphabet, so that keys come out sorted. Where others
read along, only what an issue's number and plain counts would tell is given.
"""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec
from msgspec import UNSET, Struct, UnsetType

from pipeline.commands.terminal import Terminal
from pipeline.model import Problem, Touch

if TYPE_CHECKING:
    from pipeline.reconciling.apply import SyncReport

SCHEMA = 1
# What may be said in public: states and numbers of ours, nothing from a file.
_PUBLIC = frozenset(
    {"action", "as_of", "event", "issue", "schema", "severity", "status", "step"}
    | {"waits_for"}
)


class ShownTouch(Struct, frozen=True, kw_only=True, gc=False):
    """One follow-up; the fields of `pipeline.model.Touch` under their public names."""

    alternatives: tuple[str, ...]
    assumed_on: dt.date | UnsetType | None = UNSET
    channel: str
    company: str
    contact: str
    document: str | None
    due_by: dt.date
    issue: int | None
    key: str
    name: str
    opens_on: dt.date
    outside_window: bool
    overdue: bool
    reasons: tuple[str, ...]
    round: int
    status: str
    step: str
    target_on: dt.date
    waits_for: str | None
    window: tuple[dt.date, dt.date]


class ShownChange(Struct, frozen=True, kw_only=True):
    """One thing that `sync` would do now."""

    action: str
    issue: int | None
    key: str
    reason: str


class ShownProblem(Struct, frozen=True, kw_only=True):
    """One problem of a file; `severity` is given by `check` alone."""

    column: int
    field: str
    line: int
    message: str
    path: str
    remedy: str
    severity: str | UnsetType = UNSET


class ShownPlan(Struct, frozen=True, kw_only=True):
    """What `plan` prints."""

    as_of: dt.date
    changes: tuple[ShownChange, ...]
    problems: tuple[ShownProblem, ...]
    schema: int = SCHEMA
    touches: tuple[ShownTouch, ...]


class ShownPreview(Struct, frozen=True, kw_only=True):
    """What `preview` prints."""

    as_of: dt.date
    schema: int = SCHEMA
    touches: tuple[ShownTouch, ...]


class Numbered(Struct, frozen=True, kw_only=True):
    """An issue and the follow-up it belongs to."""

    issue: int
    key: str


class Recorded(Struct, frozen=True, kw_only=True):
    """One event that was written down."""

    event: str
    key: str
    source: str


class Waiting(Struct, frozen=True, kw_only=True):
    """A follow-up whose day has come, and what it waits for."""

    key: str
    waits_for: str


class ShownReport(Struct, frozen=True, kw_only=True):
    """What `sync` prints."""

    adopted: tuple[Numbered, ...]
    closed: tuple[Numbered, ...]
    opened: tuple[Numbered, ...]
    problems: tuple[ShownProblem, ...]
    recorded: tuple[Recorded, ...]
    reopened: tuple[Numbered, ...]
    schema: int = SCHEMA
    updated: tuple[Numbered, ...]
    waiting: tuple[Waiting, ...]


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
            severity=each.severity.value if severity else UNSET,
        )
        for each in problems
    )


def emit(terminal: Terminal, value: object) -> None:
    """Print a value as one line of JSON, keys sorted."""
    text = msgspec.json.encode(value, order="deterministic").decode()
    if terminal.silent:
        public = _public(msgspec.to_builtins(value))
        text = msgspec.json.encode(public, order="sorted").decode()
    terminal.data(text)


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
