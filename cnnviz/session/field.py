"""The Receptive field page: the stack that a person set, and the stroke that they test it with."""

import streamlit as st

from cnnviz import ink
from cnnviz.digits.drawing import drawing_of_line, strokes_from_drawing
from cnnviz.labs import stacks
from cnnviz.session import BOARD_SIDE


def stack_keys(place):
    """Return the key of each setting of the layer at that place of the stack, by its name."""
    return {part: f"{part}{place + 1}" for part in stacks.Layer._fields}


def stack():
    """Return the stack that the person has set, without the places that are empty."""
    state = st.session_state
    places = [
        stacks.Layer(**{part: state[key] for part, key in stack_keys(place).items()})
        for place in range(stacks.PLACES)
    ]
    return [layer for layer in places if layer.kind != stacks.NONE]


def take_preset():
    """Set the stack to the preset that was just chosen."""
    if st.session_state.preset is None:  # the one that is chosen was pressed again: it stays
        return
    for place, layer in enumerate(stacks.filled(stacks.presets()[st.session_state.preset])):
        for part, key in stack_keys(place).items():
            st.session_state[key] = getattr(layer, part)


def show_preset():
    """Show the preset that the stack is, if any, as chosen."""
    now = stack()
    same = (name for name, preset in stacks.presets().items() if preset == now)
    st.session_state.preset = next(same, None)


def probe_board():
    """Return the key of the probe's board and the drawing it starts with."""
    state = st.session_state
    return f"probe-{state.get('probe_mount', 0)}", state.get("probe_start")


def probe_stroke():
    """Return the ink on the probe's board as it lies there, unframed."""
    key, start = probe_board()
    sent = st.session_state.get(key)
    strokes, widths = strokes_from_drawing(sent["drawing"]["raw"] if sent else start)
    return ink.digit_from_strokes(strokes, BOARD_SIDE, widths or 1, framed=False)


def start_probe(rows=None, pen=None):
    """Start a fresh board for the probe: empty, or with a line along those rows of the digit."""
    state = st.session_state
    state.probe_mount = state.get("probe_mount", 0) + 1
    state.probe_start = None
    if rows:
        down = (rows[0] + rows[-1] + 1) / 2 * BOARD_SIDE / ink.SIDE
        state.probe_start = drawing_of_line((30, down), (BOARD_SIDE - 30, down), pen)
