"""Pages with parts that come from the code: finding the marks, filling what is between.

A page is written by hand. Between `<!-- from the code: TABLE -->`, `<!-- taken from:
FILE -->`, `<!-- the message of: FILE -->`, `<!-- picture: NAME -->`, `<!-- played: WHAT
HAPPENS -->` or `<!-- run: COMMAND -->` and `<!-- end -->` stands what `make docs` puts
there. Nothing here knows what that is.
"""

import re
from collections.abc import Callable

MARK = re.compile(
    r"(?P<open><!-- "
    r"(?P<kind>from the code|taken from|the message of|picture|played|run)"
    r"(?: (?P<lines>\d+) lines)?: "
    r"(?P<what>[^\n]+?) -->\n)(?P<made>.*?)(?P<close><!-- end -->)",
    re.DOTALL,
)

Make = Callable[[str, str, int], str]  # kind, what, how many lines (0: all) ▸ Markdown


def filled(page: str, make: Make) -> str:
    """Give a page with every part made anew, in the order in which they stand."""

    def part(found: re.Match[str]) -> str:
        made = make(found["kind"], found["what"], int(found["lines"] or 0))
        return f"{found['open']}\n{made.strip()}\n\n{found['close']}"

    return MARK.sub(part, page)


def marks(page: str) -> list[tuple[str, str]]:
    """Give the kind of each part and what it asks for."""
    return [(found["kind"], found["what"]) for found in MARK.finditer(page)]
