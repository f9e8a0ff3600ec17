"""The user's own folder for what is made from their files and is for them alone.

It lies outside every work tree, so that nothing in it can be committed by mistake.
"""

import contextlib
import os
import sys


def user_cache() -> str:
    """Give the user's folder for caches, as each system names it."""
    if sys.platform == "win32":
        return os.environ.get("LOCALAPPDATA") or os.path.expanduser("~/AppData/Local")
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Caches")
    return os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")


def private_place(root: str, name: str) -> str:
    """Give where a private file made from a workspace lies."""
    import hashlib  # noqa: PLC0415 - not for the holidays

    digest = hashlib.sha256(os.path.realpath(root).encode()).hexdigest()[:16]
    return os.path.join(user_cache(), "not-yet", digest, name)


def keep_private(place: str, data: bytes) -> None:
    """Put a file there in one step, readable by its owner alone."""
    folder = os.path.dirname(place)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    temporary = f"{place}.new"
    with contextlib.suppress(FileNotFoundError):
        os.unlink(temporary)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(temporary, flags, 0o600), "wb") as file:
        file.write(data)
    os.replace(temporary, place)


def private_files(root: str) -> tuple[str, ...]:
    """Give every private file that was made from a workspace and is still there."""
    folder = os.path.dirname(private_place(root, ""))
    with contextlib.suppress(OSError):
        return tuple(os.path.join(folder, name) for name in sorted(os.listdir(folder)))
    return ()


def drop_private(root: str) -> None:
    """Take them away; each can be made again."""
    for place in private_files(root):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(place)
