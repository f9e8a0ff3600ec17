"""The machine's own files in `state/`: read leniently, written one key a line.

A damaged file costs nothing but a word: what is readable is kept, and the next sync
repairs the rest from the markers in the tracker.
"""

import re

import msgspec

from pipeline.model import Known, Problem, Severity, Stopped, TrackerState

ISSUES = "state/issues.json"
STOPPED = "state/stopped.json"

_ENTRY = re.compile(
    rb'^\s*"([a-z0-9-]+(?:/[a-z_]+/[0-9]+)?)":\s*(\{.*\}),?\s*$', re.MULTILINE
)
_TRACKER = re.compile(rb'"tracker":\s*"((?:local|github(?::[0-9]+)?)?)"')
_LEFT = re.compile(rb'"left":\s*(\{[^}]*\})')
_ACCOUNTS = re.compile(rb'"accounts":\s*(\[[^\]]*\])')
_SALT = re.compile(rb'"salt":\s*"([0-9a-f]*)"')
_PEOPLE = re.compile(rb'"people":\s*\[([^\]]*)')
_COMPANIES = re.compile(rb'"companies":\s*\[([^\]]*)')
_DIGEST = re.compile(rb'"([0-9a-f]{64})"')


def read_state(data: bytes) -> tuple[TrackerState, tuple[Problem, ...]]:
    """Read `state/issues.json`; of a damaged one, what can be read."""
    try:
        return msgspec.json.decode(data, type=TrackerState), ()
    except msgspec.MsgspecError as error:
        tracker = _TRACKER.search(data)
        accounts = _ACCOUNTS.search(data)
        issues = {}
        for key, entry in _ENTRY.findall(data):
            try:
                issues[key.decode()] = msgspec.json.decode(entry, type=Known)
            except msgspec.MsgspecError:
                continue
        state = TrackerState(
            tracker=tracker[1].decode() if tracker else "",
            left=_numbers(_LEFT.search(data)),
            accounts=_names(accounts[1]) if accounts else (),
            issues=issues,
        )
        return state, (_damaged(ISSUES, error),)


def _names(data: bytes) -> tuple[str, ...]:
    try:
        return msgspec.json.decode(data, type=tuple[str, ...])
    except msgspec.MsgspecError:
        return ()


def _numbers(found: re.Match[bytes] | None) -> dict[str, int]:
    try:
        return msgspec.json.decode(found[1] if found else b"{}", type=dict[str, int])
    except msgspec.MsgspecError:
        return {}


def _damaged(path: str, error: Exception) -> Problem:
    return Problem(
        path=path,
        message=f"the program's own notes are damaged (got {error})",
        remedy="nothing to do; the next sync repairs the file",
        severity=Severity.WARNING,
    )


def write_state(state: TrackerState) -> bytes:
    """Write it sorted, one key a line, so that two versions merge by line."""
    head = {
        "version": state.version,
        "tracker": state.tracker,
        **({"left": dict(sorted(state.left.items()))} if state.left else {}),
        "accounts": sorted(state.accounts),
        "observed_through": state.observed_through,
        "owed": sorted(state.owed),
        **({"said": sorted(state.said)} if state.said else {}),
        **({"waiting_since": state.waiting_since} if state.waiting_since else {}),
    }
    encode = msgspec.json.encode
    lines = [f'"{name}": {encode(value).decode()}' for name, value in head.items()]
    entries = [
        f'  "{key}": {encode(_sparse(known)).decode()}'
        for key, known in sorted(state.issues.items())
    ]
    body = ",\n".join(entries)
    issues = f'"issues": {{\n{body}\n}}' if entries else '"issues": {}'
    return ("{\n" + ",\n".join([*lines, issues]) + "\n}\n").encode()


def _sparse(known: Known) -> dict[str, object]:
    pairs = ((name, getattr(known, name)) for name in known.__struct_fields__)
    return {name: value for name, value in pairs if value is not None}


def read_stopped(data: bytes) -> tuple[Stopped, tuple[Problem, ...]]:
    """Read `state/stopped.json`; of a damaged one, every digest that can be read."""
    try:
        return msgspec.json.decode(data, type=Stopped), ()
    except msgspec.MsgspecError as error:
        salt = _SALT.search(data)
        stopped = Stopped(
            salt=salt[1].decode() if salt else "",
            people=_digests(_PEOPLE.search(data)),
            companies=_digests(_COMPANIES.search(data)),
        )
        return stopped, (_damaged(STOPPED, error),)


def _digests(found: re.Match[bytes] | None) -> tuple[str, ...]:
    return tuple(d.decode() for d in _DIGEST.findall(found[1])) if found else ()


def write_stopped(stopped: Stopped) -> bytes:
    """Write it sorted, one digest a line."""

    def block(digests: tuple[str, ...]) -> str:
        lines = ",\n".join(f'  "{digest}"' for digest in sorted(set(digests)))
        return f"[\n{lines}\n]" if lines else "[]"

    return (
        f'{{\n"version": {stopped.version},\n"salt": "{stopped.salt}",\n'
        f'"people": {block(stopped.people)},\n'
        f'"companies": {block(stopped.companies)}\n}}\n'
    ).encode()
