"""Acts and commands, taken in as people did and said them, one after the other; pure.

Where times are known they decide; else commands come first. A comment sent with a
closing belongs before it.
"""

import datetime as dt
from collections.abc import Collection

from msgspec.structs import replace

from pipeline.model import Workspace
from pipeline.reconciling.acts import take_act, take_acts, take_twin
from pipeline.reconciling.ailing import take_problems
from pipeline.reconciling.hearing import acked_in, answered_in, take_comments
from pipeline.reconciling.identity import FRONT_DESK, slug_of
from pipeline.reconciling.incoming import take_issues
from pipeline.reconciling.notebook import Notebook
from pipeline.reconciling.observe import Findings
from pipeline.reconciling.orders import Carried, Work
from pipeline.trackers.base import Act, Observation


def take_in(
    workspace: Workspace,
    found: Findings,
    notebook: Notebook,
    observation: Observation,
    elsewhere: Collection[str],
    as_of: dt.date,
) -> Carried:
    """Record everything that people did and said since the last look.

    What is taken care of `elsewhere` is left alone.
    """
    comments = observation.comments
    carried = Carried()
    done = acked_in(comments).union(elsewhere)
    work = Work(workspace, found, notebook, carried, answered_in(comments), done)
    rest = list(comments)
    for key, act in _acts(workspace, found):
        earlier = [each for each in rest if each.at is not None and each.at <= act.at]
        rest = [each for each in rest if each.at is None or each.at > act.at]
        take_comments(work, earlier, as_of)
        take_act(workspace, found, notebook, key, act)
    take_comments(work, rest, as_of)
    take_issues(work, elsewhere, as_of)
    take_problems(work)
    take_acts(workspace, found, notebook, as_of)
    for twin in found.twins:
        take_twin(workspace, found, notebook, twin, as_of)
    _note_what_was_seen(workspace, found)
    return carried


def _acts(workspace: Workspace, found: Findings) -> list[tuple[str, Act]]:
    """Give the acts on every follow-up whose file can be read, oldest first."""
    acts = [
        (key, act)
        for key, issue in found.issues.items()
        if key != FRONT_DESK and slug_of(key) in workspace.contacts
        for act in issue.acts or ()
    ]
    return sorted(acts, key=lambda each: (each[1].at, each[1].id))


def _note_what_was_seen(workspace: Workspace, found: Findings) -> None:
    """Remember up to which act each issue was taken in; a broken file's wait for it."""
    unread = workspace.unread
    for key, issue in found.issues.items():
        if issue.acts is None or slug_of(key) in unread:
            continue
        known = found.known[key]
        last = issue.acts[-1].id if issue.acts else known.act
        closing = issue.closing or known.closing
        found.known[key] = replace(known, act=last, closing=closing)
