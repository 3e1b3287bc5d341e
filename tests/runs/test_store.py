"""Finished runs: which count, what they hold, and how many are kept."""

import json
import shutil

import numpy as np
import pytest

from cnnviz import mnist, networks
from cnnviz.runs import store
from tests.helpers import begun, made

pytestmark = pytest.mark.usefixtures("runs_folder")


def test_without_a_folder_there_is_no_run(runs_folder):
    assert not runs_folder.exists()
    assert store.finished() == []
    assert store.find("20260101-000000-abcd") is None
    assert store.find("").name == ""


def test_a_run_is_finished_once_it_is_whole(runs_folder):
    place = store.new_folder()
    (place / store.LIVE).write_text("half")
    assert store.finished() == []
    with pytest.raises(ValueError, match="holds no finished run"):
        store.read(place)
    shutil.rmtree(place)
    run = made()
    assert [found.name for found in store.finished()] == [run.name]
    assert store.find(run.name).record == run.record
    assert list(runs_folder.iterdir()) == [run.folder]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"network": "resnet"}', "\xff"])
def test_a_damaged_record_hides_its_run_and_no_other(text):
    whole, damaged = made(), made()
    (damaged.folder / "dense.json").write_text(text, encoding="latin-1")
    assert [run.name for run in store.finished()] == [whole.name]
    assert store.find(damaged.name) is None


@pytest.mark.parametrize("name", ["optimizer", "epochs", "batch_size", "learning_rate"])
def test_a_run_with_a_recipe_that_nobody_can_choose_is_none(name):
    whole, damaged = made(), made()
    recipe = {**damaged.record["recipe"], name: "![a](http://x/t.png)"}
    record = json.dumps({**damaged.record, "recipe": recipe})
    (damaged.folder / "dense.json").write_text(record)
    assert [run.name for run in store.finished()] == [whole.name]


def test_a_run_with_a_text_for_a_seed_is_none():
    damaged = made()
    (damaged.folder / "dense.json").write_text(json.dumps({**damaged.record, "seed": "<b>"}))
    assert store.find(damaged.name) is None


def test_the_newest_run_comes_first_and_the_oldest_go(monkeypatch):
    monkeypatch.setattr(store, "KEPT", 3)
    stamps = iter(f"20260101-00000{i}" for i in range(5))
    monkeypatch.setattr(store.time, "strftime", lambda _: next(stamps))
    names = [made().name for _ in range(5)]
    assert len({name[:15] for name in names}) == 5
    assert [run.name for run in store.finished()] == names[:1:-1]


def test_what_an_ended_server_left_is_removed_after_a_day(runs_folder, monkeypatch):
    left = store.new_folder()
    store.new_folder()
    assert left.exists()
    monkeypatch.setattr(store, "SECONDS_A_TRAINING_MAY_TAKE", -1)
    store.new_folder()
    assert not left.exists()
    assert len(list(runs_folder.iterdir())) == 1


def test_a_name_from_an_address_leads_to_no_other_folder(runs_folder):
    outside = runs_folder.parent / "outside"
    made()
    shutil.copytree(made().folder, outside)
    assert store.find("../outside") is None


@pytest.mark.parametrize(
    "missing", ["dense.npz", "dense.keras", "initial/dense.npz", "checkpoints", store.TEST_ANSWERS]
)
def test_a_run_without_one_of_its_files_is_none(missing):
    run = made()
    path = run.folder / missing
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert store.finished() == []
    assert store.find(run.name) is None
    place = begun()
    path = place / missing
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(ValueError, match="holds no finished run"):
        store.finish(place)


# ---- The shipped run ---------------------------------------------------------------------


def test_the_shipped_run_is_that_of_the_shipped_network():
    run = store.shipped()
    for ours, theirs in zip(run.network().weights, networks.load("convnet").weights, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert run.file(".keras").exists()


def test_its_checkpoints_go_from_the_untrained_to_the_trained_network():
    run = store.shipped()
    assert run.checkpoints == [0, 1, 10, 100, 938, 1876, 2814, 3752, 4690]
    for batches, trained in ((0, False), (4690, True)):
        there = run.at_checkpoint(batches).weights
        for ours, theirs in zip(there, run.network(trained).weights, strict=True):
            np.testing.assert_allclose(ours, theirs, atol=1e-3)


def test_its_checkpoints_get_better():
    digits, labels = mnist.read("x_test")[:300] / np.float32(255), mnist.read("y_test")[:300]

    def accuracy(batches):
        network = store.shipped().at_checkpoint(batches)
        answers = [network.forward(digit)["softmax"].argmax() for digit in digits]
        return np.mean(answers == labels)

    start, middle, end = map(accuracy, (0, 100, 4690))
    assert start < 0.4 < middle < end
    assert end > 0.98


def test_its_answers_are_those_of_its_network_and_make_its_accuracy():
    run = store.shipped()
    answers, probabilities = run.test_answers
    assert probabilities.shape == (10_000, 10)
    assert np.mean(answers == mnist.read("y_test")) == pytest.approx(run.accuracy, abs=1e-6)
    network = run.network()
    for index in np.random.default_rng(2).choice(10_000, 50, replace=False):
        expected = network.forward(mnist.digit(index))["softmax"]
        np.testing.assert_allclose(probabilities[index], expected, atol=1e-3)
        assert answers[index] == expected.argmax()


def test_the_accuracy_in_words():
    words = made().accuracy_in_words()
    assert words.startswith("Trained on this machine: 98.0%")
    assert words.endswith(" of 10\N{NARROW NO-BREAK SPACE}000 test digits right.")
