"""Kernels known by name, 3 x 3.

They are applied as everywhere here: the kernel is not flipped. A blur's weights sum to 1, so an
even area keeps its brightness; an edge kernel's sum to 0, so an even area gives nothing:

>>> for name in ("Gaussian blur", "Laplacian", "Sobel, vertical edges"):
...     print(name, EXAMPLES[name].values.sum())
Gaussian blur 1.0
Laplacian 0.0
Sobel, vertical edges 0.0

Where a picture steps from 0 to 1, Sobel's kernel adds up 1 + 2 + 1:

>>> import numpy as np
>>> from cnnviz.ops import conv2d
>>> step = np.array([[0, 0, 0, 1, 1, 1]] * 3)[:, :, None]
>>> conv2d(step, EXAMPLES["Sobel, vertical edges"].values[:, :, None, None])[:, :, 0]
array([[0., 4., 4., 0.]], dtype=float32)
"""

from dataclasses import dataclass

from cnnviz.labs import typed
from cnnviz.types import Kernel


@dataclass(frozen=True)
class Example:
    """A kernel with a name.

    Attributes
    ----------
    name : str
    values : ndarray of float32, shape (3, 3)
        Read-only.
    """

    name: str
    values: Kernel


def _example(name: str, text: str) -> Example:
    """Return the example whose kernel is written in `text` as a person would type it."""
    values = typed.read(text).values
    assert values is not None, text
    values.flags.writeable = False
    return Example(name, values)


# In the order in which they are offered: nothing changed, smoothed, sharpened, edges.
_ALL = (
    _example("Identity", "0 0 0; 0 1 0; 0 0 0"),
    _example("Box blur", "1/9 1/9 1/9; 1/9 1/9 1/9; 1/9 1/9 1/9"),
    _example("Gaussian blur", "1/16 1/8 1/16; 1/8 1/4 1/8; 1/16 1/8 1/16"),
    _example("Sharpen", "0 -1 0; -1 5 -1; 0 -1 0"),
    _example("Sobel, horizontal edges", "-1 -2 -1; 0 0 0; 1 2 1"),
    _example("Sobel, vertical edges", "-1 0 1; -2 0 2; -1 0 1"),
    _example("Prewitt, horizontal edges", "-1 -1 -1; 0 0 0; 1 1 1"),
    _example("Prewitt, vertical edges", "-1 0 1; -1 0 1; -1 0 1"),
    _example("Diagonal edges, falling", "0 1 2; -1 0 1; -2 -1 0"),
    _example("Diagonal edges, rising", "-2 -1 0; -1 0 1; 0 1 2"),
    _example("Laplacian", "0 1 0; 1 -4 1; 0 1 0"),
    _example("Emboss", "-2 -1 0; -1 1 1; 0 1 2"),
)

EXAMPLES = {example.name: example for example in _ALL}
