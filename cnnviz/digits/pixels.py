"""What the pixel editor sends: the grey levels of a digit."""

import base64

import numpy as np

from cnnviz.ink import SIDE
from cnnviz.types import Digit


def digit_from_levels(levels: str) -> Digit:
    """Return the digit with those grey levels.

    Parameters
    ----------
    levels : str
        A byte for each pixel, row by row, in base64: 0 is black, 255 all ink.

    Returns
    -------
    ndarray of float32, shape (28, 28)
        In [0, 1].

    Raises
    ------
    ValueError
        If it is no base64, or of another number of bytes.

    Examples
    --------
    >>> digit = digit_from_levels(base64.b64encode(bytes([255, 51] * 392)).decode())
    >>> digit.shape, digit[0, :2].tolist()
    ((28, 28), [1.0, 0.20000000298023224])
    """
    data = base64.b64decode(levels, validate=True)
    if len(data) != SIDE * SIDE:
        raise ValueError(
            f"levels must be a byte for each of {SIDE * SIDE} pixels. Received: {len(data)} bytes"
        )
    pixels = np.frombuffer(data, np.uint8).reshape(SIDE, SIDE)
    return pixels.astype(np.float32) / np.float32(255)
