"""Looks at a repository on GitHub and says what would keep a run from its work.

It changes nothing but, where that is asked for, the label. What the token may not see
is said to be unknown, and counts as a finding.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from pipeline.errors import Declined, Gone
from pipeline.reconciling.identity import LABEL
from pipeline.trackers.rest import Api

WORKFLOW = "follow-ups.yml"
SILENT = dt.timedelta(days=3)  # schedules may be hours late, and miss a day
# Rules that a direct push of the robot does not get past.
BLOCKING = {
    "pull_request": "asks for a pull request",
    "required_signatures": "asks for signed commits",
    "required_status_checks": "asks for checks before a push",
    "required_deployments": "asks for a deployment before a push",
    "update": "lets nobody push",
    "merge_queue": "asks for the merge queue",
}


class Finding(Struct, frozen=True):
    """One thing that was looked at; `remedy` is "" where all is well."""

    what: str
    remedy: str = ""

    @property
    def is_well(self) -> bool:
        """Say whether nothing has to be done."""
        return not self.remedy


def is_visible(api: Api) -> Finding:
    """Ask, as a stranger would, whether the repository can be seen."""
    try:
        api.get()
    except (Gone, Declined):
        return Finding("a stranger sees no such repository")
    return Finding(
        "this repository is PUBLIC",
        "make it private now: Settings, General, Danger zone, Change visibility",
    )


def examine(api: Api, now: dt.datetime, *, mend: bool) -> Iterator[Finding]:
    """Look at everything; with `mend`, make the label where it is missing."""
    try:
        row = api.get()
    except Gone:
        remedy = "check GITHUB_REPOSITORY, and that the token is for it"
        yield Finding("there is no such repository for this token", remedy)
        return
    yield _privacy(row)
    branch = row["default_branch"]
    looks: tuple[tuple[str, Callable[[], Finding]], ...] = (
        ("whether Actions may run", lambda: _actions(api)),
        ("the rights of workflows", lambda: _rights(api)),
        ("the label", lambda: _label(api, mend=mend)),
        ("the schedule", lambda: _schedule(api)),
        ("the last run", lambda: _last_run(api, now)),
        ("Pages", lambda: _pages(api)),
        ("the rules of the branch", lambda: _rules(api, branch)),
    )
    for what, look in looks:
        try:
            yield look()
        except Declined:
            remedy = "use a token that may read it, or look at it in Settings"
            yield Finding(f"{what}: not known, the token may not see it", remedy)


def _privacy(row: dict[str, Any]) -> Finding:
    if row["private"] is True:
        return Finding("the repository is private")
    return Finding(
        "the repository is PUBLIC",
        "make it private now: Settings, General, Danger zone, Change visibility",
    )


def _actions(api: Api) -> Finding:
    row = api.get("actions/permissions")
    if not row["enabled"]:
        remedy = "Settings, Actions, General: allow actions"
        return Finding("Actions are switched off", remedy)
    if row.get("allowed_actions", "all") == "local_only":
        remedy = "Settings, Actions, General: allow actions created by GitHub"
        return Finding("Actions from elsewhere are not allowed", remedy)
    return Finding("Actions may run")


def _rights(api: Api) -> Finding:
    row = api.get("actions/permissions/workflow")
    given = row["default_workflow_permissions"]
    return Finding(f"workflows may {given} unless they ask for more; ours asks")


def _label(api: Api, *, mend: bool) -> Finding:
    try:
        api.get(f"labels/{LABEL}")
    except Gone:
        if not mend:
            return Finding(f"there is no label {LABEL}", "run `./notyet doctor --fix`")
        text = "A message to send, or a question to you"
        api.post("labels", {"name": LABEL, "color": "5b6ee1", "description": text})
        return Finding(f"the label {LABEL} is made")
    return Finding(f"the label {LABEL} is there")


def _schedule(api: Api) -> Finding:
    remedy = "Actions, Follow-ups: press Enable workflow"
    try:
        row = api.get(f"actions/workflows/{WORKFLOW}")
    except Gone:
        remedy = f"put .github/workflows/{WORKFLOW} back on the default branch"
        return Finding("the workflow is not there", remedy)
    if row["state"] != "active":
        return Finding("the workflow is switched off", remedy)
    return Finding("the workflow is switched on")


def _last_run(api: Api, now: dt.datetime) -> Finding:
    press = "open Actions, Follow-ups, and press Run workflow"
    try:
        found = api.get(f"actions/workflows/{WORKFLOW}/runs?per_page=1")
    except Gone:
        return Finding("it has not run yet", press)
    if not found["workflow_runs"]:
        return Finding("it has not run yet", press)
    run = found["workflow_runs"][0]
    at = dt.datetime.fromisoformat(run["created_at"])
    if now - at > SILENT:
        return Finding(f"it has not run since {at.date()}", press)
    if run["conclusion"] not in (None, "success", "cancelled", "skipped"):
        remedy = "open Actions and read the summary of that run"
        return Finding(f"its last run failed, on {at.date()}", remedy)
    return Finding(f"it ran on {at.date()}")


def _pages(api: Api) -> Finding:
    try:
        api.get("pages")
    except Gone:
        return Finding("Pages is off; the dashboard stays with you")
    return Finding(
        "Pages is on: on every plan but Enterprise Cloud anybody can open that site, "
        "so the dashboard stands there locked or not at all"
    )


def _rules(api: Api, branch: str) -> Finding:
    found = [
        BLOCKING[each["type"]]
        for each in api.get(f"rules/branches/{branch}")
        if each["type"] in BLOCKING
    ]
    if api.get(f"branches/{branch}")["protected"] and not found:
        found = ["is protected"]
    if not found:
        return Finding(f"the robot may push to {branch}")
    remedy = f"Settings, Rules (and Branches): leave {branch} open to direct pushes"
    return Finding(f"{branch} {' and '.join(dict.fromkeys(found))}", remedy)
