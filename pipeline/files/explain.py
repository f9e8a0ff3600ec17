"""What keeps bytes from being a text of ours, in words that a tired person can act on.

It knows libyaml's messages and people's habits; it parses nothing itself.
"""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol

from yaml.error import MarkedYAMLError
from yaml.reader import ReaderError

from pipeline.model import Problem

LARGEST = 256 * 1024  # bytes; a contact with ten years of history has about 30 KiB

_QUOTE = "put the whole text between double quotes"
_SAMPLES = "compare the line with the sample files in examples/"

# Git's marks at the beginning of a line; the first line may follow a byte order mark.
_CONFLICT = re.compile(
    rb"^(?:\xef\xbb\xbf)?(?:<{7}|\|{7}|={7}|>{7})(?:[ \r]|$)", re.MULTILINE
)
_MARKED = re.compile(rb"([<|=>])\1{6}")
# All but what may be part of git's marks, be no text, open a level, or be refused.
_PLAIN = bytes(each for each in range(1, 128) if each not in b"<|=>&![{-?")
# libyaml counts the first three as line breaks, which no editor does.
_HIDDEN = ("\u2028", "\u2029", "\x85", "\ufeff")
# What a line may begin with by mistake.
_STARTERS = {
    "\t": ("a tab is used as blank space", "replace the tab by blanks"),
    "@": ("a text begins with @", 'put it between double quotes: "@..."'),
    "`": ("a text begins with a backtick", "put it between double quotes"),
    "%": ("a text begins with %", "put it between double quotes"),
}


def short(text: str) -> str:
    """Cut a text for quoting it in a message."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"


class Mark(Protocol):
    """A place in a text; counts from 0."""

    @property
    def line(self) -> int:
        """Give the line."""

    @property
    def column(self) -> int:
        """Give the column in characters."""


class Place(NamedTuple):
    """A mark of our own."""

    line: int
    column: int


def problem_at(
    path: str, mark: Mark | None, message: str, remedy: str, field: str = ""
) -> Problem:
    """Give a problem its place, which counts from 1."""
    return Problem(
        path=path,
        line=mark.line + 1 if mark else 1,
        column=mark.column + 1 if mark else 1,
        field=field,
        message=message,
        remedy=remedy,
    )


def too_large(path: str, size: int) -> Problem:
    """Say that a file is too large to be one of ours; `size` in bytes."""
    return Problem(
        path=path,
        message=f"the file is too large (got {size // 1024} KiB of {LARGEST // 1024})",
        remedy="move what does not belong to this person elsewhere",
    )


# --- bytes that are no text of ours --------------------------------------------


def signs_in(data: bytes) -> bytes:
    """Give what is left of a text without its plain characters: a few bytes mostly.

    They say whether a text needs a closer look, at a tenth of the cost of one.
    """
    return data.translate(None, _PLAIN)


def unreadable(data: bytes, signs: bytes, path: str) -> Problem | None:
    """Say why these bytes, with these `signs_in` them, are no text of ours, if so."""
    if len(data) > LARGEST:
        return too_large(path, len(data))
    conflict = _MARKED.search(signs) and _CONFLICT.search(data)
    if conflict:
        return Problem(
            path=path,
            line=data.count(b"\n", 0, conflict.start()) + 1,
            message="two versions of this file meet here: git left its marks",
            remedy="keep the lines that are right and delete those that begin with "
            "<<<<<<<, |||||||, ======= and >>>>>>>",
        )
    return None if signs.isascii() and b"\0" not in signs else _no_text(data, path)


def _no_text(data: bytes, path: str) -> Problem | None:
    if b"\0" in data[:4]:
        return _not_utf8(data, None, path)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return _not_utf8(data, error, path)
    hidden = next((each for each in _HIDDEN if text.find(each, 1) >= 0), None)
    return _hidden(text.removeprefix("\ufeff"), hidden, path) if hidden else None


def _not_utf8(data: bytes, error: UnicodeDecodeError | None, path: str) -> Problem:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4] or error is None:
        place, got = Place(0, 0), "UTF-16"
    else:
        start = data.rfind(b"\n", 0, error.start) + 1
        before = data[start : error.start].decode().removeprefix("\ufeff")
        place = Place(data.count(b"\n", 0, error.start), len(before))
        got = f"byte 0x{data[error.start]:02x}"
    message = f"the file is not UTF-8 text (got {got})"
    return problem_at(path, place, message, "save it again with the encoding UTF-8")


def _hidden(text: str, character: str, path: str) -> Problem:
    before = text[: text.index(character)]
    place = Place(before.count("\n"), len(before) - (before.rfind("\n") + 1))
    return problem_at(
        path,
        place,
        f"a character that cannot be seen (got U+{ord(character):04X})",
        "delete it, or type the line again",
    )


# --- what libyaml could not read -----------------------------------------------


def refused_character(error: ReaderError, data: bytes, path: str) -> Problem:
    """Find the character the reader refused; it gives an offset and no place."""
    text = data.decode().removeprefix("\ufeff")
    found = re.search(
        r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text
    )
    if found is None:
        message = f"YAML cannot read this ({error.reason})"
        return Problem(path=path, message=message, remedy=_SAMPLES)
    return _hidden(text, found[0], path)


class Trouble(NamedTuple):
    """What libyaml said, and where; `context` is where the thing began."""

    said: str
    mark: Mark
    context: Mark
    lines: list[str]

    @property
    def line(self) -> str:
        """Give the line on which libyaml gave up."""
        return self.lines[self.mark.line] if self.mark.line < len(self.lines) else ""


Meaning = tuple[Mark, str, str]  # place, message, remedy


def explain(error: MarkedYAMLError, data: bytes, path: str) -> Problem:
    """Turn libyaml's message into one that says where it is and what to write."""
    mark = error.problem_mark or error.context_mark or Place(0, 0)
    said = " ".join(filter(None, (error.problem, error.context)))
    lines = re.split(r"\r\n|\r|\n", data.decode().removeprefix("\ufeff"))
    trouble = Trouble(said, mark, error.context_mark or mark, lines)
    return problem_at(path, *_meaning(trouble))


def _meaning(trouble: Trouble) -> Meaning:
    for fragment, explained in _AT_CONTEXT.items():
        if fragment in trouble.said:
            return trouble.context, *explained
    for fragment, explained in _AT_MARK.items():
        if fragment in trouble.said:
            return trouble.mark, *explained
    for fragment, look in _TO_LOOK_AT.items():
        if fragment in trouble.said:
            return look(trouble)
    return trouble.mark, f"YAML cannot read this ({trouble.said})", _SAMPLES


def _starter(trouble: Trouble) -> Meaning:
    starter = trouble.line[trouble.mark.column : trouble.mark.column + 1]
    message = f"a text cannot begin like this (got '{starter}')"
    return trouble.mark, *_STARTERS.get(starter, (message, _QUOTE))


def _stray_colon(trouble: Trouble) -> Meaning:
    """Tell a colon inside a text from a line that got caught in the one above."""
    mark, lines = trouble.mark, trouble.lines
    if re.search(r":\s", trouble.line[: mark.column]):
        remedy = "put the whole text after the first colon between double quotes"
        return mark, "a colon followed by a blank stands inside a text", remedy
    if mark.column > 1000:
        return Place(mark.line, 0), "the name of a field is too long", _QUOTE
    above = max(mark.line - 1, 0)
    while above > 0 and not lines[above].strip():
        above -= 1
    joined = re.match(r"(\s*(?:- )?\w+:)\S", lines[above])
    if joined and ": " not in lines[above]:
        place = Place(above, len(joined[1]))
        return place, "no blank after the colon", f"write `{joined[1].strip()} ...`"
    indent = len(trouble.line) - len(trouble.line.lstrip())
    remedy = "begin it in the same column as the line above"
    return Place(mark.line, indent), "this line is indented too far", remedy


def _no_colon(trouble: Trouble) -> Meaning:
    place = trouble.context
    line = trouble.lines[place.line][place.column :]
    if len(line) > 1000:
        return place, "the name of a field is too long", _QUOTE
    joined = re.match(r"(\w[\w-]*)\s*[:=;]\s*(.*)", line)
    if joined:
        message = "no colon with a blank behind the name of the field"
        return place, message, f"write `{joined[1]}: {joined[2].strip() or '...'}`"
    remedy = "write it as `field: text`, or indent it if it continues the line above"
    return place, "this line has no colon after its first word", remedy


def _second_start(trouble: Trouble) -> Meaning:
    mark, lines = trouble.mark, trouble.lines
    if any(line.startswith("...") for line in lines[: mark.line]):
        message = "text after the line of three dots that ends the file"
        return mark, message, "delete the line of three dots"
    number, first = next(
        (pair for pair in enumerate(lines) if re.match(r"\s*[^\s#]", pair[1])), (0, "")
    )
    joined = re.match(r"(\s*[\w-]+:)\S", first)
    if joined and ": " not in first:
        place = Place(number, len(joined[1]))
        return place, "no blank after the colon", f"write `{joined[1].strip()} ...`"
    column = len(first) - len(first.lstrip()) + 1
    message = "this line begins left of the lines above it"
    return mark, message, f"begin every field in the same column (here {column})"


def _open_bracket(trouble: Trouble) -> Meaning:
    same = trouble.mark.line == trouble.context.line
    message = "a list or braces are opened and not well closed"
    remedy = (
        "separate the entries by commas, quote texts with commas, close the bracket"
    )
    return trouble.mark if same else trouble.context, message, remedy


def _misfit(trouble: Trouble) -> Meaning:
    mark, line = trouble.mark, trouble.line
    before = line[: mark.column].rstrip()
    if line[mark.column : mark.column + 1] == ":":
        return mark, "the name of a field is missing here", "write `field: text`"
    if before.endswith(('"', "'")):
        message = "a text goes on after its closing quotation mark"
        remedy = "put the whole text into single quotes, or close a quote further up"
        return mark, message, remedy
    if before.endswith(("]", "}")):
        return mark, "a text goes on after its closing bracket", _QUOTE
    if "'-' indicator" in trouble.said:
        message = "this line does not fit the list above it"
        return mark, message, "begin it with `- `, aligned with the other entries"
    remedy = "align it with the other fields, or put the text wholly in double quotes"
    return mark, "this line does not fit the lines above it", remedy


# Fragments of libyaml's messages and what they mean to a person.
_AT_CONTEXT = {
    "found unexpected end of stream": (
        "a quotation mark is opened and never closed",
        "close the quotation mark at the end of the text",
    ),
    "scanning an alias": ("a text begins with *", _QUOTE),
    "scanning an anchor": ("a text begins with &", _QUOTE),
    "scanning a block scalar": ("a text begins with > or |", _QUOTE),
    "scanning a directive": _STARTERS["%"],
}
_AT_MARK = {
    "unknown escape character": (
        "a backslash between double quotes means something else to YAML",
        "use single quotes around the text instead",
    ),
    "block sequence entries are not allowed": (
        "a text begins with a dash",
        f"{_QUOTE}, or leave it empty if there is none",
    ),
    "a tab character": _STARTERS["\t"],
    "tag": ("a text begins with !", _QUOTE),
}
_TO_LOOK_AT: Mapping[str, Callable[[Trouble], Meaning]] = {
    "cannot start any token": _starter,
    "mapping values are not allowed": _stray_colon,
    "could not find expected ':'": _no_colon,
    "document start": _second_start,
    "flow": _open_bracket,
    "did not find expected": _misfit,
}
