"""One training run: data in, trained weights and a record out."""

import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from cnnviz import mnist
from cnnviz.networks import SPECS
from cnnviz.runs.recipe import Recipe
from cnnviz.training.build import build
from cnnviz.training.progress import Logs, Stopwatch
from cnnviz.types import Floats

LOSS = "categorical_crossentropy"
METRICS = ["accuracy"]
TEST_BATCH = 1000
DIVERGED = "The loss is no longer a number: the steps were too large. Try a smaller learning rate."


@dataclass(frozen=True)
class Run:
    """A finished run.

    Attributes
    ----------
    model : keras.Model
    initial_weights : list of ndarray of float32
        What it started from.
    probabilities : ndarray of float32, shape (test digits, 10)
        What the finished model makes of each test digit.
    record : dict
        What was run and measured.
    """

    model: keras.Model
    initial_weights: list[Floats]
    probabilities: Floats
    record: dict[str, Any]


def train(
    recipe: Recipe,
    callbacks: Sequence[keras.callbacks.Callback] = (),
    verbose: int = 0,
    data: Mapping[str, NDArray[np.uint8]] | None = None,
) -> Run:
    """Train a network from scratch and measure it on the test digits after each epoch.

    Parameters
    ----------
    recipe : recipe.Recipe
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
    FloatingPointError
        If the loss or a weight is no longer a number: the steps were too large.
    """
    began = time.perf_counter()
    spec = SPECS[recipe.network]
    data = data or mnist.load()
    x, y = (data[key][: recipe.training_digits] for key in ("x_train", "y_train"))
    keras.utils.set_random_seed(recipe.seed)
    model = build(spec)
    initial_weights = model.get_weights()
    prepare(model, recipe)
    stopwatch = Stopwatch()
    x_test = _pictures(data["x_test"])
    start = time.perf_counter()
    history = model.fit(
        _pictures(x),
        _one_hot(y),
        epochs=recipe.epochs,
        batch_size=recipe.batch_size,
        validation_data=(x_test, _one_hot(data["y_test"])),
        validation_batch_size=TEST_BATCH,
        callbacks=[stopwatch, EndIfDiverged(), *callbacks],
        verbose=verbose,
    ).history
    fitted = time.perf_counter()
    _check_weights(model)
    probabilities = model.predict(x_test, TEST_BATCH, verbose=0)
    seconds = {
        "seconds": round(fitted - start, 1),
        "seconds_to_begin": stopwatch.first_batch - began,
        "seconds_per_batch": stopwatch.seconds_per_batch,
        "seconds_per_test": stopwatch.seconds_per_test,
        "seconds_to_end": time.perf_counter() - fitted,
    }
    record = _record(recipe, len(x), len(x_test), history, seconds)
    return Run(model, initial_weights, probabilities, record)


def _pictures(images: NDArray[np.uint8]) -> Floats:
    """Return uint8 pictures as the network reads them: float32 in [0, 1], with a channel."""
    return images.astype(np.float32)[..., np.newaxis] / 255


def _one_hot(labels: NDArray[np.uint8]) -> Floats:
    """Return labels 0 to 9 as rows of ten numbers, 1 at the label."""
    return keras.utils.to_categorical(labels, 10)


def prepare(model: keras.Model, recipe: Recipe) -> None:
    """Have a Keras model ready to be trained by a recipe."""
    optimizer = keras.optimizers.get(recipe.optimizer)
    optimizer.learning_rate = recipe.learning_rate
    model.compile(optimizer, loss=LOSS, metrics=METRICS)


class EndIfDiverged(keras.callbacks.Callback):
    """Ends a training whose loss is no longer a number; nothing can be learned from there."""

    def on_train_batch_end(self, batch: int, logs: Logs) -> None:
        if not np.isfinite(logs["loss"]):
            raise FloatingPointError(DIVERGED)


def _check_weights(model: keras.Model) -> None:
    """Raise FloatingPointError if a weight is no longer a number, after the very last batch."""
    if not all(np.isfinite(weight).all() for weight in model.get_weights()):
        raise FloatingPointError(DIVERGED)


def _record(
    recipe: Recipe,
    training_digits: int,
    test_digits: int,
    history: Mapping[str, Sequence[float]],
    seconds: Mapping[str, float | None],
) -> dict[str, Any]:
    """Return what a run was and what it measured, ready for JSON."""
    per_epoch = [
        {
            "epoch": epoch + 1,
            "loss": history["loss"][epoch],
            "accuracy": history["accuracy"][epoch],
            "test_loss": history["val_loss"][epoch],
            "test_accuracy": history["val_accuracy"][epoch],
        }
        for epoch in range(recipe.epochs)
    ]
    return {
        "network": recipe.network,
        "seed": recipe.seed,
        "recipe": {
            "optimizer": recipe.optimizer,
            "learning_rate": recipe.learning_rate,
            "loss": LOSS,
            "metrics": METRICS,
            "epochs": recipe.epochs,
            "batch_size": recipe.batch_size,
            "training_digits": training_digits,
            "test_digits": test_digits,
        },
        "parameters": SPECS[recipe.network].parameters(),
        "versions": {
            "python": platform.python_version(),
            "tensorflow": tf.__version__,
            "keras": keras.__version__,
            "numpy": np.__version__,
        },
        **seconds,
        "epochs": per_epoch,
        "test_loss": per_epoch[-1]["test_loss"],
        "test_accuracy": per_epoch[-1]["test_accuracy"],
    }
