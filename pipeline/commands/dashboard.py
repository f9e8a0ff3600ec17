"""`dashboard`: one file with everything, for the user's eyes, opened in the browser.

It needs no key and no server, lies outside the work tree, and is made anew each time.
"""

import pathlib
from typing import TYPE_CHECKING

from pipeline.commands.plan import plan_now, show_problems
from pipeline.commands.session import Session, keep_to_oneself

if TYPE_CHECKING:
    from pipeline.dashboard.pages import Pack

NAME = "dashboard.html"


def dashboard(session: Session) -> int:
    """Write the dashboard and open it."""
    place = written(session)
    if session.options.print or session.terminal.silent:
        session.terminal.show(place, "Wrote the dashboard.")
        return session.code()
    import webbrowser  # noqa: PLC0415 - not for a path alone

    opened = webbrowser.open(pathlib.Path(place).as_uri())
    told = "Opened" if opened else "Open this in a browser:"
    session.terminal.show(f"{told} {place}\nIt names people, so keep it to yourself.")
    show_problems(session)
    return session.code()


def written(session: Session) -> str:
    """Write the dashboard into the user's own folder, and say where it is."""
    from pipeline.dashboard.alone import page  # noqa: PLC0415 - slow to import

    return keep_to_oneself(session.root, NAME, page(packed(session)).encode())


def packed(session: Session) -> "Pack":
    """Give every page of the dashboard, as of the day of the run."""
    from pipeline.dashboard.pages import pack_of  # noqa: PLC0415 - slow to import

    return pack_of(session.workspace, plan_now(session), session.holidays)
