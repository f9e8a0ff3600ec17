"""An address book (vCard 4.0, RFC 6350), its lines made by the icalendar library; pure.

It holds how somebody is reached, and nothing of what happened.
"""

import datetime as dt
from collections.abc import Iterator

from pipeline.model import Contact, Workspace
from pipeline.planning.history import company_on, in_force


def cards(workspace: Workspace, as_of: dt.date) -> bytes:
    """Give one card for every person, with the company they are at on a day."""
    return b"".join(_card(each, as_of) for each in workspace.contacts.values())


def _card(contact: Contact, as_of: dt.date) -> bytes:
    from icalendar import Component  # noqa: PLC0415 - slow to import
    from icalendar.prop import vInline, vText  # noqa: PLC0415

    class Card(Component):
        name = "VCARD"

    company = company_on(contact, in_force(contact.history, as_of), as_of)
    card = Card()
    for name, value in _values(contact, company):
        if isinstance(value, tuple):  # parted by semicolons, each escaped for itself
            parts = (vText(part).to_ical().decode() for part in value)
            card.add(name, vInline(";".join(parts)))
        elif value:
            card.add(name, vText(value))
    data: bytes = card.to_ical(sorted=False)
    return data


def _values(
    contact: Contact, company: str
) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    yield "version", "4.0"
    yield "kind", "individual" if contact.name else "org"
    yield "uid", f"not-yet:{contact.slug}"
    yield "fn", contact.name or company
    if contact.name:
        given, _, family = contact.name.rpartition(" ")
        yield "n", (family, given, "", "", "")
    yield "org", (company,)
    yield "title", contact.title
    yield "email", contact.email or ""
    yield "tel", contact.phone
    yield "url", contact.linkedin
    if contact.postal_address:
        street = contact.postal_address.strip()
        yield "adr", ("", "", street, "", "", "", "")
    yield "lang", contact.language
    for tag in contact.tags:
        yield "categories", tag
    yield "note", contact.notes
