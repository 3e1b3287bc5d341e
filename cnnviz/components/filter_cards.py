"""Pieces of HTML for the Convolution page: pictures of channels, responses, filters and shifts."""

import base64

import numpy as np

from cnnviz import filtering, render
from cnnviz.components import lab_cards
from cnnviz.components.lab_cards import WIDE
from cnnviz.explain import grouped, shape_in_words
from cnnviz.kernels import EXAMPLES

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
    total = float(kernel.sum())
    weights = (
        "an even area keeps its brightness"
        if abs(total - 1) < 1e-6
        else "an even area gives 0"
        if abs(total) < 1e-6
        else f"an even area becomes {total:.2f} times as bright"
    )
    low, high = float(one.output.min()), float(one.output.max())
    minus = "\N{MINUS SIGN}"
    return lab_cards.facts(
        [
            filtering.layer_in_words(image, kernel, 1),
            f"The weights add up to **{total:.2f}**".replace("-", minus) + f": {weights}",
            f"The output goes from **{low:.2f}** to **{high:.2f}**".replace("-", minus),
        ]
    )


def depth(image, kernel, bias, names):
    """Return the channels, what the kernels make of each, and their sum, as HTML."""
    parts = filtering.responses(image, kernel)
    total = sum(parts) + np.float32(bias)
    end = max(float(np.abs(part).max()) for part in (*parts, total))
    pictures = [_colour(image)] if image.shape[2] == 3 else []
    pictures += [
        _picture(
            f"{name}: channel {i}", image[:, :, i], "input", largest=1 if _unit(image) else None
        )
        for i, name in enumerate(names)
    ]
    rows = [lab_cards.row(pictures)] if len(parts) > 1 else []
    made = [
        _picture(f"made of {name}", part, "partial map", largest=end, signed=True)
        for name, part in zip(names, parts, strict=True)
    ]
    made.append(_picture("feature map", total, "their sum and the bias", end, signed=True))
    words = filtering.depth_in_words(image.shape[2], bias)
    first = pictures if len(parts) == 1 else []
    return f"{lab_cards.facts([words])}{''.join(rows)}{lab_cards.row([*first, *made])}"


def filters(image, kernel, more):
    """Return the maps of several filters and the shape of their output, as HTML."""
    known = {name: EXAMPLES[name].values for name in more if name in EXAMPLES}
    size = kernel.shape[:2]
    if known and min(size) < 3:
        return lab_cards.facts(
            [],
            [f"The examples are 3 × 3: a patch of {shape_in_words(size)} has no room for them."],
        )
    kernels = [kernel[:, :, 0], *(filtering.centred(values, size) for values in known.values())]
    maps = filtering.several(image, kernels)
    end = float(np.abs(maps).max())
    pictures = [
        _picture(name, maps[:, :, i], f"channel {i}", largest=end, signed=True)
        for i, name in enumerate(("the kernel above", *known))
    ]
    words = filtering.layer_in_words(image, kernel, len(kernels))
    return f"{lab_cards.facts([words])}{lab_cards.row(pictures)}"


def reach(image, kernel, one, cell, unit_of):
    """Return which numbers one unit reads, as HTML."""
    local, dense = filtering.reach_in_words(image, kernel, one.output.size)
    if unit_of == DENSE:
        read, words = np.ones(image.shape[:2]), dense
    else:
        read, words = filtering.reach(one.windows, cell, image.shape), local
    first = _picture("the picture", image.mean(axis=2), shape_in_words(image.shape))
    seen = _picture("what it reads", np.asarray(read, float), "1 is read, 0 is not", largest=1)
    return f"{lab_cards.facts([words])}{lab_cards.row([first, seen])}"


def moved(image, kernel, down, right):
    """Return the map of the moved picture, the moved map and their difference, as HTML."""
    after, before, difference = filtering.moved(image, kernel, down, right)
    end = max(float(np.abs(after).max()), float(np.abs(before).max()))
    pictures = [
        _picture("move, then filter", after, "map of the moved picture", end, signed=True),
        _picture("filter, then move", before, "moved map of the picture", end, signed=True),
        _picture("difference", difference, "the first less the second", end, signed=True),
    ]
    words = filtering.moved_in_words(difference, down, right)
    return f"{lab_cards.facts([words])}{lab_cards.row(pictures)}"


def turned(image, kernel):
    """Return the kernel as it is and turned round, and what both make, as HTML."""
    other = filtering.turned(kernel)
    maps = [sum(filtering.responses(image, weights)) for weights in (kernel, other)]
    end = max(float(np.abs(one).max()) for one in maps)
    weights_end = float(np.abs(kernel).max())
    pictures = []
    for name, weights, output in (("as it is", kernel, maps[0]), ("turned round", other, maps[1])):
        pictures += [
            _picture(f"kernel {name}", weights[:, :, 0], "weights", weights_end, signed=True),
            _picture(f"map, kernel {name}", output, "output", end, signed=True),
        ]
    same = np.allclose(maps[0], maps[1], atol=filtering.TOLERANCE)
    words = (
        "This kernel is the same after half a turn, and so are the maps."
        if same
        else f"The maps differ, by up to **{float(np.abs(maps[0] - maps[1]).max()):.2f}**."
    )
    return f"{lab_cards.facts([words])}{lab_cards.row(pictures)}"


def _picture(title, values, caption, largest=None, signed=False):
    """Return one still picture of the page's usual size."""
    return lab_cards.picture(
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
