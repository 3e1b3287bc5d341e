"""Kernels known by name, 3 x 3, and what each brings out of a picture.

They are applied as everywhere here: the kernel is not flipped. A blur's weights sum to 1, so an
even area keeps its brightness; an edge kernel's sum to 0, so an even area gives nothing:

>>> for name in ("Gaussian blur", "Laplacian", "Sobel, vertical edges"):
...     print(name, EXAMPLES[name].values.sum())
Gaussian blur 1.0
Laplacian 0.0
Sobel, vertical edges 0.0

Where a picture steps from 0 to 1, Sobel's kernel adds up 1 + 2 + 1:

>>> from cnnviz.ops import conv2d
>>> step = np.array([[0, 0, 0, 1, 1, 1]] * 3)[:, :, None]
>>> conv2d(step, EXAMPLES["Sobel, vertical edges"].values[:, :, None, None])[:, :, 0]
array([[0., 4., 4., 0.]], dtype=float32)
"""

from dataclasses import dataclass

import numpy as np

from cnnviz.labs import typed


@dataclass(frozen=True)
class Example:
    """A kernel with a name.

    Attributes
    ----------
    name : str
    values : ndarray of float32, shape (3, 3)
        Read-only.
    brings_out : str
        A sentence.
    """

    name: str
    values: np.ndarray
    brings_out: str


def _example(name, text, brings_out):
    """Return the example whose kernel is written in `text` as a person would type it."""
    values = typed.read(text).values
    values.flags.writeable = False
    return Example(name, values, brings_out)


# In the order in which they are offered: nothing changed, smoothed, sharpened, edges.
_ALL = (
    _example(
        "Identity",
        "0 0 0; 0 1 0; 0 0 0",
        "Copies the pixel in the middle: the picture stays as it is.",
    ),
    _example(
        "Box blur",
        "1/9 1/9 1/9; 1/9 1/9 1/9; 1/9 1/9 1/9",
        "Takes the mean of nine pixels: what is smaller than the window fades.",
    ),
    _example(
        "Gaussian blur",
        "1/16 1/8 1/16; 1/8 1/4 1/8; 1/16 1/8 1/16",
        "Takes a mean in which near pixels count more: smooth, with rounder shapes than a box.",
    ),
    _example(
        "Sharpen",
        "0 -1 0; -1 5 -1; 0 -1 0",
        "Adds to each pixel what sets it apart from its four neighbours: edges stand out.",
    ),
    _example(
        "Sobel, horizontal edges",
        "-1 -2 -1; 0 0 0; 1 2 1",
        "Positive where it gets brighter downwards, negative where it gets darker.",
    ),
    _example(
        "Sobel, vertical edges",
        "-1 0 1; -2 0 2; -1 0 1",
        "Positive where it gets brighter to the right, negative where it gets darker.",
    ),
    _example(
        "Prewitt, horizontal edges",
        "-1 -1 -1; 0 0 0; 1 1 1",
        "As Sobel's for horizontal edges, with three columns that count alike.",
    ),
    _example(
        "Prewitt, vertical edges",
        "-1 0 1; -1 0 1; -1 0 1",
        "As Sobel's for vertical edges, with three rows that count alike.",
    ),
    _example(
        "Diagonal edges, falling",
        "0 1 2; -1 0 1; -2 -1 0",
        "Answers to an edge that falls from left to right: positive if it is brighter above it.",
    ),
    _example(
        "Diagonal edges, rising",
        "-2 -1 0; -1 0 1; 0 1 2",
        "Answers to an edge that rises from left to right: positive if it is brighter below it.",
    ),
    _example(
        "Laplacian",
        "0 1 0; 1 -4 1; 0 1 0",
        "Compares a pixel with its neighbours: nothing on an even slope, two signs at an edge.",
    ),
    _example(
        "Emboss",
        "-2 -1 0; -1 1 1; 0 1 2",
        "Adds the rising edges to the picture: it looks raised, with light from the top left.",
    ),
)

EXAMPLES = {example.name: example for example in _ALL}
