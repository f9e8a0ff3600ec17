"""The opened dashboard in a real browser: every view, by mouse, by keys, on paper."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from pipeline.dashboard.alone import page as alone
from pipeline.files.workspace import load
from tests.bench.invented import AS_OF, write_workspace
from tests.browser.conftest import LISTEN
from tests.dashboard.boards import pack, sample_board, sample_pack

MANY = 1_000
VIEWS = (*sample_pack().nav, sample_board().pages["samir-haddad"])


class Shown(NamedTuple):
    address: str
    views: tuple[str, ...]


@pytest.fixture(scope="module")
def few(
    tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]
) -> Shown:
    folder = tmp_path_factory.mktemp("few")
    (folder / "index.html").write_text(alone(sample_pack()), "utf-8")
    return Shown(serve(folder), VIEWS)


@pytest.fixture(scope="module")
def many(
    tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]
) -> Shown:
    root, folder = tmp_path_factory.mktemp("root"), tmp_path_factory.mktemp("many")
    write_workspace(root, MANY)
    made = pack(load(str(root)), AS_OF.isoformat())
    (folder / "index.html").write_text(alone(made), "utf-8")
    return Shown(serve(folder), (*made.nav, "p500", "timeline/7", "portfolio/2"))


Scheme = Literal["light", "dark"]


def context(
    browser: Browser,
    width: int = 1100,
    scheme: Scheme = "light",
    *,
    judged: bool = False,
) -> BrowserContext:
    """Open a window; `judged`: axe may be let in, which the policy would keep out."""
    made = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=judged
    )
    made.add_init_script(LISTEN)
    return made


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    made = context(browser)
    yield made.new_page()
    made.close()


def turn(page: Page, name: str) -> None:
    page.evaluate("(name) => { location.hash = `#/${name}`; }", name)
    expect(page.locator(".ny-page h2")).to_be_visible()


@pytest.mark.parametrize("who", ["few", "many"])
@pytest.mark.parametrize(
    ("width", "scheme"),
    [(1100, "light"), (1100, "dark"), (390, "light"), (390, "dark")],
)
def test_every_view_fits_and_keeps_its_policy(
    browser: Browser,
    who: str,
    width: int,
    scheme: Scheme,
    request: pytest.FixtureRequest,
) -> None:
    shown: Shown = request.getfixturevalue(who)
    made = context(browser, width, scheme)
    page = made.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{shown.address}/")
    for name in shown.views:
        turn(page, name)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} is {wide} wide"
        assert page.evaluate("violations") == [], name
    made.close()
    assert not faults
    assert [url.removeprefix(shown.address) for url in asked] == ["/"]


@pytest.mark.parametrize("who", ["few", "many"])
def test_on_paper_there_is_nothing_to_press(
    page: Page, who: str, request: pytest.FixtureRequest
) -> None:
    shown: Shown = request.getfixturevalue(who)
    page.goto(f"{shown.address}/")
    page.emulate_media(media="print")
    for name in shown.views:
        turn(page, name)
        expect(page.locator(".ny-nav")).to_be_hidden()
        expect(page.locator(".ny-button:visible")).to_have_count(0)
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("who", ["few", "many"])
def test_no_view_shuts_anybody_out(
    browser: Browser, who: str, scheme: Scheme, request: pytest.FixtureRequest
) -> None:
    shown: Shown = request.getfixturevalue(who)
    made = context(browser, scheme=scheme, judged=True)
    page = made.new_page()
    page.goto(f"{shown.address}/")
    for name in shown.views if who == "few" else ("contacts", "p500"):
        turn(page, name)
        assert violations(page) == [], name
    made.close()


def violations(page: Page) -> list[str]:
    """Give what axe objects to, with the first place of each."""
    return [
        f"{each['id']}: {each['nodes'][0]['html']}"
        for each in Axe().run(page).response["violations"]
    ]


# --- using it ------------------------------------------------------------------


def names(page: Page) -> list[str]:
    return page.locator(".ny-table tbody th a").all_text_contents()


def test_people_are_sorted_and_the_head_says_how(page: Page, few: Shown) -> None:
    page.goto(f"{few.address}/#/contacts")
    person = page.get_by_role("columnheader", name="Person")
    person.get_by_role("button").click()
    expect(person).to_have_attribute("aria-sort", "ascending")
    assert names(page)[:2] == ["Amara Nwosu", "Ben Achterberg"]
    person.get_by_role("button").click()
    expect(person).to_have_attribute("aria-sort", "descending")
    assert names(page)[0] == "Wanda Griggs"
    page.get_by_role("columnheader", name="Next").get_by_role("button").click()
    last = page.locator(".ny-table tbody tr").last.locator("td").last
    expect(last).to_have_text("\N{EN DASH}")


def test_people_are_searched_and_the_count_is_said(page: Page, few: Shown) -> None:
    page.goto(f"{few.address}/#/contacts")
    page.get_by_label("Search").fill("brightwater")
    expect(page.get_by_role("status")).to_have_text("2 people")
    page.get_by_label("Show").select_option("today")
    expect(page.get_by_role("status")).to_have_text("1 person")
    assert names(page) == ["Dana Okafor"]
    page.get_by_role("link", name="Dana Okafor").click()
    expect(page.get_by_role("heading", name="Dana Okafor")).to_be_visible()
    page.go_back()
    assert names(page) == ["Dana Okafor"]
    page.get_by_label("Search").fill("nobody of that name")
    expect(page.get_by_role("status")).to_have_text("0 people")


def test_a_thousand_people_come_in_pages(page: Page, many: Shown) -> None:
    page.goto(f"{many.address}/#/contacts")
    expect(page.get_by_role("status")).to_have_text("1000 people; 1 to 25")
    assert page.get_by_role("button", name="Before").is_disabled()
    page.get_by_role("button", name="After").click()
    expect(page.get_by_role("status")).to_have_text("1000 people; 26 to 50")
    assert len(names(page)) == 25


def test_the_keyboard_alone_reaches_a_person_and_their_text(
    page: Page, few: Shown
) -> None:
    page.goto(f"{few.address}/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Today")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="People")).to_be_visible()
    expect(page.locator(".ny-page")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("samir")
    for _ in range(6):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Samir Haddad")).to_be_visible()


def test_a_text_is_copied_as_it_is(browser: Browser, few: Shown) -> None:
    made = context(browser)
    made.grant_permissions(["clipboard-read", "clipboard-write"])
    page = made.new_page()
    page.goto(f"{few.address}/")
    page.get_by_role("button", name="Copy the text").first.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    made.close()
    assert copied.startswith("Hello Dana,\n\n")
    assert copied == page_text(sample_pack().pages["today"].html)


def page_text(html: str) -> str:
    inside = html.partition('<pre class="ny-text" id="text-1"')[2]
    return inside.partition(">")[2].partition("</pre>")[0]


def test_the_calendar_is_made_in_the_page(page: Page, few: Shown) -> None:
    page.goto(f"{few.address}/#/calendar")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the calendar").click()
    assert download.value.suggested_filename == "calendar.ics"
    text = Path(download.value.path()).read_bytes().decode()
    assert text == sample_pack().calendar


def test_an_address_that_leads_nowhere_shows_today(page: Page, few: Shown) -> None:
    for wrong in ("#/nobody", "#/constructor", "#/%", "#/p0"):
        page.goto(f"{few.address}/{wrong}")
        page.reload()
        expect(page.get_by_role("heading", level=2)).to_have_text(
            "Monday 23 November 2026"
        )
