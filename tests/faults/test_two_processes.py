"""Two real processes at one moment, each in its own fresh checkout, one server."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

from pipeline.files.workspace import load
from pipeline.reconciling.identity import split_body
from tests.faults.repositories import bare, checkout
from tests.faults.test_sweep import SETTINGS, person
from tests.github.clock import Clock
from tests.github.server import GitHub

ROOT = Path(__file__).parent.parent.parent
PEOPLE = 20
SCRIPT = """
import datetime as dt
import sys
from pipeline.files.gitstore import GitStore
from pipeline.reconciling.apply import sync
from pipeline.reconciling.changes import Limits, Run
from pipeline.trackers.github import GitHubTracker, look_up
from pipeline.trackers.rest import Api, Pace, Wire
from tests.github.server import TOKEN
from tests.reconciling.scenes import HOLIDAYS

base, root, name = sys.argv[1:]
now = dt.datetime(2026, 5, 4, 8, tzinfo=dt.UTC)
clock = iter(range(10_000))
pace = Pace(lambda _: None, lambda: float(next(clock)), lambda: now)
api = Api(base, "maya/not-yet", TOKEN, Wire(), pace)
tracker = GitHubTracker(api, look_up(api), ("github-actions[bot]",), "UTC")
store = GitStore(root, push=True, fresh_checkout=True)
print("ready", flush=True)
sys.stdin.readline()
report = sync(
    store,
    tracker,
    as_of=now.date(),
    run=Run(name, now),
    holidays=HOLIDAYS,
    limits=Limits(opened=50),
)
print(len(report.opened))
"""


def test_two_runs_in_two_checkouts_open_every_issue_once(tmp_path: Path) -> None:
    files = {f"contacts/p{n:02}.yml": person(f"p{n:02}") for n in range(PEOPLE)}
    origin = bare(tmp_path / "origin", {"settings.yml": SETTINGS, **files})
    with GitHub(Clock()) as github:
        runs = []
        for name in ("one", "two"):
            work = checkout(origin, tmp_path / name)
            runs.append(
                subprocess.Popen(
                    [sys.executable, "-c", SCRIPT, github.base, str(work), name],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                    cwd=ROOT,
                )
            )
        for run in runs:
            assert run.stdout is not None
            assert run.stdout.readline() == "ready\n"
        said = []
        for run in runs:
            assert run.stdin is not None
            run.stdin.write("go\n")
            run.stdin.flush()
        for run in runs:
            said.append(int(run.communicate(timeout=60)[0]))
            assert run.returncode == 0
        bodies = [body for _, body in github.repository.created]
    markers = [split_body(body).marker for body in bodies]
    counts = Counter(marker.key for marker in markers if marker)
    assert sum(said) == PEOPLE
    assert len(counts) == PEOPLE + 1
    assert set(counts.values()) == {1}
    known = load(str(checkout(origin, tmp_path / "look"))).state.issues
    assert all(each.number for each in known.values())
