"""What the shipped training runs measured: every accuracy the app states comes from here."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from cnnviz.networks import WEIGHTS_FOLDER
from cnnviz.words import grouped

FOLDER = WEIGHTS_FOLDER / "records"
SPEED_FILE = FOLDER.parent / "speed.json"  # written by cnnviz.training.speed


@dataclass(frozen=True)
class Accuracy:
    """Test accuracy over several runs that differ by their seed, each in [0, 1]."""

    runs: int
    mean: float
    lowest: float
    highest: float
    test_digits: int

    def in_words(self) -> str:
        """Return a sentence that states the accuracy as it was measured."""
        return (
            f"Measured here on {grouped(self.test_digits)} test digits: {self.mean:.1%} right, the "
            f"mean of {self.runs} trainings (lowest {self.lowest:.1%}, highest {self.highest:.1%})."
        )


@cache
def runs(network: str) -> list[dict[str, Any]]:
    """Return the records of a network's shipped runs, by seed.

    >>> [record["seed"] for record in runs("convnet")]
    [0, 1, 2, 3, 4]
    """
    files = sorted(FOLDER.glob(f"{network}-seed-*.json"))
    records = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    if not records:
        raise ValueError(f"there is no record of a run of {network!r} in {FOLDER}")
    return sorted(records, key=lambda record: record["seed"])


def accuracy(network: str) -> Accuracy:
    """Return what the shipped runs of a network measured on the test digits."""
    measured = [record["test_accuracy"] for record in runs(network)]
    test_digits = runs(network)[0]["recipe"]["test_digits"]
    mean = sum(measured) / len(measured)
    return Accuracy(len(measured), mean, min(measured), max(measured), test_digits)


@dataclass(frozen=True)
class Ratio:
    """A network's time over that of the book's, measured in turns: over all rounds."""

    median: float
    lowest: float
    highest: float


@cache
def speed() -> dict[str, Any]:
    """Return what `cnnviz.training.speed` measured.

    Returns
    -------
    dict
        How many ``rounds``, how many ``batches`` of training and ``passes`` forward in each, the
        ``versions``, and for each of the ``networks`` the `Ratio` of ``training`` and ``forward``.
    """
    record = json.loads(SPEED_FILE.read_text(encoding="utf-8"))
    found = {
        name: {what: Ratio(**numbers) for what, numbers in row.items()}
        for name, row in record["networks"].items()
    }
    return {**record, "networks": found}
