"""The table of commands: what can be written in a comment, and where.

Help texts, the front desk and the reference page are made of it; how a line is read is
`grammar`'s business.
"""

from collections.abc import Iterator

from msgspec import Struct

from pipeline.model import EventKind

_K = EventKind
ISSUE, DESK = "issue", "desk"


class Command(Struct, frozen=True):
    """One row of the table: what to write, what it does, an example."""

    verb: str
    usage: str
    help: str
    example: str
    kind: EventKind | None = None
    where: tuple[str, ...] = (ISSUE, DESK)


COMMANDS: tuple[Command, ...] = (
    Command(
        "sent",
        "/sent [date] [via post|email|linkedin] [with DOCUMENT]",
        "you sent it, on that day",
        "/sent yesterday via post",
        _K.SENT,
    ),
    Command("skip", "/skip [reason]", "not this one", "/skip on leave", _K.SKIPPED),
    Command(
        "snooze", "/snooze 3w|DATE", "put it before me then", "/snooze 3w", _K.SNOOZED
    ),
    Command(
        "replied",
        "/replied [warm|neutral|not now] [text]",
        "they answered",
        "/replied warm planning opens in September",
        _K.REPLIED,
    ),
    Command(
        "wait",
        "/wait until DATE",
        "they asked you to write then",
        "/wait until May",
        _K.WAIT_UNTIL,
    ),
    Command(
        "referred",
        "/referred NAME <mail>",
        "they sent you to somebody else",
        "/referred Ana Sol <ana@example.com>",
        _K.REFERRED,
    ),
    Command("interview", "/interview", "you are talking", "/interview", _K.INTERVIEW),
    Command("offer", "/offer", "they made an offer", "/offer", _K.OFFER),
    Command(
        "hired",
        "/hired [elsewhere [keep|light|close]]",
        "they hired you; or somebody else did",
        "/hired",
        _K.HIRED_HERE,
    ),
    Command("bounced", "/bounced", "the mail came back", "/bounced", _K.BOUNCED),
    Command("left", "/left", "they left the company", "/left", _K.LEFT),
    Command(
        "moved",
        "/moved COMPANY",
        "they work elsewhere now",
        "/moved Example AG",
        _K.MOVED,
    ),
    Command(
        "shared",
        "/shared DOCUMENT",
        "they have this document already",
        "/shared one-source",
        _K.SHARED,
    ),
    Command("go", "/go", "go on as before", "/go", _K.GOING_ON),
    Command("slow", "/slow", "once a year from here", "/slow", _K.SLOWED),
    Command(
        "pause",
        "/pause [until DATE]",
        "nothing until then",
        "/pause until 1 March",
        _K.PAUSED,
    ),
    Command("end", "/end [reason]", "let it rest", "/end not my field now", _K.ENDED),
    Command("resume", "/resume", "go on again", "/resume", _K.RESUMED),
    Command(
        "stop",
        "/stop [company]",
        "they asked not to be written to; final",
        "/stop",
        _K.STOP,
    ),
    Command("undo", "/undo", "take the last entry back", "/undo", _K.UNDONE),
    Command("note", "/note text", "for you alone", "/note met her in Graz", _K.NOTE),
    Command(
        "away",
        "/away until DATE",
        "no new messages until you are back",
        "/away until 1 September",
        _K.AWAY,
        (DESK,),
    ),
    Command("back", "/back", "you are back", "/back", _K.BACK, (DESK,)),
    Command(
        "reject",
        "/reject COMPANY; POSITION; NAME; MAIL; DATE",
        "write a new rejection down",
        "/reject Example GmbH; Editor; Jana Muster; jana@example.com; yesterday",
        None,
        (DESK,),
    ),
    Command(
        "me",
        "/me NAME; MAIL; ZONE",
        "who signs, and what today is",
        "/me Alex Rivera; alex@example.com; Europe/Berlin",
        None,
        (DESK,),
    ),
    Command("fix", "/fix", "mend slips of the finger in files", "/fix", None, (DESK,)),
)

TABLE = {command.verb: command for command in COMMANDS}
_ALSO = {
    "continue": "go",
    "later": "snooze",
    "paused": "pause",
    "refer": "referred",
    "rejected": "reject",
    "reply": "replied",
    "skipped": "skip",
    "snoozed": "snooze",
}


def command_named(word: str) -> Command | None:
    """Find a command by its verb, in any case, or by a word close to it."""
    verb = word.casefold()
    return TABLE.get(_ALSO.get(verb, verb))


def usages(where: str) -> Iterator[Command]:
    """Give the commands that can be said somewhere, in the order of the table."""
    return (command for command in COMMANDS if where in command.where)
