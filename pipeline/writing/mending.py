"""A file that needs a hand: what was found where, what to write, what waits for it."""

from urllib.parse import quote

from pipeline.model import Problem, Severity, Workspace
from pipeline.writing.escape import code, inline
from pipeline.writing.said import Answer

SETTINGS = "settings.yml"
MOST = 20  # lines that one answer shows


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
    return f"{text} [Edit that line]({place}), or comment `/fix` here."


def fixed(workspace: Workspace, said: Answer) -> str:
    """Say which lines were mended, and that the rest needs a person."""
    wrong = {each.path for each in workspace.problems}
    left = len(wrong - {path for path, _, _ in said.mended})
    rest = (
        "What is left needs your own eye; the front desk says what and where."
        if left
        else ""
    )
    if not said.mended:
        return rest or "There is nothing to mend; every file can be read."
    lines = "\n".join(
        f"- {code(path)}, line {line}: {code(text.strip())}"
        for path, line, text in said.mended[:MOST]
    )
    more = len(said.mended) - MOST
    shown = f"{lines}\n- and {more} more" if more > 0 else lines
    parts = [f"Mended; from the next look on it counts:\n\n{shown}", rest]
    return "\n\n".join(filter(None, parts))


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
