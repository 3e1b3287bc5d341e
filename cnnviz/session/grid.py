"""Grids that a person types: the text, which the address may have, and what was read from it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cnnviz.labs import typed
from cnnviz.session.state import Key, sent, state
from cnnviz.types import Floats, Shape


@dataclass
class Kept:
    """What is kept of a grid beside its text.

    Attributes
    ----------
    values : ndarray of float32, shape (height, width), or None
        The numbers last read, None if the text never had any.
    whole : ndarray of float, shape (largest size, largest size), or None
        Those of a grid whose size is a setting, of which a smaller size shows a part.
    shown : (int, int)
        The rows and columns of the part of `whole` that was shown last.
    turn : int
        Which change of its cells was taken over last.
    """

    values: Floats | None = None
    whole: Floats | None = None
    shown: Shape = ()
    turn: int = 0


@dataclass(frozen=True)
class Grid:
    """A grid as it stands.

    Attributes
    ----------
    key : Key of str
        Of its text.
    values : ndarray of float32, shape (height, width)
        The numbers last read.
    cells : list of list of str
        What stands in the cells now.
    problems : sequence of (int or None, int or None, str)
        What is wrong with it; see `typed.Reading`.
    """

    key: Key[str]
    values: Floats
    cells: list[list[str]]
    problems: Sequence[tuple[int | None, int | None, str]]


def read(key: Key[str], default: Floats) -> Grid:
    """Return the grid of that text, `default` of shape (height, width) to begin with."""
    if not key.held():
        asked = key.asked()
        key.set(typed.text(default) if asked is None else asked)
    text, kept = key.get(), _kept(key)
    reading = typed.read(text)
    if reading.values is not None:
        kept.values = reading.values
    values = default if kept.values is None else kept.values
    # What is no grid at all, or a far too large one, is not shown as one.
    unshown = any(row is None for row, *_ in reading.problems)
    return Grid(key, values, typed.cells(typed.text(values) if unshown else text), reading.problems)


def read_square(key: Key[str], size: int, start: Floats) -> Grid:
    """Return the grid of that text in another size; its values have all rows, typed or not.

    Parameters
    ----------
    key : Key of str
    size : int
        Rows and columns. What a smaller size cut off comes back with a larger one.
    start : ndarray of float, shape (largest size, largest size)
        The numbers where none were typed.
    """
    shown = min(size, *typed.MOST)
    grid, kept = read(key, start[:shown, :shown]), _kept(key)
    if kept.whole is None:
        kept.whole = start.copy()
    height, width = grid.values.shape
    kept.whole[:height, :width] = grid.values
    if grid.values.shape != (shown, shown) and not grid.problems:
        fill(key, kept.whole[:shown, :shown])
        grid = read(key, start[:shown, :shown])
    return replace(grid, values=kept.whole[:size, :size].copy())


def fill(key: Key[str], values: Floats) -> None:
    """Fill the grid of that text with other numbers."""
    key.set(typed.text(values))


def whole(grid: Grid) -> Floats:
    """Return the grid's numbers in the middle of the largest grid.

    Around them are those that a smaller size cut off, zeros where there were none.
    """
    kept, values = _kept(grid.key), grid.values
    around, inside = (
        typed.resized(numbers, *typed.MOST, centred=True)
        for numbers in (values, np.ones(values.shape, bool))
    )
    if kept.whole is not None and kept.shown == values.shape:
        around = np.where(inside, around, kept.whole)
    kept.whole, kept.shown = around, values.shape
    return around


def resize(grid: Grid, height: int, width: int) -> None:
    """Fill a grid with its numbers in another size, around their middle; see `whole`."""
    fill(grid.key, typed.resized(whole(grid), height, width, centred=True))
    _kept(grid.key).shown = height, width


def replace_all(key: Key[str], values: Floats) -> None:
    """Fill the grid of that text with numbers around which there are none."""
    fill(key, values)
    _kept(key).whole = None


def cells_key(key: Key[str]) -> str:
    """Return the key of the cells of the grid of that text."""
    return f"{key.name}_cells"


def turn(key: Key[str]) -> int:
    """Return which change of the cells of the grid of that text was taken over last."""
    return _kept(key).turn


def take_cells(key: Key[str]) -> None:
    """Take over what was typed into the cells of the grid of that text."""
    if cells := sent(cells_key(key))["cells"]:
        kept = _kept(key)
        if cells["good"]:
            kept.values = typed.read(typed.join(cells["good"])).values
        key.set(typed.join(cells["texts"]))
        kept.turn = cells["turn"]


def _kept(key: Key[str]) -> Kept:
    """Return what is kept of the grid of that text."""
    return state.grids.setdefault(key.name, Kept())
