"""Equal results first: what is fast and wrong is not weighed."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from tests.bench import places
from tests.bench.timing import Command


def same_results(sizes: Iterable[int]) -> None:
    """Stop with a word where two ways to the same result differ."""
    for size in sizes:
        root = places.workspace(size)
        _floors(size, root)
        plan = _plan(size, places.notyet("plan", root))
        if size == 100:
            cold = places.said(places.cold(places.notyet("plan", root)))
            _require(cold == plan, "plan differs without cached holidays")
        if size <= 1_000:
            again = places.said(places.notyet("plan", root, "--tracker", "none"))
            same = json.loads(again)["touches"] == json.loads(plan)["touches"]
            _require(same, "plan differs without a tracker")
        if size in (100, 10_000):
            _settled(size)


def _require(fine: object, what: str) -> None:
    if not fine:
        raise SystemExit(f"not weighed: {what}")


def _floors(size: int, root: Path) -> None:
    files = list((root / "contacts").iterdir())
    _require(len(files) == size, f"{len(files)} files instead of {size}")
    total = sum(path.stat().st_size for path in files)
    read = int(places.said(places.floor("read_bytes", root)))
    _require(read == total, "the floor for reading does not read everything")
    parsed = int(places.said(places.floor("parse_nodes", root)))
    _require(parsed == size, "the floor for parsing does not parse everything")


def _plan(size: int, command: Command) -> str:
    text = places.said(command)
    value = json.loads(text)
    people = {touch["contact"] for touch in value["touches"]}
    _require(not value["problems"], f"problems in the files: {value['problems'][:1]}")
    _require(len(people) == size, f"a plan for {len(people)} of {size} people")
    _require(places.said(command) == text, "plan says something else the second time")
    return text


def _settled(size: int) -> None:
    root = places.settled(size)
    before = _digest(root)
    report = json.loads(places.said(places.notyet("sync", root)))
    done = [name for name, each in report.items() if each and name not in _MAY_SAY]
    _require(not done, f"sync had something to do: {done}")
    _require(_digest(root) == before, "sync with nothing to do changed a file")
    plan = json.loads(places.said(places.notyet("plan", root)))
    _require(plan["changes"] == [], "plan and sync disagree on what is to be done")


_MAY_SAY = ("schema", "waiting")


def _digest(root: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.name != ".lock":
            found.update(str(path).encode() + path.read_bytes())
    return found.hexdigest()
