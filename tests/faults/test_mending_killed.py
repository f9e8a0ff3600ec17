"""A mending killed, really, at every write it makes; then run again."""

from pathlib import Path

from tests.commands.running import begun, person, run, snapshot
from tests.faults.conftest import KillAtEach

LINE = ("check", "--fix", "--yes", "--as-of", "2026-12-01")


def prepare(root: Path) -> Path:
    root.mkdir()
    begun(root)
    for number in range(3):
        person(root, f"ana-{number}", rejected_on="20/11/2026", cause="Someone hired")
    person(root, "well")
    return root


def test_killed_at_every_write_every_file_is_the_old_or_the_mended_one(
    tmp_path: Path, kill_at_each: KillAtEach
) -> None:
    template = prepare(tmp_path / "template")
    old, mended = snapshot(template), {}

    def heal(root: Path, point: int) -> None:
        if not point:
            mended.update(snapshot(root))
            assert mended != old
            return
        for path in old:
            assert (root / path).read_bytes() in (old[path], mended[path])
        assert run(root, *LINE).code == 0
        assert run(root, *LINE).code == 0
        assert snapshot(root) == mended

    kill_at_each("mend", template, lambda root: run(root, *LINE), heal)
