"""One training run by the book's recipe: data in, trained weights and a record out."""

import platform
import time
from dataclasses import dataclass

import keras
import numpy as np
import tensorflow as tf

from cnnviz import mnist
from cnnviz.networks import SPECS
from cnnviz.training.build import build

RECIPE = {"optimizer": "rmsprop", "loss": "categorical_crossentropy", "metrics": ["accuracy"]}


@dataclass(frozen=True)
class Run:
    """A finished run: the model, the weights it started from, and what was measured."""

    model: keras.Model
    initial_weights: list[np.ndarray]
    record: dict


def train(network, epochs, seed, callbacks=(), verbose=0, data=None):
    """Train a network from scratch and measure it on the test digits after each epoch.

    Parameters
    ----------
    network : str
        A name in `networks.SPECS`.
    epochs : int
        Passes over the training digits, at least 1.
    seed : int
        Sets the initial weights and the order of the digits.
    callbacks : sequence of keras.callbacks.Callback
    verbose : {0, 1}
        1 draws Keras's progress bar.
    data : dict, optional
        In place of `mnist.load()`, with the same keys.

    Returns
    -------
    Run

    Raises
    ------
    ValueError
        If there is no network of that name, or `epochs` is below 1.
    """
    if network not in SPECS:
        raise ValueError(f"there is no network {network!r}. The networks are: {', '.join(SPECS)}")
    if epochs < 1:
        raise ValueError(f"epochs must be at least 1. Received: epochs={epochs}")
    spec = SPECS[network]
    data = data or mnist.load()
    keras.utils.set_random_seed(seed)
    model = build(spec)
    initial_weights = model.get_weights()
    model.compile(**RECIPE)
    start = time.perf_counter()
    history = model.fit(
        _pictures(data["x_train"]),
        _one_hot(data["y_train"]),
        epochs=epochs,
        batch_size=spec.batch_size,
        validation_data=(_pictures(data["x_test"]), _one_hot(data["y_test"])),
        validation_batch_size=1000,
        callbacks=list(callbacks),
        verbose=verbose,
    ).history
    seconds = time.perf_counter() - start
    record = _record(spec, epochs, seed, data, history, seconds)
    return Run(model, initial_weights, record)


def _pictures(images):
    """Return uint8 pictures as the network reads them: float32 in [0, 1], with a channel."""
    return images.astype(np.float32)[..., np.newaxis] / 255


def _one_hot(labels):
    """Return labels 0 to 9 as rows of ten numbers, 1 at the label."""
    return keras.utils.to_categorical(labels, 10)


def _record(spec, epochs, seed, data, history, seconds):
    """Return what a run was and what it measured, ready for JSON."""
    per_epoch = [
        {
            "epoch": epoch + 1,
            "loss": history["loss"][epoch],
            "accuracy": history["accuracy"][epoch],
            "test_loss": history["val_loss"][epoch],
            "test_accuracy": history["val_accuracy"][epoch],
        }
        for epoch in range(epochs)
    ]
    return {
        "network": spec.name,
        "seed": seed,
        "recipe": {
            **RECIPE,
            "epochs": epochs,
            "batch_size": spec.batch_size,
            "training_digits": len(data["x_train"]),
            "test_digits": len(data["x_test"]),
        },
        "parameters": spec.parameters(),
        "versions": {
            "python": platform.python_version(),
            "tensorflow": tf.__version__,
            "keras": keras.__version__,
            "numpy": np.__version__,
        },
        "seconds": round(seconds, 1),
        "epochs": per_epoch,
        "test_loss": per_epoch[-1]["test_loss"],
        "test_accuracy": per_epoch[-1]["test_accuracy"],
    }
