"""What the shipped runs measured, against their files and the shipped weights."""

import json

import numpy as np
import pytest

from cnnviz import mnist, networks
from cnnviz.runs import records
from cnnviz.runs.records import Accuracy
from cnnviz.training.build import build

NAMES = ("convnet", "dense")


def files(name):
    folder = networks.WEIGHTS_FOLDER / "records"
    return [json.loads(file.read_text("utf-8")) for file in folder.glob(f"{name}-seed-*.json")]


@pytest.mark.parametrize("name", NAMES)
def test_there_are_five_runs_in_the_order_of_their_seeds(name):
    assert [record["seed"] for record in records.runs(name)] == [0, 1, 2, 3, 4]
    assert {record["network"] for record in records.runs(name)} == {name}
    assert sorted(files(name), key=lambda record: record["seed"]) == records.runs(name)


@pytest.mark.parametrize(("name", "batch_size"), [("convnet", 64), ("dense", 128)])
def test_every_run_followed_the_recipe(name, batch_size):
    for record in records.runs(name):
        assert record["recipe"] == {
            "optimizer": "rmsprop",
            "learning_rate": 0.001,
            "loss": "categorical_crossentropy",
            "metrics": ["accuracy"],
            "epochs": 5,
            "batch_size": batch_size,
            "training_digits": 60_000,
            "test_digits": 10_000,
        }


@pytest.mark.parametrize(("name", "parameters"), [("convnet", 93_322), ("dense", 407_050)])
def test_every_run_trained_the_same_network_with_the_same_versions(name, parameters):
    runs = records.runs(name)
    assert {record["parameters"] for record in runs} == {parameters}
    assert len({tuple(record["versions"].items()) for record in runs}) == 1


@pytest.mark.parametrize("name", NAMES)
def test_every_run_measured_each_of_its_epochs(name):
    for record in records.runs(name):
        epochs = record["epochs"]
        assert [epoch["epoch"] for epoch in epochs] == [1, 2, 3, 4, 5]
        assert record["test_accuracy"] == epochs[-1]["test_accuracy"]
        assert record["test_loss"] == epochs[-1]["test_loss"]
        assert epochs[-1]["loss"] < epochs[0]["loss"]
        for epoch in epochs:
            assert 0.9 < epoch["accuracy"] <= 1
            assert 0.9 < epoch["test_accuracy"] <= 1


def test_runs_with_other_seeds_are_other_runs():
    for name in NAMES:
        assert len({record["test_loss"] for record in records.runs(name)}) == 5


@pytest.mark.parametrize("name", NAMES)
def test_accuracy_is_that_of_the_files(name):
    measured = [record["epochs"][4]["test_accuracy"] for record in files(name)]
    accuracy = records.accuracy(name)
    assert accuracy.runs == 5
    assert accuracy.test_digits == 10_000
    assert accuracy.mean == pytest.approx(np.mean(measured), abs=1e-12)
    assert (accuracy.lowest, accuracy.highest) == (min(measured), max(measured))


VARIANTS = ("convnet-same", "convnet-strides", "convnet-average", "convnet-unpooled")


@pytest.mark.parametrize("name", VARIANTS)
def test_every_variant_has_three_runs_that_followed_the_recipe(name):
    runs = records.runs(name)
    assert [record["seed"] for record in runs] == [0, 1, 2]
    for record in runs:
        assert record["recipe"] == records.runs("convnet")[0]["recipe"]
        assert record["network"] == name
        assert record["parameters"] == networks.SPECS[name].parameters()


def test_accuracies_are_about_those_of_the_literature():
    assert records.accuracy("convnet").mean == pytest.approx(0.993, abs=0.003)
    assert records.accuracy("dense").mean == pytest.approx(0.978, abs=0.005)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*NAMES, *VARIANTS])
def test_the_shipped_weights_are_those_of_the_run_with_seed_0(name):
    # By Keras, which is faster; that our operations give the same answers is tested elsewhere.
    model = build(networks.SPECS[name])
    model.set_weights(networks.load(name).weights)
    digits = mnist.read("x_test").astype(np.float32) / 255
    answers = model.predict(digits[..., None], batch_size=1000, verbose=0).argmax(axis=1)
    right = np.mean(answers == mnist.read("y_test"))
    assert right == pytest.approx(records.runs(name)[0]["test_accuracy"], abs=1e-6)


def test_accuracy_in_words_states_every_number():
    words = Accuracy(3, 0.98764, 0.9801, 0.99149, 10_000).in_words()
    assert words == (
        "Measured here on 10\N{NARROW NO-BREAK SPACE}000 test digits: 98.8% right, the mean of "
        "3 trainings (lowest 98.0%, highest 99.1%)."
    )


@pytest.mark.parametrize("function", [records.runs, records.accuracy])
@pytest.mark.parametrize("name", ["", "resnet", "Convnet"])
def test_an_unknown_network_is_an_error(function, name):
    with pytest.raises(ValueError, match=f"no record of a run of '{name}'"):
        function(name)
