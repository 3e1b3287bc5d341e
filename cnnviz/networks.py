"""The networks: what they are made of, their weights, and every activation for a digit."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from cnnviz.layers import AveragePooling2D, Conv2D, Dense, Flatten, Layer, MaxPooling2D, Pooling2D
from cnnviz.types import Activations, Digit, Floats, Padding, Shape

WEIGHTS_FOLDER = Path(__file__).parent / "weights"
DIGIT_SHAPE = (28, 28)


@dataclass(frozen=True)
class NetworkSpec:
    """A network without its weights: its input, its layers, the batch size it trains with."""

    name: str
    layers: tuple[Layer, ...]
    batch_size: int
    input_shape: tuple[int, int, int] = (*DIGIT_SHAPE, 1)

    def shapes(self) -> list[Shape]:
        """Return the shape of the input and of every layer's output, in order."""
        shapes: list[Shape] = [self.input_shape]
        for layer in self.layers:
            shapes.append(layer.output_shape(shapes[-1]))
        return shapes

    def weight_shapes(self) -> dict[str, Shape]:
        """Return the shapes of the weights by "layer/name", in Keras's order."""
        return {
            f"{layer.name}/{name}": shape
            for layer, input_shape in zip(self.layers, self.shapes(), strict=False)
            for name, shape in layer.weight_shapes(input_shape).items()
        }

    def summary(self) -> list[tuple[str, Shape, int]]:
        """Return a row (layer name, output shape, parameters) for each layer.

        >>> SPECS["convnet"].summary()[2]
        ('conv2', (11, 11, 64), 18496)
        """
        return [
            (layer.name, output_shape, layer.parameters(input_shape))
            for layer, (input_shape, output_shape) in zip(
                self.layers, pairwise(self.shapes()), strict=True
            )
        ]

    def parameters(self) -> int:
        """Return how many numbers training may change.

        >>> SPECS["convnet"].parameters(), SPECS["dense"].parameters()
        (93322, 407050)
        """
        return sum(parameters for _, _, parameters in self.summary())

    def multiply_adds(self) -> int:
        """Return how many products one forward pass adds up; see `Layer.multiply_adds`.

        >>> SPECS["convnet"].multiply_adds(), SPECS["dense"].multiply_adds()
        (2794240, 406528)
        """
        rows = zip(self.layers, self.shapes(), strict=False)
        return sum(layer.multiply_adds(input_shape) for layer, input_shape in rows)


def _convnet(
    name: str,
    pooling: type[Pooling2D] | None = MaxPooling2D,
    padding: Padding = "valid",
    stride: int = 1,
) -> NetworkSpec:
    """Return the book's convnet, or one that differs from it in what is given."""
    strides = (stride, stride)
    layers: tuple[Layer | None, ...] = (
        Conv2D("conv1", filters=32, strides=strides, padding=padding),
        pooling("pool1") if pooling else None,
        Conv2D("conv2", filters=64, strides=strides, padding=padding),
        pooling("pool2") if pooling else None,
        Conv2D("conv3", filters=64, padding=padding),
        Flatten("flatten"),
        Dense("dense", units=64),
        Dense("softmax", units=10, activation="softmax"),
    )
    return NetworkSpec(name, tuple(layer for layer in layers if layer), batch_size=64)


SPECS = {
    spec.name: spec
    for spec in (
        _convnet("convnet"),
        NetworkSpec(
            "dense",
            (
                Flatten("flatten"),
                Dense("dense", units=512),
                Dense("softmax", units=10, activation="softmax"),
            ),
            batch_size=128,
        ),
        _convnet("convnet-same", padding="same"),
        _convnet("convnet-strides", pooling=None, stride=2),
        _convnet("convnet-average", pooling=AveragePooling2D),
        _convnet("convnet-unpooled", pooling=None),
    )
}


class Network:
    """A network with its weights, read only.

    Attributes
    ----------
    spec : NetworkSpec
    weights : list of ndarray of float32
        In Keras's order: kernel, bias, kernel, bias, ...
    """

    def __init__(self, spec: NetworkSpec, weights: Sequence[Floats]) -> None:
        self.spec = spec
        self.weights = weights
        remaining = iter(weights)
        self._layers = [
            (layer, [next(remaining) for _ in layer.weight_shapes(input_shape)])
            for layer, input_shape in zip(spec.layers, spec.shapes(), strict=False)
        ]

    def summary(self) -> list[tuple[str, Shape, int]]:
        """Return a row (layer name, output shape, parameters) for each layer."""
        return self.spec.summary()

    def layer(self, name: str) -> tuple[Layer, Shape, list[Floats]]:
        """Return the layer called `name`, the shape of its input, and its weights.

        >>> layer, input_shape, (kernel, bias) = load("convnet").layer("conv2")
        >>> input_shape, kernel.shape
        ((13, 13, 32), (3, 3, 32, 64))
        """
        rows = zip(self._layers, self.spec.shapes(), strict=False)
        for (layer, weights), input_shape in rows:
            if layer.name == name:
                return layer, input_shape, weights
        names = ", ".join(layer.name for layer, _ in self._layers)
        raise ValueError(f"there is no layer {name!r}. The layers are: {names}")

    def forward(self, digit: Digit) -> Activations:
        """Return the activation of every layer for one digit.

        Parameters
        ----------
        digit : ndarray of float32, shape (28, 28)
            In [0, 1], 1 = ink.

        Returns
        -------
        dict of str to ndarray of float32
            The output of each layer by its name, in order: (height, width, channels), or
            (units,) after flattening. The last one holds the ten probabilities.

        Raises
        ------
        ValueError
            If `digit` has another shape or holds a number that is not finite.
        """
        digit = np.asarray(digit, np.float32)
        if digit.shape != self.spec.input_shape[:2]:
            raise ValueError(
                f"digit must have shape {self.spec.input_shape[:2]}. "
                f"Received: digit.shape={digit.shape}"
            )
        if not np.isfinite(digit).all():
            raise ValueError("digit must be finite. Received: a digit with NaN or infinity")
        activation, activations = digit[:, :, np.newaxis], {}
        for layer, weights in self._layers:
            activation = layer.forward(activation, *weights)
            activations[layer.name] = activation
        return activations


def load(name: str, file: Path | str | None = None) -> Network:
    """Return a trained network.

    Parameters
    ----------
    name : str
        A name in `SPECS`.
    file : path, optional
        A weights file that `cnnviz.training` wrote; the shipped one if not given.

    Returns
    -------
    Network

    Raises
    ------
    ValueError
        If there is no network of that name, or the file is missing, damaged, holds other
        arrays than the network needs, or numbers that are not finite.

    Examples
    --------
    >>> digit = np.zeros((28, 28), np.float32)
    >>> [(name, a.shape) for name, a in load("convnet").forward(digit).items()][:2]
    [('conv1', (26, 26, 32)), ('pool1', (13, 13, 32))]
    """
    spec = _spec(name)
    return Network(spec, read_weights(spec, file or WEIGHTS_FOLDER / f"{name}.npz"))


def _spec(name: str) -> NetworkSpec:
    """Return the specification called `name`, or raise a ValueError that lists the names."""
    if name not in SPECS:
        raise ValueError(f"there is no network {name!r}. The networks are: {', '.join(SPECS)}")
    return SPECS[name]


def read_weights(spec: NetworkSpec, file: Path | str) -> list[Floats]:
    """Return the arrays of the ``.npz`` file `file`, in the order `spec` wants, all checked."""
    try:
        with Path(file).open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
            arrays = {key: archive[key] for key in archive.files}
    except FileNotFoundError:
        raise ValueError(f"the weights file {file} is missing") from None
    except Exception as error:  # whatever NumPy, zipfile or zlib stumble on
        raise ValueError(f"the weights file {file} is damaged: {error}") from error
    wanted = spec.weight_shapes()
    if set(arrays) != set(wanted):
        raise ValueError(
            f"the weights file {file} must hold {', '.join(wanted)}. "
            f"Received: {', '.join(arrays) or 'nothing'}"
        )
    for key, shape in wanted.items():
        _check_array(file, key, arrays[key], shape)
    weights = [np.ascontiguousarray(arrays[key], np.float32) for key in wanted]
    for array in weights:  # all visitors share them
        array.flags.writeable = False
    return weights


def _check_array(file: Path | str, key: str, array: Floats, shape: Shape) -> None:
    """Raise ValueError unless `array` is finite floats of that shape."""
    if array.shape != shape:
        raise ValueError(
            f"the weights file {file}: {key} must have shape {shape}. Received: {array.shape}"
        )
    if array.dtype.kind != "f":
        raise ValueError(f"the weights file {file}: {key} must be floats. Received: {array.dtype}")
    if not np.isfinite(array).all():
        raise ValueError(f"the weights file {file}: {key} holds NaN or infinity")
