"""A network of dense layers beside the convnet: errors, what a shift does to both, weights."""

from collections.abc import Sequence

import streamlit as st

from cnnviz.components.picture_choice import picture_choice
from cnnviz.components.shift import shift_view
from cnnviz.html import dense as dense_html
from cnnviz.html import facts as facts_html
from cnnviz.html.chart import line_chart
from cnnviz.labs import dense as dense_lab
from cnnviz.layout.digit_bar import digit_bar
from cnnviz.layout.frame import require_app
from cnnviz.networks import Network
from cnnviz.session import dense, in_use
from cnnviz.session.digit import test_index, true_digit
from cnnviz.session.state import State
from cnnviz.types import Digit
from cnnviz.words import grouped

require_app()
TITLES = {"convnet": "The convolutional network", "dense": "A densely connected network"}
STRONGEST = 8


def two_networks(digit: Digit, blank: bool) -> None:
    """Show both networks: size, measured accuracy, answer to the digit."""
    columns = st.columns(2)
    for column, (name, title) in zip(columns, TITLES.items(), strict=True):
        network = in_use.network(name)
        probabilities = None if blank else network.forward(digit)["softmax"]
        with column.container(border=True, height="stretch", key=f"card_{name}"):
            st.subheader(title)
            st.html(dense_html.network(name, network.spec, probabilities))


def moved_digits() -> None:
    """Show the accuracy of both networks on moved test digits."""
    with st.container(border=True, key="card_moved"):
        st.subheader(f"The same with {grouped(dense_lab.MOVED_DIGITS)} test digits")
        left, right = st.columns([1, 1.2])
        with left:
            st.html(facts_html.facts([dense_lab.fall_in_words()]) + dense_html.accuracy())
        with right:
            chart = line_chart(
                "Accuracy against the distance of the shift",
                "pixels up, down, left or right (mean of the four)",
                "% of the digits",
                dense_lab.curves(),
                y_range=(0, 100),
            )
            st.markdown(chart, unsafe_allow_html=True)
        reason = dense_lab.reason_in_words(in_use.network("convnet"))
        st.html(facts_html.facts([reason, dense_lab.ink_in_words()]))


def errors() -> None:
    """Show which test digits the networks get wrong."""
    with st.container(border=True, key="card_errors"):
        st.subheader("Their errors")
        st.markdown(dense_lab.errors_in_words())
        groups = [dense_html.errors(kind) for kind in dense_lab.KINDS]
        picture_choice(groups, test_index(), State.errors.name, dense.take_error)
        st.caption("A click takes the digit into the shift lab above. Surest of the error first.")


def unit_count(network: Network) -> int:
    """Return how many units the first dense layer has."""
    _, _, (_, bias) = network.layer("dense")
    return len(bias)


def weights(digit: Digit, strongest: Sequence[int]) -> None:
    """Show the weights of a dense unit, as large as the picture, beside the kernels of conv1."""
    network, convnet = in_use.network("dense"), in_use.network("convnet")
    with st.container(border=True, key="card_weights"):
        st.subheader("A global pattern, and local ones")
        last = unit_count(network) - 1
        unit = st.number_input(
            f"Unit of the dense network, 0 to {last}",
            0,
            last,
            width=260,
            **State.dense_unit.widget(),
        )
        st.html(dense_html.to_scale(network, convnet, unit, digit))
        picture_choice(
            [dense_html.units(network, strongest, digit)], unit, State.units.name, dense.take_unit
        )


dense.restore()
look = digit_bar(in_use.network("convnet"))
if in_use.runs():
    st.caption(
        "The answers and the shift lab are those of the networks in use. What was measured below, "
        "accuracies and errors, is of the shipped ones."
    )
two_networks(look.digit, not look.activations)
strongest = dense_lab.strongest_units(in_use.network("dense"), look.digit, STRONGEST)
dense.begin_with_unit(strongest[0], unit_count(in_use.network("dense")))
shift_view(
    dense.shifts(look.digit) if look.activations else None,
    true_digit(),
    {name: dense_lab.moved_accuracy(name) for name in dense_lab.NAMES},
    dense.begin(),
    dense.address(),
    key="shift",
)
moved_digits()
errors()
weights(look.digit, strongest)
