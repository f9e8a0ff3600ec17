"""Which answers are owed, and what they need to be written; pure."""

import datetime as dt
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from pipeline.files.schema import read_contact
from pipeline.model import Contact, Event, EventKind, IssueState, Problem, Step, Touch
from pipeline.planning.days import DAY
from pipeline.planning.everywhere import gather
from pipeline.planning.preview import preview
from pipeline.planning.standings import standing
from pipeline.reconciling.changes import ChangeSet
from pipeline.reconciling.identity import key_parts, slug_of
from pipeline.reconciling.newcomers import contact_file
from pipeline.reconciling.notebook import SETTINGS, contact_path
from pipeline.reconciling.observe import Reply
from pipeline.writing.answers import Answer, answer
from pipeline.writing.mending import mending
from pipeline.writing.occasions import AnswerKind

RECENT = 7 * DAY  # in which a no may still be answered
_ACTS = frozenset({"closed", "tick", "reopened"})  # how their sources begin
WITHIN = 6 * DAY  # in which a lost answer is made good in a folder


def owed(changes: ChangeSet, as_of: dt.date) -> list[Reply]:
    """Give the answers of this run, and those a run that died still owes."""
    done = changes.acked | changes.elsewhere
    replies = [each for each in changes.found.replies if each.ack not in done]
    done |= {each.ack for each in replies}
    for key, known in sorted(changes.known.items()):
        if key not in changes.found.issues or known.number is None:
            continue
        contact = changes.workspace.contacts.get(slug_of(key))
        if contact is None:
            continue
        found = [
            *_of_histories(changes, contact, known.number, as_of),
            *_of_refusals(changes, key, known.number),
        ]
        replies += [each for each in found if each.ack not in done]
    return replies


def _of_histories(
    changes: ChangeSet, contact: Contact, number: int, as_of: dt.date
) -> Iterator[Reply]:
    """Give the answers to the acts on an issue that were recorded lately."""
    for event in contact.history:
        source = event.source or ""
        what, _, rest = source.partition(":")
        if what not in _ACTS or rest.partition(":")[0] != str(number):
            continue
        if not _may_be_owed(changes, event, as_of):
            continue
        kind, about = AnswerKind.CLOSED, event
        if what == "reopened":
            kind = AnswerKind.REOPENED
            about = next((e for e in contact.history if e.source == event.of), event)
        elif event not in changes.notebook.in_force(contact.slug):
            continue
        yield Reply(
            number=number, ack=source, kind=kind, slug=contact.slug, event=about
        )


def _may_be_owed(changes: ChangeSet, event: Event, as_of: dt.date) -> bool:
    """Say whether a run may have died before it answered.

    A folder is not written in one step, so there what was recorded lately tells.
    """
    if changes.owed_before is None:
        return event.date >= as_of - WITHIN
    return event.source in changes.owed_before


def _of_refusals(changes: ChangeSet, key: str, number: int) -> Iterator[Reply]:
    """Give the answers to reopenings that were not followed, and not answered yet."""
    parts = key_parts(key)
    assert parts is not None
    slug, ref = parts
    recorded = {event.source for event in changes.workspace.contacts[slug].history}
    for ack in changes.workspace.state.owed:
        if ack.startswith(f"reopened:{number}:") and ack not in recorded:
            verdict = changes.notebook.verdict(slug, ref)
            yield Reply(
                number=number,
                ack=ack,
                kind=AnswerKind.OLDER,
                slug=slug,
                event=verdict,
            )


def reply_text(
    changes: ChangeSet,
    reply: Reply,
    refused: Mapping[str, Problem],
    as_of: dt.date,
) -> str:
    """Write one answer from what was understood and how things stand now."""
    workspace, plan = changes.workspace, changes.schedule
    slug = reply.slug or reply.new_slug
    path = contact_path(slug) if slug else SETTINGS
    if path in refused and reply.kind is not AnswerKind.MISREAD:
        refusal = Answer(kind=AnswerKind.REFUSED, detail=refused[path].remedy)
        return answer(workspace, refusal)
    if reply.problem is not None:
        return mending(reply.problem, changes.edit_base, _open_for(changes, reply))
    event = reply.event
    if event is not None and event.event is EventKind.UNDONE:
        event = None
    said = Answer(
        kind=reply.kind,
        contact=workspace.contacts.get(reply.slug),
        standing=plan.standings.get(reply.slug),
        event=event,
        following=_next_of(changes, reply.slug),
        newcomer=reply.newcomer,
        line=reply.line,
        detail=reply.detail,
        candidates=reply.candidates,
        edit_base=changes.edit_base,
        amiss=reply.amiss,
        mended=changes.mended if reply.kind is AnswerKind.FIXED else (),
    )
    if reply.kind is AnswerKind.WELCOME:
        said = _welcomed(changes, reply, said, as_of)
    return answer(workspace, said)


def _next_of(changes: ChangeSet, slug: str) -> Touch | None:
    """Give a person's next message, with the document that is in line for it."""
    for touch in changes.schedule.touches:
        if touch.slug != slug or touch.step is Step.SELF_ASSESSMENT:
            continue
        if touch.step is not Step.PORTFOLIO_NOTE or touch.document:
            return touch
        best = changes.texts.choice(touch).best
        return replace(touch, document=best[0].document) if best else touch
    return None


def _welcomed(changes: ChangeSet, reply: Reply, said: Answer, as_of: dt.date) -> Answer:
    """Add the plan of somebody whose file is only just being written."""
    contact = _as_written(changes, reply)
    if contact is None:
        return said
    contacts = {**changes.workspace.contacts, contact.slug: contact}
    workspace = replace(changes.workspace, contacts=contacts)
    now = standing(contact, workspace, gather(workspace, as_of), as_of)
    no = now.rejection
    return replace(
        said,
        contact=contact,
        standing=now,
        plan=preview(workspace, contact.slug, as_of, changes.texts.holidays),
        recent=no is not None and as_of - no.rejected_on <= RECENT,
    )


def _open_for(changes: ChangeSet, reply: Reply) -> tuple[int, ...]:
    """Give the open issues of the person whose file a problem is about."""
    assert reply.problem is not None
    slug = reply.problem.path.removeprefix("contacts/").rpartition(".")[0]
    return tuple(
        sorted(
            known.number
            for key, known in changes.known.items()
            if slug_of(key) == slug
            and known.number is not None
            and known.wanted is IssueState.OPEN
        )
    )


def _as_written(changes: ChangeSet, reply: Reply) -> Contact | None:
    """Give a person as the file will say it after this run."""
    known = changes.workspace.contacts.get(reply.slug)
    for new in changes.carried.files:
        if new.contact.slug == reply.new_slug:
            data = contact_file(new.contact)
            known = read_contact(data, new.path, new.contact.slug)[0]
    if known is None:
        return None
    path = contact_path(known.slug)
    added = tuple(each for where, each in changes.carried.rejections if where == path)
    return replace(known, rejections=(*known.rejections, *added))
