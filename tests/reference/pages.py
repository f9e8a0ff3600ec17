"""The pages of docs/: where they are, and how one is made anew."""

from pathlib import Path

from tests.conftest import ROOT
from tests.reference.marks import filled
from tests.reference.pictures import PICTURES
from tests.reference.played import Played
from tests.reference.running import Examples
from tests.reference.tables import from_the_code

PAGES = sorted((ROOT / "docs").rglob("*.md"))


def made(page: str, folder: Path) -> str:
    """Give a page as it should be; its examples are run in `folder`, which is empty."""
    examples, played = Examples(folder), Played(folder)

    def part(kind: str, what: str, lines: int) -> str:
        if kind == "run":
            return examples.shown(what, lines)
        return {
            "taken from": excerpt,
            "the message of": message,
            "picture": lambda name: PICTURES[name](),
            "played": played.told,
            "from the code": from_the_code,
        }[kind](what)

    return filled(page, part)


def excerpt(what: str) -> str:
    """Give a file of the repository, or of it `FILE, FIRST to AFTER`.

    FIRST is a line or `top`; AFTER is the line that follows the last one, or `end`.
    """
    path, _, part = what.partition(", ")
    text = (ROOT / path).read_text("utf-8").strip("\n")
    if part:
        first, _, after = part.partition(" to ")
        text = text[0 if first == "top" else text.index(f"{first}\n") :]
        text = text.removeprefix("```yaml\n").partition(f"\n{after}\n")[0]
    plain = "" if path.endswith(".txt") else "yaml"
    language = "markdown" if path.endswith(".md") and not part else plain
    return f"````{language}\n{text}\n````"


def message(path: str) -> str:
    """Give the message that stands in an issue, as a quotation."""
    text = (ROOT / path).read_text("utf-8")
    return "\n".join(each for each in text.split("\n") if each.startswith(">"))
