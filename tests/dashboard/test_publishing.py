"""The site as it is published: built from docs/ alone, whole or not at all."""

import gzip
import os
from pathlib import Path

import pytest

from pipeline.dashboard import publishing
from pipeline.dashboard.gate import Gate
from pipeline.dashboard.needles import needles_of
from pipeline.dashboard.policy import content_policy
from pipeline.dashboard.publishing import Prepared, Sealed
from pipeline.errors import LeakRefusedError
from pipeline.model import Workspace
from tests.commands.running import begun, person, run
from tests.factories import contact

ROOT = Path(__file__).parent.parent.parent
LISTENER = """
import os, sys
_log = os.open(os.environ["OPENED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def _listen(event, arguments):
    if event in ("open", "os.listdir", "os.scandir") and arguments:
        os.write(_log, f"{os.path.abspath(os.fsdecode(arguments[0]))}\\n".encode())
try:
    sys.addaudithook(_listen)
except TypeError:
    pass
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = begun(tmp_path_factory.mktemp("workspace"))
    person(root, "zora-quillon")
    assert run(root, "site", "keygen").code == 0
    return root


@pytest.fixture(scope="module")
def site(workspace: Path) -> Path:
    out = workspace / "site"
    result = run(workspace, "site", "build", "--out", str(out))
    assert result.code == 0, result.err
    assert "the dashboard is locked into it" in result.out
    return out


def pages(site: Path) -> list[Path]:
    found = sorted(site.rglob("*.html"))
    assert len(found) > 3
    return found


def test_every_page_has_the_policy_that_fits_it(site: Path) -> None:
    for page in pages(site):
        text = page.read_text("utf-8")
        assert f'content="{content_policy(text)}"' in text, page
        assert 'name="referrer" content="no-referrer"' in text, page


def test_no_page_asks_anything_of_anybody_else(site: Path) -> None:
    for page in pages(site):
        text = page.read_text("utf-8")
        for attribute in ('src="http', 'src="//', "fonts.g", "cdn.", "unpkg"):
            assert attribute not in text, page


def test_the_vault_lies_behind_the_door_and_the_door_is_not_listed(site: Path) -> None:
    names = {path.name for path in (site / "dashboard").iterdir()}
    assert names == {
        "index.html",
        "door.js",
        "app.js",
        "jose.js",
        "board.css",
        "vault.jwe",
        "key.jwe",
    }
    listed = (site / "sitemap.xml").read_text("utf-8")
    assert "dashboard" not in listed
    assert gzip.decompress((site / "sitemap.xml.gz").read_bytes()).decode() == listed


def test_the_owner_reads_it_on_the_command_line(workspace: Path, site: Path) -> None:
    words = run(workspace, "site", "rotate")
    assert words.code == 0
    passphrase = words.out.splitlines()[-1]
    run(workspace, "site", "build", "--out", str(site))
    line = ("site", "open", "--out", str(site))
    opened = run(workspace, *line, answers=f"{passphrase}\n")
    assert opened.json["schema"] == 1
    wrong = run(workspace, *line, answers="seven wrong words\n")
    assert (wrong.code, wrong.out) == (3, "")
    for place in (ROOT / "docs" / "board.json", workspace / "settings.yml"):
        shown = run(workspace, *line, "--to", str(place), answers=f"{passphrase}\n")
        assert shown.code == 2
    assert not (ROOT / "docs" / "board.json").exists()
    kept = workspace.parent / "board.json"
    assert run(workspace, *line, "--to", str(kept), answers=f"{passphrase}\n").code == 0
    assert kept.read_bytes().startswith(b"{")


def test_the_passphrase_is_the_last_line_and_is_written_nowhere(tmp_path: Path) -> None:
    result = run(begun(tmp_path), "site", "keygen")
    (passphrase,) = result.out.splitlines()
    assert len(passphrase.split()) == 7
    written = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    assert passphrase.encode() not in written
    assert b'"d":' not in written


def test_keys_are_never_made_twice_by_mistake(tmp_path: Path) -> None:
    run(begun(tmp_path), "site", "keygen")
    again = run(tmp_path, "site", "keygen")
    assert again.code == 2
    assert "notyet site rotate" in again.err


def test_where_others_read_along_no_passphrase_is_shown(tmp_path: Path) -> None:
    result = run(begun(tmp_path), "site", "keygen", CI="true")
    assert (result.code, result.out) == (2, "")
    assert not (tmp_path / "state").exists()


def test_without_a_key_the_guide_is_published_alone_and_says_so(tmp_path: Path) -> None:
    root = begun(tmp_path)
    result = run(root, "site", "build", "--out", str(root / "site"))
    assert result.code == 0, result.err
    assert "without the dashboard" in result.out
    assert "notyet site keygen" in result.err
    assert not (root / "site" / "dashboard" / "vault.jwe").exists()
    assert (root / "site" / "index.html").exists()
    refused = run(root, "site", "build", "--require-vault", "--out", str(root / "s"))
    assert refused.code == 3
    assert not (root / "s").exists()


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("mine", "utf-8")
    result = run(begun(tmp_path), "site", "build", "--out", str(mine))
    assert result.code == 2
    assert [path.name for path in mine.iterdir()] == ["letter.txt"]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".site")]


def test_the_guide_is_built_without_a_look_at_anything_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(LISTENER, "utf-8")
    log = tmp_path / "opened.txt"
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("OPENED", str(log))
    root = begun(tmp_path)
    assert run(root, "site", "build", "--out", str(root / "out")).code == 0
    opened = {Path(line) for line in log.read_text("utf-8").splitlines()}
    assert ROOT / "docs" / "index.md" in opened
    for folder in ("contacts", "portfolio", "state", "inbox", "templates"):
        for base in (ROOT, root):
            below = [p for p in opened if p.is_relative_to(base / folder)]
            assert not below, below
    assert not [p for p in opened if p.name == "settings.yml"]


@pytest.mark.parametrize("vault", ["Zora Quillon", "not sealed at all"])
def test_a_vault_that_is_not_sealed_stops_the_build(vault: str, tmp_path: Path) -> None:
    """What is added at last is looked at like everything else."""
    people = Workspace(
        contacts={"zora-quillon": contact("zora-quillon", name="Zora Quillon")}
    )
    prepared = Prepared(
        sealed=lambda: Sealed(vault=vault, key="ey.a.b.c.d"),
        gate=Gate(needles_of(people), "c" * 32),
        pack=b"c" * 32,
    )
    with pytest.raises(LeakRefusedError, match=r"vault\.jwe"):
        publishing.build(str(ROOT), str(tmp_path / "site"), lambda: prepared)
    assert not any(tmp_path.iterdir())


def test_a_planted_name_stops_the_build_before_anything_is_there(
    tmp_path: Path,
) -> None:
    root = begun(tmp_path)
    person(root, "not-today", company="Elsewhere")  # the guide's first page says it
    result = run(root, "site", "build", "--out", str(root / "out"))
    assert result.code == 5
    assert "a name" in result.err
    assert not (root / "out").exists()
    silent = run(root, "site", "build", "--out", str(root / "out"), CI="true")
    assert silent.code == 5
    assert "today" not in (silent.out + silent.err).casefold()


def test_the_environment_of_the_build_is_the_users(site: Path) -> None:
    assert os.access(site / "index.html", os.R_OK)
    assert site.stat().st_mode & 0o777 == 0o755
