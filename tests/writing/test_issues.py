"""Issues: what has to be done is short and comes first, everything else is folded."""

import re
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from pipeline.model import (
    Channel,
    Formality,
    Privacy,
    Share,
    Step,
    Titles,
    Tone,
    You,
)
from pipeline.planning.schedule import OpenIssue, schedule
from pipeline.writing.context import LONGEST_TITLE, Context
from pipeline.writing.desk import front_desk
from pipeline.writing.drafts import LINKEDIN
from pipeline.writing.issues import issue_text, reminder
from tests.factories import contact, day, document, event, settings, workspace
from tests.writing.situations import (
    HOLIDAYS,
    MAYA,
    TALK,
    context_of,
    no,
    person_for,
)

FOLDS = 4
LINES = 60  # an issue stays below
LINK = re.compile(r"\]\((mailto:[^)]*|https://(?:mail\.google|outlook)[^)]*)\)")
GREETED = event("2026-05-04", "sent", touch="check_in/1", channel=Channel.EMAIL)
OTHERS = (
    document("style-guide", title="API style guide", tags=("style",), pages=40),
    document("release-notes", title="Release notes that people read", pages=2),
    document("audit", title="Calibration audit", share=Share.REDACT_FIRST),
    document("award", title="Award of merit", share=Share.PRIVATE),
    document("german", title="Anleitungen", language="de"),
    document("offline", title="On paper", url=None, file="on-paper.pdf"),
)
POSTAL = "100 Example Road\nAustin, TX 78701"


def checking_in(**fields: object) -> Context:
    tracker = str(fields.pop("tracker", "github"))
    fields.setdefault("company", "Brightwater")
    fields.setdefault("rejections", (no(),))
    who = contact("dana-okafor", **fields)  # type: ignore[arg-type]
    return context_of(who, on="2026-05-01", step=Step.CHECK_IN, tracker=tracker)


def noting(**fields: object) -> Context:
    fields.setdefault("company", "Brightwater")
    fields.setdefault("rejections", (no(),))
    fields.setdefault("history", (GREETED,))
    who = contact("dana-okafor", **fields)  # type: ignore[arg-type]
    return context_of(
        who,
        on="2026-07-06",
        step=Step.PORTFOLIO_NOTE,
        documents=(TALK, *OTHERS),
    )


def everything() -> dict[str, object]:
    """Give what makes an issue as long as it can be."""
    return {
        "postal_address": POSTAL,
        "notes": "Two hours at the whiteboard.\nSecond of two.",
        "shared_before": ("style-guide",),
        "language": "sw",
        "rejections": (
            no(
                posting_url="https://example.com/jobs/1",
                reapply_after=day("2026-08-01"),
                assumed=True,
            ),
        ),
    }


def all_contexts() -> Iterator[Context]:
    replied = event("2026-05-06", "replied", tone=Tone.WARM, text="In the autumn.")
    gone = event("2026-05-20", "moved", company="Northgate")
    for channel in Channel:
        for formality in Formality:
            style = {"channel": channel, "formality": formality}
            yield checking_in(**everything(), **style)
            yield checking_in(**style, email=None)
            for history in ((GREETED,), (GREETED, replied), (GREETED, replied, gone)):
                yield noting(**everything(), **style, history=history)
            for kind in ("referred", "successor"):
                people = person_for(kind, **style)
                step = Step.PORTFOLIO_NOTE
                yield context_of(*people, on="2026-06-05", step=step)
                yield context_of(*people, on="2026-06-05", step=step, documents=())
            yield noting(**style, shared_before=("one-source", "release-notes"))


CONTEXTS = list(all_contexts())


@pytest.mark.parametrize("number", range(len(CONTEXTS)))
def test_an_issue_has_few_folds_few_lines_and_sound_links(number: int) -> None:
    text = issue_text(CONTEXTS[number])
    managed = text.managed
    assert managed.count("<details>") == managed.count("</details>") <= FOLDS
    assert managed.count("\n") + 1 < LINES
    for link in LINK.findall(managed):
        assert len(link) < 2000
        assert re.fullmatch(r"[\w\-.~:/?@=&%+]+", link, re.ASCII)
    assert len(text.title) <= LONGEST_TITLE


@pytest.mark.parametrize("number", range(len(CONTEXTS)))
def test_what_has_to_be_done_stands_in_order_above_the_folds(number: int) -> None:
    context = CONTEXTS[number]
    above, _, _ = issue_text(context).managed.partition("<details>")
    blocks = [each for each in above.split("\n\n") if each.strip()]
    assert len(blocks[0].split("\n")) == 1
    assert "2026" in blocks[0]
    assert above.count("mailto:") <= 1
    assert above.index("1. ") < above.index("2. ") < above.index("3. ")
    if "> " in above:
        assert above.index("\n>") < above.index("1. ")
        assert "3. Close this issue" in above
        assert "Change a word so that it sounds like you. Send." in above or (
            context.touch.channel is Channel.POST
        )
    assert "/snooze 2 weeks" in blocks[-1]
    assert "not planned" in blocks[-1]


def test_the_title_says_it_all() -> None:
    assert issue_text(checking_in()).title == (
        "A short mail to Dana Okafor · Brightwater · by 30 May"
    )
    assert issue_text(noting()).title == (
        "A document for Dana Okafor · Brightwater · by 4 Sep"
    )
    titles = {
        channel: issue_text(checking_in(channel=channel)).title for channel in Channel
    }
    assert titles[Channel.POST].startswith("A card to Dana Okafor · Brightwater · by ")
    assert titles[Channel.LINKEDIN].startswith("A LinkedIn note to Dana Okafor · ")


def test_initials_are_all_a_title_says_if_wanted() -> None:
    hidden = settings(you=MAYA, quiet=(), privacy=Privacy(titles=Titles.INITIALS))
    for step, on in (
        (Step.CHECK_IN, "2026-05-01"),
        (Step.SELF_ASSESSMENT, "2026-02-01"),
    ):
        title = issue_text(
            context_of(
                contact(company="Brightwater", rejections=(no(),)),
                on=on,
                step=step,
                settings=hidden,
            )
        ).title
        assert "Dana" not in title
        assert "Brightwater" not in title


def test_a_title_of_endless_names_keeps_its_date() -> None:
    title = issue_text(checking_in(company="Brightwater " * 40)).title
    assert len(title) <= LONGEST_TITLE
    assert title.endswith(" · by 30 May")


def test_without_an_address_it_is_asked_for_first() -> None:
    text = issue_text(checking_in(email=None)).managed
    assert text.index("First, an address for Dana") < text.index("> Hello Dana")
    assert "mailto:" not in text


def test_who_is_local_closes_from_the_command_line() -> None:
    text = issue_text(checking_in(tracker="local")).managed
    assert "`./notyet close`" in text
    assert "not planned" not in text


def test_a_letter_says_what_to_write_by_hand_what_to_enclose_and_where_to() -> None:
    text = issue_text(noting(channel=Channel.POST, postal_address=POSTAL)).managed
    assert "Write the words above by hand" in text
    assert "Print *One source, four manuals* (12 pages)" in text
    assert "Post it to **Dana Okafor, Brightwater, 100 Example Road, Austin," in text
    assert "mailto:" not in text.partition("<details>")[0]


def test_paper_is_offered_beside_a_mail_where_the_address_is_known() -> None:
    assert "/sent via post" in issue_text(noting(postal_address=POSTAL)).managed
    assert "/sent via post" not in issue_text(noting()).managed


@pytest.mark.parametrize(
    ("postal", "shown"),
    [
        (POSTAL, "Dana Okafor, Northgate, 100 Example Road, Austin, TX 78701"),
        (f"Northgate\n{POSTAL}", "Dana Okafor, Northgate, 100 Example Road, Austin"),
        (f"Dana Okafor\nNorthgate\n{POSTAL}", "Dana Okafor, Northgate, 100 Example"),
        (f"Dana Okafor\nBrightwater\n{POSTAL}", ""),
    ],
)
def test_a_letter_does_not_go_to_the_old_company(postal: str, shown: str) -> None:
    gone = event("2026-05-20", "moved", company="Northgate")
    context = noting(
        channel=Channel.POST, postal_address=postal, history=(GREETED, gone)
    )
    assert context.address.startswith(shown)
    text = issue_text(context).managed
    if not shown:
        assert "First, the address of Dana at Northgate" in text
        assert "Example Road" not in text


def test_a_linkedin_note_fits_and_its_profile_is_a_link() -> None:
    text = issue_text(
        noting(channel=Channel.LINKEDIN, linkedin="www.linkedin.com/in/dana")
    ).managed
    quoted = "\n".join(re.findall(r"^> ?(.*?) *$", text, re.MULTILINE))
    assert 0 < len(quoted.replace("<", "").replace(">", "")) <= LINKEDIN
    assert "[Open the profile](https://www.linkedin.com/in/dana)" in text


def test_each_other_document_has_its_own_mail_and_reason() -> None:
    text = issue_text(noting()).managed
    assert "*One source, four manuals* comes first: " in text
    offered = re.findall(r"\[Send \*(.*?)\* instead\]\(mailto:(.*?)\): (.*)", text)
    assert len(offered) == 2
    assert all(reason.strip() for _, _, reason in offered)
    assert all("body=" in each[1] for each in offered)
    assert "comment `/sent with release-notes` and close" in text
    assert "something in it has to be blacked out first" in text


def test_a_file_to_attach_is_named() -> None:
    who = contact(company="Brightwater", rejections=(no(),), history=(GREETED,))
    text = issue_text(
        context_of(
            who,
            on="2026-07-06",
            step=Step.PORTFOLIO_NOTE,
            documents=(OTHERS[-1],),
        )
    ).managed
    assert "Attach `portfolio/files/on-paper.pdf`." in text
    assert "On paper (attached)" in text


def test_without_a_document_the_issue_is_about_making_one() -> None:
    who = contact(company="Brightwater", rejections=(no(),), history=(GREETED,))
    context = context_of(who, on="2026-07-06", step=Step.PORTFOLIO_NOTE, documents=())
    text = issue_text(context)
    assert text.title == "One page to write for Dana Okafor · Brightwater · by 4 Sep"
    assert "- bringing the calibration manuals into one source" in text.managed
    assert "mailto:" not in text.managed


def test_applying_again_comes_with_a_note_of_its_own() -> None:
    open_again = no(posting_url="https://example.com/jobs/1")
    text = issue_text(checking_in(rejections=(open_again,))).managed
    assert "[the position](https://example.com/jobs/1) is advertised again" in text
    (link,) = re.findall(r"\[send these lines with it\]\((mailto:[^)]*)\)", text)
    assert "applied" in link
    assert "send these lines" not in issue_text(checking_in()).managed


def test_why_now_tells_the_story_the_checks_and_what_comes_next() -> None:
    text = issue_text(checking_in(shared_before=("one-source",))).managed
    assert (
        "Brightwater said no on 30 January 2026, after the interview; someone" in text
    )
    assert "see that Dana is still there" in text
    assert "Sent to Dana so far: nothing. Dana has *One source, four manuals*" in text
    assert "Next: a document with a short note, about " in text


def test_nothing_can_be_copied_while_nobody_signs() -> None:
    """An issue may be open when settings.yml breaks; its text then steps back."""
    context = checking_in()
    context = context_of(context.contact, on="2026-05-01", step=Step.CHECK_IN, you=None)
    text = issue_text(context)
    assert "`/me NAME; MAIL; ZONE`" in text.managed
    assert "Hello Dana" not in text.managed
    assert text.title == issue_text(checking_in()).title


def test_a_language_without_texts_is_said() -> None:
    assert "no texts in `sw` yet" in issue_text(checking_in(language="sw")).managed


def test_what_opens_late_names_no_day_that_is_over() -> None:
    """Whoever begins writes down old rejections first."""
    for step in (Step.CHECK_IN, Step.SELF_ASSESSMENT):
        who = contact("dana-okafor", company="Brightwater", rejections=(no(),))
        text = issue_text(
            context_of(who, on="2026-07-20", step=step, opened="2026-07-20")
        )
        assert "by 30 May" not in text.title
        assert "until" not in text.managed.partition("\n")[0]
        assert "on any day that suits you" in text.managed
    text = issue_text(
        context_of(who, on="2026-07-20", step=Step.CHECK_IN, opened="2026-07-20")
    )
    assert "on any day that suits you; it is still fine to send." in text.managed
    assert "Next: a document with a short note, about 21 September 2026" in text.managed


def test_no_text_depends_on_the_day_it_is_made() -> None:
    who = contact(company="Brightwater", rejections=(no(),))
    texts = {
        issue_text(context_of(who, on=on, step=Step.CHECK_IN)).managed
        for on in ("2026-03-01", "2026-05-01", "2026-12-01")
    }
    assert len(texts) == 1


def test_the_reminder_names_the_date_both_ways_out_and_that_it_is_the_last() -> None:
    text = reminder(checking_in())
    assert "Dana Okafor" in text
    assert "Saturday 30 May 2026" in text
    assert "still fine to send" in text
    assert "/snooze" in text
    assert "/skip" in text
    assert "only reminder" in text


# --- issues that ask -----------------------------------------------------------


def test_the_four_questions_are_asked_without_any_form_syntax() -> None:
    who = contact(company="Brightwater", rejections=(no(),))
    text = issue_text(context_of(who, on="2026-02-01", step=Step.SELF_ASSESSMENT))
    assert text.title == "Four questions about Brightwater, for you"
    assert len(re.findall(r"^### ", text.yours, re.MULTILINE)) == 4
    assert "Any text is an answer, and none is one too" in text.managed
    assert "Everyone with access to this repository can read it" in text.managed
    assert len(text.managed.split("\n")) < 10


def test_who_has_no_name_is_asked_for_kindly() -> None:
    who = replace(contact(company="Acme", rejections=(no(),)), name="")
    text = issue_text(context_of(who, on="2026-02-01", step=Step.SELF_ASSESSMENT))
    assert "There is nobody to write to yet" in text.managed


def test_your_call_offers_three_boxes_and_no_blame() -> None:
    sent = [
        event(on, "sent", touch=touch)
        for on, touch in (
            ("2026-05-01", "check_in/1"),
            ("2026-07-06", "portfolio_note/1"),
            ("2026-11-06", "portfolio_note/2"),
        )
    ]
    who = contact(company="Brightwater", rejections=(no(),), history=tuple(sent))
    text = issue_text(context_of(who, on="2027-03-10", step=Step.YOUR_CALL))
    assert (
        text.title == "Your call: Dana Okafor · Brightwater · three messages, no answer"
    )
    assert text.yours.count("- [ ] ") == 3
    assert "says nothing about your work" in text.managed
    assert "should" not in text.managed


def test_the_sender_of_every_issue_is_the_user() -> None:
    other = You(name="Wei Chen", email="wei@example.com")
    who = contact(company="Brightwater", rejections=(no(),))
    text = issue_text(
        context_of(who, on="2026-05-01", step=Step.CHECK_IN, you=other)
    ).managed
    assert "Wei Chen" in text
    assert "Maya" not in text


# --- the front desk ------------------------------------------------------------


def test_four_questions_to_oneself_are_nothing_to_send() -> None:
    late = contact("lee-park", rejected_on="2026-01-30")
    place = workspace(late, settings=settings(you=MAYA, quiet=()))
    opened = {"lee-park/self_assessment/1": OpenIssue(3, day("2026-02-01"))}
    text = front_desk(place, schedule(place, day("2026-04-01"), HOLIDAYS, opened))
    (line,) = (each for each in text.managed.splitlines() if "#3" in each)
    assert line.startswith("- #3 · four questions to yourself, about ")
    assert "send" not in line
