"""The board to draw on: white ink on black."""

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager

NAME = "streamlit-drawable-canvas.streamlit_drawable_canvas"


@cache
def _canvas() -> Callable[..., Any]:
    """Return the package's canvas, with our styles after its own.

    The canvas keeps its styles to itself, where none of the page's reaches, so it is declared
    once more, as its package does. Unless the first declaration is taken back, Streamlit warns of
    the second. Only a running server knows the package's folder: hence not before the first use.
    """
    import streamlit_drawable_canvas

    build = files(streamlit_drawable_canvas) / "frontend" / "build"
    styles = build / "index-style.css", files(__name__) / "style.css"
    get_bidi_component_manager().unregister(NAME)
    st.components.v2.component(
        NAME,
        html='<div class="canvas-root"></div>',
        css="".join(style.read_text(encoding="utf-8") for style in styles),
        js="index-*.js",
    )
    canvas: Callable[..., Any] = streamlit_drawable_canvas.st_canvas
    return canvas


def board(
    side: int,
    pen: int,
    start: dict[str, Any] | None,
    key: str,
    on_change: Callable[[], None] | None = None,
) -> None:
    """Show a board.

    Parameters
    ----------
    side : int
        Its height and width, in canvas pixels.
    pen : int
        The width of a stroke.
    start : dict or None
        The drawing on it to begin with.
    key : str
        The state's ``key`` has the drawing.
    on_change : callable, optional
        Called after each stroke.
    """
    _canvas()(
        stroke_width=pen,
        stroke_color="#fff",
        background_color="#000",
        width=side,
        height=side,
        initial_drawing=start,
        on_change=on_change,
        key=key,
    )
