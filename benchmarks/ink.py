"""How well the shipped convnet reads digits that people drew with a pen.

    python -m benchmarks.ink PEN_DIGITS.npz

The file is not part of the project: strokes of the UCI data set "Pen-Based Recognition of
Handwritten Digits", in arrays `points` (n, 2) of x, y in a 500 x 500 box, `stroke_start`,
`digit_start` and `label`. Prints the share read right: framed and as drawn, for several pen
widths, at the writer's own place and size, and shrunk into a corner.
"""

import sys
from itertools import pairwise

import numpy as np

from cnnviz import ink, networks

SIDE = 500


def read_digits(file):
    """Return a list of digits, each a list of strokes, and their labels."""
    with np.load(file) as archive:
        points, strokes, digits = (archive[k] for k in ("points", "stroke_start", "digit_start"))
        pieces = [points[a:b].astype(float) for a, b in pairwise(strokes)]
        return [pieces[a:b] for a, b in pairwise(digits)], archive["label"]


def enlarged(strokes):
    """Return the strokes scaled to 70 % of the box, in its middle: how most people draw."""
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = 0.7 * SIDE / (high - low).max()
    return [(stroke - (low + high) / 2) * scale + SIDE / 2 for stroke in strokes]


def in_a_corner(strokes):
    """Return the strokes at a fifth of their size, in the top left corner."""
    return [stroke / 5 + 15 for stroke in strokes]


def share_right(network, digits, labels, pen, framed):
    """Return the share of the digits that the network reads as labelled."""
    answers = [
        network.forward(ink.digit_from_strokes(strokes, SIDE, pen, framed))["softmax"].argmax()
        for strokes in digits
    ]
    return np.mean(answers == labels)


def main():
    """Print a table."""
    digits, labels = read_digits(sys.argv[1])
    network = networks.load("convnet")
    cases = [
        ("own place and size, thin pen", digits, 12),
        ("own place and size", digits, 20),
        ("own place and size, thick pen", digits, 35),
        ("70 % of the board", [enlarged(strokes) for strokes in digits], 35),
        ("a fifth of the size, in a corner", [in_a_corner(strokes) for strokes in digits], 8),
    ]
    print(f"{f'{len(digits)} digits':34s} framed  as drawn")
    for name, drawn, pen in cases:
        framed, raw = (share_right(network, drawn, labels, pen, way) for way in (True, False))
        print(f"{name:34s} {framed:6.1%}    {raw:6.1%}")


if __name__ == "__main__":
    main()
