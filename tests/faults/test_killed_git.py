"""A sync kept in git, killed before every commit, push and write of a file; run again.

The work tree has a bare remote, and every git command is a point as well. Issues are
files beside git's; `test_killed` kills at those. Whatever the point: every act once, in
the work tree and at the remote, and nothing left for a hand to mend.
"""

import subprocess
from collections import Counter
from pathlib import Path

import pytest

from pipeline.files.gitstore import PENDING, GitStore
from pipeline.files.workspace import load
from pipeline.trackers.local import LocalTracker
from tests.faults.conftest import KillAtEach
from tests.faults.killing import is_change
from tests.faults.test_killed import PEOPLE, TODAY, prepare
from tests.reconciling.scenes import Scene

STRIDE = 9  # points between two kills of a quick run; `make soak` kills at each


def git(at: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(at), *arguments], capture_output=True, check=True, text=True
    )
    return done.stdout.strip()


def is_point(event: str, arguments: tuple[object, ...]) -> bool:
    """Count git's commands, and writes that are not the tracker's."""
    if event == "subprocess.Popen":
        return True
    return is_change(event, arguments) and "/inbox/" not in str(arguments[0])


def kept(root: Path, *, push: bool) -> Scene:
    store = GitStore(str(root), push=push)
    return Scene(root, LocalTracker(str(root)), store)


def template(tmp_path: Path) -> Path:
    """Put a crowded workspace into git, pushed to a remote beside it."""
    base = tmp_path / "template"
    remote = base / "remote.git"
    subprocess.run(
        ["git", "init", "-q", "--bare", "-b", "main", str(remote)], check=True
    )
    work = prepare(base / "work").root
    (work / ".gitignore").write_text("inbox/\nstate/.lock\n")
    git(work, "init", "-q", "-b", "main")
    for name, value in (("name", "Maya Torres"), ("email", "maya@example.com")):
        git(work, "config", f"user.{name}", value)
    git(work, "remote", "add", "origin", "../remote.git")
    git(work, "add", ".")
    git(work, "commit", "-q", "-m", "Begin")
    git(work, "push", "-q", "-u", "origin", "main")
    return base


def check(root: Path) -> None:
    scene = Scene(root)
    workspace = load(str(root))
    assert not workspace.problems
    assert len(workspace.contacts) == PEOPLE + 4
    assert set(Counter(scene.keys()).values()) == {1}
    assert [str(e.event) for e in scene.events("old-0")] == ["sent"]
    assert [str(e.event) for e in scene.events("old-1")] == ["skipped"]
    assert [str(e.event) for e in scene.events("old-2")] == ["sent", "replied"]
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "rev-parse", "HEAD") == git(root, "ls-remote", "origin").split()[0]
    assert git(root, "worktree", "list").count("\n") == 0
    assert git(root, "for-each-ref", PENDING) == ""


@pytest.mark.parametrize("stride", [STRIDE, pytest.param(1, marks=pytest.mark.soak)])
def test_killed_at_git_commands_and_run_again(
    stride: int, tmp_path: Path, kill_at_each: KillAtEach
) -> None:
    def work(base: Path) -> None:
        kept(base / "work", push=True).sync(TODAY, opened=40)

    def heal(base: Path, point: int) -> None:
        if point:
            work(base)
            work(base)
        check(base / "work")

    base = template(tmp_path)
    kill_at_each("git", base, work, heal, stride=stride, counts=is_point)
