"""A grid to type numbers into, cell by cell or as one text that stands in the page's address."""

from functools import partial

import streamlit as st

from cnnviz.components.number_grid import number_grid
from cnnviz.session.grid import Grid, cells_key, take_cells, turn


def numbers_editor(grid: Grid) -> None:
    """Show the numbers that a lab works on, to be typed."""
    with st.expander("Type the numbers", expanded=True):
        grid_editor(grid, "Numbers")


def grid_editor(grid: Grid, label: str) -> None:
    """Show the cells of a grid and its text."""
    on_cells = partial(take_cells, grid.key)
    key = grid.key
    number_grid(grid.cells, grid.problems, label, turn(key), cells_key(key), on_cells)
    st.text_input(f"{label} as text: rows end with a semicolon", **grid.key.widget())
