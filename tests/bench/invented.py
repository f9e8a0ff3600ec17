"""Invented workspaces of any size: the same number always gives the same bytes.

Files look as people write them: comments, quotes, flow and block lists, a block of
notes, a history. It measures nothing.
"""

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

AS_OF = dt.date(2026, 11, 24)
SEED = 20261124
DOCUMENTS = 40
COLLEAGUES = 3  # people a company, on average


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST = _words("""
Ada Ben Clara Dan Edda Finn Greta Hal Ilse Jonas Kim Lena Milo Nora Olga Paul Quentin
Rosa Samir Theo Ursa Vera Wanda Xenia Yusuf Zoe
""")
LAST = _words("""
Albers Brandt Cho Duarte Eriksen Frost Grigg Holm Ivers Jansen Keller Lund Mbeki Nwosu
Okafor Paredes Quist Roos Sandoval Torres Underwood Vance Whit Yates
""")
WORKS = _words("""
Harbour Lantern Quillfeather Brightwater Northgate Meridian Cobalt Alder Juniper
Saltmarsh Tidewater Hillcrest
""")
KINDS = ("Works GmbH", "Instruments", "Press", "Systems Ltd", "Labs", "& Daughters")
POSITIONS = (
    "Senior Technical Writer",
    "Documentation Lead",
    "API Writer",
    "Content Designer",
)
ABOUT = _words("""
api reference release notes migration onboarding docs-as-code style guide single
source structured authoring safety warnings translation review search videos
calibration training changelog accessibility tutorials diagrams
""")
SENTENCES = (
    "Asked twice how I would begin in the first month.",
    "They want fewer pages and better ones.",
    "The team sits in two time zones, so the written word has to carry it.",
    "Laughed about the manual of the coffee machine.",
    "Said that the budget for tools is decided in spring.",
    "Their style guide is eleven years old and nobody owns it.",
    "Was kind on the phone and took the time to explain the decision.",
    "Mentioned a talk on warnings that people really read.",
)
COUNTRIES = ("US", "US", "DE", "GB", "", "")


def write_workspace(root: Path, people: int) -> int:
    """Write a workspace of so many people; give the bytes of their files."""
    for folder in ("contacts", "portfolio"):
        (root / folder).mkdir(parents=True)
    (root / "settings.yml").write_text(SETTINGS, encoding="utf-8")
    for name, text in documents():
        (root / "portfolio" / f"{name}.yml").write_text(text, encoding="utf-8")
    size = 0
    for slug, text in contacts(people):
        data = text.encode()
        size += len(data)
        (root / "contacts" / f"{slug}.yml").write_bytes(data)
    return size


SETTINGS = """\
you: {name: Maya Torres, email: maya@example.com, link: "https://example.com/maya"}
timezone: America/Chicago
country: US
"""


def contacts(people: int) -> Iterator[tuple[str, str]]:
    """Give slug and text of so many people."""
    chance = random.Random(SEED)
    for number in range(people):
        yield _contact(chance, number, people)


def documents() -> Iterator[tuple[str, str]]:
    """Give id and text of the portfolio."""
    chance = random.Random(SEED)
    kinds = ("article", "talk", "work_sample", "case_study", "column")
    for number in range(DOCUMENTS):
        day = AS_OF - dt.timedelta(days=chance.randrange(1500))
        yield (
            f"document-{number:02}",
            f"title: On {_tag(chance)} and {_tag(chance)}, part {number}\n"
            f"kind: {chance.choice(kinds)}\n"
            f"date: {day}\n"
            f"url: https://example.com/papers/{number}\n"
            f"tags: [{', '.join(_tags(chance))}]\n"
            f"pages: {chance.randrange(1, 12)}\n"
            f"share: {chance.choice(('public', 'public', 'cleared', 'private'))}\n",
        )


def _contact(chance: random.Random, number: int, people: int) -> tuple[str, str]:
    first, last = chance.choice(FIRST), chance.choice(LAST)
    slug = f"{first}-{last}-{number:06}".lower()
    works = chance.randrange(max(1, people // COLLEAGUES))
    company = f"{WORKS[works % len(WORKS)]} {works} {KINDS[works % len(KINDS)]}"
    rejected = AS_OF - dt.timedelta(days=chance.randrange(20, 900))
    country = chance.choice(COUNTRIES)
    cause = chance.choice(("someone_hired", "unknown", "cancelled", "internal_hire"))
    notes = "\n".join(f"  {each}" for each in chance.choices(SENTENCES, k=5))
    text = f"""\
# yaml-language-server: $schema=../schemas/contact.schema.json
# First heard from them through the spring meeting; a good talk, a kind no.
name: "{first} {last}"
company: {company}          # the site by the river
position: {chance.choice(POSITIONS)}
rejected_on: {rejected}
email: {first.lower()}.{last.lower()}.{number}@example.com
role: {chance.choice(("hiring_manager", "recruiter", "interviewer"))}
channel: {chance.choice(("email", "email", "email", "linkedin"))}
{f"country: {country}" if country else "# country: as in settings.yml"}
title: 'Head of Documentation, "the one with the maps"'
phone: "+1 555 {number:06}"
tags: [{", ".join(_tags(chance))}]

stage: {chance.choice(("interview", "final"))}
cause: {cause}
needs: [{", ".join(_tags(chance))}]
topics:
  - the new {_tag(chance)} for the {_tag(chance)}
  - how they would like to handle {_tag(chance)}   # asked for a sample
attractiveness: {chance.randrange(1, 6)}
posting_url: https://example.com/jobs/{number}

# For me alone:
notes: |
{notes}
"""
    events = list(_history(chance, rejected))
    if events:
        text += "\nhistory:\n" + "".join(f"  - {{{each}}}\n" for each in events)
    return slug, text


def _history(chance: random.Random, rejected: dt.date) -> Iterator[str]:
    """Give up to four events, none later than `AS_OF`."""
    assessed = rejected + dt.timedelta(days=chance.randrange(2, 14))
    sent = rejected + dt.timedelta(days=chance.randrange(95, 120))
    replied = sent + dt.timedelta(days=chance.randrange(1, 9))
    note = sent + dt.timedelta(days=chance.randrange(70, 130))
    said = chance.choice(SENTENCES)
    for day, rest in (
        (assessed, f'event: assessed, touch: self_assessment/1, text: "{said}"'),
        (sent, "event: sent, touch: check_in/1, channel: email"),
        (replied, f'event: replied, tone: neutral, text: "{said}"'),
        (note, "event: sent, touch: portfolio_note/1, document: document-07"),
    ):
        if day > AS_OF or chance.random() < 0.1:
            return
        issue = chance.randrange(1, 9000)
        yield f'date: {day}, {rest}, source: "closed:{issue}:{day}T18:02:11Z"'


def _tag(chance: random.Random) -> str:
    return chance.choice(ABOUT)


def _tags(chance: random.Random) -> list[str]:
    return sorted({_tag(chance) for _ in range(3)})
