"""Replaces single values of hand-written YAML wherever they stand; pure.

What a value becomes is said by the caller, who sees its place and its text. Every other
byte stays, and a result that does not mean exactly what was asked for is refused.
"""

from collections.abc import Callable, Iterator

from pipeline.files.edit import Edited, plain_value
from pipeline.files.events import write_scalar
from pipeline.files.lines import take_apart
from pipeline.files.lists import Plain
from pipeline.files.yamltext import MappingNode, Node, ScalarNode, SequenceNode, parse
from pipeline.model import Problem

Place = tuple[str | int, ...]
Becomes = Callable[[Place, str], str | None]  # None: it stays as it is


def with_replaced(data: bytes, path: str, becomes: Becomes) -> Edited:
    """Give the file with every value as `becomes` says."""
    top, problems = parse(data, path)
    if top is None or problems:
        return None, problems
    text = take_apart(data)
    changed = text.text
    for node, value in reversed(list(_replacements(top, (), becomes))):
        start, end = node.start_mark.index, node.end_mark.index
        tail = text.newline if changed[start:end].endswith("\n") else ""
        changed = changed[:start] + write_scalar(value) + tail + changed[end:]
    if changed == text.text:
        return data, ()
    edited = text.encode(changed)
    after, trouble = parse(edited, path)
    if after is None or trouble or plain_value(after) != _expected(top, (), becomes):
        return None, (_refused(path),)
    return edited, ()


def _replacements(
    node: Node, place: Place, becomes: Becomes
) -> Iterator[tuple[Node, str]]:
    """Give the values that change with what they become, in the file's order."""
    if isinstance(node, ScalarNode):
        value = becomes(place, node.value)
        if value is not None:
            yield node, value
        return
    for name, below in _below(node):
        yield from _replacements(below, (*place, name), becomes)


def _below(node: Node) -> Iterator[tuple[str | int, Node]]:
    if isinstance(node, MappingNode):
        yield from ((str(key.value), value) for key, value in node.value)
    elif isinstance(node, SequenceNode):
        yield from enumerate(node.value)


def _expected(node: Node, place: Place, becomes: Becomes) -> Plain:
    """Give what the file should mean afterwards."""
    if isinstance(node, ScalarNode):
        value = becomes(place, node.value)
        return str(node.value if value is None else value).rstrip("\n")
    below = {name: _expected(n, (*place, name), becomes) for name, n in _below(node)}
    if isinstance(node, MappingNode):
        return {str(name): value for name, value in below.items()}
    return list(below.values())


def _refused(path: str) -> Problem:
    return Problem(
        path=path,
        message="this file is written in a way that cannot be changed safely",
        remedy="put each value on a line of its own, then try again",
    )
