"""What of straight lines lies in a rectangle."""

import numpy as np

from cnnviz.types import Bools, Floats


def parts_inside(segments: Floats, size: Floats) -> tuple[Floats, Bools]:
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
