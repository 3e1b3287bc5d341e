"""The convnet in plain Keras, as in a book: prints the seconds of `model.fit`.

python -m benchmarks.plain_keras DIGITS EPOCHS
"""

import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
from keras import layers

from cnnviz import mnist


def main(digits, epochs):
    """Train on so many digits for so many epochs."""
    data = mnist.load()
    x, x_test = (data[key].astype("float32")[..., None] / 255 for key in ("x_train", "x_test"))
    y, y_test = (keras.utils.to_categorical(data[key], 10) for key in ("y_train", "y_test"))
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, activation="relu"),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("rmsprop", "categorical_crossentropy", metrics=["accuracy"])
    start = time.perf_counter()
    model.fit(
        x[:digits],
        y[:digits],
        epochs=epochs,
        batch_size=64,
        validation_data=(x_test, y_test),
        validation_batch_size=1000,
        verbose=0,
    )
    print(time.perf_counter() - start)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
