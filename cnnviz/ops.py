"""The operations that the pages explain, in NumPy: one image in, one image out.

Images are float arrays of shape (height, width, channels), kernels have Keras's shape
(kernel height, kernel width, channels in, channels out). No input is ever modified.
"""

import numpy as np
from numpy.lib.stride_tricks import as_strided

from cnnviz.arithmetic import output_size, padding_amounts, pair
from cnnviz.types import Floats, Image, Kernel, Maps, Padding, Pair, Size


def conv2d(
    image: Image,
    kernel: Kernel,
    bias: Floats | None = None,
    stride: Size = 1,
    padding: Padding = "valid",
    dilation: Size = 1,
) -> Maps:
    """Slide every filter over the image and return one feature map for each filter.

    As in every deep-learning library this is cross-correlation: the kernel is not
    flipped. An output number is the sum, over the window and over all input channels,
    of pixel times weight, plus the filter's bias.

    Parameters
    ----------
    image : ndarray of float, shape (height, width, channels)
    kernel : ndarray of float, shape (kernel_height, kernel_width, channels, filters)
        Weights of either sign. Even sizes are allowed.
    bias : ndarray of float, shape (filters,), optional
    stride : int or (int, int), default 1
        Pixels from one window to the next, (height, width).
    padding : {"valid", "same"}
        "same" surrounds the image with zeros; an odd pixel of padding goes to the
        bottom or right.
    dilation : int or (int, int), default 1
        Pixels from one weight to the next. Unlike in Keras, a stride and a dilation
        above 1 work together.

    Returns
    -------
    ndarray of float, shape (out_height, out_width, filters)
        Signed responses, before any activation function.

    Raises
    ------
    ValueError
        If the shapes do not fit each other, or no output is left.

    Examples
    --------
    >>> edge = np.array([[0.0, 0.0, 1.0, 1.0]])[:, :, None]
    >>> kernel = np.array([[-1.0, 1.0]])[:, :, None, None]
    >>> conv2d(edge, kernel)[:, :, 0]
    array([[0., 1., 0.]])
    """
    image, kernel = _as_float(image, "image", 3), _as_float(kernel, "kernel", 4)
    if image.shape[2] != kernel.shape[2]:
        raise ValueError(
            f"the kernel's channels in must equal the image's channels. "
            f"Received: image.shape={image.shape}, kernel.shape={kernel.shape}"
        )
    windows = _windows(image, kernel.shape[:2], stride, padding, dilation, fill=0)
    rows = windows.reshape(windows.shape[0] * windows.shape[1], -1)
    response = (rows @ kernel.reshape(-1, kernel.shape[3])).reshape(*windows.shape[:2], -1)
    if bias is not None:
        bias = _as_float(bias, "bias", 1)
        if bias.shape != response.shape[2:]:
            raise ValueError(
                f"bias must hold one number for each of the {kernel.shape[3]} filters. "
                f"Received: bias.shape={bias.shape}"
            )
        response += bias
    return response


def max_pool2d(
    image: Image, pool_size: Size = 2, stride: Size | None = None, padding: Padding = "valid"
) -> Maps:
    """Keep the largest number of each window, in each channel by itself.

    Parameters
    ----------
    image : ndarray of float, shape (height, width, channels)
    pool_size : int or (int, int), default 2
        Height and width of the window, in pixels.
    stride : int or (int, int), optional
        Pixels from one window to the next; `pool_size` if not given.
    padding : {"valid", "same"}
        "valid" leaves out a last row or column that fills no window. "same" pads with
        minus infinity, so that padding never wins.

    Returns
    -------
    ndarray of float, shape (out_height, out_width, channels)

    Raises
    ------
    ValueError
        If the image is not 3-D, or no output is left.

    Examples
    --------
    >>> max_pool2d(np.arange(25.0).reshape(5, 5, 1))[:, :, 0]
    array([[ 6.,  8.],
           [16., 18.]])
    """
    image = _as_float(image, "image", 3)
    return _reduce_windows(np.maximum, image, pool_size, stride, padding, fill=-np.inf)


def average_pool2d(
    image: Image, pool_size: Size = 2, stride: Size | None = None, padding: Padding = "valid"
) -> Maps:
    """Keep the mean of each window, in each channel by itself.

    Parameters, shapes and errors are those of `max_pool2d`. Under "same" the mean is
    taken over the pixels of the image only: padding is left out.

    Examples
    --------
    >>> average_pool2d(np.arange(25.0).reshape(5, 5, 1))[:, :, 0]
    array([[ 3.,  5.],
           [13., 15.]])
    """
    image = _as_float(image, "image", 3)
    total = _reduce_windows(np.add, image, pool_size, stride, padding, fill=0)
    inside = np.ones((*image.shape[:2], 1), image.dtype)
    return total / _reduce_windows(np.add, inside, pool_size, stride, padding, fill=0)


def dense(vector: Floats, kernel: Floats, bias: Floats) -> Floats:
    """Return ``vector @ kernel + bias``: every output reads every input.

    Parameters
    ----------
    vector : ndarray of float, shape (inputs,)
    kernel : ndarray of float, shape (inputs, units)
    bias : ndarray of float, shape (units,)

    Returns
    -------
    ndarray of float, shape (units,)

    Examples
    --------
    >>> dense(np.array([1.0, 2.0]), np.array([[1.0], [10.0]]), np.array([0.5]))
    array([21.5])
    """
    return vector @ kernel + bias


def relu(values: Floats) -> Floats:
    """Return the values with every negative one replaced by 0.

    >>> relu(np.array([-2.0, 3.0]))
    array([0., 3.])
    """
    return np.maximum(values, 0)


def softmax(logits: Floats) -> Floats:
    """Turn logits, along the last axis, into probabilities: exponentials divided by their sum.

    The largest logit is subtracted first, which changes no probability and keeps the
    exponentials from overflowing.

    >>> softmax(np.array([1000.0, 1000.0]))
    array([0.5, 0.5])
    """
    exponentials = np.exp(logits - np.max(logits, axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def _as_float(array: Floats, name: str, ndim: int) -> Floats:
    """Return `array` as floats (float32 stays float32), or raise if it has other axes."""
    array = np.asarray(array)
    if array.ndim != ndim:
        raise ValueError(f"{name} must have {ndim} axes. Received: {name}.shape={array.shape}")
    return array if array.dtype.kind == "f" else array.astype(np.float32)


def _pad(
    image: Image, size: Pair, stride: Pair, padding: Padding, dilation: Pair, fill: float
) -> tuple[Image, Pair]:
    """Return the padded image, and the output's (height, width)."""
    axes = list(zip(image.shape[:2], size, stride, dilation, strict=True))
    height, width = (output_size(n, k, s, padding, d) for n, k, s, d in axes)
    amounts = [padding_amounts(n, k, s, padding, d) for n, k, s, d in axes]
    if not np.any(amounts):
        return image, (height, width)
    return np.pad(image, [*amounts, (0, 0)], constant_values=fill), (height, width)


def _windows(
    image: Image, size: Pair, stride: Size, padding: Padding, dilation: Size, fill: float
) -> Floats:
    """Return a view of every window, (out_height, out_width, height, width, channels)."""
    steps, gaps = pair(stride, "stride"), pair(dilation, "dilation")
    image, outputs = _pad(image, size, steps, padding, gaps, fill)
    row, column, channel = image.strides
    return as_strided(
        image,
        shape=(*outputs, *size, image.shape[2]),
        strides=(
            row * steps[0],
            column * steps[1],
            row * gaps[0],
            column * gaps[1],
            channel,
        ),
        writeable=False,
    )


def _reduce_windows(
    combine: np.ufunc,
    image: Image,
    pool_size: Size,
    stride: Size | None,
    padding: Padding,
    fill: float,
) -> Maps:
    """Combine the pixels of each window: one pass over the image for each place in it."""
    size = pair(pool_size, "pool_size")
    steps = size if stride is None else pair(stride, "stride")
    image, outputs = _pad(image, size, steps, padding, (1, 1), fill)
    # Where the first and the last window start: the same in every pass, shifted by the place.
    ends = [(n - 1) * s + 1 for n, s in zip(outputs, steps, strict=True)]
    first, *others = (
        image[row : row + ends[0] : steps[0], column : column + ends[1] : steps[1]]
        for row, column in np.ndindex(size)
    )
    result = first.copy()
    for pixels in others:
        combine(result, pixels, out=result)
    return result
