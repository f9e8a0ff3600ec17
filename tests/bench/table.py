"""The tables that the benchmark prints; it weighs nothing itself."""

import math
from collections.abc import Sequence
from typing import NamedTuple


class Goal(NamedTuple):
    """One thing to reach, and what was found."""

    what: str
    limit: float
    found: float
    unit: str = "x"
    at_least: bool = False  # else at most
    note: str = ""  # the spread, the clock

    def reached(self, slack: float = 1.0) -> bool:
        """Say whether it is; `slack` above 1 is for small and noisy runs."""
        if self.at_least:
            return self.found * slack >= self.limit
        return self.found <= self.limit * slack

    def cells(self, slack: float) -> tuple[str, ...]:
        """Give its line of the table."""
        sign = ">=" if self.at_least else "<="
        return (
            self.what,
            f"{sign} {self.limit:g} {self.unit}",
            f"{self.found:.2f} {self.unit}",
            "ok" if self.reached(slack) else "MISSED",
            self.note,
        )


def goal_table(goals: Sequence[Goal], slack: float = 1.0) -> str:
    """Lay the goals out."""
    head = ("goal", "limit", "measured", "", "range; by the clock")
    return columns([head, *(goal.cells(slack) for goal in goals)])


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Lay rows out as columns, the first row being the heading."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
    lines.insert(1, "-" * sum((*widths, 2 * len(widths) - 2)))
    return "\n".join(line.rstrip() for line in lines)


def exponent(small: tuple[int, float], large: tuple[int, float], fixed: float) -> float:
    """Give how the time grows: 1 is in proportion; `fixed` is spent in any case."""
    (few, short), (many, long) = small, large
    return math.log((long - fixed) / (short - fixed)) / math.log(many / few)


def fixed_part(small: tuple[int, float], large: tuple[int, float]) -> float:
    """Give the time that does not depend on the size, by the line through two."""
    (few, short), (many, long) = small, large
    return short - few * (long - short) / (many - few)
