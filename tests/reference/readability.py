"""How hard the guide is to read: `make lint` prints it, and fails above 9th grade."""

import re
import sys

import readability

from tests.conftest import ROOT
from tests.reference.prose import GUIDE, sentences

HIGHEST = 9.0  # the school grade of Flesch and Kincaid, over all pages
FEWEST_WORDS = 40  # of a page that is counted by itself


def grade_of(text: str) -> float:
    """Give the school grade for which a text is right; one sentence a line is read."""
    lines = re.sub(r"(?<=[.?]) ", "\n", re.sub(r"([.,;:?])", r" \1", text))
    measured = readability.getmeasures(lines, lang="en")
    return float(measured["readability grades"]["Kincaid"])


def main() -> int:
    told = {path: sentences(path) for path in GUIDE}
    grade = grade_of(" ".join(told.values()))
    pages = sorted(
        (
            (grade_of(text), path)
            for path, text in told.items()
            if len(text.split()) >= FEWEST_WORDS
        ),
        reverse=True,
    )
    hardest = ", ".join(
        f"{path.relative_to(ROOT / 'docs')} {each:.1f}" for each, path in pages[:3]
    )
    sys.stdout.write(f"The guide reads at grade {grade:.1f}; hardest: {hardest}.\n")
    return 0 if grade <= HIGHEST else 1


if __name__ == "__main__":
    sys.exit(main())
