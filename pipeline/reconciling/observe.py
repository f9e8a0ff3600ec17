"""What people did since we last looked: closings, reopenings, ticks; pure.

Acts of people are told from our own by generation: the state file holds what we last
decided, the marker what we last carried out. Commands are `orders`' business.
"""

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import (
    MESSAGE_STEPS,
    Contact,
    Event,
    EventKind,
    IssueState,
    Known,
    Step,
    TouchRef,
    Workspace,
)
from pipeline.planning.history import NEWER, rejection_in_force
from pipeline.reconciling.identity import (
    FRONT_DESK,
    Body,
    key_parts,
    slug_of,
    split_body,
)
from pipeline.reconciling.notebook import Notebook
from pipeline.trackers.base import COMPLETED, Issue, Observation
from pipeline.writing.answers import AnswerKind
from pipeline.writing.forms import read_assessment, read_call

_K = EventKind
OPEN, CLOSED = IssueState.OPEN, IssueState.CLOSED


class Reply(Struct, frozen=True, kw_only=True):
    """An answer that is owed: where, for what, and what it is about."""

    number: int
    ack: str
    kind: AnswerKind
    slug: str = ""
    event: Event | None = None
    newcomer: str = ""
    new_slug: str = ""
    line: str = ""  # MISREAD: what was written
    detail: str = ""  # MISREAD and REFUSED: what to write
    candidates: tuple[str, ...] = ()


class Recorded(Struct, frozen=True):
    """One event for the report."""

    key: str
    event: str
    source: str


class Findings(Struct):
    """What one look at the tracker means."""

    known: dict[str, Known]
    bodies: dict[str, Body]
    issues: dict[str, Issue]
    adopted: list[tuple[str, int]]
    twins: list[tuple[int, int]]  # a duplicate, and the number that stays
    replies: list[Reply]
    recorded: list[Recorded]


def match_issues(workspace: Workspace, observation: Observation) -> Findings:
    """Say which issue belongs to which follow-up: by number, else by marker."""
    known = {
        key: each
        for key, each in workspace.state.issues.items()
        if each.number not in observation.gone
    }
    found = Findings(known, {}, {}, [], [], [], [])
    numbers = {each.number: key for key, each in known.items() if each.number}
    for number, issue in sorted(observation.issues.items()):
        body = split_body(issue.body)
        key = numbers.get(number)
        if key is None:
            if body.marker is None or not issue.ours:
                continue
            key = body.marker.key
            if key != FRONT_DESK and slug_of(key) not in workspace.contacts:
                continue
            entry = known.get(key, Known())
            if entry.number is not None and entry.number in observation.issues:
                found.twins.append((number, entry.number))
                continue
            known[key] = replace(
                entry,
                number=number,
                claim=None,
                gen=max(entry.gen, body.marker.gen),
                seen=entry.seen or OPEN,
                wanted=entry.wanted or OPEN,
            )
            found.adopted.append((key, number))
        found.issues[key] = issue
        found.bodies[key] = body
    _follow_renames(workspace, found)
    return found


def _follow_renames(workspace: Workspace, found: Findings) -> None:
    """Move the keys of a file that was renamed: same history, or same address."""
    lost = {
        slug_of(key)
        for key in found.known
        if key != FRONT_DESK and slug_of(key) not in workspace.contacts
    } - workspace.frozen
    if not lost:
        return
    taken = {slug_of(key) for key in found.known} - lost
    for slug in sorted(lost):
        target = _renamed_to(workspace, found, slug, taken)
        if target is None:
            continue
        taken.add(target)
        for key in [key for key in found.known if slug_of(key) == slug]:
            moved = target + key[len(slug) :]
            found.known[moved] = found.known.pop(key)
            if key in found.issues:
                found.issues[moved] = found.issues.pop(key)
                found.bodies[moved] = found.bodies.pop(key)


def _renamed_to(
    workspace: Workspace, found: Findings, slug: str, taken: set[str]
) -> str | None:
    numbers = {
        str(each.number) for key, each in found.known.items() if slug_of(key) == slug
    }
    bodies = [
        body.managed for key, body in found.bodies.items() if slug_of(key) == slug
    ]
    for other, contact in workspace.contacts.items():
        if other in taken:
            continue
        sources = (e.source.split(":") for e in contact.history if e.source)
        if any(len(parts) > 1 and parts[1] in numbers for parts in sources):
            return other
        address = f"mailto:{contact.email}?" if contact.email else None
        if address and any(address in body for body in bodies):
            return other
    return None


# --- acts on issues ------------------------------------------------------------


def take_acts(
    workspace: Workspace, found: Findings, notebook: Notebook, as_of: dt.date
) -> None:
    """Understand every change of state that a person made, and every tick."""
    for key in sorted(found.issues):
        issue, known = found.issues[key], found.known[key]
        slug = slug_of(key)
        if (
            not issue.is_ours_to_read
            or slug in workspace.frozen - workspace.contacts.keys()
        ):
            continue
        if not _person_acted(issue, known, found.bodies[key]):
            if issue.state is OPEN:
                _tick(workspace, found, notebook, key, as_of)
            continue
        if key == FRONT_DESK or slug not in workspace.contacts:
            found.known[key] = replace(known, seen=issue.state)
            continue
        if issue.state is CLOSED:
            _closed(workspace, found, notebook, key, as_of)
        else:
            _reopened(found, notebook, key, as_of)


def _person_acted(issue: Issue, known: Known, body: Body) -> bool:
    """Tell a person's change of state from one of ours that is known."""
    wanted, seen = known.wanted or OPEN, known.seen or OPEN
    if body.marker is None:
        return issue.state not in (wanted, seen)
    carried_out = body.marker.gen == known.gen
    return issue.state is not (wanted if carried_out else seen)


def _decided(found: Findings, key: str, state: IssueState) -> None:
    """Follow a person's act: what they set is what is wanted."""
    known = found.known[key]
    seen = found.issues[key].state
    found.known[key] = replace(known, seen=seen, wanted=state, gen=known.gen + 1)


def _closed(
    workspace: Workspace, found: Findings, notebook: Notebook, key: str, as_of: dt.date
) -> None:
    issue = found.issues[key]
    parts = key_parts(key)
    assert parts is not None
    slug, ref = parts
    if notebook.verdict(slug, ref) is None:
        event = closing_event(
            workspace.contacts[slug], workspace, ref, found, key, as_of
        )
        if notebook.add(slug, event):
            assert event.source is not None
            found.recorded.append(Recorded(key, event.event, event.source))
            found.replies.append(
                Reply(
                    number=issue.number,
                    ack=event.source,
                    kind=AnswerKind.CLOSED,
                    slug=slug,
                    event=event,
                )
            )
    _decided(found, key, CLOSED)


def closing_event(
    contact: Contact,
    workspace: Workspace,
    ref: TouchRef,
    found: Findings,
    key: str,
    as_of: dt.date,
) -> Event:
    """Give the event that a person's closing of an issue means."""
    issue, body, gen = found.issues[key], found.bodies[key], found.known[key].gen
    day = issue.closed_on or as_of
    exact = "T" in issue.closing
    source = f"closed:{issue.number}:{issue.closing or day}{'' if exact else f':{gen}'}"
    done = issue.reason in (None, COMPLETED)
    if done and ref.step is Step.SELF_ASSESSMENT:
        said = read_assessment(body.yours)
        return Event(
            date=day,
            event=_K.ASSESSED,
            touch=ref,
            text=said.text or None,
            needs=said.needs,
            source=source,
        )
    if done and ref.step in MESSAGE_STEPS:
        name = body.marker.doc if body.marker else ""
        document = workspace.documents.get(name)
        return Event(
            date=day,
            event=_K.SENT,
            touch=ref,
            channel=contact.channel,
            document=name or None,
            sha256=document.sha256 if document else None,
            source=source,
        )
    ticked = read_call(body.yours) if done and ref.step is Step.YOUR_CALL else None
    if ticked:
        return Event(date=day, event=ticked[1], touch=ref, source=source)
    return Event(date=day, event=_K.SKIPPED, touch=ref, source=source)


def _reopened(found: Findings, notebook: Notebook, key: str, as_of: dt.date) -> None:
    issue, gen = found.issues[key], found.known[key].gen
    parts = key_parts(key)
    assert parts is not None
    slug, ref = parts
    source = f"reopened:{issue.number}:{gen}"
    verdict = notebook.verdict(slug, ref)
    if verdict is None:
        _decided(found, key, OPEN)
        return
    newest = verdict == notebook.newest_verdict(slug)
    by_newer = (verdict.source or "").startswith(NEWER)
    undone = newest and not by_newer and notebook.undo(slug, verdict, as_of, source)
    if undone:
        found.recorded.append(Recorded(key, _K.UNDONE, source))
    found.replies.append(
        Reply(
            number=issue.number,
            ack=source,
            kind=AnswerKind.REOPENED if undone else AnswerKind.OLDER,
            slug=slug,
            event=verdict,
        )
    )
    _decided(found, key, OPEN if undone else CLOSED)


def _tick(
    workspace: Workspace, found: Findings, notebook: Notebook, key: str, as_of: dt.date
) -> None:
    """Take the one box that is ticked in an open question as its answer."""
    parts = key_parts(key)
    if parts is None or parts[1].step is not Step.YOUR_CALL:
        return
    slug, ref = parts
    ticked = read_call(found.bodies[key].yours)
    if ticked is None or slug not in workspace.contacts or notebook.verdict(slug, ref):
        return
    number, gen = found.issues[key].number, found.known[key].gen
    source = f"tick:{number}:{ticked[0] + 1}{f':{gen}' if gen else ''}"
    event = Event(date=as_of, event=ticked[1], touch=ref, source=source)
    if notebook.add(slug, event):
        found.recorded.append(Recorded(key, event.event, source))
        found.replies.append(
            Reply(
                number=number,
                ack=source,
                kind=AnswerKind.CLOSED,
                slug=slug,
                event=event,
            )
        )
        _decided(found, key, CLOSED)


def take_newer_rejections(
    workspace: Workspace, found: Findings, notebook: Notebook, as_of: dt.date
) -> None:
    """Conclude what is left of a thread that a newer rejection has ended."""
    for key, known in sorted(found.known.items()):
        parts = key_parts(key)
        if parts is None or known.thread is None or parts[0] not in workspace.contacts:
            continue
        slug, ref = parts
        contact = workspace.contacts[slug]
        newest = rejection_in_force(contact, as_of)
        if newest is None or newest.rejected_on <= known.thread:
            continue
        if all(each.rejected_on != known.thread for each in contact.rejections):
            continue  # its date was corrected; the thread is the same
        if notebook.verdict(slug, ref) is None:
            source = f"{NEWER}{newest.rejected_on}"
            event = Event(date=as_of, event=_K.SKIPPED, touch=ref, source=source)
            if not _has(notebook, slug, ref, source):
                notebook.conclude(slug, event)
                found.recorded.append(Recorded(key, event.event, source))


def _has(notebook: Notebook, slug: str, ref: TouchRef, source: str) -> bool:
    return any(
        event.touch == ref and event.source == source
        for event in notebook.in_force(slug)
    )


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
