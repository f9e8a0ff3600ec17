"""A run under GitHub Actions: what the workflow asks for, and what it is told back.

Everything comes from the environment that is handed in, and nothing of it is trusted
to be a command. What is told are counts and numbers of issues, never a name.
"""

import base64
import datetime as dt
from collections.abc import Mapping

from pipeline.errors import UsageError

ROBOT = (
    "github-actions[bot]",
    "41898282+github-actions[bot]@users.noreply.github.com",
)
PUBLIC_SERVER = "https://github.com"
_ON = "true"


class Workflow:
    """The workflow around this run, or none, on a laptop."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        """Read GITHUB_ACTIONS and what goes with it from `environ`."""
        self._environ = environ
        self.is_running = environ.get("GITHUB_ACTIONS") == _ON

    def _asked(self, name: str) -> str:
        """Give what was filled in when the workflow was started by hand."""
        return self._environ.get(name, "").strip() if self.is_running else ""

    @property
    def dry_run(self) -> bool:
        """Say whether nothing is to be changed."""
        return self._asked("DRY_RUN") == _ON

    @property
    def override(self) -> bool:
        """Say whether many closings at once are meant."""
        return self._asked("OVERRIDE") == _ON

    @property
    def as_of(self) -> dt.date | None:
        """Give the day that was asked for."""
        text = self._asked("AS_OF")
        try:
            return dt.date.fromisoformat(text) if text else None
        except ValueError:
            message = "as_of is no day; write it as 2026-05-04"
            raise UsageError(message) from None

    @property
    def was_pushed(self) -> bool:
        """Say whether somebody's own push started this."""
        return self._asked("GITHUB_EVENT_NAME") == "push"

    @property
    def committer(self) -> tuple[str, str] | None:
        """Give who commits: the robot, for it is the one who writes."""
        return ROBOT if self.is_running else None

    @property
    def access(self) -> Mapping[str, str]:
        """Give git the token for its remote, in its environment alone."""
        token = self._asked("GITHUB_TOKEN")
        if not token:
            return {}
        server = self._asked("GITHUB_SERVER_URL") or PUBLIC_SERVER
        secret = base64.b64encode(f"x-access-token:{token}".encode()).decode()
        return {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"http.{server}/.extraheader",
            "GIT_CONFIG_VALUE_0": f"AUTHORIZATION: basic {secret}",
        }

    # --- telling ---------------------------------------------------------------

    def summarize(self, text: str) -> None:
        """Show a text on the page of the run."""
        self._append("GITHUB_STEP_SUMMARY", text)

    def tell_changed(self, *, changed: bool) -> None:
        """Let the steps after this one know whether anything is new."""
        self._append("GITHUB_OUTPUT", f"changed={str(changed).lower()}")

    def _append(self, name: str, text: str) -> None:
        place = self._asked(name)
        if place:
            with open(place, "a", encoding="utf-8") as file:
                file.write(f"{text}\n")
