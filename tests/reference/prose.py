"""The guide as a reader meets it: its sentences, without marks, tables and code."""

import re
from pathlib import Path

from tests.conftest import ROOT
from tests.reference.pages import PAGES

# Generated tables and decisions for engineers are no prose for tired readers.
APART = ("reference", "decisions")
GUIDE = [
    path
    for path in PAGES
    if path.relative_to(ROOT / "docs").parts[0] not in APART
    and str(path.relative_to(ROOT / "docs")) not in ("sources.md", "dashboard.md")
]


def body(path: Path) -> str:
    """Give a page without its front matter and without what `make docs` puts in."""
    text = path.read_text("utf-8")
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    return re.sub(r"<!-- [^\n]+ -->\n.*?<!-- end -->", "", text, flags=re.DOTALL)


def sentences(path: Path) -> str:
    """Give the prose of a page: paragraphs and list items, one after the other."""
    text = re.sub(r"^```.*?^```$", "", body(path), flags=re.DOTALL | re.MULTILINE)
    kept = []
    for block in re.split(r"\n\s*\n", text):
        if block.lstrip().startswith(("|", "#", "<", ">", "    ")):
            continue
        for item in re.split(r"\n(?=\d+\. |- )", block):
            said = re.sub(r"^(\d+\.|-) ", "", item.strip())
            said = re.sub(r"!\[[^\]]*\]\([^)]*\)(?:\{[^}]*\})?", "", said)
            said = re.sub(r"\[\[[A-Z]\d+\]\]\([^)]*\)", "", said)
            said = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", said)
            said = re.sub(r"`[^`]*`", "this", said)
            said = re.sub(r"[*_]", "", " ".join(said.split()))
            if said:
                kept.append(said if said[-1] in ".?:" else f"{said}.")
    return " ".join(kept)
