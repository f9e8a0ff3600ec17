"""The only reader of contacts/, portfolio/, settings.yml, templates/ and state/.

Every file is judged by itself first, then what takes several files to see. A file with
an error is left out and its slug frozen; nothing here stops at the first problem, and
nothing is written.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from pipeline.files import folders, statefile
from pipeline.files.crossing import Names, across_files
from pipeline.files.explain import LARGEST, too_large
from pipeline.files.folders import read_file
from pipeline.files.samples import invented_among, is_invented
from pipeline.files.schema import read_contact, read_document, read_settings
from pipeline.model import (
    Document,
    Problem,
    Settings,
    Severity,
    Stopped,
    TrackerState,
    Workspace,
)

T = TypeVar("T")
Problems = list[Problem]


def load(root: str) -> Workspace:
    """Read a whole workspace; problems come sorted by path and line."""
    problems: Problems = []
    state = _state(root, problems)
    settings = _settings(root, problems)
    described, unread = _folder(root, "portfolio", read_document, problems)
    documents = dict(_present(root, described, problems))
    contacts, frozen = _folder(root, "contacts", read_contact, problems)
    if folders.problem_with(root, "contacts"):  # nobody is gone, nobody can be read
        frozen |= {key.partition("/")[0] for key in state.issues}
    crossed = across_files(
        contacts,
        settings,
        state,
        Names(unread.union(described), frozen.union(contacts)),
        lambda path: read_file(root, path),
    )
    problems += crossed.problems
    invented = invented_among(root, contacts) - crossed.unusable
    problems += map(is_invented, invented)
    for slug in crossed.unusable | invented:
        del contacts[slug]
    frozen |= crossed.unusable | invented
    if settings is None:  # no date can be trusted, but what people say is recorded
        frozen |= contacts.keys()
    return Workspace(
        contacts=contacts,
        documents=documents,
        settings=settings or Settings(),
        templates=_templates(root, problems),
        state=state,
        stopped=_stopped(root, problems),
        frozen=frozen,
        problems=tuple(sorted(problems, key=lambda p: (p.path, p.line, p.column))),
        can_tell=settings is not None,
    )


def settings_of(root: str) -> Settings:
    """Read settings.yml alone; defaults where it cannot be used."""
    return _settings(root, []) or Settings()


def state_of(root: str) -> TrackerState:
    """Read what is known of the tracker alone."""
    return _state(root, [])


# --- single files --------------------------------------------------------------


def _settings(root: str, problems: Problems) -> Settings | None:
    """Give the settings; defaults where there is no file, None where it is wrong."""
    misnamed = folders.misnamed(root, "settings.yml")
    problems += misnamed
    if not os.path.lexists(os.path.join(root, "settings.yml")):
        wrong = any(each.severity is Severity.ERROR for each in misnamed)
        return None if wrong else Settings()
    settings, found = _judged(
        root, "settings.yml", lambda data, path, _: read_settings(data, path)
    )
    problems += found
    return settings


def _judged(
    root: str,
    path: str,
    read: Callable[[bytes, str, str], tuple[T | None, tuple[Problem, ...]]],
    name: str = "",
) -> tuple[T | None, tuple[Problem, ...]]:
    """Read one file that is there, or say why it cannot be read."""
    data = read_file(root, path)
    if data is None:
        return None, (folders.unreadable(root, path),)
    if len(data) > LARGEST:
        return None, (too_large(path, os.stat(os.path.join(root, path)).st_size),)
    return read(data, path, name)


def _state(root: str, problems: Problems) -> TrackerState:
    data = read_file_whole(root, statefile.ISSUES)
    state, found = statefile.read_state(data) if data else (TrackerState(), ())
    problems += found
    return state


def _stopped(root: str, problems: Problems) -> Stopped:
    data = read_file_whole(root, statefile.STOPPED)
    stopped, found = statefile.read_stopped(data) if data else (Stopped(), ())
    problems += found
    return stopped


def read_file_whole(root: str, path: str) -> bytes | None:
    """Give the bytes of a file of any size, or None where there is none."""
    try:
        with open(os.path.join(root, path), "rb") as file:
            return file.read()
    except OSError:
        return None


# --- folders -------------------------------------------------------------------


def _folder(
    root: str,
    folder: str,
    read: Callable[[bytes, str, str], tuple[T | None, tuple[Problem, ...]]],
    problems: Problems,
) -> tuple[dict[str, T], frozenset[str]]:
    """Read every file of a folder: name ▸ value, and the names that failed.

    A copy beside a good file, such as an editor's, takes nothing from it.
    """
    values: dict[str, T] = {}
    frozen: set[str] = set()
    for name in folders.names(root, folder, problems, frozen):
        path = f"{folder}/{name}.yml"
        value, found = _judged(root, path, read, name)
        problems += found
        if value is None:
            frozen.add(name)
        else:
            values[name] = value
    return values, frozenset(frozen - values.keys())


def _present(
    root: str, described: Mapping[str, Document], problems: Problems
) -> Iterator[tuple[str, Document]]:
    """Give the documents that are where their files say."""
    if not described:
        return
    from pipeline.files.attachments import located  # noqa: PLC0415 - if there are any

    for name, document in described.items():
        found = located(root, document, lambda path: read_file(root, path))
        if isinstance(found, Problem):
            problems.append(found)
        else:
            yield name, found


# --- templates -----------------------------------------------------------------


def _templates(root: str, problems: Problems) -> Mapping[str, str]:
    """Give the user's own texts: path below templates/ ▸ text."""
    base = os.path.join(root, "templates")
    if not os.path.isdir(base):
        return {}
    texts = {}
    for folder, _, names in os.walk(base):
        for name in sorted(names):
            path = os.path.relpath(os.path.join(folder, name), base).replace(
                os.sep, "/"
            )
            data = read_file(root, f"templates/{path}") or b""
            if not name.endswith(".txt"):
                continue
            try:
                texts[path] = data.decode("utf-8-sig").replace("\r\n", "\n")
            except UnicodeDecodeError:
                message, remedy = "not UTF-8 text", "save it with the encoding UTF-8"
                problems.append(
                    Problem(path=f"templates/{path}", message=message, remedy=remedy)
                )
    return dict(sorted(texts.items()))
