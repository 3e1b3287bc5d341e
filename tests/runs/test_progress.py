"""Progress from the lines of a training process, its curves, and times in words."""

import re

import numpy as np
import pytest

from cnnviz.runs import progress as runs_progress
from cnnviz.runs import store
from cnnviz.runs.progress import Progress


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


def test_progress_counts_batches_over_epochs():
    progress = Progress(batches_per_epoch=10, epochs=4)
    assert (progress.share, progress.seconds_left) == (0, None)
    progress.take(batch(1, 10))
    progress.take({"event": "epoch", "epoch": 1, "test_loss": 0.8, "test_accuracy": 0.9})
    progress.take(batch(2, 5, test=7.0))
    assert progress.done == 15
    assert progress.share == 15 / 40
    assert progress.seconds_left == 25 * 2 + 3 * 7
    assert progress.seconds_in_all == 40 * 2 + 4 * 7


def test_at_the_end_nothing_is_left():
    progress = Progress(10, 1)
    progress.take(batch(1, 10))
    assert progress.share == 1
    assert progress.seconds_left == 20  # the test pass, taken as ten batches until it is measured
    progress.take({"event": "epoch", "epoch": 1, "test_loss": 0.8, "test_accuracy": 0.9})
    assert progress.seconds_left == 0


def test_curves_have_the_training_by_batch_and_the_test_by_epoch():
    progress = Progress(10, 2)
    progress.take(batch(1, 5, loss=2.0))
    progress.take(batch(1, 10, loss=1.0))
    progress.take({"event": "epoch", "epoch": 1, "test_loss": 0.8, "test_accuracy": 0.9})
    progress.take({"event": "unreadable"})
    assert progress.curves("loss") == [
        ("training", [0.5, 1.0], [2.0, 1.0]),
        ("test", [1], [0.8]),
    ]
    assert progress.curves("accuracy")[1] == ("test", [1], [0.9])


def test_no_numbers_yet_are_empty_curves():
    assert Progress(10, 2).curves("loss") == [("training", [], []), ("test", [], [])]


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
