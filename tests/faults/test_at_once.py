"""Two runs on one folder at the same moment, and folders that cannot be written."""

import os
import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path

from pipeline.errors import StoreError
from pipeline.files.workspace import load
from tests.reconciling.scenes import Scene

ROOT = Path(__file__).parent.parent.parent
SCRIPT = """
import sys
from pathlib import Path
from tests.reconciling.scenes import Scene
sys.stdin.readline()
Scene(Path(sys.argv[1])).sync("2026-05-04", opened=40)
"""


def crowd(root: Path) -> Scene:
    scene = Scene(root)
    scene.write("settings.yml", "you: {name: Maya}\nopen_at_once: 40\n")
    for number in range(20):
        scene.person(f"p{number:02}", company=f"C{number}")
    return scene


def test_two_syncs_at_once_open_every_issue_once(tmp_path: Path) -> None:
    scene = crowd(tmp_path / "ws")
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT, str(scene.root)],
            stdin=subprocess.PIPE,
            cwd=ROOT,
        )
        for _ in range(2)
    ]
    for run in runs:
        assert run.stdin is not None
        run.stdin.write(b"go\n")
        run.stdin.flush()
    for run in runs:
        assert run.stdin is not None
        run.stdin.close()
        assert run.wait(60) == 0
    counts = Counter(scene.keys())
    assert sum(key.endswith("check_in/1") for key in counts) == 20
    assert set(counts.values()) == {1}


def test_a_full_disk_is_said_in_one_line_and_costs_nothing(tmp_path: Path) -> None:
    """A limit on the size of files stands in for the disk."""
    scene = crowd(tmp_path / "ws")
    scene.sync("2026-05-04")
    scene.close(scene.number("p00/check_in/1"), "2026-05-04")
    long = "# " + "x" * 4000 + "\n"
    path = scene.root / "contacts" / "p00.yml"
    path.write_text(path.read_text() + long)
    before = path.read_bytes()
    child = os.fork()
    if not child:
        code = 1
        try:
            import signal  # noqa: PLC0415

            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
            scene.sync("2026-05-04")
        except StoreError as error:
            code = 42 if "make room" in str(error) else 2
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 42
    assert path.read_bytes() == before
    scene.sync("2026-05-04")
    assert len(scene.events("p00", "sent")) == 1


def test_a_folder_that_may_not_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    """Root may write anywhere, so the run gives its rights away first."""
    scene = crowd(tmp_path / "ws")
    scene.sync("2026-05-04")
    for place in (tmp_path, scene.root, *scene.root.rglob("*")):
        place.chmod(0o555 if place.is_dir() else 0o444)
    child = os.fork()
    if not child:
        code = 1
        try:
            if os.getuid() == 0:
                os.setuid(65534)
            scene.sync("2026-05-05")
            code = 0
        except StoreError as error:
            code = 42 if "permissions" in str(error) else 2
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    for place in (tmp_path, scene.root, *scene.root.rglob("*")):
        place.chmod(0o755 if place.is_dir() else 0o644)
    assert os.waitstatus_to_exitcode(status) == 42
    assert load(str(scene.root)).problems == ()
