"""`sync`: take in what was done since, open what is due, answer; and tell it."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.commands import porcelain, wording
from pipeline.commands.session import FINE, PROBLEMS, Session
from pipeline.errors import NotYetError, UsageError
from pipeline.model import MESSAGE_STEPS, Problem, Severity, Touch
from pipeline.reconciling.apply import SyncReport
from pipeline.reconciling.apply import sync as carry_out
from pipeline.reconciling.changes import Limits

if TYPE_CHECKING:
    from pipeline.trackers.base import Tracker

REST = "the rest comes with the next run"


BEHIND = "Others have pushed meanwhile; `git pull` brings your own files up to date."


def sync(session: Session) -> int:
    """Bring files and issues to agree."""
    if not session.wants_tracker:
        raise UsageError("sync needs issues; leave out --tracker none")
    override = session.options.override or session.workflow.override
    try:
        if session.workflow.dry_run:
            return _rehearse(session)
        report = run(session, Limits(override=override))
    except NotYetError as error:
        session.workflow.summarize(error.in_public)
        raise
    tell(session, report)
    _tell_workflow(session, report)
    return code(report.problems)


def _rehearse(session: Session) -> int:
    """Say in numbers what a run would do, and do nothing."""
    from pipeline.commands.plan import changes_of  # noqa: PLC0415 - on request alone

    changes = changes_of(session)
    counts = Counter(each.action for each in changes.items)
    done = [f"{each} {counts[each]}" for each in sorted(counts)]
    written = wording.count(len(changes.found.recorded), "entry", "entries")
    text = f"A dry run; this would {', '.join([*done, f'write {written} down'])}."
    session.terminal.show(text, text)
    session.workflow.summarize(text)
    session.workflow.tell_changed(changed=False)
    return session.code()


def _tell_workflow(session: Session, report: SyncReport) -> None:
    """Put counts and numbers on the page of the run, and say if anything is new."""
    said = [_counts(report)]
    if report.problems:
        said.append(
            f"{wording.count(len(report.problems), 'problem')} in files: see the front "
            "desk."
        )
    if report.left or report.failed:
        said.append("Something is left; it comes with the next run.")
    session.workflow.summarize("\n\n".join(said))
    changed = report.wrote or session.workflow.was_pushed
    session.workflow.tell_changed(changed=changed)


def run(
    session: Session,
    limits: Limits | None = None,
    tracker: "Tracker | None" = None,
) -> SyncReport:
    """Run the loop once; `tracker` may stand in for the session's own."""
    return carry_out(
        session.store,
        tracker or session.tracker,
        as_of=session.as_of,
        run=session.run,
        holidays=session.holidays,
        limits=limits or Limits(),
    )


def code(problems: tuple[Problem, ...]) -> int:
    """Give the exit code: whether a file needs a hand."""
    wrong = any(each.severity is Severity.ERROR for each in problems)
    return PROBLEMS if wrong else FINE


def tell(session: Session, report: SyncReport) -> None:
    """Show what a run did."""
    if session.store.is_behind:
        session.terminal.note(BEHIND, BEHIND)
    if session.as_json:
        porcelain.emit(session.terminal, porcelain.shown_report(report))
        return
    session.terminal.show("\n".join(_lines(session, report)), _counts(report))
    if report.problems:
        number = wording.count(len(report.problems), "problem")
        lines = "\n".join(wording.problem_lines(report.problems))
        session.terminal.note(lines, f"{number} in files; run `./notyet check`")


def _counts(report: SyncReport) -> str:
    """Say what was done in numbers, those of issues among them."""
    done = {
        "opened": report.opened,
        "reopened": report.reopened,
        "brought up to date": report.updated,
        "closed": report.closed,
    }
    said = [
        f"{word} {', '.join(f'#{number}' for _, number in pairs)}"
        for word, pairs in done.items()
        if pairs
    ]
    recorded, waiting = len(report.recorded), len(report.waiting)
    if recorded:
        said.append(f"wrote {wording.count(recorded, 'entry', 'entries')} down")
    if waiting:
        said.append(f"{waiting} waiting")
    if report.failed:
        said.append(f"{wording.count(report.failed, 'change')} refused")
    if report.left:
        said.append(REST)
    return f"{'; '.join(said) or 'nothing to do'}."


def _unfinished(report: SyncReport) -> list[str]:
    """Say what could not be done now."""
    lines = []
    if report.failed:
        number = wording.count(report.failed, "change")
        lines.append(f"{number} could not be made; the next run tries again.")
    if report.left:
        lines.append(f"{REST[0].upper()}{REST[1:]}.")
    return lines


def _lines(session: Session, report: SyncReport) -> list[str]:
    touches = {
        touch.key: touch
        for touch in (report.schedule.touches if report.schedule else ())
    }
    lines = []
    if report.recorded:
        number = wording.count(len(report.recorded), "entry", "entries")
        lines.append(f"Wrote {number} down.")
    for title, pairs in (("Opened", report.opened), ("Back again", report.reopened)):
        rows = [
            _row(number, touches[key], session.as_of)
            for key, number in pairs
            if key in touches
        ]
        if rows:
            lines += [session.terminal.heading(title), *wording.columns(rows)]
    for word, pairs in (("Closed", report.closed), ("Updated", report.updated)):
        if pairs:
            lines.append(f"{word} {', '.join(f'#{number}' for _, number in pairs)}.")
    lines += _unfinished(report)
    if not lines:
        lines.append("Nothing to do.")
    if report.waiting:
        number = wording.count(len(report.waiting), "more waits", "more wait")
        lines.append(f"{number}; `{session.program} plan` says for what.")
    return [*lines, *_hint(session, report.opened, touches)]


def _row(number: int, touch: Touch, as_of: dt.date) -> tuple[str, str, str, str]:
    until = wording.until(touch, as_of)
    return f"#{number}", wording.what(touch), wording.whom(touch), until


def _hint(
    session: Session, opened: Sequence[tuple[str, int]], touches: Mapping[str, Touch]
) -> list[str]:
    """Say what to do with the first message that was opened, else with the first."""
    if not opened:
        return []
    messages = (n for key, n in opened if touches[key].step in MESSAGE_STEPS)
    first = next(messages, opened[0][1])
    read, sent = f"{session.program} show {first}", f"{session.program} close {first}"
    return ["", f"Read one: {read} · sent it: {sent}"]
