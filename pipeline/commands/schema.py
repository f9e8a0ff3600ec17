"""`schema`: what may stand in the files, for editors that complete and check."""

import os

from pipeline.commands import wording
from pipeline.commands.session import FINE, PROBLEMS, Session, keep
from pipeline.files.workspace import read_file_whole

FOLDER = "schemas"


def schema(session: Session) -> int:
    """Write the JSON Schemas, or say with --check whether they are up to date."""
    from pipeline.files.jsonschema import json_schemas  # noqa: PLC0415

    wanted = {f"{FOLDER}/{name}": text for name, text in json_schemas().items()}
    stale = [
        path
        for path, text in wanted.items()
        if read_file_whole(session.root, path) != text.encode()
    ]
    if session.options.check:
        if stale:
            said = f"Out of date: {', '.join(stale)}; run `./notyet schema`."
            session.terminal.show(said, said)
        return PROBLEMS if stale else FINE
    for path in stale:
        keep(os.path.join(session.root, path), wanted[path].encode())
    said = f"Wrote {wording.count(len(stale), 'file')} in {FOLDER}/."
    session.terminal.show(said, said)
    return FINE
