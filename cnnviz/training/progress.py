"""Training progress for a program to read: one JSON object a line on standard output."""

import json
import time

import keras

SECONDS_BETWEEN_LINES = 0.2


class JsonLines(keras.callbacks.Callback):
    """Print what Keras's progress bar shows: batch, loss, accuracy, seconds left."""

    def on_train_begin(self, logs=None):
        self._start = time.perf_counter()
        self._last_line = 0.0
        self._epoch = 0
        self.write("start", epochs=self.params["epochs"], batches=self.params["steps"])

    def on_epoch_begin(self, epoch, logs=None):
        self._epoch = epoch

    def on_train_batch_end(self, batch, logs=None):
        now = time.perf_counter()
        if now - self._last_line < SECONDS_BETWEEN_LINES:
            return
        self._last_line = now
        done = self._epoch * self.params["steps"] + batch + 1
        total = self.params["epochs"] * self.params["steps"]
        left = (now - self._start) / done * (total - done)
        self.write("batch", epoch=self._epoch + 1, batch=batch + 1, seconds_left=left, **logs)

    def on_epoch_end(self, epoch, logs=None):
        names = {"val_loss": "test_loss", "val_accuracy": "test_accuracy"}
        self.write("epoch", epoch=epoch + 1, **{names.get(k, k): v for k, v in logs.items()})

    def write(self, event, **values):
        """Print one line: the event's name and its values."""
        print(json.dumps({"event": event, **values}), flush=True)
