"""Moving and forgetting, killed at every write they make; then run again."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.files.workspace import load
from pipeline.model import Workspace
from tests.commands.running import begun, person, run, snapshot
from tests.faults.conftest import KillAtEach

DAY = ("--as-of", "2026-05-04")


def prepared(root: Path) -> Path:
    """Three open issues, one of them closed by a person and not taken in yet."""
    root.mkdir()
    begun(root)
    for slug in ("ana-sol", "bo-lind", "cy-park"):
        person(root, slug, rejected_on="2025-10-30")
    run(root, "sync", *DAY)
    page = root / "inbox" / "0002.md"
    page.write_text(page.read_text("utf-8").replace("state: open", "state: closed"))
    return root


def again(root: Path, argv: Sequence[str], point: int) -> Workspace:
    """Run a verb once more, where somebody may have synced before; give the end."""
    if point % 2:
        run(root, "sync", *DAY)
    if point:
        assert run(root, *argv).code == 0
    workspace = load(str(root))
    assert not workspace.problems
    return workspace


def test_a_move_killed_at_every_write_is_finished_by_the_next(
    tmp_path: Path, kill_at_each: KillAtEach
) -> None:
    argv = ("move", "--to", "github", "--yes", *DAY)

    def heal(root: Path, point: int) -> None:
        workspace = again(root, argv, point)
        assert workspace.state.tracker == "github"
        sent = [
            (slug, event.event.value, (event.source or "")[:15])
            for slug, contact in workspace.contacts.items()
            for event in contact.history
        ]
        assert sent == [("ana-sol", "sent", "local:closed:2:")]
        pages = [p.read_text("utf-8") for p in root.glob("inbox/*.md")]
        assert len(pages) == 4
        assert all("state: closed" in page for page in pages)

    template = prepared(tmp_path / "template")
    kill_at_each("move", template, lambda root: run(root, *argv), heal)


def test_a_forgetting_killed_at_every_write_is_finished_by_the_next(
    tmp_path: Path, kill_at_each: KillAtEach
) -> None:
    argv = ("forget", "ana-sol", "--yes", *DAY)

    def heal(root: Path, point: int) -> None:
        workspace = again(root, argv, point)
        assert b"ana-sol" not in b"".join(snapshot(root).values())
        assert b"Ana Sol" not in b"".join(snapshot(root).values())
        assert workspace.stopped.people
        assert sorted(workspace.contacts) == ["bo-lind", "cy-park"]
        assert not any(each.history for each in workspace.contacts.values())

    template = prepared(tmp_path / "template")
    run(template, "log", "ana-sol", "/stop", *DAY)
    path = template / "contacts" / "bo-lind.yml"
    path.write_text(f"{path.read_text('utf-8')}notes: Ana Sol came too\n", "utf-8")
    kill_at_each("forget", template, lambda root: run(root, *argv), heal)
