"""Measure both networks on the test digits, where they stand and moved: ``--help`` says more."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cnnviz import mnist, networks
from cnnviz.labs.dense import ANSWERS, MOVED, MOVED_DIGITS, NAMES
from cnnviz.labs.moving import shifted
from cnnviz.labs.shift import REACH
from cnnviz.types import Floats

if TYPE_CHECKING:
    import keras

BATCH = 250  # digits at a time


def main(argv: Sequence[str] | None = None) -> int:
    """Measure the shipped networks, write the files, return the process's exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m cnnviz.training.shifts",
        description="Have the shipped networks answer all test digits, and the first "
        f"{MOVED_DIGITS} of them moved by up to {REACH} pixels each way; takes some minutes.",
    )
    parser.add_argument(
        "--out", type=Path, default=networks.WEIGHTS_FOLDER, help="folder (default: the shipped)"
    )
    folder = parser.parse_args(argv).out
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    if hasattr(os, "nice"):  # not on Windows
        os.nice(10)
    # Imported late: --help should not wait for TensorFlow, nor for what it says of this machine.
    import tensorflow as tf

    from cnnviz.training.files import replacing

    tf.config.threading.set_intra_op_parallelism_threads(1)
    digits = mnist.read("x_test").astype(np.float32) / 255
    models = {name: _model(name) for name in NAMES}
    folder.mkdir(parents=True, exist_ok=True)
    for file, measure in ((ANSWERS, answers), (MOVED, moved_answers)):
        arrays = {
            key: array
            for name in NAMES
            for key, array in measure(name, models[name], digits).items()
        }
        with replacing(folder / file) as temporary:
            np.savez_compressed(temporary, allow_pickle=False, **arrays)
        print(f"wrote {folder / file}")
    return 0


def _model(name: str) -> "keras.Model":
    """Return a shipped network as a Keras model."""
    from cnnviz.training.build import build

    model = build(networks.SPECS[name])
    model.set_weights(networks.load(name).weights)
    return model


def answers(name: str, model: "keras.Model", digits: Floats) -> dict[str, NDArray[Any]]:
    """Return a network's answers and probabilities, as they go into the file, by their keys."""
    from cnnviz.training.files import test_answers

    probabilities = model.predict(digits[..., np.newaxis], batch_size=BATCH, verbose=0)
    return test_answers(name, probabilities)


def moved_answers(name: str, model: "keras.Model", digits: Floats) -> dict[str, NDArray[np.uint8]]:
    """Return a network's answers to the first digits at every shift, by its name.

    The array is (digits, rows down, columns to the right), the shifts from -`REACH` to `REACH`.
    """
    side = 2 * REACH + 1
    stack = np.moveaxis(digits[:MOVED_DIGITS], 0, 2)  # as one picture of many channels
    found = np.empty((stack.shape[2], side, side), np.uint8)
    for row, column in np.ndindex(side, side):
        moved = np.moveaxis(shifted(stack, row - REACH, column - REACH), 2, 0)[..., np.newaxis]
        found[:, row, column] = model.predict(moved, batch_size=BATCH, verbose=0).argmax(axis=1)
    return {name: found}


if __name__ == "__main__":
    sys.exit(main())
