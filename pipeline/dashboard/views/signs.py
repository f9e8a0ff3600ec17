"""How things stand with a person, in a word and a shape, never in colour alone."""

from msgspec import Struct

from pipeline.dashboard.views.board import Board, is_now
from pipeline.model import Status, Step, Touch, TouchStatus
from pipeline.writing.dates import long_day


class Sign(Struct, frozen=True):
    """A shape, the word that says the same, and how near it is to the user."""

    name: str  # of the shape; the style sheet gives it a colour
    shape: str
    words: str
    rank: int  # in a list that is sorted by how things stand


LATE = Sign("late", "▲", "still fine to send", 0)
TODAY = Sign("today", "●", "today", 1)
CALL = Sign("call", "◆", "your call", 2)
LOOK_BACK = Sign("look", "○", "a look back", 3)
WAITING = Sign("waiting", "◐", "waits its turn", 4)
COMING = Sign("coming", "○", "to come", 5)

_STATUS = {
    Status.SELF_ONLY: Sign("rest", "□", "nobody to write to", 8),
    Status.PAUSED: Sign("rest", "‖", "paused", 6),
    Status.INTERVIEWING: Sign("good", "◆", "you are talking", 7),
    Status.WON: Sign("good", "★", "they hired you", 9),
    Status.RESTING: Sign("rest", "\N{EN DASH}", "rests", 10),
    Status.ENDED: Sign("rest", "■", "you let it rest", 11),
    Status.UNREACHABLE: Sign("rest", "\N{MULTIPLICATION SIGN}", "not reachable", 12),
    Status.STOPPED: Sign("stop", "⊘", "asked not to be written to", 13),
}
_NOT_YET = Sign("rest", "□", "nothing has happened yet", 14)


def sign_of(board: Board, slug: str) -> Sign:
    """Give how things stand with one person."""
    found = board.standing(slug)
    if found is None:
        return _NOT_YET
    if found.status is not Status.ACTIVE:
        sign = _STATUS[found.status]
        if found.status is Status.PAUSED and found.until:
            words = f"paused until {long_day(found.until)}"
            return Sign(sign.name, sign.shape, words, sign.rank)
        return sign
    touch = board.coming.get(slug)
    return sign_for(touch) if touch else COMING


def sign_for(touch: Touch) -> Sign:
    """Give how one follow-up stands."""
    if touch.status is TouchStatus.WAITING:
        return WAITING
    if not is_now(touch):
        return COMING
    if touch.step is Step.SELF_ASSESSMENT:
        return LOOK_BACK
    if touch.step is Step.YOUR_CALL:
        return CALL
    return LATE if touch.overdue else TODAY
