"""What an answer is made of, and how its texts speak of people and past acts."""

from msgspec import Struct

from pipeline.model import (
    Channel,
    Contact,
    Event,
    EventKind,
    Standing,
    Step,
    Touch,
    TouchStatus,
    Workspace,
)
from pipeline.writing.context import step_name, titled
from pipeline.writing.dates import long_day
from pipeline.writing.escape import inline
from pipeline.writing.names import called
from pipeline.writing.occasions import AnswerKind

_K = EventKind


UNTOLD = "What comes next can be told once `settings.yml` is mended."


class Answer(Struct, frozen=True, kw_only=True):
    """Everything the text of an answer may need."""

    kind: AnswerKind
    contact: Contact | None = None
    standing: Standing | None = None
    event: Event | None = None  # what was recorded, or what was taken back
    following: Touch | None = None
    plan: tuple[Touch, ...] = ()  # WELCOME: the whole plan by date
    recent: bool = False  # WELCOME: the no is a matter of days
    newcomer: str = ""  # the name of somebody a command brought in
    line: str = ""  # MISREAD: what was written
    detail: str = ""  # MISREAD and REFUSED: what to write, in our words
    candidates: tuple[str, ...] = ()  # WHICH: slugs
    mended: tuple[tuple[str, int, str], ...] = ()  # FIXED: a path, a line, its text
    edit_base: str = ""  # where files are edited, before their path
    amiss: tuple[tuple[str, str], ...] = ()  # AMISS: a box, and what to write into it


def is_local(workspace: Workspace) -> bool:
    """Say whether issues are files, which are not reopened by a button."""
    return not workspace.state.tracker.startswith("github")


def person(said: Answer) -> str:
    """Give the name to speak of the person by, made harmless."""
    contact = said.contact
    if contact is None:
        return "them"
    return inline(called(contact) or contact.company)


def coming(touch: Touch) -> str:
    """Name what comes next and when, unless the day meant for it is there already."""
    name = step_name(touch)
    if touch.step is Step.YOUR_CALL and touch.status is not TouchStatus.UPCOMING:
        return f"{name}; no hurry"
    if touch.overdue:
        return f"{name}, still fine to send"
    if touch.status is TouchStatus.UPCOMING:
        return f"{name}, about {long_day(max(touch.target_on, touch.opens_on))}"
    return f"{name}, until {long_day(touch.due_by)}"


_ACTS = {
    _K.SKIPPED: "leaving one out",
    _K.SNOOZED: "putting it off",
    _K.ASSESSED: "the four questions to yourself",
    _K.REPLIED: "the answer",
    _K.WAIT_UNTIL: "the date that was named",
    _K.REFERRED: "the introduction",
    _K.INTERVIEW: "the interview",
    _K.OFFER: "the offer",
    _K.HIRED_HERE: "the new job there",
    _K.HIRED_ELSEWHERE: "the new job",
    _K.ENDED: "letting it rest",
    _K.SLOWED: "going slower",
    _K.GOING_ON: "going on",
    _K.PAUSED: "the pause",
    _K.RESUMED: "going on again",
    _K.BOUNCED: "the dead address",
    _K.LEFT: "the departure",
    _K.MOVED: "the new employer",
    _K.SHARED: "the shared document",
    _K.NOTE: "the note",
    _K.AWAY: "being away",
    _K.BACK: "being back",
}


def what_was(workspace: Workspace, event: Event) -> str:
    """Name a past act with its day: your mail of 23 February 2027 with a document."""
    day = long_day(event.date)
    if event.event is not _K.SENT:
        return f"{_ACTS.get(event.event, 'the entry')} ({day})"
    card = event.touch is not None and event.touch.step is Step.CHECK_IN
    by_post = "your card" if card else "your letter"
    names = {Channel.POST: by_post, Channel.LINKEDIN: "your LinkedIn note"}
    document = workspace.documents.get(event.document or "")
    with_it = f" with {titled(document)}" if document else ""
    return f"{names.get(event.channel or Channel.EMAIL, 'your mail')} of {day}{with_it}"
