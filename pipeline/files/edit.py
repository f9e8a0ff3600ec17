"""Edits of hand-written YAML that keep every byte they do not concern; pure.

Each edit inserts or replaces a span found by libyaml's marks, parses the result again
and compares it, as plain values, with what was meant. Whatever does not come out
exactly so is refused, with the line to add by hand, and nothing is changed.
"""

import datetime as dt
from collections.abc import Callable, Sequence

from pipeline.files.events import write_event, write_scalar
from pipeline.files.lines import Text, find, take_apart
from pipeline.files.lists import Entry, Plain, insert
from pipeline.files.yamltext import MappingNode, Node, ScalarNode, SequenceNode, parse
from pipeline.model import Event, Problem, Rejection

Edited = tuple[bytes | None, tuple[Problem, ...]]

_BARE = Rejection(position="", rejected_on=dt.date.min)


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
        f"add this line under `history:` by hand: `- {entry.flow}`",
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


def _insert_event(
    text: Text, top: MappingNode, entry: Entry, day: dt.date
) -> str | None:
    found = find(top, "history")
    index = 0
    if found and isinstance(found[1], SequenceNode):
        index = _place_by_date([plain_value(each) for each in found[1].value], day)
    return insert(text, top, "history", entry, index)


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
    found = find(top, name)
    items = found[1].value if found and isinstance(found[1], SequenceNode) else []
    return insert(text, top, name, entry, len(items))


# --- single values -------------------------------------------------------------


def _set(text: Text, top: MappingNode, names: Sequence[str], scalar: str) -> str | None:
    """Replace or add the scalar that the names lead to."""
    node: Node = top
    for depth, name in enumerate(names):
        if not isinstance(node, MappingNode):
            return None
        found = find(node, name)
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
