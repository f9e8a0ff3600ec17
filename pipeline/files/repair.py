"""Mends what is mechanically wrong in a hand-written file, and nothing else; pure.

It tries what fingers and telephones do to a line, backwards: capitals and hyphens in
names, bent quotation marks, tabs, blanks that do not break, a date in the order of
another country, a missing https://. A mend is kept only if the file then has that
problem no more, no other in its place, and every other value as before. It never
guesses between two meanings, and never touches a file without problems.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from msgspec import Struct

from pipeline.files.decode import CURLY
from pipeline.files.edit import plain_value
from pipeline.files.events import write_scalar
from pipeline.files.explain import signs_in, unreadable
from pipeline.files.lines import take_apart
from pipeline.files.scalars import NO_DATE, NO_DAY, NO_FOLLOW_UP, NO_LINK, UNKNOWN
from pipeline.files.schema import NAMES, read_any
from pipeline.files.yamltext import MappingNode, Node, ScalarNode, SequenceNode, parse
from pipeline.model import Problem, Severity
from pipeline.reconciling.when import whole_dates

MOST = (
    500  # mends of one file; what needs more is not typed wrong, it is no file of ours
)
_BLANKS = "\u00a0\u2007\u202f"  # they do not break
_QUOTES = "".join(sorted(CURLY)) + "\u2018\u2019"
_STRAIGHT = dict.fromkeys(map(ord, CURLY), '"')
_MARGIN = re.compile(rf"^[ \t{_BLANKS}]+")
_AFTER_COLON = re.compile(rf"^( *(?:- )?[\w-]+:)[{_BLANKS}]+")
_BENT = re.compile(
    r"^( *(?:- )?[\w-]+: +)[\u201c\u201e]([^\"\\\\\u201c-\u201f]*)[\u201c\u201d]( *)$"
)


class Repair(Struct, frozen=True):
    """One mended line: its number, counted from 1, and how it reads now."""

    line: int
    before: str
    after: str


def repaired(data: bytes, path: str) -> tuple[bytes, tuple[Repair, ...]]:
    """Give the mended file and its mended lines; the same bytes if there are none."""
    mended = _mended(_made_readable(data, path), path)
    return mended, _differences(data, mended)


def _mended(data: bytes, path: str) -> bytes:
    """Mend one name or value after the other until nothing gets better."""
    for _ in range(MOST):
        better = _one_better(data, path)
        if better is None:
            break
        data = better
    return data


def _differences(before: bytes, after: bytes) -> tuple[Repair, ...]:
    """Give the lines that differ; a mend never adds or removes one."""
    old_and_new = (_lines(each.decode(errors="replace")) for each in (before, after))
    pairs = zip(*old_and_new, strict=True)
    return tuple(
        Repair(number, old, new)
        for number, (old, new) in enumerate(pairs, start=1)
        if old != new
    )


def _lines(text: str) -> list[str]:
    return re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))


# --- a file that cannot be read at all -----------------------------------------


def _made_readable(data: bytes, path: str) -> bytes:
    """Mend tabs, blanks and bent quotes that keep a file from being read.

    Only if that has one meaning, however wide a tab is.
    """
    if unreadable(data, signs_in(data), path) or parse(data, path)[0] is not None:
        return data
    found: dict[str, bytes] = {}
    lightest: tuple[int, int] | None = None
    for width in (2, 4, 8, 0):
        mended = _with_margins(data, path, width)
        top = parse(mended, path)[0] if mended else None
        if mended is None or top is None:
            continue
        weight = _weight(read_any(mended, path))
        if lightest is None or weight < lightest:
            found, lightest = {}, weight
        if weight == lightest:
            found.setdefault(repr(plain_value(top)), mended)
    return next(iter(found.values())) if len(found) == 1 else data


def _with_margins(data: bytes, path: str, width: int) -> bytes | None:
    """Mend the lines that libyaml stumbles over, a tab being `width` blanks wide."""
    text = take_apart(data)
    parts = re.split(r"(\r\n|\r|\n)", text.text)
    for _ in range(MOST):
        node, problems = parse(text.encode("".join(parts)), path)
        if node is not None:
            return text.encode("".join(parts))
        for at in _suspects(parts, 2 * (problems[0].line - 1)):
            mended = _line_mended(parts[at], width)
            if mended != parts[at]:
                parts[at] = mended
                break
        else:
            return None
    return None


def _suspects(parts: list[str], at: int) -> Iterator[int]:
    """Give the line on which libyaml gave up, and the last one above that says much."""
    if at < len(parts):
        yield at
    for above in range(at - 2, -1, -2):
        if parts[above].strip() and not parts[above].lstrip().startswith("#"):
            yield above
            return


def _line_mended(line: str, width: int) -> str:
    blank = dict.fromkeys(map(ord, _BLANKS), " ") | {ord("\t"): " " * width}
    mended = _MARGIN.sub(lambda found: found[0].translate(blank), line)
    mended = _AFTER_COLON.sub(r"\1 ", mended)
    return _BENT.sub(r'\1"\2"\3', line) if mended == line else mended


# --- single names and values ---------------------------------------------------


class _Attempt(NamedTuple):
    """What a span of a text may have been meant to be; None: whatever it says."""

    start: int
    end: int
    written: str
    meant: str | None = None


def _one_better(data: bytes, path: str) -> bytes | None:
    """Give the file with one problem less, if one can be mended."""
    problems = read_any(data, path)
    top, _ = parse(data, path) if problems else (None, ())
    if top is None:
        return None
    text = take_apart(data)
    for problem in problems:
        for attempt in _attempts(text.text, top, problem):
            head, tail = text.text[: attempt.start], text.text[attempt.end :]
            edited = text.encode(f"{head}{attempt.written}{tail}")
            after = read_any(edited, path)
            if (
                edited == data
                or (problem.line, problem.field) in {(e.line, e.field) for e in after}
                or not _means_the_same(top, parse(edited, path)[0], attempt)
            ):
                continue
            if _weight(after) > _weight(
                problems
            ):  # what stands below has come to light
                edited = _mended(edited, path)
                after = read_any(edited, path)
            if _weight(after) <= _weight(problems):
                return edited
    return None


def _attempts(text: str, top: MappingNode, problem: Problem) -> Iterator[_Attempt]:
    """Give what may have been meant where a problem was found."""
    for mapping, key in _keys(top):
        if _is_at(key, problem):
            taken = {each.value for each, _ in mapping.value}
            for name in sorted(NAMES - taken):
                if _squashed(name) == _squashed(key.value):
                    yield from _written(text, key, name)
    for parent, value in _values(top):
        if not _is_at(value, problem):
            continue
        if _is_half_quoted(value.value):
            if isinstance(parent, SequenceNode) and parent.flow_style:
                start, end = parent.start_mark.index, parent.end_mark.index
                yield _Attempt(start, end, text[start:end].translate(_STRAIGHT))
            continue
        bent = problem.severity is Severity.WARNING
        found = _unquoted if bent else partial(_values_like, problem.message)
        for meant in found(value.value):
            yield from _written(text, value, meant)


def _is_at(node: Node, problem: Problem) -> bool:
    mark = node.start_mark
    return (mark.line + 1, mark.column + 1) == (problem.line, problem.column)


def _written(text: str, node: ScalarNode, meant: str) -> Iterator[_Attempt]:
    """Give the ways to write a text, the one that changes least first."""
    start, end = node.start_mark.index, node.end_mark.index
    if node.style in ("|", ">") or "\n" in text[start:end]:
        return
    quote = node.style or ""
    for written in (f"{quote}{meant}{quote}", f'"{meant}"', write_scalar(meant)):
        yield _Attempt(start, end, written, meant)


def _squashed(name: str) -> str:
    return re.sub(rf"[-_\s{_QUOTES}]", "", name).casefold()


def _is_half_quoted(value: str) -> bool:
    return (value[:1] in CURLY) != (value[-1:] in CURLY)


def _unquoted(value: str) -> Iterator[str]:
    bare = value.strip(f" \t{_BLANKS}{_QUOTES}")
    if bare not in ("", value):
        yield bare


def _values_like(message: str, value: str) -> Iterator[str]:
    """Give what a value may have been meant to be, the least change first.

    `message` says what is wanted in its place; nothing else is tried.
    """
    yield from _unquoted(value)
    bare = value.strip(f" \t{_BLANKS}{_QUOTES}")
    if message.startswith((f"{NO_DATE} ", f"{NO_DAY} ")):
        days = whole_dates(bare)
        if len(days) == 1:
            yield str(days[0])
    elif message.startswith(f"{NO_LINK} "):
        if re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}(?:[/?#]\S*)?", bare):
            yield f"https://{bare}"
        if scheme := re.match("https?://", bare, re.IGNORECASE):
            yield scheme[0].lower() + bare[scheme.end() :]
    elif message.startswith((f"{UNKNOWN} ", f"{NO_FOLLOW_UP} ")):
        yield re.sub(rf"[-\s{_BLANKS}]+", "_", bare.casefold())


# --- whether it is better ------------------------------------------------------


def _weight(problems: Sequence[Problem]) -> tuple[int, int]:
    errors = sum(each.severity is Severity.ERROR for each in problems)
    return errors, len(problems) - errors


def _means_the_same(
    before: MappingNode, after: MappingNode | None, attempt: _Attempt
) -> bool:
    """Say whether every value outside of a span is as it was, the one in it meant."""
    if after is None:
        return False
    growth = len(attempt.written) - (attempt.end - attempt.start)
    inside: list[str] = []
    sides: list[list[tuple[int, str]]] = []
    for top, end, shift in (
        (before, attempt.end, 0),
        (after, attempt.end + growth, growth),
    ):
        side = []
        for at, value in _leaves(top):
            if at < attempt.start:
                side.append((at, value))
            elif at >= end:
                side.append((at - shift, value))
            elif top is after:
                inside.append(value)
        sides.append(side)
    return sides[0] == sides[1] and attempt.meant in (None, *inside)


def _leaves(node: Node) -> Iterator[tuple[int, str]]:
    """Give every name and value with its place, in the order of the text."""
    if isinstance(node, ScalarNode):
        yield node.start_mark.index, node.value
    elif isinstance(node, SequenceNode):
        for each in node.value:
            yield from _leaves(each)
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            yield from _leaves(key)
            yield from _leaves(value)


def _keys(node: Node) -> Iterator[tuple[MappingNode, ScalarNode]]:
    """Give every name with the mapping it stands in."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode):
                yield node, key
            yield from _keys(value)
    elif isinstance(node, SequenceNode):
        for each in node.value:
            yield from _keys(each)


def _values(node: Node) -> Iterator[tuple[Node, ScalarNode]]:
    """Give every value with what it stands in."""
    if isinstance(node, ScalarNode):
        return
    for each in node.value:
        value = each[1] if isinstance(node, MappingNode) else each
        if isinstance(value, ScalarNode):
            yield node, value
        yield from _values(value)
