"""Pictures as inline SVG: classes in place of colours, so that they follow the page.

Light, dark and forced colours are the style sheet's business; what a picture says is
said in words beside it or in its title. No script, no style attribute; pure.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape
from msgspec import Struct

from pipeline.dashboard.views.evidence import (
    EVERYONE,
    HEARD_OF,
    NOT_HEARD_OF,
    NOT_WRITTEN,
    Flow,
    Rate,
)
from pipeline.dashboard.views.timeline import Lane, Span
from pipeline.writing.dates import MONTHS

_DOT = 4.5  # radius in pixels
_SHAPES = {
    "sent": f'<circle r="{_DOT}" class="m-sent"/>',
    "heard": '<path d="M0-6 6 0 0 6-6 0z" class="m-heard"/>',
    "good": '<path d="M0-7 2 -2 7 0 2 2 0 7-2 2-7 0-2-2z" class="m-good"/>',
    "no": '<path d="M-4-4 4 4M4-4-4 4" class="m-no"/>',
    "call": f'<circle r="{_DOT}" class="m-call"/>',
    "stop": '<path d="M-5 0H5M0-5V5" transform="rotate(45)" class="m-stop"/>',
}


def legend(sort: str) -> Markup:
    """Give one mark by itself, for the line that explains them."""
    inside = _SHAPES.get(sort, '<rect x="-8" y="-4" width="16" height="8" rx="4"/>')
    return _raw(
        f'<svg class="ny-mark" viewBox="-9 -9 18 18" aria-hidden="true">'
        f'<g class="b-{sort}">{inside}</g></svg>'
    )


# --- the timeline --------------------------------------------------------------


def lane(line: Lane, span: Span) -> Markup:
    """Draw one person's line; places are shares of the width, so that it stretches."""
    parts = []
    for bar in line.bars:
        left = _share(bar.first, span)
        width = max(_share(bar.last, span) - left, 0.8)
        parts.append(
            f'<rect x="{left:.2f}%" y="9" width="{width:.2f}%" height="10" rx="5" '
            f'class="b-{bar.sort}"/>'
        )
    parts += [
        f'<svg x="{_share(mark.day, span):.2f}%" y="14" overflow="visible">'
        f"{_SHAPES[mark.sort]}</svg>"
        for mark in line.marks
    ]
    label = escape(f"{line.name}: {line.told}")
    return _raw(
        f'<svg class="ny-lane" role="img" aria-label="{label}">{"".join(parts)}</svg>'
    )


def backdrop(span: Span) -> Markup:
    """Draw what lies behind all lines: quiet days, quarters, today."""
    parts = [
        f'<rect x="{_share(first, span):.2f}%" y="0" height="100%" '
        f'width="{_share(last, span) - _share(first, span):.2f}%" class="b-quiet"/>'
        for first, last in span.quiet
    ]
    for day in _quarters(span):
        x = f"{_share(day, span):.2f}%"
        sort = "l-year" if day.month == 1 else "l-quarter"
        parts.append(f'<line x1="{x}" x2="{x}" y1="0" y2="100%" class="{sort}"/>')
    now = f"{_share(span.today, span):.2f}%"
    parts.append(f'<line x1="{now}" x2="{now}" y1="0" y2="100%" class="l-today"/>')
    return _raw(f'<svg class="ny-back" aria-hidden="true">{"".join(parts)}</svg>')


def axis(span: Span) -> Markup:
    """Write the years and quarters above the lines."""
    parts = []
    for day in _quarters(span):
        text = str(day.year) if day.month == 1 else MONTHS[day.month - 1][:3]
        sort = "t-year" if day.month == 1 else "t-quarter"
        at = _share(day, span)
        parts.append(f'<text x="{at:.2f}%" y="14" class="{sort}">{text}</text>')
    now = _share(span.today, span)
    parts.append(
        f'<text x="{now:.2f}%" y="30" text-anchor="middle" class="t-today">today</text>'
    )
    return _raw(f'<svg class="ny-axis" aria-hidden="true">{"".join(parts)}</svg>')


def _share(day: dt.date, span: Span) -> float:
    return (day - span.first).days / (span.last - span.first).days * 100


def _quarters(span: Span) -> Iterator[dt.date]:
    for year in range(span.first.year, span.last.year + 1):
        for month in (1, 4, 7, 10):
            day = dt.date(year, month, 1)
            if span.first <= day <= span.last:
                yield day


# --- evidence ------------------------------------------------------------------


def interval(rate: Rate) -> Markup:
    """Draw a share with its 95 % interval on a line from 0 to 100 %."""
    share = rate.answered / rate.sent * 100
    low, high = rate.low * 100, rate.high * 100
    return _raw(
        '<svg class="ny-interval" aria-hidden="true">'
        '<line x1="0" x2="100%" y1="10" y2="10" class="l-quarter"/>'
        f'<rect x="{low:.1f}%" y="6" width="{high - low:.1f}%" height="8" rx="4" '
        'class="b-interval"/>'
        f'<circle cx="{share:.1f}%" cy="10" r="{_DOT}" class="m-sent"/></svg>'
    )


WIDE, HIGH = 480, 240
_LENGTHS = (28, 60, 120, 180, 240, 360, 480, 720)  # days of the axis, in four parts
LEFT, BOTTOM, TOP = 44, 34, 12


def answered_by(curve: Sequence[tuple[int, float, int]], longest: int) -> Markup:
    """Draw the share that was answered by each day after the message."""
    top = next((t for t in (0.25, 0.5, 0.75) if 1 - curve[-1][1] <= t * 0.9), 1.0)
    longest = max(curve[-1][0] + 7, min(longest, 30))
    last = next((each for each in _LENGTHS if each >= longest), longest)

    def x(days: float) -> float:
        return LEFT + days / last * (WIDE - LEFT - 10)

    def y(share: float) -> float:
        return HIGH - BOTTOM - share / top * (HIGH - BOTTOM - TOP)

    path = [f"M{x(0):.1f} {y(0):.1f}"]
    for days, waiting, _ in curve:
        path.append(f"H{x(days):.1f}V{y(1 - waiting):.1f}")
    path.append(f"H{x(last):.1f}")
    parts = []
    for part in (0, 0.5, 1):
        at = y(top * part)
        parts.append(
            f'<line x1="{LEFT}" x2="{WIDE - 10}" y1="{at:.1f}" y2="{at:.1f}" '
            f'class="l-quarter"/><text x="{LEFT - 6}" y="{at + 4:.1f}" '
            f'text-anchor="end">{top * part:.0%}</text>'
        )
    for tick in range(5):
        days = round(last * tick / 4)
        parts.append(
            f'<text x="{x(days):.1f}" y="{HIGH - 14}" '
            f'text-anchor="{"end" if tick == 4 else "middle"}">{days}'
            f"{' days' if tick == 4 else ''}</text>"
        )
    told = f"Share of messages answered by the day; {1 - curve[-1][1]:.0%} in the end."
    return _figure(told, (*parts, f'<path d="{"".join(path)}" class="l-curve"/>'), HIGH)


NODE, GAP, TALL = 10, 18, 260
_COLUMNS = (
    (EVERYONE,),
    (HEARD_OF, NOT_HEARD_OF, NOT_WRITTEN),
    ("a talk or a job", "goes on", "rests", "asked you to stop"),
)
_AT = (0, 160, 325)


class _Node(Struct):
    """A block of people, and how far it is used up on either side."""

    x: float
    y: float
    people: int
    left: float = 0.0
    right: float = 0.0


def sankey(flows: Sequence[Flow]) -> Markup:
    """Draw how many people went from the no to where they are now."""
    nodes, scale = _nodes(flows)
    order = [name for column in _COLUMNS for name in column]
    parts = []
    ordered = sorted(
        flows, key=lambda f: (order.index(f.source), order.index(f.target))
    )
    for flow in ordered:
        source, target = nodes[flow.source], nodes[flow.target]
        thick = flow.people * scale
        parts.append(
            _ribbon(
                source.x + NODE,
                source.y + source.right,
                target.x,
                target.y + target.left,
                thick,
            )
        )
        source.right += thick
        target.left += thick
    for name, node in nodes.items():
        tall = max(node.people * scale, 2)
        parts.append(
            f'<rect x="{node.x}" y="{node.y:.1f}" width="{NODE}" height="{tall:.1f}" '
            f'rx="2" class="b-node"/><text x="{node.x + NODE + 6}" '
            f'y="{node.y + tall / 2 + 4:.1f}" class="t-halo">{escape(name)} '
            f'<tspan class="t-strong">{node.people}</tspan></text>'
        )
    told = "; ".join(f"{f.source} to {f.target}: {f.people}" for f in ordered)
    return _figure(told, parts, TALL)


def _nodes(flows: Sequence[Flow]) -> tuple[dict[str, _Node], float]:
    """Place the blocks of each column below each other, and give pixels a person."""
    people: dict[str, int] = {}
    for flow in flows:
        people[flow.target] = people.get(flow.target, 0) + flow.people
        if flow.source == EVERYONE:
            people[EVERYONE] = people.get(EVERYONE, 0) + flow.people
    scale = (TALL - 3 * GAP - 12) / max(people.get(EVERYONE, 0), 1)
    nodes: dict[str, _Node] = {}
    for x, column in zip(_AT, _COLUMNS, strict=True):
        known = [name for name in column if people.get(name)]
        used = sum(people[name] for name in known) * scale + GAP * (len(known) - 1)
        y = (TALL - used) / 2
        for name in known:
            nodes[name] = _Node(x, y, people[name])
            y += people[name] * scale + GAP
    return nodes, scale


def _ribbon(x0: float, y0: float, x1: float, y1: float, thick: float) -> str:
    middle = (x0 + x1) / 2
    return (
        f'<path class="b-ribbon" d="M{x0} {y0:.1f}C{middle} {y0:.1f} {middle} {y1:.1f} '
        f"{x1} {y1:.1f}V{y1 + thick:.1f}C{middle} {y1 + thick:.1f} {middle} "
        f'{y0 + thick:.1f} {x0} {y0 + thick:.1f}z"/>'
    )


# --- parts ---------------------------------------------------------------------


def _figure(title: str, parts: Sequence[str], high: int) -> Markup:
    """Put a picture together that scales as a whole and says what it shows."""
    return _raw(
        f'<svg class="ny-figure" role="img" viewBox="0 0 {WIDE} {high}">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )


def _raw(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704 - made here of numbers, and of text that is escaped
