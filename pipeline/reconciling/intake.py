"""The form "I was turned down" ▸ what it says, or what is missing in it; pure.

Fields are taken in the order of the form, and the long one comes last: whatever was
pasted into it, headings and all, stays what it is. It decides nothing about people.
"""

import datetime as dt
import re

from msgspec import Struct

from pipeline.model import Cause, Stage, Titles
from pipeline.reconciling.meanings import MAIL
from pipeline.reconciling.when import Unclear, read_day

# The labels of `.github/ISSUE_TEMPLATE/rejection.yml`, in its order.
COMPANY = "Company"
POSITION = "Position"
NAME = "Who said no"
MAIL_ADDRESS = "Their mail address"
DATE = "When the no arrived"
CAUSE = "Was someone else chosen"
STAGE = "How far you had come"
TITLES = "Names in titles of issues"
TOPICS = "What you spoke about"
LABELS = (
    COMPANY,
    POSITION,
    NAME,
    MAIL_ADDRESS,
    DATE,
    CAUSE,
    STAGE,
    TITLES,
    TOPICS,
)
EMPTY = "_No response_"

CAUSES = {
    "I don't know": Cause.UNKNOWN,
    "Yes, someone else": Cause.SOMEONE_HIRED,
    "Yes, someone from inside": Cause.INTERNAL_HIRE,
    "No, it was cancelled": Cause.CANCELLED,
    "No, it was frozen": Cause.FROZEN,
    "I never heard back": Cause.SILENCE,
}
STAGES = {
    "An interview": Stage.INTERVIEW,
    "The last round": Stage.FINAL,
    "A first call": Stage.SCREENING,
    "Only the application": Stage.APPLICATION,
}
CHOSEN_TITLES = {"Full names": Titles.FULL, "Initials only": Titles.INITIALS}


class Form(Struct, frozen=True, kw_only=True):
    """What somebody filled in."""

    company: str
    position: str
    name: str = ""
    email: str | None = None
    rejected_on: dt.date
    cause: Cause = Cause.UNKNOWN
    stage: Stage = Stage.INTERVIEW
    titles: Titles | None = None  # None: as it is now
    topics: tuple[str, ...] = ()


class Amiss(Struct, frozen=True):
    """A box of the form that cannot be taken as it is, and what to write into it."""

    label: str
    remedy: str


def is_form(body: str) -> bool:
    """Say whether an issue was written with the form: by how it begins."""
    return body.lstrip().startswith(f"### {COMPANY}\n") or (
        body.lstrip().startswith(f"### {COMPANY}\r\n")
    )


def read_form(body: str, today: dt.date) -> tuple[Form | None, tuple[Amiss, ...]]:
    """Read a form filled in up to `today`; every box that is amiss is named."""
    said = values_of(body)
    amiss = [
        Amiss(label, f"write {what}")
        for label, what in (
            (COMPANY, "the company's name"),
            (POSITION, "the job, as it was advertised"),
        )
        if not said[label]
    ]
    mail = said[MAIL_ADDRESS].removeprefix("mailto:").strip("<>")
    if mail and not MAIL.fullmatch(mail):
        amiss.append(Amiss(MAIL_ADDRESS, "write one address, as dana@example.com"))
    day = today
    try:
        if said[DATE]:
            day = read_day(said[DATE], today, ahead=False)
    except Unclear as error:
        amiss.append(Amiss(DATE, str(error)))
    if amiss:
        return None, tuple(amiss)
    return Form(
        company=said[COMPANY],
        position=said[POSITION],
        name=said[NAME],
        email=mail or None,
        rejected_on=day,
        cause=CAUSES.get(said[CAUSE], Cause.UNKNOWN),
        stage=STAGES.get(said[STAGE], Stage.INTERVIEW),
        titles=CHOSEN_TITLES.get(said[TITLES]),
        topics=_topics(said[TOPICS]),
    ), ()


def values_of(body: str) -> dict[str, str]:
    """Give what stands below each label; "" where nothing does.

    A label counts once, and only below the one before it in the form.
    """
    body = body.replace("\r\n", "\n")
    places, start = [], 0
    for label in LABELS:
        found = re.compile(rf"^### {re.escape(label)}[ \t]*$", re.MULTILINE).search(
            body, start
        )
        if found:
            places.append((label, found.start(), found.end()))
            start = found.end()
    said = dict.fromkeys(LABELS, "")
    ends = [place[1] for place in places[1:]] + [len(body)]
    for (label, _, begin), end in zip(places, ends, strict=True):
        text = body[begin:end].strip()
        if text != EMPTY:
            said[label] = text if label == TOPICS else " ".join(text.split())
    return said


def _topics(text: str) -> tuple[str, ...]:
    """Give what was spoken about, a line each, without marks of a list."""
    lines = (re.sub(r"^\s*(?:[-*•]|\d+[.)])\s+", "", line) for line in text.split("\n"))
    return tuple(dict.fromkeys(filter(None, (" ".join(x.split()) for x in lines))))
