"""What gives a person away, and how a text loses it; pure.

A trace that somebody else in the workspace has as well, such as a shared company, is
theirs too and stays. It knows no file and no issue.
"""

import datetime as dt
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from msgspec import Struct

from pipeline.model import FORGOTTEN, Contact, Event, EventKind, You

SOMEONE = "someone"
REMOVED = "(removed)"
SHORTEST_WORDS = 12  # characters; what is shorter may be anybody's
_FIELD = re.compile(
    r"^\s*(?:-\s+)?(name|email|phone|linkedin|company|address_as|postal_address)"
    r":[ \t]*(.+?)[ \t]*(?:\s#.*)?$",
    re.MULTILINE,
)
_STOP = re.compile(r"\bevent:\s*[\"']?stop\b")


class Person(Struct, frozen=True, kw_only=True):
    """Everything known of somebody that could stand elsewhere."""

    slugs: tuple[str, ...]
    names: tuple[str, ...] = ()  # and ways to address them
    addresses: tuple[str, ...] = ()  # mail, profile, street
    phones: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    words: tuple[str, ...] = ()  # what they said

    def also(self, other: "Person") -> "Person":
        """Give what two files know of the same person."""
        pairs = {
            name: tuple(dict.fromkeys((*getattr(self, name), *getattr(other, name))))
            for name in self.__struct_fields__
        }
        return Person(**pairs)


def person_of(contact: Contact) -> Person:
    """Give what a file knows of somebody."""
    companies = [contact.company, *(each.company for each in contact.rejections)]
    words = []
    for event in contact.history:
        words += [event.text or "", event.reason or ""]
        if event.event is EventKind.MOVED:
            companies.append(event.company or "")
    handle = contact.linkedin.rstrip("/").rpartition("/in/")[2]
    called = contact.address_as if " " in contact.address_as.strip() else ""
    address = [
        contact.email or "",
        *(event.address or "" for event in contact.history),
        contact.linkedin,
        handle if len(handle) > 3 else "",
        *contact.postal_address.splitlines(),
    ]
    return Person(
        slugs=(contact.slug,),
        names=_some(contact.name, called),
        addresses=_some(*address),
        phones=_some(contact.phone),
        companies=_some(*companies),
        words=tuple(each for each in _some(*words) if len(each) >= SHORTEST_WORDS),
    )


def person_in(text: str, slug: str) -> Person:
    """Give what can be made out in a file that is written wrong."""
    found: dict[str, list[str]] = {}
    for name, value in _FIELD.findall(text):
        found.setdefault(name, []).append(value.strip("\"'"))
    return Person(
        slugs=(slug,),
        names=_some(*found.get("name", ())),
        addresses=_some(
            *(each for each in found.get("email", ()) if "@" in each),
            *found.get("linkedin", ()),
            *found.get("postal_address", ()),
        ),
        phones=_some(*found.get("phone", ())),
        companies=_some(*found.get("company", ())),
    )


def contact_in(text: str, slug: str) -> Contact:
    """Give as much of a contact as such a file shows, with a stop if it names one."""
    found = {name: value.strip("\"'") for name, value in _FIELD.findall(text)}
    said = Event(date=dt.date.min, event=EventKind.STOP)
    return Contact(
        slug=slug,
        name=found.get("name", ""),
        company=found.get("company", ""),
        email=found.get("email"),
        phone=found.get("phone", ""),
        linkedin=found.get("linkedin", ""),
        history=(said,) if _STOP.search(text) else (),
    )


def _some(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.strip() for each in texts if each.strip()))


class Traces(Struct, frozen=True):
    """One pattern for everything that gives somebody away."""

    person: Person
    pattern: re.Pattern[str]
    slug: re.Pattern[str]
    shared: tuple[str, ...]  # what stays, since others have it too

    def found_in(self, text: str) -> bool:
        """Say whether a text gives them away, also as it stands in links."""
        return any(self.pattern.search(each) for each in _readings(text))

    def struck(self, text: str) -> str:
        """Give a text with somebody else in their place."""
        text = self.slug.sub(FORGOTTEN, text)
        return self.pattern.sub(SOMEONE, text)

    def lines_without(self, text: str) -> str:
        """Give a text without every line that gives them away."""
        gone: set[int] = set()
        for found in self.pattern.finditer(text):
            first = text.count("\n", 0, found.start())
            gone.update(range(first, first + found[0].count("\n") + 1))
        lines = text.split("\n")
        return "\n".join(
            line
            for number, line in enumerate(lines)
            if number not in gone and not self.found_in(line)
        )


def _readings(text: str) -> Iterator[str]:
    """Give a text as written, and as a reader of links and Markdown sees it."""
    yield text
    if "%" in text:
        yield unquote(text)
    if "\\" in text or "&" in text:
        yield html.unescape(text.replace("\\", ""))


def traces_of(person: Person, others: Iterable[Contact], you: You | None) -> Traces:
    """Make the pattern, leaving out what somebody else has as well."""
    theirs = "\n".join(_known(others, you))
    parts: list[str] = []
    shared: list[str] = []
    for texts, part in (
        (person.slugs, _slug),
        (person.names, _phrase),
        (person.addresses, _phrase),
        (person.phones, _phone),
        (person.companies, _exactly),
        (person.words, _phrase),
    ):
        for text in texts:
            one = part(text)
            if re.search(one, theirs):
                shared.append(text)
            else:
                parts.append(one)
    parts.sort(key=len, reverse=True)
    slugs = "|".join(_slug(each) for each in person.slugs if each not in shared)
    return Traces(
        person,
        re.compile("|".join(parts) or r"(?!)"),
        re.compile(slugs or r"(?!)"),
        tuple(shared),
    )


def _known(others: Iterable[Contact], you: You | None) -> Iterator[str]:
    """Give what identifies everybody else."""
    for contact in others:
        person = person_of(contact)
        yield from (*person.slugs, *person.names, *person.addresses)
        yield from (*person.phones, *person.companies)
    if you is not None:
        yield from (you.name, you.email or "", you.phone, you.link or "")


def _slug(text: str) -> str:
    return rf"(?<![\w-]){re.escape(text)}(?![\w-])"


def _phrase(text: str) -> str:
    """Find a text whatever its case and wherever its lines break."""
    return f"(?i:{_exactly(text)})"


def _exactly(text: str) -> str:
    forms = {unicodedata.normalize(form, text) for form in ("NFC", "NFD")}
    parts = (r"\s+".join(map(re.escape, each.split())) for each in sorted(forms))
    return rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)"


def _phone(text: str) -> str:
    """Find a number however it is written, with and without its country."""
    digits = "".join(filter(str.isdigit, text))
    if len(digits) < 6:
        return _exactly(text)
    gap = r"[\s().\-/]{0,3}"
    core = gap.join(digits[-9:])
    return rf"(?<!\d)(?:\+?\(?(?:\d{gap}){{1,6}})?{core}(?!\d)|{_exactly(text)}"
