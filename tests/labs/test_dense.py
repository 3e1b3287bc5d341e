"""What was measured of both networks, against their own forward pass, and the words about it."""

import subprocess
import sys

import numpy as np
import pytest

from cnnviz import mnist, networks
from cnnviz.labs import dense as dense_lab
from cnnviz.labs import shift as shift_lab
from cnnviz.labs.dense import KINDS, MOVED_DIGITS, NAMES
from cnnviz.labs.moving import shifted
from cnnviz.labs.shift import REACH
from cnnviz.runs import records
from cnnviz.training import shifts as training

LABELS = mnist.read("y_test")
SIDE = 2 * REACH + 1


def archive(file):
    with np.load(networks.WEIGHTS_FOLDER / file, allow_pickle=False) as stored:
        return {key: stored[key] for key in stored.files}


@pytest.mark.parametrize("name", NAMES)
def test_the_measured_answers_are_those_of_the_forward_pass(name):
    stored = archive(dense_lab.ANSWERS)
    network = networks.load(name)
    random = np.random.default_rng(11)
    hard = np.flatnonzero(stored[f"{name}/answers"] != LABELS)
    for index in [*random.choice(10_000, 25, replace=False), *random.choice(hard, 15)]:
        expected = network.forward(mnist.digit(index))["softmax"]
        assert stored[f"{name}/answers"][index] == expected.argmax()
        np.testing.assert_allclose(stored[f"{name}/probabilities"][index], expected, atol=1e-3)


@pytest.mark.parametrize("name", NAMES)
def test_the_answers_to_moved_digits_are_those_of_the_forward_pass(name):
    stored = archive(dense_lab.MOVED)[name]
    assert stored.shape == (MOVED_DIGITS, SIDE, SIDE)
    network, random = networks.load(name), np.random.default_rng(12)
    for index, row, column in random.integers((MOVED_DIGITS, SIDE, SIDE), size=(60, 3)):
        moved = shifted(mnist.digit(index), row - REACH, column - REACH)
        ten = network.forward(moved)["softmax"]
        first, second = np.sort(ten)[:-3:-1]
        assert stored[index, row, column] == ten.argmax() or first - second < 1e-4


@pytest.mark.parametrize("name", NAMES)
def test_unmoved_the_two_files_agree(name):
    unmoved = archive(dense_lab.MOVED)[name][:, REACH, REACH]
    np.testing.assert_array_equal(unmoved, dense_lab.answers(name)[:MOVED_DIGITS])


@pytest.mark.parametrize("name", NAMES)
def test_the_errors_are_those_of_the_shipped_run(name):
    record = records.runs(name)[0]
    right = round(record["test_accuracy"] * record["recipe"]["test_digits"])
    assert np.count_nonzero(~dense_lab.wrong(name)) == right


def test_every_error_is_of_one_kind_the_surest_first():
    kinds = {kind: dense_lab.errors(kind) for kind in KINDS}
    assert sum(map(len, kinds.values())) == len(set().union(*map(set, kinds.values())))
    for kind, indices in kinds.items():
        sureness = []
        for index in indices:
            case = dense_lab.case(index)
            assert case.label == LABELS[index]
            mistaken = [name for name in NAMES if case.answers[name][0] != case.label]
            assert tuple(sorted(mistaken)) == tuple(sorted(KINDS[kind]))
            sureness.append(sum(case.answers[name][1] for name in mistaken))
        assert sureness == sorted(sureness, reverse=True)
        assert indices
    for name in NAMES:
        of_it = [kinds[kind] for kind, mistaken in KINDS.items() if name in mistaken]
        assert sum(map(len, of_it)) == dense_lab.wrong(name).sum()


def test_the_counts_are_stated():
    words = dense_lab.errors_in_words()
    both = len(dense_lab.errors("Both are wrong"))
    for name in NAMES:
        wrong = int(dense_lab.wrong(name).sum())
        assert f"**{wrong}**" in words
        assert f"**{wrong - both}**" in words
    assert f"**{both}**" in words


@pytest.mark.parametrize("name", NAMES)
def test_accuracy_by_shift_counts_the_answers(name):
    stored, accuracy = archive(dense_lab.MOVED)[name], dense_lab.moved_accuracy(name)
    assert accuracy.shape == (SIDE, SIDE)
    for down, right in [(0, 0), (-10, 10), (2, -3), (10, 0)]:
        row, column = REACH + down, REACH + right
        right_ones = sum(stored[i, row, column] == LABELS[i] for i in range(MOVED_DIGITS))
        assert accuracy[row, column] == pytest.approx(right_ones / MOVED_DIGITS)
    for distance, share in enumerate(dense_lab.by_distance(name)):
        ways = [(-distance, 0), (distance, 0), (0, -distance), (0, distance)]
        four = [accuracy[REACH + down, REACH + right] for down, right in ways]
        assert share == pytest.approx(np.mean(four))


def test_the_farthest_shift_with_enough_right():
    for name in NAMES:
        shares, far = dense_lab.by_distance(name), dense_lab.farthest(name)
        assert min(shares[: far + 1]) >= 0.9 > shares[far + 1]
        assert f"**{far} pixel" in dense_lab.fall_in_words()
    assert dense_lab.farthest("convnet") > dense_lab.farthest("dense")


def test_a_network_that_never_falls_gets_as_far_as_was_measured(monkeypatch):
    monkeypatch.setattr(dense_lab, "by_distance", lambda name: [1.0] * 11)  # noqa: ARG005
    assert dense_lab.farthest("dense") == REACH


def test_the_share_of_digits_with_all_their_ink():
    whole = dense_lab.whole_by_distance()
    assert len(whole) == REACH + 1
    for distance in (0, 4, 7, 10):
        kept = []
        for index in range(0, MOVED_DIGITS):
            digit = mnist.digit(index)
            for down, right in [(-1, 0), (1, 0), (0, -1), (0, 1)]:
                moved = shifted(digit, distance * down, distance * right)
                kept.append(np.count_nonzero(moved) == np.count_nonzero(digit))
        assert whole[distance] == pytest.approx(np.mean(kept))


def test_the_lines_of_the_chart_are_what_was_measured():
    lines = dense_lab.curves()
    assert [name for name, *_ in lines] == ["convnet", "dense", "all ink in"]
    for (_, distances, percents), shares in zip(
        lines,
        [*map(dense_lab.by_distance, NAMES), dense_lab.whole_by_distance()],
        strict=True,
    ):
        assert distances == list(range(11))
        np.testing.assert_allclose(percents, np.multiply(shares, 100))


def test_the_words_about_ink_have_their_numbers():
    words, whole = dense_lab.ink_in_words(), dense_lab.whole_by_distance()
    here = dense_lab.farthest("convnet") + 1
    assert f"At {here} pixels {whole[here]:.0%}" in words
    half = min(d for d, share in enumerate(whole) if share < 0.5)
    assert f"From {half} pixels on fewer than half have it ({whole[half]:.0%}; at 10" in words
    assert f"{whole[-1]:.0%})" in words


def test_the_reason_names_the_last_maps():
    words = dense_lab.reason_in_words(networks.load("convnet"))
    assert "3 × 3 × 64" in words
    assert "row of 576" in words


def test_a_units_weights_are_those_that_its_number_is_computed_with():
    network, digit = networks.load("dense"), mnist.digit(3)
    numbers = network.forward(digit)["dense"]
    strongest = dense_lab.strongest_units(network, digit, 8)
    assert numbers[strongest].tolist() == sorted(numbers, reverse=True)[:8]
    unit = strongest[0]
    weights, bias = dense_lab.unit_weights(network, unit), network.layer("dense")[2][1][unit]
    assert (weights * digit).sum() + bias == pytest.approx(numbers[unit], abs=1e-4)
    words = dense_lab.unit_in_words(network, unit, digit)
    assert "784 weights" in words
    moved = network.forward(shifted(digit, 0, 3))["dense"][unit]
    for value in (numbers[unit], moved):
        assert any(abs(float(part) - value) < 0.006 for part in words.split("**")[3::2])


def test_a_unit_on_a_blank_digit_has_no_number_to_tell():
    words = dense_lab.unit_in_words(networks.load("dense"), 0, np.zeros((28, 28), np.float32))
    assert words.count("**") == 2


def test_the_kernels_are_local():
    words = dense_lab.kernels_in_words(networks.load("convnet"))
    for part in ("32 kernels of 3 × 3", "320 numbers", "676 places"):
        assert part in words


def test_a_networks_size_is_that_of_its_spec():
    for name, parameters in (("convnet", "93\u202f322"), ("dense", "407\u202f050")):
        size, accuracy = dense_lab.size_in_words(name, networks.SPECS[name])
        assert f"**{parameters}** parameters" in size
        assert f"{records.accuracy(name).mean:.2%}" in accuracy


def test_the_measured_arrays_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        dense_lab.answers("dense")[0] = 1
    assert shift_lab.REACH == REACH


# ---- The script that measures it -----------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_measuring_again_gives_what_is_shipped(name, monkeypatch):
    monkeypatch.setattr(training, "MOVED_DIGITS", 6)
    monkeypatch.setattr(training, "REACH", 2)
    model, digits = training._model(name), mnist.read("x_test")[:20].astype(np.float32) / 255
    moved = training.moved_answers(name, model, digits)[name]
    here = slice(REACH - 2, REACH + 3)
    np.testing.assert_array_equal(moved, archive(dense_lab.MOVED)[name][:6, here, here])
    for key, array in training.answers(name, model, digits).items():
        stored = archive(dense_lab.ANSWERS)[key]
        assert array.dtype == stored.dtype
        np.testing.assert_allclose(array, stored[:20], atol=1e-3)


def test_the_script_explains_itself_without_tensorflow():
    command = [sys.executable, "-X", "importtime", "-m", "cnnviz.training.shifts", "--help"]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "1000" in found.stdout
    assert "tensorflow" not in found.stderr
