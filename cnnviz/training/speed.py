"""Measure how long each variant takes to train and to answer, beside the book's network.

    python -m cnnviz.training.speed

The networks take turns, a batch or a digit each, so that a noisy machine disturbs all alike; in
each round the median step of each counts, and only the ratios within a round are kept. The
weights are untrained: the time does not depend on them.
"""

import argparse
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cnnviz import mnist
from cnnviz.labs.variants import BOOK, VARIANTS
from cnnviz.networks import SPECS, Network
from cnnviz.runs.recipe import Recipe
from cnnviz.runs.records import SPEED_FILE
from cnnviz.types import Floats

if TYPE_CHECKING:
    import keras

ROUNDS, BATCHES, PASSES = 9, 40, 100


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, write the file, print the ratios; return the process's exit code."""
    parser = argparse.ArgumentParser(prog="python -m cnnviz.training.speed", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"default: {ROUNDS}")
    parser.add_argument("--out", type=Path, default=SPEED_FILE, help="the file to write")
    options = parser.parse_args(argv)
    if options.rounds < 1:
        parser.error(f"--rounds must be at least 1, got {options.rounds}")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # Imported late: --help and a wrong option should not wait for TensorFlow.
    from cnnviz.training.files import replacing

    names = [variant.name for variant in VARIANTS]
    record = measure(names, options.rounds, BATCHES, PASSES)
    with replacing(options.out) as file:
        file.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    for name, row in record["networks"].items():
        words = (f"{what} {found['median']:6.2f} x" for what, found in row.items())
        print(f"{name:18s}", "   ".join(words))
    print(f"wrote {options.out}")
    return 0


def measure(names: Sequence[str], rounds: int, batches: int, passes: int) -> dict[str, Any]:
    """Return how long networks train and answer, relative to the book's.

    Parameters
    ----------
    names : list of str
        In `networks.SPECS`, `BOOK` among them.
    rounds : int
    batches : int
        That each learns from in each round.
    passes : int
        Digits that each answers, one by one, in each round.

    Returns
    -------
    dict
        Ready for JSON; see `records.speed`.
    """
    import keras
    import numpy as np
    import tensorflow as tf

    digits = mnist.read("x_train").astype(np.float32) / 255
    labels = keras.utils.to_categorical(mnist.read("y_train"), 10)
    training, forward = {}, {}
    for name in names:
        model = _model(name)
        network = Network(SPECS[name], model.get_weights())
        training[name] = partial(_train_on, model, digits, labels)
        forward[name] = lambda at, network=network: network.forward(digits[at])
    _turns(training, 2)  # the first calls trace, allocate, warm up
    times: dict[str, list[dict[str, float]]] = {"training": [], "forward": []}
    for _ in range(rounds):
        times["training"].append(_turns(training, batches))
        times["forward"].append(_turns(forward, passes))
    return {
        "rounds": rounds,
        "batches": batches,
        "passes": passes,
        "versions": {
            "python": platform.python_version(),
            "tensorflow": tf.__version__,
            "keras": keras.__version__,
            "numpy": np.__version__,
        },
        "networks": {
            name: {what: ratios(kept, name) for what, kept in times.items()} for name in names
        },
    }


def ratios(rounds: Sequence[Mapping[str, float]], name: str) -> dict[str, float]:
    """Return the median, lowest and highest of a network's time over the book's in each round.

    >>> ratios([{"convnet": 2, "slow": 6}, {"convnet": 1, "slow": 4}], "slow")
    {'median': 3.5, 'lowest': 3.0, 'highest': 4.0}
    """
    found = [times[name] / times[BOOK] for times in rounds]
    return {
        "median": round(statistics.median(found), 3),
        "lowest": round(min(found), 3),
        "highest": round(max(found), 3),
    }


def _model(name: str) -> "keras.Model":
    """Return a network, untrained, as Keras trains it."""
    from cnnviz.training.build import build
    from cnnviz.training.run import prepare

    model = build(SPECS[name])
    prepare(model, Recipe(name))
    return model


def _train_on(model: "keras.Model", digits: Floats, labels: Floats, at: int) -> None:
    """Have a model learn from the batch number `at` of the digits."""
    size = SPECS[model.name].batch_size
    batch = slice(at * size, (at + 1) * size)
    model.train_on_batch(digits[batch, ..., None], labels[batch])


def _turns(steps: Mapping[str, Callable[[int], object]], count: int) -> dict[str, float]:
    """Return the median seconds of each network's steps 0 to `count` - 1, taken in turns."""
    times: dict[str, list[float]] = {name: [] for name in steps}
    for at in range(count):
        for name, step in steps.items():
            start = time.perf_counter()
            step(at)
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(seconds) for name, seconds in times.items()}


if __name__ == "__main__":
    sys.exit(main())
