"""A grid of cells to type numbers into."""

from collections.abc import Callable, Sequence

from cnnviz.components.declared import declared
from cnnviz.components.messages import GridMessage, Problem
from cnnviz.labs import typed

_number_grid = declared("number_grid", '<section class="number-grid"></section>')


def number_grid(
    texts: list[list[str]],
    problems: Sequence[Problem],
    label: str,
    turn: int,
    key: str,
    on_cells: Callable[[], None],
) -> None:
    """Show a cell to type into for each text.

    Parameters
    ----------
    texts : list of list of str
        What stands in the cells, row by row; see `typed.cells`.
    problems : sequence of (int or None, int or None, str)
        Row, column and a sentence, shown under the grid; see `typed.Reading`.
    label : str
        What the numbers are.
    turn : int
        Which change is answered.
    key : str
    on_cells : callable
        Called after a change; the state's ``key`` then has ``cells``: the new ``texts``, in as
        many rows and columns as were shown; the ``turn`` of the change, which counts up; and the
        last texts typed that were ``good``, with a number in each cell, or None.
    """
    data = grid_data(texts, problems, label, turn, key)
    _number_grid(key=key, data=data, on_cells_change=on_cells)


def grid_data(
    texts: list[list[str]], problems: Sequence[Problem], label: str, turn: int, key: str
) -> GridMessage:
    """Return what the browser needs for `number_grid`, ready for JSON."""
    return {
        "grid": key,
        "turn": turn,
        "texts": texts,
        "problems": list(problems),
        "label": label,
        "longest": typed.LONGEST,
    }
