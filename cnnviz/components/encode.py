"""Numbers on their way to the browser."""

import base64

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from cnnviz.components import messages
from cnnviz.layers import Windows


def base64_text(array: ArrayLike, dtype: DTypeLike | None = None) -> messages.Base64:
    """Return the bytes of an array in base64, converted to `dtype` if given.

    >>> base64_text(np.array([1, 2, 3], np.uint8))
    'AQID'
    """
    return base64.b64encode(np.ascontiguousarray(array, dtype).tobytes()).decode("ascii")


def windows_data(windows: Windows) -> messages.Windows:
    """Return where a layer's windows lie, ready for JSON."""
    return {
        "kernel": list(windows.kernel),
        "stride": list(windows.stride),
        "dilation": list(windows.dilation),
        "before": list(windows.before),
        "after": list(windows.after),
    }
