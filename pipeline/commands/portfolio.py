"""`portfolio`: who has had which document, for whom one is left, and what to write."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from pipeline.commands import porcelain, wording
from pipeline.commands.plan import bare_schedule, show_problems
from pipeline.commands.session import Session
from pipeline.planning.matching import NOT_CLEARED
from pipeline.planning.runway import Runway, runway

if TYPE_CHECKING:
    from pipeline.model import Workspace

SHOWN = 12  # people, before the rest is counted


class ShownDocument(Struct, frozen=True, kw_only=True):
    """A document, and who has had it."""

    document: Annotated[str, Meta(description="its id: the file, without .yml")]
    had_by: Annotated[tuple[str, ...], Meta(description="contacts who have it")]
    title: Annotated[str, Meta(description="empty where its file is gone")]


class ShownReach(Struct, frozen=True, kw_only=True):
    """How many documents are left for a person, and until when that lasts."""

    contact: Annotated[str, Meta(description="the name of the file, without .yml")]
    left: Annotated[int, Meta(description="documents that fit and were not sent")]
    runs_out_on: Annotated[
        dt.date, Meta(description="the day from which a new one is needed")
    ]


class ShownGap(Struct, frozen=True, kw_only=True):
    """What one new document could be about, and whom it would serve."""

    about: Annotated[str, Meta(description="the subject that is missing")]
    contacts: Annotated[tuple[str, ...], Meta(description="who would be served")]


class ShownPortfolio(Struct, frozen=True, kw_only=True):
    """What `portfolio` prints as JSON."""

    as_of: porcelain.Day
    documents: Annotated[
        tuple[ShownDocument, ...], Meta(description="each of yours, and who had it")
    ]
    gaps: Annotated[
        tuple[ShownGap, ...],
        Meta(description="what would be worth writing, most wanted first"),
    ]
    people: Annotated[
        tuple[ShownReach, ...], Meta(description="how long what you have will last")
    ]
    schema: porcelain.Version = porcelain.SCHEMA


def portfolio(session: Session) -> int:
    """Show the portfolio from its documents, from people, and from what is missing."""
    workspace = session.workspace
    found = runway(workspace, bare_schedule(session))
    if session.as_json:
        porcelain.emit(session.terminal, _as_json(session, found))
        return session.code()
    documents = wording.count(len(workspace.documents), "document")
    people = wording.count(len(found.reach), "person", "people")
    session.terminal.show(
        "\n".join(_lines(session, workspace, found)), f"{documents}, {people}."
    )
    show_problems(session)
    return session.code()


def _as_json(session: Session, found: Runway) -> ShownPortfolio:
    documents = session.workspace.documents
    return ShownPortfolio(
        as_of=session.as_of,
        documents=tuple(
            ShownDocument(
                document=name,
                had_by=had,
                title=documents[name].title if name in documents else "",
            )
            for name, had in found.had.items()
        ),
        gaps=tuple(
            ShownGap(about=each.about, contacts=each.people) for each in found.gaps
        ),
        people=tuple(
            ShownReach(contact=each.slug, left=each.left, runs_out_on=each.runs_out_on)
            for each in found.reach
        ),
    )


def _lines(session: Session, workspace: "Workspace", found: Runway) -> list[str]:
    if not workspace.documents:
        return [
            "No documents yet. One page is enough to begin with: a problem, what you "
            "did,",
            "what came of it. portfolio/README.md shows how to describe it in a file.",
        ]
    heading = session.terminal.heading
    lines = [heading("Documents, and who has had them")]
    for name, slugs in found.had.items():
        lines += _document(workspace, name, slugs)
    left = [
        (
            _name(workspace, each.slug),
            f"{each.left or 'none'} left",
            f"a new one by {wording.day(each.runs_out_on, session.as_of)}",
        )
        for each in found.reach[:SHOWN]
    ]
    if left:
        lines += ["", heading("For whom how many are left"), *wording.columns(left)]
    if len(found.reach) > SHOWN:
        lines.append(f"  and {len(found.reach) - SHOWN} more people, later")
    if found.gaps:
        best = found.gaps[0]
        people = wording.count(len(best.people), "person", "people")
        names = ", ".join(_name(workspace, slug) for slug in best.people)
        said = f"Something about {best.about}; it would serve {people}: {names}."
        lines += ["", heading("The next one worth writing")]
        lines += wording.wrapped(said, "  ")
    return lines


def _document(workspace: "Workspace", name: str, slugs: Sequence[str]) -> Iterator[str]:
    """Tell of one document: what keeps it in the house, and who has had it."""
    document = workspace.documents.get(name)
    held = NOT_CLEARED.get(document.share, "") if document else "its file is gone"
    yield f"  {document.title if document else name}" + f" ({held})" * bool(held)
    names = ", ".join(_name(workspace, slug) for slug in slugs)
    yield from wording.wrapped(names or "nobody yet", " " * 6)


def _name(workspace: "Workspace", slug: str) -> str:
    return workspace.contacts[slug].name or slug
