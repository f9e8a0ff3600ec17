"""How GitHub writes its answers: the JSON of issues, comments, events, people."""

import datetime as dt
from typing import Any

from tests.github.repository import Comment, Event, Issue, Repository, User

Json = dict[str, Any]
_OF_USER = (
    *("followers", "following", "gists", "starred", "subscriptions"),
    *("organizations", "repos", "events", "received_events"),
)


def when(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class Shapes:
    """Writes everything of one repository, with addresses below one base."""

    def __init__(self, repository: Repository, base: str) -> None:
        self._repository, self._base = repository, base
        self._own = f"{base}/repos/{repository.owner.login}/{repository.name}"

    def user(self, user: User) -> Json:
        url = f"{self._base}/users/{user.login}"
        addresses = {f"{name}_url": f"{url}/{name}" for name in _OF_USER}
        return {
            "login": user.login,
            "id": user.id,
            "node_id": f"U_{user.id}",
            "avatar_url": f"https://example.com/u/{user.id}",
            "gravatar_id": "",
            "url": url,
            "html_url": f"https://example.com/{user.login}",
            **addresses,
            "type": user.type,
            "user_view_type": "public",
            "site_admin": False,
        }

    def profile(self, user: User) -> Json:
        """Give what anybody may know of somebody."""
        return {
            **self.user(user),
            "name": self._repository.profile_name,
            "company": None,
            "blog": "",
            "location": None,
            "email": None,
            "hireable": None,
            "bio": None,
            "public_repos": 0,
            "public_gists": 0,
            "followers": 0,
            "following": 0,
            "created_at": "2020-01-01T00:00:00Z",
            "updated_at": "2020-01-01T00:00:00Z",
        }

    def repository(self) -> Json:
        """Give the fields we could read; the real answer has a hundred more."""
        repository = self._repository
        count = sum(each.state == "open" for each in repository.issues())
        return {
            "id": repository.id,
            "node_id": f"R_{repository.id}",
            "name": repository.name,
            "full_name": f"{repository.owner.login}/{repository.name}",
            "private": repository.private,
            "visibility": "private" if repository.private else "public",
            "owner": self.user(repository.owner),
            "url": self._own,
            "html_url": f"https://example.com/{repository.owner.login}/not-yet",
            "default_branch": "main",
            "has_issues": True,
            "open_issues_count": count,
        }

    def label(self, name: str) -> Json:
        return {
            "id": self._repository.labels.index(name) + 1,
            "node_id": f"LA_{name}",
            "url": f"{self._own}/labels/{name}",
            "name": name,
            "description": None,
            "color": "ededed",
            "default": False,
            "archived_at": None,
            "archived_by": None,
        }

    def issue(self, issue: Issue) -> Json:
        url = f"{self._own}/issues/{issue.number}"
        users = self._repository.users
        comments = self._repository.comments.values()
        shape: Json = {
            "url": url,
            "repository_url": self._own,
            "labels_url": f"{url}/labels{{/name}}",
            "comments_url": f"{url}/comments",
            "events_url": f"{url}/events",
            "html_url": f"https://example.com/issues/{issue.number}",
            "id": 7_000_000 + issue.number,
            "node_id": f"I_{issue.number}",
            "number": issue.number,
            "title": issue.title,
            "user": self.user(issue.user),
            "labels": [self.label(name) for name in issue.labels],
            "state": issue.state,
            "locked": issue.locked,
            "assignees": [self.user(users[login]) for login in issue.assignees],
            "milestone": None,
            "comments": sum(each.issue == issue.number for each in comments),
            "created_at": when(issue.created_at),
            "updated_at": when(issue.updated_at),
            "closed_at": when(issue.closed_at) if issue.closed_at else None,
            "author_association": issue.user.association,
            "active_lock_reason": None,
            "body": issue.body,
            "closed_by": self.user(issue.closed_by) if issue.closed_by else None,
            "timeline_url": f"{url}/timeline",
            "performed_via_github_app": None,
            "state_reason": issue.state_reason,
        }
        if issue.pull_request:
            html = f"https://example.com/pull/{issue.number}"
            shape["pull_request"] = {
                "url": f"{self._own}/pulls/{issue.number}",
                "html_url": html,
                "diff_url": f"{html}.diff",
                "patch_url": f"{html}.patch",
                "merged_at": None,
            }
        return shape

    def comment(self, comment: Comment) -> Json:
        return {
            "id": comment.id,
            "node_id": f"IC_{comment.id}",
            "url": f"{self._own}/issues/comments/{comment.id}",
            "html_url": f"https://example.com/issues/{comment.issue}#{comment.id}",
            "issue_url": f"{self._own}/issues/{comment.issue}",
            "body": comment.body,
            "user": self.user(comment.user),
            "created_at": when(comment.created_at),
            "updated_at": when(comment.updated_at),
            "author_association": comment.user.association,
            "performed_via_github_app": None,
        }

    def commented(self, comment: Comment) -> Json:
        """Give a comment as it stands in a timeline."""
        shape = self.comment(comment)
        return {**shape, "event": "commented", "actor": shape["user"]}

    def event(self, event: Event) -> Json:
        return {
            "id": event.id,
            "node_id": f"E_{event.id}",
            "url": f"{self._own}/issues/events/{event.id}",
            "actor": self.user(event.actor),
            "event": event.event,
            "commit_id": None,
            "commit_url": None,
            "created_at": when(event.created_at),
            "performed_via_github_app": None,
            "state_reason": event.state_reason,
        }
