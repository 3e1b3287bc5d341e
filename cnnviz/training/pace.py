"""Measure how long the parts of a training take, in forward passes of the book's network.

    python -m cnnviz.training.pace

The Training page estimates by it what a training takes. A batch is measured at two sizes: what
it takes is a part for each step and a part for each digit. Of each time the lowest of some rounds
counts, as whatever else the machine does only adds to it.
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cnnviz.networks import SPECS
from cnnviz.runs import estimate
from cnnviz.runs.recipe import Recipe

ROUNDS, SIZES, SHARE = 4, (32, 256), 5


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
    """Return what the parts of a training take, ready for JSON.

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
        "networks": {name: _figures(found) for name, found in measured.items()},
    }


def _parts(name: str, share: int) -> dict[str, float]:
    """Return what the parts of a training take, in forward passes measured beside it."""
    from cnnviz.training.run import train

    estimate.seconds_per_pass.cache_clear()
    seconds = estimate.seconds_per_pass()
    small, large = (
        train(Recipe(name, epochs=1, batch_size=size, share=share)).record for size in SIZES
    )
    parts = {
        "begin": small["seconds_to_begin"],
        "small": small["seconds_per_batch"],
        "large": large["seconds_per_batch"],
        "test": min(record["seconds_per_test"] for record in (small, large)),
        "end": min(record["seconds_to_end"] for record in (small, large)),
    }
    return {part: taken / seconds for part, taken in parts.items()}


def _figures(rounds: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return what is kept of the parts in each round.

    >>> _figures([{"begin": 9.0, "small": 42.0, "large": 266.0, "test": 5.0, "end": 6.0}])
    {'begin': 9.0, 'step': 10.0, 'digit': 1.0, 'test': 5.0, 'end': 6.0}
    """
    lowest = {part: min(row[part] for row in rounds) for part in rounds[0]}
    small, large = lowest.pop("small"), lowest.pop("large")
    digit = (large - small) / (SIZES[1] - SIZES[0])
    step = max(0.0, small - SIZES[0] * digit)
    begin = lowest.pop("begin")
    kept = {"begin": begin, "step": step, "digit": digit, **lowest}
    return {part: round(passes, 3) for part, passes in kept.items()}


if __name__ == "__main__":
    sys.exit(main())
