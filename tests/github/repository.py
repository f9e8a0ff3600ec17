"""A repository as GitHub keeps it: issues, comments, events, and who may do what.

It knows nothing of HTTP. Every version of an issue is kept, so that a list can be asked
for as it was some time ago.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

LONGEST_BODY = 65_536
LONGEST_TITLE = 256


class User(Struct, frozen=True):
    """Somebody, or a robot, with what they are to the repository."""

    login: str
    id: int
    association: str = "NONE"
    type: str = "User"


OWNER = User("maya", 1, "OWNER")
FRIEND = User("lee", 2, "COLLABORATOR")
STRANGER = User("zoe", 3, "NONE")
ROBOT = User("github-actions[bot]", 41898282, "NONE", "Bot")
OTHER_ROBOT = User("renovate[bot]", 29139614, "NONE", "Bot")


class Issue(Struct, frozen=True, kw_only=True):
    """One version of an issue."""

    number: int
    title: str
    body: str | None
    user: User
    state: str = "open"
    state_reason: str | None = None
    labels: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    created_at: dt.datetime
    updated_at: dt.datetime
    closed_at: dt.datetime | None = None
    closed_by: User | None = None
    pull_request: bool = False
    locked: bool = False


class Comment(Struct, frozen=True, kw_only=True):
    """A comment, as it stands now."""

    id: int
    issue: int
    body: str
    user: User
    created_at: dt.datetime
    updated_at: dt.datetime


class Event(Struct, frozen=True, kw_only=True):
    """Something that happened to an issue."""

    id: int
    issue: int
    event: str
    actor: User
    created_at: dt.datetime
    state_reason: str | None = None


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """What the API would not do: a status, a message, and the fields it is about."""

    def __init__(self, status: int, message: str, field: str = "") -> None:
        super().__init__(message)
        self.status, self.message, self.field = status, message, field


class Repository:
    """One repository and everything in it."""

    id = 98_765
    owner = OWNER
    name = "not-yet"

    def __init__(self, now: Callable[[], dt.datetime]) -> None:
        self._now = now
        self.private = True
        self.profile_name: str | None = "Maya Torres"
        self.users = {each.login: each for each in (OWNER, FRIEND, STRANGER, ROBOT)}
        self.labels = ["bug", "follow-up"]
        self.versions: dict[int, list[Issue]] = {}
        self.gone: dict[int, int] = {}  # a number, and what is answered for it
        self.comments: dict[int, Comment] = {}
        self.events: list[Event] = []
        self.created: list[tuple[int, str]] = []  # a number and its first body
        self._last_id = 1000

    # --- reading ---------------------------------------------------------------

    @property
    def moment(self) -> dt.datetime:
        """Give the moment as GitHub tells it: without fractions of a second."""
        return self._now().replace(microsecond=0)

    def issue(self, number: int) -> Issue:
        if number in self.gone:
            status = self.gone[number]
            messages = {410: "This issue was deleted", 404: "Not Found"}
            raise Refused(status, messages.get(status, "Moved Permanently"))
        if number not in self.versions:
            raise Refused(404, "Not Found")
        return self.versions[number][-1]

    def issues(self, ago: dt.timedelta = dt.timedelta()) -> Iterator[Issue]:
        """Give every issue as the list shows it, or showed it some time ago."""
        until = self.moment - ago
        for number, versions in self.versions.items():
            if number in self.gone:
                continue
            seen = [each for each in versions if not ago or each.updated_at <= until]
            if seen:
                yield seen[-1]

    # --- changing --------------------------------------------------------------

    def create(
        self, title: str, body: str | None, by: User, fields: dict[str, Any]
    ) -> Issue:
        _check(title, body)
        number = max([*self.versions, *self.gone], default=0) + 1
        may_label = by.association in ("OWNER", "COLLABORATOR", "MEMBER") or by == ROBOT
        issue = Issue(
            number=number,
            title=title,
            body=body,
            user=by,
            labels=tuple(fields.get("labels", ())) if may_label else (),
            assignees=tuple(fields.get("assignees", ())) if may_label else (),
            created_at=self.moment,
            updated_at=self.moment,
            pull_request=bool(fields.get("pull_request")),
        )
        if unknown := [a for a in issue.assignees if a not in self.users]:
            raise Refused(422, f"could not add {unknown[0]} as assignee", "assignees")
        self.versions[number] = [issue]
        self.created.append((number, body or ""))
        self._learn_labels(issue.labels)
        for label in issue.labels:
            self._happened(number, "labeled", by, label)
        return issue

    def change(self, number: int, by: User, fields: dict[str, Any]) -> Issue:
        """Set fields; labels are replaced, a reason counts only with a new state."""
        old = self.issue(number)
        title, body = fields.get("title", old.title), fields.get("body", old.body)
        _check(title, body)
        new = replace(old, title=title, body=body, updated_at=self.moment)
        if "labels" in fields:
            new = replace(new, labels=tuple(fields["labels"]))
            self._learn_labels(new.labels)
        if "assignees" in fields:
            new = replace(new, assignees=tuple(fields["assignees"]))
        state = fields.get("state", old.state)
        if state not in ("open", "closed"):
            raise Refused(422, "Validation Failed", "state")
        if state != old.state:
            new = self._turned(new, state, fields.get("state_reason"), by)
        if new.title != old.title:
            self._happened(number, "renamed", by)
        self.versions[number].append(new)
        return new

    def _turned(self, issue: Issue, state: str, reason: str | None, by: User) -> Issue:
        closed = state == "closed"
        kept = (reason or "completed") if closed else "reopened"
        self._happened(
            issue.number,
            "closed" if closed else "reopened",
            by,
            kept if closed and kept != "completed" else None,
        )
        return replace(
            issue,
            state=state,
            state_reason=kept,
            closed_at=self.moment if closed else None,
            closed_by=by if closed else None,
        )

    def comment(self, number: int, body: str, by: User) -> Comment:
        issue = self.issue(number)
        if issue.locked and by.association not in ("OWNER", "COLLABORATOR"):
            raise Refused(403, "Unable to create comment because issue is locked.")
        _check("x", body)
        comment = Comment(
            id=self._next_id(),
            issue=number,
            body=body,
            user=by,
            created_at=self.moment,
            updated_at=self.moment,
        )
        self.comments[comment.id] = comment
        self.versions[number].append(replace(issue, updated_at=self.moment))
        return comment

    def edit(self, id_: int, body: str) -> Comment:
        """Change a comment, by whoever may write here."""
        _check("x", body)
        if id_ not in self.comments:
            raise Refused(404, "Not Found")
        changed = replace(self.comments[id_], body=body, updated_at=self.moment)
        self.comments[id_] = changed
        return changed

    def erase(self, id_: int) -> None:
        """Delete a comment for good."""
        if self.comments.pop(id_, None) is None:
            raise Refused(404, "Not Found")

    def delete(self, number: int, status: int = 410) -> None:
        """Delete an issue, or move it elsewhere (301), with all that hangs on it."""
        self.gone[number] = status
        self.comments = {i: c for i, c in self.comments.items() if c.issue != number}

    # --- small things ----------------------------------------------------------

    def _learn_labels(self, labels: tuple[str, ...]) -> None:
        self.labels += [each for each in labels if each not in self.labels]

    def _happened(
        self, number: int, event: str, actor: User, reason: str | None = None
    ) -> None:
        self.events.append(
            Event(
                id=self._next_id(),
                issue=number,
                event=event,
                actor=actor,
                created_at=self.moment,
                state_reason=reason if event == "closed" else None,
            )
        )

    def _next_id(self) -> int:
        self._last_id += 1
        return self._last_id


def _check(title: object, body: str | None) -> None:
    if not isinstance(title, str) or not title.strip():
        raise Refused(422, "title can't be blank", "title")
    if len(title) > LONGEST_TITLE:
        raise Refused(422, "title is too long (maximum is 256 characters)", "title")
    if body is not None and len(body) > LONGEST_BODY:
        message = "body is too long (maximum is 65536 characters)"
        raise Refused(422, message, "body")
