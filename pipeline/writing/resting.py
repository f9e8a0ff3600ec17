"""Who rests until the user says more: no day will bring them back by itself.

Plain texts for the front desk, in its issue and on the terminal.
"""

from collections.abc import Iterator

from msgspec import Struct

from pipeline.model import Schedule, Status, Workspace
from pipeline.planning.companies import company_key
from pipeline.writing.dates import long_day

TITLE = "Resting until you say more"


class Rest(Struct, frozen=True):
    """One line: what rests and since when, and what ends it, said of whom."""

    what: str
    slug: str
    commands: tuple[str, ...]  # any of them ends it
    otherwise: str = ""  # what a hand can do in a file


def resting(workspace: Workspace, schedule: Schedule) -> Iterator[Rest]:
    """Give what rests without a day at which it ends; a company in talks once."""
    in_talks: set[str] = set()
    for slug, found in schedule.standings.items():
        if slug in workspace.frozen or found.since is None:
            continue
        since = f"since {long_day(found.since)}"
        contact = workspace.contacts[slug]
        whom = f"{contact.name}, {found.company}" if contact.name else found.company
        if found.status is Status.INTERVIEWING:
            key = company_key(found.company)
            if key not in in_talks:
                in_talks.add(key)
                what = f"everyone at {found.company}, for the talks {since}"
                again = f", or the next no there, under `rejections:` in {_file(slug)}"
                yield Rest(what, slug, ("/hired", "/resume"), again)
        elif found.status is Status.UNREACHABLE:
            what = f"{whom}: nothing has reached them {since}"
            again = f", or another `email:` in {_file(slug)}"
            yield Rest(what, slug, ("/moved COMPANY", "/end"), again)
        elif found.status is Status.PAUSED and found.until is None:
            yield Rest(f"{whom}: paused {since}", slug, ("/resume",))


def _file(slug: str) -> str:
    return f"`contacts/{slug}.yml`"
