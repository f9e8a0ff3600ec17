"""Answers: the one comment that follows a closing or a command.

Each says what was written down, what comes next and how to take it back. They are what
people will remember, so the hard moments have texts of their own, in `moments`.
"""

from pipeline.model import Event, EventKind, Status, Step, TouchStatus, Workspace
from pipeline.planning.days import DAY
from pipeline.writing.context import file_of, titled
from pipeline.writing.dates import long_day, week_day
from pipeline.writing.escape import inline
from pipeline.writing.mending import fixed
from pipeline.writing.moments import MOMENTS
from pipeline.writing.occasions import AnswerKind
from pipeline.writing.refusals import (
    amiss,
    gone,
    kept,
    misread,
    refused,
    stopped,
    waits,
    which,
)
from pipeline.writing.said import UNTOLD, Answer, coming, is_local, person, what_was
from pipeline.writing.welcome import welcome

__all__ = ["Answer", "answer"]

_K = EventKind
PATIENCE = 14 * DAY
DOWN = "It is written down."


def answer(workspace: Workspace, said: Answer) -> str:
    """Write an answer as Markdown."""
    special = {
        AnswerKind.MISREAD: misread,
        AnswerKind.WHICH: which,
        AnswerKind.OLDER: _older,
        AnswerKind.WELCOME: welcome,
        AnswerKind.STOPPED: stopped,
        AnswerKind.KEPT: kept,
        AnswerKind.WAITS: waits,
        AnswerKind.REFUSED: refused,
        AnswerKind.GONE: gone,
        AnswerKind.AMISS: amiss,
        AnswerKind.FIXED: fixed,
        AnswerKind.NOTHING_TO_UNDO: _nothing_to_undo,
        AnswerKind.NOTHING: _nothing,
        AnswerKind.REOPENED: _undone,
        AnswerKind.UNDONE: _undone,
    }
    if said.kind in special:
        return special[said.kind](workspace, said)
    event = said.event
    assert event is not None
    write = MOMENTS.get(event.event)
    parts = [
        write(workspace, said, event) if write else _recorded(workspace, said, event),
        _next(workspace, said, event),
        _take_back(workspace, said, event),
    ]
    return "\n\n".join(filter(None, parts))


# --- what was written down -----------------------------------------------------


def _recorded(workspace: Workspace, said: Answer, event: Event) -> str:
    who = person(said)
    until = week_day(event.until) if event.until else ""
    document = workspace.documents.get(event.document or "")
    texts = {
        _K.SENT: f"Recorded: {what_was(workspace, event)} to {who}.",
        _K.SKIPPED: f"Left out, and nothing is lost: {_about(said)}.",
        _K.SNOOZED: f"It comes back on {until}.",
        _K.ASSESSED: _assessed(event),
        _K.WAIT_UNTIL: f"{who} named a time, and that counts: nothing goes out before "
        f"{until}.",
        _K.SLOWED: f"Slower from here: {who} hears from you about once a year.",
        _K.GOING_ON: f"On it goes with {who}, as before." if said.following else DOWN,
        _K.PAUSED: f"Nothing to {who} {f'until {until}' if until else 'for now'}; the "
        f"dates after that stay as they were.{'' if until else ' `/resume` ends it.'}",
        _K.RESUMED: f"On it goes with {who}." if said.following else DOWN,
        _K.ENDED: f"It rests. What you sent {who} is still there, and may yet be "
        "passed on; nothing more is asked of you. `/resume` brings it back on any day.",
        _K.BOUNCED: f"Noted: the address of {who} no longer works. Nothing is planned "
        "until the file has another one. Please do not guess it; the company's page or "
        "LinkedIn may know.",
        _K.LEFT: f"Noted: {who} has left. You write to people, not to posts: when you "
        "know where, comment `/moved` and the company.",
        _K.MOVED: f"Noted: {who} is at {inline(event.company or '')} now. That is "
        "worth a few lines of good wishes, and they come next.",
        _K.SHARED: f"Noted: {who} has "
        f"{titled(document) if document else 'this document'} and will not be offered "
        "it again.",
        _K.NOTE: "Noted, for you alone.",
        _K.AWAY: f"Nothing new is put before you until {until}. Have a good time.",
        _K.BACK: "Welcome back. Nothing was lost, and nothing is late beyond repair. "
        "What waited comes a few at a time; the next opens when you close one.",
    }
    return texts[event.event]


def _about(said: Answer) -> str:
    touch = said.event.touch if said.event else None
    names = {
        Step.SELF_ASSESSMENT: "the four questions to yourself",
        Step.CHECK_IN: f"the short mail to {person(said)}",
        Step.PORTFOLIO_NOTE: f"this document for {person(said)}",
        Step.YOUR_CALL: f"the question about {person(said)}, unanswered; nothing more "
        "opens until you choose `/go`, `/slow` or `/end`",
    }
    return names[touch.step] if touch else f"this one for {person(said)}"


def _assessed(event: Event) -> str:
    if event.needs:
        return (
            "Kept, for you. What you wrote down as needed most helps to choose what "
            "they get to read."
        )
    if event.text:
        return "Kept, for you. Looking back was the hardest part, and it is done."
    return "Closed with nothing written, and that is an answer too."


# --- what comes next, and the way back -----------------------------------------

_NO_NEXT = frozenset(
    {
        _K.STOP,
        _K.HIRED_HERE,
        _K.HIRED_ELSEWHERE,
        _K.INTERVIEW,
        _K.OFFER,
        _K.ENDED,
        _K.LEFT,
        _K.BOUNCED,
        _K.NOTE,
        _K.SHARED,
        _K.AWAY,
        _K.BACK,
        _K.SNOOZED,
    }
)


def _next(workspace: Workspace, said: Answer, event: Event) -> str:
    touch = event.touch
    undecided = touch is not None and touch.step is Step.YOUR_CALL
    if event.event in _NO_NEXT or (event.event is _K.SKIPPED and undecided):
        return ""
    following = said.following
    if following is None:
        return _no_next(workspace, said)
    text = f"Next: {coming(following)}"
    if following.step is not Step.PORTFOLIO_NOTE:
        return f"{text}."
    document = workspace.documents.get(following.document or "")
    if document:
        return f"{text}; {titled(document)} is in line."
    if following.status is not TouchStatus.UPCOMING or following.overdue:
        return f"{text}. Nothing is in line for it yet."
    weeks = max(1, (following.target_on - event.date).days // 7)
    time = "one week" if weeks == 1 else f"{weeks} weeks"
    return f"{text}. Nothing is in line for it: {time} to write one page."


def _no_next(workspace: Workspace, said: Answer) -> str:
    if not workspace.can_tell:
        return UNTOLD
    if said.standing is not None and said.standing.status is Status.STOPPED:
        return f"Nothing is planned for {person(said)}, who asked not to be written to."
    return f"Nothing else is planned for {person(said)}." if said.contact else ""


def _take_back(workspace: Workspace, said: Answer, event: Event) -> str:
    if event.event is _K.STOP:
        return ""
    if said.kind is AnswerKind.CLOSED and not is_local(workspace):
        return f"{_not_sent(event)} reopen this, and it is forgotten.{_no_word(said)}"
    if said.contact is None:
        return ""
    return f"{_not_sent(event)} `/undo` takes it back."


def _not_sent(event: Event) -> str:
    return "Not sent after all:" if event.event is _K.SENT else "Not so after all:"


def _no_word(said: Answer) -> str:
    """Say when to look after the program itself, which runs where nobody sees it."""
    following = said.following
    if following is None or following.status is not TouchStatus.UPCOMING:
        return ""
    day = long_day(following.opens_on + PATIENCE)
    return (
        f" If you hear nothing from here by {day}, open Actions and press *Run "
        "workflow*."
    )


# --- taking back ---------------------------------------------------------------


def _undone(workspace: Workspace, said: Answer) -> str:
    event = said.event
    if event is None:
        return "Taken back, as if it had never been said."
    if event.event is _K.STOP:
        return f"Taken back: {person(said)} can be written to again, everywhere."
    back = f"Taken back: {what_was(workspace, event)}. It counts no more."
    if said.following is None:
        return back
    return f"{back}\n\nSo this comes next: {coming(said.following)}."


def _nothing(workspace: Workspace, said: Answer) -> str:
    del workspace, said
    return "This was read, and there was nothing to change."


def _nothing_to_undo(workspace: Workspace, said: Answer) -> str:
    del workspace
    if said.event is not None and said.event.event is _K.STOP:
        return (
            "A wish not to be written to can be taken back on its own day only. If "
            f"{person(said)} has asked to hear from you again, run `./notyet unstop`."
        )
    return "There is nothing left to take back here."


def _older(workspace: Workspace, said: Answer) -> str:
    after = ""
    if said.standing is not None and said.event is not None:
        later = [e for e in said.standing.in_force if e.date >= said.event.date]
        since = [what_was(workspace, e) for e in later if e != said.event and e.touch]
        after = f" Since then there was {since[-1]}." if since else ""
    return (
        f"This one is closed again, because later entries build on it.{after} To take "
        "back the newest, comment `/undo`; for anything older, edit `history:` in "
        f"{file_of(said.contact) if said.contact else '`settings.yml`'}."
    )
