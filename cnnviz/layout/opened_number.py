"""One number opened, whatever its layer: the sliding window, or the sum of a unit."""

from collections.abc import Callable

import streamlit as st

from cnnviz.components.sliding_window import WindowView, sliding_window
from cnnviz.html.opened import softmax_table, terms_table
from cnnviz.inspection import explain, opened
from cnnviz.layers import Conv2D, Dense, Flatten, Pooling2D
from cnnviz.session.digit import Look
from cnnviz.session.opened_number import nothing
from cnnviz.session.state import State


def open_number(
    look: Look,
    name: str,
    index: tuple[int, ...],
    on_cell: Callable[[], None] = nothing,
    scroll: bool = False,
) -> None:
    """Show how one number of a layer comes about.

    Parameters
    ----------
    look : Look
        At a digit; there is one.
    name : str
        The layer.
    index : tuple of int
        (row, column, channel), or (unit,) after flattening.
    on_cell : callable, optional
        Called when the person clicks another cell of the same map; the state's ``window`` then
        has ``cell`` with its row and column.
    scroll : bool, default False
        Whether to bring it into sight when it first appears.
    """
    layer, input_shape, _ = look.network.layer(name)
    if isinstance(layer, Conv2D | Pooling2D):
        row, column, channel = index
        sliding_window(
            opened.open_map(look.network, look.digit, look.activations, name, channel),
            (row, column),
            WindowView(
                explain.one_number(layer, input_shape, channel),
                stepping="terms",
                autoplay=True,
                scroll=scroll,
            ),
            State.window.name,
            on_cell,
        )
    elif isinstance(layer, Flatten):
        values = look.activations[name]
        st.markdown(explain.one_of_the_row(look.network.spec, name, index[0], values))
    elif isinstance(layer, Dense):
        _open_unit(look, layer, index[0])


def _open_unit(look: Look, layer: Dense, unit: int) -> None:
    """Show the largest products of a dense unit and, for softmax, the way to its probability."""
    network, digit, activations = look.network, look.digit, look.activations
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
