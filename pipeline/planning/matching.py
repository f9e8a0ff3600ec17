"""Which document next, for whom, and why.

Hard filters first, then a score whose parts are ranked as the method ranks them; every
part says its reason. The user decides: this only proposes.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from pipeline.model import (
    Candidate,
    Choice,
    Contact,
    Document,
    DocumentKind,
    EventKind,
    Proof,
    Share,
    Standing,
    Workspace,
)
from pipeline.planning.companies import company_key
from pipeline.planning.days import add_months
from pipeline.planning.history import company_on

_K = EventKind
GIVEN = frozenset({_K.SENT, _K.SHARED})  # what puts a document into somebody's hands
AT_THE_COMPANY = 12  # months in which nobody else there gets the same document
SHORT = 4  # pages
PROPOSED = 3

# Each outweighs all that follow it.
OVERLAP, THIRD_PARTY, NEWER, OTHER_KIND, IS_SHORT = 16.0, 8.0, 4.0, 2.0, 1.0

NOT_CLEARED = {
    Share.PRIVATE: "it is marked private",
    Share.REDACT_FIRST: "something in it has to be blacked out first",
}
_WORD = re.compile(r"[\w+#]+")
_COMMON = frozenset(
    re.findall(
        r"\w+", "and are for from how into our that the their this what when with your"
    )
)


class _Offer(NamedTuple):
    """A document that may leave the house, as far as the score of it goes."""

    id: str
    date: dt.date
    kind: DocumentKind
    merit: float  # what speaks for it, whoever gets it


class _Offers(Struct, frozen=True):
    """What may leave the house in one language."""

    all: tuple[_Offer, ...]
    about: Callable[[frozenset[str]], frozenset[int]]  # words ▸ places in `all`


class Library(Struct):
    """The portfolio, and who has had what; made once for a run."""

    documents: Mapping[str, Document]
    sent_at: Mapping[
        str, tuple[tuple[dt.date, str, str], ...]
    ]  # company ▸ day, who, id
    words: Mapping[str, frozenset[str]]  # document ▸ what it is about
    offers: Mapping[str, _Offers]  # language ▸ what may leave the house

    @classmethod
    def of(cls, workspace: Workspace, standings: Mapping[str, Standing]) -> "Library":
        """Gather what was sent where from everyone's events in force."""
        sent_at: dict[str, list[tuple[dt.date, str, str]]] = {}
        for slug, found in standings.items():
            for event in found.in_force:
                if event.document and event.event in GIVEN:
                    contact = workspace.contacts[slug]
                    company = company_on(contact, found.in_force, event.date)
                    entry = (event.date, slug, event.document)
                    sent_at.setdefault(company_key(company), []).append(entry)
        documents = workspace.documents
        cleared: dict[str, list[Document]] = {}
        for each in documents.values():
            if each.share not in NOT_CLEARED:
                cleared.setdefault(_tongue(each.language), []).append(each)
        return cls(
            documents=documents,
            sent_at={key: tuple(entries) for key, entries in sent_at.items()},
            words={name: words_of(each.tags) for name, each in documents.items()},
            offers={tongue: _offers(each) for tongue, each in cleared.items()},
        )

    def choose(self, contact: Contact, standing: Standing, as_of: dt.date) -> Choice:
        """Give the best three documents with reasons, and the blocked ones with why."""
        ranked = self._best(contact, standing, as_of)
        wanted = wanted_words(contact, standing)
        had = had_by(contact, standing)
        whys = (
            (each.id, self.blocked(each, contact, standing, had, as_of))
            for each in self.documents.values()
        )
        return Choice(
            best=tuple(
                Candidate(
                    document=name,
                    score=-less,
                    reasons=self._reasons(self.documents[name], standing, wanted),
                )
                for less, name in ranked
            ),
            blocked=tuple(
                Candidate(document=name, reasons=(why,)) for name, why in whys if why
            ),
            ideas=() if ranked else ideas(contact, standing),
        )

    def proposed(
        self, contact: Contact, standing: Standing, as_of: dt.date
    ) -> tuple[str, ...]:
        """Give the ids of the best three alone, which is quick enough for everyone."""
        return tuple(name for _, name in self._best(contact, standing, as_of))

    def _best(
        self, contact: Contact, standing: Standing, as_of: dt.date
    ) -> list[tuple[float, str]]:
        """Give the best three that may be sent: score, negated, and id."""
        offers = self.offers.get(_tongue(contact.language))
        if offers is None:
            return []
        taken = had_by(contact, standing)
        taken.update([name for name, _ in self._there(contact, standing, as_of)])
        about = _overlaps(offers, _phrases(contact, standing))
        last = standing.messages[-1].date if standing.messages else dt.date.max
        last_kind = self._last_kind(standing)

        def scored(number: int) -> tuple[float, str]:
            offer = offers.all[number]
            score = OVERLAP * about[number] + offer.merit
            score += NEWER * (offer.date > last)
            score += OTHER_KIND * (last_kind not in (None, offer.kind))
            return -score, offer.id

        free = [n for n, each in enumerate(offers.all) if each.id not in taken]
        if len(free) > PROPOSED:  # fewer phrases than the third best lose anyway
            least = sorted([about[number] for number in free])[-PROPOSED]
            free = [number for number in free if about[number] >= least]
        return sorted(map(scored, free))[:PROPOSED]

    def left_for(self, contact: Contact, standing: Standing) -> tuple[str, ...]:
        """Give what may leave the house, in their language, and they do not have."""
        had = had_by(contact, standing)
        offers = self.offers.get(_tongue(contact.language))
        return tuple(e.id for e in offers.all if e.id not in had) if offers else ()

    def _last_kind(self, standing: Standing) -> DocumentKind | None:
        """Give the kind of the document that went out last, where it is known."""
        sent = [e.document for e in standing.messages if e.document]
        last = self.documents.get(sent[-1]) if sent else None
        return last.kind if last else None

    def _there(
        self, contact: Contact, standing: Standing, as_of: dt.date
    ) -> Iterator[tuple[str, dt.date]]:
        """Give what others at the company got within a year, and when."""
        entries = self.sent_at.get(company_key(standing.company))
        if entries:
            since = add_months(as_of, -AT_THE_COMPANY)
            for day, slug, name in entries:
                if slug != contact.slug and day > since:
                    yield name, day

    def blocked(
        self,
        document: Document,
        contact: Contact,
        standing: Standing,
        had: AbstractSet[str],
        as_of: dt.date,
    ) -> str:
        """Say why a document may not go to this person now; "" if it may."""
        if document.share in NOT_CLEARED:
            return NOT_CLEARED[document.share]
        if _tongue(document.language) != _tongue(contact.language):
            return f"it is written in another language ({document.language})"
        if document.id in had:
            return "they have it already"
        for name, day in self._there(contact, standing, as_of):
            if name == document.id:
                return f"a colleague there got it on {day}"
        return ""

    def _reasons(
        self, document: Document, standing: Standing, wanted: Mapping[str, str]
    ) -> tuple[str, ...]:
        """Say in words what a score counts."""
        reasons = []
        shared = sorted(self.words[document.id] & wanted.keys())
        if shared:
            about = dict.fromkeys(wanted[word] for word in shared)
            reasons.append(f"speaks to {' and '.join(list(about)[:2])}")
        if document.proof is Proof.THIRD_PARTY:
            reasons.append("somebody else vouches for it")
        last = standing.messages[-1] if standing.messages else None
        if last and document.date and document.date > last.date:
            reasons.append("newer than your last mail to them")
        if self._last_kind(standing) not in (None, document.kind):
            reasons.append("another kind than last time")
        if _is_short(document):
            reasons.append("short")
        return tuple(reasons)


def _offers(documents: Sequence[Document]) -> _Offers:
    by_word: dict[str, list[int]] = {}
    for number, each in enumerate(documents):
        for word in words_of(each.tags):
            by_word.setdefault(word, []).append(number)

    @lru_cache(maxsize=10_000)
    def about(words: frozenset[str]) -> frozenset[int]:
        return frozenset().union(*[by_word[w] for w in words if w in by_word])

    return _Offers(tuple(map(_offer, documents)), about)


def _overlaps(offers: _Offers, phrases: Iterable[str]) -> list[int]:
    """Count for each offer how many of somebody's phrases it speaks to.

    A word belongs to the first phrase that has it.
    """
    counts = [0] * len(offers.all)
    seen: set[str] = set()
    for phrase in phrases:
        words = _words_in(phrase)
        fresh = words if seen.isdisjoint(words) else words - seen
        for number in offers.about(fresh):
            counts[number] += 1
        seen |= words
    return counts


def _offer(document: Document) -> _Offer:
    vouched = document.proof is Proof.THIRD_PARTY
    return _Offer(
        document.id,
        document.date or dt.date.min,
        document.kind,
        THIRD_PARTY * vouched + IS_SHORT * _is_short(document),
    )


def _is_short(document: Document) -> bool:
    return document.pages is not None and document.pages <= SHORT


def _tongue(language: str) -> str:
    """Give a language without its country: en-GB and en are one."""
    return language.partition("-")[0]


@lru_cache(maxsize=10_000)
def _words_in(text: str) -> frozenset[str]:
    """Give the words of one text; people are described in few.

    A text of one word is a tag, and counts however short: `UX`, `R`.
    """
    words = _WORD.findall(text.casefold())
    if len(words) == 1:
        return frozenset(words)
    return frozenset(word for word in words if len(word) > 2) - _COMMON


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Give the words that carry meaning, folded for comparing."""
    return frozenset().union(*map(_words_in, texts))


def _phrases(contact: Contact, standing: Standing) -> list[str]:
    """Give what they needed and talked about, what weighs most first."""
    phrases: list[str] = []
    if standing.rejection:
        phrases += [*standing.rejection.needs, *standing.rejection.topics]
    for event in standing.in_force:
        if event.needs and event.event is _K.ASSESSED:
            phrases += event.needs
    phrases += contact.tags
    return phrases


def wanted_words(contact: Contact, standing: Standing) -> Mapping[str, str]:
    """Give each word of what they needed and talked about ▸ the phrase it is from."""
    phrases = _phrases(contact, standing)
    return {word: phrase for phrase in reversed(phrases) for word in _words_in(phrase)}


def had_by(contact: Contact, standing: Standing) -> set[str]:
    """Give the ids of the documents a person has, however they came by them."""
    sent = [e.document for e in standing.in_force if e.document and e.event in GIVEN]
    return {*contact.shared_before, *sent}


def ideas(contact: Contact, standing: Standing) -> tuple[str, ...]:
    """Give up to three things they cared about, to write about."""
    phrases = dict.fromkeys(wanted_words(contact, standing).values())
    return tuple(reversed(phrases))[:PROPOSED]
