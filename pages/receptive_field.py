"""How far a unit sees: receptive fields on the digit, for a stack of layers to be changed."""

import streamlit as st

from cnnviz import ink
from cnnviz.components.receptive_field import field_view
from cnnviz.export import take_away
from cnnviz.labs import receptive_field, stacks
from cnnviz.layout.digit_bar import digit_bar
from cnnviz.layout.frame import require_app
from cnnviz.layout.receptive_field import probe, stack_editor
from cnnviz.layout.take_away import downloads
from cnnviz.session import in_use
from cnnviz.session.receptive_field import show_preset, stack, take_preset
from cnnviz.session.state import State

require_app()
SHIPPED = stacks.of_network("convnet")
SIDE = ink.SIDE

digit = digit_bar(in_use.network("convnet")).digit

top = st.container(border=True, key="card_field")
view = st.container()
left, right = st.columns([1, 1.35])
with left.container(border=True, height="stretch", gap="xsmall", key="card_stack"):
    st.subheader("The stack")
    stack_editor()
layers = stack()
possible = layers[: len(stacks.sizes(SIDE, layers)) - 1]

with top:
    st.subheader("How far a unit sees")
    st.markdown(receptive_field.growth(SIDE, possible))
    show_preset()
    st.segmented_control(
        "Take a stack",
        stacks.presets(),
        key=State.preset.name,
        on_change=take_preset,
        wrap=True,
    )
    if stacks.problem(SIDE, layers):
        st.warning(stacks.problem(SIDE, layers))

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
    probe(stacks.never_read(SIDE, SHIPPED))

if possible:
    boxes = stacks.nested(SIDE, possible)
    downloads([take_away.fields("What one unit of each layer sees", digit, boxes)])
