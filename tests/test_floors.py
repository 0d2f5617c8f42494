"""The floor plan of docs/architecture.md holds, and would be noticed if it did not."""

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Collection
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "roadmap"
MOST_LINES = 400
LONGEST_FUNCTION = 50


# Names that two classes have; docs/glossary.md tells them apart.
SHARED = {"Facts", "Item", "Part", "Plan", "Source", "Words"}


def test_imports_only_go_down() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


def test_planning_starts_without_what_it_must_not_touch() -> None:
    code = (
        "import sys, roadmap.planning.make, roadmap.render.json\n"
        "bad = {'pydantic', 'yaml', 'rich', 'typer', 'questionary'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(bad)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_no_file_is_longer_than_a_reader_holds_in_mind() -> None:
    sizes = {p.relative_to(SOURCE).as_posix(): len(p.read_text("utf-8").splitlines()) for p in SOURCE.rglob("*.py")}
    assert len(sizes) > 100
    assert {name for name, lines in sizes.items() if lines > MOST_LINES} == set()


def test_no_function_is_longer_than_a_screen() -> None:
    found = [
        (node.end_lineno - node.lineno + 1, f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}")
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    ]
    assert len(found) > 1000
    assert [where for lines, where in found if lines > LONGEST_FUNCTION] == []


def test_a_class_has_a_name_of_its_own() -> None:
    names = Counter(
        node.name
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert len(names) > 200
    assert {name for name, count in names.items() if count > 1} <= SHARED
    glossary = (ROOT / "docs/glossary.md").read_text("utf-8")
    assert [name for name in sorted(SHARED) if f"| `{name}`" not in glossary] == []


def test_no_module_imports_itself_by_way_of_others() -> None:
    """Neither at once nor when a function runs; what only type checkers read does not count."""
    modules = {_module(p): p for p in SOURCE.rglob("*.py")}
    graph = {name: _imported(path, modules.keys()) - {name} for name, path in modules.items()}
    assert sum(map(len, graph.values())) > 1000
    TopologicalSorter(graph).prepare()


def _module(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__")


def _imported(path: Path, modules: Collection[str]) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    return {
        name if (name := f"{node.module}.{alias.name}") in modules else str(node.module)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and id(node) not in typing_only
        for alias in node.names
        if str(node.module) in modules
    }
