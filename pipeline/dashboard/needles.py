"""What must not stand on a published page: the strings that speak of a person; pure.

Everything is folded first, so that case, blanks and look-alike letters hide nothing.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from msgspec import Struct

from pipeline.model import Contact, Document, Share, Workspace

SHINGLE = 5  # words; a copied passage of nine or more holds at least one whole
SHORTEST = 4  # letters, of a word that is looked for beside its company
DIGITS = 7  # of a telephone number; shorter ones are in every text

_UNSEEN = "\u00ad\u200b\u200c\u200d\ufeff"
MOST_DIGITS = 17  # fifteen, behind two zeros; a drawing's path has more
_NUMBER = re.compile(r"[0-9][0-9 ().\-/\u2010-\u2015]{5,}[0-9]")
_NOT_DIGITS = re.compile("[^0-9]+")
ENDING = 9  # digits by which a longer number is known, with or without its country
_KEPT_PRIVATE = (Share.PRIVATE, Share.REDACT_FIRST)


class Pair(Struct, frozen=True):
    """A company and the words of a name, which are only telling side by side."""

    company: str
    words: tuple[str, ...]


class Needles(Struct, frozen=True):
    """Folded strings ▸ what each is, numbers without blanks, and pairs."""

    texts: dict[str, str]
    numbers: dict[str, str]
    pairs: tuple[Pair, ...]


def fold(text: str) -> str:
    """Make what looks alike alike; a megabyte takes some milliseconds."""
    if not text.isascii():
        if not unicodedata.is_normalized("NFKC", text):
            text = unicodedata.normalize("NFKC", text)
        for unseen in _UNSEEN:
            text = text.replace(unseen, " ")
    return squeezed(text)


def squeezed(text: str) -> str:
    """Make case and blanks alike and nothing else: enough for what was decoded."""
    return " ".join(text.casefold().split())


def endings_of_numbers(folded: str) -> Iterator[str]:
    """Give how every telephone number in a text may end, without what stands between.

    What is written by itself is the whole number, or the end of a longer one.
    """
    for found in _NUMBER.findall(folded):
        digits = _NOT_DIGITS.sub("", found)
        if len(digits) <= MOST_DIGITS:
            yield from (digits[-many:] for many in range(DIGITS, ENDING + 1))


def needles_of(workspace: Workspace, allowed: Iterable[Workspace] = ()) -> Needles:
    """Gather what speaks of a workspace's people; `allowed` are invented ones."""
    texts: dict[str, str] = {}
    numbers: dict[str, str] = {}
    pairs: list[Pair] = []
    for contact in workspace.contacts.values():
        texts |= dict(_texts(contact))
        numbers |= dict(_numbers(contact))
        pairs += _pairs(contact)
    for document in workspace.documents.values():
        texts |= dict(_document(document))
    for sample in allowed:
        known, names = needles_of(sample), _words_of_names(sample)
        texts = {each: kind for each, kind in texts.items() if not _listed(each, names)}
        texts = {each: kind for each, kind in texts.items() if each not in known.texts}
        numbers = {n: kind for n, kind in numbers.items() if n not in known.numbers}
        pairs = [each for each in pairs if each not in known.pairs]
    return Needles(texts, numbers, tuple(pairs))


def _words_of_names(workspace: Workspace) -> set[str]:
    names = (fold(each.name) for each in workspace.contacts.values())
    return {word for name in names for word in name.split()}


def _listed(text: str, names: set[str]) -> bool:
    """Say whether a name that is turned round may be the end and begin of two others.

    In a list of invented people, "Ruth Mbeki, Theo Marchetti", stands "Mbeki, Theo".
    """
    last, comma, first = text.partition(", ")
    return bool(comma) and {*last.split(), *first.split()} <= names


def _texts(contact: Contact) -> Iterator[tuple[str, str]]:
    name = fold(contact.name).strip()
    words = name.split()
    if len(words) > 1:
        yield name, "a name"
        yield f"{words[-1]}, {' '.join(words[:-1])}", "a name"
    if "-" in contact.slug:
        yield contact.slug, "the name of a file"
    addresses = [contact.email, *(e.address for e in contact.history if e.address)]
    for address in filter(None, addresses):
        yield fold(address), "a mail address"
    profile = fold(contact.linkedin).rstrip("/").rpartition("/in/")[2]
    if len(profile) >= SHORTEST:
        yield f"/in/{profile}", "a profile"
    if len(contact.postal_address.split()) > 1:
        yield fold(contact.postal_address).strip(), "a postal address"
    for text in (contact.notes, *(e.text for e in contact.history if e.text)):
        for shingle in shingles(text):
            yield shingle, "a note"


def shingles(text: str) -> Iterator[str]:
    """Give every fifth run of five words."""
    words = fold(text).split()
    for start in range(0, len(words) - SHINGLE + 1, SHINGLE):
        yield " ".join(words[start : start + SHINGLE])


def _numbers(contact: Contact) -> Iterator[tuple[str, str]]:
    number = _NOT_DIGITS.sub("", fold(contact.phone))
    if len(number) >= DIGITS:
        yield number[-ENDING:], "a telephone number"


def _pairs(contact: Contact) -> Iterator[Pair]:
    words = tuple(w for w in fold(contact.name).split() if len(w) >= SHORTEST)
    moved = (event.company for event in contact.history if event.company)
    for company in dict.fromkeys((contact.company, *moved)):
        if words:
            yield Pair(fold(company).strip(), words)


def _document(document: Document) -> Iterator[tuple[str, str]]:
    if document.share in _KEPT_PRIVATE and len(document.title.split()) > 1:
        yield fold(document.title).strip(), "the title of a private document"
