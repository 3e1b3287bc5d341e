"""The board to draw on: white ink on black.

It is the canvas of `streamlit-drawable-canvas`, shown by a script of ours, which tells the page
of a drawing while the pen still moves.
"""

from collections.abc import Callable
from importlib.metadata import files
from pathlib import Path
from typing import Any

from cnnviz.components.declared import declared
from cnnviz.components.messages import BoardMessage

CANVAS = "streamlit-drawable-canvas.streamlit_drawable_canvas"
WHITE, BLACK = "#fff", "#000"  # of the pen; of the board, and so of the eraser

_board = declared("board", '<div class="canvas-root"></div>')


def canvas_script() -> Path:
    """Return the file of the canvas's script; an import of its package would need a server."""
    (script,) = (
        file for file in files("streamlit-drawable-canvas") or () if file.match("index-*.js")
    )
    return Path(str(script.locate()))


def board(
    side: int,
    pen: int,
    start: dict[str, Any] | None,
    key: str,
    known: int,
    on_change: Callable[[], None] | None = None,
    erases: bool = False,
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
        The state's ``key`` has the ``drawing``, whose ``raw`` is the canvas's JSON.
    known : int
        How many strokes are known to lie on it: what the browser has beyond that it sends again.
    on_change : callable, optional
        Called after each stroke.
    erases : bool
        Whether the pen is an eraser: it then draws in the board's own colour.
    """
    script = f"../../{CANVAS}/{canvas_script().name}"
    data = board_message(side, pen, start, known, script, erases)
    _board(
        key=key,
        data=data,
        default={"drawing": {"raw": data["initialDrawing"], "data": None}},
        on_drawing_change=on_change or (lambda: None),
        width="content",
        height="content",
    )


def board_message(
    side: int,
    pen: int,
    start: dict[str, Any] | None,
    known: int,
    script: str,
    erases: bool = False,
) -> BoardMessage:
    """Return what the board's script takes; `script` is the address of the canvas's own."""
    return {
        "script": script,
        "known": known,
        "strokeWidth": pen,
        "strokeColor": BLACK if erases else WHITE,
        "fillColor": "#eee",
        "backgroundColor": BLACK,
        "backgroundImageURL": None,
        "backgroundImageFit": "stretch",
        "realtimeUpdateStreamlit": True,
        "canvasWidth": side,
        "canvasHeight": side,
        "maxDisplayHeight": None,
        "drawingMode": "freedraw",
        "initialDrawing": {**(start or {"objects": []}), "background": BLACK},
        "displayRadius": 3,
        "returnImageData": False,
        "disabled": False,
        "fontSize": 20,
        "label": "",
    }
