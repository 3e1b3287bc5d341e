"""A picture of a digit becomes the 28 x 28 digit that a network reads."""

import numpy as np
from PIL import Image

from cnnviz.ink.framing import BOX, PEN_LIMITS, SIDE, centre_of_mass
from cnnviz.ink.pictures import ink_in_picture
from cnnviz.types import Digit, Floats, Map

INK = 0.2  # a picture's pixel is ink above this, where its extent and its pen are measured


def digit_from_image(data: bytes, framed: bool = True) -> Digit:
    """Turn an uploaded picture of one digit into a digit.

    Parameters
    ----------
    data : bytes
        The file: PNG, JPEG, WebP, GIF or BMP. Dark ink on paper or light chalk on a board.
    framed : bool, default True
        True scales and centres the ink as MNIST's digits were, thin ink thickened to a
        suitable pen. False shrinks the whole picture as it is.

    Returns
    -------
    ndarray of float32, shape (28, 28)
        In [0, 1], 1 = ink; all zero if nothing stands out from the background.

    Raises
    ------
    ValueError
        If the file cannot be used; the message is the sentence for the person to read.
    """
    ink = ink_in_picture(data)
    rows, columns = (np.flatnonzero((ink > INK).any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return np.zeros((SIDE, SIDE), np.float32)
    if not framed:
        return _resample(ink, max(ink.shape) / SIDE, np.array(ink.shape) / 2)
    ink = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = max(ink.shape) / BOX
    ink = _thicken(ink, PEN_LIMITS[0] * scale)
    scale = max(ink.shape) / BOX
    middle = np.array(ink.shape) / 2
    mass_centre = centre_of_mass(ink)[::-1]
    room = (SIDE * scale - np.array(ink.shape)) / 2
    return _resample(ink, scale, middle + np.clip(mass_centre - middle, -room, room))


def _resample(ink: Map, scale: float, middle: Floats) -> Digit:
    """Return the 28 x 28 pixels, `scale` picture pixels each, around `middle` (row, column)."""
    # Enough empty margin that the window asked for lies inside.
    margin = int(np.ceil(SIDE * scale))
    top, left = middle + margin - SIDE * scale / 2
    image = Image.fromarray(np.pad(ink, margin))
    window = (left, top, left + SIDE * scale, top + SIDE * scale)
    # Averages when it shrinks, interpolates when it enlarges.
    digit = image.resize((SIDE, SIDE), Image.Resampling.BILINEAR, box=window)
    return np.asarray(digit).clip(0, 1)


def _thicken(ink: Map, pen: float) -> Map:
    """Return the ink with strokes at least about `pen` wide, on a canvas with room for them.

    A stroke's width is about twice its area over the length of its outline.
    """
    inked = np.pad(ink > INK, 1)
    outline = sum(np.count_nonzero(np.diff(inked, axis=axis)) for axis in (0, 1))
    # An outline counted in pixel sides is 4 / pi times too long, averaged over directions.
    width = 2 * np.count_nonzero(inked) / (outline * np.pi / 4)
    grow = round((pen - width) / 2)
    if grow < 1:
        return ink
    return _spread(np.pad(ink, grow), grow)


def _spread(ink: Map, distance: int) -> Map:
    """Return at each pixel the largest value up to `distance` away, in rows and columns.

    The reach triples with each step, so that a large distance costs little more than a small.
    """
    for _ in range(2):  # down the columns, then, turned, along the rows
        reached, spread = 0, ink.copy()
        while reached < distance:
            step = min(2 * reached + 1, distance - reached)
            before = spread.copy()
            np.maximum(spread[step:], before[:-step], out=spread[step:])
            np.maximum(spread[:-step], before[step:], out=spread[:-step])
            reached += step
        ink = spread.T
    return ink
