"""What follows from each thing that can come back: played, and told as it happened.

A mark says what somebody does on one day, in one small invented workspace: `nothing`,
`close`, or lines of a comment, parted by `, then `. The program itself takes it in;
what it wrote down, and what it planned before and after, is compared here.
"""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from pipeline.commands.wording import WHAT
from pipeline.files.events import ALWAYS
from pipeline.files.workspace import load
from pipeline.model import Event, Status, Step, Touch, Workspace
from pipeline.planning.preview import preview
from pipeline.planning.schedule import schedule
from pipeline.writing.dates import long_day
from tests.reconciling.scenes import HOLIDAYS, Scene

OPENED, TODAY = dt.date(2026, 7, 6), dt.date(2026, 7, 8)
WHO, OPEN = "dana-okafor", "dana-okafor/portfolio_note/1"
PEOPLE = {  # who they are here, the company, the no, and the day of the mail
    WHO: ("Dana", "Brightwater", "2026-01-30", "2026-05-04"),
    "lee-park": ("Lee", "Brightwater", "2026-05-10", ""),
    "samir-haddad": ("Samir", "Northgate", "2026-05-20", ""),
}
ASSESSED = "\n  - {{date: {}, event: assessed, touch: self_assessment/1}}"
SENT = "\n  - {{date: {}, event: sent, touch: check_in/1}}"
UNSAID = (*ALWAYS, "sha256", "text", "touch", "of")
RESTS = {
    Status.PAUSED: "nothing for now",
    Status.INTERVIEWING: "nothing, until you say how it went",
    Status.WON: "nothing more",
    Status.RESTING: "nothing, while you work elsewhere",
    Status.ENDED: "nothing, until `/resume`",
    Status.UNREACHABLE: "nothing, until you know where to write",
    Status.STOPPED: "nothing, ever",
}
AT_FIRST = "nothing"  # the mark that only tells how it stands


class Moment(Struct, frozen=True):
    """How everything stands at one moment of the play."""

    workspace: Workspace
    plan: dict[str, str]  # by person: what comes next, and when
    is_open: bool
    title: str
    has_text: bool


class Played:
    """The plays of one page; each begins at the same moment."""

    def __init__(self, folder: Path) -> None:
        """Use an empty folder; the moment is prepared in it when it is first needed."""
        self.folder = folder

    def told(self, what: str) -> str:
        """Play one thing and say what followed."""
        before, after = self.moments(what)
        if what == AT_FIRST:
            facts = [(_called(slug, after), said) for slug, said in after.plan.items()]
        else:
            facts = [
                *_written(before.workspace, after.workspace),
                ("The open document", _open(before, after)),
                *_coming(before, after),
            ]
        lines = [each for each in what.split(", then ") if each.startswith("/")]
        typed = ["```text", *lines, "```", ""] if lines else []
        told = [f"- **{about}:** {said}" for about, said in facts]
        return "\n".join([*typed, *told])

    def moments(self, what: str) -> tuple[Moment, Moment]:
        """Give the moments before and after something was done and taken in."""
        template = self.folder / ".played"
        if not template.exists():
            _prepared(template)
        place = Path(shutil.copytree(template, self.folder / ".now"))
        scene = Scene(place)
        before = _moment(scene)
        for act in what.split(", then "):
            if act != AT_FIRST:
                _done(scene, act)
            scene.sync(str(TODAY))
        after = _moment(scene)
        shutil.rmtree(place)
        return before, after


def _prepared(root: Path) -> None:
    """Let Dana's mail be sent, and the first document for her be open."""
    scene = Scene(root)
    for slug, (_, company, no, sent) in PEOPLE.items():
        history = ASSESSED.format(no) + (SENT.format(sent) if sent else "")
        scene.person(slug, no, company=company, history=history)
    for name in ("one-source", "release-notes", "warnings"):
        scene.document(name)
    scene.sync(str(OPENED))


def _done(scene: Scene, act: str) -> None:
    desk = act.split(maxsplit=1)[0] in ("/away", "/back")
    number = scene.number("front-desk" if desk else OPEN)
    if act.startswith("/"):
        scene.say(number, act, str(TODAY))
    else:
        assert act == "close", act
        scene.close(number, str(TODAY))


def _moment(scene: Scene) -> Moment:
    workspace = load(str(scene.root))
    standings = schedule(workspace, TODAY, HOLIDAYS).standings
    plan = {}
    for slug in workspace.contacts:
        touches = preview(workspace, slug, TODAY, HOLIDAYS)
        coming = [each for each in touches if each.step is not Step.SELF_ASSESSMENT]
        plan[slug] = _planned(coming[0]) if coming else RESTS[standings[slug].status]
    number = scene.number(OPEN)
    text = scene.text(number)
    title = scene.tracker.read(number).fields["title"]
    return Moment(
        workspace, plan, scene.state(OPEN) == "open", title, "mailto:" in text
    )


def _planned(touch: Touch) -> str:
    assert touch.assumed_on
    begins = touch.assumed_on
    what = WHAT[touch.step]
    if begins > TODAY:
        what += f", from {long_day(begins)}"
    if begins >= touch.due_by:
        return f"{what}, and then still fine to send"
    return f"{what}, any day until {long_day(touch.due_by)}"


# --- what is told --------------------------------------------------------------


def new_events(before: Workspace, after: Workspace) -> Iterator[tuple[str, Event]]:
    """Give what was written down in between, and where."""
    for slug, contact in after.contacts.items():
        known = len(before.contacts[slug].history) if slug in before.contacts else 0
        for event in contact.history[known:]:
            yield f"{str(contact.name).split()[0]}'s file", event
    for event in after.settings.history[len(before.settings.history) :]:
        yield "your settings", event


def _written(before: Workspace, after: Workspace) -> Iterator[tuple[str, str]]:
    found: dict[str, list[str]] = {}
    for where, event in new_events(before, after):
        fields = [
            f"{name} `{getattr(event, name)}`"
            for name in event.__struct_fields__
            if name not in UNSAID and getattr(event, name) not in (None, ())
        ]
        found.setdefault(where, []).append(", ".join([f"`{event.event}`", *fields]))
    for where, said in found.items():
        yield f"Written into {where}", "; then ".join(said)
    for slug in sorted(set(after.contacts) - set(before.contacts)):
        yield "A new file", f"`contacts/{slug}.yml`"


def _open(before: Moment, after: Moment) -> str:
    assert before.is_open
    if after.is_open:
        moved = before.title != after.title
        return "stays open, with its new date" if moved else "stays open"
    if before.has_text and not after.has_text:
        return "is closed, and its text is taken out"
    kinds = {e.event.value for _, e in new_events(before.workspace, after.workspace)}
    counted = kinds & {"sent", "skipped"}
    return "is closed" if counted else "is closed, and does not count as sent"


def _coming(before: Moment, after: Moment) -> Iterator[tuple[str, str]]:
    for slug, plan in after.plan.items():
        same = before.plan.get(slug) == plan
        if slug == WHO or not same:
            yield f"Next for {_called(slug, after)}", "as before" if same else plan


def _called(slug: str, moment: Moment) -> str:
    known = PEOPLE.get(slug)
    return known[0] if known else str(moment.workspace.contacts[slug].name)
