"""Arrays as pictures that an image element can show."""

from base64 import b64encode

from cnnviz import render
from cnnviz.types import Floats


def png_address(values: Floats, largest: float = 1, signed: bool = False) -> str:
    """Return an array as an address that holds a PNG, one pixel for each place.

    Parameters
    ----------
    values : ndarray of float
        Either numbers, (height, width), which get the colours of `render.levels`; or a picture,
        (height, width, 3) in [0, 1], in its own.
    largest : float, default 1
        The number at the end of the colours.
    signed : bool, default False
        Whether 0 is in the middle of the colours.

    Examples
    --------
    >>> import numpy as np
    >>> png_address(np.zeros((2, 3)))[:34]
    'data:image/png;base64,iVBORw0KGgoA'
    """
    in_colour = values.ndim == 3
    png = render.picture_png(values) if in_colour else render.map_png(values, largest, signed)
    return "data:image/png;base64," + b64encode(png).decode("ascii")
