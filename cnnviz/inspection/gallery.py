"""Pictures side by side: which maps or kernels, in which order, on which colour scale."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from cnnviz.inspection import feature_maps
from cnnviz.inspection.opened import map_name, pre_activations, responses
from cnnviz.networks import DIGIT_SHAPE, Network
from cnnviz.types import Activations, Digit, Floats, Image, Ints, Kernel, Maps

PAGE_SIZE = 128  # pictures at a time: more make the browser slow
ORDERS: dict[str, Callable[[Maps], Ints]] = {
    "number": lambda maps: np.arange(maps.shape[2]),
    "strength": lambda maps: feature_maps.strongest_first(np.abs(maps)),
    "likeness": feature_maps.by_likeness,
}
SCOPES = ("map", "layer", "network")
READ = "Point at a number to read it."
READ_OR_OPEN = "Point at a number to read it; click to open it."


@dataclass(frozen=True)
class Tiles:
    """Pictures to show side by side.

    Attributes
    ----------
    title, note, hint : str
        Above the pictures, beside the title, and under them while nothing is pointed at.
    values : ndarray of float, shape (height, width, count)
        In the order to show them.
    channels : tuple of int
        Which channel each picture is.
    names : tuple of str
        What each is called in full.
    largest : tuple of float
        For each, the number at the end of its colour scale.
    signed : bool
        Whether 0 is in the middle of the scale.
    insets : ndarray of float, shape (height, width, count), or None
        A small signed picture in the corner of each.
    """

    title: str
    note: str
    hint: str
    values: Maps
    channels: tuple[int, ...]
    names: tuple[str, ...]
    largest: tuple[float, ...]
    signed: bool
    insets: Maps | None = None


def pages(count: int) -> int:
    """Return how many pages `count` pictures take.

    >>> pages(64), pages(512)
    (1, 4)
    """
    return -(-count // PAGE_SIZE)


def layer_values(
    network: Network,
    digit: Digit,
    activations: Activations,
    name: str,
    pre_activation: bool = False,
) -> Maps:
    """Return a layer's numbers as pictures: (height, width, channels).

    Parameters
    ----------
    network : Network
    digit : ndarray of float32, shape (28, 28)
    activations : dict of str to ndarray
        What ``network.forward(digit)`` returned.
    name : str
    pre_activation : bool, default False
        The sums before the activation function instead, where the layer has one.

    Returns
    -------
    ndarray of float32
        A vector becomes one picture, eight numbers to a line where that goes evenly.
    """
    values = (
        pre_activations(network, digit, activations, name) if pre_activation else activations[name]
    )
    if values.ndim == 3:
        return values
    return values.reshape(-1, feature_maps.numbers_to_a_line(values.size), 1)


def ends(values: Maps, scope: str, activations: Activations) -> Floats:
    """Return for each picture the number at the end of its colour scale.

    Parameters
    ----------
    values : ndarray of float, shape (height, width, channels)
    scope : {"map", "layer", "network"}
        The largest number of each map, of the layer, or of all layers.
    activations : dict of str to ndarray

    Returns
    -------
    ndarray of float, shape (channels,)
    """
    sizes = np.abs(values).max(axis=(0, 1))
    if scope == "map":
        return sizes
    largest = sizes.max()
    if scope == "network":
        largest = max(largest, *(np.abs(values).max() for values in activations.values()))
    return np.full(sizes.shape, largest)


def map_tiles(
    name: str,
    values: Maps,
    signed: bool,
    order: str,
    scope_ends: Floats,
    page: int = 0,
    hint: str = READ_OR_OPEN,
) -> Tiles:
    """Return a layer's maps as `Tiles`.

    Parameters
    ----------
    name : str
        The layer.
    values : ndarray of float, shape (height, width, channels)
    signed : bool
    order : {"number", "strength", "likeness"}
    scope_ends : ndarray of float, shape (channels,)
        See `ends`.
    page : int, default 0
        Which `PAGE_SIZE` of the maps, in that order.
    hint : str
        Under the pictures.
    """
    height, width, count = values.shape
    channels = ORDERS[order](values)[page * PAGE_SIZE : (page + 1) * PAGE_SIZE].tolist()
    dead = feature_maps.dead(values).tolist()
    shown = f"{len(channels)} of {count}" if len(channels) < count else f"all {count}"
    return Tiles(
        title=f"{name}: {shown} maps of {height} × {width}" if count > 1 else name,
        note=_dead_in_words(dead, count),
        hint=hint,
        values=values[:, :, channels],
        channels=tuple(channels),
        names=tuple(map_name(name, channel, count) for channel in channels),
        largest=tuple(scope_ends[channels].tolist()),
        signed=signed,
    )


def _dead_in_words(dead: list[int], count: int) -> str:
    """Return a sentence that counts and names the maps that are all zero."""
    if not dead:
        return "None of them is all zero on this digit." if count > 1 else ""
    listed = ", ".join(map(str, dead))
    return f"{len(dead)} of {count} {'is' if len(dead) == 1 else 'are'} all zero here: {listed}."


def kernel_tiles(title: str, hint: str, kernels: Kernel, names: Sequence[str]) -> Tiles:
    """Return kernels as signed `Tiles`, in the order of their index, on one scale.

    Parameters
    ----------
    title, hint : str
    kernels : ndarray of float, shape (kernel_height, kernel_width, count)
    names : sequence of str
    """
    count = kernels.shape[2]
    largest = float(np.abs(kernels).max())
    return Tiles(
        title=title,
        note="",
        hint=hint,
        values=kernels,
        channels=tuple(range(count)),
        names=tuple(names),
        largest=(largest,) * count,
        signed=True,
    )


def filter_norm(kernel: Kernel) -> float:
    """Return the root of the sum of a filter's squared weights.

    >>> filter_norm(np.array([3.0, 4.0]))
    5.0
    """
    return float(np.linalg.norm(kernel))


def response_tiles(title: str, image: Image, kernel: Kernel, names: Sequence[str]) -> Tiles:
    """Return what each channel's kernel makes of that channel, with the kernel in the corner.

    The sum of these pictures and the filter's bias is the filter's map before ReLU.

    Parameters
    ----------
    title : str
    image : ndarray of float, shape (height, width, channels)
    kernel : ndarray of float, shape (kernel_height, kernel_width, channels)
    names : sequence of str
        The name of each channel.

    Returns
    -------
    Tiles
        Signed, the largest in size first, on one scale.
    """
    maps = np.stack(responses(image, kernel), axis=2)
    channels = ORDERS["strength"](maps).tolist()
    return Tiles(
        title=title,
        note="Largest first; the kernel stands in the corner." if len(channels) > 1 else "",
        hint=READ,
        values=maps[:, :, channels],
        channels=tuple(channels),
        names=tuple(names[channel] for channel in channels),
        largest=(float(np.abs(maps).max()),) * len(channels),
        signed=True,
        insets=kernel[:, :, channels],
    )


UNITS_SHOWN = 32  # of a dense layer: as many as the convnet's first layer has filters


def learned_tiles(network: Network) -> Tiles:
    """Return what a network's first layer with weights has learned, as `Tiles`.

    Parameters
    ----------
    network : Network

    Returns
    -------
    Tiles
        The kernels of a convolution; of a dense layer the weights of its first units, as
        pictures of the size of the input. The scale ends at the largest weight.
    """
    name = next(iter(network.spec.weight_shapes())).partition("/")[0]
    kernel, _ = network.layer(name)[2]
    if kernel.ndim == 4:
        height, width, _, count = kernel.shape
        title = f"{name}: the {count} filters of {height} × {width}"
        return kernel_tiles(title, READ, kernel[:, :, 0, :], _names(name, "filter", count))
    pictures = kernel[:, :UNITS_SHOWN].reshape(*DIGIT_SHAPE, -1)
    title = f"{name}: the weights of {pictures.shape[2]} of its {kernel.shape[1]} units"
    return kernel_tiles(title, READ, pictures, _names(name, "unit", pictures.shape[2]))


def _names(layer: str, part: str, count: int) -> list[str]:
    """Return a name for each filter or unit of a layer."""
    return [f"{layer}, {part} {i}" for i in range(count)]
