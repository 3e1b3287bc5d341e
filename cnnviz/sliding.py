"""A window that slides over a picture: its settings, their limits, and what follows, in words.

Numbers come from `arithmetic`; here they are put together for two axes and explained.
"""

from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from cnnviz.arithmetic import (
    PADDINGS,
    fits,
    output_size,
    padding_amounts,
    weights_inside,
    window_span,
    windows_reading,
)
from cnnviz.explain import grouped, short, size_reason
from cnnviz.opened import convolve

MOST_KERNEL, MOST_STRIDE, MOST_DILATION = 7, 5, 4
FIRST_SIZE = 6  # of the numbers that a person finds
MOST_SIZE = 32  # rows and columns of a picture of numbers


@dataclass(frozen=True)
class Sliding:
    """How a window slides over a picture; sizes are (height, width), in pixels of the picture."""

    size: tuple[int, int]
    kernel: tuple[int, int]
    stride: int = 1
    padding: str = "valid"
    dilation: int = 1

    def axes(self):
        """Return the arguments of the functions of `arithmetic`, for the height and the width."""
        return [
            (size, kernel, self.stride, self.padding, self.dilation)
            for size, kernel in zip(self.size, self.kernel, strict=True)
        ]

    def output(self):
        """Return the output's (height, width).

        >>> Sliding((28, 28), (3, 5), stride=2).output()
        (13, 12)
        """
        height, width = (output_size(*axis) for axis in self.axes())
        return height, width

    def amounts(self):
        """Return the padding before and after the picture: ((top, bottom), (left, right))."""
        rows, columns = (padding_amounts(*axis) for axis in self.axes())
        return rows, columns

    def unread(self):
        """Return the rows, and the columns, that no window reads.

        >>> Sliding((13, 13), (2, 2), stride=2).unread()
        ([12], [12])
        """
        rows, columns = (
            [line for line, count in enumerate(counts) if not count] for counts in self.counts()
        )
        return rows, columns

    def counts(self):
        """Return how many windows read each row, and each column."""
        rows, columns = (windows_reading(*axis) for axis in self.axes())
        return rows, columns

    def reading(self):
        """Return how many windows read each pixel: ndarray of int, shape (height, width)."""
        return np.multiply.outer(*self.counts())

    def padding_share(self):
        """Return how much of each output cell's window is padding, in [0, 1]."""
        inside = np.multiply.outer(*(weights_inside(*axis) for axis in self.axes()))
        return 1 - inside / (self.kernel[0] * self.kernel[1])


# ---- Limits ----------------------------------------------------------------------------


def most_kernel(size, padding):
    """Return the largest kernel along an axis of `size` pixels that leaves an output.

    >>> most_kernel(5, "valid"), most_kernel(5, "same")
    (5, 7)
    """
    return MOST_KERNEL if padding == "same" else min(MOST_KERNEL, size)


def most_dilation(size, kernel, padding):
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


def limits_in_words(setting):
    """Return why the kernel or the dilation cannot be larger, or "" if nothing limits them.

    >>> limits_in_words(Sliding((9, 9), (3, 3)))
    ''
    >>> limits_in_words(Sliding((5, 5), (3, 3), dilation=2))
    'The kernel is at most 5 here: a window of 6 has no place in 5 pixels. The dilation is at most \
2: at 3 a kernel of 3 would span (3 − 1) × 3 + 1 = 7 pixels of 5.'
    """
    if setting.padding == "same":
        return ""
    size, words = min(setting.size), []
    if most_kernel(size, "valid") < MOST_KERNEL:
        words.append(
            f"The kernel is at most {size} here: a window of {size + 1} has no place in "
            f"{size} pixels."
        )
    most = most_dilation(setting.size, setting.kernel, "valid")
    if most < MOST_DILATION:
        axes = zip(setting.kernel, setting.size, strict=True)
        kernel, size = next((k, n) for k, n in axes if not fits(n, k, dilation=most + 1))
        words.append(
            f"The dilation is at most {most}: at {most + 1} a kernel of {kernel} would span "
            f"({kernel} − 1) × {most + 1} + 1 = {window_span(kernel, most + 1)} pixels of {size}."
        )
    return " ".join(words)


def refusal(setting):
    """Return why Keras refuses the setting, or "" if it does not.

    >>> refusal(Sliding((28, 28), (3, 3), stride=2))
    ''
    """
    if setting.stride == 1 or setting.dilation == 1:
        return ""
    return (
        f"Keras refuses this: a stride of {setting.stride} together with a dilation of "
        f"{setting.dilation}. Set one of them to 1 for a layer that can be built. Here both are "
        "at work, so that you see what would happen."
    )


# ---- In words --------------------------------------------------------------------------


def output_in_words(setting):
    """Return the output's size and the formula behind it, as Markdown."""
    (rows, columns), (height, width) = setting.axes(), setting.output()
    reason = size_reason(*rows)
    if rows != columns:
        reason = f"height {reason}; width {size_reason(*columns)}"
    return f"Output **{height} × {width}**: {reason}"


def padding_in_words(setting, value="zeros"):
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


def unread_in_words(setting):
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


def border_in_words(setting):
    """Return how often the corner is read, and what is read most often, as Markdown.

    >>> border_in_words(Sliding((28, 28), (3, 3)))
    'The pixel in the top left corner is read by **1** window, the most read ones by **9**.'
    """
    reading = setting.reading()
    corner, most = reading[0, 0], reading.max()
    windows = "window" if corner == 1 else "windows"
    return (
        f"The pixel in the top left corner is read by **{corner}** {windows}, the most read ones "
        f"by **{most}**."
    )


def share_in_words(setting):
    """Return how many output cells are computed with padding, and how much, as Markdown.

    >>> share_in_words(Sliding((5, 5), (3, 3), padding="same"))
    '**16** of 25 windows meet padding; the worst is **56%** padding.'
    """
    share = setting.padding_share()
    touched = int((share > 0).sum())
    if not touched:
        return "No window meets padding."
    return (
        f"**{grouped(touched)}** of {grouped(share.size)} windows meet padding; the worst is "
        f"**{share.max():.0%}** padding."
    )


def border_values_in_words(output):
    """Return an output's size, and its mean at the border and inside, as Markdown.

    >>> border_values_in_words(np.array([[1.0, 1, 1], [1, 5, 1], [1, 1, 1]]))
    '**3 × 3**; mean at the border 1, inside 5'
    """
    height, width = output.shape
    size = f"**{height} × {width}**"
    if min(height, width) < 3:
        return size
    inside = output[1:-1, 1:-1]
    border = (output.sum() - inside.sum()) / (output.size - inside.size)
    return f"{size}; mean at the border {short(border)}, inside {short(inside.mean())}"


def keras_line(setting):
    """Return the Keras code of a layer with one filter that slides like this.

    >>> keras_line(Sliding((28, 28), (3, 3), padding="same", dilation=2))
    'Conv2D(1, (3, 3), padding="same", dilation_rate=2)'
    """
    words = [f"1, {setting.kernel!r}"]
    words += [f"strides={setting.stride}"] if setting.stride > 1 else []
    words += [f'padding="{setting.padding}"'] if setting.padding != "valid" else []
    words += [f"dilation_rate={setting.dilation}"] if setting.dilation > 1 else []
    return f"Conv2D({', '.join(words)})"


def _runs(lines):
    """Return whole numbers in words, neighbours taken together.

    >>> _runs([2, 5, 6, 7])
    '2, 5 to 7'
    """
    groups = groupby(enumerate(lines), lambda pair: pair[1] - pair[0])
    runs = [[line for _, line in group] for _, group in groups]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)


# ---- At work ---------------------------------------------------------------------------


def add_up(image, setting, name="input"):
    """Slide a kernel of ones over a picture: every output number is the sum of its window.

    Parameters
    ----------
    image : ndarray of float, shape (height, width)
    setting : Sliding
        For a picture of that size; ValueError if it leaves no output.
    name : str
        What the picture is called.

    Returns
    -------
    OpenedMap

    Examples
    --------
    >>> add_up(np.arange(9.0).reshape(3, 3), Sliding((3, 3), (2, 2))).output
    array([[ 8., 12.],
           [20., 24.]], dtype=float32)
    """
    ones = np.ones((*setting.kernel, 1), np.float32)
    slide = (setting.stride, setting.padding, setting.dilation)
    return convolve(image[:, :, np.newaxis], ones, 0.0, False, *slide, names=(name,))


def side_by_side(image, setting, strides=(1, 2, 3)):
    """Return the same picture added up with both paddings and several strides.

    Parameters
    ----------
    image : ndarray of float, shape (height, width)
    setting : Sliding
        Of which the kernel and the dilation are used.
    strides : sequence of int

    Returns
    -------
    list of (Sliding, ndarray of float32, shape (out_height, out_width))
        Both paddings of one stride, then those of the next. What leaves no output is left out.
    """
    settings = [
        replace(setting, padding=padding, stride=stride)
        for stride in strides
        for padding in PADDINGS
    ]
    return [(one, add_up(image, one).output) for one in settings if _has_output(one)]


def _has_output(setting):
    """Return whether at least one window has its place."""
    axes = zip(setting.size, setting.kernel, strict=True)
    return all(fits(n, k, setting.padding, setting.dilation) for n, k in axes)


def numbers(size):
    """Return a square of small whole numbers to begin with, size x size.

    >>> numbers(3)
    array([[0., 3., 2.],
           [7., 1., 1.],
           [4., 9., 0.]], dtype=float32)
    """
    rows, columns = np.mgrid[:size, :size]
    return ((7 * rows + 3 * columns**2 + rows * columns) % 10).astype(np.float32)
