"""Files kept in git: exactly the changed paths are committed, through an own index.

Reset, checkout, stash, clean and rebase never run in a work tree that this run did not
make. After a lost push everything is worked out again in a temporary work tree, which
becomes `root`; the user's own is left as it is, and `is_behind` says so. A commit that
a run had no time to write into the work tree is finished by the next.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence

from pipeline.errors import Outrun, StoreError
from pipeline.files.store import FolderStore, Write

PENDING = "refs/notyet/pending"  # a commit whose files may not all be written yet
SCRATCH = "notyet-work"  # the temporary work tree, within git's own folder
PATIENCE = 120  # seconds for one git command; a push over a slow line needs some
_NOBODY = {
    "GIT_AUTHOR_NAME": "Not Yet",
    "GIT_AUTHOR_EMAIL": "notyet@example.com",
    "GIT_COMMITTER_NAME": "Not Yet",
    "GIT_COMMITTER_EMAIL": "notyet@example.com",
}


_NO_ACCESS: Mapping[str, str] = {}


class GitStore:
    """A git work tree whose branch is moved by compare-and-swap."""

    def __init__(
        self,
        root: str,
        *,
        push: bool,
        fresh_checkout: bool = False,
        committer: tuple[str, str] | None = None,
        access: Mapping[str, str] = _NO_ACCESS,
    ) -> None:
        """Commit in the work tree at `root`; with `push`, to its upstream as well.

        `fresh_checkout`: the work tree belongs to this run alone and may be reset.
        `committer`: a name and an address, else those that git knows. `access`: what
        git's environment needs to reach the remote, and gets for nothing else.
        """
        self._committer, self._access = committer, access
        self._home, self.root = root, root
        self._push, self._fresh = push, fresh_checkout
        self.is_behind = False  # what others had pushed is not in the work tree yet

    # --- what there is ---------------------------------------------------------

    def is_inside(self) -> bool:
        """Say whether the root is in git at all."""
        asked = ("rev-parse", "--is-inside-work-tree")
        return not self._run(asked, at=self._home).returncode

    def address(self, remote: str = "origin") -> str:
        """Give where a remote is; "" for nowhere."""
        asked = self._run(("config", f"remote.{remote}.url"), at=self._home)
        return asked.stdout.decode().strip()

    # --- the protocol ----------------------------------------------------------

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other runs out, and put the temporary work tree away at the end."""
        self._inside()
        with FolderStore(self._home).lock():
            self._put_away()
            self._finish_pending()
            try:
                yield
            finally:
                self._put_away()

    def read(self, path: str) -> bytes | None:
        """Give a file's bytes, or None where there is none."""
        return FolderStore(self.root).read(path)

    def commit(self, writes: Sequence[Write], message: str) -> None:
        """Commit the writes, push if asked, then put them into the work tree.

        Raises StoreError, by count, where a path has changes that are not committed;
        Outrun where the branch or the upstream has moved.
        """
        changed = [write for write in writes if write.data != write.before]
        if not changed:
            return
        for write in changed:
            if self.read(write.path) != write.before:
                raise Outrun("a file changed while we worked; run it again")
        self.refuse_dirty([write.path for write in changed])
        head = self._git("rev-parse", "HEAD")
        commit = self._commit_of(changed, head, message)
        self._git("update-ref", PENDING, commit)
        if self._push:
            self._push_commit(commit)
        self._move_branch(commit, head)
        FolderStore(self.root).commit(changed, message)
        self._stage([write.path for write in changed])
        self._git("update-ref", "-d", PENDING)

    def refresh(self) -> None:
        """Go on from what others have pushed, in a work tree of our own."""
        if not self._push:
            return
        remote, branch = self._upstream()
        self._git("fetch", "--quiet", remote, branch, env=self._access)
        tip = self._git("rev-parse", "FETCH_HEAD")
        if self._fresh:
            self._git("reset", "--quiet", "--hard", tip)
            return
        self._put_away()
        place = self._scratch()
        self._git("worktree", "add", "--quiet", "--detach", place, tip, at=self._home)
        self.root, self.is_behind = place, True

    # --- commits ---------------------------------------------------------------

    def _commit_of(self, writes: Sequence[Write], head: str, message: str) -> str:
        """Make the commit without touching index, branch or work tree."""
        with tempfile.TemporaryDirectory(prefix="notyet-") as folder:
            index = {"GIT_INDEX_FILE": os.path.join(folder, "index")}
            self._git("read-tree", head, env=index)
            for write in writes:
                if write.data is None:
                    self._git("update-index", "--force-remove", write.path, env=index)
                    continue
                blob = self._blob(write.path, write.data, "-w")
                entry = f"{self._mode(write.path)},{blob},{write.path}"
                self._git("update-index", "--add", "--cacheinfo", entry, env=index)
            tree = self._git("write-tree", env=index)
        return self._git(
            "commit-tree", tree, "-p", head, "-m", message, env=self._identity()
        )

    def _blob(self, path: str, data: bytes, *options: str) -> str:
        """Give the name under which git keeps a file, with its line ends as git's."""
        return self._git(
            "hash-object", *options, f"--path={path}", "--stdin", data=data
        )

    def _stage(self, paths: Sequence[str]) -> None:
        """Let the user's index know the files as they are now."""
        self._git("update-index", "-q", "--add", "--remove", "--", *paths)

    def _mode(self, path: str) -> str:
        executable = os.access(os.path.join(self.root, path), os.X_OK)
        return "100755" if executable else "100644"

    def _move_branch(self, commit: str, head: str) -> None:
        """Move the branch from `head`, and from nowhere else, to the commit."""
        try:
            self._git("update-ref", "-m", "notyet", "HEAD", commit, head)
        except StoreError:
            raise Outrun("the branch moved while we worked; run it again") from None

    def _push_commit(self, commit: str) -> None:
        remote, branch = self._upstream()
        target = f"{commit}:refs/heads/{branch}"
        done = self._run(("push", "--quiet", remote, target), env=self._access)
        if done.returncode:
            said = done.stderr.decode(errors="replace")
            if any(
                word in said for word in ("fetch first", "non-fast-forward", "stale")
            ):
                raise Outrun("somebody else has pushed; run it again")
            if "cannot lock ref" in said or "failed to update ref" in said:
                raise Outrun("somebody else is pushing; run it again")
            raise StoreError("git could not push; look at `git push` by hand")

    def refuse_dirty(self, paths: Sequence[str]) -> None:
        """Raise StoreError, by name, where a path has uncommitted changes."""
        dirty = self._git("status", "--porcelain", "-z", "--", *paths)
        if dirty:
            count = len([each for each in dirty.split("\0") if each])
            files = "a file has" if count == 1 else f"{count} files have"
            names = ", ".join(each[3:] for each in dirty.split("\0") if each)
            message = f"{files} changes that are not committed ({names})"
            raise StoreError(f"{message}; commit them first")

    # --- surroundings ----------------------------------------------------------

    def _inside(self) -> None:
        """Make sure that there is a work tree with a branch and a commit."""
        if not self.is_inside():
            raise StoreError(
                "this folder is not in git; run `git init`, or use a folder"
            )
        top = self._git("rev-parse", "--show-toplevel", at=self._home)
        if os.path.realpath(top) != os.path.realpath(self._home):
            raise StoreError(
                "this is not the top folder of the repository; use that one"
            )
        if self._run(("rev-parse", "--verify", "HEAD"), at=self._home).returncode:
            raise StoreError("there is no commit yet; make the first one by hand")
        if self._run(("symbolic-ref", "--quiet", "HEAD"), at=self._home).returncode:
            raise StoreError("no branch is checked out; switch to one first")

    def _upstream(self) -> tuple[str, str]:
        """Give the remote and the branch that the current branch is pushed to."""
        name = self._git("symbolic-ref", "--short", "HEAD", at=self._home)
        asked = self._run(("config", f"branch.{name}.remote"), at=self._home)
        remote = asked.stdout.decode().strip() or "origin"
        merge = self._run(("config", f"branch.{name}.merge"), at=self._home)
        branch = merge.stdout.decode().strip().removeprefix("refs/heads/") or name
        return remote, branch

    def _identity(self) -> Mapping[str, str]:
        """Give who commits: as told, else the user as git knows them, else we."""
        if self._committer is not None:
            name, mail = self._committer
            return dict(zip(_NOBODY, (name, mail, name, mail), strict=True))
        known = self._run(("config", "user.email")).returncode == 0
        return {} if known else _NOBODY

    # --- what a run that died has left -----------------------------------------

    def _scratch(self) -> str:
        """Give the place of the temporary work tree."""
        place = self._git("rev-parse", "--git-path", SCRATCH, at=self._home)
        return os.path.join(os.path.abspath(self._home), place)

    def _put_away(self) -> None:
        """Remove the temporary work tree, if there is one."""
        self.root = self._home
        place = self._scratch()
        if os.path.isdir(place):
            self._run(("worktree", "remove", "--force", place), at=self._home)
            shutil.rmtree(place, ignore_errors=True)
            self._git("worktree", "prune", at=self._home)

    def _finish_pending(self) -> None:
        """Write into the work tree what a run that died had committed.

        Only what still stands there as it was before is replaced.
        """
        asked = self._run(("rev-parse", "--verify", "--quiet", PENDING))
        commit = asked.stdout.decode().strip()
        if not commit:
            return
        before = self._git("rev-parse", f"{commit}^")
        head = self._git("rev-parse", "HEAD")
        if head == before and self._push and self._is_pushed(commit):
            self._move_branch(commit, head)
            head = commit
        if head == commit:
            names = self._git("diff-tree", "-r", "-z", "--name-only", before, commit)
            paths = [path for path in names.split("\0") if path]
            self._stage([path for path in paths if self._put(path, before, commit)])
        self._git("update-ref", "-d", PENDING)

    def _is_pushed(self, commit: str) -> bool:
        remote, branch = self._upstream()
        self._git("fetch", "--quiet", remote, branch, env=self._access)
        tip = ("merge-base", "--is-ancestor", commit, "FETCH_HEAD")
        return self._run(tip).returncode == 0

    def _put(self, path: str, before: str, commit: str) -> bool:
        """Bring one file from one commit to the next; say whether it is there now."""
        there = self.read(path)
        is_now = self._blob(path, there) if there is not None else ""
        if is_now == self._name_of(commit, path):
            return True
        if is_now != self._name_of(before, path):
            return False  # somebody has changed it since
        data = None
        if self._name_of(commit, path):
            data = self._run(("cat-file", "--filters", f"{commit}:{path}")).stdout
        FolderStore(self.root).commit([Write(path, data, there)], "")
        return True

    def _name_of(self, commit: str, path: str) -> str:
        """Give the name of a file in a commit, "" where it is not in it."""
        asked = self._run(("rev-parse", "--verify", "--quiet", f"{commit}:{path}"))
        return asked.stdout.decode().strip()

    # --- git -------------------------------------------------------------------

    def _git(
        self,
        *arguments: str,
        data: bytes | None = None,
        env: Mapping[str, str] | None = None,
        at: str | None = None,
    ) -> str:
        done = self._run(arguments, data=data, env=env, at=at)
        if done.returncode:
            raise StoreError(f"git {arguments[0]} failed; look at `git status` by hand")
        return done.stdout.decode().rstrip("\n")

    def _run(
        self,
        arguments: Sequence[str],
        *,
        data: bytes | None = None,
        env: Mapping[str, str] | None = None,
        at: str | None = None,
    ) -> "subprocess.CompletedProcess[bytes]":
        command = ("git", "-C", at or self.root, *arguments)
        quiet = {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
        try:
            return subprocess.run(
                command,
                input=data,
                capture_output=True,
                timeout=PATIENCE,
                check=False,
                env={**os.environ, **quiet, **(env or {})},
            )
        except FileNotFoundError:
            raise StoreError("git is not installed; install it first") from None
        except subprocess.TimeoutExpired:
            raise StoreError("git did not answer in time; run it again") from None
