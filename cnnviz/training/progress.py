"""Training progress for a program to read: one JSON object a line on standard output."""

import json
import time

import keras

SECONDS_BETWEEN_LINES = 0.2


class JsonLines(keras.callbacks.Callback):
    """Print where the training is: batches done, loss and accuracy, seconds left.

    Loss and accuracy of a line are means over the batches since the line before it; those that
    Keras shows are means since the epoch began, and hide what happens within it.
    """

    def on_train_begin(self, logs=None):
        self._start = self._last_line = time.perf_counter()
        self._epoch = 0
        self.write("start", epochs=self.params["epochs"], batches=self.params["steps"])

    def on_epoch_begin(self, epoch, logs=None):
        self._epoch = epoch
        self._written, self._sums = 0, dict.fromkeys(("loss", "accuracy"), 0.0)

    def on_train_batch_end(self, batch, logs=None):
        now = time.perf_counter()
        if self._epoch == batch == 0:  # it took longer, as TensorFlow made ready for the others
            self._start = now
        last = batch + 1 == self.params["steps"]
        if batch == 0 or (now - self._last_line < SECONDS_BETWEEN_LINES and not last):
            return
        self._last_line = now
        done = self._epoch * self.params["steps"] + batch + 1
        total = self.params["epochs"] * self.params["steps"]
        left = (now - self._start) / max(1, done - 1) * (total - done)
        means = self._since_last_line(batch + 1, logs)
        self.write("batch", epoch=self._epoch + 1, batch=batch + 1, seconds_left=left, **means)

    def _since_last_line(self, batches, logs):
        """Return the means over the batches since the last line, from those since the epoch."""
        means = {}
        for name, before in self._sums.items():
            self._sums[name] = logs[name] * batches
            means[name] = (self._sums[name] - before) / (batches - self._written)
        self._written = batches
        return means

    def on_epoch_end(self, epoch, logs=None):
        names = {"val_loss": "test_loss", "val_accuracy": "test_accuracy"}
        self.write("epoch", epoch=epoch + 1, **{names.get(k, k): v for k, v in logs.items()})

    def write(self, event, **values):
        """Print one line: the event's name and its values."""
        print(json.dumps({"event": event, **values}), flush=True)
