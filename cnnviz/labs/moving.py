"""A picture moved by whole pixels, and what stays the same of an output when it moves."""

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnviz.types import Bools, Floats, Image, Number


def shifted(image: NDArray[Number], down: int, right: int) -> NDArray[Number]:
    """Move a picture by whole pixels: zeros come in at one side, what leaves at the other is lost.

    Parameters
    ----------
    image : ndarray, shape (height, width) or (height, width, channels)
        Not modified.
    down, right : int
        How far to move it, in pixels; negative moves up or left. All zeros are left when
        that is as far as the picture is high or wide.

    Returns
    -------
    ndarray
        Of the shape and type of `image`.

    Raises
    ------
    ValueError
        If the picture has other axes, or a distance is not an integer.

    Examples
    --------
    >>> shifted(np.array([[1, 2, 3], [4, 5, 6]]), down=1, right=-1)
    array([[0, 0, 0],
           [2, 3, 0]])

    A convolution moves its map with the picture, wherever the window does not reach over the
    edge that the zeros came in at: the two maps differ in the first column only.

    >>> from cnnviz import ops
    >>> image, kernel = np.arange(1.0, 7).reshape(1, 6, 1), np.ones((1, 3, 1, 1))
    >>> ops.conv2d(shifted(image, 0, 1), kernel)[0, :, 0]
    array([ 3.,  6.,  9., 12.])
    >>> shifted(ops.conv2d(image, kernel), 0, 1)[0, :, 0]
    array([ 0.,  6.,  9., 12.])
    """
    image = np.asarray(image)
    if image.ndim not in (2, 3):
        raise ValueError(f"image must have 2 or 3 axes. Received: image.shape={image.shape}")
    for name, distance in (("down", down), ("right", right)):
        if not hasattr(distance, "__index__"):
            raise ValueError(f"{name} must be an integer. Received: {name}={distance!r}")
    height, width = image.shape[:2]
    zeros = [(max(distance, 0), max(-distance, 0)) for distance in (down, right)]
    padded = np.pad(image, [*zeros, (0, 0)][: image.ndim])
    return padded[max(-down, 0) :, max(-right, 0) :][:height, :width]


def differing(a: ArrayLike, b: ArrayLike, tolerance: float = 0.0) -> Bools:
    """Return where two arrays differ by more than `tolerance`.

    Parameters
    ----------
    a, b : ndarray of numbers, of one shape
    tolerance : float, default 0.0
        The largest absolute difference that still counts as the same, in the arrays' own
        unit. NaN differs from everything.

    Returns
    -------
    ndarray of bool, of that shape

    Raises
    ------
    ValueError
        If the shapes differ, or `tolerance` is not a number >= 0.

    Examples
    --------
    >>> differing([1.0, 2.0, -3.0], [1.0, 2.5, 3.0], tolerance=0.5)
    array([False, False,  True])
    """
    a, b = np.asarray(a, float), np.asarray(b, float)
    if a.shape != b.shape:
        raise ValueError(f"a and b must have one shape. Received: {a.shape} and {b.shape}")
    if not tolerance >= 0:
        raise ValueError(f"tolerance must be a number >= 0. Received: tolerance={tolerance!r}")
    return ~(np.abs(a - b) <= tolerance)


def kept_under_shift(
    image: Image, reduce: Callable[[Image], Floats], shifts: Iterable[int], tolerance: float
) -> list[float]:
    """Return for each shift the share of an output's numbers that stay the same.

    The picture is moved to the right and reduced, and each number of the output is compared
    with the one at the same place for the picture left where it was. Only places are counted
    where at least one of the two is not zero: the paper around a digit would stay the same
    under any reduction.

    Parameters
    ----------
    image : ndarray of float, shape (height, width, channels)
        Not modified.
    reduce : callable
        Any function of an image that returns an array, such as `ops.max_pool2d`.
    shifts : iterable of int
        How far to move the image, in its own pixels (columns to the right); negative moves left.
    tolerance : float
        Two numbers are the same if their absolute difference is at most this, in the unit
        of the output.

    Returns
    -------
    list of float
        For each shift a share in [0, 1]; 1.0 if there is nothing but zeros to compare.

    Raises
    ------
    ValueError
        As `shifted` and `differing` do.

    Examples
    --------
    The maximum of a 2 x 2 window does not mind where in the window the stroke is; a stride of 2
    reads one place of it, and the stroke moves out of that place.

    >>> from cnnviz import ops
    >>> stroke = np.zeros((6, 8, 1))
    >>> stroke[:, 2] = 1
    >>> kept_under_shift(stroke, ops.max_pool2d, [0, 1, 2], 0.0)
    [1.0, 1.0, 0.0]
    >>> kept_under_shift(stroke, lambda image: image[::2, ::2], [0, 1, 2], 0.0)
    [1.0, 0.0, 0.0]
    """
    before = reduce(image)
    return [_kept(before, reduce(shifted(image, 0, shift)), tolerance) for shift in shifts]


def _kept(before: Floats, after: Floats, tolerance: float) -> float:
    """Return the share of the numbers that are the same, where one of the two is not zero."""
    same = ~differing(before, after, tolerance)
    counted = (before != 0) | (after != 0)
    return float(same[counted].mean()) if counted.any() else 1.0
