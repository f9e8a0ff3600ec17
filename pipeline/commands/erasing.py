"""Works out what forgetting somebody changes below a root, and does it, resumably.

Their own file goes last: until then whoever runs it again knows whom to look for.
"""

import contextlib
import datetime as dt
import os
from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline.commands import wording
from pipeline.errors import TrackerError
from pipeline.files import statefile
from pipeline.files.store import Store, Write
from pipeline.files.workspace import load
from pipeline.model import Contact, EventKind, Stopped, StopScope, Workspace
from pipeline.planning.history import company_on, in_force
from pipeline.planning.stops import company_digest, is_stopped, person_digests
from pipeline.reconciling import forgetting
from pipeline.reconciling.notebook import contact_path
from pipeline.reconciling.traces import (
    Person,
    Traces,
    contact_in,
    person_in,
    person_of,
    traces_of,
)
from pipeline.trackers.base import Tracker

_FOLDERS = ("contacts", "portfolio")
CALENDAR = "calendar.ics"  # made anew by `calendar`, so it may go


class Plan(Struct, frozen=True):
    """Everything that forgetting somebody changes, in its order."""

    traces: Traces
    writes: tuple[Write, ...]  # first: other files, the state, the digests
    erasures: tuple[tuple[Tracker, forgetting.Erasure], ...]
    deletions: tuple[Write, ...]  # last: their own files
    is_stopped: bool

    @property
    def is_empty(self) -> bool:
        """Say whether nothing here is about them."""
        return not (
            self.writes or self.deletions or any(e.changes for _, e in self.erasures)
        )


def look(
    store: Store,
    trackers: Sequence[Tracker],
    slug: str,
    *,
    as_of: dt.date,
    salt: str,
) -> Plan:
    """Say what would be done; `salt` is used where no stop was ever kept."""
    workspace = load(store.root)
    person, own = _whole_person(store, workspace, slug)
    slugs = person.slugs
    others = [each for name, each in workspace.contacts.items() if name not in slugs]
    traces = traces_of(person, others, workspace.settings.you)
    contacts = [workspace.contacts[s] for s in slugs if s in workspace.contacts]
    contacts += [
        contact_in((store.read(path) or b"").decode(errors="replace"), slug)
        for path in own
        if path not in map(contact_path, workspace.contacts)
    ]
    stopped = _with_digests(workspace, contacts, as_of, salt)
    erasures = [_erasure(workspace, each, traces, as_of) for each in trackers]
    return Plan(
        traces=traces,
        writes=(
            *_state_writes(store, workspace, slugs, stopped),
            *_texts_without(store, own, traces),
        ),
        erasures=tuple(zip(trackers, erasures, strict=True)),
        deletions=tuple(Write(path, None, store.read(path)) for path in own),
        is_stopped=any(is_stopped(stopped, each, each.company) for each in contacts),
    )


def carry_out(
    store: Store,
    trackers: Sequence[Tracker],
    slug: str,
    *,
    as_of: dt.date,
    salt: str,
) -> None:
    """Forget somebody, under the lock; may be repeated after a crash at any point."""
    with store.lock():
        plan = look(store, trackers, slug, as_of=as_of, salt=salt)
        store.commit(plan.writes, f"Change {len(plan.writes)} files")
        for tracker, erasure in plan.erasures:
            # Of a folder's comments only those that are commands were seen.
            local = tracker.name == "local"
            for number in sorted(erasure.issues if local else erasure.commented):
                tracker.edit_comments(number, erasure.becomes)
            for number, change in sorted(erasure.changes.items()):
                if not tracker.update(erasure.issues[number], change, as_of):
                    message = f"issue {number} has changed meanwhile"
                    raise TrackerError(f"{message}; run it again")
        calendar = os.path.join(store.root, CALENDAR)
        with contextlib.suppress(FileNotFoundError):
            with open(calendar, encoding="utf-8", errors="replace") as file:
                text = file.read().replace("\n ", "")
            if plan.traces.found_in(text):
                os.unlink(calendar)
        deleted = wording.count(len(plan.deletions), "file")
        store.commit(plan.deletions, f"Delete {deleted}")


# --- files ---------------------------------------------------------------------


def _whole_person(
    store: Store, workspace: Workspace, slug: str
) -> tuple[Person, tuple[str, ...]]:
    """Give what all files of one person say, and these files, however they end."""
    slugs = forgetting.same_person(workspace, slug)
    person = Person(slugs=slugs)
    for name in slugs:
        if name in workspace.contacts:
            person = person.also(person_of(workspace.contacts[name]))
    own = []
    for entry in _listed(store.root, "contacts"):
        path, name = f"contacts/{entry}", entry.rpartition(".")[0].lower()
        if name in workspace.contacts and entry == f"{name}.yml":
            if name in slugs:
                own.append(path)
            continue
        wrong = person_in((store.read(path) or b"").decode(errors="replace"), name)
        mails = {each.casefold() for each in person.addresses if "@" in each}
        if name in slugs or any(each.casefold() in mails for each in wrong.addresses):
            own.append(path)
            person = person.also(wrong)
    return person, tuple(own)


def _listed(root: str, folder: str) -> list[str]:
    try:
        entries = list(os.scandir(os.path.join(root, folder)))
    except OSError:
        return []
    return sorted(each.name for each in entries if each.is_file(follow_symlinks=False))


def _texts_without(store: Store, own: Sequence[str], traces: Traces) -> Iterator[Write]:
    """Give every hand-written file that names them, without them."""
    for path in _texts(store.root):
        before = None if path in own else store.read(path)
        if before is None:
            continue
        if path.endswith((".yml", ".yaml")):
            after = forgetting.yaml_without(before, path, traces)
        else:
            after = forgetting.text_without(before, traces)
        if after != before:
            yield Write(path, after, before)


def _texts(root: str) -> Iterator[str]:
    yield "settings.yml"
    for folder in _FOLDERS:
        yield from (f"{folder}/{name}" for name in _listed(root, folder))
    base = os.path.join(root, "templates")
    for folder, _, names in os.walk(base):
        for name in sorted(names):
            place = os.path.relpath(os.path.join(folder, name), root)
            yield place.replace(os.sep, "/")


# --- what the program keeps ----------------------------------------------------


def _state_writes(
    store: Store, workspace: Workspace, slugs: Sequence[str], stopped: Stopped
) -> Iterator[Write]:
    if stopped != workspace.stopped:
        before = store.read(statefile.STOPPED)
        yield Write(statefile.STOPPED, statefile.write_stopped(stopped), before)
    state = forgetting.state_without(workspace.state, slugs)
    if state != workspace.state:
        before = store.read(statefile.ISSUES)
        yield Write(statefile.ISSUES, statefile.write_state(state), before)


def _with_digests(
    workspace: Workspace, contacts: Sequence[Contact], as_of: dt.date, salt: str
) -> Stopped:
    """Keep every stop of theirs that is in force, in a form that names nobody."""
    stopped = workspace.stopped
    salt = stopped.salt or salt
    people, companies = set(stopped.people), set(stopped.companies)
    for contact in contacts:
        for event in in_force(contact.history, as_of):
            if event.event is EventKind.STOP:
                people |= set(person_digests(salt, contact))
                if event.scope is StopScope.COMPANY:
                    company = company_on(contact, contact.history, event.date)
                    companies.add(company_digest(salt, company))
    if (people, companies) == (set(stopped.people), set(stopped.companies)):
        return stopped
    return Stopped(
        salt=salt, people=tuple(sorted(people)), companies=tuple(sorted(companies))
    )


def _erasure(
    workspace: Workspace, tracker: Tracker, traces: Traces, as_of: dt.date
) -> forgetting.Erasure:
    mapped = tracker.name == workspace.state.tracker
    known = workspace.state.issues if mapped else {}
    numbers = {each.number: each for each in known.values() if each.number}
    seen = tracker.observe(numbers, None, as_of)
    return forgetting.erasure(workspace, known, seen, traces, as_of)
