"""Words and layout that several verbs share on the terminal: days, people, columns.

It decides nothing and prints nothing.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from pipeline.model import (
    Channel,
    Problem,
    Severity,
    Step,
    Touch,
    TouchStatus,
    WaitsFor,
)

WIDTH = 79
CLEAR = dt.timedelta(days=300)  # ahead, a day and a month can mean one year alone
WHAT = {
    Step.SELF_ASSESSMENT: "a look back",
    Step.CHECK_IN: "a short mail",
    Step.PORTFOLIO_NOTE: "a document",
    Step.YOUR_CALL: "your call",
}
BY_HAND = {Channel.LINKEDIN: "a LinkedIn note", Channel.POST: "a letter"}
UNTOLD = (
    "No date can be told until settings.yml is mended; what is open stays open",
    "(./notyet inbox), and what you did is written down.",
)
WAITS = {
    WaitsFor.ROOM: "until one of the open ones is done",
    WaitsFor.PERSON: "until the other message to them is done",
    WaitsFor.COLLEAGUE: "until a month after the one to a colleague there",
    WaitsFor.QUIET: "until the quiet period is over",
    WaitsFor.AWAY: "until you are back",
    WaitsFor.CHOICE: "for your word: /go, /slow or /end",
    WaitsFor.YOU: "until settings.yml says who signs",
}


def day(value: dt.date, as_of: dt.date) -> str:
    """Write a day: Sat 30 May, with the year unless it can only be the next one."""
    is_near = dt.timedelta(0) <= value - as_of < CLEAR
    year = "" if is_near or value.year == as_of.year else f" {value.year}"
    return f"{value:%a} {value.day} {value:%b}{year}"


def whole_day(value: dt.date) -> str:
    """Write a day in full: Monday 4 May 2026."""
    return f"{value:%A} {value.day} {value:%B} {value.year}"


def what(touch: Touch) -> str:
    """Name a follow-up."""
    if touch.step is Step.CHECK_IN and touch.channel in BY_HAND:
        return BY_HAND[touch.channel]
    return WHAT[touch.step]


def whom(touch: Touch) -> str:
    """Name a person with the company, or the company alone."""
    if touch.step is Step.SELF_ASSESSMENT:
        return f"for yourself, about {touch.company}"
    return f"{touch.name}, {touch.company}" if touch.name else touch.company


def until(touch: Touch, as_of: dt.date) -> str:
    """Say how long there is, or what something waits for."""
    if touch.waits_for and touch.step is Step.SELF_ASSESSMENT:
        return "another day; three at once are enough"
    if touch.waits_for:
        return WAITS[touch.waits_for]
    if touch.step is Step.YOUR_CALL:
        return "no hurry"
    if touch.overdue:
        return "" if touch.step is Step.SELF_ASSESSMENT else "still fine to send"
    return f"until {day(touch.due_by, as_of)}"


def count(number: int, one: str, many: str = "") -> str:
    """Say how many: 1 person, 2 people."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def columns(rows: Sequence[Sequence[str]], indent: str = "  ") -> list[str]:
    """Lay rows out in columns, two blanks between them."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        indent
        + "  ".join(
            cell.ljust(width) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def sentences(said: Iterable[str]) -> str:
    """Join reasons, each ending in one full stop."""
    return " ".join(f"{each.rstrip('.')}." for each in said)


def wrapped(text: str, indent: str) -> list[str]:
    """Break a text into lines that fit the terminal."""
    import textwrap  # noqa: PLC0415 - for people alone

    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent)


def folded(line: str) -> list[str]:
    """Break a line of Markdown that is too long, keeping the mark it begins with."""
    if len(line) <= WIDTH:
        return [line]
    import re  # noqa: PLC0415 - for people alone
    import textwrap  # noqa: PLC0415

    mark = re.match(r"(?:> ?|[-*] (?:\[.\] )?|\d+\. |\| )?", line)
    first = mark[0] if mark else ""
    again = first if first.startswith(">") else " " * len(first)
    return textwrap.wrap(
        line,
        WIDTH,
        subsequent_indent=again,
        break_long_words=False,
        break_on_hyphens=False,
    )


def problem_lines(problems: Iterable[Problem]) -> list[str]:
    """Give one line for each problem; a warning says that nothing waits."""
    return [
        f"{each} (a warning; nothing waits for it)"
        if each.severity is Severity.WARNING
        else str(each)
        for each in problems
    ]


def counts(touches: Sequence[Touch]) -> str:
    """Say how many follow-ups stand how; numbers alone, so it may be public."""
    by_status = dict.fromkeys(TouchStatus, 0)
    for touch in touches:
        by_status[touch.status] += 1
    shown = (
        (TouchStatus.OPEN, "open"),
        (TouchStatus.DUE, "due"),
        (TouchStatus.WAITING, "waiting"),
        (TouchStatus.UPCOMING, "to come"),
    )
    return ", ".join(f"{by_status[status]} {word}" for status, word in shown)
