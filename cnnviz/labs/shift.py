"""What a network makes of a digit at every shift, computed at once.

Moved by whole pixels, a digit is a part of one larger picture: of the digit in a frame of zeros.
A convolution without padding makes of that part the same part of the larger picture's map. So
each layer that looks through windows runs once on the larger picture, and only the dense layers
see every shift by itself. Where windows are more than one pixel apart, as those of a pool, the
shifts between them need maps of their own: the same windows, begun a pixel later. A pool of
2 x 2 makes 4 such maps out of each, two pools 16 (known as "shift and stitch").
"""

from dataclasses import dataclass
from itertools import product

import numpy as np

from cnnviz.inspection import feature_maps
from cnnviz.layers import Conv2D, Dense, Flatten, Layer, Pooling2D
from cnnviz.networks import Network
from cnnviz.types import Digit, Floats, Maps, Pair, Shape

REACH = 10  # pixels each way
SHIFTS = range(-REACH, REACH + 1)
MAPS = 4  # of the first layer that are shown moving


@dataclass(frozen=True)
class ShiftedDigit:
    """What a convnet and another network make of a digit at every shift; see `every_shift`.

    Attributes
    ----------
    digit : ndarray of float32, shape (28, 28)
    probabilities : dict of str to ndarray of float32, shape (21, 21, 10)
        By the name of the network.
    units : ndarray of float32, shape (21, 21, 64)
        The convnet's first dense layer.
    layer : str
        The convnet's first layer.
    maps : ndarray of float32, shape (46, 46, `MAPS`)
        Its strongest maps of the unmoved digit, in a frame; see `framed_maps`.
    channels : tuple of int
        Which maps they are.
    """

    digit: Digit
    probabilities: dict[str, Floats]
    units: Floats
    layer: str
    maps: Maps
    channels: tuple[int, ...]


def shifted_digit(convnet: Network, other: Network, digit: Digit) -> ShiftedDigit:
    """Return what two networks make of a digit at every shift, the `ShiftedDigit`."""
    first, *_ = convnet.summary()
    name, (height, width, _), _ = first
    maps = framed_maps(convnet, digit)
    unmoved = maps[REACH : REACH + height, REACH : REACH + width]
    channels = feature_maps.strongest_first(unmoved)[:MAPS].tolist()
    units, *_, probabilities = every_shift(convnet, digit).values()
    *_, others = every_shift(other, digit).values()
    return ShiftedDigit(
        np.asarray(digit, np.float32),
        {convnet.spec.name: probabilities, other.spec.name: others},
        units,
        name,
        maps[:, :, channels],
        tuple(channels),
    )


def every_shift(network: Network, digit: Digit, reach: int = REACH) -> dict[str, Floats]:
    """Return what a network's dense layers make of a digit at every shift.

    Parameters
    ----------
    network : Network
        Of convolutions and pools with padding "valid", then a flatten, then dense layers.
    digit : ndarray of float32, shape (28, 28)
    reach : int, default `REACH`
        The farthest to move it each way, in pixels.

    Returns
    -------
    dict of str to ndarray of float32, shape (side, side, units)
        The output of each dense layer by its name, the last one the probabilities. The digit
        moved by ``down`` and ``right`` is at ``[reach + down, reach + right]``; the side is
        ``2 * reach + 1``. The numbers are those of
        ``network.forward(moving.shifted(digit, down, right))``, to the last few bits.

    Raises
    ------
    ValueError
        If the digit has another shape, or the network a layer that this way cannot do.

    Examples
    --------
    >>> from cnnviz import mnist, networks
    >>> answers = every_shift(networks.load("convnet"), mnist.digit(0))["softmax"].argmax(axis=2)
    >>> answers.shape, int(answers[REACH, REACH])
    ((21, 21), 7)
    """
    spec = network.spec
    if np.shape(digit) != spec.input_shape[:2]:
        raise ValueError(
            f"digit must have shape {spec.input_shape[:2]}. Received: shape {np.shape(digit)}"
        )
    maps, step = {(0, 0): framed(digit, reach)[:, :, np.newaxis]}, (1, 1)
    rows, found = np.empty((0, 0), np.float32), {}  # rows: of each shift, once it is flattened
    for name, _, _ in spec.summary():
        layer, input_shape, weights = network.layer(name)
        if isinstance(layer, Flatten):
            rows = _parts(maps, step, input_shape, reach)
        elif isinstance(layer, Dense):
            rows = layer.forward(rows, *weights)
            found[name] = rows.reshape(2 * reach + 1, 2 * reach + 1, -1)
        else:
            stride = _stride(layer, input_shape)
            maps = _begun_later(layer, weights, stride, maps, step, 2 * reach)
            step = step[0] * stride[0], step[1] * stride[1]
    return found


def framed(digit: Digit, reach: int = REACH) -> Digit:
    """Return a digit with `reach` zeros around it.

    Moved by ``down`` and ``right`` it is the part that begins at (reach - down, reach - right).

    >>> framed(np.ones((1, 2), np.float32), 1).astype(int)
    array([[0, 0, 0, 0],
           [0, 1, 1, 0],
           [0, 0, 0, 0]])
    """
    return np.pad(np.asarray(digit, np.float32), reach)


def framed_maps(network: Network, digit: Digit, reach: int = REACH) -> Maps:
    """Return the maps of a network's first layer, a convolution, for a digit in its frame.

    Returns
    -------
    ndarray of float32, shape (height + 2 * reach, width + 2 * reach, filters)
        Height and width are those of the layer's maps of a digit; the maps of a moved digit are
        the part of that size that begins at (reach - down, reach - right).
    """
    name, _, _ = network.spec.summary()[0]
    layer, input_shape, weights = network.layer(name)
    _stride(layer, input_shape)
    return layer.forward(framed(digit, reach)[:, :, np.newaxis], *weights)


def _stride(layer: Layer, input_shape: Shape) -> Pair:
    """Return how far apart a layer's windows are; raise if its maps do not move with a picture."""
    if not isinstance(layer, Conv2D | Pooling2D):
        raise ValueError(f"{layer.name} must look through windows or be dense. Received: {layer}")
    if layer.padding != "valid":
        raise ValueError(
            f"{layer.name} must have padding 'valid': zeros that stay at the border while the "
            f"digit moves make other maps at each shift. Received: padding={layer.padding!r}"
        )
    return layer.windows(input_shape).stride


def _begun_later(
    layer: Layer, weights: list[Floats], stride: Pair, maps: dict[Pair, Maps], step: Pair, last: int
) -> dict[Pair, Maps]:
    """Return a layer's maps of each map in `maps`, its windows begun at each pixel of a stride.

    `maps` are by the (row, column) of the larger picture that they begin at, their numbers `step`
    pixels apart; none is needed that begins after `last`.
    """
    found = {}
    for (row, column), image in maps.items():
        for down, right in product(range(stride[0]), range(stride[1])):
            begin = row + step[0] * down, column + step[1] * right
            if max(begin) <= last:
                found[begin] = layer.forward(image[down:, right:], *weights)
    return found


def _parts(maps: dict[Pair, Maps], step: Pair, shape: Shape, reach: int) -> Floats:
    """Return what the maps hold of each shift as a row of numbers, (shifts, numbers)."""
    height, width, _ = shape
    begins = range(2 * reach, -1, -1)  # the digit moved up the most is the last part
    rows = []
    for row, column in product(begins, begins):
        image = maps[row % step[0], column % step[1]]
        top, left = row // step[0], column // step[1]
        rows.append(image[top : top + height, left : left + width].reshape(-1))
    return np.stack(rows)


def margins(digit: Digit) -> tuple[int, int, int, int]:
    """Return how far a digit can move up, down, left and right before ink leaves the picture.

    >>> margins(np.array([[0, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 0], [0, 0, 0]]))
    (1, 2, 1, 1)
    """
    found = []
    for axis in (1, 0):
        inked = np.flatnonzero(np.asarray(digit).any(axis=axis))
        found += [int(inked[0]), np.shape(digit)[1 - axis] - 1 - int(inked[-1])]
    return tuple(found)
