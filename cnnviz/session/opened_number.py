"""The number that is opened: of a map and its cell, or of a unit of a vector."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from cnnviz.session.state import Key, State, state
from cnnviz.types import Pinned, Shape

INDEX = ("layer", "channel", "row", "column", "unit")


def choose(unit: Mapping[str, object]) -> None:
    """Have the Feature maps page open this number; `unit` is as `network_view` says it."""
    for name in INDEX:
        if name in unit:
            setattr(state, name, unit[name])


def nothing() -> None:
    """Do nothing: for pictures whose clicks mean nothing."""


# ---- In the network view ---------------------------------------------------------------


def pin() -> None:
    """Keep the number that was pinned in the network view; a released one is closed, too."""
    unit = state.inside["unit"]
    state.pinned = unit or None
    if not unit:
        state.opened = False
    choose(unit or {})


def open_pinned() -> None:
    """Open the pinned number under the network view."""
    state.opened = state.just_opened = True


def pinned() -> Pinned:
    """Return the number pinned in the network view, and how often it was moved from elsewhere."""
    return {"unit": state.pinned, "moves": state.pin_moves}


def opened() -> tuple[str, tuple[int, ...]] | None:
    """Return the pinned number's layer and its index in the output if it is opened, else None."""
    unit = state.pinned
    if not unit or not state.opened:
        return None
    if "unit" in unit:
        return unit["layer"], (unit["unit"],)
    return unit["layer"], (unit["row"], unit["column"], unit["channel"])


def just_opened() -> bool:
    """Return once, after `open_pinned`, that the opened number should come into sight."""
    return State.just_opened.take()


def move_pinned() -> None:
    """Pin the number that was clicked in the sliding-window view."""
    if (cell := state.window["cell"]) and state.pinned:
        state.pinned = {**state.pinned, "row": cell["row"], "column": cell["column"]}
        state.pin_moves += 1
        choose(cell)


# ---- Among pictures --------------------------------------------------------------------


def choose_on_map() -> None:
    """Open the number that was clicked among the layer's maps."""
    choose(state.maps["chosen"] or {})


def choose_in_row(shape: Shape) -> None:
    """Open the unit that was clicked; `shape` is that of the pictures its row is shown as."""
    if clicked := state.maps["chosen"]:
        place = clicked["row"], clicked["column"], clicked["channel"]
        state.unit = int(np.ravel_multi_index(place, shape))


def choose_in_window() -> None:
    """Open the number that was clicked in the sliding-window view."""
    choose(state.window["cell"] or {})


def choose_filter(pictures: Key[Mapping[str, Any]]) -> None:
    """Choose the filter that was clicked among those pictures."""
    if clicked := pictures.get()["chosen"]:
        state.filter = clicked["channel"]


def begin_at(row: int, column: int) -> None:
    """Open the number at that cell first, unless the person or the address chose another."""
    State.row.begin_with(row)
    State.column.begin_with(column)
