"""One run of one verb: where, on which day, and what it needs of the program.

Everything is made when it is first asked for, so that a quick verb stays quick. The
clock is handed in.
"""

import argparse
import datetime as dt
import os
import shlex
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.commands.places import project
from pipeline.commands.terminal import Terminal
from pipeline.errors import DataError, UsageError
from pipeline.files.scalars import FIRST_YEAR, LAST_YEAR
from pipeline.files.workspace import load, settings_of, state_of
from pipeline.model import Contact, Settings, Severity, Workspace

if TYPE_CHECKING:
    from pipeline.commands.hub import Hub
    from pipeline.commands.workflow import Workflow
    from pipeline.files.holidays import HolidayCache
    from pipeline.files.store import Store
    from pipeline.reconciling.changes import Run
    from pipeline.trackers.base import Tracker
    from pipeline.trackers.local import LocalTracker
    from pipeline.trackers.rest import Api

DEMO = ".notyet-demo.json"  # in the root of a demo: its day, and what it is made of
FINE, PROBLEMS = 0, 3


class Session:
    """The options of one run with the workspace they speak of."""

    def __init__(
        self,
        options: argparse.Namespace,
        terminal: Terminal,
        *,
        now: dt.datetime,
        seconds: Callable[[], float],
        sleep: Callable[[float], None],
        environ: Mapping[str, str],
    ) -> None:
        """`now` is UTC; `seconds` is a stopwatch, `sleep` waits that many of them."""
        self.options, self.terminal = options, terminal
        self.now, self.seconds = now, seconds
        self.sleep, self._environ = sleep, environ
        self.root: str = options.root
        if not os.path.isdir(self.root):
            raise UsageError(f"there is no folder {self.root}; give one with --root")

    @cached_property
    def workflow(self) -> "Workflow":
        """Give what GitHub Actions asks for and is told."""
        from pipeline.commands.workflow import Workflow  # noqa: PLC0415 - not for all

        return Workflow(self._environ)

    def later(self, seconds: float) -> "Session":
        """Give the same run some seconds later, nothing read yet."""
        return Session(
            self.options,
            self.terminal,
            now=self.now + dt.timedelta(seconds=seconds),
            seconds=self.seconds,
            sleep=self.sleep,
            environ=self._environ,
        )

    @cached_property
    def program(self) -> str:
        """Give how the program is called for this folder, from where the user is."""
        # The launcher gives its own folder by itself when called from elsewhere.
        if any(os.path.samefile(self.root, each) for each in (".", project())):
            return "./notyet"
        return f"./notyet --root {shlex.quote(self.root)}"

    @property
    def as_json(self) -> bool:
        """Say whether the result is for a program."""
        return bool(self.options.format == "json")

    @cached_property
    def workspace(self) -> Workspace:
        """Give all files, read once; on GitHub, only if nobody else can read them."""
        if getattr(self.options, "tracker", None) == "github":
            self._hub.insist_on_privacy()
        return load(self.root)

    @cached_property
    def as_of(self) -> dt.date:
        """Give the day of this run; for that no person's file is read."""
        given: dt.date | None = getattr(self.options, "as_of", None)
        given = given or self.workflow.as_of
        if given and not FIRST_YEAR <= given.year <= LAST_YEAR:
            message = f"no plan reaches {given}"
            raise UsageError(f"{message}; years go from {FIRST_YEAR} to {LAST_YEAR}")
        return given or self._day_of_demo() or today(settings_of(self.root), self.now)

    def _day_of_demo(self) -> dt.date | None:
        """Give the day on which a demo stands still."""
        try:
            with open(os.path.join(self.root, DEMO), "rb") as file:
                data = file.read()
        except OSError:
            return None
        import msgspec  # noqa: PLC0415 - for the demo alone

        try:
            return dt.date.fromisoformat(msgspec.json.decode(data)["as_of"])
        except (msgspec.MsgspecError, KeyError, TypeError, ValueError):
            return None

    @cached_property
    def holidays(self) -> "HolidayCache":
        """Give the public holidays."""
        from pipeline.files.holidays import HolidayCache  # noqa: PLC0415 - not for all

        return HolidayCache()

    @cached_property
    def store(self) -> "Store":
        """Give where files are kept, as the options say."""
        fresh = bool(getattr(self.options, "fresh_checkout", False))
        if self.options.store == "git":
            from pipeline.files.gitstore import GitStore  # noqa: PLC0415 - on request

            return GitStore(
                self.root,
                push=self.options.push,
                fresh_checkout=fresh,
                committer=self.workflow.committer,
                access=self.workflow.access,
            )
        if self.options.push or fresh:
            option = "--push" if self.options.push else "--fresh-checkout"
            message = f"{option} goes with --store git; leave it out, or add that"
            raise UsageError(message)
        from pipeline.files.store import FolderStore  # noqa: PLC0415 - not to read

        return FolderStore(self.root)

    @property
    def wants_tracker(self) -> bool:
        """Say whether issues are to be looked at."""
        return getattr(self.options, "tracker", None) != "none"

    @cached_property
    def tracker(self) -> "Tracker":
        """Give where issues live: as asked for, else the workspace's own, else here."""
        if not self._on_github:
            return self.local
        self._hub.insist_on_privacy()
        accounts = state_of(self.root).accounts
        return self._hub.tracker(accounts, settings_of(self.root).timezone)

    @cached_property
    def local(self) -> "LocalTracker":
        """Give the issues in the folder, where the person acts by this program."""
        if self._on_github:
            raise UsageError("the issues are on GitHub; do it there")
        from pipeline.trackers.local import LocalTracker  # noqa: PLC0415 - not for all

        return LocalTracker(self.root)

    @property
    def _on_github(self) -> bool:
        asked = getattr(self.options, "tracker", None)
        kind = asked or state_of(self.root).tracker.partition(":")[0]
        if kind == "none":
            raise UsageError("this needs issues; leave out --tracker none")
        return bool(kind == "github")

    @cached_property
    def _hub(self) -> "Hub":
        """Give the repository on GitHub that the environment names."""
        from pipeline.commands.hub import Hub  # noqa: PLC0415 - seldom on a laptop

        started = self.seconds()

        def moment() -> dt.datetime:
            return self.now + dt.timedelta(seconds=self.seconds() - started)

        return Hub(self._environ, self.sleep, self.seconds, moment)

    def api(self, repository: str) -> "Api | None":
        """Give how to ask GitHub, as a stranger where there is no token."""
        return self._hub.api(repository)

    @cached_property
    def run(self) -> "Run":
        """Give this run a name and its moment."""
        from pipeline.reconciling.changes import Run  # noqa: PLC0415 - not for all

        return Run(os.urandom(6).hex(), self.now)

    def contact(self, slug: str) -> Contact:
        """Give a person, or say what to write instead."""
        slug = slug.removeprefix("contacts/").removesuffix(".yml")
        found = self.workspace.contacts.get(slug)
        if found is not None:
            return found
        if slug in self.workspace.frozen:
            message = f"contacts/{slug}.yml needs a hand first; run `./notyet check`"
            raise DataError(message)
        import difflib  # noqa: PLC0415 - only for mistakes

        near = difflib.get_close_matches(slug, self.workspace.contacts, 1, 0.5)
        hint = (
            f"did you mean {near[0]}?" if near else "the names are those of contacts/"
        )
        raise UsageError(f"there is no contacts/{slug}.yml; {hint}")

    def insist_on_dates(self) -> None:
        """Refuse where no date can be told, since a wrong one would be relied on."""
        if not self.workspace.can_tell:
            message = "no date can be told until settings.yml is mended"
            raise DataError(f"{message}; run `./notyet check`")

    def code(self) -> int:
        """Give the exit code: whether a file needs a hand."""
        wrong = any(p.severity is Severity.ERROR for p in self.workspace.problems)
        return PROBLEMS if wrong else FINE


def today(settings: Settings, now: dt.datetime) -> dt.date:
    """Give the day that `now` is where the user lives."""
    if settings.timezone == "UTC":
        return now.date()
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - not for all

    return now.astimezone(ZoneInfo(settings.timezone)).date()


def keep_to_oneself(root: str, name: str, data: bytes) -> str:
    """Put a file that names people where only the user sees it, and say where."""
    from pipeline.files.private import keep_private, private_place  # noqa: PLC0415
    from pipeline.files.store import explained  # noqa: PLC0415

    place = private_place(root, name)
    try:
        keep_private(place, data)
    except OSError as error:
        raise explained(error) from error
    return place


def keep(place: str, data: bytes) -> None:
    """Put a file that the program makes where it was asked for."""
    from pipeline.files.store import explained, replace_file  # noqa: PLC0415

    try:
        replace_file(os.path.abspath(place), data)
    except OSError as error:
        raise explained(error) from error
