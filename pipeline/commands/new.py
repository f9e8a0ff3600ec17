"""`new`: write a rejection down, into a new file or into that of a known person."""

from collections.abc import Callable
from typing import TypeVar

from msgspec.structs import replace

from pipeline.commands import questions
from pipeline.commands.questions import NoAnswer, Person, ask
from pipeline.commands.session import FINE, Session
from pipeline.errors import DataError, UsageError
from pipeline.files.edit import with_rejection
from pipeline.files.store import Write
from pipeline.model import Contact, Rejection

T = TypeVar("T")


def new(session: Session) -> int:
    """Ask what the options leave open, then write one file."""
    with questions.nothing_yet(session.terminal):
        who, company, rejection = _asked(session)
    add(session, who, company, rejection, sure=session.options.add)
    return FINE


def add(
    session: Session, who: Person, company: str, rejection: Rejection, *, sure: bool
) -> str | None:
    """Write a rejection down and give the slug; None where it was not wanted."""
    workspace = session.workspace
    contact = Contact(
        slug="",
        name=who.name,
        company=company,
        email=who.email,
        rejections=(rejection,),
    )
    questions.refuse_stopped(workspace, contact, session.as_of)
    known = questions.known_person(workspace, who, company)
    if known is not None:
        return _add_to(session, known, company, rejection, sure=sure)
    slug, write = questions.new_file(session.root, workspace, contact)
    with session.store.lock():
        session.store.commit([write], "Write 1 rejection down")
    session.terminal.show(
        f"Wrote {write.path}. What comes when: {session.program} preview {slug}",
        "Wrote 1 rejection down.",
    )
    return slug


def _add_to(
    session: Session, known: Contact, company: str, rejection: Rejection, *, sure: bool
) -> str | None:
    """Add a rejection to the file of somebody we know."""
    path = f"contacts/{known.slug}.yml"
    if any(
        each.position == rejection.position
        and each.rejected_on == rejection.rejected_on
        for each in known.rejections
    ):
        raise DataError(f"{path} has this rejection already; nothing was written")
    session.terminal.note(f"{path} is this person's file already.")
    if not sure and not ask(
        session.terminal,
        "Add this rejection to it? (Enter for yes, or no)",
        questions.yes,
    ):
        session.terminal.show("Nothing was written.")
        return None
    if company.casefold() != known.company.casefold():
        rejection = replace(rejection, company=company)
    before = session.store.read(path)
    data, problems = with_rejection(before or b"", rejection, path)
    if data is None:
        raise DataError(str(problems[0]))
    with session.store.lock():
        session.store.commit([Write(path, data, before)], "Write 1 rejection down")
    session.terminal.show(
        f"Added to {path}. What comes when: {session.program} preview {known.slug}",
        "Wrote 1 rejection down.",
    )
    return known.slug


# --- what was said -------------------------------------------------------------


def _asked(session: Session) -> tuple[Person, str, Rejection]:
    """Take what the options say; ask for the rest unless what counts is given."""
    options, terminal = session.options, session.terminal
    enough = options.company and options.position and options.date

    def answer(
        name: str, given: str | None, question: str, read: Callable[[str], T]
    ) -> T:
        if given is None and not enough:
            return ask(terminal, question, read)
        return _read(name, given or "", read)

    who = answer(
        "--name and --email",
        " ".join(filter(None, (options.name, options.email))) or None,
        "Who said no? Name and mail, as far as you know them:",
        questions.person,
    )
    question = "Was someone else chosen? (yes, no, Enter)"
    why = answer("--cause", options.cause, question, questions.cause)
    company, position = (
        answer(f"--{name}", getattr(options, name) or None, question, questions.needed)
        for name, question in (
            ("company", "At which company?"),
            ("position", "For which position?"),
        )
    )
    question = "When? (2026-05-04, yesterday, 3 May; Enter for today)"
    read_day = questions.past_day(session.as_of)
    day = answer("--date", options.date or None, question, read_day)
    topics = options.topic
    if topics is None:
        question = "What did you speak about? (Enter)"
        topics = [] if enough else [ask(terminal, question, str)]
    return who, company, questions.rejected(position, day, why, topics)


def _read(name: str, text: str, read: Callable[[str], T]) -> T:
    """Read the value of an option as an answer would be read."""
    try:
        return read(questions.readable(text))
    except NoAnswer as misfit:
        raise UsageError(f"{name}: '{text}' cannot be used; {misfit}") from None
