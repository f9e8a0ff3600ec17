"""Who asked not to be written to: by file, by address, and by digest for ever.

The digests keep a request alive after the person's file is gone, without keeping the
person: they are salted, and made of what identifies somebody.
"""

import unicodedata
from collections.abc import Iterator

from pipeline.model import Contact, Stopped
from pipeline.planning.companies import company_key


def identities(contact: Contact) -> Iterator[str]:
    """Give what makes two files the same person, each with its kind."""
    if contact.email:
        yield f"mail:{contact.email.casefold()}"
    phone = "".join(filter(str.isdigit, contact.phone))
    if len(phone) >= 6:
        yield f"phone:{phone[-9:]}"
    profile = contact.linkedin.casefold().rstrip("/").rpartition("/in/")[2]
    if profile:
        yield f"linkedin:{profile}"


def digest(salt: str, text: str) -> str:
    """Give the salted SHA-256 of a text, in hexadecimal."""
    import hashlib  # noqa: PLC0415 - few have asked

    folded = unicodedata.normalize("NFKC", text)
    return hashlib.sha256(f"{salt}\0{folded}".encode()).hexdigest()


def person_digests(salt: str, contact: Contact) -> tuple[str, ...]:
    """Give the digests under which a person's wish is kept.

    Name and company are always among them: somebody may come back with a new address.
    """
    known = list(identities(contact))
    if contact.name:
        name = " ".join(contact.name.casefold().split())
        known.append(f"name:{name}@{company_key(contact.company)}")
    return tuple(digest(salt, each) for each in known)


def company_digest(salt: str, company: str) -> str:
    """Give the digest under which a whole company's wish is kept."""
    return digest(salt, f"company:{company_key(company)}")


def is_stopped(stopped: Stopped, contact: Contact, company: str) -> bool:
    """Say whether the kept digests cover this person at this company."""
    if stopped.people and not set(stopped.people).isdisjoint(
        person_digests(stopped.salt, contact)
    ):
        return True
    return bool(stopped.companies) and (
        company_digest(stopped.salt, company) in stopped.companies
    )
