"""Strokes that several test modules draw: smooth random ones, and any there can be."""

import numpy as np
from hypothesis import strategies as st

# A pen stroke as Fabric.js writes it: a move, curves, a line. Its lowest and rightmost points
# are within curves, not at their ends.
HOOK = [
    ["M", 20, 10],
    ["Q", 20, 10, 30, 20],
    ["Q", 80, 60, 25, 70],
    ["Q", 15, 110, 10, 60],
    ["L", 5, 40],
]


def scribble(seed, points=12, low=60, high=220):
    """A smooth random stroke well inside a board of 280 x 280."""
    random = np.random.default_rng(seed)
    place, angle, stroke = random.uniform(low, high, 2), random.uniform(0, 2 * np.pi), []
    for _ in range(points):
        stroke.append(place)
        angle += random.normal() * 0.7
        place = (place + 25 * np.array([np.cos(angle), np.sin(angle)])).clip(low, high)
    return np.array(stroke)


coordinates = st.one_of(
    st.floats(-50, 350),
    st.floats(),
    st.sampled_from([0.0, 140.0, 280.0, 1e308, -1e308, np.inf, -np.inf, np.nan, 5e-324]),
)
any_strokes = st.lists(st.lists(st.tuples(coordinates, coordinates), max_size=5), max_size=4)
any_canvas = st.one_of(st.integers(1, 600), st.tuples(st.integers(1, 600), st.integers(1, 600)))
