"""Read the scripts and styles that stand beside the components."""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def style(*names):
    """Return the style sheets `names` as one."""
    return "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in names)


@cache
def script(*names):
    """Return one script of several modules, the last of which is the component's own.

    Streamlit takes a component's script as one module, so the modules that it shares with
    others are put before it: their ``export`` and all ``import`` lines are dropped.
    """
    *shared, main = (
        _without_imports((FOLDER / name).read_text(encoding="utf-8")) for name in names
    )
    shared = [re.sub(r"^export (?=const|function)", "", text, flags=re.M) for text in shared]
    return "\n".join([*shared, main])


def _without_imports(text):
    """Return a module's text without its import lines."""
    return re.sub(r"^import [^;]*;\n", "", text, flags=re.M)
