"""What people type on a telephone at night, and what has to become of it.

Each is one line (or a few) of a file that is well otherwise: the lines it replaces,
the lines as `check --fix` leaves them, and what is still said about them, if anything.
"""

from typing import NamedTuple

WELL = """\
name: Dana Okafor
company: Brightwater Instruments
position: Lead Writer
rejected_on: 2026-01-30
"""


class Answer(NamedTuple):
    """One line as it was typed, and what becomes of it."""

    typed: str
    becomes: str  # the lines after --fix; the same where nothing may be done
    said: str = ""  # what is still said; nothing: the file is well


def kept(typed: str, said: str = "") -> Answer:
    """Give an answer that stays as it was typed."""
    return Answer(typed, typed, said)


ANSWERS: dict[str, Answer] = {
    "bent quotes around a name": Answer("name: “Dana Okafor”", "name: Dana Okafor"),
    "bent quotes around a company with a colon": Answer(
        "company: “Acme: Instruments”", 'company: "Acme: Instruments"'
    ),
    "bent quotes in a list with commas": Answer(
        "topics: [“manuals, all four”, “audits”]",
        'topics: ["manuals, all four", "audits"]',
    ),
    "bent quotes around a quotation stay": kept("notes: “call me” she said “in May”"),
    "one bent quote": kept(
        "company: “Brightwater", "curly quotation marks are part of the text"
    ),
    "blanks at the end": kept("company: Brightwater   "),
    "a colon in the name of a company": kept(
        "company: Acme: Instruments",
        "put the whole text after the first colon between double quotes",
    ),
    "a hash in the name of a position": kept(
        "position: Lead Writer #4711",
        "a remark follows, no part of the text (got '#4711'",
    ),
    "N/A for an address": kept(
        "email: N/A", "no mail address (got 'N/A'); write one like jana@example.com, or"
    ),
    "two addresses": kept(
        "email: dana@example.com / d.okafor@example.com",
        "write one, dana@example.com or d.okafor@example.com, and the others under",
    ),
    "an address with a name": kept(
        "email: Dana <dana@example.com>", "write dana@example.com"
    ),
    "a word before an address": kept(
        "email: x dana@example.com", "write dana@example.com"
    ),
    "a capital before an address": kept(
        "email: Mail Dana", "write one like jana@example.com, or nothing"
    ),
    "a name of a document with capitals": kept(
        "shared_before: [One Source]", "write small letters, digits and hyphens"
    ),
    "a date for the name of a document": kept(
        "shared_before: [20/11/2026]", "write small letters, digits and hyphens"
    ),
    "a language in capitals": kept("language: No", "write its code, such as no"),
    "an emoji": kept("notes: went well, I think 🙂"),
    "capitals that the telephone sets": Answer(
        "Name: Dana Okafor\nCompany: Brightwater\nPosition: Lead\n"
        "Rejected-On: 2026-01-30",
        "name: Dana Okafor\ncompany: Brightwater\nposition: Lead\n"
        "rejected_on: 2026-01-30",
    ),
    "a hyphen in the name of a field": Answer(
        "E-Mail: dana@example.com", "email: dana@example.com"
    ),
    "capitals in a known word": Answer("cause: Someone hired", "cause: someone_hired"),
    "a word that is not known": kept("stage: final round", "did you mean `final`?"),
    "a date in words": Answer("rejected_on: Nov 20, 2026", "rejected_on: 2026-11-20"),
    "a date in words with a weekday": Answer(
        "rejected_on: Friday, 20th of November 2026", "rejected_on: 2026-11-20"
    ),
    "a date in words with another weekday": kept(
        "rejected_on: Monday, 20 November 2026", "write year-month-day, such as"
    ),
    "a date that its weekday makes clear": Answer(
        "rejected_on: Mon 5/4/2026", "rejected_on: 2026-05-04"
    ),
    "a date as elsewhere": Answer("rejected_on: 20/11/2026", "rejected_on: 2026-11-20"),
    "a date with dots": Answer("rejected_on: 30.1.2026", "rejected_on: 2026-01-30"),
    "a date that could be two": kept(
        "rejected_on: 5/4/2026", "write 2026-04-05 or 2026-05-04, whichever you mean"
    ),
    "a date with dots that could be two": kept(
        "rejected_on: 5.4.2026", "write 2026-04-05 or 2026-05-04, whichever you mean"
    ),
    "a date without a year": kept(
        "rejected_on: 20 Nov", "write year-month-day, such as 2026-01-30"
    ),
    "a date with two digits for the year": kept(
        "rejected_on: 20/11/26", "write year-month-day, such as 2026-01-30"
    ),
    "a day that does not exist": kept(
        "rejected_on: 2026-02-30", "there is no day 30 in that month"
    ),
    "yesterday": kept("rejected_on: yesterday", "write year-month-day, such as"),
    "a tab in front of a list": Answer("tags:\n\t- docs", "tags:\n  - docs"),
    "a tab in front of a field": Answer("\tnotes: nice", "notes: nice"),
    "a tab behind a colon": kept("notes:\tnice"),
    "a blank that does not break": Answer(
        "name:\u00a0Dana Okafor", "name: Dana Okafor"
    ),
    "a blank that does not break above a remark": Answer(
        "position:\u00a0Lead\n# the best", "position: Lead\n# the best"
    ),
    "blanks that do not break inside a name": kept("name: Dana\u00a0Okafor"),
    "blanks that do not break behind a date": Answer(
        "rejected_on: 2026-01-30\u00a0", "rejected_on: 2026-01-30"
    ),
    "an address of a page without its beginning": Answer(
        "posting_url: www.example.com/jobs/7?a=b",
        "posting_url: https://www.example.com/jobs/7?a=b",
    ),
    "an address of a page with a capital": Answer(
        "posting_url: Https://example.com/Jobs", "posting_url: https://example.com/Jobs"
    ),
    "no address of a page": kept(
        "posting_url: ask Dana", "begin it with https:// and leave no blanks in it"
    ),
    "no blank behind the colon": kept(
        "notes:nice",
        "no colon with a blank behind the name of the field; write `notes: ",
    ),
    "an apostrophe at the beginning": kept(
        "notes: 'twas nice", "close the quotation mark at the end of the text"
    ),
    "a handle": kept("linkedin: @dana", 'put it between double quotes: "@..."'),
    "no for a country": kept("country: No", "write its two capital letters, such as"),
    "a list without brackets": kept("tags: docs, api", "write [docs, api]"),
    "the same field twice": kept("Name: Dana", "did you mean `name`?"),
    "an event by hand": Answer(
        "history:\n  - {Date: 4 May 2026, Event: Sent, Touch: Check-in/1}",
        "history:\n  - {date: 2026-05-04, event: sent, touch: check_in/1}",
    ),
}


def in_place(lines: str) -> str:
    """Put typed lines below the well ones, without those that they stand for."""
    names = {
        line.partition(":")[0].casefold().replace("-", "_")
        for line in lines.split("\n")
    }
    if lines == ANSWERS["the same field twice"].typed:
        names = set()
    rest = [line for line in WELL.splitlines() if line.partition(":")[0] not in names]
    return "\n".join([*rest, lines, "# the end", ""])
