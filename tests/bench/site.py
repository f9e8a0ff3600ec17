"""The site: what the dashboard adds to building the guide, the check, and the browser.

By the clock, since the guide is built beside the dashboard: what counts is how much
longer one waits. The peer is MkDocs building one page for each person.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from pipeline.dashboard.alone import page as alone
from pipeline.dashboard.gate import Gate
from pipeline.dashboard.needles import needles_of
from pipeline.dashboard.pages import Pack, pack_of
from pipeline.files.holidays import HolidayCache
from pipeline.files.workspace import load
from pipeline.planning.schedule import schedule
from tests.bench import places
from tests.bench.invented import AS_OF
from tests.bench.table import Goal
from tests.bench.timing import Command, Usage, in_turn
from tests.browser.conftest import serving, started

FEW, MANY = 1_000, 5_000
DOOR = ("door.js", "app.js", "jose.js", "board.css")


def goals(rounds: int) -> Iterator[Goal]:
    """Weigh everything about the site."""
    yield from _building(rounds)
    yield _gate()
    yield _door()
    with sync_playwright() as driver:
        browser = started(driver)
        yield from _in_browser(browser.new_page(), rounds)
        browser.close()


# --- building ------------------------------------------------------------------


def _building(rounds: int) -> Iterator[Goal]:
    roots = {0: _without_people(), FEW: _locked(FEW), MANY: _locked(MANY)}
    commands = {f"{number}": _build(root, number) for number, root in roots.items()}
    commands["peer"] = _one_page_each(FEW)
    found = in_turn(commands, rounds)
    for number, limit in ((FEW, 0.3), (MANY, 1.0)):
        more = [
            whole.wall - guide.wall
            for whole, guide in zip(found[f"{number}"], found["0"], strict=True)
        ]
        what = f"site build of {number:,} people beyond the guide"
        yield Goal(what, limit, statistics.median(more), unit="s", note=_range(more))
    times = [
        peer.wall / ours.wall
        for peer, ours in zip(found["peer"], found[f"{FEW}"], strict=True)
    ]
    yield Goal(
        f"MkDocs with a page for each of {FEW:,} / ours",
        1,
        statistics.median(times),
        at_least=True,
        note=f"{_range(times)}; ours {_wall(found[f'{FEW}'])}",
    )


def _wall(usages: list[Usage]) -> str:
    return f"{statistics.median(each.wall for each in usages):.2f} s"


def _range(figures: list[float]) -> str:
    return f"{min(figures):.2f} to {max(figures):.2f}"


def _without_people() -> Path:
    place = places.CACHE / "guide-alone"
    (place / "contacts").mkdir(parents=True, exist_ok=True)
    (place / "settings.yml").write_text("you: {name: Maya Torres}\n", "utf-8")
    return place


def _locked(people: int) -> Path:
    """Give a workspace whose dashboard has a lock."""
    root = places.workspace(people)
    if not (root / "state" / "dashboard.pub.jwk").exists():
        line = (places.NOTYET, "site", "keygen", "--root", root)
        words = places.said(Command(line, env=places.WARM))
        (root / "words.txt").write_text(words.strip(), "utf-8")
    return root


def _build(root: Path, people: int) -> Command:
    out = places.CACHE / f"site-{people}"
    line = (places.NOTYET, "site", "build", "--root", root, "--out", out)
    return Command((*line, "--as-of", AS_OF.isoformat()), reads=root, env=places.WARM)


def _one_page_each(people: int) -> Command:
    """Give the command that builds a page for each person, as plain as can be."""
    place = places.CACHE / f"pages-{people}"
    pages = place / "docs"
    pages.mkdir(parents=True, exist_ok=True)
    names = []
    for path in sorted((places.workspace(people) / "contacts").glob("*.yml")):
        names.append(path.stem)
        text = f"# {path.stem}\n\n```yaml\n{path.read_text('utf-8')}```\n"
        (pages / f"{path.stem}.md").write_text(text, "utf-8")
    (pages / "index.md").write_text("# People\n", "utf-8")
    nav = "".join(f"  - {name}.md\n" for name in ("index", *names))
    config = f"site_name: x\ntheme: {{name: material, font: false}}\nnav:\n{nav}"
    (place / "mkdocs.yml").write_text(config, "utf-8")
    line = (places.PYTHON, "-m", "mkdocs", "build", "-q", "-f", place / "mkdocs.yml")
    return Command(line, reads=pages, env={"NO_MKDOCS_2_WARNING": "1"})


# --- the check, the door ---------------------------------------------------------


def _pack(people: int) -> Pack:
    workspace, holidays = load(str(places.workspace(people))), HolidayCache()
    return pack_of(workspace, schedule(workspace, AS_OF, holidays), holidays)


def _gate() -> Goal:
    """Look through a built site for everything about many people."""
    site = str(places.CACHE / f"site-{MANY}")
    workspace = load(str(places.workspace(MANY)))
    samples = [load(str(each)) for each in sorted((places.ROOT / "examples").iterdir())]
    begun = time.perf_counter()
    Gate(needles_of(workspace, samples), "canary").check(site, b"canary")
    took = time.perf_counter() - begun
    return Goal(f"the look through the site for {MANY:,} people", 1.0, took, unit="s")


def _door() -> Goal:
    board = places.CACHE / "site-0" / "dashboard"
    sizes = {name: (board / name).stat().st_size / 1024 for name in DOOR}
    note = ", ".join(f"{name} {size:.1f}" for name, size in sizes.items())
    what = "the door's own scripts and style"
    return Goal(what, 40, sum(sizes.values()), unit="KiB", note=note)


# --- in a browser ------------------------------------------------------------------


def _in_browser(page: Page, rounds: int) -> Iterator[Goal]:
    root = places.workspace(FEW)
    with serving(places.CACHE / f"site-{FEW}") as address:
        words = (root / "words.txt").read_text("utf-8")
        opened = [_seconds(lambda: _open(page, words), page, address) for _ in range(3)]
    what = f"opening the door before {FEW:,} people"
    yield Goal(what, 1.5, statistics.median(opened), unit="s", note=_range(opened))
    folder = places.CACHE / "alone"
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text(alone(_pack(MANY)), "utf-8")
    with serving(folder) as address:
        page.goto(f"{address}/#/contacts")
        page.get_by_label("Search").wait_for()
        for what, code in (("sorting", SORT), ("searching", SEARCH)):
            took = [page.evaluate(code) for _ in range(2 * rounds)]
            name, middle = f"{what} {MANY:,} people", statistics.median(took)
            yield Goal(name, 100, middle, unit="ms", note=_range(took))


def _seconds(act: Callable[[], None], page: Page, address: str) -> float:
    page.goto(f"{address}/dashboard/")
    page.get_by_label("Passphrase").wait_for()
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _open(page: Page, words: str) -> None:
    page.get_by_label("Passphrase").fill(words)
    page.get_by_label("Passphrase").press("Enter")
    page.get_by_role("button", name="Lock").wait_for()


_TIMED = (
    "() => {{ const begun = performance.now(); {} return performance.now() - begun; }}"
)
_LAID_OUT = "document.body.offsetHeight;"
SORT = _TIMED.format(f"document.querySelector('.ny-sort').click(); {_LAID_OUT}")
SEARCH = _TIMED.format(
    "const field = document.querySelector('input[type=search]');"
    "field.value = field.value ? '' : 'harbour api';"
    f"field.dispatchEvent(new Event('input')); {_LAID_OUT}"
)


if __name__ == "__main__":
    from tests.bench.table import goal_table

    places.CACHE.mkdir(parents=True, exist_ok=True)
    for goal in goals(3):
        print(goal_table([goal]), flush=True)
