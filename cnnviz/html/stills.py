"""Still pictures of arrays, each with its title, its scale of colours and a caption."""

from collections.abc import Iterable, Sequence

import numpy as np
from markupsafe import Markup

from cnnviz import render
from cnnviz.html.environment import template
from cnnviz.html.png import png_address
from cnnviz.types import Ints, Map
from cnnviz.words import short

WIDE = 150  # CSS pixels of a picture's longer side, where pictures are to be as large
WRITTEN = 8  # a picture of at most so many rows and columns has its numbers written in it


def row(pictures: Iterable[Markup], across: int | None = None) -> Markup:
    """Return pictures side by side, `across` to a line if given; they wrap where needed."""
    return template("stills.html").row(pictures, across)


def picture(
    title: str,
    values: Map | Ints,
    caption: str,
    largest: float | None = None,
    signed: bool | None = None,
    pixel: float | None = None,
) -> Markup:
    """Return a still picture of an array: its title, the picture, its scale, a caption.

    Parameters
    ----------
    title, caption : str
        The caption may hold Markdown; see `marked`.
    values : ndarray of float or int, shape (height, width)
    largest : float, optional
        The number at the end of the colours; the largest absolute one if not given.
    signed : bool, optional
        Whether 0 is in the middle of the colours; if not given, where a number is negative.
    pixel : float, optional
        How wide each number is drawn, in CSS pixels; if not given, the picture takes what
        room there is.
    """
    numbers = np.asarray(values, float)
    end = float(np.abs(numbers).max()) if largest is None else float(largest)
    signed = bool(numbers.min() < 0) if signed is None else signed
    return template("stills.html").picture(
        title=title,
        address=png_address(numbers, end, signed),
        size=numbers.shape,
        width=pixel and pixel * numbers.shape[1],
        numbers=_numbers(numbers, end, signed) if max(numbers.shape) <= WRITTEN else [],
        scale=scale(end, signed),
        caption=caption,
    )


def shared_scale(arrays: Sequence[Map]) -> tuple[float, bool]:
    """Return the largest number without its sign in any of the arrays, and if any is negative."""
    low, high = min(float(a.min()) for a in arrays), max(float(a.max()) for a in arrays)
    return max(-low, high), low < 0


def scale(end: float, signed: bool) -> Markup:
    """Return the scale of colours with the numbers at its ends."""
    # Of a small number the first digit that is not zero.
    digits = 2 if end >= 0.01 or not end else int(np.ceil(-np.log10(end)))
    low = short(-end, digits) if signed else "0"
    return template("macros.html").scale(low, short(end, digits), signed)


def _numbers(values: Map, end: float, signed: bool) -> list[tuple[str, str]]:
    """Return the numbers of a small picture in words, each with an ink to be read there."""
    table = render.colours("diverging" if signed else "sequential")
    colours = table[render.levels(values, end, signed)]
    return [
        (short(float(value)), render.contrast(colours[place]))
        for place, value in np.ndenumerate(values)
    ]
