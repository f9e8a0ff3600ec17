"""GitHub's REST API as this program may use it: slowly, and never twice by itself.

Reading, and setting a state, may be repeated. Creating may not: after an answer that
leaves open whether it was done, `Unclear` is raised and the next run looks. It knows no
issue, and no token or address but those it is given.
"""

import contextlib
import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import msgspec
from msgspec import Struct

from pipeline.errors import Declined, Enough, Gone, TrackerError, Unclear

API_VERSION = "2026-03-10"
BETWEEN_WRITES = 1.0  # seconds
WAITING_IN_ALL = 300.0  # seconds, for limits and for a server that stumbles
SECONDARY = 60.0  # seconds, where a limit is named without a time; doubled each time
TRIES = 4
TIMEOUT = 20.0  # seconds for one answer
PAGE = 100

_NEXT = re.compile(r'<([^>]+)>;[^,]*\brel="next"')
_LIMITS = ("rate limit", "abuse detection")
_MOVED = (301, 404, 410)


class Reply(Struct, frozen=True):
    """An answer as it came: header names in small letters."""

    status: int
    headers: Mapping[str, str]
    data: bytes


class Transport(Protocol):
    """Sends one request once and gives the answer."""

    def send(
        self, method: str, url: str, headers: Mapping[str, str], data: bytes | None
    ) -> Reply:
        """Raise OSError where no whole answer came."""


class Wire:
    """The transport of the real world: one connection, no redirects, no repeating."""

    def __init__(self, timeout: float = TIMEOUT) -> None:
        """Wait `timeout` seconds for an answer."""
        import ssl  # noqa: PLC0415 - not for the issues in a folder

        import truststore  # noqa: PLC0415
        import urllib3  # noqa: PLC0415

        self._broken = urllib3.exceptions.HTTPError
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._pool = urllib3.PoolManager(
            retries=False, timeout=timeout, ssl_context=context
        )

    def send(
        self, method: str, url: str, headers: Mapping[str, str], data: bytes | None
    ) -> Reply:
        """Send once; OSError where the line is dead or too slow."""
        try:
            found = self._pool.request(
                method, url, headers=dict(headers), body=data, redirect=False
            )
        except self._broken as error:
            raise OSError(type(error).__name__) from error
        names = {name.lower(): value for name, value in found.headers.items()}
        return Reply(found.status, names, found.data)


class Pace(Struct, frozen=True):
    """The world's time, handed in: how to wait, and what the moment is."""

    sleep: Callable[[float], None]
    monotonic: Callable[[], float]
    now: Callable[[], dt.datetime]  # UTC


class Api:
    """One repository's part of the API, with manners."""

    def __init__(
        self, base: str, repository: str, token: str, transport: Transport, pace: Pace
    ) -> None:
        """Speak to the API at `base` about one repository, `owner/name`.

        Without a token everything is asked as a stranger would.
        """
        self.is_anonymous = not token
        self._base = base.rstrip("/")
        self._own = f"{self._base}/repos/{repository}"
        self._transport, self._pace = transport, pace
        self._headers = {
            "Accept": "application/vnd.github+json",
            **({"Authorization": f"Bearer {token}"} if token else {}),
            "User-Agent": "not-yet",
            "X-GitHub-Api-Version": API_VERSION,
        }
        self._waited = 0.0
        self._wrote: float | None = None
        self._limited = 0

    # --- what may be asked -----------------------------------------------------

    def get(self, path: str = "") -> Any:  # noqa: ANN401 - JSON
        """Read one thing below the repository."""
        return _value(self._ask("GET", self._url(path), None))

    def me(self) -> Any:  # noqa: ANN401 - JSON
        """Read who we are; `Declined` for a token that belongs to no person."""
        return _value(self._ask("GET", f"{self._base}/user", None))

    def person(self, login: str) -> Any:  # noqa: ANN401 - JSON
        """Read somebody's public profile."""
        return _value(self._ask("GET", f"{self._base}/users/{login}", None))

    def pages(self, path: str, **query: str) -> list[Any]:
        """Read a whole list, following the links wherever they lead on this host."""
        given = "&".join(f"{k}={v}" for k, v in {**query, "per_page": PAGE}.items())
        url: str | None = f"{self._url(path)}?{given}"
        found: list[Any] = []
        while url:
            reply = self._ask("GET", url, None)
            found += _value(reply)
            following = _NEXT.search(reply.headers.get("link", ""))
            url = following[1] if following else None
            if url and not url.startswith(f"{self._base}/"):
                raise TrackerError("a list went on at another host; run it again")
        return found

    def patch(self, path: str, fields: Mapping[str, object]) -> Any:  # noqa: ANN401 - JSON
        """Set fields to what is given; may be repeated, and is."""
        return _value(self._ask("PATCH", self._url(path), fields))

    def post(self, path: str, fields: Mapping[str, object]) -> Any:  # noqa: ANN401 - JSON
        """Create something, once; `Unclear` where it may have been done."""
        return _value(self._ask("POST", self._url(path), fields))

    def delete(self, path: str) -> None:
        """Remove one thing; may be repeated: what is not there is removed."""
        with contextlib.suppress(Gone):
            self._ask("DELETE", self._url(path), None)

    def _url(self, path: str) -> str:
        return f"{self._own}/{path}" if path else self._own

    # --- manners ---------------------------------------------------------------

    def _ask(self, method: str, url: str, fields: Mapping[str, object] | None) -> Reply:
        data = None if fields is None else msgspec.json.encode(fields)
        failures = 0
        while failures < TRIES:
            reply = self._send(method, url, data)
            if reply is None or reply.status >= 500:
                if method == "POST":
                    raise Unclear("whether it was done is not known; run it again")
                self._wait(2.0**failures)
                failures += 1
                continue
            pause = self._pause(reply)
            if pause is None:
                return _checked(reply)
            self._wait(pause)
        raise TrackerError("GitHub does not answer as it should; run it again later")

    def _send(self, method: str, url: str, data: bytes | None) -> Reply | None:
        """Send once, not before its time; None where no answer came."""
        headers = self._headers
        if method != "GET":
            headers = {**headers, "Content-Type": "application/json"}
            if self._wrote is not None:
                since = self._pace.monotonic() - self._wrote
                if since < BETWEEN_WRITES:
                    self._pace.sleep(BETWEEN_WRITES - since)
        try:
            return self._transport.send(method, url, headers, data)
        except OSError:
            return None
        finally:
            if method != "GET":
                self._wrote = self._pace.monotonic()

    def _pause(self, reply: Reply) -> float | None:
        """Give how long a limit asks us to wait; None where there is none."""
        if reply.status not in (403, 429):
            return None
        after = reply.headers.get("retry-after", "")
        if after.isdecimal():
            return float(after)
        if reply.headers.get("x-ratelimit-remaining") == "0":
            reset = reply.headers.get("x-ratelimit-reset", "")
            if reset.isdecimal():
                return max(1.0, int(reset) - self._pace.now().timestamp() + 1)
        said = _message(reply).casefold()
        if reply.status == 429 or any(word in said for word in _LIMITS):
            self._limited += 1
            return SECONDARY * 2.0 ** (self._limited - 1)
        return None

    def _wait(self, seconds: float) -> None:
        if self._waited + seconds > WAITING_IN_ALL:
            raise Enough(
                "GitHub asks us to slow down; the rest comes with the next run"
            )
        self._waited += seconds
        self._pace.sleep(seconds)


def _checked(reply: Reply) -> Reply:
    """Give an answer that says yes; raise what any other means."""
    if 200 <= reply.status < 300:
        return reply
    if reply.status in _MOVED:
        raise Gone(
            "it is not there any more; run it again", never_was=reply.status == 404
        )
    if reply.status == 401:
        raise TrackerError("GitHub does not know this token; set GITHUB_TOKEN anew")
    said = _message(reply)
    raise Declined(f"GitHub would not do it ({reply.status}, {said}); see `--help`")


def _message(reply: Reply) -> str:
    try:
        said = msgspec.json.decode(reply.data).get("message", "")
    except (msgspec.MsgspecError, AttributeError):
        return ""
    return str(said)


def _value(reply: Reply) -> Any:  # noqa: ANN401 - JSON
    try:
        return msgspec.json.decode(reply.data)
    except msgspec.MsgspecError:
        raise TrackerError("GitHub's answer was not whole; run it again") from None
