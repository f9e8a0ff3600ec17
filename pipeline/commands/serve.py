"""`serve`: guide and dashboard in the browser, as long as one writes on either.

Nothing leaves this machine; it ends with Ctrl-C.
"""

import gc
import os
import shutil
import tempfile

from pipeline.commands.dashboard import packed
from pipeline.commands.places import project
from pipeline.commands.session import FINE, Session
from pipeline.commands.site import need_tools
from pipeline.errors import UsageError

GUIDE = ("docs", "mkdocs.yml")
WORKSPACE = ("contacts", "portfolio", "templates", "inbox", "state", "settings.yml")


def serve(session: Session) -> int:
    """Serve until somebody stops it."""
    need_tools()
    if session.terminal.silent:
        raise UsageError("others can read along here; serve it on a laptop")
    from pipeline.dashboard.serving import Kept, Server, watch  # noqa: PLC0415

    gc.enable()  # this run is not a short one
    began = session.seconds()
    with tempfile.TemporaryDirectory(prefix="notyet-guide-") as folder:
        guide = Kept(lambda: _guide(folder))
        board = Kept(lambda: _board(session, session.seconds() - began))
        board.now()  # what is wrong with it is said here and not in the browser
        watched = [
            watch([os.path.join(project(), each) for each in GUIDE], guide),
            watch([os.path.join(session.root, each) for each in WORKSPACE], board),
        ]
        server = Server(guide, board)
        try:
            _tell(session, server.address)
            server.serve_forever()
        finally:
            server.server_close()
            for each in watched:
                each.stop()
    return FINE


def _tell(session: Session, address: str) -> None:
    session.terminal.show(f"{address}\nAs long as this runs, for you alone; Ctrl-C.")
    session.terminal.flush()
    if not session.options.print:
        import webbrowser  # noqa: PLC0415 - not for an address alone

        webbrowser.open(address)


def _guide(folder: str) -> str:
    """Build the guide into a folder, whole before it takes the place of the old one."""
    from pipeline.dashboard import publishing  # noqa: PLC0415 - not for all

    made = tempfile.mkdtemp(dir=folder)
    with publishing.guide(project(), made):
        pass
    publishing.finish_pages(made)
    for name in os.listdir(folder):
        old = os.path.join(folder, name)
        if old != made:
            shutil.rmtree(old, ignore_errors=True)
    return made


def _board(session: Session, seconds: float) -> str:
    """Write the dashboard from the files as they are now."""
    from pipeline.dashboard.alone import page  # noqa: PLC0415 - slow to import

    return page(packed(session.later(seconds)), guide="/")
