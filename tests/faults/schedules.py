"""Random schedules of one kind of fault each, played from a seed and counted.

`python -m tests.faults.schedules [COUNT] [--record]` prints the fault table, and writes
it down for the guide where that is asked for.
"""

import datetime as dt
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from tests.conftest import GOLDEN
from tests.faults.world import PEOPLE, NaiveWorld, Plan, World
from tests.github.clock import Clock
from tests.github.server import Fault, GitHub

OPS = 14
AMBIGUOUS = (
    Fault.BAD_GATEWAY_BEFORE,
    Fault.BAD_GATEWAY_AFTER,
    Fault.DROPPED_BEFORE,
    Fault.DROPPED_AFTER,
    Fault.SERVER_ERROR,
)
LIMITS = (Fault.FORBIDDEN, Fault.LIMITED, Fault.SECONDARY, Fault.TOO_MANY)
LISTS = (Fault.LIST_EMPTY, Fault.LIST_LAGS)

Dice = random.Random
Planner = Callable[[World, Dice], Plan]


class Result(Struct, frozen=True):
    """What came of one schedule."""

    seed: int
    duplicates: tuple[str, ...]
    lost: tuple[str, ...]
    unlike: tuple[str, ...]
    repeated: tuple[str, ...]  # what was said twice
    noisy: tuple[int, ...]  # issues written to when there was nothing to do


# --- kinds of faults -----------------------------------------------------------


def _sprinkled(*faults: Fault, share: float = 0.3) -> Planner:
    def plan(_: World, dice: Dice) -> Plan:
        return Plan(
            faults={
                n: dice.choice(faults) for n in range(1, 60) if dice.random() < share
            }
        )

    return plan


def _crash(_: World, dice: Dice) -> Plan:
    return Plan(dies_at=dice.randint(1, 30))


def _at_once(world: World, dice: Dice) -> Plan:
    """Let the other runner do a whole run at some step of this one."""
    return Plan(meanwhile={dice.randint(1, 30): world.run})


def _lists_and_crashes(fault: Fault, lag: int = 10) -> Planner:
    """Let lists lie while issues are there that no map knows yet."""

    def plan(world: World, dice: Dice) -> Plan:
        world.github.lag = dt.timedelta(minutes=lag)
        sprinkled = _sprinkled(fault, share=0.6)(world, dice)
        sprinkled.dies_at = dice.choice((0, dice.randint(5, 20)))
        return sprinkled

    return plan


def _rejected(world: World, dice: Dice) -> Plan:
    steps = [dice.randint(1, 20) for _ in range(3)]
    return Plan(meanwhile=dict.fromkeys(steps, world.pushes_something))


def _person_meanwhile(world: World, dice: Dice) -> Plan:
    slug = dice.choice(PEOPLE)
    acts: tuple[Callable[[], object], ...] = (
        lambda: _act(world, dice),
        lambda: world.writes(slug, f"note {dice.randint(1, 99)}"),
        lambda: world.renames(slug, f"Mine {dice.randint(1, 99)}"),
    )
    steps = [dice.randint(1, 30) for _ in range(3)]
    return Plan(meanwhile={step: dice.choice(acts) for step in steps})


def everything(world: World, dice: Dice) -> Plan:
    """Mix all kinds, those of a run inside the run too."""
    share = dice.choice((0, 0, 0.05, 0.2))
    kinds = (*AMBIGUOUS, *LIMITS, *LISTS)
    plan = _sprinkled(*kinds, share=share)(world, dice)
    plan.dies_at = dice.choice((0, 0, dice.randint(1, 30)))
    within = dice.choice((_at_once, _rejected, _person_meanwhile, None))
    if within is not None:
        plan.meanwhile = within(world, dice).meanwhile
    if within is _at_once and dice.random() < 0.5:
        inner = Plan(dies_at=dice.randint(1, 25))
        plan.meanwhile = dict.fromkeys(plan.meanwhile, lambda: world.run(inner))
    return plan


def _no_fault(_: World, __: Dice) -> Plan:
    return Plan()


KINDS: Mapping[str, Planner] = {
    "none": _no_fault,
    "crash between any two steps": _crash,
    "502 before or after commit": _sprinkled(*AMBIGUOUS[:2]),
    "dropped before or after commit": _sprinkled(*AMBIGUOUS[2:4]),
    "500": _sprinkled(Fault.SERVER_ERROR),
    "403 without evidence": _sprinkled(Fault.FORBIDDEN),
    "403 and 429 with evidence": _sprinkled(*LIMITS[1:]),
    "list lags": _sprinkled(Fault.LIST_LAGS, share=0.7),
    "list empty": _sprinkled(Fault.LIST_EMPTY, share=0.5),
    "list empty, and crashes": _lists_and_crashes(Fault.LIST_EMPTY),
    "list hours old, and crashes": _lists_and_crashes(Fault.LIST_LAGS, lag=400),
    "push rejected": _rejected,
    "two runs at once": _at_once,
    "a person acts during a run": _person_meanwhile,
    "everything together": everything,
}


# --- schedules -----------------------------------------------------------------


def _act(world: World, dice: Dice) -> None:
    slug = dice.choice(PEOPLE)
    acts: tuple[Callable[[], object], ...] = (
        lambda: world.closes(slug, skip=False),
        lambda: world.closes(slug, skip=True),
        lambda: world.reopens(slug),
        lambda: world.reopens(slug),
        lambda: world.says(slug, "/sent"),
        lambda: world.says(slug, "/skip"),
    )
    dice.choice(acts)()


def _seldom(world: World, dice: Dice) -> None:
    """Do what a person does less often, to issues and to files."""
    slug = dice.choice(PEOPLE)
    acts: tuple[Callable[[], object], ...] = (
        lambda: world.says(slug, "/stop"),
        lambda: world.writes(slug, f"note {dice.randint(1, 99)}"),
        lambda: world.renames(slug, f"Mine {dice.randint(1, 99)}"),
        lambda: world.deletes_issue(slug, dice.choice((410, 404, 301))),
        lambda: world.renames_file(slug),
        lambda: world.deletes_file(slug),
        lambda: world.breaks_file(slug),
        lambda: world.corrects_file(slug),
        world.mends_all,
    )
    dice.choice(acts)()


def play(world: World, seed: int, kind: str) -> Result:
    """Play one schedule to its end."""
    dice = random.Random(f"{kind}:{seed}")
    for _ in range(OPS):
        roll = dice.random()
        if roll < 0.3:
            _act(world, dice)
        elif roll < 0.45:
            _seldom(world, dice)
        elif roll < 0.6:
            world.clock.advance(minutes=dice.choice((1, 5, 15, 45, 1500)))
        else:
            world.run(KINDS[kind](world, dice))
    world.mends_all()
    noisy = world.settle()
    return Result(
        seed=seed,
        duplicates=(*world.duplicates(), *world.after_stops()),
        lost=tuple(world.lost()),
        unlike=tuple(world.unlike()),
        repeated=tuple(world.repeated()),
        noisy=tuple(noisy),
    )


class Counts(Struct):
    """One row of the table."""

    schedules: int = 0
    duplicates: int = 0
    lost: int = 0
    unlike: int = 0
    repeated: int = 0
    seeds: list[int] = []  # in which something went wrong
    twins: list[int] = []  # in which something was opened twice


def count(world: type[World], kind: str, seeds: range) -> Counts:
    """Play many schedules of one kind, on one server."""
    counts = Counts()
    clock = Clock()
    root = Path(tempfile.mkdtemp(prefix="notyet-"))
    with GitHub(clock) as github:
        for seed in seeds:
            clock.now = Clock().now
            place = root / str(seed)
            place.mkdir()
            found = play(world(github, clock, place), seed, kind)
            shutil.rmtree(place)
            counts.schedules += 1
            if found.duplicates:
                counts.duplicates += 1
                counts.twins.append(seed)
            counts.lost += bool(found.lost)
            counts.unlike += bool(found.unlike or found.noisy)
            counts.repeated += bool(found.repeated)
            if found.duplicates or found.lost or found.unlike or found.noisy:
                counts.seeds.append(seed)
    shutil.rmtree(root)
    return counts


class Row(Struct, frozen=True):
    """One row of the table, as it is written down."""

    fault: str
    schedules: int
    duplicates: int
    lost: int
    unsettled: int
    naive_duplicates: int  # in as many schedules of the naive way
    naive_seed: int | None  # the first in which it opened something twice


class Recorded(Struct, frozen=True):
    """The table of one day."""

    day: dt.date
    rows: tuple[Row, ...]


RECORDED = GOLDEN / "faults" / "schedules.json"


def recorded() -> Recorded:
    """Read the table that was last written down."""
    return msgspec.json.decode(RECORDED.read_bytes(), type=Recorded)


def row(kind: str, number: int) -> Row:
    """Play the schedules of one kind, ours and the naive way's."""
    ours = count(World, kind, range(number))
    naive = count(NaiveWorld, kind, range(number))
    return Row(
        fault=kind,
        schedules=ours.schedules,
        duplicates=ours.duplicates,
        lost=ours.lost,
        unsettled=ours.unlike,
        naive_duplicates=naive.duplicates,
        naive_seed=next(iter(naive.twins), None),
    )


def main() -> None:
    """Print the table, ours and the naive way beside it."""
    asked = [each for each in sys.argv[1:] if each != "--record"]
    number, rows = int(asked[0]) if asked else 100, []
    for kind in KINDS:
        started = time.perf_counter()
        rows.append(row(kind, number))
        took = time.perf_counter() - started
        sys.stdout.write(f"{rows[-1]}  {took:.0f} s\n")
        sys.stdout.flush()
    if "--record" in sys.argv:
        table = Recorded(dt.datetime.now(dt.UTC).date(), tuple(rows))
        text = msgspec.json.format(msgspec.json.encode(table), indent=2)
        RECORDED.write_bytes(text + b"\n")


if __name__ == "__main__":
    main()
