"""Where files are kept: whole or not at all, one writer at a time.

`FolderStore` is a folder under a lock. It never follows a link out of the root, and
knows nothing of what the files mean; nothing is committed, fetched or pushed.
"""

import contextlib
import errno
import os
import threading
from collections.abc import Iterator, Sequence
from typing import Protocol

from msgspec import Struct

from pipeline.errors import Outrun, StoreError

LOCK = "state/.lock"
PATIENCE = 30  # seconds that a second run waits for the first
_TEMPORARY = ".notyet-tmp"
_FOLDERS = ("", "contacts", "state", "inbox")

_EXPLAINED = {
    errno.ENOSPC: "the disk is full; make room and run it again",
    errno.EDQUOT: "your share of the disk is full; make room and run it again",
    errno.EFBIG: "the disk takes no larger file; make room and run it again",
    errno.EROFS: "the disk cannot be written to; mount it for writing",
    errno.EACCES: "the folder may not be written to; look at its permissions",
    errno.EPERM: "the folder may not be written to; look at its permissions",
}


class Write(Struct, frozen=True):
    """One file to change: what was read, and what shall stand there."""

    path: str  # relative to the root, with forward slashes
    data: bytes | None  # None deletes the file
    before: bytes | None  # None: there was no such file


class Store(Protocol):
    """Files that can be changed together by comparing first and swapping then."""

    @property
    def root(self) -> str:
        """Give the folder to read from now."""

    @property
    def is_behind(self) -> bool:
        """Say whether others have written what the user's own folder lacks."""

    def lock(self) -> contextlib.AbstractContextManager[None]:
        """Keep every other run out for the length of a whole run."""

    def read(self, path: str) -> bytes | None:
        """Give a file's bytes, or None where there is none."""

    def commit(self, writes: Sequence[Write], message: str) -> None:
        """Carry writes out in their order; `message` holds counts and no names.

        Raises Outrun where a file is no longer what was read, and StoreError where
        the world does not let us. Each file is then whole, the old or the new one.
        """

    def refresh(self) -> None:
        """Take in what others have written; called after Outrun."""


class FolderStore:
    """A folder: atomic replaces under an exclusive lock."""

    is_behind = False

    def __init__(self, root: str) -> None:
        """Keep files below `root`, which need not exist yet."""
        self.root = root

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Take the lock, waiting a little; StoreError where another run holds it."""
        from filelock import FileLock, Timeout  # noqa: PLC0415 - not to read

        try:
            os.makedirs(os.path.join(self.root, "state"), exist_ok=True)
            held = FileLock(os.path.join(self.root, LOCK), timeout=PATIENCE)
            held.acquire()
        except Timeout:
            message = "another run is at work in this folder; wait for it to end"
            raise StoreError(message) from None
        except OSError as error:
            raise explained(error) from error
        try:
            self._sweep()
            yield
        finally:
            held.release()

    def read(self, path: str) -> bytes | None:
        """Give a file's bytes, or None where there is none."""
        try:
            with open(self._place(path), "rb") as file:
                return file.read()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise explained(error) from error

    def commit(self, writes: Sequence[Write], message: str) -> None:  # noqa: ARG002 - git's
        """Compare every file with what was read, then replace one after the other."""
        for write in writes:
            if self.read(write.path) != write.before:
                raise Outrun("a file changed while we worked; run it again")
        try:
            for write in writes:
                if write.data is None:
                    os.unlink(self._place(write.path))
                elif write.data != write.before:
                    replace_file(self._place(write.path), write.data)
        except OSError as error:
            raise explained(error) from error

    def refresh(self) -> None:
        """Do nothing: the folder is always what it is."""

    def _place(self, path: str) -> str:
        """Give the place of a file, refusing one that lies outside the root."""
        base = os.path.realpath(self.root)
        place = os.path.join(base, *path.split("/"))
        if os.path.realpath(os.path.dirname(place)) != os.path.dirname(place):
            message = f"{path} lies behind a link; put the folder itself there"
            raise StoreError(message)
        return place

    def _sweep(self) -> None:
        """Remove what a run that was killed left half-written."""
        for folder in _FOLDERS:
            place = os.path.join(self.root, folder)
            if os.path.isdir(place):
                for name in os.listdir(place):
                    if name.endswith(_TEMPORARY):
                        with contextlib.suppress(OSError):
                            os.unlink(os.path.join(place, name))


def replace_file(place: str, data: bytes) -> None:
    """Put `data` at `place` in one step, keeping the mode of what stood there."""
    folder, temporary = _beside(place)
    try:
        _write_through(temporary, data)
        with contextlib.suppress(FileNotFoundError):
            os.chmod(temporary, os.stat(place).st_mode & 0o7777)
        os.replace(temporary, place)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    _sync_folder(folder)


def create_file(place: str, data: bytes) -> bool:
    """Put `data` at `place` unless something stands there; say whether it was done.

    Safe without a lock: of several at once, one succeeds.
    """
    folder, temporary = _beside(place)
    try:
        _write_through(temporary, data)
        os.link(temporary, place)
    except FileExistsError:
        return False
    finally:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
    _sync_folder(folder)
    return True


def _beside(place: str) -> tuple[str, str]:
    """Give a file's folder, made if need be, and a place in it that is ours alone."""
    folder, name = os.path.split(place)
    os.makedirs(folder, exist_ok=True)
    ours = f"{os.getpid()}-{threading.get_ident()}"
    return folder, os.path.join(folder, f".{name}-{ours}{_TEMPORARY}")


def _write_through(place: str, data: bytes) -> None:
    """Write a file and wait until the disk has it."""
    with open(place, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: str) -> None:
    """Make a rename last; Windows has no such thing and needs none."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def explained(error: OSError) -> StoreError:
    """Turn what the system says into one line with a remedy."""
    what = _EXPLAINED.get(error.errno or 0)
    return StoreError(what or f"files could not be kept ({error.strerror}); try again")
