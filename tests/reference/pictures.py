"""The pictures of the guide, drawn from the program's own rhythms and samples, as SVG.

Each says in words what it shows, for those who do not see it, and is drawn for a screen
and, where that would be too small to read, once more for a phone.
"""

import math
from collections.abc import Callable
from itertools import pairwise

from msgspec import Struct

from pipeline.model import CadenceStep
from pipeline.planning import cadence
from tests.reference.drawing import (
    LINE,
    NARROW,
    WIDE,
    Drawing,
    arrow,
    box,
    dot,
    line,
    picture,
    text,
)
from tests.reference.sample import three_years

# --- the four steps ------------------------------------------------------------

MONTHS = 24
LABELS = ("a short mail", "a document", *["another"] * 4)
ON_TIME = "when each goes out on its first day"


def four_steps() -> str:
    """Draw the steps of the classic rhythm on one line of two years.

    Each is drawn as if the one before had gone out on its first day.
    """
    check_in, note, more = cadence.BUILT_IN[cadence.CLASSIC][1:4]
    first, then, again = _months(check_in), _months(note), _months(more)
    spans = [first]
    for step in (then, *[again] * 4):
        spans.append((spans[-1][0] + step[0], spans[-1][0] + step[1]))
    assert spans[-1][1] <= MONTHS
    told = (
        f"A look back within days; a short mail after {first[0]} to {first[1]} months; "
        f"a document {then[0]} to {then[1]} months after that; then another every "
        f"{again[0]} to {again[1]} months, without end."
    )
    title = "The four steps over two years"
    return picture("four-steps", title, told, _across(spans), _down(spans))


def _months(step: CadenceStep) -> tuple[int, int]:
    assert step.months
    return step.months


def _across(spans: list[tuple[int, int]]) -> Drawing:
    left, right, y = 40, WIDE - 30, 92

    def at(month: float) -> float:
        return left + (right - left) * month / MONTHS

    parts = [line(left, y, right, y, "ny-axis"), dot(at(0), y, "ny-dot ny-dark")]
    parts += [text(at(0), y - 26, "the no"), dot(at(0.7), y, "ny-dot ny-ring")]
    parts.append(text(at(0.7) - 6, y + 34, "look back", anchor="start"))
    for number, ((first, last), label) in enumerate(zip(spans, LABELS, strict=True)):
        above = 26 + LINE * (number % 2)
        parts.append(box(at(first), y - 9, at(last) - at(first), 18, "ny-span"))
        parts.append(text(at((first + last) / 2), y - above, label))
    for month in range(0, MONTHS + 1, 3):
        parts.append(line(at(month), y + 44, at(month), y + 50, "ny-axis"))
        parts.append(text(at(month), y + 68, str(month), kind="ny-small"))
    under = (left + right) / 2
    said = f"months after the no, {ON_TIME}"
    parts.append(text(under, y + 90, said, kind="ny-small"))
    return Drawing(WIDE, 196, parts, "ny-wide")


def _down(spans: list[tuple[int, int]]) -> Drawing:
    x, top, month = 84, 18, 17

    def at(months: float) -> float:
        return top + months * month

    def said(months: float, words: str) -> str:
        return text(x + 24, at(months) + 5, words, anchor="start")

    parts = [line(x, top, x, at(MONTHS), "ny-axis"), dot(x, top, "ny-dot ny-dark")]
    parts += [said(0, "the no"), dot(x, at(1.3), "ny-dot ny-ring")]
    parts.append(said(1.3, "look back, within days"))
    for (first, last), label in zip(spans, LABELS, strict=True):
        parts.append(box(x - 8, at(first), 16, at(last) - at(first), "ny-span"))
        parts.append(said((first + last) / 2, label))
    for each in range(0, MONTHS + 1, 6):
        parts.append(line(x - 22, at(each), x - 14, at(each), "ny-axis"))
        words = f"{each} months" if each else "day 0"
        parts.append(text(x - 26, at(each) + 4, words, anchor="end", kind="ny-small"))
    foot = at(MONTHS) + 34
    parts.append(
        text(0, foot, f"(after the no, {ON_TIME})", anchor="start", kind="ny-small")
    )
    return Drawing(NARROW, foot + 8, parts, "ny-narrow")


# --- the curve -----------------------------------------------------------------


def spacing() -> str:
    """Draw liking over the number of meetings: it rises, then falls."""
    left, right, top, base = 16, NARROW - 12, 30, 176
    points = []
    for step in range(61):
        share = step / 60
        height = math.sin(math.pi * share**0.62) * (1 - 0.25 * share)
        x, y = left + (right - left) * share, base - (base - top) * height * 0.92
        points.append(f"{x:.1f},{y:.1f}")
    parts = [
        line(left, base, right, base, "ny-axis"),
        line(left, base, left, top, "ny-axis"),
        f'<polyline points="{" ".join(points)}" class="ny-curve"/>',
        text(left, top - 12, "liking", anchor="start"),
        text((left + right) / 2, top + 2, "familiar", kind="ny-small"),
        text(right - 34, base - 52, "too much", kind="ny-small"),
        text((left + right) / 2, base + 26, "how often somebody meets the same thing"),
    ]
    told = (
        "A curve that rises at first and then falls. It shows the direction that the "
        "summary of 81 articles found, not its numbers."
    )
    drawn = Drawing(NARROW, base + 36, parts, "ny-tall")
    return picture("spacing", "Liking rises, and then falls", told, drawn)


# --- the data flow -------------------------------------------------------------


class Place(Struct, frozen=True):
    """A box of the flow: where it begins, how wide it is and what stands in it."""

    x: float
    y: float
    width: float
    words: tuple[str, ...]

    @property
    def foot(self) -> tuple[float, float]:
        """Give the middle of its lower side."""
        return self.x + self.width / 2, self.y + self.height

    @property
    def head(self) -> tuple[float, float]:
        """Give the middle of its upper side."""
        return self.x + self.width / 2, self.y

    @property
    def height(self) -> float:
        """Give the height that its words need."""
        return 20 + 20 * len(self.words)


def data_flow() -> str:
    """Draw what reads what, and which way the public guide goes."""
    half, whole = 168, NARROW - 2
    files = Place(1, 1, half, ("your files:", "people, documents,", "settings"))
    issues = Place(
        NARROW - half - 1, 1, half, ("the issues, and what", "you did to them")
    )
    wanted = Place(1, 109, half, ("what should", "be open"))
    there = Place(NARROW - half - 1, 109, half, ("what is", "open"))
    between = Place(51, 195, 258, ("the difference, with reasons",))
    chain = [
        between,
        Place(51, 259, 258, ("1. what you did is written down",)),
        Place(51, 323, 258, ("2. what is about to open as well",)),
        Place(51, 387, 258, ("3. only then: issues open or close",)),
    ]
    guide = Place(1, 469, half, ("docs/: this guide,", "open to all"))
    sealed = Place(NARROW - half - 1, 469, half, ("the dashboard,", "sealed"))
    site = Place(1, 557, whole, ("the public site",))
    places = [files, issues, wanted, there, *chain, guide, sealed, site]
    parts = [each for place in places for each in _boxed(place)]
    parts += [arrow(*files.foot, *wanted.head), arrow(*issues.foot, *there.head)]
    for each in (wanted, there):
        x, _ = each.foot
        parts.append(arrow(*each.foot, x, between.y))
    parts += [arrow(*one.foot, *two.head) for one, two in pairwise(chain)]
    for each in (guide, sealed):
        x, _ = each.foot
        parts.append(arrow(*each.foot, x, site.y))
    told = (
        "Your files say what should be open; the issues say what is. From the "
        "difference, what you did is written down first, then what is about to open, "
        "and only then do issues open or close. Apart from all this, the public site "
        "is built from the guide, and the sealed dashboard is added to it."
    )
    drawn = Drawing(NARROW, 598, parts, "ny-tall")
    return picture("data-flow", "What reads what", told, drawn)


def _boxed(place: Place) -> list[str]:
    middle = place.x + place.width / 2
    words = [
        text(middle, place.y + 25 + 20 * number, words)
        for number, words in enumerate(place.words)
    ]
    return [box(place.x, place.y, place.width, place.height), *words]


PICTURES: dict[str, Callable[[], str]] = {
    "four-steps": four_steps,
    "spacing": spacing,
    "three-years": three_years,
    "data-flow": data_flow,
}
