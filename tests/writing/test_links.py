"""Links that open a mail: whole where they fit, never too long, never broken."""

from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from pipeline.writing.links import LONGEST, gmail, mailto, outlook
from tests.writing.situations import written

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)
SAFE = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?@=&%")


def read(link: str) -> dict[str, str]:
    query = parse_qs(urlsplit(link).query, keep_blank_values=True, strict_parsing=True)
    return {name: values[0] for name, values in query.items()}


@given(subject=ANY, body=ANY)
def test_a_mail_program_reads_back_what_was_written(subject: str, body: str) -> None:
    link = mailto("dana.okafor@example.com", subject, body)
    assert set(link) <= SAFE
    assert len(link) < LONGEST == 2000
    found = read(link)
    assert found["subject"] == subject
    if "body" in found:
        assert found["body"].replace("\r\n", "\n") == body.replace("\r\n", "\n")


@given(subject=ANY, body=ANY)
def test_browsers_read_back_what_was_written(subject: str, body: str) -> None:
    for make, names in ((gmail, ("to", "su")), (outlook, ("to", "subject"))):
        link = make("dana.okafor@example.com", subject, body)
        assert set(link) <= SAFE
        assert len(link) < LONGEST
        found = read(link)
        assert found[names[0]] == "dana.okafor@example.com"
        assert found[names[1]] == subject


def test_a_text_too_long_leaves_address_and_subject() -> None:
    link = mailto("dana@example.com", "One source", "ü" * 400)
    assert link == "mailto:dana@example.com?subject=One%20source"


def test_a_subject_too_long_leaves_the_address() -> None:
    assert mailto("dana@example.com", "ü" * 400, "x") == "mailto:dana@example.com"


def test_an_address_with_unusual_letters_stays_one_address() -> None:
    link = mailto("o'brien+jobs&more=all?x#y@example.com", "Hello", "x")
    assert link.startswith("mailto:o%27brien%2Bjobs%26more%3Dall%3Fx%23y@example.com?")


def test_lines_end_as_mail_wants_them() -> None:
    assert "Hello%0D%0A%0D%0ABye" in mailto("a@example.com", "s", "Hello\n\nBye")


def test_the_links_of_a_message_carry_its_text() -> None:
    text = written("check_in", 0)
    assert text.whole
    assert read(text.mailto)["body"].replace("\r\n", "\n") == text.body
    assert read(text.gmail)["body"] == text.body
    assert read(text.outlook)["subject"] == text.subject


def test_without_an_address_there_is_no_link() -> None:
    text = written("check_in", 0, email=None)
    assert (text.mailto, text.gmail, text.outlook) == ("", "", "")
