"""Pieces of HTML for the labs: facts with live numbers, and still pictures with their scale."""

import base64
import html
import re

import numpy as np

from cnnviz import render
from cnnviz.words import short

WIDE = 150  # CSS pixels of a picture's longer side, where pictures are to be as large
WRITTEN = 8  # a picture of at most so many rows and columns has its numbers written in it


def marked(text):
    r"""Return a line of Markdown as HTML; it may hold ``**bold**`` and `` `code` ``.

    >>> marked("**3 × 3**, `padding=\"same\"` & more")
    '<b>3 × 3</b>, <code>padding=&quot;same&quot;</code> &amp; more'
    """
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html.escape(text))
    return re.sub(r"`(.+?)`", r"<code>\1</code>", text)


def facts(lines, warnings=()):
    """Return lines of Markdown, those of `warnings` set apart; empty ones are left out."""
    parts = [f"<div>{marked(line)}</div>" for line in lines if line]
    parts += [f'<div class="warning">{marked(line)}</div>' for line in warnings if line]
    return f'<div class="facts">{"".join(parts)}</div>' if parts else ""


def row(pictures, across=None):
    """Return pictures side by side, `across` to a line if given; they wrap where needed."""
    style = f' style="--across:{across}"' if across else ""
    return f'<div class="pictures-row"{style}>{"".join(pictures)}</div>'


def picture(title, values, caption, largest=None, signed=None, pixel=None):
    """Return a still picture of an array: its title, the picture, its scale, a caption.

    Parameters
    ----------
    title, caption : str
        The caption may hold Markdown; see `marked`.
    values : ndarray of float, shape (height, width)
    largest : float, optional
        The number at the end of the colours; the largest absolute one if not given.
    signed : bool, optional
        Whether 0 is in the middle of the colours; if not given, where a number is negative.
    pixel : float, optional
        How wide each number is drawn, in CSS pixels; if not given, the picture takes what
        room there is.
    """
    values = np.asarray(values, float)
    end = float(np.abs(values).max()) if largest is None else float(largest)
    signed = bool(values.min() < 0) if signed is None else signed
    height, width = values.shape
    style = f' style="width:{pixel * width:g}px"' if pixel else ""
    drawn = _numbers(values, end, signed) if max(values.shape) <= WRITTEN else ""
    url = data_url(values, end, signed)
    return (
        f'<figure class="still"><figcaption><b>{html.escape(title)}</b></figcaption>'
        f'<div class="still-picture"{style}><img src="{url}" '
        f'alt="{html.escape(title)}, {height} by {width}">{drawn}</div>'
        f"{scale(end, signed)}<p>{marked(caption)}</p></figure>"
    )


def shared_scale(arrays):
    """Return the largest number without its sign in any of the arrays, and if any is negative."""
    low, high = min(float(a.min()) for a in arrays), max(float(a.max()) for a in arrays)
    return max(-low, high), low < 0


def data_url(values, largest, signed=False):
    """Return an array as a PNG in an address that an image element can show."""
    png = render.map_png(values, largest, signed)
    return "data:image/png;base64," + base64.b64encode(png).decode("ascii")


def scale(end, signed):
    """Return the scale of colours with the numbers at its ends."""
    # Of a small number the first digit that is not zero.
    digits = 2 if end >= 0.01 or not end else int(np.ceil(-np.log10(end)))
    low = short(-end, digits) if signed else "0"
    kind = "signed" if signed else "plain"
    return (
        f'<div class="still-scale"><span>{low}</span><i class="{kind}"></i>'
        f"<span>{short(end, digits)}</span></div>"
    )


def _numbers(values, end, signed):
    """Return the numbers of a small picture, to lie over it, each in an ink to be read there."""
    table = render.colours("diverging" if signed else "sequential")
    colours = table[render.levels(values, end, signed)]
    cells = "".join(
        f'<span class="{render.contrast(colours[place])}">{short(value)}</span>'
        for place, value in np.ndenumerate(values)
    )
    columns = f"grid-template-columns:repeat({values.shape[1]},1fr)"
    return f'<div class="still-numbers" style="{columns}" aria-hidden="true">{cells}</div>'
