"""`make bench`: start-up, growth and memory as ratios, beside floors and peers.

`python -m tests.bench [--quick] [--huge] [--rounds N] [--no-peers]`; ends with 1 when
a goal is missed. Results are compared before anything is weighed.
"""

import argparse
import importlib.metadata
import platform
import sys
from collections.abc import Iterable, Mapping, Sequence

from tests.bench import checks, peers, places, site
from tests.bench.install import first_plan
from tests.bench.table import Goal, columns, exponent, fixed_part, goal_table
from tests.bench.timing import Command, Usage, in_turn, middle, ratio

SLACK = 1.3  # for `--quick`: small sizes on a noisy machine
Found = dict[str, list[Usage]]


def main(argv: Sequence[str] | None = None) -> int:
    """Weigh everything and print two tables."""
    options = _options(argv)
    places.CACHE.mkdir(parents=True, exist_ok=True)
    found: Found = {}
    missing: list[str] = []
    groups: list[tuple[int, ...]] = [(100, 1_000)]
    groups += [] if options.quick else [(10_000,)]
    groups += [(100_000,)] if options.huge else []
    for sizes in groups:
        _say(f"preparing {', '.join(f'{size:,}' for size in sizes)} people")
        commands = _commands(sizes)
        checks.same_results(sizes)
        if options.peers and sizes[-1] <= 10_000:
            others, left_out = peers.commands(places.CACHE, sizes[-1])
            commands |= others
            missing += left_out
        rounds = 2 if sizes[-1] > 10_000 else options.rounds
        _say(f"weighing {len(commands)} programs in {rounds} rounds")
        found |= in_turn(commands, rounds, warm_up=sizes[-1] <= 10_000)
    goals = list(_goals(found, [size for sizes in groups for size in sizes]))
    installs = [first_plan(places.workspace(1_000)) for _ in range(3)]
    if None in installs:
        missing.append("clean install: left out, there is no uv on the PATH")
    else:
        goals.append(_install_goal([each for each in installs if each]))
    slack = SLACK if options.quick else 1.0
    _say("building sites")
    goals += site.goals(1 if options.quick else 3)
    print(_versions())
    print(f"\n{columns(list(_figures(found)))}\n")
    print(goal_table(goals, slack))
    print("".join(f"\n{line}" for line in dict.fromkeys(missing)))
    return 0 if all(goal.reached(slack) for goal in goals) else 1


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    add = parser.add_argument
    add("--quick", action="store_true", help="100 and 1,000 people, wider limits")
    add("--huge", action="store_true", help="100,000 people, too: minutes more")
    add("--rounds", type=int, default=7, help="rounds that count")
    add("--no-peers", dest="peers", action="store_false", help="ourselves alone")
    return parser.parse_args(argv)


def _say(text: str) -> None:
    print(f"{text} ...", file=sys.stderr)


# --- what is weighed -----------------------------------------------------------


def _commands(sizes: Iterable[int]) -> dict[str, Command]:
    """Give what runs in turn for one group of sizes, its yardsticks among it."""
    found: dict[str, Command] = {}
    for size in sizes:
        root = places.workspace(size)
        if size == 100:
            found |= _starting(size)
        found[f"read {size:,}"] = places.floor("read_bytes", root)
        found[f"libyaml {size:,}"] = places.floor("parse_nodes", root)
        found[f"plan {size:,}"] = places.notyet("plan", root)
        if size == 1_000:
            found["no event"] = places.events(0, root)
            found["events"] = places.events(places.EVENTS, root)
        if size == 10_000:
            settled = places.settled(size)
            found[f"plan {size:,}, settled"] = places.notyet("plan", settled)
            found[f"sync {size:,}, settled"] = places.notyet("sync", settled)
    return found


def _starting(size: int) -> dict[str, Command]:
    """Give what shows the cost of a start."""
    few, settled = places.workspace(size), places.settled(size)
    return {
        "pass": Command((places.PYTHON, "-c", "pass"), times=5),
        "help": Command((places.NOTYET, "--help"), times=3),
        f"plan {size}, no holidays cached": places.cold(places.notyet("plan", few)),
        f"plan {size}, settled": places.notyet("plan", settled),
    }


# --- what is found -------------------------------------------------------------


def _compared(what: str, limit: float, found: Found, one: str, other: str) -> Goal:
    """Give a goal that is a ratio of two programs."""
    got = ratio(found, one, other)
    note = f"{got.least:.2f} to {got.most:.2f}; {got.wall:.2f}"
    return Goal(what, limit, got.middle, note=note)


def _slower(peer: str, limit: float, found: Found, plan: str) -> Goal:
    got = ratio(found, peer, plan)
    note = f"{got.least:.2f} to {got.most:.2f}; {got.wall:.2f}"
    return Goal(f"{peer} / {plan}", limit, got.middle, at_least=True, note=note)


def _goals(found: Found, sizes: Sequence[int]) -> Iterable[Goal]:
    """Give every goal that was weighed."""
    yield _compared("--help / python -c pass", 4, found, "help", "pass")
    yield _compared("plan 100 / python -c pass", 12, found, "plan 100", "pass")
    if 10_000 in sizes:
        plan, sync = "plan 10,000", "sync 10,000, settled"
        yield _compared(f"{plan} / reading the bytes", 25, found, plan, "read 10,000")
        yield _compared(
            "sync with nothing to do / plan, 10,000",
            1.3,
            found,
            sync,
            f"{plan}, settled",
        )
        yield _growth(found, sizes)
    yield _memory(found, sizes)
    for size, limit in ((1_000, 3.0), (10_000, 4.0)):
        peer = f"hermitcrm followups, {size:,}"
        if peer in found:
            yield _slower(peer, limit, found, f"plan {size:,}")
    yield _event(found)


def _growth(found: Found, sizes: Sequence[int]) -> Goal:
    times = {size: middle(found[f"plan {size:,}"]).cpu for size in sizes}
    fixed = fixed_part((100, times[100]), (1_000, times[1_000]))
    most = sizes[-1]
    grown = exponent((1_000, times[1_000]), (most, times[most]), fixed)
    return Goal(f"growth exponent, 1,000 to {most:,}", 1.05, grown, unit="")


def _memory(found: Found, sizes: Sequence[int]) -> Goal:
    few, most = sizes[0], sizes[-1]
    more = middle(found[f"plan {most:,}"]).peak - middle(found[f"plan {few:,}"]).peak
    what = f"peak memory per person, {few:,} to {most:,}"
    return Goal(what, 6, more / (most - few), unit="KiB")


def _event(found: Found) -> Goal:
    pairs = list(zip(found["events"], found["no event"], strict=True))
    cpu = sorted((a.cpu - b.cpu) / places.EVENTS * 1000 for a, b in pairs)
    wall = sorted((a.wall - b.wall) / places.EVENTS * 1000 for a, b in pairs)
    half = len(cpu) // 2
    note = f"{cpu[0]:.2f} to {cpu[-1]:.2f}; {wall[half]:.2f} with the disk"
    return Goal("one event written down", 2, cpu[half], unit="ms", note=note)


def _install_goal(installs: Sequence[Usage]) -> Goal:
    """Judge by the clock: it is what a run in the cloud waits for."""
    wall = sorted(each.wall for each in installs)
    note = f"{wall[0]:.2f} to {wall[-1]:.2f}; processor {middle(installs).cpu:.2f} s"
    what = "clean install and first plan, 1,000"
    return Goal(what, 1.5, wall[len(wall) // 2], unit="s", note=note)


def _figures(found: Mapping[str, Sequence[Usage]]) -> Iterable[tuple[str, ...]]:
    """Give every program with its own figures and its ratio to the floors."""
    yield "program", "CPU ms", "clock ms", "peak MiB", "x reading", "x libyaml"
    for name, usages in found.items():
        used = middle(usages)
        words = (word.strip(",") for word in name.split(" "))
        size = next((word for word in words if f"read {word}" in found), "")
        floors = (f"{each} {size}" for each in ("read", "libyaml"))
        times = (
            f"{ratio(found, name, each).middle:.1f}" if each in found else ""
            for each in floors
        )
        yield (
            name,
            f"{used.cpu * 1000:.1f}",
            f"{used.wall * 1000:.1f}",
            f"{used.peak / 1024:.0f}",
            *times,
        )


def _versions() -> str:
    names = ("pyyaml", "msgspec", "jinja2", "holidays")
    known = ", ".join(f"{each} {importlib.metadata.version(each)}" for each in names)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{python}, {known}; {platform.system()} {platform.machine()}"


if __name__ == "__main__":
    sys.exit(main())
