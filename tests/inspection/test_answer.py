"""The answer in words."""

import re

import numpy as np
import pytest

from cnnviz.inspection.answer import Answer, best_two, remark

SURE = Answer(7, 0.985, 1, 0.01)
TORN = Answer(4, 0.524, 9, 0.448)


@pytest.mark.parametrize("seed", range(5))
def test_best_two_are_the_two_largest_by_sorting(seed):
    probabilities = np.random.default_rng(seed).dirichlet(np.ones(10)).astype(np.float32)
    (second_value, second), (value, first) = sorted(
        (float(p), digit) for digit, p in enumerate(probabilities)
    )[-2:]
    assert best_two(probabilities) == Answer(first, value, second, second_value)


@pytest.mark.parametrize(
    ("probabilities", "expected"),
    [
        ([0.1] * 10, Answer(0, 0.1, 1, 0.1)),
        ([0, 0, 0.5, 0, 0, 0, 0, 0, 0, 0.5], Answer(2, 0.5, 9, 0.5)),
        ([0, 0, 0, 1, 0, 0, 0, 0, 0, 0], Answer(3, 1.0, 0, 0.0)),
        ([0.2, 0, 0, 0, 0, 0, 0, 0.2, 0.6, 0], Answer(8, 0.6, 0, 0.2)),
    ],
)
def test_of_equal_probabilities_the_smaller_digit_comes_first(probabilities, expected):
    assert best_two(np.array(probabilities)) == expected


def test_best_two_are_plain_numbers_and_leave_the_probabilities_unchanged():
    probabilities = np.float32([0.25, 0.5, 0.125, 0.125])
    copy = probabilities.copy()
    answer = best_two(probabilities)
    assert (type(answer.digit), type(answer.probability)) == (int, float)
    np.testing.assert_array_equal(probabilities, copy)


def test_best_two_of_a_single_probability_is_an_error():
    with pytest.raises(ValueError, match="not enough values"):
        best_two(np.array([1.0]))


@pytest.mark.parametrize(
    ("first", "second", "close"),
    [(0.5, 0.5, True), (0.6, 0.35, True), (0.75, 0.25, False), (0.625, 0.375, True), (1, 0, False)],
)
def test_answers_are_close_if_they_differ_by_less_than_three_tenths(first, second, close):
    assert Answer(1, first, 2, second).close is close


@pytest.mark.parametrize(
    ("answer", "unlike", "expected"),
    [
        (None, False, "Nothing is drawn yet, so there is nothing to answer."),
        (None, True, "Nothing is drawn yet, so there is nothing to answer."),
        (TORN, False, "The network hesitates: 4 with 52%, 9 with 45%."),
        (SURE, True, "This does not look like the digits .* so it says 7 all the same."),
        (TORN, True, "This does not look like the digits .* so it says 4 all the same."),
        (SURE, False, "The percentages compare the ten digits .* a letter would get a digit"),
    ],
)
def test_remark_is_the_sentence_that_fits(answer, unlike, expected):
    assert re.match(expected, remark(answer, unlike))


def test_remark_is_one_paragraph_that_ends_with_a_full_stop():
    for answer in (None, SURE, TORN):
        for unlike in (True, False):
            sentence = remark(answer, unlike)
            assert sentence.endswith(".")
            assert "\n" not in sentence


def test_an_answer_cannot_be_changed():
    with pytest.raises(AttributeError, match="cannot assign to field"):
        SURE.digit = 3
