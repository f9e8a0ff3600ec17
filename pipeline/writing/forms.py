"""The parts of an issue that a person fills in, and how they are read back.

Any text is an answer, and an empty form is one too. What the person changes around the
headings and boxes is theirs and is kept with the answer.
"""

import re

from msgspec import Struct

from pipeline.model import EventKind

# --- the self-assessment -------------------------------------------------------

WELL = "What went well and should stay"
DIFFERENT = "What you would do differently"
NEEDED = "What they needed most"
ONE_THING = "One thing to do, and by when"
HEADINGS = (WELL, DIFFERENT, NEEDED, ONE_THING)

BEYOND_YOU = "Not yours to decide"
NOT_YOURS = (
    "someone inside got it",
    "money, a freeze, a reorganisation",
    "the role changed on the way",
    "someone was better known there",
    "someone had more of one thing",
    "I will never know",
)


class Assessment(Struct, frozen=True):
    """What was written into a self-assessment; "" and () where nothing was."""

    text: str
    needs: tuple[str, ...]


def assessment_form() -> str:
    """Lay the four headings out with room below, and the boxes after them."""
    parts = [f"### {heading}\n\n\n" for heading in HEADINGS]
    boxes = "\n".join(f"- [ ] {each}" for each in NOT_YOURS)
    return "".join(parts) + f"{BEYOND_YOU}:\n\n{boxes}\n"


def read_assessment(filled: str) -> Assessment:
    """Read a filled form: the answers as text, and what they needed as a list."""
    sections: dict[str, list[str]] = {"": []}
    heading = ""
    for line in filled.replace("\r\n", "\n").split("\n"):
        found = re.fullmatch(r"\s*#{1,6}\s+(.+?)\s*#*\s*", line)
        begun = found[1] if found else line.strip().removesuffix(":")
        if begun in (HEADINGS if found else (BEYOND_YOU,)):
            heading = begun
            sections.setdefault(heading, [])
        else:
            sections[heading].append(line)
    parts = []
    for name, lines in sections.items():
        said = "\n".join(lines).strip()
        if name == BEYOND_YOU:
            own = _BOX.sub("", said).split("\n")
            said = "; ".join([*_ticked(said), *filter(None, map(str.strip, own))])
        if said:
            parts.append(f"{name}: {said}" if name else said)
    return Assessment("\n".join(parts), _needs("\n".join(sections.get(NEEDED, []))))


def parts_of(text: str) -> dict[str, str]:
    """Give what `read_assessment` wrote by heading; "" is what had none."""
    parts: dict[str, str] = {}
    heading = ""
    for line in text.split("\n"):
        name, found, said = line.partition(": ")
        if found and name in (*HEADINGS, BEYOND_YOU):
            heading, line = name, said  # noqa: PLW2901 - the heading is taken off
        parts[heading] = f"{parts.get(heading, '')}\n{line}".strip()
    return {name: said for name, said in parts.items() if said}


def _needs(text: str) -> tuple[str, ...]:
    pieces = re.split(r"[\n,;]|(?<=[.!?])\s", text)
    cleaned = (re.sub(r"^\s*(?:[-*•]|\d+[.)]|#{1,6})\s*", "", each) for each in pieces)
    kept = (each.strip().rstrip(".!?")[:80] for each in cleaned)
    return tuple(dict.fromkeys(each for each in kept if each))[:8]


# --- boxes ---------------------------------------------------------------------

GO_ON = "Go on as before"
SLOW_DOWN = "Slow down: once a year from here"
LET_REST = "Let it rest; `/resume` wakes it again"
CALL = {
    GO_ON: EventKind.GOING_ON,
    SLOW_DOWN: EventKind.SLOWED,
    LET_REST: EventKind.ENDED,
}

_BOX = re.compile(r"^\s*[-*+]\s+\[([ xX])\]\s+(.*?)\s*$", re.MULTILINE)


def call_form() -> str:
    """Lay the three boxes of the question out."""
    return "\n".join(f"- [ ] {each}" for each in CALL) + "\n"


def _ticked(text: str) -> list[str]:
    return [found[2] for found in _BOX.finditer(text) if found[1] != " "]


def read_call(filled: str) -> tuple[int, EventKind] | None:
    """Give the number of the one box that is ticked and what it says, or None.

    Two ticks are no answer yet.
    """
    labels = list(CALL)
    found = [labels.index(label) for label in _ticked(filled) if label in CALL]
    if len(set(found)) != 1:
        return None
    return found[0], CALL[labels[found[0]]]
