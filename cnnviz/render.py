"""Arrays to colours and pictures: the colour rules of the whole app.

Sequential (magma, black at 0) for ink and for activations after ReLU, diverging (PuOr,
white at 0, orange positive) for signed numbers. Both can be told apart by colour-blind
people, and their tables are matplotlib's own, kept in a file so that the first page does
not wait for matplotlib.
"""

import io
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image

COLOURS_FILE = Path(__file__).parent / "data" / "colours.npz"


@cache
def colours(scale):
    """Return the 256 colours of a scale, from its low end to its high end.

    Parameters
    ----------
    scale : {"sequential", "diverging"}

    Returns
    -------
    ndarray of uint8, shape (256, 3)
        Red, green, blue.

    Examples
    --------
    >>> colours("sequential")[0].tolist()  # zero is black
    [0, 0, 4]
    """
    with np.load(COLOURS_FILE, allow_pickle=False) as archive:
        table = archive[scale]
    table.flags.writeable = False  # it is kept for all
    return table


def png(values, largest):
    """Return one channel of numbers >= 0 as a PNG, one pixel for each number.

    Parameters
    ----------
    values : ndarray of float, shape (height, width)
    largest : float
        The number that gets the brightest colour; 0 gets black.

    Returns
    -------
    bytes
        A lossless palette PNG; enlarge it without smoothing.

    Raises
    ------
    ValueError
        If `largest` is not positive.
    """
    if not largest > 0:
        raise ValueError(f"largest must be positive. Received: largest={largest!r}")
    levels = (np.clip(values / largest, 0, 1) * 255).round().astype(np.uint8)
    image = Image.fromarray(levels)
    image.putpalette(colours("sequential").tobytes())
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
