"""Decoders compiled from the types of the model: YAML nodes ▸ Structs, with problems.

A decoder takes a node and a list of faults; it returns a value, `ABSENT` where nothing
stands, or `WRONG` where a fault says why there is none. Every decoder knows the name of
its field and puts it before the faults within, so that the good case builds no strings.
It knows types and no particular file.
"""

import re
import types
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields as struct_fields

from pipeline.files.explain import Mark, short
from pipeline.files.scalars import (
    READERS,
    Misfit,
    Reader,
    bounded,
    enum_reader,
    nearest,
)
from pipeline.files.yamltext import (
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    misnamed,
)
from pipeline.model import Problem, Severity

Decoder = Callable[[Node, list["Fault"]], Any]

ABSENT: Any = object()  # nothing stands there
WRONG: Any = object()  # something does, and a fault says what is the matter with it
# Words with commas between them, which only lack their brackets.
_LISTED = re.compile(r"[\w ./+-]+(?:,[\w ./+-]+)*,?")
CURLY = frozenset("\u201c\u201d\u201e\u201f")  # what telephones make of a "
NOTHING = frozenset({"", "~", "null"})
# Texts that may have several lines; in all others a line break is a blank.
MULTILINE = frozenset(
    {"notes", "note_ideas", "postal_address", "reason", "summary", "text"}
)


class Fault:
    """A problem on its way up, gathering the name of its field."""

    __slots__ = ("field", "mark", "message", "remedy", "severity")

    def __init__(
        self,
        mark: Mark,
        message: str,
        remedy: str,
        field: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        self.mark, self.message, self.remedy = mark, message, remedy
        self.field, self.severity = field, severity

    def problem(self, path: str) -> Problem:
        """Give it its file."""
        return Problem(
            path=path,
            line=self.mark.line + 1,
            column=self.mark.column + 1,
            field=self.field,
            message=self.message,
            remedy=self.remedy,
            severity=self.severity,
        )


def name_faults(faults: list[Fault], since: int, name: str) -> None:
    """Put a field's name (or `[n]`) before the faults found within it."""
    for fault in faults[since:]:
        joint = "." if name and fault.field and not fault.field.startswith("[") else ""
        fault.field = f"{name}{joint}{fault.field}"


def _hurts(faults: list[Fault], since: int) -> bool:
    """Say whether an error was found, and not only what deserves a warning."""
    return any(fault.severity is Severity.ERROR for fault in faults[since:])


# --- decoders ------------------------------------------------------------------


def decoder(hint: Any, name: str = "") -> Decoder:
    """Compile the decoder of a type; `name` is its field, as in the file."""
    metas = []
    while get_origin(hint) is Annotated:
        hint, *more = get_args(hint)
        metas += more
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        (inner,) = (each for each in get_args(hint) if each is not type(None))
        made = decoder(inner, name)
    elif origin is tuple:
        item, *rest = get_args(hint)
        many = _list_of(decoder(item), name)
        made = many if rest == [Ellipsis] else _span(many, name)
    elif origin is Mapping:
        made = _table_of(decoder(get_args(hint)[1]), name)
    elif hint in READERS or issubclass(hint, StrEnum):
        read = READERS.get(hint) or enum_reader(hint)
        for meta in metas:
            read = bounded(read, meta)
        made = _text(read, name) if hint is str else _scalar(read, name)
    else:
        made = struct_decoder(hint, name)
    return made


def _scalar(read: Reader, name: str) -> Decoder:
    def decode(node: Node, faults: list[Fault]) -> Any:
        if node.__class__ is not ScalarNode:
            return _not_a_text(node, name, faults)
        text = node.value
        if text in NOTHING and not node.style:
            return ABSENT
        try:
            return read(text)
        except Misfit as misfit:
            faults.append(Fault(node.start_mark, str(misfit), misfit.remedy, name))
            return WRONG

    return decode


def _text(read: Reader, name: str) -> Decoder:
    one_line = name not in MULTILINE

    def decode(node: Node, faults: list[Fault]) -> Any:
        if node.__class__ is not ScalarNode:
            return _not_a_text(node, name, faults)
        text: str = node.value.strip()
        if text in NOTHING and (not text or not node.style):
            return ABSENT
        if one_line and "\n" in text:
            text = " ".join(text.split())
        try:
            value = text if read is str else read(text)
        except Misfit as misfit:
            faults.append(Fault(node.start_mark, str(misfit), misfit.remedy, name))
            return WRONG
        if one_line and not text.isascii() and (text[0] in CURLY or text[-1] in CURLY):
            _check_quotes(text, node, name, faults)
        return value

    return decode


def _check_quotes(text: str, node: Node, name: str, faults: list[Fault]) -> None:
    """Warn of quotation marks that a telephone has bent: they are part of the text."""
    inner = text[1:] if text[0] in CURLY else text
    inner = inner[:-1] if inner[-1:] in CURLY else inner
    if not CURLY.isdisjoint(inner):
        return  # a text that quotes something
    message = f"curly quotation marks are part of the text (got {short(text)})"
    remedy = 'write straight ones, ", or none'
    faults.append(Fault(node.start_mark, message, remedy, name, Severity.WARNING))


def _not_a_text(node: Node, name: str, faults: list[Fault]) -> Any:
    found = "a list" if isinstance(node, SequenceNode) else "further fields"
    remedy = "write one text behind the colon"
    if getattr(node, "flow_style", False):
        remedy = "put the whole text between double quotes"
    message = f"one text expected (got {found})"
    faults.append(Fault(node.start_mark, message, remedy, name))
    return WRONG


def _list_of(item: Decoder, name: str) -> Decoder:
    def decode(node: Node, faults: list[Fault]) -> Any:
        if node.__class__ is not SequenceNode:
            return ABSENT if _is_nothing(node) else _no_list(node, name, faults)
        values = []
        first = len(faults)
        for number, each in enumerate(node.value):
            before = len(faults)
            value = item(each, faults)
            if len(faults) != before:
                name_faults(faults, before, f"{name}[{number}]")
            if value is not ABSENT:
                values.append(value)
        if len(faults) != first and _hurts(faults, first):
            return WRONG
        return tuple(values)

    return decode


def _no_list(node: Node, name: str, faults: list[Fault]) -> Any:
    message = f"a list is expected (got {found_in(node)})"
    remedy = "write [one, two], or each entry on its own line after `- `"
    if isinstance(node, ScalarNode) and _LISTED.fullmatch(node.value):
        remedy = f"write [{node.value.strip(', ')}]"
    faults.append(Fault(node.start_mark, message, remedy, name))
    return WRONG


def _is_nothing(node: Node) -> bool:
    """Say whether a field stands there without a value."""
    return isinstance(node, ScalarNode) and node.value in NOTHING and not node.style


def found_in(node: Node) -> str:
    """Say what stands in a place where something else was expected."""
    if isinstance(node, ScalarNode):
        return f"'{short(node.value)}'"
    return "a list" if isinstance(node, SequenceNode) else "fields"


def _span(many: Decoder, name: str) -> Decoder:
    def decode(node: Node, faults: list[Fault]) -> Any:
        values = many(node, faults)
        if values is ABSENT or values is WRONG:
            return values
        if len(values) != 2 or not 0 <= values[0] <= values[1]:
            remedy = "write the first and the last, such as [3, 4]"
            message = f"no span (got [{', '.join(map(str, values))}])"
            faults.append(Fault(node.start_mark, message, remedy, name))
            return WRONG
        return values

    return decode


def _table_of(item: Decoder, name: str) -> Decoder:
    def decode(node: Node, faults: list[Fault]) -> Any:
        if node.__class__ is not MappingNode:
            if _is_nothing(node):
                return ABSENT
            message, remedy = "names with values are expected", "write `name:` lines"
            faults.append(Fault(node.start_mark, message, remedy, name))
            return WRONG
        values = {}
        first = len(faults)
        for key, each in node.value:
            before = len(faults)
            value = item(each, faults)
            name_faults(faults, before, f"{name}.{key.value}")
            if value is not ABSENT:
                values[key.value] = value
        faults += (Fault(*found) for found in misnamed(node))
        return WRONG if _hurts(faults, first) else values

    return decode


# --- structs -------------------------------------------------------------------

Entries = dict[str, tuple[str, Decoder]]

# Names in files that cannot be names in Python.
RENAMED = {("QuietPeriod", "first"): "from", ("QuietPeriod", "last"): "to"}


def written_names(struct: type[Struct]) -> dict[str, str]:
    """Give the name in files of every attribute."""
    return {
        name: RENAMED.get((struct.__name__, name), name)
        for name in struct.__struct_fields__
    }


def entries_of(
    struct: type[Struct], leave_out: frozenset[str] = frozenset()
) -> Entries:
    """Give the name in the file, the attribute and the decoder of every field."""
    hints = get_type_hints(struct, include_extras=True)
    return {
        written: (name, decoder(hints[name], written))
        for name, written in written_names(struct).items()
        if name not in leave_out
    }


def required_of(struct: type[Struct]) -> tuple[str, ...]:
    """Give the names, as in files, of the fields that have no default."""
    written = written_names(struct)
    return tuple(
        written[field.name]
        for field in struct_fields(struct)
        if field.default is NODEFAULT and field.default_factory is NODEFAULT
    )


def struct_decoder(struct: type[Struct], name: str = "") -> Decoder:
    """Compile the decoder of one of the model's Structs."""
    entries = entries_of(struct)
    required = frozenset(required_of(struct))

    def decode(node: Node, faults: list[Fault]) -> Any:
        if node.__class__ is not MappingNode:
            if _is_nothing(node):
                return ABSENT
            message = f"fields are expected (got {found_in(node)})"
            remedy = "write `field: text` lines"
            faults.append(Fault(node.start_mark, message, remedy, name))
            return WRONG
        before = len(faults)
        values = decode_entries(entries, node, faults)
        report_missing(node, required, values, faults)
        if len(faults) != before:
            name_faults(faults, before, name)
            if _hurts(faults, before):
                return WRONG
        return struct(**values)

    return decode


def decode_entries(
    entries: Entries, node: MappingNode, faults: list[Fault]
) -> dict[str, Any]:
    """Decode every `key: value` of a mapping; an unknown key is a fault.

    What is `WRONG` stands there as well: it was given, and so is not missing.
    """
    values: dict[str, Any] = {}
    for key, each in node.value:
        try:
            attribute, decode = entries[key.value]
        except KeyError:
            near = _report_unknown(entries, key, faults)
            if near:
                values.setdefault(near, WRONG)  # meant, and so not missing as well
            continue
        except TypeError:
            continue  # a list or fields as a name; `misnamed` says so
        value = decode(each, faults)
        if value is not ABSENT:
            values[attribute] = value
    if len(values) != len(node.value):  # also where something is empty
        faults += (Fault(*found) for found in misnamed(node))
    return values


def _report_unknown(entries: Entries, key: Node, faults: list[Fault]) -> str | None:
    """Add a fault for a field we do not know; give the attribute it probably is."""
    name = str(key.value)
    near = nearest(name, entries)
    if near:
        remedy = f"did you mean `{near}`?"
    elif "notes" in entries:
        remedy = "delete the line, or write it as a sentence under `notes`"
    else:
        remedy = f"delete the line, or write one of: {', '.join(entries)}"
    faults.append(Fault(key.start_mark, "unknown field", remedy, name))
    return entries[near][0] if near else None


def report_missing(
    node: Node, required: frozenset[str], values: Mapping[str, Any], faults: list[Fault]
) -> None:
    """Add a fault for each required field that is not there."""
    if required <= values.keys():
        return
    for name in sorted(required - values.keys()):
        attribute = {"from": "first", "to": "last"}.get(name, name)
        if attribute not in values:
            empty = next((each for key, each in node.value if key.value == name), None)
            if empty is None:
                remedy = f"add the line `{name}: ...`"
                if getattr(node, "flow_style", False):
                    remedy = f"add `{name}: ...` between the braces"
                faults.append(Fault(node.start_mark, "missing", remedy, name))
            else:
                remedy = (
                    "write it behind the colon, in double quotes if it begins with #"
                )
                faults.append(Fault(empty.start_mark, "empty", remedy, name))
