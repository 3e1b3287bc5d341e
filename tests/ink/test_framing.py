"""Where the ink is, and what framing did to it, in words."""

import numpy as np
import pytest

from cnnviz import ink
from cnnviz.ink import centre_of_mass, digit_from_strokes, framing_in_words
from tools.strokes import SEVEN


def test_centre_of_mass_equals_a_plain_sum():
    digit = np.random.default_rng(0).uniform(size=(5, 9))
    copy, total, across, down = digit.copy(), 0.0, 0.0, 0.0
    for row in range(5):
        for column in range(9):
            total += digit[row, column]
            across += digit[row, column] * (column + 0.5)
            down += digit[row, column] * (row + 0.5)
    np.testing.assert_allclose(centre_of_mass(digit), [across / total, down / total])
    np.testing.assert_array_equal(digit, copy)


def test_centre_of_mass_of_one_pixel_is_its_middle():
    digit = np.zeros((28, 28))
    digit[3, 20] = 0.25
    assert centre_of_mass(digit).tolist() == [20.5, 3.5]


def both_ways(strokes, canvas_size, pen):
    return [digit_from_strokes(strokes, canvas_size, pen, framed) for framed in (False, True)]


def test_framing_in_words_says_how_far_the_ink_moved():
    # The stroke's middle is at (35, 70) of 280: 3.5, 7 of 28. It moves to 14, 14.
    raw, framed = both_ways([[(35, 40), (35, 100)]], 280, 20)
    words = framing_in_words(raw, framed, "board")
    assert words.startswith("Framing scaled your ink from 8 to 20 pixels and moved")
    assert "10.5 pixels right and 7.0 down" in words


def test_framing_in_words_says_left_and_up():
    raw, framed = both_ways([[(250, 200), (250, 260)]], 280, 20)
    assert "11.0 pixels left and 9.0 up" in framing_in_words(raw, framed, "upload")


@pytest.mark.parametrize(
    ("strokes", "canvas_size", "pen", "source", "expected"),
    [
        ([], 280, 20, "board", "Black means no ink"),
        ([], 280, 20, "upload", "Black means no ink"),
        (SEVEN, 280, 20, "sample", "A test digit of MNIST"),
        ([[(5, 5), (6, 6)]], 1e9, 1e-3, "board", "Your ink is too fine"),
    ],
)
def test_framing_in_words_of_other_cases(strokes, canvas_size, pen, source, expected):
    raw, framed = both_ways(strokes, canvas_size, pen)
    assert framing_in_words(raw, framed, source).startswith(expected)


def test_framing_in_words_leaves_the_digits_unchanged():
    raw, framed = both_ways(SEVEN, 280, 20)
    copies = raw.copy(), framed.copy()
    framing_in_words(raw, framed, "board")
    np.testing.assert_array_equal(raw, copies[0])
    np.testing.assert_array_equal(framed, copies[1])


def test_the_limits_of_the_pen_lie_within_the_box():
    low, high = ink.PEN_LIMITS
    assert 0 < low < high < ink.BOX < ink.SIDE
