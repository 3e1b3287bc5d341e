"""The network view: every layer's maps for one digit, from the input to the ten probabilities.

Python sends all activations once for each digit; the browser draws, enlarges and reads out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from cnnviz.components.declared import declared
from cnnviz.components.encode import base64_text, windows_data
from cnnviz.components.messages import NetworkData, NetworkLayer, NetworkMessage, Pinned
from cnnviz.inspection import feature_maps
from cnnviz.layers import Flatten, Layer, MaxPooling2D, Pooling2D
from cnnviz.networks import NetworkSpec
from cnnviz.render import colours
from cnnviz.types import Activations, Digit, Shape
from cnnviz.words import shape_in_words

_network_view = declared("network_view", '<section class="stage network"></section>')


@dataclass(frozen=True)
class NetworkAtWork:
    """A network at work on a digit, the arguments of `view_data`, and what follows from it.

    Attributes
    ----------
    spec, digit, activations, strokes
        See `view_data`.
    pinned : Pinned
        The number to show as pinned: the browser takes it over when the count of its moves
        changes, so that it is not undone by an answer on its way.
    html : mapping of str to str
        HTML for the places made with `live_html`, by name. Never a person's own text.
    """

    spec: NetworkSpec
    digit: Digit
    activations: Activations | None
    strokes: int
    pinned: Pinned
    html: Mapping[str, str]


def network_view(
    work: NetworkAtWork, key: str, on_unit: Callable[[], None], on_open: Callable[[], None]
) -> None:
    """Show the network at work on a digit, and what follows from it elsewhere on the page.

    One message to the browser carries it all, so that the whole page changes in one frame;
    a message for each card takes the browser much longer (benchmarks/pen_up.py).

    Parameters
    ----------
    work : NetworkAtWork
    key : str
    on_unit, on_open : callable
        Called when the person pins a number or releases it, and when the pinned one is to be
        opened. The state's ``key`` then has ``unit``: the name of its ``layer`` and its
        ``row``, ``column`` and ``channel``, or its ``unit``; empty when it was released.
    """
    shown = view_data(work.spec, work.digit, work.activations, work.strokes)
    data: NetworkMessage = {**shown, "html": dict(work.html), "pinned": work.pinned}
    _network_view(key=key, data=data, on_unit_change=on_unit, on_open_change=on_open)


def view_data(
    spec: NetworkSpec, digit: Digit, activations: Activations | None, strokes: int
) -> NetworkData:
    """Return what the browser needs to show the network at work on a digit, ready for JSON.

    Parameters
    ----------
    spec : NetworkSpec
    digit : ndarray of float32, shape (28, 28)
    activations : dict of str to ndarray, or None
        What `Network.forward` returned; None if nothing is drawn.
    strokes : int
        Strokes in the drawing shown, 0 for a sample or an upload; tests wait for it.

    Returns
    -------
    NetworkData

    Notes
    -----
    `values` holds the digit and then every layer's output, as little-endian float32 in base64.
    A layer is drawn as pictures of height x width numbers, one for each channel; the number
    at (row, column, channel) is ``values[start + (row * width + column) * channels + channel]``.
    """
    layers = _layers(spec)
    data: NetworkData = {
        "strokes": strokes,
        "layers": layers,
        "drawn": activations is not None,
        "colours": base64_text(colours("sequential")),
    }
    if activations is None:
        return data
    outputs = [digit, *activations.values()]
    data["values"] = base64_text(np.concatenate([np.ravel(output) for output in outputs]), "<f4")
    pictures = [
        output.reshape(layer["height"], layer["width"], layer["channels"])
        for layer, output in zip(layers, outputs, strict=True)
    ]
    data["peaks"] = [feature_maps.peaks(picture).tolist() for picture in pictures]
    data["dead"] = [feature_maps.dead(picture).tolist() for picture in pictures]
    data["order"] = [feature_maps.strongest_first(picture).tolist() for picture in pictures]
    return data


def _layers(spec: NetworkSpec) -> list[NetworkLayer]:
    """Return how each layer, the input first, is named and laid out."""
    start = 0
    layers: list[NetworkLayer] = []
    before: Shape = spec.input_shape
    rows = [("input", before, None), *spec.summary()]
    for (name, shape, parameters), layer in zip(rows, [None, *spec.layers], strict=True):
        height, width, channels = _picture_shape(shape, layer, before)
        windows = layer.windows(before) if layer else None
        before = shape
        layers.append(
            {
                "name": name,
                "shape": shape_in_words(shape),
                "parameters": parameters,
                "start": start,
                "height": height,
                "width": width,
                "channels": channels,
                "vector": len(shape) == 1,
                "windows": windows_data(windows) if windows else None,
                "pools": isinstance(layer, Pooling2D),
                "picks": isinstance(layer, MaxPooling2D),
            }
        )
        start += height * width * channels
    return layers


def _picture_shape(shape: Shape, layer: Layer | None, before: Shape) -> tuple[int, int, int]:
    """Return the (height, width, channels) in which a layer's output is drawn.

    A vector is wrapped into one picture: after Flatten, a line for each place of the maps
    before (for each row, if they have one channel), else lines of eight; the ten
    probabilities are one line, drawn as bars.
    """
    if len(shape) == 3:
        height, width, channels = shape
        return height, width, channels
    if isinstance(layer, Flatten):
        _, width_before, channels_before = before
        width = channels_before if channels_before > 1 else width_before
    else:
        width = feature_maps.numbers_to_a_line(shape[0])
    return shape[0] // width, width, 1
