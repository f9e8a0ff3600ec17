"""Entries put into the lists of a hand-written text, in the style of each list; pure.

It finds the place and lays the entry out; whether the result means what was meant is
for `edit` to see.
"""

from typing import NamedTuple

from pipeline.files.lines import Text, add_key, find, insert_lines, leaf
from pipeline.files.yamltext import MappingNode, Node, ScalarNode, SequenceNode

Plain = str | list["Plain"] | dict[str, "Plain"]

EMPTY = ("", "~", "null", "Null", "NULL")


class Entry(NamedTuple):
    """One entry of a list, as it stands in block style and in flow style."""

    block: str  # lines after `- `, joined by "\n", further lines not indented
    flow: str
    plain: Plain


def insert(
    text: Text, top: MappingNode, name: str, entry: Entry, index: int
) -> str | None:
    """Insert an entry into the top-level list `name`, making the list if need be."""
    if top.flow_style:
        return None
    found = find(top, name)
    margin = " " * top.start_mark.column
    if found is None:
        block = f"{margin}{name}:\n{_item(entry, f'{margin}  ')}"
        return add_key(text, top, block, before="history")
    key, value = found
    if isinstance(value, SequenceNode) and value.value:
        if value.flow_style:
            return _insert_flow(text, value, entry.flow, index)
        return _insert_block(text, key, value, entry, index)
    if isinstance(value, ScalarNode):
        empty = value.value in EMPTY and not value.style
    else:
        empty = isinstance(value, SequenceNode)
    return _fill(text, value, _item(entry, f"{margin}  ")) if empty else None


def _item(entry: Entry, margin: str) -> str:
    """Lay an entry out as a block item, ending with a line break."""
    first, *more = entry.block.split("\n")
    lines = [f"{margin}- {first}", *(f"{margin}  {line}" for line in more)]
    return "".join(f"{line}\n" for line in lines)


def _fill(text: Text, empty: Node, block: str) -> str | None:
    """Replace an empty value by lines below its own line."""
    start, end = empty.start_mark.index, empty.end_mark.index
    if "\n" in text.text[start:end]:
        return None
    kept = text.text[:start].rstrip(" ") if end > start else text.text[:start]
    return insert_lines(
        Text(text.mark, kept + text.text[end:], text.newline), len(kept), block
    )


def _insert_flow(text: Text, node: Node, flow: str, index: int) -> str:
    items = node.value
    if index == 0:
        at = items[0].start_mark.index
        return f"{text.text[:at]}{flow}, {text.text[at:]}"
    at = items[index - 1].end_mark.index
    return f"{text.text[:at]}, {flow}{text.text[at:]}"


def _insert_block(
    text: Text, key: Node, node: Node, entry: Entry, index: int
) -> str | None:
    margin = " " * node.start_mark.column
    if index == 0:
        at = text.text.rfind("\n", 0, node.start_mark.index) + 1
        if at <= key.start_mark.index:
            return None
        block = _item(entry, margin).replace("\n", text.newline)
        return text.text[:at] + block + text.text[at:]
    last = leaf(node.value[index - 1])
    at = last.end_mark.index
    if isinstance(last, ScalarNode) and last.style in ("|", ">") and at:
        at = len(text.text[:at].rstrip("\r\n \t"))
    return insert_lines(text, at, _item(entry, margin))
