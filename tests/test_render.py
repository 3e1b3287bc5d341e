"""Colours against matplotlib's own tables, pictures read back with Pillow."""

import io

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


def test_a_png_has_one_pixel_of_the_right_colour_for_each_number():
    values = np.random.default_rng(0).uniform(0, 3, (5, 8)).astype(np.float32)
    image = opened(render.png(values, 3))
    assert (image.format, image.size) == ("PNG", (8, 5))
    expected = matplotlib_colours((values / 3 * 255).round().astype(np.uint8), "magma")
    np.testing.assert_array_equal(np.asarray(image.convert("RGB")), expected)


@pytest.mark.parametrize(
    ("number", "largest", "level"),
    [(0, 1, 0), (1, 1, 255), (0.5, 1, 128), (7, 2, 255), (-3, 1, 0), (1e-30, 1e-30, 255)],
)
def test_a_number_gets_its_share_of_the_scale(number, largest, level):
    image = opened(render.png(np.full((1, 1), number), largest)).convert("RGB")
    assert image.getpixel((0, 0)) == tuple(matplotlib_colours(level, "magma").tolist())


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.uint8])
def test_the_numbers_may_be_of_any_type(dtype):
    image = opened(render.png(np.array([[0, 3]], dtype), 3)).convert("RGB")
    assert image.getpixel((1, 0)) == tuple(matplotlib_colours(255, "magma").tolist())


@pytest.mark.parametrize("largest", [0, -1, 0.0, float("nan")])
def test_a_largest_number_that_is_not_positive_is_an_error(largest):
    with pytest.raises(ValueError, match=f"largest must be positive. Received: largest={largest}"):
        render.png(np.zeros((2, 2)), largest)


def test_the_numbers_are_unchanged():
    values = np.random.default_rng(1).normal(size=(4, 3))
    copy = values.copy()
    render.png(values, 1.0)
    np.testing.assert_array_equal(values, copy)
