"""How far a unit sees: receptive fields on the digit, for a stack of layers to be changed."""

import streamlit as st

from cnnviz import ink, session
from cnnviz.components.board import board
from cnnviz.components.receptive_field import field_view, on_probe_board
from cnnviz.export import take_away
from cnnviz.labs import probe, receptive_field, stacks
from cnnviz.layout.digit_bar import digit_bar
from cnnviz.layout.take_away import downloads
from cnnviz.session import field

session.require_app()
PEN = session.BOARD_SIDE // ink.SIDE  # one pixel of the digit wide
SHIPPED = stacks.of_network("convnet")
SIDE = ink.SIDE


def stack_editor():
    """Show a line of settings for each place of the stack; the address keeps the changes."""
    choices = {
        "kind": (stacks.KINDS, str.capitalize),
        "window": (range(1, 8), lambda size: f"{size} × {size}"),
        "stride": (range(1, 5), str),
        "padding": (("valid", "same"), str),
    }
    with st.container(horizontal=True, key="stack_head"):
        for heading in ("", "Layer", "Window", "Stride", "Padding"):
            st.markdown(heading)
    for place, default in enumerate(stacks.filled(SHIPPED)):
        keys = field.stack_keys(place)
        gone = False  # until the first of its widgets has taken the address
        with st.container(horizontal=True, key=f"stack_row_{place}"):
            st.markdown(str(place + 1))
            for part, (options, words) in choices.items():
                value = st.selectbox(
                    f"{part.capitalize()} of layer {place + 1}",
                    options,
                    index=options.index(getattr(default, part)),
                    format_func=words,
                    disabled=gone,
                    filter_mode=None,
                    label_visibility="collapsed",
                    **session.bound(keys[part], map(words, options)),
                )
                gone = gone or value == stacks.NONE


@st.fragment
def probe_board():
    """Show the board, and what a stroke on it changes: only this runs after a stroke."""
    never = stacks.never_read(SIDE, SHIPPED)
    subject = session.subject()
    digit = subject.digit(session.framed())
    left, result, numbers = st.columns([1, 1.3, 1])
    with left.container(key="probe_board"):
        st.html(f"<style>{on_probe_board(digit, never, session.BOARD_SIDE)}</style>")
        key, start = field.probe_board()
        board(session.BOARD_SIDE, PEN, start, key)
    with result:
        if subject.blank:
            st.markdown("First take a test digit above, or draw one on the Draw page.")
        else:
            network = session.network("convnet")
            found = probe.probe(network, digit, field.probe_stroke(), never)
            st.markdown(probe.in_words(found))
            numbers.container(key="probe_table").markdown(probe.table(found))
        with st.container(horizontal=True):
            st.button("Draw one there for me", on_click=field.start_probe, args=(never, PEN))
            st.button("Clear the stroke", on_click=field.start_probe)


session.restore_sample()
digit, activations = session.look(session.network("convnet"))
digit_bar(digit, activations, session.sample_changed)

top = st.container(border=True, key="card_field")
view = st.container()
left, right = st.columns([1, 1.35])
with left.container(border=True, height="stretch", gap="xsmall", key="card_stack"):
    st.subheader("The stack")
    stack_editor()
stack = field.stack()
possible = stack[: len(stacks.sizes(SIDE, stack)) - 1]

with top:
    st.subheader("How far a unit sees")
    st.markdown(receptive_field.growth(SIDE, possible))
    field.show_preset()
    st.segmented_control(
        "Take a stack", stacks.presets(), key="preset", on_change=field.take_preset, wrap=True
    )
    if stacks.problem(SIDE, stack):
        st.warning(stacks.problem(SIDE, stack))

if possible:
    with view:
        field_view(digit, possible, key="field")
    with right.container(border=True, height="stretch", key="card_table"):
        st.subheader("What the units of each layer see")
        with st.container(key="field_table"):
            st.markdown(receptive_field.table(SIDE, possible, SHIPPED))
        st.caption(
            "In pixels of the digit, counted from 0; .5 lies between two pixels. Centre: the "
            "middle of what the first and the last unit of a row see. Share: of the digit's area."
        )

with st.container(border=True, key="card_probe"):
    st.subheader("Pixels that never count")
    st.markdown(receptive_field.finding(SIDE, SHIPPED))
    probe_board()

if possible:
    boxes = stacks.nested(SIDE, possible)
    downloads([take_away.fields("What one unit of each layer sees", digit, boxes)])
