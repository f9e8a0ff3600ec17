"""How far the portfolio reaches: who has had what, and who runs out when."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from pipeline.model import Schedule, Step, Workspace
from pipeline.planning import cadence
from pipeline.planning.days import add_months
from pipeline.planning.matching import (
    NOT_CLEARED,
    Library,
    had_by,
    wanted_words,
    words_of,
)


class Reach(Struct, frozen=True):
    """What is left for one person, and from when nothing is."""

    slug: str
    left: int  # documents they could still get
    runs_out_on: dt.date  # the day of the first note without one, as far as planned


class Gap(Struct, frozen=True):
    """Something people care about that no unsent document speaks to."""

    about: str
    people: tuple[str, ...]


class Runway(Struct, frozen=True):
    """The portfolio seen from its documents, from people, and from what is missing."""

    had: Mapping[str, tuple[str, ...]]  # document ▸ slugs
    reach: tuple[Reach, ...]  # soonest first
    gaps: tuple[Gap, ...]  # the one that would serve most people first


def runway(workspace: Workspace, schedule: Schedule) -> Runway:
    """Work out the reach of every document for everyone with a next message."""
    standings = schedule.standings
    library = Library.of(workspace, standings)
    had: dict[str, list[str]] = {name: [] for name in workspace.documents}
    for slug, found in standings.items():
        for name in had_by(workspace.contacts[slug], found):
            had.setdefault(name, []).append(slug)
    reach, missing = [], Counter[str]()
    people: dict[str, list[str]] = {}
    for touch in schedule.touches:
        if touch.step is Step.SELF_ASSESSMENT:
            continue
        contact, found = workspace.contacts[touch.slug], standings[touch.slug]
        theirs = had_by(contact, found)
        left = [
            document
            for document in library.documents
            if document.share not in NOT_CLEARED
            and document.language.partition("-")[0]
            == contact.language.partition("-")[0]
            and document.id not in theirs
        ]
        steps = cadence.steps_of(workspace.settings, found.cadence)
        pace = sum(steps[-1].months or (12, 12)) // 2
        notes = len(left) + (touch.step is Step.CHECK_IN)
        runs_out = add_months(touch.target_on, notes * pace)
        reach.append(Reach(touch.slug, len(left), runs_out))
        covered = words_of(tag for document in left for tag in document.tags)
        wanted = wanted_words(contact, found)
        open_phrases = {p for p in wanted.values() if not words_of([p]) & covered}
        for phrase in sorted(open_phrases):
            missing[phrase.casefold()] += 1
            people.setdefault(phrase.casefold(), []).append(touch.slug)
    reach.sort(key=lambda each: (each.runs_out_on, each.slug))
    ranked = sorted(missing.items(), key=lambda item: (-item[1], item[0]))
    return Runway(
        had={name: tuple(sorted(slugs)) for name, slugs in sorted(had.items())},
        reach=tuple(reach),
        gaps=tuple(Gap(about, tuple(people[about])) for about, _ in ranked),
    )
