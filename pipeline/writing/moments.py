"""Answers to what changes everything: a reply, a talk, an offer, a job, a stop.

Plain, short and warm; no praise and no pressure. Where somebody deserves a mail of
thanks, it is ready below the answer.
"""

from collections.abc import Callable, Mapping, Sequence

from pipeline.model import (
    Contact,
    ElsewhereMode,
    Event,
    EventKind,
    Standing,
    Status,
    StopScope,
    Tone,
    Workspace,
)
from pipeline.planning.everywhere import gather
from pipeline.planning.standings import standing
from pipeline.writing.drafts import Wanted, draft, turn_of
from pipeline.writing.escape import fence, inline
from pipeline.writing.names import called, first_name
from pipeline.writing.said import Answer, person

_K = EventKind
_JOBS = (_K.HIRED_ELSEWHERE, _K.HIRED_HERE)
MOST_THANKS = 3
WORDINGS = 6  # at least so many there are of every kind
NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}


def _company(said: Answer) -> str:
    if said.standing is not None and said.standing.company:
        return inline(said.standing.company)
    return inline(said.contact.company) if said.contact else "this company"


def _replied(workspace: Workspace, said: Answer, event: Event) -> str:
    who = person(said)
    messages = len(said.standing.messages) if said.standing else 0
    head = f"{who} has answered."
    if messages > 1:
        times = NUMBERS.get(messages, str(messages))
        head = f"{who} has answered, after {times} messages from you."
    thanks = _ready(workspace, said, "thanks", _K.REPLIED)
    if event.tone is Tone.WARM:
        words = "; some words for it are below" if thanks else ""
        return (
            f"{head} Write back within two days, while it is warm{words}. After that, "
            f"leave some months of peace.{thanks}"
        )
    if event.tone is Tone.NOT_NOW:
        head += (
            " Not now is about a season, not about you; from here there is more time "
            "between your mails."
        )
    return f"{head} A thank-you, if it fits:{thanks}" if thanks else head


def _referred(workspace: Workspace, said: Answer, event: Event) -> str:
    del event
    who, newcomer = person(said), inline(said.newcomer) or "somebody new"
    thanks = _ready(workspace, said, "referral_thanks", _K.REFERRED)
    return (
        f"{who} sent you to {newcomer}, who has a file now; a first mail comes as an "
        f"issue of its own, and {who} is left in peace for about a year. Today, thank "
        f"{who}; later, tell how it ended, whatever it was.{thanks}"
    )


def _interview(workspace: Workspace, said: Answer, event: Event) -> str:
    del workspace, event
    return (
        f"They asked you in. Nothing more goes to anyone at {_company(said)} while you "
        "talk. If it comes to nothing, write it down like the first time, or "
        "`/resume`; if it comes to something, `/offer` or `/hired`. Good luck with it."
    )


def _offer(workspace: Workspace, said: Answer, event: Event) -> str:
    del workspace, event
    return (
        f"An offer from {_company(said)}. Nothing more goes to anyone there while you "
        "think it over, and nothing here hurries you. `/hired` if you take it, "
        "`/resume` if you do not."
    )


def _hired_here(workspace: Workspace, said: Answer, event: Event) -> str:
    you = workspace.settings.you
    name = f", {inline(first_name(you.name))}" if you else ""
    referrer = workspace.contacts.get(
        said.contact.referred_by or "" if said.contact else ""
    )
    thanks = _landed(workspace, [referrer], event) if referrer else ""
    if referrer and thanks:
        first = inline(called(referrer))
        thanks = f"\n\n{first} sent you there and may like to know:{thanks}"
    return (
        f"They said no, and now they have said yes. Congratulations{name}.\n\n"
        f"Everything at {_company(said)} is done; nothing more opens there. For "
        "everyone else, comment `/hired elsewhere` with `keep`, `light` (one note a "
        "year) or `close` on the front desk, when you feel like it. Until then nothing "
        f"changes for them.{thanks}"
    )


def _hired_elsewhere(workspace: Workspace, said: Answer, event: Event) -> str:
    del said
    you = workspace.settings.you
    name = f", {inline(first_name(you.name))}" if you else ""
    how = {
        ElsewhereMode.KEEP: "Everyone goes on hearing from you as before, now as a "
        "colleague",
        ElsewhereMode.LIGHT: "From here it is one short note a year for everyone, "
        "without a word about jobs",
        ElsewhereMode.CLOSE: "Everything rests; nothing more is put before you, and "
        "`/resume` wakes a single person",
    }[event.mode or ElsewhereMode.KEEP]
    helped = _helped(workspace, event)
    thanks = _landed(workspace, helped, event)
    if thanks:
        names = ", ".join(inline(each.name) for each in helped)
        thanks = (
            f"\n\nThese helped on the way, and may like to hear it: {names}.{thanks}"
        )
    return (
        f"Congratulations{name}. {how}. There is no hurry to decide more; the same "
        "command with `keep`, `light` or `close` changes it.\n\n"
        "If colleagues may see your notifications, `privacy: {titles: initials}` in "
        f"`settings.yml` keeps names out of titles.{thanks}"
    )


def _stop(workspace: Workspace, said: Answer, event: Event) -> str:
    del workspace
    if event.scope is StopScope.COMPANY:
        whom, where = f"anyone at {_company(said)}", "not now, not later"
    else:
        whom, where = person(said), "not here, not at another employer"
    return (
        f"Done. Nothing more will be suggested for {whom}: {where}, not if the file is "
        "deleted. No answer is needed. A no to more mail is not a verdict on your "
        "work.\n\nTyped by mistake: `/undo` takes it back on the day it was said; "
        "after that, `./notyet unstop`."
    )


Moment = Callable[[Workspace, Answer, Event], str]
MOMENTS: Mapping[EventKind, Moment] = {
    _K.REPLIED: _replied,
    _K.REFERRED: _referred,
    _K.INTERVIEW: _interview,
    _K.OFFER: _offer,
    _K.HIRED_HERE: _hired_here,
    _K.HIRED_ELSEWHERE: _hired_elsewhere,
    _K.STOP: _stop,
}


# --- mails of thanks -----------------------------------------------------------


def _helped(workspace: Workspace, event: Event) -> list[Contact]:
    """Give those who answered warmly or sent the user on, the latest first."""
    found = []
    everywhere = gather(workspace, event.date)
    for slug, contact in workspace.contacts.items():
        now = standing(contact, workspace, everywhere, event.date)
        days = [
            each.date
            for each in everywhere.in_force[slug]
            if each.event is _K.REFERRED
            or (each.event is _K.REPLIED and each.tone is Tone.WARM)
        ]
        if days and contact.name and now.status is not Status.STOPPED:
            found.append((max(days), slug))
    newest = sorted(found, key=lambda each: (-each[0].toordinal(), each[1]))
    return [workspace.contacts[slug] for _, slug in newest[:MOST_THANKS]]


def _ready(workspace: Workspace, said: Answer, kind: str, cause: EventKind) -> str:
    """Give a mail to the person an answer is about, in the turn of such answers."""
    if said.contact is None or said.standing is None:
        return ""
    turn = turn_of(said.contact, said.standing, cause)
    wanted = Wanted(kind=kind, turn=turn, newcomer=said.newcomer)
    return _mail(workspace, said.contact, said.standing, wanted)


def _landed(workspace: Workspace, people: Sequence[Contact], event: Event) -> str:
    """Give a mail to each of those who helped, no two alike."""
    everywhere = gather(workspace, event.date)
    histories = (workspace.settings.history, *everywhere.in_force.values())
    jobs = sum(each.event in _JOBS for history in histories for each in history)
    texts, used = [], set[int]()
    for contact in people:
        now = standing(contact, workspace, everywhere, event.date)
        turn = turn_of(contact, now) + jobs
        while turn % WORDINGS in used:
            turn += 1
        used.add(turn % WORDINGS)
        texts.append(_mail(workspace, contact, now, Wanted(kind="landed", turn=turn)))
    return "".join(texts)


def _mail(workspace: Workspace, contact: Contact, now: Standing, wanted: Wanted) -> str:
    """Give a mail ready to send; none without a sender, none where it is not wished."""
    if (
        workspace.settings.you is None
        or not contact.name
        or now.status is Status.STOPPED
    ):
        return ""
    text = draft(workspace, contact, now, wanted)
    first = inline(called(contact))
    link = f"[Open a mail to {first} in my mail app]({text.mailto})"
    return f"\n\n{link if text.mailto else f'To {first}'}\n\n{fence(text.body)}"
