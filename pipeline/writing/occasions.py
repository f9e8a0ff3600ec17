"""What an answer can be about; apart from the texts, which few runs need."""

from enum import StrEnum


class AnswerKind(StrEnum):
    """What an answer is about, where no single event says it."""

    CLOSED = "closed"  # an issue was closed, or a box ticked
    REOPENED = "reopened"
    ORDER = "order"  # a command was carried out
    UNDONE = "undone"
    NOTHING_TO_UNDO = "nothing_to_undo"
    NOTHING = "nothing"  # it was taken in and changed nothing
    OLDER = "older"  # an older follow-up was reopened, and is closed again
    MISREAD = "misread"
    WHICH = "which"  # a stop that could mean several people
    STOPPED = "stopped"  # a command for somebody who asked not to be written to
    WELCOME = "welcome"  # a rejection was written down
    GONE = "gone"  # a person's file is gone, and so their issue is closed
    KEPT = "kept"  # a stop of somebody whose file is gone
    WAITS = "waits"  # it is written down once its file can be read
    REFUSED = "refused"  # it could not be written into the file
    AMISS = "amiss"  # a box of the form cannot be taken as it is
    FIXED = "fixed"  # what was typed wrong in files is mended, as far as that goes
    PROBLEM = "problem"  # a file needs a hand
