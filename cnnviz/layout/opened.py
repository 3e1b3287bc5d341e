"""One number opened, whatever its layer: the sliding window, or the sum of a unit."""

import streamlit as st

from cnnviz.components.sliding_window import sliding_window
from cnnviz.html.terms import softmax_table, terms_table
from cnnviz.inspection import explain, opened
from cnnviz.layers import Flatten


def open_number(network, digit, activations, name, index, on_cell, scroll=False):
    """Show how one number of a layer comes about.

    Parameters
    ----------
    network : Network
    digit : ndarray of float32, shape (28, 28)
    activations : dict of str to ndarray
        What ``network.forward(digit)`` returned.
    name : str
        The layer.
    index : tuple of int
        (row, column, channel), or (unit,) after flattening.
    on_cell : callable
        Called when the person clicks another cell of the same map; the state's ``window`` then
        has ``cell`` with its row and column.
    scroll : bool, default False
        Whether to bring it into sight when it first appears.
    """
    layer, input_shape, _ = network.layer(name)
    if layer.windows(input_shape):
        row, column, channel = index
        sliding_window(
            opened.open_map(network, digit, activations, name, channel),
            (row, column),
            explain.one_number(layer, input_shape, channel),
            "window",
            on_cell,
            stepping="terms",
            autoplay=True,
            scroll=scroll,
        )
    elif isinstance(layer, Flatten):
        st.markdown(explain.one_of_the_row(network.spec, name, index[0], activations[name]))
    else:
        _open_unit(network, digit, activations, layer, index[0])


def _open_unit(network, digit, activations, layer, unit):
    """Show the largest products of a dense unit and, for softmax, the way to its probability."""
    terms = opened.dense_terms(network, digit, activations, layer.name, unit)
    with st.container(border=True, key="card_terms"):
        st.subheader(f"{layer.name} · unit {unit}")
        st.markdown(explain.one_unit(layer, network.layer(layer.name)[1]))
        st.html(terms_table(terms, opened.input_names(network, layer.name), layer.activation))
    if layer.activation == "softmax":
        with st.container(border=True, key="card_softmax"):
            st.subheader("From ten logits to ten probabilities")
            columns = opened.softmax_columns(network, digit, activations, layer.name)
            st.html(softmax_table(*columns, unit))
            st.caption(
                "Taking the largest logit away first changes no probability: it only keeps the "
                "exponentials small."
            )
