"""From nothing to the first plan: the lean set installed, then one run.

Needs `uv`, which starts with an empty cache; so does the program.
"""

import os
import shutil
import tempfile
from pathlib import Path

from tests.bench.invented import AS_OF
from tests.bench.places import ROOT
from tests.bench.timing import Command, Usage, weigh


def first_plan(root: Path) -> Usage | None:
    """Give what it all takes together; None where there is no `uv`."""
    uv = shutil.which("uv", path=f"{os.environ.get('PATH', '')}:{Path.home()}/.local/bin")
    if uv is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "venv"
        env = {
            "HOME": folder,
            "XDG_CACHE_HOME": folder,
            "UV_CACHE_DIR": f"{folder}/uv",
            "PYTHONPATH": str(ROOT),
        }
        lean = ROOT / "requirements" / "run.txt"
        python = place / "bin" / "python"
        day = AS_OF.isoformat()
        steps = (
            (uv, "venv", "-q", place),
            (uv, "pip", "install", "-q", "--python", python, "--require-hashes")
            + ("-r", lean),
            (python, "-m", "pipeline", "--root", root, "plan", "--as-of", day),
        )
        used = [weigh(Command(argv, reads=root, env=env)) for argv in steps]
    return Usage(
        sum(each.cpu for each in used),
        sum(each.wall for each in used),
        max(each.peak for each in used),
    )
