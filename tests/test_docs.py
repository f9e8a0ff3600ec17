"""The written side: pages are complete and up to date, links lead somewhere."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import fields as struct_fields

from pipeline import cli, model
from pipeline.commands import arguments, session
from pipeline.commands.arguments import VERBS
from pipeline.errors import NotYetError
from pipeline.files.events import EVENTS
from pipeline.reconciling.vocabulary import COMMANDS
from pipeline.writing.templating import KINDS, OURS, PHRASES, VARIABLES, ours
from tests.conftest import ROOT
from tests.reference.marks import filled, marks
from tests.reference.pages import PAGES, made
from tests.reference.tables import PRINTED, SHARED, keys_of
from tests.samples.test_words import words_from_inside

REFERENCE = ROOT / "docs" / "reference"
AGAIN = "run `make docs` and review the change"


def page(name: str) -> str:
    return (REFERENCE / f"{name}.md").read_text("utf-8")


def headings(text: str) -> list[str]:
    return re.findall(r"^#{1,6} (.+)$", without_fences(text), re.MULTILINE)


def without_fences(text: str) -> str:
    return re.sub(r"^(`{3,})[^\n]*\n.*?^\1$", "", text, flags=re.DOTALL | re.MULTILINE)


def first_cells(text: str) -> list[str]:
    """Give what stands in backticks in the first column of every table."""
    rows = re.findall(r"^\| ([^|]+?) \|", text, re.MULTILINE)
    return [cell for row in rows for cell in re.findall(r"`([^`]+)`", row)]


# --- up to date ----------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_says_what_the_program_says_today(
    path: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    kept = path.read_text("utf-8")
    now = made(kept, tmp_path)
    if request.config.getoption("--update-golden"):
        path.write_bytes(now.encode())
    else:
        assert kept == now, AGAIN


def test_a_page_that_was_changed_in_a_made_part_is_made_anew() -> None:
    text = "A\n<!-- run 3 lines: x -->\nold\n<!-- end -->\nB\n"
    assert filled(text, lambda *asked: str(asked)) == (
        "A\n<!-- run 3 lines: x -->\n\n('run', 'x', 3)\n\n<!-- end -->\nB\n"
    )


def test_every_mark_is_understood() -> None:
    for path in PAGES:
        text = path.read_text("utf-8")
        assert text.count("<!-- end -->") == len(marks(text)), path.name


# --- complete ------------------------------------------------------------------


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_has_its_place_with_all_its_options(verb: str) -> None:
    text = page("commands")
    assert verb in headings(text), f"add `### {verb}` and its part `options {verb}`"
    assert ("from the code", f"options {verb}") in marks(text)
    told = text.partition(f"\n### {verb}\n")[2].partition("\n## ")[0]
    told = told.partition("\n### ")[0]
    shared = text.partition("\n## Options that many share\n")[2]
    rows = first_cells(told) + first_cells(shared)
    for action in arguments.parser_of(verb)._actions:
        for option in action.option_strings:
            if option not in ("-h", "--help"):
                assert f"`{option}" in told
                assert option in [row.split()[0] for row in rows]


def test_every_command_of_a_comment_has_a_heading_and_its_usage() -> None:
    text = page("comments")
    for command in COMMANDS:
        assert f"/{command.verb}" in headings(text)
        assert f"\n    {command.usage}\n" in text


@pytest.mark.parametrize(
    ("name", "struct", "not_written"),
    [
        ("files", model.Contact, {"slug", "history"}),
        ("files", model.Rejection, set()),
        ("files", model.Document, {"id"}),
        ("settings", model.Settings, {"history"}),
        ("settings", model.You, set()),
        ("settings", model.CadenceStep, set()),
        ("settings", model.LeadDays, set()),
        ("settings", model.Privacy, set()),
        ("events", model.Event, set()),
    ],
)
def test_every_field_of_a_file_has_a_row(
    name: str, struct: type[Struct], not_written: set[str]
) -> None:
    rows = {cell.rpartition(".")[2] for cell in first_cells(page(name))}
    assert {field.name for field in struct_fields(struct)} - not_written <= rows


@pytest.mark.parametrize(
    "words",
    [model.Role, model.Stage, model.Cause, model.Share],
    ids=lambda e: e.__name__,
)
def test_words_with_a_choice_are_explained(words: type[StrEnum]) -> None:
    explained = without_fences(page("files")).partition("less plain ones mean")[2]
    for word in words:
        assert f"`{word}`" in re.sub(r"^\|.*$", "", explained, flags=re.MULTILINE)


def test_every_event_has_a_row() -> None:
    assert {kind.value for kind in EVENTS} <= set(first_cells(page("events")))


def test_every_exit_code_has_a_heading() -> None:
    def codes(kind: type[NotYetError]) -> Iterator[int]:
        yield kind.exit_code
        for each in kind.__subclasses__():
            yield from codes(each)

    known = {session.FINE, session.PROBLEMS, cli.INTERRUPTED, *codes(NotYetError)}
    told = {text for text in headings(page("exit-codes")) if text.isdigit()}
    assert told == set(map(str, known))


def printing_verbs() -> list[str]:
    return [verb for verb, spec in VERBS.items() if "format" in spec.shared]


@pytest.mark.parametrize("verb", printing_verbs())
def test_what_a_verb_prints_as_json_has_its_place(verb: str) -> None:
    assert verb in headings(page("json")), f"add `## {verb}` to docs/reference/json.md"


def test_every_key_of_the_json_has_a_row() -> None:
    text = page("json")
    printed = [*PRINTED.values(), *SHARED]
    for struct in printed:
        for key, _, _ in keys_of(struct):
            assert f"| {key} |" in text


@pytest.mark.parametrize("struct", sorted(PRINTED.values(), key=str) + list(SHARED))
def test_keys_of_the_json_stand_in_the_order_of_the_alphabet(
    struct: type[Struct],
) -> None:
    names = [key for key, _, _ in keys_of(struct) if "." not in key]
    assert names == sorted(names)


def test_every_object_of_the_json_is_among_those_that_are_documented() -> None:
    tops = {each for each in shown_structs() if "schema" in each.__struct_fields__}
    assert tops == set(PRINTED.values())


def shown_structs() -> Iterator[type[Struct]]:
    """Give every value below `pipeline.commands` that is made for JSON."""
    kinds = list(Struct.__subclasses__())
    for kind in kinds:
        kinds += kind.__subclasses__()
        if kind.__module__.startswith("pipeline.commands."):
            yield kind


@pytest.mark.parametrize("words", [model.TouchStatus, model.WaitsFor, model.Step])
def test_words_of_the_json_are_explained(words: type[StrEnum]) -> None:
    told = set(first_cells(page("json"))) | set(
        re.findall(r"`(\w+)`", page("words").partition("stand in files")[2])
    )
    assert {word.value for word in words} <= told


def test_every_message_and_every_name_it_may_use_has_a_row() -> None:
    phrases = set(re.findall(r"set (\w+)", ours(f"{OURS}/{PHRASES}")))
    missing = {*KINDS, *VARIABLES, *phrases} - set(first_cells(page("texts")))
    assert not missing, f"add {sorted(missing)} to docs/reference/texts.md"


# --- words and links -----------------------------------------------------------

SPEAK_OF_THE_INSIDE = ("words", "json")


@pytest.mark.parametrize(
    "path",
    [
        each
        for each in PAGES
        if each.parent == REFERENCE and each.stem not in SPEAK_OF_THE_INSIDE
    ],
    ids=lambda path: path.stem,
)
def test_a_page_speaks_as_people_do(path: Path) -> None:
    prose = re.sub(r"`[^`\n]+`", "", without_fences(path.read_text("utf-8")))
    prose = re.sub(r"<!--.*?-->", "", prose)
    assert words_from_inside(prose) == []
    assert "!" not in re.sub(r"\]\([^)]*\)", "", prose)


def written() -> list[Path]:
    """Give every Markdown page that visitors read."""
    found = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "*.md"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    paths = [ROOT / each for each in found.stdout.split("\n") if each]
    return [each for each in paths if "golden" not in each.parts and each.exists()]


def anchors(path: Path) -> set[str]:
    text = path.read_text("utf-8")
    told = [re.sub(r"[`*]", "", each) for each in headings(text)]
    plain = [re.sub(r"[^\w\- ]", "", each.lower()) for each in told]
    named = re.findall(r'<a id="([^"]+)">', text)
    return {each.replace(" ", "-") for each in plain} | set(named)


@pytest.mark.parametrize(
    "path", written(), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_every_link_leads_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", without_fences(path.read_text("utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        place, _, anchor = link.partition("#")
        target = path.parent / place if place else path
        assert target.exists(), f"{link} leads nowhere"
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), f"{link}: there is no such heading"


# --- the rest of the root ------------------------------------------------------


def test_the_workspace_page_names_everything_that_lies_in_the_root() -> None:
    found = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    names = {line.split("/")[0] for line in found.stdout.split("\n") if line}
    told = {each.strip("/").split("/")[0] for each in first_cells(page("workspace"))}
    assert names <= told, f"add {sorted(names - told)} to docs/reference/workspace.md"


def test_every_dependency_has_its_purpose_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = list(project["dependencies"])
    for group in project["optional-dependencies"].values():
        named += group
    names = [re.split(r"[<>=~\[; ]", each)[0] for each in named]
    record = (ROOT / "docs/decisions/0002-dependencies.md").read_text("utf-8")
    assert sorted(first_cells(record)) == sorted(names)


def test_every_decision_says_what_it_has_to() -> None:
    records = sorted((ROOT / "docs/decisions").glob("0*.md"))
    listed = (ROOT / "docs/decisions/index.md").read_text("utf-8")
    for path in records:
        text = path.read_text("utf-8")
        assert text.startswith(f"# {path.name[:4]} · ")
        title = text.partition("\n")[0][9:]
        assert f"| [{path.name[:4]}]({path.name}) | {title} |" in listed
        for part in ("Context", "Options", "Choice", "Consequences"):
            assert part in headings(text), f"{path.name}: {part}"
    numbers = [path.name[:4] for path in records]
    assert len(numbers) == len(set(numbers))


def test_contributing_names_every_make_target() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    missing = [each for each in phony.split() if f"`make {each}`" not in text]
    assert not missing


def test_the_newest_changes_stand_on_top() -> None:
    told = headings((ROOT / "CHANGELOG.md").read_text("utf-8"))
    assert told[:2] == ["Changes", "Unreleased"]
