"""From nothing to the first plan: the lean set installed, then one run.

Needs `uv`, which starts with an empty cache; so does the program.
"""

import shutil
import tempfile
from pathlib import Path

from tests.bench.invented import AS_OF
from tests.bench.places import PYTHON, ROOT
from tests.bench.timing import Command, Usage, weigh


def first_plan(root: Path) -> Usage | None:
    """Give what it all takes together; None where there is no `uv`."""
    uv = shutil.which("uv")
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
        python = place / "bin" / "python"
        install = (uv, "pip", "install", "-q", "--require-hashes", "--python", python)
        plan = (python, "-m", "pipeline", "--root", root, "plan", "--format", "json")
        steps: tuple[tuple[str | Path, ...], ...] = (
            (uv, "venv", "-q", "--python", PYTHON, place),
            (*install, "-r", ROOT / "requirements" / "run.txt"),
            (*plan, "--as-of", AS_OF.isoformat()),
        )
        used = [weigh(Command(argv, reads=root, env=env)) for argv in steps]
    return Usage(
        sum(each.cpu for each in used),
        sum(each.wall for each in used),
        max(each.peak for each in used),
    )
