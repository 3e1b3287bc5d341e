"""The pictures of the Convolution page: channels, responses, filters and shifts."""

from collections.abc import Iterable

import numpy as np
from markupsafe import Markup

from cnnviz.html import stills
from cnnviz.html.environment import template
from cnnviz.html.facts import facts as fact_lines
from cnnviz.html.png import png_address
from cnnviz.html.stills import WIDE
from cnnviz.inspection import opened
from cnnviz.inspection.opened import OpenedMap
from cnnviz.labs import convolution
from cnnviz.labs.kernels import EXAMPLES
from cnnviz.types import Image, Kernel, Map, Pair
from cnnviz.words import shape_in_words, short

CONVOLUTION, DENSE = "a convolution", "a dense layer"


def subtitle(channels: int) -> str:
    """Return what one number of the output is computed from, in a sentence."""
    of = f"of each of {channels} channels" if channels > 1 else "of the picture"
    return f"One window {of}, times the kernel, number by number: the sum is one output number."


def facts(image: Image, kernel: Kernel, opened_map: OpenedMap) -> Markup:
    """Return what the filter is and makes, as HTML."""
    return fact_lines(
        [
            convolution.layer_in_words(image, kernel, 1),
            _weights_in_words(float(kernel.sum()), image.shape[2]),
            f"The output goes from **{short(float(opened_map.output.min()))}** to "
            f"**{short(float(opened_map.output.max()))}**",
        ]
    )


def _weights_in_words(total: float, channels: int) -> str:
    """Return what the sum of all weights does to an even area, as Markdown."""
    area = "an even area" if channels == 1 else "an even grey area"
    does = (
        "keeps its brightness"
        if abs(total - 1) < 1e-6
        else "gives 0"
        if abs(total) < 1e-6
        else f"of brightness 1 gives {short(total)}"
    )
    return f"The weights add up to **{short(total)}**: {area} {does}, before bias and ReLU"


def depth(image: Image, kernel: Kernel, opened_map: OpenedMap) -> Markup:
    """Return the channels, what the kernels make of each, and their sum, as HTML.

    Parameters
    ----------
    image : ndarray of float, shape (height, width, channels)
    kernel : ndarray of float, shape (kernel_height, kernel_width, channels)
    opened_map : OpenedMap
        Of that picture and that kernel.
    """
    parts = opened.responses(image, kernel)
    total = np.sum(parts, axis=0) + np.float32(opened_map.bias)
    end = max(float(np.abs(part).max()) for part in (*parts, total))
    pictures = [_colour(image)] if image.shape[2] == 3 else []
    pictures += [
        _picture(
            f"{name}: channel {i}", image[:, :, i], "input", largest=1 if _unit(image) else None
        )
        for i, name in enumerate(opened_map.input_names)
    ]
    made = [
        _picture(f"kernel on {name}", part, "partial map", largest=end, signed=True)
        for name, part in zip(opened_map.input_names, parts, strict=True)
    ]
    relu = opened_map.pre_activation is not None
    name = "before ReLU" if relu else "feature map"
    made.append(_picture(name, total, "their sum and the bias", end, signed=True))
    if relu:
        made.append(_picture("feature map", opened_map.output, "after ReLU"))
    words = convolution.depth_in_words(image.shape[2], opened_map.bias)
    rows = [[*pictures, *made]] if len(parts) == 1 else [pictures, made]
    return fact_lines([words]) + Markup().join(map(stills.row, rows))


def filters(image: Image, kernel: Kernel, more: Iterable[str]) -> Markup:
    """Return the maps of several filters and the shape of their output, as HTML."""
    known = {name: EXAMPLES[name].values for name in more if name in EXAMPLES}
    height, width, channels = kernel.shape
    size = height, width
    cut = convolution.examples_cut(size)
    if known and cut:
        return fact_lines([], [cut])
    same = [
        np.repeat(convolution.centred(values, size)[:, :, None], channels, axis=2)
        for values in known.values()
    ]
    kernels = [kernel, *same]
    maps = convolution.several(image, kernels)
    end = float(np.abs(maps).max())
    pictures = [
        _picture(name, maps[:, :, i], f"channel {i}", largest=end, signed=True)
        for i, name in enumerate(("the kernel above", *known))
    ]
    words = convolution.layer_in_words(image, kernel, len(kernels))
    return fact_lines([words]) + stills.row(pictures)


def reach(
    image: Image,
    kernel: Kernel,
    opened_map: OpenedMap,
    cell: Pair,
    unit_of: str,
) -> Markup:
    """Return which numbers one unit reads, as HTML."""
    local, dense = convolution.reach_in_words(image, kernel, opened_map.output.size)
    if unit_of == DENSE:
        read, words = np.ones(image.shape[:2], bool), dense
    else:
        read, words = convolution.reach(opened_map.windows, cell, image.shape), local
    first = _picture("the picture", image.mean(axis=2), shape_in_words(image.shape))
    seen = _picture("what it reads", np.asarray(read, float), "1 is read, 0 is not", largest=1)
    return fact_lines([words]) + stills.row([first, seen])


def moved(image: Image, kernel: Kernel, down: int, right: int) -> Markup:
    """Return the map of the moved picture, the moved map and their difference, as HTML."""
    after, before, difference = convolution.moved(image, kernel, down, right)
    end = max(float(np.abs(after).max()), float(np.abs(before).max()))
    pictures = [
        _picture("move, then filter", after, "map of the moved picture", end, signed=True),
        _picture("filter, then move", before, "moved map of the picture", end, signed=True),
        _picture("difference", difference, "the first less the second", end, signed=True),
    ]
    words = convolution.moved_in_words(difference, down, right)
    return fact_lines([words]) + stills.row(pictures)


def turned(image: Image, kernel: Kernel) -> Markup:
    """Return the kernel as it is and turned round, and what both make, as HTML."""
    other = convolution.turned(kernel)
    maps = [np.sum(opened.responses(image, weights), axis=0) for weights in (kernel, other)]
    end = max(float(np.abs(output).max()) for output in maps)
    weights_end = float(np.abs(kernel).max())
    of = "weights" if kernel.shape[2] == 1 else "weights for red"
    pictures = []
    for name, weights, output in (("as it is", kernel, maps[0]), ("turned round", other, maps[1])):
        pictures += [
            _picture(f"kernel {name}", weights[:, :, 0], of, weights_end, signed=True),
            _picture(f"map, kernel {name}", output, "output", end, signed=True),
        ]
    words = (
        "This kernel is the same after half a turn, and so are the maps."
        if np.array_equal(kernel, other)
        else f"The maps differ, by up to **{short(float(np.abs(maps[0] - maps[1]).max()))}**."
    )
    return fact_lines([words]) + stills.row(pictures)


def _picture(
    title: str,
    values: Map,
    caption: str,
    largest: float | None = None,
    signed: bool | None = None,
) -> Markup:
    """Return one still picture of the page's usual size."""
    return stills.picture(
        title, values, caption, largest, signed, pixel=WIDE / max(np.shape(values))
    )


def _colour(image: Image) -> Markup:
    """Return a picture in its own colours."""
    height, width, _ = image.shape
    wide = WIDE * width / max(height, width)
    return template("convolution.html").in_colour(png_address(image), image.shape, wide)


def _unit(image: Image) -> bool:
    """Return whether a picture's numbers go from 0 to 1, as those of digits and photos do."""
    return 0 <= image.min() and image.max() <= 1
