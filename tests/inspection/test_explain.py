"""The reasons in the layer tables: the numbers in them are those of Keras."""

import re

import keras
import pytest

from cnnviz import words
from cnnviz.inspection import explain
from cnnviz.layers import AveragePooling2D, MaxPooling2D
from cnnviz.networks import SPECS
from cnnviz.training.build import build

LAYERS = [
    pytest.param(layer, input_shape, id=f"{spec.name} {layer.name}")
    for spec in SPECS.values()
    for layer, input_shape in zip(spec.layers, spec.shapes(), strict=False)
]


def plain(text):
    return text.replace(words.THIN_SPACE, "")


@pytest.mark.parametrize(("layer", "input_shape"), LAYERS)
def test_every_layer_of_every_network_has_its_reasons(layer, input_shape):
    shape = layer.output_shape(input_shape)
    assert str(shape[0]) in re.findall(r"\d+", plain(explain.output_reason(layer, input_shape)))
    reason = plain(explain.parameters_reason(layer, input_shape))
    worked_out = sum(
        eval(part.replace("×", "*"))
        for part in re.findall(r"[\d× ]*\d(?= weights| biases)", reason)
    )
    assert worked_out == layer.parameters(input_shape)


@pytest.mark.parametrize("name", SPECS)
def test_the_lines_of_code_build_the_network(name):
    layers = [
        eval(f"keras.layers.{explain.keras_line(layer)}", {"keras": keras})
        for layer in SPECS[name].layers
    ]
    model = keras.Sequential([keras.Input(SPECS[name].input_shape), *layers])
    expected = build(SPECS[name])
    for layer, twin in zip(model.layers, expected.layers, strict=True):
        ours, theirs = layer.get_config(), twin.get_config()
        assert {**ours, "name": None} == {**theirs, "name": None}


def test_each_kind_of_pool_says_what_it_does():
    shape = (11, 11, 64)
    largest, mean = MaxPooling2D("pool2"), AveragePooling2D("pool2")
    assert explain.output_reason(mean, shape) == explain.output_reason(largest, shape)
    assert explain.parameters_reason(largest, shape) == "none: it only picks the largest"
    assert explain.parameters_reason(mean, shape) == "none: it only takes the mean"
    assert explain.one_number(mean, shape, 7).endswith(
        "the mean of a 2 × 2 window of channel 7 alone."
    )
    assert explain.keras_line(mean) == "AveragePooling2D((2, 2))"
