"""The guide on a phone: nothing runs off the side, and all words can be read."""

from playwright.sync_api import Browser

from tests.conftest import ROOT
from tests.reference.pages import PAGES

PHONE = 390  # pixels across, held upright
SMALLEST = 11  # pixels of a letter in a picture
# Each line of text in the pictures shown: its size, and how far it leaves its frame.
LOOK = """() => [...document.querySelectorAll(".ny-picture svg")]
  .filter((svg) => svg.getClientRects().length)
  .flatMap((svg) => {
    const frame = svg.getBoundingClientRect();
    const scale = frame.width / svg.viewBox.baseVal.width;
    return [...svg.querySelectorAll("text")].map((text) => {
      const box = text.getBoundingClientRect();
      const size = parseFloat(getComputedStyle(text).fontSize) * scale;
      return [text.textContent, size,
        Math.max(frame.left - box.left, box.right - frame.right, 0)];
    });
  })"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def addresses() -> list[str]:
    """Give the place of every page on the site; decisions apart."""
    names = [path.relative_to(ROOT / "docs").with_suffix("") for path in PAGES]
    read = [str(name) for name in names if name.parts[0] != "decisions"]
    return [name.removesuffix("index").strip("/") for name in read]


def test_no_page_runs_off_a_phone_and_the_words_of_pictures_can_be_read(
    browser: Browser, guide: str
) -> None:
    context = browser.new_context(viewport={"width": PHONE, "height": 844})
    page, seen = context.new_page(), 0
    for place in addresses():
        page.goto(f"{guide}/{place}/")
        assert page.evaluate(WIDER) == 0, place
        for words, size, outside in page.evaluate(LOOK):
            seen += 1
            assert size >= SMALLEST, (place, words)
            assert outside <= 1, (place, words)
    context.close()
    assert seen
