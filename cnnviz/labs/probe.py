"""A stroke added to a digit: which of its pixels a network reads, and what it changes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cnnviz.networks import Network
from cnnviz.types import Digit, Floats
from cnnviz.words import markdown_table


@dataclass(frozen=True)
class Probe:
    """What a stroke covers, and the ten probabilities without it and with it."""

    covered: int
    read: int
    before: Floats
    after: Floats

    @property
    def changed(self) -> int:
        """How many of the ten probabilities differ, if only in the last bit."""
        return int(np.count_nonzero(self.before != self.after))


def probe(network: Network, digit: Digit, stroke: Digit, never_read: Sequence[int]) -> Probe:
    """Return what a network answers to a digit without and with a stroke on it.

    Parameters
    ----------
    network : Network
    digit, stroke : ndarray of float32, shape (28, 28)
        In [0, 1], 1 = ink; where both have ink, the brighter counts.
    never_read : list of int
        The rows, and likewise the columns, that no unit of the last layer depends on.

    Returns
    -------
    Probe

    Examples
    --------
    >>> from cnnviz import networks
    >>> stroke = np.zeros((28, 28), np.float32)
    >>> stroke[25:27, 10:20] = 1
    >>> result = probe(networks.load("convnet"), stroke.T, stroke, never_read=[26, 27])
    >>> result.covered, result.read
    (20, 10)
    """
    before, after = (
        network.forward(image)["softmax"] for image in (digit, np.maximum(digit, stroke))
    )
    read = np.delete(np.delete(stroke, never_read, axis=0), never_read, axis=1)
    return Probe(int(np.count_nonzero(stroke)), int(np.count_nonzero(read)), before, after)


def in_words(result: Probe) -> str:
    """Return a `Probe` as a sentence or two, as Markdown.

    >>> same = np.eye(10, dtype=np.float32)[7]
    >>> in_words(Probe(34, 0, same, same))[:66]
    'Your stroke covers 34 pixels, and **none of them is ever read**. N'
    """
    if not result.covered:
        return "No stroke yet: the two answers are the same."
    if result.read == 0:
        covers = f"Your stroke covers {result.covered} pixels, and **none of them is ever read**."
    else:
        covers = f"**{result.read}** of the {result.covered} pixels of your stroke are read."
    return f"{covers} {_change(result)}"


def table(result: Probe) -> str:
    """Return the ten probabilities without and with the stroke, as a Markdown table."""
    lines = []
    for digit, (before, after) in enumerate(zip(result.before, result.after, strict=True)):
        shown = f"**{after:.1%}**" if after != before else f"{after:.1%}"
        lines.append([digit, f"{before:.1%}", shown])
    return markdown_table(["digit", "without", "with the stroke"], lines, "rrr")


def _change(result: Probe) -> str:
    """Return what became of the probabilities, in a sentence."""
    if not result.changed:
        return "Not one of the ten probabilities changed, to the last bit."
    digit, other = int(result.before.argmax()), int(result.after.argmax())
    before, after = f"{result.before[digit]:.1%}", f"{result.after[other]:.1%}"
    if digit != other:
        return f"The answer went from {digit} with {before} to **{other}** with {after}."
    if before == after:
        return (
            f"The answer stays {digit} with {before}, but {result.changed} of the ten "
            "probabilities changed a little."
        )
    return f"The answer stays {digit}, but went from {before} to **{after}**."
