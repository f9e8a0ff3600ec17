"""New people: the name of a file, and what stands in it at first; pure."""

import re
from collections.abc import Collection

from msgspec import Struct

from pipeline.files.events import write_scalar
from pipeline.model import Contact, Rejection
from pipeline.planning.companies import company_key
from pipeline.reconciling.meanings import Newcomer

LONGEST = 60
MODELINE = "# yaml-language-server: $schema=../schemas/contact.schema.json"


class NewFile(Struct, frozen=True):
    """A contact's file to make."""

    path: str
    contact: Contact


def slug_for(name: str, company: str, taken: Collection[str]) -> str:
    """Name a file after a person, in plain letters, with -2 on a clash."""
    from anyascii import anyascii  # noqa: PLC0415 - only for new people

    plain = re.sub(r"[^a-z0-9]+", "-", anyascii(name or company).lower()).strip("-")
    base = plain[:LONGEST].strip("-") or "somebody"
    slug, number = base, 1
    while slug in taken:
        number += 1
        tail = f"-{number}"
        slug = f"{base[: LONGEST - len(tail)]}{tail}"
    return slug


def known_among(
    people: Collection[Contact], name: str, email: str | None, company: str
) -> Contact | None:
    """Give whom we have already: by mail address, else by name and company."""
    address = (email or "").casefold()
    for each in people:
        if address and (each.email or "").casefold() == address:
            return each
    for each in people:
        if (
            name
            and each.name.casefold() == name.casefold()
            and company_key(each.company) == company_key(company)
            and not (address and each.email)  # two addresses are two people
        ):
            return each
    return None


def new_contact(newcomer: Newcomer, rejection: Rejection | None) -> Contact:
    """Give what is known of a new person; the slug is the caller's to choose."""
    return Contact(
        slug="",
        name=newcomer.name,
        company=newcomer.company,
        email=newcomer.email,
        rejections=(rejection,) if rejection else (),
    )


def contact_file(contact: Contact) -> bytes:
    """Write a new person's file, with remarks on what else can be said."""
    lines = [MODELINE, ""]
    fields = {
        "name": contact.name,
        "company": contact.company,
        "email": contact.email or "",
        "address_as": contact.address_as,
        "referred_by": contact.referred_by or "",
        "since": str(contact.since or ""),
    }
    for rejection in contact.rejections[:1]:
        fields |= {
            "position": rejection.position,
            "rejected_on": str(rejection.rejected_on),
            "stage": "" if rejection.stage == "interview" else rejection.stage.value,
            "cause": "" if rejection.cause == "unknown" else rejection.cause.value,
            "source": rejection.source or "",
        }
    for name, value in fields.items():
        if value:
            plain = name in ("since", "rejected_on")
            lines.append(f"{name}: {value if plain else write_scalar(value)}")
    for rejection in contact.rejections[:1]:
        if rejection.topics:
            topics = ", ".join(map(write_scalar, rejection.topics))
            lines.append(f"topics: [{topics}]")
    given = {line.partition(":")[0] for line in lines}
    left = (f"# {name}: {v}" for name, v in _REMARKS.items() if name not in given)
    return "\n".join([*lines, "", _QUIET, *left, ""]).encode()


_QUIET = "# What helps, when you have a quiet minute (delete the # in front):"
_REMARKS = {
    "topics": '["what you spoke about"]   # stands after "what you said about"',
    "needs": '["what they needed most"]   # helps to choose documents',
    "cause": "someone_hired    # or internal_hire, cancelled, frozen, silence",
    "stage": "interview        # or application, screening, final",
    "address_as": "First       # what stands after Hello",
}
