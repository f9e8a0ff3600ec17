"""What GitHub tells of a repository's settings, workflows, pages and rules."""

import datetime as dt
from typing import Any

from tests.github.messages import Answer, Request
from tests.github.repository import Refused, Repository

WORKFLOW = "actions/workflows/follow-ups.yml"


class Clinic:
    """The settings of one repository, all well at first."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self.forbidden: set[str] = set()  # what the token may not see
        self.actions_on, self.allowed = True, "all"
        self.default_rights = "read"
        self.workflow: str | None = "active"
        self.ran: tuple[dt.datetime, str] | None = (repository.moment, "success")
        self.has_pages = False
        self.rules: list[str] = []
        self.protected = False

    def answer(self, request: Request) -> Answer:
        path = request.path
        if any(path.startswith(each) for each in self.forbidden):
            raise Refused(403, "Resource not accessible by personal access token")
        if request.method == "POST" and path == "labels":
            self._repository.labels.append(request.fields["name"])
            return Answer(201, self._label(request.fields["name"]))
        if request.method != "GET":
            raise Refused(404, "Not Found")
        return Answer(200, self._shown(path))

    def _shown(self, path: str) -> Any:
        simple = {
            "actions/permissions": {
                "enabled": self.actions_on,
                "allowed_actions": self.allowed,
                "sha_pinning_required": False,
            },
            "actions/permissions/workflow": {
                "default_workflow_permissions": self.default_rights,
                "can_approve_pull_request_reviews": False,
            },
            "rules/branches/main": [{"type": each} for each in self.rules],
            "branches/main": {"name": "main", "protected": self.protected},
        }
        if path in simple:
            return simple[path]
        kind, _, name = path.partition("/")
        if kind == "labels" and name in self._repository.labels:
            return self._label(name)
        if path == WORKFLOW and self.workflow:
            return {"id": 1, "name": "Follow-ups", "state": self.workflow}
        if path == f"{WORKFLOW}/runs" and self.workflow:
            return {"total_count": len(self._runs()), "workflow_runs": self._runs()}
        if path == "pages" and self.has_pages:
            return {"status": "built", "public": True}
        raise Refused(404, "Not Found")

    def _label(self, name: str) -> dict[str, Any]:
        return {"id": 1, "name": name, "color": "5b6ee1", "default": False}

    def _runs(self) -> list[dict[str, Any]]:
        if self.ran is None:
            return []
        at, conclusion = self.ran
        stamp = at.strftime("%Y-%m-%dT%H:%M:%SZ")
        return [{"id": 1, "created_at": stamp, "conclusion": conclusion}]
