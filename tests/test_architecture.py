"""The rules of the house: who imports what, types, style. They fail here before they rot."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "app"
TRAINING = {"tensorflow", "keras"}
CORE_MAY_IMPORT = sys.stdlib_module_names | {"app", "numpy"}


LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


@pytest.mark.parametrize(
    ("command", "evidence"),
    [
        pytest.param(["-c", LINT_IMPORTS, "--no-cache"], "0 broken", id="import contracts"),
        pytest.param(["-m", "ruff", "check", "--no-cache"], "All checks passed", id="ruff check"),
        pytest.param(["-m", "ruff", "format", "--check", "--no-cache"], "already", id="format"),
        pytest.param(["-m", "mypy"], "no issues found", id="mypy", marks=pytest.mark.slow),
    ],
)
def test_checker_is_content(command: list[str], evidence: str) -> None:
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert evidence in done.stdout, "it has not run"


def test_tensorflow_is_imported_inside_functions_only() -> None:
    offenders = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in modules()
        for line, name in imports(outside_functions(parse(path)))
        if root_of(name) in TRAINING
    ]
    assert not offenders


def test_workers_use_nothing_of_qt_but_its_core() -> None:
    offenders = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in modules("workers")
        for line, name in imports(ast.walk(parse(path)))
        if root_of(name) == "PySide6" and not name.startswith("PySide6.QtCore.")
    ]
    assert not offenders


def test_core_needs_no_more_than_numpy() -> None:
    offenders = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in modules("core")
        for line, name in imports(ast.walk(parse(path)))
        if root_of(name) not in CORE_MAY_IMPORT
    ]
    assert not offenders


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import keras.layers", {"keras.layers."}),
        ("if True:\n    from tensorflow import lite", {"tensorflow.lite."}),
        ("class A:\n    import keras", {"keras."}),
        ("def f():\n    import keras", set()),
        ("async def f():\n    import keras", set()),
        ("from PySide6 import QtCore, QtGui", {"PySide6.QtCore.", "PySide6.QtGui."}),
    ],
)
def test_what_counts_as_an_import_outside_functions(source: str, expected: set[str]) -> None:
    assert {name for _, name in imports(outside_functions(ast.parse(source)))} == expected


def modules(folder: str = "") -> list[Path]:
    """The Python files in a folder of the application."""
    found = sorted((APP / folder).rglob("*.py"))
    assert found
    return found


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), path.name)


def outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    """Every node that runs when the module is imported."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from outside_functions(child)


def imports(nodes: Iterator[ast.AST]) -> Iterator[tuple[int, str]]:
    """The line and dotted name, with a dot at its end, of everything that is imported."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, f"{alias.name}.") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}.") for alias in node.names)


def root_of(name: str) -> str:
    return name.partition(".")[0]
