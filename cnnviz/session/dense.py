"""The Dense or convolution page: the digit at every shift, what the address says, the unit."""

import streamlit as st

from cnnviz import mnist
from cnnviz.labs import dense as dense_lab
from cnnviz.labs import shift as shift_lab
from cnnviz.session import in_use
from cnnviz.session.digit import restore_sample, sample_in_address, take_test_digit, test_index
from cnnviz.session.state import State, state
from cnnviz.types import Digit, Shift


def shifts(digit: Digit) -> shift_lab.ShiftedDigit:
    """Return the `shift_lab.ShiftedDigit` of a digit and the networks in use, worked out once."""
    return _shifts(digit, [in_use.run_name(name) for name in dense_lab.NAMES])


@st.cache_data(max_entries=32, show_spinner=False)
def _shifts(digit: Digit, runs: list[str | None]) -> shift_lab.ShiftedDigit:  # noqa: ARG001
    """Return a digit at every shift, as the networks see it, which differ by their `runs`."""
    convnet, dense = map(in_use.network, dense_lab.NAMES)
    return shift_lab.shifted_digit(convnet, dense, digit)


def restore() -> None:
    """Take the digit that the address asks for, if it is the first of the session."""
    asked = State.digit.asked(range(len(mnist.read("y_test"))))
    if asked is not None and not State.origin.held():
        take_test_digit(asked)
    restore_sample()


def address() -> dict[str, str | None]:
    """Return what the address should say of the digit and the unit; call `begin_with_unit` first.

    The unit is not bound to it: Streamlit would write its own idea of the rest over it.
    """
    sample, index, unit = sample_in_address(), test_index(), state.dense_unit
    return {
        "sample": sample,
        "digit": None if sample or index is None else str(index),
        "dense_unit": None if unit == state.unit_offered else str(unit),
    }


def begin() -> Shift:
    """Return the shift that the lab begins with."""
    return {"down": state.down, "right": state.right}


def take_error() -> None:
    """Take the test digit that was clicked among the errors as the digit."""
    index = state.errors["chosen"]
    if index is not None:
        take_test_digit(index)


def take_unit() -> None:
    """Choose the unit that was clicked among the strongest."""
    unit = state.units["chosen"]
    if unit is not None:
        state.dense_unit = unit


def begin_with_unit(unit: int, count: int) -> None:
    """Choose the digit's strongest unit, unless the person or the address chose one of `count`."""
    if not State.dense_unit.held():
        asked = State.dense_unit.asked(range(count))
        state.dense_unit = unit if asked is None else asked
    elif state.dense_unit == state.unit_offered:
        state.dense_unit = unit
    state.unit_offered = unit
