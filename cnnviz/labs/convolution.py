"""What a filter makes of a picture: by channel, turned round, and of a picture that moved."""

from collections.abc import Mapping, Sequence

import numpy as np

from cnnviz import ops
from cnnviz.arithmetic import fits
from cnnviz.inspection.opened import responses
from cnnviz.labs import typed
from cnnviz.labs.kernels import EXAMPLES
from cnnviz.labs.moving import differing, shifted
from cnnviz.layers import Conv2D, Windows, cells_read
from cnnviz.networks import Network
from cnnviz.types import Bools, Image, Kernel, Map, Maps, Pair, Shape
from cnnviz.words import grouped, shape_in_words, signed

OWN = "My own"
LEARNED = "Learned: conv1, filter {}"
NOTHING = np.zeros((3, 3), np.float32)  # as a kernel
TOLERANCE = 1e-5  # float32 sums of the same products in another order differ by less


def named(network: Network) -> dict[str, Kernel]:
    """Return kernels to begin with, (height, width), by name: examples, then learned ones.

    >>> from cnnviz import networks
    >>> kernels = named(networks.load("convnet"))
    >>> list(kernels)[-1], kernels["Identity"].shape
    ('Learned: conv1, filter 31', (3, 3))
    """
    kernel, _ = network.layer("conv1")[2]
    learned = {LEARNED.format(i): kernel[:, :, 0, i] for i in range(kernel.shape[3])}
    return {**{name: example.values for name, example in EXAMPLES.items()}, **learned}


def name_of(values: Kernel, known: Mapping[str, Kernel]) -> str:
    """Return the name of a kernel if it is one of `known`, else `OWN`.

    >>> from cnnviz import networks
    >>> name_of(EXAMPLES["Emboss"].values, named(networks.load("convnet")))
    'Emboss'
    """
    same = (name for name, kernel in known.items() if np.array_equal(kernel, values))
    return next(same, OWN)


def several(image: Image, kernels: Sequence[Kernel]) -> Maps:
    """Return the output of a layer of several filters.

    Parameters
    ----------
    image : ndarray of float, shape (height, width, channels)
    kernels : sequence of ndarray of float, all (kernel_height, kernel_width, channels)

    Returns
    -------
    ndarray of float32, shape (out_height, out_width, filters)
    """
    return ops.conv2d(image, np.stack(kernels, axis=3).astype(np.float32))


def stacked(values: Kernel, chosen: Sequence[Kernel | bool]) -> Kernel:
    """Return one kernel for each channel.

    Parameters
    ----------
    values : ndarray of float, shape (height, width)
    chosen : sequence
        For each channel a kernel, centred in the size of `values`; or whether to take `values`
        itself (True) or zeros (False).

    Returns
    -------
    ndarray of float32, shape (height, width, channels)

    Examples
    --------
    >>> stacked(np.array([[2.0]]), [True, False])[0, 0].tolist()
    [2.0, 0.0]
    """
    channels = [
        values * kernel if isinstance(kernel, bool) else centred(kernel, values.shape)
        for kernel in chosen
    ]
    return np.stack(channels, axis=2).astype(np.float32)


def centred(kernel: Kernel, size: Pair) -> Kernel:
    """Return a kernel in the middle of zeros, or its middle, in another (height, width)."""
    return typed.resized(kernel, *size, centred=True)


def no_room(image: Image, kernel: Kernel) -> str:
    """Return why a kernel has no place in a picture, in a sentence; "" if it has.

    >>> no_room(np.zeros((5, 6, 1)), np.zeros((7, 2)))
    'A 7 × 2 kernel has no place in 5 × 6 numbers, so only the part of it that fits is used.'
    """
    if all(fits(n, k) for k, n in zip(kernel.shape, image.shape[:2], strict=True)):
        return ""
    return (
        f"A {shape_in_words(kernel.shape)} kernel has no place in "
        f"{shape_in_words(image.shape[:2])} numbers, so only the part of it that fits is used."
    )


def examples_cut(size: Pair) -> str:
    """Return why the examples are not whole in a kernel of that (height, width); "" if they are.

    >>> examples_cut((3, 5)), examples_cut((3, 2))
    ('', 'The examples are 3 × 3: a patch of 3 × 2 has no room for all of them.')
    """
    if min(size) >= 3:
        return ""
    return f"The examples are 3 × 3: a patch of {shape_in_words(size)} has no room for all of them."


def fitted(kernel: Kernel, image: Image) -> Kernel:
    """Return the part of a kernel that has its place in a picture."""
    size = (min(k, n) for k, n in zip(kernel.shape, image.shape[:2], strict=True))
    return centred(kernel, tuple(size))


def turned(kernel: Kernel) -> Kernel:
    """Return the kernel turned by half a turn, as true convolution uses it.

    >>> turned(np.array([[1, 2], [3, 4]])).tolist()
    [[4, 3], [2, 1]]
    """
    return kernel[::-1, ::-1]


def moved(image: Image, kernel: Kernel, down: int, right: int) -> tuple[Map, Map, Map]:
    """Return the map of the moved picture, the moved map of the picture, and their difference.

    Parameters
    ----------
    image : ndarray of float, shape (height, width, channels)
    kernel : ndarray of float, shape (kernel_height, kernel_width, channels)
    down, right : int
        Pixels; negative is up, or to the left.

    Returns
    -------
    (ndarray, ndarray, ndarray) of float32, each of shape (out_height, out_width)
    """
    after, before = (
        np.sum(responses(picture, kernel), axis=0)
        for picture in (shifted(image, down, right), image)
    )
    before = shifted(before, down, right)
    return after, before, after - before


def moved_in_words(difference: Map, down: int, right: int) -> str:
    """Return where the two maps of `moved` differ, as Markdown.

    >>> moved_in_words(np.zeros((4, 4)), 1, 0)
    'The two maps are the same, number by number: the map moved with the picture.'
    """
    if not (down or right):
        return "Move the picture: its map moves with it."
    where = differing(difference, np.zeros_like(difference), TOLERANCE)
    if not where.any():
        return "The two maps are the same, number by number: the map moved with the picture."
    rows, columns = np.nonzero(where)
    height, width = where.shape
    edge = (rows < max(down, 0)) | (rows >= height + min(down, 0))
    edge |= (columns < max(right, 0)) | (columns >= width + min(right, 0))
    place = "all at the border" if edge.all() else f"{grouped(int(edge.sum()))} at the border"
    return (
        f"**{grouped(len(rows))}** of {grouped(where.size)} numbers differ, {place}: there "
        "something left the picture, or zeros came in."
    )


# ---- In words --------------------------------------------------------------------------


def depth_in_words(channels: int, bias: float) -> str:
    """Return how channels, kernels and the bias make one map, as Markdown.

    >>> depth_in_words(3, 0.5)
    '3 channels, 3 kernels, 3 partial maps; their sum and the bias +0.50 are **one** feature map.'
    """
    if channels == 1:
        return (
            "This picture is grey: **1** channel, so one kernel. Its map and the bias "
            f"{signed(bias, 2)} are **one** feature map."
        )
    return (
        f"{channels} channels, {channels} kernels, {channels} partial maps; their sum and the "
        f"bias {signed(bias, 2)} are **one** feature map."
    )


def layer_in_words(image: Image, kernel: Kernel, filters: int) -> str:
    """Return the output's shape and the parameters of a layer of such filters, as Markdown.

    >>> layer_in_words(np.zeros((28, 28, 1)), np.zeros((3, 3, 1)), 4)
    '4 filters make an output of **26 × 26 × 4**: depth = number of filters. Parameters: \
3 × 3 × 1 × 4 + 4 = **40**'
    """
    layer = Conv2D("", filters, kernel.shape[:2])
    shape, count = layer.output_shape(image.shape), layer.parameters(image.shape)
    noun = "filter makes" if filters == 1 else "filters make"
    return (
        f"{filters} {noun} an output of **{shape_in_words(shape)}**: depth = "
        f"number of filters. Parameters: {shape_in_words((*kernel.shape, filters))} + {filters} "
        f"= **{grouped(count)}**"
    )


def reach(windows: Windows, cell: Pair, shape: Shape) -> Bools:
    """Return the pixels that one unit of a convolution reads: bool, shape (height, width)."""
    read = np.zeros(shape[:2], bool)
    for pixel in cells_read(windows, *cell, shape):
        read[pixel] = True
    return read


def reach_in_words(image: Image, kernel: Kernel, units: int) -> tuple[str, str]:
    """Return what units of a convolution and of a dense layer read, and cost, as Markdown.

    Parameters
    ----------
    image : ndarray, shape (height, width, channels)
    kernel : ndarray, shape (kernel_height, kernel_width, channels)
    units : int
        Numbers in the convolution's output.

    Returns
    -------
    (str, str)

    Examples
    --------
    >>> reach_in_words(np.zeros((28, 28, 1)), np.zeros((3, 3, 1)), 676)[0]
    'A unit of the convolution reads **9** of 784 numbers. All 676 units share one filter: \
9 + 1 = **10** parameters.'
    """
    pixels = image.size
    share = f"All {grouped(units)} units share" if units > 1 else "The only unit has"
    return (
        f"A unit of the convolution reads **{kernel.size}** of {grouped(pixels)} numbers. "
        f"{share} one filter: {kernel.size} + 1 = "
        f"**{grouped(kernel.size + 1)}** parameters.",
        f"A dense unit reads **all {grouped(pixels)}**, each with a weight of its own. As many "
        f"units: {grouped(pixels)} × {grouped(units)} + {grouped(units)} = "
        f"**{grouped((pixels + 1) * units)}** parameters.",
    )
