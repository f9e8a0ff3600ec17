"""Builds the public site, locks the vault into it, and lets nothing out unchecked.

Everything happens in a folder beside the target and is moved into place last, so that
a site that did not pass is never there, not even for a moment.
"""

import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files

from msgspec import Struct

from pipeline.dashboard.gate import SEALED, Gate
from pipeline.dashboard.policy import with_policy
from pipeline.errors import DataError, UsageError
from pipeline.files.store import explained

CONFIG = "mkdocs.yml"
BOARD = "dashboard"
SCRIPTS = ("door.js", "app.js", "jose.js", "board.css")
MARK = os.path.join(BOARD, "door.js")  # in every site of ours

_BOARD_ENTRY = re.compile(rf"\s*<url>\s*<loc>[^<]*/{BOARD}/</loc>.*?</url>", re.DOTALL)


class Sealed(Struct, frozen=True):
    """What is added to the site for its owner alone."""

    vault: str  # JWE
    key: str  # JWE


class Prepared(Struct, frozen=True):
    """What a build needs from the user's files."""

    sealed: Callable[[], Sealed | None]  # waits until it is there
    gate: Gate
    pack: bytes  # the dashboard unsealed, on which the gate is tried


def build(project: str, out: str, prepare: Callable[[], Prepared]) -> int:
    """Build the site of a project into `out`; gives the number of its files.

    `prepare` is called while the guide is built. Raises UsageError where `out` is
    somebody's, DataError where the guide cannot be built, and LeakRefusedError where
    something private would show.
    """
    out = os.path.abspath(out)
    if os.path.lexists(out) and not _is_ours(out):
        raise UsageError(f"{out} holds something else; give another folder with --out")
    try:
        os.makedirs(os.path.dirname(out), exist_ok=True)
        made = tempfile.mkdtemp(prefix=".site-", dir=os.path.dirname(out))
    except OSError as error:
        raise explained(error) from error
    try:
        with guide(project, made):
            prepared = prepare()
        _add_scripts(made)
        finish_pages(made)
        count = prepared.gate.check(made, prepared.pack)
        added = _add_vault(made, prepared.sealed())
        count += prepared.gate.check_files(made, added)
        _move(made, out)
    except OSError as error:
        raise explained(error) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return count


def _is_ours(out: str) -> bool:
    if os.path.islink(out) or not os.path.isdir(out):
        return False
    return not os.listdir(out) or os.path.isfile(os.path.join(out, MARK))


@contextmanager
def guide(project: str, made: str) -> Iterator[None]:
    """Let MkDocs build the guide while something else is done."""
    config = os.path.join(project, CONFIG)
    if not os.path.isfile(config):
        raise UsageError(f"there is no {CONFIG} in {project}")
    line = [
        *(sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"),
        *("--config-file", config, "--site-dir", made),
    ]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    with subprocess.Popen(
        line,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as started:
        try:
            yield
        except BaseException:
            started.kill()
            raise
        said = started.communicate()[1]
    if started.returncode:
        lines = [each for each in said.splitlines() if each.strip()]
        told = "; ".join(lines[:5]) or "MkDocs did not say why"
        raise DataError(f"the guide could not be built: {told}")


def _add_scripts(made: str) -> None:
    """Put the door's scripts beside the door."""
    for name in SCRIPTS:
        source = files("pipeline.dashboard").joinpath("static", name)
        _write(os.path.join(made, BOARD, name), source.read_bytes())


def _add_vault(made: str, sealed: Sealed | None) -> Sequence[str]:
    """Put the vault beside the door, if there is one; gives what was added."""
    if sealed is None:
        return ()
    vault, key = SEALED
    _write(os.path.join(made, vault), sealed.vault.encode())
    _write(os.path.join(made, key), sealed.key.encode())
    return SEALED


def finish_pages(made: str) -> None:
    """Give each page its policy, and leave the door out of the list of pages.

    The theme loads a page that is not listed as a whole, so that the dashboard gets a
    policy and a memory of its own.
    """
    for folder, _, names in os.walk(made):
        for name in names:
            if name.endswith(".html"):
                path = os.path.join(folder, name)
                with open(path, encoding="utf-8") as file:
                    page = with_policy(file.read())
                _write(path, page.encode())
    path = os.path.join(made, "sitemap.xml")
    with open(path, encoding="utf-8") as file:
        listed = _BOARD_ENTRY.sub("", file.read()).encode()
    _write(path, listed)
    _write(f"{path}.gz", gzip.compress(listed, mtime=0))


def _write(path: str, data: bytes) -> None:
    with open(path, "wb") as file:
        file.write(data)


def _move(made: str, out: str) -> None:
    """Put the new site in the place of the old one."""
    os.chmod(made, 0o755)  # noqa: S103 - a site is for everyone; mkdtemp says otherwise
    old = f"{made}.old"
    if os.path.lexists(out):
        os.rename(out, old)
    os.rename(made, out)
    shutil.rmtree(old, ignore_errors=True)
