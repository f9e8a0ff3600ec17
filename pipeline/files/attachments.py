"""The documents themselves, in portfolio/files/: are they there, and what is in them.

It reads them only to make their digests, and never follows a link.
"""

import hashlib
import os
from collections.abc import Callable

from msgspec.structs import replace

from pipeline.files.yamltext import place_of
from pipeline.model import Document, Problem

Read = Callable[[str], bytes | None]


def with_digest(root: str, document: Document, read: Read) -> Document | Problem:
    """Add the SHA-256 of the document's bytes (or address), or say what is wrong."""
    if not document.file:
        digest = hashlib.sha256(str(document.url).encode()).hexdigest()
        return replace(document, sha256=digest)
    base = os.path.realpath(os.path.join(root, "portfolio", "files"))
    below = document.file.removeprefix("portfolio/files/")
    named = os.path.normpath(os.path.join(base, below))
    if os.path.realpath(named) != named or not named.startswith(base + os.sep):
        message = f"outside portfolio/files/, or a link (got '{document.file}')"
        remedy = "put the document itself into portfolio/files/ and write its name"
    elif not os.path.isfile(named):
        message = f"no such document (got '{document.file}')"
        remedy = "put it into portfolio/files/, or correct the name"
    else:
        with open(named, "rb") as file:
            return replace(
                document,
                file=os.path.relpath(named, base).replace(os.sep, "/"),
                sha256=hashlib.file_digest(file, "sha256").hexdigest(),
            )
    path = f"portfolio/{document.id}.yml"
    line, column = place_of(read(path) or b"", "file")
    return Problem(
        path=path,
        line=line,
        column=column,
        field="file",
        message=message,
        remedy=remedy,
    )
