"""The training process of the app: ready before it is asked, and gone with whoever started it."""

import json
import os
from contextlib import contextmanager

import numpy as np
import pytest

from cnnviz.runs import standby
from cnnviz.runs.recipe import Recipe
from cnnviz.training import background
from cnnviz.training.run import train
from tests.helpers import FEW_EPOCHS, few_digits, needs_posix

pytestmark = pytest.mark.slow


@contextmanager
def process():
    """A process that has been started; it does not outlive the test."""
    started = standby.start()
    try:
        yield started
    finally:
        standby.end(started)


def events(started):
    """The names of the events that a process tells of, one by one."""
    return (json.loads(line)["event"] for line in started.stdout)


def test_it_trains_as_it_is_told_and_ends(tmp_path):
    recipe = Recipe("dense", epochs=1, share=1)
    with process() as started:
        standby.train(started, [*recipe.options(), "--out", str(tmp_path), "--json"])
        assert list(events(started))[-1] == "done"
        assert started.wait(timeout=60) == 0
    assert (tmp_path / "dense.npz").exists()


@needs_posix
def test_it_gives_way(tmp_path):
    with process() as started:
        standby.train(started, ["--out", str(tmp_path), "--json"])
        assert next(events(started)) == "start"
        assert os.getpriority(os.PRIO_PROCESS, started.pid) == 19


@pytest.mark.parametrize("moment", ["waiting", "training"])
def test_it_ends_when_its_standard_input_is_closed(moment, tmp_path):
    with process() as started:
        if moment == "training":
            standby.train(started, ["--out", str(tmp_path), "--json"])
            assert "batch" in events(started)
        started.stdin.close()
        assert started.wait(timeout=60) == 1  # not 0, as if it had trained to the end
    assert list(tmp_path.iterdir()) == []


def test_what_makes_it_ready_changes_nothing_in_the_training():
    recipe = Recipe("dense", FEW_EPOCHS, seed=3)
    before = train(recipe, data=few_digits()).model.get_weights()
    background._train_a_moment()
    after = train(recipe, data=few_digits()).model.get_weights()
    for one, other in zip(before, after, strict=True):
        np.testing.assert_array_equal(one, other)
