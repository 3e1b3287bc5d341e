"""The drawing board of the Draw page."""

from typing import Any

from cnnviz.session.state import sent, state

SIDE = 280  # canvas pixels, each way


def canvas() -> tuple[str, dict[str, Any] | None]:
    """Return the canvas's key and the drawing it starts with, both the same until remounted."""
    if state.board_mount < 0:
        mount()
    return f"board-{state.board_mount}", state.board_start


def mount() -> None:
    """Start a fresh board: with the drawing on it, or empty beside a sample or upload."""
    state.board_mount += 1
    state.board_start = state.drawing if has_drawing() else None


def has_drawing() -> bool:
    """Return whether the drawing lies on the board, not a sample or an upload beside it."""
    origin = state.unedited if state.origin == "pixels" else state.origin
    return origin == "board"


def strokes_on(canvas: tuple[str, dict[str, Any] | None]) -> int:
    """Return how many strokes lie on a canvas, as far as it has told."""
    key, start = canvas
    raw = sent(key).get("drawing", {}).get("raw") or start or {}
    return len(raw.get("objects") or [])


def drawing() -> dict[str, Any] | None:
    """Return the drawing that the canvas has sent last, None if it has sent none yet."""
    return sent(canvas()[0]).get("drawing", {}).get("raw")
