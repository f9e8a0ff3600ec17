"""The local tracker: a folder of Markdown issues, made to be read and edited by hand.

Each issue is `inbox/0007.md`: a head between lines of three dashes, the body, and below
a mark the comments. Whoever types a command at the end of the file has commented.
"""

import contextlib
import datetime as dt
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping

from msgspec.structs import replace

from pipeline.errors import Gone, TrackerError
from pipeline.files.events import write_scalar
from pipeline.files.store import create_file, explained, replace_file
from pipeline.model import IssueState, Known, Problem
from pipeline.reconciling.identity import LABEL
from pipeline.trackers.base import (
    Change,
    Comment,
    Issue,
    Observation,
)
from pipeline.trackers.pages import (
    Broken,
    Page,
    as_comment,
    changed_head,
    chunks_of,
    comments_of,
    issue_of,
    put_together,
    take_apart,
)

FOLDER = "inbox"
LAST = ".last-number"
_NAME = re.compile(r"([0-9]{4,6})\.md")


class LocalTracker:
    """Issues in `inbox/` below a root."""

    name = "local"
    accounts: tuple[str, ...] = ()
    claims_last = dt.timedelta()  # under the lock, another run's claim is a dead one's
    edit_base = ""

    def __init__(self, root: str) -> None:
        """Keep issues in `inbox/`, which is made with the first one."""
        self._folder = os.path.join(root, FOLDER)

    def signer(self) -> str:
        """Know nobody's profile."""
        return ""

    # --- looking ---------------------------------------------------------------

    def observe(
        self, known: Mapping[int, Known], since: dt.datetime | None, as_of: dt.date
    ) -> Observation:
        """Read every file of the inbox; a known number without a file is gone."""
        del since  # files are cheap to read, and hand edits carry no date
        issues: dict[int, Issue] = {}
        comments: list[Comment] = []
        problems: list[Problem] = []
        for number in self._numbers():
            try:
                page = self.read(number)
                issues[number] = issue_of(number, page, as_of)
            except Gone:  # a moment ago
                continue
            except Broken as error:
                problems.append(error.problem)
                issues[number] = _unreadable(number, as_of)
                continue
            comments += comments_of(number, page.comments)
        return Observation(
            issues=issues,
            comments=tuple(comments),
            gone=frozenset(set(known) - issues.keys()),
            problems=tuple(problems),
        )

    def look_at(self, number: int, as_of: dt.date) -> Issue | None:
        """Read one issue; None where it is gone or broken."""
        try:
            return issue_of(number, self.read(number), as_of)
        except TrackerError:
            return None

    def look_beyond(self, number: int, seen: Collection[int]) -> Observation:
        """Find nothing: a look at a folder shows everything."""
        del number, seen
        return Observation(issues={})

    def read(self, number: int) -> Page:
        """Read one issue; Gone where there is none, Broken where a hand has erred."""
        shown = f"{FOLDER}/{number:04}.md"
        try:
            with open(self._path(number), encoding="utf-8-sig", newline="") as file:
                text = file.read()
        except FileNotFoundError:
            if os.path.lexists(self._path(number)):
                message = "a link that leads nowhere"
                remedy = "put the file back, or delete the link"
                problem = Problem(path=shown, message=message, remedy=remedy)
                raise Broken(problem) from None
            message = f"there is no issue {number}; see `./notyet inbox`"
            raise Gone(message) from None
        except (OSError, UnicodeDecodeError):
            message, remedy = "this issue cannot be read", "save it as UTF-8 text"
            problem = Problem(path=shown, message=message, remedy=remedy)
            raise Broken(problem) from None
        return take_apart(text, shown)

    def _numbers(self) -> list[int]:
        try:
            names = os.listdir(self._folder)
        except OSError:
            return []
        found = (_NAME.fullmatch(name) for name in names)
        return sorted(int(match[1]) for match in found if match)

    def _path(self, number: int) -> str:
        return os.path.join(self._folder, f"{number:04}.md")

    # --- changing --------------------------------------------------------------

    def create(self, title: str, body: str, as_of: dt.date) -> int:
        """Open an issue under the next free number, claimed by creating its file."""
        number = max(self._last(), *self._numbers(), 0) + 1
        while True:
            head = (
                f"number: {number}\ntitle: {write_scalar(title)}\n"
                f"state: {IssueState.OPEN}\nlabels: [{LABEL}]\ncreated: {as_of}"
            )
            data = put_together(Page(head, {}, body, "\n")).encode()
            with _storing():
                if create_file(self._path(number), data):
                    replace_file(self._last_place(), f"{number}\n".encode())
                    return number
            number += 1

    def _last(self) -> int:
        """Give the last number used, so that none comes again after its file went."""
        try:
            with open(self._last_place(), encoding="utf-8") as file:
                return int(file.read())
        except (OSError, ValueError):
            return 0

    def _last_place(self) -> str:
        return os.path.join(self._folder, LAST)

    def update(self, seen: Issue, change: Change, as_of: dt.date) -> bool:
        """Set title, body and state in one replacement, if the file is as it was."""
        number = seen.number
        page = self.read(number)
        now = issue_of(number, page, as_of)
        if (now.title, now.body, now.state) != (seen.title, seen.body, seen.state):
            return False
        self._set(number, page, change, as_of)
        return True

    def person_sets(self, number: int, change: Change, as_of: dt.date) -> None:
        """Set fields as the person does by hand."""
        self._set(number, self.read(number), change, as_of)

    def _set(self, number: int, page: Page, change: Change, as_of: dt.date) -> None:
        head = changed_head(page, change, issue_of(number, page, as_of), as_of)
        body = page.body if change.body is None else change.body
        self._write(number, replace(page, head=head, body=body))

    def comment(self, number: int, text: str, as_of: dt.date) -> None:
        """Add a comment of ours at the end."""
        self._append(number, f"### Not Yet · {as_of}\n{text}")

    def edit_comments(
        self, number: int, becomes: Callable[[Comment], str | None]
    ) -> None:
        """Let every comment of ours, and every line of a person's, read as said."""
        page = self.read(number)
        lines: list[str] = []
        for chunk in chunks_of(page.comments):
            said = ["\n".join(chunk.lines)] if chunk.ours else chunk.lines
            kept = [
                text
                for each in said
                if (text := becomes(as_comment(number, chunk, each))) is not None
            ]
            if chunk.head and any(each.strip() for each in kept):
                lines.append(chunk.head)
            lines += kept
        comments = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
        if comments != page.comments:
            self._write(number, replace(page, comments=comments))

    def person_comments(self, number: int, text: str, as_of: dt.date) -> None:
        """Add a comment of the person's at the end."""
        self._append(number, f"### {as_of}\n{text}")

    def _append(self, number: int, text: str) -> None:
        page = self.read(number)
        comments = f"{page.comments.rstrip()}\n\n{text}\n".lstrip("\n")
        self._write(number, replace(page, comments=f"\n{comments}"))

    def _write(self, number: int, page: Page) -> None:
        with _storing():
            replace_file(self._path(number), put_together(page).encode())


@contextlib.contextmanager
def _storing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise explained(error) from error


def _unreadable(number: int, as_of: dt.date) -> Issue:
    return Issue(
        number=number,
        title="",
        body="",
        state=IssueState.OPEN,
        created_on=as_of,
        is_ours_to_read=False,
    )
