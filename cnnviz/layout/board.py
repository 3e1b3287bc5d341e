"""A board to draw a digit on, as wide as it is high."""

from collections.abc import Callable
from typing import Any

from cnnviz.components import board as component
from cnnviz.session.board import SIDE, strokes_on


def board(
    canvas: tuple[str, dict[str, Any] | None],
    pen: int,
    on_change: Callable[[], None] | None = None,
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
    """
    key, start = canvas
    component.board(SIDE, pen, start, key, strokes_on(canvas), on_change)
