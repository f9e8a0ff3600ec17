"""GitHub's REST API on loopback: an HTTP server with state, that can misbehave.

What it answers and what it accepts is checked against the published models in
`test_models.py`. Faults are chosen per request by whoever runs the test.
"""

import datetime as dt
import json
import re
import socket
import struct
import threading
from collections.abc import Callable
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.github.clinic import Clinic
from tests.github.clock import Clock
from tests.github.messages import Answer, Request
from tests.github.repository import (
    ROBOT,
    Comment,
    Event,
    Issue,
    Refused,
    Repository,
    User,
)
from tests.github.shapes import Json, Shapes
from tests.loopback import Loopback

__all__ = ["TOKEN", "Answer", "Fault", "GitHub", "Request"]

TOKEN = "token-of-the-robot"
VERSION = "2026-03-10"


class Fault(Enum):
    """How one request can go wrong."""

    BAD_GATEWAY_BEFORE = "502, nothing done"
    BAD_GATEWAY_AFTER = "502, done"
    DROPPED_BEFORE = "dropped, nothing done"
    DROPPED_AFTER = "dropped, done"
    FORBIDDEN = "403 without a word of limits"
    LIMITED = "403 with x-ratelimit-remaining 0"
    SECONDARY = "403 with a message about the secondary limit"
    TOO_MANY = "429 with retry-after"
    SERVER_ERROR = "500, nothing done"
    SLOW = "an answer after the client has given up"
    LIST_EMPTY = "a list with nothing in it"
    LIST_LAGS = "a list as it was some minutes ago"


BEFORE = {
    Fault.BAD_GATEWAY_BEFORE: (502, {}, "Server Error"),
    Fault.FORBIDDEN: (403, {}, "Resource not accessible by integration"),
    Fault.SECONDARY: (403, {}, "You have exceeded a secondary rate limit."),
    Fault.TOO_MANY: (429, {"Retry-After": "7"}, "Too many requests"),
    Fault.SERVER_ERROR: (500, {}, "Server Error"),
}


class GitHub(Loopback):
    """The server; `fault` is asked for each request what shall go wrong with it."""

    lag = dt.timedelta(minutes=10)
    slowness = 0.4  # seconds

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.fault: Callable[[Request], Fault | None] = lambda _: None
        self.repository = Repository(lambda: clock.now)
        self.asked: list[Request] = []
        self.answered: list[tuple[Request, Answer]] = []
        self.user: User = ROBOT
        self._lock = threading.Lock()
        http = _Server(("127.0.0.1", 0), _Handler)
        http.github = self
        super().__init__(http)
        self.shapes = Shapes(self.repository, self.base)
        self.clinic = Clinic(self.repository)

    def reset(self) -> None:
        """Begin with an empty repository."""
        self.repository = Repository(lambda: self.clock.now)
        self.shapes = Shapes(self.repository, self.base)
        self.clinic = Clinic(self.repository)
        self.fault = lambda _: None
        self.lag = GitHub.lag
        self.asked, self.answered = [], []

    def counted(self, method: str = "") -> int:
        """Give how many requests there were."""
        return sum(each.method.startswith(method) for each in self.asked)

    # --- answering -------------------------------------------------------------

    def answer(self, request: Request) -> tuple[Answer | None, Fault | None]:
        """Give the answer, None where the line goes dead, and the fault chosen."""
        with self._lock:
            self.asked.append(request)
            fault = self.fault(request)
            if fault in BEFORE:
                status, headers, message = BEFORE[fault]
                return Answer(status, {"message": message}, dict(headers)), fault
            if fault is Fault.LIMITED:
                reset = int(self.clock.now.timestamp()) + 30
                headers = {
                    "X-RateLimit-Remaining": "0",
                    "X-RateLimit-Reset": str(reset),
                }
                message = "API rate limit exceeded for installation ID 1."
                return Answer(403, {"message": message}, headers), fault
            if fault is Fault.DROPPED_BEFORE:
                return None, fault
            try:
                answer = self._route(request, fault)
            except Refused as refused:
                value: Json = {"message": refused.message, "status": refused.status}
                if refused.field:
                    value["errors"] = [{"field": refused.field, "code": "invalid"}]
                moved = {"Location": f"{self.base}/repositories/1/issues/1"}
                answer = Answer(
                    refused.status, value, moved if refused.status == 301 else {}
                )
            self.answered.append((request, answer))
        if fault is Fault.BAD_GATEWAY_AFTER:
            return Answer(502, {"message": "Server Error"}), fault
        return (None if fault is Fault.DROPPED_AFTER else answer), fault

    def answer_stranger(self) -> Answer:
        """Give what somebody without a token sees; a private one is not even named."""
        if self.repository.private:
            return Answer(404, {"message": "Not Found"})
        return Answer(200, self.shapes.repository())

    def _route(self, request: Request, fault: Fault | None) -> Answer:
        for method, pattern, name in _ROUTES:
            found = re.fullmatch(pattern, request.path)
            if found and method == request.method:
                numbers = [int(each) for each in found.groups()]
                answer: Answer = getattr(self, name)(request, fault, *numbers)
                return answer
        return self.clinic.answer(request)

    def _show(self, _: Request, __: Fault | None) -> Answer:
        return Answer(200, self.shapes.repository())

    def _whoami(self, _: Request, __: Fault | None) -> Answer:
        if self.user.type == "Bot":
            raise Refused(403, "Resource not accessible by integration")
        return Answer(200, self.shapes.user(self.user))

    def _person(self, _: Request, __: Fault | None) -> Answer:
        return Answer(200, self.shapes.profile(self.repository.owner))

    def _list(self, request: Request, fault: Fault | None) -> Answer:
        ago = self.lag if fault is Fault.LIST_LAGS else dt.timedelta()
        state = request.query.get("state", "open")
        found = [
            each
            for each in self.repository.issues(ago)
            if state in ("all", each.state)
            and _label_fits(request, each)
            and _since_fits(request, each.updated_at)
        ]
        found.sort(key=lambda each: (each.updated_at, each.number), reverse=True)
        if fault is Fault.LIST_EMPTY:
            found = []
        return self._page(
            request, "issues", [self.shapes.issue(each) for each in found]
        )

    def _list_comments(self, request: Request, fault: Fault | None) -> Answer:
        until = self.clock.now - (
            self.lag if fault is Fault.LIST_LAGS else dt.timedelta()
        )
        found = [
            each
            for each in self.repository.comments.values()
            if each.created_at <= until and _since_fits(request, each.updated_at)
        ]
        if fault is Fault.LIST_EMPTY:
            found = []
        shown = [self.shapes.comment(each) for each in found]
        return self._page(request, "issues/comments", shown)

    def _timeline(self, request: Request, _: Fault | None, number: int) -> Answer:
        self.repository.issue(number)
        happened: list[Event | Comment] = [
            *(e for e in self.repository.events if e.issue == number),
            *(c for c in self.repository.comments.values() if c.issue == number),
        ]
        shown = [
            self.shapes.commented(each)
            if isinstance(each, Comment)
            else self.shapes.event(each)
            for each in sorted(happened, key=lambda each: each.id)
        ]
        return self._page(request, f"issues/{number}/timeline", shown)

    def _page(self, request: Request, path: str, rows: list[Json]) -> Answer:
        """Give one page; the link to the next has another path than was asked."""
        size = min(int(request.query.get("per_page", 30)), 100)
        page = int(request.query.get("page", 1))
        last = max(1, -(-len(rows) // size))
        links = []
        for rel, number in (("prev", page - 1), ("next", page + 1), ("last", last)):
            if 1 <= number <= last and number != page:
                query = urlencode({**request.query, "page": number})
                url = f"{self.base}/repositories/{self.repository.id}/{path}?{query}"
                links.append(f'<{url}>; rel="{rel}"')
        headers = {"Link": ", ".join(links)} if links else {}
        return Answer(200, rows[(page - 1) * size : page * size], headers)

    def _get(self, _: Request, __: Fault | None, number: int) -> Answer:
        return Answer(200, self.shapes.issue(self.repository.issue(number)))

    def _create(self, request: Request, _: Fault | None) -> Answer:
        fields = {k: v for k, v in request.fields.items() if k not in ("title", "body")}
        title, body = request.fields.get("title", ""), request.fields.get("body")
        issue = self.repository.create(title, body, self.user, fields)
        return Answer(201, self.shapes.issue(issue))

    def _change(self, request: Request, _: Fault | None, number: int) -> Answer:
        issue = self.repository.change(number, self.user, request.fields)
        return Answer(200, self.shapes.issue(issue))

    def _comment(self, request: Request, _: Fault | None, number: int) -> Answer:
        body = request.fields.get("body", "")
        comment = self.repository.comment(number, body, self.user)
        return Answer(201, self.shapes.comment(comment))

    def _said(self, request: Request, _: Fault | None, number: int) -> Answer:
        self.repository.issue(number)
        rows = [c for c in self.repository.comments.values() if c.issue == number]
        shown = [self.shapes.comment(each) for each in rows]
        return self._page(request, f"issues/{number}/comments", shown)

    def _edit(self, request: Request, _: Fault | None, id_: int) -> Answer:
        comment = self.repository.edit(id_, request.fields["body"])
        return Answer(200, self.shapes.comment(comment))

    def _erase(self, _: Request, __: Fault | None, id_: int) -> Answer:
        self.repository.erase(id_)
        return Answer(204, None)


_ROUTES = (
    ("GET", r"", "_show"),
    ("GET", r"/user", "_whoami"),
    ("GET", r"/users/maya", "_person"),
    ("GET", r"issues", "_list"),
    ("POST", r"issues", "_create"),
    ("GET", r"issues/comments", "_list_comments"),
    ("GET", r"issues/(\d+)", "_get"),
    ("PATCH", r"issues/(\d+)", "_change"),
    ("POST", r"issues/(\d+)/comments", "_comment"),
    ("GET", r"issues/(\d+)/timeline", "_timeline"),
    ("GET", r"issues/(\d+)/comments", "_said"),
    ("PATCH", r"issues/comments/(\d+)", "_edit"),
    ("DELETE", r"issues/comments/(\d+)", "_erase"),
)


def _label_fits(request: Request, issue: Issue) -> bool:
    wanted = [each for each in request.query.get("labels", "").split(",") if each]
    return set(wanted) <= set(issue.labels)


def _since_fits(request: Request, updated_at: dt.datetime) -> bool:
    since = request.query.get("since")
    return since is None or updated_at >= dt.datetime.fromisoformat(since)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    github: GitHub


class _Handler(BaseHTTPRequestHandler):
    """Reads and writes HTTP; everything else is the server's."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def _serve(self) -> None:
        github = self.server.github
        length = int(self.headers.get("Content-Length", 0))
        data = self.rfile.read(length)
        answer, fault = self._answer(github, data)
        if answer is None:
            self._hang_up()
            return
        if fault is Fault.SLOW:
            threading.Event().wait(github.slowness)
        body = b"" if answer.status == 204 else json.dumps(answer.value).encode()
        lines = [
            f"HTTP/1.1 {answer.status} {answer.status}",
            "Content-Type: application/json; charset=utf-8",
            f"Content-Length: {len(body)}",
            *(f"{name}: {value}" for name, value in answer.headers.items()),
        ]
        try:
            self.wfile.write("\r\n".join([*lines, "", ""]).encode() + body)
        except OSError:  # whoever asked has given up
            self.close_connection = True

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _serve  # noqa: N815

    def _answer(
        self, github: GitHub, data: bytes
    ) -> tuple[Answer | None, Fault | None]:
        said = self.headers.get("Authorization")
        if said is None:
            return github.answer_stranger(), None
        if said != f"Bearer {TOKEN}":
            return Answer(401, {"message": "Bad credentials"}), None
        version = self.headers.get("X-GitHub-Api-Version")
        if version != VERSION or not self.headers.get("User-Agent"):
            return Answer(400, {"message": "Unsupported API version, or nobody"}), None
        url = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(url.query).items()}
        path = _below(github.repository, url.path)
        if path is None:
            return Answer(404, {"message": "Not Found"}), None
        try:
            fields = json.loads(data) if data else {}
        except ValueError:
            return Answer(400, {"message": "Problems parsing JSON"}), None
        return github.answer(Request(self.command, path, query, fields))

    def _hang_up(self) -> None:
        """Reset the connection, as a failing proxy does."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
        """Say nothing."""


def _below(repository: Repository, path: str) -> str | None:
    """Give a path without the repository's two names for itself."""
    if path == "/user" or path.startswith("/users/"):
        return path
    own = f"/repos/{repository.owner.login}/{repository.name}"
    for prefix in (own, f"/repositories/{repository.id}"):
        if path == prefix or path.startswith(f"{prefix}/"):
            return path[len(prefix) :].lstrip("/")
    return None
