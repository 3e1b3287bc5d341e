"""The Dense or convolution page: the digit at every shift, what the address says, the unit."""

import streamlit as st

from cnnviz import mnist, session
from cnnviz.labs import dense as dense_lab
from cnnviz.labs import shift as shift_lab


def lab(digit):
    """Return the `shift_lab.Lab` of a digit and the networks in use, worked out once."""
    return _lab(digit, [session.in_use(name) for name in dense_lab.NAMES])


@st.cache_data(max_entries=32, show_spinner=False)
def _lab(digit, runs):  # noqa: ARG001  (the networks differ by the runs they are of)
    """Return the `shift_lab.Lab` of a digit and the networks of those runs."""
    return shift_lab.lab(*map(session.network, dense_lab.NAMES), digit)


def restore():
    """Take the digit that the address asks for, if it is the first of the session."""
    asked = session.number_in_address("digit", 0, len(mnist.read("y_test")) - 1)
    if "source" not in st.session_state and asked is not None:
        session.take_test_digit(asked)
    session.restore_sample()


def address():
    """Return what the address should say of the digit and the unit; call `start_with_unit` first.

    The unit is not bound to it: Streamlit would write its own idea of the rest over it.
    """
    sample, index, unit = (
        session.sample_in_address(),
        session.test_index(),
        st.session_state.dense_unit,
    )
    return {
        "sample": sample,
        "digit": None if sample or index is None else str(index),
        "dense_unit": None if unit == st.session_state.unit_offered else str(unit),
    }


def start():
    """Return the shift that the lab begins with, {down, right}."""
    reach = shift_lab.REACH
    return {name: session.number_in_address(name, -reach, reach) or 0 for name in ("down", "right")}


def take_error():
    """Take the test digit that was clicked among the errors as the digit."""
    index = st.session_state.errors["chosen"]
    if index is not None:
        session.take_test_digit(index)


def take_unit():
    """Choose the unit that was clicked among the strongest."""
    unit = st.session_state.units["chosen"]
    if unit is not None:
        st.session_state.dense_unit = unit


def start_with_unit(unit, count):
    """Choose the digit's strongest unit, unless the person or the address chose one of `count`."""
    state = st.session_state
    if "dense_unit" not in state:
        asked = session.number_in_address("dense_unit", 0, count - 1)
        state.dense_unit = unit if asked is None else asked
    elif state.dense_unit == state.unit_offered:
        state.dense_unit = unit
    state.unit_offered = unit
