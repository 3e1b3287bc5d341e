"""The confusion matrix: which digit was taken for which."""

import streamlit as st

from cnnviz.components import assets

_confusion = st.components.v2.component(
    "cnnviz_confusion",
    html='<section class="confusion"></section>',
    css=":host { container-type: inline-size; }\n" + assets.style("confusion.css"),
    js=assets.script("confusion.js"),
)


def confusion(counts, chosen, key, on_cell):
    """Show a confusion matrix whose cells can be chosen.

    Parameters
    ----------
    counts : ndarray of int, shape (10, 10)
        A row for each digit, a column for each answer.
    chosen : (int, int) or None
        The (digit, answer) of the chosen cell.
    key : str
    on_cell : callable
        Called when a cell is chosen; the state's ``key`` then has ``cell``: its ``digit`` and
        ``answer``.
    """
    _confusion(key=key, data={"counts": counts.tolist(), "chosen": chosen}, on_cell_change=on_cell)
