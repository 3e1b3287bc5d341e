"""Questions: one right answer, found by Keras too, and every choice with a reason."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnviz.inspection import opened
from cnnviz.labs import questions
from cnnviz.labs.sliding import Sliding


def right(question):
    (choice,) = [choice for choice in question.choices if choice.right]
    return choice.text


def check(question):
    texts = [choice.text for choice in question.choices]
    assert len(set(texts)) == len(texts)
    assert 2 <= len(texts) <= questions.CHOICES
    for choice in question.choices:
        assert choice.reason.strip().endswith(".")
        verdict = question.verdict(choice.text)
        assert verdict.startswith("**Right:**") == choice.right
        assert right(question) in verdict or choice.right


@settings(max_examples=120, deadline=None, derandomize=True)
@given(
    size=st.integers(1, 32),
    kernel=st.integers(1, 7),
    stride=st.integers(1, 5),
    dilation=st.integers(1, 4),
    padding=st.sampled_from(["valid", "same"]),
    seed=st.integers(0, 1000),
)
def test_the_size_asked_for_is_that_of_keras(size, kernel, stride, dilation, padding, seed):
    if padding == "valid" and (kernel - 1) * dilation + 1 > size:
        return
    setting = Sliding((size, size + 3), (kernel, 1), stride, padding, dilation)
    question = questions.of_size(setting, seed)
    check(question)
    stretched = (kernel - 1) * dilation + 1  # Keras refuses stride with dilation
    layer = keras.layers.MaxPooling2D((stretched, 1), stride, padding)
    _, height, width, _ = layer.compute_output_shape((1, size, size + 3, 1))
    assert right(question) == str(height if "many rows" in question.text else width)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("relu", [False, True])
def test_the_sum_asked_for_is_that_of_the_map(seed, relu):
    rng = np.random.default_rng(seed)
    image = rng.integers(-4, 9, (6, 7, 1))
    kernel = rng.integers(-2, 3, (3, 3, 1))
    one = opened.convolve(image, kernel, float(seed % 3), relu)
    question = questions.of_sum(one, seed)
    check(question)
    expected = one.output[question.cell]
    assert number(right(question)) == pytest.approx(expected, abs=0.005)
    before = one.output if one.pre_activation is None else one.pre_activation
    assert before[question.cell] != 0
    for choice in question.choices:  # none is wrong that is as good as right
        assert choice.right or abs(number(choice.text) - expected) > 0.005
    (reason,) = [choice.reason for choice in question.choices if choice.right]
    parts = [number(part.split()[0]) for part in reason.split("Together")[0].split(": ")[1:]]
    assert sum(parts) == pytest.approx(before[question.cell], abs=0.02)
    assert ("ReLU" in reason) == (before[question.cell] < 0 and relu)


def test_a_kernel_that_is_the_same_turned_round_has_no_such_slip():
    image = np.random.default_rng(0).random((9, 9, 1))
    kernel = np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]])[:, :, None] / 16
    for seed in range(40):
        question = questions.of_sum(opened.convolve(image, kernel), seed)
        assert not any("turns the kernel" in choice.reason for choice in question.choices)


def test_the_numbers_of_winner_and_losers_can_be_told_apart():
    image = np.random.default_rng(1).random((8, 8)) / 500
    for seed in range(20):
        question = questions.of_winner(opened.pool("max", image, 2, 2), seed)
        held = [choice.reason.split()[2].rstrip(".,") for choice in question.choices]
        (best,) = [text for text, one in zip(held, question.choices, strict=True) if one.right]
        assert held.count(best) == 1


def number(text):
    return float(text.rstrip(".,").replace("−", "-"))


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("seed", range(8))
def test_the_winner_asked_for_is_the_largest_of_its_window(padding, seed):
    image = np.random.default_rng(seed).normal(size=(7, 5)).astype(np.float32)
    one = opened.pool("max", image, 3, 2, padding)
    question = questions.of_winner(one, seed)
    check(question)
    row, column = map(int, right(question).removeprefix("row ").split(", column "))
    assert image[row, column] == one.output[question.cell]


def test_a_blank_picture_has_a_question_all_the_same():
    one = opened.convolve(np.zeros((5, 5, 1)), np.ones((3, 3, 1)))
    question = questions.of_sum(one, 3)
    assert right(question) == "0"
    assert len(question.choices) > 1
    one = opened.pool("max", np.zeros((4, 4)), 2, 2)
    assert right(questions.of_winner(one, 1)).startswith("row ")


def test_size_and_number_are_asked_by_turns():
    setting = Sliding((9, 9), (3, 3), 3)
    pooled = opened.pool("max", np.random.default_rng(0).normal(size=(9, 9)), 3, 3)
    assert "How many rows" in questions.about(setting, pooled, 0).text
    assert "does the pool keep" in questions.about(setting, pooled, 1).text
    blank = opened.pool("max", np.zeros((9, 9)), 3, 3)
    assert "How many rows" in questions.about(setting, blank, 1).text
    slid = opened.convolve(np.ones((9, 9, 1)), np.ones((3, 3, 1)))
    assert "What number" in questions.about(setting, slid, 1).text


def test_a_seed_decides_the_question():
    one = opened.pool("max", np.random.default_rng(0).normal(size=(9, 9)), 3, 3)
    asked = {questions.of_winner(one, seed) for seed in range(20)}
    assert len(asked) > 5
    assert questions.of_winner(one, 4) == questions.of_winner(one, 4)


def test_an_average_is_no_sum_to_ask_for():
    with pytest.raises(ValueError, match=r"of a convolution\. Received: kind='average'"):
        questions.of_sum(opened.pool("average", np.ones((4, 4)), 2, 2), 1)
