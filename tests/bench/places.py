"""Where the benchmark keeps its workspaces, and the commands that run on them."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.bench.invented import AS_OF, write_workspace
from tests.bench.timing import Command, environment

ROOT = Path(__file__).parent.parent.parent
CACHE = ROOT / ".cache" / "bench"
HERE = Path(__file__).parent
PYTHON = sys.executable
NOTYET = Path(PYTHON).with_name("notyet")
EVENTS = 200  # written down in one go, to be divided again


def home(name: str) -> dict[str, str]:
    """Give an environment in which a program keeps its caches with ours."""
    place = str(CACHE / name)
    return {"HOME": place, "XDG_CACHE_HOME": place}


WARM, COLD = home("warm"), home("cold")


def workspace(people: int) -> Path:
    """Give a workspace of so many people, made if need be."""
    return _made(f"{people}", lambda place: write_workspace(place, people))


def settled(people: int) -> Path:
    """Give one in which `sync` has opened what it opens and has nothing to do."""
    place = _made(f"{people}-settled", lambda place: write_workspace(place, people))
    for _ in range(3):  # also where it was made before: our texts may have changed
        said(notyet("sync", place))
    return place


def _made(name: str, make: Callable[[Path], object]) -> Path:
    """Make a folder once; what an older generator made is made again."""
    place, done = CACHE / name, CACHE / f"{name}.made"
    version = (HERE / "invented.py").read_bytes()
    if not done.exists() or done.read_bytes() != version:
        shutil.rmtree(place, ignore_errors=True)
        make(place)
        done.write_bytes(version)
    return place


def notyet(verb: str, root: Path, *more: str) -> Command:
    """Give the command of a verb on a workspace, as JSON."""
    day = AS_OF.isoformat()
    start: tuple[str | Path, ...] = (NOTYET, "--root", root, verb, "--as-of", day)
    return Command((*start, "--format", "json", *more), reads=root, env=WARM)


def cold(command: Command) -> Command:
    """Give a command without any holiday in the cache."""
    place = Path(COLD["HOME"])
    return command._replace(
        env=COLD, before=lambda: shutil.rmtree(place, ignore_errors=True)
    )


def floor(script: str, root: Path) -> Command:
    """Give a floor: a script that only reads or only parses the people's files."""
    flags = ("-I", "-S") if script == "read_bytes" else ()
    people = root / "contacts"
    return Command((PYTHON, *flags, HERE / f"{script}.py", people), reads=people)


def events(count: int, of: Path) -> Command:
    """Give the command that writes so many events down in fresh copies of files."""
    place = CACHE / "events"

    def fresh() -> None:
        shutil.rmtree(place, ignore_errors=True)
        (place / "contacts").mkdir(parents=True)
        for path in sorted((of / "contacts").iterdir())[:EVENTS]:
            shutil.copy(path, place / "contacts")

    script = HERE / "record_events.py"
    return Command((PYTHON, script, place, str(count)), reads=place, before=fresh)


def said(command: Command) -> str:
    """Give what a command prints; nothing is weighed."""
    if command.before:
        command.before()
    done = subprocess.run(
        [str(each) for each in command.argv],
        env=environment(command.env),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return done.stdout
