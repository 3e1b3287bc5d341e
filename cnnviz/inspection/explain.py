"""The reasons behind a layer's numbers, in words with the numbers filled in."""

from functools import singledispatch
from math import prod

from cnnviz.arithmetic import output_size
from cnnviz.layers import (
    AveragePooling2D,
    Conv2D,
    Dense,
    Flatten,
    Layer,
    MaxPooling2D,
    Pooling2D,
)
from cnnviz.networks import NetworkSpec
from cnnviz.types import Floats, Padding, Shape
from cnnviz.words import grouped, shape_in_words, signed


@singledispatch
def output_reason(layer: Layer, input_shape: Shape) -> str:
    """Return why the layer's output has its shape, for an input of shape `input_shape`.

    >>> output_reason(MaxPooling2D("pool2"), (11, 11, 64))
    '⌊(11 − 2) / 2⌋ + 1 = 5; the last row and column fill no window and are left out'
    """
    raise TypeError(f"no reason is written for {type(layer).__name__}")


@output_reason.register
def _(layer: Conv2D, input_shape: Shape) -> str:
    size = size_reason(input_shape[0], layer.kernel_size[0], layer.strides[0], layer.padding)
    return f"{size}; {layer.filters} filters make {layer.filters} maps"


@output_reason.register
def _(layer: Pooling2D, input_shape: Shape) -> str:
    size, pool = input_shape[0], layer.pool_size[0]
    reason = size_reason(size, pool, pool, layer.padding)
    left = size - output_size(size, pool, pool, layer.padding) * pool
    if left > 0:
        return f"{reason}; the last row and column fill no window and are left out"
    return f"{reason}; each channel by itself, so their number stays"


@output_reason.register
def _(layer: Flatten, input_shape: Shape) -> str:
    return f"{shape_in_words(input_shape)} = {grouped(prod(input_shape))} numbers in one row"


@output_reason.register
def _(layer: Dense, input_shape: Shape) -> str:
    return f"{layer.units} units, each of which reads all {grouped(input_shape[0])} numbers"


def size_reason(
    size: int, kernel_size: int, stride: int = 1, padding: Padding = "valid", dilation: int = 1
) -> str:
    """Return the formula of the output's size along one axis with the numbers filled in.

    Parameters are those of `arithmetic.output_size`.

    >>> size_reason(28, 3)
    '⌊(28 − 3) / 1⌋ + 1 = 26'
    >>> size_reason(28, 3, dilation=2)
    '⌊(28 − ((3 − 1) × 2 + 1)) / 1⌋ + 1 = 24'
    >>> size_reason(13, 2, 2, "same")
    '⌈13 / 2⌉ = 7'
    """
    result = output_size(size, kernel_size, stride, padding, dilation)
    if padding == "same":
        return f"⌈{size} / {stride}⌉ = {result}"
    span = f"(({kernel_size} − 1) × {dilation} + 1)" if dilation > 1 else kernel_size
    return f"⌊({size} − {span}) / {stride}⌋ + 1 = {result}"


@singledispatch
def parameters_reason(layer: Layer, input_shape: Shape) -> str:
    """Return why the layer has as many parameters as it has.

    >>> parameters_reason(Dense("softmax", units=10), (64,))
    '64 × 10 weights + 10 biases'
    """
    return "none"


@parameters_reason.register
def _(layer: MaxPooling2D, input_shape: Shape) -> str:
    return "none: it only picks the largest"


@parameters_reason.register
def _(layer: AveragePooling2D, input_shape: Shape) -> str:
    return "none: it only takes the mean"


@parameters_reason.register
def _(layer: Conv2D, input_shape: Shape) -> str:
    height, width = layer.kernel_size
    channels = input_shape[2]
    return f"{height} × {width} × {channels} × {layer.filters} weights + {layer.filters} biases"


@parameters_reason.register
def _(layer: Dense, input_shape: Shape) -> str:
    return f"{grouped(input_shape[0])} × {layer.units} weights + {layer.units} biases"


def keras_line(layer: Layer) -> str:
    """Return the Keras code that builds the layer, arguments at their default left out.

    >>> keras_line(Conv2D("conv2", filters=64))
    'Conv2D(64, (3, 3), activation="relu")'
    """
    given = layer.keras_arguments()
    sizes = [given[key] for key in ("filters", "units", "kernel_size", "pool_size") if key in given]
    words = [repr(size) for size in sizes]
    for key, default in (("strides", (1, 1)), ("padding", "valid"), ("activation", None)):
        if given.get(key, default) != default:
            value = given[key]
            words.append(f'{key}="{value}"' if isinstance(value, str) else f"{key}={value!r}")
    return f"{type(layer).__name__}({', '.join(words)})"


def layer_in_words(layer: Layer, input_shape: Shape, shape: Shape) -> str:
    """Return a layer's shape, its parameters and its line of code, with their reasons, as Markdown.

    >>> layer = Dense("softmax", 10, activation="softmax")
    >>> shape, *_ = layer_in_words(layer, (64,), (10,)).split("  ")
    >>> print(shape)
    **softmax** · output **10**: 10 units, each of which reads all 64 numbers
    """
    parameters = grouped(layer.parameters(input_shape))
    return (
        f"**{layer.name}** · output **{shape_in_words(shape)}**: "
        f"{output_reason(layer, input_shape)}  \n"
        f"parameters **{parameters}**: {parameters_reason(layer, input_shape)}  \n"
        f"in Keras `{keras_line(layer)}`"
    )


def one_number(layer: Conv2D | Pooling2D, input_shape: Shape, channel: int) -> str:
    """Return what one number of a map is computed from, in a sentence.

    >>> one_number(Conv2D("conv2", filters=64), (13, 13, 32), 29)
    'One number of 11 × 11 × 64. It reads a 3 × 3 window in all 32 maps: 288 products, one sum.'
    """
    start = f"One number of {shape_in_words(layer.output_shape(input_shape))}."
    size = layer.windows(input_shape).kernel
    window = shape_in_words(size)
    if isinstance(layer, Pooling2D):
        keeps = "largest" if isinstance(layer, MaxPooling2D) else "mean"
        return f"{start} It keeps the {keeps} of a {window} window of channel {channel} alone."
    channels = input_shape[2]
    maps = f"all {channels} maps" if channels > 1 else "its one channel"
    count = grouped(prod(size) * channels)
    return f"{start} It reads a {window} window in {maps}: {count} products, one sum."


def one_unit(layer: Dense, input_shape: Shape) -> str:
    """Return what one unit of a dense layer is computed from, in a sentence.

    >>> one_unit(Dense("dense", units=64), (576,))
    'One of 64 units. It reads all 576 numbers before it: 576 products and a bias, one sum.'
    """
    count = grouped(input_shape[0])
    return (
        f"One of {layer.units} units. It reads all {count} numbers before it: "
        f"{count} products and a bias, one sum."
    )


def one_filter(layer: Conv2D, input_shape: Shape, index: int, bias: float, norm: float) -> str:
    """Return what one filter of a convolution is made of, in sentences.

    Parameters
    ----------
    layer : Conv2D
    input_shape : (int, int, int)
    index : int
    bias, norm : float
        The norm is the root of the sum of the squared weights.
    """
    channels = input_shape[2]
    size = shape_in_words(layer.kernel_size)
    weights = grouped(prod(layer.kernel_size) * channels)
    kernels = f"{channels} kernels of {size}, one for each map before it" if channels > 1 else size
    return (
        f"Filter **{index}** of {layer.name}: {kernels}: **{weights}** weights, "
        f"bias **{signed(float(bias))}**, norm **{norm:.3f}** (the root of the sum of its squared "
        "weights)."
    )


def one_of_the_row(spec: NetworkSpec, name: str, unit: int, values: Floats) -> str:
    """Return where one number of a flattened layer came from, in sentences.

    Parameters
    ----------
    spec : NetworkSpec
    name : str
        The flattening layer.
    unit : int
    values : ndarray of float, shape (units,)
        The layer's output.
    """
    names = ["input", *(layer.name for layer in spec.layers)]
    at = names.index(name)
    source, (_, width, channels) = names[at - 1], spec.shapes()[at - 1]
    place, channel = divmod(unit, channels)
    row, column = divmod(place, width)
    return (
        f"Number **{unit}** of the row is {source}'s row {row}, column {column}, "
        f"channel {channel}: ({row} × {width} + {column}) × {channels} + {channel} = **{unit}**. "
        f"It is **{values[unit]:.4f}**, unchanged: flattening only lays out."
    )
