"""Edits of hand-written YAML that keep every byte they do not concern; pure.

Each edit inserts or replaces a span found by libyaml's marks, parses the result again
and compares it, as plain values, with what was meant. Whatever does not come out
exactly so is refused, with the line to add by hand, and nothing is changed.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import NamedTuple

from yaml.nodes import CollectionNode

from pipeline.files.events import write_event, write_scalar
from pipeline.files.yamltext import MappingNode, Node, ScalarNode, SequenceNode, parse
from pipeline.model import Event, Problem, Rejection

Edited = tuple[bytes | None, tuple[Problem, ...]]
Plain = str | list["Plain"] | dict[str, "Plain"]

_BARE = Rejection(position="", rejected_on=dt.date.min)
_EMPTY = ("", "~", "null", "Null", "NULL")


class Text(NamedTuple):
    """A file taken apart: its mark, its lines as one text, and how it ends lines."""

    mark: str
    text: str
    newline: str

    def encode(self, text: str) -> bytes:
        """Put a changed text back together."""
        return (self.mark + text).encode()


class Entry(NamedTuple):
    """One entry of a list, as it stands in block style and in flow style."""

    block: str  # lines after `- `, joined by "\n", further lines not indented
    flow: str
    plain: Plain


Change = Callable[[Text, MappingNode], str | None]


def with_events(data: bytes, events: Sequence[Event], path: str) -> Edited:
    """Insert events into `history:`, each after the last one that is not younger."""
    for event in events:
        edited, problems = _with_event(data, event, path)
        if edited is None:
            return None, problems
        data = edited
    return data, ()


def _with_event(data: bytes, event: Event, path: str) -> Edited:
    entry = _event_entry(event)
    return _edit(
        data,
        path,
        lambda text, top: _insert_event(text, top, entry, event.date),
        lambda value: _expect_event(value, entry, event.date),
        f"add this line under `history:` by hand: - {entry.flow}",
    )


def with_rejection(data: bytes, rejection: Rejection, path: str) -> Edited:
    """Append a rejection to `rejections:`, adding that list before `history:`."""
    entry = _rejection_entry(rejection)

    def expect(value: dict[str, Plain]) -> None:
        found = value.get("rejections")
        value["rejections"] = [*(found if isinstance(found, list) else []), entry.plain]

    return _edit(
        data,
        path,
        lambda text, top: _append(text, top, "rejections", entry),
        expect,
        f"add this line under `rejections:` by hand: - {entry.flow}",
    )


def with_value(data: bytes, names: Sequence[str], value: str, path: str) -> Edited:
    """Set one text, such as `("you", "name")`; a missing field is added."""

    def expect(whole: dict[str, Plain]) -> None:
        below: Plain = whole
        for name in names[:-1]:
            below = below.setdefault(name, {}) if isinstance(below, dict) else {}
        if isinstance(below, dict):
            below[names[-1]] = value

    return _edit(
        data,
        path,
        lambda text, top: _set(text, top, names, write_scalar(value)),
        expect,
        f"write `{'.'.join(names)}: {write_scalar(value)}` by hand",
    )


# --- the frame of every edit ---------------------------------------------------


def _edit(
    data: bytes,
    path: str,
    change: Change,
    expect: Callable[[dict[str, Plain]], None],
    by_hand: str,
) -> Edited:
    """Change a text, and take it only if it then means exactly what is expected."""
    top, problems = parse(data, path)
    if top is None or problems:
        first = problems[0]
        message = f"an entry could not be added, since {first.message}"
        return None, (_refusal(path, first.line, message, by_hand),)
    text = take_apart(data)
    changed = change(text, top)
    if changed is not None:
        edited = text.encode(changed)
        after, trouble = parse(edited, path)
        wanted = plain_value(top)
        if after is not None and not trouble and isinstance(wanted, dict):
            expect(wanted)
            if plain_value(after) == wanted:
                return edited, ()
    message = "this file is written in a way that cannot be added to safely"
    return None, (_refusal(path, top.start_mark.line + 1, message, by_hand),)


def _refusal(path: str, line: int, message: str, by_hand: str) -> Problem:
    return Problem(path=path, line=line, message=message, remedy=by_hand)


def take_apart(data: bytes) -> Text:
    """Part a file into its mark and its lines as one text."""
    text = data.decode()
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    return Text(mark, text[len(mark) :], "\r\n" if "\r\n" in text else "\n")


def plain_value(node: Node) -> Plain:
    """Give a node's value without its place; a text's last line break is nothing."""
    if isinstance(node, MappingNode):
        return {str(key.value): plain_value(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [plain_value(each) for each in node.value]
    return str(node.value).rstrip("\n")


# --- entries -------------------------------------------------------------------


def _event_entry(event: Event) -> Entry:
    flow = write_event(event)
    top, _ = parse(f"event: {flow}".encode(), "")
    assert top is not None
    return Entry(flow, flow, plain_value(top.value[0][1]))


def _rejection_entry(rejection: Rejection) -> Entry:
    pairs = []
    for name in rejection.__struct_fields__:
        value = getattr(rejection, name)
        if value == getattr(_BARE, name, None):
            continue
        if isinstance(value, tuple):
            text = f"[{', '.join(map(write_scalar, value))}]"
        elif value is True:
            text = "true"
        elif isinstance(value, dt.date | int):
            text = str(value)
        else:
            text = write_scalar(str(value))
        pairs.append(f"{name}: {text}")
    flow = f"{{{', '.join(pairs)}}}"
    top, _ = parse(f"rejection: {flow}".encode(), "")
    assert top is not None
    return Entry("\n".join(pairs), flow, plain_value(top.value[0][1]))


# --- lists ---------------------------------------------------------------------


def _find(top: MappingNode, name: str) -> tuple[Node, Node] | None:
    return next(((k, v) for k, v in top.value if k.value == name), None)


def _insert_event(
    text: Text, top: MappingNode, entry: Entry, day: dt.date
) -> str | None:
    found = _find(top, "history")
    index = 0
    if found and isinstance(found[1], SequenceNode):
        index = _place_by_date([plain_value(each) for each in found[1].value], day)
    return _insert(text, top, "history", entry, index)


def _place_by_date(items: list[Plain], day: dt.date) -> int:
    """Give the index after the last item that is not younger than `day`."""
    iso = day.isoformat()
    place = 0
    for number, item in enumerate(items):
        date = item.get("date") if isinstance(item, dict) else None
        if not isinstance(date, str) or date <= iso:
            place = number + 1
    return place


def _expect_event(value: dict[str, Plain], entry: Entry, day: dt.date) -> None:
    found = value.get("history")
    items = found if isinstance(found, list) else []
    index = _place_by_date(items, day)
    value["history"] = [*items[:index], entry.plain, *items[index:]]


def _append(text: Text, top: MappingNode, name: str, entry: Entry) -> str | None:
    found = _find(top, name)
    items = found[1].value if found and isinstance(found[1], SequenceNode) else []
    return _insert(text, top, name, entry, len(items))


def _insert(
    text: Text, top: MappingNode, name: str, entry: Entry, index: int
) -> str | None:
    """Insert an entry into the top-level list `name`, making the list if need be."""
    if top.flow_style:
        return None
    found = _find(top, name)
    margin = " " * top.start_mark.column
    if found is None:
        block = f"{margin}{name}:\n{_item(entry, f'{margin}  ')}"
        return _add_key(text, top, block, before="history")
    key, value = found
    if isinstance(value, SequenceNode) and value.value:
        if value.flow_style:
            return _insert_flow(text, value, entry.flow, index)
        return _insert_block(text, key, value, entry, index)
    if isinstance(value, ScalarNode):
        empty = value.value in _EMPTY and not value.style
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
    return _insert_lines(
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
    last = _leaf(node.value[index - 1])
    at = last.end_mark.index
    if isinstance(last, ScalarNode) and last.style in ("|", ">") and at:
        at = len(text.text[:at].rstrip("\r\n \t"))
    return _insert_lines(text, at, _item(entry, margin))


def _leaf(node: Node) -> Node:
    """Give the node that ends last within a node; flow nodes know their own end."""
    while isinstance(node, CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(node, MappingNode) else last
    return node


def _insert_lines(text: Text, at: int, block: str) -> str:
    """Insert whole lines after the line on which `at` lies."""
    block = block.replace("\n", text.newline)
    end = text.text.find("\n", at)
    if end < 0:
        return text.text + text.newline + block
    return text.text[: end + 1] + block + text.text[end + 1 :]


def _add_key(text: Text, top: MappingNode, block: str, before: str) -> str:
    """Add lines before a key, or after the last one."""
    block = block.replace("\n", text.newline)
    found = _find(top, before)
    if found:
        at = text.text.rfind("\n", 0, found[0].start_mark.index) + 1
    else:
        at = _end_of_document(text.text, _leaf(top).end_mark.index)
    head, tail = text.text[:at], text.text[at:]
    if head and not head.endswith("\n"):
        head += text.newline
    return head + block + tail


def _end_of_document(text: str, after: int) -> int:
    """Give the place of a line of three dots, or the end of the text."""
    at = text.find("\n...", after - 1) if after else -1
    return at + 1 if at >= 0 else len(text)


# --- single values -------------------------------------------------------------


def _set(text: Text, top: MappingNode, names: Sequence[str], scalar: str) -> str | None:
    """Replace or add the scalar that the names lead to."""
    node: Node = top
    for depth, name in enumerate(names):
        if not isinstance(node, MappingNode):
            return None
        found = _find(node, name)
        if found is None:
            return _add_pair(text, node, names[depth:], scalar)
        node = found[1]
    if not isinstance(node, ScalarNode) or node.style in ("|", ">"):
        return None
    start, end = node.start_mark.index, node.end_mark.index
    blank = "" if text.text[start - 1 : start] == " " else " "
    return f"{text.text[:start]}{blank}{scalar}{text.text[end:]}"


def _add_pair(
    text: Text, node: MappingNode, names: Sequence[str], scalar: str
) -> str | None:
    if node.flow_style:
        if len(names) > 1 or not node.value:
            return None
        at = node.value[-1][1].end_mark.index
        return f"{text.text[:at]}, {names[0]}: {scalar}{text.text[at:]}"
    margin = " " * node.start_mark.column
    lines = [f"{margin}{'  ' * i}{name}:" for i, name in enumerate(names)]
    lines[-1] += f" {scalar}"
    block = "".join(f"{line}\n" for line in lines)
    at = text.text.rfind("\n", 0, node.start_mark.index) + 1
    return text.text[:at] + block.replace("\n", text.newline) + text.text[at:]
