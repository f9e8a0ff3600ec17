"""The run as the workflow starts it: a fresh checkout, a token, a page for counts."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.commands import arguments
from pipeline.commands.hub import PUBLIC
from pipeline.commands.session import FINE, PROBLEMS, Session
from pipeline.commands.sync import sync
from pipeline.commands.terminal import Terminal
from pipeline.errors import Guarded, LeakRefusedError, NotYetError, StoreError
from tests.files.smarthttp import GitServer
from tests.files.test_gitstore import clone, git, work
from tests.github.clock import Clock
from tests.github.repository import OWNER
from tests.github.server import TOKEN, GitHub
from tests.reconciling.test_incoming import FORM

__all__ = ["work"]  # a fixture

ARGV = ("sync", "--tracker", "github", "--store", "git", "--push", "--fresh-checkout")
SETTINGS = "you: {name: Maya Torres, email: maya@example.com}\n"
SECRETS = ("dana", "okafor", "brightwater", "writer", "maya", "torres", "contacts/")


class Runner:
    """GitHub's machine: a checkout, an environment, and what is seen of a run."""

    def __init__(
        self, root: Path, github: GitHub, remote: GitServer, clock: Clock
    ) -> None:
        self.root, self.github, self.remote = root, github, remote
        self.clock = clock
        self.summary, self.output = root.parent / "summary", root.parent / "output"
        self.seen = io.StringIO()

    def run(self, **environ: str) -> int:
        """Run the step of the workflow."""
        given = {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_REPOSITORY": "maya/not-yet",
            "GITHUB_TOKEN": TOKEN,
            "GITHUB_API_URL": self.github.base,
            "GITHUB_SERVER_URL": self.remote.base,
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_EVENT_NAME": "schedule",
            "DRY_RUN": "",
            "AS_OF": "",
            "OVERRIDE": "",
        }
        terminal = Terminal(io.StringIO(), self.seen, self.seen, silent=True)
        session = Session(
            arguments.read([*ARGV, "--root", str(self.root)], print),
            terminal,
            now=self.clock.now,
            seconds=self.clock.monotonic,
            sleep=self.clock.sleep,
            environ=given | environ,
        )
        self.clock.advance(minutes=1)
        return sync(session)

    @property
    def told(self) -> str:
        """Give everything that others can see of the runs so far."""
        log = git(self.root, "log", "--format=%an %ae %s %b", "origin/main")
        places = (self.summary, self.output)
        pages = [each.read_text() for each in places if each.exists()]
        return "\n".join([self.seen.getvalue(), log, *pages])

    def file(self, path: str, text: str) -> None:
        """Push a file as the user does, and check it out."""
        place = self.root / path
        place.parent.mkdir(exist_ok=True)
        place.write_text(text)
        git(self.root, "add", ".")
        name = ["-c", "user.name=M", "-c", "user.email=m@example.com"]
        git(self.root, *name, "commit", "-q", "-m", "Mine")
        git(self.root, "push", "-q", str(self.root.parent / "remote.git"), "main")
        git(self.root, "update-ref", "refs/remotes/origin/main", "main")


@pytest.fixture
def runner(
    work: Path, tmp_path: Path, github: GitHub, clock: Clock
) -> Iterator[Runner]:
    (work / "contacts" / "a.yml").unlink()
    git(work, "commit", "-qam", "Empty")
    git(work, "push", "-q")
    root = clone(tmp_path, "checkout")
    git(root, "config", "--unset", "user.name")
    git(root, "config", "--unset", "user.email")
    with GitServer(tmp_path, TOKEN) as remote:
        git(root, "remote", "set-url", "origin", f"{remote.base}/remote.git")
        remote_config = tmp_path / "remote.git"
        git(remote_config, "config", "http.receivepack", "true")
        yield Runner(root, github, remote, clock)


def last(runner: Runner) -> str:
    return runner.output.read_text().splitlines()[-1]


def test_a_run_pushes_as_the_robot_with_a_token_that_is_written_nowhere(
    runner: Runner, tmp_path: Path
) -> None:
    runner.github.repository.create("A no", FORM, OWNER, {})
    assert runner.run() == FINE
    log = git(tmp_path / "remote.git", "log", "--format=%an <%ae>", "-1", "main")
    robot = "41898282+github-actions[bot]@users.noreply.github.com"
    assert log == f"github-actions[bot] <{robot}>"
    shown = git(tmp_path / "remote.git", "ls-tree", "-r", "--name-only", "main")
    assert "contacts/dana-okafor.yml" in shown
    assert last(runner) == "changed=true"
    for path in (runner.root / ".git").rglob("*"):
        assert not path.is_file() or TOKEN.encode() not in path.read_bytes()


def test_a_quiet_run_changes_nothing_and_says_so(runner: Runner) -> None:
    runner.run()
    before = git(runner.root, "rev-parse", "HEAD")
    runner.run()
    assert git(runner.root, "rev-parse", "HEAD") == before
    assert last(runner) == "changed=false"
    runner.run(GITHUB_EVENT_NAME="push")
    assert last(runner) == "changed=true"


def test_nothing_that_others_see_has_a_name_in_it(runner: Runner) -> None:
    runner.file("settings.yml", SETTINGS)
    number = runner.github.repository.create("A no", FORM, OWNER, {}).number
    runner.run()
    runner.clock.advance(days=5)
    runner.run()
    wrong = "name: Dana Okafor\ncompany: Brightwater\nposition: x\nrejected_on: ?\n"
    runner.file("contacts/dana-okafor.yml", wrong)
    assert runner.run() == PROBLEMS
    told = runner.told
    git_names = ("maya torres", "maya@example.com", "m@example.com")
    shown = told.casefold()
    for name in git_names:  # of the user's own commits
        shown = shown.replace(name, "")
    assert [word for word in SECRETS if word in shown] == []
    assert TOKEN not in told
    assert "opened #3" in runner.summary.read_text()
    assert "1 problem in files: see the front desk" in runner.summary.read_text()
    assert f"#{number}" not in runner.seen.getvalue()


def test_a_token_that_may_not_push_is_an_error_in_one_line(runner: Runner) -> None:
    with pytest.raises(StoreError, match="could not push"):
        runner.run(GITHUB_SERVER_URL="https://example.com")
    assert runner.remote.refused
    assert "files could not be kept" in runner.summary.read_text()


@pytest.mark.parametrize("why", ["event", "repository"])
def test_a_public_repository_stops_everything_before_the_first_byte(
    runner: Runner, why: str
) -> None:
    runner.github.repository.private = why == "event"
    name = "public" if why == "event" else "schedule"
    before = git(runner.root, "rev-parse", "HEAD")
    with pytest.raises(LeakRefusedError):
        runner.run(GITHUB_EVENT_NAME=name)
    assert runner.summary.read_text().strip() == PUBLIC.strip()
    assert git(runner.root, "rev-parse", "HEAD") == before
    assert {each.path for each in runner.github.asked} <= {""}


def test_a_dry_run_says_what_it_would_do_and_does_nothing(runner: Runner) -> None:
    runner.file("settings.yml", SETTINGS)
    text = "name: Dana\ncompany: B\nposition: x\nrejected_on: 2026-01-30\n"
    runner.file("contacts/dana.yml", text)
    before = git(runner.root, "rev-parse", "HEAD")
    assert runner.run(DRY_RUN="true") == FINE
    assert "would open 2" in runner.summary.read_text()
    assert last(runner) == "changed=false"
    assert runner.github.counted("P") == 0
    assert git(runner.root, "rev-parse", "HEAD") == before


def test_a_day_that_was_asked_for_counts(runner: Runner) -> None:
    runner.file("settings.yml", SETTINGS)
    text = "name: Dana\ncompany: B\nposition: x\nrejected_on: 2026-05-01\n"
    runner.file("contacts/dana.yml", text)
    runner.run(AS_OF="2026-09-14", DRY_RUN="true")
    assert "would open 2" in runner.summary.read_text()
    with pytest.raises(NotYetError, match="2026-05-04"):
        runner.run(AS_OF="tomorrow")


def test_on_a_laptop_these_names_in_the_environment_mean_nothing(
    runner: Runner,
) -> None:
    found = {"GITHUB_ACTIONS": "", "AS_OF": "x", "DRY_RUN": "true"}
    with pytest.raises(StoreError, match="could not push"):
        runner.run(**found)
    assert not runner.summary.exists()


def test_closing_many_at_once_waits_for_the_box_to_be_ticked(runner: Runner) -> None:
    runner.file("settings.yml", SETTINGS)
    for number in range(4):
        text = f"name: P{number}\ncompany: C{number}\nposition: x\n"
        runner.file(f"contacts/p{number}.yml", f"{text}rejected_on: 2026-05-01\n")
    runner.run()
    for number in range(4):
        (runner.root / f"contacts/p{number}.yml").unlink()
    runner.file("settings.yml", f"{SETTINGS}country: US\n")
    with pytest.raises(Guarded, match="tick that box"):
        runner.run()
    assert "of 3 people are gone at once" in runner.summary.read_text()
    assert runner.run(OVERRIDE="true") == FINE
