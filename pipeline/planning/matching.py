"""Which document next, for whom, and why.

Hard filters first, then a score whose parts are ranked as the method ranks them; every
part says its reason. The user decides: this only proposes.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from pipeline.model import (
    Candidate,
    Choice,
    Contact,
    Document,
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
AT_THE_COMPANY = 12  # months in which nobody else there gets the same document
SHORT = 4  # pages
PROPOSED = 3

# Each outweighs all that follow it.
OVERLAP, THIRD_PARTY, NEWER, OTHER_KIND, IS_SHORT = 16.0, 8.0, 4.0, 2.0, 1.0

NOT_CLEARED = {
    Share.PRIVATE: "it is marked private",
    Share.REDACT_FIRST: "something in it has to be blacked out first",
}
_WORD = re.compile(r"[\w+#]{3,}")
_COMMON = frozenset(
    re.findall(
        r"\w+", "and are for from how into our that the their this what when with your"
    )
)


class Library(Struct):
    """The portfolio, and who has had what; made once for a run."""

    documents: tuple[Document, ...]
    sent_at: Mapping[
        str, tuple[tuple[dt.date, str, str], ...]
    ]  # company ▸ day, who, id
    words: Mapping[str, frozenset[str]]  # document ▸ what it is about

    @classmethod
    def of(cls, workspace: Workspace, standings: Mapping[str, Standing]) -> "Library":
        """Gather what was sent where from everyone's events in force."""
        sent_at: dict[str, list[tuple[dt.date, str, str]]] = {}
        for slug, found in standings.items():
            for event in found.messages:
                if event.document:
                    contact = workspace.contacts[slug]
                    company = company_on(contact, found.in_force, event.date)
                    entry = (event.date, slug, event.document)
                    sent_at.setdefault(company_key(company), []).append(entry)
        documents = tuple(workspace.documents.values())
        return cls(
            documents=documents,
            sent_at={key: tuple(entries) for key, entries in sent_at.items()},
            words={each.id: words_of(each.tags) for each in documents},
        )

    def choose(self, contact: Contact, standing: Standing, as_of: dt.date) -> Choice:
        """Give the best three documents with reasons, and the blocked ones with why."""
        wanted = wanted_words(contact, standing)
        had = had_by(contact, standing)
        best, blocked = [], []
        for document in self.documents:
            why = self.blocked(document, contact, standing, had, as_of)
            if why:
                blocked.append(Candidate(document=document.id, reasons=(why,)))
            else:
                best.append(self._judge(document, standing, wanted))
        best.sort(key=lambda each: (-each.score, each.document))
        return Choice(
            best=tuple(best[:PROPOSED]),
            blocked=tuple(blocked),
            ideas=() if best else ideas(contact, standing),
        )

    def blocked(
        self,
        document: Document,
        contact: Contact,
        standing: Standing,
        had: frozenset[str],
        as_of: dt.date,
    ) -> str:
        """Say why a document may not go to this person now; "" if it may."""
        if document.share in NOT_CLEARED:
            return NOT_CLEARED[document.share]
        if document.language.partition("-")[0] != contact.language.partition("-")[0]:
            return f"it is written in another language ({document.language})"
        if document.id in had:
            return "they have it already"
        since = add_months(as_of, -AT_THE_COMPANY)
        for day, slug, name in self.sent_at.get(company_key(standing.company), ()):
            if name == document.id and slug != contact.slug and day > since:
                return f"a colleague there got it on {day}"
        return ""

    def _judge(
        self, document: Document, standing: Standing, wanted: Mapping[str, str]
    ) -> Candidate:
        """Score a document that may be sent."""
        score, reasons = 0.0, []
        shared = sorted(self.words[document.id] & wanted.keys())
        if shared:
            score += OVERLAP * len(shared)
            about = dict.fromkeys(wanted[word] for word in shared)
            reasons.append(f"speaks to {' and '.join(list(about)[:2])}")
        if document.proof is Proof.THIRD_PARTY:
            score += THIRD_PARTY
            reasons.append("somebody else vouches for it")
        last = standing.messages[-1] if standing.messages else None
        if document.date and (last is None or document.date > last.date):
            score += NEWER if last else 0
            reasons += ["newer than your last mail to them"] if last else []
        if last and last.document and self._kind(last.document) != document.kind:
            score += OTHER_KIND
            reasons.append("another kind than last time")
        if document.pages and document.pages <= SHORT:
            score += IS_SHORT
            reasons.append("short")
        return Candidate(document=document.id, score=score, reasons=tuple(reasons))

    def _kind(self, name: str) -> str | None:
        return next((each.kind for each in self.documents if each.id == name), None)


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Give the words that carry meaning, folded for comparing."""
    found = (word for text in texts for word in _WORD.findall(text.casefold()))
    return frozenset(word for word in found if word not in _COMMON)


def wanted_words(contact: Contact, standing: Standing) -> Mapping[str, str]:
    """Give each word of what they needed and talked about ▸ the phrase it is from."""
    phrases: list[str] = []
    if standing.rejection:
        phrases += [*standing.rejection.needs, *standing.rejection.topics]
    for event in standing.in_force:
        if event.event is _K.ASSESSED:
            phrases += event.needs
    phrases += contact.tags
    return {word: phrase for phrase in reversed(phrases) for word in words_of([phrase])}


def had_by(contact: Contact, standing: Standing) -> frozenset[str]:
    """Give the ids of the documents a person has, however they came by them."""
    sent = (e.document for e in standing.in_force if e.event in (_K.SENT, _K.SHARED))
    return frozenset(contact.shared_before) | {each for each in sent if each}


def ideas(contact: Contact, standing: Standing) -> tuple[str, ...]:
    """Give up to three things they cared about, to write about."""
    phrases = dict.fromkeys(wanted_words(contact, standing).values())
    return tuple(reversed(phrases))[:PROPOSED]
