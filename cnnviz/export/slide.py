"""The empty slide that pictures to download are drawn on: 1920 x 1080 pixels.

Everything on a slide is placed in its pixels, from the top left. At 144 pixels an inch it is
a 16:9 slide of 13.33 x 7.5 inches. Where there is room for two, a number gets a whole number
of pixels, so that all are squares of the same size.
"""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from cnnviz.render import colours, contrast
from cnnviz.types import Colours, Map, Pair, Shape

if TYPE_CHECKING:
    from matplotlib.text import Text

LineStyle: TypeAlias = str | tuple[int, tuple[int, ...]]
"""Matplotlib's name of a way to draw a line, or its dashes."""

WIDTH, HEIGHT, DPI = 1920, 1080, 144
MARGIN, TOP, BOTTOM = 64, 184, 1024  # a picture lies between TOP and BOTTOM
TEXT, QUIET, LINE = "#1a1a1a", "#5c5c5c", (176, 176, 176)
SIZE = 28  # of words, in pixels
BAR, BAR_ROOM = 32, 250  # the width of an upright scale, and of all that belongs to it
MOST_NUMBERS = 13  # rows or columns of a map whose numbers can be read in their cells


class Box(NamedTuple):
    """A place on a slide, in its pixels: the left and the top edge, the width and the height."""

    x: float
    y: float
    width: float
    height: float


class Slide:
    """White pixels to paint, and over them words and lines; all places count from top left."""

    def __init__(self, title: str, note: str = "") -> None:
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
            fit([self.write(MARGIN, y, words, ha="left", **style)], WIDTH - 2 * MARGIN)

    def png(self) -> bytes:
        """Return what is on the slide as a PNG."""
        self._figure.figimage(self._pixels, origin="upper", zorder=-1)
        buffer = io.BytesIO()
        self._figure.savefig(buffer, format="png", dpi=DPI)
        return buffer.getvalue()

    def write(self, x: float, y: float, words: object, size: float = SIZE, **style: Any) -> "Text":
        """Write words of a size in pixels, centred on (x, y) unless `style` says otherwise."""
        style = {"ha": "center", "va": "center", "color": TEXT} | style
        return self._axes.text(
            x, y, str(words), fontsize=size * 72 / DPI, parse_math=False, **style
        )

    def outline(self, box: Box, colour: str, linestyle: LineStyle) -> None:
        """Draw the outline of a box that stands out on black, on bright ink and on white."""
        x, y, width, height = box
        across = x + width * np.array([0, 1, 1, 0, 0])
        down = y + height * np.array([0, 0, 1, 1, 0])
        order = -width * height  # the smallest on top: of a larger one enough is left to see
        line: dict[str, Any] = {"zorder": order, "solid_joinstyle": "miter"}
        self._axes.plot(across, down, color="black", linewidth=5, **line)
        self._axes.plot(across, down, color=colour, linewidth=3, linestyle=linestyle, **line)

    def paint(self, colour: Colours, box: Box) -> None:
        """Paint an array of colours over a box of whole pixels, in a thin frame."""
        x, y, width, height = map(int, box)
        rows, columns = (  # the cell that the middle of each pixel lies in
            (2 * np.arange(size) + 1) * cells // (2 * size)
            for size, cells in zip((height, width), colour.shape[:2], strict=True)
        )
        self._pixels[y - 1 : y + height + 1, x - 1 : x + width + 1] = LINE
        self._pixels[y : y + height, x : x + width] = colour[rows[:, np.newaxis], columns]

    def fill(self, box: Box, colour: tuple[int, int, int]) -> None:
        """Fill a box of whole pixels with one colour (red, green, blue)."""
        x, y, width, height = map(int, box)
        self._pixels[y : y + height, x : x + width] = colour

    def cells(self, values: Map, colour: Colours, box: Box) -> "list[Text]":
        """Paint a map; return the texts of its numbers, none if it has too many."""
        self.paint(colour, box)
        rows, columns = values.shape
        if max(rows, columns) > MOST_NUMBERS:
            return []
        zoom = box.width / columns
        return [
            self.write(
                box.x + (column + 0.5) * zoom,
                box.y + (row + 0.5) * zoom,
                words,
                min(0.3 * zoom, 36),
                color=contrast(colour[row, column]),
            )
            for (row, column), words in np.ndenumerate(_written(values))
        ]

    def plot(
        self,
        box: Box,
        y_label: str,
        x_label: str,
        lines: Sequence[tuple[str, Sequence[float], Sequence[float]]],
    ) -> None:
        """Draw lines (name, xs, ys) in a plot."""
        x, y, width, height = box
        axes = self._figure.add_axes(
            (x / WIDTH, 1 - (y + height) / HEIGHT, width / WIDTH, height / HEIGHT)
        )
        axes.patch.set_alpha(0)
        points = SIZE * 72 / DPI
        for (name, xs, ys), style in zip(lines, ("o-", "s--", "^:", "D-."), strict=False):
            axes.plot(xs, ys, style, label=name, linewidth=3, markersize=8)
        axes.set_title(y_label, fontsize=points, loc="left")
        axes.set_xlabel(x_label, fontsize=points)
        axes.locator_params(axis="x", integer=True)
        axes.tick_params(labelsize=24 * 72 / DPI)
        axes.grid(alpha=0.3)
        axes.legend(fontsize=points, frameon=False)

    def bar(self, box: Box, signed: bool, ticks: Sequence[str], meaning: str) -> None:
        """Draw the scale of colours, upright or lying, with even ticks from its low end."""
        x, y, width, height = box
        colour, upright = scale_colours(signed)[np.newaxis], height > width
        shares = np.linspace(0, 1, len(ticks))
        style: dict[str, Any] = {}
        if upright:
            colour = np.rot90(colour)  # the low end at the bottom
            places = [(x + width + 14, y + height * share) for share in 1 - shares]
            style["ha"] = "left"
            middle = (x + width + 170, y + height / 2)
        else:
            places = [(x + width * share, y + height + 24) for share in shares]
            middle = (x + width / 2, y + height + 64)
        self.paint(colour, box)
        texts = [self.write(*at, tick, 24, **style) for at, tick in zip(places, ticks, strict=True)]
        fit(texts, 120 if upright else width / len(ticks))
        text = self.write(*middle, meaning, 24, color=QUIET, rotation=90 if upright else 0)
        fit([text], max(height, width))


def fit(texts: "Sequence[Text]", room: float) -> None:
    """Make texts smaller, all alike, until the longest needs no more than `room` pixels."""
    extents = [text.get_window_extent() for text in texts]
    longest = max((max(extent.width, extent.height) for extent in extents), default=0)
    if longest > room:
        for text in texts:
            text.set_fontsize(float(text.get_fontsize()) * room / longest)


def scale_colours(signed: bool) -> Colours:
    """Return the colours for signed numbers or for numbers >= 0."""
    return colours("diverging" if signed else "sequential")


def _written(values: Map) -> NDArray[np.str_]:
    """Return the numbers in words, with as many decimals as there is room for.

    >>> _written(np.array([[0.5, 0.0, -0.0625]])).tolist()
    [['0.500', '0', '−0.062']]
    """
    decimals = 3 if values.shape[1] <= 7 else 2
    form = f".{decimals}f" if np.abs(values).max() >= 10 * 10**-decimals else ".1e"
    words = [f"{value:{form}}".replace("-", "−") if value else "0" for value in values.flat]
    return np.reshape(words, values.shape)


def zoom_of(shape: Shape, room_down: float, room_across: float) -> float:
    """Return how many pixels wide a number is; a whole number if there is room for two."""
    zoom = min(room_down / shape[0], room_across / shape[1])
    return int(zoom) if zoom >= 2 else zoom


def size_of(shape: Shape, zoom: float) -> Pair:
    """Return the height and width of a picture in pixels."""
    return int(zoom * shape[0]), int(zoom * shape[1])


def beside(picture: Box) -> Box:
    """Return the place of an upright scale by a picture, tall enough for its words."""
    tall = max(picture.height, 480)
    return Box(picture.x + picture.width + 48, picture.y + (picture.height - tall) // 2, BAR, tall)


def left_of(width: int) -> int:
    """Return the left edge of a picture that is centred together with its scale."""
    return (WIDTH - width - BAR_ROOM) // 2


def middle_of(height: int) -> int:
    """Return the top edge of a picture that is centred below the title."""
    return TOP + (BOTTOM - TOP - height) // 2
