"""Templates: ours are complete, the user's win, and a broken one is named."""

from importlib.resources import files
from pathlib import Path

import pytest

from pipeline.files.workspace import load
from pipeline.model import Channel, Formality
from pipeline.writing.templating import (
    KNOWN,
    OURS,
    check_templates,
    files_for,
    ours,
    wordings,
)
from tests.commands.running import begun, run
from tests.writing.situations import cases, written

CASES = list(cases())


@pytest.mark.parametrize(("kind", "channel", "formality"), CASES)
def test_there_are_six_wordings_of_every_kind_in_every_style(
    kind: str, channel: Channel, formality: Formality
) -> None:
    formal = formality is Formality.FORMAL
    own = wordings(ours(f"{OURS}/{files_for(kind, channel, formal=formal)[0]}"))
    assert len(own) >= 6
    assert len(set(own)) == len(own)


def test_a_formal_wording_is_not_the_familiar_one_with_another_salutation() -> None:
    for kind, channel, _ in CASES:
        formal, plain = files_for(kind, channel, formal=True)
        both = set(wordings(ours(f"{OURS}/{formal}")))
        assert not both & set(wordings(ours(f"{OURS}/{plain}")))


def test_every_file_of_ours_is_known_and_used() -> None:
    place = files("pipeline.writing").joinpath("templates", OURS)
    assert {each.name for each in place.iterdir()} == KNOWN


def test_a_template_of_the_users_wins() -> None:
    own = {"en/check_in.txt": "Subject: Mine\n{{ hello }}\n\nMy own words. {{ you }}"}
    text = written("check_in", 3, templates=own)
    assert (text.subject, text.body) == (
        "Mine",
        "Hello Dana,\n\nMy own words. Maya Torres",
    )


def test_a_template_of_the_users_may_be_as_long_as_they_like() -> None:
    own = {"en/check_in.txt": f"{{{{ topic }}}} {'word ' * 300}"}
    text = written("check_in", 0, templates=own)
    assert text.body.startswith("bringing the calibration manuals")


def test_wordings_of_the_users_are_taken_in_turn() -> None:
    own = {"en/thanks.txt": "One\n---\nTwo\n---\nThree\n"}
    bodies = [written("thanks", turn, templates=own).body for turn in range(4)]
    assert bodies == ["One", "Two", "Three", "One"]


def test_a_language_falls_back_from_its_region_to_itself_to_english() -> None:
    own = {"de/check_in.txt": "Guten Tag"}
    assert written("check_in", 0, templates=own, language="de-AT").body == "Guten Tag"
    assert "Hello" in written("check_in", 0, templates={}, language="de-AT").body


def test_phrases_of_the_users_are_used_by_their_wordings() -> None:
    own = {
        "en/phrases.txt": "{%- set bye -%}So long, {{ you }}{%- endset -%}",
        "en/thanks.txt": "{{ bye }}",
    }
    assert written("thanks", 0, templates=own).body == "So long, Maya Torres"


BROKEN = [
    ("{{ hello }}\n\n{{ nonsense }}\n", 3, "'nonsense' is undefined"),
    ("{{ hello }}\n---\n{% if met %}\nno end\n", 3, "Unexpected end of template"),
    ("one\n---\ntwo\n---\n\nthree {{ 1 / 0 }}\n", 6, "division by zero"),
    ("{{ hello }}\n{{ topic.__class__.mro() }}\n", 2, "unsafe"),
    ("{% include 'x' %}\n", 1, "no loader"),
    ("{% for i in range(1000000000) %}x{% endfor %}\n", 1, "Range too big"),
]


@pytest.mark.parametrize(("text", "line", "what"), BROKEN)
def test_a_broken_template_is_a_problem_with_its_line(
    text: str, line: int, what: str
) -> None:
    (problem,) = check_templates({"en/check_in.txt": text})
    assert (problem.path, problem.line) == ("templates/en/check_in.txt", line)
    assert what in problem.message
    assert problem.remedy


@pytest.mark.parametrize(("text", "line", "what"), BROKEN)
def test_ours_is_used_in_place_of_a_broken_one(text: str, line: int, what: str) -> None:
    del line, what
    broken = wordings(text)[-1]
    own = {"en/check_in.txt": broken}
    assert written("check_in", 1, templates=own) == written("check_in", 1)


def test_a_template_that_fails_only_with_something_missing_is_found_too() -> None:
    (problem,) = check_templates({"en/thanks.txt": "x\n{{ topic[0] }}\n"})
    assert problem.line == 2


def test_a_file_with_a_name_no_message_has_is_named() -> None:
    (problem,) = check_templates({"en/checkin.txt": "Hello"})
    assert "check_in.txt" in problem.remedy


def test_templates_of_ours_have_no_problem_as_the_users() -> None:
    own = {f"en/{name}": ours(f"{OURS}/{name}") for name in KNOWN}
    assert check_templates(own) == ()


def test_the_program_reads_them_from_the_folder(tmp_path: Path) -> None:
    root = begun(tmp_path)
    place = root / "templates" / "en" / "check_in.txt"
    place.parent.mkdir(parents=True)
    place.write_text("one\n\n{{ nobody }}\n", "utf-8")
    assert load(str(root)).templates == {"en/check_in.txt": "one\n\n{{ nobody }}\n"}
    found = run(root, "check")
    assert found.code == 3
    assert "templates/en/check_in.txt:3:1" in found.out


def test_windows_line_ends_in_a_template_do_not_reach_the_mail() -> None:
    own = {"en/thanks.txt": "Subject: Hi\r\n{{ hello }}\r\n\r\nBye\r\n---\r\nTwo\r\n"}
    assert written("thanks", 0, templates=own).body == "Hello Dana,\n\nBye"
    assert written("thanks", 1, templates=own).body == "Two"
