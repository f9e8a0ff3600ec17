"""On a phone, what has to be done lies on the first screen, in a real browser."""

import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.tasklists import tasklists_plugin
from msgspec.structs import replace
from playwright.sync_api import Browser, Page

from pipeline.files.workspace import load
from pipeline.model import Channel, Stage, Step
from pipeline.reconciling.identity import split_body
from pipeline.writing.context import IssueText
from pipeline.writing.issues import issue_text
from tests.conftest import GOLDEN, ROOT
from tests.factories import event
from tests.writing.situations import context_of

WIDTH, HEIGHT = 390, 844  # a common phone, in CSS pixels
ROOM = 100  # for what a site or an app shows above an issue
KEPT = [
    path
    for path in sorted((GOLDEN / "samples").rglob("0*.md"))
    if "1. **[Open" in path.read_text("utf-8")
]
SAMPLE = load(str(ROOT / "examples" / "three-years"))

# As plain as GitHub on a phone: its sizes, its margins, its colours.
STYLE = """
:root { color-scheme: light dark; --text: #1f2328; --ground: #fff; --line: #d1d9e0;
  --quiet: #59636e; --link: #0969da; --code: #818b981f; }
@media (prefers-color-scheme: dark) { :root { --text: #f0f6fc; --ground: #0d1117;
  --line: #3d444d; --quiet: #9198a1; --link: #4493f8; --code: #656c7633; } }
body { margin: 0; padding: 12px 16px; color: var(--text); background: var(--ground);
  font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif;
  overflow-wrap: break-word; }
h1 { font-size: 20px; line-height: 1.25; font-weight: 400; margin: 0 0 8px; }
h3 { font-size: 17px; margin: 16px 0 8px; }
p, blockquote, ul, ol, pre, table, details { margin: 0 0 12px; }
blockquote { padding: 0 1em; color: var(--quiet); border-left: 4px solid var(--line); }
blockquote > :last-child { margin-bottom: 0; }
ol, ul { padding-left: 2em; } li { margin-top: 2px; }
li:has(input) { list-style: none; margin-left: -1.4em; }
code { font: 85% ui-monospace, monospace; background: var(--code); padding: 2px 4px;
  border-radius: 6px; }
pre { padding: 12px; background: var(--code); border-radius: 6px; overflow: auto; }
pre code { padding: 0; background: none; }
a { color: var(--link); } summary { cursor: pointer; }
table { border-collapse: collapse; } td, th { border: 1px solid var(--line);
  padding: 6px 13px; }
.state { height: 32px; margin-bottom: 12px; color: var(--quiet); }
"""


def kept(path: Path) -> IssueText:
    """Read an issue of the samples as it was reviewed."""
    text = path.read_text("utf-8")
    found = re.search(r'^title: "(.*)"$', text, re.MULTILINE)
    assert found is not None
    return IssueText(found[1], split_body(text.partition("\n---\n")[2]).managed)


def longest() -> IssueText:
    """Give the longest first mail that any wording makes of anybody in the sample."""
    mails = [
        each
        for each in SAMPLE.contacts.values()
        if each.email and each.name and each.rejections
    ]
    exchange = (event("2020-01-06", "sent"), event("2020-01-07", "replied"))
    found = []
    for person, turn in product(mails, range(6)):
        last = max(person.rejections, key=lambda each: each.rejected_on)
        who = replace(
            person,
            channel=Channel.EMAIL,
            cadence="classic",
            history=exchange * turn,
            rejections=(replace(last, stage=Stage.FINAL),),
        )
        context = context_of(who, on="2029-11-05", step=Step.CHECK_IN, tracker="local")
        found.append(issue_text(context))
    return max(found, key=lambda each: len(each.managed.partition("1. **")[0]))


ISSUES = {f"{each.parent.name}-{each.stem}": kept(each) for each in KEPT}
ISSUES["longest"] = longest()


def page_of(issue: IssueText) -> str:
    """Lay an issue out as GitHub does: its title, its state, and then its text."""
    markdown = MarkdownIt("gfm-like", {"linkify": False}).use(tasklists_plugin)
    return (
        f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>"
        f"<h1>{issue.title}</h1><div class=state>Open</div>"
        f"{markdown.render(issue.managed)}"
    )


@pytest.fixture
def shown(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Show an issue on the phone."""
    opened = []

    def show(issue: str, scheme: str = "light") -> Page:
        page = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        opened.append(page)
        page.set_content(page_of(ISSUES[issue]))
        return page

    yield show
    for page in opened:
        page.close()


def bottom(page: Page, selector: str) -> float:
    """Give how far down an element ends, in CSS pixels."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


@pytest.mark.parametrize("issue", ISSUES)
def test_the_mail_link_and_the_closing_step_lie_on_the_first_screen(
    issue: str, shown: Callable[..., Page]
) -> None:
    page = shown(issue)
    assert bottom(page, "ol a[href^='mailto:']") < HEIGHT - ROOM
    assert bottom(page, "ol li:has-text('Close this issue')") < HEIGHT - ROOM


@pytest.mark.parametrize("issue", ISSUES)
def test_nothing_is_wider_than_the_phone(
    issue: str, shown: Callable[..., Page]
) -> None:
    page = shown(issue)
    width = "document.documentElement.scrollWidth"
    assert page.evaluate(width) <= WIDTH
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate(width) <= WIDTH


def test_the_link_opens_a_mail_with_everything_in_it(
    shown: Callable[..., Page],
) -> None:
    page = shown("longest")
    link = page.locator("ol a").first.get_attribute("href") or ""
    said = page.evaluate("href => decodeURIComponent(new URL(href).search)", link)
    quoted = page.locator("blockquote").inner_text().split("\n")
    assert all(line.strip() in said for line in quoted if line.strip())


def test_there_is_something_to_measure() -> None:
    assert len(ISSUES) >= 5
    assert len(ISSUES["longest"].managed) >= max(
        len(each.managed.partition("1. **")[0]) for each in ISSUES.values()
    )
