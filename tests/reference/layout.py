"""How a table is laid out in Markdown; nothing here knows what stands in it."""

from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out a Markdown table; no cell may hold a bar or a line break."""
    cells = [cell for row in rows for cell in row]
    assert not any("|" in cell or "\n" in cell for cell in cells), cells
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
