"""A board to draw a digit on, as wide as it is high."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from cnnviz.components import board as component
from cnnviz.session.board import SIDE, strokes_on
from cnnviz.session.state import PEN, TOOLS, State


def board(
    canvas: tuple[str, dict[str, Any] | None],
    pen: int,
    on_change: Callable[[], None] | None = None,
    erases: bool = False,
) -> None:
    """Show a canvas for white strokes on black.

    Parameters
    ----------
    canvas : (str, dict or None)
        Its key and the drawing it starts with, both the same for as long as it is the same one.
    pen : int
        Width of a stroke in pixels.
    on_change : callable, optional
        Called after a stroke.
    erases : bool
        Whether strokes rub out what is there.
    """
    key, start = canvas
    component.board(SIDE, pen, start, key, strokes_on(canvas), on_change, erases)


def tool_and_width() -> None:
    """Show the choice between pen and eraser, and how wide either is."""
    with st.container(gap="small", key="tool_and_width"):
        st.segmented_control(
            "Tool",
            TOOLS,
            default=PEN,
            required=True,
            label_visibility="collapsed",
            **State.tool.widget(),
        )
        st.slider(
            "Width",
            8,
            40,
            State.pen.default,
            format="%d px",
            label_visibility="collapsed",
            **State.pen.widget(),
        )
