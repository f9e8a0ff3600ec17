"""Contact files put together at random from what people do to single lines."""

import datetime as dt
import json
from collections.abc import Callable

from hypothesis import strategies as st

GAPS = st.sampled_from(["", "", "\n", "# why\n", "  # why\n", "\n\n# - why: [\n\n"])
TAILS = st.sampled_from(["", "", " ", "  # so", " #"])
WORDS = st.sampled_from(
    [
        "Ana Sol",
        "x",
        "no",
        "1.10",
        "C#",
        "a:b",
        "https://example.com/a",
        "müßig",
        "山田",
    ]
)
STYLES: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    lambda text: json.dumps(text, ensure_ascii=False),
    lambda text: f"'{text}'",
)
BLOCKS = (
    "notes: |\n  one\n\n  two\n",
    "notes: >-\n  one\n  two\n",
    "notes: one\n  two\n",
)
LISTS = (
    "tags: [a, b]\n",
    "tags:\n- a\n- b\n",
    "tags:\n  - a\n  # and\n  - b\n",
    "tags:\n",
)


@st.composite
def fields(draw: st.DrawFn) -> list[str]:
    """Give the fields, each with its line break, in any order."""
    lines = []
    for name in ("name", "company", "position"):
        value = draw(st.sampled_from(STYLES))(draw(WORDS))
        lines.append(f"{name}: {value}{draw(TAILS)}\n")
    lines.append(f"rejected_on: 2026-01-30{draw(TAILS)}\n")
    lines.append(draw(st.sampled_from(BLOCKS)))
    lines.append(draw(st.sampled_from(LISTS)))
    return draw(st.permutations(lines))


@st.composite
def histories(draw: st.DrawFn) -> str:
    """Give a history in one of the ways in which people lay it out."""
    days = sorted(
        draw(st.lists(st.dates(dt.date(2026, 1, 1), dt.date(2028, 1, 1)), max_size=4))
    )
    rows = [f"{{date: {day}, event: note, text: n{n}}}" for n, day in enumerate(days)]
    if not rows:
        return draw(
            st.sampled_from(["", "history:\n", "history: []\n", "history: ~ # no\n"])
        )
    if draw(st.booleans()):
        joint = draw(st.sampled_from([", ", ",\n  ", " ,  "]))
        return f"history: [{joint.join(rows)}]{draw(TAILS)}\n"
    margin, wide = (
        draw(st.sampled_from(["", " ", "  ", "      "])),
        draw(st.sampled_from([" ", "   "])),
    )
    items = []
    for number, row in enumerate(rows):
        text = f"{margin}-{wide}{row}{draw(TAILS)}\n"
        if draw(st.booleans()):
            inner = f"\n{margin}  ".join(
                (f"date: {days[number]}", "event: note", f"text: n{number}")
            )
            text = f"{margin}- {inner}{draw(TAILS)}\n"
        items.append(text + draw(GAPS))
    return f"history:{draw(TAILS)}\n{''.join(items)}"


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Give a whole file, saved by one editor or another."""
    parts = draw(fields())
    parts.insert(draw(st.integers(0, len(parts))), draw(histories()))
    text = "".join(draw(GAPS) + part for part in parts)
    if draw(st.booleans()):
        text = text.removesuffix("\n")
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    return (draw(st.sampled_from(["", "\ufeff"])) + text).encode()
