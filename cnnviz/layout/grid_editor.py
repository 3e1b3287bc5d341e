"""A grid to type numbers into, cell by cell or as one text that stands in the page's address."""

from functools import partial

import streamlit as st

from cnnviz.components.number_grid import number_grid


def numbers_editor(name, cells, problems, on_cells):
    """Show the numbers that a lab works on, to be typed; see `grid_editor`."""
    with st.expander("Type the numbers", expanded=True):
        grid_editor(name, "Numbers", cells, problems, on_cells)


def grid_editor(name, label, cells, problems, on_cells):
    """Show the cells of a grid and its text.

    Parameters
    ----------
    name : str
        The key of its text, which the state has; that of its cells is ``name`` and "_cells".
    label : str
    cells : list of list of str
    problems : sequence of (int or None, int or None, str)
        See `typed.Reading`.
    on_cells : callable
        Called with `name` after a cell was changed.
    """
    number_grid(cells, problems, label, f"{name}_cells", partial(on_cells, name))
    st.text_input(f"{label} as text: rows end with a semicolon", key=name, persist_state="session")
