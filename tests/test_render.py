"""Colours against matplotlib's own tables, pictures read back with Pillow."""

import io
import math
import re

import matplotlib
import numpy as np
import pytest
from PIL import Image

from cnnviz import render


def opened(data):
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def matplotlib_colours(levels, name):
    """What matplotlib paints at levels 0 to 255, as red, green, blue rounded to 8 bits."""
    colours = np.asarray(matplotlib.colormaps[name](levels))[..., :3]
    return (colours * 255).round().astype(np.uint8)


def test_the_sequential_scale_is_magma():
    np.testing.assert_array_equal(
        render.colours("sequential"), matplotlib_colours(np.arange(256), "magma")
    )


def test_the_diverging_scale_is_puor_with_orange_for_positive_numbers():
    np.testing.assert_array_equal(
        render.colours("diverging"), matplotlib_colours(np.arange(256), "PuOr_r")
    )
    positive, negative = render.colours("diverging")[[215, 40]].astype(int)
    assert positive[0] > 2 * positive[2]  # more red than blue
    assert negative[2] > negative[0]


@pytest.mark.parametrize("scale", ["sequential", "diverging"])
def test_a_scale_has_256_colours_of_8_bits(scale):
    assert render.colours(scale).shape == (256, 3)
    assert render.colours(scale).dtype == np.uint8


def test_an_unknown_scale_is_an_error():
    with pytest.raises(KeyError, match="jet"):
        render.colours("jet")


@pytest.mark.parametrize("scale", ["sequential", "diverging"])
def test_a_scale_cannot_be_changed_for_all(scale):
    assert not render.colours(scale).flags.writeable


# ---- One channel of numbers --------------------------------------------------------------


def browser_level(value, largest, signed):
    """The level that the browser gives a number, in double precision like JavaScript's."""
    if not largest > 0:
        return 128 if signed else 0
    share = value / largest
    if signed:
        share = (share + 1) / 2
    return math.floor(max(0, min(255, 255 * share + 0.5)))


def colour_of(value, largest, signed):
    image = opened(render.map_png(np.full((1, 1), value), largest, signed))
    return image.convert("RGB").getpixel((0, 0))


def scale_colour(level, signed):
    return tuple(matplotlib_colours(level, "PuOr_r" if signed else "magma").tolist())


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_map_has_one_pixel_of_the_right_colour_for_each_number(signed, dtype):
    values = np.random.default_rng(0).normal(size=(5, 8)).astype(dtype)
    largest = 1.7  # some numbers are beyond
    image = opened(render.map_png(values, largest, signed))
    assert (image.format, image.mode, image.size) == ("PNG", "P", (8, 5))
    levels = [[browser_level(value, largest, signed) for value in row] for row in values.tolist()]
    expected = matplotlib_colours(np.array(levels), "PuOr_r" if signed else "magma")
    np.testing.assert_array_equal(np.asarray(image.convert("RGB")), expected)


@pytest.mark.parametrize(
    ("number", "largest", "level"),
    [
        (0, 1, 0),
        (1, 1, 255),
        (0.5, 1, 128),
        (0.3, 1, 77),  # 76.5: half a level is rounded up
        (7, 2, 255),
        (-3, 1, 0),
        (1e-30, 1e-30, 255),
        (1e308, 1e-308, 255),
        (np.inf, 1, 255),
        (0, 0, 0),
        (5, 0, 0),
    ],
)
def test_a_number_gets_its_share_of_the_scale(number, largest, level):
    assert colour_of(number, largest, False) == scale_colour(level, False)
    assert browser_level(number, largest, False) == level


@pytest.mark.parametrize(
    ("number", "largest", "level"),
    [
        (0, 1, 128),
        (-0.0, 0.1, 128),
        (1, 1, 255),
        (-1, 1, 0),
        (-0.5, 1, 64),
        (0.5, 1, 191),
        (9, 2, 255),
        (-9, 2, 0),
        (-1e308, 1e-308, 0),
        (0, 0, 128),
        (-5, 0, 128),
    ],
)
def test_a_signed_number_has_0_in_the_middle_of_its_scale(number, largest, level):
    assert colour_of(number, largest, True) == scale_colour(level, True)
    assert browser_level(number, largest, True) == level


def test_numbers_are_taken_as_not_signed():
    values = np.random.default_rng(2).normal(size=(3, 4))
    assert render.map_png(values, 1) == render.map_png(values, 1, signed=False)
    assert render.map_png(values, 1) != render.map_png(values, 1, signed=True)


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.uint8, np.int8])
def test_the_numbers_may_be_of_any_type(dtype):
    image = opened(render.map_png(np.array([[0, 3]], dtype), 3)).convert("RGB")
    assert image.getpixel((1, 0)) == scale_colour(255, False)


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize("largest", [-1, -1e-9, float("nan")])
def test_a_largest_number_below_0_or_none_is_an_error(largest, signed):
    message = f"largest must be a number >= 0. Received: largest={largest}"
    with pytest.raises(ValueError, match=message):
        render.map_png(np.zeros((2, 2)), largest, signed)


@pytest.mark.parametrize("signed", [False, True])
def test_the_numbers_are_unchanged(signed):
    values = np.random.default_rng(1).normal(size=(4, 3))
    copy = values.copy()
    render.map_png(values, 1.0, signed)
    np.testing.assert_array_equal(values, copy)


# ---- Colour pictures ---------------------------------------------------------------------


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(5, 8, 3), (3, 3, 3), (1, 1, 3), (1, 40, 3)])
def test_a_colour_picture_has_one_pixel_for_each_colour(shape, dtype):
    levels = np.random.default_rng(3).integers(0, 256, shape)
    picture = (levels / 255).astype(dtype)
    image = opened(render.picture_png(picture))
    assert (image.format, image.mode, image.size) == ("PNG", "RGB", (shape[1], shape[0]))
    np.testing.assert_array_equal(np.asarray(image), levels)
    np.testing.assert_array_equal(picture, (levels / 255).astype(dtype))


def test_a_colour_between_two_levels_gets_the_nearer():
    image = opened(render.picture_png(np.array([[[0.4 / 255, 0.6 / 255, 254.6 / 255]]])))
    assert image.getpixel((0, 0)) == (0, 1, 255)


@pytest.mark.parametrize("shape", [(5, 4), (5, 4, 1), (5, 4, 4), (3,), (2, 5, 3, 4), (0, 4, 3)])
def test_another_shape_is_no_colour_picture(shape):
    message = rf"picture must be \(height, width, 3\). Received: shape {re.escape(str(shape))}"
    with pytest.raises(ValueError, match=message):
        render.picture_png(np.zeros(shape))
