"""Recipes: their limits, what follows from them, and their way through the command line."""

import pytest

from cnnviz import mnist
from cnnviz.runs import recipe
from cnnviz.runs.recipe import Recipe
from cnnviz.training.__main__ import _parse


def test_the_recipe_without_arguments_is_that_of_the_book():
    book = Recipe()
    assert (book.network, book.epochs, book.batch_size) == ("convnet", 5, 64)
    assert (book.optimizer, book.learning_rate, book.share) == ("rmsprop", 0.001, 100)
    assert Recipe("dense").batch_size == 128
    assert book.training_digits == len(mnist.read("y_train")) == recipe.TRAINING_DIGITS
    assert book.batches == 5 * 938


@pytest.mark.parametrize(
    ("share", "batch_size", "digits", "batches"),
    [(100, 64, 60_000, 938), (1, 64, 600, 10), (33, 1024, 19_800, 20), (7, 8, 4_200, 525)],
)
def test_a_share_of_the_digits_makes_fewer_batches(share, batch_size, digits, batches):
    made = Recipe(share=share, batch_size=batch_size, epochs=3)
    assert (made.training_digits, made.batches_per_epoch) == (digits, batches)
    assert made.batches == 3 * batches


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"network": "resnet"}, "no network 'resnet'.*convnet, dense"),
        ({"epochs": 0}, "epochs must be at least 1. Received: epochs=0"),
        ({"batch_size": 0}, "batch_size=0"),
        ({"share": 0}, "share=0"),
        ({"share": 101}, "share must be at most 100. Received: share=101"),
        ({"seed": -1}, "seed=-1"),
        ({"seed": 2**32}, "seed=4294967296"),
        ({"optimizer": "newton"}, "rmsprop, adam, sgd. Received: optimizer='newton'"),
        ({"learning_rate": 0}, "learning_rate=0"),
        ({"learning_rate": 1.5}, "learning_rate=1.5"),
        ({"learning_rate": float("nan")}, "learning_rate=nan"),
    ],
)
def test_a_recipe_that_cannot_be_is_an_error(arguments, message):
    with pytest.raises(ValueError, match=message):
        Recipe(**arguments)


@pytest.mark.parametrize(
    "made",
    [Recipe(), Recipe("dense", 20, 7, "sgd", 0.00001, 8, 1), Recipe("convnet-same", share=50)],
)
def test_the_command_line_takes_a_recipe_as_it_is(made, tmp_path):
    assert _parse([*made.options(), "--out", str(tmp_path)]).recipe == made
