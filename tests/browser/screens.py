"""`make screens`: the pictures of the dashboard in docs/assets/screens/, anew.

They show the sample of three years on its day, the letters on one when there are some,
and are for readers: no test compares them.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from pipeline.dashboard.alone import page
from tests.browser.conftest import started
from tests.conftest import ROOT
from tests.dashboard.boards import pack, sample, sample_board, sample_pack

SCREENS = ROOT / "docs" / "assets" / "screens"
MOST = 150_000  # bytes of a picture
WIDE: ViewportSize = {"width": 1000, "height": 760}
PHONE: ViewportSize = {"width": 390, "height": 780}
POSTING = "2026-12-29"  # a day on which a letter is to be written
ALSO = ("today", "timeline")  # in the dark and on a phone as well


def main() -> None:
    """Take every picture."""
    shutil.rmtree(SCREENS, ignore_errors=True)
    SCREENS.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        place, posting = Path(folder) / "now.html", Path(folder) / "posting.html"
        place.write_text(page(sample_pack()), "utf-8")
        posting.write_text(page(pack(sample(), POSTING)), "utf-8")
        browser = started(driver)
        for name, of in views().items():
            shown = posting if name == "print" else place
            take(browser, shown, of, SCREENS / f"{name}.png")
            if name in ALSO:
                dark, phone = (
                    SCREENS / f"{name}-dark.png",
                    SCREENS / f"{name}-phone.png",
                )
                take(browser, place, of, dark, scheme="dark")
                take(browser, place, of, phone, size=PHONE)
        browser.close()


def views() -> dict[str, str]:
    """Give every page that is shown, and what the browser calls it."""
    found = {name: name for name in sample_pack().nav}
    someone = sample_board().pages["samir-haddad"]
    return {**found, "person": someone}


def take(
    browser: Browser,
    place: Path,
    name: str,
    picture: Path,
    scheme: Literal["light", "dark"] = "light",
    size: ViewportSize = WIDE,
) -> None:
    """Take one picture of what one sees without scrolling."""
    context = browser.new_context(viewport=size, color_scheme=scheme)
    opened = context.new_page()
    opened.goto(f"{place.as_uri()}#/{name}")
    opened.screenshot(path=str(picture))
    context.close()
    assert picture.stat().st_size < MOST, picture


if __name__ == "__main__":
    main()
