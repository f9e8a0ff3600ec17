"""A repository on the server with its checkout, its owner, and its daily run."""

from pathlib import Path

from pipeline.files.store import FolderStore
from pipeline.files.workspace import load
from pipeline.model import Workspace
from pipeline.reconciling.apply import SyncReport, sync
from pipeline.reconciling.changes import Limits, Run
from pipeline.trackers.rest import Transport
from tests.github.clock import Clock
from tests.github.reaching import tracker_of
from tests.github.repository import OWNER, Issue, User
from tests.github.server import GitHub
from tests.reconciling.scenes import HOLIDAYS


class Home:
    """The files of one user, and what happens to them on GitHub."""

    def __init__(self, root: Path, github: GitHub, clock: Clock) -> None:
        self.root, self.github, self.clock = root, github, clock
        self._runs = 0
        root.mkdir(exist_ok=True)

    def run(self, transport: Transport | None = None) -> SyncReport:
        """Let the workflow run once, under a name of its own."""
        self._runs += 1
        self.clock.advance(seconds=7)
        accounts = load(str(self.root)).state.accounts
        return sync(
            FolderStore(str(self.root)),
            tracker_of(self.github, self.clock, transport=transport, accounts=accounts),
            as_of=self.clock.now.date(),
            run=Run(f"run-{self._runs}", self.clock.now),
            holidays=HOLIDAYS,
            limits=Limits(),
        )

    def opens(self, title: str, body: str, by: User = OWNER) -> int:
        """Open an issue as somebody does."""
        return self.github.repository.create(title, body, by, {}).number

    def edits(self, number: int, body: str) -> None:
        self.clock.advance(minutes=1)
        self.github.repository.change(number, OWNER, {"body": body})

    def issue(self, number: int) -> Issue:
        return self.github.repository.issue(number)

    def answers(self, number: int) -> list[str]:
        """Give every comment of the robot's on an issue, oldest first."""
        comments = self.github.repository.comments.values()
        return [c.body for c in comments if c.issue == number and c.user.type == "Bot"]

    def file(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def write(self, path: str, text: str) -> None:
        place = self.root / path
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, "utf-8")

    @property
    def workspace(self) -> Workspace:
        return load(str(self.root))
