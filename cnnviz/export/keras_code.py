"""A Python script that computes with plain Keras what the pages show, for one digit."""

import base64
import textwrap
import zlib
from string import Template

import numpy as np

from cnnviz.networks import DIGIT_SHAPE, SPECS
from cnnviz.types import Digit, Shape

LINE_LENGTH = 88

SCRIPT = Template('''\
"""One digit through the network with Keras, every layer's output.

Save this as a file anywhere, and run it with the Python that cnnviz is installed in.
"""

import base64
import zlib

import keras
import numpy as np
from cnnviz.networks import WEIGHTS_FOLDER

# The digit: 28 x 28 numbers (float32) from 0 = paper to 1 = ink, compressed.
DIGIT = """
$digit
"""
numbers = np.frombuffer(zlib.decompress(base64.b64decode(DIGIT)), np.float32)
digit = numbers.reshape(28, 28)

model = keras.saving.load_model(WEIGHTS_FOLDER / "convnet.keras")
$initial_weights
# The same network with every layer's output, not only the last one's.
outputs = {layer.name: layer.output for layer in model.layers}
every_layer = keras.Model(model.inputs[0], outputs)

# Keras wants (digits, height, width, channels): one digit, one channel.
batch = digit.reshape(1, 28, 28, 1)
activations = every_layer.predict(batch, verbose=0)

$layer = activations["$layer"][0]
print("$layer shape:", $layer.shape)
print("$layer[$index]:", $layer[$index])
for label, probability in enumerate(activations["softmax"][0]):
    print(f"probability of {label}:", probability)
''')

INITIAL_WEIGHTS = """
# The weights from before training, instead of the trained ones.
with np.load(WEIGHTS_FOLDER / "initial/convnet.npz") as initial:
    for layer in model.layers:
        names = [f"{layer.name}/{weight.name}" for weight in layer.weights]
        layer.set_weights([initial[name] for name in names])
"""


def code(digit: Digit, layer_name: str, index: Shape, trained: bool = True) -> str:
    """Return a script that computes every activation of the convnet for a digit with Keras.

    It runs from any folder, computes with nothing but Keras and NumPy, takes the weights of the
    installed cnnviz, and prints the shape of the layer's output, the number at `index` and the
    ten probabilities.

    Parameters
    ----------
    digit : ndarray of float32, shape (28, 28)
        In [0, 1], 1 = ink; the script holds these very numbers.
    layer_name : str
        A layer of the convnet, for example "conv2".
    index : tuple of int
        (row, column, channel), or (unit,) after flattening.
    trained : bool, default True
        Whether with the shipped weights, or with those from before training.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If `digit` has another shape, the convnet has no such layer, or its output has no number
        at `index`.
    """
    digit = np.asarray(digit, np.float32)
    if digit.shape != DIGIT_SHAPE:
        raise ValueError(
            f"digit must have shape {DIGIT_SHAPE}. Received: digit.shape={digit.shape}"
        )
    shapes = {name: shape for name, shape, _ in SPECS["convnet"].summary()}
    if layer_name not in shapes:
        raise ValueError(
            f"layer_name must be one of {', '.join(shapes)}. Received: layer_name={layer_name!r}"
        )
    shape = shapes[layer_name]
    if len(index) != len(shape) or not all(0 <= i < n for i, n in zip(index, shape, strict=True)):
        raise ValueError(
            f"index must be a place in the output of {layer_name}, of shape {shape}. "
            f"Received: index={index!r}"
        )
    return SCRIPT.substitute(
        digit=textwrap.fill(_compressed(digit), LINE_LENGTH),
        initial_weights="" if trained else INITIAL_WEIGHTS,
        layer=layer_name,
        index=", ".join(str(int(i)) for i in index),
    )


def _compressed(digit: Digit) -> str:
    """Return the bytes of a digit's numbers as text: compressed, then base64."""
    return base64.b64encode(zlib.compress(digit.tobytes(), 9)).decode()
