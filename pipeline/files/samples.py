"""Which people in contacts/ are those of the samples, who were never born.

Their issues would sit among real ones in a repository made from the template. Files
are compared by name and company; nothing is written.
"""

import os
from collections.abc import Iterator, Mapping

from pipeline.files.schema import read_contact
from pipeline.model import Contact, Problem

FOLDER = "examples"
_RESERVED = ("@example.com", "@example.net", "@example.org")  # nobody's, by RFC 2606


def invented_among(root: str, contacts: Mapping[str, Contact]) -> frozenset[str]:
    """Give the slugs of people who stand in `examples/` below `root` as well."""
    reserved = {
        slug
        for slug, each in contacts.items()
        if (each.email or "").endswith(_RESERVED)
    }
    found = set()
    for slug, place in _samples(root):
        if slug not in contacts and not reserved:
            continue
        sample = _read(place, slug)
        suspects = reserved | ({slug} & contacts.keys())
        found |= {each for each in suspects if sample == _who(contacts[each])}
    return frozenset(found)


def is_invented(slug: str) -> Problem:
    """Say that a file is one of the samples."""
    return Problem(
        path=f"contacts/{slug}.yml",
        message="this person is invented, and stands in examples/",
        remedy="delete the file; `./notyet demo` shows the samples",
    )


def _samples(root: str) -> Iterator[tuple[str, str]]:
    """Give slug and place of every person of the samples, sorted."""
    base = os.path.join(root, FOLDER)
    for story in sorted(os.listdir(base) if os.path.isdir(base) else ()):
        folder = os.path.join(base, story, "contacts")
        for name in sorted(os.listdir(folder) if os.path.isdir(folder) else ()):
            if name.endswith(".yml"):
                yield name.removesuffix(".yml"), os.path.join(folder, name)


def _read(place: str, slug: str) -> tuple[str, str] | None:
    with open(place, "rb") as file:
        contact, _ = read_contact(file.read(), place, slug)
    return _who(contact) if contact else None


def _who(contact: Contact) -> tuple[str, str]:
    return contact.name.casefold(), contact.company.casefold()
