"""What the browser's modules and style sheets import, read from their text."""

import posixpath
import re
from collections.abc import Callable
from importlib import resources

FOLDER = resources.files(__package__)
# At the start of a line in ours; Streamlit's scripts have no line breaks.
IMPORT = re.compile(r'((?:^|;)import\b[^"*]*")(\.[^"]+)(")|^@import url\("([^"]+)"\);\n?', re.M)


def imports_of(text: str) -> list[str]:
    """Return the relative addresses that a module or a style sheet imports.

    >>> imports_of('import { a } from "./a.js";'), imports_of('@import url("../b.css");')
    (['./a.js'], ['../b.css'])
    """
    return [script or style for _, script, _, style in IMPORT.findall(text)]


def beside(address: str, relative: str) -> str:
    """Return the address of what lies beside a file.

    >>> beside("board/view.js", "../shared/dom.js")
    'shared/dom.js'
    """
    return posixpath.normpath(posixpath.join(posixpath.dirname(address), relative))


def read(path: str) -> str:
    """Return the text of one of the components' files."""
    return (FOLDER / path).read_text("utf-8")


def with_imports(path: str) -> dict[str, str]:
    """Return the text of a module of the components and of all that it imports, by path."""
    found: dict[str, str] = {}

    def add(path: str) -> None:
        if path not in found:
            found[path] = read(path)
            for relative in imports_of(found[path]):
                add(beside(path, relative))

    add(path)
    return found


def renamed(path: str, text: str, name: Callable[[str], str]) -> str:
    """Return a module with the addresses that it imports replaced by names.

    Parameters
    ----------
    path, text : str
        The module's.
    name : callable
        Takes a path in the components' folder and returns its name.

    Examples
    --------
    >>> renamed("board/view.js", 'import { a } from "../shared/a.js";', "app/{}".format)
    'import { a } from "app/shared/a.js";'
    """
    return IMPORT.sub(
        lambda found: found[1] + name(beside(path, found[2])) + found[3] if found[2] else "", text
    )


def style_in_one(path: str, others: Callable[[str], str] = read) -> str:
    """Return a style sheet with those that it imports in their place.

    Parameters
    ----------
    path : str
    others : callable
        Returns the text of one that is imported, by its path.
    """
    text = read(path)
    before = [others(beside(path, relative)) for relative in imports_of(text)]
    return "\n".join([*before, IMPORT.sub("", text)])
