"""Filters: the weights of a convolution as pictures, and what each makes of the digit."""

from functools import partial

import streamlit as st

from cnnviz.components.tiles import tiles
from cnnviz.inspection import explain, gallery
from cnnviz.layers import Conv2D
from cnnviz.layout.digit_bar import digit_bar
from cnnviz.layout.filters import show_kernels, show_on_digit
from cnnviz.layout.frame import require_app
from cnnviz.layout.take_away import downloads
from cnnviz.layout.weights_choice import weights_choice
from cnnviz.networks import Network
from cnnviz.session import in_use, opened_number
from cnnviz.session.digit import Look
from cnnviz.session.state import CONVOLUTIONS, State
from cnnviz.words import quoted

require_app()


def choices() -> tuple[str, int]:
    """Show which filter is looked at, and with which weights; return its layer and number."""
    unknown = State.convolution.refused()
    with st.container(horizontal=True, vertical_alignment="bottom", key="choices"):
        name = st.segmented_control(
            "Layer",
            CONVOLUTIONS,
            default=State.convolution.default,
            required=True,
            **State.convolution.bound(),
        )
        _, _, (kernel, _) = in_use.network("convnet").layer(name)
        numbers = range(kernel.shape[3])
        no_filter = State.filter.refused(numbers)
        State.filter.keep_among(numbers)
        last = numbers[-1]
        index = st.number_input(
            f"Filter, 0 to {last}", 0, last, 0, width=170, **State.filter.bound(numbers)
        )
        weights_choice()
    if unknown:
        st.warning(f"There is no convolution called {quoted(unknown)}, so this is {name}.")
    if no_filter:
        st.warning(f"{name} has no filter {quoted(no_filter)}, so this is filter {index}.")
    return name, index


def facts(network: Network, name: str, index: int) -> None:
    """Show what the filter is made of, and its norm before training."""
    layer, input_shape, (kernel, bias) = network.layer(name)
    assert isinstance(layer, Conv2D)  # as are all of CONVOLUTIONS
    norm = gallery.filter_norm(kernel[..., index])
    st.markdown(explain.one_filter(layer, input_shape, index, float(bias[index]), norm))
    before, after = (
        gallery.filter_norm(in_use.network("convnet", trained).layer(name)[2][0][..., index])
        for trained in (False, True)
    )
    st.caption(
        f"Training changed the norm from {before:.3f} to {after:.3f}. Orange weights are "
        "positive, purple ones negative, white is zero."
    )


def maps(look: Look, name: str, index: int) -> None:
    """Show the maps of all filters of a layer, to choose one."""
    values = gallery.layer_values(look.network, look.digit, look.activations, name)
    ends = gallery.ends(values, "layer", look.activations)
    hint = "Click a map to choose its filter."
    shown = gallery.map_tiles(name, values, False, "number", ends, hint=hint)
    on_chosen = partial(opened_number.choose_filter, State.filters)
    tiles(shown, index, State.filters.name, on_chosen, pane=False)


bar = st.container()  # filled once it is chosen with which weights
with st.container(border=True, key="card_choices"):
    left, right = st.columns([1.25, 1], vertical_alignment="center")
    with left:
        st.subheader("What the network has learned to look for")
        name, index = choices()
network = in_use.network("convnet", in_use.trained())
with right:
    facts(network, name, index)
with bar:
    look = digit_bar(network)
if look.activations and name != "conv1":
    maps(look, name, index)
files = show_kernels(name, index)
if look.activations:
    files += show_on_digit(look, name, index)
downloads(files)
