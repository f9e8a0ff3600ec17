"""The figures behind "exactly once": what the tests of faults counted and wrote down.

It counts nothing itself. The tests fail when what they count is no longer what stands
in `tests/golden/faults/`; `python -m tests.faults.schedules --record` plays the table
of schedules anew.
"""

from pipeline.writing.dates import long_day
from tests.conftest import GOLDEN
from tests.faults.schedules import KINDS, recorded
from tests.faults.test_machine import LIVES, MANY
from tests.reference.layout import table

# What is ended at every point, where its count stands, and what a point is.
SWEEPS = (
    ("a run on a laptop, twenty mails due", "folder", "each change to the disk"),
    (
        "one in which people do everything at once: stop, undo, rename, delete",
        "lively",
        "each change to the disk",
    ),
    (
        "a run kept in git, with a second copy to push to",
        "git",
        "each git command, and each change to the files kept in it",
    ),
    (
        "a run on GitHub, twenty mails due",
        "github",
        "each request and each git command",
    ),
    ("a move from the laptop to GitHub", "move", "each change to the disk"),
    ("a person being forgotten", "forget", "each change to the disk"),
    ("slips in files being mended", "mend", "each change to the disk"),
)

# What goes wrong in each kind of schedule, as the guide says it.
GOES_WRONG = {
    "none": "nothing",
    "crash between any two steps": "the run breaks off, anywhere",
    "502 before or after commit": "the server says 502, before or after the work",
    "dropped before or after commit": "the line drops, before or after the work",
    "500": "the server says 500",
    "403 without evidence": "the server refuses, and does not say why",
    "403 and 429 with evidence": "the server wants a pause",
    "list lags": "the list of issues is some minutes old",
    "list empty": "the list comes empty",
    "list empty, and crashes": "the list comes empty, and runs break off",
    "list hours old, and crashes": "the list is hours old, and runs break off",
    "push rejected": "somebody else pushes first",
    "two runs at once": "two runs at one moment",
    "a person acts during a run": "a person acts while a run goes on",
    "everything together": "all of it together",
}


def proof(which: str) -> str:
    """Give the table of what is ended where, or that of random schedules."""
    return {"ended": _ended, "random": _random}[which]()


def counted(name: str) -> int:
    """Give the points of a sweep, as its test wrote them down."""
    return int((GOLDEN / "faults" / f"{name}.txt").read_text("utf-8"))


def _ended() -> str:
    rows = [(what, where, str(counted(name))) for what, name, where in SWEEPS]
    total = sum(counted(name) for _, name, _ in SWEEPS)
    rows.append(("together", "", str(total)))
    return table(("What is ended", "Just before", "Places"), rows)


def _random() -> str:
    found = recorded()
    rows = [
        (
            GOES_WRONG[each.fault],
            str(each.duplicates + each.lost + each.unsettled),
            str(each.naive_duplicates),
        )
        for each in found.rows
    ]
    (number,) = {each.schedules for each in found.rows}
    head = ("What happens", "Went wrong", "Without claims")
    more = (
        f"Of {number} lives for each row, played on {long_day(found.day)}. `make soak` "
        f"plays {MANY * len(KINDS):,}, and {LIVES:,} more that a program makes up to "
        "find a fault."
    )
    return f"{table(head, rows)}\n\n{more}"
