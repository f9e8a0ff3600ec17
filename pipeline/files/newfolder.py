"""Makes a folder with everything in it, or none; knows nothing of what is in it."""

import os
import shutil
from collections.abc import Mapping

from pipeline.files.store import explained

_UNFINISHED = ".notyet-unfinished"


def make_folder(place: str, files: Mapping[str, bytes]) -> None:
    """Put files, by path, into a folder that is new or empty.

    Raises StoreError where the world does not let us. What a killed run left beside it
    is removed first.
    """
    unfinished = f"{place}{_UNFINISHED}"
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        for path, data in files.items():
            target = os.path.join(unfinished, *path.split("/"))
            os.makedirs(os.path.dirname(target), mode=0o700, exist_ok=True)
            with open(target, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        if os.path.isdir(place):
            os.rmdir(place)
        os.rename(unfinished, place)
    except OSError as error:
        raise explained(error) from error
