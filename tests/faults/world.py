"""A small world: two runners, a person, a clock, and a server that can misbehave.

The person's last word on every follow-up is kept beside, so that it can be compared
with what was recorded. Runs happen one inside the other, at any request or push.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pipeline.errors import NotYetError
from pipeline.files.workspace import load
from pipeline.model import Known
from pipeline.planning.history import in_force, verdict_of
from pipeline.reconciling.apply import SyncReport, sync
from pipeline.reconciling.changes import Limits, Run
from pipeline.reconciling.identity import acks_in, split_body
from pipeline.trackers.base import Observation, Tracker
from pipeline.trackers.github import GitHubTracker, look_up
from pipeline.trackers.rest import Wire
from tests.factories import ref
from tests.faults.cloud import Cloud, CloudStore, ForgetfulStore
from tests.github.clock import Clock
from tests.github.reaching import Watched, api_of
from tests.github.repository import OWNER
from tests.github.server import Fault, GitHub, Request
from tests.reconciling.scenes import HOLIDAYS

STEP = "check_in/1"
PEOPLE = ("ana-sol", "ben-lee", "cy-park")
SETTINGS = b"you: {name: Maya}\nopen_at_once: 9\nquiet: []\n"
LONG = dt.timedelta(minutes=41)
FULL = Limits()


class Died(BaseException):
    """A run's sudden end; nothing of ours may catch it."""


class Trusting(GitHubTracker):
    """Believes every list: half of what looking for marks alone means."""

    def observe(
        self, known: Mapping[int, Known], since: dt.datetime | None, as_of: dt.date
    ) -> Observation:
        del since
        seen = super().observe(known, None, as_of)
        return replace(seen, sane=True, complete=True)


class Mind(Struct):
    """What the person last said and did about somebody."""

    verdict: str | None = None
    stopped: bool = False
    settled: bool = True  # everything was taken in by a run without faults
    file: str = "there"  # there, gone, broken
    slug: str = ""
    allowed: int = 1  # issues that may be opened for this follow-up
    yours: str = ""  # written below the mark
    title: str = ""  # as the person changed it
    opened: int | None = None  # issues there were when a stop had been taken in


class Plan(Struct):
    """What goes wrong during one run, by the number of its steps from 1."""

    faults: dict[int, Fault] = {}
    dies_at: int = 0
    meanwhile: dict[int, Callable[[], object]] = {}


class World:
    """Everything there is, and the person's mind."""

    store: type[CloudStore] = CloudStore
    tracker: type[GitHubTracker] = GitHubTracker

    def __init__(self, github: GitHub, clock: Clock, root: Path) -> None:
        self.github, self.clock, self.root = github, clock, root
        github.reset()
        self.cloud = Cloud()
        self.minds = {slug: Mind(slug=slug) for slug in PEOPLE}
        files: dict[str, bytes | None] = {f"contacts/{s}.yml": _file(s) for s in PEOPLE}
        self.cloud.push({**files, "settings.yml": SETTINGS})
        self.runs = self.steps = 0
        self._upcoming = ""
        self.requests: list[int] = []

    # --- runs ------------------------------------------------------------------

    def run(self, plan: Plan | None = None, limits: Limits = FULL) -> SyncReport | None:
        """Let one of the runners do a run; None where it ended badly."""
        plan = plan or Plan()
        self.runs += 1
        count = 0

        def step(what: str) -> None:
            nonlocal count
            count += 1
            self.steps += 1
            if plan.dies_at == count:
                raise Died
            happening = plan.meanwhile.pop(count, None)
            self._upcoming = what
            if happening:
                happening()
            self._upcoming = ""
            fault = plan.faults.get(count)
            self.github.fault = lambda asked: _fitting(fault, asked)
            self.clock.advance(seconds=1)

        begun, name = self.clock.now, f"run-{self.runs}"
        root = self.root / f"checkout-{self.runs % 4}"
        root.mkdir(exist_ok=True)
        asked = len(self.github.asked)
        settled = not plan.faults and not plan.dies_at and not plan.meanwhile
        try:
            report = sync(
                self.store(self.cloud, root, step),
                self._tracker(step),
                as_of=begun.date(),
                run=Run(name, begun),
                holidays=HOLIDAYS,
                limits=limits,
            )
        except (Died, NotYetError):
            return None
        finally:
            self.github.fault = lambda _: None
            self.requests.append(len(self.github.asked) - asked)
        if settled:
            created = self._created()
            for slug, mind in self.minds.items():
                mind.settled = True
                if mind.stopped and mind.opened is None:
                    mind.opened = created[slug]
        return report

    def _tracker(self, step: Callable[[str], None]) -> Tracker:
        wire = Watched(_wire(), lambda method, _: step(method))
        api = api_of(self.github, self.clock, wire)
        accounts = ("github-actions[bot]",)
        return self.tracker(api, look_up(api), accounts, "UTC")

    def settle(self) -> list[int]:
        """Let two runs without faults go by, then a third; give the writes of that."""
        self.clock.advance(minutes=1)
        self.run()
        self.clock.now += LONG
        self.run()
        before = len(self.github.asked)
        self.clock.advance(minutes=1)
        self.run()
        late = [r for r in self.github.asked[before:] if r.method != "GET"]
        return [int(r.path.split("/")[1]) if "/" in r.path else 0 for r in late]

    # --- what a person does on the website -------------------------------------

    def number(self, slug: str) -> int | None:
        """Give the issue of somebody that a person would find: the newest there is."""
        found = None
        for issue in self.github.repository.issues():
            marker = split_body(issue.body or "").marker
            if marker and marker.key == f"{self.minds[slug].slug}/{STEP}":
                if found is None or self._is_open(issue.number):
                    found = issue.number
            elif marker and marker.key == f"{slug}/{STEP}" and found is None:
                found = issue.number
        return found

    def _is_open(self, number: int) -> bool:
        return self.github.repository.issue(number).state == "open"

    def _may_act(self, slug: str) -> int | None:
        mind = self.minds[slug]
        if mind.stopped or mind.file != "there":
            return None
        return self.number(slug)

    def closes(self, slug: str, *, skip: bool) -> None:
        number = self._may_act(slug)
        if number is None or not self._is_open(number):
            return
        mind = self.minds[slug]
        mind.verdict = mind.verdict or ("skipped" if skip else "sent")
        mind.settled = False
        reason = "not_planned" if skip else "completed"
        fields = {"state": "closed", "state_reason": reason}
        self.clock.advance(seconds=2)
        self.github.repository.change(number, OWNER, fields)

    def reopens(self, slug: str) -> None:
        number = self._may_act(slug)
        if number is None or self._is_open(number):
            return
        mind = self.minds[slug]
        mind.verdict, mind.settled = None, False
        self.clock.advance(seconds=2)
        self.github.repository.change(number, OWNER, {"state": "open"})

    def says(self, slug: str, text: str) -> None:
        number = self._may_act(slug)
        if number is None:
            return
        mind = self.minds[slug]
        mind.settled = False
        if text == "/sent":
            mind.verdict = "sent"
        elif text == "/skip":
            mind.verdict = mind.verdict or "skipped"
        elif text == "/stop":
            mind.stopped = True
        self.clock.advance(seconds=2)
        self.github.repository.comment(number, text, OWNER)

    def writes(self, slug: str, text: str) -> None:
        """Write below the mark.

        Not in the moment between a last look and the change that follows it: the API
        has no condition for a change, so what is typed just then is written over.
        """
        number = self._may_act(slug)
        if number is None or self._upcoming == "PATCH":
            return
        mind = self.minds[slug]
        mind.yours = text
        body = self.github.repository.issue(number).body or ""
        self.clock.advance(seconds=2)
        self.github.repository.change(number, OWNER, {"body": f"{body}\n{text}\n"})

    def renames(self, slug: str, title: str) -> None:
        """Change the title of an issue; not in that same moment."""
        number = self._may_act(slug)
        if number is not None and self._upcoming != "PATCH":
            self.minds[slug].title = title
            self.clock.advance(seconds=2)
            self.github.repository.change(number, OWNER, {"title": title})

    def deletes_issue(self, slug: str, status: int) -> None:
        number = self._may_act(slug)
        mind = self.minds[slug]
        if number is None or not mind.settled:
            return
        mind.allowed += 1
        mind.yours = mind.title = ""
        self.github.repository.delete(number, status)

    # --- what a person does to files -------------------------------------------

    def _path(self, slug: str) -> str:
        return f"contacts/{self.minds[slug].slug}.yml"

    def _may_edit(self, slug: str, *files: str) -> bool:
        mind = self.minds[slug]
        return mind.settled and not mind.stopped and mind.file in files

    def renames_file(self, slug: str) -> None:
        if not self._may_edit(slug, "there"):
            return
        mind = self.minds[slug]
        old, data = self._path(slug), self.cloud.files[self._path(slug)]
        mind.slug = f"{slug}-{len(mind.slug)}"
        mind.settled = False
        self.cloud.push({old: None, self._path(slug): data})

    def deletes_file(self, slug: str) -> None:
        if not self._may_edit(slug, "there") or any(
            each.file != "there" for each in self.minds.values()
        ):
            return
        self._kept = self.cloud.files[self._path(slug)]
        self.minds[slug].file = "gone"
        self.cloud.push({self._path(slug): None})

    def breaks_file(self, slug: str) -> None:
        if not self._may_edit(slug, "there") or any(
            each.file != "there" for each in self.minds.values()
        ):
            return
        self._kept = self.cloud.files[self._path(slug)]
        self.minds[slug].file = "broken"
        self.cloud.push({self._path(slug): b"name: [\n" + self._kept})

    def mends_file(self, slug: str) -> None:
        mind = self.minds[slug]
        if mind.file == "there":
            return
        mind.file, mind.settled = "there", False
        self.cloud.push({self._path(slug): self._kept})

    def mends_all(self) -> None:
        for slug in PEOPLE:
            self.mends_file(slug)

    def corrects_file(self, slug: str) -> None:
        if not self._may_edit(slug, "there"):
            return
        path = self._path(slug)
        data = self.cloud.files[path]
        other = b"2025-10-29" if b"2025-10-30" in data else b"2025-10-30"
        old = b"2025-10-30" if b"2025-10-30" in data else b"2025-10-29"
        self.cloud.push({path: data.replace(old, other)})

    def pushes_something(self) -> None:
        """Change what no run reads, so that a push in between is refused."""
        self.cloud.push({"README.md": str(self.cloud.version).encode()})

    # --- what must hold --------------------------------------------------------

    def duplicates(self) -> list[str]:
        """Give the follow-ups for which more issues were opened than may be."""
        allowed = {slug: mind.allowed for slug, mind in self.minds.items()}
        created = self._created()
        return [key for key, n in created.items() if n > allowed.get(key, 1)]

    def lost(self) -> list[str]:
        """Give whose last word is not what was recorded, or is recorded twice."""
        place = self.root / "look"
        place.mkdir(exist_ok=True)
        CloudStore(self.cloud, place, lambda _: None).refresh()
        workspace = load(str(place))
        wrong = []
        for slug, mind in self.minds.items():
            contact = workspace.contacts.get(mind.slug)
            if contact is None:
                if mind.file == "there":
                    wrong.append(f"{slug}: no file")
                continue
            history = in_force(contact.history, self.clock.now.date())
            verdict = verdict_of(history, ref(STEP))
            said = verdict.event.value if verdict else None
            if not mind.stopped and said != mind.verdict:
                wrong.append(f"{slug}: {said} for {mind.verdict}")
            sources = Counter(each.source for each in contact.history)
            if sources and max(sources.values()) > 1:
                wrong.append(f"{slug}: twice")
            stops = [each for each in history if each.event == "stop"]
            if len(stops) != mind.stopped:
                wrong.append(f"{slug}: {len(stops)} stops")
        return wrong

    def unlike(self) -> list[str]:
        """Give whose issue is not as it should be once everything has settled."""
        wrong = []
        for slug, mind in self.minds.items():
            number = self.number(slug)
            if mind.file == "broken":
                continue
            open_ = number is not None and self._is_open(number)
            wanted = mind.file == "there" and not mind.stopped and not mind.verdict
            if open_ != wanted:
                wrong.append(f"{slug}: {'open' if open_ else 'not open'}")
            if number is None:
                continue
            issue = self.github.repository.issue(number)
            body = split_body(issue.body or "")
            if mind.stopped and body.managed:
                wrong.append(f"{slug}: has a text after a stop")
            if mind.yours and mind.yours not in body.yours:
                wrong.append(f"{slug}: lost what was written")
            if mind.title and mind.title != issue.title:
                wrong.append(f"{slug}: lost a title")
        return wrong

    def repeated(self) -> list[str]:
        """Give what was said more than once: answers, and the one reminder."""
        comments = self.github.repository.comments.values()
        counts = Counter(what for each in comments for what in acks_in(each.body))
        return [what for what, count in counts.items() if count > 1]

    def after_stops(self) -> list[str]:
        """Give for whom an issue was opened after their stop was taken in."""
        created = self._created()
        return [
            slug
            for slug, mind in self.minds.items()
            if mind.opened is not None and created[slug] > mind.opened
        ]

    def _created(self) -> Counter[str]:
        """Count the issues that were ever opened, by person or key."""
        counts: Counter[str] = Counter()
        for _, body in self.github.repository.created:
            marker = split_body(body).marker
            assert marker is not None
            key = marker.key
            counts[next((s for s in PEOPLE if key.startswith(s)), key)] += 1
        return counts


class NaiveWorld(World):
    """Marks in bodies are all there is, and every list is believed."""

    store = ForgetfulStore
    tracker = Trusting


_WIRES: list[Wire] = []


def _wire() -> Wire:
    """Give the one connection of this process."""
    if not _WIRES:
        _WIRES.append(Wire())
    return _WIRES[0]


def _fitting(fault: Fault | None, asked: Request) -> Fault | None:
    """Give a fault where it can happen to such a request."""
    is_list = asked.method == "GET" and asked.path in ("issues", "issues/comments")
    if fault in (Fault.LIST_EMPTY, Fault.LIST_LAGS):
        return fault if is_list else None
    return fault


def _file(slug: str) -> bytes:
    name = slug.replace("-", " ").title()
    return (
        f"name: {name}\ncompany: {name.split()[-1]} Instruments\nposition: Writer\n"
        f"rejected_on: 2025-10-30\nemail: {slug}@example.com\n"
    ).encode()
