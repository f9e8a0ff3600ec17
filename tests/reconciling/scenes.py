"""A workspace on disk, the local tracker, and a person who acts on its issues."""

import datetime as dt
from pathlib import Path

from pipeline.files.holidays import HolidayCache
from pipeline.files.store import FolderStore, Store
from pipeline.files.workspace import load
from pipeline.model import Contact, Event, IssueState, Known
from pipeline.reconciling.apply import SyncReport, sync
from pipeline.reconciling.changes import Limits, Run
from pipeline.reconciling.identity import split_body
from pipeline.trackers.base import COMPLETED, NOT_PLANNED, Change
from pipeline.trackers.local import LocalTracker

SETTINGS = "you: {name: Maya Torres, email: maya@example.com}\ncountry: US\n"
HOLIDAYS = HolidayCache()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


class Scene:
    """One folder with everything in it, seen as a person sees it."""

    def __init__(
        self,
        root: Path,
        tracker: LocalTracker | None = None,
        store: Store | None = None,
    ) -> None:
        self.root = root
        self.store = store or FolderStore(str(root))
        self.tracker = tracker or LocalTracker(str(root))
        if not (root / "settings.yml").exists():
            self.write("settings.yml", SETTINGS)

    def write(self, path: str, text: str) -> None:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())

    def person(self, slug: str, rejected_on: str = "2026-01-30", **more: str) -> None:
        name = slug.replace("-", " ").title()
        fields = {
            "name": name,
            "company": f"{name.split()[-1]} Instruments",
            "position": "Lead Writer",
            "rejected_on": rejected_on,
            "email": f"{slug}@example.com",
        } | more
        text = "".join(f"{name}: {value}\n" for name, value in fields.items() if value)
        self.write(f"contacts/{slug}.yml", text)

    def document(self, name: str) -> None:
        self.write(
            f"portfolio/{name}.yml",
            f"title: {name.title()}\nkind: talk\nshare: public\n"
            f"url: https://example.com/{name}\n",
        )

    def sync(self, on: str, **limits: int | bool) -> SyncReport:
        moment = dt.datetime.fromisoformat(f"{on}T08:00:00+00:00")
        return sync(
            self.store,
            self.tracker,
            as_of=day(on),
            run=Run("test", moment),
            holidays=HOLIDAYS,
            limits=Limits(**limits),  # type: ignore[arg-type] # a test's own numbers
        )

    # --- what a person does ----------------------------------------------------

    def close(self, number: int, on: str, *, skip: bool = False) -> None:
        reason = NOT_PLANNED if skip else COMPLETED
        change = Change(state=IssueState.CLOSED, reason=reason)
        LocalTracker(str(self.root)).person_sets(number, change, day(on))

    def reopen(self, number: int) -> None:
        change = Change(state=IssueState.OPEN)
        LocalTracker(str(self.root)).person_sets(number, change, day("2026-01-01"))

    def say(self, number: int, text: str, on: str) -> None:
        LocalTracker(str(self.root)).person_comments(number, text, day(on))

    # --- what a person sees ----------------------------------------------------

    def contact(self, slug: str) -> Contact:
        workspace = load(str(self.root))
        assert slug in workspace.contacts, workspace.problems
        return workspace.contacts[slug]

    def events(self, slug: str, kind: str | None = None) -> list[Event]:
        history = self.contact(slug).history
        return [each for each in history if kind in (None, each.event)]

    def known(self) -> dict[str, Known]:
        return dict(load(str(self.root)).state.issues)

    def number(self, key: str) -> int:
        number = self.known()[key].number
        assert number is not None
        return number

    def state(self, key: str) -> str:
        path = self.root / "inbox" / f"{self.number(key):04}.md"
        page = LocalTracker(str(self.root)).read(int(path.stem))
        return page.fields["state"]

    def text(self, number: int) -> str:
        return (self.root / "inbox" / f"{number:04}.md").read_text()

    def keys(self) -> list[str]:
        """Give the key of every issue there is, sorted; a twin shows twice."""
        found = []
        for path in sorted((self.root / "inbox").glob("*.md")):
            marker = split_body(path.read_text()).marker
            assert marker is not None, path
            found.append(marker.key)
        return sorted(found)
