"""Issues on GitHub: two lists and the comments, then only what they leave open.

Lists may lag or lie, so what they say of an issue that somebody acted on is asked for
again. It decides nothing about follow-ups, and never creates anything twice by itself.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from msgspec import Struct

from pipeline.errors import Declined, Gone, TrackerError
from pipeline.model import IssueState, Known
from pipeline.reconciling.identity import LABEL, acks_in, split_body
from pipeline.trackers.base import Act, Change, Comment, Issue, Observation
from pipeline.trackers.rest import Api

OVERLAP = dt.timedelta(days=7)  # how far back lists go beyond the last look
CLAIMS_LAST = dt.timedelta(minutes=30)
LONGEST_TITLE = 200
NEVER_GIVEN = 3  # numbers in a row after which there are no more issues
MOST_BEYOND = 200  # numbers to ask for in one run
ROBOT = "github-actions[bot]"
_TRUSTED = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})
_TURNS = {"closed": IssueState.CLOSED, "reopened": IssueState.OPEN}
OPEN, CLOSED = IssueState.OPEN, IssueState.CLOSED

Row = dict[str, Any]  # an object of GitHub's as it came


class Repository(Struct, frozen=True):
    """What is to be known of a repository before anything else."""

    id: int
    owner: str
    is_personal: bool
    is_private: bool
    open_issues: int
    page: str  # for people
    branch: str


def look_up(api: Api) -> Repository:
    """Ask for the repository itself."""
    try:
        row = api.get()
    except Gone:
        message = "there is no such repository for this token; check GITHUB_REPOSITORY"
        raise TrackerError(message) from None
    return Repository(
        id=row["id"],
        owner=row["owner"]["login"],
        is_personal=row["owner"]["type"] == "User",
        is_private=row["private"] is True,
        open_issues=row["open_issues_count"],
        page=row["html_url"],
        branch=row["default_branch"],
    )


class GitHubTracker:
    """The issues of one repository."""

    claims_last = CLAIMS_LAST

    def __init__(
        self, api: Api, repository: Repository, accounts: tuple[str, ...], zone: str
    ) -> None:
        """`accounts` opened issues here before; days are those of `zone`."""
        self._api, self._repository = api, repository
        self._accounts, self._zone = accounts, ZoneInfo(zone)

    @property
    def name(self) -> str:
        """Give `github:<repository id>`, which outlives a renaming."""
        return f"github:{self._repository.id}"

    @property
    def accounts(self) -> tuple[str, ...]:
        """Give who opened issues here, asking who we are if nobody has yet."""
        if not self._accounts:
            try:
                self._accounts = (str(self._api.me()["login"]),)
            except Declined:  # the token of a workflow belongs to no person
                self._accounts = (ROBOT,)
        return self._accounts

    @property
    def edit_base(self) -> str:
        """Give where a file's page to edit it is, before its path."""
        return f"{self._repository.page}/edit/{quote(self._repository.branch)}/"

    def signer(self) -> str:
        """Ask for the name on the owner's profile; an organization signs nothing."""
        if not self._repository.is_personal:
            return ""
        try:
            row = self._api.person(self._repository.owner)
        except (Declined, Gone):
            return ""
        return " ".join(str(row.get("name") or "").split())

    # --- looking ---------------------------------------------------------------

    def observe(
        self, known: Mapping[int, Known], since: dt.datetime | None, as_of: dt.date
    ) -> Observation:
        """Read two lists of issues and one of comments, and check them."""
        del as_of  # GitHub stamps everything itself
        mark = {"since": _stamp(since - OVERLAP)} if since else {}
        order = {"sort": "created", "direction": "asc"}
        listed = self._api.pages("issues", state="open", **order)
        plausible = len(listed) >= self._repository.open_issues
        closed = self._api.pages("issues", state="closed", **order, **mark)
        said = self._api.pages("issues/comments", **order, **mark)
        rows: dict[int, Row] = {}
        for row in (*listed, *closed):
            number = row["number"]
            if "pull_request" in row:
                continue
            if number not in rows or rows[number]["updated_at"] <= row["updated_at"]:
                rows[number] = row
        gone, sane = self._ask_for_missing(rows, known, since)
        comments = {row["id"]: row for row in said}
        acts = self._ask_for_acts(rows, comments, known)
        return Observation(
            issues={n: self._issue(row, acts.get(n)) for n, row in rows.items()},
            comments=tuple(map(self._comment, _in_order(comments))),
            sane=sane and (plausible or bool(known)),
            complete=False,
            gone=gone,
        )

    def _ask_for_missing(
        self,
        rows: dict[int, Row],
        known: Mapping[int, Known],
        since: dt.datetime | None,
    ) -> tuple[frozenset[int], bool]:
        """Ask for known issues that should have been listed; say if a list is wrong."""
        gone, sane = set(), True
        for number, each in sorted(known.items()):
            if number in rows or each.wanted is not OPEN:
                continue
            try:
                row = self._api.get(f"issues/{number}")
            except Gone:
                gone.add(number)
                continue
            rows[number] = row
            was_listed = since is None or _moment(row["updated_at"]) >= since - OVERLAP
            sane = sane and row["state"] == "closed" and not was_listed
        return frozenset(gone), sane

    def _ask_for_acts(
        self, rows: dict[int, Row], comments: dict[int, Row], known: Mapping[int, Known]
    ) -> dict[int, tuple[Act, ...]]:
        """Ask for the order of events wherever a person may have done something."""
        acked = {
            what
            for row in comments.values()
            if self._is_our_answer(row)
            for what in acks_in(row["body"])
        }
        commanded = {
            _issue_of(row)
            for row in comments.values()
            if self._is_trusted(row)
            and f"comment:{row['id']}" not in acked
            and (row["body"] or "").lstrip().startswith("/")
        }
        acts = {}
        new = {
            number: Known()
            for number, row in rows.items()
            if number not in known and self._carries_our_mark(row)
        }
        for number, each in sorted({**new, **known}.items()):
            if number not in rows:
                continue
            if number in commanded or self._may_have_acted(rows[number], each):
                rows[number] = self._api.get(f"issues/{number}")
                acts[number] = self._timeline(number, each.act or 0, comments)
        return {} if self._acts_as_person() else acts

    def _may_have_acted(self, row: Row, known: Known) -> bool:
        """Say whether a state is not the wanted one, or is so by a person's hand."""
        if row["state"] != (known.wanted or OPEN):
            return True
        return (
            row["state"] == "closed"
            and _is_person(row.get("closed_by"))
            and row["closed_at"] != known.closing
        )

    def _timeline(
        self, number: int, after: int, comments: dict[int, Row]
    ) -> tuple[Act, ...]:
        """Give the acts of people after the one with id `after`; find comments."""
        acts = []
        for row in self._api.pages(f"issues/{number}/timeline"):
            event = row.get("event")
            if event == "commented":
                comments.setdefault(row["id"], row)
            if event not in _TURNS or not _is_person(row.get("actor")):
                continue
            if row["id"] > after:
                at = _moment(row["created_at"])
                acts.append(
                    Act(
                        id=row["id"],
                        at=at,
                        on=self._day(at),
                        state=_TURNS[event],
                        reason=row.get("state_reason") or "completed",
                    )
                )
        return tuple(sorted(acts, key=lambda act: act.id))

    def look_at(self, number: int, as_of: dt.date) -> Issue | None:
        """Ask for one issue; None where it was deleted or moved."""
        del as_of
        try:
            return self._issue(self._api.get(f"issues/{number}"), None)
        except Gone:
            return None

    def look_beyond(self, number: int, seen: Collection[int]) -> Observation:
        """Ask for the numbers that follow, up to a few that were never given."""
        rows: dict[int, Row] = {}
        missing, last = 0, number + MOST_BEYOND
        while missing < NEVER_GIVEN and number < last:
            number += 1
            if number in seen:
                missing = 0
                continue
            try:
                row = self._api.get(f"issues/{number}")
            except Gone as gone:
                missing = missing + 1 if gone.never_was else 0
                continue
            missing = 0
            if "pull_request" not in row and self._carries_our_mark(row):
                rows[number] = row
        comments: dict[int, Row] = {}
        acts = self._ask_for_acts(rows, comments, {})
        return Observation(
            issues={n: self._issue(row, acts.get(n)) for n, row in rows.items()},
            comments=tuple(map(self._comment, _in_order(comments))),
            complete=missing >= NEVER_GIVEN,
        )

    # --- changing --------------------------------------------------------------

    def create(self, title: str, body: str, as_of: dt.date) -> int:
        """Open an issue under our label, given to the owner."""
        del as_of
        fields: dict[str, object] = {
            "title": _cut(title),
            "body": body,
            "labels": [LABEL],
        }
        if self._repository.is_personal:
            fields["assignees"] = [self._repository.owner]
        row = self._api.post("issues", fields)
        login = row["user"]["login"]
        if login not in self.accounts:
            self._accounts = (*self.accounts, login)
        return int(row["number"])

    def update(self, seen: Issue, change: Change, as_of: dt.date) -> bool:
        """Look again, and set title, body and state unless somebody was faster."""
        del as_of
        path = f"issues/{seen.number}"
        now = self._api.get(path)
        as_seen = (seen.title, seen.body, seen.state.value, seen.closing)
        if (now["title"], *_body_and_state(now)) != as_seen:
            return False
        fields: dict[str, object] = {
            "title": None if change.title is None else _cut(change.title),
            "body": change.body,
            "state": change.state.value if change.state else None,
            "state_reason": change.reason,
        }
        self._api.patch(path, {k: v for k, v in fields.items() if v is not None})
        return True

    def comment(self, number: int, text: str, as_of: dt.date) -> None:
        """Add a comment of ours."""
        del as_of
        self._api.post(f"issues/{number}/comments", {"body": text})

    def edit_comments(
        self, number: int, becomes: Callable[[Comment], str | None]
    ) -> None:
        """Let every comment of an issue read as said; None deletes it for good."""
        for row in self._api.pages(f"issues/{number}/comments"):
            comment = self._comment(row)
            text = becomes(comment)
            if text is None:
                self._api.delete(f"issues/comments/{comment.id}")
            elif text != comment.text:
                self._api.patch(f"issues/comments/{comment.id}", {"body": text})

    # --- values ----------------------------------------------------------------

    def _issue(self, row: Row, acts: tuple[Act, ...] | None) -> Issue:
        body, state, closing = _body_and_state(row)
        return Issue(
            number=row["number"],
            title=row["title"],
            body=body,
            state=IssueState(state),
            reason=row.get("state_reason") if state == "closed" else None,
            created_on=self._day(_moment(row["created_at"])),
            closed_on=self._day(_moment(closing)) if closing else None,
            closing=closing,
            ours=self._is_ours(row["user"]),
            trusted=_is_trusted(row),
            acts=acts,
        )

    def _comment(self, row: Row) -> Comment:
        at = _moment(row["created_at"])
        return Comment(
            issue=_issue_of(row),
            id=str(row["id"]),
            text=row["body"] or "",
            on=self._day(at),
            at=at,
            ours=self._is_our_answer(row),
            trusted=self._is_trusted(row),
        )

    def _is_ours(self, user: Row | None) -> bool:
        """Say whether we may have written it; no other robot carries our marks."""
        if user is None:
            return False
        return user["type"] == "Bot" or user["login"] in self.accounts

    def _carries_our_mark(self, row: Row) -> bool:
        marker = split_body(row["body"] or "").marker
        return marker is not None and self._is_ours(row["user"])

    def _is_our_answer(self, row: Row) -> bool:
        return self._is_ours(row["user"]) and bool(acks_in(row["body"] or ""))

    def _is_trusted(self, row: Row) -> bool:
        """Say whether it was said by a person whose word counts."""
        return _is_trusted(row) and not self._is_our_answer(row)

    def _acts_as_person(self) -> bool:
        """Say whether a person's own token is used, so that actors tell nothing."""
        return any(not login.endswith("[bot]") for login in self.accounts)

    def _day(self, moment: dt.datetime) -> dt.date:
        return moment.astimezone(self._zone).date()


def _is_person(user: Row | None) -> bool:
    return user is not None and user["type"] == "User"


def _in_order(comments: Mapping[int, Row]) -> Iterator[Row]:
    return (row for _, row in sorted(comments.items()))


def _is_trusted(row: Row) -> bool:
    """Say whether a person wrote it whose word counts here."""
    return _is_person(row["user"]) and row.get("author_association") in _TRUSTED


def _body_and_state(row: Row) -> tuple[str, str, str]:
    body = (row["body"] or "").replace("\r\n", "\n")
    return body, row["state"], row.get("closed_at") or ""


def _issue_of(row: Row) -> int:
    return int(row["issue_url"].rpartition("/")[2])


def _moment(stamp: str) -> dt.datetime:
    return dt.datetime.fromisoformat(stamp)


def _stamp(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _cut(title: str) -> str:
    """Keep a title within what GitHub takes."""
    if len(title) <= LONGEST_TITLE:
        return title
    return f"{title[: LONGEST_TITLE - 1]}…"
