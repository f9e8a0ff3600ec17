"""Shows what is about to be done, and asks once; nothing is done without a yes.

Where something has to be known for that, it names the remedy.
"""

from pipeline.commands import questions
from pipeline.commands.session import Session
from pipeline.errors import UsageError
from pipeline.trackers.base import Tracker


def agreed(session: Session, said: str, public: str, question: str = "Go on?") -> bool:
    """Show what would be done and say whether it may be.

    Raises UsageError where nobody is there to ask and `--yes` was not given.
    """
    session.terminal.show(said, public)
    if session.options.yes:
        return True
    if not session.terminal.interactive:
        raise UsageError("nothing was changed; to do it, run it again with --yes")
    if questions.ask(session.terminal, f"{question} (yes or no)", questions.clear_yes):
        return True
    session.terminal.show("Nothing was changed.", "Nothing was changed.")
    return False


def far_tracker(session: Session, otherwise: str = "") -> Tracker:
    """Give where the issues are; `otherwise` is what to do where that is gone."""
    try:
        return session.tracker
    except UsageError:
        message = "the issues are on GitHub; set GITHUB_REPOSITORY (owner/name) and "
        message += "GITHUB_TOKEN for this command"
        raise UsageError(f"{message}{otherwise}") from None
