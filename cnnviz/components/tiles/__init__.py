"""Many small pictures side by side, one of them large: feature maps or kernels."""

from collections.abc import Callable

import numpy as np

from cnnviz.components.declared import declared
from cnnviz.components.encode import base64_text
from cnnviz.components.messages import Insets, TilesMessage
from cnnviz.inspection.gallery import Tiles
from cnnviz.render import colours
from cnnviz.types import Maps, Pair

NONE = -1  # of the pictures is chosen
_tiles = declared("tiles", '<section class="stage tiles"></section>')


def tiles(
    shown: Tiles,
    chosen: int,
    key: str,
    on_chosen: Callable[[], None],
    cell: Pair | None = None,
    pane: bool = True,
) -> None:
    """Show pictures side by side and, with `pane`, the chosen one large.

    Parameters
    ----------
    shown : gallery.Tiles
    chosen : int
        The channel that is chosen, or `NONE`.
    key : str
    on_chosen : callable
        Called after a click on a picture, small or large; the state's ``key`` then has
        ``chosen`` with its channel, row and column.
    cell : (int, int), optional
        The (row, column) marked on the large picture.
    pane : bool, default True
    """
    _tiles(key=key, data=tiles_data(shown, chosen, cell, pane), on_chosen_change=on_chosen)


def tiles_data(shown: Tiles, chosen: int, cell: Pair | None, pane: bool) -> TilesMessage:
    """Return what the browser needs to show `shown`, ready for JSON."""
    height, width, count = shown.values.shape
    same_end = len(set(shown.largest)) == 1
    alive = np.any(shown.values, axis=(0, 1))
    return {
        "title": shown.title,
        "note": shown.note,
        "hint": shown.hint,
        "pane": pane,
        "start": 0,
        "height": height,
        "width": width,
        "channels": count,
        "numbers": base64_text(shown.values, "<f4"),
        "order": [int(channel) for channel in shown.channels],
        "labels": [str(channel) for channel in shown.channels],
        "names": list(shown.names),
        "largest": [float(number) for number in shown.largest],
        "end": float(shown.largest[0]) if same_end else None,
        "signed": shown.signed,
        "dead": [int(c) for c, some in zip(shown.channels, alive, strict=True) if not some],
        "chosen": chosen,
        "cell": {"row": cell[0], "column": cell[1]} if cell else None,
        "inset": False if shown.insets is None else _inset(shown.insets),
        "colours": base64_text(colours("diverging" if shown.signed else "sequential")),
        "layout": f"{height} {width} {count} {shown.signed} {pane} {shown.insets is None}",
        "token": f"{shown.title} {chosen} {cell}",
    }


def _inset(pictures: Maps) -> Insets:
    """Return the small pictures in the corners, with the end of their scale."""
    height, width, count = pictures.shape
    return {
        "start": 0,
        "height": height,
        "width": width,
        "channels": count,
        "numbers": base64_text(pictures, "<f4"),
        "largest": float(np.abs(pictures).max()),
    }
