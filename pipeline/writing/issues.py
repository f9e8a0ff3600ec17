"""Issues: title, the part that is ours, and the part to fill in.

What has to be done fits the first screen of a phone; everything else is folded. No
text depends on the day it is made, so that a quiet day changes nothing.
"""

from pipeline.model import Channel, Document, Step
from pipeline.writing.context import (
    Context,
    IssueText,
    any_day,
    file_of,
    step_name,
    title_of,
    titled,
)
from pipeline.writing.dates import week_day
from pipeline.writing.drafts import Draft
from pipeline.writing.escape import code, inline, link, quote
from pipeline.writing.folds import folds, with_commands
from pipeline.writing.questions import self_assessment, your_call
from pipeline.writing.templating import has_language

__all__ = ["Context", "IssueText", "issue_text", "reminder"]

INTRODUCTIONS = ("referred", "successor")
WITHOUT_DOCUMENT = ("moved", *INTRODUCTIONS)  # notes that can go by themselves


def issue_text(context: Context) -> IssueText:
    """Write the issue of any follow-up."""
    step = context.touch.step
    if step is Step.SELF_ASSESSMENT:
        return self_assessment(context)
    if step is Step.YOUR_CALL:
        return your_call(context)
    if context.workspace.settings.you is None:
        return _nobody_signs(context)
    if (
        step is Step.PORTFOLIO_NOTE
        and context.chosen is None
        and context.kind not in WITHOUT_DOCUMENT
    ):
        return _create_document(context)
    return _message(context)


# --- a message -----------------------------------------------------------------


def _message(context: Context) -> IssueText:
    document = context.chosen
    text = context.message(document)
    addresses = own_addresses(context, document)
    shown = f"**{inline(text.subject)}**\n\n" if text.subject else ""
    quoted = quote(text.body, addresses)
    blocks = [
        f"{_first_line(context, document)} {_other_language(context)}".rstrip(),
        _address_first(context),
        f"> {shown.strip()}\n>\n{quoted}" if shown else quoted,
        _steps(context, text, document),
        _later(context),
        folds(context, text, document),
    ]
    title = title_of(context, _title(context))
    return IssueText(title, "\n\n".join(filter(None, blocks)))


def _nobody_signs(context: Context) -> IssueText:
    """Hold the message back until there is a name to sign it with."""
    blocks = [
        _first_line(context, None),
        "**First, your own name.** Nothing goes out without an honest sender: comment "
        "`/me NAME; MAIL; ZONE`, such as `/me Maya Torres; maya@example.com; "
        "America/Chicago`, or mend `settings.yml`. Then the text appears here.",
        _later(context),
        with_commands(context),
    ]
    return IssueText(title_of(context, _title(context)), "\n\n".join(blocks))


def _title(context: Context) -> str:
    if context.kind == "moved":
        return "Congratulations to"
    if context.kind in INTRODUCTIONS:
        return "An introduction to"
    if context.touch.step is Step.PORTFOLIO_NOTE:
        by = {Channel.POST: " by post", Channel.LINKEDIN: " on LinkedIn"}
        return f"A document{by.get(context.touch.channel, '')} for"
    return {
        Channel.EMAIL: "A short mail to",
        Channel.POST: "A card to",
        Channel.LINKEDIN: "A LinkedIn note to",
    }[context.touch.channel]


def _first_line(context: Context, document: Document | None) -> str:
    touch, name = context.touch, inline(context.touch.name)
    first = {
        Channel.EMAIL: "A first mail",
        Channel.POST: "A first letter",
        Channel.LINKEDIN: "A first LinkedIn note",
    }[touch.channel]
    what = {
        "check_in": f"**{_upfirst(step_name(touch))} to {name}**",
        "moved": f"**Good wishes to {name}**, now at {inline(touch.company)}",
        "referred": f"**{first} to {name}**, whose name you were given",
        "successor": f"**{first} to {name}**, who has come after your contact there",
    }.get(context.kind, f"**A document for {name}**")
    with_it = f", with {titled(document)}" if document else ""
    if document and what.startswith("**A document"):
        with_it = f": {titled(document)}, with a few words"
    if touch.channel is Channel.POST and not context.is_late:
        by = week_day(touch.due_by)
        return f"{what}{with_it}. To arrive by **{by}**; later is fine too."
    late = "; it is still fine to send" if context.is_late else ""
    return f"{what}{with_it}. Three minutes, {any_day(context)}{late}."


def _upfirst(text: str) -> str:
    return text[:1].upper() + text[1:]


def _other_language(context: Context) -> str:
    language = context.contact.language
    if has_language(context.workspace.templates, language):
        return ""
    return (
        f"There are no texts in {code(language)} yet, so this one is in English. Your "
        f"own go into {code(f'templates/{language}/')}."
    )


def own_addresses(context: Context, document: Document | None) -> list[str]:
    """Give the addresses that may stay links in a message: the user's own."""
    you = context.workspace.settings.you
    return [
        each
        for each in (
            document.url if document else None,
            you.link if you else None,
            you.email if you else None,
        )
        if each
    ]


# --- what to do ----------------------------------------------------------------


def _address_first(context: Context) -> str:
    """Ask for the address without which nothing can be sent."""
    contact, first = context.contact, context.first
    if context.touch.channel is Channel.EMAIL and not contact.email:
        return (
            f"**First, an address for {first}.** The old mails or the company's page "
            f"may have it. Write it into {file_of(contact)} as `email:`, and the mail "
            "link appears here."
        )
    if context.touch.channel is Channel.POST and not context.address:
        at = inline(context.standing.company)
        return (
            f"**First, the address of {first} at {at}.** Write it into "
            f"{file_of(contact)} as `postal_address:`, and it appears here."
        )
    if context.kind == "moved" and context.touch.channel is not Channel.LINKEDIN:
        company = inline(context.touch.company)
        return (
            f"**First, see that the address is the one at {company}.** If it is still "
            f"the old one, write the new one into {file_of(contact)}."
        )
    return ""


def _steps(context: Context, text: Draft, document: Document | None) -> str:
    how = {
        Channel.EMAIL: _by_mail,
        Channel.POST: _by_post,
        Channel.LINKEDIN: _on_linkedin,
    }[context.touch.channel]
    close = "Close this issue"
    if context.local:
        close += " (`./notyet close` and its number)"
    steps = [*how(context, text, document), f"{close}. That is the whole record."]
    return "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))


def _by_mail(context: Context, text: Draft, document: Document | None) -> list[str]:
    del context
    if not text.mailto:
        first = "Open a mail to that address, and paste the text from the fold below."
    elif text.whole:
        first = f"**[Open it in my mail app]({text.mailto})**"
    else:
        first = (
            f"**[Open a mail with the subject]({text.mailto})** and paste the text, "
            "which is too long for a link."
        )
    if document and not document.url and document.file:
        first += f" Attach {code(f'portfolio/files/{document.file}')}."
    elif document and document.url:
        first += " Nothing to attach."
    return [first, "Change a word so that it sounds like you. Send."]


def _by_post(context: Context, text: Draft, document: Document | None) -> list[str]:
    del text
    steps = []
    if document:
        where = document.url or f"portfolio/files/{document.file}"
        pages = f" ({document.pages} pages)" if (document.pages or 0) > 1 else ""
        steps.append(
            f"Print {titled(document)}{pages}: {code(where)}. Write the words above by "
            "hand on a small note, and stick it on page 1."
        )
    else:
        steps.append("Write the words above by hand on a card.")
    to = f"**{context.address}**" if context.address else "that address"
    steps.append(f"Post it to {to}.")
    return steps


def _on_linkedin(context: Context, text: Draft, document: Document | None) -> list[str]:
    del text
    profile = context.contact.linkedin.strip()
    if profile and "://" not in profile:
        profile = f"https://{profile}"
    where = (
        f"**{link('Open the profile', profile)}**"
        if profile
        else f"**Find {context.first} on LinkedIn**"
    )
    attach = ""
    if document and not document.url:
        attach = f" Attach {code(f'portfolio/files/{document.file}')}."
    return [
        f"{where} and paste the note.{attach}",
        "Change a word so that it sounds like you. Send.",
    ]


def _later(context: Context) -> str:
    never = "close as *not planned*"
    if context.local:
        never = "`/skip`"
    return (
        f"Not today: comment `/snooze 2 weeks`. Not at all: {never}; only this one is "
        "left out."
    )


# --- the other kinds -----------------------------------------------------------


def _create_document(context: Context) -> IssueText:
    """Ask for a new document where none is left for a person."""
    first = context.first
    ideas = [f"- {inline(each)}" for each in context.choice.ideas]
    about = f"What {first} cared about, from your own notes:\n\n" + "\n".join(ideas)
    blocks = [
        f"**One page for {first} to read.** Nothing in your portfolio is left to send. "
        f"{_upfirst(any_day(context))}.",
        about if ideas else "",
        "1. Write down one problem, what you did about it, and what came of it. One "
        "page is enough, and others can have it too.\n"
        "2. Put it into `portfolio/files/`, or online, and describe it in a small file "
        "in `portfolio/`, with `share: cleared`.\n"
        "3. Then this issue turns into the message, ready to send.",
        f"Sent something else to {first}: comment `/sent`. {_later(context)}",
        folds(context, None, None),
    ]
    title = title_of(context, "One page to write for")
    return IssueText(title, "\n\n".join(filter(None, blocks)))


def reminder(context: Context) -> str:
    """Write the one comment that reminds of an open follow-up."""
    touch = context.touch
    name = inline(touch.name or touch.company)
    if touch.step is Step.YOUR_CALL:
        return (
            f"This question about {name} is still open, and there is no hurry. Nothing "
            "is sent and nothing is lost meanwhile. This is the only reminder."
        )
    return (
        f"{name} is still in line: {step_name(touch)}, meant for any day until "
        f"{week_day(touch.due_by)}, and still fine to send after that. Not now: "
        "`/snooze 3 weeks`. Not at all: `/skip`. This is the only reminder."
    )
