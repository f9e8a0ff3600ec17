"""What the pictures of the guide are drawn with: words, lines, dots and frames, as SVG.

Colours and sizes of text come from the site's style sheet, so that light and dark
follow the reader. Nothing here knows what a picture is about.
"""

from collections.abc import Sequence
from html import escape

from msgspec import Struct

LINE = 22  # between two lines of text
WIDE, NARROW = 720, 360  # units across: a screen, and a phone held upright


class Drawing(Struct, frozen=True):
    """One picture in one width; `kind` says where it is shown, by its class."""

    width: int
    height: float
    parts: Sequence[str]
    kind: str = ""


def text(
    x: float, y: float, words: str, *, anchor: str = "middle", kind: str = ""
) -> str:
    """Write words at a place."""
    look = f"ny-text {kind}".strip()
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" class="{look}">'
        f"{escape(words)}</text>"
    )


def line(x1: float, y1: float, x2: float, y2: float, kind: str = "ny-axis") -> str:
    """Draw a straight line."""
    ends = f'x1="{x1:.0f}" y1="{y1:.0f}" x2="{x2:.0f}" y2="{y2:.0f}"'
    return f'<line {ends} class="{kind}"/>'


def arrow(x1: float, y1: float, x2: float, y2: float) -> str:
    """Draw a line that ends in a head; it points straight down, or to the right."""
    down = y2 - y1 > abs(x2 - x1)
    wings = ((-5, -8), (5, -8)) if down else ((-8, -5), (-8, 5))
    corners = [(x2, y2), *((x2 + dx, y2 + dy) for dx, dy in wings)]
    points = " ".join(f"{x:.0f},{y:.0f}" for x, y in corners)
    back = (x2, y2 - 6) if down else (x2 - 6, y2)
    return line(x1, y1, *back, "ny-arrow") + (
        f'<polygon points="{points}" class="ny-head"/>'
    )


def dot(x: float, y: float, kind: str = "ny-dot", radius: int = 7) -> str:
    """Draw a dot."""
    return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius}" class="{kind}"/>'


def box(x: float, y: float, width: float, height: float, kind: str = "ny-box") -> str:
    """Draw a box with round corners."""
    size = f'width="{width:.0f}" height="{height:.0f}" rx="6"'
    return f'<rect x="{x:.0f}" y="{y:.0f}" {size} class="{kind}"/>'


def picture(name: str, title: str, told: str, *drawings: Drawing) -> str:
    """Frame one picture, in one width or more, with its title and what it says."""
    framed = [
        _framed(f"{name}{'-narrow' if number else ''}", title, told, each)
        for number, each in enumerate(drawings)
    ]
    return "\n".join(['<figure class="ny-picture">', *framed, "</figure>"])


def _framed(name: str, title: str, told: str, drawing: Drawing) -> str:
    parts = "\n".join(drawing.parts)
    shown = f' class="{drawing.kind}"' if drawing.kind else ""
    return (
        f'<svg viewBox="0 0 {drawing.width} {drawing.height:.0f}"{shown} role="img" '
        f'aria-labelledby="{name}-title {name}-told">\n'
        f'<title id="{name}-title">{escape(title)}</title>\n'
        f'<desc id="{name}-told">{escape(told)}</desc>\n{parts}\n</svg>'
    )
