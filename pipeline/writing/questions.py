"""Issues that ask the user something: four questions to oneself, and your call.

There is no wrong answer and no form to fill in correctly; what is filled in stands in
the part of the issue that is the user's.
"""

from pipeline.writing.context import (
    Context,
    IssueText,
    any_day,
    file_of,
    headline,
    so_far,
    where,
    whom,
)
from pipeline.writing.escape import inline
from pipeline.writing.folds import fold, with_commands
from pipeline.writing.forms import assessment_form, call_form

NUMBERS = {3: "Three", 4: "Four", 5: "Five", 6: "Six", 9: "Nine", 12: "Twelve"}


def self_assessment(context: Context) -> IssueText:
    """Ask the four questions, before the details fade."""
    rejection = context.standing.rejection
    assert rejection is not None
    touch = context.touch
    readers = (
        "It stays in this folder."
        if context.local
        else "Everyone with access to this repository can read it."
    )
    done = "close this issue"
    if context.local:
        done += " (`./notyet close` and its number)"
    position = inline(rejection.position)
    blocks = [
        f"Before the details of **{position} at {inline(touch.company)}** fade: ten "
        f"minutes, or two, {any_day(context)}.",
        f"Skip what you like, and {done} when you have had enough. Any text is an "
        "answer, and none is one too. What stands under “What they needed most” helps "
        f"to choose what they get to read. {readers}",
        _nobody_to_write_to(context),
        "Not today: comment `/snooze 3 days`.",
    ]
    text = "\n\n".join(filter(None, blocks))
    title = headline("Four questions about", where(context), ", for you")
    return IssueText(title, text, assessment_form())


def _nobody_to_write_to(context: Context) -> str:
    if not context.contact.name:
        return (
            "There is nobody to write to yet. If a name turns up in the mails or the "
            f"advertisement, add it to {file_of(context.contact)} as `name:`; a short "
            "mail follows in some months."
        )
    if context.following is None:
        return (
            "This is all that comes for this one: where it ended early, or an agency "
            "stood between, a mail months later has little to go back to. To go on all "
            f"the same, write `cadence: classic` into {file_of(context.contact)}."
        )
    return ""


def your_call(context: Context) -> IssueText:
    """Ask whether to go on, after some messages without an answer."""
    name, first = inline(context.touch.name), context.first
    silent = context.standing.silent
    count = NUMBERS.get(silent, str(silent))
    told = "\n".join(f"- {each}" for each in so_far(context))
    blocks = [
        f"**{count} messages to {name}, no answer.** That is "
        "the usual result, and it says nothing about your work: most people read such "
        "mails, and few answer. The manager in the story of 1993 never did, and passed "
        "the papers on all the same.",
        "Each of the three is a good choice. Tick one below; nothing has to be "
        f"explained. Until then nothing more is planned for {first}.",
        "\n".join([fold("What there has been", told), with_commands(context)]),
    ]
    title = headline(
        "Your call:", whom(context), f" · {count.lower()} messages, no answer"
    )
    return IssueText(title, "\n\n".join(filter(None, blocks)), call_form())
