"""The schemas for editors agree with what the program reads."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.files.events import CONTACT, EVENTS
from pipeline.files.jsonschema import json_schemas
from pipeline.files.schema import read_contact, read_document, read_settings
from tests.commands.running import run
from tests.files.nasty import FILES

ROOT = Path(__file__).parent.parent.parent
SCHEMAS = {name: json.loads(text) for name, text in json_schemas().items()}


class Texts(yaml.SafeLoader):
    """Dates stay texts, as JSON has none."""


Texts.yaml_implicit_resolvers = {
    first: [(tag, exp) for tag, exp in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


VALIDATORS = {
    name: jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.FormatChecker()
    )
    for name, schema in SCHEMAS.items()
}


def errors(name: str, text: str) -> list[str]:
    value: Any = yaml.load(text, Loader=Texts)
    return [error.message for error in VALIDATORS[name].iter_errors(value)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_in_the_repository_are_up_to_date(name: str) -> None:
    found = (ROOT / "schemas" / name).read_text(encoding="utf-8")
    assert found == json_schemas()[name], "run `./notyet schema` and review the change"


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_is_a_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])


def test_a_plain_file_is_fine_for_both() -> None:
    for name in ("the smallest file", "two events", "further rejections"):
        assert errors("contact.schema.json", FILES[name]) == []


@pytest.mark.parametrize(
    "wrong",
    [
        "nmae: Jana\n",
        "stage: intervew\n",
        "rejected_on: soon\nattractiveness: 9\n",
        "history: [{date: 2026-05-04, event: sent, tone: warm}]\n",
        "history: [{date: 2026-05-04, event: away, until: 2026-06-01}]\n",
        "email: jana\n",
    ],
)
def test_what_one_refuses_the_other_refuses_too(wrong: str) -> None:
    text = f"name: A\ncompany: B\nposition: C\n{wrong}"
    if "rejected_on" not in text:
        text += "rejected_on: 2026-01-30\n"
    assert errors("contact.schema.json", text)
    assert read_contact(text.encode(), "x.yml", "x")[0] is None


# --- agreement -----------------------------------------------------------------

READERS = {
    "contact": (read_contact, ("x.yml", "x")),
    "document": (read_document, ("x.yml", "x")),
    "settings": (read_settings, ("settings.yml",)),
}
BASES: dict[str, dict[str, Any]] = {
    "contact": {
        "name": "Ana",
        "company": "B",
        "position": "C",
        "rejected_on": "2026-01-30",
    },
    "document": {"title": "A", "kind": "talk", "url": "https://example.com"},
    "settings": {"you": {"name": "A"}},
}
FIELDS = [
    (kind, name)
    for kind in BASES
    for name in SCHEMAS[f"{kind}.schema.json"]["properties"]
]
WORDS = (
    *("Ana", "1.x", "a b", "a@example.com", "a@b", "https://example.com/a", "ftp://a"),
    *("US", "us", "de-AT", "one-source", "One", "2026-02-28", "2026-02-30", "26-02-28"),
    *("recruiter", "recruitr", "post", "classic", "gone", "UTC", "check_in/1", "12-15"),
    *("", " ", "full", "talk", "final"),
)
plain = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 70),
    st.sampled_from([1.5, 1.10]),
    st.sampled_from(WORDS),
)
inner = st.one_of(
    plain,
    st.lists(plain, max_size=3),
    st.dictionaries(
        st.sampled_from(["step", "name", "from", "email"]), plain, max_size=2
    ),
    st.fixed_dictionaries({"from": st.just("12-15"), "to": st.just("01-06")}),
    st.fixed_dictionaries(
        {"position": st.just("A"), "rejected_on": st.sampled_from(WORDS)}
    ),
    st.fixed_dictionaries(
        {"date": st.just("2026-05-04"), "event": st.sampled_from(["offer", "ofer"])}
    ),
)
anything = st.one_of(inner, st.lists(inner, max_size=2))


@settings(max_examples=300)
@given(field=st.sampled_from(FIELDS), value=anything)
def test_what_an_editor_says_of_any_value_is_what_we_say(
    field: tuple[str, str], value: Any
) -> None:
    """Empty texts in quotes are the one thing that we take for nothing given."""
    kind, name = field
    assume('""' not in json.dumps(value) and '" "' not in json.dumps(value))
    assume(name not in ("file", "timezone", "cadence") or value is None)  # the world's
    text = yaml.safe_dump({**BASES[kind], name: value}, allow_unicode=True)
    read, arguments = READERS[kind]
    found, problems = read(text.encode(), *arguments)  # type: ignore[operator]
    said = errors(f"{kind}.schema.json", text)
    assert (found is None) == bool(said), (text, said, problems)


def test_every_sample_file_is_fine_for_editors() -> None:
    seen = 0
    for folder, kind in (
        ("contacts", "contact"),
        ("portfolio", "document"),
        ("", "settings"),
    ):
        for path in sorted(
            (ROOT / "examples").glob(
                f"*/{folder or 'settings'}*/*.yml" if folder else "*/settings.yml"
            )
        ):
            found = errors(f"{kind}.schema.json", path.read_text(encoding="utf-8"))
            assert found == [], path
            seen += 1
    assert seen > 30


def test_every_event_and_every_field_is_described() -> None:
    history = SCHEMAS["contact.schema.json"]["properties"]["history"]
    named = {each["properties"]["event"]["const"] for each in history["items"]["oneOf"]}
    assert named == {k.value for k, spec in EVENTS.items() if CONTACT in spec.where}
    for schema in SCHEMAS.values():
        for name, value in schema["properties"].items():
            assert value.get("description") or name == "rejections", name


def named_schema(path: Path) -> Path:
    named = re.search(r"\$schema=(\S+)", path.read_text("utf-8"))
    assert named, f"{path} names no schema"
    return (path.parent / named[1]).resolve()


def test_every_file_of_a_sample_names_its_schema() -> None:
    files = sorted((ROOT / "examples").rglob("*.yml"))
    assert len(files) > 40
    for path in files:
        assert named_schema(path).is_file(), path


def test_in_the_demo_an_editor_finds_the_schemas_too(tmp_path: Path) -> None:
    run(tmp_path, "demo")
    files = sorted((tmp_path / ".demo").rglob("*.yml"))
    assert len(files) > 30
    for path in files:
        found = named_schema(path).relative_to(tmp_path.resolve())
        assert (ROOT / found).is_file(), path
