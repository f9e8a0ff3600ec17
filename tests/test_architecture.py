"""The shape of the program, read from its source: who may import whom, and purity.

The layers are those of `docs/decisions/0003-layers.md`. A module that is not in the
list belongs to the layer of its package, so that a new one needs no entry here.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pipeline"

# Lowest first. A module may import from its own layer and from those above it in
# this list; the longest matching prefix decides.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("pipeline", "pipeline.model", "pipeline.errors"),
    (
        "pipeline.files.decode",
        "pipeline.files.events",
        "pipeline.files.explain",
        "pipeline.files.jsonschema",
        "pipeline.files.rules",
        "pipeline.files.scalars",
        "pipeline.files.schema",
        "pipeline.files.yamltext",
        "pipeline.planning",
        "pipeline.reconciling.identity",
        "pipeline.reconciling.vocabulary",
        "pipeline.reconciling.when",
        "pipeline.trackers.base",
    ),
    (
        "pipeline.files.edit",
        "pipeline.files.repair",
        "pipeline.files.replacing",
        "pipeline.files.lines",
        "pipeline.files.lists",
        "pipeline.writing",
        "pipeline.exporting",
        "pipeline.reconciling",
        "pipeline.dashboard",
    ),
    (
        "pipeline.files",
        "pipeline.trackers",
        "pipeline.dashboard.gate",
        "pipeline.dashboard.publishing",
        "pipeline.dashboard.serving",
        "pipeline.dashboard.vault",
    ),
    (
        "pipeline.reconciling.apply",
        "pipeline.reconciling.carrying",
        "pipeline.reconciling.filing",
        "pipeline.reconciling.looking",
    ),
    ("pipeline.commands", "pipeline.cli", "pipeline.__main__"),
)

PURE = (
    "pipeline.model",
    "pipeline.planning",
    "pipeline.writing",
    "pipeline.exporting",
    "pipeline.reconciling",
    "pipeline.dashboard",
    "pipeline.files.decode",
    "pipeline.files.edit",
    "pipeline.files.events",
    "pipeline.files.explain",
    "pipeline.files.jsonschema",
    "pipeline.files.repair",
    "pipeline.files.replacing",
    "pipeline.files.lines",
    "pipeline.files.lists",
    "pipeline.files.rules",
    "pipeline.files.scalars",
    "pipeline.files.schema",
    "pipeline.files.yamltext",
)
IMPURE = (
    "pipeline.reconciling.apply",
    "pipeline.reconciling.carrying",
    "pipeline.reconciling.looking",
    "pipeline.dashboard.gate",
    "pipeline.dashboard.publishing",
    "pipeline.dashboard.serving",
    "pipeline.dashboard.vault",
)

WORLD_MODULES = {
    "glob",
    "http",
    "io",
    "os",
    "pathlib",
    "random",
    "secrets",
    "shutil",
    "socket",
    "subprocess",
    "sys",
    "tempfile",
    "threading",
    "time",
    "urllib.request",
    "uuid",
    "webbrowser",
}
WORLD_CALLS = {"open", "print", "input", "exec", "eval"}
CLOCKS = {"now", "today", "utcnow", "time_ns", "monotonic", "localtime"}


def modules() -> dict[str, ast.Module]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts).removesuffix(".__init__")
        found[name] = ast.parse(path.read_text(encoding="utf-8"), str(path))
    return found


MODULES = modules()


def belongs(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(f"{prefix}.")


def layer(name: str) -> int:
    """Give the layer of a module: that of the longest prefix that is listed."""
    prefixes = [
        (len(prefix), number)
        for number, group in enumerate(LAYERS)
        for prefix in group
        if name == prefix or (prefix != "pipeline" and belongs(name, prefix))
    ]
    assert prefixes, f"{name} has no layer; give its package one"
    return max(prefixes)[1]


def imports(tree: ast.AST) -> Iterator[str]:
    """Give every module that is imported anywhere, also inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            base = node.module or ""
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                yield whole if whole in MODULES else base


def own_imports(name: str) -> set[str]:
    return {each for each in imports(MODULES[name]) if belongs(each, "pipeline")}


def is_pure(name: str) -> bool:
    if any(belongs(name, prefix) for prefix in IMPURE):
        return False
    return any(belongs(name, prefix) for prefix in PURE)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_imports_only_go_down(name: str) -> None:
    upward = [each for each in own_imports(name) if layer(each) > layer(name)]
    assert not upward, f"{name} imports {upward} from a higher layer"


def test_nothing_imports_in_a_circle() -> None:
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, f"circle: {' > '.join([*path, name])}"
        if name not in done:
            for each in sorted(own_imports(name) - {name}):
                if each in MODULES:
                    visit(each, (*path, name))
            done.add(name)

    for name in MODULES:
        visit(name, ())


@pytest.mark.parametrize("name", sorted(filter(is_pure, MODULES)))
def test_pure_modules_never_reach_for_the_world(name: str) -> None:
    reached = [
        each
        for each in imports(MODULES[name])
        if any(belongs(each, world) for world in WORLD_MODULES)
    ]
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            reached += [node.func.id] if node.func.id in WORLD_CALLS else []
    assert not reached, f"{name} is pure but uses {reached}"


@pytest.mark.parametrize("name", sorted(set(MODULES) - {"pipeline.cli"}))
def test_only_the_command_line_reads_the_clock(name: str) -> None:
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called = ast.unparse(node.func)
            clock = called == "time.time" or (
                node.func.attr in CLOCKS
                and any(word in called for word in ("date", "dt.", "time."))
            )
            assert not clock, f"{name}:{node.lineno} reads the clock: {called}()"


def test_trackers_never_import_planning() -> None:
    for name in MODULES:
        if belongs(name, "pipeline.trackers"):
            assert not any(
                belongs(each, "pipeline.planning") for each in own_imports(name)
            )


def test_every_module_says_what_it_is_for() -> None:
    silent = [name for name, tree in MODULES.items() if not ast.get_docstring(tree)]
    assert not silent, f"no docstring: {silent}"


def test_the_locks_agree_about_every_version() -> None:
    """What is tested is what people run."""
    pin = re.compile(r"^[\w.-]+==\S+", re.MULTILINE)
    small, middle, large = (
        set(pin.findall((ROOT / "requirements" / name).read_text("utf-8")))
        for name in ("run.txt", "site.txt", "dev.txt")
    )
    assert small
    assert small < middle < large
