"""Work done in a fork that kills itself before its n-th change to the disk."""

import os
import signal
import sys
from collections.abc import Callable

Counts = Callable[[str, tuple[object, ...]], bool]

CHANGES = frozenset(
    {"os.rename", "os.link", "os.remove", "os.mkdir", "os.chmod", "os.truncate"}
)


def is_change(event: str, arguments: tuple[object, ...]) -> bool:
    """Say whether the disk changes; what is kept of holidays is the machine's alone."""
    if arguments and str(arguments[0]).startswith(os.environ["XDG_CACHE_HOME"]):
        return False
    if event == "open":
        mode, flags = arguments[1], arguments[2]
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
        return bool(writes) or (isinstance(mode, str) and mode[:1] in "wax+")
    return event in CHANGES


def run_child(
    work: Callable[[], object],
    dies_at: int,
    counts: Counts = is_change,
) -> tuple[bool, int]:
    """Do some work in a fork; say whether it died, and how many changes it made."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        with os.fdopen(reading) as told:
            counted = told.read()
        _, status = os.waitpid(child, 0)
        return os.WIFSIGNALED(status), int(counted or 0)
    count = 0

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        if counts(event, arguments):
            count += 1
            if count == dies_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.dont_write_bytecode = True  # else a first run makes more changes than the next
    try:
        sys.addaudithook(watch)
        work()
        os.write(writing, str(count).encode())
    finally:
        os._exit(0)
