"""Pen strokes become the 28 x 28 digit that a network reads."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from cnnviz.arithmetic import pair
from cnnviz.ink.clip import parts_inside
from cnnviz.ink.erasing import Mark, extent_left, has_eraser, ink_left
from cnnviz.ink.framing import BOX, PEN_LIMITS, SIDE, centre_of_mass
from cnnviz.types import Digit, Floats, Size

# A mark shorter than this many pen widths is a dot: it is not blown up to fill the box.
DOT = 0.5
FARTHEST = 1e7  # canvas pixels; points beyond are moved there, or squares of them overflow


def digit_from_strokes(
    strokes: Sequence[ArrayLike],
    canvas_size: Size,
    pen_width: float | Sequence[float],
    framed: bool = True,
    erasing: Sequence[bool] | None = None,
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
    erasing : sequence of bool, optional
        Which strokes rub out what was drawn before; none if not given. Framing goes by the ink
        that is left.

    Returns
    -------
    ndarray of float32, shape (28, 28)
        The share of each pixel that is ink, in [0, 1]; all zero if there is no ink.

    Raises
    ------
    ValueError
        If a stroke is not a list of x, y points, a size or width is not positive, or `erasing`
        has not one truth value for each stroke.

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
    erases = [False] * len(strokes) if erasing is None else erasing
    if len(erases) != len(strokes):
        raise ValueError(
            f"erasing must have one truth value for each of the {len(strokes)} strokes. "
            f"Received: {len(erases)}"
        )
    marks = _marks_inside(strokes, pens, erases, height, width)
    extent = None if all(mark.erases for mark in marks) else extent_left(marks)
    if extent is None:
        return np.zeros((SIDE, SIDE), np.float32)
    if framed:
        return _framed(marks, *extent)
    scale = SIDE / max(height, width)
    margin = (SIDE - scale * np.array([width, height])) / 2
    if not has_eraser(marks) and any(mark.pen * scale > 3 * SIDE for mark in marks):
        return np.ones((SIDE, SIDE), np.float32)  # covered, from wherever it is
    return ink_left(
        _placed(marks, lambda mark: mark.pen * scale, lambda points: points * scale + margin)
    )


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


def _marks_inside(
    strokes: list[Floats], pens: Floats, erases: Sequence[bool], height: float, width: float
) -> list[Mark]:
    """Return the strokes' straight pieces within the canvas, but for strokes that have none."""
    size = np.array([width, height], float)
    marks = []
    for points, pen, rubs in zip(strokes, pens, erases, strict=True):
        # A dot is a piece of no length.
        ends = points if len(points) != 1 else points.repeat(2, axis=0)
        segments, inside = parts_inside(np.stack([ends[:-1], ends[1:]], axis=1), size)
        if inside.any():
            marks.append(Mark(segments[inside], float(pen), bool(rubs)))
    return marks


def _placed(
    marks: Sequence[Mark], width: Callable[[Mark], float], place: Callable[[Floats], Floats]
) -> list[Mark]:
    """Return the marks with their points moved by `place`, as wide as `width` says."""
    return [Mark(place(mark.segments), width(mark), mark.erases) for mark in marks]


def _framed(marks: Sequence[Mark], low: Floats, high: Floats, pen: float) -> Digit:
    """Draw the marks, whose ink left is that large, scaled into the box and centred by mass."""
    length = (high - low).max()
    new_pen = float(np.clip(BOX * pen / (length + pen), *PEN_LIMITS))
    scale = new_pen / pen if length < DOT * pen else (BOX - new_pen) / length
    middle = (low + high) / 2
    # Pens that would be too thin to be seen are thicker than the drawing is large; as much is added
    # to an eraser, so that it covers what it covered, and no more.
    added = max(0.0, new_pen - pen * scale)

    def width(mark: Mark) -> float:
        return mark.pen * scale + added if mark.erases else mark.pen * new_pen / pen

    boxed = _placed(marks, width, lambda points: (points - middle) * scale + SIDE / 2)
    ink = ink_left(boxed)
    if not ink.any():
        return ink
    mass_centre = centre_of_mass(ink)
    # Never so far that ink is pushed out of the picture.
    room = (SIDE - (high - low) * scale - new_pen) / 2
    shift = np.clip(SIDE / 2 - mass_centre, -room, room)
    return ink_left(_placed(boxed, lambda mark: mark.pen, lambda points: points + shift))
