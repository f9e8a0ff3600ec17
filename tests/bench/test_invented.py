"""The invented workspaces are always the same, sound, and of the size that is said."""

from pathlib import Path

from tests.bench.invented import AS_OF, contacts, documents, write_workspace
from tests.commands.running import run


def test_the_same_number_gives_the_same_files() -> None:
    assert list(contacts(30)) == list(contacts(30))
    assert list(documents()) == list(documents())


def test_a_file_has_about_one_and_a_half_kilobytes() -> None:
    sizes = [len(text.encode()) for _, text in contacts(300)]
    assert 1300 < sum(sizes) / len(sizes) < 1600


def test_an_invented_workspace_has_no_problems_and_plans_everyone(
    tmp_path: Path,
) -> None:
    size = write_workspace(tmp_path / "all", 60)
    checked = run(tmp_path / "all", "check", "--format", "json")
    assert (checked.code, checked.json["problems"]) == (0, [])
    plan = run(tmp_path / "all", "plan", "--as-of", str(AS_OF), "--format", "json").json
    assert len({touch["contact"] for touch in plan["touches"]}) == 60
    assert {"due", "waiting", "upcoming"} <= {t["status"] for t in plan["touches"]}
    files = (tmp_path / "all" / "contacts").iterdir()
    assert size == sum(path.stat().st_size for path in files)
