"""Files ▸ model: contact, document and settings, each with all its problems.

It reads bytes that somebody else fetched and never looks at another file; what takes
several files to judge is `workspace`'s.
"""

from operator import attrgetter
from typing import Any, TypeVar

from msgspec import Struct

from pipeline.files.decode import (
    ABSENT,
    NOTHING,
    WRONG,
    Entries,
    Fault,
    decode_entries,
    entries_of,
    found_in,
    name_faults,
    report_missing,
    required_of,
    struct_decoder,
    written_names,
)
from pipeline.files.events import CONTACT, EVENTS, SETTINGS, problem_with
from pipeline.files.explain import Mark
from pipeline.files.rules import check_settings
from pipeline.files.yamltext import (
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    compose,
    swallowed,
)
from pipeline.model import (
    CadenceStep,
    Contact,
    Document,
    Event,
    LeadDays,
    Privacy,
    Problem,
    QuietPeriod,
    Rejection,
    Settings,
    Severity,
    You,
)

Problems = tuple[Problem, ...]
T = TypeVar("T", bound=Struct)

_event = struct_decoder(Event)
_PARTS = (You, CadenceStep, QuietPeriod, LeadDays, Privacy)


def _history(where: str) -> Any:
    """Compile the decoder of a history: events with their own tables of fields."""

    def decode(node: Node, faults: list[Fault]) -> Any:
        if not isinstance(node, SequenceNode):
            if isinstance(node, ScalarNode) and node.value in NOTHING:
                return ABSENT
            message = f"a list of events is expected (got {found_in(node)})"
            remedy = "begin each event on its own line after `- `"
            faults.append(Fault(node.start_mark, message, remedy, "history"))
            return WRONG
        events: list[Event] = []
        newest, in_order = None, True
        for number, each in enumerate(node.value):
            before = len(faults)
            event = _event(each, faults)
            if event is ABSENT:
                message, remedy = "nothing behind the dash", "delete the line"
                faults.append(Fault(each.start_mark, message, remedy))
            elif event is not WRONG:
                _check_event(event, each, where, faults)
                if newest is None or event.date >= newest.date:
                    newest = event
                else:
                    in_order = False
                    faults.append(_out_of_order(event, newest, each.start_mark))
                events.append(event)
            if len(faults) != before:
                name_faults(faults, before, f"history[{number}]")
        if not in_order:
            events.sort(key=attrgetter("date"))
        return tuple(events)

    return decode


def _check_event(event: Event, node: Node, where: str, faults: list[Fault]) -> None:
    found = problem_with(event)
    if found:
        name, message, remedy = found
        mark = next((k.start_mark for k, _ in node.value if k.value == name), None)
        faults.append(Fault(mark or node.start_mark, message, remedy, name))
    elif where not in EVENTS[event.event].where:
        fits = "settings.yml" if where == CONTACT else "a contact's file"
        message = f"`{event.event}` does not belong here"
        faults.append(Fault(node.start_mark, message, f"write it in {fits}", "event"))


def _out_of_order(event: Event, newest: Event, mark: Mark) -> Fault:
    message = f"out of order (got {event.date} after {newest.date})"
    remedy = "nothing is lost; move the line up if you like"
    return Fault(mark, message, remedy, "date", Severity.WARNING)


# --- the three kinds of files --------------------------------------------------

_contact: Entries = {
    **entries_of(Contact, frozenset({"slug", "history"})),
    "history": ("history", _history(CONTACT)),
}
_flat: Entries = {
    name: entry for name, entry in entries_of(Rejection).items() if name != "company"
}
_contact_fields: Entries = {**_flat, **_contact}
_settings: Entries = {
    **entries_of(Settings, frozenset({"history"})),
    "history": ("history", _history(SETTINGS)),
}
_document: Entries = entries_of(Document, frozenset({"id"}))
_flat_names = frozenset(entry[0] for entry in _flat.values())
_COMPANY = frozenset({"company"})
_flat_required = frozenset(required_of(Rejection))
_document_required = frozenset(required_of(Document)) - {"id"}


# Every name that a field can have somewhere.
NAMES = frozenset(
    name
    for struct in (*(Contact, Rejection, Event, Document, Settings), *_PARTS)
    for name in written_names(struct).values()
)


def read_any(data: bytes, path: str) -> Problems:
    """Give the problems of a file by where it lies."""
    name = path.rpartition("/")[2].removesuffix(".yml")
    if path == "settings.yml":
        return read_settings(data, path)[1]
    if path.startswith("portfolio/"):
        return read_document(data, path, name)[1]
    return read_contact(data, path, name)[1]


def read_contact(data: bytes, path: str, slug: str) -> tuple[Contact | None, Problems]:
    """Read a contact's file; None where an error keeps it from being used."""
    node, problems = _parsed(data, path)
    if node is None:
        return None, problems
    faults: list[Fault] = []
    values = decode_entries(_contact_fields, node, faults)
    report_missing(node, _COMPANY, values, faults)
    flat = {name: values.pop(name) for name in _flat_names if name in values}
    if flat:
        report_missing(node, _flat_required, flat, faults)
    _check_origin(node, values, flat, faults)
    found, problems = _finish(faults, problems, path)
    if not found:
        return None, problems
    if flat:
        values["rejections"] = (Rejection(**flat), *values.get("rejections", ()))
    return Contact(slug=slug, **values), problems


def read_document(data: bytes, path: str, id_: str) -> tuple[Document | None, Problems]:
    """Read a portfolio document's file; the document itself is not looked at."""
    node, problems = _parsed(data, path)
    if node is None:
        return None, problems
    faults: list[Fault] = []
    values = decode_entries(_document, node, faults)
    report_missing(node, _document_required, values, faults)
    if not values.get("url") and not values.get("file"):
        message = "neither `url` nor `file` is given"
        remedy = (
            "say where the document is: a web address, or a file in portfolio/files/"
        )
        faults.append(Fault(node.start_mark, message, remedy, "url"))
    found, problems = _finish(faults, problems, path)
    return (Document(id=id_, **values) if found else None), problems


def read_settings(data: bytes, path: str) -> tuple[Settings | None, Problems]:
    """Read settings.yml; None where an error keeps it from being used."""
    node, problems = _parsed(data, path)
    if node is None:
        return None, problems
    faults: list[Fault] = []
    values = decode_entries(_settings, node, faults)
    report_missing(node, frozenset({"you"}), values, faults)
    check_settings(node, values, faults)
    found, problems = _finish(faults, problems, path)
    return (Settings(**values) if found else None), problems


def _parsed(data: bytes, path: str) -> tuple[MappingNode | None, Problems]:
    node, problems = compose(data, path)
    return node, (*problems, *swallowed(data, node, path)) if node else problems


def _finish(
    faults: list[Fault], problems: Problems, path: str
) -> tuple[bool, Problems]:
    """Say whether the file can be used, and give all its problems in order."""
    if not faults and not problems:
        return True, ()
    if faults:
        found = [*problems, *(fault.problem(path) for fault in faults)]
        problems = tuple(sorted(found, key=lambda each: (each.line, each.column)))
    return all(each.severity is not Severity.ERROR for each in problems), problems


def _check_origin(
    node: MappingNode, values: dict[str, Any], flat: dict[str, Any], faults: list[Fault]
) -> None:
    """Ask for a rejection, or for who made the introduction and when."""
    referred = "referred_by" in values
    if referred != ("since" in values):
        name, other = ("since", "referred_by") if referred else ("referred_by", "since")
        message = f"missing beside `{other}`"
        faults.append(
            Fault(node.start_mark, message, f"add the line `{name}: ...`", name)
        )
    elif not (flat or referred or values.get("rejections")):
        report_missing(node, _flat_required, flat, faults)
