"""Issues: title, the part that is ours, and the part to fill in.

What has to be done fits the first screen of a phone; everything else is folded. No
text depends on the day it is made, so that a quiet day changes nothing.
"""

import datetime as dt

from msgspec import Struct

from pipeline.model import (
    Channel,
    Choice,
    Contact,
    Document,
    EventKind,
    Standing,
    Step,
    Titles,
    Touch,
    Workspace,
)
from pipeline.writing.drafts import Draft, draft, kind_of, turn_of
from pipeline.writing.escape import fence, harmless, inline, link, quote
from pipeline.writing.forms import assessment_form, call_form

LONGEST_TITLE = 200  # characters


class IssueText(Struct, frozen=True):
    """What an issue says: `managed` is ours without marks, `yours` to be filled in."""

    title: str
    managed: str
    yours: str = ""


class Context(Struct, frozen=True, kw_only=True):
    """Everything the text of one follow-up may need; never the day it is made."""

    workspace: Workspace
    contact: Contact
    standing: Standing
    touch: Touch
    choice: Choice = Choice()
    document: str | None = None  # the one fixed for this issue
    following: Touch | None = None
    tracker: str = "local"


def issue_text(context: Context) -> IssueText:
    """Write the issue of any follow-up."""
    step = context.touch.step
    if step is Step.SELF_ASSESSMENT:
        text = _self_assessment(context)
    elif step is Step.YOUR_CALL:
        text = _your_call(context)
    elif step is Step.PORTFOLIO_NOTE and not context.document:
        text = _create_document(context)
    else:
        text = _message(context)
    return IssueText(text.title, harmless(text.managed), text.yours)


# --- titles --------------------------------------------------------------------


def title_of(context: Context, what: str) -> str:
    """Put together what, whom and until when, the person first to be seen."""
    titles = context.workspace.settings.privacy.titles
    whom = shown_name(context.contact, titles)
    where = "" if titles is Titles.INITIALS else f" · {context.touch.company}"
    until = f" · by {short_day(context.touch.due_by)}"
    text = " ".join(f"{what} {whom}{where}".split())
    return f"{text[: LONGEST_TITLE - len(until)]}{until}"


def shown_name(contact: Contact, titles: Titles) -> str:
    """Give a name for a title: in full, or as initials."""
    name = contact.name or contact.company
    if titles is Titles.FULL:
        return name
    return " ".join(f"{word[0]}." for word in name.split())


def short_day(day: dt.date) -> str:
    """Write a day for a title: 20 Mar."""
    return f"{day.day} {day.strftime('%b')}"


def long_day(day: dt.date) -> str:
    """Write a day for a sentence: 20 March 2026."""
    return f"{day.day} {day.strftime('%B')} {day.year}"


def _chosen(context: Context) -> Document | None:
    return context.workspace.documents.get(context.document or "")


# --- a message -----------------------------------------------------------------

_WHAT = {
    Channel.EMAIL: "A short mail to",
    Channel.LINKEDIN: "A LinkedIn note to",
    Channel.POST: "A letter to",
}


def _message(context: Context) -> IssueText:
    document = _chosen(context)
    text = _draft(context, document)
    touch = context.touch
    what = _WHAT[touch.channel]
    if document and touch.channel is Channel.EMAIL:
        what = "A document and a few lines for"
    blocks = [
        _first_line(context, document),
        _unfolded(context, text, document),
        _closing(context),
        _folds(
            _fold_copy(text),
            _fold_why(context, document),
            _fold_documents(context),
            _fold_came_back(),
        ),
    ]
    managed = "\n\n".join(filter(None, blocks))
    return IssueText(title_of(context, what), managed)


def _draft(context: Context, document: Document | None) -> Draft:
    kind = kind_of(context.touch, context.contact, context.standing)
    turn = turn_of(context.contact.slug, context.touch.round)
    return draft(
        context.workspace,
        context.contact,
        context.standing,
        kind=kind,
        turn=turn,
        document=document,
    )


def _first_line(context: Context, document: Document | None) -> str:
    touch = context.touch
    what = {
        Channel.EMAIL: "One mail",
        Channel.LINKEDIN: "One note on LinkedIn",
        Channel.POST: "One letter with a few lines by hand",
    }[touch.channel]
    enclosed = f", with *{inline(document.title)}*" if document else ""
    late = " Later is still fine." if touch.outside_window else ""
    return (
        f"{what} to {inline(touch.name)}{enclosed}, "
        f"until **{long_day(touch.due_by)}**.{late}"
    )


def _unfolded(context: Context, text: Draft, document: Document | None) -> str:
    if text.channel is Channel.POST:
        return _by_post(context, text, document)
    shown = f"> **{inline(text.subject)}**\n>\n" if text.subject else ""
    said = f"{shown}{quote(text.body)}"
    if text.channel is Channel.LINKEDIN:
        profile = context.contact.linkedin
        address = profile if profile.startswith("http") else f"https://{profile}"
        where = link("Open their profile", address) if profile else "Open LinkedIn"
        return f"{said}\n\n{where} and paste it as a message."
    if not text.mailto:
        return f"{said}\n\n{_ask_for_address(context)}"
    attach = ""
    if document and not document.url:
        attach = f" Attach `portfolio/files/{document.file}`."
    return f"{said}\n\n**[Open it in your mail program]({text.mailto})**{attach}"


def _ask_for_address(context: Context) -> str:
    return (
        "First find their address: the old thread, their company's pages, or LinkedIn. "
        f"Then add the line `email: ...` to `contacts/{context.contact.slug}.yml`, and "
        "the mail link appears here."
    )


def _by_post(context: Context, text: Draft, document: Document | None) -> str:
    address = context.contact.postal_address.strip()
    if address:
        envelope = fence(f"{context.contact.name}\n{address}")
    else:
        envelope = (
            "First find their postal address, and add it as `postal_address:` to "
            f"`contacts/{context.contact.slug}.yml`."
        )
    enclose = ""
    if document:
        pages = f", {document.pages} pages" if document.pages else ""
        where = f"portfolio/files/{document.file}" if document.file else document.url
        enclose = f"\n\nEnclose *{inline(document.title)}*{pages}: `{where}`"
    return f"By hand, on a small card:\n\n{quote(text.body)}{enclose}\n\n{envelope}"


def _closing(context: Context) -> str:
    how = " (`./notyet close` and its number)" if context.tracker == "local" else ""
    return (
        "Change a word so that it sounds like you, send it, and close this issue"
        f"{how}. Closing is the record. Later: `/snooze 3w`. Not this one: `/skip`."
    )


def _folds(*folds: str) -> str:
    return "\n".join(filter(None, folds))


def _fold(summary: str, body: str) -> str:
    return (
        f"<details><summary>{summary}</summary>\n\n{body}\n</details>" if body else ""
    )


def _fold_copy(text: Draft) -> str:
    if text.channel is Channel.POST:
        return ""
    webmail = f"[Gmail]({text.gmail}) · [Outlook]({text.outlook})\n"
    subject = f"{text.subject}\n\n" if text.subject else ""
    copied = fence(f"{subject}{text.body}")
    return _fold("The text to copy", f"{webmail if text.gmail else ''}{copied}")


def _fold_why(context: Context, document: Document | None) -> str:
    contact = context.contact
    lines = [f"- Why now: {reason(context)}"]
    check = "still with the company, and the address still right"
    lines.append(f"- Check first: {inline(contact.name)} is {check}.")
    if contact.notes:
        lines.append(f"- Your notes: {inline(contact.notes)}")
    if document:
        why = next(
            (c.reasons for c in context.choice.best if c.document == document.id), ()
        )
        if why:
            lines.append(f"- Why this document: {inline(', '.join(why))}.")
    lines += [f"- Before: {each}" for each in sent_before(context)]
    if context.following:
        after = context.following
        lines.append(f"- After this: {_name_of(after)}, {long_day(after.target_on)}.")
    return _fold(
        "Why now, what to check, what came before and what comes", "\n".join(lines)
    )


def reason(context: Context) -> str:
    """Say in one sentence why a message is due on its day."""
    touch = context.touch
    said = " ".join(each.rstrip(".") + "." for each in touch.reasons)
    base = f"it is meant for {long_day(touch.target_on)}."
    return f"{base} {inline(said)}".strip()


def sent_before(context: Context, most: int = 5) -> list[str]:
    """Tell what this person has had from the user, newest first."""
    told = []
    for event in reversed(context.standing.in_force):
        if event.event is EventKind.SENT:
            document = context.workspace.documents.get(event.document or "")
            what = f", with *{inline(document.title)}*" if document else ""
            via = f" by {event.channel.value}" if event.channel else ""
            told.append(f"{long_day(event.date)}{via}{what}")
        elif event.event is EventKind.REPLIED:
            text = f": {inline(event.text)}" if event.text else ""
            told.append(f"{long_day(event.date)}, they answered{text}")
    return told[:most]


def _name_of(touch: Touch) -> str:
    return {
        Step.SELF_ASSESSMENT: "a look back, for yourself",
        Step.CHECK_IN: "a short mail",
        Step.PORTFOLIO_NOTE: "a document with a few lines",
        Step.YOUR_CALL: "the question whether to go on",
    }[touch.step]


def _fold_documents(context: Context) -> str:
    others = [c for c in context.choice.best if c.document != context.document]
    if context.touch.step is not Step.PORTFOLIO_NOTE or not others:
        return ""
    lines = []
    for each in others:
        document = context.workspace.documents[each.document]
        text = _draft(context, document)
        why = f": {inline(', '.join(each.reasons))}" if each.reasons else ""
        mail = f" · [mail]({text.mailto})" if text.mailto else ""
        lines.append(f"- *{inline(document.title)}*{why}{mail}")
    lines.append(
        f"- If you send another one, write `/sent with {others[0].document}` before "
        "you close."
    )
    return _fold("Another document", "\n".join(lines))


def _fold_came_back() -> str:
    return _fold(
        "Something came back",
        "Write it as a comment, one of these on a line: `/replied warm ...`, "
        "`/replied not now ...`, `/wait until May`, `/referred NAME <mail>`, "
        "`/interview`, `/offer`, `/hired`, `/moved COMPANY`, `/left`, `/bounced`. "
        "When they ask not to be written to: `/stop`, and nothing more comes, ever.",
    )


# --- the other kinds -----------------------------------------------------------


def _create_document(context: Context) -> IssueText:
    """Ask for a new document where none is left for a person."""
    touch, name = context.touch, inline(context.touch.name)
    ideas = "\n".join(f"- {inline(each)}" for each in context.choice.ideas)
    about = f"What they cared about, from your own notes:\n\n{ideas}" if ideas else ""
    blocks = [
        f"There is no document left for {name}. One new page is enough, and it can "
        f"serve others too. It is meant to arrive by **{long_day(touch.due_by)}**.",
        about,
        "1. Write one page: a problem, what you did, what came of it.\n"
        "2. Describe it in `portfolio/` as the files there do, with `share: cleared`.\n"
        "3. This issue then turns into the mail.",
        "Later: `/snooze 6w`. Not this time: `/skip`.",
        _fold("What is there, and why it does not fit", _blocked(context)),
        _fold_came_back(),
    ]
    title = title_of(context, "A new page to write for")
    return IssueText(title, "\n\n".join(filter(None, blocks)))


def _blocked(context: Context) -> str:
    documents = context.workspace.documents
    return "\n".join(
        f"- *{inline(documents[each.document].title)}*: {inline(each.reasons[0])}"
        for each in context.choice.blocked[:12]
        if each.document in documents
    )


def _self_assessment(context: Context) -> IssueText:
    rejection = context.standing.rejection
    assert rejection is not None
    touch = context.touch
    position = inline(rejection.position)
    done = "close this issue" if context.tracker != "local" else "close it"
    blocks = [
        f"It was a no for {position} at {inline(touch.company)}, and that hurts. While "
        "it is fresh, a few honest lines to yourself are worth more than a week of "
        f"brooding. Until **{long_day(touch.due_by)}**; ten minutes are enough.",
        "Much of it was not yours to decide. Write what comes, leave out what does "
        f"not, tick what fits, and {done}. Nobody else reads it, and an empty one is "
        "fine too.",
        "Later: `/snooze 3d`. Not this one: `/skip`.",
    ]
    if not context.contact.name:
        blocks.insert(
            2,
            "There is no name yet to write to in a few months. If you find one, add "
            f"`name: ...` to `contacts/{context.contact.slug}.yml`.",
        )
    titles = context.workspace.settings.privacy.titles
    where = "" if titles is Titles.INITIALS else f" · {touch.company}"
    title = (
        f"Look back once: {rejection.position}{where} · by {short_day(touch.due_by)}"
    )
    return IssueText(title[:LONGEST_TITLE], "\n\n".join(blocks), assessment_form())


def _your_call(context: Context) -> IssueText:
    touch = context.touch
    name = inline(touch.name)
    count = context.standing.silent
    last = context.standing.messages[-1].date if context.standing.messages else None
    since = f", the last on {long_day(last)}" if last else ""
    blocks = [
        f"You have written to {name} {count} times without an answer{since}. That is "
        "ordinary: most people read such mails and do not answer. Whether it goes on "
        "is for you alone to say, and each answer is a good one.",
        "Tick one box below. That is all; nothing has to be explained.",
        _fold("What came before", "\n".join(f"- {e}" for e in sent_before(context))),
        _fold_came_back(),
    ]
    title = title_of(context, "Go on or let it rest:")
    return IssueText(title, "\n\n".join(filter(None, blocks)), call_form())


def reminder(context: Context) -> str:
    """Write the one comment that reminds of an open follow-up."""
    touch = context.touch
    name = inline(touch.name or touch.company)
    return (
        f"A quiet reminder: {_name_of(touch)} for {name} is meant to go out by "
        f"{long_day(touch.due_by)}, and later is still fine. If it does not suit you "
        "now, `/snooze 3w` brings it back, and `/skip` lets it go. There is no second "
        "reminder."
    )
