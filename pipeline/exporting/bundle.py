"""Everything in one folder, with a page that says what is what; pure."""

import datetime as dt
from collections.abc import Mapping

from pipeline.exporting.cards import cards
from pipeline.exporting.diary import diary
from pipeline.exporting.pseudonyms import redacted
from pipeline.exporting.tables import tables
from pipeline.model import Workspace

_README = """\
# What is in this folder

Made by Not Yet on {day}, from {people} and {documents}.
Nothing here is read again: it is for other programs, and for you.

| File | What it has | Opens in |
|---|---|---|
| `contacts.csv` | one person a line | spreadsheets |
| `rejections.csv` | one no a line; `contact` says whose | spreadsheets |
| `history.csv` | one thing that happened a line; `you` is yourself | spreadsheets |
| `portfolio.csv` | one document a line | spreadsheets |
| `contacts.jsonl` | the same people, each with every no | programs, line by line |
| `history.jsonl` | the same history | programs, line by line |
| `contacts.vcf` | an address book, vCard 4.0 | address books |
| `history.ics` | what happened, day by day | calendars |

Tables are UTF-8 with commas. A cell that a spreadsheet could take for a formula begins
with an apostrophe, which is not part of it; so does a cell that begins with one itself.
Several values in a cell are parted by semicolons. JSON Lines have every text exactly.
{more}"""
_UNREAD = """
`unread/` has the files that could not be read, as they are; `./notyet check` says why.
"""
_YOURS = """
The files you wrote yourself, in `contacts/` and `portfolio/`, are complete without this
folder: they are plain text and need no program. This folder names people; keep it to
yourself.
"""
_REDACTED = """
Names, addresses, companies, positions, titles and everything said are stand-ins: the
same person has the same one everywhere. They are numbered by the day somebody first
comes up. Dates, countries, languages and what kind of thing happened are real; somebody
who knows your search may recognise it by its dates.
"""


def bundle(
    workspace: Workspace,
    as_of: dt.date,
    unread: Mapping[str, bytes],
    *,
    redact: bool,
) -> Mapping[str, bytes]:
    """Give every file by its path; `unread` are those that are wrong, as they are."""
    if redact:
        workspace, unread = redacted(workspace), {}
    more = (_UNREAD if unread else "") + (_REDACTED if redact else _YOURS)
    readme = _README.format(
        day=as_of,
        people=_count(len(workspace.contacts), "person", "people"),
        documents=_count(len(workspace.documents), "document", "documents"),
        more=more,
    )
    return {
        "README.md": readme.encode(),
        **tables(workspace),
        "contacts.vcf": cards(workspace, as_of),
        "history.ics": diary(workspace, as_of),
        **{f"unread/{path}": data for path, data in sorted(unread.items())},
    }


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
