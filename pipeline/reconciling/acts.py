"""What people did to issues since we last looked: closings, reopenings, ticks; pure.

Acts of people are told from our own by generation: the state file holds what we last
decided, the marker what we last carried out. Commands are `orders`' business.
"""

import datetime as dt

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
from pipeline.planning.history import NEWER, begun_on, rejection_in_force
from pipeline.reconciling.identity import (
    FRONT_DESK,
    Body,
    key_parts,
    slug_of,
    split_body,
)
from pipeline.reconciling.notebook import Notebook
from pipeline.reconciling.observe import Findings, Recorded, Reply, Twin
from pipeline.trackers.base import COMPLETED, DUPLICATE, Act, Issue
from pipeline.writing.forms import read_assessment, read_call
from pipeline.writing.occasions import AnswerKind

_K = EventKind
OPEN, CLOSED = IssueState.OPEN, IssueState.CLOSED


def take_acts(
    workspace: Workspace, found: Findings, notebook: Notebook, as_of: dt.date
) -> None:
    """Understand every change of state that a person made, and every tick."""
    unread = workspace.unread
    for key in sorted(found.issues):
        issue, known = found.issues[key], found.known[key]
        slug = slug_of(key)
        if not issue.is_ours_to_read or slug in unread:
            continue
        if not _person_acted(issue, known, found.bodies[key]):
            if issue.state is OPEN:
                _tick(workspace, found, notebook, key, as_of)
            continue
        if key == FRONT_DESK or slug not in workspace.contacts:
            found.known[key] = replace(known, seen=issue.state)
            continue
        if issue.state is CLOSED:
            day = _closed_on(issue, workspace.contacts[slug], known, as_of)
            _closed(workspace, found, notebook, key, day)
        else:
            _reopened(found, notebook, key, as_of)


def take_act(
    workspace: Workspace, found: Findings, notebook: Notebook, key: str, act: Act
) -> None:
    """Understand one act out of several, on the issue as it was then."""
    issue = found.issues[key]
    found.issues[key] = replace(
        issue,
        state=act.state,
        reason=act.reason,
        closing=act.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    if act.state is CLOSED:
        _closed(workspace, found, notebook, key, act.on)
    else:
        _reopened(found, notebook, key, act.on)
    found.issues[key] = issue
    found.known[key] = replace(found.known[key], seen=issue.state)


def take_twin(
    workspace: Workspace,
    found: Findings,
    notebook: Notebook,
    twin: Twin,
    as_of: dt.date,
) -> None:
    """Take a person's closing of a duplicate for one of the issue that stays."""
    issue, key = twin.issue, twin.key
    parts = key_parts(key)
    if issue.state is OPEN or issue.reason == DUPLICATE or parts is None:
        return
    if parts[0] not in workspace.contacts or notebook.verdict(*parts) is not None:
        return
    day = _closed_on(issue, workspace.contacts[parts[0]], found.known.get(key), as_of)
    event = _closing(workspace, found, key, issue, day)
    if _noted(found, notebook, key, issue, event):
        _decided(found, key, CLOSED)


def _closed_on(
    issue: Issue, contact: Contact, known: Known | None, as_of: dt.date
) -> dt.date:
    """Give the day of a closing; one before the no is a slip, and as good as none."""
    begun = begun_on(contact, known)
    day = issue.closed_on or as_of
    return as_of if begun is not None and day < begun else day


def _person_acted(issue: Issue, known: Known, body: Body) -> bool:
    """Tell a person's change of state from one of ours that is known."""
    if issue.acts is not None:
        return False  # they were asked for, and taken in
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
    workspace: Workspace, found: Findings, notebook: Notebook, key: str, day: dt.date
) -> None:
    issue = found.issues[key]
    parts = key_parts(key)
    assert parts is not None
    slug, ref = parts
    if notebook.verdict(slug, ref) is None:
        event = _closing(workspace, found, key, issue, day)
        _noted(found, notebook, key, issue, event)
    _decided(found, key, CLOSED)


def _noted(
    found: Findings, notebook: Notebook, key: str, issue: Issue, event: Event
) -> bool:
    """Note what a closing meant and owe an answer; say whether it is news."""
    slug = slug_of(key)
    if not notebook.add(slug, event):
        return False
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
    return True


def _closing(
    workspace: Workspace, found: Findings, key: str, issue: Issue, day: dt.date
) -> Event:
    """Give the event that a person's closing of an issue means."""
    parts = key_parts(key)
    assert parts is not None
    slug, ref = parts
    body = split_body(issue.body)
    exact = "T" in issue.closing or issue.number != found.known[key].number
    turn = "" if exact else f":{found.known[key].gen}"
    source = f"closed:{issue.number}:{issue.closing or day}{turn}"
    skipped = Event(date=day, event=_K.SKIPPED, touch=ref, source=source)
    if issue.reason not in (None, COMPLETED):
        return skipped
    if ref.step is Step.SELF_ASSESSMENT:
        said = read_assessment(body.yours)
        return replace(
            skipped, event=_K.ASSESSED, text=said.text or None, needs=said.needs
        )
    if ref.step in MESSAGE_STEPS:
        return replace(
            skipped,
            event=_K.SENT,
            channel=workspace.contacts[slug].channel,
            document=(body.marker.doc if body.marker else "") or None,
        )
    ticked = read_call(body.yours)
    return replace(skipped, event=ticked[1]) if ticked else skipped


def _reopened(found: Findings, notebook: Notebook, key: str, day: dt.date) -> None:
    issue, gen = found.issues[key], found.known[key].gen
    parts = key_parts(key)
    assert parts is not None
    slug, ref = parts
    source = f"reopened:{issue.number}:{gen}"
    verdict = notebook.verdict(slug, ref)
    if verdict is None:
        _decided(found, key, OPEN)
        return
    # Where the closing was only now noticed, nothing was built on it.
    newest = notebook.is_new(slug, verdict) or verdict == notebook.newest_verdict(slug)
    by_newer = (verdict.source or "").startswith(NEWER)
    undone = newest and not by_newer and notebook.undo(slug, verdict, day, source)
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
