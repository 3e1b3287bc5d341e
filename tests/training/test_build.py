"""The Keras model of a network: that of the book, layer by layer."""

import keras
import pytest

from cnnviz.networks import SPECS
from cnnviz.training.build import build

NAMES = ("convnet", "dense")


def test_build_makes_the_model_of_the_book():
    model = build(SPECS["convnet"])
    layers = keras.layers
    book = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu", name="conv1"),
            layers.MaxPooling2D(2, name="pool1"),
            layers.Conv2D(64, 3, activation="relu", name="conv2"),
            layers.MaxPooling2D(2, name="pool2"),
            layers.Conv2D(64, 3, activation="relu", name="conv3"),
            layers.Flatten(name="flatten"),
            layers.Dense(64, activation="relu", name="dense"),
            layers.Dense(10, activation="softmax", name="softmax"),
        ]
    )
    assert model.count_params() == 93_322
    for ours, theirs in zip(model.layers, book.layers, strict=True):
        without_types = [
            {key: value for key, value in layer.get_config().items() if key != "dtype"}
            for layer in (ours, theirs)
        ]
        assert without_types[0] == without_types[1]


@pytest.mark.parametrize("name", NAMES)
def test_build_gives_each_layer_its_name_and_shape(name):
    rows = [(layer.name, layer.output.shape[1:]) for layer in build(SPECS[name]).layers]
    assert rows == [(layer, shape) for layer, shape, _ in SPECS[name].summary()]
