"""YAML as people write it: libyaml's nodes, which know their place, or what is wrong.

Scalars stay text as written; what they mean is decided by the type of their field.
It reads no file and gives no value a meaning.
"""

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
    explain,
    problem_at,
    refused_character,
    short,
    unreadable,
)
from pipeline.model import Problem, Severity

__all__ = ["MappingNode", "Node", "ScalarNode", "SequenceNode", "parse", "place_of"]

DEEPEST = 20  # levels; the formats need five
MANY_OPENINGS = 200  # signs that may open a level; fewer cannot exhaust the stack

Problems: TypeAlias = tuple[Problem, ...]

# What may begin an anchor, an alias or a tag; "Ernst & Young" has none.
# A # behind a text with a word right behind it.
_GLUED = re.compile(rb"[^\s#][ \t]+#[^\s#]")
_SIGN = re.compile(rb"[&*!][^\s\"]")
_ALONE = re.compile(rb"[-:,\[{]\s*!(?:\s|$)")


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
    problem = unreadable(data, path)
    if problem is None and _suspicious(data):
        problem = _forbidden(data, path)
    if problem is not None:
        return None, (problem,)
    try:
        node: Node | None = _Parser(data).get_single_node()
    except MarkedYAMLError as error:
        return None, (explain(error, data, path),)
    except ReaderError as error:
        return None, (refused_character(error, data, path),)
    if node is None or (isinstance(node, ScalarNode) and not node.value):
        return None, (
            Problem(
                path=path,
                message="the file is empty",
                remedy="write the fields, or delete the file",
            ),
        )
    if not isinstance(node, MappingNode):
        return None, (_no_fields(node, path),)
    return node, _duplicates(node, path)


def _no_fields(node: Node, path: str) -> Problem:
    got = f"'{short(node.value)}'" if isinstance(node, ScalarNode) else "a list"
    return problem_at(
        path,
        node.start_mark,
        f"the file does not consist of `field: text` lines (got {got})",
        "begin every line with the name of a field and a colon, such as `name: ...`",
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
    if (b"! " in data or b"!\n" in data or b"!\r" in data) and _ALONE.search(data):
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
        return problem_at(
            path,
            key.start_mark,
            "the name of a field is missing here",
            "write `field: text`",
        )
    return problem_at(
        path,
        key.start_mark,
        f"given twice (got it first in line {seen[key.value].start_mark.line + 1})",
        "keep one of the two lines",
        field=key.value,
    )


def _merge_key(key: Node, path: str) -> Problem:
    remedy = "write the fields themselves here"
    return problem_at(path, key.start_mark, "a merge key (got '<<')", remedy)


def swallowed(data: bytes, node: Node, path: str) -> Problems:
    """Warn of words lost in a remark: YAML reads `Lead #4711` as Lead and a remark."""
    is_plain = data.count(b" #") == data.count(b" # ") and b"\t#" not in data
    if is_plain or not _GLUED.search(data):  # the search alone costs a sixth of a file
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
