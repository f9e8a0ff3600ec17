"""`./notyet` in the root: finds its own folder and program from anywhere."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a shell script")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Set up a folder with a blank in its name and a program that tells its words."""
    home = tmp_path / "my copy"
    (home / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "notyet", home / "notyet")
    program = home / ".venv" / "bin" / "notyet"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\nexit 3\n', "utf-8")
    program.chmod(0o755)
    return home


def started(launcher: Path, *words: str, inside: Path) -> tuple[int, list[str], str]:
    found = subprocess.run(
        [launcher, *words], cwd=inside, capture_output=True, text=True, check=False
    )
    return found.returncode, found.stdout.splitlines(), found.stderr


def test_in_its_own_folder_it_passes_everything_on(home: Path) -> None:
    found = started(home / "notyet", "log", "x", "/note a b", inside=home)
    assert found == (3, ["log", "x", "/note a b"], "")


def test_from_elsewhere_it_works_on_its_own_folder(home: Path) -> None:
    found = started(home / "notyet", "plan", inside=home.parent)
    assert found == (3, ["--root", str(home), "plan"], "")


def test_a_link_to_it_is_as_good(home: Path) -> None:
    (home.parent / "bin").mkdir()
    link = home.parent / "bin" / "ny"
    link.symlink_to(Path("..") / "my copy" / "notyet")
    assert started(link, "plan", inside=ROOT)[1] == ["--root", str(home), "plan"]


def test_before_it_is_set_up_it_says_how(home: Path) -> None:
    shutil.rmtree(home / ".venv")
    code, out, err = started(home / "notyet", inside=home)
    assert (code, out) == (2, [])
    assert "`make demo` or `make start`" in err
