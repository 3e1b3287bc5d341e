"""The Dense or convolution page: both networks, accuracy by shift, weights."""

from collections.abc import Sequence

from markupsafe import Markup

from cnnviz.html import stills
from cnnviz.html.answer import answer
from cnnviz.html.digit import test_digit
from cnnviz.html.environment import template
from cnnviz.html.facts import facts
from cnnviz.html.png import png_address
from cnnviz.inspection.answer import best_two
from cnnviz.labs import dense as dense_lab
from cnnviz.networks import Network, NetworkSpec
from cnnviz.types import Digit, Floats, Kernel, Picture, PictureGroup
from cnnviz.words import short

SHOWN = 8  # errors of a kind
PER_WEIGHT = 8  # CSS pixels of a weight, where pictures of weights are to one scale
BLANK = "Nothing is drawn yet, so there is nothing to answer."


def network(name: str, spec: NetworkSpec, probabilities: Floats | None) -> Markup:
    """Return a network's size, its measured accuracy and its answer, as HTML.

    Parameters
    ----------
    name : str
    spec : NetworkSpec
    probabilities : ndarray of float, shape (10,), or None
        None if nothing is drawn.
    """
    best = None if probabilities is None else best_two(probabilities)
    size = facts(dense_lab.size_in_words(name, spec))
    return size + answer(probabilities, best, "" if best else BLANK)


def errors(kind: str) -> PictureGroup:
    """Return the worst errors of a kind as a group of `picture_choice`."""
    indices = dense_lab.errors(kind)
    some = indices[:SHOWN]
    count = f"the worst {len(some)} of {len(indices)}" if len(some) < len(indices) else "all"
    return {"title": f"{kind}: {count}", "pictures": [_error(index) for index in some]}


def _error(index: int) -> Picture:
    """Return a test digit with its label and both answers."""
    case = dense_lab.case(index)
    lines = [
        f"{name} {digit} ({probability:.0%})" for name, (digit, probability) in case.answers.items()
    ]
    return test_digit(index, lines)


def units(network: Network, chosen: Sequence[int], digit: Digit) -> PictureGroup:
    """Return units of the dense network as a group of `picture_choice`: weights and number."""
    kernels = [dense_lab.unit_weights(network, unit) for unit in chosen]
    end, _ = stills.shared_scale(kernels)
    numbers = network.forward(digit)["dense"]
    pictures: list[Picture] = [
        {
            "id": unit,
            "url": png_address(weights, end, signed=True),
            "title": f"unit {unit}",
            "lines": [f"is {short(float(numbers[unit]))}"],
        }
        for unit, weights in zip(chosen, kernels, strict=True)
    ]
    title = "Its strongest units for this digit" if digit.any() else "Its units of the largest bias"
    return {"title": title, "pictures": pictures}


def to_scale(network: Network, convnet: Network, unit: int, digit: Digit) -> Markup:
    """Return the digit, a unit's weights and the kernels of conv1, a weight as large as a pixel."""
    weights = dense_lab.unit_weights(network, unit)
    _, _, (kernels, _) = convnet.layer("conv1")
    end, kernels_end = float(abs(weights).max()), float(abs(kernels).max())
    pictures = [
        stills.picture("The digit", digit, "", 1, pixel=PER_WEIGHT),
        stills.picture(f"dense, unit {unit}", weights, "", end, signed=True, pixel=PER_WEIGHT),
        _kernels(kernels[:, :, 0], kernels_end),
    ]
    words = dense_lab.unit_in_words(network, unit, digit), dense_lab.kernels_in_words(convnet)
    return template("dense.html").to_scale(facts(words), pictures)


def _kernels(kernels: Kernel, end: float) -> Markup:
    """Return kernels, (height, width, count), side by side, to the scale of `PER_WEIGHT`."""
    height, width, count = kernels.shape
    return template("dense.html").kernels(
        addresses=[png_address(kernels[:, :, i], end, signed=True) for i in range(count)],
        size=(height, width),
        pixel=PER_WEIGHT,
        scale=stills.scale(end, signed=True),
    )


def accuracy() -> Markup:
    """Return the accuracy of both networks at every shift as two pictures."""
    pictures = [
        stills.picture(
            name,
            dense_lab.moved_accuracy(name),
            "Share right at each shift; unmoved in the middle.",
            largest=1,
        )
        for name in dense_lab.NAMES
    ]
    return stills.row(pictures, across=2)
