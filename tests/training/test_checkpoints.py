"""The weights that are kept on the way, against a training that is watched."""

import keras
import numpy as np

from cnnviz import networks
from cnnviz.networks import SPECS
from cnnviz.runs.recipe import Recipe
from cnnviz.training.checkpoints import Checkpoints, LiveWeights
from cnnviz.training.run import train
from tests.helpers import few_digits


def test_checkpoints_are_the_weights_before_the_first_batches_and_after_each_epoch(tmp_path):
    kept = {}

    class Weights(keras.callbacks.Callback):
        def on_train_begin(self, logs=None):
            self.done = 0
            kept[0] = self.model.get_weights()

        def on_train_batch_end(self, batch, logs=None):
            self.done += 1
            kept[self.done] = self.model.get_weights()

    (tmp_path / "000007.npz").write_text("of an earlier run")
    spec = SPECS["convnet"]
    recipe = Recipe("convnet", 2, batch_size=32)
    data = few_digits()
    callbacks = [Weights(), Checkpoints(spec, tmp_path), LiveWeights(spec, tmp_path / "live.npz")]
    train(recipe, callbacks, data=data)
    names = sorted(file.stem for file in tmp_path.glob("0*.npz"))
    assert names == ["000000", "000001", "000008", "000010", "000016"]
    for name in names:
        weights = networks.load("convnet", tmp_path / f"{name}.npz").weights
        for ours, theirs in zip(weights, kept[int(name)], strict=True):
            np.testing.assert_allclose(ours, theirs, atol=1e-3)
    assert networks.load("convnet", tmp_path / "live.npz")
