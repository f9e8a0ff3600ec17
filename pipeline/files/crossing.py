"""What takes several files to see: addresses given twice, names that lead nowhere.

Pure, but for the reader it is handed to look up the place of a problem.
"""

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from pipeline.files.scalars import nearest, suggestion
from pipeline.files.yamltext import index_of_event, place_of
from pipeline.model import (
    FORGOTTEN,
    Contact,
    Problem,
    Settings,
    Severity,
    TrackerState,
)
from pipeline.planning import cadence

Read = Callable[[str], bytes | None]


class Names(Struct, frozen=True):
    """What there is to refer to, files that cannot be read included."""

    documents: frozenset[str]
    people: frozenset[str]


class Crossed(Struct):
    """The problems found, and the slugs that cannot be used because of them."""

    problems: tuple[Problem, ...]
    unusable: frozenset[str]


def across_files(
    contacts: Mapping[str, Contact],
    settings: Settings | None,
    state: TrackerState,
    names: Names,
    read: Read,
) -> Crossed:
    """Judge the files together; `read` fetches one to find a place in it.

    Without usable settings nobody can say which rhythms there are.
    """
    unusable: dict[str, Problem] = dict(_twins(contacts, state, read))
    known = cadence.names(settings) if settings else ()
    for slug, contact in contacts.items():
        if known and contact.cadence and contact.cadence not in known:
            unusable[slug] = _problem(
                read,
                f"contacts/{slug}.yml",
                ("cadence",),
                f"unknown (got '{contact.cadence}')",
                suggestion(contact.cadence, known),
            )
    problems = [*unusable.values()]
    for slug, contact in contacts.items():
        problems += _dead_ends(slug, contact, names, read)
    return Crossed(tuple(problems), frozenset(unusable))


def _twins(
    contacts: Mapping[str, Contact], state: TrackerState, read: Read
) -> Iterator[tuple[str, Problem]]:
    """Give the slugs whose address belongs to somebody else's file already."""
    with_issues = {
        key.split("/")[0] for key, each in state.issues.items() if each.number
    }
    owners: dict[str, str] = {}
    for slug, contact in contacts.items():
        if not contact.email:
            continue
        address = contact.email.casefold()
        owner = owners.setdefault(address, slug)
        if owner == slug:
            continue
        if slug in with_issues and owner not in with_issues:
            owners[address], owner, slug = slug, slug, owner  # noqa: PLW2901
        yield (
            slug,
            _problem(
                read,
                f"contacts/{slug}.yml",
                ("email",),
                f"the same address as in contacts/{owner}.yml (got '{contact.email}')",
                "one file per person; put this rejection under `rejections:` there",
            ),
        )


def _dead_ends(
    slug: str,
    contact: Contact,
    names: Names,
    read: Read,
) -> Iterator[Problem]:
    """Warn of documents and people that are named but not there."""
    path = f"contacts/{slug}.yml"
    for number, name in enumerate(contact.shared_before):
        if name not in names.documents:
            place: tuple[str | int, ...] = ("shared_before", number)
            yield _unknown_document(read, path, place, name, names)
    for number, event in enumerate(contact.history):
        if event.document and event.document not in names.documents:
            index = index_of_event(read(path) or b"", number)
            place = ("history", index, "document")
            yield _unknown_document(read, path, place, event.document, names)
    referrer = contact.referred_by
    if referrer and referrer != FORGOTTEN and referrer not in names.people:
        yield _problem(
            read,
            path,
            ("referred_by",),
            f"nobody by that name (got '{referrer}')",
            "write the file name of a person in contacts/, without .yml",
            Severity.WARNING,
        )


def _unknown_document(
    read: Read,
    path: str,
    place: tuple[str | int, ...],
    name: str,
    names: Names,
) -> Problem:
    known = sorted(names.documents)
    remedy = "write the file name of a document in portfolio/, without .yml"
    if 0 < len(known) < 30:
        remedy = suggestion(name, known)
    if place[0] == "history":
        near = nearest(name, known)
        meant = f"did you mean `{near}`?" if near else "was its file renamed?"
        remedy = f"{meant} Write its name of today; of one you deleted, leave it"
    message = f"no such document (got '{name}')"
    return _problem(read, path, place, message, remedy, Severity.WARNING)


def _problem(
    read: Read,
    path: str,
    place: tuple[str | int, ...],
    message: str,
    remedy: str,
    severity: Severity = Severity.ERROR,
) -> Problem:
    """Give a problem at the place where a field stands."""
    line, column = place_of(read(path) or b"", *place)
    names = (f"[{each}]" if isinstance(each, int) else f".{each}" for each in place)
    return Problem(
        path=path,
        line=line,
        column=column,
        field="".join(names).removeprefix("."),
        message=message,
        remedy=remedy,
        severity=severity,
    )
