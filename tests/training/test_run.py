"""Training on a few digits: what is measured, and that it learns."""

import json

import keras
import numpy as np
import pytest

from cnnviz.networks import SPECS
from cnnviz.runs.recipe import Recipe
from cnnviz.training.build import build
from cnnviz.training.progress import JsonLines
from cnnviz.training.run import train
from tests.helpers import FEW_DIGITS, FEW_EPOCHS, few_digits


def test_the_record_says_what_was_run(run, name):
    record = run.record
    assert record["network"] == name
    assert record["seed"] == 3
    assert record["recipe"] == {
        "optimizer": "rmsprop",
        "learning_rate": 0.001,
        "loss": "categorical_crossentropy",
        "metrics": ["accuracy"],
        "epochs": FEW_EPOCHS,
        "batch_size": {"convnet": 64, "dense": 128}[name],
        "training_digits": FEW_DIGITS,
        "test_digits": FEW_DIGITS,
    }
    assert record["parameters"] == run.model.count_params()
    assert record["versions"]["keras"] == keras.__version__
    assert record["seconds"] > 0


def test_the_model_was_trained_as_the_record_says(run):
    assert isinstance(run.model.optimizer, keras.optimizers.RMSprop)
    assert float(run.model.optimizer.learning_rate) == pytest.approx(0.001)  # Keras's own
    assert run.model.loss == "categorical_crossentropy"


def test_the_record_measures_each_epoch_and_the_finished_model(run):
    data, record = few_digits(), run.record
    assert [epoch["epoch"] for epoch in record["epochs"]] == [1, 2]
    pictures = data["x_test"][..., None] / np.float32(255)
    probabilities = run.model.predict(pictures, verbose=0)
    right = np.mean(probabilities.argmax(axis=1) == data["y_test"])
    loss = -np.log(probabilities[np.arange(FEW_DIGITS), data["y_test"]]).mean()
    assert record["test_accuracy"] == pytest.approx(right, abs=1e-6)
    assert record["test_loss"] == pytest.approx(loss, abs=1e-4)
    assert record["epochs"][-1]["test_accuracy"] == record["test_accuracy"]
    assert record["epochs"][-1]["test_loss"] == record["test_loss"]


def test_training_learns(run):
    first, last = run.record["epochs"]
    assert last["loss"] < first["loss"]
    assert last["accuracy"] > 0.3


def test_the_record_is_ready_for_json(run):
    assert json.loads(json.dumps(run.record)) == run.record


def test_the_initial_weights_are_those_of_the_seed_and_not_the_trained_ones(run, name):
    keras.utils.set_random_seed(3)
    expected = build(SPECS[name]).get_weights()
    trained = run.model.get_weights()
    for ours, theirs, after in zip(run.initial_weights, expected, trained, strict=True):
        np.testing.assert_array_equal(ours, theirs)
        assert (ours != after).any()


@pytest.mark.slow
def test_the_same_seed_gives_the_same_weights_and_another_seed_others(run, name):
    again = train(Recipe(name, FEW_EPOCHS, seed=3), data=few_digits())
    other = train(Recipe(name, 1, seed=4), data=few_digits())
    for first, second, third in zip(
        *(r.model.get_weights() for r in (run, again, other)), strict=True
    ):
        np.testing.assert_array_equal(first, second)
        assert (first != third).any()
    assert again.record["epochs"] == run.record["epochs"]


@pytest.mark.slow
def test_the_data_is_unchanged():
    data = {key: array.copy() for key, array in few_digits().items()}
    train(Recipe("dense", 1), data=data)
    for key, array in few_digits().items():
        np.testing.assert_array_equal(data[key], array)


@pytest.mark.slow
def test_a_recipe_of_its_own_is_followed():
    recipe = Recipe("dense", 1, optimizer="adam", learning_rate=0.02, batch_size=100, share=1)
    run = train(recipe)
    assert isinstance(run.model.optimizer, keras.optimizers.Adam)
    assert float(run.model.optimizer.learning_rate) == pytest.approx(0.02)
    assert int(run.model.optimizer.iterations) == 6  # batches of 100 of 600 digits
    done = run.record["recipe"]
    assert (done["optimizer"], done["learning_rate"]) == ("adam", 0.02)
    assert (done["batch_size"], done["training_digits"]) == (100, 600)


@pytest.mark.slow
@pytest.mark.parametrize("network", ["dense", "convnet"])
def test_steps_that_are_too_large_end_the_training_with_a_sentence(network):
    data = few_digits()
    data["x_train"] = np.full((FEW_DIGITS, 28, 28), 1e38)  # so large are the steps, too
    with pytest.raises(FloatingPointError, match="Try a smaller learning rate"):
        train(Recipe(network, optimizer="sgd", learning_rate=1.0), data=data)


@pytest.mark.slow
def test_a_training_of_one_batch_an_epoch_has_a_line_for_each(capsys):
    train(Recipe("dense", 2, batch_size=FEW_DIGITS), callbacks=[JsonLines()], data=few_digits())
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["epoch"], line["batch"]) for line in lines if line["event"] == "batch"] == [
        (1, 1),
        (2, 1),
    ]


def test_the_pace_is_in_the_record(run):
    record = run.record
    steps = FEW_EPOCHS * -(-FEW_DIGITS // record["recipe"]["batch_size"])
    parts = (steps - 1) * record["seconds_per_batch"] + FEW_EPOCHS * record["seconds_per_test"]
    assert 0 < parts < record["seconds"] + 0.1
    assert record["seconds_to_begin"] > 0
    assert record["seconds_to_end"] > 0


def test_the_run_has_what_the_model_makes_of_each_test_digit(run):
    pictures = few_digits()["x_test"][..., None] / np.float32(255)
    expected = run.model(pictures).numpy()
    np.testing.assert_allclose(run.probabilities, expected, atol=1e-5)
