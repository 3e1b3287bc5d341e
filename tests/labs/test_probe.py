"""A stroke where the network never looks, and one where it does."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnviz import mnist, networks
from cnnviz.labs import probe, stacks

NEVER = stacks.never_read(28, stacks.of_network("convnet"))


@pytest.fixture(scope="module")
def network():
    return networks.load("convnet")


@settings(deadline=None, derandomize=True, max_examples=20)
@given(seed=st.integers(0, 2**32 - 1))
def test_never_read_ink_changes_nothing_from_pool2_on(seed):
    network = networks.load("convnet")
    random = np.random.default_rng(seed)
    digit = random.random((28, 28), np.float32)
    before = network.forward(digit)
    changed = digit.copy()
    changed[NEVER] = random.random((len(NEVER), 28))
    changed[:, NEVER] = random.random((28, len(NEVER)))
    after = network.forward(changed)
    assert not np.array_equal(before["conv2"], after["conv2"])
    for name in ("pool2", "conv3", "flatten", "dense", "softmax"):
        np.testing.assert_array_equal(before[name], after[name])


@pytest.mark.parametrize("place", [25, 0, 13])
def test_every_read_row_and_column_can_change_pool2(network, place):
    digit = np.random.default_rng(0).random((28, 28), np.float32)
    for axis in (0, 1):
        changed = digit.copy()
        changed[(slice(None),) * axis + (place,)] = 1 - changed.take(place, axis)
        before, after = (network.forward(each)["pool2"] for each in (digit, changed))
        assert not np.array_equal(before, after)


def test_a_stroke_that_is_never_read_changes_not_one_probability(network):
    digit, stroke = mnist.digit(0), np.zeros((28, 28), np.float32)
    stroke[26:, 4:21] = 1
    found = probe.probe(network, digit, stroke, NEVER)
    assert (found.covered, found.read, found.changed) == (34, 0, 0)
    assert probe.in_words(found) == (
        "Your stroke covers 34 pixels, and **none of them is ever read**. "
        "Not one of the ten probabilities changed, to the last bit."
    )


def test_a_stroke_through_the_digit_changes_the_answer(network):
    digit, stroke = mnist.digit(0), np.zeros((28, 28), np.float32)
    stroke[14:16, :] = 1
    found = probe.probe(network, digit, stroke, NEVER)
    assert (found.covered, found.read) == (56, 52)
    assert found.changed == 10
    np.testing.assert_array_equal(
        found.after, network.forward(np.maximum(digit, stroke))["softmax"]
    )
    assert probe.in_words(found).startswith("**52** of the 56 pixels of your stroke are read.")


def test_nothing_given_is_changed(network):
    digit, stroke = mnist.digit(0), np.ones((28, 28), np.float32)
    kept = digit.copy(), stroke.copy()
    probe.probe(network, digit, stroke, NEVER)
    np.testing.assert_array_equal((digit, stroke), kept)


def answer(**probabilities):
    return np.array([probabilities.get(f"p{digit}", 0) for digit in range(10)], np.float32)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({"p7": 0.9}, {"p7": 0.6}, "The answer stays 7, but went from 90.0% to **60.0%**."),
        ({"p7": 0.9}, {"p3": 0.6}, "The answer went from 7 with 90.0% to **3** with 60.0%."),
        (
            {"p7": 0.9, "p1": 0.01},
            {"p7": 0.9001, "p1": 0.02},
            "The answer stays 7 with 90.0%, but 2 of the ten probabilities changed a little.",
        ),
    ],
)
def test_the_change_in_words(before, after, words):
    found = probe.Probe(40, 12, answer(**before), answer(**after))
    assert probe.in_words(found) == f"**12** of the 40 pixels of your stroke are read. {words}"


def test_no_stroke_is_said_so():
    found = probe.Probe(0, 0, answer(p7=1), answer(p7=1))
    assert probe.in_words(found) == "No stroke yet: the two answers are the same."
