"""How far the portfolio reaches: who has had what, and who runs out when."""

import datetime as dt
from collections.abc import Mapping
from itertools import islice

from msgspec import Struct

from pipeline.model import Schedule, Step, Workspace
from pipeline.planning.everywhere import gather
from pipeline.planning.matching import Library, had_by, wanted_words, words_of
from pipeline.planning.threads import note_days


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
    everywhere = gather(workspace, schedule.as_of)
    had: dict[str, list[str]] = {name: [] for name in workspace.documents}
    for slug, found in standings.items():
        for name in had_by(workspace.contacts[slug], found):
            had.setdefault(name, []).append(slug)
    reach: list[Reach] = []
    missing: dict[str, list[str]] = {}  # what it is about ▸ slugs
    for touch in schedule.touches:
        if touch.step is Step.SELF_ASSESSMENT:
            continue
        contact, found = workspace.contacts[touch.slug], standings[touch.slug]
        left = library.left_for(contact, found)
        notes = note_days(
            contact, found, workspace.settings, everywhere, touch.target_on
        )
        reach.append(Reach(touch.slug, len(left), next(islice(notes, len(left), None))))
        covered = frozenset().union(*(library.words[name] for name in left))
        for about in _not_covered(covered, wanted_words(contact, found)):
            missing.setdefault(about, []).append(touch.slug)
    reach.sort(key=lambda each: (each.runs_out_on, each.slug))
    ranked = sorted(missing.items(), key=lambda item: (-len(item[1]), item[0]))
    return Runway(
        had={name: tuple(sorted(slugs)) for name, slugs in sorted(had.items())},
        reach=tuple(reach),
        gaps=tuple(Gap(about, tuple(sorted(slugs))) for about, slugs in ranked),
    )


def _not_covered(covered: frozenset[str], wanted: Mapping[str, str]) -> set[str]:
    """Give what somebody cares about and no document left for them speaks to."""
    phrases = set(wanted.values())
    return {each.casefold() for each in phrases if not words_of([each]) & covered}
