"""The guide's sources: one file of them, and the page that lists them."""

from pathlib import Path

import yaml
from msgspec import Struct, convert

from tests.conftest import ROOT

FILE = ROOT / "docs" / "sources.yml"
KINDS = {
    "his": "LeVie himself",
    "research": "research and surveys",
    "vendor": "figures of firms, or told second hand",
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


def listed() -> str:
    """Give the list of all sources, by kind."""
    parts = []
    known = sources()
    for kind, words in KINDS.items():
        parts += [f"## {words[0].upper()}{words[1:]}", ""]
        for name, source in known.items():
            if source.kind == kind:
                anchor = f'<a id="{name}"></a>**{name.upper()}**'
                parts.append(f"- {anchor} {source.what}. <{source.url}>, {source.seen}")
        parts.append("")
    return "\n".join(parts)
