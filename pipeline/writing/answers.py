"""Answers: the one comment that follows a closing or a command.

Each says what was written down, what comes next and how to take it back. They are what
people will remember, so the hard moments have texts of their own.
"""

from enum import StrEnum

from msgspec import Struct

from pipeline.model import (
    Contact,
    ElsewhereMode,
    Event,
    EventKind,
    Standing,
    Step,
    StopScope,
    Tone,
    Touch,
    Workspace,
)
from pipeline.writing.drafts import Draft, draft, turn_of
from pipeline.writing.escape import code, fence, harmless, inline
from pipeline.writing.issues import long_day

_K = EventKind


class AnswerKind(StrEnum):
    """What an answer is about, where no single event says it."""

    CLOSED = "closed"  # an issue was closed
    REOPENED = "reopened"
    ORDER = "order"  # a command was carried out
    UNDONE = "undone"
    NOTHING_TO_UNDO = "nothing_to_undo"
    OLDER = "older"  # an older follow-up was reopened, and is closed again
    MISREAD = "misread"
    WHICH = "which"  # a stop that could mean several people
    STOPPED = "stopped"  # a command for somebody who asked not to be written to
    WELCOME = "welcome"  # a first rejection was written down
    REFUSED = "refused"  # it could not be written into the file


class Answer(Struct, frozen=True, kw_only=True):
    """Everything the text of an answer may need."""

    kind: AnswerKind
    contact: Contact | None = None
    standing: Standing | None = None
    event: Event | None = None
    following: Touch | None = None
    plan: tuple[Touch, ...] = ()  # WELCOME: the whole plan by date
    newcomer: str = ""  # the name of somebody a command brought in
    line: str = ""  # MISREAD: what was written
    detail: str = ""  # MISREAD and REFUSED: what to write, in our words
    candidates: tuple[str, ...] = ()  # WHICH: slugs
    documents_left: int = 0


def answer(workspace: Workspace, said: Answer) -> str:
    """Write an answer as Markdown."""
    special = {
        AnswerKind.MISREAD: _misread,
        AnswerKind.WHICH: _which,
        AnswerKind.OLDER: _older,
        AnswerKind.WELCOME: _welcome,
        AnswerKind.STOPPED: _stopped,
        AnswerKind.REFUSED: _refused,
        AnswerKind.NOTHING_TO_UNDO: _nothing,
        AnswerKind.REOPENED: _undone,
        AnswerKind.UNDONE: _undone,
    }
    if said.kind in special:
        return harmless(special[said.kind](workspace, said))
    parts = [_recorded(workspace, said), _next(workspace, said), _take_back(said)]
    return harmless("\n\n".join(filter(None, parts)))


# --- what was written down -----------------------------------------------------


def _name(said: Answer) -> str:
    return inline(said.contact.name or said.contact.company) if said.contact else "them"


def _recorded(workspace: Workspace, said: Answer) -> str:
    event = said.event
    assert event is not None
    if event.event in _CARE:
        return _CARE[event.event](workspace, said)
    return _plainly(workspace, said, event)


def _plainly(workspace: Workspace, said: Answer, event: Event) -> str:
    name = _name(said)
    day = long_day(event.date)
    until = long_day(event.until) if event.until else ""
    document = workspace.documents.get(event.document or "")
    title = f", with *{inline(document.title)}*" if document else ""
    texts = {
        _K.SENT: f"Written down: sent to {name} on {day}{title}. Well done.",
        _K.SKIPPED: f"Written down: this one to {name} is left out. That is fine.",
        _K.SNOOZED: f"It comes back on {until}.",
        _K.ASSESSED: "Written down. That was the hardest of the four steps, and it is "
        "behind you.",
        _K.WAIT_UNTIL: f"Written down: {name} hears from you from {until} on, as they "
        "asked.",
        _K.REFERRED: f"Written down: {name} sent you to {inline(said.newcomer)}, "
        "who now has a file.",
        _K.SLOWED: f"Once a year for {name} from here.",
        _K.GOING_ON: f"On it goes with {name}, as before.",
        _K.PAUSED: f"Nothing to {name} {'until ' + until if until else 'for now'}.",
        _K.RESUMED: f"On it goes with {name}.",
        _K.ENDED: f"It rests. You wrote to {name} with care, and that stays true. "
        "`/resume` wakes it again, whenever you like.",
        _K.BOUNCED: f"Written down: the address of {name} no longer works. Nothing is "
        "sent anywhere until the file has another one; please do not guess it.",
        _K.LEFT: f"Written down: {name} has left. People are worth more than posts: "
        "when you know where they went, write `/moved COMPANY`.",
        _K.MOVED: f"Written down: {name} is at {inline(event.company or '')} now. "
        "That is an occasion for a few kind lines.",
        _K.SHARED: f"Written down: {name} has{title.removeprefix(', with')} already.",
        _K.NOTE: "Noted, for you alone.",
        _K.AWAY: f"No new messages until {until}. Have a good time.",
        _K.BACK: "Welcome back. Nothing was lost, and nothing comes all at once: what "
        "waited comes one by one.",
    }
    return texts[event.event]


def _replied(workspace: Workspace, said: Answer) -> str:
    assert said.event is not None
    name = _name(said)
    silent = said.standing and len(said.standing.messages) > 1
    first = (
        f"After all that silence, {name} has written back. That is what the patience "
        "was for."
        if silent
        else f"{name} has written back. Good."
    )
    if said.event.tone is Tone.NOT_NOW:
        first += (
            " Not now is not never; from here there is more time between your mails."
        )
    elif said.event.tone is Tone.WARM:
        first += " Answer within a day or two while it is warm; here are a few words."
    return f"{first}\n\n{_draft(workspace, said, 'thanks')}"


def _referred(workspace: Workspace, said: Answer) -> str:
    assert said.event is not None
    head = _plainly(workspace, said, said.event)
    thanks = _draft(workspace, said, "referral_thanks")
    return f"{head} Thank whoever sent you, today if you can:\n\n{thanks}"


def _draft(workspace: Workspace, said: Answer, kind: str) -> str:
    if said.contact is None or said.standing is None or not said.contact.name:
        return ""
    text: Draft = draft(
        workspace,
        said.contact,
        said.standing,
        kind=kind,
        turn=turn_of(said.contact.slug, len(said.standing.messages)),
        newcomer=said.newcomer,
    )
    mail = f"[Open it in your mail program]({text.mailto})\n\n" if text.mailto else ""
    return f"{mail}{fence(text.body)}"


def _talking(workspace: Workspace, said: Answer) -> str:
    del workspace
    assert said.event is not None
    what = "an offer" if said.event.event is _K.OFFER else "an interview"
    return (
        f"There is {what} with {_name(said)}. Everything to anyone at that company "
        "keeps silent while you talk. If it comes to nothing, write the new rejection "
        "down or `/resume`; if it comes to something, `/hired`. All good wishes for it."
    )


def _hired_here(workspace: Workspace, said: Answer) -> str:
    thanks = _draft(workspace, said, "landed")
    text = (
        "They said no, and now they have said yes. Congratulations, from the heart. "
        "Everything at this company is done, and won.\n\n"
        "When you have slept on it, think of those who were kind to you on the way; "
        "others can still hear from you as a colleague. `/hired elsewhere keep`, "
        "`light` or `close` on the front desk says how it goes on with the rest."
    )
    return f"{text}\n\n{thanks}" if thanks else text


def _hired_elsewhere(workspace: Workspace, said: Answer) -> str:
    del workspace
    assert said.event is not None
    how = {
        ElsewhereMode.KEEP: "Everyone goes on hearing from you as before.",
        ElsewhereMode.LIGHT: "Everyone hears from you once a year from here.",
        ElsewhereMode.CLOSE: "Nothing more is put before you. The files stay, and each "
        "person can be woken with `/resume`.",
    }[said.event.mode or ElsewhereMode.KEEP]
    return (
        f"You have a new job. Congratulations: you kept going when it was hard. {how} "
        "If you think better of it, write the same command with `keep`, `light` or "
        "`close`."
    )


def _stop(workspace: Workspace, said: Answer) -> str:
    del workspace
    assert said.event is not None
    wide = said.event.scope is StopScope.COMPANY
    whom = "anyone at this company" if wide else _name(said)
    return (
        f"They asked for it, and it is done: nothing will ever be put before you for "
        f"{whom} again, in any file, and no letter of farewell is needed. To ask is "
        "their right; to respect it at once is to your credit. It says nothing about "
        "your worth."
    )


_CARE = {
    _K.REPLIED: _replied,
    _K.REFERRED: _referred,
    _K.INTERVIEW: _talking,
    _K.OFFER: _talking,
    _K.HIRED_HERE: _hired_here,
    _K.HIRED_ELSEWHERE: _hired_elsewhere,
    _K.STOP: _stop,
}
_NO_NEXT = frozenset(
    {_K.STOP, _K.HIRED_HERE, _K.HIRED_ELSEWHERE, _K.ENDED, _K.NOTE, _K.AWAY, _K.BACK}
)


# --- what comes next -----------------------------------------------------------

_WHAT_NEXT = {
    Step.SELF_ASSESSMENT: "a look back, for yourself",
    Step.CHECK_IN: "a short mail",
    Step.PORTFOLIO_NOTE: "a document with a few lines",
    Step.YOUR_CALL: "the question whether to go on",
}


def _next(workspace: Workspace, said: Answer) -> str:
    event, following = said.event, said.following
    if event is None or event.event in _NO_NEXT or event.event is _K.SNOOZED:
        return ""
    if following is None:
        return "Nothing further is planned for them."
    text = f"Next: {_WHAT_NEXT[following.step]}, on {long_day(following.target_on)}."
    if following.step is not Step.PORTFOLIO_NOTE:
        return text
    document = workspace.documents.get(following.document or "")
    if document:
        return f"{text} In line for it: *{inline(document.title)}*."
    weeks = max(1, (following.target_on - event.date).days // 7)
    return (
        f"{text} There is no document for it yet; you have {weeks} weeks for one page."
    )


def _take_back(said: Answer) -> str:
    assert said.event is not None
    if said.event.event is _K.STOP:
        return "If it was a slip, `/undo` takes it back today, and only today."
    if said.kind is AnswerKind.CLOSED:
        return "To take it back, reopen this issue."
    return "To take it back, write `/undo`."


# --- everything else -----------------------------------------------------------


def _undone(workspace: Workspace, said: Answer) -> str:
    back = "Taken back; it is as if it had not been said."
    if said.event and said.event.event is _K.STOP:
        back = "The stop is taken back, everywhere."
    following = _next(workspace, said) if said.following else ""
    return "\n\n".join(filter(None, [back, following]))


def _nothing(workspace: Workspace, said: Answer) -> str:
    del workspace
    if said.event is not None and said.event.event is _K.STOP:
        return (
            "A stop can be taken back on its own day only. If they have asked to hear "
            "from you again, run `notyet unstop`."
        )
    return "There is nothing to take back here."


def _older(workspace: Workspace, said: Answer) -> str:
    del workspace
    return (
        f"This one is long done, and newer entries for {_name(said)} build on it, so "
        "it is closed again. To take the newest entry back, reopen the newest issue or "
        "write `/undo` there."
    )


def _misread(workspace: Workspace, said: Answer) -> str:
    del workspace
    return (
        f"This line was not understood, and nothing was done: {code(said.line)}\n\n"
        f"Please {said.detail}."
    )


def _refused(workspace: Workspace, said: Answer) -> str:
    del workspace
    return (
        "It could not be written down, and the file is as it was. Please "
        f"{said.detail}."
    )


def _which(workspace: Workspace, said: Answer) -> str:
    names = "\n".join(
        f"- `/stop {slug}` for {inline(workspace.contacts[slug].name)}"
        for slug in said.candidates
        if slug in workspace.contacts
    )
    return (
        "Several people could be meant, so all of them are held until you say which; "
        f"write one of these lines:\n\n{names}"
    )


def _stopped(workspace: Workspace, said: Answer) -> str:
    del workspace
    return (
        f"{_name(said)} asked not to be written to, so this is noted and nothing more. "
        "If they have asked to hear from you again, run `notyet unstop`."
    )


def _welcome(workspace: Workspace, said: Answer) -> str:
    del workspace
    rows = "\n".join(
        f"| {long_day(each.assumed_on or each.target_on)} | {_WHAT_NEXT[each.step]} |"
        for each in said.plan[:6]
    )
    table = f"| when | what |\n|---|---|\n{rows}\n\n" if rows else ""
    return (
        "It is written down. You don't have to carry it.\n\n"
        f"{table}"
        "On each of these days an issue comes with the text ready; you change a word, "
        "send it yourself, and close the issue. Nothing is ever sent for you. To "
        "correct something, edit the file in `contacts/`; the dates follow.\n\n"
        "Nothing has to be done tonight."
    )
