"""Tables for spreadsheets (RFC 4180) and JSON Lines for programs; pure.

No cell is taken for a formula: one that might be begins with an apostrophe. JSON Lines
have every text as it is.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping

import msgspec
from msgspec import Struct

from pipeline.model import Contact, Document, Event, Rejection, TouchRef, Workspace

# What a spreadsheet may take for the beginning of a formula, and our own mark for it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")  # noqa: RUF001
_NOT_A_COLUMN = ("rejections", "history")
YOU = "you"  # stands for the user, whose own events are in settings.yml


def tables(workspace: Workspace) -> Mapping[str, bytes]:
    """Give every table and every file of lines by its name."""
    contacts = workspace.contacts.values()
    rejections = [
        (each.slug, rejection) for each in contacts for rejection in each.rejections
    ]
    events = [(YOU, event) for event in workspace.settings.history]
    events += [(each.slug, event) for each in contacts for event in each.history]
    events.sort(key=lambda pair: pair[1].date)
    return {
        "contacts.csv": _csv(Contact, (({}, each) for each in contacts)),
        "contacts.jsonl": _lines(
            {k: v for k, v in _plain(each).items() if k != "history"}
            for each in contacts
        ),
        "rejections.csv": _csv(Rejection, _with_slug(rejections)),
        "history.csv": _csv(Event, _with_slug(events)),
        "history.jsonl": _lines(
            {"contact": slug, **_plain(event)} for slug, event in events
        ),
        "portfolio.csv": _csv(
            Document, (({}, each) for each in workspace.documents.values())
        ),
    }


def _with_slug(
    pairs: Iterable[tuple[str, Struct]],
) -> Iterator[tuple[dict[str, str], Struct]]:
    return (({"contact": slug}, value) for slug, value in pairs)


class Written(list[str]):
    """Rows as the csv library writes them, without any file."""

    write = list.append


# --- CSV -----------------------------------------------------------------------


def _csv(kind: type[Struct], rows: Iterable[tuple[dict[str, str], Struct]]) -> bytes:
    """Write one row for each value, its columns named after the fields."""
    names = [each for each in kind.__struct_fields__ if each not in _NOT_A_COLUMN]
    first = ["contact"] if kind in (Rejection, Event) else []
    written = Written()
    writer = csv.writer(written)
    writer.writerow([*first, *names])
    for more, value in rows:
        cells = [more.get(name, "") for name in first]
        cells += [cell(getattr(value, name)) for name in names]
        writer.writerow([guarded(each) for each in cells])
    return "".join(written).encode("utf-8-sig")  # the mark tells spreadsheets


def cell(value: object) -> str:
    """Give a value as text; several are parted by semicolons."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(map(cell, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def guarded(text: str) -> str:
    """Put an apostrophe before what a spreadsheet could take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) or _begins_late(text) else text


def _begins_late(text: str) -> bool:
    return text != text.lstrip() and text.lstrip().startswith(_FORMULA)


# --- JSON Lines ----------------------------------------------------------------


def _plain(value: Struct) -> dict[str, object]:
    """Give what differs from the defaults, references as they stand in files."""
    found = {}
    for name in value.__struct_fields__:
        each = getattr(value, name)
        if each in (None, "", ()):
            continue
        found[name] = _as_json(each)
    return found


def _as_json(value: object) -> object:
    if isinstance(value, TouchRef):
        return str(value)
    if isinstance(value, tuple):
        return [_as_json(each) for each in value]
    if isinstance(value, Struct):
        return _plain(value)
    return value


def _lines(values: Iterable[object]) -> bytes:
    encode = msgspec.json.encode
    return b"".join(encode(each, order="sorted") + b"\n" for each in values)
