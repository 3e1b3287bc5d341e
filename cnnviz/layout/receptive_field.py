"""The stack of the Receptive field page, to be changed, and the stroke that tests it."""

from collections.abc import Sequence

import streamlit as st

from cnnviz.html.digit import on_probe_board
from cnnviz.labs import probe as probe_lab
from cnnviz.labs import stacks
from cnnviz.layout.board import board
from cnnviz.session import in_use
from cnnviz.session.board import SIDE
from cnnviz.session.digit import framed, subject
from cnnviz.session.receptive_field import PEN, probe_canvas, probe_stroke, start_probe
from cnnviz.session.state import State


def stack_editor() -> None:
    """Show a line of settings for each place of the stack; the address keeps the changes."""
    with st.container(horizontal=True, key="stack_head"):
        for heading in ("", "Layer", "Window", "Stride", "Padding"):
            st.markdown(heading)
    for place, keys in enumerate(State.stack):
        gone = False  # until the first of its widgets has taken the address
        with st.container(horizontal=True, key=f"stack_row_{place}"):
            st.markdown(str(place + 1))
            for part, (options, words) in stacks.CHOICES.items():
                value = st.selectbox(
                    f"{part.capitalize()} of layer {place + 1}",
                    options,
                    index=options.index(keys[part].default),
                    format_func=words,
                    disabled=gone,
                    filter_mode=None,
                    label_visibility="collapsed",
                    **keys[part].bound(),
                )
                gone = gone or value == stacks.NONE


@st.fragment
def probe(never_read: Sequence[int]) -> None:
    """Show a board, and what a stroke on it changes: only this runs after a stroke.

    Parameters
    ----------
    never_read : sequence of int
        The rows of the digit, and its columns, that the network never reads.
    """
    looked_at = subject()
    digit = looked_at.digit(framed())
    board_place, result, numbers = st.columns([1, 1.3, 1])
    with board_place.container(key="probe_board"):
        st.html(f"<style>{on_probe_board(digit, never_read, SIDE)}</style>")
        board(probe_canvas(), PEN)
    with result:
        if looked_at.blank:
            st.markdown("First take a test digit above, or draw one on the Draw page.")
        else:
            network = in_use.network("convnet")
            found = probe_lab.probe(network, digit, probe_stroke(), never_read)
            st.markdown(probe_lab.in_words(found))
            numbers.container(key="probe_table").markdown(probe_lab.table(found))
        with st.container(horizontal=True, key="probe_tools"):
            st.button("Draw one there for me", on_click=start_probe, args=(never_read,))
            st.button("Clear the stroke", on_click=start_probe)
