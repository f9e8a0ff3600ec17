"""`calendar`: the next two years as a file that any calendar imports."""

from pipeline.commands import wording
from pipeline.commands.places import refuse_shown, refuse_taken
from pipeline.commands.session import Session, keep, keep_to_oneself
from pipeline.planning.preview import preview
from pipeline.writing.ical import PRODUCT
from pipeline.writing.ical import calendar as make

NAME = "calendar.ics"


def calendar(session: Session) -> int:
    """Write everyone's next months into one calendar file."""
    output: str | None = session.options.output
    if output and output != "-":
        refuse_shown(output, session.root)
        refuse_taken(output, PRODUCT.encode())
    session.insist_on_dates()
    data = made(session, session.options.months)
    if output == "-" and not session.terminal.silent:
        session.terminal.data(data)
        return session.code()
    place = output or keep_to_oneself(session.root, NAME, data)
    if output and output != "-":
        keep(output, data)
    session.terminal.show(
        f"Wrote {place}. Import it into your calendar; it names people, so keep it to "
        "yourself. In a month it asks to be made again.",
        f"Wrote a calendar for {_people(session)}.",
    )
    return session.code()


def made(session: Session, months: int) -> bytes:
    """Give the file's content."""
    workspace = session.workspace
    futures = [
        preview(workspace, slug, session.as_of, session.holidays, months)
        for slug in workspace.contacts
        if slug not in workspace.frozen
    ]
    return make(futures, as_of=session.as_of, titles=workspace.settings.privacy.titles)


def _people(session: Session) -> str:
    return wording.count(len(session.workspace.contacts), "person", "people")
