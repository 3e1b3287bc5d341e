"""The Dense or convolution page: the digit at every shift, the chosen error, the chosen unit."""

import streamlit as st

from cnnviz import mnist, session, shift_lab


@st.cache_data(max_entries=32, show_spinner=False)
def lab(digit):
    """Return the `shift_lab.Lab` of a digit, worked out once."""
    return shift_lab.lab(session.network("convnet"), session.network("dense"), digit)


def restore():
    """Take the digit that the address asks for, if it is the first of the session."""
    asked = session.number_in_address("digit", 0, len(mnist.read("y_test")) - 1)
    if "source" not in st.session_state and asked is not None:
        session.take_test_digit(asked)
    session.restore_sample()


def address():
    """Return what the address should say of the digit."""
    index = session.test_index()
    sample = session.sample_in_address()
    return {"sample": sample, "digit": None if sample or index is None else str(index)}


def label():
    """Return the label of the digit, None if it is no test digit."""
    index = session.test_index()
    return None if index is None else int(mnist.read("y_test")[index])


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


def start_with_unit(unit):
    """Choose the digit's strongest unit, unless the person or the address chose another."""
    state = st.session_state
    asked = "dense_unit" not in state and "dense_unit" in st.query_params
    if not asked and state.get("dense_unit") == state.get("unit_offered"):
        state.dense_unit = unit
    state.unit_offered = unit
