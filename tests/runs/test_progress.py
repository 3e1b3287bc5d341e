"""Progress from the lines of a training process, its curves, and times in words."""

import re

import numpy as np
import pytest

from cnnviz.runs import progress as runs_progress
from cnnviz.runs import store
from cnnviz.runs.progress import Pace, Progress


def batch(epoch, number, loss=1.0, accuracy=0.5, test=None):
    return {
        "event": "batch",
        "epoch": epoch,
        "batch": number,
        "seconds_per_batch": 2.0,
        "seconds_per_test": test,
        "loss": loss,
        "accuracy": accuracy,
    }


def begun(batches_per_epoch, epochs, expected_batch=2.0):
    """A training whose batches take as long as `batch` says, if nothing else is expected."""
    return Progress(batches_per_epoch, epochs, Pace(3.0, expected_batch, test=4.0, end=1.0))


def test_progress_counts_batches_over_epochs():
    progress = begun(10, 4)
    assert (progress.share, progress.seconds_left, progress.seconds_in_all) == (0, None, None)
    progress.take(batch(1, 10), 30.0)
    progress.take({"event": "epoch", "epoch": 1, "test_loss": 0.8, "test_accuracy": 0.9}, 31.0)
    progress.take(batch(2, 5, test=7.0), 50.0)
    assert progress.done == 15
    assert progress.share == 15 / 40
    assert progress.seconds_left == 25 * 2 + 3 * 7 + 1
    assert progress.seconds_in_all == 50 + 25 * 2 + 3 * 7 + 1


def test_what_is_not_measured_yet_is_as_much_slower_than_expected_as_a_batch():
    progress = begun(10, 1, expected_batch=0.5)
    progress.take(batch(1, 10), 30.0)
    # 10 batches of 2 s, and 20 more as expected, are 1 s each: twice as slow.
    assert progress.share == 1
    assert progress.seconds_left == 2 * (4 + 1)
    progress.take({"event": "epoch", "epoch": 1, "test_loss": 0.8, "test_accuracy": 0.9}, 46.0)
    assert progress.seconds_left == 2 * 1
    assert progress.seconds_in_all == 46 + 2 * 1


def test_a_slow_first_batch_hardly_changes_what_is_expected():
    progress = begun(1000, 1, expected_batch=0.5)
    progress.take(batch(1, 2), 10.0)
    assert progress.pace.batch == pytest.approx((2 * 2 + 20 * 0.5) / 22)


def test_curves_have_the_training_by_batch_and_the_test_by_epoch():
    progress = begun(10, 2)
    progress.take(batch(1, 5, loss=2.0), 1.0)
    progress.take(batch(1, 10, loss=1.0), 1.0)
    progress.take({"event": "epoch", "epoch": 1, "test_loss": 0.8, "test_accuracy": 0.9}, 1.0)
    progress.take({"event": "unreadable"}, 1.0)
    assert progress.curves("loss") == [
        ("training", [0.5, 1.0], [2.0, 1.0]),
        ("test", [1], [0.8]),
    ]
    assert progress.curves("accuracy")[1] == ("test", [1], [0.9])


def test_no_numbers_yet_are_empty_curves():
    assert begun(10, 2).curves("loss") == [("training", [], []), ("test", [], [])]


@pytest.mark.parametrize("count", [1, 159, 160, 161, 1000, 4690])
def test_thinned_curves_have_few_points_with_the_same_mean(count):
    values = np.random.default_rng(count).normal(size=count)
    points = runs_progress.thinned(list(enumerate(values)))
    assert len(points) <= runs_progress.MOST_POINTS
    assert len(points) > min(count, runs_progress.MOST_POINTS) / 2.1
    size = -(-count // runs_progress.MOST_POINTS)
    for i, (x, y) in enumerate(points):
        group = values[i * size : (i + 1) * size]
        assert y == pytest.approx(group.mean())
        assert x == pytest.approx(i * size + (len(group) - 1) / 2)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "0 s"), (59.6, "1 min 0 s"), (61, "1 min 1 s"), (7322, "2 h 2 min")],
)
def test_times_in_words(seconds, words):
    assert runs_progress.duration(seconds) == words


def test_the_comparison_has_the_numbers_of_the_records():
    run = store.shipped()
    *_, series = runs_progress.compared([run, run])
    assert [name for name, *_ in series] == ["run 1", "run 2"]
    accuracies = [100 * epoch["test_accuracy"] for epoch in run.record["epochs"]]
    assert series[1][1:] == ([1, 2, 3, 4, 5], accuracies)
    row = runs_progress.comparison([run]).splitlines()[-1]
    assert f"**{run.accuracy:.2%}**" in row
    assert re.sub(r"\W", "", "93 322") in re.sub(r"\W", "", row)
