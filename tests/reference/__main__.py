"""`make docs`: bring the pages of docs/ up to date with the program."""

import sys
import tempfile
from pathlib import Path

from tests.reference.pages import PAGES, made


def main() -> int:
    changed = 0
    for path in PAGES:
        before = path.read_text("utf-8")
        with tempfile.TemporaryDirectory() as folder:
            after = made(before, Path(folder))
        if after != before:
            path.write_bytes(after.encode())
            changed += 1
    sys.stdout.write(f"{changed} of {len(PAGES)} pages of docs/ changed.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
