"""The form as GitHub writes it down, and as people fill it in."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Cause, Stage, Titles
from pipeline.reconciling import intake
from pipeline.reconciling.intake import Form, is_form, read_form, values_of
from tests.factories import day

TEMPLATE = (
    Path(__file__).parent.parent.parent / ".github" / "ISSUE_TEMPLATE" / "rejection.yml"
)
TODAY = day("2026-11-24")


def filled(**said: str) -> str:
    """Write a form down as GitHub does."""
    labels = {label.lower().replace(" ", "_"): label for label in intake.LABELS}
    values = {label: said.get(name, intake.EMPTY) for name, label in labels.items()}
    return "\n\n".join(f"### {label}\n\n{value}" for label, value in values.items())


WHOLE = filled(
    company="Brightwater",
    position="Senior Technical Writer",
    who_said_no="Dana Okafor",
    their_mail_address="dana@example.com",
    when_the_no_arrived="20 November",
    was_someone_else_chosen="Yes, someone else",
    how_far_you_had_come="The last round",
    names_in_titles_of_issues="Initials only",
    what_you_spoke_about="calibration manuals\n- release notes",
)


def test_a_form_says_what_was_filled_in() -> None:
    form, amiss = read_form(WHOLE, TODAY)
    assert not amiss
    assert form == Form(
        company="Brightwater",
        position="Senior Technical Writer",
        name="Dana Okafor",
        email="dana@example.com",
        rejected_on=day("2026-11-20"),
        cause=Cause.SOMEONE_HIRED,
        stage=Stage.FINAL,
        titles=Titles.INITIALS,
        topics=("calibration manuals", "release notes"),
    )


def test_two_boxes_are_enough_and_the_day_is_today() -> None:
    form, _ = read_form(filled(company="Brightwater", position="Writer"), TODAY)
    assert form == Form(company="Brightwater", position="Writer", rejected_on=TODAY)


def test_line_ends_of_windows_change_nothing() -> None:
    assert read_form(WHOLE.replace("\n", "\r\n"), TODAY) == read_form(WHOLE, TODAY)
    assert is_form(WHOLE.replace("\n", "\r\n"))


@pytest.mark.parametrize(
    ("said", "label", "remedy"),
    [
        ({"position": "Writer"}, "Company", "write the company's name"),
        ({"company": "A"}, "Position", "write the job, as it was advertised"),
        ({"their_mail_address": "dana at example"}, "Their mail address", "write one"),
        ({"their_mail_address": "a@example.com, b@example.com"}, "Their mail", "one"),
        ({"when_the_no_arrived": "5/4/2026"}, "When the no arrived", "2026-04-05 or"),
        ({"when_the_no_arrived": "soon"}, "When the no arrived", "write a day like"),
        ({"when_the_no_arrived": "2027-01-01"}, "When the no", "up to today"),
    ],
)
def test_what_is_amiss_is_named_with_what_to_write(
    said: dict[str, str], label: str, remedy: str
) -> None:
    whole = {"company": "A", "position": "B"} if len(said) == 1 else {}
    if label in ("Company", "Position"):
        whole = {}
    form, amiss = read_form(filled(**whole, **said), TODAY)
    assert form is None
    assert any(each.label.startswith(label) and remedy in each.remedy for each in amiss)


def test_everything_amiss_is_named_at_once() -> None:
    _, amiss = read_form(filled(their_mail_address="x", when_the_no_arrived="?"), TODAY)
    assert len(amiss) == 4


def test_a_heading_pasted_into_the_notes_overwrites_nothing() -> None:
    pasted = "we spoke about\n\n### Company\n\nEvil Corp\n\n### Position\n\nKing"
    form, _ = read_form(
        filled(company="Brightwater", position="Writer", what_you_spoke_about=pasted),
        TODAY,
    )
    assert form is not None
    assert (form.company, form.position) == ("Brightwater", "Writer")
    assert "Evil Corp" in form.topics


@given(st.text())
def test_no_text_in_the_last_box_changes_another(text: str) -> None:
    before = values_of(filled(company="Brightwater", position="Writer"))
    after = values_of(
        filled(company="Brightwater", position="Writer", what_you_spoke_about=text)
    )
    for label in intake.LABELS[:-1]:
        assert after[label] == before[label]


@pytest.mark.parametrize("body", ["", "Hello", "/reject A; B", "### Position\n\nx"])
def test_other_issues_are_no_forms(body: str) -> None:
    assert not is_form(body)


def test_the_form_that_ships_is_the_one_that_is_read() -> None:
    boxes = yaml.safe_load(TEMPLATE.read_text("utf-8"))["body"]
    fields = [each for each in boxes if each["type"] != "markdown"]
    assert [each["attributes"]["label"] for each in fields] == list(intake.LABELS)
    assert fields[-1]["type"] == "textarea"
    assert all(each["type"] != "textarea" for each in fields[:-1])
    options = {
        each["attributes"]["label"]: each["attributes"]["options"]
        for each in fields
        if each["type"] == "dropdown"
    }
    assert options[intake.CAUSE] == list(intake.CAUSES)
    assert options[intake.STAGE] == list(intake.STAGES)
    assert options[intake.TITLES][1:] == list(intake.CHOSEN_TITLES)
    required = [e["attributes"]["label"] for e in fields if "validations" in e]
    assert required == [intake.COMPANY, intake.POSITION]
