"""How long one convolution takes beside TensorFlow's: 28 x 28 x 32 -> 64 channels, 3 x 3.

    python -m benchmarks.ops

Both take turns on the same numbers in one process, so that a noisy machine disturbs both alike.
`ops.conv2d` is to be within 3 times of `tf.nn.conv2d`.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf

from benchmarks import turns
from cnnviz import ops

ROUNDS = 300


def ways():
    """Return functions that compute the same 26 x 26 x 64 numbers, by name."""
    random = np.random.default_rng(0)
    image = random.normal(size=(28, 28, 32)).astype(np.float32)
    kernel = random.normal(size=(3, 3, 32, 64)).astype(np.float32)
    batch, filters = tf.constant(image[None]), tf.constant(kernel)
    return {
        "tf.nn.conv2d": lambda: tf.nn.conv2d(batch, filters, 1, "VALID").numpy()[0],
        "ops.conv2d": lambda: ops.conv2d(image, kernel),
    }


def main():
    """Print the median of each, and the ratio."""
    found = turns.medians(ways(), ROUNDS)
    for name, median in found.items():
        print(f"{name:12s} median {1000 * median:6.2f} ms")
    print(f"ratio {found['ops.conv2d'] / found['tf.nn.conv2d']:.2f}")


if __name__ == "__main__":
    main()
