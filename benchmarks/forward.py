"""How long one forward pass takes, every activation returned, beside Keras's ways to do it.

    python -m benchmarks.forward

All ways take turns on the same digit in one process, so that a noisy machine disturbs all alike.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import tensorflow as tf

from benchmarks import turns
from cnnviz import mnist, networks

ROUNDS = 100


def ways(digit):
    """Return functions that compute all activations of the shipped convnet, by name."""
    network = networks.load("convnet")
    model = keras.saving.load_model(networks.WEIGHTS_FOLDER / "convnet.keras", compile=False)
    every_layer = keras.Model(model.inputs[0], [layer.output for layer in model.layers])
    batch = tf.constant(digit[None, :, :, None])
    traced = tf.function(every_layer)
    return {
        "cnnviz (NumPy)": lambda: network.forward(digit),
        "tf.function": lambda: [output.numpy() for output in traced(batch)],
        "model(x)": lambda: [output.numpy() for output in every_layer(batch)],
        "model.predict": lambda: every_layer.predict(batch, verbose=0),
    }


def main():
    """Print the median of each way, and its ratio to ours."""
    found = turns.medians(ways(mnist.digit(0)), ROUNDS)
    ours = found["cnnviz (NumPy)"]
    for name, median in found.items():
        print(f"{name:15s} {1000 * median:7.2f} ms   {median / ours:6.1f} x")


if __name__ == "__main__":
    main()
