"""The verbs of the command line and their help: one table.

Help has to come at once, so nothing of the program is imported here, and only the
parser that was asked for is built.
"""

import argparse
from collections.abc import Callable, Sequence

from pipeline.commands import options
from pipeline.commands.options import SHARED, Parser
from pipeline.errors import UsageError

TYPE_CHECKING = False  # `typing` would cost a third of the start
if TYPE_CHECKING:
    from typing import NoReturn

WIDTH = 80

SUMMARY = """\
You didn't get the offer. Yet. Follow-ups after a rejection: written for you, sent by
you. Without a verb: what is due today, what waits and why, and the next dates."""

CLOSING = """\
exit codes: 0 fine, 1 a fault of the program, 2 not understood, 3 a file needs a
hand (everything else was done), 4 issues or files could not be changed, 5 refused
because something private would have shown"""


class Verb:
    """One thing the program does: who does it, in one line what, and what it takes."""

    def __init__(
        self,
        group: str,
        module: str,
        help_: str,
        shared: str = "root",
        own: Callable[[Parser], None] | None = None,
    ) -> None:
        """Name the module below `pipeline.commands` whose `run` carries it out."""
        self.group, self.module, self.help = group, module, help_
        self.shared, self.own = shared.split(), own


# --- the verbs ---------------------------------------------------------------------

BEGIN, LOOK, ACT, KEEP = "begin", "look", "act", "keep in order"
LEAVE = "move and leave"
READS = "root as-of format"
ACTS = f"{READS} tracker store"
DOES = "root as-of store"

VERBS: dict[str, Verb] = {
    "demo": Verb(BEGIN, "demo", "a story with invented people; nothing is sent"),
    "start": Verb(
        BEGIN, "start", "six questions, then your first file", "root as-of store"
    ),
    "new": Verb(
        BEGIN, "new", "write a rejection down", "root as-of store", options.new
    ),
    "plan": Verb(
        LOOK, "plan", "what is due, what waits, what comes, and why", f"{READS} tracker"
    ),
    "preview": Verb(
        LOOK, "plan", "everything planned for a person", READS, options.preview
    ),
    "portfolio": Verb(LOOK, "portfolio", "which documents are left, for whom", READS),
    "calendar": Verb(
        LOOK,
        "calendar",
        "the next two years as a calendar",
        "root as-of",
        options.calendar,
    ),
    "dashboard": Verb(
        LOOK,
        "dashboard",
        "everything on pages of your own",
        "root as-of",
        options.dashboard,
    ),
    "serve": Verb(
        LOOK,
        "serve",
        "guide and dashboard, on this machine",
        "root as-of",
        options.dashboard,
    ),
    "sync": Verb(
        ACT, "sync", "take in what you did, open what is due", ACTS, options.sync
    ),
    "inbox": Verb(ACT, "inbox", "the issues that are open", READS, options.inbox),
    "show": Verb(ACT, "inbox", "read an issue", READS, options.show),
    "mail": Verb(
        ACT, "inbox", "open the message in your mail program", "root", options.mail
    ),
    "close": Verb(ACT, "say", "you sent it, or leave it out", ACTS, options.close),
    "comment": Verb(
        ACT, "say", "say what happened, on an issue", ACTS, options.comment
    ),
    "log": Verb(ACT, "say", "say what happened, about a person", ACTS, options.log),
    "check": Verb(
        KEEP,
        "check",
        "which files need a hand, and where",
        f"{READS} store",
        options.check,
    ),
    "schema": Verb(
        KEEP, "schema", "write schemas/ for your editor", "root", options.schema
    ),
    "site": Verb(
        KEEP,
        "site",
        "the guide, with your dashboard locked in",
        "root as-of store",
        options.site,
    ),
    "doctor": Verb(
        KEEP,
        "doctor",
        "is everything in place, here and on GitHub",
        "root",
        options.doctor,
    ),
    "upgrade": Verb(
        KEEP, "upgrade", "bring the program up to date", "root", options.upgrade
    ),
    "unstop": Verb(
        KEEP,
        "unstop",
        "they have asked to hear from you again",
        "root as-of store",
        options.unstop,
    ),
    "move": Verb(
        LEAVE, "move", "issues from here to GitHub, or back", DOES, options.move
    ),
    "export": Verb(
        LEAVE, "export", "everything, for other programs", "root as-of", options.export
    ),
    "forget": Verb(
        LEAVE, "forget", "remove a person, everywhere", DOES, options.person
    ),
}
WITH_COMMANDS = ("comment", "log")
TAKE_A_VALUE = ("--root", "--as-of", "--format", "--tracker", "--store")


# --- parsers -------------------------------------------------------------------


class _Quiet(Parser):
    """A parser that says what is wrong in one line, through our own errors."""

    closing: Callable[[], str] | None = None
    write: Callable[[str], object] = print

    def error(self, message: str) -> "NoReturn":
        """Raise UsageError instead of leaving the process."""
        raise UsageError(f"{message}; see `./{self.prog} --help`")

    def print_help(self, file: object = None) -> None:
        """Show help where results go, made only now."""
        del file
        if self.closing:
            self.epilog = self.closing()
        self.write(self.format_help().rstrip("\n"))


def read(argv: Sequence[str], write: Callable[[str], object]) -> argparse.Namespace:
    """Read a command line; options that all verbs share may stand before the verb.

    Raises UsageError, or SystemExit after help was shown.
    """
    before, verb, after = _split(argv)
    parser = _top() if verb is None else parser_of(verb)
    parser.write = write
    options = parser.parse_args([*before, *after])
    options.verb = verb
    given = options.root or ["."]
    behind = sum(word == "--root" or word.startswith("--root=") for word in after)
    if behind > 1 and verb != "plan":
        raise UsageError(f"`./notyet {verb}` takes one --root; run it for each")
    options.roots = given[-max(behind, 1) :]  # one before the verb is the launcher's
    options.root = options.roots[-1]
    return options


def _split(argv: Sequence[str]) -> tuple[list[str], str | None, list[str]]:
    """Find the verb: the first word that is neither option nor an option's value."""
    skip = False
    for index, word in enumerate(argv):
        if skip or word.startswith("-"):
            skip = not skip and word in TAKE_A_VALUE
            continue
        if word not in VERBS:
            raise UsageError(f"there is no command '{word}'; {_suggestion(word)}")
        return list(argv[:index]), word, list(argv[index + 1 :])
    return list(argv), None, []


def _suggestion(word: str) -> str:
    import difflib  # noqa: PLC0415 - only for mistakes

    near = difflib.get_close_matches(word, VERBS, 1, 0.5)
    return f"did you mean `./notyet {near[0]}`?" if near else "see `./notyet --help`"


def _formatter(prog: str) -> argparse.HelpFormatter:
    return argparse.RawDescriptionHelpFormatter(prog, width=WIDTH, max_help_position=28)


def parser_of(verb: str) -> _Quiet:
    """Build the parser of one verb."""
    spec = VERBS[verb]
    parser = _Quiet(
        prog=f"notyet {verb}",
        description=f"{spec.help[0].upper()}{spec.help[1:]}.",
        formatter_class=_formatter,
        allow_abbrev=False,
    )
    if verb in WITH_COMMANDS:
        parser.closing = _commands
    if spec.own:
        spec.own(parser)
    for name in spec.shared:
        SHARED[name](parser)
    return parser


def _top() -> _Quiet:
    """Build the parser for no verb at all: the list of verbs, and the front desk."""
    parser = _Quiet(
        prog="notyet",
        usage="notyet [VERB] [options]",
        description=SUMMARY,
        formatter_class=_formatter,
        allow_abbrev=False,
    )
    parser.closing = _verbs
    parser.add_argument("--version", action="store_true", help="say which this is")
    for name in ("root", "as-of", "tracker"):
        SHARED[name](parser)
    return parser


def _verbs() -> str:
    lines = []
    for group in (BEGIN, LOOK, ACT, KEEP, LEAVE):
        lines.append(f"{group}:")
        lines += [
            f"  {name:10} {verb.help}"
            for name, verb in VERBS.items()
            if verb.group == group
        ]
        lines.append("")
    return "\n".join([*lines, CLOSING])


def _commands() -> str:
    from pipeline.reconciling.vocabulary import COMMANDS  # noqa: PLC0415 - only for help

    lines = [f"  {each.usage}\n      {each.help}" for each in COMMANDS]
    return "\n".join(["what can be said:", *lines])
