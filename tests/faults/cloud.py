"""Files that several runs share as git lets them: by comparing and swapping a whole.

`Cloud` is the repository, `CloudStore` one run's fresh checkout of it. It keeps the
promises of `pipeline.files.store.Store` as `GitStore` does, without starting programs.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pipeline.errors import Outrun
from pipeline.files.store import Write


class Cloud:
    """All files at one moment, and how often they were changed."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.version = 0

    def push(self, files: dict[str, bytes | None]) -> None:
        """Change files as a person does; None deletes one."""
        for path, data in files.items():
            if data is None:
                del self.files[path]
            else:
                self.files[path] = data
        self.version += 1


class CloudStore:
    """A checkout of its own below `root`, made anew for each run."""

    is_behind = False

    def __init__(self, cloud: Cloud, root: Path, before: Callable[[str], None]) -> None:
        """Call `before` with a word at each step; what is raised there ends the run."""
        self.root = str(root)
        self._cloud, self._place, self._before = cloud, root, before
        self._version = -1

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        self.refresh()
        yield

    def refresh(self) -> None:
        """Fetch, and reset to what was fetched."""
        self._before("fetch")
        self._version = self._cloud.version
        wanted = self._cloud.files
        for path in self._place.rglob("*"):
            if (
                path.is_file()
                and path.relative_to(self._place).as_posix() not in wanted
            ):
                path.unlink()
        for name, data in wanted.items():
            place = self._place / name
            if not place.exists() or place.read_bytes() != data:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)

    def read(self, path: str) -> bytes | None:
        place = self._place / path
        return place.read_bytes() if place.exists() else None

    def commit(self, writes: Sequence[Write], message: str) -> None:
        """Push, unless somebody was faster."""
        del message
        changed = [each for each in writes if each.data != each.before]
        if not changed:
            return
        self._before("push")
        if self._cloud.version != self._version:
            raise Outrun("somebody else has pushed; run it again")
        assert all(self.read(each.path) == each.before for each in changed)
        self._cloud.push({each.path: each.data for each in changed})
        self._version = self._cloud.version
        self._before("pushed")
        self.refresh()


class ForgetfulStore(CloudStore):
    """Keeps no record of issues: who looks for them has their marks alone."""

    def commit(self, writes: Sequence[Write], message: str) -> None:
        kept = [each for each in writes if each.path != "state/issues.json"]
        super().commit(kept, message)
