"""Playing a sample: a diary of command lines, and what the program said to each."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from tests.commands.running import Result, run

Diary = Sequence[tuple[str, ...]]  # the day, then a command line


def copied(sample: Path, to: Path) -> Path:
    """Copy a sample, so that it can be written to."""
    root = to / sample.name
    shutil.copytree(sample, root)
    return root


def played(root: Path, diary: Diary) -> list[Result]:
    """Run a diary, each line on its day."""
    return [run(root, *act, "--as-of", day) for day, *act in diary]


def told(diary: Diary, results: Sequence[Result]) -> str:
    """Write down what was typed and what came back."""
    return "\n".join(
        f"$ ./notyet {' '.join(act)}   # {day}\n{result.out}{result.err}"
        for (day, *act), result in zip(diary, results, strict=True)
    )
