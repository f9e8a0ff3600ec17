"""The repository on GitHub as the environment names it, and whether it may be used.

Nothing of the user's is read or written before it is known to be private. The token
stands in the environment and goes nowhere but into requests.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cached_property

from pipeline.errors import LeakRefusedError, UsageError
from pipeline.trackers.github import GitHubTracker, Repository, look_up
from pipeline.trackers.rest import Api, Pace, Wire

PUBLIC_API = "https://api.github.com"
PUBLIC = """\
This repository is PUBLIC: make it private now. Nothing was read and nothing written.
1. Settings, General, Danger zone, Change visibility: private.
2. Settings, Pages: off.
3. Look for forks; they keep what they have.
4. Make a new key for the dashboard.
5. What was read or copied meanwhile cannot be taken back; consider telling those
   concerned."""


class NotPrivateError(LeakRefusedError):
    """Others can read the repository; the remedy holds no secret."""

    in_public = PUBLIC


class Hub:
    """One repository and the right to use it."""

    def __init__(
        self,
        environ: Mapping[str, str],
        sleep: Callable[[float], None],
        monotonic: Callable[[], float],
        now: Callable[[], dt.datetime],
    ) -> None:
        """Read GITHUB_REPOSITORY, GITHUB_TOKEN and GITHUB_API_URL from `environ`."""
        self._environ = environ
        self._pace = Pace(sleep, monotonic, now)

    @cached_property
    def _api(self) -> Api:
        missing = [
            name
            for name in ("GITHUB_REPOSITORY", "GITHUB_TOKEN")
            if not self._environ.get(name)
        ]
        if missing:
            message = f"{' and '.join(missing)} must be set to use GitHub"
            raise UsageError(f"{message}; the workflow does it, or use --tracker local")
        return Api(
            self._environ.get("GITHUB_API_URL") or PUBLIC_API,
            self._environ["GITHUB_REPOSITORY"],
            self._environ["GITHUB_TOKEN"],
            Wire(),
            self._pace,
        )

    def api(self, repository: str) -> Api | None:
        """Give the API for the repository of the environment, else for this one."""
        name = self._environ.get("GITHUB_REPOSITORY") or repository
        if not name:
            return None
        base = self._environ.get("GITHUB_API_URL") or PUBLIC_API
        token = self._environ.get("GITHUB_TOKEN") or ""
        return Api(base, name, token, Wire(), self._pace)

    @cached_property
    def _repository(self) -> Repository:
        return look_up(self._api)

    def insist_on_privacy(self) -> None:
        """Raise NotPrivateError where others can read along, or just could."""
        if self._environ.get("GITHUB_EVENT_NAME") == "public":
            raise NotPrivateError(PUBLIC)
        if not self._repository.is_private:
            raise NotPrivateError(PUBLIC)

    def tracker(self, accounts: tuple[str, ...], zone: str) -> GitHubTracker:
        """Give the issues of the repository; days are those of the time zone."""
        return GitHubTracker(self._api, self._repository, accounts, zone)
