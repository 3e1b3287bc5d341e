"""A window that slides over a picture: its settings, their limits, and what follows, in words.

Numbers come from `arithmetic`; here they are put together for two axes and explained.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from cnnviz.arithmetic import (
    fits,
    output_size,
    padding_amounts,
    weights_inside,
    windows_reading,
)
from cnnviz.inspection.explain import size_reason
from cnnviz.types import Floats, Ints, Map, Padding, Pair
from cnnviz.words import grouped

MOST_KERNEL, MOST_STRIDE, MOST_DILATION = 7, 5, 4
FIRST_SIZE = 6  # of the numbers that a person finds
MOST_SIZE = 32  # rows and columns of a picture of numbers


@dataclass(frozen=True)
class Sliding:
    """How a window slides over a picture; sizes are (height, width), in pixels of the picture."""

    size: Pair
    kernel: Pair
    stride: int = 1
    padding: Padding = "valid"
    dilation: int = 1

    def axes(self) -> list[tuple[int, int, int, Padding, int]]:
        """Return the arguments of the functions of `arithmetic`, for the height and the width."""
        return [
            (size, kernel, self.stride, self.padding, self.dilation)
            for size, kernel in zip(self.size, self.kernel, strict=True)
        ]

    def output(self) -> Pair:
        """Return the output's (height, width).

        >>> Sliding((28, 28), (3, 5), stride=2).output()
        (13, 12)
        """
        height, width = (output_size(*axis) for axis in self.axes())
        return height, width

    def amounts(self) -> tuple[Pair, Pair]:
        """Return the padding before and after the picture: ((top, bottom), (left, right))."""
        rows, columns = (padding_amounts(*axis) for axis in self.axes())
        return rows, columns

    def unread(self) -> tuple[list[int], list[int]]:
        """Return the rows, and the columns, that no window reads.

        >>> Sliding((13, 13), (2, 2), stride=2).unread()
        ([12], [12])
        """
        rows, columns = (
            [line for line, count in enumerate(counts) if not count] for counts in self.counts()
        )
        return rows, columns

    def counts(self) -> tuple[list[int], list[int]]:
        """Return how many windows read each row, and each column."""
        rows, columns = (windows_reading(*axis) for axis in self.axes())
        return rows, columns

    def reading(self) -> Ints:
        """Return how many windows read each pixel: ndarray of int, shape (height, width)."""
        return np.multiply.outer(*self.counts())

    def padding_share(self) -> Floats:
        """Return how much of each output cell's window is padding, in [0, 1]."""
        inside = np.multiply.outer(*(weights_inside(*axis) for axis in self.axes()))
        return 1 - inside / (self.kernel[0] * self.kernel[1])


# ---- Limits ----------------------------------------------------------------------------


def most_kernel(size: int, padding: Padding) -> int:
    """Return the largest kernel along an axis of `size` pixels that leaves an output.

    >>> most_kernel(5, "valid"), most_kernel(5, "same")
    (5, 7)
    """
    return MOST_KERNEL if padding == "same" else min(MOST_KERNEL, size)


def most_dilation(size: Pair, kernel: Pair, padding: Padding) -> int:
    """Return the largest dilation that leaves an output, for sizes as (height, width).

    ValueError if none does.

    >>> most_dilation((9, 9), (3, 5), "valid")
    2
    """
    axes = list(zip(size, kernel, strict=True))
    if not all(fits(n, k, padding) for n, k in axes):
        raise ValueError(
            f"kernel must have a place in size with {padding} padding. "
            f"Received: kernel={kernel}, size={size}"
        )
    dilations = range(1, MOST_DILATION + 1)
    return max(d for d in dilations if all(fits(n, k, padding, d) for n, k in axes))


# ---- In words --------------------------------------------------------------------------


def output_in_words(setting: Sliding) -> str:
    """Return the output's size and the formula behind it, as Markdown."""
    (rows, columns), (height, width) = setting.axes(), setting.output()
    reason = size_reason(*rows)
    if rows != columns:
        reason = f"height {reason}; width {size_reason(*columns)}"
    return f"Output **{height} × {width}**: {reason}"


def padding_in_words(setting: Sliding, value: str = "zeros") -> str:
    """Return how many rows and columns of padding are added, of which value, as Markdown.

    >>> padding_in_words(Sliding((28, 28), (3, 3), stride=2, padding="same"))
    'Padding **0 above, 1 below, 0 left, 1 right**: zeros; an odd one goes to the bottom or right'
    """
    if setting.padding == "valid":
        return "Padding **none**: only windows that lie inside the picture count"
    (top, bottom), (left, right) = setting.amounts()
    if not any((top, bottom, left, right)):
        return "Padding **none needed**: the windows end where the picture ends"
    words = f"Padding **{top} above, {bottom} below, {left} left, {right} right**: {value}"
    if (top, left) != (bottom, right):
        words += "; an odd one goes to the bottom or right"
    return words


def unread_in_words(setting: Sliding) -> str:
    """Return which pixels no window reads, as Markdown.

    >>> unread_in_words(Sliding((13, 13), (2, 2), stride=2))
    'No window reads **row 12 and column 12**: 25 of 169 pixels do not count'
    >>> unread_in_words(Sliding((28, 28), (3, 3)))
    'Every pixel is read by at least one window'
    """
    parts = [
        f"{axis}{'' if len(lines) == 1 else 's'} {_runs(lines)}"
        for axis, lines in zip(("row", "column"), setting.unread(), strict=True)
        if lines
    ]
    if not parts:
        return "Every pixel is read by at least one window"
    count, total = int((setting.reading() == 0).sum()), setting.size[0] * setting.size[1]
    return (
        f"No window reads **{' and '.join(parts)}**: {grouped(count)} of {grouped(total)} pixels "
        "do not count"
    )


def _runs(lines: Iterable[int]) -> str:
    """Return whole numbers in words, neighbours taken together.

    >>> _runs([2, 5, 6, 7])
    '2, 5 to 7'
    """
    groups = groupby(enumerate(lines), lambda pair: pair[1] - pair[0])
    runs = [[line for _, line in group] for _, group in groups]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)


# ---- At work ---------------------------------------------------------------------------


def numbers(size: int) -> Map:
    """Return a square of small whole numbers to begin with, size x size.

    >>> numbers(3)
    array([[0., 3., 2.],
           [7., 1., 1.],
           [4., 9., 0.]], dtype=float32)
    """
    rows, columns = np.mgrid[:size, :size]
    return ((7 * rows + 3 * columns**2 + rows * columns) % 10).astype(np.float32)
