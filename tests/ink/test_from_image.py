"""Pictures as digits, beside the same strokes drawn with a pen."""

import numpy as np
import pytest

from cnnviz import mnist
from cnnviz.ink import centre_of_mass, digit_from_image, digit_from_strokes
from tests.helpers import answer_of, assert_digit, drawn_by_pillow, encoded, spans
from tools.strokes import SEVEN, THREE

DRAWINGS = {"seven": (SEVEN, 7), "three": (THREE, 3)}


def picture_of(strokes, pen=20):
    """A drawing on a board of 280 x 280 as a PNG, dark on white."""
    inked = drawn_by_pillow(strokes, (28, 28), [pen / 10] * len(strokes), finer=20)
    return encoded((255 - 255 * inked).round().astype(np.uint8))


def test_a_picture_as_it_is_has_the_pixels_of_the_digit():
    for index in range(20):
        picture = mnist.read("x_test")[index]
        digit = digit_from_image(encoded(picture), framed=False)
        assert_digit(digit)
        assert np.abs(digit - picture / 255).mean() < 0.01


def test_a_framed_picture_has_its_mass_in_the_middle_and_fills_the_box():
    for index in range(20):
        digit = digit_from_image(encoded(mnist.read("x_test")[index]))
        np.testing.assert_allclose(centre_of_mass(digit), [14, 14], atol=0.5)
        assert 19 <= max(spans(digit, above=0.3)) <= 22


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_picture_of_a_drawing_is_framed_like_its_strokes(name):
    strokes, expected = DRAWINGS[name]
    drawn = [np.array(stroke) / 10 for stroke in strokes]
    from_picture = digit_from_image(picture_of(drawn))
    assert np.abs(from_picture - digit_from_strokes(strokes, 280, 20)).mean() < 0.03
    assert answer_of(from_picture) == expected


@pytest.mark.parametrize("margin", [(0, 0, 0, 0), (0, 300, 200, 0), (400, 50, 0, 120)])
def test_a_framed_picture_does_not_see_where_the_ink_is(margin):
    top, bottom, left, right = margin
    seven = 255 - np.kron(mnist.read("x_test")[0], np.ones((5, 5), np.uint8))
    expected = digit_from_image(encoded(seven))
    wider = np.pad(seven, [(top, bottom), (left, right)], constant_values=255)
    assert np.abs(digit_from_image(encoded(wider)) - expected).mean() < 0.01


def test_a_wide_picture_as_it_is_is_centred_and_keeps_its_shape():
    picture = np.full((40, 160), 255, np.uint8)
    picture[4:36, 8:152] = 0
    digit = digit_from_image(encoded(picture), framed=False)
    # 40 of 160 picture pixels are 7 of 28 in the middle; the ink is 32 x 144, 5.6 x 25.2.
    assert digit.sum() == pytest.approx(5.6 * 25.2, rel=0.03)
    np.testing.assert_allclose(digit, digit[::-1], atol=1e-4)
    np.testing.assert_allclose(digit, digit[:, ::-1], atol=1e-4)
    assert not digit[:10].any()


@pytest.mark.parametrize("thickness", [1, 4, 12])
def test_thin_ink_in_a_picture_is_thickened(thickness):
    picture = np.full((400, 400), 255, np.uint8)
    picture[50:350, 200 : 200 + thickness] = 0
    digit = digit_from_image(encoded(picture))
    assert digit[12:16].sum(axis=1) == pytest.approx([1.8] * 4, abs=0.4)
    assert 19 <= spans(digit, above=0.3)[0] <= 21


@pytest.mark.parametrize("framed", [True, False])
@pytest.mark.parametrize(
    "picture",
    [np.full((30, 50), 255, np.uint8), np.zeros((28, 28), np.uint8), np.full((1, 1), 90, np.uint8)],
    ids=["white", "black", "one pixel"],
)
def test_a_blank_picture_is_a_blank_digit(picture, framed):
    digit = digit_from_image(encoded(picture), framed)
    assert_digit(digit)
    assert not digit.any()


@pytest.mark.parametrize("framed", [True, False])
@pytest.mark.parametrize("place", [(0, 0), (14, 14), (27, 3), (27, 27)])
def test_one_inked_pixel_is_a_digit(place, framed):
    picture = np.zeros((28, 28), np.uint8)
    picture[place] = 255
    digit = digit_from_image(encoded(picture), framed)
    assert_digit(digit)
    assert digit.any()


@pytest.mark.parametrize("shape", [(1, 600), (600, 1), (2, 2), (3, 900)])
def test_a_picture_of_any_shape_makes_a_digit(shape):
    picture = np.random.default_rng(0).integers(0, 2, shape).astype(np.uint8) * 255
    for framed in (True, False):
        assert_digit(digit_from_image(encoded(picture), framed))


def test_a_file_that_is_no_picture_is_an_error():
    with pytest.raises(ValueError, match="not a picture that can be read"):
        digit_from_image(b"seven")
