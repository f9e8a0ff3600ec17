"""The verbs of the command line, their options and help: one table.

Help has to come at once, so nothing of the program is imported here, and only the
parser that was asked for is built.
"""

import argparse
from collections.abc import Callable, Sequence

from pipeline.errors import UsageError

TYPE_CHECKING = False  # `typing` would cost a third of the start
if TYPE_CHECKING:
    from typing import NoReturn

Parser = argparse.ArgumentParser
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


# --- options of single verbs ---------------------------------------------------


def _new(parser: Parser) -> None:
    text = parser.add_argument
    text("--name", help="who said no; without it only the look back comes")
    text("--email", metavar="MAIL", help="their mail address")
    text("--company", help="where they work")
    text("--position", help="the job, as it was advertised")
    text("--date", metavar="DAY", help="when: 2026-05-04, yesterday, 3 May")
    text("--cause", help="unknown, someone_hired, internal_hire, cancelled, ...")
    text("--topic", action="append", help="what you spoke about; may be repeated")
    text("--add", action="store_true", help="add to the person's file without asking")


def _preview(parser: Parser) -> None:
    parser.add_argument(
        "slug", metavar="SLUG", help="a file in contacts/, without .yml"
    )
    parser.add_argument(
        "--months", type=_months, default=24, metavar="N", help="how far (24)"
    )


def _calendar(parser: Parser) -> None:
    parser.add_argument(
        "--output",
        metavar="FILE",
        help="where to (your cache folder; - for the terminal)",
    )
    parser.add_argument(
        "--months", type=_months, default=24, metavar="N", help="how far (24)"
    )


def _check(parser: Parser) -> None:
    parser.add_argument(
        "--fix", action="store_true", help="mend slips of the finger, after asking"
    )
    _yes(parser)


def _schema(parser: Parser) -> None:
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 3 if they are old"
    )


def _sync(parser: Parser) -> None:
    parser.add_argument(
        "--override",
        action="store_true",
        help="close many issues at once, or go on though many files are gone",
    )
    parser.add_argument(
        "--fresh-checkout",
        action="store_true",
        help="with git: this checkout is thrown away afterwards and may be reset",
    )


def _inbox(parser: Parser) -> None:
    parser.add_argument("--all", action="store_true", help="closed issues as well")


def _number(parser: Parser) -> None:
    parser.add_argument("number", type=_issue, metavar="N", help="the issue's number")


def _show(parser: Parser) -> None:
    _number(parser)
    parser.add_argument("--raw", action="store_true", help="as it stands in the file")


def _close(parser: Parser) -> None:
    _number(parser)
    parser.add_argument(
        "--on", metavar="DAY", help="the day you sent it: yesterday, 2026-05-04"
    )
    parser.add_argument("--skip", action="store_true", help="leave this one out")


def _comment(parser: Parser) -> None:
    _number(parser)
    parser.add_argument("text", metavar="TEXT", help='such as "/snooze 3 weeks"')


def _mail(parser: Parser) -> None:
    _number(parser)
    help_text = "which of its mails, 1 if not given"
    parser.add_argument(
        "which", metavar="MAIL", type=int, nargs="?", default=1, help=help_text
    )
    parser.add_argument("--print", action="store_true", help="show the link instead")


def _log(parser: Parser) -> None:
    parser.add_argument(
        "slug", metavar="SLUG", help="a file in contacts/, without .yml"
    )
    parser.add_argument("text", metavar="TEXT", help='such as "/replied warm ..."')


def _doctor(parser: Parser) -> None:
    parser.add_argument(
        "--fix", action="store_true", help="make the label where it is missing"
    )


def _upgrade(parser: Parser) -> None:
    parser.add_argument(
        "tag", metavar="TAG", nargs="?", help="which version (default: the newest)"
    )
    parser.add_argument(
        "--source",
        metavar="FROM",
        default="upstream",
        help="a git remote, address or folder (default: upstream)",
    )
    _yes(parser)


def _person(parser: Parser) -> None:
    parser.add_argument(
        "slug", metavar="SLUG", help="a file in contacts/, without .yml"
    )
    _yes(parser)


def _move(parser: Parser) -> None:
    parser.add_argument(
        "--to", choices=("local", "github"), required=True, help="where issues go"
    )
    parser.add_argument(
        "--unreachable",
        action="store_true",
        help="the old place is gone: close nothing there",
    )
    _yes(parser)


def _export(parser: Parser) -> None:
    parser.add_argument("folder", metavar="DIR", help="a new or empty folder")
    parser.add_argument(
        "--redact",
        action="store_true",
        help="stand-ins for names, addresses and texts, to show to others",
    )
    _yes(parser)


def _yes(parser: Parser) -> None:
    parser.add_argument("--yes", action="store_true", help="do it without asking")


def _site(parser: Parser) -> None:
    add = parser.add_argument
    help_text = "keygen, build, rotate or open"
    add("action", metavar="WHAT", type=_site_act, help=help_text)
    add("--out", metavar="DIR", help="the site's folder (default: site)")
    add("--require-vault", action="store_true", help="build: refuse without a lock")
    add("--to", metavar="FILE", help="open: write what is in it there")


def _dashboard(parser: Parser) -> None:
    parser.add_argument("--print", action="store_true", help="show its place instead")


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
    "new": Verb(BEGIN, "new", "write a rejection down", "root as-of store", _new),
    "plan": Verb(
        LOOK, "plan", "what is due, what waits, what comes, and why", f"{READS} tracker"
    ),
    "preview": Verb(LOOK, "plan", "everything planned for a person", READS, _preview),
    "portfolio": Verb(LOOK, "portfolio", "which documents are left, for whom", READS),
    "calendar": Verb(
        LOOK, "calendar", "the next two years as a calendar", "root as-of", _calendar
    ),
    "dashboard": Verb(
        LOOK, "dashboard", "everything on pages of your own", "root as-of", _dashboard
    ),
    "serve": Verb(
        LOOK, "serve", "guide and dashboard, on this machine", "root as-of", _dashboard
    ),
    "sync": Verb(ACT, "sync", "take in what you did, open what is due", ACTS, _sync),
    "inbox": Verb(ACT, "inbox", "the issues that are open", READS, _inbox),
    "show": Verb(ACT, "inbox", "read an issue", READS, _show),
    "mail": Verb(ACT, "inbox", "open the message in your mail program", "root", _mail),
    "close": Verb(ACT, "say", "you sent it, or leave it out", ACTS, _close),
    "comment": Verb(ACT, "say", "say what happened, on an issue", ACTS, _comment),
    "log": Verb(ACT, "say", "say what happened, about a person", ACTS, _log),
    "check": Verb(
        KEEP,
        "check",
        "which files need a hand, and where",
        f"{READS} store",
        _check,
    ),
    "schema": Verb(KEEP, "schema", "write schemas/ for your editor", "root", _schema),
    "site": Verb(
        KEEP,
        "site",
        "the guide, with your dashboard locked in",
        "root as-of store",
        _site,
    ),
    "doctor": Verb(
        KEEP, "doctor", "is everything in place, here and on GitHub", "root", _doctor
    ),
    "upgrade": Verb(KEEP, "upgrade", "bring the program up to date", "root", _upgrade),
    "unstop": Verb(
        KEEP,
        "unstop",
        "they have asked to hear from you again",
        "root as-of store",
        _person,
    ),
    "move": Verb(LEAVE, "move", "issues from here to GitHub, or back", DOES, _move),
    "export": Verb(
        LEAVE, "export", "everything, for other programs", "root as-of", _export
    ),
    "forget": Verb(LEAVE, "forget", "remove a person, everywhere", DOES, _person),
}
WITH_COMMANDS = ("comment", "log")

# --- options that several verbs share ------------------------------------------


def _root(parser: Parser) -> None:
    parser.add_argument(
        "--root",
        action="append",
        metavar="DIR",
        help="where contacts/ is (default: here); `plan` takes several",
    )


def _as_of(parser: Parser) -> None:
    parser.add_argument(
        "--as-of", type=_day, metavar="DATE", help="as if today were 2026-05-04"
    )


def _format(parser: Parser) -> None:
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="text (default)"
    )


def _tracker(parser: Parser) -> None:
    parser.add_argument(
        "--tracker",
        choices=("local", "none", "github"),
        help="where issues live (default: where they are)",
    )


def _store(parser: Parser) -> None:
    parser.add_argument(
        "--store",
        choices=("folder", "git"),
        default="folder",
        help="folder (default), or git: commit what changes",
    )
    parser.add_argument("--push", action="store_true", help="with git: push as well")


SHARED = {
    "root": _root,
    "as-of": _as_of,
    "format": _format,
    "tracker": _tracker,
    "store": _store,
}
TAKE_A_VALUE = ("--root", "--as-of", "--format", "--tracker", "--store")


# --- how values are read -------------------------------------------------------


def _day(text: str) -> object:
    import datetime as dt  # noqa: PLC0415 - not for help

    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        message = f"'{text}' is no day; write it as 2026-05-04"
        raise argparse.ArgumentTypeError(message) from None


def _site_act(text: str) -> str:
    if text in ("keygen", "build", "rotate", "open"):
        return text
    message = f"'{text}' is not one of keygen, build, rotate and open"
    raise argparse.ArgumentTypeError(message)


def _months(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= 120:
        return int(text)
    raise argparse.ArgumentTypeError(f"'{text}' is no number of months from 1 to 120")


def _issue(text: str) -> int:
    number = text.removeprefix("#")
    if number.isdecimal() and 1 <= int(number) <= 999_999:
        return int(number)
    raise argparse.ArgumentTypeError(f"'{text}' is no issue; `notyet inbox` lists them")


# --- parsers -------------------------------------------------------------------


class _Quiet(Parser):
    """A parser that says what is wrong in one line, through our own errors."""

    closing: Callable[[], str] | None = None
    write: Callable[[str], object] = print

    def error(self, message: str) -> "NoReturn":
        """Raise UsageError instead of leaving the process."""
        raise UsageError(f"{message}; see `{self.prog} --help`")

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
    several = verb == "plan" and behind > 1  # one before the verb is the launcher's
    options.roots = given[-behind:] if several else given[-1:]
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
    return f"did you mean `notyet {near[0]}`?" if near else "see `notyet --help`"


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
