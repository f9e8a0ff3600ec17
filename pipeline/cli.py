"""The program: reads the command line, the clock and the environment, nobody else does.

It starts the one verb that was asked for and turns errors into a line and an exit code.
A bug keeps its traceback.
"""

import gc
import importlib
import io
import os
import sys
import time
from collections.abc import Mapping, Sequence

from pipeline.commands import arguments
from pipeline.commands.terminal import Terminal
from pipeline.errors import NotYetError, UsageError

TYPE_CHECKING = False  # `typing` would cost a third of the start
if TYPE_CHECKING:
    from argparse import Namespace
    from typing import NoReturn, TextIO

INTERRUPTED = 130  # what shells take for "stopped by Ctrl-C"


def run() -> "NoReturn":
    """Be a whole process: run its command line, and end without tidying up.

    Taking every object apart costs a tenth of a run, and the system needs none of it.
    """
    # No letter of a name stops a run: what cannot be read is asked again, and what the
    # terminal cannot show becomes a question mark.
    for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, "replace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)
    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody reads along any more
        code = code or 1
    os._exit(code)


def main(
    argv: Sequence[str] | None = None,
    stdin: "TextIO | None" = None,
    stdout: "TextIO | None" = None,
    stderr: "TextIO | None" = None,
    environ: Mapping[str, str] | None = None,
) -> int:
    """Run one command line and give the exit code; streams default to the process's."""
    environ = os.environ if environ is None else environ
    out, err = stdout or sys.stdout, stderr or sys.stderr
    terminal = Terminal(
        stdin or sys.stdin,
        out,
        err,
        silent=environ.get("CI", "") not in ("", "0", "false"),
        colour=_coloured(out, environ),
    )
    collecting = gc.isenabled()
    gc.disable()  # a run is short; looking for circles in it costs up to a half
    try:
        return _answered(sys.argv[1:] if argv is None else argv, terminal, out, environ)
    finally:
        if collecting:
            gc.enable()


def _answered(
    argv: Sequence[str], terminal: Terminal, out: "TextIO", environ: Mapping[str, str]
) -> int:
    """Run, and turn whatever ends it into an exit code and at most a line."""
    try:
        code = _run(argv, terminal, environ)
        out.flush()
    except NotYetError as error:
        terminal.note(f"notyet: {error}", f"notyet: {error.in_public}")
        return error.exit_code
    except SystemExit:  # help was shown
        return 0
    except KeyboardInterrupt:
        terminal.note("")
        return INTERRUPTED
    except BrokenPipeError:  # whoever read along has seen enough
        if out is sys.stdout:
            os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
        return 0
    except Exception as error:
        if not terminal.silent:
            raise
        _where_only(error, terminal)
        return 1
    return code


def _run(argv: Sequence[str], terminal: Terminal, environ: Mapping[str, str]) -> int:
    options = arguments.read(argv, lambda text: terminal.show(text, text))
    if options.verb is None and options.version:
        from pipeline import __version__  # noqa: PLC0415 - seldom asked

        terminal.show(f"notyet {__version__}", f"notyet {__version__}")
        return 0
    if len(options.roots) == 1:
        return _carry_out(options, terminal, environ)
    if options.format == "json":
        raise UsageError("--format json takes one --root at a time; run it for each")
    codes: list[int] = []
    for root in options.roots:
        options.root = root
        title = terminal.heading(root)
        terminal.show(f"\n{title}" if codes else title, "One of several folders.")
        codes.append(_carry_out(options, terminal, environ))
    return max(codes)


def _carry_out(
    options: "Namespace", terminal: Terminal, environ: Mapping[str, str]
) -> int:
    """Carry one verb out on one folder."""
    import datetime as dt  # noqa: PLC0415 - not for help

    from pipeline.commands.session import Session  # noqa: PLC0415

    name = "desk" if options.verb is None else arguments.VERBS[options.verb].module
    verb = importlib.import_module(f"pipeline.commands.{name}")
    session = Session(
        options,
        terminal,
        now=dt.datetime.now(dt.UTC),
        seconds=time.perf_counter,
        sleep=time.sleep,
        environ=environ,
    )
    return int(getattr(verb, options.verb or "desk")(session))


def _coloured(out: "TextIO", environ: Mapping[str, str]) -> bool:
    """Say whether headings may have a colour: on a terminal that wants one."""
    if environ.get("NO_COLOR") or environ.get("TERM") == "dumb" or not out.isatty():
        return False
    return os.name != "nt" or "WT_SESSION" in environ or "ANSICON" in environ


def _where_only(error: Exception, terminal: Terminal) -> None:
    """Show where a bug is without what it says, which may come from a file."""
    import traceback  # noqa: PLC0415

    lines = "".join(traceback.format_tb(error.__traceback__))
    terminal.note("", f"{lines}{type(error).__name__}")
