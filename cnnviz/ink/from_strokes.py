"""Pen strokes become the 28 x 28 digit that a network reads."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from cnnviz.arithmetic import pair
from cnnviz.ink.framing import BOX, PEN_LIMITS, SIDE, centre_of_mass
from cnnviz.ink.raster import coverage
from cnnviz.types import Bools, Digit, Floats, Size

# A mark shorter than this many pen widths is a dot: it is not blown up to fill the box.
DOT = 0.5
FARTHEST = 1e7  # canvas pixels; points beyond are moved there, or squares of them overflow


def digit_from_strokes(
    strokes: Sequence[ArrayLike],
    canvas_size: Size,
    pen_width: float | Sequence[float],
    framed: bool = True,
) -> Digit:
    """Draw pen strokes as a digit.

    Parameters
    ----------
    strokes : sequence of array_like, each of shape (n, 2)
        Points x, y in canvas pixels, y down. Points that are not finite are left out, and
        so is what lies outside the canvas.
    canvas_size : int or (int, int)
        Height and width of the canvas, in its pixels.
    pen_width : float or sequence of float
        Width of the pen, in canvas pixels; a sequence has one for each stroke.
    framed : bool, default True
        True scales and centres the ink as MNIST's digits were, with a pen of suitable
        width. False shrinks the canvas as it is.

    Returns
    -------
    ndarray of float32, shape (28, 28)
        The share of each pixel that is ink, in [0, 1]; all zero if there is no ink.

    Raises
    ------
    ValueError
        If a stroke is not a list of x, y points, or a size or width is not positive.

    Examples
    --------
    >>> digit = digit_from_strokes([[(10, 10), (10, 90)]], canvas_size=100, pen_width=8)
    >>> int(digit.any(axis=1).sum()), int(digit.any(axis=0).sum())  # 20 high, a pen wide
    (20, 2)
    """
    height, width = pair(canvas_size, "canvas_size")
    if not (0 < height < np.inf and 0 < width < np.inf):
        raise ValueError(
            f"canvas_size must be positive and finite. Received: canvas_size={canvas_size!r}"
        )
    strokes, pens = _checked(strokes, pen_width)
    segments, pens = _segments_inside(strokes, pens, height, width)
    if not len(segments):
        return np.zeros((SIDE, SIDE), np.float32)
    if framed:
        return _framed(segments, pens)
    scale = SIDE / max(height, width)
    margin = (SIDE - scale * np.array([width, height])) / 2
    if (pens * scale > 3 * SIDE).any():  # covers all of the picture, from wherever it is
        return np.ones((SIDE, SIDE), np.float32)
    return coverage(segments * scale + margin, pens * scale)


def _checked(
    strokes: Sequence[ArrayLike], pen_width: float | Sequence[float]
) -> tuple[list[Floats], Floats]:
    """Return the strokes as arrays of finite points, and the pen width of each."""
    arrays = []
    for stroke in strokes:
        points = np.asarray(stroke, float)
        if points.size == 0:
            points = points.reshape(0, 2)
        if points.ndim != 2 or points.shape[1] != 2:
            raise ValueError(
                f"a stroke must be an array of shape (n, 2). Received: shape {points.shape}"
            )
        arrays.append(points[np.isfinite(points).all(axis=1)].clip(-FARTHEST, FARTHEST))
    pens = np.asarray(pen_width, float)
    if pens.ndim and pens.shape != (len(arrays),):
        raise ValueError(
            f"pen_width must be one number, or one for each of the {len(arrays)} strokes. "
            f"Received: {pens.size} numbers"
        )
    if not (np.isfinite(pens).all() and (pens > 0).all()):
        raise ValueError(f"pen_width must be positive. Received: pen_width={pen_width!r}")
    return arrays, np.broadcast_to(pens.clip(1 / FARTHEST, FARTHEST), len(arrays))


def _segments_inside(
    strokes: list[Floats], pens: Floats, height: float, width: float
) -> tuple[Floats, Floats]:
    """Return the strokes' straight pieces within the canvas, (n, 2, 2), and their pens."""
    pieces = [
        # A dot is a piece of no length.
        np.stack([points[:-1], points[1:]], axis=1)
        if len(points) > 1
        else points[None].repeat(2, 1)
        for points in strokes
        if len(points)
    ]
    if not pieces:
        return np.zeros((0, 2, 2)), np.zeros(0)
    drawn = [pen for pen, points in zip(pens, strokes, strict=True) if len(points)]
    widths = np.repeat(drawn, [len(piece) for piece in pieces])
    segments, inside = _clip(np.concatenate(pieces), np.array([width, height], float))
    return segments[inside], widths[inside]


def _clip(segments: Floats, size: Floats) -> tuple[Floats, Bools]:
    """Return the parts of the segments inside 0..size, and which segments have such a part.

    Liang and Barsky's method: the line start + t * step enters each border at one t and
    leaves the opposite one at another; what is left between the last entry and the first
    exit is inside.
    """
    start, step = segments[:, 0], segments[:, 1] - segments[:, 0]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        at_low, at_high = -start / step, (size - start) / step
    enter, leave = np.minimum(at_low, at_high), np.maximum(at_low, at_high)
    # Parallel to a border: inside all along, or nowhere.
    parallel, between = step == 0, (start >= 0) & (start <= size)
    enter = np.where(parallel, np.where(between, 0, 2), enter).max(axis=1).clip(0)
    leave = np.where(parallel, 1, leave).min(axis=1).clip(None, 1)
    ends = start[:, None] + np.stack([enter, leave], axis=1)[:, :, None] * step[:, None]
    return ends, enter <= leave


def _framed(segments: Floats, pens: Floats) -> Digit:
    """Draw the segments scaled into the box and centred by their mass."""
    low, high = segments.min(axis=(0, 1)), segments.max(axis=(0, 1))
    length, pen = (high - low).max(), pens.max()
    new_pen = float(np.clip(BOX * pen / (length + pen), *PEN_LIMITS))
    scale = new_pen / pen if length < DOT * pen else (BOX - new_pen) / length
    pens = pens * (new_pen / pen)
    segments = (segments - (low + high) / 2) * scale + SIDE / 2
    mass_centre = centre_of_mass(coverage(segments, pens))
    # Never so far that ink is pushed out of the picture.
    room = (SIDE - (high - low) * scale - pens.max()) / 2
    return coverage(segments + np.clip(SIDE / 2 - mass_centre, -room, room), pens)
