"""A page's HTML as the server sends it first, which names the files that the page will ask for.

Without that the browser learns of them one after the other: of Streamlit's part for an element
when the element's message is there, of a component's script after that, and of what the script
imports after that. Named at once, they come while Streamlit itself is loading.
"""

import json
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import streamlit as st
from markupsafe import Markup

from cnnviz import components
from cnnviz.components import board
from cnnviz.components.declared import FILES
from cnnviz.components.modules import beside, imports_of
from cnnviz.html.environment import template
from cnnviz.layout.pages import BOARD, Page

STATIC = Path(st.__file__).parent / "static"
ASSETS = "_stcore/bidi-components"
# Streamlit's own parts for what every page shows.
ELEMENTS = ("Html", "ButtonGroup", "BidiComponent")
# The folders of modules that several components import.
SHARED = ("shared", "engine")
FONT = "app/static/inter.woff2"


def page_html(page: Page) -> str:
    """Return Streamlit's own HTML, with a link for each file that the page will ask for."""
    html = (STATIC / "index.html").read_text("utf-8")
    modules = Markup(json.dumps({"imports": import_map()}))
    return template("preload.html").page(Markup(html), modules, files_of(page, known=html))


@cache
def import_map() -> dict[str, str]:
    """Return where the browser finds what components share: for all of them in one place.

    Streamlit serves each component at an address of its own, and would have the browser load
    and keep each shared module once for each of them.
    """
    return {
        f"./{ASSETS}/{name}/{folder}/": f"./{ASSETS}/{BOARD}/{folder}/"
        for name in _files()
        for folder in SHARED
        if name != BOARD
    }


def files_of(page: Page, known: str = "") -> list[str]:
    """Return the addresses of the files that a page asks for, but for those that are `known`."""
    found = [FONT]
    for address in _first_files(page):
        _add(address, found, known)
    return found


def _first_files(page: Page) -> Iterator[str]:
    """Yield the addresses of the files that the page's elements name themselves."""
    for element in (*ELEMENTS, *page.elements):
        (script,) = (STATIC / "static" / "js").glob(f"{element}.*.js")
        yield f"static/js/{script.name}"
    for name in page.components:
        yield from (f"{ASSETS}/{name}/{file}" for file in _files()[name])
        if name == BOARD:
            yield f"{ASSETS}/{board.CANVAS}/{board.canvas_script().name}"


def _files() -> dict[str, tuple[str, str]]:
    """Return the script and the style sheet of each of our components."""
    for module in iter_modules(components.__path__):
        import_module(f"{components.__name__}.{module.name}")
    return FILES


def _add(address: str, found: list[str], known: str) -> None:
    """Add a file to those found, with those that it imports, and that these import."""
    address = _mapped(address)
    if address in found or address in known:
        return
    found.append(address)
    for relative in imports_of(_path(address).read_text("utf-8")):
        _add(beside(address, relative), found, known)


def _mapped(address: str) -> str:
    """Return the address of a script as `import_map` has it."""
    for before, after in import_map().items():
        if address.endswith(".js") and f"./{address}".startswith(before):
            return f"./{address}".replace(before, after).removeprefix("./")
    return address


def _path(address: str) -> Path:
    """Return which file the server answers with."""
    if address.startswith("static/"):
        return STATIC / address
    name, file = address.removeprefix(f"{ASSETS}/").split("/", 1)
    if name == board.CANVAS:
        return board.canvas_script().parent / file
    return Path(components.__file__).parent / file
