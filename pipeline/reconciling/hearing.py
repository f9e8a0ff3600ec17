"""Commands that people wrote in comments ▸ orders, each carried out once; pure.

A comment that an answer of ours acknowledges is done with. Stops come first, whatever
else was said, except that an `/undo` never reaches what was said after it. What is said
of somebody whose file cannot be read waits until it can, and so does what is said of
the user while settings.yml cannot be.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

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
_OF_NOBODY = frozenset({"fix", "reject"})
SPOKEN = "command:"  # how the id of such a comment begins


def take_comments(work: Work, comments: Sequence[Comment], as_of: dt.date) -> None:
    """Carry out every command that is not acknowledged yet, stops first."""
    for each in _in_turn(list(_said(work, comments, as_of))):
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


def _said(work: Work, comments: Sequence[Comment], as_of: dt.date) -> Iterator[Said]:
    """Give what can be carried out; what was not understood, or waits, is answered.

    A comment is acknowledged whole, but line by line while one of them has to wait.
    """
    keys = {issue.number: key for key, issue in work.found.issues.items()}
    keys |= {twin.issue.number: twin.key for twin in work.found.twins}
    keys |= work.found.orphans
    for comment in comments:
        spoken = comment.id.startswith(SPOKEN)  # on the command line, not in an issue
        ack = comment.id if spoken else f"comment:{comment.id}"
        key = keys.get(comment.issue)
        if comment.ours or not comment.trusted or key is None or ack in work.done:
            continue
        day = min(comment.on or as_of, as_of)  # a head typed by hand may be ahead
        lines = _lines(work, comment, key, day)
        waiting = [] if spoken else [x for x in lines if _has_to_wait(work, key, x)]
        for line in lines:
            source = ack if spoken else f"{ack}:{line.line}"
            covers = source if waiting else ack  # what its answer acknowledges
            if source in work.done:
                continue
            if isinstance(line, Misread):
                work.found.replies.append(_misread(comment, covers, line))
                continue
            said = Said(line, comment.issue, key, source, covers, day, comment.at)
            if line in waiting:
                work.wait(said)
            else:
                yield said


def _has_to_wait(work: Work, key: str, line: Order | Misread) -> bool:
    """Say whether the file that a line is to be written into cannot be read."""
    if isinstance(line, Misread):
        return False
    if line.everyone:
        return not work.workspace.can_tell
    return _whose(line, key) in work.workspace.unread


def _whose(order: Order, key: str) -> str:
    """Give the slug of the one person an order is about; "" for anything else."""
    is_elsewhere = order.me is not None or order.everyone or order.verb in _OF_NOBODY
    if is_elsewhere or len(order.people) > 1:
        return ""
    return order.people[0] if order.people else slug_of(key)


def _lines(
    work: Work, comment: Comment, key: str, day: dt.date
) -> tuple[Order | Misread, ...]:
    people = _people(work) if key == FRONT_DESK else None
    documents = work.workspace.documents.keys()
    return read_comment(comment.text, today=day, documents=documents, people=people)


def _people(work: Work) -> list[Person]:
    """Give everybody a line can mean, also those whose file needs a hand first.

    Whose file is gone can still be meant by its name.
    """
    contacts, unread = work.workspace.contacts, work.workspace.unread
    people = [Person(slug, each.name) for slug, each in contacts.items()]
    people += [Person(slug, slug.replace("-", " ")) for slug in sorted(unread)]
    gone = {slug_of(key) for key in work.found.known} - contacts.keys() - unread
    return people + [Person(slug, "") for slug in sorted(gone - {FRONT_DESK})]


def _misread(comment: Comment, ack: str, line: Misread) -> Reply:
    return Reply(
        number=comment.issue,
        ack=ack,
        at=comment.at,
        kind=AnswerKind.MISREAD,
        line=line.text,
        detail=line.remedy,
    )


# --- who carries out what ------------------------------------------------------


def _carry_out(work: Work, said: Said) -> None:
    order, slug = said.order, _whose(said.order, said.key)
    taken_in = said.ack in work.workspace.state.owed
    if order.me is not None:
        _take_me(work, said)
    elif len(order.people) > 1:
        hold(work, said)
    elif slug and slug not in work.workspace.contacts:
        _take_without_file(work, said, slug)
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
        _take_for_person(work, said, slug)


def _take_for_person(work: Work, said: Said, slug: str) -> None:
    contact = work.workspace.contacts[slug]
    if said.order.undo:
        undo(work, said, slug)
    elif said.order.verb == "referred":
        take_referral(work, said, contact)
    else:
        take_event(work, said, contact)


def _take_without_file(work: Work, said: Said, slug: str) -> None:
    """Keep a stop of somebody whose file is gone; else say what to do."""
    is_broken = slug in work.workspace.unread  # on the command line alone: no waiting
    known = work.found.known.items()
    who = {each.who for key, each in known if each.who and slug_of(key) == slug}
    if said.order.verb == "stop" and who and not is_broken:
        work.carried.gone |= who
        work.reply(said, AnswerKind.KEPT, event=said.order.event)
        return
    detail = _MEND if is_broken else _NO_FILE
    work.reply(said, AnswerKind.REFUSED, slug=slug, detail=detail)


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
