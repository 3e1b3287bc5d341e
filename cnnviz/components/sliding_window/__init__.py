"""The sliding-window view: one number opened, on the feature-map page and in the labs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from cnnviz.components import messages
from cnnviz.components.declared import declared
from cnnviz.components.encode import base64_text, windows_data
from cnnviz.components.messages import Reading, Scales, SlidingMessage, Wanted
from cnnviz.inspection.opened import OpenedMap
from cnnviz.render import colours
from cnnviz.types import Kernel, Maps, Pair, Steps

_sliding_window = declared("sliding_window", '<section class="stage sliding"></section>')


@dataclass(frozen=True)
class Follows:
    """What of the page a lab's stage follows by itself, until Python answers.

    Attributes
    ----------
    names : mapping of str to str
        For each part of `wanted` the control that sets it. The key of a grid that is the
        "kernel", or the "picture"; the control that chooses an "example".
    wanted : Wanted
        What the window is set to, whether or not the picture allows it.
    turns : mapping of str to int
        Which change is answered, of each panel and grid that is followed, by its key.
    whole : ndarray of float32, shape (largest size, largest size), or None
        The largest kernel, of which a smaller one is the middle; None for a pool.
    kernels : mapping of str to ndarray of float32, shape (3, 3)
        Kernels by name.
    chosen : (int, int) or None
        The output cell that was chosen; None opens the strongest one.
    hides : bool
        Whether each change brings a question that hides the output; see `WindowView.asking`.
    """

    names: Mapping[str, str]
    wanted: Wanted
    turns: Mapping[str, int]
    whole: Kernel | None = None
    kernels: Mapping[str, Kernel] = field(default_factory=dict)
    chosen: Pair | None = None
    hides: bool = False


@dataclass(frozen=True)
class WindowView:
    """How a map and its window are shown.

    Attributes
    ----------
    subtitle : str
        What the number is one of, in a sentence.
    stepping : {"windows", "terms"}
        Whether a step moves the window or makes one product.
    autoplay : bool
        Whether to play once when the view appears, unless the person prefers less motion.
    scroll : bool
        Whether to bring the view into sight when it appears.
    every : bool, optional
        Whether all windows are outlined at first; None offers no choice.
    reading : (list of int, list of int), optional
        How many windows read each row and each column; those that none reads are hatched.
    plays : (int, {"terms", "windows"})
        Whenever the number changes, the view comes into sight and plays from the open cell: the
        "terms" of its sum, or the "windows" after it.
    asking : bool
        Whether the output, what leads to it and the `html` are blurred: a question about them
        is to be answered first.
    html : mapping of str to str
        HTML for places elsewhere on the page; see `network_view`.
    follows : Follows, optional
        None if the stage waits for Python.
    """

    subtitle: str
    stepping: Steps = "windows"
    autoplay: bool = False
    scroll: bool = False
    every: bool | None = None
    reading: tuple[list[int], list[int]] | None = None
    plays: tuple[int, Steps] = (0, "terms")
    asking: bool = False
    html: Mapping[str, str] = field(default_factory=dict)
    follows: Follows | None = None


def sliding_window(
    opened: OpenedMap, at: Pair, view: WindowView, key: str, on_cell: Callable[[], None]
) -> None:
    """Show how one number of a map comes about, and let the window slide.

    Parameters
    ----------
    opened : OpenedMap
    at : (int, int)
        The output cell to start at: (row, column).
    view : WindowView
    key : str
    on_cell : callable
        Called when the person clicks an output cell; the state's ``key`` then has ``cell``
        with its row and column.
    """
    _sliding_window(key=key, data=window_data(opened, at, view), on_cell_change=on_cell)


def window_data(opened: OpenedMap, at: Pair, view: WindowView) -> SlidingMessage:
    """Return what the browser needs to open every number of a map, ready for JSON.

    Numbers are little-endian float32 in base64, in the order row, column, channel.
    """
    before = opened.pre_activation
    return {
        "kind": opened.kind,
        "windows": windows_data(opened.windows),
        "input": {**_layer(opened.input), "names": list(opened.input_names)},
        "kernel": _kernel(opened.kernel),
        "bias": opened.bias,
        "output": {
            **_layer(opened.output[:, :, np.newaxis]),
            "name": opened.name,
            "before": False if before is None else base64_text(before, "<f4"),
            "activation": before is not None,
        },
        "at": _cell(at),
        "colours": _scales(),
        "subtitle": view.subtitle,
        "stepping": view.stepping,
        "autoplay": view.autoplay,
        "scroll": view.scroll,
        "every": view.every,
        "plays": view.plays,
        "asking": view.asking,
        "html": dict(view.html),
        "reading": _reading(view),
        "follows": None if view.follows is None else _follows(view.follows),
    }


def _follows(follows: Follows) -> messages.Follows:
    """Return what a stage follows, ready for JSON."""
    return {
        "names": dict(follows.names),
        "wanted": follows.wanted,
        "turns": dict(follows.turns),
        "whole": None if follows.whole is None else base64_text(follows.whole, "<f4"),
        "kernels": {name: base64_text(kernel, "<f4") for name, kernel in follows.kernels.items()},
        "chosen": None if follows.chosen is None else _cell(follows.chosen),
        "hides": follows.hides,
    }


def _cell(at: Pair) -> messages.Cell:
    """Return a (row, column), ready for JSON."""
    row, column = at
    return {"row": row, "column": column}


def _scales() -> Scales:
    """Return both colour scales."""
    return {
        "sequential": base64_text(colours("sequential")),
        "diverging": base64_text(colours("diverging")),
    }


def _reading(view: WindowView) -> Reading | None:
    """Return how many windows read each row and each column, or None."""
    if view.reading is None:
        return None
    rows, columns = view.reading
    return {"rows": rows, "columns": columns}


def _layer(values: Maps) -> messages.Maps:
    """Return the size and the numbers of some maps."""
    height, width, channels = values.shape
    return {
        "start": 0,
        "height": height,
        "width": width,
        "channels": channels,
        "numbers": base64_text(values, "<f4"),
    }


def _kernel(kernel: Kernel | None) -> messages.Kernel | None:
    """Return a filter's kernels, or None."""
    if kernel is None:
        return None
    return {"channels": kernel.shape[2], "numbers": base64_text(kernel, "<f4")}
