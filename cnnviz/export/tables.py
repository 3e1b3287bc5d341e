"""The numbers to download, for NumPy or a spreadsheet, exactly as the network computed them."""

import io

import numpy as np

from cnnviz.types import Activations, Floats

COLUMNS = {1: "unit,value", 3: "row,column,channel,value"}


def activations_npz(activations: Activations) -> bytes:
    """Return arrays by name as a compressed ``.npz`` file.

    Parameters
    ----------
    activations : dict of str to ndarray
        For example what `Network.forward` returns.

    Returns
    -------
    bytes
        ``numpy.load`` gives back the same arrays, without pickle.
    """
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **activations)
    return buffer.getvalue()


def activations_csv(values: Floats) -> bytes:
    """Return the numbers of one layer as a CSV file, one a line, after their place.

    Parameters
    ----------
    values : ndarray of float32, shape (height, width, channels) or (units,)

    Returns
    -------
    bytes
        UTF-8. A number has as few digits as tell it from every other float32 (at most 9).

    Raises
    ------
    ValueError
        If `values` has neither one nor three axes.

    Examples
    --------
    >>> print(activations_csv(np.array([0.1, 2], np.float32)).decode())
    unit,value
    0,0.1
    1,2.0
    <BLANKLINE>
    """
    values = np.asarray(values, np.float32)
    if values.ndim not in COLUMNS:
        raise ValueError(
            "values must have shape (height, width, channels) or (units,). "
            f"Received: values.shape={values.shape}"
        )
    lines = [",".join(map(str, (*place, number))) for place, number in np.ndenumerate(values)]
    return "\n".join([COLUMNS[values.ndim], *lines, ""]).encode()
