"""The Receptive field page: the stack that a person set, and the stroke that they test it with."""

from collections.abc import Sequence
from typing import Any

from cnnviz import ink
from cnnviz.digits.drawing import drawing_of_line, strokes_from_drawing
from cnnviz.labs import stacks
from cnnviz.session import board
from cnnviz.session.state import State, sent, state
from cnnviz.types import Digit

PEN = board.SIDE // ink.SIDE  # one pixel of the digit wide


def stack() -> list[stacks.StackLayer]:
    """Return the stack that the person has set, without the places that are empty."""
    places = [
        stacks.StackLayer(**{part: key.get() for part, key in place.items()})
        for place in State.stack
    ]
    return [layer for layer in places if layer.kind != stacks.NONE]


def take_preset() -> None:
    """Set the stack to the preset that was just chosen."""
    if state.preset is None:  # the one that is chosen was pressed again: it stays
        return
    preset = stacks.filled(stacks.presets()[state.preset])
    for place, layer in zip(State.stack, preset, strict=True):
        for part, key in place.items():
            key.set(getattr(layer, part))


def show_preset() -> None:
    """Show the preset that the stack is, if any, as chosen."""
    now = stack()
    same = (name for name, preset in stacks.presets().items() if preset == now)
    state.preset = next(same, None)


def probe_canvas() -> tuple[str, dict[str, Any] | None]:
    """Return the key of the probe's canvas and the drawing it starts with."""
    return f"probe-{state.probe_mount}", state.probe_start


def probe_stroke() -> Digit:
    """Return the ink on the probe's board as it lies there, unframed."""
    key, start = probe_canvas()
    drawn = sent(key)
    strokes, widths = strokes_from_drawing(drawn["drawing"]["raw"] if drawn else start)
    return ink.digit_from_strokes(strokes, board.SIDE, widths or 1, framed=False)


def start_probe(rows: Sequence[int] = ()) -> None:
    """Start a fresh board for the probe: empty, or with a line along those rows of the digit."""
    state.probe_mount += 1
    state.probe_start = None
    if rows:
        down = (rows[0] + rows[-1] + 1) / 2 * board.SIDE / ink.SIDE
        state.probe_start = drawing_of_line((30, down), (board.SIDE - 30, down), PEN)
