"""Other programs doing their nearest thing to "what is due", each in its own place.

A peer that cannot be had is left out with a reason; nothing depends on one.
"""

import datetime as dt
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.bench.timing import Command, environment


class Peer(NamedTuple):
    """A program, what makes its files, and what is asked of it."""

    package: str
    program: str
    make: Callable[[Path, int], None]
    ask: Callable[[Path], tuple[str, ...]]
    said: str


class LeftOut(Exception):  # noqa: N818 - a peer, with the reason
    """A peer that cannot be had here."""


def commands(cache: Path, size: int) -> tuple[dict[str, Command], list[str]]:
    """Give the command of each peer for so many records, and who is left out, why."""
    found: dict[str, Command] = {}
    missing = []
    for peer in PEERS:
        try:
            program = _installed(peer, cache)
            home = cache / f"{peer.package}-{size}"
            made = home / f"made-{_today()}"  # they know no other day than today
            if not made.exists():
                shutil.rmtree(home, ignore_errors=True)
                (home / "home").mkdir(parents=True)
                peer.make(home, size)
                made.touch()
            command = Command((program, *peer.ask(home)), reads=home, env=_home(home))
            _answers(peer, command)
            found[f"{peer.said}, {size:,}"] = command
        except LeftOut as reason:
            missing.append(f"{peer.said}: left out, {reason}")
    return found, missing


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def _home(home: Path) -> dict[str, str]:
    place = str(home / "home")
    return {"HOME": place, "XDG_CACHE_HOME": place, "XDG_CONFIG_HOME": place}


def _installed(peer: Peer, cache: Path) -> Path:
    """Give the peer's program, installed once into a place of its own."""
    place = cache / f"venv-{peer.package}"
    program = place / "bin" / peer.program
    if program.exists():
        return program
    try:
        for argv in (
            (sys.executable, "-m", "venv", place),
            (place / "bin" / "python", "-m", "pip", "install", "-qq", peer.package),
        ):
            subprocess.run(argv, check=True, capture_output=True, timeout=300)
    except (OSError, subprocess.SubprocessError) as error:
        raise LeftOut("it cannot be installed") from error
    if not program.exists():
        raise LeftOut("it has another program now")
    return program


def _answers(peer: Peer, command: Command) -> None:
    """Leave a peer out that does not answer with what was made for it."""
    done = subprocess.run(
        [str(each) for each in command.argv],
        env=environment(command.env),
        capture_output=True,
        check=False,
        text=True,
        timeout=300,
    )
    if len(done.stdout.splitlines()) < 10:
        raise LeftOut(f"{peer.program} says too little: {done.stderr.strip()[-80:]}")


# --- the files of each ---------------------------------------------------------


def _hermit(home: Path, size: int) -> None:
    """Three files a record: a company, a contact, a mail that was not answered."""
    program = home.parent / "venv-hermitcrm" / "bin" / "hermitcrm"
    folder = home / "data"
    done = subprocess.run(
        (program, "init", "--no-setup", folder),
        env=environment(_home(home)),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise LeftOut("it does not make its folder")
    now = _today()
    for number in range(size):
        base = folder / "companies" / f"works-{number}"
        for each in ("contacts", "interactions"):
            (base / each).mkdir(parents=True)
        day = now - dt.timedelta(days=number % 40)
        stamps = f"created: {day}T09:00\nupdated: {day}T09:00\n"
        (base / "company.md").write_text(
            f"---\nname: Works {number}\nslug: works-{number}\n"
            f"website: https://works-{number}.example.com\ncountry: DE\n"
            f"source: referral\nstage: engaged\nstage_changed: {day}\n"
            f"tags: [docs, demo]\n{stamps}---\n"
        )
        (base / "contacts" / "ada-lund.md").write_text(
            "---\nfirst_name: Ada\nlast_name: Lund\nslug: ada-lund\ntitle: Head\n"
            f"email: ada@works-{number}.example.com\nrole: champion\n{stamps}---\n"
        )
        (base / "interactions" / f"{day}T1000-email-out-ada-lund.md").write_text(
            f"---\ndate: {day}T10:00\nchannel: email\ndirection: out\n"
            "contact: ada-lund\nsubject: A note\nsource: manual\n---\nHello Ada,\n"
            "this came to my mind when I read about your new handbook.\n"
        )


def _todoman(home: Path, size: int) -> None:
    """One iCalendar file a record, a tenth of them due."""
    tasks = home / "lists" / "people"
    tasks.mkdir(parents=True)
    (home / "config.py").write_text(
        f'path = "{home}/lists/*"\ndefault_list = "people"\n'
        f'cache_path = "{home}/home/cache.sqlite3"\n'
    )
    now = _today()
    for number in range(size):
        due = now + dt.timedelta(days=number % 10)
        (tasks / f"{number}.ics").write_text(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\nBEGIN:VTODO\r\n"
            f"UID:{number}@example.com\r\nDTSTAMP:20260101T090000Z\r\n"
            f"SUMMARY:Write to person {number}\r\nDUE;VALUE=DATE:{due:%Y%m%d}\r\n"
            "END:VTODO\r\nEND:VCALENDAR\r\n"
        )


def _khard(home: Path, size: int) -> None:
    """One vCard a record."""
    book = home / "book"
    book.mkdir()
    (home / "khard.conf").write_text(f"[addressbooks]\n[[people]]\npath = {book}\n")
    for number in range(size):
        (book / f"{number}.vcf").write_text(
            "BEGIN:VCARD\r\nVERSION:3.0\r\n"
            f"UID:{number}@example.com\r\nFN:Ada Lund {number}\r\nN:Lund;Ada;;;\r\n"
            f"EMAIL:ada{number}@example.com\r\nBDAY:1980-01-{number % 28 + 1:02}\r\n"
            "END:VCARD\r\n"
        )


PEERS = (
    Peer(
        "hermitcrm",
        "hermitcrm",
        _hermit,
        lambda home: ("--data", str(home / "data"), "followups"),
        "hermitcrm followups",
    ),
    Peer(
        "todoman",
        "todo",
        _todoman,
        lambda home: ("--config", str(home / "config.py"), "list", "--due", "24"),
        "todoman list --due, its cache warm",
    ),
    Peer(
        "khard",
        "khard",
        _khard,
        lambda home: ("-c", str(home / "khard.conf"), "birthdays"),
        "khard birthdays",
    ),
)
