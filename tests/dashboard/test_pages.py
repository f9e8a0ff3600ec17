"""The pages as the browser gets them: complete, escaped, in a person's words."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dashboard.pages import VIEWS, Pack
from pipeline.dashboard.views.board import EXACT_UP_TO
from pipeline.model import Channel, Event, EventKind, Step, TouchRef
from tests.dashboard.boards import pack, sample, sample_pack
from tests.factories import contact, day, document, event, rejection, workspace
from tests.samples.test_words import words_from_inside

TAGS = re.compile(r"<[^>]+>")


class Read(HTMLParser):
    """Every element, attribute and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def page(made: Pack, name: str) -> str:
    """Give the text of a page, blanks made one."""
    return " ".join(Read(made.pages[name].html).text.split())


def test_every_view_is_there_and_named() -> None:
    made = sample_pack()
    assert made.nav == tuple(name for name, _ in VIEWS)
    for name in made.nav:
        assert made.pages[name].title
        assert "<h2>" in made.pages[name].html


def test_without_settings_no_page_says_that_nothing_is_due_or_nobody_is_there() -> None:
    made = pack(
        workspace(contact(), can_tell=False, frozen=frozenset({contact().slug}))
    )
    assert list(made.pages) == list(made.nav) == ["today"]
    assert "No date can be told until settings.yml is mended." in page(made, "today")
    assert not made.people


def test_every_link_within_leads_to_a_page_and_tells_nobody_s_name() -> None:
    made = sample_pack()
    for name, each in made.pages.items():
        for link in re.findall(r'href="#/([^"]*)"', each.html):
            assert link in made.pages, f"{name}: {link}"
    assert {re.sub(r"\d+", "0", name) for name in made.pages} <= {
        *made.nav,
        *("p0", "timeline/0", "portfolio/0"),
    }


def test_no_page_speaks_the_words_of_the_engine() -> None:
    for name, each in sample_pack().pages.items():
        text = TAGS.sub("\n", each.html)
        assert words_from_inside(text) == [], name


def test_no_page_holds_a_script_or_a_style_of_its_own() -> None:
    for each in sample_pack().pages.values():
        read = Read(each.html)
        assert not {"script", "style", "iframe", "img", "form"} & set(read.elements)
        names = {name for name, _ in read.attributes}
        assert not [name for name in names if name.startswith("on") or name == "style"]


NASTY = st.text(min_size=1, max_size=30).map(lambda t: f"<b onclick=x>&'\"{t}</b>")


@given(NASTY, NASTY)
def test_whatever_stands_in_a_file_is_shown_and_never_obeyed(
    name: str, said: str
) -> None:
    replied = event("2026-05-06", "replied", text=said)
    sent = event("2026-05-04", "sent", touch="check_in/1", document="one-source")
    person = contact(
        name=name,
        company=said,
        notes=said,
        tags=(said,),
        rejections=(rejection(position=name, topics=(said,), needs=(said,)),),
        history=(sent, replied),
    )
    made = pack(workspace(person, documents=(document(title=name),)))
    for each in made.pages.values():
        assert not [n for n, _ in Read(each.html).attributes if n == "onclick"]
        assert "<b onclick" not in each.html


@pytest.mark.parametrize("kind", EventKind)
def test_a_story_has_a_sentence_for_every_event(kind: EventKind) -> None:
    told = Event(
        date=day("2026-05-04"),
        event=kind,
        touch=TouchRef(Step.CHECK_IN, 1),
        until=day("2026-09-01"),
        document="one-source",
        to="lee-park",
        company="Elsewhere {Ltd}",
        source="x",
        of="y",
    )
    made = pack(workspace(contact(history=(told,)), documents=(document(),)))
    if kind is not EventKind.UNDONE:
        assert "4 May 2026" in page(made, "p1")
    assert "{first}" not in page(made, "p1")


def test_with_more_people_than_can_be_worked_out_the_page_says_so() -> None:
    people = [contact(f"p-{n}", "2026-03-01") for n in range(EXACT_UP_TO + 1)]
    made = pack(workspace(*people))
    assert made.calendar == ""
    assert "notyet calendar" in page(made, "calendar")
    assert "only the next date" in page(made, "p1")
    assert len(made.people) == EXACT_UP_TO + 1
    assert made.pages["timeline"].html.count("<li>") == 30
    assert "timeline/14" in made.pages


def test_the_calendar_of_the_sample_holds_everyone_s_next_date() -> None:
    made = sample_pack().calendar
    assert made.startswith("BEGIN:VCALENDAR")
    assert "Dana Okafor" in made


def test_a_person_s_page_tells_it_all() -> None:
    made = sample_pack()
    slugs = list(sample().contacts)
    told = page(made, f"p{slugs.index('samir-haddad') + 1}")
    for part in (
        "Northgate Health said no to you as API Documentation Lead",
        "You sent a short mail.",
        "Prepared for tools, was asked about people.",
        "The next 24 months",
        "Docs as code, two years in, from before",
        "samir.haddad@example.org",
        "The next draft",
        "Hello Samir,",
    ):
        assert part in told


def test_the_next_letter_is_a_kit_to_print() -> None:
    made = pack(sample(), "2027-01-04")
    lines = ("Rosa Quintero", "Terrace Water", "100 Example Road", "Austin, TX 78701")
    assert f"<address>{'<br>'.join(lines)}<br></address>" in made.pages["print"].html
    assert "To write by hand" in page(made, "print")
    assert "Nothing is to be posted today" in page(sample_pack(), "print")


def test_a_letter_without_an_address_asks_for_it() -> None:
    person = contact(channel=Channel.POST)
    told = page(pack(workspace(person), "2026-05-05"), "print")
    assert "A postal address is still missing" in told
