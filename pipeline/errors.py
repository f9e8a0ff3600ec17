"""What goes wrong outside the user's data, as one family with exit codes.

Problems in a user's files are values (`pipeline.model.Problem`), never raised.
"""


class NotYetError(Exception):
    """Something the person can act on; `cli` shows it in one line, untraced.

    The message says what is wrong and, after a semicolon, what to do. It may name what
    stands in a file; where others read along, `in_public` is shown instead.
    """

    exit_code = 1
    in_public = "something went wrong; run it on your own machine to see what"


class UsageError(NotYetError):
    """The command line asks for something that does not exist or cannot be."""

    exit_code = 2
    in_public = "the command line was not understood; see `./notyet --help`"


class DataError(NotYetError):
    """A file of the user's keeps this one command from doing its work."""

    exit_code = 3
    in_public = "a file needs a hand; run `./notyet check` on your own machine"


class TrackerError(NotYetError):
    """The tracker refused, could not be reached, or looks wrong."""

    exit_code = 4
    in_public = "issues could not be read or changed; run it again"


class Guarded(TrackerError):  # noqa: N818 - a guard has said no
    """So much would change at once that a person should look first; counts alone."""

    def __init__(self, message: str) -> None:
        """Say the same wherever it is read: it holds no name."""
        super().__init__(message)
        self.in_public = message


class Unclear(TrackerError):  # noqa: N818 - an event, and the cue to leave the claim
    """Whether something was created is not known; the next run looks."""


class Gone(TrackerError):  # noqa: N818 - an event, and the cue to forget the number
    """An issue was deleted or moved away, or perhaps never was."""

    def __init__(self, message: str, *, never_was: bool = False) -> None:
        """Tell with `never_was` that nothing speaks of an issue that once was."""
        super().__init__(message)
        self.never_was = never_was


class Declined(TrackerError):  # noqa: N818 - an event, and the cue to go on
    """One thing was not done, and nothing else is wrong."""


class Enough(TrackerError):  # noqa: N818 - an event, and the cue to stop well
    """The tracker asks us to slow down; what is left comes with the next run."""


class StoreError(NotYetError):
    """Files could not be kept: a full disk, a read-only folder, a busy lock."""

    exit_code = 4
    in_public = "files could not be kept; run it again"


class Outrun(StoreError):  # noqa: N818 - it is an event, and the caller's cue to redo
    """Another run or the person changed the files first; recompute and retry."""


class LeakRefusedError(NotYetError):
    """Publishing would have shown something private."""

    exit_code = 5
