"""Strokes of a pen and of an eraser, one after the other: the ink that is left."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from cnnviz.ink.clip import parts_inside
from cnnviz.ink.framing import SIDE
from cnnviz.ink.raster import coverage
from cnnviz.types import Digit, Floats, Map

# What is left is measured in a picture of so many pixels each way, in which no pen is thinner.
FINE = 2 * SIDE
FINEST_PEN = 1.5
INK = 0.5  # of a pixel: less is no ink when an extent is measured


class Mark(NamedTuple):
    """A stroke's straight pieces, (n, 2, 2), the width of what drew it, and whether that rubs."""

    segments: Floats
    pen: float
    erases: bool


def has_eraser(marks: Sequence[Mark]) -> bool:
    """Return whether any of the marks rubs out others."""
    return any(mark.erases for mark in marks)


def ink_left(marks: Sequence[Mark]) -> Digit:
    """Draw marks, in digit pixels and in their order: the share of each pixel that is ink."""
    if has_eraser(marks):
        return np.max(_left_of_each(marks, SIDE), axis=0)
    segments = np.concatenate([mark.segments for mark in marks])
    pens = np.repeat([mark.pen for mark in marks], [len(mark.segments) for mark in marks])
    return coverage(segments, pens)


def extent_left(marks: Sequence[Mark]) -> tuple[Floats, Floats, float] | None:
    """Measure what is left of the pens' strokes.

    Parameters
    ----------
    marks : sequence of Mark
        One of a pen among them.

    Returns
    -------
    (ndarray, ndarray, float) or None
        The box around it, as far as the middle of the pens went, by its smallest and its largest
        x, y; and the widest of its pens. None if nothing is left.
    """
    drawn = [mark for mark in marks if not mark.erases]
    ends = np.concatenate([mark.segments for mark in drawn])
    low, high, pen = ends.min(axis=(0, 1)), ends.max(axis=(0, 1)), max(m.pen for m in drawn)
    if len(drawn) == len(marks):
        return low, high, pen
    scale, middle = FINE / ((high - low).max() + pen), (low + high) / 2
    fine = [_enlarged(mark, scale, middle) for mark in marks]
    fine_pens = [mark.pen for mark in fine if not mark.erases]
    left = [
        (*_extent(ink, fine_pen), mark.pen)
        for ink, fine_pen, mark in zip(_left_of_each(fine, FINE), fine_pens, drawn, strict=True)
        if (ink > INK).any()
    ]
    if not left:
        return None
    lows, highs, pens = zip(*left, strict=True)
    low, high = np.min(lows, axis=0), np.max(highs, axis=0)
    return (low - FINE / 2) / scale + middle, (high - FINE / 2) / scale + middle, max(pens)


def _enlarged(mark: Mark, scale: float, middle: Floats) -> Mark:
    """Return a mark in the fine picture."""
    pen = mark.pen * scale if mark.erases else max(mark.pen * scale, FINEST_PEN)
    return Mark((mark.segments - middle) * scale + FINE / 2, pen, mark.erases)


def _left_of_each(marks: Sequence[Mark], side: int) -> list[Map]:
    """Return what is left of each pen's stroke after all the erasers that came later.

    An eraser takes as much of a pixel's ink as it covers of the pixel: so a stroke that is rubbed
    out by going over it again leaves nothing, not even at its edges.
    """
    rubbed = np.zeros((side, side), np.float32)
    left = []
    for mark in reversed(marks):
        covered = _covered(mark, side)
        if mark.erases:
            rubbed = np.maximum(rubbed, covered)
        else:
            left.append((covered - rubbed).clip(0))
    return left[::-1]


def _covered(mark: Mark, side: int) -> Map:
    """Draw a mark of which most may lie beside the picture."""
    reach = mark.pen / 2 + 1
    segments, near = parts_inside(mark.segments + reach, np.full(2, side + 2 * reach))
    if not near.any():
        return np.zeros((side, side), np.float32)
    return coverage(segments[near] - reach, np.full(near.sum(), mark.pen), side)


def _extent(ink: Map, pen: float) -> tuple[Floats, Floats]:
    """Return the box around the middle of a pen's way that left this ink, in its pixels."""
    profiles = ink.max(axis=0), ink.max(axis=1)
    low = np.array([_edge(profile) for profile in profiles])
    high = len(ink) - np.array([_edge(profile[::-1]) for profile in profiles])
    inset = np.minimum(pen, high - low) / 2
    return low + inset, high - inset


def _edge(profile: Floats) -> float:
    """Return where along a profile the ink begins, between the pixels before and after."""
    first = int(np.argmax(profile > INK))
    before = float(profile[first - 1]) if first else 0.0
    return first - 0.5 + (INK - before) / (float(profile[first]) - before)
