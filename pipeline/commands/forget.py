"""`forget`: a person out of every file and issue; the digest of a stop alone stays."""

import contextlib
import os
import secrets
import shlex
from collections.abc import Iterator

from pipeline.commands import wording
from pipeline.commands.agreeing import agreed, far_tracker
from pipeline.commands.erasing import Plan, carry_out, look
from pipeline.commands.session import FINE, PROBLEMS, Session
from pipeline.files.private import drop_private, private_files
from pipeline.files.store import explained
from pipeline.reconciling.traces import Traces
from pipeline.trackers.base import Tracker

LARGEST_SEARCHED = 5_000_000  # bytes; what is larger is hardly a text
_NOT_SEARCHED = frozenset({".git", ".venv", "node_modules", "__pycache__"})


def forget(session: Session) -> int:
    """Show where somebody is named, ask once, and take them out."""
    slug = session.options.slug.removeprefix("contacts/").removesuffix(".yml")
    trackers = _trackers(session)
    salt = secrets.token_hex(16)
    plan = look(session.store, trackers, slug, as_of=session.as_of, salt=salt)
    if plan.is_empty:
        session.terminal.show(_nobody(session, slug), "Nothing to forget.")
        return FINE
    said = "\n".join(_announced(session, plan, slug))
    files = len(plan.writes) + len(plan.deletions)
    public = f"This changes {wording.count(files, 'file')}."
    if not agreed(session, said, public, "Forget them?"):
        return FINE
    try:
        drop_private(session.root)
    except OSError as error:
        raise explained(error) from error
    carry_out(session.store, trackers, slug, as_of=session.as_of, salt=salt)
    return _tell(session, plan, slug)


def _trackers(session: Session) -> list[Tracker]:
    """Give every place below the root or within reach that holds issues."""
    from pipeline.trackers.local import LocalTracker  # noqa: PLC0415 - not for help

    found: list[Tracker] = [LocalTracker(session.root)]
    if session.workspace.state.tracker not in ("", "local", "github"):
        found.append(far_tracker(session))
    return found


def _nobody(session: Session, slug: str) -> str:
    import difflib  # noqa: PLC0415 - only for mistakes

    near = difflib.get_close_matches(slug, session.workspace.contacts, 1, 0.5)
    hint = f" Did you mean {near[0]}?" if near else ""
    return f"Nothing here is about {slug}.{hint}"


# --- saying it -----------------------------------------------------------------


def _announced(session: Session, plan: Plan, slug: str) -> Iterator[str]:
    person = plan.traces.person
    name = person.names[0] if person.names else slug
    yield f"What goes when {name} is forgotten here; it cannot be taken back:"
    yield ""
    yield from _files(session, plan)
    for tracker, erasure in plan.erasures:
        place = "inbox/" if tracker.name == "local" else "GitHub"
        if erasure.emptied:
            numbers = ", ".join(f"#{number}" for number in erasure.emptied)
            yield f"- emptied and closed in {place}: {numbers}"
        others = sorted(set(erasure.changes) - set(erasure.emptied))
        if others:
            numbers = ", ".join(f"#{number}" for number in others)
            yield f"- the lines that name them go, in {place}: {numbers}"
    if plan.is_stopped:
        yield "- kept: that they asked not to be written to, by a mark without a name"
    if plan.traces.shared:
        yield f"- stays, since others have it too: {', '.join(plan.traces.shared)}"
    if not person.names and not session.workspace.contacts.get(slug):
        yield "- there is no file of theirs, so only its name can be looked for"
    yield ""


def _files(session: Session, plan: Plan) -> Iterator[str]:
    for write in plan.deletions:
        yield f"- deleted: {write.path}"
    for place in private_files(session.root):
        yield f"- deleted, to be made again: {place}"
    for write in plan.writes:
        if not write.path.startswith("state/"):
            yield f"- without them: {write.path}"


def _tell(session: Session, plan: Plan, slug: str) -> int:
    """Say what is left, and what it takes to remove that."""
    named = sorted(_still_named(session.root, plan.traces))
    lines = ["Forgotten here. What this cannot reach:", ""]
    if named:
        lines += ["Files of yours that still name them:"]
        lines += [f"- {path}" for path in named]
        lines.append("")
    lines += _remains(session, plan, slug)
    session.terminal.show("\n".join(lines), "Forgotten.")
    if named and session.terminal.silent:
        session.terminal.note("", f"{wording.count(len(named), 'file')} to look at.")
    return PROBLEMS if named else FINE


def _remains(session: Session, plan: Plan, slug: str) -> Iterator[str]:
    """Give what lies elsewhere, each with its command and its price."""
    if os.path.exists(os.path.join(session.root, ".git")):
        paths = [write.path for write in plan.deletions] or [f"contacts/{slug}.yml"]
        chosen = " ".join(f"--path {path}" for path in paths)
        yield "- the history of git, if these files were ever committed:"
        yield f"    git filter-repo --invert-paths {chosen}"
        yield "    git push --force"
        yield "  It needs git-filter-repo. Every commit gets a new name, every other"
        yield "  clone has to be made anew, and what other files said needs"
        yield "  --replace-text beside it."
    numbers = [n for t, e in plan.erasures if t.name != "local" for n in e.emptied]
    if numbers:
        yield "- GitHub keeps what a text said before it was changed:"
        yield from (f"    gh issue delete {number} --yes" for number in numbers)
        yield "  Only an owner can, and the number is gone for good."
    if plan.traces.person.names:
        first = plan.traces.person.names[0].split()[0]
        yield "- lines that say a first name alone, which may be anybody's:"
        yield f"    grep -rnw {shlex.quote(first)} contacts portfolio inbox"
    yield "- mails and letters, yours and those GitHub sent: your mail program"
    yield "- other clones and backups: run the same command there, or delete them"
    if os.path.isdir(os.path.join(session.root, "site")):
        yield "- the dashboard that is locked into site/: `./notyet site build`, and"
        yield "  publish that"
    yield "- calendars that took in calendar.ics: delete the entries there"
    yield "- folders made by `./notyet export`: delete them"


def _still_named(root: str, traces: Traces) -> Iterator[str]:
    """Give every file below the root, whosever it is, that names them."""
    for folder, below, names in os.walk(root):
        below[:] = sorted(set(below) - _NOT_SEARCHED)
        for name in names:
            place = os.path.join(folder, name)
            path = os.path.relpath(place, root).replace(os.sep, "/")
            if traces.found_in(path) or traces.found_in(_text(place)):
                yield path


def _text(place: str) -> str:
    with contextlib.suppress(OSError):
        if os.path.getsize(place) <= LARGEST_SEARCHED:
            with open(place, "rb") as file:
                return file.read().decode(errors="replace")
    return ""
