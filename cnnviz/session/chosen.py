"""The unit that is opened: a layer, and a map and its cell, or a unit of a vector."""

import numpy as np
import streamlit as st

WEIGHTS = TRAINED, UNTRAINED = "Trained", "Before training"


def trained():
    """Return whether the pages show the trained weights, not those before training.

    Ask only after the page has made the widget: that is what takes the choice from the address.
    """
    return st.session_state.get("weights") != UNTRAINED


def pin_unit():
    """Keep the number that was pinned in the network view; a released one is closed, too."""
    pinned = st.session_state.inside["unit"]
    st.session_state.pinned = pinned or None
    if not pinned:
        st.session_state.opened = False
    choose_unit(pinned or {})


def open_unit():
    """Open the pinned number under the network view."""
    st.session_state.opened = st.session_state.just_opened = True


def pinned():
    """Return the number pinned in the network view, and how often it was moved from elsewhere."""
    state = st.session_state
    return {"unit": state.get("pinned"), "moves": state.get("pin_moves", 0)}


def opened_number():
    """Return the pinned number's layer and its index in the output if it is opened, else None."""
    unit = st.session_state.get("pinned")
    if not unit or not st.session_state.get("opened"):
        return None
    names = ("unit",) if "unit" in unit else ("row", "column", "channel")
    return unit["layer"], tuple(unit[name] for name in names)


def just_opened():
    """Return once, after `open_unit`, that the opened number should come into sight."""
    return st.session_state.pop("just_opened", False)


def move_pinned():
    """Pin the number that was clicked in the sliding-window view."""
    state = st.session_state
    cell = state.window["cell"]
    if cell:
        state.pinned = {**state.pinned, **cell}
        state.pin_moves = state.get("pin_moves", 0) + 1
        choose_unit(cell)


def choose_unit(unit):
    """Have the feature-map page open this number; `unit` is as `network_view` says it."""
    for name in ("layer", "channel", "row", "column", "unit"):
        if name in unit:
            st.session_state[name] = unit[name]


def choose_map():
    """Open the number that was clicked among the layer's maps."""
    choose_unit(st.session_state.maps["chosen"] or {})


def choose_in_row(shape):
    """Open the unit that was clicked; `shape` is that of the pictures its row is shown as."""
    clicked = st.session_state.maps["chosen"]
    if clicked:
        place = clicked["row"], clicked["column"], clicked["channel"]
        st.session_state.unit = int(np.ravel_multi_index(place, shape))


def choose_cell_of_window():
    """Open the number that was clicked in the sliding-window view."""
    choose_unit(st.session_state.window["cell"] or {})


def nothing():
    """Do nothing: for pictures whose clicks mean nothing."""


def choose_filter(pictures):
    """Choose the filter that was clicked among the pictures under that key."""
    if clicked := st.session_state[pictures]["chosen"]:
        st.session_state.filter = clicked["channel"]


def start_at(row, column):
    """Open the number at that cell first, unless the person or the address chose another."""
    for name, value in (("row", row), ("column", column)):
        if name not in st.session_state and name not in st.query_params:
            st.session_state[name] = value
