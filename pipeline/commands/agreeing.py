"""Shows what is about to be done, and asks once; nothing is done without a yes."""

from pipeline.commands import questions
from pipeline.commands.session import Session
from pipeline.errors import UsageError


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
