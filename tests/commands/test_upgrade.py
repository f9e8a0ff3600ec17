"""A newer version in a copy that shares no history with it; the user's files stay."""

import subprocess
from pathlib import Path

import pytest

from pipeline.files.renewal import FILES, SHARED, WHOLE, is_ours
from tests.commands.running import Result, run, snapshot
from tests.files.test_gitstore import git

ROOT = Path(__file__).parent.parent.parent
USERS = ("contacts", "portfolio", "templates", "inbox", "state", "settings.yml")


def written(root: Path, **files: str) -> None:
    for name, text in files.items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)


def committed(root: Path, message: str) -> None:
    git(root, "add", "-A")
    who = ("-c", "user.name=Maya", "-c", "user.email=maya@example.com")
    git(root, *who, "commit", "-q", "-m", message)


@pytest.fixture
def upstream(tmp_path: Path) -> Path:
    """Give the project with two versions."""
    root = tmp_path / "project"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    written(
        root,
        **{
            ".gitignore": "state/.lock\n",
            "pyproject.toml": "one\n",
            "pipeline/cli.py": "one\n",
            "pipeline/old.py": "one\n",
            ".github/workflows/follow-ups.yml": "one\n",
            "contacts/README.md": "one\n",
            "README.md": "one\n",
        },
    )
    committed(root, "One")
    git(root, "tag", "v1")
    (root / "pipeline" / "old.py").unlink()
    written(
        root,
        **{
            "pipeline/cli.py": "two\n",
            "pipeline/new.py": "two\n",
            ".github/workflows/follow-ups.yml": "two\n",
            "contacts/README.md": "two\n",
            "settings.yml": "two\n",
        },
    )
    committed(root, "Two")
    git(root, "tag", "v2")
    return root


@pytest.fixture
def copy(tmp_path: Path, upstream: Path) -> Path:
    """Give a copy as GitHub makes it: the files of v1 in one fresh commit."""
    root = tmp_path / "copy"
    root.mkdir()
    archive = subprocess.run(
        ["git", "-C", str(upstream), "archive", "v1"], capture_output=True, check=True
    )
    subprocess.run(["tar", "-x", "-C", str(root)], input=archive.stdout, check=True)
    git(root, "init", "-q", "-b", "main")
    written(
        root,
        **{
            "contacts/dana.yml": "name: Dana  # mine\n",
            "settings.yml": "you: {name: Maya}\n",
            ".github/workflows/mine.yml": "mine\n",
            "notes.txt": "mine\n",
        },
    )
    committed(root, "Initial commit")
    written(root, **{"contacts/lee.yml": "name: Lee\n"})  # not committed yet
    return root


def upgraded(copy: Path, upstream: Path, *argv: str) -> Result:
    return run(copy, "upgrade", *argv, "--source", str(upstream))


def test_the_project_is_replaced_and_nothing_of_the_users(
    copy: Path, upstream: Path
) -> None:
    before = snapshot(copy)
    found = upgraded(copy, upstream, "v2", "--yes")
    assert found.code == 0, found.err
    assert "pipeline/cli.py" in found.out
    after = snapshot(copy)
    changed = {p for p in after if not p.startswith(".git/")} | {"pipeline/old.py"}
    assert {p for p in changed if before.get(p) != after.get(p)} == {
        "pipeline/cli.py",
        "pipeline/new.py",
        "pipeline/old.py",
        ".github/workflows/follow-ups.yml",
    }
    assert after["pipeline/new.py"] == b"two\n"


def test_it_makes_one_commit_and_pushes_nothing(copy: Path, upstream: Path) -> None:
    upgraded(copy, upstream, "v2", "--yes")
    subjects = git(copy, "log", "--format=%s").splitlines()
    assert subjects == ["Upgrade to v2", "Initial commit"]
    assert git(copy, "status", "--porcelain") == "?? contacts/lee.yml"
    assert upgraded(copy, upstream, "v2", "--yes").out == (
        "This is that version already.\n"
    )


def test_nothing_is_done_without_a_yes(copy: Path, upstream: Path) -> None:
    before = git(copy, "rev-parse", "HEAD")
    found = upgraded(copy, upstream, "v2")
    assert found.code == 2
    assert "2 +" in found.out or "|" in found.out
    assert "run it again with --yes" in found.err
    assert git(copy, "rev-parse", "HEAD") == before


def test_the_way_back_is_the_same_way(copy: Path, upstream: Path) -> None:
    upgraded(copy, upstream, "--yes")
    upgraded(copy, upstream, "v1", "--yes")
    assert (copy / "pipeline" / "old.py").read_text() == "one\n"
    assert not (copy / "pipeline" / "new.py").exists()


def test_a_remote_called_upstream_needs_no_name(copy: Path, upstream: Path) -> None:
    git(copy, "remote", "add", "upstream", str(upstream))
    assert run(copy, "upgrade", "--yes").code == 0
    assert (copy / "pipeline" / "cli.py").read_text() == "two\n"


def test_a_change_of_ones_own_to_the_program_is_not_lost(
    copy: Path, upstream: Path
) -> None:
    (copy / "pipeline" / "cli.py").write_text("mine\n")
    found = upgraded(copy, upstream, "v2", "--yes")
    assert found.code == 4
    assert "not committed (pipeline/cli.py); commit them first" in found.err
    assert (copy / "pipeline" / "cli.py").read_text() == "mine\n"


@pytest.mark.parametrize("argv", [("v9", "--yes"), ("--yes", "--source", "nowhere")])
def test_a_version_that_is_not_there_is_said_so(
    copy: Path, upstream: Path, argv: tuple[str, ...]
) -> None:
    found = run(copy, "upgrade", "--source", str(upstream), *argv)
    assert found.code == 2
    assert "--source" in found.err


def test_another_project_is_refused(copy: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q", "-b", "main")
    written(other, **{"README.md": "other\n"})
    committed(other, "One")
    found = upgraded(copy, other, "--yes")
    assert found.code == 2
    assert "another project" in found.err


def test_every_path_of_the_project_is_either_its_own_or_the_users() -> None:
    for path in git(ROOT, "ls-files").splitlines():
        top = path.partition("/")[0]
        assert is_ours(path) is not (top in USERS), path
    assert not {*USERS} & {*WHOLE, *SHARED, *FILES}
