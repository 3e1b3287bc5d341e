"""The lines of progress, against Keras batch by batch."""

import json

import keras
import numpy as np
import pytest

from cnnviz.runs.recipe import Recipe
from cnnviz.training import progress
from cnnviz.training.progress import JsonLines
from cnnviz.training.run import train
from tests.helpers import FEW_EPOCHS, few_digits


@pytest.mark.slow
def test_the_callback_prints_what_a_program_can_read(capsys):
    train(Recipe("dense", FEW_EPOCHS), callbacks=[JsonLines()], data=few_digits())
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == {"event": "start", "epochs": 2, "batches": 2}
    epochs = [line for line in lines if line["event"] == "epoch"]
    assert [line["epoch"] for line in epochs] == [1, 2]
    for line in epochs:
        assert set(line) == {
            "event", "epoch", "loss", "accuracy", "test_loss", "test_accuracy"
        }  # fmt: skip
    batches = [line for line in lines if line["event"] == "batch"]
    assert batches[0]["epoch"] == 1
    assert all(line["seconds_per_batch"] > 0 for line in batches)
    assert batches[0]["seconds_per_test"] is None
    assert batches[-1]["seconds_per_test"] > 0
    assert {"loss", "accuracy", "batch"} <= set(batches[0])


def test_a_line_has_the_means_over_the_batches_since_the_line_before(capsys, monkeypatch):
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", 0)
    batches = []

    class EveryBatch(keras.callbacks.Callback):
        """Measures the loss of each batch by itself, from Keras's means since the epoch began."""

        def on_train_batch_end(self, batch, logs=None):
            before = batches[-1][0] if batch else 0.0
            batches.append((logs["loss"] * (batch + 1), logs["loss"] * (batch + 1) - before))

    recipe = Recipe("dense", 2, batch_size=32)
    train(recipe, callbacks=[EveryBatch(), JsonLines()], data=few_digits())
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    shown = [line for line in lines if line["event"] == "batch"]
    # The first batch of all has no line of its own: the second one's is the mean of both.
    own = [loss for _, loss in batches]
    per_epoch = len(own) // 2
    assert len(own) == 2 * per_epoch
    expected = [np.mean(own[:2]), *own[2:]]
    np.testing.assert_allclose([line["loss"] for line in shown], expected, rtol=1e-4)
