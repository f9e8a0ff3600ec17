"""What a person sees and types: results, notes, questions.

Where others read along (`CI` is set), nothing is shown that stands in a file: each text
has a public line of counts in its place. It knows nothing of what it shows.
"""

import re

from pipeline.errors import UsageError

TYPE_CHECKING = False  # `typing` would cost a third of the start
if TYPE_CHECKING:
    from typing import TextIO

# Characters that move the cursor or hide text; no answer and no name needs them.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# A heading is marked by characters that no text holds, coloured when it is shown.
_HEADING, _END = "\ufdd0", "\ufdd1"


class Terminal:
    """The three streams of one run, and who may read them."""

    def __init__(
        self,
        stdin: "TextIO",
        stdout: "TextIO",
        stderr: "TextIO",
        *,
        silent: bool = False,
        colour: bool = False,
    ) -> None:
        """`silent`: others read along. `colour`: headings may have one."""
        self._in, self._out, self._err = stdin, stdout, stderr
        self.silent, self.colour = silent, colour

    def show(self, text: str, public: str = "") -> None:
        """Give a result; `public` is what may stand in its place."""
        self._write(self._out, text, public)

    def note(self, text: str, public: str = "") -> None:
        """Say something beside the result."""
        self._write(self._err, text, public)

    def flush(self) -> None:
        """Let what was shown be seen now, since the run goes on for long."""
        self._out.flush()

    def data(self, content: bytes) -> None:
        """Give a result that a program reads, byte by byte, and end its last line.

        What a program reads is UTF-8 whatever the terminal speaks.
        """
        end = b"" if content.endswith(b"\n") else b"\n"
        below = getattr(self._out, "buffer", None)  # a text in memory has none
        if below is None:
            self._out.write((content + end).decode())
            return
        self._out.flush()
        below.write(content)
        below.write(end)

    def _write(self, stream: "TextIO", text: str, public: str) -> None:
        if self.silent and not public:
            return
        text = public if self.silent else text
        shown = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
        on, off = ("\x1b[1;36m", "\x1b[0m") if self.colour else ("", "")
        stream.write(f"{shown.replace(_HEADING, on).replace(_END, off)}\n")

    def heading(self, text: str) -> str:
        """Give a heading as it may stand in a text that is shown."""
        return f"{_HEADING}{text}{_END}"

    @property
    def interactive(self) -> bool:
        """Say whether a person sits there."""
        return self._in.isatty() and self._out.isatty()

    def ask(self, question: str) -> str:
        """Ask for one line; UsageError where the answers have come to an end."""
        if self.interactive:
            return self._typed(question)
        self.note(question)
        self._err.flush()
        line = self._in.readline()
        if not line:
            message = "the answers ended before the questions; nothing was written"
            raise UsageError(message)
        return _clean(line)

    def _typed(self, question: str) -> str:
        """Ask a person, with the line editing that their system has."""
        import contextlib  # noqa: PLC0415 - only where somebody types

        with contextlib.suppress(ImportError):
            import readline  # noqa: F401, PLC0415 - importing it is all it takes
        self.note(question)
        self._out.flush()
        self._err.flush()
        try:
            return _clean(input("   > "))
        except EOFError:
            self.note("")
            raise UsageError("that was the end; nothing was written") from None


def _clean(line: str) -> str:
    return " ".join(_CONTROL.sub(" ", line).split())
