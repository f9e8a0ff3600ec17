"""The git store, in real repositories with a bare remote and other people pushing."""

import subprocess
from pathlib import Path

import pytest

from pipeline.errors import Outrun, StoreError
from pipeline.files.gitstore import PENDING, SCRATCH, GitStore
from pipeline.files.store import Write


def git(at: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(at), *arguments], capture_output=True, check=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Give a clone with one commit, its bare remote beside it."""
    subprocess.run(
        ["git", "init", "-q", "--bare", "-b", "main", str(tmp_path / "remote.git")],
        check=True,
    )
    place = clone(tmp_path, "work")
    (place / "contacts").mkdir()
    (place / "contacts" / "a.yml").write_text("one\n")
    (place / "other.txt").write_text("mine\n")
    (place / ".gitignore").write_text("state/.lock\n")
    git(place, "add", ".")
    git(place, "commit", "-q", "-m", "Begin")
    git(place, "push", "-q", "-u", "origin", "main")
    return place


def clone(tmp_path: Path, name: str) -> Path:
    place = tmp_path / name
    subprocess.run(
        ["git", "clone", "-q", str(tmp_path / "remote.git"), str(place)],
        check=True,
        capture_output=True,
    )
    git(place, "config", "user.name", "Maya Torres")
    git(place, "config", "user.email", "maya@example.com")
    git(place, "symbolic-ref", "HEAD", "refs/heads/main")
    return place


CHANGE = Write("contacts/a.yml", b"two\n", b"one\n")


def test_exactly_the_changed_paths_are_committed(work: Path) -> None:
    (work / "other.txt").write_text("not yet committed\n")
    (work / "staged.txt").write_text("staged\n")
    git(work, "add", "staged.txt")
    store = GitStore(str(work), push=False)
    with store.lock():
        store.commit([CHANGE, Write("state/issues.json", b"{}\n", None)], "Record 1")
    assert git(work, "show", "--name-only", "--format=%s", "HEAD").split() == [
        "Record",
        "1",
        "contacts/a.yml",
        "state/issues.json",
    ]
    assert (work / "contacts" / "a.yml").read_text() == "two\n"
    status = git(work, "status", "--porcelain").splitlines()
    assert sorted(status) == ["A  staged.txt", "M other.txt"] or sorted(status) == [
        " M other.txt",
        "A  staged.txt",
    ]


def test_a_path_with_changes_of_the_users_is_refused_by_name(work: Path) -> None:
    (work / "contacts" / "a.yml").write_text("my own words\n")
    store = GitStore(str(work), push=False)
    write = Write("contacts/a.yml", b"two\n", b"my own words\n")
    with store.lock(), pytest.raises(StoreError, match=r"contacts/a\.yml"):
        store.commit([write], "Record 1")
    assert (work / "contacts" / "a.yml").read_text() == "my own words\n"
    assert git(work, "log", "--format=%s") == "Begin"


def test_a_file_that_differs_from_what_was_read_is_outrun(work: Path) -> None:
    store = GitStore(str(work), push=False)
    with store.lock(), pytest.raises(Outrun):
        store.commit([Write("contacts/a.yml", b"two\n", b"other\n")], "Record 1")


def test_nothing_is_pushed_unless_asked(work: Path, tmp_path: Path) -> None:
    store = GitStore(str(work), push=False)
    with store.lock():
        store.commit([CHANGE], "Record 1")
    assert git(tmp_path / "remote.git", "log", "--format=%s", "main") == "Begin"


def test_a_push_reaches_the_remote(work: Path, tmp_path: Path) -> None:
    store = GitStore(str(work), push=True)
    with store.lock():
        store.commit([CHANGE], "Record 1")
    assert (
        git(tmp_path / "remote.git", "log", "-1", "--format=%s", "main") == "Record 1"
    )


def test_a_lost_push_is_worked_out_again_beside_the_users_tree(
    work: Path, tmp_path: Path
) -> None:
    other = clone(tmp_path, "other")
    git(other, "pull", "-q", "origin", "main")
    (other / "contacts" / "b.yml").write_text("hers\n")
    git(other, "add", ".")
    git(other, "commit", "-q", "-m", "Hers")
    git(other, "push", "-q", "origin", "main")
    (work / "other.txt").write_text("unsaved thoughts\n")
    store = GitStore(str(work), push=True)
    with store.lock():
        with pytest.raises(Outrun):
            store.commit([CHANGE], "Record 1")
        assert (work / "contacts" / "a.yml").read_text() == "one\n"
        store.refresh()
        assert store.read("contacts/b.yml") == b"hers\n"
        store.commit([CHANGE], "Record 1")
    remote = tmp_path / "remote.git"
    subjects = git(remote, "log", "--format=%s", "main").splitlines()
    assert subjects == ["Record 1", "Hers", "Begin"]
    assert (work / "other.txt").read_text() == "unsaved thoughts\n"
    assert git(work, "worktree", "list").count("\n") == 0


def test_a_fresh_checkout_follows_the_remote(work: Path, tmp_path: Path) -> None:
    other = clone(tmp_path, "other")
    git(other, "pull", "-q", "origin", "main")
    (other / "contacts" / "a.yml").write_text("newer\n")
    git(other, "commit", "-qam", "Hers")
    git(other, "push", "-q", "origin", "main")
    store = GitStore(str(work), push=True, fresh_checkout=True)
    with store.lock():
        with pytest.raises(Outrun):
            store.commit([CHANGE], "Record 1")
        store.refresh()
        assert store.read("contacts/a.yml") == b"newer\n"


def test_a_deletion_is_committed(work: Path) -> None:
    store = GitStore(str(work), push=False)
    with store.lock():
        store.commit([Write("contacts/a.yml", None, b"one\n")], "Forget 1")
    assert not (work / "contacts" / "a.yml").exists()
    assert git(work, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (str, "not in git"),
        (lambda place: git(place, "init", "-q"), "no commit yet"),
    ],
)
def test_what_is_no_repository_is_said(
    tmp_path: Path, prepare: object, words: str
) -> None:
    place = tmp_path / "plain"
    place.mkdir()
    assert callable(prepare)
    prepare(place)
    with (
        pytest.raises(StoreError, match=words),
        GitStore(str(place), push=False).lock(),
    ):
        pass


def test_without_a_branch_nothing_is_committed(work: Path) -> None:
    git(work, "checkout", "-q", "--detach")
    with (
        pytest.raises(StoreError, match="no branch"),
        GitStore(str(work), push=False).lock(),
    ):
        pass


def test_the_users_hooks_do_not_run(work: Path) -> None:
    hook = work / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    store = GitStore(str(work), push=False)
    with store.lock():
        store.commit([CHANGE], "Record 1")
    assert git(work, "log", "-1", "--format=%s") == "Record 1"


# --- a run that died -----------------------------------------------------------


def unfinished(work: Path, *writes: Write) -> None:
    """Leave things as a run does that dies once its commit is made."""
    store = GitStore(str(work), push=False)
    with store.lock():
        store.commit(writes, "Record 1")
    commit = git(work, "rev-parse", "HEAD")
    git(work, "update-ref", PENDING, commit)
    git(work, "read-tree", "HEAD^")
    for write in writes:
        place = work / write.path
        if write.before is None:
            place.unlink()
        else:
            place.write_bytes(write.before)


def test_what_was_committed_and_not_written_is_written_by_the_next_run(
    work: Path,
) -> None:
    unfinished(work, CHANGE, Write("state/issues.json", b"{}\n", None))
    with GitStore(str(work), push=False).lock():
        assert (work / "contacts" / "a.yml").read_text() == "two\n"
        assert (work / "state" / "issues.json").read_text() == "{}\n"
    assert git(work, "status", "--porcelain") == ""
    assert git(work, "for-each-ref", PENDING) == ""


def test_what_the_user_has_changed_since_is_left_alone(work: Path) -> None:
    unfinished(work, CHANGE)
    (work / "contacts" / "a.yml").write_text("my own words\n")
    with GitStore(str(work), push=False).lock():
        pass
    assert (work / "contacts" / "a.yml").read_text() == "my own words\n"
    assert git(work, "status", "--porcelain") == "MM contacts/a.yml"


def test_a_branch_that_has_gone_on_is_left_alone(work: Path) -> None:
    unfinished(work, CHANGE)
    git(work, "commit", "-q", "--allow-empty", "-m", "Mine")
    with GitStore(str(work), push=False).lock():
        pass
    assert (work / "contacts" / "a.yml").read_text() == "one\n"
    assert git(work, "for-each-ref", PENDING) == ""


def test_line_ends_that_git_converts_leave_nothing_to_commit(work: Path) -> None:
    git(work, "config", "core.autocrlf", "true")
    (work / "contacts" / "a.yml").write_bytes(b"one\r\n")
    git(work, "add", "contacts/a.yml")
    store = GitStore(str(work), push=False)
    with store.lock():
        store.commit([Write("contacts/a.yml", b"two\r\n", b"one\r\n")], "Record 1")
    assert git(work, "status", "--porcelain") == ""
    assert (work / "contacts" / "a.yml").read_bytes() == b"two\r\n"


def test_a_store_says_that_the_users_own_files_are_behind(
    work: Path, tmp_path: Path
) -> None:
    other = clone(tmp_path, "other")
    git(other, "pull", "-q", "origin", "main")
    git(other, "commit", "-q", "--allow-empty", "-m", "Hers")
    git(other, "push", "-q", "origin", "main")
    store = GitStore(str(work), push=True)
    with store.lock():
        with pytest.raises(Outrun):
            store.commit([CHANGE], "Record 1")
        store.refresh()
        store.commit([CHANGE], "Record 1")
    assert store.is_behind
    assert (work / "contacts" / "a.yml").read_text() == "one\n"


def test_a_work_tree_left_by_a_run_that_died_is_put_away(work: Path) -> None:
    place = work / ".git" / SCRATCH
    git(work, "worktree", "add", "-q", "--detach", str(place), "HEAD")
    with GitStore(str(work), push=False).lock():
        assert not place.exists()
    assert git(work, "worktree", "list").count("\n") == 0
