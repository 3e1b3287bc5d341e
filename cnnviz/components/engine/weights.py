"""A network as the bytes that the browser's engine reads.

The layout is that of safetensors (https://github.com/huggingface/safetensors): the header's
length in 8 bytes, the header in JSON, then the numbers of all arrays, one after the other, as
little-endian float32. What the format keeps for a file's own words, ``__metadata__``, has the
layers.
"""

import json
from typing import Any

import numpy as np

from cnnviz.components.encode import windows_data
from cnnviz.layers import Layer
from cnnviz.networks import Network, NetworkSpec
from cnnviz.types import Shape

ALIGNMENT = 8  # bytes: where the numbers begin, so that the browser reads them in place


def network_bytes(network: Network) -> bytes:
    """Return a network, with its layers and weights, as one piece of bytes.

    Parameters
    ----------
    network : Network
        A shipped one, or that of a person's own training run.

    Returns
    -------
    bytes
        What ``readWeights`` of ``weights.js`` takes.

    Examples
    --------
    >>> from cnnviz import networks
    >>> data = network_bytes(networks.load("convnet"))
    >>> length = int.from_bytes(data[:8], "little")
    >>> json.loads(data[8 : 8 + length])["conv1/kernel"]
    {'dtype': 'F32', 'shape': [3, 3, 1, 32], 'data_offsets': [0, 1152]}
    """
    header: dict[str, Any] = {"__metadata__": {"network": json.dumps(_described(network.spec))}}
    begin = 0
    for key, shape in network.spec.weight_shapes().items():
        end = begin + 4 * int(np.prod(shape))
        header[key] = {"dtype": "F32", "shape": list(shape), "data_offsets": [begin, end]}
        begin = end
    text = json.dumps(header).encode("ascii")
    text = text.ljust(-(-len(text) // ALIGNMENT) * ALIGNMENT)
    numbers = b"".join(np.ascontiguousarray(array, "<f4").tobytes() for array in network.weights)
    return len(text).to_bytes(8, "little") + text + numbers


def _described(spec: NetworkSpec) -> dict[str, Any]:
    """Return what the engine has to know of a network besides its weights."""
    layers = [layer_data(*row) for row in zip(spec.layers, spec.shapes(), strict=False)]
    return {"name": spec.name, "inputShape": list(spec.input_shape), "layers": layers}


def layer_data(layer: Layer, input_shape: Shape) -> dict[str, Any]:
    """Return a layer for an input of shape `input_shape`, ready for JSON; see ``layers.js``.

    >>> from cnnviz.layers import Dense
    >>> layer_data(Dense("dense", 64), (576,))["weights"]
    ['dense/kernel', 'dense/bias']
    """
    windows = layer.windows(input_shape)
    return {
        "name": layer.name,
        "kind": type(layer).__name__,
        "windows": windows_data(windows) if windows else None,
        "activation": getattr(layer, "activation", None),
        "weights": [f"{layer.name}/{name}" for name in layer.weight_shapes(input_shape)],
    }
