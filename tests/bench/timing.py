"""Running programs in turn and weighing them by processor time, the clock beside it.

Another process on the machine moves the clock by half and processor time hardly at
all, so that ratios are taken of processor time, round by round. Needs `os.wait4`.
"""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

# Without bytecode every import is two to three times slower, and with `CI` set the
# program says less.
UNSET = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHASHSEED", "CI")


class Usage(NamedTuple):
    """What a process took: seconds of processor and of clock, KiB at its peak."""

    cpu: float
    wall: float
    peak: int


class Command(NamedTuple):
    """A program to weigh, and the folder it reads."""

    argv: Sequence[str | Path]
    reads: Path | None = None
    env: Mapping[str, str] = {}
    times: int = 1  # short ones are run several times a round and averaged
    before: Callable[[], object] | None = None  # not weighed


Measured = Mapping[str, Sequence[Usage]]


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Give the environment for a process that is weighed."""
    kept = {name: text for name, text in os.environ.items() if name not in UNSET}
    return {**kept, **extra}


def weigh(command: Command) -> Usage:
    """Run a program once, what it reads being in memory already."""
    if command.before:
        command.before()
    prewarm(command.reads)
    begun = time.perf_counter()
    argv = [str(each) for each in command.argv]
    process = subprocess.Popen(
        argv,
        env=environment(command.env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"failed ({process.returncode}): {' '.join(argv)}")
    return Usage(used.ru_utime + used.ru_stime, wall, used.ru_maxrss)


def prewarm(folder: Path | None) -> None:
    """Read a folder, as memory that caches files is given back within seconds."""
    if folder is None:
        return
    for base, _, names in os.walk(folder):
        for name in names:
            handle = os.open(os.path.join(base, name), os.O_RDONLY)
            while os.read(handle, 16384):
                pass
            os.close(handle)


def in_turn(
    commands: Mapping[str, Command], rounds: int, *, warm_up: bool = True
) -> dict[str, list[Usage]]:
    """Run every program once a round, all in turn; the first round does not count."""
    found: dict[str, list[Usage]] = {name: [] for name in commands}
    for number in range(-1 if warm_up else 0, rounds):
        for name, command in commands.items():
            usages = [weigh(command) for _ in range(command.times)]
            if number >= 0:
                found[name].append(_average(usages))
    return found


def _average(usages: Sequence[Usage]) -> Usage:
    return Usage(
        statistics.fmean(each.cpu for each in usages),
        statistics.fmean(each.wall for each in usages),
        max(each.peak for each in usages),
    )


class Ratio(NamedTuple):
    """How two programs compare: the median of the rounds, and the extremes."""

    middle: float
    least: float
    most: float
    wall: float


def ratio(found: Measured, one: str, other: str) -> Ratio:
    """Give how many times more processor time `one` took than `other`."""
    pairs = list(zip(found[one], found[other], strict=True))
    cpu = [a.cpu / b.cpu for a, b in pairs]
    wall = statistics.median(a.wall / b.wall for a, b in pairs)
    return Ratio(statistics.median(cpu), min(cpu), max(cpu), wall)


def middle(usages: Sequence[Usage]) -> Usage:
    """Give the median of each figure."""
    return Usage(
        statistics.median(each.cpu for each in usages),
        statistics.median(each.wall for each in usages),
        int(statistics.median(each.peak for each in usages)),
    )
