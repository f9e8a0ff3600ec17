"""A file that needs a hand: what was found where, what to write, what waits for it."""

from urllib.parse import quote

from pipeline.model import Problem, Severity
from pipeline.writing.escape import code, inline

SETTINGS = "settings.yml"


def mending(problem: Problem, edit_base: str, opened: tuple[int, ...] = ()) -> str:
    """Tell of a problem once; `opened` are the issues of the person it is about."""
    return f"{wrong(problem, edit_base)} {_meanwhile(problem, opened)}"


def wrong(problem: Problem, edit_base: str) -> str:
    """Say what is wrong where, and lead to that line where files can be edited."""
    field = f"{code(problem.field)}: " if problem.field else ""
    text = (
        f"{code(problem.path)}, line {problem.line}: {field}"
        f"{inline(problem.message)}; {inline(problem.remedy)}."
    )
    if not edit_base:
        return text
    place = f"{edit_base}{quote(problem.path)}#L{problem.line}"
    return f"{text} [Edit that line]({place})."


def _meanwhile(problem: Problem, opened: tuple[int, ...]) -> str:
    if problem.severity is not Severity.ERROR:
        return "It is used as it is; nothing waits for it."
    if problem.path == SETTINGS:
        return "Until then nothing new opens; what is open stays as it is."
    if problem.path.startswith("portfolio/"):
        return "Until then this document is not offered; everything else goes on."
    if problem.path.startswith("contacts/"):
        numbers = ", ".join(f"#{number}" for number in opened)
        how = "stays as it is" if len(opened) == 1 else "stay as they are"
        stay = f" ({numbers} {how})"
        return (
            f"Until then nothing comes for this person{stay if opened else ''}; "
            "everyone else goes on."
        )
    return "Until then everything else goes on."
