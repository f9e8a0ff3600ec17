"""The people of the samples are refused where the samples are."""

import shutil
from pathlib import Path

import pytest

from pipeline.files.workspace import load
from pipeline.model import Severity

ROOT = Path(__file__).parent.parent.parent
STORIES = sorted(each.name for each in (ROOT / "examples").iterdir() if each.is_dir())


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Give a copy of the repository's folders as the template hands them out."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    (tmp_path / "contacts").mkdir()
    return tmp_path


@pytest.mark.parametrize("story", STORIES)
def test_everybody_of_a_sample_is_refused_in_ones_own_folder(
    story: str, copy: Path
) -> None:
    own = copy / "contacts"
    shutil.copytree(copy / "examples" / story / "contacts", own, dirs_exist_ok=True)
    workspace = load(str(copy))
    assert workspace.contacts == {}
    slugs = {path.stem for path in own.glob("*.yml")}
    assert workspace.frozen == slugs
    named = {p.path for p in workspace.problems if p.severity is Severity.ERROR}
    assert named == {f"contacts/{slug}.yml" for slug in slugs}


def test_a_sample_under_another_file_name_is_known_by_its_address(copy: Path) -> None:
    text = (
        copy / "examples" / "three-years" / "contacts" / "dana-okafor.yml"
    ).read_text("utf-8")
    (copy / "contacts" / "somebody.yml").write_text(text, "utf-8")
    assert load(str(copy)).frozen == {"somebody"}


def test_somebody_of_the_same_file_name_is_not(copy: Path) -> None:
    (copy / "contacts" / "dana-okafor.yml").write_text(
        "name: Dana Okafor\ncompany: Elsewhere\nposition: Editor\n"
        "rejected_on: 2026-01-30\nemail: dana@elsewhere.invalid\n",
        "utf-8",
    )
    assert set(load(str(copy)).contacts) == {"dana-okafor"}


@pytest.mark.parametrize("story", STORIES)
def test_a_sample_by_itself_is_a_workspace(story: str) -> None:
    assert load(str(ROOT / "examples" / story)).contacts != {}
