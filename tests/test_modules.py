"""The components' files: what their modules import, and what Streamlit is told of them."""

import re
import tomllib
from pathlib import Path, PurePosixPath

import pytest

import cnnviz

PACKAGE = Path(cnnviz.__file__).parent
FOLDER = PACKAGE / "components"
MODULES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("**/*.js"))
IMPORT = re.compile(r'^import (?:\{([^}]*)\}|\w+) from "([^"]+)";', re.M)
EXPORT = re.compile(r"^export (?:(?:const|(?:async )?function) (\w+)|\{ (\w+) \})", re.M)
# These compute, and may not touch the page.
COMPUTE = (
    "shared/colours.js",
    "shared/format.js",
    "shared/geometry.js",
    "shared/numeric.js",
    "shared/paths.js",
    "shared/values.js",
    "shared/walk.js",
    "shared/windows.js",
    *(name for name in MODULES if name.startswith("engine/")),
    "network_view/links.js",
    "network_view/numbers.js",
    "network_view/subject.js",
    "number_grid/block.js",
    "number_grid/number.js",
    "pixels/line.js",
    "receptive_field/field.js",
    "shift/moved.js",
    "sliding_window/every_window.js",
    "sliding_window/kernel.js",
    "sliding_window/opened.js",
    "sliding_window/stage.js",
    "sliding_window/sums.js",
)
PAGE = re.compile(r"\b(document|window\.|HTML\w*Element|canvas|querySelector)\b")


def text(name):
    return (FOLDER / name).read_text("utf-8")


def imports(name):
    """The (module, names) that a module imports."""
    for names, target in IMPORT.findall(text(name)):
        assert target.startswith("."), f"{name}: {target} is not beside it"
        path = (FOLDER / name).parent / target
        imported = [one.split(" as ")[0].strip() for one in names.split(",")]
        yield path.resolve().relative_to(FOLDER).as_posix(), [one for one in imported if one]


def exports(name):
    return {one or other for one, other in EXPORT.findall(text(name))}


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_what_there_is_and_uses_it(name):
    assert text(name).count("\nimport ") + text(name).startswith("import ") == len(
        list(IMPORT.finditer(text(name)))
    )
    for target, names in imports(name):
        assert target in MODULES, f"{name} imports {target}"
        assert set(names) <= exports(target), f"{name}: {names} of {target}"
        for imported in names:
            assert len(re.findall(rf"\b{imported}\b", text(name))) > 1, f"{name}: {imported}"
        own = PurePosixPath(name).parts[0]
        room = PurePosixPath(target).parts[0]
        # The page to take home puts components together.
        allowed = room in (own, "shared", "engine") or own == "home"
        assert allowed, f"{name} imports {target}"


def test_what_lies_in_shared_is_used_by_several():
    users = {name: set() for name in MODULES if name.startswith("shared/")}
    for name in MODULES:
        for target, _ in imports(name):
            if target in users:
                users[target].add(PurePosixPath(name).parts[0])
    alone = {name for name, by in users.items() if len(by) < 2 and by != {"shared"}}
    assert alone == set()


@pytest.mark.parametrize("name", COMPUTE)
def test_what_computes_knows_nothing_of_the_page(name):
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", text(name), flags=re.S)
    assert not PAGE.search(code)
    assert {target for target, _ in imports(name)} <= set(COMPUTE)


def test_every_component_is_made_known_to_streamlit():
    with (PACKAGE / "pyproject.toml").open("rb") as file:
        told = tomllib.load(file)["tool"]["streamlit"]["component"]["components"]
    assert {component["asset_dir"] for component in told} == {"components"}
    names = re.compile(r'declared\(\s*"(\w+)"')
    declared = [
        name
        for path in FOLDER.glob("*/__init__.py")
        for name in names.findall(path.read_text("utf-8"))
    ]
    assert sorted(declared) == [component["name"] for component in told], "cnnviz/pyproject.toml"
    folders = {path.parent.name for path in FOLDER.glob("*/view.js")}
    packages = {path.parent.name for path in FOLDER.glob("*/__init__.py")}
    assert packages - folders == {"engine"}, "which shows nothing"
