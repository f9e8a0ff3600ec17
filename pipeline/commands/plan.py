"""`plan` and `preview`: what should happen and when; neither changes anything."""

import datetime as dt
import os
from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.commands import porcelain
from pipeline.commands.session import FINE, Session
from pipeline.model import MESSAGE_STEPS, Schedule, Touch, TouchStatus
from pipeline.reconciling.identity import FRONT_DESK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pipeline.reconciling.changes import ChangeSet, Item

_COMING = TouchStatus.UPCOMING


def plan(session: Session) -> int:
    """Show everyone's next follow-up, and what `sync` would do now."""
    changes = changes_of(session) if session.wants_tracker else None
    schedule = _as_opened(changes) if changes else bare_schedule(session)
    items = (
        [each for each in changes.items if each.key != FRONT_DESK] if changes else []
    )
    if session.as_json:
        porcelain.emit(session.terminal, _as_json(session, schedule, items))
    else:
        _tell(session, schedule, items, changes.refused if changes else "")
    return session.code()


def bare_schedule(session: Session) -> Schedule:
    """Give the schedule from the files alone."""
    from pipeline.planning.schedule import schedule  # noqa: PLC0415 - one of two ways

    return schedule(session.workspace, session.as_of, session.holidays)


def plan_now(session: Session) -> Schedule:
    """Give the plan with what is open, by what is cheapest to ask."""
    if not session.wants_tracker:
        return bare_schedule(session)
    state = session.workspace.state
    asked = getattr(session.options, "tracker", None)
    if not (asked or state.tracker or os.path.isdir(_inbox(session))):
        return bare_schedule(session)  # no issue was ever opened
    if asked or state.tracker in ("", "local"):
        from pipeline.reconciling.looking import planned  # noqa: PLC0415 - as above

        return planned(
            session.workspace,
            session.tracker,
            session.as_of,
            session.holidays,
            session.run,
        )
    from pipeline.planning.schedule import OpenIssue, schedule  # noqa: PLC0415

    opened = {
        key: OpenIssue(known.number, session.as_of)
        for key, known in state.issues.items()
        if known.number is not None and known.wanted == "open"
    }
    return schedule(session.workspace, session.as_of, session.holidays, opened)


def _inbox(session: Session) -> str:
    return os.path.join(session.root, "inbox")


def changes_of(session: Session) -> "ChangeSet":
    """Give what `sync` would do now, without doing it."""
    from pipeline.reconciling.changes import Limits  # noqa: PLC0415
    from pipeline.reconciling.looking import look  # noqa: PLC0415

    changes, _ = look(
        session.workspace,
        session.tracker,
        session.as_of,
        session.holidays,
        session.run,
        Limits(),
    )
    return changes


def _as_opened(changes: "ChangeSet") -> Schedule:
    """Give the schedule with the document that goes with each open issue."""
    touches = tuple(
        _with_its_document(touch, changes)
        if touch.status is TouchStatus.OPEN
        else touch
        for touch in changes.schedule.touches
    )
    return replace(changes.schedule, touches=touches)


def _with_its_document(touch: Touch, changes: "ChangeSet") -> Touch:
    body = changes.found.bodies.get(touch.key)
    if body is None or body.marker is None:
        return touch
    document = changes.texts.document_of(touch, body.marker.doc)
    if document == (touch.document or ""):
        return touch
    others = [each for each in (touch.document, *touch.alternatives) if each]
    others = [each for each in others if each != document]
    return replace(touch, document=document, alternatives=tuple(others[:2]))


def _as_json(
    session: Session, schedule: Schedule, items: Sequence["Item"]
) -> porcelain.ShownPlan:
    return porcelain.ShownPlan(
        as_of=schedule.as_of,
        changes=tuple(
            porcelain.ShownChange(
                action=each.action, issue=each.number, key=each.key, reason=each.reason
            )
            for each in items
        ),
        problems=porcelain.shown_problems(session.workspace.problems),
        touches=tuple(map(porcelain.shown_touch, schedule.touches)),
    )


# --- for people ----------------------------------------------------------------


def _tell(
    session: Session, schedule: Schedule, items: Sequence["Item"], refused: str
) -> None:
    from pipeline.commands import wording  # noqa: PLC0415 - for people alone

    summary = wording.counts(schedule.touches)
    lines = [f"{wording.whole_day(schedule.as_of)}: {summary}."]
    for title, chosen in _sections(schedule.touches):
        if chosen:
            lines += ["", session.terminal.heading(title)]
            lines += _entries(chosen, session)
    if schedule.overload:
        lines += [
            "",
            f"Your rhythm asks for {schedule.overload} more messages a year than fit; "
            "`gentle`, `light` or a higher `open_at_once` would help.",
        ]
    if not session.workspace.can_tell:
        lines += ["", *wording.UNTOLD]
    if refused:
        lines += ["", f"`{session.program} sync` would stop: {refused}."]
    elif items:
        lines += ["", f"`{session.program} sync` would {_doing(items)}."]
    session.terminal.show("\n".join(lines), f"{summary}.")
    show_problems(session)


def _sections(touches: Sequence[Touch]) -> list[tuple[str, list[Touch]]]:
    """Sort follow-ups into what a person can do about them."""
    now = [t for t in touches if t.status in (TouchStatus.DUE, TouchStatus.OPEN)]
    late = [t for t in now if t.overdue and t.step in MESSAGE_STEPS]
    coming = [t for t in touches if t.status is _COMING]
    return [
        ("Today", [t for t in now if t not in late]),
        ("Still fine to send", late),
        ("Waiting", [t for t in touches if t.status is TouchStatus.WAITING]),
        ("To come", sorted(coming, key=lambda t: (t.opens_on, t.slug, t.step))),
    ]


def _entries(touches: Sequence[Touch], session: Session) -> list[str]:
    """Give the lines of a section: what and whom in columns, the reasons below."""
    from pipeline.commands import wording  # noqa: PLC0415 - for people alone

    as_of = session.as_of
    rows = wording.columns(
        [
            (
                _when(touch, as_of),
                wording.what(touch),
                wording.whom(touch),
                "" if touch.status is _COMING else wording.until(touch, as_of),
            )
            for touch in touches
        ]
    )
    lines = []
    for row, touch in zip(rows, touches, strict=True):
        lines += [row, *wording.wrapped(_why(touch, session), " " * 6)]
    return lines


def _when(touch: Touch, as_of: dt.date) -> str:
    from pipeline.commands import wording  # noqa: PLC0415 - for people alone

    if touch.status is _COMING:
        return wording.day(touch.opens_on, as_of)
    return f"#{touch.issue}" if touch.issue else "-"


def _why(touch: Touch, session: Session) -> str:
    """Say what a follow-up is meant for, and every reason for its day."""
    from pipeline.commands import wording  # noqa: PLC0415 - for people alone

    first, last = (wording.day(each, session.as_of) for each in touch.window)
    said = [f"Meant for {first} to {last}.", *touch.reasons]
    document = session.workspace.documents.get(touch.document or "")
    if document:
        said.append(f"In line for it: {document.title}.")
    return wording.sentences(said)


def _doing(items: Sequence["Item"]) -> str:
    words = {
        "open": "open {}",
        "reopen": "reopen {}",
        "update": "bring {} up to date",
        "close": "close {}",
        "remind": "remind you of {}",
    }
    count = dict.fromkeys(words, 0)
    for each in items:
        count[each.action] += 1
    said = [
        text.format(count[action]) for action, text in words.items() if count[action]
    ]
    return " and ".join(filter(None, [", ".join(said[:-1]), said[-1]]))


def show_problems(session: Session) -> None:
    """Say beside a result which files need a hand."""
    problems = session.workspace.problems
    if problems:
        from pipeline.commands import wording  # noqa: PLC0415 - seldom

        number = wording.count(len(problems), "problem")
        lines = "\n".join(wording.problem_lines(problems))
        session.terminal.note(lines, f"{number} in files; run `./notyet check`")


def preview(session: Session) -> int:
    """Show everything planned for one person, as if each were sent on its day."""
    from pipeline.planning.preview import preview as look_ahead  # noqa: PLC0415

    contact = session.contact(session.options.slug)
    session.insist_on_dates()
    months: int = session.options.months
    future = look_ahead(
        session.workspace, contact.slug, session.as_of, session.holidays, months
    )
    if session.as_json:
        shown = tuple(porcelain.shown_touch(each, assumed=True) for each in future)
        value = porcelain.ShownPreview(as_of=session.as_of, touches=shown)
        porcelain.emit(session.terminal, value)
        return FINE
    from pipeline.commands import wording  # noqa: PLC0415 - for people alone

    title = f"{contact.name or contact.company}, the next {months} months"
    lines = [session.terminal.heading(title), *plan_table(future, session)]
    number = wording.count(len(future), "follow-up")
    session.terminal.show("\n".join(lines), f"{number} in {months} months.")
    return FINE


def plan_table(future: Sequence[Touch], session: Session) -> list[str]:
    """Lay out a future by date, with the reasons of each day."""
    from pipeline.commands import wording  # noqa: PLC0415 - for people alone

    if not future:
        return ["  Nothing is planned."]
    lines = []
    for touch in future:
        assumed = touch.assumed_on or touch.target_on
        when = wording.day(assumed, session.as_of)
        lines.append(f"  {when:15}  {wording.what(touch)}")
        said = touch.reasons
        if assumed > touch.target_on:
            meant = wording.day(touch.target_on, session.as_of)
            said = (f"Meant for {meant}.", *said)
        lines += wording.wrapped(wording.sentences(said), " " * 19)
    return lines
