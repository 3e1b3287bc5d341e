"""Strokes as digits: geometry by hand, coverage by Pillow, reading by the convnet."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnviz import networks
from cnnviz.ink import centre_of_mass, digit_from_strokes
from tests.helpers import assert_digit, drawn_by_pillow, spans
from tests.strokes import any_canvas, any_strokes, scribble
from tools.strokes import SEVEN, THREE

DRAWINGS = {"seven": (SEVEN, 7), "three": (THREE, 3)}


def moved(strokes, across, down, scale=1.0):
    return [np.array(stroke) * scale + (across, down) for stroke in strokes]


@settings(deadline=None, derandomize=True, max_examples=200)
@given(
    strokes=any_strokes,
    canvas_size=any_canvas,
    pen_width=st.floats(1e-3, 1e3),
    framed=st.booleans(),
)
def test_any_strokes_make_a_digit(strokes, canvas_size, pen_width, framed):
    assert_digit(digit_from_strokes(strokes, canvas_size, pen_width, framed))


@pytest.mark.parametrize("framed", [True, False])
@pytest.mark.parametrize("pen_width", [1e-300, 1e-9, 1e4, 1e300, 1.7e308])
def test_a_pen_of_any_width_makes_a_digit(pen_width, framed):
    for strokes in (SEVEN, [[(5, 5)]]):
        assert_digit(digit_from_strokes(strokes, 280, pen_width, framed))


@pytest.mark.parametrize("framed", [True, False])
@pytest.mark.parametrize(
    "strokes",
    [
        [],
        [[]],
        [[], []],
        [np.zeros((0, 2))],
        [[(np.nan, 5)]],
        [[(np.inf, 5), (5, -np.inf)]],
        [[(-20, -20)], [(300, 100), (300, 200)]],
        [[(-100, 140), (140, -200)]],
    ],
    ids=["none", "empty", "two empty", "no rows", "nan", "inf", "outside", "past a corner"],
)
def test_strokes_without_ink_on_the_canvas_are_a_blank_digit(strokes, framed):
    digit = digit_from_strokes(strokes, 280, 8, framed)
    assert_digit(digit)
    assert not digit.any()


@pytest.mark.parametrize("framed", [True, False])
def test_points_that_are_not_finite_are_left_out(framed):
    clean = [[(50, 50), (200, 60), (120, 220)]]
    broken = [[(np.nan, 9), (50, 50), (200, 60), (np.inf, 5), (120, 220), (3, -np.inf)], []]
    np.testing.assert_array_equal(
        digit_from_strokes(broken, 280, 12, framed), digit_from_strokes(clean, 280, 12, framed)
    )


@pytest.mark.parametrize("framed", [True, False])
def test_what_lies_outside_the_canvas_is_left_out(framed):
    inside = [[(100, 0), (100, 280)], [(0, 70), (280, 210)]]
    beyond = [[(100, -900), (100, 500)], [(-280, -70), (560, 350)]]
    np.testing.assert_allclose(
        digit_from_strokes(beyond, 280, 14, framed),
        digit_from_strokes(inside, 280, 14, framed),
        atol=1e-5,
    )


def test_a_stroke_that_leaves_and_comes_back_is_cut_at_the_border():
    # Out through the right border at (280, 100), back through it at (280, 180).
    there_and_back = [[(200, 100), (360, 100), (360, 180), (200, 180)]]
    cut = [[(200, 100), (280, 100)], [(280, 180), (200, 180)]]
    np.testing.assert_allclose(
        digit_from_strokes(there_and_back, 280, 14, framed=False),
        digit_from_strokes(cut, 280, 14, framed=False),
        atol=1e-5,
    )


@pytest.mark.parametrize("pen", [4, 9, 20, 45, 90])
@pytest.mark.parametrize("canvas_size", [(280, 280), (200, 280), (280, 140), (28, 28)])
def test_as_drawn_is_the_canvas_shrunk(canvas_size, pen):
    scale = max(canvas_size) / 280
    room = np.array(canvas_size[::-1]) / 280
    strokes = [scribble(1) * room, scribble(2) * room]
    digit = digit_from_strokes(strokes, canvas_size, pen * scale, framed=False)
    expected = drawn_by_pillow(strokes, canvas_size, [pen * scale] * 2)
    assert expected.max() > 0.3
    assert np.abs(digit - expected).mean() < 0.01


def test_each_stroke_has_its_own_pen():
    strokes, pens = [scribble(3), scribble(4), scribble(5)], [5, 40, 15]
    digit = digit_from_strokes(strokes, 280, pens, framed=False)
    assert np.abs(digit - drawn_by_pillow(strokes, (280, 280), pens)).mean() < 0.01


def test_as_drawn_of_a_straight_stroke_by_hand():
    # A pen of 20 canvas pixels is 2 digit pixels: columns 13 and 14 full, from row 5 to row 23.
    digit = digit_from_strokes([[(140, 50), (140, 230)]], 280, 20, framed=False)
    assert (digit[5:23, 13:15] == 1).all()
    assert not digit[:, :13].any()
    assert not digit[:, 15:].any()
    assert digit[5:23].sum() == 36
    assert 0 < digit[4, 13] < 1  # the round end


def test_a_wide_canvas_keeps_its_shape_and_is_centred():
    full = [[(10, 5), (390, 5)], [(10, 95), (390, 95)]]
    digit = digit_from_strokes(full, (100, 400), 4, framed=False)
    rows = np.flatnonzero(digit.any(axis=1))
    # 100 of 400 canvas pixels are 7 of 28, in the middle: rows 10.5 to 17.5.
    assert rows[0] == 10
    assert rows[-1] == 17
    np.testing.assert_allclose(digit, digit[::-1], atol=1e-6)
    np.testing.assert_allclose(digit, digit[:, ::-1], atol=1e-6)


def test_a_pen_wider_than_the_canvas_covers_everything():
    assert (digit_from_strokes([[(5, 270)]], 280, 900, framed=False) == 1).all()


@pytest.mark.parametrize(("across", "down"), [(-65, -50), (0.3, 0.7), (75, 43), (-31.4, 12.1)])
@pytest.mark.parametrize("name", DRAWINGS)
def test_framing_does_not_see_where_the_drawing_is(name, across, down):
    strokes, _ = DRAWINGS[name]
    result = digit_from_strokes(moved(strokes, across, down), 280, 18)
    assert np.abs(result - digit_from_strokes(strokes, 280, 18)).max() < 1e-4


@pytest.mark.parametrize("scale", [0.1, 0.37, 0.9, 3.1])
@pytest.mark.parametrize("seed", range(3))
def test_framing_does_not_see_how_large_the_drawing_is(seed, scale):
    strokes = [scribble(seed), scribble(seed + 10)]
    expected = digit_from_strokes(strokes, 280, 16)
    result = digit_from_strokes(moved(strokes, 0, 0, scale), 900, 16 * scale)
    assert np.abs(result - expected).max() < 1e-4


@pytest.mark.parametrize("points", [3, 8, 20])
@pytest.mark.parametrize("seed", range(8))
def test_a_framed_drawing_fills_the_box_and_has_its_mass_in_the_middle(seed, points):
    digit = digit_from_strokes([scribble(seed, points)], 280, 14)
    # Twenty pixels, that seldom lie on the grid: half-inked edges left out, or counted.
    assert 19 <= max(spans(digit, above=0.5)) <= 21
    assert max(spans(digit)) <= 22
    np.testing.assert_allclose(centre_of_mass(digit), [14, 14], atol=0.5)


@pytest.mark.parametrize(
    ("width", "height", "rows", "columns"),
    [(90, 90, 20, 20), (40, 90, 20, 10), (90, 40, 10, 20), (0, 90, 20, 2), (90, 0, 2, 20)],
)
def test_a_framed_outline_keeps_its_proportions(width, height, rows, columns):
    # With a pen of 10 the ink is 100 long: 20 digit pixels, a fifth of the canvas's.
    x, y = 37, 51
    box = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
    digit = digit_from_strokes([box], 280, 10)
    assert spans(digit, above=1e-4) == (rows, columns)
    np.testing.assert_allclose(centre_of_mass(digit), [14, 14], atol=1e-5)


@pytest.mark.parametrize(
    ("pen", "expected"), [(0.5, 1.8), (2, 1.8), (11, 2.2), (30, 2.8), (90, 2.8)]
)
def test_a_framed_pen_is_neither_thin_nor_thick(pen, expected):
    # The stroke is 110 - pen long where the pen is not replaced, so that the ink is 100 or so.
    digit = digit_from_strokes([[(90, 90), (90, 90 + 100 - pen if pen == 11 else 190)]], 280, pen)
    assert digit[12:16].sum(axis=1) == pytest.approx([expected] * 4, abs=0.1)
    assert spans(digit, above=0.5)[0] == 20


@pytest.mark.parametrize("place", [(140, 140), (3, 275), (0, 0)])
@pytest.mark.parametrize("pen", [2, 20, 200])
def test_a_dot_is_a_small_blob_in_the_middle(place, pen):
    digit = digit_from_strokes([[place]], 280, pen)
    assert digit.max() > 0.5
    assert max(spans(digit)) <= 4
    np.testing.assert_allclose(centre_of_mass(digit), [14, 14], atol=1e-5)


def test_a_mark_much_shorter_than_its_pen_is_not_blown_up():
    digit = digit_from_strokes([[(100, 100), (104, 103)]], 280, 20)
    assert max(spans(digit)) <= 5


def test_a_lopsided_drawing_is_moved_by_its_mass_as_far_as_the_picture_goes():
    block = [[(50, 50 + y), (90, 50 + y)] for y in range(0, 180, 8)]
    digit = digit_from_strokes([*block, [(50, 100), (230, 100)]], 280, 8)
    columns = np.flatnonzero((digit > 0.5).any(axis=0))
    assert columns.tolist() == list(range(8, 28))  # all twenty, none pushed out
    assert centre_of_mass(digit)[0] < 13


def test_framing_keeps_the_pens_in_proportion():
    strokes = [[(60, 60), (60, 220)], [(220, 60), (220, 220)]]
    digit = digit_from_strokes(strokes, 280, [8, 24])
    left, right = digit[12:16, :14].sum(axis=1), digit[12:16, 14:].sum(axis=1)
    np.testing.assert_allclose(right / left, 3, atol=0.3)


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.parametrize(("scale", "across", "down", "pen"), [(1, 0, 0, 20), (1 / 6, 5, 225, 6)])
def test_the_convnet_reads_a_drawing_even_if_it_is_tiny_and_in_a_corner(
    name, scale, across, down, pen
):
    strokes, expected = DRAWINGS[name]
    digit = digit_from_strokes(moved(strokes, across, down, scale), 280, pen)
    probabilities = networks.load("convnet").forward(digit)["softmax"]
    assert probabilities.argmax() == expected
    assert probabilities.max() > 0.9


@pytest.mark.parametrize(
    ("strokes", "canvas_size", "pen_width", "message"),
    [
        ([[(1, 2, 3)]], 280, 8, r"shape \(n, 2\)\. Received: shape \(1, 3\)"),
        ([(1, 2)], 280, 8, r"shape \(n, 2\)\. Received: shape \(2,\)"),
        ([[[(1, 2)]]], 280, 8, r"shape \(n, 2\)\. Received: shape \(1, 1, 2\)"),
        ([[("a", "b")]], 280, 8, "could not convert"),
        (SEVEN, 0, 8, "canvas_size must be positive.*canvas_size=0"),
        (SEVEN, (280, -1), 8, r"canvas_size must be positive.*\(280, -1\)"),
        (SEVEN, float("nan"), 8, "canvas_size must be positive.*nan"),
        (SEVEN, (280, 280, 3), 8, r"canvas_size must be an integer or \(height, width\)"),
        (SEVEN, 280, 0, "pen_width must be positive.*pen_width=0"),
        (SEVEN, 280, -3, "pen_width must be positive.*-3"),
        (SEVEN, 280, float("nan"), "pen_width must be positive.*nan"),
        (SEVEN, 280, float("inf"), "pen_width must be positive.*inf"),
        (THREE, 280, [8, 0], r"pen_width must be positive.*\[8, 0\]"),
        (THREE, 280, [8], "one for each of the 2 strokes. Received: 1 numbers"),
        (THREE, 280, [8, 9, 10], "one for each of the 2 strokes. Received: 3 numbers"),
        ([], 280, 0, "pen_width must be positive"),
    ],
)
def test_impossible_arguments_are_errors(strokes, canvas_size, pen_width, message):
    with pytest.raises(ValueError, match=message):
        digit_from_strokes(strokes, canvas_size, pen_width)


@pytest.mark.parametrize("framed", [True, False])
def test_the_strokes_are_unchanged(framed):
    strokes = [np.array([(5.0, 5.0), (np.nan, 3.0), (1e300, 90.0)]), scribble(0)]
    pens = np.array([4.0, 9.0])
    copies = [array.copy() for array in (*strokes, pens)]
    digit_from_strokes(strokes, 280, pens, framed)[...] = 1
    for array, copy in zip((*strokes, pens), copies, strict=True):
        np.testing.assert_array_equal(array, copy)
