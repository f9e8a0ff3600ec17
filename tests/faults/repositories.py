"""Real git repositories: a bare one as on a server, and fresh checkouts of it."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

WHO = {
    "GIT_AUTHOR_NAME": "Maya",
    "GIT_AUTHOR_EMAIL": "maya@example.com",
    "GIT_COMMITTER_NAME": "Maya",
    "GIT_COMMITTER_EMAIL": "maya@example.com",
}


def git(place: Path, *arguments: str) -> str:
    done = subprocess.run(
        ("git", "-C", str(place), *arguments),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **WHO},
    )
    return done.stdout


def bare(place: Path, files: Mapping[str, str]) -> Path:
    """Make a bare repository with one commit on `main`."""
    work = place.with_suffix(".work")
    place.mkdir(parents=True)
    git(place, "init", "--quiet", "--bare", "--initial-branch=main")
    checkout(place, work)
    push(work, files)
    shutil.rmtree(work)
    return place


def checkout(origin: Path, place: Path) -> Path:
    """Check out afresh, as a workflow does."""
    if place.exists():
        shutil.rmtree(place)
    git(origin, "clone", "--quiet", str(origin), str(place))
    return place


def push(work: Path, files: Mapping[str, str | None]) -> None:
    """Change files as a person does, commit and push; None deletes one."""
    git(work, "checkout", "--quiet", "-B", "main")
    for name, text in files.items():
        path = work / name
        if text is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "-m", "Something of the person's")
    git(work, "push", "--quiet", "origin", "main")
