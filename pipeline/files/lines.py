"""A hand-written text taken apart, and whole lines put into it; pure.

It knows where a line begins and ends, and nothing of what the lines mean.
"""

from typing import NamedTuple

from yaml.nodes import CollectionNode

from pipeline.files.yamltext import MappingNode, Node


class Text(NamedTuple):
    """A file taken apart: its mark, its lines as one text, and how it ends lines."""

    mark: str
    text: str
    newline: str

    def encode(self, text: str) -> bytes:
        """Put a changed text back together."""
        return (self.mark + text).encode()


def take_apart(data: bytes) -> Text:
    """Take a file apart; `data` is UTF-8."""
    text = data.decode()
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    return Text(mark, text[len(mark) :], "\r\n" if "\r\n" in text else "\n")


def find(top: MappingNode, name: str) -> tuple[Node, Node] | None:
    """Give a field with its value."""
    return next(((k, v) for k, v in top.value if k.value == name), None)


def leaf(node: Node) -> Node:
    """Give the node that ends last within a node; flow nodes know their own end."""
    while isinstance(node, CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(node, MappingNode) else last
    return node


def insert_lines(text: Text, at: int, block: str) -> str:
    """Insert whole lines after the line on which `at` lies."""
    block = block.replace("\n", text.newline)
    end = text.text.find("\n", at)
    if end < 0:
        return text.text + text.newline + block
    return text.text[: end + 1] + block + text.text[end + 1 :]


def add_key(text: Text, top: MappingNode, block: str, before: str) -> str:
    """Add lines before a key, or after the last one."""
    block = block.replace("\n", text.newline)
    found = find(top, before)
    if found:
        at = text.text.rfind("\n", 0, found[0].start_mark.index) + 1
    else:
        at = _end_of_document(text.text, leaf(top).end_mark.index)
    head, tail = text.text[:at], text.text[at:]
    if head and not head.endswith("\n"):
        head += text.newline
    return head + block + tail


def _end_of_document(text: str, after: int) -> int:
    """Give the place of a line of three dots, or the end of the text."""
    at = text.find("\n...", after - 1) if after else -1
    return at + 1 if at >= 0 else len(text)
