"""The answer to a rejection that was just written down.

It takes something off somebody's shoulders: what was written down, what comes when,
and that tonight nothing has to be done.
"""

from pipeline.model import Contact, Rejection, Step, Workspace
from pipeline.writing.context import file_of
from pipeline.writing.dates import list_day, long_day
from pipeline.writing.drafts import Wanted, draft, turn_of
from pipeline.writing.escape import code, fence, inline
from pipeline.writing.folds import after, ended, fold
from pipeline.writing.names import first_name
from pipeline.writing.said import UNTOLD, Answer, is_local, person

ROWS = 5


def welcome(workspace: Workspace, said: Answer) -> str:
    """Say that it is written down, what it is, and what it leads to."""
    if said.detail == "me":
        return (
            "Noted. Messages are signed with that name from here, and days are counted "
            "where you are."
        )
    you, contact = workspace.settings.you, said.contact
    first = all(each == contact for each in workspace.contacts.values())
    name = f", {inline(first_name(you.name))}" if first and you else ""
    blocks = [
        f"**It is written down{name}. You don't have to carry it.**",
        _what(said),
        _plan(said) if workspace.can_tell else UNTOLD,
        _signed(workspace) if first else "",
        _wrong(contact, said.edit_base),
        _thanks(workspace, said),
    ]
    return "\n\n".join(filter(None, blocks))


def _what(said: Answer) -> str:
    """Repeat what was written down, so that a mistake is seen."""
    contact = said.contact
    rejection = said.standing.rejection if said.standing else None
    if contact is None or rejection is None:
        return ""
    company = rejection.company or contact.company
    parts = [contact.name, company, rejection.position, _decision(rejection)]
    return inline(" · ".join(filter(None, parts))) + "."


def _decision(rejection: Rejection) -> str:
    day = f"{'about' if rejection.assumed else 'on'} {long_day(rejection.rejected_on)}"
    return f"no {day}, {after(rejection)}{ended(rejection)}"


def _plan(said: Answer) -> str:
    if not said.plan:
        if said.contact is None:
            return ""
        return (
            f"The dates for {person(said)} begin anew from this one; what was still "
            "open from before is closed."
        )
    rows = "\n".join(
        f"| {list_day(each.assumed_on or each.target_on)} | {row} |"
        for each, row in zip(said.plan, _rows(said), strict=False)
    )
    return (
        f"| When | What |\n|---|---|\n{rows}\n\n"
        "Each date moves with the day you really send. You will get an issue like "
        "this one, with the text ready. Nothing is ever sent for you."
    )


def _rows(said: Answer) -> list[str]:
    """Name the first follow-ups of a plan; what repeats is named in full once."""
    who = person(said) if said.contact and said.contact.name else "them"
    names = {
        Step.SELF_ASSESSMENT: "four questions to yourself, if you like",
        Step.CHECK_IN: f"a short mail to {who}",
        Step.PORTFOLIO_NOTE: "a document with a two-line note",
        Step.YOUR_CALL: "your call whether to go on",
    }
    rows: list[str] = []
    for touch in said.plan[:ROWS]:
        row = names[touch.step]
        if row in rows and touch.step is Step.PORTFOLIO_NOTE:
            row = "another"
        rows.append(row)
    if len(said.plan) > ROWS and rows[-1] != names[Step.YOUR_CALL]:
        rows[-1] += ", and so on while you want it"
    return rows


def _signed(workspace: Workspace) -> str:
    settings = workspace.settings
    if settings.you is None:
        return (
            "Messages need a name under them: comment `/me NAME; MAIL; ZONE` on the "
            "front desk, such as `/me Maya Torres; maya@example.com; America/Chicago`."
        )
    you, zone = settings.you, settings.timezone
    if you.email or is_local(workspace):
        return (
            f"Messages are signed **{inline(you.name)}**, and days are counted in "
            f"{code(zone)}. To change that, comment `/me NAME; MAIL; ZONE` on the "
            "front desk."
        )
    return (
        f"Messages are signed **{inline(you.name)}** (your GitHub profile); dates are "
        f"in **{inline(zone)}**. Better: on the front desk, comment `/me NAME; MAIL; "
        "ZONE`, such as `/me Maya Torres; maya@example.com; America/Chicago`."
    )


def _wrong(contact: Contact | None, edit_base: str) -> str:
    file = file_of(contact) if contact else "the file in `contacts/`"
    if contact and edit_base:
        file = f"[{file}]({edit_base}contacts/{contact.slug}.yml)"
    return (
        f"Something wrong: edit {file}, and the dates follow. Nothing to do tonight. "
        "Keep applying elsewhere."
    )


def _thanks(workspace: Workspace, said: Answer) -> str:
    """Offer two lines of thanks for the no itself, folded away: it is no duty."""
    contact, standing = said.contact, said.standing
    if contact is None or standing is None or standing.rejection is None:
        return ""
    if not (said.recent and contact.name and workspace.settings.you):
        return ""
    turn = turn_of(contact, standing)
    text = draft(workspace, contact, standing, Wanted(kind="acknowledge", turn=turn))
    link = f"[Open it in my mail app]({text.mailto})\n\n" if text.mailto else ""
    return fold(
        "Only if you would like to answer the no: two lines of thanks",
        f"{link}{fence(text.body)}",
    )
