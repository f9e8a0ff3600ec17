"""YAML as people write it: libyaml's nodes, which know their place, or what is wrong.

Scalars stay text as written; what they mean is decided by the type of their field.
It reads no file and gives no value a meaning.
"""

import re
from collections.abc import Iterator
from typing import Protocol, TypeAlias

from yaml._yaml import CParser
from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    NodeEvent,
)
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.reader import ReaderError

from pipeline.model import Problem

__all__ = ["LARGEST", "MappingNode", "Node", "ScalarNode", "SequenceNode", "parse"]

LARGEST = 256 * 1024  # bytes; a contact with ten years of history has about 30 KiB
DEEPEST = 20  # levels; the formats need five
MANY_OPENINGS = 200  # signs that may open a level; fewer cannot exhaust the stack

Problems: TypeAlias = tuple[Problem, ...]

# What may begin an anchor, an alias or a tag; "Ernst & Young" has none.
_SIGN = re.compile(rb"[&*!][^\s\"]")
_CONFLICT = re.compile(rb"^(?:<{7}|={7}|>{7})(?:[ \r]|$)", re.MULTILINE)

# What a line may begin with by mistake, and what that means to a person.
_STARTERS = {
    "\t": (
        "a tab is used as blank space",
        "replace the tab by blanks; YAML does not allow tabs here",
    ),
    "@": ("a text begins with @", 'put it between double quotes: "@..."'),
    "`": ("a text begins with a backtick", "put it between double quotes"),
    "%": ("a text begins with %", "put it between double quotes"),
}
# Fragments of libyaml's messages, most telling first, and what they mean to a person.
_EXPLAINED = {
    "mapping values are not allowed": (
        "a colon followed by a blank stands inside a text",
        "put the whole text after the first colon between double quotes",
    ),
    "found unexpected end of stream": (
        "a quotation mark is opened and never closed",
        "close the quotation mark at the end of the text",
    ),
    "could not find expected ':'": (
        "this line has no colon after its first word",
        "write it as `field: text`, or indent it if it continues the line above",
    ),
    "did not find expected key": (
        "this line does not fit the lines above it",
        "align it with the other fields, or put the text wholly in double quotes",
    ),
    "did not find expected '-' indicator": (
        "this line does not fit the list above it",
        "begin it with `- `, aligned with the other entries",
    ),
    "block sequence entries are not allowed": (
        "a list begins in the middle of a line",
        "put the text in double quotes, or begin the list on the next line",
    ),
    "unknown escape character": (
        "a backslash between double quotes means something else to YAML",
        "use single quotes around the text instead",
    ),
    "did not find expected ',' or": (
        "a list or braces are opened and not well closed",
        "separate the entries by commas, quote texts with commas, close the bracket",
    ),
    "did not find expected node content": (
        "a list or braces are opened and not well closed",
        "close every bracket that is opened",
    ),
    "undefined tag handle": ("a tag", "put the text between double quotes"),
}
_UNEXPLAINED = "compare the line with the sample files in examples/"


class Mark(Protocol):
    """A place in a text; counts from 0."""

    @property
    def line(self) -> int:
        """Give the line."""

    @property
    def column(self) -> int:
        """Give the column in characters."""


class _Parser(CParser):
    """libyaml's composer without any idea of what a scalar might mean."""

    def descend_resolver(self, parent: object, index: object) -> None:
        """Resolve nothing."""

    def ascend_resolver(self) -> None:
        """Resolve nothing."""

    def resolve(self, kind: object, value: object, implicit: object) -> str:  # noqa: ARG002 - libyaml's call
        """Give every node the same empty tag."""
        return ""


def parse(data: bytes, path: str) -> tuple[MappingNode | None, Problems]:
    """Read one document whose top is a mapping; places count from 1.

    Duplicate keys, anchors, aliases, tags, merge keys and several documents are
    refused, and so is what is no UTF-8, too large or too deep. Marks of the nodes
    count characters of the text without its byte order mark.
    """
    problem = _unreadable(data, path)
    if problem is None and _suspicious(data):
        problem = _forbidden(data, path)
    if problem is not None:
        return None, (problem,)
    try:
        node: Node | None = _Parser(data).get_single_node()
    except MarkedYAMLError as error:
        return None, (_explain(error, data, path),)
    except ReaderError as error:
        return None, (_control_character(error, data, path),)
    if node is None or (isinstance(node, ScalarNode) and not node.value):
        return None, (
            Problem(
                path=path,
                message="the file is empty",
                remedy="write the fields, or delete the file",
            ),
        )
    if not isinstance(node, MappingNode):
        return None, (
            _at(
                path,
                node.start_mark,
                "the file does not consist of `field: text` lines",
                "begin every line with the name of a field and a colon",
            ),
        )
    return node, _duplicates(node, path)


def _at(
    path: str, mark: Mark | None, message: str, remedy: str, field: str = ""
) -> Problem:
    return Problem(
        path=path,
        line=mark.line + 1 if mark else 1,
        column=mark.column + 1 if mark else 1,
        field=field,
        message=message,
        remedy=remedy,
    )


def _unreadable(data: bytes, path: str) -> Problem | None:
    """Say why these bytes are no text of ours, if they are not."""
    if len(data) > LARGEST:
        return too_large(path, len(data))
    if _may_conflict(data) and (found := _CONFLICT.search(data)):
        return Problem(
            path=path,
            line=data.count(b"\n", 0, found.start()) + 1,
            message="two versions of this file meet here: git left its marks",
            remedy="keep the lines that are right and delete the three that begin with "
            "<<<<<<<, ======= and >>>>>>>",
        )
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line_start = data.rfind(b"\n", 0, error.start) + 1
        return Problem(
            path=path,
            line=data.count(b"\n", 0, error.start) + 1,
            column=error.start - line_start + 1,
            message=f"the file is not UTF-8 text (got byte 0x{data[error.start]:02x})",
            remedy="save it again with the encoding UTF-8",
        )
    return None


def too_large(path: str, size: int) -> Problem:
    """Say that a file is too large to be one of ours; `size` in bytes."""
    return Problem(
        path=path,
        message=f"the file is too large (got {size // 1024} KiB of {LARGEST // 1024})",
        remedy="move what does not belong to this person elsewhere",
    )


def _may_conflict(data: bytes) -> bool:
    return b"<<<<<<<" in data or b"=======" in data or b">>>>>>>" in data


def _suspicious(data: bytes) -> bool:
    """Say whether a text has to be looked at event by event, which few have.

    Looked for are anchors, aliases, tags, several documents and deep nesting, by plain
    searches: a regular expression costs as much as half of the parsing.
    """
    if (b"&" in data or b"*" in data or b"!" in data) and _SIGN.search(data):
        return True
    if b"\n---" in data or b"\n..." in data:
        return True
    return sum(map(data.count, (b"[", b"{", b"-", b"?"))) > MANY_OPENINGS


def _forbidden(data: bytes, path: str) -> Problem | None:
    """Look event by event, which cannot overflow, for what we do not take."""
    parser = _Parser(data)
    depth = documents = 0
    try:
        while (event := parser.get_event()) is not None:
            documents += isinstance(event, DocumentStartEvent)
            depth += isinstance(event, CollectionStartEvent)
            depth -= isinstance(event, CollectionEndEvent)
            refused = _refusal(event, depth, documents)
            if refused:
                return _at(path, event.start_mark, *refused)
    except (MarkedYAMLError, ReaderError):
        return None  # the composer will say it with its place
    return None


def _refusal(event: Event, depth: int, documents: int) -> tuple[str, str] | None:
    if isinstance(event, AliasEvent):
        return f"an alias (got '*{event.anchor}')", "write the text itself here"
    if isinstance(event, NodeEvent) and event.anchor:
        return f"an anchor (got '&{event.anchor}')", "put the text in double quotes"
    tag = getattr(event, "tag", None)
    if tag and tag != "!":
        return f"a tag (got '{tag}')", "put the text in double quotes"
    if documents > 1:
        return (
            "a second document begins here",
            "delete the line of three dashes; one file is one person or document",
        )
    if depth > DEEPEST:
        return "the nesting is too deep", "our fields need five levels at most"
    return None


def _explain(error: MarkedYAMLError, data: bytes, path: str) -> Problem:
    """Turn libyaml's message into one a tired person can act on."""
    mark = error.problem_mark or error.context_mark
    said = " ".join(filter(None, (error.problem, error.context)))
    if "cannot start any token" in said and mark is not None:
        lines = data.decode().removeprefix("\ufeff").splitlines()
        starter = lines[mark.line][mark.column : mark.column + 1]
        if starter in _STARTERS:
            return _at(path, mark, *_STARTERS[starter])
    for fragment, explained in _EXPLAINED.items():
        if fragment in said:
            if fragment == "found unexpected end of stream":
                mark = error.context_mark or mark
            return _at(path, mark, *explained)
    return _at(path, mark, f"YAML cannot read this ({error.problem})", _UNEXPLAINED)


def _control_character(error: ReaderError, data: bytes, path: str) -> Problem:
    """Find the character the reader refused; it gives an offset and no place."""
    text = data.decode().removeprefix("\ufeff")
    found = re.search(
        r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text
    )
    start = found.start() if found else 0
    got = f"U+{ord(text[start]):04X}" if found else str(error.reason)
    return Problem(
        path=path,
        line=text.count("\n", 0, start) + 1,
        column=start - (text.rfind("\n", 0, start) + 1) + 1,
        message=f"a character that cannot be seen (got {got})",
        remedy="delete it, or type the line again",
    )


def _duplicates(node: Node, path: str) -> Problems:
    """Find keys given twice, merge keys and keys that are no plain text."""
    problems: list[Problem] = []
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if each.__class__ is SequenceNode:
            waiting += [item for item in each.value if item.__class__ is not ScalarNode]
        elif each.__class__ is MappingNode:
            pairs = each.value
            waiting += [
                value for _, value in pairs if value.__class__ is not ScalarNode
            ]
            names = {key.value for key, _ in pairs if key.__class__ is ScalarNode}
            if len(names) != len(pairs) or "<<" in names:
                problems += _key_problems(each, path)
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))


def _key_problems(node: MappingNode, path: str) -> Iterator[Problem]:
    seen: dict[str, Node] = {}
    for key, _ in node.value:
        if key.__class__ is not ScalarNode or key.value in seen:
            yield _key_problem(key, seen, path)
        elif key.value == "<<":
            yield _merge_key(key, path)
        else:
            seen[key.value] = key


def _key_problem(key: Node, seen: dict[str, Node], path: str) -> Problem:
    if not isinstance(key, ScalarNode):
        return _at(
            path,
            key.start_mark,
            "the name of a field is missing here",
            "write `field: text`",
        )
    return _at(
        path,
        key.start_mark,
        f"given twice (got it first in line {seen[key.value].start_mark.line + 1})",
        "keep one of the two lines",
        field=key.value,
    )


def _merge_key(key: Node, path: str) -> Problem:
    return _at(path, key.start_mark, "a merge key (got '<<')", "write the fields")


def place_of(data: bytes, *names: str | int) -> tuple[int, int]:
    """Give line and column of a value, as far as the names lead; else of the file."""
    try:
        node: Node | None = _Parser(data).get_single_node()
    except (MarkedYAMLError, ReaderError):
        return 1, 1
    for name in names:
        if isinstance(node, MappingNode):
            found = next((each for key, each in node.value if key.value == name), None)
        elif isinstance(node, SequenceNode) and isinstance(name, int):
            found = node.value[name] if name < len(node.value) else None
        else:
            found = None
        if found is None:
            break
        node = found
    return (node.start_mark.line + 1, node.start_mark.column + 1) if node else (1, 1)
