"""The search finds what people type: the page stands among the first three."""

from playwright.sync_api import Browser, Page

QUERIES = {
    "should I follow up after rejection": "questions",
    "follow up after a rejection": "questions",
    "what to write": "steps/check-in",
    "how often should I write": "steps/check-in",
    "how long to wait": "steps",
    "stop": "courtesy",
    "asked me to stop": "courtesy",
    "thank you note": "questions",
    "sticky note": "steps/trojan-horse",
    "trojan horse": "steps/trojan-horse",
    "portfolio": "portfolio",
    "nothing to send": "portfolio",
    "no answer": "steps/repeat",
    "interview": "outcomes",
    "recruiter": "steps/check-in",
    "agency": "courtesy",
    "GDPR": "courtesy",
    "legal": "courtesy",
    "does it work": "why",
    "evidence": "why",
    "Motorola": "story",
    "hired elsewhere": "attitude",
    "snooze": "reference/comments",
    "wrong file": "if-something-goes-wrong",
    "passphrase": "using/dashboard",
    "phone": "using/phone",
    "GitHub": "using/github",
    "print a letter": "using/printing",
    "export": "using/leaving",
    "forget a person": "using/leaving",
    "own words": "using/recipes",
    "exit codes": "reference/exit-codes",
    "coach": "coaches",
}
FIRST = 3


def found(page: Page, guide: str, query: str) -> list[str]:
    """Type a query, and give the pages that come up, in order."""
    page.goto(f"{guide}/?q={query.replace(' ', '+')}")
    link = page.locator(".md-search-result__item > .md-search-result__link")
    link.first.wait_for(state="attached", timeout=10_000)
    addresses = [str(each.get_attribute("href")) for each in link.all()]
    names = (each.partition("?")[0].partition("#")[0] for each in addresses)
    pages = (each.removeprefix(guide).strip("./") for each in names)
    return list(dict.fromkeys(pages))


def test_what_people_type_leads_to_the_page_that_answers_it(
    browser: Browser, guide: str
) -> None:
    assert len(QUERIES) >= 30
    page = browser.new_page()
    misses = {
        query: pages[:FIRST]
        for query, wanted in QUERIES.items()
        if wanted not in (pages := found(page, guide, query))[:FIRST]
    }
    page.close()
    assert not misses
