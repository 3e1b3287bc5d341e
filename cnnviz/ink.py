"""Ink to digit: pen strokes, or a picture, become the 28 x 28 digit that a network reads.

MNIST's own digits were scaled into a 20 x 20 box, aspect kept, and moved so that their
centre of mass is the centre of 28 x 28 (Y. LeCun et al., "Gradient-based learning applied
to document recognition", 1998, section III.A). `framed` does the same to a drawing.
"""

import numpy as np
from PIL import Image

from cnnviz.arithmetic import pair
from cnnviz.pictures import ink_in_picture

SIDE = 28  # pixels of a digit, each way
BOX = 20  # pixels of the box a framed digit is scaled into
# Pen width of a framed digit in its pixels. A pen that comes out thinner or thicker than the
# pens of the training digits is redrawn at the nearer limit (benchmarks/ink.py measures it).
PEN_LIMITS = (1.8, 2.8)
# A mark shorter than this many pen widths is a dot: it is not blown up to fill the box.
DOT = 0.5
INK = 0.2  # a picture's pixel is ink above this, where its extent and its pen are measured
FARTHEST = 1e7  # canvas pixels; points beyond are moved there, or squares of them overflow
PIXELS_AT_ONCE = 200_000  # of all pieces together: bounds the memory of a long scribble
LONGEST_PIECE = 1.5  # digit pixels; strokes are drawn in pieces of at most this length


def digit_from_strokes(strokes, canvas_size, pen_width, framed=True):
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
    return _coverage(segments * scale + margin, pens * scale)


def digit_from_image(data, framed=True):
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


def framing_in_words(raw, framed, source):
    """Say in a sentence what framing did to a digit.

    Parameters
    ----------
    raw, framed : ndarray of float, shape (28, 28)
    source : {"board", "sample", "upload"}

    Returns
    -------
    str

    Examples
    --------
    >>> raw, framed = (digit_from_strokes([[(10, 10), (10, 60)]], 140, 7, framed=f)
    ...                for f in (False, True))
    >>> framing_in_words(raw, framed, "board")[:48]
    'Framing scaled your ink from 10 to 20 pixels and'
    """
    if not framed.any():
        return "Black means no ink. A drawing is framed before it is read: scaled and centred."
    if source == "sample":
        return "A test digit of MNIST: it was framed when the data set was made."
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


def _extent(digit):
    """Return the longer side of the ink in pixels; a pixel counts if half of it is ink."""
    spans = (np.flatnonzero((digit > 0.5).any(axis=axis)) for axis in (0, 1))
    return max((int(np.ptp(span)) + 1 for span in spans if len(span)), default=0)


def _resample(ink, scale, middle):
    """Return the 28 x 28 pixels, `scale` picture pixels each, around `middle` (row, column)."""
    # Enough empty margin that the window asked for lies inside.
    margin = int(np.ceil(SIDE * scale))
    top, left = middle + margin - SIDE * scale / 2
    image = Image.fromarray(np.pad(ink, margin))
    window = (left, top, left + SIDE * scale, top + SIDE * scale)
    # Averages when it shrinks, interpolates when it enlarges.
    digit = image.resize((SIDE, SIDE), Image.Resampling.BILINEAR, box=window)
    return np.asarray(digit).clip(0, 1)


def _thicken(ink, pen):
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


def _spread(ink, distance):
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


def _checked(strokes, pen_width):
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


def _segments_inside(strokes, pens, height, width):
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
    widths = [pen for pen, points in zip(pens, strokes, strict=True) if len(points)]
    widths = np.repeat(widths, [len(piece) for piece in pieces])
    segments, inside = _clip(np.concatenate(pieces), np.array([width, height], float))
    return segments[inside], widths[inside]


def _clip(segments, size):
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


def _framed(segments, pens):
    """Draw the segments scaled into the box and centred by their mass."""
    low, high = segments.min(axis=(0, 1)), segments.max(axis=(0, 1))
    length, pen = (high - low).max(), pens.max()
    new_pen = float(np.clip(BOX * pen / (length + pen), *PEN_LIMITS))
    scale = new_pen / pen if length < DOT * pen else (BOX - new_pen) / length
    pens = pens * (new_pen / pen)
    segments = (segments - (low + high) / 2) * scale + SIDE / 2
    mass_centre = centre_of_mass(_coverage(segments, pens))
    # Never so far that ink is pushed out of the picture.
    room = (SIDE - (high - low) * scale - pens.max()) / 2
    return _coverage(segments + np.clip(SIDE / 2 - mass_centre, -room, room), pens)


def centre_of_mass(ink):
    """Return the x, y of the ink's centre of mass, in pixels from the top left corner.

    >>> centre_of_mass(np.eye(28))
    array([14., 14.])
    """
    across, down = (np.arange(size) + 0.5 for size in ink.shape[::-1])
    return np.array([ink.sum(axis=0) @ across, ink.sum(axis=1) @ down]) / ink.sum()


def _coverage(segments, pens):
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


def _short_pieces(segments, pens):
    """Cut the segments into pieces no longer than LONGEST_PIECE."""
    start, step = segments[:, 0], segments[:, 1] - segments[:, 0]
    count = np.ceil(np.hypot(*step.T) / LONGEST_PIECE).astype(int).clip(1)
    number = np.arange(count.sum()) - np.repeat(count.cumsum() - count, count)
    step = np.repeat(step / count[:, None], count, axis=0)
    start = np.repeat(start, count, axis=0) + number[:, None] * step
    return np.stack([start, start + step], axis=1), np.repeat(pens, count)


def _overlap(x, y, segments, half):
    """Return the overlap of a pen of half width `half` with a strip one pixel wide at x, y."""
    start, step = segments[:, 0], segments[:, 1] - segments[:, 0]
    step_x, step_y = step.T[:, :, None, None]
    x, y = x - start[:, 0, None, None], y - start[:, 1, None, None]
    length = np.maximum(step_x**2 + step_y**2, 1e-12)
    along = ((x * step_x + y * step_y) / length).clip(0, 1)
    distance = np.sqrt((x - along * step_x) ** 2 + (y - along * step_y) ** 2)
    return (np.minimum(distance + 0.5, half) - np.maximum(distance - 0.5, -half)).clip(0, 1)
