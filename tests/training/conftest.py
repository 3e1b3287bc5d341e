"""One training on a few digits, of each kind of network, for all tests of what it leaves."""

import pytest

from cnnviz.runs.recipe import Recipe
from cnnviz.training.run import train
from tests.helpers import FEW_EPOCHS, few_digits


@pytest.fixture(scope="session", params=["convnet", "dense"])
def name(request):
    return request.param


@pytest.fixture(scope="session")
def run(name):
    return train(Recipe(name, FEW_EPOCHS, seed=3), data=few_digits())
