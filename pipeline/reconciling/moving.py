"""Leaving one tracker for another: what is closed there, and what stays written; pure.

Nothing that happens on the way is taken for a person's act. Old sources are put under
the old tracker's name, so that the same number in the new one is another issue.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from pipeline.files.edit import Edited
from pipeline.files.replacing import Place, with_replaced
from pipeline.model import IssueState, TrackerState, Workspace
from pipeline.reconciling.identity import YOURS, split_body
from pipeline.reconciling.notebook import SETTINGS, contact_path
from pipeline.trackers.base import NOT_PLANNED, Change, Issue, Observation

OPEN, CLOSED = IssueState.OPEN, IssueState.CLOSED
# Sources that speak of an issue or a comment of the tracker they came from.
_NUMBERED = re.compile(r"(?:closed|reopened|tick|comment|form):")
# What stands in place of the marker once an issue was left behind.
LEFT_MARK = re.compile(r"<!-- notyet:left from=(?P<key>\S+) -->")


class Departure(Struct, frozen=True):
    """Everything a move does, in its order."""

    state: TrackerState  # kept first: these issues are going to be closed, by us
    closings: Mapping[int, Change]
    arrived: TrackerState  # kept last


def place_name(tracker: str) -> str:
    """Name a place where issues live, in words."""
    return "GitHub" if tracker.startswith("github") else "the folder inbox/"


def depart(
    workspace: Workspace,
    seen: Observation | None,
    *,
    to: str,
    highest: int,
    as_of: dt.date,
) -> Departure:
    """Give what leaving the present tracker for `to` means.

    `seen` is one look at the present one, None where it is out of reach. `highest` is
    the highest number that the new one has already; nothing up to it is taken up again.
    """
    old = workspace.state
    closings, known = {}, dict(old.issues)
    numbers = [each.number or 0 for each in known.values()]
    for key, each in old.issues.items():
        issue = seen.issues.get(each.number or 0) if seen else None
        if issue is None or issue.state is CLOSED:
            continue
        known[key] = replace(each, seen=OPEN, wanted=CLOSED, gen=each.gen + 1)
        closings[issue.number] = _closing(issue, key, to, as_of)
    left = dict(old.left)
    for tracker, number in (
        (old.tracker, max((*numbers, *(seen.issues if seen else ())), default=0)),
        (to, highest),
    ):
        if tracker and number > left.get(tracker, 0):
            left[tracker] = number
    return Departure(
        state=replace(old, issues=known),
        closings=closings,
        arrived=TrackerState(tracker=to, left=left),
    )


def _closing(issue: Issue, key: str, to: str, as_of: dt.date) -> Change:
    """Close an issue for good: without its marker nobody takes it for a follow-up."""
    body = split_body(issue.body)
    moved = f"> On {as_of} this moved to {place_name(to)}. Closing it recorded nothing."
    mark = f"<!-- notyet:left from={key} -->"
    text = f"{moved}\n\n{body.managed}\n\n{mark}\n{YOURS}\n{body.yours}"
    return Change(body=f"{text.rstrip()}\n", state=CLOSED, reason=NOT_PLANNED)


def being_opened(
    workspace: Workspace, now: dt.datetime, claims_last: dt.timedelta
) -> bool:
    """Say whether an issue may still come into being that no list shows yet."""
    return any(
        each.number is None and each.claim and now - each.claim.at < claims_last
        for each in workspace.state.issues.values()
    )


# --- histories -----------------------------------------------------------------


def files_to_rename(workspace: Workspace) -> tuple[str, ...]:
    """Give the files in which entries name issues or comments, sorted."""
    settings = workspace.settings.history
    paths = [SETTINGS] if any(_NUMBERED.match(e.source or "") for e in settings) else []
    paths += [
        contact_path(slug)
        for slug in workspace.contacts
        if any(_NUMBERED.match(each) for each in sources_of(workspace, slug))
    ]
    return tuple(sorted(paths))


def sources_of(workspace: Workspace, slug: str) -> Iterator[str]:
    """Give every source that a person's file names."""
    contact = workspace.contacts[slug]
    for rejection in contact.rejections:
        yield rejection.source or ""
    for event in contact.history:
        yield from (event.source or "", event.of or "")


def under_name(data: bytes, path: str, tracker: str) -> Edited:
    """Put the sources in a file under the name of the tracker they came from."""

    def becomes(place: Place, value: str) -> str | None:
        in_history = place[0] == "history" and place[-1] in ("source", "of")
        of_rejection = place == ("source",) or (
            place[0] == "rejections" and place[-1] == "source"
        )
        if (in_history or of_rejection) and _NUMBERED.match(value):
            return f"{tracker}:{value}"
        return None

    return with_replaced(data, path, becomes)
