"""What lies in the folders of a workspace: which entries are files of ours.

It never follows a link, and leaves what stands in a file to others.
"""

import os
import re
from collections.abc import Iterator

from pipeline.files.explain import LARGEST
from pipeline.model import Problem, Severity

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_IGNORED = frozenset({"readme.md", ".gitkeep", "thumbs.db"})
_USUAL = 16 * 1024  # bytes; nearly every file has fewer
# Neither links nor pipes: a file of ours is opened at once and for what it is.
_PLAINLY = (
    getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


def read_file(root: str, path: str) -> bytes | None:
    """Give the bytes of a file of the workspace, or None where there is none.

    Never follows a link and never reads more than a file of ours can have.
    """
    try:
        handle = os.open(f"{root}/{path}", os.O_RDONLY | _PLAINLY)
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


def unreadable(root: str, path: str) -> Problem:
    """Say why a file that is there cannot be read."""
    place = os.path.join(root, path)
    if os.path.islink(place):
        return Problem(path=path, message="a link", remedy="put the file itself here")
    if os.path.isdir(place):
        message, remedy = "a folder", "a file belongs here; move the folder elsewhere"
        return Problem(path=path, message=message, remedy=remedy)
    return Problem(
        path=path,
        message="the file cannot be read",
        remedy="look at its permissions, and whether it is a file at all",
    )


def misnamed(root: str, name: str) -> list[Problem]:
    """Give a problem for each file in the root that was probably meant to be `name`."""
    stem = name.removesuffix(".yml")
    known = os.path.lexists(os.path.join(root, name))
    remedy = f"move it elsewhere; {name} is read" if known else f"rename it to {name}"
    return [
        Problem(
            path=each,
            message=f"this file is not read (got '{each}')",
            remedy=remedy,
            severity=Severity.WARNING if known else Severity.ERROR,
        )
        for each in sorted(os.listdir(root))
        if each.lower() in (name, f"{stem}.yaml", f"{name}.txt") and each != name
    ]


# --- folders -------------------------------------------------------------------


def problem_with(root: str, folder: str) -> Problem | None:
    """Say why a folder that is there cannot be read; none is fine."""
    place = os.path.join(root, folder)
    if os.path.islink(place):
        message, remedy = "a link", "put the folder itself here"
    elif os.path.lexists(place) and not os.path.isdir(place):
        message, remedy = "no folder", "rename it; a folder of this name is needed"
    elif os.path.isdir(place) and not os.access(place, os.R_OK | os.X_OK):
        message, remedy = "the folder cannot be read", "look at its permissions"
    else:
        return None
    return Problem(path=folder, message=message, remedy=remedy)


def names(
    root: str, folder: str, problems: list[Problem], frozen: set[str]
) -> Iterator[str]:
    """Give the names of the files to read, sorted; others become problems."""
    if wrong := problem_with(root, folder):
        problems.append(wrong)
        return
    try:
        entries = sorted(os.scandir(os.path.join(root, folder)), key=lambda e: e.name)
    except FileNotFoundError:
        return
    taken = frozenset(entry.name for entry in entries)
    for entry in entries:
        name = entry.name.removesuffix(".yml")
        if (
            name != entry.name
            and _SLUG.fullmatch(name)
            and entry.is_file(follow_symlinks=False)
        ):
            yield name
        elif entry.name.lower() not in _IGNORED and not entry.name.startswith("."):
            found = _misplaced(folder, entry, taken)
            if found:
                problems.append(found)
                frozen.add(_stem(entry.name).lower())


def _stem(name: str) -> str:
    """Give a file name without the ends that editors and people put there."""
    stem = re.sub(r"(?:\.(?:txt|bak|orig)|~)$", "", name, flags=re.IGNORECASE)
    return re.sub(r"\.[a-z]+$", "", stem, flags=re.IGNORECASE)


def _misplaced(
    folder: str, entry: os.DirEntry[str], taken: frozenset[str]
) -> Problem | None:
    """Say why an entry of the folder is not taken for a file of ours."""
    path = f"{folder}/{entry.name}"
    if entry.is_dir(follow_symlinks=False):
        if folder == "portfolio" and entry.name == "files":
            return None
        message = "a folder; files are read directly in the folder above alone"
        return Problem(path=path, message=message, remedy="move its files up")
    if not entry.is_file(follow_symlinks=False):
        message = "a link" if entry.is_symlink() else "no file"
        return Problem(path=path, message=message, remedy="put the file itself here")
    remedy = _renamed(entry.name, taken)
    if re.search(r"\.ya?ml$", entry.name, re.IGNORECASE):
        message = f"a file name we cannot use (got '{entry.name}')"
        remedy = f"{remedy}; small letters, digits and hyphens, up to 60, then .yml"
        return Problem(path=path, message=message, remedy=remedy)
    return Problem(
        path=path,
        message="no file of ours, so it is not read",
        remedy=f"move it elsewhere, or {remedy} if it is one",
        severity=Severity.WARNING,
    )


def _renamed(name: str, taken: frozenset[str]) -> str:
    """Say which name to give a file, and what if that is taken."""
    from pipeline.reconciling.newcomers import slug_for  # noqa: PLC0415 - for mistakes

    slug = slug_for(_stem(name), "", ())
    if f"{slug}.yml" not in taken:
        return f"rename it to {slug}.yml"
    other = slug_for(_stem(name), "", {each.removesuffix(".yml") for each in taken})
    return f"delete it if {slug}.yml is the same, else rename it to {other}.yml"


def is_hand_written(path: str) -> bool:
    """Say whether a file is one that people write, and so may be mended."""
    folder, _, name = path.rpartition("/")
    return path == "settings.yml" or (
        folder in ("contacts", "portfolio") and name.endswith(".yml")
    )
