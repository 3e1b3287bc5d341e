"""The layers of a network: each knows its output shape, its weights' shapes and its output.

Class names and argument names are those of ``keras.layers``, so that a layer here says how
the same layer is built there (`keras_arguments`). Shapes are (height, width, channels), or
(units,) once flattened; there is no batch axis.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from math import prod
from typing import Any

from cnnviz import ops
from cnnviz.arithmetic import output_size, padding_amounts, pair
from cnnviz.types import Floats, Kernel, Padding, Pair, Shape

ACTIVATIONS: dict[str, Callable[[Floats], Floats]] = {"relu": ops.relu, "softmax": ops.softmax}


@dataclass(frozen=True)
class Windows:
    """Where a layer's windows lie on its input, each as (height, width) in pixels of the input.

    Attributes
    ----------
    kernel : (int, int)
        Weights, or pixels of a pooling window.
    stride, dilation : (int, int)
    before, after : (int, int)
        Rows of padding above and below the input, and columns to its left and right.
    """

    kernel: Pair
    stride: Pair
    dilation: Pair
    before: Pair
    after: Pair


def windows(
    input_shape: Shape, kernel: Pair, stride: Pair, padding: Padding, dilation: Pair = (1, 1)
) -> Windows:
    """Return the `Windows` on an input of shape `input_shape`; see `arithmetic.padding_amounts`.

    >>> windows((5, 6, 1), (3, 3), (2, 2), "same")
    Windows(kernel=(3, 3), stride=(2, 2), dilation=(1, 1), before=(1, 0), after=(1, 1))
    """
    axes = zip(input_shape, kernel, stride, dilation, strict=False)
    (top, bottom), (left, right) = (padding_amounts(n, k, s, padding, d) for n, k, s, d in axes)
    return Windows(kernel, stride, dilation, before=(top, left), after=(bottom, right))


def cells_read(windows: Windows, row: int, column: int, shape: Shape) -> list[Pair]:
    """Return the (row, column) of every pixel that one window reads, row by row, no padding.

    Parameters
    ----------
    windows : Windows
    row, column : int
        The output cell that the window belongs to.
    shape : (int, int, ...)
        Height and width of the picture first.

    Examples
    --------
    >>> cells_read(windows((4, 4, 1), (3, 3), (2, 2), "same"), 1, 1, (4, 4))
    [(2, 2), (2, 3), (3, 2), (3, 3)]
    """
    lines = []
    for axis, cell in enumerate((row, column)):
        first = cell * windows.stride[axis] - windows.before[axis]
        steps = range(windows.kernel[axis])
        pixels = [first + step * windows.dilation[axis] for step in steps]
        lines.append([pixel for pixel in pixels if 0 <= pixel < shape[axis]])
    rows, columns = lines
    return [(row, column) for row in rows for column in columns]


@dataclass(frozen=True)
class Layer:
    """What all layers share: a name, and by default no weights."""

    name: str

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape of the output for an input of shape `input_shape`."""
        raise TypeError(f"{type(self).__name__} does not say what comes out of it")

    def windows(self, input_shape: Shape) -> Windows | None:
        """Return the layer's `Windows`, or None if it does not look through any."""
        return None

    def weight_shapes(self, input_shape: Shape) -> dict[str, Shape]:
        """Return the shapes of the weights by name, in Keras's order."""
        return {}

    def forward(self, values: Floats, *weights: Floats) -> Floats:
        """Return the output for one input, with the weights in Keras's order."""
        raise TypeError(f"{type(self).__name__} does not say what comes out of it")

    def parameters(self, input_shape: Shape) -> int:
        """Return how many numbers training may change in this layer."""
        return sum(prod(shape) for shape in self.weight_shapes(input_shape).values())

    def multiply_adds(self, input_shape: Shape) -> int:
        """Return how many products of an input and a weight one forward pass adds up.

        Every output number is a sum of as many products as a filter, or a unit, has weights;
        under "same" padding those with a zero outside the picture are computed, too.

        >>> Conv2D("conv1", filters=32).multiply_adds((28, 28, 1)), 26 * 26 * 32 * (3 * 3 * 1)
        (194688, 194688)
        """
        return 0

    def keras_arguments(self) -> dict[str, Any]:
        """Return the arguments that build this layer in Keras."""
        return {argument.name: getattr(self, argument.name) for argument in fields(self)}


@dataclass(frozen=True)
class Weighted(Layer):
    """What convolutions and dense layers share: a kernel, a bias, an activation function."""

    activation: str = field(default="relu", kw_only=True)

    def pre_activation(self, values: Floats, kernel: Kernel, bias: Floats) -> Floats:
        """Return the sums before the activation function (the logits, before softmax)."""
        raise TypeError(f"{type(self).__name__} does not say what it adds up")

    def forward(self, values: Floats, *weights: Floats) -> Floats:
        return ACTIVATIONS[self.activation](self.pre_activation(values, *weights))


@dataclass(frozen=True)
class Conv2D(Weighted):
    """A convolution with an activation function; see `ops.conv2d`."""

    filters: int
    kernel_size: Pair = (3, 3)
    strides: Pair = (1, 1)
    padding: Padding = "valid"

    def output_shape(self, input_shape: Shape) -> Shape:
        sizes = zip(input_shape, self.kernel_size, self.strides, strict=False)
        return (*(output_size(n, k, s, self.padding) for n, k, s in sizes), self.filters)

    def windows(self, input_shape: Shape) -> Windows:
        return windows(input_shape, self.kernel_size, self.strides, self.padding)

    def weight_shapes(self, input_shape: Shape) -> dict[str, Shape]:
        kernel = (*self.kernel_size, input_shape[2], self.filters)
        return {"kernel": kernel, "bias": (self.filters,)}

    def multiply_adds(self, input_shape: Shape) -> int:
        return prod(self.output_shape(input_shape)) * prod(self.kernel_size) * input_shape[2]

    def pre_activation(self, values: Floats, kernel: Kernel, bias: Floats) -> Floats:
        return ops.conv2d(values, kernel, bias, self.strides, self.padding)


@dataclass(frozen=True)
class Pooling2D(Layer):
    """What both kinds of pooling share: the windows, one beside the other, and no weights."""

    pool_size: Pair = (2, 2)
    padding: Padding = "valid"

    def output_shape(self, input_shape: Shape) -> Shape:
        sizes = zip(input_shape, pair(self.pool_size, "pool_size"), strict=False)
        return (*(output_size(n, k, k, self.padding) for n, k in sizes), input_shape[2])

    def windows(self, input_shape: Shape) -> Windows:
        return windows(input_shape, self.pool_size, self.pool_size, self.padding)


@dataclass(frozen=True)
class MaxPooling2D(Pooling2D):
    """The largest number of each window; see `ops.max_pool2d`."""

    def forward(self, values: Floats, *weights: Floats) -> Floats:
        return ops.max_pool2d(values, self.pool_size, padding=self.padding)


@dataclass(frozen=True)
class AveragePooling2D(Pooling2D):
    """The mean of each window; see `ops.average_pool2d`."""

    def forward(self, values: Floats, *weights: Floats) -> Floats:
        return ops.average_pool2d(values, self.pool_size, padding=self.padding)


@dataclass(frozen=True)
class Flatten(Layer):
    """All numbers in one row, in the order row, column, channel."""

    def output_shape(self, input_shape: Shape) -> Shape:
        return (prod(input_shape),)

    def forward(self, values: Floats, *weights: Floats) -> Floats:
        return values.reshape(-1)


@dataclass(frozen=True)
class Dense(Weighted):
    """Every unit reads every input; see `ops.dense`."""

    units: int

    def output_shape(self, input_shape: Shape) -> Shape:
        return (self.units,)

    def weight_shapes(self, input_shape: Shape) -> dict[str, Shape]:
        return {"kernel": (input_shape[0], self.units), "bias": (self.units,)}

    def multiply_adds(self, input_shape: Shape) -> int:
        return input_shape[0] * self.units

    def pre_activation(self, values: Floats, kernel: Kernel, bias: Floats) -> Floats:
        return ops.dense(values, kernel, bias)
