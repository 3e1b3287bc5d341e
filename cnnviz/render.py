"""Arrays to colours and pictures: the colour rules of the whole app.

Sequential (magma, black at 0) for ink and for activations after ReLU, diverging (PuOr,
white at 0, orange positive) for signed numbers. Both can be told apart by colour-blind
people, and their tables are matplotlib's own, kept in a file so that the first page does
not wait for matplotlib.
"""

import io
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from cnnviz.types import Colours, Floats, Map

COLOURS_FILE = Path(__file__).parent / "data" / "colours.npz"


@cache
def colours(scale: Literal["sequential", "diverging"]) -> Colours:
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


def levels(values: Floats, largest: float, signed: bool = False) -> NDArray[np.uint8]:
    """Return which of the 256 colours each number gets, as in the browser (pixels.js).

    Parameters
    ----------
    values : ndarray of float
    largest : float
        The number at the end of the colours; if it is 0, all numbers get the colour of 0.
    signed : bool, default False
        Whether the colours go from -`largest` to `largest`, or from 0 to `largest`.

    Returns
    -------
    ndarray of uint8, of that shape

    Raises
    ------
    ValueError
        If `largest` is negative or not a number.

    Examples
    --------
    >>> levels(np.array([-1.0, 0.0, 2.0]), 2, signed=True)
    array([ 64, 128, 255], dtype=uint8)
    """
    if not largest >= 0:
        raise ValueError(f"largest must be a number >= 0. Received: largest={largest!r}")
    shares = np.clip(np.asarray(values, np.float64), -largest, largest) / (largest or 1)
    if signed:
        shares = (shares + 1) / 2
    # Half a level is rounded up, as in the browser; np.round would round it to the even one.
    return np.floor(255 * shares.clip(0) + 0.5).astype(np.uint8)


def map_png(values: Map, largest: float, signed: bool = False) -> bytes:
    """Return one channel of numbers as a PNG, one pixel for each number.

    Parameters and errors are those of `levels`, for values of shape (height, width).

    Returns
    -------
    bytes
        A lossless palette PNG; enlarge it without smoothing.
    """
    image = Image.fromarray(levels(values, largest, signed))
    image.putpalette(colours("diverging" if signed else "sequential").tobytes())
    return _encoded(image)


def contrast(colour: Colours) -> str:
    """Return whether black or white is easier to read on a colour (red, green, blue).

    `inkOn` in colours.js decides in the same way.

    >>> contrast(np.array([250, 250, 100])), contrast(np.array([80, 0, 90]))
    ('black', 'white')
    """
    return "black" if colour @ (299, 587, 114) > 140_000 else "white"


def picture_png(picture: Floats) -> bytes:
    """Return a colour picture as a PNG, one pixel for each red, green and blue.

    Parameters
    ----------
    picture : ndarray of float, shape (height, width, 3)
        Red, green, blue in [0, 1].

    Returns
    -------
    bytes
        A lossless RGB PNG; enlarge it without smoothing.

    Raises
    ------
    ValueError
        If the picture has another shape, or no pixel.
    """
    if np.ndim(picture) != 3 or np.shape(picture)[2] != 3 or not np.size(picture):
        raise ValueError(f"picture must be (height, width, 3). Received: shape {np.shape(picture)}")
    return _encoded(Image.fromarray((255 * picture).round().astype(np.uint8)))


def _encoded(image: Image.Image) -> bytes:
    """Return a picture's PNG file."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
