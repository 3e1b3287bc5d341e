"""One number opened: what a map, a unit or a probability was computed from, term by term."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from cnnviz import ops
from cnnviz.arithmetic import pair
from cnnviz.layers import (
    Conv2D,
    Dense,
    Flatten,
    MaxPooling2D,
    Pooling2D,
    Weighted,
    Windows,
    windows,
)
from cnnviz.networks import Network
from cnnviz.types import Activations, Digit, Floats, Image, Kernel, Map, Padding, Shape, Size


@dataclass(frozen=True)
class OpenedMap:
    """One output map of a windowed layer, and all that it was computed from.

    Attributes
    ----------
    kind : {"convolution", "max", "average"}
    name : str
        The map's name.
    input_names : tuple of str
        The name of each input channel.
    input : ndarray of float32, shape (height, width, channels)
        What the map was computed from; for pooling its one channel.
    windows : Windows
    output : ndarray of float32, shape (out_height, out_width)
    kernel : ndarray of float32, shape (kernel_height, kernel_width, channels), or None
        None for pooling.
    bias : float
    pre_activation : ndarray of float32, shape (out_height, out_width), or None
        The sums before the activation function; None where there is none.
    """

    kind: Literal["convolution", "max", "average"]
    name: str
    input_names: tuple[str, ...]
    input: Image
    windows: Windows
    output: Map
    kernel: Kernel | None = None
    bias: float = 0.0
    pre_activation: Map | None = None


def open_map(
    network: Network, digit: Digit, activations: Activations, name: str, channel: int
) -> OpenedMap:
    """Open one map of a convolution or pooling layer.

    Parameters
    ----------
    network : Network
    digit : ndarray of float32, shape (28, 28)
    activations : dict of str to ndarray
        What ``network.forward(digit)`` returned.
    name : str
        The layer.
    channel : int

    Returns
    -------
    OpenedMap

    Raises
    ------
    ValueError
        If the layer does not slide a window.
    """
    layer, input_shape, weights = network.layer(name)
    if not isinstance(layer, Conv2D | Pooling2D):
        raise ValueError(f"name must be a layer that slides a window. Received: name={name!r}")
    place = layer.windows(input_shape)
    source, values = input_of(digit, activations, name)
    names = tuple(map_name(source, i, input_shape[2]) for i in range(input_shape[2]))
    title = map_name(name, channel, activations[name].shape[2])
    output = activations[name][:, :, channel]
    if isinstance(layer, Pooling2D):
        return OpenedMap(
            "max" if isinstance(layer, MaxPooling2D) else "average",
            title,
            (names[channel],),
            values[:, :, [channel]],
            place,
            output,
        )
    kernel, bias = weights
    return OpenedMap(
        "convolution",
        title,
        names,
        values,
        place,
        output,
        kernel[:, :, :, channel],
        float(bias[channel]),
        layer.pre_activation(values, kernel, bias)[:, :, channel],
    )


def convolve(
    image: Image,
    kernel: Kernel,
    bias: float = 0.0,
    relu: bool = False,
    stride: Size = 1,
    padding: Padding = "valid",
    dilation: Size = 1,
    names: Sequence[str] = (),
) -> OpenedMap:
    """Slide one filter over a picture, and open the map that it makes.

    Parameters
    ----------
    image : ndarray of float, shape (height, width, channels)
    kernel : ndarray of float, shape (kernel_height, kernel_width, channels)
    bias : float, default 0
    relu : bool, default False
        Whether negative sums become 0.
    stride, padding, dilation
        As for `ops.conv2d`.
    names : sequence of str, optional
        What each channel is called.

    Returns
    -------
    OpenedMap

    Examples
    --------
    >>> ramp = np.array([[0.0, 1.0, 3.0]])[:, :, np.newaxis]
    >>> convolve(ramp, np.array([[[-1.0], [1.0]]])).output
    array([[1., 2.]], dtype=float32)
    """
    image, kernel = np.asarray(image, np.float32), np.asarray(kernel, np.float32)
    filters, biases = kernel[..., np.newaxis], np.array([bias], np.float32)
    sums = ops.conv2d(image, filters, biases, stride, padding, dilation)[:, :, 0]
    size, steps = kernel.shape[:2], (pair(stride, "stride"), pair(dilation, "dilation"))
    return OpenedMap(
        "convolution",
        "output",
        tuple(names) or _numbered(image.shape[2]),
        image,
        windows(image.shape, size, steps[0], padding, steps[1]),
        ops.relu(sums) if relu else sums,
        kernel,
        float(biases[0]),
        sums if relu else None,
    )


def responses(image: Image, kernel: Kernel) -> list[Map]:
    """Return what each channel's kernel makes of that channel.

    Parameters
    ----------
    image : ndarray of float, shape (height, width, channels)
    kernel : ndarray of float, shape (kernel_height, kernel_width, channels)

    Returns
    -------
    list of ndarray of float32, each of shape (out_height, out_width)
        Their sum and the bias make the feature map.
    """
    return [
        ops.conv2d(image[:, :, [channel]], kernel[:, :, [channel], np.newaxis])[:, :, 0]
        for channel in range(image.shape[2])
    ]


def pool(
    kind: Literal["max", "average"],
    image: ArrayLike,
    pool_size: Size,
    stride: Size,
    padding: Padding = "valid",
    name: str = "input",
) -> OpenedMap:
    """Slide a pooling window over one channel, and open the map that it makes.

    Parameters
    ----------
    kind : {"max", "average"}
    image : ndarray of float, shape (height, width)
    pool_size, stride : int or (int, int)
    padding : {"valid", "same"}
    name : str
        What the channel is called.

    Returns
    -------
    OpenedMap

    Examples
    --------
    >>> pool("max", [[1.0, 5.0, 2.0], [3.0, 4.0, 0.0]], 2, 1).output
    array([[5., 5.]], dtype=float32)
    """
    image = np.asarray(image, np.float32)[:, :, np.newaxis]
    size, stride = pair(pool_size, "pool_size"), pair(stride, "stride")
    output = {"max": ops.max_pool2d, "average": ops.average_pool2d}[kind](
        image, size, stride, padding
    )
    place = windows(image.shape, size, stride, padding)
    return OpenedMap(kind, "output", (name,), image, place, output[:, :, 0])


def _numbered(channels: int) -> tuple[str, ...]:
    """Return the names of channels that have none of their own."""
    return tuple(map_name("input", channel, channels) for channel in range(channels))


def read_window(opened: OpenedMap, row: int, column: int) -> Floats:
    """Return what the window of one output cell reads, padding as zeros.

    Parameters
    ----------
    opened : OpenedMap
    row, column : int
        The output cell.

    Returns
    -------
    ndarray of float32, shape (kernel_height, kernel_width, channels)
    """
    place = opened.windows
    padded = np.pad(opened.input, [*zip(place.before, place.after, strict=True), (0, 0)])
    rows, columns = (
        cell * stride + dilation * np.arange(size)
        for cell, stride, dilation, size in zip(
            (row, column), place.stride, place.dilation, place.kernel, strict=True
        )
    )
    return padded[np.ix_(rows, columns)]


def map_name(layer: str, channel: int, channels: int) -> str:
    """Return what one map of a layer is called; the only map of a layer has the layer's name.

    >>> map_name("conv2", 29, 64), map_name("input", 0, 1)
    ('conv2 · channel 29', 'input')
    """
    return f"{layer} · channel {channel}" if channels > 1 else layer


def pre_activations(network: Network, digit: Digit, activations: Activations, name: str) -> Floats:
    """Return a layer's sums before its activation function, or its output if it has none.

    Parameters are those of `open_map`.
    """
    layer, _, weights = network.layer(name)
    if not isinstance(layer, Weighted):
        return activations[name]
    _, values = input_of(digit, activations, name)
    return layer.pre_activation(values, *weights)


def input_of(digit: Digit, activations: Activations, name: str) -> tuple[str, Floats]:
    """Return the name and the output of the layer before `name`: (height, width, channels)."""
    names = ["input", *activations]
    source = names[names.index(name) - 1]
    return source, digit[:, :, np.newaxis] if source == "input" else activations[source]


@dataclass(frozen=True)
class Terms:
    """The products behind one unit of a dense layer, the largest in size first.

    Attributes
    ----------
    rows : tuple of (int, float, float, float)
        For each of the largest: the input's index, the input, the weight, their product.
    rest : float
        The sum of all other products.
    rest_count : int
    bias : float
    pre_activation, result : float
        The sum before the activation function, and the unit's activation.
    """

    rows: tuple[tuple[int, float, float, float], ...]
    rest: float
    rest_count: int
    bias: float
    pre_activation: float
    result: float


def dense_terms(
    network: Network, digit: Digit, activations: Activations, name: str, unit: int, count: int = 8
) -> Terms:
    """Open one unit of a dense layer.

    Parameters
    ----------
    network, digit, activations
        As for `open_map`.
    name : str
        A dense layer.
    unit : int
    count : int, default 8
        How many products to list by themselves.

    Returns
    -------
    Terms

    Raises
    ------
    ValueError
        If the layer is not dense.
    """
    layer, _, weights = network.layer(name)
    if not isinstance(layer, Dense):
        raise ValueError(f"name must be a dense layer. Received: name={name!r}")
    kernel, bias = weights
    _, values = input_of(digit, activations, name)
    products = values.astype(float) * kernel[:, unit]  # in double precision, as it is shown
    order = np.argsort(-np.abs(products), kind="stable")
    rows = tuple(
        (int(i), float(values[i]), float(kernel[i, unit]), float(products[i]))
        for i in order[:count]
    )
    return Terms(
        rows,
        float(products[order[count:]].sum()),
        len(order[count:]),
        float(bias[unit]),
        float(layer.pre_activation(values, kernel, bias)[unit]),
        float(activations[name][unit]),
    )


def softmax_columns(
    network: Network, digit: Digit, activations: Activations, name: str
) -> tuple[Floats, Floats, Floats]:
    """Return each unit's logit, its exponential and its probability, for a softmax layer.

    Returns
    -------
    (ndarray, ndarray, ndarray) of float, shape (units,)
        The exponentials are of the logits less the largest one, as `ops.softmax` takes them.
    """
    logits = pre_activations(network, digit, activations, name)
    return logits, np.exp(logits - logits.max()), ops.softmax(logits)


def flattened_from(unit: int, shape: Shape) -> Shape:
    """Return the (row, column, channel) of a map that became the number `unit` in one row.

    >>> flattened_from(575, (3, 3, 64)), flattened_from(64, (3, 3, 64))
    ((2, 2, 63), (0, 1, 0))
    """
    return tuple(int(i) for i in np.unravel_index(unit, shape))


def input_names(network: Network, name: str) -> list[str]:
    """Return what each input of a dense layer is called, in order.

    >>> from cnnviz import networks
    >>> input_names(networks.load("convnet"), "dense")[64]
    'conv3 · row 0, column 1, channel 0'
    """
    names = [layer.name for layer in network.spec.layers]
    at = names.index(name)
    if not isinstance(network.spec.layers[at - 1], Flatten):
        return [f"{names[at - 1]} · unit {i}" for i in range(network.spec.shapes()[at][0])]
    source = names[at - 2] if at > 1 else "input"
    height, width, channels = network.spec.shapes()[at - 1]
    return [
        f"{source} · row {row}, column {column}, channel {channel}"
        for row in range(height)
        for column in range(width)
        for channel in range(channels)
    ]
