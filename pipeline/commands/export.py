"""`export`: everything in a folder for other programs, or for showing to others."""

import os

from pipeline.commands import wording
from pipeline.commands.agreeing import agreed
from pipeline.commands.session import Session
from pipeline.errors import UsageError
from pipeline.exporting.bundle import bundle
from pipeline.files.newfolder import make_folder
from pipeline.files.workspace import read_file_whole
from pipeline.model import Severity

# Folders of the workspace that are published, or read for something else.
_NOT_THERE = frozenset(
    {"contacts", "docs", "examples", "inbox", "portfolio", "site", "state", "templates"}
)


def export(session: Session) -> int:
    """Write everything into a new folder, after showing what that is."""
    options = session.options
    place = os.path.realpath(options.folder)
    _refuse(place, options.folder, os.path.realpath(session.root))
    workspace = session.workspace
    broken = sorted(
        {each.path for each in workspace.problems if each.severity is Severity.ERROR}
    )
    unread = {
        path: data
        for path in broken
        if (data := read_file_whole(session.root, path)) is not None
    }
    files = bundle(workspace, session.as_of, unread, redact=options.redact)
    people = wording.count(len(workspace.contacts), "person", "people")
    documents = wording.count(len(workspace.documents), "document")
    lines = [f"{people} and {documents} go to {options.folder}:", ""]
    lines += [f"- {path}" for path in files]
    if broken and options.redact:
        lines.append(f"- not {wording.count(len(broken), 'file')} that cannot be read")
    if not agreed(session, "\n".join([*lines, ""]), f"{people}, {documents}."):
        return session.code()
    make_folder(place, files)
    said = "It names people, so keep it to yourself."
    if options.redact:
        said = "Names and texts are stand-ins; look it through before you show it."
    session.terminal.show(f"Wrote {options.folder}. {said}", "Exported.")
    return session.code()


def _refuse(place: str, asked: str, root: str) -> None:
    """Refuse a folder that has something in it, or that the world may see."""
    inside = os.path.relpath(place, root).split(os.sep)[0]
    if inside in _NOT_THERE or inside.startswith(".git"):
        message = f"{inside}/ is published or read by the program"
        raise UsageError(f"{message}; give a folder outside of it")
    if os.path.exists(place) and not os.path.isdir(place):
        raise UsageError(f"{asked} is a file; give a new folder")
    if os.path.isdir(place) and os.listdir(place):
        raise UsageError(f"{asked} is not empty; give a new folder")
