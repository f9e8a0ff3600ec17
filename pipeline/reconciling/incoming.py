"""Issues that write a rejection down ▸ a file, one answer, then closed; pure.

The form, or a plain issue that begins with `/reject`. Whoever may not speak here is not
heard. What is amiss is answered once; editing the issue tries again.
"""

import datetime as dt
from collections.abc import Collection

from pipeline.model import Contact, IssueState, Rejection
from pipeline.reconciling.arrivals import write_down
from pipeline.reconciling.grammar import Misread, read_comment
from pipeline.reconciling.identity import digest
from pipeline.reconciling.intake import Amiss, Form, is_form, read_form
from pipeline.reconciling.newcomers import new_contact
from pipeline.reconciling.notebook import SETTINGS
from pipeline.reconciling.observe import Reply
from pipeline.reconciling.orders import Shut, Work
from pipeline.trackers.base import COMPLETED, NOT_PLANNED, Issue
from pipeline.writing.occasions import AnswerKind

COMMAND = "/reject"


def take_issues(work: Work, elsewhere: Collection[str], as_of: dt.date) -> None:
    """Write down every rejection that an open issue brings in.

    What another run may be answering is left open for it.
    """
    for issue in work.found.others:
        if issue.state is not IssueState.OPEN or not issue.trusted:
            continue
        if not issue.is_ours_to_read or source_of(issue) in elsewhere:
            continue
        line = _command_in(issue)
        if is_form(issue.body):
            _take_form(work, issue, as_of)
        elif line:
            _take_line(work, issue, line, as_of)


def source_of(issue: Issue) -> str:
    """Give the source of what an issue brings in, known for ever after."""
    return f"form:{issue.number}"


def _command_in(issue: Issue) -> str:
    """Give the first line of an issue if it is the command; its title may be it."""
    for text in (issue.body, issue.title):
        first = text.strip().partition("\n")[0].strip()
        if first.casefold().startswith(COMMAND):
            return first
    return ""


def _take_form(work: Work, issue: Issue, as_of: dt.date) -> None:
    form, amiss = read_form(issue.body, min(issue.created_on, as_of))
    if form is None:
        _say_amiss(work, issue, amiss)
        return
    titles = work.workspace.settings.privacy.titles
    is_new = not work.notebook.knows(source_of(issue))
    if form.titles is not None and form.titles is not titles and is_new:
        names = ("privacy", "titles")
        work.carried.values.append((SETTINGS, names, form.titles.value))
    _take(work, issue, _person(form, source_of(issue)))


def _person(form: Form, source: str) -> Contact:
    rejection = Rejection(
        position=form.position,
        rejected_on=form.rejected_on,
        stage=form.stage,
        cause=form.cause,
        topics=form.topics,
        source=source,
    )
    return Contact(
        slug="",
        name=form.name,
        company=form.company,
        email=form.email,
        rejections=(rejection,),
    )


def _take_line(work: Work, issue: Issue, line: str, as_of: dt.date) -> None:
    today = min(issue.created_on, as_of)
    read = read_comment(line, today=today, documents=(), people=())[0]
    if isinstance(read, Misread):
        ack = _ack_of_text(issue)
        reply = Reply(
            number=issue.number,
            ack=ack,
            kind=AnswerKind.MISREAD,
            line=read.text,
            detail=read.remedy,
        )
        work.say_once(reply)
        return
    newcomer = read.newcomer
    assert newcomer is not None
    assert newcomer.rejected_on is not None
    rejection = Rejection(
        position=newcomer.position,
        rejected_on=newcomer.rejected_on,
        source=source_of(issue),
    )
    _take(work, issue, new_contact(newcomer, rejection))


def _take(work: Work, issue: Issue, contact: Contact) -> None:
    """Write it down, owe the answer, and close the issue after it."""
    ack = source_of(issue)
    taken = write_down(work, contact)
    if ack not in work.done:
        reply = Reply(
            number=issue.number,
            ack=ack,
            kind=taken.kind,
            slug=taken.slug,
            new_slug=taken.new_slug,
        )
        work.found.replies.append(reply)
    written = taken.kind is AnswerKind.WELCOME
    reason = COMPLETED if written else NOT_PLANNED
    work.carried.shut.append(Shut(issue, taken.path, reason))


def _say_amiss(work: Work, issue: Issue, amiss: tuple[Amiss, ...]) -> None:
    reply = Reply(
        number=issue.number,
        ack=_ack_of_text(issue),
        kind=AnswerKind.AMISS,
        amiss=tuple((each.label, each.remedy) for each in amiss),
    )
    work.say_once(reply)


def _ack_of_text(issue: Issue) -> str:
    """Give what acknowledges this very text, so that an edit is answered anew."""
    text = "\n".join((issue.title, issue.body))
    return f"{source_of(issue)}:{digest(text)}"
