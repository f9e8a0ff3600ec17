"""Work killed at one point after the other, on copies of a folder that was prepared."""

import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.faults.killing import Counts, is_change, run_child


class KillAtEach:
    """Do some work, killed at every so many points of it, and heal it each time."""

    def __init__(
        self,
        folder: Path,
        capsys: pytest.CaptureFixture[str],
        golden: Callable[[str, str], None],
    ) -> None:
        self._folder, self._capsys, self._golden = folder, capsys, golden

    def __call__(
        self,
        name: str,
        template: Path,
        work: Callable[[Path], object],
        heal: Callable[[Path, int], object],
        *,
        stride: int = 1,
        counts: Counts = is_change,
    ) -> None:
        """Kill `work` on copies of `template`; `heal` runs it again and looks at it.

        `heal` is given the copy and the point, and first a copy where nothing was
        killed, with point 0. How many points there are is kept in `golden/faults/`.
        """
        whole = Path(shutil.copytree(template, self._folder / "whole"))
        died, points = run_child(partial(work, whole), 0, counts)
        assert not died
        self._golden(f"faults/{name}.txt", f"{points}\n")
        heal(whole, 0)
        killed = range(1, points + 1, stride)
        for point in killed:
            root = Path(shutil.copytree(template, self._folder / "run"))
            died, _ = run_child(partial(work, root), point, counts)
            assert died, f"point {point} was never reached"
            heal(root, point)
            shutil.rmtree(root)
        with self._capsys.disabled():
            told = f"{name}: killed at {len(killed)} of {points} points, healed each"
            sys.stdout.write(f"\n{told} time\n")


@pytest.fixture
def kill_at_each(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    golden: Callable[[str, str], None],
) -> KillAtEach:
    """Give what kills a test's work in its own folder."""
    return KillAtEach(tmp_path, capsys, golden)
