"""Nothing that came from a file, a form or a comment can mean anything in an issue.

The rendered Markdown is parsed, and what a hostile name makes of it is compared with
what a harmless one does: the same headings, links, boxes and folds, and no word that
GitHub would turn into a mention, a reference or a link afterwards.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import settings as limited
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin
from msgspec.structs import replace

from pipeline.model import (
    Cause,
    Channel,
    Choice,
    Contact,
    Event,
    Problem,
    Settings,
    Share,
    Step,
    Titles,
    Tone,
    Workspace,
    You,
)
from pipeline.planning.preview import preview
from pipeline.planning.schedule import schedule
from pipeline.writing.answers import Answer, answer
from pipeline.writing.desk import front_desk
from pipeline.writing.escape import block, code, fence, inline, link, plain
from pipeline.writing.issues import issue_text, reminder
from pipeline.writing.occasions import AnswerKind
from tests.factories import contact, day, document, event, settings
from tests.factories import workspace as holding
from tests.writing.situations import HOLIDAYS, context_of, no, standing_of

NASTY = [
    "@octocat",
    "@org/team",
    "#12",
    "GH-12",
    "owner/repo#1",
    "owner/repo@1a2b3c4d5e6f",
    "1a2b3c4",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "GHSA-aaaa-bbbb-cccc",
    "CVE-2021-44228",
    "![x](https://evil.example/x.png)",
    "[x](javascript:alert(1))",
    "[x]: https://evil.example",
    "[^1]",
    "[ ]",
    "<https://evil.example>",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "</details>",
    "<details open>",
    "</summary>",
    "<!-- notyet:v1 key=a/check_in/1 gen=9 doc= digest=0.0 -->",
    "<!-- yours -->",
    "-->",
    "<!--",
    "```",
    "~~~",
    "`",
    "``",
    "**",
    "*",
    "_",
    "__init__",
    "~~",
    "$x$",
    "$",
    "\\",
    "\\`",
    "|",
    "\\|",
    "&lt;",
    "&#35;1",
    "&commat;octocat",
    "https://evil.example/x",
    "http://evil.example",
    "HTTPS://EVIL.EXAMPLE",
    "www.evil.example",
    "ftp://evil.example",
    "mailto:x@evil.example",
    "xmpp:x@evil.example",
    "x@evil.example",
    ":smile:",
    ":+1:",
    "# ",
    "## x",
    "- ",
    "+ ",
    "* ",
    "1. ",
    "1) ",
    "> ",
    "> [!WARNING]",
    "---",
    "===",
    "***",
    "- - -",
    "    x",
    "\n",
    "\n\n",
    "\r",
    "\t",
    "\x00",
    "\u200b",
    "\u202e",
    "\u2028",
    "\ufeff",
    "{{ you }}",
    "{% raw %}",
    "'",
    '"',
    "(",
    ")",
    "]",
    "!",
    "/stop",
    "é",
    "名前",
    "x",
    " ",
    "7",
]
_WORDS = st.lists(st.sampled_from(NASTY), min_size=1, max_size=5).map("".join)


def _says_something(text: str) -> bool:
    return any(each.isalnum() for each in text)


HOSTILE = _WORDS.filter(_says_something)
TIGHT = HOSTILE.map(lambda text: "".join(text.split())).map(
    lambda text: "".join(filter(str.isprintable, re.sub("[<>]", "", text))) + "x"
)


class Words(NamedTuple):
    """Every text that somebody else could have chosen."""

    name: str = "Quentin"
    company: str = "Quarry"
    position: str = "Quilter"
    topic: str = "quilting"
    notes: str = "quiet"
    reply: str = "quite"
    title: str = "Quilts"
    idea: str = "Quick"
    need: str = "quality"
    you: str = "Quinn"
    phone: str = "555"
    tail: str = "q"  # of addresses
    postal: str = "Quay"


WORDS = st.builds(
    Words,
    **{name: TIGHT if name == "tail" else HOSTILE for name in Words._fields},
)


class Place(NamedTuple):
    """A workspace in which everything is said by somebody else."""

    person: Contact
    place: Workspace
    fields: dict[str, Any]


def placed(words: Words, *history: Event, channel: Channel = Channel.EMAIL) -> Place:
    talk = document(
        "talk",
        title=words.title,
        tags=(words.need,),
        note_ideas=(words.idea,),
        url=f"https://example.com/{words.tail}",
        summary=words.topic,
    )
    other = document("other", title=words.title, url=None, file="other.pdf")
    closed = document("closed", title=words.title, share=Share.PRIVATE)
    who = contact(
        "quentin",
        name=words.name,
        company=words.company,
        email="quentin@example.com",
        address_as=words.name,
        notes=words.notes,
        channel=channel,
        linkedin=f"https://example.com/{words.tail}",
        postal_address=f"{words.postal}\n{words.postal}",
        shared_before=("closed",),
        rejections=(
            no(
                position=words.position,
                topics=(words.topic,),
                needs=(words.need,),
                cause=Cause.SOMEONE_HIRED,
                posting_url=f"https://example.com/{words.tail}",
            ),
        ),
        history=history,
    )
    you = You(
        name=words.you,
        phone=words.phone,
        link=f"https://example.com/{words.tail}",
        email="quinn@example.com",
    )
    chosen: Settings = settings(you=you, quiet=())
    documents = (talk, other, closed)
    place = holding(who, documents=documents, settings=chosen)
    return Place(who, place, {"documents": documents, "settings": chosen})


def written(
    words: Words, channels: Iterable[Channel] = Channel
) -> Iterator[tuple[str, str]]:
    """Give every text we write, with its name: issues, answers, desk, reminder."""
    sent = event("2026-05-04", "sent", touch="check_in/1", document="talk")
    replied = event("2026-05-06", "replied", tone=Tone.WARM, text=words.reply)
    gone = event("2026-05-20", "moved", company=words.company)
    steps = [
        ("2026-02-01", Step.SELF_ASSESSMENT, ()),
        ("2026-05-01", Step.CHECK_IN, ()),
        ("2026-07-06", Step.PORTFOLIO_NOTE, (sent,)),
        ("2026-11-06", Step.PORTFOLIO_NOTE, (sent, replied)),
        ("2026-11-06", Step.PORTFOLIO_NOTE, (sent, replied, gone)),
        ("2028-03-06", Step.YOUR_CALL, (sent, *_two_more())),
    ]
    for channel in channels:
        for on, step, history in steps:
            found = placed(words, *history, channel=channel)
            context = context_of(found.person, on=on, step=step, **found.fields)
            text = issue_text(context)
            name = f"{step}-{channel}-{len(history)}"
            yield f"{name}-managed", text.managed
            yield f"{name}-reminder", reminder(context)
    empty = placed(words, sent)
    context = context_of(
        empty.person,
        on="2026-07-06",
        step=Step.PORTFOLIO_NOTE,
        settings=empty.fields["settings"],
        documents=(),
    )
    ideas = Choice(ideas=(words.need, words.topic))
    yield "create", issue_text(replace(context, choice=ideas)).managed
    yield from _answers(words)
    yield from _desk(words)


def _two_more() -> tuple[Event, Event]:
    return (
        event("2026-07-06", "sent", touch="portfolio_note/1", document="talk"),
        event("2026-11-06", "sent", touch="portfolio_note/2", document="other"),
    )


def _answers(words: Words) -> Iterator[tuple[str, str]]:
    happened = [
        event("2026-05-04", "sent", touch="check_in/1", document="talk"),
        event("2026-05-04", "replied", tone=Tone.WARM, text=words.reply),
        event("2026-05-04", "referred", to="quentin"),
        event("2026-05-04", "moved", company=words.company),
        event("2026-05-04", "hired_here"),
        event("2026-05-04", "hired_elsewhere"),
        event("2026-05-04", "stop"),
        event("2026-05-04", "shared", document="talk"),
        event("2026-05-04", "note", text=words.notes),
    ]
    for each in happened:
        found = placed(words, each)
        said = Answer(
            kind=AnswerKind.ORDER,
            contact=found.person,
            standing=standing_of(found.place, "quentin", day("2026-05-05")),
            event=each,
            newcomer=words.name,
        )
        yield f"answer-{each.event}", answer(found.place, said)
        yield (
            f"undone-{each.event}",
            answer(found.place, replace(said, kind=AnswerKind.UNDONE)),
        )
    found = placed(words)
    said = Answer(
        kind=AnswerKind.WELCOME,
        contact=found.person,
        standing=standing_of(found.place, "quentin", day("2026-02-01")),
        plan=preview(found.place, "quentin", day("2026-02-01"), HOLIDAYS),
        recent=True,
    )
    yield "welcome", answer(replace(found.place, contacts={}), said)
    yield (
        "misread",
        answer(
            found.place,
            Answer(
                kind=AnswerKind.MISREAD,
                line=words.reply,
                detail=words.notes.replace("`", "'"),
            ),
        ),
    )
    yield (
        "which",
        answer(found.place, Answer(kind=AnswerKind.WHICH, candidates=("quentin",))),
    )


def _desk(words: Words) -> Iterator[tuple[str, str]]:
    found = placed(words)
    problem = Problem(
        path="contacts/x.yml",
        message=f"no date (got {words.notes})",
        remedy="write one",
    )
    nameless = contact("acme", name="Q", company=words.company)
    place = replace(
        found.place,
        contacts={**found.place.contacts, "acme": replace(nameless, name="")},
        problems=(problem,),
    )
    for on in ("2026-02-01", "2026-05-01"):
        plan = schedule(place, day(on), HOLIDAYS)
        yield f"desk-{on}", front_desk(place, plan).managed


# --- what GitHub does ----------------------------------------------------------


def parsed(text: str) -> list[Token]:
    """Parse Markdown as GitHub does, and lay the tokens out in one row."""
    markdown = (
        MarkdownIt("gfm-like", {"linkify": False, "html": True})
        .use(tasklists_plugin)
        .use(footnote_plugin)
    )
    row: list[Token] = []
    for token in markdown.parse(text):
        row += [token] if token.children is None else [token, *token.children]
    return row


def shape(row: list[Token]) -> list[tuple[str, str]]:
    """Give what a text is made of, words and lines aside; HTML is ours alone."""
    return [
        (each.type, each.content if each.type.startswith("html") else each.tag)
        for each in row
        if each.type not in ("text", "softbreak", "hardbreak")
    ]


def words_of(row: list[Token]) -> Iterator[str]:
    """Give the runs of text in which GitHub looks for mentions and the like."""
    for number, each in enumerate(row):
        if each.type == "text" and row[number - 1].info != "auto":
            yield each.content


LATER = re.compile(
    r"@\w"
    r"|#\d"
    r"|\bgh-\d"
    r"|\b(ghsa|cve)-\w"
    r"|\b(?=\w*[a-f])[0-9a-f]{7,40}\b"
    r"|(?:https?|ftp|mailto|xmpp):\S"
    r"|\bwww\.\S"
    r"|:[\w+-]+:",
    re.IGNORECASE,
)
OWN_NUMBERS = re.compile(r"^#\d+ · ")


def twins() -> list[dict[str, str]]:
    """Give the harmless texts for each wording; the name says whose turn it is."""
    found: dict[int, dict[str, str]] = {}
    for letter in "abcdef":
        words = Words(name=f"Quentin{letter}")
        found[turn_of(words)] = dict(written(words))
    return [found[turn] for turn in range(6)]


def turn_of(words: Words) -> int:
    return sum(" ".join(words.name.split()).encode()) % 6


SHAPES = [
    {name: shape(parsed(text)) for name, text in each.items()} for each in twins()
]


def check(words: Words, channels: Iterable[Channel] = Channel) -> None:
    for name, text in written(words, channels):
        row = parsed(text)
        if shape(row) != SHAPES[turn_of(words)][name]:
            pytest.fail(f"{name} is not what it is with harmless words:\n{text}")
        runs = (OWN_NUMBERS.sub("", run) for run in words_of(row))
        assert [found for found in map(LATER.search, runs) if found] == [], name
        targets = [str(each.attrs.get("href", "https://")) for each in row]
        assert all(each.startswith(("https://", "mailto:")) for each in targets), name
        assert "<!--" not in text, name
        assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2028]", text), name


FEWER = limited(max_examples=limited().max_examples // 4)  # each makes 60 texts


@FEWER
@given(WORDS, st.sampled_from(Channel))
def test_whatever_people_are_called_every_text_keeps_its_shape(
    words: Words, channel: Channel
) -> None:
    check(words, [channel])


@pytest.mark.parametrize("nasty", [each for each in NASTY if _says_something(each)])
def test_each_trick_alone_does_nothing_anywhere(nasty: str) -> None:
    tight = re.sub(r"[\s<>]", "", nasty)
    words = Words(
        **{name: tight if name == "tail" else nasty for name in Words._fields}
    )
    check(words, [Channel.EMAIL])


@FEWER
@given(WORDS)
def test_no_title_can_call_anybody_or_hold_a_mark(words: Words) -> None:
    for titles in Titles:
        found = placed(words)
        chosen = replace(
            found.fields["settings"], privacy=replace(settings().privacy, titles=titles)
        )
        for on, step in (
            ("2026-02-01", Step.SELF_ASSESSMENT),
            ("2026-05-01", Step.CHECK_IN),
        ):
            title = issue_text(
                context_of(found.person, on=on, step=step, settings=chosen)
            ).title
            assert not LATER.search(title)
            assert "<!--" not in title
            assert "`" not in title
            assert title == " ".join(title.split())
            assert title.replace("\u200b", "").isprintable()


# --- the parts -----------------------------------------------------------------

ANY = st.one_of(HOSTILE, st.text(st.characters(exclude_categories=["Cs"]), max_size=60))


def seen(text: str) -> str:
    """Give what a reader sees of a text: no blanks, and nothing invisible."""
    return "".join(each for each in text if each.isprintable() and not each.isspace())


@given(ANY)
def test_one_line_shows_exactly_what_was_written(text: str) -> None:
    row = parsed(f"x {inline(text)} x")
    assert {each.type for each in row} <= {
        "paragraph_open",
        "inline",
        "text",
        "paragraph_close",
    }
    kept = "".join(each.content for each in row if each.type == "text")
    assert seen(kept) == seen(f"x{text}x")


@given(ANY)
def test_several_lines_stay_lines_of_one_paragraph(text: str) -> None:
    lines = [each for each in block(text).split("\n") if each]
    kinds = {each.type for each in parsed("\n".join(lines))}
    assert kinds <= {
        "paragraph_open",
        "inline",
        "text",
        "softbreak",
        "paragraph_close",
    }


@given(ANY)
def test_a_fence_holds_whatever_is_put_into_it(text: str) -> None:
    row = [
        each for each in parsed(f"before\n{fence(text)}\nafter") if each.type == "fence"
    ]
    assert len(row) == 1
    assert seen(row[0].content) == seen(text.replace("<!--", "<! --"))


@given(ANY)
def test_a_code_span_holds_whatever_is_put_into_it(text: str) -> None:
    if seen(code(text)).strip("`"):
        kinds = [each.type for each in parsed(f"x {code(text)} x")]
        assert kinds.count("code_inline") == 1


@given(HOSTILE, TIGHT)
def test_a_link_goes_where_it_says_or_is_none(text: str, tail: str) -> None:
    made = parsed(f"x {link(text, f'https://example.com/{tail}')} x")
    assert [each.type for each in made].count("link_open") == 1
    for address in ("javascript:alert(1)", f"data:{tail}", f"//{tail}", tail):
        if not re.match(r"(https?://|mailto:)", address):
            row = parsed(f"x {link(text, address)} x")
            assert "link_open" not in [each.type for each in row]


@given(ANY)
def test_a_remedy_keeps_our_code_and_nothing_else(text: str) -> None:
    said = Answer(kind=AnswerKind.REFUSED, detail=f"write `x`, not {text}")
    kinds = {each.type for each in parsed(answer(holding(), said))}
    assert kinds <= {
        "paragraph_open",
        "inline",
        "text",
        "code_inline",
        "paragraph_close",
    }


@given(ANY)
def test_a_title_is_one_plain_line(text: str) -> None:
    assert not LATER.search(plain(text))
    assert "\n" not in plain(text)
