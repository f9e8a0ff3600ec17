"""A mending killed, really, at every write it makes; then run again."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.commands.running import begun, person, run, snapshot
from tests.faults.killing import run_child

LINE = ("check", "--fix", "--yes", "--as-of", "2026-12-01")


def prepare(root: Path) -> Path:
    root.mkdir()
    begun(root)
    for number in range(3):
        person(root, f"ana-{number}", rejected_on="20/11/2026", cause="Someone hired")
    person(root, "well")
    return root


def test_killed_at_every_write_every_file_is_the_old_or_the_mended_one(
    tmp_path: Path, golden: Callable[[str, str], None]
) -> None:
    old = snapshot(prepare(tmp_path / "template"))
    whole = Path(shutil.copytree(tmp_path / "template", tmp_path / "whole"))
    died, points = run_child(partial(run, whole, *LINE), dies_at=0)
    assert not died
    golden("faults/mend.txt", f"{points}\n")
    mended = snapshot(whole)
    assert mended != old
    for point in range(1, points + 1):
        root = Path(shutil.copytree(tmp_path / "template", tmp_path / "run"))
        died, _ = run_child(partial(run, root, *LINE), dies_at=point)
        assert died, f"point {point} was never reached"
        for path in old:
            assert (root / path).read_bytes() in (old[path], mended[path])
        assert run(root, *LINE).code == 0
        assert run(root, *LINE).code == 0
        assert snapshot(root) == mended
        shutil.rmtree(root)
