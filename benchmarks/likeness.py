"""How often the app says that ink does not look like a digit, and how sure softmax is of it.

    python -m benchmarks.likeness

On the MNIST test digits, where it should not say so, and on capital letters, shapes and
scribbles drawn here, each several times with a random tilt, width and tremble.
"""

import numpy as np

from cnnviz import ink, mnist, networks
from cnnviz.inspection import likeness

# Strokes in a unit square, y down. Letters that look like digits are left out.
SHAPES = {
    "A": [[(0, 1), (0.5, 0), (1, 1)], [(0.2, 0.6), (0.8, 0.6)]],
    "C": [[(1, 0.1), (0.5, 0), (0.1, 0.2), (0, 0.5), (0.1, 0.8), (0.5, 1), (1, 0.9)]],
    "E": [[(1, 0), (0, 0), (0, 1), (1, 1)], [(0, 0.5), (0.8, 0.5)]],
    "F": [[(1, 0), (0, 0), (0, 1)], [(0, 0.5), (0.8, 0.5)]],
    "H": [[(0, 0), (0, 1)], [(1, 0), (1, 1)], [(0, 0.5), (1, 0.5)]],
    "J": [[(0.9, 0), (0.9, 0.8), (0.5, 1), (0.1, 0.8)]],
    "K": [[(0, 0), (0, 1)], [(1, 0), (0, 0.5), (1, 1)]],
    "L": [[(0, 0), (0, 1), (1, 1)]],
    "M": [[(0, 1), (0, 0), (0.5, 0.5), (1, 0), (1, 1)]],
    "N": [[(0, 1), (0, 0), (1, 1), (1, 0)]],
    "P": [[(0, 1), (0, 0), (0.8, 0), (1, 0.25), (0.8, 0.5), (0, 0.5)]],
    "R": [[(0, 1), (0, 0), (0.8, 0), (1, 0.25), (0.8, 0.5), (0, 0.5), (1, 1)]],
    "T": [[(0, 0), (1, 0)], [(0.5, 0), (0.5, 1)]],
    "U": [[(0, 0), (0, 0.8), (0.5, 1), (1, 0.8), (1, 0)]],
    "V": [[(0, 0), (0.5, 1), (1, 0)]],
    "W": [[(0, 0), (0.25, 1), (0.5, 0.4), (0.75, 1), (1, 0)]],
    "X": [[(0, 0), (1, 1)], [(1, 0), (0, 1)]],
    "Y": [[(0, 0), (0.5, 0.5), (1, 0)], [(0.5, 0.5), (0.5, 1)]],
    "square": [[(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]],
    "triangle": [[(0, 1), (0.5, 0), (1, 1), (0, 1)]],
    "plus": [[(0.5, 0), (0.5, 1)], [(0, 0.5), (1, 0.5)]],
    "smile": [[(0, 0.6), (0.3, 1), (0.7, 1), (1, 0.6)], [(0.3, 0)], [(0.7, 0)]],
}
TIMES = 20
SCRIBBLES = 200


def by_hand(strokes, rng):
    """Return a shape as a hand might draw it, on a board of 280 pixels."""
    angle = rng.normal(0, 0.12)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    stretch = np.diag(rng.uniform(0.75, 1.1, 2))
    drawn = []
    for stroke in strokes:
        corners = np.array(stroke, float)
        at = np.linspace(0, len(corners) - 1, 8 * len(corners))
        points = np.stack([np.interp(at, range(len(corners)), axis) for axis in corners.T], axis=1)
        points += rng.normal(0, 0.012, points.shape)
        drawn.append((points - 0.5) @ (turn @ stretch).T * 180 + 140)
    return drawn


def scribble(rng):
    """Return one smooth random walk that fills most of the board."""
    steps = np.cumsum(rng.normal(0, 1, (rng.integers(15, 60), 2)), axis=0)
    walk = np.stack([np.convolve(axis, np.ones(4) / 4, "valid") for axis in steps.T], axis=1)
    return [(walk - walk.min(axis=0)) / np.ptp(walk, axis=0).max() * 180 + 50]


def main():
    """Print the shares."""
    rng = np.random.default_rng(0)
    network = networks.load("convnet")

    def report(name, digits):
        outputs = [network.forward(digit) for digit in digits]
        unlike = np.mean([likeness.unlike_a_digit(output["dense"]) for output in outputs])
        sure = np.mean([output["softmax"].max() > 0.9 for output in outputs])
        shares = f"unlike a digit {unlike:6.1%}   softmax > 0.9 {sure:6.1%}"
        print(f"{name:12s} {len(digits):5d}   {shares}")

    def drawn(all_strokes):
        return [ink.digit_from_strokes(strokes, 280, 20) for strokes in all_strokes]

    report("test digits", mnist.read("x_test").astype(np.float32) / 255)
    letters = [strokes for name, strokes in SHAPES.items() if len(name) == 1]
    shapes = [strokes for name, strokes in SHAPES.items() if len(name) > 1]
    report("letters", drawn(by_hand(strokes, rng) for strokes in letters for _ in range(TIMES)))
    report("shapes", drawn(by_hand(strokes, rng) for strokes in shapes for _ in range(TIMES)))
    report("scribbles", drawn(scribble(rng) for _ in range(SCRIBBLES)))


if __name__ == "__main__":
    main()
