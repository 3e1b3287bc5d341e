"""The board to draw on: white ink on black."""

from importlib.resources import files

import streamlit as st
import streamlit_drawable_canvas
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager

# The board's styles are its own, where none of the page's reaches. So it is declared once more,
# as its package does, with ours after the package's; unless the first declaration is taken back,
# Streamlit warns of the second.
_NAME = "streamlit-drawable-canvas.streamlit_drawable_canvas"
_BUILD = files(streamlit_drawable_canvas) / "frontend" / "build"
get_bidi_component_manager().unregister(_NAME)
st.components.v2.component(
    _NAME,
    html='<div class="canvas-root"></div>',
    css=(_BUILD / "index-style.css").read_text(encoding="utf-8")
    + (files(__name__) / "style.css").read_text(encoding="utf-8"),
    js="index-*.js",
)


def board(side, pen, start, key, on_change=None):
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
    streamlit_drawable_canvas.st_canvas(
        stroke_width=pen,
        stroke_color="#fff",
        background_color="#000",
        width=side,
        height=side,
        initial_drawing=start,
        on_change=on_change,
        key=key,
    )
