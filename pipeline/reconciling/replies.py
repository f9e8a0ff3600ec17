"""Which answers are owed, and what they need to be written; pure."""

import datetime as dt
from collections.abc import Mapping

from msgspec.structs import replace

from pipeline.files.schema import read_contact
from pipeline.model import Contact, EventKind, Problem, Step, Touch
from pipeline.planning.days import DAY
from pipeline.planning.everywhere import gather
from pipeline.planning.preview import preview
from pipeline.planning.standings import standing
from pipeline.reconciling.changes import ChangeSet
from pipeline.reconciling.identity import FRONT_DESK, slug_of
from pipeline.reconciling.newcomers import contact_file
from pipeline.reconciling.notebook import SETTINGS, contact_path
from pipeline.reconciling.observe import Reply
from pipeline.writing.answers import Answer, answer
from pipeline.writing.occasions import AnswerKind

_CLOSINGS = ("closed:", "tick:")
RECENT = 7 * DAY  # in which a no may still be answered
WITHIN = 6 * DAY  # in which a lost answer is made good; acknowledgements are seen


def owed(changes: ChangeSet, as_of: dt.date) -> list[Reply]:
    """Give the answers of this run, and those a run that died still owes."""
    replies = [each for each in changes.found.replies if each.ack not in changes.acked]
    ours = {each.ack for each in replies}
    for key, known in sorted(changes.known.items()):
        slug = slug_of(key)
        if key == FRONT_DESK or slug not in changes.workspace.contacts:
            continue
        if known.number is None or key not in changes.found.issues:
            continue
        for event in changes.workspace.contacts[slug].history:
            source = event.source or ""
            if (
                source.startswith(_CLOSINGS)
                and source.split(":")[1] == str(known.number)
                and event.date >= as_of - WITHIN
                and _may_be_owed(changes, source)
                and source not in (*changes.acked, *changes.elsewhere, *ours)
                and event in changes.notebook.in_force(slug)
            ):
                replies.append(
                    Reply(
                        number=known.number,
                        ack=source,
                        kind=AnswerKind.CLOSED,
                        slug=slug,
                        event=event,
                    )
                )
    return replies


def _may_be_owed(changes: ChangeSet, source: str) -> bool:
    """Say whether a run may have died before it answered.

    A folder is not written in one step, so there the histories alone tell.
    """
    return changes.owed_before is None or source in changes.owed_before


def reply_text(
    changes: ChangeSet,
    reply: Reply,
    refused: Mapping[str, Problem],
    as_of: dt.date,
) -> str:
    """Write one answer from what was understood and how things stand now."""
    workspace, plan = changes.workspace, changes.schedule
    path = contact_path(reply.slug) if reply.slug else SETTINGS
    if path in refused and reply.kind is not AnswerKind.MISREAD:
        refusal = Answer(kind=AnswerKind.REFUSED, detail=refused[path].remedy)
        return answer(workspace, refusal)
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


def _as_written(changes: ChangeSet, reply: Reply) -> Contact | None:
    """Give a person as the file will say it after this run."""
    for new in changes.carried.files:
        if new.contact.slug == reply.new_slug:
            data = contact_file(new.contact)
            return read_contact(data, new.path, new.contact.slug)[0]
    known = changes.workspace.contacts.get(reply.slug)
    if known is None:
        return None
    path = contact_path(known.slug)
    added = tuple(each for where, each in changes.carried.rejections if where == path)
    return replace(known, rejections=(*known.rejections, *added))
