"""Pieces of HTML for the Dense or convolution page: both networks, accuracy by shift, weights."""

from cnnviz.html import cards, stills
from cnnviz.inspection import answer
from cnnviz.labs import dense as dense_lab
from cnnviz.words import short

SHOWN = 8  # errors of a kind
PER_WEIGHT = 8  # CSS pixels of a weight, where pictures of weights are to one scale
BLANK = "Nothing is drawn yet, so there is nothing to answer."


def network(name, spec, probabilities):
    """Return a network's size, its measured accuracy and its answer, as HTML.

    Parameters
    ----------
    name : str
    spec : NetworkSpec
    probabilities : ndarray of float, shape (10,), or None
        None if nothing is drawn.
    """
    best = None if probabilities is None else answer.best_two(probabilities)
    size = stills.facts(dense_lab.size_in_words(name, spec))
    return size + cards.answer(probabilities, best, "" if best else BLANK)


def errors(kind):
    """Return the worst errors of a kind as a group of `picture_choice`."""
    indices = dense_lab.errors(kind)
    some = indices[:SHOWN]
    count = f"the worst {len(some)} of {len(indices)}" if len(some) < len(indices) else "all"
    return {"title": f"{kind}: {count}", "pictures": [_error(index) for index in some]}


def _error(index):
    """Return a test digit with its label and both answers."""
    case = dense_lab.case(index)
    lines = [
        f"{name} {digit} ({probability:.0%})" for name, (digit, probability) in case.answers.items()
    ]
    return cards.test_digit(index, lines)


def units(network, chosen, digit):
    """Return units of the dense network as a group of `picture_choice`: weights and number."""
    kernels = [dense_lab.unit_weights(network, unit) for unit in chosen]
    end, _ = stills.shared_scale(kernels)
    numbers = network.forward(digit)["dense"]
    pictures = [
        {
            "id": unit,
            "url": stills.data_url(weights, end, signed=True),
            "title": f"unit {unit}",
            "lines": [f"is {short(float(numbers[unit]))}"],
        }
        for unit, weights in zip(chosen, kernels, strict=True)
    ]
    title = "Its strongest units for this digit" if digit.any() else "Its units of the largest bias"
    return {"title": title, "pictures": pictures}


def to_scale(network, convnet, unit, digit):
    """Return the digit, a unit's weights and the kernels of conv1, a weight as large as a pixel."""
    weights = dense_lab.unit_weights(network, unit)
    _, _, (kernels, _) = convnet.layer("conv1")
    end, kernels_end = float(abs(weights).max()), float(abs(kernels).max())
    pixel = {"pixel": PER_WEIGHT}
    pictures = [
        stills.picture("The digit", digit, "", 1, **pixel),
        stills.picture(f"dense, unit {unit}", weights, "", end, signed=True, **pixel),
        _kernels(kernels[:, :, 0], kernels_end),
    ]
    words = dense_lab.unit_in_words(network, unit, digit), dense_lab.kernels_in_words(convnet)
    return stills.facts(words) + f'<div class="to-scale">{"".join(pictures)}</div>'


def _kernels(kernels, end):
    """Return kernels, (height, width, count), side by side, to the scale of `PER_WEIGHT`."""
    height, width, count = kernels.shape
    size = f"width:{PER_WEIGHT * width}px;height:{PER_WEIGHT * height}px"
    pictures = "".join(
        f'<img style="{size}" src="{stills.data_url(kernels[:, :, i], end, signed=True)}" '
        f'alt="kernel {i}, {height} by {width}">'
        for i in range(count)
    )
    return (
        f'<figure class="still"><figcaption><b>conv1, all {count} kernels</b></figcaption>'
        f'<div class="kernels">{pictures}</div>'
        f"{stills.scale(end, signed=True)}</figure>"
    )


def accuracy():
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
