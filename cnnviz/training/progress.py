"""Training progress for a program to read: one JSON object a line on standard output."""

import json
import time
from collections.abc import Mapping
from typing import Any, TypeAlias

import keras

Logs: TypeAlias = Mapping[str, float]
"""What Keras measured since the epoch began, by name."""

SECONDS_BETWEEN_LINES = 0.2


class Stopwatch(keras.callbacks.Callback):
    """Measures how long a batch takes, and how long a pass over the test digits.

    Attributes
    ----------
    seconds_per_batch, seconds_per_test : float or None
        Means so far; None until one is measured. The first batch does not count, as TensorFlow
        makes ready for the others in it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._batches = self._tests = 0
        self._batch_seconds = self._test_seconds = 0.0
        self._first = True

    @property
    def seconds_per_batch(self) -> float | None:
        return self._batch_seconds / self._batches if self._batches else None

    @property
    def seconds_per_test(self) -> float | None:
        return self._test_seconds / self._tests if self._tests else None

    def on_epoch_begin(self, epoch: int, logs: Logs) -> None:
        self._last = time.perf_counter()

    def on_train_batch_end(self, batch: int, logs: Logs) -> None:
        now = time.perf_counter()
        if self._first:
            self.first_batch = now
        if not self._first or self.params["steps"] == 1:
            self._batches += 1
            self._batch_seconds += now - self._last
        self._first, self._last = False, now

    def on_test_begin(self, logs: Logs) -> None:
        self._test_began = time.perf_counter()

    def on_test_end(self, logs: Logs) -> None:
        self._tests += 1
        self._test_seconds += time.perf_counter() - self._test_began


class JsonLines(Stopwatch):
    """Print where the training is: batches done, loss and accuracy, the pace.

    Loss and accuracy of a line are means over the batches since the line before it; those that
    Keras shows are means since the epoch began, and hide what happens within it.
    """

    def on_train_begin(self, logs: Logs) -> None:
        self._last_line = time.perf_counter()
        self.write("start", epochs=self.params["epochs"], batches=self.params["steps"])

    def on_epoch_begin(self, epoch: int, logs: Logs) -> None:
        super().on_epoch_begin(epoch, logs)
        self._epoch, self._written = epoch, 0
        self._sums = dict.fromkeys(("loss", "accuracy"), 0.0)

    def on_train_batch_end(self, batch: int, logs: Logs) -> None:
        super().on_train_batch_end(batch, logs)
        soon = time.perf_counter() - self._last_line < SECONDS_BETWEEN_LINES
        last = batch + 1 == self.params["steps"]
        if self.seconds_per_batch is None or (soon and not last):
            return
        self._last_line = time.perf_counter()
        means = self._since_last_line(batch + 1, logs)
        self.write(
            "batch",
            epoch=self._epoch + 1,
            batch=batch + 1,
            seconds_per_batch=self.seconds_per_batch,
            seconds_per_test=self.seconds_per_test,
            **means,
        )

    def _since_last_line(self, batches: int, logs: Logs) -> dict[str, float]:
        """Return the means over the batches since the last line, from those since the epoch."""
        means = {}
        for name, before in self._sums.items():
            self._sums[name] = logs[name] * batches
            means[name] = (self._sums[name] - before) / (batches - self._written)
        self._written = batches
        return means

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        names = {"val_loss": "test_loss", "val_accuracy": "test_accuracy"}
        self.write("epoch", epoch=epoch + 1, **{names.get(k, k): v for k, v in logs.items()})

    def write(self, event: str, **values: Any) -> None:
        """Print one line: the event's name and its values."""
        print(json.dumps({"event": event, **values}), flush=True)
