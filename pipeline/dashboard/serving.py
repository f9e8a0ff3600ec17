"""Guide and dashboard on this machine alone, made anew when a file has changed.

It listens on the loopback address, answers to no other name than its own, and shows the
dashboard only to the browser that was given its address. What is not sealed is kept in
memory and never lies below a folder that is served.
"""

import hmac
import http.server
import os
import secrets
import threading
from collections.abc import Callable, Iterable
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING

from watchdog.events import (
    EVENT_TYPE_CLOSED_NO_WRITE,
    EVENT_TYPE_OPENED,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from pipeline.errors import NotYetError

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver

HOST = "127.0.0.1"
COOKIE = "notyet"
_LOOKS = (EVENT_TYPE_OPENED, EVENT_TYPE_CLOSED_NO_WRITE)


class Kept:
    """Something that is made from files, and made anew when they have changed."""

    def __init__(self, make: Callable[[], str]) -> None:
        """`make` gives a text: a page, or the folder in which many lie."""
        self._make, self._made = make, ""
        self._old = threading.Event()
        self._old.set()
        self._lock = threading.Lock()

    def changed(self) -> None:
        """Note that a file has changed."""
        self._old.set()

    def now(self) -> str:
        """Give it as the files are now; raises what making it raises."""
        with self._lock:
            if self._old.is_set():
                self._old.clear()
                try:
                    self._made = self._make()
                except BaseException:
                    self._old.set()
                    raise
            return self._made


class _Watcher(FileSystemEventHandler):
    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take every change for one; reading is none."""
        if event.event_type not in _LOOKS:
            self._kept.changed()


def watch(paths: Iterable[str], kept: Kept) -> "BaseObserver":
    """Watch folders, and files one by one; those that are not there are left out."""
    observer = Observer()
    for path in paths:
        if os.path.isdir(path):
            observer.schedule(_Watcher(kept), path, recursive=True)
        elif os.path.exists(os.path.dirname(path)):
            observer.schedule(_Watcher(kept), os.path.dirname(path))
    observer.start()
    return observer


class Server(http.server.ThreadingHTTPServer):
    """The two of them behind a port that the system chooses."""

    daemon_threads = True

    def __init__(self, guide: Kept, board: Kept) -> None:
        """`guide` gives the folder of the site, `board` the page itself."""
        super().__init__((HOST, 0), _Handler)
        self.guide, self.board = guide, board
        self.secret = secrets.token_urlsafe(24)
        port = self.server_address[1]
        self.names = (f"{HOST}:{port}", f"localhost:{port}")
        self.address = f"http://{HOST}:{port}/open/{self.secret}"


class _Handler(http.server.SimpleHTTPRequestHandler):
    server: Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
        """Say nothing; addresses are nobody's business."""

    def do_GET(self) -> None:
        """Answer a question for a page."""
        self._answer(super().do_GET)

    def do_HEAD(self) -> None:
        """Answer whether there is a page."""
        self._answer(super().do_HEAD)

    def _answer(self, file: Callable[[], None]) -> None:
        path = self.path.partition("?")[0]
        if self.headers.get("Host", "") not in self.server.names:
            self._say(HTTPStatus.MISDIRECTED_REQUEST, "This is not my name.")
        elif hmac.compare_digest(path.encode(), f"/open/{self.server.secret}".encode()):
            self._let_in()
        elif path.startswith("/dashboard"):
            self._board()
        else:
            try:
                self.directory = self.server.guide.now()
            except NotYetError as error:
                self._say(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
            else:
                file()

    def _let_in(self) -> None:
        self.send_response(HTTPStatus.SEE_OTHER)
        kept = f"{COOKIE}={self.server.secret}; HttpOnly; SameSite=Strict; Path=/"
        self.send_header("Set-Cookie", kept)
        self.send_header("Location", "/dashboard/")
        self.end_headers()

    def _board(self) -> None:
        if not self._is_known():
            told = "Open the address that `./notyet serve` has shown."
            self._say(HTTPStatus.FORBIDDEN, told)
            return
        try:
            page = self.server.board.now()
        except NotYetError as error:
            self._say(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
        else:
            self._say(HTTPStatus.OK, page, "text/html")

    def _is_known(self) -> bool:
        try:
            cookie = SimpleCookie(self.headers.get("Cookie", ""))
        except CookieError:
            return False
        given = cookie[COOKIE].value if COOKIE in cookie else ""
        return hmac.compare_digest(given.encode(), self.server.secret.encode())

    def _say(self, code: HTTPStatus, text: str, kind: str = "text/plain") -> None:
        data = text.encode()
        self.send_response(code)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def end_headers(self) -> None:
        """Let nothing be stored, framed or read by another page."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Frame-Options", "DENY")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        super().end_headers()
