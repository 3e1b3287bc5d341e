"""Numbers on their way to the browser."""

import base64

import numpy as np


def base64_text(array, dtype=None):
    """Return the bytes of an array in base64, converted to `dtype` if given.

    >>> base64_text(np.array([1, 2, 3], np.uint8))
    'AQID'
    """
    return base64.b64encode(np.ascontiguousarray(array, dtype).tobytes()).decode("ascii")
