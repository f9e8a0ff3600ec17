"""The documents themselves, in portfolio/files/: are they there, and what is in them.

They are read for one thing alone, to note what exactly went out. No link is followed.
"""

import os
from collections.abc import Callable

from msgspec.structs import replace

from pipeline.files.yamltext import place_of
from pipeline.model import Document, Problem

Read = Callable[[str], bytes | None]


def digest(document: Document, read: Read) -> str | None:
    """Give the SHA-256 of a document as it is now, or of its address without a file.

    None where the file has gone since it was located.
    """
    import hashlib  # noqa: PLC0415 - only where one was sent

    if document.file:
        content = read(f"portfolio/files/{document.file}")
    else:
        content = str(document.url).encode()
    return None if content is None else hashlib.sha256(content).hexdigest()


def located(root: str, document: Document, read: Read) -> Document | Problem:
    """Give a document with its path below portfolio/files/, or say what is wrong."""
    if not document.file:
        return document
    base = os.path.join(os.path.realpath(root), "portfolio", "files")
    below = document.file.removeprefix("portfolio/files/")
    named = os.path.normpath(os.path.join(base, below))
    wrong = _trouble_with(named, base)
    if wrong is None:
        return replace(document, file=os.path.relpath(named, base).replace(os.sep, "/"))
    path = f"portfolio/{document.id}.yml"
    line, column = place_of(read(path) or b"", "file")
    what, remedy = wrong
    return Problem(
        path=path,
        line=line,
        column=column,
        field="file",
        message=f"{what} (got '{document.file}')",
        remedy=remedy,
    )


def _trouble_with(named: str, base: str) -> tuple[str, str] | None:
    """Say why a path is no document in `base`, and what to do; None if it is one."""
    if "\0" in named or not named.startswith(base + os.sep):
        remedy = "put the document itself into portfolio/files/ and write its name"
        return "outside portfolio/files/", remedy
    if os.path.realpath(named) != named:
        return "a link", "put the document itself into portfolio/files/"
    if os.path.isdir(named):
        return "a folder", "write the name of one document in it"
    if not os.path.isfile(named):
        remedy = f"put it into portfolio/files/, or {_near(named)}"
        return "no such document", remedy
    if not os.access(named, os.R_OK):
        return "the document cannot be read", "look at its permissions"
    return None


def _near(named: str) -> str:
    """Say which document beside it was probably meant."""
    import difflib  # noqa: PLC0415 - only for mistakes

    folder, name = os.path.split(named)
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    by_case = {each.casefold(): each for each in names}
    near = difflib.get_close_matches(name.casefold(), by_case, 1, 0.6)
    return f"did you mean `{by_case[near[0]]}`?" if near else "correct the name"
