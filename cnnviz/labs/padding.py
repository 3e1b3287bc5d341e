"""Padding and strides: what a setting of the window does to a picture, in numbers and words."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cnnviz.arithmetic import (
    PADDINGS,
    fits,
    window_span,
)
from cnnviz.inspection.opened import OpenedMap, convolve
from cnnviz.labs.sliding import MOST_DILATION, MOST_KERNEL, Sliding, most_dilation, most_kernel
from cnnviz.types import Map
from cnnviz.words import grouped, short

ONES = np.ones((MOST_KERNEL, MOST_KERNEL), np.float32)  # the largest kernel; any other is a part
ONES.flags.writeable = False


def limits_in_words(setting: Sliding) -> str:
    """Return why the kernel or the dilation cannot be larger, or "" if nothing limits them.

    >>> from cnnviz.labs.sliding import Sliding
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


def refusal(setting: Sliding) -> str:
    """Return why Keras refuses the setting, or "" if it does not.

    >>> from cnnviz.labs.sliding import Sliding
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


def border_in_words(setting: Sliding) -> str:
    """Return how often the corner is read, and what is read most often, as Markdown.

    >>> from cnnviz.labs.sliding import Sliding
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


def share_in_words(setting: Sliding) -> str:
    """Return how many output cells are computed with padding, and how much, as Markdown.

    >>> from cnnviz.labs.sliding import Sliding
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


def border_values_in_words(output: Map) -> str:
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


def keras_line(setting: Sliding) -> str:
    """Return the Keras code of a layer with one filter that slides like this.

    >>> from cnnviz.labs.sliding import Sliding
    >>> keras_line(Sliding((28, 28), (3, 3), padding="same", dilation=2))
    'Conv2D(1, (3, 3), padding="same", dilation_rate=2)'
    """
    words = [f"1, {setting.kernel!r}"]
    words += [f"strides={setting.stride}"] if setting.stride > 1 else []
    words += [f'padding="{setting.padding}"'] if setting.padding != "valid" else []
    words += [f"dilation_rate={setting.dilation}"] if setting.dilation > 1 else []
    return f"Conv2D({', '.join(words)})"


def add_up(image: Map, setting: Sliding, name: str = "input") -> OpenedMap:
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
    >>> from cnnviz.labs.sliding import Sliding
    >>> add_up(np.arange(9.0).reshape(3, 3), Sliding((3, 3), (2, 2))).output
    array([[ 8., 12.],
           [20., 24.]], dtype=float32)
    """
    height, width = setting.kernel
    ones = ONES[:height, :width, np.newaxis]
    slide = (setting.stride, setting.padding, setting.dilation)
    return convolve(image[:, :, np.newaxis], ones, 0.0, False, *slide, names=(name,))


def side_by_side(
    image: Map, setting: Sliding, strides: Sequence[int] = (1, 2, 3)
) -> list[tuple[Sliding, Map]]:
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
    return [
        (setting, add_up(image, setting).output) for setting in settings if _has_output(setting)
    ]


def _has_output(setting: Sliding) -> bool:
    """Return whether at least one window has its place."""
    axes = zip(setting.size, setting.kernel, strict=True)
    return all(fits(n, k, setting.padding, setting.dilation) for n, k in axes)
