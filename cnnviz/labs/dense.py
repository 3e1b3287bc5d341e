"""The convnet beside a network without convolution: their errors, and what a shift does to both.

What they answer to the test digits was measured by ``python -m cnnviz.training.shifts``.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz import mnist, networks
from cnnviz.labs import shift as shift_lab
from cnnviz.labs.moving import shifted
from cnnviz.networks import Network, NetworkSpec
from cnnviz.runs.records import accuracy
from cnnviz.runs.store import TEST_ANSWERS
from cnnviz.types import Bools, Digit, Floats, Kernel, Shape
from cnnviz.words import grouped, short

NAMES = ("convnet", "dense")
ANSWERS, MOVED = TEST_ANSWERS, "moved_answers.npz"  # in `networks.WEIGHTS_FOLDER`
MOVED_DIGITS = 1000  # the first test digits
ENOUGH = 0.9  # of the digits right
KINDS: dict[str, tuple[str, ...]] = {
    "Only the dense network is wrong": ("dense",),
    "Only the convnet is wrong": ("convnet",),
    "Both are wrong": NAMES,
}


@dataclass(frozen=True)
class Case:
    """A test digit: its index, its label, and by network the answer and its probability."""

    index: int
    label: int
    answers: dict[str, tuple[int, float]]


@cache
def _read(file: str) -> dict[str, NDArray[Any]]:
    """Return the arrays of a measured file by their keys, read only."""
    with np.load(networks.WEIGHTS_FOLDER / file, allow_pickle=False) as archive:
        arrays = {key: archive[key] for key in archive.files}
    for array in arrays.values():
        array.flags.writeable = False  # they are kept for all
    return arrays


# ---- Errors on the test digits -----------------------------------------------------------


def answers(name: str) -> NDArray[np.uint8]:
    """Return a network's answers to all test digits, uint8, in their order."""
    return _read(ANSWERS)[f"{name}/answers"]


def wrong(name: str) -> Bools:
    """Return which test digits a network gets wrong.

    Returns
    -------
    ndarray of bool, shape (10000,)
    """
    return answers(name) != mnist.read("y_test")


def errors(kind: str) -> list[int]:
    """Return the test digits that only one network gets wrong, or both, the worst first.

    Parameters
    ----------
    kind : str
        In `KINDS`.

    Returns
    -------
    list of int
        Indices, the largest probability of a wrong answer first (where both are wrong: the
        largest sum of the two).
    """
    mistaken = KINDS[kind]
    found = np.all([wrong(name) == (name in mistaken) for name in NAMES], axis=0)
    indices = np.flatnonzero(found)
    sureness = sum(
        _read(ANSWERS)[f"{name}/probabilities"][indices].max(axis=1).astype(float)
        for name in mistaken
    )
    return indices[np.argsort(-sureness, kind="stable")].tolist()


def case(index: int) -> Case:
    """Return what both networks answer to a test digit, a `Case`."""
    found = {}
    for name in NAMES:
        answer = int(answers(name)[index])
        found[name] = answer, float(_read(ANSWERS)[f"{name}/probabilities"][index, answer])
    return Case(index, int(mnist.read("y_test")[index]), found)


def errors_in_words() -> str:
    """Return how many test digits each network gets wrong, and how many both, as Markdown."""
    both = len(errors("Both are wrong"))
    counts = {name: int(wrong(name).sum()) for name in NAMES}
    of = grouped(len(mnist.read("y_test")))
    return (
        f"Of the {of} test digits the shipped convnet gets **{counts['convnet']}** wrong and the "
        f"shipped dense network **{counts['dense']}**. They share **{both}** of these errors: "
        f"**{counts['dense'] - both}** digits are misread by the dense network alone, "
        f"**{counts['convnet'] - both}** by the convnet alone."
    )


# ---- Accuracy against shift --------------------------------------------------------------


@cache
def moved_accuracy(name: str) -> Floats:
    """Return how many of the moved test digits a network gets right.

    Returns
    -------
    ndarray of float, shape (21, 21)
        A share in [0, 1] at ``[REACH + down, REACH + right]``; see `shift_lab.REACH`.
    """
    labels = mnist.read("y_test")[:MOVED_DIGITS]
    return (_read(MOVED)[name] == labels[:, np.newaxis, np.newaxis]).mean(axis=0)


def _four_ways(values: Floats) -> list[float]:
    """Return for each distance from 0 the mean of the values up, down, left and right of it.

    >>> _four_ways(np.array([[0, 1, 0], [2, 9, 3], [0, 6, 0]]))
    [9.0, 3.0]
    """
    middle = len(values) // 2
    across, down = values[middle], values[:, middle]
    ways = across[middle:], across[middle::-1], down[middle:], down[middle::-1]
    return np.mean(ways, axis=0).tolist()


def by_distance(name: str) -> list[float]:
    """Return a network's accuracy at each distance from 0, the mean of the four directions."""
    return _four_ways(moved_accuracy(name))


def farthest(name: str) -> int:
    """Return the distance up to which a network gets at least `ENOUGH` of the digits right."""
    return next(
        (d - 1 for d, share in enumerate(by_distance(name)) if share < ENOUGH), shift_lab.REACH
    )


@cache
def whole_by_distance() -> list[float]:
    """Return the share of the moved test digits that still have all their ink, by distance.

    The mean of the four directions, as in `by_distance`.
    """
    margins = np.array([shift_lab.margins(digit) for digit in mnist.read("x_test")[:MOVED_DIGITS]])
    return [float((margins >= distance).mean()) for distance in range(shift_lab.REACH + 1)]


def curves() -> list[tuple[str, list[int], list[float]]]:
    """Return accuracy against distance as lines for a chart: name, distances, per cent."""
    distances = list(range(shift_lab.REACH + 1))
    lines = [(name, by_distance(name)) for name in NAMES] + [("all ink in", whole_by_distance())]
    return [(name, distances, [100 * share for share in shares]) for name, shares in lines]


def fall_in_words() -> str:
    """Return how accuracy falls with the shift, and how much later for the convnet."""
    convnet, dense = (by_distance(name) for name in NAMES)
    far, near = (farthest(name) for name in NAMES)
    here = far + 1
    return (
        f"Unmoved, the convnet gets {convnet[0]:.1%} of these {grouped(MOVED_DIGITS)} digits right "
        f"and the dense network {dense[0]:.1%}. At least {ENOUGH:.0%} are right up to a shift of "
        f"**{_pixels(far)}** for the convnet, of **{_pixels(near)}** for the dense network. One "
        f"farther, at {_pixels(here)}, it is **{convnet[here]:.1%}** and **{dense[here]:.1%}**; at "
        f"{_pixels(shift_lab.REACH)} it is {convnet[-1]:.1%} and {dense[-1]:.1%}, where a guess "
        "among ten digits would be right in 10%."
    )


def reason_in_words(network: Network) -> str:
    """Return why the accuracy of a convnet falls although its maps move with the digit."""
    *_, (_, last_shape, _), (_, (flat,), _) = _until_flat(network.summary())
    height, width, channels = last_shape
    return (
        "**Why it falls at all.** The feature maps move with the digit, so a convolution finds the "
        f"same patterns wherever it lies. But flatten lays the last maps, {height} × {width} × "
        f"{channels}, out in a row of {flat}, and the dense layer has a weight of its own for each "
        "place in it. Moved maps meet other weights, and those never saw a digit there: every "
        "digit of the training set is centred. Pooling forgives a pixel or two; nothing more."
    )


def _until_flat(rows: list[tuple[str, Shape, int]]) -> list[tuple[str, Shape, int]]:
    """Return the rows of a summary up to the first layer whose output is a vector."""
    flat = next(i for i, (_, shape, _) in enumerate(rows) if len(shape) == 1)
    return rows[: flat + 1]


def ink_in_words() -> str:
    """Return how far the digits can go before ink leaves the picture, and what that explains."""
    whole, here = whole_by_distance(), farthest("convnet") + 1
    half = next(distance for distance, share in enumerate(whole) if share < 0.5)
    return (
        f"**How much of it is lost ink.** At {_pixels(here)} {whole[here]:.0%} of these digits "
        "still have all their ink in the picture: the fall begins before ink is lost. From "
        f"{_pixels(half)} on fewer than half have it ({whole[half]:.0%}; at "
        f"{_pixels(shift_lab.REACH)} {whole[-1]:.0%}), and part of the fall is ink that left."
    )


def _pixels(count: int) -> str:
    """Return a number of pixels in words."""
    return f"{count} pixel{'' if count == 1 else 's'}"


# ---- Global and local weights ------------------------------------------------------------


def strongest_units(network: Network, digit: Digit, count: int) -> list[int]:
    """Return the units of a network's first dense layer with the largest numbers, largest first.

    A blank digit gives those that start from the largest bias.
    """
    return np.argsort(-network.forward(digit)["dense"], kind="stable")[:count].tolist()


def unit_weights(network: Network, unit: int) -> Kernel:
    """Return the weights of a unit that reads the digit itself, as a picture, (28, 28)."""
    _, _, (kernel, _) = network.layer("dense")
    return kernel[:, unit].reshape(network.spec.input_shape[:2])


def unit_in_words(network: Network, unit: int, digit: Digit, right: int = 3) -> str:
    """Return what a unit of the dense network reads, and what a small shift does to it."""
    pictures = digit, shifted(digit, 0, right)
    here, there = (float(network.forward(picture)["dense"][unit]) for picture in pictures)
    count = unit_weights(network, unit).size
    reads = (
        f"**Global.** Unit {unit} of the dense network has {count} weights, one for each pixel of "
        "the picture: it looks for one pattern as large as the picture, in one place."
    )
    if not digit.any():
        return reads
    return (
        f"{reads} On this digit it is **{short(here)}**; with the digit {right} pixels farther "
        f"right its ink meets other weights, and it is **{short(there)}**."
    )


def kernels_in_words(network: Network) -> str:
    """Return what the kernels of the convnet's first layer read."""
    name, (height, width, filters), parameters = network.summary()[0]
    kernel, _ = network.layer(name)[2]
    return (
        f"**Local.** {name} has {filters} kernels of {kernel.shape[0]} × {kernel.shape[1]}, "
        f"{grouped(parameters)} numbers with their biases. Each is laid on all "
        f"{grouped(height * width)} places, so it finds its small pattern wherever it is."
    )


def size_in_words(name: str, spec: NetworkSpec) -> list[str]:
    """Return a network's layers, parameters and measured accuracy, as lines of Markdown."""
    measured = accuracy(name)
    first, *_, last = spec.layers
    return [
        f"**{grouped(spec.parameters())}** parameters in {len(spec.layers)} layers, "
        f"{first.name} to {last.name}",
        f"**{measured.mean:.2%}** of {grouped(measured.test_digits)} test digits right, the mean "
        f"of {measured.runs} trainings ({measured.lowest:.2%} to {measured.highest:.2%})",
    ]
