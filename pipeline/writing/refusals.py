"""Answers to what could not be done, each with what to write instead.

Nothing here blames: a line that was not understood is a line to be written anew.
"""

import re

from pipeline.model import EventKind, StopScope, Workspace
from pipeline.planning.history import OF_THE_USER
from pipeline.writing.escape import begun, code, inline
from pipeline.writing.said import Answer, is_local, person

_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")  # a code span of ours in a remedy


def misread(workspace: Workspace, said: Answer) -> str:
    """Say that a line was not understood, and what to write."""
    del workspace
    remedy = said.detail.strip().rstrip(".")
    return (
        f"This line was not understood, and nothing was done: {code(said.line)}\n\n"
        f"{_sentence(remedy)}"
    )


def refused(workspace: Workspace, said: Answer) -> str:
    """Say that a file was left as it was, and what to do by hand."""
    del workspace
    remedy = said.detail.strip().rstrip(".")
    return f"This was not written down; the file is as it was. {_sentence(remedy)}"


def waits(workspace: Workspace, said: Answer) -> str:
    """Say that it is written down once its file can be read."""
    del workspace
    kind = said.event.event if said.event else None
    is_stop = kind is EventKind.STOP
    file = "`settings.yml`" if kind in OF_THE_USER else "The file of this person"
    unsent = " Until then, please leave unsent what is still open here."
    return (
        f"Heard, and kept. {file} cannot be read just now; once it is "
        "mended, this is written down by itself. There is nothing to write again."
        f"{unsent if is_stop else ''}"
    )


def kept(workspace: Workspace, said: Answer) -> str:
    """Say that a stop holds although the person's file is gone."""
    del workspace
    wide = said.event is not None and said.event.scope is StopScope.COMPANY
    everyone = (
        " Which company that was, only the file could tell: for everyone there, write "
        "`/stop company` on an issue of somebody else there."
    )
    return (
        "Done, although the file of this person is gone: should it ever come back, "
        "nothing is suggested for them, not here, not at another employer. No answer "
        "is needed. A no to more mail is not a verdict on your work."
        f"{everyone if wide else ''}\n\n"
        "Typed by mistake: put the file back, then run `./notyet unstop`."
    )


def amiss(workspace: Workspace, said: Answer) -> str:
    """Name every box of a form that cannot be taken, and what to write into it."""
    dots = "" if is_local(workspace) else " (the three dots, *Edit*)"
    boxes = "\n".join(f"- **{label}**: {_kept(todo)}." for label, todo in said.amiss)
    many = "these boxes need another look"
    what = "one box needs another look" if len(said.amiss) == 1 else many
    return (
        f"Nothing is written down yet; {what}:\n\n{boxes}\n\n"
        f"Edit the text at the top{dots}; it is read again as soon as you save it."
    )


def gone(workspace: Workspace, said: Answer) -> str:
    """Say that somebody's file is no longer there, and how it comes back."""
    del workspace, said
    return (
        "The file of this person is no longer there, so this is closed, and nothing "
        "was written down. Put the file back, and it opens again as it was."
    )


def _sentence(text: str) -> str:
    """Make a sentence of a remedy, whose code spans are ours and stay."""
    pieces = _SPAN.split(text)
    pieces[::2] = (_kept(piece) for piece in pieces[::2])
    pieces[1::2] = (code(piece) for piece in pieces[1::2])
    text = "".join(pieces)
    return begun(f"{text[:1].upper()}{text[1:]}.")


def _kept(piece: str) -> str:
    core = inline(piece)
    lead = " " if piece[:1].isspace() else ""
    trail = " " if piece[-1:].isspace() and core else ""
    return f"{lead}{core}{trail}"


def which(workspace: Workspace, said: Answer) -> str:
    """Ask which of several people a stop is about; it holds for all until then."""
    people = [
        workspace.contacts[slug]
        for slug in said.candidates
        if slug in workspace.contacts
    ]
    wide = said.event is not None and said.event.scope is StopScope.COMPANY
    more = " company" if wide else ""
    names = "\n".join(
        f"- `/stop {each.slug}{more}` for {inline(each.name)} · {inline(each.company)}"
        for each in people
    )
    count = {2: "Two people", 3: "Three people"}.get(len(people), "Several people")
    return (
        f"{count} could be meant, so nothing goes to any of them until you say which. "
        f"Write one of these lines:\n\n{names}\n\nThe others then go on as before."
    )


def stopped(workspace: Workspace, said: Answer) -> str:
    """Say that somebody asked not to be written to."""
    del workspace
    who = person(said) if said.contact else "This person"
    return (
        f"{who} asked not to be written to, and that holds for every file with the "
        "same address. Nothing was written down. If the wish has changed, run "
        "`./notyet unstop`."
    )
