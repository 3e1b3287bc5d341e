"""The digit that the network looks at: as it receives it, small above a page, on a board."""

from collections.abc import Sequence

from markupsafe import Markup

from cnnviz import mnist
from cnnviz.html.environment import template
from cnnviz.html.png import png_address
from cnnviz.inspection.answer import Answer
from cnnviz.types import Digit, Picture


def received(use_framed: bool, best: Answer | None, framing: str) -> Markup:
    """Return the places of the raw and the framed digit side by side, the one in use outlined.

    The browser paints both digits, and says the network's answer to the other one.

    Parameters
    ----------
    use_framed : bool
    best : Answer or None
        The network's answer to the one in use; None if nothing is drawn.
    framing : str
        What framing did, in a sentence.
    """
    digits = [("raw", "As drawn", not use_framed), ("framed", "Framed", use_framed)]
    return template("digit.html").received(digits, best, framing)


def small_digit(digit: Digit, best: Answer | None) -> Markup:
    """Return the digit small, with the answer to it, for the top of a page.

    Parameters
    ----------
    digit : ndarray of float32, shape (28, 28)
    best : Answer or None
        None if nothing is drawn.
    """
    return template("digit.html").small_digit(png_address(digit), best)


def test_digit(index: int, lines: list[str]) -> Picture:
    """Return a test digit as a picture for `picture_choice`: its label, and lines of words."""
    return {
        "id": int(index),
        "url": png_address(mnist.digit(index)),
        "title": f"label {mnist.read('y_test')[index]}",
        "lines": lines,
    }


# ---- Styles ----------------------------------------------------------------------------


def on_board(digit: Digit | None) -> str:
    """Return a style that shows a sample or an upload on the empty board; none for None."""
    if digit is None:
        return ""
    return (
        ".st-key-board::after { content: ''; position: absolute; "
        f"background: url({png_address(digit)}) center / cover; }}"
    )


def on_probe_board(digit: Digit, never_read: Sequence[int], side: int) -> str:
    """Return a style that shows the digit, and what is never read, over the board of a probe.

    Parameters
    ----------
    digit : ndarray of float32, shape (28, 28)
    never_read : sequence of int
        Rows, and likewise columns, to be hatched.
    side : int
        Of the board, in its pixels.
    """
    pixel = side / len(digit)
    hatch = "repeating-linear-gradient(-45deg, #8f8b9f 0 1.4px, #0000 1.4px 6px)"
    layers = [
        f"{hatch} {place} / {size} no-repeat"
        for at in never_read
        for place, size in (
            (f"0 {at * pixel:g}px", f"{side}px {pixel:g}px"),
            (f"{at * pixel:g}px 0", f"{pixel:g}px {side}px"),
        )
    ]
    layers.append(f"url({png_address(digit)}) center / cover")
    return f".st-key-probe_board::after {{ content: ''; background: {', '.join(layers)}; }}"
