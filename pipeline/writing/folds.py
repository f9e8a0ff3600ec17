"""The folded parts of a message's issue: at most four, each with one purpose.

What has to be done stands above them; nothing here is needed to send.
"""

from collections.abc import Iterator

from pipeline.model import (
    Candidate,
    Cause,
    Channel,
    Document,
    Rejection,
    Stage,
    Step,
)
from pipeline.writing.context import Context, so_far, step_name, titled
from pipeline.writing.dates import long_day
from pipeline.writing.drafts import Draft
from pipeline.writing.escape import code, fence, inline, link

MOST_BLOCKED = 3
_ENDED = {
    Cause.SOMEONE_HIRED: "someone else was chosen",
    Cause.INTERNAL_HIRE: "someone from inside was chosen",
    Cause.CANCELLED: "the position was withdrawn",
    Cause.FROZEN: "the position was put on hold",
}
_AFTER = {
    Stage.APPLICATION: "after the application",
    Stage.SCREENING: "after the first talk",
    Stage.INTERVIEW: "after the interview",
    Stage.FINAL: "after the final interview",
}


def folds(context: Context, text: Draft | None, document: Document | None) -> str:
    """Give the folds of an issue, without the empty ones."""
    parts = (
        _copy(context, text) if text else "",
        fold("Why now, what to check first, what comes next", _why(context)),
        _documents(context, document),
        with_commands(context),
    )
    return "\n".join(filter(None, parts))


def fold(summary: str, body: str) -> str:
    """Fold a text away under a line that says what it is; "" stays nothing."""
    if not body:
        return ""
    return f"<details><summary>{summary}</summary>\n\n{body}\n</details>"


# --- the text to copy ----------------------------------------------------------


def _copy(context: Context, text: Draft) -> str:
    if text.channel is Channel.EMAIL and text.gmail:
        to = code(context.contact.email or "")
        links = f"[Gmail]({text.gmail}) · [Outlook]({text.outlook})"
        head = f"To {to}, subject {code(text.subject)} · {links}"
        return fold(
            "Copy the text, or use Gmail or Outlook in the browser",
            f"{head}\n{fence(text.body)}",
        )
    if text.channel is Channel.POST:
        return ""
    head = f"Subject {code(text.subject)}\n" if text.subject else ""
    return fold("Copy the text", f"{head}{fence(text.body)}")


# --- why -----------------------------------------------------------------------


def _why(context: Context) -> str:
    return "\n".join(f"- {line}" for line in _reasons(context))


def _reasons(context: Context) -> Iterator[str]:
    touch, first = context.touch, context.first
    yield from _story(context)
    days = (
        f"Meant for {long_day(touch.window[0])} to {long_day(touch.window[1])}; "
        f"planned for {long_day(touch.target_on)}."
    )
    if touch.outside_window:
        days = f"Planned for {long_day(touch.target_on)}."
    reasons = " ".join(f"{inline(each).rstrip('.')}." for each in touch.reasons)
    yield f"{days} {reasons}".rstrip()
    yield from _checks(context)
    told = list(so_far(context))
    before = [
        titled(context.workspace.documents[name])
        for name in context.contact.shared_before
        if name in context.workspace.documents
    ]
    had = f" {first} has {', '.join(before)} from before." if before else ""
    yield f"Sent to {first} so far: {'; '.join(told) or 'nothing'}.{had}"
    if context.contact.notes:
        yield f"Your notes: {inline(context.contact.notes)}"
    yield from _next(context)


def _story(context: Context) -> Iterator[str]:
    rejection = context.standing.rejection
    if rejection is None:
        return
    company = inline(rejection.company or context.contact.company)
    day = f"{'about' if rejection.assumed else 'on'} {long_day(rejection.rejected_on)}"
    if rejection.cause is Cause.SILENCE:
        yield f"{company} has not answered {after(rejection)}; taken as a no {day}."
        return
    yield f"{company} said no {day}, {after(rejection)}{ended(rejection)}."


def after(rejection: Rejection) -> str:
    """Say how far it had come: after the interview."""
    return _AFTER[rejection.stage]


def ended(rejection: Rejection) -> str:
    """Say why it ended, behind the rest of a sentence; "" where nobody knows."""
    why = _ENDED.get(rejection.cause)
    return f"; {why}" if why else ""


def _checks(context: Context) -> Iterator[str]:
    rejection = context.standing.rejection
    if rejection and (rejection.company or context.contact.company) != (
        context.standing.company
    ):
        rejection = None  # they are elsewhere now
    again = since = ""
    if rejection and rejection.posting_url:
        again = (
            f", and whether {link('the position', rejection.posting_url)} is "
            "advertised again"
        )
    if rejection and rejection.reapply_after:
        since = f" You may apply there again from {long_day(rejection.reapply_after)}."
    yield (
        f"Ten seconds first: see that {context.first} is still there{again}. Gone: "
        f"comment `/left`, or `/moved` and the company.{since}"
    )
    if again or since:
        yield _applying_again(context)


def _applying_again(context: Context) -> str:
    """Offer the note that goes with a new application, made the usual way."""
    note = context.message(None, Channel.EMAIL, "reapply")
    with_it = ""
    if note.mailto:
        with_it = f", and [send these lines with it]({note.mailto}) instead of the text"
    return f"Applying there again: do it the usual way{with_it}; then comment `/sent`."


def _next(context: Context) -> Iterator[str]:
    after = context.following
    if after is None:
        return
    line = f"Next: {step_name(after)}, about {long_day(after.target_on)}."
    if after.step is Step.PORTFOLIO_NOTE:
        names = [after.document or "", *(each.document for each in context.choice.best)]
        documents = context.workspace.documents
        waiting = [
            documents[name]
            for name in names
            if name in documents and name != context.document
        ]
        if waiting:
            line += f" In line: {titled(waiting[0])}."
        elif context.document:
            line += " Nothing is in line for it yet: one page to write until then."
    yield line


# --- documents -----------------------------------------------------------------


def _documents(context: Context, document: Document | None) -> str:
    if context.touch.step is not Step.PORTFOLIO_NOTE:
        return ""
    by_hand = list(_by_hand(context, document))
    lines = [
        *_chosen(context, document),
        *_others(context),
        *_blocked(context),
        *by_hand,
    ]
    summary = "Another document instead" if document else "What there is, and why not"
    if by_hand:
        summary += ", or by post"
    return fold(summary, "\n".join(f"- {line}" for line in lines))


def _chosen(context: Context, document: Document | None) -> Iterator[str]:
    for each in context.choice.best:
        if document and each.document == document.id:
            yield f"{titled(document)} comes first: {_joined(each)}."


def _others(context: Context) -> Iterator[str]:
    for each in context.choice.best:
        document = context.workspace.documents.get(each.document)
        if document is None or each.document == context.document:
            continue
        text = context.message(document)
        name = titled(document)
        offer = f"[Send {name} instead]({text.mailto})" if text.mailto else name
        said = code(f"/sent with {document.id}")
        yield f"{offer}: {_joined(each)}. Then comment {said} and close."


def _blocked(context: Context) -> Iterator[str]:
    documents = context.workspace.documents
    shown = [
        f"{titled(documents[each.document])} ({_joined(each)})"
        for each in context.choice.blocked
        if each.document in documents
    ]
    more = len(shown) - MOST_BLOCKED
    if more > 0:
        shown[MOST_BLOCKED:] = [f"{more} more"]
    if shown:
        yield f"Not offered: {', '.join(shown)}."


def _joined(candidate: Candidate) -> str:
    return inline(", ".join(candidate.reasons) or "new to them")


def _by_hand(context: Context, document: Document | None) -> Iterator[str]:
    """Offer paper where a postal address is known and mail is the usual way."""
    if not (document and context.address and context.touch.channel is Channel.EMAIL):
        return
    note = context.message(document, Channel.POST).body
    yield (
        "On paper: print it, and stick a note on page 1, written by hand: "
        f"“{inline(note)}” To {context.address}. Then comment `/sent via post` and "
        "close."
    )


# --- what came back ------------------------------------------------------------


def with_commands(context: Context) -> str:
    """Give the fold that says what can be written when something happens."""
    first = context.first
    local = " (`./notyet comment`, its number, and the line in quotes)"
    where = f"Comment one of these here{local if context.local else ''}, even months "
    lines = [
        f"`/replied` and what {first} wrote · `/wait until May` if {first} named a "
        "time",
        "`/interview`, `/offer`, `/hired`: good news · `/referred` with a name and a "
        f"mail address: {first} sent you to someone",
        "`/bounced`, `/left`, `/moved` and the company: the address died, or "
        f"{first} moved on · `/undo` takes back the last of these",
        f"`/end`: you are done here, unasked · `/stop`: {first} asked not to be "
        "written to; final, everywhere",
    ]
    body = "\n".join(f"- {line}" for line in lines)
    summary = "Something came back, or something changed"
    return fold(summary, f"{where}after you closed it:\n{body}")
