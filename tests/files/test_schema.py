"""Every mistake in a file: where it is, what was found, what to write.

The file stands in the docstring where it is short; `^` marks nothing, the expected
place is written out as line:column.
"""

import pytest

from pipeline.files.explain import LARGEST
from pipeline.files.schema import read_contact, read_document, read_settings
from pipeline.model import Cause, Channel, Severity

HEAD = "name: Jana\ncompany: Example\nposition: Lead\nrejected_on: 2026-01-30\n"


def problems(text: str | bytes) -> list[str]:
    data = text if isinstance(text, bytes) else text.encode()
    contact, found = read_contact(data, "x.yml", "x")
    if any(each.severity is Severity.ERROR for each in found):
        assert contact is None
    else:
        assert contact is not None
    return [str(each).removeprefix("x.yml:") for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1:1: the file is empty"),
        ("# later\n", "1:1: the file is empty"),
        ("- Jana\n", "1:1: the file does not consist of `field: text` lines"),
        ("name: Jana: the best\n", "1:11: a colon followed by a blank"),
        ("name: @jana\n", '1:7: a text begins with @; put it between double quotes: "'),
        ("name: `jana`\n", "1:7: a text begins with a backtick"),
        ("name: %jana\n", "1:7: a text begins with %"),
        ("\tname: Jana\n", "1:1: a tab is used as blank space"),
        ("name: 'Jana\n", "1:7: a quotation mark is opened and never closed"),
        ('name: "Jana" M\n', "1:14: a text goes on after its closing quotation mark"),
        ("name: Jana\nMuster\ncompany: x\n", "2:1: this line has no colon"),
        ("tags: [a, b\nname: x\n", "1:7: a list or braces are opened"),
        ('notes: "a\\d"\n', "1:10: a backslash between double quotes"),
        ("name: &a Jana\n", "1:7: an anchor (got '&a')"),
        ("name: *a\n", "1:7: an alias (got '*a')"),
        ("name: !x Jana\n", "1:7: a tag (got '!x')"),
        ("<<: {a: b}\n", "1:1: a merge key (got '<<')"),
        ("name: Jana\n---\nname: Ana\n", "2:1: a second document begins here"),
        ("? [a]\n: b\n", "1:3: the name of a field is missing here"),
        (f"{HEAD}name: Ana\n", "5:1: name: given twice (got it first in line 1)"),
        ("<<<<<<< HEAD\nname: A\n=======\nname: B\n>>>>>>> x\n", "1:1: two versions"),
        (f"{HEAD}notes: {'[' * 30}{']' * 30}\n", "5:8: notes: one text expected"),
        (f"notes: {'[' * 300}\n", "1:27: the nesting is too deep"),
        (f"{HEAD}tags:\n\t- a\n", "6:1: a tab is used as blank space; replace the"),
        (f"{HEAD}\tnotes: a\n", "5:1: a tab is used as blank space; replace the tab"),
        ("\ufeffname: a\n\tcompany: b\n", "2:1: a tab is used as blank space"),
        ("name: *great* talk\n", "1:7: a text begins with *; put the whole text"),
        ("name: ! x\n", "1:7: a tag (got '!'); put the whole text between double"),
        ("name: !!str x\n", "1:7: a tag (got '!!str')"),
        ("name: x\n! company: y\n", "2:1: a tag (got '!')"),
        ("%name: x\n", "1:1: a text begins with %; put it between double quotes"),
        ("name: > x\n", "1:7: a text begins with > or |; put the whole text"),
        ("name: - x\n", "1:7: a text begins with a dash; put the whole text between"),
        ("name: [sic] x\n", "1:13: a text goes on after its closing bracket"),
        ("tags: {a\nname: x\n", "1:7: a list or braces are opened"),
        ("a: x\n- b\n", "2:1: this line does not fit the lines above it"),
        ("tags:\n  - a\n  b\n", "3:3: this line has no colon after its first word"),
        (": x\n", "1:1: the name of a field is missing here; write `field: text`"),
        ("name:Jana\ncompany: x\n", "1:6: no blank after the colon; write `name: ..."),
        ("name:Jana\n# her\ncompany: x\n", "1:6: no blank after the colon; write `nam"),
        ("name: a\ntitle:Dr\n", "2:1: no colon with a blank behind the name of the"),
        ("name: a\ntitle = Dr\n", "2:1: no colon with a blank behind the name of"),
        ("name: a\ntitle = Dr\n", "write `title: Dr`"),
        ("name: Jana\n  company: x\n", "2:3: this line is indented too far; begin it"),
        ("  name: a\ncompany: b\n", "2:1: this line begins left of the lines above"),
        ("  name: a\ncompany: b\n", "begin every field in the same column (here 3)"),
        ("name: a\n...\nb: c\n", "3:1: text after the line of three dots that ends"),
        ("Jana Muster\n", "1:1: the file does not consist of `field: text` lines (got"),
        ("[a, b]\n", "(got a list); begin every line with the name of a field"),
        ("|||||||| x\n", "1:1: a text begins with > or |"),
        ("name: a\n||||||| 1f\n", "2:1: two versions of this file meet here: git"),
        ("\ufeff<<<<<<< HEAD\n", "1:1: two versions of this file meet here"),
        (f"{'x' * 2000}: y\n", "1:1: the name of a field is too long"),
        (f"name: a\n{'x' * 2000}: y\n", "2:1: the name of a field is too long"),
        ("1: x\n", "1: unknown field; delete the line, or write it as a sentence"),
    ],
)
def test_what_yaml_cannot_read_is_explained(text: str, expected: str) -> None:
    assert any(expected in each for each in problems(text))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"name: J\xfcrgen\n", "1:8: the file is not UTF-8 text (got byte 0xfc)"),
        (b"\xff\xfen\x00a\x00", "1:1: the file is not UTF-8 text (got UTF-16)"),
        (b"name: a\x00b\n", "1:8: a character that cannot be seen (got U+0000)"),
        (
            "name: a\n".encode("utf-16-le"),
            "1:1: the file is not UTF-8 text (got UTF-16)",
        ),
        ("name: ü\xffb".encode("latin-1"), "1:7: the file is not UTF-8 text (got byte"),
        (b"\xef\xbb\xbfname: \xff", "1:7: the file is not UTF-8 text (got byte 0xff)"),
        (
            b"name: a\xe2\x80\xa8b\n",
            "1:8: a character that cannot be seen (got U+2028)",
        ),
        (b"name: a\xc2\x85b\n", "1:8: a character that cannot be seen (got U+0085)"),
        (
            b"a: b\n\xef\xbb\xbfc: d\n",
            "2:1: a character that cannot be seen (got U+FEFF)",
        ),
        (b"x" * (LARGEST + 1), "1:1: the file is too large"),
        (b"a: &a [x]\n" + b"b: &b [*a, *a]\n" * 1000, "1:4: an anchor (got '&a')"),
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes, expected: str) -> None:
    assert problems(data)[0].startswith(expected)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("nmae: x", "5:1: nmae: unknown field; did you mean `name`?"),
        ("Email: a@example.com", "5:1: Email: unknown field; did you mean `email`?"),
        ("postal-address: x", "5:1: postal-address: unknown field; did you mean `post"),
        ("on: 2026-01-30", "5:1: on: unknown field; did you mean `rejected_on`?"),
        ("hobby: x", "5:1: hobby: unknown field; delete the line, or write it as a"),
        ("email: [a@example.com]", "5:8: email: one text expected (got a list); put"),
        (
            "email:\n  - a@example.com",
            "6:3: email: one text expected (got a list); writ",
        ),
        (
            "email: Jana <j@example.com>",
            "(got 'Jana <j@example.com>'); write j@example",
        ),
        ("email: mailto:j@example.com", "5:8: email: no mail address (got 'mailto:j@"),
        ("email: “j@example.com”", "5:8: email: no mail address (got '“j@example"),
        ("email: j@example.com.", "write j@example.com"),
        ("email: a@example.com / b@example.com", "write one, a@example.com or b@exam"),
        ("country: de", "5:10: country: no country (got 'de'); write its two capital"),
        ("country: de", "letters, such as DE"),
        ("language: NO", "5:11: language: no language (got 'NO'); write its code, suc"),
        ("posting_url: example.com/a", "write https://example.com/a"),
        ("tags: a, b", "5:7: tags: a list is expected (got 'a, b'); write [a, b]"),
        ("history: none", "5:10: history: a list of events is expected (got 'none')"),
        ("history: {a: b}", "5:10: history: a list of events is expected (got fields)"),
        ("attractiveness: 1.10", "5:17: attractiveness: no whole number (got '1.10')"),
        (
            "rejections: [{position: x}]",
            "5:14: rejections[0].rejected_on: missing; add `rejected_on: ...` between",
        ),
        ("email: jana", "5:8: email: no mail address (got 'jana'); write one like"),
        ("email: a@example.com, b@example.com", "5:8: email: no mail address"),
        ("country: Germany", "5:10: country: no country (got 'Germany')"),
        ("role: boss", "5:7: role: unknown (got 'boss'); write one of: hiring_manager"),
        ("channel: mail", "5:10: channel: unknown (got 'mail'); did you mean `email`?"),
        ("tags: writing", "5:7: tags: a list is expected (got 'writing')"),
        ("notes: [a]", "5:8: notes: one text expected (got a list)"),
        ("since: 2026-01-30", "1:1: referred_by: missing beside `since`"),
        ("referred_by: ana", "1:1: since: missing beside `referred_by`"),
        (
            "attractiveness: 9",
            "5:17: attractiveness: out of range (got 9); write 1 to 5",
        ),
        ("attractiveness: much", "5:17: attractiveness: no whole number (got 'much')"),
        ("assumed: perhaps", "5:10: assumed: neither true nor false (got 'perhaps')"),
        ("posting_url: example.com", "5:14: posting_url: no web address"),
        (
            "reapply_after: 2026-02-30",
            "5:16: reapply_after: no date (got '2026-02-30')",
        ),
        ("shared_before: [One Source]", "5:17: shared_before[0]: no file name of ours"),
    ],
)
def test_a_wrong_field_is_named_with_what_to_write(line: str, expected: str) -> None:
    found = problems(f"{HEAD}{line}\n")
    assert len(found) == 1, found
    assert expected in found[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20/11/2026", "no date (got '20/11/2026'); write 2026-11-20"),
        ("5/4/2026", "write 2026-04-05 or 2026-05-04, whichever you mean"),
        ("5.4.2026", "write 2026-04-05 or 2026-05-04, whichever you mean"),
        ("2026/1/30", "write 2026-01-30"),
        ("2026\u201301\u201330", "write 2026-01-30"),
        ("Nov 20, 2026", "write 2026-11-20"),
        ("Friday, 20th November 2026", "write 2026-11-20"),
        ("20. November 2026", "write 2026-11-20"),
        ("20 Nov", "write year-month-day, such as 2026-01-30"),
        ("20/11/26", "write year-month-day, such as 2026-01-30"),
        ("2026-W05-5", "no date (got '2026-W05-5')"),
        ("2026-13-01", "no date (got '2026-13-01'); write year-month-day, such as"),
        ("2026-13-01", "there is no month 13"),
        ("2026-02-30", "there is no day 30 in that month"),
        ("0202-01-30", "years go from 1900 to 2199"),
        ("9999-12-31", "years go from 1900 to 2199"),
        ("2026-01-30T10:00", "no date (got '2026-01-30T10:00')"),
        ("yesterday", "no date (got 'yesterday')"),
        ("", "empty; write it behind the colon"),
    ],
)
def test_a_date_is_year_month_day(text: str, expected: str) -> None:
    found = problems(HEAD.replace("2026-01-30", text))
    assert expected in found[0]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("{date: 2026-05-04}", "6:5: history[0].event: missing"),
        ("", "6:4: history[0]: nothing behind the dash; delete the line"),
        ("{event: note, text: x}", "6:5: history[0].date: missing"),
        (
            "{date: 2026-05-04, event: snet}",
            "history[0].event: unknown (got 'snet'); did",
        ),
        ("{date: 2026-05-04, event: note}", "history[0].text: missing in `note`"),
        (
            "{date: 2026-05-04, event: sent, tone: warm}",
            "6:37: history[0].tone: does not",
        ),
        (
            "{date: 2026-05-04, event: sent, touch: check_in}",
            "no follow-up (got 'check_in",
        ),
        ("{date: 2026-05-04, event: sent, touch: check_in}", "write it as check_in/1"),
        (
            "{date: 2026-05-04, event: sent, touch: jana/check_in/2}",
            "(got 'jana/check_in/2'); write it as check_in/2",
        ),
        ("{on: 2026-05-04, event: interview}", "unknown field; did you mean `date`?"),
        ("{date: 2026-05-04, event: sent, touch: your_call/1}", "cannot conclude this"),
        (
            "{date: 2026-05-04, event: away, until: 2026-06-01}",
            "`away` does not belong here; write it in settings.yml",
        ),
        (
            "sent on Monday",
            "6:5: history[0]: fields are expected (got 'sent on Monday')",
        ),
    ],
)
def test_a_broken_event_is_named(event: str, expected: str) -> None:
    assert expected in problems(f"{HEAD}history:\n  - {event}\n")[0]


def test_events_out_of_order_are_a_warning_and_count_in_order() -> None:
    text = (
        f"{HEAD}history:\n  - {{date: 2026-05-06, event: note, text: b}}\n"
        "  - {date: 2026-05-04, event: note, text: a}\n"
    )
    contact, found = read_contact(text.encode(), "x.yml", "x")
    assert [each.severity for each in found] == [Severity.WARNING]
    assert contact is not None
    assert [event.text for event in contact.history] == ["a", "b"]


def test_all_problems_of_a_file_are_named_at_once() -> None:
    text = "nmae: x\nemail: y\nrejected_on: z\ncompany: [a]\n"
    assert len(problems(text)) == 5


def test_a_field_with_another_name_is_not_called_missing_too() -> None:
    found = problems(HEAD.replace("rejected_on", "Rejected-On"))
    assert [each.split("; ")[0] for each in found] == [
        "4:1: Rejected-On: unknown field"
    ]


def test_a_text_that_is_taken_for_a_comment_is_called_empty() -> None:
    found = problems(HEAD.replace("Example", "#1 Example"))
    assert [each.split(";")[0] for each in found] == ["2:9: company: empty"]


def test_a_broken_rejection_in_the_list_is_no_missing_one_above() -> None:
    found = problems("name: J\ncompany: E\nrejections:\n  - position: Lead\n")
    assert [each.split(";")[0] for each in found] == [
        "4:5: rejections[0].rejected_on: missing"
    ]


def test_a_file_needs_a_rejection_or_a_referral() -> None:
    found = problems("name: Jana\ncompany: Example\n")
    assert [each.split(": ")[1] for each in found] == ["position", "rejected_on"]
    assert problems("company: E\nreferred_by: ana\nsince: 2026-01-30\n") == []


def test_scalars_mean_what_their_field_says() -> None:
    """None of YAML 1.1's ideas applies."""
    text = HEAD.replace("Lead", "1.10") + (
        "country: NO\nlanguage: no\nphone: 0155\ntags: [yes, 12:30, 1_000]\n"
        "notes: 2026-01-30\ncause: frozen\nchannel: post\n"
    )
    contact, found = read_contact(text.encode(), "x.yml", "x")
    assert contact is not None, found
    assert contact.rejections[0].position == "1.10"
    assert (contact.country, contact.language, contact.phone) == ("NO", "no", "0155")
    assert contact.tags == ("yes", "12:30", "1_000")
    assert contact.rejections[0].cause is Cause.FROZEN
    assert contact.channel is Channel.POST


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_editors_may_save_as_they_like(ends: str, mark: str) -> None:
    assert problems(mark + HEAD.replace("\n", ends)) == []


def test_nothing_given_is_the_default() -> None:
    contact, _ = read_contact(f"{HEAD}email:\nphone: ''\nrole: ~\n".encode(), "x", "x")
    assert contact is not None
    assert (contact.email, contact.phone, contact.role) == (None, "", "hiring_manager")


# --- documents and settings ----------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: A\nkind: talk\n", "url: neither `url` nor `file` is given"),
        ("title: A\nkind: tlak\nurl: https://example.com\n", "did you mean `talk`?"),
        ("kind: talk\nurl: https://example.com\n", "title: missing"),
        ("title: A\nkind: talk\nurl: https://example.com\npages: 0\n", "out of range"),
        (
            "title: A\nkind: talk\nurl: https://example.com\nshare: all\n",
            "write one of",
        ),
    ],
)
def test_a_wrong_document_is_named(text: str, expected: str) -> None:
    document, found = read_document(text.encode(), "portfolio/a.yml", "a")
    assert document is None
    assert expected in str(found[0])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("you: Maya", "you: fields are expected (got 'Maya')"),
        ("you: {email: a@example.com}", "you.name: missing"),
        ("you: {name: A}\nopen_at_once: 0", "out of range (got 0); write 1 to 50"),
        ("you: {name: A}\nquiet: [{from: 12-15}]", "quiet[0].to: missing"),
        ("you: {name: A}\nquiet: [{from: 12-32, to: 01-06}]", "no day (got '12-32')"),
        ("you: {name: A}\nlead_days: {mail: 3}", "did you mean `email`?"),
        ("you: {name: A}\nprivacy: {titles: none}", "write one of: full, initials"),
        (
            "you: {name: A}\nquiet: [{from: 2026/12-15, to: 01-06}]",
            "no day (got '2026/",
        ),
        ("you: {name: A}\nquiet: [{from: W05-5, to: 01-06}]", "no day (got 'W05-5')"),
        (
            "you: {name: A}\nquiet: [{from: 2026-12-15, to: 01-06}]",
            "2:9: quiet[0]: one day has a year and the other has none (got 2026-12-15",
        ),
        (
            "you: {name: A}\nquiet: [{from: 2026-03-01, to: 2026-02-01}]",
            "ends before it begins (got 2026-03-01 to 2026-02-01); write {from",
        ),
        (
            "you: {name: A}\n"
            "quiet: [{from: 07-01, to: 01-31}, {from: 01-15, to: 07-01}]",
            "2:8: quiet: no day of the year is left",
        ),
        ("you: {name: A}\ntimezone: Berlin", "2:11: timezone: unknown (got 'Berlin')"),
        ("you: {name: A}\ntimezone: ../../etc/passwd", "timezone: unknown (got"),
        (
            "you: {name: A}\ncadence: gentel",
            "2:10: cadence: unknown (got 'gentel'); di",
        ),
        (
            "you: {name: A}\n"
            "cadences: {x: [{step: portfolio_note, months: [1, 9999999]}]}",
            "2:12: cadences.x: too far away (got 9999999 months); write at most 120",
        ),
        ("you: [", "a list or braces are opened and not well closed"),
        (
            "you: {name: A}\nhistory: [{date: 2026-05-04, event: note, text: a}]",
            "`note` does not belong here; write it in a contact's file",
        ),
        (
            "you: {name: A}\ncadences:\n  x:\n"
            "    - {step: check_in, months: [3, 4]}\n"
            "    - {step: check_in, months: [5, 6]}\n"
            "    - {step: portfolio_note, months: [4, 6]}",
            "3:3: cadences.x: more than one `check_in`; a second mail is a",
        ),
        (
            "you: {name: A}\ncadences: {x: []}",
            "cadences.x: the last line is what repeats",
        ),
        (
            "you: {name: A}\ncadences: {x: [{step: portfolio_note}]}",
            "cadences.x: a line needs either days or months",
        ),
        (
            "you: {name: A}\ncadences: {x: [{step: portfolio_note, months: [4, 3]}]}",
            "no span (got [4, 3]); write the first and the last",
        ),
    ],
)
def test_wrong_settings_are_named(line: str, expected: str) -> None:
    settings, found = read_settings(f"{line}\n".encode(), "settings.yml")
    assert settings is None
    assert expected in str(found[0])


@pytest.mark.parametrize(
    "period", ["12-31, to: 12-31", "01-01, to: 12-30", "12-31, to: 12-29"]
)
def test_a_quiet_period_may_leave_a_single_day(period: str) -> None:
    text = f"you: {{name: A}}\nquiet: [{{from: {period}}}]\n"
    settings, found = read_settings(text.encode(), "settings.yml")
    assert (settings is not None, found) == (True, ())


def test_all_problems_of_the_settings_are_named_at_once() -> None:
    text = (
        "you: {nam: A}\ntimezone: Berlin\ncadence: x\n"
        "cadences: {y: []}\nquiet: [{from: 2026-03-01, to: 2026-02-01}]\n"
    )
    _, found = read_settings(text.encode(), "settings.yml")
    assert [each.line for each in found] == [1, 2, 3, 4, 5]


def test_settings_of_the_design_are_read() -> None:
    text = (
        "you: {name: Alex Rivera, email: alex@example.com, phone: '+1 555 0100'}\n"
        "timezone: America/New_York\ncountry: US\ncadence: patient\n"
        "cadences:\n  patient:\n    - {step: self_assessment, days: [2, 14]}\n"
        "    - {step: portfolio_note, months: [6, 12]}\n"
        "quiet: []\nlead_days: {post: 14}\nprivacy: {titles: initials}\n"
        "history:\n  - {date: 2026-05-04, event: away, until: 2026-06-01}\n"
    )
    settings, found = read_settings(text.encode(), "settings.yml")
    assert settings is not None, found
    assert settings.quiet == ()
    assert (settings.lead_days.post, settings.lead_days.email) == (14, 0)
    assert settings.cadences["patient"][0].days == (2, 14)
    assert len(settings.history) == 1
