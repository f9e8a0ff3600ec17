"""`export`: everything in a folder for other programs, or for showing to others."""

import os

from pipeline.commands import wording
from pipeline.commands.agreeing import agreed
from pipeline.commands.places import refuse_shown
from pipeline.commands.session import Session
from pipeline.errors import UsageError
from pipeline.exporting.bundle import bundle
from pipeline.files.newfolder import make_folder
from pipeline.files.workspace import read_file_whole
from pipeline.model import Severity


def export(session: Session) -> int:
    """Write everything into a new folder, after showing what that is."""
    options = session.options
    place = os.path.realpath(options.folder)
    refuse_shown(place, session.root)
    _refuse(place, options.folder)
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


def _refuse(place: str, asked: str) -> None:
    """Refuse a folder that has something in it."""
    if os.path.exists(place) and not os.path.isdir(place):
        raise UsageError(f"{asked} is a file; give a new folder")
    if os.path.isdir(place) and os.listdir(place):
        raise UsageError(f"{asked} is not empty; give a new folder")
