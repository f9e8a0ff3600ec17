"""A real Chromium for the tests, and a server on this machine for what it shows."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.conftest import ROOT
from tests.loopback import Loopback

NAMES = ("chromium", "chromium-browser", "google-chrome")
REMEDY = "the browser tests need Chromium; on Debian: sudo apt-get install chromium"
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
]
LISTEN = """
globalThis.violations = [];
addEventListener("securitypolicyviolation",
  (event) => violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


def started(driver: Playwright, *flags: str) -> Browser:
    """Start the system's own Chromium; a missing one is a failure with its remedy."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, REMEDY
    root = os.name == "posix" and os.geteuid() == 0
    flags = (*FLAGS, *flags, *(["--no-sandbox"] if root else []))
    return driver.chromium.launch(executable_path=found, args=list(flags))


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """Start what drives browsers, once for a process."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    """Start one browser for all tests of a process."""
    opened = started(driver)
    yield opened
    opened.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine; gives its address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    with Loopback(server) as running:
        yield running.base


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve folders as long as the tests run."""
    with ExitStack() as open_ones:
        yield lambda folder: open_ones.enter_context(serving(folder))


@pytest.fixture(scope="session")
def guide(
    tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]
) -> str:
    """Build the guide once and serve it; gives its address."""
    site = tmp_path_factory.mktemp("guide")
    line = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(site)]
    environ = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(line, cwd=ROOT, env=environ, check=True)
    return serve(site)
