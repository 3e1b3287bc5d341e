"""Every function says what it takes and what it returns; mypy checks that it is so."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted(
    path.relative_to(ROOT)
    for pattern in ("cnnviz/**/*.py", "pages/*.py", "app.py")
    for path in ROOT.glob(pattern)
)


def bare(function):
    """Return what is not annotated in a function: arguments by name, "return"."""
    arguments = function.args
    given = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    given += [extra for extra in (arguments.vararg, arguments.kwarg) if extra]
    names = [argument.arg for argument in given if argument.annotation is None]
    return [name for name in names if name not in ("self", "cls")] + (
        [] if function.returns else ["return"]
    )


@pytest.mark.parametrize("path", FILES, ids=str)
def test_every_function_is_annotated(path):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    missing = {f"{f.name}, line {f.lineno}": bare(f) for f in functions if bare(f)}
    assert missing == {}


def test_what_is_bare_is_seen():
    (function,) = ast.parse("def f(self, a: int, b, *c, d: str, **e): pass").body
    assert bare(function) == ["b", "c", "e", "return"]


def test_the_package_says_that_it_has_types():
    assert (ROOT / "cnnviz" / "py.typed").exists()
