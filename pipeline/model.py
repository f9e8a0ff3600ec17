"""The values the whole program speaks in; no behaviour beyond naming themselves.

It imports nothing of the program, reads nothing and decides nothing. The types of
`Contact`, `Rejection`, `Event`, `Document` and `Settings` *are* the schema of the
files: `pipeline.files.schema` reads files by them and makes the JSON Schemas, and the
reference pages take their descriptions from here. Text that is not given is `""`.
"""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

# --- closed sets ---------------------------------------------------------------


class Step(StrEnum):
    """What a follow-up is: a kind of occurrence in a cadence."""

    SELF_ASSESSMENT = "self_assessment"
    CHECK_IN = "check_in"
    PORTFOLIO_NOTE = "portfolio_note"
    YOUR_CALL = "your_call"


MESSAGE_STEPS = (Step.CHECK_IN, Step.PORTFOLIO_NOTE)


class Role(StrEnum):
    """What the person was in the hiring process."""

    HIRING_MANAGER = "hiring_manager"
    RECRUITER = "recruiter"
    AGENCY = "agency"
    INTERVIEWER = "interviewer"
    REFERRER = "referrer"


class Channel(StrEnum):
    """How a message travels."""

    EMAIL = "email"
    POST = "post"
    LINKEDIN = "linkedin"


class Formality(StrEnum):
    """Whether messages use the first name or a formal address."""

    FIRST_NAME = "first_name"
    FORMAL = "formal"


class Stage(StrEnum):
    """How far the application had come when the no arrived."""

    INTERVIEW = "interview"
    APPLICATION = "application"
    SCREENING = "screening"
    FINAL = "final"


class Cause(StrEnum):
    """Why the position went away, as far as the user knows."""

    UNKNOWN = "unknown"
    SOMEONE_HIRED = "someone_hired"
    INTERNAL_HIRE = "internal_hire"
    CANCELLED = "cancelled"
    FROZEN = "frozen"
    SILENCE = "silence"


class IntroducedBy(StrEnum):
    """Who brought the user and the company together."""

    DIRECT = "direct"
    REFERRAL = "referral"
    AGENCY = "agency"


class DocumentKind(StrEnum):
    """What a portfolio document is."""

    ARTICLE = "article"
    COLUMN = "column"
    PAPER = "paper"
    TALK = "talk"
    PATENT = "patent"
    CASE_STUDY = "case_study"
    WORK_SAMPLE = "work_sample"
    AWARD = "award"
    CERTIFICATE = "certificate"
    RECOMMENDATION = "recommendation"
    PRESS = "press"
    PROFILE = "profile"
    RESUME = "resume"
    OTHER = "other"


class Proof(StrEnum):
    """Whether the author or somebody else vouches for a document."""

    SELF = "self"
    THIRD_PARTY = "third_party"


class Share(StrEnum):
    """Whether a document may leave the house."""

    PRIVATE = "private"
    REDACT_FIRST = "redact_first"
    CLEARED = "cleared"
    PUBLIC = "public"


class Tone(StrEnum):
    """How a reply sounded."""

    WARM = "warm"
    NEUTRAL = "neutral"
    NOT_NOW = "not_now"


class ElsewhereMode(StrEnum):
    """What becomes of the contacts once the user is hired elsewhere."""

    KEEP = "keep"
    LIGHT = "light"
    CLOSE = "close"


class StopScope(StrEnum):
    """Whom a stop request covers."""

    PERSON = "person"
    COMPANY = "company"


class Titles(StrEnum):
    """How people are named in titles, and so in notification mails."""

    FULL = "full"
    INITIALS = "initials"


class EventKind(StrEnum):
    """What can stand in a history; `pipeline.files.schema.EVENTS` has the fields."""

    ASSESSED = "assessed"
    SENT = "sent"
    SKIPPED = "skipped"
    SNOOZED = "snoozed"
    UNDONE = "undone"
    REPLIED = "replied"
    WAIT_UNTIL = "wait_until"
    REFERRED = "referred"
    INTERVIEW = "interview"
    OFFER = "offer"
    HIRED_HERE = "hired_here"
    HIRED_ELSEWHERE = "hired_elsewhere"
    ENDED = "ended"
    SLOWED = "slowed"
    GOING_ON = "going_on"
    PAUSED = "paused"
    RESUMED = "resumed"
    STOP = "stop"
    BOUNCED = "bounced"
    LEFT = "left"
    MOVED = "moved"
    SHARED = "shared"
    NOTE = "note"
    AWAY = "away"
    BACK = "back"


# --- problems ------------------------------------------------------------------


class Severity(StrEnum):
    """An error takes its file out of use; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Problem(Struct, frozen=True, kw_only=True, gc=False):
    """Something about the user's data that needs a hand, and where it stands.

    `path` is relative to the workspace root with forward slashes; `line` and
    `column` count from 1. `message` includes what was found (`got ...`); `remedy`
    is what to write instead.
    """

    path: str
    line: int = 1
    column: int = 1
    field: str = ""
    message: str
    remedy: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Give the one form in which every problem is shown."""
        field = f"{self.field}: " if self.field else ""
        place = f"{self.path}:{self.line}:{self.column}"
        return f"{place}: {field}{self.message}; {self.remedy}"


# --- the files -----------------------------------------------------------------

Text = Annotated[str, Meta(min_length=1)]
_LOCAL, _HOST = r"[^@\s,;:<>()\[\]\\\"“”„]+", r"[^@\s,;:<>()\[\]\\\"“”„.]+"
Address = Annotated[str, Meta(pattern=rf"^{_LOCAL}@{_HOST}(\.{_HOST})+$")]
Link = Annotated[str, Meta(pattern=r"^https?://\S+$")]
Country = Annotated[str, Meta(pattern=r"^[A-Z]{2}$")]
Language = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Name = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]


FORGOTTEN = "forgotten"  # stands where the slug of somebody forgotten stood


class TouchRef(Struct, frozen=True, order=True, gc=False):
    """A touch within one person's own file, written `check_in/1`."""

    step: Step
    round: int

    def __str__(self) -> str:
        """Write it as it stands in a file."""
        return f"{self.step}/{self.round}"


class Event(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """One recorded fact in a `history:`; which fields go with which kind is a table."""

    date: Annotated[dt.date, Meta(description="the day it happened")]
    event: Annotated[EventKind, Meta(description="what happened")]
    touch: Annotated[
        TouchRef | None, Meta(description="the follow-up it concludes: check_in/1")
    ] = None
    channel: Annotated[Channel | None, Meta(description="how it was sent")] = None
    document: Annotated[Name | None, Meta(description="the document's id")] = None
    sha256: Annotated[
        str | None, Meta(description="the document's content as it was sent")
    ] = None
    until: Annotated[dt.date | None, Meta(description="the day it ends")] = None
    of: Annotated[str | None, Meta(description="the source it takes back")] = None
    tone: Annotated[Tone | None, Meta(description="how the reply sounded")] = None
    text: Annotated[str | None, Meta(description="in words")] = None
    needs: Annotated[
        tuple[str, ...], Meta(description="what they turned out to need most")
    ] = ()
    to: Annotated[
        Name | None, Meta(description="the newcomer's file, without .yml")
    ] = None
    mode: Annotated[
        ElsewhereMode | None, Meta(description="what becomes of the contacts")
    ] = None
    reason: Annotated[str | None, Meta(description="why, if you like")] = None
    scope: Annotated[
        StopScope | None, Meta(description="this person, or everyone there")
    ] = None
    address: Annotated[str | None, Meta(description="the address that died")] = None
    company: Annotated[str | None, Meta(description="the new employer")] = None
    source: Annotated[
        str | None, Meta(description="where it was said; written by the program")
    ] = None


class Rejection(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """One decision on one position."""

    position: Annotated[Text, Meta(description="the job, as it was advertised")]
    rejected_on: Annotated[dt.date, Meta(description="the day the no arrived")]
    company: Annotated[
        str, Meta(description="only where it differs from the person's company")
    ] = ""
    stage: Annotated[Stage, Meta(description="how far you had come")] = Stage.INTERVIEW
    cause: Annotated[Cause, Meta(description="why, as far as you know")] = Cause.UNKNOWN
    introduced_by: Annotated[
        IntroducedBy, Meta(description="who brought you together")
    ] = IntroducedBy.DIRECT
    assumed: Annotated[bool, Meta(description="true for a guessed date")] = False
    needs: Annotated[
        tuple[str, ...], Meta(description="tags for what they needed most")
    ] = ()
    topics: Annotated[
        tuple[str, ...],
        Meta(description="what you spoke about, to stand after 'what you said about'"),
    ] = ()
    posting_url: Annotated[
        Link | None, Meta(description="where the job was advertised")
    ] = None
    reapply_after: Annotated[
        dt.date | None, Meta(description="the day from which one may apply again")
    ] = None
    attractiveness: Annotated[
        Annotated[int, Meta(ge=1, le=5)] | None,
        Meta(description="how much you wanted it, 1 to 5"),
    ] = None
    source: Annotated[str | None, Meta(description="written by the intake")] = None


class Contact(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """One person, one file. `rejections` holds those of the top level as well."""

    slug: str
    company: Annotated[Text, Meta(description="where they work")]
    name: Annotated[
        str, Meta(description="full name; without it only the self-assessment comes")
    ] = ""
    email: Annotated[Address | None, Meta(description="where mail reaches them")] = None
    role: Annotated[Role, Meta(description="what they were")] = Role.HIRING_MANAGER
    channel: Annotated[Channel, Meta(description="how you write")] = Channel.EMAIL
    formality: Annotated[Formality, Meta(description="how you address them")] = (
        Formality.FIRST_NAME
    )
    language: Annotated[Language, Meta(description="of the messages")] = "en"
    country: Annotated[
        Country | None, Meta(description="for public holidays; else your own")
    ] = None
    subdivision: Annotated[
        str | None, Meta(description="state or province within the country")
    ] = None
    cadence: Annotated[
        str | None, Meta(description="a rhythm other than that of settings.yml")
    ] = None
    address_as: Annotated[
        str, Meta(description="what stands after 'Hello', exactly as written")
    ] = ""
    title: Annotated[str, Meta(description="their job title")] = ""
    phone: Annotated[str, Meta(description="their number")] = ""
    linkedin: Annotated[str, Meta(description="their LinkedIn address")] = ""
    postal_address: Annotated[str, Meta(description="for letters")] = ""
    tags: Annotated[tuple[str, ...], Meta(description="your own words for them")] = ()
    notes: Annotated[str, Meta(description="for you alone; never in a message")] = ""
    shared_before: Annotated[
        tuple[Name, ...], Meta(description="documents they already have")
    ] = ()
    referred_by: Annotated[
        Name | None, Meta(description="who sent you to them: the name of their file")
    ] = None
    since: Annotated[dt.date | None, Meta(description="the day of the referral")] = None
    rejections: Annotated[
        tuple[Rejection, ...], Meta(description="further positions they said no to")
    ] = ()
    history: tuple[Event, ...] = ()


class Document(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """One portfolio document that can accompany a note."""

    id: str
    title: Annotated[Text, Meta(description="as readers know it")]
    kind: Annotated[DocumentKind, Meta(description="what it is")]
    date: Annotated[dt.date | None, Meta(description="when it appeared")] = None
    summary: Annotated[str, Meta(description="in one or two sentences")] = ""
    url: Annotated[Link | None, Meta(description="a durable public address")] = None
    file: Annotated[str | None, Meta(description="a file inside portfolio/files/")] = (
        None
    )
    tags: Annotated[tuple[str, ...], Meta(description="what it is about")] = ()
    language: Annotated[Language, Meta(description="it is written in")] = "en"
    pages: Annotated[
        Annotated[int, Meta(ge=1)] | None, Meta(description="how long it is")
    ] = None
    proof: Annotated[Proof, Meta(description="who vouches for it")] = Proof.SELF
    share: Annotated[Share, Meta(description="may it leave the house")] = Share.PRIVATE
    note_ideas: Annotated[
        tuple[str, ...], Meta(description="sentences for the note that goes with it")
    ] = ()


class You(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """Who signs the messages."""

    name: Annotated[Text, Meta(description="your name as it stands under a mail")]
    email: Annotated[Address | None, Meta(description="your address")] = None
    phone: Annotated[str, Meta(description="your number")] = ""
    link: Annotated[Link | None, Meta(description="a durable page of yours")] = None


class CadenceStep(Struct, frozen=True, kw_only=True, gc=False):
    """One line of a cadence: a step and its window, in days or in months."""

    step: Annotated[Step, Meta(description="what comes")]
    days: Annotated[
        tuple[int, int] | None,
        Meta(description="how many days after the no: first and last"),
    ] = None
    months: Annotated[
        tuple[int, int] | None,
        Meta(description="how many months after the no or the message before"),
    ] = None


class YearDay(Struct, frozen=True, gc=False):
    """A day of every year, or of one year where `year` is not 0."""

    month: int
    day: int
    year: int = 0

    def __str__(self) -> str:
        """Write it as it stands in a file."""
        year = f"{self.year:04}-" if self.year else ""
        return f"{year}{self.month:02}-{self.day:02}"


class QuietPeriod(Struct, frozen=True, gc=False):
    """Days on which nothing should arrive, both ends included (`from`, `to`)."""

    first: Annotated[YearDay, Meta(description="the first day")]
    last: Annotated[YearDay, Meta(description="the last day, which belongs to it")]


class LeadDays(Struct, frozen=True, kw_only=True, gc=False):
    """How many days before its day a message is put in front of the user."""

    email: Annotated[int, Meta(ge=0, le=60, description="for mail")] = 0
    linkedin: Annotated[int, Meta(ge=0, le=60, description="for LinkedIn")] = 0
    post: Annotated[int, Meta(ge=0, le=60, description="for letters")] = 10


class Privacy(Struct, frozen=True, kw_only=True, gc=False):
    """What others may see over the user's shoulder."""

    titles: Annotated[
        Titles, Meta(description="names in titles, and so in notification mails")
    ] = Titles.FULL


DEFAULT_QUIET = (QuietPeriod(YearDay(12, 15), YearDay(1, 6)),)


class Settings(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """`settings.yml`; `you` is None where there is no usable file yet."""

    you: Annotated[You | None, Meta(description="who signs the messages")] = None
    timezone: Annotated[
        str, Meta(description="what 'today' is, and the day an act fell on")
    ] = "UTC"
    country: Annotated[Country | None, Meta(description="for public holidays")] = None
    subdivision: Annotated[
        str | None, Meta(description="state or province within the country")
    ] = None
    cadence: Annotated[
        str, Meta(description="the rhythm: classic, gentle, light, or one of yours")
    ] = "classic"
    cadences: Annotated[
        Mapping[str, tuple[CadenceStep, ...]], Meta(description="rhythms of your own")
    ] = {}
    open_at_once: Annotated[
        Annotated[int, Meta(ge=1, le=50)],
        Meta(description="messages in front of you at the same time"),
    ] = 3
    quiet: Annotated[
        tuple[QuietPeriod, ...], Meta(description="when nothing should arrive")
    ] = DEFAULT_QUIET
    lead_days: Annotated[
        LeadDays, Meta(description="days between opening and arrival, by channel")
    ] = LeadDays()
    privacy: Annotated[Privacy, Meta(description="names in titles")] = Privacy()
    history: tuple[Event, ...] = ()


# --- machine state -------------------------------------------------------------


class IssueState(StrEnum):
    """The two states an issue can be in."""

    OPEN = "open"
    CLOSED = "closed"


class Claim(Struct, frozen=True, gc=False):
    """The note that a run is about to open an issue."""

    run: str
    at: dt.datetime  # UTC
    after: int = 0  # the highest number that was known then


class Known(Struct, frozen=True, kw_only=True, gc=False):
    """What the state file knows of one key's issue."""

    number: int | None = None
    seen: IssueState | None = None
    wanted: IssueState | None = None
    gen: int = 0
    claim: Claim | None = None
    thread: dt.date | None = None  # `rejected_on` of the rejection it was opened for
    who: str | None = None  # a digest of whom it is for, to follow a renamed file
    gone: bool | None = None  # that the file is gone was noticed, and said
    act: int | None = None  # the last act of a person's that was taken in
    closing: str | None = None  # the last closing that was looked at
    reminded: bool | None = None  # the one reminder was posted, or risked


class TrackerState(Struct, frozen=True, kw_only=True, gc=False):
    """`state/issues.json`: which issue belongs to which key, in which tracker."""

    version: int = 1
    tracker: str = ""  # "local", "github:<repository id>", "" before the first sync
    left: Mapping[
        str, int
    ] = {}  # tracker ▸ its issues up to there were moved away from
    accounts: tuple[str, ...] = ()
    observed_through: dt.datetime | None = None
    owed: tuple[str, ...] = ()  # what was taken in and not yet answered
    said: tuple[str, ...] = ()  # what was answered once and is still so
    waiting_since: dt.datetime | None = None  # of the oldest command that is not done
    issues: Mapping[str, Known] = {}

    @property
    def look_since(self) -> dt.datetime | None:
        """Give from when on the tracker is to be looked at; None for everything."""
        if self.observed_through is None or self.waiting_since is None:
            return self.observed_through
        return min(self.observed_through, self.waiting_since)


class Stopped(Struct, frozen=True, kw_only=True, gc=False):
    """`state/stopped.json`: salted digests of those who asked not to be written to."""

    version: int = 1
    salt: str = ""
    people: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()


class Workspace(Struct, frozen=True, kw_only=True):
    """All loaded files. Mappings are sorted by their keys.

    A file with an error is not among `contacts` or `documents`; its slug is in
    `frozen`, and whatever it has open in the tracker stays as it is.
    """

    contacts: Mapping[str, Contact] = {}
    documents: Mapping[str, Document] = {}
    settings: Settings = Settings()
    templates: Mapping[str, str] = {}  # path below templates/ -> text
    state: TrackerState = TrackerState()
    stopped: Stopped = Stopped()
    frozen: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    can_tell: bool = True  # False: settings.yml cannot be used, so no date can be told

    @property
    def unread(self) -> frozenset[str]:
        """Whose file is there and cannot be read, by slug."""
        return self.frozen - self.contacts.keys()


# --- what planning says --------------------------------------------------------


class Status(StrEnum):
    """How things stand with a person; derived from the history, never stored."""

    ACTIVE = "active"
    SELF_ONLY = "self_only"  # no name, below interview, or an agency's introduction
    PAUSED = "paused"
    INTERVIEWING = "interviewing"
    WON = "won"
    RESTING = "resting"  # hired elsewhere
    ENDED = "ended"
    UNREACHABLE = "unreachable"
    STOPPED = "stopped"


class Standing(Struct, frozen=True, kw_only=True, gc=False):
    """What a person's history means on a day."""

    slug: str
    status: Status
    since: dt.date | None = None  # of the status
    until: dt.date | None = None  # paused until
    rejection: Rejection | None = None  # the one in force
    company: str = ""  # on that day
    in_force: tuple[Event, ...] = ()  # without what was undone, oldest first
    messages: tuple[Event, ...] = ()  # `sent`, oldest first
    silent: int = 0  # messages since the last sign of life or answered question
    cadence: str = ""  # the one that applies now


class TouchStatus(StrEnum):
    """Where a follow-up stands on a day."""

    UPCOMING = "upcoming"
    WAITING = "waiting"
    DUE = "due"
    OPEN = "open"
    LAPSED = "lapsed"


class WaitsFor(StrEnum):
    """What holds back the opening of an issue."""

    ROOM = "room"  # `open_at_once` are open
    PERSON = "person"  # another message to this person is open
    COLLEAGUE = "colleague"  # a message to someone at the same company is open
    QUIET = "quiet"  # a quiet period
    AWAY = "away"
    CHOICE = "choice"  # a your_call was closed without a choice
    YOU = "you"  # settings.yml does not say who signs


class Touch(Struct, frozen=True, kw_only=True, gc=False):
    """One occurrence of a step for one contact; all dates are days of the user's."""

    slug: str
    name: str
    company: str
    step: Step
    round: int
    channel: Channel
    window: tuple[dt.date, dt.date]
    opens_on: dt.date
    target_on: dt.date
    due_by: dt.date
    status: TouchStatus
    outside_window: bool = False
    overdue: bool = False
    waits_for: WaitsFor | None = None
    issue: int | None = None
    document: str | None = None
    alternatives: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    assumed_on: dt.date | None = None  # preview only: the day it is taken as sent

    @property
    def ref(self) -> TouchRef:
        """Its name within the person's own file."""
        return TouchRef(self.step, self.round)

    @property
    def key(self) -> str:
        """Its name in the workspace: `<slug>/<step>/<round>`."""
        return f"{self.slug}/{self.step}/{self.round}"


class Schedule(Struct, frozen=True, kw_only=True):
    """Everything planned as of a day, in the order (`due_by`, slug)."""

    as_of: dt.date
    touches: tuple[Touch, ...] = ()
    standings: Mapping[str, Standing] = {}
    stuck: int = 0  # people held back by issues past their date for 30 days
    overload: int = 0  # messages a year that the rhythm asks for beyond what fits


class Candidate(Struct, frozen=True, kw_only=True, gc=False):
    """One document, judged for one person."""

    document: str
    score: float = 0.0
    reasons: tuple[str, ...] = ()


class Choice(Struct, frozen=True, kw_only=True, gc=False):
    """Which document next: the best three, and what may not be sent and why."""

    best: tuple[Candidate, ...] = ()
    blocked: tuple[Candidate, ...] = ()
    ideas: tuple[str, ...] = ()  # what to write where nothing is left
