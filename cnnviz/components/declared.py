"""How a component of this package is declared to Streamlit."""

from functools import cache
from typing import Any

import streamlit as st
from streamlit.components.v2.bidi_component.state import ComponentResult
from streamlit.components.v2.types import ComponentRenderer

# The script and the style sheet of each component declared, by the name that Streamlit has for it.
FILES: dict[str, tuple[str, str]] = {}


def declared(
    name: str, html: str, *, script: str | None = None, style: str | None = None
) -> ComponentRenderer:
    """Return a function that shows a component whose files lie in this folder.

    Streamlit serves the folder, so that the browser loads the component's script and all that
    it imports as modules of their own. It knows of the folder from the ``pyproject.toml`` beside
    the package, which a server reads when it starts; so the component is declared when it is
    first shown, and its Python module can be imported without a server.

    Parameters
    ----------
    name : str
        As in that ``pyproject.toml``.
    html : str
        The element that the script fills.
    script, style : str, optional
        Paths in this folder; ``view.js`` and ``style.css`` in the folder `name` if not given.

    Returns
    -------
    callable
        Takes ``key``, ``data`` and ``on_..._change``, as Streamlit's own components do.
    """
    full_name = f"cnnviz.{name}"
    js, css = FILES[full_name] = script or f"{name}/view.js", style or f"{name}/style.css"

    @cache
    def component() -> ComponentRenderer:
        return st.components.v2.component(full_name, html=html, js=js, css=css)

    def show(**arguments: Any) -> ComponentResult:
        return component()(**arguments)

    return show
