"""The walk over the imports: which module may know which."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tools import ROOT

FILES = sorted(
    path.relative_to(ROOT)
    for folder in ("cnnviz", "pages", ".")
    for path in (ROOT / folder).glob("*.py" if folder == "." else "**/*.py")
)


MODULES = [path for path in FILES if path.parts[0] == "cnnviz"]
NAMES = {".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in MODULES}


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


# Which rooms a room may import; all may import the core and themselves.
ARROWS = {
    "core": set(),
    "digits": set(),
    "inspection": set(),
    "runs": set(),
    "labs": {"inspection", "runs"},
    "export": {"components", "html", "inspection", "runs"},
    "training": {"labs", "runs"},
    "html": {"digits", "inspection", "labs", "runs"},
    "components": {"html", "inspection", "labs", "runs"},
    "session": {"digits", "inspection", "labs", "runs"},
    "layout": {"components", "export", "html", "inspection", "labs", "runs", "session"},
}
CORE = {"arithmetic", "ops", "layers", "networks", "ink", "mnist", "render", "types", "words"}


def room(parts):
    """Return the room of a module, given as the parts of its name after cnnviz."""
    return parts[0] if parts and parts[0] in ARROWS else "core"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_arrows_between_rooms_go_one_way(path):
    own = room(path.parts[1:])
    used = {room(name.split(".")[1:]) for name in imports(path) if name in NAMES}
    assert used <= {"core", own} | ARROWS[own]


def test_every_room_is_known():
    folders = {path.name for path in (ROOT / "cnnviz").iterdir() if (path / "__init__.py").exists()}
    modules = {path.stem for path in (ROOT / "cnnviz").glob("*.py")} - {"__init__"}
    assert folders - {"ink"} == set(ARROWS) - {"core"}
    assert modules | {"ink"} == CORE


@pytest.mark.parametrize("path", FILES, ids=str)
def test_only_training_imports_keras(path):
    if Path("cnnviz/training") in path.parents:
        return
    assert not any(uses(path, name) for name in ("keras", "tensorflow", "cnnviz.training"))


@pytest.mark.parametrize("path", FILES, ids=str)
def test_streamlit_is_known_to_what_is_shown_and_to_the_state(path):
    allowed = (
        path == Path("app.py")
        or path.parts[0] == "pages"
        or path.parts[:2] in [("cnnviz", room) for room in ("session", "components", "layout")]
    )
    assert allowed or not uses(path, "streamlit")


@pytest.mark.parametrize("path", FILES, ids=str)
def test_one_module_only_touches_streamlits_state_and_the_address(path):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names |= {
        alias.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) for alias in n.names
    }
    touched = names & {"session_state", "query_params"}
    assert not touched or path == Path("cnnviz/session/state.py")


@pytest.mark.parametrize("path", FILES, ids=str)
def test_no_one_imports_pyplot(path):
    assert not uses(path, "matplotlib.pyplot")


@pytest.mark.parametrize("path", [path for path in FILES if path.parts[0] == "pages"], ids=str)
def test_pages_import_no_page_and_no_array_library(path):
    assert not any(uses(path, name) for name in ("pages", "numpy", "PIL", "matplotlib"))


def test_arithmetic_imports_nothing_but_types():
    path = Path("cnnviz/arithmetic.py")
    assert {name for name in imports(path) if name in NAMES} == {"cnnviz.types"}
    assert not any(uses(path, name) for name in ("numpy", "PIL"))


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
        "import sys, cnnviz.session.opened_number, cnnviz.session.receptive_field;"
        "import cnnviz.session.training, cnnviz.session.dense, cnnviz.labs.variants;"
        "import cnnviz.components.network_view, cnnviz.html.digit;"
        "print([name for name in ('tensorflow', 'keras', 'matplotlib', 'pandas') "
        "if name in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"
