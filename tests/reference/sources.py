"""The guide's sources: one file of them, and the page that lists them."""

import datetime as dt
import re
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from msgspec import Struct, convert

from pipeline.writing.dates import long_day
from tests.conftest import ROOT

DOCS = ROOT / "docs"
FILE = DOCS / "sources.yml"
KINDS = {
    "his": "LeVie himself",
    "research": "research",
    "survey": "surveys: what people say they do",
    "vendor": "figures of firms, or told second hand",
    "platform": "GitHub, about itself",
    "law": "law, as others explain it",
    "opinion": "opinion of people who do this work",
}


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """One address, what it is, and when it was last seen."""

    what: str
    url: str
    kind: str
    seen: str


def sources(file: Path = FILE) -> dict[str, Source]:
    """Read the file; days stay as they are written."""
    loaded = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
    return convert(loaded, dict[str, Source])


def cited() -> dict[str, list[Path]]:
    """Give the pages on which each source is cited."""
    found: dict[str, list[Path]] = {}
    for path in sorted(DOCS.rglob("*.md")):
        text = path.read_text("utf-8")
        for name in sorted(set(re.findall(r"sources\.md#([a-z]\d+)\)", text))):
            found.setdefault(name, []).append(path)
    return found


def listed() -> str:
    """Give the list of all sources, by kind, each with the pages that lean on it."""
    parts = []
    known, where = sources(), cited()
    for kind, words in KINDS.items():
        parts += [f"## {words[0].upper()}{words[1:]}", ""]
        for name, source in known.items():
            if source.kind == kind:
                parts.append(_told(name, source, where.get(name, [])))
        parts.append("")
    return "\n".join(parts)


def _told(name: str, source: Source, where: list[Path]) -> str:
    host = urlsplit(source.url).netloc
    seen = long_day(dt.date.fromisoformat(source.seen))
    pages = ", ".join(f"[{title(each)}]({each.relative_to(DOCS)})" for each in where)
    anchor = f'<a id="{name}"></a>**{name.upper()}**'
    link = f"[{source.what}]({source.url})"
    return f"- {anchor} {link}, {host}, seen on {seen}. Used in: {pages}."


def title(page: Path) -> str:
    """Give the title of a page."""
    found = re.search(r"^(?:title: |# )(.+)$", page.read_text("utf-8"), re.MULTILINE)
    assert found, page
    return found[1]
