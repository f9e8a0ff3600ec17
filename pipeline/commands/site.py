"""`site`: keys for the dashboard, the public site with the vault in it, and opening it.

The passphrase is shown once, as the last line of `keygen`, and written nowhere.
"""

import os
import secrets
from typing import TYPE_CHECKING

from msgspec import json
from msgspec.structs import replace

from pipeline.commands import wording
from pipeline.commands.dashboard import packed
from pipeline.commands.places import project, refuse_shown, refuse_taken
from pipeline.commands.session import FINE, Session, keep
from pipeline.errors import DataError, UsageError
from pipeline.files.folders import read_file
from pipeline.files.store import Write
from pipeline.files.workspace import load

if TYPE_CHECKING:
    from pipeline.dashboard.publishing import Prepared, Sealed
    from pipeline.model import Workspace

PUBLIC = "state/dashboard.pub.jwk"
WRAPPED = "state/dashboard.key.jwe"


def site(session: Session) -> int:
    """Do what was asked for with the site."""
    need_tools()
    return {"keygen": keygen, "build": build, "rotate": rotate, "open": open_vault}[
        session.options.action
    ](session)


def need_tools() -> None:
    """Say how to set up what only the site needs, if it is not there."""
    try:
        import pipeline.dashboard.vault  # noqa: F401, PLC0415 - installed on request
    except ImportError as error:
        message = "the tools for the site are not set up yet; run `make site` once"
        raise UsageError(message) from error


# --- keys ----------------------------------------------------------------------


def keygen(session: Session) -> int:
    """Make the first pair of keys."""
    if any(read_file(session.root, path) is not None for path in (PUBLIC, WRAPPED)):
        message = (
            f"{PUBLIC} is there already; a new pair comes with `./notyet site rotate`"
        )
        raise UsageError(message)
    return _new_pair(
        session, "The next `./notyet site build` locks the dashboard for it."
    )


def rotate(session: Session) -> int:
    """Make a new pair in place of the old one, and say what that does not change."""
    if read_file(session.root, PUBLIC) is None:
        raise UsageError("there is no pair yet; make one with `./notyet site keygen`")
    return _new_pair(
        session,
        "`./notyet site build` locks the dashboard for the new pair. Whoever kept an "
        "older vault can still open it with the old passphrase; what was read cannot "
        "be taken back.",
    )


def _new_pair(session: Session, after: str) -> int:
    from pipeline.dashboard import vault  # noqa: PLC0415 - not for all

    if session.terminal.silent:
        message = "a passphrase would stand in the log here; make the pair on a laptop"
        raise UsageError(message)
    made = vault.make_keys()
    with session.store.lock():
        writes = [
            Write(path, f"{text}\n".encode(), session.store.read(path))
            for path, text in ((PUBLIC, made.public), (WRAPPED, made.wrapped))
        ]
        session.store.commit(writes, "Make a pair of keys for the dashboard")
    session.terminal.note(
        f"Wrote {PUBLIC} and {WRAPPED}; both are safe to commit.\n{after}\n"
        "These seven words open it. Put them into a password manager or on paper; they "
        "are shown once, and nobody can bring them back:"
    )
    session.terminal.data(made.passphrase.encode())
    return FINE


# --- building ------------------------------------------------------------------


def build(session: Session) -> int:
    """Build the guide, lock the dashboard in, check every byte, move it in place."""
    from pipeline.dashboard import publishing  # noqa: PLC0415 - not for all

    has_key = read_file(session.root, PUBLIC) is not None
    if not has_key and session.options.require_vault:
        message = f"there is no {PUBLIC}; make it with `./notyet site keygen`"
        raise DataError(f"{message}, or leave out --require-vault")
    out = session.options.out or os.path.join(session.root, "site")
    count = publishing.build(project(), out, lambda: _prepared(session))
    told = wording.count(count, "file")
    locked = "the dashboard is locked into it" if has_key else "without the dashboard"
    session.terminal.show(
        f"Built {out}: {told}, {locked}.", f"Built the site: {told}, {locked}."
    )
    if not has_key:
        hint = "`./notyet site keygen` makes the key that locks it in."
        session.terminal.note(f"No {PUBLIC} yet. {hint}", "No key yet.")
    return session.code()


def _prepared(session: Session) -> "Prepared":
    """Make everything that a build needs from the user's files."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - not for all

    from pipeline.dashboard.gate import Gate  # noqa: PLC0415
    from pipeline.dashboard.needles import needles_of  # noqa: PLC0415
    from pipeline.dashboard.publishing import Prepared  # noqa: PLC0415

    canary = secrets.token_hex(16)
    data = json.encode(replace(packed(session), canary=canary))
    beside = ThreadPoolExecutor(1)  # packing and sealing leave Python free
    sealing = beside.submit(_sealed, session, data)
    beside.shutdown(wait=False)
    needles = needles_of(session.workspace, _samples(project()))
    return Prepared(sealing.result, Gate(needles, canary), data)


def _sealed(session: Session, data: bytes) -> "Sealed | None":
    from pipeline.dashboard import vault  # noqa: PLC0415 - not for all
    from pipeline.dashboard.publishing import Sealed  # noqa: PLC0415

    public, wrapped = (read_file(session.root, path) for path in (PUBLIC, WRAPPED))
    if public is None:
        return None
    if wrapped is None:
        message = f"{WRAPPED} is missing beside {PUBLIC}"
        raise DataError(
            f"{message}; take it from another copy, or `./notyet site rotate`"
        )
    return Sealed(
        vault=vault.seal(data, public.decode("utf-8", "replace")),
        key=wrapped.decode("utf-8", "replace").strip(),
    )


def _samples(folder: str) -> "list[Workspace]":
    """Give the invented people of the guide, who may stand in it."""
    samples = os.path.join(folder, "examples")
    if not os.path.isdir(samples):
        return []
    names = sorted(os.listdir(samples))
    return [load(os.path.join(samples, name)) for name in names]


# --- opening -------------------------------------------------------------------


def open_vault(session: Session) -> int:
    """Decrypt a vault on the command line, for the day the page does not open."""
    from pipeline.dashboard import vault  # noqa: PLC0415 - not for all

    if session.terminal.silent:
        raise UsageError("others can read along here; open it on a laptop")
    place: str | None = session.options.to
    if place:
        refuse_shown(place, session.root)
        refuse_taken(place)
    folder = session.options.out or os.path.join(session.root, "site")
    sealed, wrapped = (_published(folder, name) for name in ("vault.jwe", "key.jwe"))
    passphrase = session.terminal.ask("Passphrase:")
    data = vault.open_sealed(sealed, vault.unwrap(wrapped, passphrase))
    if place:
        keep(place, data)
        session.terminal.show(
            f"Wrote {place}; it names people, so keep it to yourself."
        )
    else:
        session.terminal.data(data)
    return FINE


def _published(folder: str, name: str) -> str:
    """Give a sealed file of a built site."""
    try:
        with open(os.path.join(folder, "dashboard", name), encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        message = f"there is no dashboard/{name} in {folder}"
        raise UsageError(f"{message}; name the site's folder with --out") from error
