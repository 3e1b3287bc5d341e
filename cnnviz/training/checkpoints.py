"""The weights on their way: at the first batches and each epoch, and those of the moment."""

import time
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from cnnviz.networks import NetworkSpec
from cnnviz.training.files import replacing
from cnnviz.training.progress import Logs
from cnnviz.types import Floats

FIRST_BATCHES = (0, 1, 10, 100)
SECONDS_BETWEEN_LIVE = 0.4
LIVE_SHARE = 0.02  # of the time, at most, goes into writing the weights of the moment


class Writer(keras.callbacks.Callback):
    """Writes weights in half precision: they are looked at, not trained on."""

    def __init__(self, spec: NetworkSpec) -> None:
        super().__init__()
        self._keys = list(spec.weight_shapes())

    def write(self, path: Path) -> None:
        """Write the weights of the moment."""
        weights = [half(weight) for weight in self.model.get_weights()]
        with replacing(path) as file:
            np.savez(file, allow_pickle=False, **dict(zip(self._keys, weights, strict=True)))


def half(array: Floats) -> NDArray[np.float16]:
    """Return an array in half precision; what is too large for that becomes the largest number.

    >>> half(np.array([0.5, -1e9])).tolist()
    [0.5, -65504.0]
    """
    largest = np.finfo(np.float16).max
    return np.clip(array, -largest, largest).astype(np.float16)


class Checkpoints(Writer):
    """Keep the weights before training, after the first batches and after each epoch.

    A file is called by the batches done: ``000000.npz``, ``000001.npz``, ...
    """

    def __init__(self, spec: NetworkSpec, folder: Path) -> None:
        super().__init__(spec)
        self._folder, self._done = folder, 0

    def on_train_begin(self, logs: Logs) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        for earlier in self._folder.glob("*.npz"):
            earlier.unlink()
        self._keep()

    def on_train_batch_end(self, batch: int, logs: Logs) -> None:
        self._done += 1
        if self._done in FIRST_BATCHES:
            self._keep()

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        self._keep()

    def _keep(self) -> None:
        """Write the checkpoint of this moment."""
        self.write(self._folder / f"{self._done:06d}.npz")


class LiveWeights(Writer):
    """Write the weights of the moment to a file, over and over."""

    def __init__(self, spec: NetworkSpec, file: Path) -> None:
        super().__init__(spec)
        self._file, self._next = file, 0.0

    def on_train_batch_end(self, batch: int, logs: Logs) -> None:
        start = time.perf_counter()
        if start < self._next:
            return
        try:
            self.write(self._file)
        except PermissionError:  # on Windows, while someone reads the file; the next one will do
            pass
        end = time.perf_counter()
        self._next = end + max(SECONDS_BETWEEN_LIVE, (end - start) / LIVE_SHARE)
