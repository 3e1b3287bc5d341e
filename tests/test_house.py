"""The tests as a house: who may import whom, what runs anywhere, what the quick loop has."""

import ast
from pathlib import Path

import pytest

from cnnviz.layout.pages import PAGES
from tools import ROOT

FILES = [path.relative_to(ROOT) for path in sorted((ROOT / "tests").rglob("*.py"))]
TESTS = [path for path in FILES if path.name.startswith("test_")]
UNIX_ONLY = {"fcntl", "grp", "pwd", "resource", "termios"}


def parsed(path):
    return ast.parse((ROOT / path).read_text("utf-8"))


def imported(tree):
    """The modules that the statements of a tree import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))


def imported_at_once(tree):
    """The modules that are imported as soon as the file is read, not when a test runs."""
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield from imported(node)


@pytest.mark.parametrize("path", FILES, ids=str)
def test_no_test_module_is_imported_by_another(path):
    ours = [name for name in imported(parsed(path)) if name.startswith("tests.")]
    assert not [name for name in ours if ".test_" in name or ".conftest" in name]


@pytest.mark.parametrize("path", FILES, ids=str)
def test_reading_the_tests_needs_no_unix(path):
    assert not UNIX_ONLY & set(imported_at_once(parsed(path)))


def rooms(folder):
    return {path.name for path in (ROOT / folder).iterdir() if any(path.glob("*.py"))}


def test_the_tests_have_the_rooms_of_the_package():
    assert rooms("tests") - {"browser", "pages"} <= rooms("cnnviz")


@pytest.mark.parametrize(
    "path", [path for path in TESTS if len(path.parts) > 2 and path.parts[1] in rooms("cnnviz")],
    ids=str,
)  # fmt: skip
def test_a_test_is_called_as_what_it_tests(path):
    name = path.stem.removeprefix("test_")
    room = ROOT / "cnnviz" / path.parts[1]
    assert any((room / found).exists() for found in (f"{name}.py", f"__{name}__.py", name))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_has_a_test_of_its_name(page):
    assert Path("tests", "pages", f"test_{page.name}.py") in TESTS


def is_slow(decorator):
    return "mark.slow" in ast.unparse(decorator)


@pytest.mark.parametrize("path", [path for path in TESTS if path.parts[1] != "browser"], ids=str)
def test_the_quick_loop_has_a_test_of_every_module(path):
    functions = [node for node in parsed(path).body if isinstance(node, ast.FunctionDef)]
    tests = [function for function in functions if function.name.startswith("test_")]
    assert not all(any(map(is_slow, test.decorator_list)) for test in tests)
