"""Forgetting somebody: what every file and issue is without them; pure.

Nothing is judged here but where they are named. What keeps a stop alive is a digest
that names nobody, and that alone stays.
"""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from pipeline.files.replacing import Place, with_replaced
from pipeline.files.yamltext import MappingNode, Node, ScalarNode, SequenceNode, parse
from pipeline.model import FORGOTTEN, IssueState, Known, TrackerState, Workspace
from pipeline.planning.stops import identities
from pipeline.reconciling.grammar import Order, Person, read_comment
from pipeline.reconciling.identity import (
    FRONT_DESK,
    acks_in,
    digest,
    join_body,
    slug_of,
    split_body,
)
from pipeline.reconciling.moving import LEFT_MARK
from pipeline.reconciling.traces import REMOVED, Traces
from pipeline.trackers.base import NOT_PLANNED, Change, Comment, Issue, Observation

EMPTY = Change(title="Forgotten", body="This was about somebody who is forgotten.\n")
_REMARK = re.compile(r"(?m)(?:^|(?<=[ \t]))#")
_NAMES_A_FILE = ("document", "shared_before")  # of the portfolio, not of a person


def same_person(workspace: Workspace, slug: str) -> tuple[str, ...]:
    """Give the files of one person: this one, and any with the same address."""
    contact = workspace.contacts.get(slug)
    theirs = set(identities(contact)) if contact else set()
    more = (
        other
        for other, each in workspace.contacts.items()
        if other != slug and not theirs.isdisjoint(identities(each))
    )
    return (slug, *more)


# --- files ---------------------------------------------------------------------


def yaml_without(data: bytes, path: str, traces: Traces) -> bytes:
    """Give a hand-written file without somebody: values first, then remarks."""

    def becomes(place: Place, value: str) -> str | None:
        if place[-1] in _NAMES_A_FILE or "shared_before" in place:
            return None
        if place[-1] in ("to", "referred_by") and value in traces.person.slugs:
            return FORGOTTEN
        if not traces.found_in(value):
            return None
        said = place[0] == "history" and place[-1] in ("text", "reason")
        return REMOVED if said else traces.struck(value)

    edited, _ = with_replaced(data, path, becomes)
    if edited is None:  # it is wrong already, and no reader minds what a text says
        return traces.struck(data.decode(errors="surrogateescape")).encode(
            errors="surrogateescape"
        )
    top, _ = parse(edited, path)
    assert top is not None
    return _remarks_without(edited.decode(), top, traces).encode()


def text_without(data: bytes, traces: Traces) -> bytes:
    """Give any other text without somebody."""
    try:
        return traces.struck(data.decode()).encode()
    except UnicodeDecodeError:  # no text; it is named among what is left
        return data


def _remarks_without(text: str, top: MappingNode, traces: Traces) -> str:
    """Strike them out of the remarks, which no value holds."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    body = text[len(mark) :]
    spans = list(_spans(top))
    for found in reversed(list(_REMARK.finditer(body))):
        start = found.start()
        if not any(first <= start < last for first, last in spans):
            end = (body + "\n").index("\n", start)
            body = body[:start] + traces.struck(body[start:end]) + body[end:]
    return mark + body


def _spans(node: Node) -> Iterator[tuple[int, int]]:
    if isinstance(node, ScalarNode):
        yield node.start_mark.index, node.end_mark.index
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            yield from (*_spans(key), *_spans(value))
    elif isinstance(node, SequenceNode):
        for each in node.value:
            yield from _spans(each)


def state_without(state: TrackerState, slugs: Collection[str]) -> TrackerState:
    """Give the state without the keys of somebody."""
    kept = {
        key: known for key, known in state.issues.items() if slug_of(key) not in slugs
    }
    return replace(state, issues=kept)


# --- issues --------------------------------------------------------------------


class Erasure(Struct, frozen=True):
    """What becomes of the issues: texts by number, and of every comment."""

    changes: Mapping[int, Change]
    emptied: tuple[int, ...]  # those of the person, as far as they still say anything
    becomes: Callable[[Comment], str | None]  # None: it goes
    issues: Mapping[int, Issue]  # as they were seen; those that can be read
    commented: frozenset[int]  # where a comment is known to change


class _Comments:
    """What every comment reads as without somebody."""

    def __init__(
        self,
        workspace: Workspace,
        keys: Mapping[int, str],
        traces: Traces,
        as_of: dt.date,
    ) -> None:
        """`keys`: whose every issue is."""
        slugs = traces.person.slugs
        self.theirs = {number for number, key in keys.items() if slug_of(key) in slugs}
        self._desks = {number for number, key in keys.items() if key == FRONT_DESK}
        self._people = [Person(s, c.name) for s, c in workspace.contacts.items()]
        self._documents = workspace.documents.keys()
        self._traces, self._as_of = traces, as_of
        self._gone: set[str] = set()  # what was said and goes, with its answers

    def note(self, comments: Iterable[Comment]) -> None:
        """Note what goes of what people said."""
        for each in comments:
            if not each.ours and self.becomes(each) != each.text:
                self._gone.add(f"comment:{each.id}")

    def becomes(self, comment: Comment) -> str | None:
        """Give what a comment reads as; None if it goes."""
        if comment.issue in self.theirs:
            return None
        text = self._traces.lines_without(comment.text)
        if comment.issue in self._desks and not comment.ours:
            lines = text.split("\n")
            text = "\n".join(line for line in lines if not self._is_about_them(line))
        if comment.ours and self._gone.intersection(acks_in(comment.text)):
            return None
        return text if text.strip() or not comment.text.strip() else None

    def _is_about_them(self, line: str) -> bool:
        """Say whether a command on the front desk is about them."""
        said = read_comment(
            line, today=self._as_of, documents=self._documents, people=self._people
        )
        slugs = self._traces.person.slugs
        return any(
            not set(each.people).isdisjoint(slugs)
            for each in said
            if isinstance(each, Order)
        )


def erasure(
    workspace: Workspace,
    known: Mapping[str, Known],
    seen: Observation,
    traces: Traces,
    as_of: dt.date,
) -> Erasure:
    """Give what is to be done to the issues of a tracker, whose map `known` is."""
    comments = _Comments(workspace, dict(_keys(known, seen)), traces, as_of)
    comments.note(seen.comments)
    theirs, becomes = comments.theirs, comments.becomes
    readable = {n: issue for n, issue in seen.issues.items() if issue.is_ours_to_read}
    changes = {
        number: change
        for number, issue in readable.items()
        if (change := _emptied(issue) if number in theirs else _without(issue, traces))
    }
    emptied = tuple(sorted(theirs & changes.keys()))
    commented = {c.issue for c in seen.comments if becomes(c) != c.text}
    return Erasure(changes, emptied, becomes, readable, frozenset(commented))


def _keys(known: Mapping[str, Known], seen: Observation) -> Iterator[tuple[int, str]]:
    """Say whose every issue is: by number, by marker, or by what a move left."""
    numbers = {each.number: key for key, each in known.items()}
    for number, issue in seen.issues.items():
        marker, left = split_body(issue.body).marker, LEFT_MARK.search(issue.body)
        if number in numbers:
            yield number, numbers[number]
        elif marker is not None:
            yield number, marker.key
        elif left is not None:
            yield number, left["key"]


def _emptied(issue: Issue) -> Change:
    if issue.state is IssueState.CLOSED:
        return EMPTY
    return replace(EMPTY, state=IssueState.CLOSED, reason=NOT_PLANNED)


def _without(issue: Issue, traces: Traces) -> Change | None:
    """Strike them out of somebody else's issue; what was our text stays ours."""
    body = split_body(issue.body)
    title = traces.struck(issue.title)
    managed = traces.lines_without(body.managed)
    yours = traces.lines_without(body.yours)
    if (title, managed, yours) == (issue.title, body.managed, body.yours):
        return None
    if body.marker is None:
        return Change(title=title, body=managed)
    marker = body.marker
    if digest(issue.title) == marker.title:
        marker = replace(marker, title=digest(title))
    if digest(body.managed) == marker.body:
        marker = replace(marker, body=digest(managed))
    return Change(title=title, body=join_body(managed, marker, yours))
