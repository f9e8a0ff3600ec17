"""The pictures of the guide, drawn from the program's own rhythms and samples, as SVG.

Colours come from the site's style sheet, so that light and dark follow the reader. Each
picture says in words what it shows, for those who do not see it.
"""

import datetime as dt
import math
from collections.abc import Callable, Sequence
from html import escape

from pipeline.files.workspace import load
from pipeline.model import Contact, EventKind
from pipeline.planning import cadence
from tests.conftest import ROOT

WIDTH = 720
LINE = 22  # between two lines of text


def text(
    x: float, y: float, words: str, *, anchor: str = "middle", kind: str = ""
) -> str:
    """Write words at a place."""
    look = f"ny-text {kind}".strip()
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" class="{look}">'
        f"{escape(words)}</text>"
    )


def line(x1: float, y1: float, x2: float, y2: float, kind: str = "ny-line") -> str:
    """Draw a straight line."""
    ends = f'x1="{x1:.0f}" y1="{y1:.0f}" x2="{x2:.0f}" y2="{y2:.0f}"'
    return f'<line {ends} class="{kind}"/>'


def dot(x: float, y: float, kind: str = "ny-dot", radius: int = 7) -> str:
    """Draw a dot."""
    return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius}" class="{kind}"/>'


def box(x: float, y: float, width: float, height: float, kind: str = "ny-box") -> str:
    """Draw a box with round corners."""
    size = f'width="{width:.0f}" height="{height:.0f}" rx="6"'
    return f'<rect x="{x:.0f}" y="{y:.0f}" {size} class="{kind}"/>'


def picture(name: str, title: str, told: str, height: int, parts: Sequence[str]) -> str:
    """Frame a drawing with its title and what it says."""
    drawn = "\n".join(parts)
    return (
        f'<figure class="ny-picture">\n<svg viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="{name}-title {name}-told">\n'
        f'<title id="{name}-title">{escape(title)}</title>\n'
        f'<desc id="{name}-told">{escape(told)}</desc>\n{drawn}\n</svg>\n</figure>'
    )


# --- the four steps ------------------------------------------------------------


def four_steps() -> str:
    """Draw the steps of the classic rhythm on one line of two years."""
    check_in, note, more = cadence.BUILT_IN[cadence.CLASSIC][1:4]
    assert check_in.months
    assert note.months
    assert more.months
    spans = [(check_in.months[0], check_in.months[1])]
    for step in (note, more, more, more):
        assert step.months
        before = spans[-1][0]
        spans.append((before + step.months[0], before + step.months[1]))
    months = 24
    left, right, y = 40, WIDTH - 30, 92

    def at(month: float) -> float:
        return left + (right - left) * month / months

    parts = [line(left, y, right, y, "ny-axis"), dot(at(0), y, "ny-dot ny-quiet")]
    parts += [text(at(0), y - 26, "the no"), dot(at(0.6), y, "ny-dot")]
    parts.append(text(at(0.6) + 8, y + 34, "look back", anchor="start"))
    labels = ("a short mail", "a document", "another", "another", "another")
    for number, ((first, last), label) in enumerate(zip(spans, labels, strict=True)):
        if first <= months:
            end, above = min(last, months), 26 + LINE * (number % 2)
            parts.append(box(at(first), y - 9, at(end) - at(first), 18, "ny-span"))
            parts.append(text(at((first + end) / 2), y - above, label))
    for month in range(0, months + 1, 3):
        parts.append(line(at(month), y + 44, at(month), y + 50, "ny-axis"))
        parts.append(text(at(month), y + 68, str(month), kind="ny-small"))
    parts.append(
        text((left + right) / 2, y + 90, "months after the no", kind="ny-small")
    )
    told = (
        f"A look back within days; a short mail after {check_in.months[0]} to "
        f"{check_in.months[1]} months; a document {note.months[0]} to {note.months[1]} "
        f"months after that; then another every {more.months[0]} to {more.months[1]} "
        "months, without end."
    )
    return picture("four-steps", "The four steps over two years", told, 196, parts)


# --- the curve -----------------------------------------------------------------


def spacing() -> str:
    """Draw liking over the number of meetings: it rises, then falls."""
    left, right, top, base = 70, WIDTH - 40, 30, 210
    points = []
    for step in range(61):
        share = step / 60
        height = math.sin(math.pi * share**0.62) * (1 - 0.25 * share)
        x, y = left + (right - left) * share, base - (base - top) * height * 0.92
        points.append(f"{x:.0f},{y:.0f}")
    parts = [
        line(left, base, right, base, "ny-axis"),
        line(left, base, left, top, "ny-axis"),
        f'<polyline points="{" ".join(points)}" class="ny-curve"/>',
        text(left - 12, top + 8, "liking", anchor="end"),
        text((left + right) / 2, base + 30, "how often somebody meets the same thing"),
        text(left + 150, top + 2, "familiar", kind="ny-small"),
        text(right - 60, base - 60, "too much", kind="ny-small"),
    ]
    told = (
        "A curve that rises at first and then falls. It shows the direction that the "
        "summary of 81 articles found, not its numbers."
    )
    return picture("spacing", "Liking rises, and then falls", told, 256, parts)


# --- three years of one person -------------------------------------------------

_MARKS = {
    EventKind.SENT: ("ny-dot", "sent"),
    EventKind.REPLIED: ("ny-dot ny-warm", "answered"),
    EventKind.ASSESSED: ("ny-dot ny-quiet", "looked back"),
}


def three_years() -> str:
    """Draw what passed between Maya and those who heard most from her."""
    workspace = load(str(ROOT / "examples" / "three-years"))
    first, last = dt.date(2024, 1, 1), dt.date(2026, 11, 23)
    people = sorted(
        workspace.contacts.values(),
        key=lambda c: (-sum(e.event in _MARKS for e in c.history), c.slug),
    )[:8]
    left, right, top = 160, WIDTH - 20, 34

    def at(day: dt.date) -> float:
        return left + (right - left) * (day - first).days / (last - first).days

    parts = []
    for year in (2024, 2025, 2026):
        x = at(dt.date(year, 1, 1))
        parts += [line(x, top - 6, x, top + 8 * 26, "ny-grid")]
        parts += [text(x + 4, top - 12, str(year), anchor="start", kind="ny-small")]
    for row, contact in enumerate(people):
        parts += _row(contact, top + 12 + row * 26, left, at)
    legend, y = left, top + 8 * 26 + 24
    for kind, label in _MARKS.values():
        parts += [
            dot(legend, y - 4, kind, 5),
            text(legend + 12, y, label, anchor="start"),
        ]
        legend += 130
    parts += [line(legend - 6, y - 10, legend - 6, y + 2, "ny-no")]
    parts += [text(legend + 6, y, "the no", anchor="start")]
    counts = {
        kind: sum(e.event is kind for c in people for e in c.history) for kind in _MARKS
    }
    told = (
        f"Eight of 24 people, 2024 to 2026: {counts[EventKind.SENT]} messages sent, "
        f"{counts[EventKind.REPLIED]} answers."
    )
    title = "What passed between Maya and eight people"
    return picture("three-years", title, told, y + 20, parts)


def _row(
    contact: Contact, y: float, left: float, at: Callable[[dt.date], float]
) -> list[str]:
    parts = [text(left - 12, y + 5, contact.name, anchor="end", kind="ny-small")]
    days = [at(each.rejected_on) for each in contact.rejections]
    marks = [
        (at(e.date), _MARKS[e.event][0]) for e in contact.history if e.event in _MARKS
    ]
    ends = [*days, *(x for x, _ in marks)]
    parts.append(line(min(ends), y, max(ends), y, "ny-axis"))
    parts += [line(x, y - 8, x, y + 8, "ny-no") for x in days]
    return parts + [dot(x, y, kind, 5) for x, kind in marks]


# --- the data flow -------------------------------------------------------------


def data_flow() -> str:
    """Draw what reads what, and which way the public guide goes."""
    boxes = {
        "contacts/, portfolio/, settings.yml": (20, 20, 300),
        "what should be open": (20, 100, 300),
        "what is open": (400, 100, 300),
        "the difference, with reasons": (210, 180, 300),
        "history, written first": (20, 260, 300),
        "issues, opened once": (400, 260, 300),
        "docs/: this guide": (20, 340, 300),
        "the site, with one sealed file": (400, 340, 300),
    }
    parts = []
    for label, (x, y, width) in boxes.items():
        parts += [box(x, y, width, 40), text(x + width / 2, y + 25, label)]
    arrows = (
        (170, 60, 170, 100),
        (170, 140, 300, 180),
        (550, 140, 420, 180),
        (300, 220, 170, 260),
        (420, 220, 550, 260),
        (320, 280, 400, 280),
        (320, 360, 400, 360),
    )
    parts += [line(*each, "ny-arrow") for each in arrows]
    told = (
        "Your files say what should be open; the issues say what is. The difference is "
        "written into the history first, and only then are issues opened. The public "
        "guide is built from docs/ alone, and one sealed file is added to it."
    )
    return picture("data-flow", "What reads what", told, 400, parts)


PICTURES: dict[str, Callable[[], str]] = {
    "four-steps": four_steps,
    "spacing": spacing,
    "three-years": three_years,
    "data-flow": data_flow,
}
