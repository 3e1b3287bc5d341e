"""Pieces of HTML for the Convolution page: pictures of channels, responses, filters and shifts."""

import base64

import numpy as np

from cnnviz import render
from cnnviz.html import stills
from cnnviz.html.stills import WIDE
from cnnviz.labs import convolution
from cnnviz.labs.kernels import EXAMPLES
from cnnviz.words import grouped, shape_in_words, short

CONVOLUTION, DENSE = "a convolution", "a dense layer"


def subtitle(kernel):
    """Return what one number of the output is computed from, in a sentence."""
    height, width, channels = kernel.shape
    of = f"each of {channels} channels" if channels > 1 else "the picture"
    return (
        f"A {height} × {width} window in {of}: {grouped(kernel.size)} "
        f"product{'s' if kernel.size > 1 else ''}, one sum."
    )


def facts(image, kernel, one):
    """Return what the filter is and makes, as HTML."""
    return stills.facts(
        [
            convolution.layer_in_words(image, kernel, 1),
            _weights_in_words(float(kernel.sum()), image.shape[2]),
            f"The output goes from **{short(float(one.output.min()))}** to "
            f"**{short(float(one.output.max()))}**",
        ]
    )


def _weights_in_words(total, channels):
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


def depth(image, kernel, one):
    """Return the channels, what the kernels make of each, and their sum, as HTML.

    Parameters
    ----------
    image : ndarray of float, shape (height, width, channels)
    kernel : ndarray of float, shape (kernel_height, kernel_width, channels)
    one : opened.OpenedMap
        Of that picture and that kernel.
    """
    parts = convolution.responses(image, kernel)
    total = sum(parts) + np.float32(one.bias)
    end = max(float(np.abs(part).max()) for part in (*parts, total))
    pictures = [_colour(image)] if image.shape[2] == 3 else []
    pictures += [
        _picture(
            f"{name}: channel {i}", image[:, :, i], "input", largest=1 if _unit(image) else None
        )
        for i, name in enumerate(one.input_names)
    ]
    rows = [stills.row(pictures)] if len(parts) > 1 else []
    made = [
        _picture(f"kernel on {name}", part, "partial map", largest=end, signed=True)
        for name, part in zip(one.input_names, parts, strict=True)
    ]
    relu = one.before is not None
    name = "before ReLU" if relu else "feature map"
    made.append(_picture(name, total, "their sum and the bias", end, signed=True))
    if relu:
        made.append(_picture("feature map", one.output, "after ReLU"))
    words = convolution.depth_in_words(image.shape[2], one.bias)
    first = pictures if len(parts) == 1 else []
    return f"{stills.facts([words])}{''.join(rows)}{stills.row([*first, *made])}"


def filters(image, kernel, more):
    """Return the maps of several filters and the shape of their output, as HTML."""
    known = {name: EXAMPLES[name].values for name in more if name in EXAMPLES}
    *size, channels = kernel.shape
    cut = convolution.examples_cut(size)
    if known and cut:
        return stills.facts([], [cut])
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
    return f"{stills.facts([words])}{stills.row(pictures)}"


def reach(image, kernel, one, cell, unit_of):
    """Return which numbers one unit reads, as HTML."""
    local, dense = convolution.reach_in_words(image, kernel, one.output.size)
    if unit_of == DENSE:
        read, words = np.ones(image.shape[:2]), dense
    else:
        read, words = convolution.reach(one.windows, cell, image.shape), local
    first = _picture("the picture", image.mean(axis=2), shape_in_words(image.shape))
    seen = _picture("what it reads", np.asarray(read, float), "1 is read, 0 is not", largest=1)
    return f"{stills.facts([words])}{stills.row([first, seen])}"


def moved(image, kernel, down, right):
    """Return the map of the moved picture, the moved map and their difference, as HTML."""
    after, before, difference = convolution.moved(image, kernel, down, right)
    end = max(float(np.abs(after).max()), float(np.abs(before).max()))
    pictures = [
        _picture("move, then filter", after, "map of the moved picture", end, signed=True),
        _picture("filter, then move", before, "moved map of the picture", end, signed=True),
        _picture("difference", difference, "the first less the second", end, signed=True),
    ]
    words = convolution.moved_in_words(difference, down, right)
    return f"{stills.facts([words])}{stills.row(pictures)}"


def turned(image, kernel):
    """Return the kernel as it is and turned round, and what both make, as HTML."""
    other = convolution.turned(kernel)
    maps = [sum(convolution.responses(image, weights)) for weights in (kernel, other)]
    end = max(float(np.abs(one).max()) for one in maps)
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
    return f"{stills.facts([words])}{stills.row(pictures)}"


def _picture(title, values, caption, largest=None, signed=None):
    """Return one still picture of the page's usual size."""
    return stills.picture(
        title, values, caption, largest, signed, pixel=WIDE / max(np.shape(values))
    )


def _colour(image):
    """Return a picture in its own colours."""
    url = base64.b64encode(render.picture_png(image)).decode("ascii")
    height, width, _ = image.shape
    return (
        '<figure class="still"><figcaption><b>in colour</b></figcaption>'
        f'<div class="still-picture" style="width:{WIDE * width / max(height, width):g}px">'
        f'<img src="data:image/png;base64,{url}" alt="The picture, {height} by {width}"></div>'
        f"<p>{shape_in_words(image.shape)}</p></figure>"
    )


def _unit(image):
    """Return whether a picture's numbers go from 0 to 1, as those of digits and photos do."""
    return 0 <= image.min() and image.max() <= 1
