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
def script(name):
    """Return the script of a component with the modules it imports put before it, as one.

    Streamlit takes a component's script as one module. So the ``import`` lines are dropped,
    and so is the ``export`` of all but the component's own function. Names must differ between
    modules.
    """
    return "\n".join(modules(name, []))


def modules(name, done):
    """Return the text of a module, after those of the modules it needs that are not yet `done`."""
    done.append(name)
    text = (FOLDER / name).read_text(encoding="utf-8")
    texts = []
    for needed in re.findall(r'^import [^;]* from "\./([^"]+)";', text, flags=re.M):
        if needed not in done:
            texts += modules(needed, done)
    text = re.sub(r"^import [^;]*;\n", "", text, flags=re.M)
    return [*texts, re.sub(r"^export (?=const|function)", "", text, flags=re.M)]
