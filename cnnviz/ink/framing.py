"""What MNIST did to its digits: scaled into a box, centred by their mass."""

import numpy as np

from cnnviz.types import Digit, Floats, Map

SIDE = 28  # pixels of a digit, each way
BOX = 20  # pixels of the box a framed digit is scaled into
# Pen width of a framed digit in its pixels. A pen that comes out thinner or thicker than the
# pens of the training digits is redrawn at the nearer limit (benchmarks/ink.py measures it).
PEN_LIMITS = (1.8, 2.8)


def framing_in_words(raw: Digit, framed: Digit, source: str) -> str:
    """Say in a sentence what framing did to a digit.

    Parameters
    ----------
    raw, framed : ndarray of float, shape (28, 28)
    source : {"board", "sample", "upload", "pixels"}

    Returns
    -------
    str

    Examples
    --------
    >>> from cnnviz.ink import digit_from_strokes
    >>> raw, framed = (digit_from_strokes([[(10, 10), (10, 60)]], 140, 7, framed=f)
    ...                for f in (False, True))
    >>> framing_in_words(raw, framed, "board")[:48]
    'Framing scaled your ink from 10 to 20 pixels and'
    """
    if not framed.any():
        return "Black means no ink. A drawing is framed before it is read: scaled and centred."
    if source == "sample":
        return "A test digit of MNIST: it was framed when the data set was made."
    if source == "pixels":
        return "Your own pixels are read as they are."
    if not raw.any():
        return "Your ink is too fine to be seen in 28 × 28 pixels as drawn; framing enlarged it."
    across, down = centre_of_mass(framed) - centre_of_mass(raw)
    sideways = f"{abs(across):.1f} pixels {'right' if across >= 0 else 'left'}"
    vertically = f"{abs(down):.1f} {'down' if down >= 0 else 'up'}"
    return (
        f"Framing scaled your ink from {_extent(raw)} to {_extent(framed)} pixels and moved its "
        f"centre of mass {sideways} and {vertically}, to the middle: every digit that the "
        "network learned from was made so."
    )


def _extent(digit: Digit) -> int:
    """Return the longer side of the ink in pixels; a pixel counts if half of it is ink."""
    spans = (np.flatnonzero((digit > 0.5).any(axis=axis)) for axis in (0, 1))
    return max((int(np.ptp(span)) + 1 for span in spans if len(span)), default=0)


def centre_of_mass(ink: Map) -> Floats:
    """Return the x, y of the ink's centre of mass, in pixels from the top left corner.

    >>> centre_of_mass(np.eye(28))
    array([14., 14.])
    """
    across, down = (np.arange(size) + 0.5 for size in ink.shape[::-1])
    return np.array([ink.sum(axis=0) @ across, ink.sum(axis=1) @ down]) / ink.sum()
