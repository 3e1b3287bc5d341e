"""What an eraser leaves: geometry by hand, coverage by Pillow."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnviz.ink import centre_of_mass, digit_from_strokes
from tests.helpers import assert_digit, drawn_by_pillow, spans
from tests.strokes import any_canvas, any_strokes, scribble
from tools.strokes import SEVEN

LEFT, RIGHT = [(60, 60), (60, 200)], [(200, 90), (200, 190)]


@settings(deadline=None, derandomize=True, max_examples=200)
@given(
    data=st.data(),
    strokes=any_strokes,
    canvas_size=any_canvas,
    pen_width=st.floats(1e-3, 1e3),
    framed=st.booleans(),
)
def test_any_strokes_and_erasers_make_a_digit(data, strokes, canvas_size, pen_width, framed):
    erasing = data.draw(st.lists(st.booleans(), min_size=len(strokes), max_size=len(strokes)))
    assert_digit(digit_from_strokes(strokes, canvas_size, pen_width, framed, erasing))


@pytest.mark.parametrize("seed", range(8))
def test_as_drawn_is_the_canvas_shrunk(seed):
    strokes = [scribble(seed + 10 * i) for i in range(5)]
    pens, erasing = [20, 35, 14, 25, 30], [False, False, True, False, True]
    digit = digit_from_strokes(strokes, 280, pens, framed=False, erasing=erasing)
    expected = drawn_by_pillow(strokes, (280, 280), pens, erasing=erasing)
    assert expected.max() > 0.3
    assert np.abs(digit - expected).mean() < 0.01


@pytest.mark.parametrize("framed", [True, False])
@pytest.mark.parametrize("eraser", [20, 33])
def test_what_is_gone_over_again_is_all_rubbed_out(eraser, framed):
    strokes = [*SEVEN, scribble(3)]
    pens = [20] * len(strokes) + [eraser] * len(strokes)
    erasing = [False] * len(strokes) + [True] * len(strokes)
    assert not digit_from_strokes([*strokes, *strokes], 280, pens, framed, erasing).any()


def test_a_stroke_that_is_gone_over_leaves_no_edges_beside_another():
    digit = digit_from_strokes([LEFT, RIGHT, LEFT], 280, 23, False, [False, False, True])
    np.testing.assert_array_equal(digit, digit_from_strokes([RIGHT], 280, 23, framed=False))


@pytest.mark.parametrize("framed", [True, False])
def test_an_eraser_alone_and_one_that_came_before_the_pen_rub_nothing(framed):
    assert not digit_from_strokes([LEFT], 280, 20, framed, [True]).any()
    digit = digit_from_strokes([LEFT, LEFT], 280, 20, framed, [True, False])
    np.testing.assert_allclose(digit, digit_from_strokes([LEFT], 280, 20, framed), atol=0.02)


@pytest.mark.parametrize("framed", [True, False])
@pytest.mark.parametrize("seed", range(5))
def test_an_eraser_that_touches_no_ink_changes_nothing(seed, framed):
    drawn, away = scribble(seed, high=150), [(250, 200), (250, 250), (270, 270)]
    digit = digit_from_strokes([drawn, away], 280, [18, 24], framed, [False, True])
    expected = digit_from_strokes([drawn], 280, 18, framed)
    assert np.abs(digit - expected).max() < 0.05


@pytest.mark.parametrize("pens", [(20, 20), (40, 12), (12, 40)])
def test_framing_does_not_see_a_stroke_that_is_rubbed_out(pens):
    gone, kept = pens
    rub = [(x, y) for y in range(50, 215, 10) for x in (40, 80)]
    digit = digit_from_strokes([LEFT, RIGHT, rub], 280, [gone, kept, 30], erasing=[0, 0, 1])
    assert np.abs(digit - digit_from_strokes([RIGHT], 280, kept)).max() < 0.1


def test_framing_goes_by_what_is_left_of_a_stroke():
    line, rub = [(140, 40), (140, 240)], [(100, 200), (180, 200), (100, 240), (180, 240)]
    digit = digit_from_strokes([line, rub], 280, [20, 60], erasing=[False, True])
    assert spans(digit, above=0.5)[0] == 20
    np.testing.assert_allclose(centre_of_mass(digit), [14, 14], atol=0.2)


def test_an_eraser_for_each_stroke_or_none():
    with pytest.raises(
        ValueError, match=r"one truth value for each of the 2 strokes\. Received: 1"
    ):
        digit_from_strokes([LEFT, RIGHT], 280, 20, erasing=[True])


@pytest.mark.parametrize("pen", [1, 2, 3, 8])
@pytest.mark.parametrize("eraser", [20, 40])
def test_a_wide_eraser_leaves_a_thin_stroke_that_it_did_not_go_over(pen, eraser):
    # Framing draws a thin pen thicker than it enlarges the drawing; the eraser stays beside it.
    given = [LEFT, RIGHT, LEFT]
    left = digit_from_strokes(given, 280, [pen, pen, eraser], erasing=[False, False, True])
    np.testing.assert_allclose(left, digit_from_strokes([RIGHT], 280, pen), atol=0.25)


@pytest.mark.parametrize("seed", range(40, 80))
def test_what_is_left_of_thin_strokes_is_a_digit(seed):
    strokes = [scribble(0), scribble(seed), scribble(0)]
    left = digit_from_strokes(strokes, 280, [2, 2, 26], erasing=[False, False, True])
    assert_digit(left)
    assert left.any()
