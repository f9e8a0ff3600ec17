"""Which issue belongs to which follow-up: by number, marker or renamed file; pure.

What people did to the issues is `acts`' business, what they wrote is `orders`'.
"""

import datetime as dt
from collections.abc import Container, Mapping

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import Event, IssueState, Known, Problem, Workspace
from pipeline.planning.stops import who_is
from pipeline.reconciling.identity import FRONT_DESK, Body, slug_of, split_body
from pipeline.trackers.base import Issue, Observation
from pipeline.writing.occasions import AnswerKind

OPEN = IssueState.OPEN


class Reply(Struct, frozen=True, kw_only=True):
    """An answer that is owed: where, for what, and what it is about."""

    number: int
    ack: str
    kind: AnswerKind
    at: dt.datetime | None = None  # when it was said, as far as that is known
    slug: str = ""
    event: Event | None = None
    newcomer: str = ""
    new_slug: str = ""
    line: str = ""  # MISREAD: what was written
    detail: str = ""  # MISREAD and REFUSED: what to write
    candidates: tuple[str, ...] = ()
    amiss: tuple[tuple[str, str], ...] = ()  # AMISS: a box, and what to write into it
    problem: Problem | None = None  # PROBLEM


class Recorded(Struct, frozen=True):
    """One event for the report."""

    key: str
    event: str
    source: str


class Twin(Struct, frozen=True):
    """A second issue for a follow-up, and the number of the one that stays."""

    issue: Issue
    key: str
    keep: int


class Findings(Struct):
    """What one look at the tracker means."""

    known: dict[str, Known]
    bodies: dict[str, Body] = {}
    issues: dict[str, Issue] = {}
    adopted: list[tuple[str, int]] = []
    twins: list[Twin] = []
    replies: list[Reply] = []
    recorded: list[Recorded] = []
    others: list[Issue] = []  # no follow-ups, and nothing of ours
    orphans: dict[int, str] = {}  # closed ones of ours: number ▸ key of nobody known


def match_issues(
    workspace: Workspace, observation: Observation, left: int = 0
) -> Findings:
    """Say which issue belongs to which follow-up: by number, else by marker.

    Issues up to the number `left` were moved away from, and are nobody's any more.
    """
    known = {
        key: each
        for key, each in workspace.state.issues.items()
        if each.number not in observation.gone
    }
    found = Findings(known)
    numbers = {each.number: key for key, each in known.items() if each.number}
    for number, issue in sorted(observation.issues.items()):
        body = split_body(issue.body)
        key = numbers.get(number)
        if key is not None and found.known[key].number != number:
            key = None  # one with a lower number has taken its place
        if key is None and number > left:
            key = _adopted(workspace, found, issue, observation.issues)
        if key is not None:
            found.issues[key] = issue
            found.bodies[key] = body
        elif body.marker is None and number > left:
            found.others.append(issue)
    _follow_renames(workspace, found)
    return found


def _adopted(
    workspace: Workspace, found: Findings, issue: Issue, listed: Container[int]
) -> str | None:
    """Take in an issue of ours that is not in the map, and give its key.

    A second one for the same key is a twin: the lower number stays.
    """
    marker = split_body(issue.body).marker
    if marker is None or not issue.ours:
        return None
    key = marker.key
    is_known = key == FRONT_DESK or slug_of(key) in workspace.contacts
    is_claimed = key in found.known
    if not (is_known or is_claimed) and issue.state is not OPEN:
        found.orphans[issue.number] = key
        return None  # of somebody who is gone, perhaps to be forgotten
    entry = found.known.get(key, Known())
    other = entry.number
    if other is not None and (other < issue.number or other not in listed):
        found.twins.append(Twin(issue, key, other))
        return None
    found.known[key] = replace(
        entry,
        number=issue.number,
        claim=None,
        gen=max(entry.gen, marker.gen),
        seen=issue.state if other else entry.seen or OPEN,
        wanted=entry.wanted or OPEN,
    )
    found.adopted.append((key, issue.number))
    return key


def _follow_renames(workspace: Workspace, found: Findings) -> None:
    """Move the keys of a file that was renamed: same history, or same person.

    What is only claimed may still come to be under its old name, so that stays too;
    it goes last, and takes nobody's place.
    """
    lost = {
        slug_of(key)
        for key in found.known
        if key != FRONT_DESK and slug_of(key) not in workspace.contacts
    } - workspace.frozen
    if not lost:
        return
    numbered = {slug_of(key) for key, each in found.known.items() if each.number}
    taken = numbered - lost
    for slug in sorted(lost, key=lambda each: (each not in numbered, each)):
        target = _renamed_to(workspace, found, slug, taken)
        if target is None:
            continue
        taken.add(target)
        for key in [key for key in found.known if slug_of(key) == slug]:
            moved = target + key[len(slug) :]
            if found.known[key].number is None:
                found.known.setdefault(moved, found.known[key])
                continue
            found.known[moved] = found.known.pop(key)
            if key in found.issues:
                found.issues[moved] = found.issues.pop(key)
                found.bodies[moved] = found.bodies.pop(key)


def _renamed_to(
    workspace: Workspace, found: Findings, slug: str, taken: set[str]
) -> str | None:
    """Find the file that speaks of the same person, else holds the same history."""
    entries = {key: each for key, each in found.known.items() if slug_of(key) == slug}
    who = {each.who for each in entries.values() if each.who}
    opened = {
        str(each.number): found.issues[key].created_on
        if key in found.issues
        else dt.date.min
        for key, each in entries.items()
    }
    others = {o: c for o, c in workspace.contacts.items() if o not in taken}
    for other, contact in others.items():
        if who_is(contact) in who:
            return other
    for other, contact in others.items():
        if any(_is_act_on(event, opened) for event in contact.history):
            return other
    return None


def _is_act_on(event: Event, opened: Mapping[str, dt.date]) -> bool:
    """Say whether an entry tells of one of these issues: number ▸ when it opened.

    Where an inbox was begun anew, the same number was another issue before.
    """
    what, _, rest = (event.source or "").partition(":")
    day = opened.get(rest.partition(":")[0]) if what in _OF_ISSUES else None
    return day is not None and event.date >= day


_OF_ISSUES = frozenset({"closed", "reopened", "tick"})


def open_numbers(found: Findings) -> Mapping[str, tuple[int, dt.date]]:
    """Give the follow-ups whose issue is open and should be, with number and day."""
    return {
        key: (each.number, found.issues[key].created_on)
        for key, each in found.known.items()
        if each.number is not None
        and each.wanted is OPEN
        and key in found.issues
        and key != FRONT_DESK
    }
