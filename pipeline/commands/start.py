"""`start`: six questions, then settings.yml, the first file, and all its dates."""

import os
from collections.abc import Callable, Iterator
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from pipeline.commands import questions
from pipeline.commands.calendar import NAME, made
from pipeline.commands.plan import plan_table
from pipeline.commands.questions import NoAnswer, Person, ask
from pipeline.commands.session import FINE, Session, keep_to_oneself, today
from pipeline.commands.terminal import Terminal
from pipeline.errors import UsageError
from pipeline.files.events import write_scalar
from pipeline.files.store import Write
from pipeline.files.workspace import load
from pipeline.model import Contact, Rejection, Settings, Titles
from pipeline.planning.preview import preview

T = TypeVar("T")
SETTINGS = "settings.yml"
MONTHS = 24


class Answers(Struct, frozen=True, kw_only=True):
    """What was answered; nothing is written before this is whole."""

    you: Person | None  # None where settings.yml is there already
    titles: Titles
    them: Person
    company: str
    rejection: Rejection


def start(session: Session) -> int:
    """Ask, write both files at once, and show what comes when."""
    zone = time_zone()
    fresh = not os.path.lexists(os.path.join(session.root, SETTINGS))
    if fresh and not session.options.as_of:
        session.as_of = today(Settings(timezone=zone), session.now)
    with questions.nothing_yet(session.terminal):
        answers = _ask(session, fresh=fresh)
    contact = _contact(answers.them, answers.company, answers.rejection)
    _refuse_known(session, contact)
    slug, write = questions.new_file(session.root, session.workspace, contact)
    writes = [write]
    if answers.you is not None:
        country = country_of(zone)
        data = settings_file(answers.you, zone, country, answers.titles)
        writes.insert(0, Write(SETTINGS, data, None))
    with session.store.lock():
        session.store.commit(writes, "Begin")
    _show(session, slug, [each.path for each in writes])
    _offer_calendar(session)
    return FINE


def _contact(them: Person, company: str, *rejections: Rejection) -> Contact:
    return Contact(
        slug="",
        name=them.name,
        company=company,
        email=them.email,
        rejections=rejections,
    )


def _refuse_known(session: Session, contact: Contact) -> None:
    """Leave people we have already, and those who asked us to stop, to `new`."""
    questions.refuse_stopped(session.workspace, contact, session.as_of)
    who = Person(contact.name, contact.email)
    known = questions.known_person(session.workspace, who, contact.company)
    if known is not None:
        message = f"contacts/{known.slug}.yml is this person's file already"
        raise UsageError(f"{message}; `./notyet new` adds a rejection to it")


# --- the six questions ---------------------------------------------------------


class _Questions:
    """The questions, each with its number; what belongs to one has none of its own."""

    def __init__(self, terminal: Terminal, last: int) -> None:
        self._terminal, self._last, self._number = terminal, last, 0

    def ask(self, text: str, read: Callable[[str], T]) -> T:
        self._number += 1
        return ask(self._terminal, f"{self._number} of {self._last}  {text}", read)

    def ask_also(self, text: str, read: Callable[[str], T]) -> T:
        return ask(self._terminal, f"        {text}", read)


def _ask(session: Session, *, fresh: bool) -> Answers:
    asked = _Questions(session.terminal, 6 if fresh else 4)
    you, titles = None, Titles.FULL
    if fresh:
        session.terminal.note("Six questions; nothing is written before the last one.")
        you = asked.ask(
            "Your name and mail address, as they stand under a mail:", questions.named
        )
    else:
        session.terminal.note("settings.yml is here already and stays as it is.")
    them = asked.ask(
        "Who said no? Name and mail, as far as you know them (or Enter):",
        questions.person,
    )
    if them.email:
        _refuse_known(session, _contact(them, ""))  # before any further question
    company, rejection = _ask_for_the_no(session, asked)
    if fresh:
        titles = asked.ask(
            "Titles show names on your screen. Full names or initials? (full)", _titles
        )
    return Answers(
        you=you, titles=titles, them=them, company=company, rejection=rejection
    )


def _ask_for_the_no(session: Session, asked: _Questions) -> tuple[str, Rejection]:
    why = asked.ask_also(
        "Was someone else chosen? (yes, no, or Enter if you don't know)",
        questions.cause,
    )
    company = asked.ask("At which company?", questions.needed)
    position = asked.ask_also("For which position?", questions.needed)
    day = asked.ask(
        "When did the no arrive? (2026-05-04, yesterday, 3 weeks ago)",
        questions.past_day(session.as_of),
    )
    topic = asked.ask(
        'What did you speak about? It stands after "What you said about" (Enter)', str
    )
    return company, questions.rejected(position, day, why, [topic])


def _titles(text: str) -> Titles:
    for each in Titles:
        if each.value.startswith(text.casefold()):
            return each
    raise NoAnswer("write full or initials")


# --- settings.yml --------------------------------------------------------------


def time_zone() -> str:
    """Give the system's time zone; UTC where it has none that is known by name."""
    import warnings  # noqa: PLC0415 - only here

    from tzlocal import get_localzone_name  # noqa: PLC0415 - only here

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            name = get_localzone_name()
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError, TypeError):
        return "UTC"
    return "UTC" if name in ("Etc/UTC", "Etc/UCT", "GMT", "Etc/GMT") else str(name)


def country_of(zone: str) -> str | None:
    """Guess a country from a time zone, by the table that zones are published with."""
    from importlib.resources import files  # noqa: PLC0415 - only here

    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text().splitlines():
        code, _, rest = line.partition("\t")
        if len(code) == 2 and rest.split("\t")[1:2] == [zone]:
            return code
    return None


def settings_file(you: Person, zone: str, country: str | None, titles: Titles) -> bytes:
    """Write a settings.yml that says beside each line what it is for."""
    return "\n".join([*_settings_lines(you, zone, country, titles), ""]).encode()


def _settings_lines(
    you: Person, zone: str, country: str | None, titles: Titles
) -> Iterator[str]:
    yield "# yaml-language-server: $schema=schemas/settings.schema.json"
    yield ""
    yield "you:                  # who signs"
    yield f"  name: {write_scalar(you.name)}"
    yield f"  email: {write_scalar(you.email)}" if you.email else "  # email: you@..."
    yield '  # phone: "+1 555 0100"'
    yield "  # link: https://example.com/a-page-of-yours-that-lasts"
    yield ""
    yield f"timezone: {write_scalar(zone)}   # what today is"
    if country:
        yield f"country: {country}           # public holidays; by your time zone"
    else:
        yield "# country: US         # public holidays"
    yield "# subdivision: TX     # state or province, for its own holidays"
    yield ""
    yield "cadence: classic      # or gentle, or light: once a year"
    yield "open_at_once: 3       # messages in front of you at the same time"
    yield f"privacy: {{titles: {titles.value}}}   # full or initials"


# --- what it leads to ----------------------------------------------------------


def _show(session: Session, slug: str, paths: list[str]) -> None:
    session.workspace = load(session.root)
    workspace = session.workspace
    future = preview(workspace, slug, session.as_of, session.holidays, MONTHS)
    contact, settings = workspace.contacts[slug], workspace.settings
    title = f"{contact.name or contact.company}, the next two years"
    place = settings.country or "none; settings.yml takes a country"
    lines = [
        f"Wrote {' and '.join(paths)}. You don't have to carry it now.",
        "",
        session.terminal.heading(title),
        *plan_table(future, session),
        "",
        "Each date moves with the day you really send; nothing is ever sent for you.",
        f"Time zone {settings.timezone}; public holidays: {place}.",
        "",
        f"What is due now: {session.program} sync",
    ]
    session.terminal.show("\n".join(lines), f"Wrote {len(paths)} files.")


def _offer_calendar(session: Session) -> None:
    """Offer the file that reminds, since a laptop cannot."""
    session.terminal.note(
        "On this laptop nothing can remind you. Import this, or put it on GitHub."
    )
    try:
        wanted = ask(
            session.terminal, f"Write {NAME}? (Enter for yes, or no)", questions.yes
        )
    except UsageError:  # the answers have ended; the two files stand
        wanted = False
    if wanted:
        place = keep_to_oneself(session.root, NAME, made(session, MONTHS))
        session.terminal.show(f"Wrote {place}.", "Wrote a calendar.")
    else:
        session.terminal.note(
            f"`{session.program} calendar` makes it whenever you like."
        )
