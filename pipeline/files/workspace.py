"""The only reader of contacts/, portfolio/, settings.yml, templates/ and state/.

Every file is judged by itself first, then what takes several files to see. A file with
an error is left out and its slug frozen; nothing here stops at the first problem, and
nothing is written.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from pipeline.files import statefile
from pipeline.files.crossing import across_files
from pipeline.files.schema import read_contact, read_document, read_settings
from pipeline.files.yamltext import LARGEST, too_large
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

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_IGNORED = frozenset({"README.md", ".gitkeep", ".DS_Store", "Thumbs.db"})
_USUAL = 16 * 1024  # bytes; nearly every file has fewer
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def load(root: str) -> Workspace:
    """Read a whole workspace; problems come sorted by path and line."""
    problems: Problems = []
    state = _state(root, problems)
    settings = _settings(root, problems)
    described, _ = _folder(root, "portfolio", read_document, problems)
    documents = dict(_present(root, described, problems))
    contacts, frozen = _folder(root, "contacts", read_contact, problems)
    crossed = across_files(
        contacts,
        documents,
        settings or Settings(),
        state,
        lambda path: read_file(root, path),
    )
    problems += crossed.problems
    for slug in crossed.unusable:
        del contacts[slug]
    frozen |= crossed.unusable
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
    )


def settings_of(root: str) -> Settings:
    """Read settings.yml alone; defaults where it cannot be used."""
    return _settings(root, []) or Settings()


def state_of(root: str) -> TrackerState:
    """Read what is known of the tracker alone."""
    return _state(root, [])


# --- single files --------------------------------------------------------------


def read_file(root: str, path: str) -> bytes | None:
    """Give the bytes of a file of the workspace, or None where there is none.

    Never follows a link and never reads more than a file of ours can have.
    """
    try:
        handle = os.open(os.path.join(root, path), os.O_RDONLY | _NO_FOLLOW)
    except OSError:
        return None
    try:
        data = os.read(handle, _USUAL)  # a larger buffer takes longer than the file
        if len(data) == _USUAL:
            data += os.read(handle, LARGEST + 1 - _USUAL)
    except OSError:
        return None
    finally:
        os.close(handle)
    return data


def _settings(root: str, problems: Problems) -> Settings | None:
    """Give the settings; defaults where there is no file, None where it is wrong."""
    data = read_file(root, "settings.yml")
    if data is None:
        if os.path.lexists(os.path.join(root, "settings.yaml")):
            problems.append(
                Problem(
                    path="settings.yaml",
                    message="this file is not read",
                    remedy="rename it to settings.yml",
                )
            )
        return Settings()
    settings, found = read_settings(data, "settings.yml")
    problems += found
    return settings


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
    """Read every file of a folder: name ▸ value, and the names that failed."""
    values: dict[str, T] = {}
    frozen: set[str] = set()
    for name in _names(root, folder, problems, frozen):
        path = f"{folder}/{name}.yml"
        data = read_file(root, path)
        value: T | None
        found: tuple[Problem, ...]
        if data is None:
            value, found = None, (_unreadable(path),)
        elif len(data) > LARGEST:
            size = os.stat(os.path.join(root, path)).st_size
            value, found = None, (too_large(path, size),)
        else:
            value, found = read(data, path, name)
        problems += found
        if value is None:
            frozen.add(name)
        else:
            values[name] = value
    return values, frozenset(frozen)


def _names(
    root: str, folder: str, problems: Problems, frozen: set[str]
) -> Iterator[str]:
    """Give the names of the files to read, sorted; others become problems."""
    try:
        entries = sorted(os.scandir(os.path.join(root, folder)), key=lambda e: e.name)
    except OSError:
        return
    for entry in entries:
        name = entry.name.removesuffix(".yml")
        if (
            name != entry.name
            and _SLUG.fullmatch(name)
            and entry.is_file(follow_symlinks=False)
        ):
            yield name
        elif entry.name not in _IGNORED and not entry.name.startswith("."):
            found = _misplaced(folder, entry)
            if found:
                problems.append(found)
                frozen.add(entry.name.rpartition(".")[0].lower() or entry.name)


def _unreadable(path: str) -> Problem:
    return Problem(
        path=path,
        message="the file cannot be read",
        remedy="look at its permissions, and whether it is a file at all",
    )


def _misplaced(folder: str, entry: os.DirEntry[str]) -> Problem | None:
    """Say why an entry of the folder is not taken for a file of ours."""
    path = f"{folder}/{entry.name}"
    stem, dot, suffix = entry.name.rpartition(".")
    slug = re.sub(r"[^a-z0-9]+", "-", (stem or entry.name).lower()).strip("-")[:60]
    wanted = f"rename it to {slug or 'first-last'}.yml"
    if entry.is_symlink():
        return Problem(path=path, message="a link", remedy="put the file itself here")
    if entry.is_dir():
        if folder == "portfolio" and entry.name == "files":
            return None
        message = "a folder; files are read directly in the folder above alone"
        return Problem(path=path, message=message, remedy="move its files up")
    if suffix in ("yaml", "YML", "YAML"):
        message = f"a file name that ends in .{suffix}"
        return Problem(path=path, message=message, remedy=wanted)
    if dot and suffix == "yml":
        message = f"a file name we cannot use (got '{entry.name}')"
        remedy = f"small letters, digits and hyphens, up to 60; {wanted}"
        return Problem(path=path, message=message, remedy=remedy)
    return Problem(
        path=path,
        message="no file of ours, so it is not read",
        remedy=f"move it elsewhere, or {wanted} if it is one",
        severity=Severity.WARNING,
    )


def _present(
    root: str, described: Mapping[str, Document], problems: Problems
) -> Iterator[tuple[str, Document]]:
    """Give the documents that are where their files say, with their digests."""
    if not described:
        return
    from pipeline.files.attachments import with_digest  # noqa: PLC0415 - rarely many

    for name, document in described.items():
        found = with_digest(root, document, lambda path: read_file(root, path))
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
            if name in _IGNORED or not name.endswith(".txt"):
                continue
            try:
                texts[path] = data.decode("utf-8-sig").replace("\r\n", "\n")
            except UnicodeDecodeError:
                message, remedy = "not UTF-8 text", "save it with the encoding UTF-8"
                problems.append(
                    Problem(path=f"templates/{path}", message=message, remedy=remedy)
                )
    return dict(sorted(texts.items()))
