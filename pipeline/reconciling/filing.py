"""A ChangeSet ▸ the files to write: histories first, the state last.

Files are read through the function that is handed in; nothing is written here.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from pipeline.files import statefile
from pipeline.files.attachments import digest
from pipeline.files.edit import Edited, with_rejection, with_value
from pipeline.files.folders import is_hand_written
from pipeline.files.record import record
from pipeline.files.store import Write
from pipeline.model import (
    Document,
    Event,
    EventKind,
    Problem,
    TrackerState,
    Workspace,
)
from pipeline.reconciling.changes import ChangeSet
from pipeline.reconciling.identity import slug_of
from pipeline.reconciling.newcomers import contact_file

_NEW_SETTINGS = b"timezone: UTC\n"  # where `/me` begins, if there is no file yet
Read = Callable[[str], bytes | None]


def file_changes(
    workspace: Workspace,
    changes: ChangeSet,
    state: TrackerState,
    now: dt.datetime,
    read: Read,
) -> tuple[list[Write], tuple[Problem, ...]]:
    """Give every write of a run, and what could not be written where.

    `state` is what is to be kept, but for the issues. The moment `now` is noted in a
    commit that happens anyway, and causes none.
    """
    drawer = _Drawer(read)
    stopped = changes.workspace.stopped
    if stopped != workspace.stopped:  # before what was said, which may come again
        drawer.replace(statefile.STOPPED, statefile.write_stopped(stopped))
    events = {
        path: [_with_digest(event, changes.workspace.documents, read) for event in new]
        for path, new in changes.notebook.events.items()
    }
    problems = _take_edits(drawer, changes, events)
    if changes.carried.fix:
        changes.mended = tuple(_mend(drawer, workspace))
    for problem in problems:
        _forget(changes, workspace, problem.path)
    state = replace(state, issues=dict(sorted(changes.known.items())))
    before = drawer.read(statefile.ISSUES)
    if before is None or drawer.writes or statefile.write_state(state) != before:
        data = statefile.write_state(replace(state, observed_through=now))
        drawer.replace(statefile.ISSUES, data)
    return drawer.writes, problems


def _with_digest(event: Event, documents: Mapping[str, Document], read: Read) -> Event:
    """Note beside a document that was sent what exactly it was."""
    document = documents.get(event.document or "")
    if document is None or event.event is not EventKind.SENT:
        return event
    return replace(event, sha256=digest(document, read))


def _take_edits(
    drawer: "_Drawer", changes: ChangeSet, events: Mapping[str, Sequence[Event]]
) -> tuple[Problem, ...]:
    """Take everything in that people's own files gain; give what is in the way."""
    recorded, problems = record(drawer.read, events)
    drawer.writes += recorded
    for new in changes.carried.files:
        drawer.writes.append(Write(new.path, contact_file(new.contact), None))
    for path, rejection in changes.carried.rejections:
        edited = with_rejection(drawer.latest(path), rejection, path)
        problems += drawer.put(path, edited)
    for path, names, value in changes.carried.values:
        data = drawer.latest(path) or _NEW_SETTINGS
        edited = with_value(data, names, value, path)
        problems += drawer.put(path, edited)
    return problems


def _mend(drawer: "_Drawer", workspace: Workspace) -> Iterator[tuple[str, int, str]]:
    """Mend what was typed wrong, but in no file that changes for another reason."""
    from pipeline.files.repair import repaired  # noqa: PLC0415 - on request alone

    busy = {write.path for write in drawer.writes}
    for path in dict.fromkeys(each.path for each in workspace.problems):
        data = drawer.read(path) if is_hand_written(path) and path not in busy else None
        if data is None:
            continue
        mended, lines = repaired(data, path)
        if lines:
            drawer.replace(path, mended)
            yield from ((path, each.line, each.after) for each in lines)


class _Drawer:
    """The writes of a run as they come together, and what stood there before."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._before: dict[str, bytes | None] = {}
        self.writes: list[Write] = []

    def read(self, path: str) -> bytes | None:
        """Give a file as it was when it was first asked for."""
        if path not in self._before:
            self._before[path] = self._read(path)
        return self._before[path]

    def latest(self, path: str) -> bytes:
        """Give a file as this run has it so far."""
        for write in self.writes:
            if write.path == path and write.data is not None:
                return write.data
        return self.read(path) or b""

    def put(self, path: str, edited: Edited) -> tuple[Problem, ...]:
        """Take a file's edit in, or give what is in the way."""
        data, problems = edited
        if data is None:
            return problems
        self.replace(path, data)
        return ()

    def replace(self, path: str, data: bytes) -> None:
        """Write a file whole, in place of an earlier write of it."""
        self.writes = [each for each in self.writes if each.path != path]
        self.writes.append(Write(path, data, self.read(path)))


def _forget(changes: ChangeSet, workspace: Workspace, path: str) -> None:
    """Leave a person's issues as they were where their file takes no entry."""
    slug = path.removeprefix("contacts/").removesuffix(".yml")
    recorded = changes.found.recorded
    recorded[:] = [each for each in recorded if slug_of(each.key) != slug]
    for key in [key for key in changes.known if slug_of(key) == slug]:
        if key in workspace.state.issues:
            changes.known[key] = workspace.state.issues[key]
        else:
            del changes.known[key]
    changes.items = [each for each in changes.items if slug_of(each.key) != slug]
