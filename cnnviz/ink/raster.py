"""Round pens drawn on square pictures: the share of each pixel that is covered."""

import numpy as np

from cnnviz.ink.framing import SIDE
from cnnviz.types import Floats, Map

PIXELS_AT_ONCE = 200_000  # of all pieces together: bounds the memory of a long scribble
LONGEST_PIECE = 1.5  # digit pixels; strokes are drawn in pieces of at most this length


def coverage(segments: Floats, pens: Floats, side: int = SIDE) -> Map:
    """Draw the segments in a picture's pixels with round pens: the share of each pixel covered.

    A pixel is taken as a strip one pixel wide that looks at the nearest piece of the pen's
    way: the overlap of strip and pen, at their distance. Exact for a straight edge along an
    axis, and within a few percent of a pixel elsewhere.

    Parameters
    ----------
    segments : ndarray of float, shape (n, 2, 2)
        No further from the picture than the widest pen reaches.
    pens : ndarray of float, shape (n,)
    side : int
        Pixels of the picture, each way.
    """
    # In single precision: it is drawn after every stroke, and a millionth of a pixel is enough.
    reach = int(np.ceil(LONGEST_PIECE / 2 + pens.max() / 2 + 0.5))
    if 2 * reach >= side:
        return _coverage_of_all(segments.astype(np.float32), pens.astype(np.float32), side)
    segments, pens = (part.astype(np.float32) for part in _short_pieces(segments, pens))
    # Each piece is drawn on the few pixels around it, on a canvas with a margin for the rest.
    offsets = np.arange(-reach, reach + 1)
    margin = 2 * reach
    canvas = np.zeros((side + 2 * margin + 1,) * 2, np.float32)
    pieces_at_once = max(1, PIXELS_AT_ONCE // len(offsets) ** 2)
    for first in range(0, len(segments), pieces_at_once):
        some = slice(first, first + pieces_at_once)
        corner = np.floor(segments[some].mean(axis=1)).astype(int)[:, :, None]
        column, row = (corner + offsets).transpose(1, 0, 2)
        column, row = column[:, None, :], row[:, :, None]
        x, y = (cell.astype(np.float32) + np.float32(0.5) for cell in (column, row))
        overlap = _overlap(x, y, segments[some], pens[some, None, None] / 2)
        np.maximum.at(canvas, (row + margin, column + margin), overlap)
    return canvas[margin : margin + side, margin : margin + side]


def _coverage_of_all(segments: Floats, pens: Floats, side: int) -> Map:
    """Draw the segments on all pixels: less work where a pen reaches over most of them."""
    at = np.arange(side, dtype=np.float32) + np.float32(0.5)
    x, y = at[None, None, :], at[None, :, None]
    picture = np.zeros((side, side), np.float32)
    some = PIXELS_AT_ONCE // side**2
    for first in range(0, len(segments), some):
        pieces, half = segments[first : first + some], pens[first : first + some, None, None] / 2
        np.maximum(picture, _overlap(x, y, pieces, half).max(axis=0), out=picture)
    return picture


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
