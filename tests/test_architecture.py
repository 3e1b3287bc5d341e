"""The walk over the imports: which module may know which."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted(
    path.relative_to(ROOT)
    for folder in ("cnnviz", "pages", ".")
    for path in (ROOT / folder).glob("*.py" if folder == "." else "**/*.py")
)


def imports(path):
    """Every module name that a file imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def uses(path, package):
    return any(name == package or name.startswith(f"{package}.") for name in imports(path))


def test_the_walk_sees_the_files():
    assert {Path("app.py"), Path("pages/draw.py"), Path("cnnviz/ops.py")} <= set(FILES)
    assert uses(Path("cnnviz/ops.py"), "numpy")


@pytest.mark.parametrize("path", FILES, ids=str)
def test_only_training_imports_keras(path):
    if Path("cnnviz/training") in path.parents:
        return
    assert not uses(path, "keras")
    assert not uses(path, "tensorflow")
    assert not uses(path, "cnnviz.training")


@pytest.mark.parametrize("path", FILES, ids=str)
def test_only_the_app_its_pages_session_and_components_import_streamlit(path):
    allowed = (
        path == Path("app.py")
        or path.parts[0] == "pages"
        or Path("cnnviz/session") in path.parents
        or Path("cnnviz/components") in path.parents
    )
    assert allowed or not uses(path, "streamlit")


@pytest.mark.parametrize("path", FILES, ids=str)
def test_no_one_imports_pyplot(path):
    assert not uses(path, "matplotlib.pyplot")


@pytest.mark.parametrize("path", [path for path in FILES if path.parts[0] == "pages"], ids=str)
def test_pages_import_no_page_and_no_array_library(path):
    assert not any(uses(path, name) for name in ("pages", "numpy", "PIL", "matplotlib"))


def test_arithmetic_imports_nothing():
    assert imports(Path("cnnviz/arithmetic.py")) == set()


def test_the_core_does_not_know_the_app():
    for path in FILES:
        if path.parts[0] != "cnnviz" or Path("cnnviz/session") in path.parents:
            continue
        assert not uses(path, "cnnviz.session"), path
        if Path("cnnviz/components") not in path.parents:
            assert not uses(path, "cnnviz.components"), path


def test_there_are_no_cycles():
    modules = {
        ".".join(path.with_suffix("").parts).removesuffix(".__init__"): path
        for path in FILES
        if path.parts[0] == "cnnviz"
    }
    done = set()

    def visit(module, above):
        assert module not in above, " <- ".join([*above, module])
        if module in done:
            return
        for name in imports(modules[module]):
            if name in modules and name not in (module, "cnnviz"):
                visit(name, [*above, module])
        done.add(module)

    for module in modules:
        visit(module, [])


def test_no_import_of_the_web_process_pulls_in_tensorflow():
    script = (
        "import sys, cnnviz.session.chosen, cnnviz.session.field;"
        "import cnnviz.session.training, cnnviz.session.dense, cnnviz.variants;"
        "import cnnviz.components.network_view, cnnviz.components.cards;"
        "print([name for name in ('tensorflow', 'keras', 'matplotlib', 'pandas') "
        "if name in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"
