"""`check`: every problem of every file, with its place, and what waits for it."""

import datetime as dt
import itertools
import os
from collections.abc import Iterator
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import replace

from pipeline.commands import porcelain, wording
from pipeline.commands.mending import ShownRepair, mend
from pipeline.commands.session import FINE, PROBLEMS, Session
from pipeline.errors import UsageError
from pipeline.files.folders import read_file
from pipeline.files.schema import read_contact
from pipeline.files.yamltext import (
    MappingNode,
    SequenceNode,
    index_of_event,
    is_given,
    parse,
    place_of,
)
from pipeline.model import Contact, Event, Problem, Severity, Step, Touch, Workspace


class ShownCheck(Struct, frozen=True, kw_only=True):
    """What `check` prints as JSON."""

    problems: porcelain.Problems
    repairs: Annotated[
        tuple[ShownRepair, ...] | UnsetType,
        Meta(description="with `--fix`: the lines that can be mended, or were"),
    ] = UNSET
    schema: porcelain.Version = porcelain.SCHEMA
    waiting: Annotated[
        tuple[str, ...], Meta(description="what waits until they are mended, in words")
    ]


def check(session: Session) -> int:
    """Say what is wrong, where, and what to write instead; with --fix, mend first."""
    repairs = _mended(session)
    problems = tuple(
        sorted(
            (*session.workspace.problems, *_more(session)),
            key=lambda each: (each.path, each.line, each.column),
        )
    )
    waiting = tuple(_waiting(session))
    wrong = [each for each in problems if each.severity is Severity.ERROR]
    if session.as_json:
        shown = porcelain.shown_problems(problems, severity=True)
        porcelain.emit(
            session.terminal,
            ShownCheck(problems=shown, repairs=repairs, waiting=waiting),
        )
    else:
        _tell(session, problems, waiting)
    return PROBLEMS if wrong else FINE


def _mended(session: Session) -> tuple[ShownRepair, ...] | UnsetType:
    if not session.options.fix:
        if session.options.yes:
            raise UsageError("--yes goes with --fix; leave it out, or add that")
        return UNSET
    return mend(session)


def _tell(
    session: Session, problems: tuple[Problem, ...], waiting: tuple[str, ...]
) -> None:
    people = wording.count(len(session.workspace.contacts), "person", "people")
    documents = wording.count(len(session.workspace.documents), "document")
    public = f"{wording.count(len(problems), 'problem')} in files."
    if not problems:
        session.terminal.show(f"All is well: {people}, {documents}.", public)
        return
    session.terminal.show("\n".join(wording.problem_lines(problems)), public)
    if waiting:
        session.terminal.show("\n".join(["", *waiting]))


# --- what the reader of files does not look at ---------------------------------


def _more(session: Session) -> Iterator[Problem]:
    """Give what only a person asking wants to know: texts, holidays, issues."""
    workspace = session.workspace
    if workspace.templates:
        from pipeline.writing.templating import check_templates  # noqa: PLC0415

        yield from check_templates(workspace.templates)
    yield from _places(session)
    yield from _ahead(session)
    if os.path.isdir(os.path.join(session.root, "inbox")):
        from pipeline.trackers.local import LocalTracker  # noqa: PLC0415 - if any

        seen = LocalTracker(session.root).observe({}, None, session.as_of)
        yield from seen.problems


def _places(session: Session) -> Iterator[Problem]:
    """Warn of places whose public holidays nobody knows."""
    settings = session.workspace.settings
    places = {"settings.yml": (settings.country, settings.subdivision)}
    for slug, contact in session.workspace.contacts.items():
        places[f"contacts/{slug}.yml"] = (contact.country, contact.subdivision)
    unknown = {place for place in set(places.values()) if not _is_known(*place)}
    for path, place in places.items():
        if place in unknown:
            name = "subdivision" if _is_known(place[0], None) else "country"
            got = " ".join(filter(None, place))
            yield Problem(
                path=path,
                line=_line_of(session.root, path, name),
                field=name,
                message=f"no public holidays are known there (got {got})",
                remedy="write the country as two letters, the state as its code",
                severity=Severity.WARNING,
            )


def _ahead(session: Session) -> Iterator[Problem]:
    """Warn of days that are still to come where something is said to have happened."""
    workspace = session.workspace
    day = max(session.as_of, session.now.date())  # looking back finds nothing new
    for slug, contact in workspace.contacts.items():
        path = f"contacts/{slug}.yml"
        yield from _events_ahead(session, path, contact.history, day)
        for number, rejection in enumerate(contact.rejections):
            if rejection.rejected_on > day:
                data = read_file(session.root, path) or b""
                flat = is_given(data, "rejected_on")
                place: tuple[str | int, ...] = ("rejected_on",)
                if number or not flat:
                    place = ("rejections", number - flat, "rejected_on")
                yield _still_to_come(session, path, place, rejection.rejected_on)
    yield from _events_ahead(session, "settings.yml", workspace.settings.history, day)


def _events_ahead(
    session: Session, path: str, history: tuple[Event, ...], day: dt.date
) -> Iterator[Problem]:
    for number, event in enumerate(history):
        if event.date > day:
            data = read_file(session.root, path) or b""
            place = ("history", index_of_event(data, number), "date")
            yield _still_to_come(session, path, place, event.date)


def _still_to_come(
    session: Session, path: str, place: tuple[str | int, ...], day: dt.date
) -> Problem:
    line, column = place_of(read_file(session.root, path) or b"", *place)
    names = (f"[{each}]" if isinstance(each, int) else f".{each}" for each in place)
    return Problem(
        path=path,
        line=line,
        column=column,
        field="".join(names).removeprefix("."),
        message=f"a day still to come (got {day})",
        remedy="it counts from that day; correct it if it is a slip of the finger",
        severity=Severity.WARNING,
    )


def _is_known(country: str | None, subdivision: str | None) -> bool:
    if country is None:
        return True
    from pipeline.files.holidays import is_known  # noqa: PLC0415 - slow, for people

    return is_known(country, subdivision)


def _line_of(root: str, path: str, name: str) -> int:
    """Give the line of a field, for a problem found after the file was read."""
    node, _ = parse(read_file(root, path) or b"", path)
    for key, _value in node.value if node else ():
        if key.value == name:
            return int(key.start_mark.line) + 1
    return 1


# --- what waits because of a problem -------------------------------------------


def _waiting(session: Session) -> Iterator[str]:
    """Say what a broken file holds back, as far as the rest of it can be read."""
    workspace = session.workspace
    wrong = [each for each in workspace.problems if each.severity is Severity.ERROR]
    if any(each.path == "settings.yml" for each in wrong):
        yield "Until settings.yml is mended nothing new is opened, for anyone."
        return
    for path in dict.fromkeys(each.path for each in wrong):
        if path.startswith("contacts/"):
            yield _what_waits(session, path, wrong)


def _what_waits(session: Session, path: str, wrong: list[Problem]) -> str:
    others = "everyone else goes on"
    saved = _salvaged(session.root, path, [each for each in wrong if each.path == path])
    touch = _next_of(session, saved) if saved else None
    if saved is None or touch is None:
        return f"{path}: whatever is planned for this person waits; {others}."
    whom = saved.name or saved.company
    when = wording.day(touch.target_on, session.as_of)
    return f"{path}: {wording.what(touch)} to {whom}, {when}, waits; {others}."


def _next_of(session: Session, contact: Contact) -> Touch | None:
    """Give what would come next for a person whose file is partly readable."""
    from pipeline.planning.schedule import schedule  # noqa: PLC0415 - seldom

    workspace: Workspace = session.workspace
    contacts = {**workspace.contacts, contact.slug: contact}
    whole = replace(
        workspace,
        contacts=dict(sorted(contacts.items())),
        frozen=workspace.frozen - {contact.slug},
    )
    plan = schedule(whole, session.as_of, session.holidays)
    theirs = [
        each
        for each in plan.touches
        if each.slug == contact.slug and each.step is not Step.SELF_ASSESSMENT
    ]
    return theirs[0] if theirs else None


def _salvaged(root: str, path: str, problems: list[Problem]) -> Contact | None:
    """Read a file without the fields that are wrong, as if they were not there."""
    slug = path.removeprefix("contacts/").rpartition(".")[0]
    data = read_file(root, path) or b""
    node, _ = parse(data, path)
    if node is None:
        return None
    lines = data.decode("utf-8-sig").splitlines(keepends=True)
    starts = sorted({*_starts(node), len(lines)})
    for problem in problems:
        for first, after in itertools.pairwise(starts):
            if problem.field and first <= problem.line - 1 < after:
                lines[first:after] = ["\n"] * (after - first)
    contact, _ = read_contact("".join(lines).encode(), path, slug)
    return contact


def _starts(node: MappingNode) -> Iterator[int]:
    """Give the lines on which fields begin, and the entries of their lists."""
    for key, value in node.value:
        yield int(key.start_mark.line)
        if isinstance(value, SequenceNode) and not value.flow_style:
            yield from (int(each.start_mark.line) for each in value.value)
