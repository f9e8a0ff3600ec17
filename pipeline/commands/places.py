"""Where something that names people may be put, as somebody asked on the command line.

Not where the site is made from, not where the program reads, and over no file that was
something else; nothing is written here.
"""

import os

import pipeline
from pipeline.errors import UsageError

# Folders that are published, or read for something else.
_NOT_THERE = frozenset(
    {"contacts", "docs", "examples", "inbox", "portfolio", "site", "state", "templates"}
)


def project() -> str:
    """Give the folder of the repository, where the guide is."""
    return os.path.dirname(os.path.dirname(os.path.abspath(pipeline.__file__)))


def refuse_shown(asked: str, root: str) -> None:
    """Refuse a place in the workspace or the guide that is shown or read."""
    place = os.path.realpath(asked)
    for base in (root, project()):
        above = os.path.join(os.path.realpath(base), "")
        if not place.startswith(above):  # it may lie on another drive
            continue
        inside = place.removeprefix(above).split(os.sep)[0].lower()
        if inside in _NOT_THERE or inside.startswith(".git"):
            message = f"{inside}/ is published or read by the program"
            raise UsageError(f"{message}; give a folder outside of it")


def refuse_taken(asked: str, sign: bytes = b"") -> None:
    """Refuse to write over a file that is something else: one without our sign."""
    if not os.path.lexists(asked):
        return
    try:
        with open(asked, "rb") as file:
            is_ours = bool(sign) and sign in file.read(200)
    except OSError:
        is_ours = False
    if not is_ours:
        raise UsageError(f"{asked} is there already; give the name of a new file")
