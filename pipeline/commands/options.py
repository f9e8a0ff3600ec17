"""What can be written behind the verbs of the command line, and how it is read.

Help has to come at once, so nothing of the program is imported here.
"""

import argparse

Parser = argparse.ArgumentParser


# --- options of single verbs ---------------------------------------------------


def new(parser: Parser) -> None:
    """Add what is written down of a rejection."""
    text = parser.add_argument
    text("--name", help="who said no; without it only the look back comes")
    text("--email", metavar="MAIL", help="their mail address")
    text("--company", help="where they work")
    text("--position", help="the job, as it was advertised")
    text("--date", metavar="DAY", help="when: 2026-05-04, yesterday, 3 May")
    text("--cause", help="unknown, someone_hired, internal_hire, cancelled, ...")
    text("--topic", action="append", help="what you spoke about; may be repeated")
    text("--add", action="store_true", help="add to the person's file without asking")


def preview(parser: Parser) -> None:
    """Add whose future is shown, and how far."""
    _slug(parser)
    _how_far(parser)


def calendar(parser: Parser) -> None:
    """Add where the calendar goes, and how far it reaches."""
    parser.add_argument(
        "--output",
        metavar="FILE",
        help="where to (your cache folder; - for the terminal)",
    )
    _how_far(parser)


def check(parser: Parser) -> None:
    """Add whether slips are mended."""
    parser.add_argument(
        "--fix", action="store_true", help="mend slips of the finger, after asking"
    )
    _yes(parser)


def schema(parser: Parser) -> None:
    """Add whether the schemas are only compared."""
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 3 if they are old"
    )


def sync(parser: Parser) -> None:
    """Add what a careful run may do all the same."""
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


def inbox(parser: Parser) -> None:
    """Add which issues are listed."""
    parser.add_argument("--all", action="store_true", help="closed issues as well")


def _number(parser: Parser) -> None:
    parser.add_argument("number", type=_issue, metavar="N", help="the issue's number")


def show(parser: Parser) -> None:
    """Add which issue is shown, and how."""
    _number(parser)
    parser.add_argument("--raw", action="store_true", help="as it stands in the file")


def close(parser: Parser) -> None:
    """Add which issue is closed, when, or left out."""
    _number(parser)
    parser.add_argument(
        "--on", metavar="DAY", help="the day you sent it: yesterday, 2026-05-04"
    )
    parser.add_argument("--skip", action="store_true", help="leave this one out")


def comment(parser: Parser) -> None:
    """Add on which issue what is said."""
    _number(parser)
    parser.add_argument("text", metavar="TEXT", help='such as "/snooze 3 weeks"')


def mail(parser: Parser) -> None:
    """Add which mail is opened."""
    _number(parser)
    help_text = "which of its mails, 1 if not given"
    parser.add_argument(
        "which", metavar="MAIL", type=int, nargs="?", default=1, help=help_text
    )
    parser.add_argument("--print", action="store_true", help="show the link instead")


def log(parser: Parser) -> None:
    """Add about whom what is said."""
    _slug(parser)
    parser.add_argument("text", metavar="TEXT", help='such as "/replied warm ..."')


def doctor(parser: Parser) -> None:
    """Add whether the label is made."""
    parser.add_argument(
        "--fix", action="store_true", help="make the label where it is missing"
    )


def upgrade(parser: Parser) -> None:
    """Add which version comes, from where."""
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


def person(parser: Parser) -> None:
    """Add whom it concerns."""
    _slug(parser)
    _yes(parser)


def unstop(parser: Parser) -> None:
    """Add whom it concerns, and whether everyone there."""
    person(parser)
    parser.add_argument(
        "--company",
        action="store_true",
        help="and everyone there, where that was asked in a file that is gone",
    )


def move(parser: Parser) -> None:
    """Add where issues go."""
    parser.add_argument(
        "--to", choices=("local", "github"), required=True, help="where issues go"
    )
    parser.add_argument(
        "--unreachable",
        action="store_true",
        help="the old place is gone: close nothing there",
    )
    _yes(parser)


def export(parser: Parser) -> None:
    """Add where everything goes, and whether under stand-ins."""
    parser.add_argument("folder", metavar="DIR", help="a new or empty folder")
    parser.add_argument(
        "--redact",
        action="store_true",
        help="stand-ins for names, addresses and texts, to show to others",
    )
    _yes(parser)


def _slug(parser: Parser) -> None:
    parser.add_argument(
        "slug", metavar="SLUG", help="a file in contacts/, without .yml"
    )


def _how_far(parser: Parser) -> None:
    parser.add_argument(
        "--months", type=_months, default=24, metavar="N", help="how far (24)"
    )


def _yes(parser: Parser) -> None:
    parser.add_argument("--yes", action="store_true", help="do it without asking")


def site(parser: Parser) -> None:
    """Add what is done with the site, and where it is."""
    add = parser.add_argument
    help_text = "keygen, build, rotate or open"
    add("action", metavar="WHAT", type=_site_act, help=help_text)
    add("--out", metavar="DIR", help="the site's folder (default: site)")
    add("--require-vault", action="store_true", help="build: refuse without a lock")
    add("--to", metavar="FILE", help="open: write what is in it there")


def dashboard(parser: Parser) -> None:
    """Add whether only its place is shown."""
    parser.add_argument("--print", action="store_true", help="show its place instead")


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
    raise argparse.ArgumentTypeError(
        f"'{text}' is no issue; `./notyet inbox` lists them"
    )
