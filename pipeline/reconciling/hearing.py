"""Commands that people wrote in comments ▸ orders, each carried out once; pure.

A comment that an answer of ours acknowledges is done with. Stops come first, whatever
else was said, except that an `/undo` never reaches what was said after it.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from msgspec.structs import replace

from pipeline.model import Workspace
from pipeline.reconciling.arrivals import take_referral, take_rejection
from pipeline.reconciling.grammar import Misread, Order, Person, read_comment
from pipeline.reconciling.happenings import hold, take_event, undo
from pipeline.reconciling.identity import FRONT_DESK, acks_in, slug_of
from pipeline.reconciling.notebook import SETTINGS
from pipeline.reconciling.observe import Reply
from pipeline.reconciling.orders import Answered, Said, Work
from pipeline.reconciling.vocabulary import TABLE
from pipeline.trackers.base import Comment
from pipeline.writing.occasions import AnswerKind

_MEND = "mend that person's file first; then write it again"
_NO_FILE = (
    "no file of that name is here now; put it back and write it again, or write it on "
    "the front desk, with the person's name, if the file has another name"
)
SPOKEN = "command:"  # how the id of such a comment begins


def take_comments(
    work: Work, comments: Sequence[Comment], acked: Collection[str], as_of: dt.date
) -> None:
    """Carry out every command that is not acknowledged yet, stops first."""
    for each in _in_turn(list(_said(work, comments, acked, as_of))):
        _carry_out(work, each)


def _in_turn(said: Sequence[Said]) -> list[Said]:
    """Put stops first, but not before an earlier `/undo` of the same person."""
    stops, others, undone = list[Said](), list[Said](), set[str]()
    for each in said:
        concerned = each.order.people or (slug_of(each.key),)
        if each.order.undo:
            undone.update(concerned)
        ahead = each.order.verb == "stop" and undone.isdisjoint(concerned)
        (stops if ahead else others).append(each)
    return stops + others


def acked_in(comments: Sequence[Comment]) -> frozenset[str]:
    """Give everything that a comment of ours answers already."""
    ours = (each for each in comments if each.ours)
    return frozenset(what for each in ours for what in acks_in(each.text))


def answered_in(comments: Sequence[Comment]) -> Answered:
    """Give by issue what comments of ours answer, and when."""
    found: dict[int, tuple[tuple[str, dt.date | None], ...]] = {}
    for each in comments:
        if each.ours:
            acks = tuple((what, each.on) for what in acks_in(each.text))
            found[each.issue] = found.get(each.issue, ()) + acks
    return found


def _said(
    work: Work, comments: Sequence[Comment], acked: Collection[str], as_of: dt.date
) -> Iterator[Said]:
    """Give what was said anew; what cannot be understood is owed an answer."""
    keys = {issue.number: key for key, issue in work.found.issues.items()}
    keys |= {twin.issue.number: twin.key for twin in work.found.twins}
    for comment in comments:
        spoken = comment.id.startswith(SPOKEN)  # on the command line, not in an issue
        ack = comment.id if spoken else f"comment:{comment.id}"
        key = keys.get(comment.issue)
        if comment.ours or not comment.trusted or key is None or ack in acked:
            continue
        day = min(comment.on or as_of, as_of)  # a head typed by hand may be ahead
        for line in _lines(work, comment, key, day):
            if isinstance(line, Order):
                source = ack if spoken else f"{ack}:{line.line}"
                yield Said(line, comment.issue, key, source, ack, day)
            else:
                work.found.replies.append(_misread(comment.issue, ack, line))


def _lines(
    work: Work, comment: Comment, key: str, day: dt.date
) -> tuple[Order | Misread, ...]:
    people = _people(work.workspace) if key == FRONT_DESK else None
    documents = work.workspace.documents.keys()
    return read_comment(comment.text, today=day, documents=documents, people=people)


def _people(workspace: Workspace) -> list[Person]:
    """Give everybody a line can mean, also those whose file needs a hand first."""
    known = [Person(slug, each.name) for slug, each in workspace.contacts.items()]
    unread = sorted(workspace.unread)
    return known + [Person(slug, slug.replace("-", " ")) for slug in unread]


def _misread(number: int, ack: str, line: Misread) -> Reply:
    return Reply(
        number=number,
        ack=ack,
        kind=AnswerKind.MISREAD,
        line=line.text,
        detail=line.remedy,
    )


# --- who carries out what ------------------------------------------------------


def _carry_out(work: Work, said: Said) -> None:
    order = said.order
    taken_in = said.ack in work.workspace.state.owed
    if order.me is not None:
        _take_me(work, said)
    elif len(order.people) > 1:
        hold(work, said)
    elif taken_in and not work.notebook.knows(said.source):
        # A run that died took it in, and it changed nothing. It must not do so now.
        work.reply(said, AnswerKind.NOTHING)
    elif order.verb == "fix":
        work.carried.fix = True
        work.reply(said, AnswerKind.FIXED)
    elif order.verb == "reject":
        take_rejection(work, said)
    elif order.everyone:
        _take_for_everyone(work, said)
    else:
        _take_for_person(work, said)


def _take_for_person(work: Work, said: Said) -> None:
    slug = said.order.people[0] if said.order.people else slug_of(said.key)
    contact = work.workspace.contacts.get(slug)
    if contact is None:
        detail = _MEND if slug in work.workspace.unread else _NO_FILE
        work.reply(said, AnswerKind.REFUSED, slug=slug, detail=detail)
    elif said.order.undo:
        undo(work, said, slug)
    elif said.order.verb == "referred":
        take_referral(work, said, contact)
    else:
        take_event(work, said, contact)


def _take_for_everyone(work: Work, said: Said) -> None:
    """Record what concerns the user and no single person."""
    assert said.order.event is not None
    event = replace(said.order.event, source=said.source)
    if work.workspace.settings.you is None:
        detail = f"say who signs first, like `{TABLE['me'].example}`"
        work.reply(said, AnswerKind.REFUSED, detail=detail)
        return
    if work.notebook.add_to_settings(event):
        work.report(said, event, slug="")
    work.reply(said, AnswerKind.ORDER, event=event)


def _take_me(work: Work, said: Said) -> None:
    me = said.order.me
    assert me is not None
    values = (
        (("you", "name"), me.name),
        (("you", "email"), me.email),
        (("timezone",), me.timezone),
    )
    work.carried.values += [(SETTINGS, n, v) for n, v in values if v]
    work.reply(said, AnswerKind.WELCOME, detail="me")
