"""A newer version of the project ▸ the writes that bring a copy up to it.

Only paths of the project's own are read or written. A copy made from a template shares
no history with it, so trees are compared, never merged. Nothing is committed here.
"""

import os
import subprocess
from collections.abc import Sequence

from pipeline.errors import StoreError, UsageError
from pipeline.files.store import Write

# Replaced whole: what the new version does not have is removed.
WHOLE = ("examples", "pipeline", "requirements", "schemas", "tests")
# Replaced file by file: what is not in the new version may be the user's, and stays.
SHARED = (".ci", ".github", ".vscode", "docs")
FILES = (
    *(".gitattributes", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"),
    *("Makefile", "README.md", "mkdocs.yml", "notyet", "notyet.cmd", "pyproject.toml"),
)
PATIENCE = 300  # seconds; a first fetch over a slow line

Tree = dict[str, str]  # a path and its content's name


def renewal(root: str, source: str, tag: str) -> tuple[str, list[Write]]:
    """Fetch a version and give its name with what it would change in the copy.

    Raises UsageError where the source has no such version, or is another project.
    """
    fetched = _git(root, "fetch", "--quiet", "--no-tags", source, tag or "HEAD")
    if fetched.returncode:
        what = f"there is no {tag or 'version'} at {source}"
        raise UsageError(
            f"{what}; name a remote, an address or a folder with --source, and a tag"
        )
    new = _tree(root, "FETCH_HEAD")
    if "pipeline/cli.py" not in new or "pyproject.toml" not in new:
        raise UsageError(f"{source} is another project; name this one's with --source")
    old = _tree(root, "HEAD")
    removed = {
        path for path in old.keys() - new.keys() if path.partition("/")[0] in WHOLE
    }
    changed = {path for path in new if new[path] != old.get(path)}
    writes = [
        Write(path, _content(root, new.get(path)), _content(root, old.get(path)))
        for path in sorted(changed | removed)
    ]
    name = tag or _said(root, "rev-parse", "--short", "FETCH_HEAD")
    return name, writes


def difference(root: str, paths: Sequence[str]) -> str:
    """Show what was fetched against what is committed, file by file."""
    return _said(root, "diff", "--stat=78", "HEAD", "FETCH_HEAD", "--", *paths)


def _tree(root: str, commit: str) -> Tree:
    """Give the project's own files of a commit."""
    listed = _said(root, "ls-tree", "-r", "-z", commit)
    found: Tree = {}
    for line in filter(None, listed.split("\0")):
        about, _, path = line.partition("\t")
        kind, name = about.split()[1:3]
        if kind == "blob" and is_ours(path):
            found[path] = name
    return found


def is_ours(path: str) -> bool:
    """Say whether a path is the project's, and so never the user's."""
    top = path.partition("/")[0]
    return path in FILES or (top != path and top in (*WHOLE, *SHARED))


def _content(root: str, name: str | None) -> bytes | None:
    return None if name is None else _git(root, "cat-file", "blob", name).stdout


def _said(root: str, *arguments: str) -> str:
    done = _git(root, *arguments)
    if done.returncode:
        raise StoreError(f"git {arguments[0]} failed; look at `git status` by hand")
    return done.stdout.decode().rstrip("\n")


def _git(root: str, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    quiet = {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    try:
        return subprocess.run(
            ("git", "-C", root, *arguments),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            env={**os.environ, **quiet},
        )
    except FileNotFoundError:
        raise StoreError("git is not installed; install it first") from None
    except subprocess.TimeoutExpired:
        raise StoreError("git did not answer in time; run it again") from None
