"""Feature maps: every map of a layer, one of them large, and any of its numbers opened."""

from functools import partial

import streamlit as st

from cnnviz.export import keras_code, take_away
from cnnviz.inspection import explain
from cnnviz.layers import Dense, Flatten
from cnnviz.layout.digit_bar import digit_bar
from cnnviz.layout.feature_maps import show_maps, show_vector
from cnnviz.layout.frame import require_app
from cnnviz.layout.take_away import downloads
from cnnviz.layout.weights_choice import weights_choice
from cnnviz.session import in_use
from cnnviz.session.digit import Look
from cnnviz.session.state import State
from cnnviz.words import quoted

require_app()
shapes = {name: shape for name, shape, _ in in_use.network("convnet").spec.summary()}


def choices() -> str:
    """Show which layer and weights are looked at; say what the address asked for in vain."""
    unknown = State.layer.refused(shapes)
    if unknown:
        st.warning(f"There is no layer called {quoted(unknown)}, so this is conv1.")
    with st.container(horizontal=True, key="choices"):
        layer = st.segmented_control(
            "Layer",
            list(shapes),
            default=State.layer.default,
            required=True,
            wrap=True,
            **State.layer.bound(shapes),
        )
        weights_choice()
    return layer


@st.fragment
def show_layer(look: Look, name: str) -> None:
    """Show a layer and one of its numbers: only this runs when another one is opened."""
    is_vector = isinstance(look.network.layer(name)[0], (Flatten, Dense))
    show = show_vector if is_vector else show_maps
    files, index = show(look, name)
    files += [*take_away.numbers(name, look.activations[name]), take_away.digit(look.digit)]
    # The code loads the shipped network, so it is no use beside another one.
    code = partial(keras_code.code, look.digit, name, index, in_use.trained())
    downloads(files, None if in_use.run_name("convnet") else code)


bar = st.container()  # filled once it is chosen with which weights
with st.container(border=True, key="card_choices"):
    left, right = st.columns([1.25, 1], vertical_alignment="center")
    with left:
        st.subheader("One layer, one map, one number")
        name = choices()
network = in_use.network("convnet", in_use.trained())
with right:
    layer, input_shape, _ = network.layer(name)
    st.markdown(explain.layer_in_words(layer, input_shape, shapes[name]))
with bar:
    look = digit_bar(network)
if look.activations:
    show_layer(look, name)
else:
    st.info("Draw a digit, or take a test digit above: its feature maps appear here.")
