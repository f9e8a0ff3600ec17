"""`doctor`: is everything in place, here and on GitHub, and if not, what to do.

Nothing is changed but the label, on request. Where others read along, counts alone.
"""

import re
from collections.abc import Iterator

from pipeline.commands import wording
from pipeline.commands.session import FINE, PROBLEMS, Session
from pipeline.errors import TrackerError
from pipeline.files.workspace import load, read_file_whole
from pipeline.model import Severity
from pipeline.trackers.checkup import WORKFLOW, Finding

_ORIGIN = re.compile(
    r"(?:https://|ssh://git@|git@)github\.com[:/]([\w.-]+/[\w.-]+?)(?:\.git)?/?$"
)


def doctor(session: Session) -> int:
    """Look at the checkout, then at the repository as far as that is possible."""
    findings = [*_checkout(session), *_repository(session)]
    wrong = [each for each in findings if not each.is_well]
    lines = [
        f"fine  {each.what}" if each.is_well else f"mend  {each.what}; {each.remedy}"
        for each in findings
    ]
    count = wording.count(len(wrong), "thing")
    public = f"{len(findings)} things looked at, {len(wrong)} to mend."
    lines.append(f"\n{count} to mend." if wrong else "\nAll is well.")
    session.terminal.show("\n".join(lines), public)
    return PROBLEMS if wrong else FINE


# --- the checkout --------------------------------------------------------------


def _checkout(session: Session) -> Iterator[Finding]:
    from pipeline.files.gitstore import GitStore  # noqa: PLC0415 - seldom

    store = GitStore(session.root, push=False)
    if not store.is_inside():
        remedy = "make your private copy on GitHub and clone that"
        yield Finding("this folder is not in git", remedy)
    else:
        yield Finding("this folder is in git")
    yield _workflow(session.root)
    yield from _files(session.root)


def _workflow(root: str) -> Finding:
    path = f".github/workflows/{WORKFLOW}"
    data = read_file_whole(root, path) or b""
    if re.search(rb"^\s+- cron: ", data, re.MULTILINE):
        return Finding("the schedule is there")
    if data:
        return Finding(f"{path} has no schedule", "run `./notyet upgrade`")
    return Finding(f"there is no {path}", "run `./notyet upgrade`")


def _files(root: str) -> Iterator[Finding]:
    workspace = load(root)
    settings = workspace.settings
    if settings.you is None:
        remedy = "run `./notyet start`, or comment `/me NAME; MAIL; ZONE`"
        yield Finding("nobody signs the messages yet", remedy)
    else:
        yield Finding("messages are signed")
    missing = [
        name
        for name, said in (
            ("timezone", settings.timezone != "UTC"),
            ("country", settings.country),
            ("you.email", settings.you and settings.you.email),
        )
        if not said
    ]
    if missing:
        names = ", ".join(missing)
        remedy = "write them into it; docs/reference/settings.md has examples"
        yield Finding(f"settings.yml does not say {names}", remedy)
    wrong = sum(p.severity is Severity.ERROR for p in workspace.problems)
    if wrong:
        files = wording.count(wrong, "problem")
        yield Finding(f"{files} in files", "run `./notyet check`")
    else:
        yield Finding("files can be read")


# --- the repository ------------------------------------------------------------


def _repository(session: Session) -> Iterator[Finding]:
    from pipeline.files.gitstore import GitStore  # noqa: PLC0415 - seldom
    from pipeline.trackers.checkup import examine, is_visible  # noqa: PLC0415

    found = _ORIGIN.match(GitStore(session.root, push=False).address())
    api = session.api(found[1] if found else "")
    if api is None:
        remedy = "clone your copy from GitHub, or set GITHUB_REPOSITORY to owner/name"
        yield Finding("no repository on GitHub is known", remedy)
        return
    try:
        if api.is_anonymous:
            yield is_visible(api)
            remedy = "set GITHUB_TOKEN to look at the rest"
            yield Finding("the repository was only looked at from outside", remedy)
            return
        mend = bool(session.options.fix)
        yield from examine(api, session.now, mend=mend)
    except TrackerError as error:
        what, _, remedy = str(error).partition("; ")
        yield Finding(what, remedy or "run it again")
