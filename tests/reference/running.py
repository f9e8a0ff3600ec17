"""Examples of the reference pages: run on the demo, shown as they came back.

Everything happens in a folder of its own. A reader can type the same after `make demo`
and sees the same.
"""

import contextlib
import io
import json
import re
import shlex
from pathlib import Path

from pipeline.cli import main

WIDTH = 100  # characters of a line, before it is cut
JSON = " | python3 -m json.tool"
CODE = "; echo $?"


class Examples:
    """The runs of one page, one after the other in the same folder."""

    def __init__(self, folder: Path) -> None:
        """Use an empty folder; the demo is made in it when it is first needed."""
        self.folder = folder

    def shown(self, line: str, lines: int) -> str:
        """Run `./notyet ...` and give both as a block; `lines` of it, or 0 for all."""
        command = line.removesuffix(JSON).removesuffix(CODE)
        argv = shlex.split(command)
        assert argv[0] == "./notyet", f"an example begins with ./notyet (got {line})"
        if not (self.folder / ".demo").exists():
            self._run(["demo"])
        code, out = self._run(argv[1:])
        if line.endswith(CODE):
            out += f"{code}\n"
        if line.endswith(JSON):
            out = json.dumps(json.loads(out), indent=4)
        told = [cut(each) for each in steady(out).strip("\n").split("\n")]
        if lines and len(told) > lines:
            told[lines:] = ["..."]
        return "\n".join(["```text", f"$ {line}", *told, "```"])

    def _run(self, argv: list[str]) -> tuple[int, str]:
        out = io.StringIO()
        with contextlib.chdir(self.folder):
            code = main(argv, io.StringIO(), out, out, {})
        return code, out.getvalue()


def steady(out: str) -> str:
    """Leave out what depends on the hour and on the machine."""
    out = re.sub(r"^Last looked.*\n?", "", out, flags=re.MULTILINE)
    return re.sub(r"(?<=took )[0-9.]+(?= s)", "0.2", out)


def cut(line: str) -> str:
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…"
