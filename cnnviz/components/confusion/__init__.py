"""The confusion matrix: which digit was taken for which."""

from collections.abc import Callable

from cnnviz.components.declared import declared
from cnnviz.components.messages import ConfusionMessage
from cnnviz.types import Ints, Pair

_confusion = declared("confusion", '<section class="confusion"></section>')


def confusion(counts: Ints, chosen: Pair | None, key: str, on_cell: Callable[[], None]) -> None:
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
    data: ConfusionMessage = {"counts": counts.tolist(), "chosen": chosen}
    _confusion(key=key, data=data, on_cell_change=on_cell)
