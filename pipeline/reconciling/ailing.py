"""Files that need a hand ▸ one comment on the front desk when that is new; pure.

The front desk itself shows them for as long as they last.
"""

from pipeline.model import Known, Problem
from pipeline.reconciling.identity import FRONT_DESK, digest
from pipeline.reconciling.observe import Reply
from pipeline.reconciling.orders import Work
from pipeline.writing.occasions import AnswerKind


def take_problems(work: Work) -> None:
    """Owe a word about every problem that was not told yet."""
    desk = work.found.known.get(FRONT_DESK, Known()).number
    for problem in work.workspace.problems:
        if desk is None:  # it opens with these in its text, which is word enough
            work.carried.standing.add(_ack_of(problem))
            continue
        reply = Reply(
            number=desk,
            ack=_ack_of(problem),
            kind=AnswerKind.PROBLEM,
            problem=problem,
        )
        work.say_once(reply)


def _ack_of(problem: Problem) -> str:
    """Give what acknowledges a problem, wherever it moves within its file."""
    text = "\n".join((problem.path, problem.field, problem.message))
    return f"problem:{digest(text)}"
