"""Events ▸ the history of contact files and of settings.yml.

It decides nothing: which events, and in which files, is said by the caller. A source
is recorded once, ever.
"""

from collections.abc import Callable, Mapping, Sequence

from pipeline.files.edit import with_events
from pipeline.files.events import write_event
from pipeline.files.store import Write
from pipeline.model import Event, Problem


def record(
    read: Callable[[str], bytes | None], events: Mapping[str, Sequence[Event]]
) -> tuple[tuple[Write, ...], tuple[Problem, ...]]:
    """Give the writes that add events to their files, by path.

    A file that is gone takes none. One that cannot be added to safely is left alone,
    with a problem that holds the line to write.
    """
    writes: list[Write] = []
    problems: list[Problem] = []
    for path, new in sorted(events.items()):
        before = read(path)
        if before is None:
            continue
        data, trouble = with_events(before, _unrecorded(before, new), path)
        problems += trouble
        if data is not None and data != before:
            writes.append(Write(path, data, before))
    return tuple(writes), tuple(problems)


def _unrecorded(data: bytes, events: Sequence[Event]) -> list[Event]:
    """Leave out what another run has recorded in the meantime."""
    return [event for event in events if write_event(event).encode() not in data]
