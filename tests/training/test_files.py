"""The files that a training leaves, and what a failure leaves of them."""

import json

import keras
import numpy as np
import pytest

from cnnviz import mnist, networks
from cnnviz.training import files
from tests.helpers import few_digits


@pytest.fixture(scope="module")
def folder(run, tmp_path_factory):
    """A folder, made by `save`, that holds a run's files."""
    folder = tmp_path_factory.mktemp("saved") / "new" / "folder"
    files.save(run, folder)
    return folder


def test_save_writes_five_files_and_nothing_else(folder, run, name):
    weights, model, record = (f"{name}{ending}" for ending in (".npz", ".keras", ".json"))
    expected = [weights, f"initial/{name}.npz", model, "test_answers.npz", record]
    found = [file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()]
    assert sorted(found) == sorted(expected)
    assert files.save(run, folder) == [folder / file for file in expected]


def test_the_saved_weights_are_those_of_the_model(folder, run, name):
    network = networks.load(name, folder / f"{name}.npz")
    for ours, theirs in zip(network.weights, run.model.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    digit = mnist.digit(8)
    expected = run.model(digit[None, :, :, None])[0]
    np.testing.assert_allclose(network.forward(digit)["softmax"], expected, atol=1e-5)


def test_the_saved_initial_weights_are_those_before_training(folder, run, name):
    network = networks.load(name, folder / "initial" / f"{name}.npz")
    for ours, theirs in zip(network.weights, run.initial_weights, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_the_saved_model_opens_in_plain_keras(folder, run, name):
    model = keras.saving.load_model(folder / f"{name}.keras")
    for ours, theirs in zip(model.get_weights(), run.model.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_the_saved_answers_are_those_of_the_model(folder, run, name):
    with np.load(folder / "test_answers.npz") as saved:
        answers, probabilities = saved[f"{name}/answers"], saved[f"{name}/probabilities"]
    np.testing.assert_array_equal(answers, run.probabilities.argmax(axis=1))
    np.testing.assert_allclose(probabilities, run.probabilities, atol=1e-3)
    right = np.mean(run.probabilities.argmax(axis=1) == few_digits()["y_test"])
    assert run.record["test_accuracy"] == pytest.approx(right, abs=1e-6)


def test_the_saved_record_is_the_record(folder, run, name):
    assert json.loads((folder / f"{name}.json").read_text("utf-8")) == run.record


def test_the_files_can_be_read_by_others(folder):
    for file in folder.rglob("*.*"):
        assert file.stat().st_mode & 0o777 == 0o644


def test_save_into_a_file_is_an_error(run, tmp_path):
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(NotADirectoryError, match="taken"):
        files.save(run, tmp_path / "taken")
    assert (tmp_path / "taken").read_text() == "mine"


def test_replacing_puts_the_new_file_in_place_of_the_old_one(tmp_path):
    path = tmp_path / "weights.npz"
    path.write_text("old")
    with files.replacing(path) as temporary:
        temporary.write_text("new")
        assert path.read_text() == "old"
        assert temporary.parent == tmp_path
        assert temporary.suffix == ".npz"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_a_failure_while_writing_leaves_the_old_file_whole_and_no_other(tmp_path, error):
    path = tmp_path / "weights.npz"
    path.write_text("old")

    def fail():
        with files.replacing(path) as temporary:
            temporary.write_text("half of the n")
            raise error("the disk is full")

    with pytest.raises(error, match="the disk is full"):
        fail()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
