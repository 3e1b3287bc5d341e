"""Write what a run leaves behind: each file appears whole or not at all."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.networks import SPECS
from cnnviz.types import Floats

if TYPE_CHECKING:
    from cnnviz.training.run import Run


def save(run: "Run", folder: Path | str) -> list[Path]:
    """Write a finished run's files into `folder`, made if need be, and return their paths.

    NAME.npz           the weights, by "layer/kernel" and "layer/bias"
    NAME.keras         the whole model, for plain Keras
    initial/NAME.npz   the weights before training
    test_answers.npz   the answer to each test digit, and its ten probabilities
    NAME.json          the record, last: where it stands, the others do

    A file of that name from an earlier run stays whole until the new one takes its place.
    """
    folder, name = Path(folder), run.record["network"]
    keys = SPECS[name].weight_shapes()
    (folder / "initial").mkdir(parents=True, exist_ok=True)
    weights, initial, model, test, record = files = [
        folder / f"{name}.npz",
        folder / "initial" / f"{name}.npz",
        folder / f"{name}.keras",
        folder / "test_answers.npz",
        folder / f"{name}.json",
    ]
    with replacing(weights) as file:
        np.savez(file, allow_pickle=False, **dict(zip(keys, run.model.get_weights(), strict=True)))
    with replacing(initial) as file:
        np.savez(file, allow_pickle=False, **dict(zip(keys, run.initial_weights, strict=True)))
    with replacing(model) as file:
        run.model.save(file)
    with replacing(test) as file:
        np.savez_compressed(file, allow_pickle=False, **test_answers(name, run.probabilities))
    with replacing(record) as file:
        file.write_text(json.dumps(run.record, indent=1) + "\n", encoding="utf-8")
    return files


def test_answers(name: str, probabilities: Floats) -> dict[str, NDArray[Any]]:
    """Return a network's answers to the test digits as they are kept, by their keys.

    Parameters
    ----------
    name : str
    probabilities : ndarray of float32, shape (digits, 10)
    """
    return {
        f"{name}/answers": probabilities.argmax(axis=1).astype(np.uint8),
        f"{name}/probabilities": probabilities.astype(np.float16),
    }


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path in the same folder; it replaces `path` if the block succeeds."""
    # Keras and NumPy look at the ending, so the temporary file keeps it.
    descriptor, name = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent)
    os.close(descriptor)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
