"""Ways to reach the server on loopback: an API with manners, a tracker, a run."""

from collections.abc import Callable, Mapping

from pipeline.trackers.github import GitHubTracker, look_up
from pipeline.trackers.rest import Api, Pace, Reply, Transport, Wire
from tests.github.clock import Clock
from tests.github.server import TOKEN, GitHub

NAME = "maya/not-yet"


def api_of(
    github: GitHub, clock: Clock, transport: Transport | None = None, base: str = ""
) -> Api:
    return Api(
        base or github.base,
        NAME,
        TOKEN,
        transport or Wire(),
        Pace(clock.sleep, clock.monotonic, lambda: clock.now),
    )


def tracker_of(
    github: GitHub,
    clock: Clock,
    *,
    transport: Transport | None = None,
    accounts: tuple[str, ...] = (),
    zone: str = "UTC",
) -> GitHubTracker:
    """Give a tracker that has asked for the repository, as every run does."""
    api = api_of(github, clock, transport)
    return GitHubTracker(api, look_up(api), accounts, zone)


class Watched:
    """A transport that calls before each request; what is raised there ends the run."""

    def __init__(self, inner: Transport, before: Callable[[str, str], None]) -> None:
        self._inner, self._before = inner, before

    def send(
        self, method: str, url: str, headers: Mapping[str, str], data: bytes | None
    ) -> Reply:
        self._before(method, url)
        return self._inner.send(method, url, headers, data)
