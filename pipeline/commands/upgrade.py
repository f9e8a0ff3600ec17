"""`upgrade`: bring the program up to a newer version, in one commit of its own.

No file of the user's is touched, and nothing is pushed.
"""

from pipeline.commands import wording
from pipeline.commands.agreeing import agreed
from pipeline.commands.session import FINE, Session
from pipeline.files.gitstore import GitStore
from pipeline.files.renewal import difference, renewal


def upgrade(session: Session) -> int:
    """Fetch, show what would change, ask, and commit."""
    source, tag = session.options.source, session.options.tag or ""
    store = GitStore(session.root, push=False)
    with store.lock():
        name, writes = renewal(session.root, source, tag)
        if not writes:
            session.terminal.show("This is that version already.", "Nothing to do.")
            return FINE
        store.refuse_dirty([each.path for each in writes])
        count = wording.count(len(writes), "file")
        shown = difference(session.root, [each.path for each in writes])
        said = f"{shown}\n\nThe whole of it: git diff HEAD FETCH_HEAD"
        if not agreed(session, said, f"{count} would change."):
            return FINE
        store.commit(writes, f"Upgrade to {name}")
    session.terminal.show(
        f"One commit, {count}; yours are as they were. Try `make demo`, then `git "
        "push`. Not what you want: `git revert HEAD`.",
        f"{count} changed.",
    )
    return FINE
