"""YAML as people write it: libyaml's nodes, which know their place, or what is wrong.

Scalars stay text as written; what they mean is decided by the type of their field.
It reads no file and gives no value a meaning.
"""

import operator
import re
from collections.abc import Iterator
from typing import TypeAlias

from msgspec.structs import replace
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

from pipeline.files.explain import (
    Mark,
    explain,
    problem_at,
    refused_character,
    short,
    signs_in,
    unreadable,
)
from pipeline.model import Problem, Severity

__all__ = [
    "MappingNode",
    "Node",
    "ScalarNode",
    "SequenceNode",
    "compose",
    "parse",
    "place_of",
]

DEEPEST = 20  # levels; the formats need five
MANY_OPENINGS = 200  # signs that may open a level; fewer cannot exhaust the stack

Problems: TypeAlias = tuple[Problem, ...]

# A # behind a text with a word right behind it, and what is quicker to look for.
_GLUED = re.compile(rb"[^\s#][ \t]+#[^\s#]")
_NEARLY_GLUED = re.compile(rb" #[^\s#]")
# What may begin an anchor or a tag; "Ernst & Young" has none.
_SIGN = re.compile(rb"[&!][^\s\"]")
_ALONE = re.compile(rb"(?:^|[-:,?\[{])\s*!(?:\s|$)", re.MULTILINE)


class _Parser(CParser):
    """libyaml's composer without any idea of what a scalar might mean."""

    # Called for every node, with two arguments and with none: what does least.
    descend_resolver = operator.is_
    ascend_resolver = bool

    def resolve(self, kind: object, value: object, implicit: object) -> str:  # noqa: ARG002 - libyaml's call
        """Give every node the same empty tag."""
        return ""


def parse(data: bytes, path: str) -> tuple[MappingNode | None, Problems]:
    """Read one document whose top is a mapping, and look at the name of every field.

    Beside what `compose` refuses, these are keys given twice, merge keys and keys that
    are no plain text.
    """
    node, problems = compose(data, path)
    return node, _misnamed(node, path) if node else problems


def compose(data: bytes, path: str) -> tuple[MappingNode | None, Problems]:
    """Read one document whose top is a mapping; places count from 1.

    Anchors, aliases, tags and several documents are refused, and so is what is no
    UTF-8, too large or too deep. Marks of the nodes count characters of the text
    without its byte order mark.
    """
    signs = signs_in(data)
    problem = unreadable(data, signs, path)
    if problem is None and _suspicious(data, signs):
        problem = _forbidden(data, path)
    if problem is not None:
        return None, (problem,)
    try:
        node: Node | None = _Parser(data).get_single_node()
    except MarkedYAMLError as error:
        return None, (_forbidden(data, path) or explain(error, data, path),)
    except ReaderError as error:
        return None, (refused_character(error, data, path),)
    if isinstance(node, MappingNode):
        return node, ()
    if node is None or (isinstance(node, ScalarNode) and not node.value):
        return None, (
            Problem(
                path=path,
                message="the file is empty",
                remedy="write the fields, or delete the file",
            ),
        )
    return None, (_no_fields(node, path),)


def _no_fields(node: Node, path: str) -> Problem:
    got = f"'{short(node.value)}'" if isinstance(node, ScalarNode) else "a list"
    return problem_at(
        path,
        node.start_mark,
        f"the file does not consist of `field: text` lines (got {got})",
        "begin every line with the name of a field and a colon, such as `name: ...`",
    )


def _suspicious(data: bytes, signs: bytes) -> bool:
    """Say whether a text has to be looked at event by event, which few have.

    Looked for are anchors, tags and deep nesting, which the composer takes; aliases
    without an anchor and several documents it refuses itself.
    """
    if len(signs) > MANY_OPENINGS:
        return True
    if b"!" in signs and (_ALONE.search(data) or _SIGN.search(data)):
        return True
    if b"&" not in signs or data.count(b"&") == data.count(b"& "):
        return False
    return _SIGN.search(data) is not None


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
                return problem_at(path, event.start_mark, *refused)
    except (MarkedYAMLError, ReaderError):
        return None  # the composer will say it with its place
    return None


def _refusal(event: Event, depth: int, documents: int) -> tuple[str, str] | None:
    quoted = "put the whole text between double quotes"
    if isinstance(event, AliasEvent):
        remedy = f"write the text itself here; if it begins with *, {quoted}"
        return f"an alias (got '*{event.anchor}')", remedy
    if isinstance(event, NodeEvent) and event.anchor:
        return f"an anchor (got '&{event.anchor}')", quoted
    if tag := getattr(event, "tag", None):
        said = tag.replace("tag:yaml.org,2002:", "!!")
        return f"a tag (got '{said}')", quoted
    if documents > 1:
        return (
            "a second document begins here",
            "delete the line of three dashes; one file is one person or document",
        )
    if depth > DEEPEST:
        return "the nesting is too deep", "our fields need five levels at most"
    return None


def _misnamed(node: Node, path: str) -> Problems:
    """Find keys given twice, merge keys and keys that are no plain text."""
    problems: list[Problem] = []
    waiting = [node]
    for each in waiting:
        if isinstance(each, MappingNode):
            problems += (problem_at(path, *found) for found in misnamed(each))
            waiting += (value for _, value in each.value)
        elif isinstance(each, SequenceNode):
            waiting += each.value
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))


def misnamed(node: MappingNode) -> Iterator[tuple[Mark, str, str, str]]:
    """Give what is wrong with the keys of one mapping: place, what, remedy, field."""
    seen: dict[str, Node] = {}
    for key, _ in node.value:
        if not isinstance(key, ScalarNode):
            what, remedy = "the name of a field is missing here", "write `field: text`"
            yield key.start_mark, what, remedy, ""
        elif key.value == "<<":
            remedy = "write the fields themselves here"
            yield key.start_mark, "a merge key (got '<<')", remedy, ""
        elif key.value in seen:
            first = seen[key.value].start_mark.line + 1
            what = f"given twice (got it first in line {first})"
            yield key.start_mark, what, "keep one of the two lines", key.value
        else:
            seen[key.value] = key


def swallowed(data: bytes, node: Node, path: str) -> Problems:
    """Warn of words lost in a remark: YAML reads `Lead #4711` as Lead and a remark."""
    perhaps = b"\t" in data or _NEARLY_GLUED.search(data)
    if not perhaps or not _GLUED.search(data):  # which costs as much as half a file
        return ()
    text = data.decode().removeprefix("\ufeff")
    problems = []
    for each in _plain_texts(node):
        found = re.compile(r"[ \t]+(#[^\s#][^\r\n]*)").match(text, each.end_mark.index)
        if found:
            message = f"a remark follows, no part of the text (got '{short(found[1])}')"
            remedy = "put all of it in double quotes, or a blank behind the #"
            problem = problem_at(path, each.start_mark, message, remedy)
            problems.append(replace(problem, severity=Severity.WARNING))
    return tuple(problems)


def _plain_texts(node: Node) -> Iterator[ScalarNode]:
    if isinstance(node, ScalarNode):
        if not node.style and node.value:
            yield node
    else:
        for each in node.value:
            yield from _plain_texts(each[1] if isinstance(node, MappingNode) else each)


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


def is_given(data: bytes, name: str) -> bool:
    """Say whether a field stands at the top of a file."""
    node, _ = parse(data, "")
    return node is not None and any(key.value == name for key, _ in node.value)


def index_of_event(data: bytes, number: int) -> int:
    """Give where the event stands that is `number` in the order of dates."""
    node, _ = parse(data, "")
    found = (
        next((v for k, v in node.value if k.value == "history"), None) if node else None
    )
    dates = [_date_in(each) for each in found.value] if found else []
    order = sorted(range(len(dates)), key=dates.__getitem__)
    return order[number] if number < len(order) else number


def _date_in(node: Node) -> str:
    pairs = node.value if isinstance(node, MappingNode) else ()
    return next((str(value.value) for key, value in pairs if key.value == "date"), "")
