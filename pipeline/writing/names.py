"""How a person is addressed, and how the user signs.

A name is never taken apart to guess a title, a pronoun or a family name: a salutation
is what the user chose, or the name as it was written.
"""

import re

from pipeline.model import Channel, Contact, Formality, Workspace

_HONORIFIC = re.compile(r"(?i)(?:.*\.|dr|prof|mr|mrs|ms|mx|miss|sir|dame|herr|frau|.)")


def greeting(contact: Contact, channel: Channel = Channel.EMAIL) -> str:
    """Give the salutation: the words the user chose, or the name as written."""
    name = called(contact)
    if contact.formality is Formality.FORMAL:
        return f"Dear {name},"
    return f"Hello {name}," if channel is Channel.EMAIL else f"{name},"


def called(contact: Contact) -> str:
    """Give what to call a person: the user's words, else the name in their style."""
    if contact.address_as:
        return one_line(contact.address_as)
    if contact.formality is Formality.FORMAL:
        return one_line(contact.name)
    return first_name(contact.name)


def first_name(name: str) -> str:
    """Give the first word of a name, or all of it where that may be something else."""
    words = name.split()
    if len(words) < 2 or "," in name or _HONORIFIC.fullmatch(words[0]):
        return one_line(name)
    return words[0]


def reach(workspace: Workspace, channel: Channel) -> str:
    """Give the one way to answer that fits behind a name; a mail has its own."""
    you = workspace.settings.you
    if you is None:
        return ""
    mail = "" if channel is Channel.EMAIL else you.email
    return one_line(you.phone or mail or you.link or "")


def ways(workspace: Workspace) -> str:
    """Give the line under the name: how to reach the user, for whoever reads it."""
    you = workspace.settings.you
    if you is None:
        return ""
    known = [one_line(each) for each in (you.phone, you.link) if each]
    return " · ".join(known) or you.email or ""


def signature(workspace: Workspace) -> str:
    """Give the lines under a mail, so that it can be passed on."""
    you = workspace.settings.you
    return f"{one_line(you.name)}\n{ways(workspace)}".strip() if you else ""


def one_line(text: str) -> str:
    """Put a text on one line, with single blanks."""
    return " ".join(text.split())
