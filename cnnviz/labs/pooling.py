"""A pooling window at work, and what could stand in its place: a mean, or a stride alone."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal, NamedTuple

import numpy as np

from cnnviz import ops
from cnnviz.arithmetic import fits
from cnnviz.labs import moving, stacks
from cnnviz.labs.sliding import Sliding
from cnnviz.networks import SPECS, NetworkSpec
from cnnviz.types import Image, Kernel, Map, Maps, Shape
from cnnviz.words import grouped, markdown_table, shape_in_words, short

SHIFTS = range(5)  # pixels to the right
TOLERANCE = 0.05  # of the picture's largest number: what still counts as the same


class Reduction(NamedTuple):
    """A way to make a picture smaller.

    Attributes
    ----------
    kind : {"max", "average", "convolution"}
    name, short_name : str
    reduce : callable
        Turns an image (height, width, 1) into (out_height, out_width, 1).
    """

    kind: Literal["max", "average", "convolution"]
    name: str
    short_name: str
    reduce: Callable[[Image], Maps]


def reductions(setting: Sliding, kernel: Kernel) -> list[Reduction]:
    """Return what makes a picture smaller in the same steps.

    Parameters
    ----------
    setting : sliding.Sliding
        Of the pooling window.
    kernel : ndarray of float, shape (height, width)
        Of the convolution, which takes the pool's stride and padding.

    Returns
    -------
    list of Reduction
        Two pools and the convolution, which is left out where it would have no output.
    """
    stride, padding = setting.stride, setting.padding
    largest, mean = (
        partial(pool, pool_size=setting.kernel, stride=stride, padding=padding)
        for pool in (ops.max_pool2d, ops.average_pool2d)
    )
    found = [
        Reduction("max", "Max pooling", "Max", largest),
        Reduction("average", "Average pooling", "Average", mean),
    ]
    if _convolution_fits(setting, kernel):
        filters = kernel[:, :, np.newaxis, np.newaxis]
        convolve = partial(ops.conv2d, kernel=filters, stride=stride, padding=padding)
        short_name = f"stride {stride}"
        found.append(Reduction("convolution", f"Convolution, {short_name}", short_name, convolve))
    return found


def _convolution_fits(setting: Sliding, kernel: Kernel) -> bool:
    """Return whether the convolution has an output."""
    axes = zip(setting.size, kernel.shape, strict=True)
    return all(fits(n, k, setting.padding) for n, k in axes)


def losses(image: Map, setting: Sliding, kernel: Kernel) -> list[tuple[str, Map, str]]:
    """Return what each of the `reductions` makes of a picture, and what it loses, in words.

    Parameters
    ----------
    image : ndarray of float, shape (height, width)
    setting, kernel
        See `reductions`.

    Returns
    -------
    list of (str, ndarray of float32, str)
        Name, output of shape (out_height, out_width), and a sentence as Markdown.
    """
    peak, read = float(image.max()), setting.kernel[0] * setting.kernel[1]
    found = []
    for kind, name, _, reduce in reductions(setting, kernel):
        output = reduce(np.asarray(image, np.float32)[:, :, np.newaxis])[:, :, 0]
        highest = float(output.max())
        if kind == "max":
            words = _max_in_words(peak, highest, read)
        elif kind == "average":
            words = _average_in_words(peak, highest)
        else:
            words = _convolution_in_words(kernel.size + 1)
        found.append((name, output, words))
    return found


def _average_in_words(peak: float, highest: float) -> str:
    """Return what an average pool does to a picture's peak."""
    return (
        f"The peak goes from {short(peak)} to **{short(highest)}**. Lost: thin strokes fade, as "
        "every number is mixed with its neighbours."
    )


def _convolution_in_words(parameters: int) -> str:
    """Return what a convolution with so many parameters does where a pool might stand."""
    return (
        f"**{grouped(parameters)}** parameters to learn; a pool has none. Lost: what the kernel "
        "does not look for."
    )


def _max_in_words(peak: float, highest: float, read: int) -> str:
    """Return what a max pool whose windows read so many numbers does to a picture's peak."""
    stays = (
        f"The peak stays at **{short(highest)}**."
        if highest == peak
        else f"The peak of {short(peak)} is dropped with what no window reads; the largest kept "
        f"is **{short(highest)}**."
    )
    if read == 1:
        return f"{stays} A window of one number drops nothing that it reads."
    others = f"{read - 1} other numbers" if read > 2 else "other number"
    return f"{stays} Lost: the {others} of each window, and where in it the largest lay."


def left_out_in_words(setting: Sliding, kernel: Kernel) -> str:
    """Return why there is no convolution among the `reductions`, or "" if there is one.

    >>> from cnnviz.labs.sliding import Sliding
    >>> left_out_in_words(Sliding((2, 5), (2, 2)), np.ones((3, 3)))
    'A 3 × 3 kernel has no place in 2 × 5 numbers, so no convolution stands beside the pools.'
    """
    if _convolution_fits(setting, kernel):
        return ""
    return (
        f"A {shape_in_words(kernel.shape)} kernel has no place in {shape_in_words(setting.size)} "
        "numbers, so no convolution stands beside the pools."
    )


def kept_in_words(image: Map, setting: Sliding) -> str:
    """Return how many numbers of a picture a max pool keeps, as Markdown.

    Where windows overlap, one number can win several of them.

    >>> from cnnviz.labs.sliding import Sliding
    >>> kept_in_words(np.eye(26), Sliding((26, 26), (2, 2), 2))
    'Kept: **169** of 676 numbers, 1 of 4; no parameters, and each channel by itself'
    """
    # Pools each number's place in the order of size: that says which numbers win, and of equals
    # the first.
    order = np.argsort(-np.asarray(image, float), axis=None, kind="stable")
    places = np.empty((order.size, 1), np.float32)
    places[order, 0] = -np.arange(order.size)
    picture = places.reshape(*setting.size, 1)
    winners = ops.max_pool2d(picture, setting.kernel, setting.stride, setting.padding)
    kept, total = len(np.unique(winners)), order.size
    return (
        f"Kept: **{grouped(kept)}** of {grouped(total)} numbers, 1 of {total / kept:.3g}; no "
        "parameters, and each channel by itself"
    )


def staying(
    image: Map, setting: Sliding, kernel: Kernel
) -> list[tuple[str, list[int], list[float]]]:
    """Return how many output numbers stay the same when the picture moves to the right.

    Parameters
    ----------
    image : ndarray of float, shape (height, width)
    setting, kernel
        See `reductions`.

    Returns
    -------
    list of (str, list of int, list of float)
        For each of the `reductions` its name in short, the shifts in pixels, and the shares in
        percent; see `moving.kept_under_shift`. The same means: within `TOLERANCE` of the
        picture's largest number.
    """
    image = np.asarray(image, np.float32)[:, :, np.newaxis]
    tolerance = TOLERANCE * float(np.abs(image).max())
    return [
        (
            short_name,
            list(SHIFTS),
            [100 * kept for kept in moving.kept_under_shift(image, reduce, SHIFTS, tolerance)],
        )
        for _, _, short_name, reduce in reductions(setting, kernel)
    ]


def staying_in_words(stays: Sequence[tuple[str, list[int], list[float]]]) -> str:
    """Return how many numbers stay after a move by one pixel, as Markdown; see `staying`.

    >>> staying_in_words([("Max", [0, 1], [100, 50]), ("Average", [0, 1], [100, 30.4])])
    'After a move of 1 pixel the same as before: **Max 50%**, **Average 30%** of the numbers.'
    """
    parts = [f"**{name} {shares[1]:.0f}%**" for name, _, shares in stays]
    return f"After a move of 1 pixel the same as before: {', '.join(parts)} of the numbers."


def why_table() -> str:
    """Return what pooling is worth to the shipped network, as a Markdown table."""
    columns = [(SPECS[name], stacks.of_network(name)) for name in ("convnet", "convnet-unpooled")]
    rows = {
        "last feature maps": [shape_in_words(_row(spec, "conv3")[1]) for spec, _ in columns],
        "numbers in one row": [grouped(_row(spec, "flatten")[1][0]) for spec, _ in columns],
        "parameters of the dense layer": [grouped(_row(spec, "dense")[2]) for spec, _ in columns],
        "parameters in all": [grouped(spec.parameters()) for spec, _ in columns],
        "pixels a conv3 unit sees": [
            shape_in_words((stacks.rows(28, stack)[-1].field,) * 2) for _, stack in columns
        ],
    }
    lines = [[name, f"**{pooled}**", unpooled] for name, (pooled, unpooled) in rows.items()]
    return markdown_table(["", "with its two pools", "without"], lines, "lrr")


def _row(spec: NetworkSpec, name: str) -> tuple[str, Shape, int]:
    """Return the summary's row of one layer."""
    return next(row for row in spec.summary() if row[0] == name)
