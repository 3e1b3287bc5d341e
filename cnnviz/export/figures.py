"""Pictures to download, each a slide of 1920 x 1080 pixels: title, picture, scale with numbers."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from PIL import Image

from cnnviz.export.slide import (
    BAR_ROOM,
    BOTTOM,
    MARGIN,
    QUIET,
    TOP,
    WIDTH,
    Box,
    LineStyle,
    Slide,
    beside,
    fit,
    left_of,
    middle_of,
    scale_colours,
    size_of,
    zoom_of,
)
from cnnviz.render import contrast, levels
from cnnviz.types import Colours, Digit, Floats, Kernel, Map, Maps, Shape

LEGEND = 640
MEANING = {
    False: "0 is black, brighter is larger",
    True: "orange is positive, purple negative, white 0",
}
# The colours of Okabe and Ito that stand out on black; the line styles alone tell them apart.
OUTLINES: tuple[tuple[str, LineStyle], ...] = (
    ("#56b4e9", "solid"),
    ("#e69f00", "dashed"),
    ("#009e73", "dashdot"),
    ("#cc79a7", "dotted"),
    ("#f0e442", (0, (6, 1, 1, 1, 1, 1))),
    ("#d55e00", (0, (9, 3))),
)


def maps_png(
    title: str,
    maps: Maps,
    labels: Sequence[str],
    signed: bool,
    largest: float | Sequence[float] | None = None,
    note: str = "",
) -> bytes:
    """Return a grid of 1 to 512 maps as a PNG for a slide; "all zero" stands on a dead map.

    Parameters
    ----------
    title : str
    maps : ndarray of float, shape (height, width, count)
    labels : sequence of str
        One for each map, written over it.
    signed : bool
        Whether the colours go from -`largest` to `largest`, or from 0 to `largest`.
    largest : float or sequence of float, optional
        The number at the end of the colours, or one for each map; if not given, the largest
        absolute number of all maps.
    note : str, optional
        A line under the title.

    Returns
    -------
    bytes
        A PNG of 1920 x 1080 pixels.

    Raises
    ------
    ValueError
        If there is no map, if there are not as many labels (or largest numbers) as maps, or
        if `largest` is negative or not a number.
    """
    count = np.shape(maps)[2]
    if isinstance(largest, Iterable):
        own, ends = True, [_end(maps, end) for end in largest]
    else:
        own, ends = False, [_end(maps, largest)] * count
    for name, given in (("labels", labels), ("largest", ends)):
        if len(given) != count or not count:
            raise ValueError(f"{name} must be one for each of {count} maps. Received: {len(given)}")
    slide = Slide(title, note)
    bar_at = _lay_out(slide, maps, labels, signed, ends)
    if own:
        ticks = ["−own max", "0", "own max"] if signed else ["0", "own max"]
        slide.bar(bar_at, signed, ticks, MEANING[signed] + "; each map by itself")
    else:
        slide.bar(bar_at, signed, _ticks(signed, ends[0]), MEANING[signed])
    return slide.png()


def map_png(
    title: str, values: Map, signed: bool, largest: float | None = None, note: str = ""
) -> bytes:
    """Return one map with its rows and columns as a PNG for a slide.

    A map of at most 13 x 13 numbers has each number written in its cell.

    Parameters
    ----------
    title : str
    values : ndarray of float, shape (height, width)
    signed : bool
        Whether the colours go from -`largest` to `largest`, or from 0 to `largest`.
    largest : float, optional
        The number at the end of the colours; if not given, the largest absolute one.
    note : str, optional
        A line under the title.

    Returns
    -------
    bytes
        A PNG of 1920 x 1080 pixels.

    Raises
    ------
    ValueError
        If `largest` is negative or not a number.
    """
    end = _end(values, largest)
    slide = Slide(title, note)
    axis = 84  # for the numbers of rows and columns
    zoom = zoom_of(values.shape, BOTTOM - TOP - axis, WIDTH - 2 * MARGIN - BAR_ROOM - axis)
    height, width = size_of(values.shape, zoom)
    place = Box(left_of(width + axis) + axis, middle_of(height + axis) + axis, width, height)
    texts = slide.cells(values, _painted(values, signed, end), place)
    fit(texts, 0.84 * zoom)
    _rows_and_columns(slide, values.shape, place, zoom)
    slide.bar(beside(place), signed, _ticks(signed, end), MEANING[signed])
    return slide.png()


def products_png(title: str, window: Map, kernel: Kernel, products: Map, words: str) -> bytes:
    """Return window x kernel = products, number by number, as a PNG for a slide.

    Parameters
    ----------
    title : str
    window, kernel, products : ndarray of float, all of shape (height, width)
    words : str
        The line below them: what the products add up to.

    Returns
    -------
    bytes
        A PNG of 1920 x 1080 pixels.
    """
    slide = Slide(title)
    between, texts = 110, []
    zoom = zoom_of(window.shape, 520, (WIDTH - 2 * MARGIN - 2 * between) / 3)
    height, width = size_of(window.shape, zoom)
    x, y = (WIDTH - 3 * width - 2 * between) // 2, 240
    for sign, name, values, signed in (
        ("", "window", window, bool((window < 0).any())),
        ("×", "kernel", kernel, True),
        ("=", "products", products, True),
    ):
        end = _end(values)
        slide.write(x - between / 2, y + height / 2, sign, 72)
        slide.write(x + width / 2, y - 32, name, 36)
        texts += slide.cells(values, _painted(values, signed, end), Box(x, y, width, height))
        scale = Box(x, y + height + 28, width, 20)
        slide.bar(scale, signed, _ticks(signed, end), MEANING[signed])
        x += width + between
    fit(texts, 0.84 * zoom)
    fit([slide.write(WIDTH / 2, 972, words, 40)], WIDTH - 2 * MARGIN)
    return slide.png()


def boxes_png(title: str, digit: Digit, boxes: Sequence[tuple[str, int, int, int, int]]) -> bytes:
    """Return a digit with outlined boxes and their legend as a PNG for a slide.

    Parameters
    ----------
    title : str
    digit : ndarray of float, shape (28, 28)
        In [0, 1], 1 = ink.
    boxes : sequence of (label, top, left, height, width)
        A name, and a place in input pixels; it may reach over the digit's edge.

    Returns
    -------
    bytes
        A PNG of 1920 x 1080 pixels.
    """
    places = np.array([(0, 0, *digit.shape), *(box[1:] for box in boxes)])
    first = places[:, :2].min(axis=0)
    whole = (places[:, :2] + places[:, 2:]).max(axis=0) - first
    zoom = zoom_of(whole, BOTTOM - TOP, WIDTH - 2 * MARGIN - BAR_ROOM - LEGEND)
    height, width = size_of(whole, zoom)
    left, top = left_of(width + LEGEND), middle_of(height)
    y, x = ((top, left) - zoom * first).astype(int)
    slide = Slide(title)
    digit_height, digit_width = size_of(digit.shape, zoom)
    slide.paint(_painted(digit, False, 1), Box(x, y, digit_width, digit_height))
    scale = beside(Box(left, top, width, height))
    slide.bar(scale, False, _ticks(False, 1), "0 is paper, 1 is ink")
    pitch, names = min(88, height / max(len(boxes), 1)), []
    for index, (label, row, column, rows, columns) in enumerate(boxes):
        style = OUTLINES[index % len(OUTLINES)]
        seen = Box(x + zoom * column, y + zoom * row, zoom * columns, zoom * rows)
        slide.outline(seen, *style)
        across, down = left + width + BAR_ROOM + 48, top + (index + 0.5) * pitch
        slide.outline(Box(across, down - pitch / 4, 96, pitch / 2), *style)
        names.append(slide.write(across + 128, down, label, ha="left"))
    fit(names, LEGEND - 48 - 128)
    return slide.png()


def network_png(
    title: str,
    note: str,
    columns: Sequence[tuple[str, str, Sequence[object], Maps]],
    probabilities: Floats,
) -> bytes:
    """Return a network at work as a PNG for a slide: a column of maps for each layer, then bars.

    Parameters
    ----------
    title, note : str
    columns : sequence of (name, shape, labels, maps)
        For each layer its name, its output's shape in words, a label for each map, and maps of
        shape (height, width, count) of numbers >= 0, each layer on a scale of its own.
    probabilities : ndarray of float, shape (units,)

    Returns
    -------
    bytes
        A PNG of 1920 x 1080 pixels.
    """
    slide = Slide(title, f"{note}; {MEANING[False]}, each layer by itself")
    step = (WIDTH - 2 * MARGIN) // (len(columns) + 1)
    texts = []
    for at, (name, shape, labels, maps) in enumerate(columns):
        x = MARGIN + at * step
        slide.write(x, TOP + 10, name, ha="left", weight="bold")
        texts.append(slide.write(x, TOP + 46, shape, 24, ha="left", color=QUIET))
        end = _end(maps)
        across = 1 if maps.shape[2] == 1 else 2
        side = (step - 24) // across - 8
        down = side + 30
        for i, label in enumerate(labels):
            left, top = x + i % across * (side + 8), TOP + 100 + i // across * down
            height, width = size_of(maps.shape, side / max(maps.shape[:2]))
            slide.paint(_painted(maps[..., i], False, end), Box(left, top, width, height))
            slide.write(left, top + height + 14, label, 20, ha="left", color=QUIET)
        bottom = TOP + 120 + -(-len(labels) // across) * down
        slide.bar(Box(x + 8, bottom, step - 96, 14), False, ["0", f"{end:.3g}"], "")
    fit(texts, step - 24)
    _write_bars(slide, MARGIN + len(columns) * step, step, probabilities)
    return slide.png()


def _write_bars(slide: Slide, x: int, room: int, probabilities: Floats) -> None:
    """Write each unit's probability and draw it as a bar; the largest stands out."""
    slide.write(x, TOP + 10, "softmax", ha="left", weight="bold")
    slide.write(x, TOP + 46, f"{len(probabilities)} probabilities", 24, ha="left", color=QUIET)
    for unit, probability in enumerate(probabilities.tolist()):
        y, largest = TOP + 112 + 56 * unit, unit == int(probabilities.argmax())
        style: dict[str, Any] = {"ha": "left", "weight": "bold" if largest else "normal"}
        slide.write(x, y, unit, **style)
        slide.write(x + 36, y, f"{probability:.1%}", **style)
        length = round((room - 60) * probability)
        slide.fill(Box(x + 36, y + 20, length, 8), (224, 130, 20))


def curves_png(
    title: str,
    note: str,
    xs: Sequence[int],
    panels: Sequence[tuple[str, Sequence[tuple[str, Sequence[float]]]]],
) -> bytes:
    """Return curves over epochs as a PNG for a slide, one plot beside the other.

    Parameters
    ----------
    title, note : str
    xs : sequence of int
        The epochs.
    panels : sequence of (name, lines)
        For each plot what it shows, and its lines: a name and a number for each epoch.

    Returns
    -------
    bytes
        A PNG of 1920 x 1080 pixels.
    """
    slide = Slide(title, note)
    width = (WIDTH - 2 * MARGIN) // len(panels)
    for at, (name, lines) in enumerate(panels):
        slide.plot(
            Box(MARGIN + at * width + 110, TOP + 60, width - 170, BOTTOM - TOP - 160),
            name,
            "epoch",
            [(label, xs, ys) for label, ys in lines],
        )
    return slide.png()


def digit_png(digit: Digit) -> bytes:
    """Return a digit as a plain grey PNG of one pixel for each number, ink white.

    Parameters
    ----------
    digit : ndarray of float, shape (28, 28)
        In [0, 1], 1 = ink.

    Returns
    -------
    bytes
        A lossless 8-bit PNG: 0 is paper, 255 is ink.

    Examples
    --------
    >>> image = Image.open(io.BytesIO(digit_png(np.full((28, 28), 0.2))))
    >>> image.mode, image.size, image.getpixel((0, 0))
    ('L', (28, 28), 51)
    """
    buffer = io.BytesIO()
    Image.fromarray((255 * digit).round().astype(np.uint8)).save(buffer, "PNG")
    return buffer.getvalue()


def _lay_out(
    slide: Slide, maps: Maps, labels: Sequence[str], signed: bool, ends: Sequence[float]
) -> Box:
    """Paint all maps with their labels; return the place of their scale."""
    zoom, columns, room, gap = _grid(maps)
    height, width = size_of(maps.shape, zoom)
    rows = -(-len(ends) // columns)
    step, line = width + gap, room + height + gap
    left, top = left_of(columns * step - gap), middle_of(rows * line - gap) + room
    names, zeros = [], []
    for index, (label, end) in enumerate(zip(labels, ends, strict=True)):
        x, y = left + index % columns * step, top + index // columns * line
        colour = _painted(maps[..., index], signed, end)
        slide.paint(colour, Box(x, y, width, height))
        names.append(slide.write(x + width / 2, y - room / 2, label, 0.8 * room))
        if not maps[..., index].any():
            style: dict[str, Any] = {"color": contrast(colour[0, 0])}
            zeros.append(slide.write(x + width / 2, y + height / 2, "all zero", **style))
    fit(names, width)
    fit(zeros, 0.8 * width)
    return beside(Box(left, top, columns * step - gap, rows * line - gap - room))


def _grid(maps: Maps) -> tuple[float, int, int, int]:
    """Return (zoom, columns, room for a label, gap) of the grid with the largest maps."""
    count = maps.shape[-1]

    def fitted(columns: int) -> tuple[tuple[float, int], tuple[float, int, int, int]]:
        rows = -(-count // columns)
        down, across = (BOTTOM - TOP) / rows, (WIDTH - 2 * MARGIN - BAR_ROOM) / columns
        room, gap = int(np.clip(0.14 * down, 11, 36)), int(np.clip(0.06 * across, 3, 24))
        zoom = zoom_of(maps.shape, down - room - gap, across - gap)
        left_empty = rows * columns - count
        return (zoom, -left_empty), (zoom, columns, room, gap)

    return max(map(fitted, range(1, count + 1)))[1]


def _rows_and_columns(slide: Slide, shape: Shape, place: Box, zoom: float) -> None:
    """Write the rows' numbers at the left of a map and the columns' above it, from 0."""
    step = 1 if zoom >= 42 else 5
    height, width = shape
    x, y = place.x, place.y
    for row in range(0, height, step):
        slide.write(x - 14, y + (row + 0.5) * zoom, row, ha="right")
    for column in range(0, width, step):
        slide.write(x + (column + 0.5) * zoom, y - 24, column)
    slide.write(x - 72, y + height * zoom / 2, "row", color=QUIET, rotation=90)
    slide.write(x + width * zoom / 2, y - 64, "column", color=QUIET)


def _end(values: Floats, largest: float | None = None) -> float:
    """Return the number at the end of the colours; 1 if all are zero, as no scale shows more."""
    end = np.abs(values).max() if largest is None else largest
    if not end >= 0:
        raise ValueError(f"largest must be a number >= 0. Received: {end}")
    return float(end) or 1.0


def _painted(values: Floats, signed: bool, end: float) -> Colours:
    """Return the colour of each number."""
    return scale_colours(signed)[levels(values, end, signed)]


def _ticks(signed: bool, end: float) -> list[str]:
    """Return five numbers of a scale in words, from its low end.

    >>> _ticks(True, 0.5)
    ['−0.5', '−0.25', '0', '+0.25', '+0.5']
    """
    form = "+.3g" if signed else ".3g"
    numbers = np.linspace(-end if signed else 0, end, 5)
    return [f"{number:{form}}".replace("-", "−") if number else "0" for number in numbers]
