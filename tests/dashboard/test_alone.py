"""The dashboard as one file: whole, for its owner alone, asking nothing of anybody."""

import base64
import hashlib
import html
import re
from pathlib import Path

import pytest
from msgspec import json

from pipeline.dashboard.alone import page
from pipeline.dashboard.pages import Pack, Page
from tests.commands.running import begun, person, run
from tests.dashboard.boards import sample_pack


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a workspace with one person, and a cache of its own beside it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    made = tmp_path / "workspace"
    made.mkdir()
    person(begun(made), "zora-quillon")
    return made


def policy_of(text: str) -> dict[str, str]:
    found = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert found
    parts = html.unescape(found[1]).split("; ")
    return {each.partition(" ")[0]: each.partition(" ")[2] for each in parts}


def sha(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def test_its_policy_lets_nothing_in_or_out_but_what_stands_in_it() -> None:
    text = page(sample_pack())
    policy = policy_of(text)
    assert policy["default-src"] == policy["connect-src"] == "'none'"
    (script,) = re.findall(r'<script type="module">(.*?)</script>', text, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert (policy["script-src"], policy["style-src"]) == (sha(script), sha(style))
    assert not re.search(r'(?:src|href)="(?:https?:)?//[^"]*\.(?:js|css|woff2?)"', text)
    assert "unsafe" not in str(policy)


def test_what_stands_in_it_comes_out_as_it_was() -> None:
    nasty = Pack(
        title="x",
        nav=("today",),
        pages={"today": Page(html="</script><!--<script>&amp;", title="</script>")},
    )
    text = page(nasty)
    (data,) = re.findall(r'id="pack">(.*?)</script>', text, re.DOTALL)
    assert json.decode(data, type=Pack) == nasty


def test_it_lies_outside_the_work_tree_and_only_its_owner_reads_it(
    tmp_path: Path, root: Path
) -> None:
    before = sorted(root.rglob("*"))
    found = run(root, "dashboard", "--print")
    place = Path(found.out.strip())
    assert place.is_relative_to(tmp_path / "cache")
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700
    assert "Zora Quillon" in place.read_text("utf-8")
    assert "quillon" not in str(place)
    assert sorted(root.rglob("*")) == before


def test_made_again_it_takes_the_place_of_the_older_one(
    root: Path,
) -> None:
    first = Path(run(root, "dashboard", "--print").out.strip())
    first.chmod(0o644)
    person(root, "abel-winter")
    again = Path(run(root, "dashboard", "--print").out.strip())
    assert again == first
    assert "Abel Winter" in again.read_text("utf-8")
    assert again.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in again.parent.iterdir()] == ["dashboard.html"]


def test_a_cache_that_cannot_be_written_is_said_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").write_text("a file", "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = run(begun(tmp_path), "dashboard", "--print")
    assert found.code == 4
    assert found.err.count("\n") == 1
