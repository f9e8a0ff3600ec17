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


def _known_by(contact: Contact) -> Iterator[str]:
    """Give what a person is known by, the surest first.

    Name and company are always among it: somebody may come back with a new address.
    """
    yield from identities(contact)
    if contact.name:
        name = " ".join(contact.name.casefold().split())
        yield f"name:{name}@{company_key(contact.company)}"


def who_is(contact: Contact) -> str | None:
    """Give a short digest of a person's address, or of what else tells who they are.

    It stands beside the person's issues, and is all that is left where a file is gone.
    """
    surest = next(_known_by(contact), None)
    return digest("", surest)[:12] if surest else None


def person_digests(salt: str, contact: Contact) -> tuple[str, ...]:
    """Give the digests under which a person's wish is kept."""
    digests = [digest(salt, each) for each in _known_by(contact)]
    who = who_is(contact)
    return (*digests, digest_of_gone(salt, who)) if who else ()


def digest_of_gone(salt: str, who: str) -> str:
    """Give the digest for somebody of whom only `who_is` is known any more."""
    return digest(salt, f"who:{who}")


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
