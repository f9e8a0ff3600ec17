"""The locked page: it opens for the owner, says what is wrong, and locks again."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser.conftest import LISTEN, started
from tests.browser.test_board import VIEWS, turn, violations
from tests.commands.running import begun, person, run
from tests.conftest import ROOT

SHIFTS = """
globalThis.shifted = 0;
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) shifted += each.value;
}).observe({ type: "layout-shift", buffered: true });
"""


class Site(NamedTuple):
    folder: Path
    address: str
    passphrase: str


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]
) -> Site:
    root = begun(tmp_path_factory.mktemp("workspace"))
    person(root, "zora-quillon")
    return built(root, serve)


@pytest.fixture(scope="module")
def years(
    tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]
) -> Site:
    """Lock in the sample of three years, which has something in every view."""
    root = tmp_path_factory.mktemp("workspace") / "years"
    shutil.copytree(ROOT / "examples" / "three-years", root)
    return built(root, serve)


def built(root: Path, serve: Callable[[Path], str]) -> Site:
    passphrase = run(root, "site", "keygen").out.strip()
    result = run(root, "site", "build", "--out", str(root / "site"))
    assert result.code == 0, result.err
    return Site(root / "site", serve(root / "site"), passphrase)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_init_script(LISTEN)
    opened = context.new_page()
    yield opened
    context.close()


def door(page: Page, address: str) -> None:
    page.goto(f"{address}/dashboard/")
    expect(page.get_by_label("Passphrase")).to_be_visible()


def enter(page: Page, words: str) -> None:
    page.get_by_label("Passphrase").fill(words)
    page.get_by_role("button", name="Open").click()


def opened(page: Page, site: Site) -> None:
    door(page, site.address)
    enter(page, site.passphrase)
    expect(page.get_by_role("button", name="Lock")).to_be_visible()


# --- opening -------------------------------------------------------------------


def test_the_passphrase_opens_it_and_lock_closes_it_without_a_trace(
    page: Page, site: Site
) -> None:
    opened(page, site)
    assert "Zora" in page.locator("#board").inner_html()
    page.get_by_role("button", name="Lock").click()
    expect(page.locator("#door-status")).to_have_text("Locked.")
    expect(page.get_by_label("Passphrase")).to_be_focused()
    expect(page.get_by_label("Passphrase")).to_have_value("")
    assert "Zora" not in page.content()


def test_opening_moves_nothing(page: Page, site: Site) -> None:
    page.add_init_script(SHIFTS)
    opened(page, site)
    page.wait_for_timeout(300)
    assert page.evaluate("shifted") == 0


def test_the_keyboard_alone_is_enough(page: Page, site: Site) -> None:
    door(page, site.address)
    page.get_by_label("Passphrase").focus()
    page.keyboard.type(site.passphrase)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Lock")).to_be_visible()
    page.get_by_role("button", name="Lock").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Passphrase")).to_be_visible()


def test_a_wrong_passphrase_is_said_and_can_be_typed_again(
    page: Page, site: Site
) -> None:
    door(page, site.address)
    enter(page, "seven words that are not the right ones")
    expect(page.get_by_role("alert")).to_have_text(
        "That passphrase is not right. Nothing was opened."
    )
    expect(page.get_by_label("Passphrase")).to_be_focused()
    enter(page, f"  {site.passphrase.upper()} ".replace(" ", "  "))
    expect(page.get_by_role("button", name="Lock")).to_be_visible()


def test_back_and_forth_within_stays_open_and_leaving_locks(
    page: Page, site: Site
) -> None:
    opened(page, site)
    links = page.get_by_role("navigation", name="Dashboard").get_by_role("link")
    links.last.click()
    expect(links.last).to_have_attribute("aria-current", "page")
    page.go_back()
    expect(page.get_by_role("button", name="Lock")).to_be_visible()
    page.goto(f"{site.address}/")
    page.go_back()
    expect(page.get_by_label("Passphrase")).to_be_visible()
    assert "Zora" not in page.content()


def test_ten_minutes_without_anybody_lock_it(page: Page, site: Site) -> None:
    page.clock.install()
    door(page, site.address)
    enter(page, site.passphrase)
    expect(page.get_by_role("button", name="Lock")).to_be_visible()
    page.clock.run_for(9 * 60 * 1000)
    page.keyboard.press("Shift")
    page.clock.run_for(9 * 60 * 1000)
    expect(page.get_by_role("button", name="Lock")).to_be_visible()
    page.clock.run_for(2 * 60 * 1000)
    expect(page.locator("#door-status")).to_have_text(
        "Locked, since nobody was here for ten minutes."
    )
    assert "Zora" not in page.content()


# --- what may be wrong ---------------------------------------------------------


def copied(site: Site, to: Path) -> Path:
    return Path(shutil.copytree(site.folder, to / "site"))


def test_a_missing_vault_is_said_before_anybody_types(
    page: Page, site: Site, tmp_path: Path, serve: Callable[[Path], str]
) -> None:
    folder = copied(site, tmp_path)
    (folder / "dashboard" / "vault.jwe").unlink()
    page.goto(f"{serve(folder)}/dashboard/")
    expect(page.locator("#door-status")).to_contain_text("No dashboard is published")
    expect(page.get_by_label("Passphrase")).to_be_hidden()


def test_a_damaged_vault_is_not_blamed_on_the_passphrase(
    page: Page, site: Site, tmp_path: Path, serve: Callable[[Path], str]
) -> None:
    folder = copied(site, tmp_path)
    vault = folder / "dashboard" / "vault.jwe"
    text = vault.read_text("utf-8")
    middle = len(text) // 2
    letter = "A" if text[middle] != "A" else "B"
    vault.write_text(f"{text[:middle]}{letter}{text[middle + 1 :]}", "utf-8")
    door(page, serve(folder))
    enter(page, site.passphrase)
    expect(page.get_by_role("alert")).to_contain_text("The vault is damaged")


def test_an_old_browser_is_told_so(page: Page, site: Site) -> None:
    page.add_init_script("delete window.DecompressionStream;")
    page.goto(f"{site.address}/dashboard/")
    expect(page.locator("#door-status")).to_contain_text("too old")


def test_inside_another_page_it_stays_locked(
    page: Page, site: Site, tmp_path: Path, serve: Callable[[Path], str]
) -> None:
    frame = f'<iframe src="{site.address}/dashboard/" width="380"></iframe>'
    (tmp_path / "index.html").write_text(frame, "utf-8")
    page.goto(serve(tmp_path))
    inside = page.frame_locator("iframe")
    expect(inside.locator("#door-status")).to_contain_text("inside another one")


def test_without_https_it_stays_locked(driver: Playwright, site: Site) -> None:
    elsewhere = started(driver, "--host-resolver-rules=MAP site.test 127.0.0.1")
    page = elsewhere.new_page()
    page.goto(f"{site.address.replace('127.0.0.1', 'site.test')}/dashboard/")
    expect(page.locator("#door-status")).to_contain_text("not loaded over https")
    elsewhere.close()


# --- all pages -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "scheme"), [(1100, "light"), (1100, "dark"), (390, "light")]
)
def test_no_view_behind_the_door_shuts_anybody_out_or_runs_off(
    browser: Browser, years: Site, width: int, scheme: Any
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    opened(page, years)
    for name in VIEWS:
        turn(page, name)
        assert violations(page) == [], name
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} is {wide} wide"
    context.close()


def test_every_view_behind_the_door_keeps_the_policy(page: Page, years: Site) -> None:
    opened(page, years)
    for name in VIEWS:
        turn(page, name)
        assert page.evaluate("violations") == [], name


def test_no_page_breaks_its_policy_or_asks_another_server(
    page: Page, site: Site
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    for path in sorted(site.folder.rglob("*.html")):
        page.goto(f"{site.address}/{path.relative_to(site.folder).as_posix()}")
        assert page.evaluate("violations") == [], path
    opened(page, site)
    assert page.evaluate("violations") == []
    assert not faults
    foreign = [
        url for url in asked if not url.startswith((site.address, "data:", "blob:"))
    ]
    assert not foreign


def test_no_page_of_the_guide_shuts_anybody_out(browser: Browser, site: Site) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, color_scheme="dark", bypass_csp=True
    )
    page = context.new_page()
    told = {}
    for path in sorted(site.folder.rglob("*.html")):
        page.goto(f"{site.address}/{path.relative_to(site.folder).as_posix()}")
        told[path.relative_to(site.folder).as_posix()] = violations(page)
    context.close()
    assert {path: each for path, each in told.items() if each} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("where", ["door", "inside", "guide"])
def test_nobody_is_shut_out(
    browser: Browser, site: Site, scheme: Any, where: str
) -> None:
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    if where == "guide":
        page.goto(f"{site.address}/")
    elif where == "door":
        door(page, site.address)
    else:
        opened(page, site)
    told = violations(page)
    context.close()
    assert told == []
