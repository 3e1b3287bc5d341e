"""Round pens drawn on the 28 x 28 pixels: the share of each pixel that is covered."""

import numpy as np

from cnnviz.ink.framing import SIDE
from cnnviz.types import Digit, Floats

PIXELS_AT_ONCE = 200_000  # of all pieces together: bounds the memory of a long scribble
LONGEST_PIECE = 1.5  # digit pixels; strokes are drawn in pieces of at most this length


def coverage(segments: Floats, pens: Floats) -> Digit:
    """Draw the segments in digit pixels with round pens: the share of each pixel covered.

    A pixel is taken as a strip one pixel wide that looks at the nearest piece of the pen's
    way: the overlap of strip and pen, at their distance. Exact for a straight edge along an
    axis, and within a few percent of a pixel elsewhere.
    """
    # In single precision: it is drawn after every stroke, and a millionth of a pixel is enough.
    segments, pens = (part.astype(np.float32) for part in _short_pieces(segments, pens))
    # Each piece is drawn on the few pixels around it, on a canvas with a margin for the rest.
    reach = int(np.ceil(LONGEST_PIECE / 2 + pens.max() / 2 + 0.5))
    offsets = np.arange(-reach, reach + 1)
    canvas = np.zeros((SIDE + 2 * reach + 1,) * 2, np.float32)
    pieces_at_once = max(1, PIXELS_AT_ONCE // len(offsets) ** 2)
    for first in range(0, len(segments), pieces_at_once):
        some = slice(first, first + pieces_at_once)
        corner = np.floor(segments[some].mean(axis=1)).astype(int)[:, :, None]
        column, row = (corner + offsets).transpose(1, 0, 2)
        column, row = column[:, None, :], row[:, :, None]
        x, y = (cell.astype(np.float32) + np.float32(0.5) for cell in (column, row))
        overlap = _overlap(x, y, segments[some], pens[some, None, None] / 2)
        np.maximum.at(canvas, (row + reach, column + reach), overlap)
    return canvas[reach : reach + SIDE, reach : reach + SIDE]


def _short_pieces(segments: Floats, pens: Floats) -> tuple[Floats, Floats]:
    """Cut the segments into pieces no longer than LONGEST_PIECE."""
    start, step = segments[:, 0], segments[:, 1] - segments[:, 0]
    count = np.ceil(np.hypot(*step.T) / LONGEST_PIECE).astype(int).clip(1)
    number = np.arange(count.sum()) - np.repeat(count.cumsum() - count, count)
    step = np.repeat(step / count[:, None], count, axis=0)
    start = np.repeat(start, count, axis=0) + number[:, None] * step
    return np.stack([start, start + step], axis=1), np.repeat(pens, count)


def _overlap(x: Floats, y: Floats, segments: Floats, half: Floats) -> Floats:
    """Return the overlap of a pen of half width `half` with a strip one pixel wide at x, y."""
    start, step = segments[:, 0], segments[:, 1] - segments[:, 0]
    step_x, step_y = step.T[:, :, None, None]
    x, y = x - start[:, 0, None, None], y - start[:, 1, None, None]
    length = np.maximum(step_x**2 + step_y**2, 1e-12)
    along = ((x * step_x + y * step_y) / length).clip(0, 1)
    distance = np.sqrt((x - along * step_x) ** 2 + (y - along * step_y) ** 2)
    return (np.minimum(distance + 0.5, half) - np.maximum(distance - 0.5, -half)).clip(0, 1)
