"""Sizes and padding of convolution and pooling, one axis at a time: integers in, integers out.

All lengths are counted in pixels of the layer's input. The formulas are those of
Dumoulin and Visin, "A guide to convolution arithmetic for deep learning",
arXiv:1603.07285, with TensorFlow's rule for the side that gets an odd pixel of padding.
"""

from collections.abc import Sequence

from cnnviz.types import Padding, Pair, Size

PADDINGS: tuple[Padding, ...] = ("valid", "same")


def output_size(
    size: int, kernel_size: int, stride: int = 1, padding: Padding = "valid", dilation: int = 1
) -> int:
    """Return how many windows fit along one axis, which is the size of the output.

    Parameters
    ----------
    size : int
        Length of the input, in pixels, at least 1.
    kernel_size : int
        Length of the kernel or pooling window, in weights, at least 1.
    stride : int, default 1
        Pixels from one window to the next.
    padding : {"valid", "same"}
        "valid" counts the windows that lie inside the input:
        ``floor((size - span) / stride) + 1``. "same" pads so that there are
        ``ceil(size / stride)``, equal to `size` only at stride 1.
    dilation : int, default 1
        Pixels from one weight of the kernel to the next.

    Returns
    -------
    int
        Size of the output, at least 1.

    Raises
    ------
    ValueError
        If an argument is not a positive integer, `padding` is unknown, or a
        "valid" window is longer than the input, so that no output is left.

    Examples
    --------
    >>> output_size(28, 3), output_size(5, 3)
    (26, 3)
    >>> output_size(28, 3, stride=2, padding="same")
    14
    >>> output_size(13, 2, stride=2)  # the thirteenth pixel is read by no window
    6
    """
    _check(size=size, kernel_size=kernel_size, stride=stride, dilation=dilation)
    if padding not in PADDINGS:
        raise ValueError(f'padding must be "valid" or "same". Received: padding={padding!r}')
    if padding == "same":
        return -(-size // stride)
    span = window_span(kernel_size, dilation)
    if span > size:
        raise ValueError(
            f"no output is left: a window spans {span} pixels and the input has {size}. "
            f"Received: size={size}, kernel_size={kernel_size}, dilation={dilation}, "
            f"padding='valid'"
        )
    return (size - span) // stride + 1


def padding_amounts(
    size: int, kernel_size: int, stride: int = 1, padding: Padding = "valid", dilation: int = 1
) -> tuple[int, int]:
    """Return the pixels of padding before and after the input along one axis.

    Parameters and errors are those of `output_size`. When the total is odd, the extra
    pixel goes after the input (bottom or right), as in TensorFlow.

    Returns
    -------
    (int, int)
        Pixels added before and after; (0, 0) for "valid".

    Examples
    --------
    >>> padding_amounts(28, 3, padding="same")
    (1, 1)
    >>> padding_amounts(28, 3, stride=2, padding="same")
    (0, 1)
    """
    outputs = output_size(size, kernel_size, stride, padding, dilation)
    if padding == "valid":
        return 0, 0
    total = max((outputs - 1) * stride + window_span(kernel_size, dilation) - size, 0)
    return total // 2, total - total // 2


def window_span(kernel_size: int, dilation: int = 1) -> int:
    """Return the pixels from the first to the last weight of a window, both included.

    >>> window_span(3), window_span(3, dilation=2)
    (3, 5)
    """
    _check(kernel_size=kernel_size, dilation=dilation)
    return (kernel_size - 1) * dilation + 1


def fits(size: int, kernel_size: int, padding: Padding = "valid", dilation: int = 1) -> bool:
    """Return whether at least one window has its place: with same padding one always has.

    >>> fits(5, 3), fits(5, 3, dilation=3), fits(5, 3, "same", dilation=3)
    (True, False, True)
    """
    return padding == "same" or window_span(kernel_size, dilation) <= size


def weights_inside(
    size: int, kernel_size: int, stride: int = 1, padding: Padding = "valid", dilation: int = 1
) -> list[int]:
    """Return how many weights of each window along one axis lie on the input, not on padding.

    Parameters and errors are those of `output_size`.

    Examples
    --------
    >>> weights_inside(5, 3, padding="same")  # the windows at both ends read one padding pixel
    [2, 3, 3, 3, 2]
    """
    return [
        sum(0 <= pixel < size for pixel in pixels)
        for pixels in _windows(size, kernel_size, stride, padding, dilation)
    ]


def windows_reading(
    size: int, kernel_size: int, stride: int = 1, padding: Padding = "valid", dilation: int = 1
) -> list[int]:
    """Return how many windows read each pixel along one axis; 0 for one that is left out.

    Parameters and errors are those of `output_size`. In two dimensions a pixel is read by
    the product of its row's and its column's count.

    Examples
    --------
    >>> windows_reading(6, 3)  # 1 x 1 window at a corner of the picture, 3 x 3 in its middle
    [1, 2, 3, 3, 2, 1]
    >>> windows_reading(5, 2, stride=2)  # the last pixel fills no window
    [1, 1, 1, 1, 0]
    """
    counts = [0] * size
    for pixels in _windows(size, kernel_size, stride, padding, dilation):
        for pixel in pixels:
            if 0 <= pixel < size:
                counts[pixel] += 1
    return counts


def _windows(
    size: int, kernel_size: int, stride: int, padding: Padding, dilation: int
) -> list[list[int]]:
    """Return the pixels under each window along one axis; those outside the input are padding."""
    outputs = output_size(size, kernel_size, stride, padding, dilation)
    before, _ = padding_amounts(size, kernel_size, stride, padding, dilation)
    return [
        [window * stride - before + weight * dilation for weight in range(kernel_size)]
        for window in range(outputs)
    ]


def receptive_fields(
    size: int, windows: Sequence[tuple[int, int, Padding]]
) -> list[tuple[int, int, int, int]]:
    """Return what the units of each layer of a stack see of the input, along one axis.

    A window of k units whose fields are `step` pixels apart sees ``(k - 1) * step`` pixels
    more than one unit does; a stride multiplies the step; padding moves the first field to
    the left. The recurrence is that of Araujo, Norris and Sim, "Computing Receptive Fields
    of Convolutional Neural Networks", Distill (2019), https://doi.org/10.23915/distill.00021.

    Parameters
    ----------
    size : int
        Length of the input, in pixels.
    windows : list of (int, int, str)
        Kernel size, stride and padding of each layer, the first one first.

    Returns
    -------
    list of (int, int, int, int)
        For each layer its output size; the size of the receptive field, in input pixels
        from the first to the last that a unit sees; the step from one unit's field to the
        next one's, in input pixels; and the first input pixel of unit 0's field, negative
        if that field begins in the padding. The field of unit i begins i steps further.

    Raises
    ------
    ValueError
        If a layer is left without output; the message has its number, counted from 1.

    Examples
    --------
    >>> conv, pool = (3, 1, "valid"), (2, 2, "valid")
    >>> for layer in receptive_fields(28, [conv, pool, conv, pool, conv]):
    ...     print("%2d units, field %2d, step %d, from pixel %d" % layer)
    26 units, field  3, step 1, from pixel 0
    13 units, field  4, step 2, from pixel 0
    11 units, field  8, step 2, from pixel 0
     5 units, field 10, step 4, from pixel 0
     3 units, field 18, step 4, from pixel 0
    """
    fields, field, step, start = [], 1, 1, 0
    for number, window in enumerate(windows, start=1):
        kernel_size, stride, _ = window
        try:
            before, _ = padding_amounts(size, *window)
            size = output_size(size, *window)
        except ValueError as error:
            raise ValueError(f"layer {number} of {len(windows)}: {error}") from error
        field += (kernel_size - 1) * step
        start -= before * step
        step *= stride
        fields.append((size, field, step, start))
    return fields


def read_pixels(size: int, windows: Sequence[tuple[int, int, Padding]]) -> list[int]:
    """Return the input pixels that at least one unit of the last layer depends on, in order.

    Parameters and errors are those of `receptive_fields`. Followed back window by window,
    so that the pixels between windows are left out, too, where a stride is longer than its
    window.

    Examples
    --------
    >>> conv, pool = (3, 1, "valid"), (2, 2, "valid")
    >>> read_pixels(28, [conv, pool, conv, pool, conv]) == list(range(26))
    True
    >>> read_pixels(7, [(1, 3, "valid")])
    [0, 3, 6]
    """
    sizes = [size, *(layer[0] for layer in receptive_fields(size, windows))]
    read = set(range(sizes[-1]))
    for size, window in zip(reversed(sizes[:-1]), reversed(windows), strict=True):
        kernel_size, stride, _ = window
        before, _ = padding_amounts(size, *window)
        reached = {unit * stride - before + i for unit in read for i in range(kernel_size)}
        read = reached & set(range(size))
    return sorted(read)


def pair(value: Size, name: str) -> Pair:
    """Return `value` as (height, width); a single integer serves both axes.

    >>> pair(2, "stride"), pair((1, 3), "stride")
    ((2, 2), (1, 3))
    """
    if isinstance(value, (tuple, list)):
        if len(value) != 2:
            raise ValueError(f"{name} must be an integer or (height, width). Received: {value!r}")
        return value[0], value[1]
    return value, value


def _check(**lengths: int) -> None:
    """Raise ValueError unless every length is a positive integer."""
    for name, value in lengths.items():
        if isinstance(value, bool) or not hasattr(value, "__index__") or value < 1:
            raise ValueError(f"{name} must be a positive integer. Received: {name}={value!r}")
