"""Measure how long the parts of a training take, in forward passes of the book's network.

    python -m cnnviz.training.pace

The Training page estimates by it what a training takes. A batch is measured at two sizes: what
it takes is a part for each step and a part for each digit.
"""

import argparse
import json
import os
import platform
import statistics
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cnnviz.networks import SPECS
from cnnviz.runs import estimate
from cnnviz.runs.recipe import Recipe

ROUNDS, SIZES, SHARE = 3, (32, 256), 10


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, write the file; return the process's exit code."""
    parser = argparse.ArgumentParser(prog="python -m cnnviz.training.pace", description=__doc__)
    parser.add_argument("--out", type=Path, default=estimate.FILE, help="the file to write")
    options = parser.parse_args(argv)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # Imported late: --help and a wrong option should not wait for TensorFlow.
    from cnnviz.training.files import replacing

    record = measure(list(SPECS), ROUNDS, SHARE)
    with replacing(options.out) as file:
        file.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(f"wrote {options.out}")
    return 0


def measure(names: Sequence[str], rounds: int, share: int) -> dict[str, Any]:
    """Return what the parts of a training take, medians over rounds, ready for JSON.

    Parameters
    ----------
    names : list of str
        In `networks.SPECS`.
    rounds : int
    share : int
        Per cent of the training digits that each training uses.
    """
    import keras
    import numpy as np
    import tensorflow as tf

    _parts(names[0], share)  # the first training in a process makes more ready
    measured: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(rounds):
        for name, found in measured.items():
            found.append(_parts(name, share))
    return {
        "rounds": rounds,
        "versions": {
            "python": platform.python_version(),
            "tensorflow": tf.__version__,
            "keras": keras.__version__,
            "numpy": np.__version__,
        },
        "networks": {name: _medians(found) for name, found in measured.items()},
    }


def _parts(name: str, share: int) -> dict[str, float]:
    """Return what the parts of a training take, in forward passes measured beside it."""
    from cnnviz.training.run import train

    estimate.seconds_per_pass.cache_clear()
    seconds = estimate.seconds_per_pass()
    small, large = (
        train(Recipe(name, epochs=1, batch_size=size, share=share)).record for size in SIZES
    )
    batches = [record["seconds_per_batch"] / seconds for record in (small, large)]
    digit = (batches[1] - batches[0]) / (SIZES[1] - SIZES[0])
    return {
        "begin": small["seconds_to_begin"] / seconds,
        "step": max(0.0, batches[0] - SIZES[0] * digit),
        "digit": digit,
        "test": small["seconds_per_test"] / seconds,
        "end": small["seconds_to_end"] / seconds,
    }


def _medians(rounds: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the median of each number.

    >>> _medians([{"test": 3.0}, {"test": 1.0}, {"test": 2.0}])
    {'test': 2.0}
    """
    return {name: round(statistics.median(row[name] for row in rounds), 4) for name in rounds[0]}


if __name__ == "__main__":
    sys.exit(main())
