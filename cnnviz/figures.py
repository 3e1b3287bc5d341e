"""Pictures to download, each a slide of 1920 x 1080 pixels: title, picture, scale with numbers.

Everything on a slide is placed in its pixels, from the top left. At 144 pixels an inch it is
a 16:9 slide of 13.33 x 7.5 inches. Where there is room for two, a number gets a whole number
of pixels, so that all are squares of the same size.
"""

import io

import numpy as np
from PIL import Image

from cnnviz.render import colours

WIDTH, HEIGHT, DPI = 1920, 1080, 144
MARGIN, TOP, BOTTOM = 64, 184, 1024  # a picture lies between TOP and BOTTOM
TEXT, QUIET, LINE = "#1a1a1a", "#5c5c5c", (176, 176, 176)
SIZE = 28  # of words, in pixels
BAR, BAR_ROOM = 32, 250  # the width of an upright scale, and of all that belongs to it
LEGEND = 640
MOST_NUMBERS = 13  # rows or columns of a map whose numbers can be read in their cells
MEANING = {
    False: "0 is black, brighter is larger",
    True: "orange is positive, purple negative, white 0",
}
# The colours of Okabe and Ito that stand out on black; the line styles alone tell them apart.
OUTLINES = (
    ("#56b4e9", "solid"),
    ("#e69f00", "dashed"),
    ("#009e73", "dashdot"),
    ("#cc79a7", "dotted"),
    ("#f0e442", (0, (6, 1, 1, 1, 1, 1))),
    ("#d55e00", (0, (9, 3))),
)


def maps_png(title, maps, labels, signed, largest=None, note=""):
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
    own = np.ndim(largest) > 0
    ends = [_end(maps, one) for one in largest] if own else [_end(maps, largest)] * count
    for name, given in (("labels", labels), ("largest", ends)):
        if len(given) != count or not count:
            raise ValueError(f"{name} must be one for each of {count} maps. Received: {len(given)}")
    slide = _Slide(title, note)
    bar_at = _lay_out(slide, maps, labels, signed, ends)
    if own:
        ticks = ["−own max", "0", "own max"] if signed else ["0", "own max"]
        slide.bar(*bar_at, signed, ticks, MEANING[signed] + "; each map by itself")
    else:
        slide.bar(*bar_at, signed, _ticks(signed, ends[0]), MEANING[signed])
    return slide.png()


def map_png(title, values, signed, largest=None, note=""):
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
    slide = _Slide(title, note)
    axis = 84  # for the numbers of rows and columns
    zoom = _zoom(values.shape, BOTTOM - TOP - axis, WIDTH - 2 * MARGIN - BAR_ROOM - axis)
    height, width = _size(values.shape, zoom)
    x, y = _left(width + axis) + axis, _middle(height + axis) + axis
    texts = slide.cells(values, _painted(values, signed, end), x, y, height, width)
    _fit(texts, 0.84 * zoom)
    _rows_and_columns(slide, values.shape, x, y, zoom)
    slide.bar(*_beside(x + width, y, height), signed, _ticks(signed, end), MEANING[signed])
    return slide.png()


def products_png(title, window, kernel, products, words):
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
    slide = _Slide(title)
    between, texts = 110, []
    zoom = _zoom(window.shape, 520, (WIDTH - 2 * MARGIN - 2 * between) / 3)
    height, width = _size(window.shape, zoom)
    x, y = (WIDTH - 3 * width - 2 * between) // 2, 240
    for sign, name, values, signed in (
        ("", "window", window, bool((window < 0).any())),
        ("×", "kernel", kernel, True),
        ("=", "products", products, True),
    ):
        end = _end(values)
        slide.write(x - between / 2, y + height / 2, sign, 72)
        slide.write(x + width / 2, y - 32, name, 36)
        texts += slide.cells(values, _painted(values, signed, end), x, y, height, width)
        slide.bar(x, y + height + 28, width, 20, signed, _ticks(signed, end), MEANING[signed])
        x += width + between
    _fit(texts, 0.84 * zoom)
    _fit([slide.write(WIDTH / 2, 972, words, 40)], WIDTH - 2 * MARGIN)
    return slide.png()


def boxes_png(title, digit, boxes):
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
    zoom = _zoom(whole, BOTTOM - TOP, WIDTH - 2 * MARGIN - BAR_ROOM - LEGEND)
    height, width = _size(whole, zoom)
    left, top = _left(width + LEGEND), _middle(height)
    y, x = ((top, left) - zoom * first).astype(int)
    slide = _Slide(title)
    slide.paint(_painted(digit, False, 1), x, y, *_size(digit.shape, zoom))
    bar_at = _beside(left + width, top, height)
    slide.bar(*bar_at, False, _ticks(False, 1), "0 is paper, 1 is ink")
    pitch, names = min(88, height / max(len(boxes), 1)), []
    for index, (label, row, column, rows, columns) in enumerate(boxes):
        style = OUTLINES[index % len(OUTLINES)]
        slide.outline(x + zoom * column, y + zoom * row, zoom * columns, zoom * rows, *style)
        across, down = left + width + BAR_ROOM + 48, top + (index + 0.5) * pitch
        slide.outline(across, down - pitch / 4, 96, pitch / 2, *style)
        names.append(slide.write(across + 128, down, label, ha="left"))
    _fit(names, LEGEND - 48 - 128)
    return slide.png()


def digit_png(digit):
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


class _Slide:
    """White pixels to paint, and over them words and lines; all places count from top left."""

    def __init__(self, title, note=""):
        # Imported here: the web process must not load matplotlib before someone downloads a
        # picture. Never pyplot: it would share its state between visitors.
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self._pixels = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
        self._figure = Figure((WIDTH / DPI, HEIGHT / DPI), DPI)
        FigureCanvasAgg(self._figure)  # else each text measured makes a canvas of its own
        self._axes = self._figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(HEIGHT, 0))
        self._axes.axis("off")
        for y, words, style in (
            (76, title, {"size": 48, "weight": "bold"}),
            (132, note, {"color": QUIET}),
        ):
            _fit([self.write(MARGIN, y, words, ha="left", **style)], WIDTH - 2 * MARGIN)

    def png(self):
        """Return what is on the slide as a PNG."""
        self._figure.figimage(self._pixels, origin="upper", zorder=-1)
        buffer = io.BytesIO()
        self._figure.savefig(buffer, format="png", dpi=DPI)
        return buffer.getvalue()

    def write(self, x, y, words, size=SIZE, **style):
        """Write words of a size in pixels, centred on (x, y) unless `style` says otherwise."""
        style = {"ha": "center", "va": "center", "color": TEXT} | style
        return self._axes.text(x, y, words, fontsize=size * 72 / DPI, parse_math=False, **style)

    def outline(self, x, y, width, height, colour, linestyle):
        """Draw a box that stands out on black, on bright ink and on white."""
        across = x + width * np.array([0, 1, 1, 0, 0])
        down = y + height * np.array([0, 0, 1, 1, 0])
        order = -width * height  # the smallest on top: of a larger one enough is left to see
        line = {"zorder": order, "solid_joinstyle": "miter"}
        self._axes.plot(across, down, color="black", linewidth=5, **line)
        self._axes.plot(across, down, color=colour, linewidth=3, linestyle=linestyle, **line)

    def paint(self, colour, x, y, height, width):
        """Paint an array of colours over height x width pixels, in a thin frame."""
        rows, columns = (  # the cell that the middle of each pixel lies in
            (2 * np.arange(size) + 1) * cells // (2 * size)
            for size, cells in zip((height, width), colour.shape[:2], strict=True)
        )
        self._pixels[y - 1 : y + height + 1, x - 1 : x + width + 1] = LINE
        self._pixels[y : y + height, x : x + width] = colour[rows[:, np.newaxis], columns]

    def cells(self, values, colour, x, y, height, width):
        """Paint a map; return the texts of its numbers, none if it has too many."""
        self.paint(colour, x, y, height, width)
        rows, columns = values.shape
        if max(rows, columns) > MOST_NUMBERS:
            return []
        zoom = width / columns
        return [
            self.write(
                x + (column + 0.5) * zoom,
                y + (row + 0.5) * zoom,
                words,
                min(0.3 * zoom, 36),
                color=_contrast(colour[row, column]),
            )
            for (row, column), words in np.ndenumerate(_written(values))
        ]

    def bar(self, x, y, width, height, signed, ticks, meaning):
        """Draw the scale of colours, upright or lying, with even ticks from its low end."""
        colour, upright = _scale(signed)[np.newaxis], height > width
        shares = np.linspace(0, 1, len(ticks))
        if upright:
            colour = np.rot90(colour)  # the low end at the bottom
            places = [(x + width + 14, y + height * share) for share in 1 - shares]
            style, middle = {"ha": "left"}, (x + width + 170, y + height / 2)
        else:
            places = [(x + width * share, y + height + 24) for share in shares]
            style, middle = {}, (x + width / 2, y + height + 64)
        self.paint(colour, x, y, height, width)
        texts = [self.write(*at, tick, 24, **style) for at, tick in zip(places, ticks, strict=True)]
        _fit(texts, 120 if upright else width / len(ticks))
        text = self.write(*middle, meaning, 24, color=QUIET, rotation=90 if upright else 0)
        _fit([text], max(height, width))


def _fit(texts, room):
    """Make texts smaller, all alike, until the longest needs no more than `room` pixels."""
    extents = [text.get_window_extent() for text in texts]
    longest = max((max(extent.width, extent.height) for extent in extents), default=0)
    if longest > room:
        for text in texts:
            text.set_fontsize(text.get_fontsize() * room / longest)


def _lay_out(slide, maps, labels, signed, ends):
    """Paint all maps with their labels; return the place of their scale: x, y, width, height."""
    zoom, columns, room, gap = _grid(maps)
    height, width = _size(maps.shape, zoom)
    rows = -(-len(ends) // columns)
    step, line = width + gap, room + height + gap
    left, top = _left(columns * step - gap), _middle(rows * line - gap) + room
    names, zeros = [], []
    for index, (label, end) in enumerate(zip(labels, ends, strict=True)):
        x, y = left + index % columns * step, top + index // columns * line
        colour = _painted(maps[..., index], signed, end)
        slide.paint(colour, x, y, height, width)
        names.append(slide.write(x + width / 2, y - room / 2, label, 0.8 * room))
        if not maps[..., index].any():
            style = {"color": _contrast(colour[0, 0])}
            zeros.append(slide.write(x + width / 2, y + height / 2, "all zero", **style))
    _fit(names, width)
    _fit(zeros, 0.8 * width)
    return _beside(left + columns * step - gap, top, rows * line - gap - room)


def _grid(maps):
    """Return (zoom, columns, room for a label, gap) of the grid with the largest maps."""
    count = maps.shape[-1]

    def fitted(columns):
        rows = -(-count // columns)
        down, across = (BOTTOM - TOP) / rows, (WIDTH - 2 * MARGIN - BAR_ROOM) / columns
        room, gap = int(np.clip(0.14 * down, 11, 36)), int(np.clip(0.06 * across, 3, 24))
        zoom = _zoom(maps.shape, down - room - gap, across - gap)
        left_empty = rows * columns - count
        return (zoom, -left_empty), (zoom, columns, room, gap)

    return max(map(fitted, range(1, count + 1)))[1]


def _rows_and_columns(slide, shape, x, y, zoom):
    """Write the rows' numbers at the left of a map and the columns' above it, from 0."""
    step = 1 if zoom >= 42 else 5
    height, width = shape
    for row in range(0, height, step):
        slide.write(x - 14, y + (row + 0.5) * zoom, row, ha="right")
    for column in range(0, width, step):
        slide.write(x + (column + 0.5) * zoom, y - 24, column)
    slide.write(x - 72, y + height * zoom / 2, "row", color=QUIET, rotation=90)
    slide.write(x + width * zoom / 2, y - 64, "column", color=QUIET)


def _end(values, largest=None):
    """Return the number at the end of the colours; 1 if all are zero, as no scale shows more."""
    end = np.abs(values).max() if largest is None else largest
    if not end >= 0:
        raise ValueError(f"largest must be a number >= 0. Received: {end}")
    return float(end) or 1.0


def _scale(signed):
    """Return the colours for signed numbers or for numbers >= 0."""
    return colours("diverging" if signed else "sequential")


def _painted(values, signed, end):
    """Return the colour of each number, by the rule of `render.png` and of the pages."""
    shares = np.asarray(values, float) / end
    if signed:
        shares = (shares + 1) / 2
    return _scale(signed)[(np.clip(shares, 0, 1) * 255).round().astype(np.uint8)]


def _contrast(colour):
    """Return whether black or white is easier to read on a colour."""
    return "black" if colour @ (0.299, 0.587, 0.114) > 140 else "white"


def _ticks(signed, end):
    """Return five numbers of a scale in words, from its low end.

    >>> _ticks(True, 0.5)
    ['−0.5', '−0.25', '0', '+0.25', '+0.5']
    """
    form = "+.3g" if signed else ".3g"
    numbers = np.linspace(-end if signed else 0, end, 5)
    return [f"{number:{form}}".replace("-", "−") if number else "0" for number in numbers]


def _written(values):
    """Return the numbers in words, with as many decimals as there is room for.

    >>> _written(np.array([[0.5, 0.0, -0.0625]])).tolist()
    [['0.500', '0', '−0.062']]
    """
    decimals = 3 if values.shape[1] <= 7 else 2
    form = f".{decimals}f" if np.abs(values).max() >= 10 * 10**-decimals else ".1e"
    words = [f"{value:{form}}".replace("-", "−") if value else "0" for value in values.flat]
    return np.reshape(words, values.shape)


def _zoom(shape, room_down, room_across):
    """Return how many pixels wide a number is; a whole number if there is room for two."""
    zoom = min(room_down / shape[0], room_across / shape[1])
    return int(zoom) if zoom >= 2 else zoom


def _size(shape, zoom):
    """Return the height and width of a picture in pixels."""
    return int(zoom * shape[0]), int(zoom * shape[1])


def _beside(right, top, height):
    """Return the place of an upright scale by a picture: x, y, width, height for its words."""
    tall = max(height, 480)
    return right + 48, top + (height - tall) // 2, BAR, tall


def _left(width):
    """Return the left edge of a picture that is centred together with its scale."""
    return (WIDTH - width - BAR_ROOM) // 2


def _middle(height):
    """Return the top edge of a picture that is centred below the title."""
    return TOP + (BOTTOM - TOP - height) // 2
