"""The Padding & strides page through AppTest: every control at its limits, the address."""

import numpy as np
import pytest

from cnnviz import ops
from cnnviz.labs import sliding
from tests.helpers import choose, controls, decoded, open_lab, sample, set_to, view


def test_the_window_adds_up_the_digit():
    data = view(open_lab("padding", padding="same", stride=2, kernel_height=5, kernel_width=2))
    expected = ops.conv2d(sample()[:, :, None], np.ones((5, 2, 1, 1)), None, 2, "same")
    np.testing.assert_allclose(decoded(data["output"]), expected, atol=1e-5)
    assert "⌈28 / 2⌉ = 14" in data["html"]["facts"]
    assert "padding=&#34;same&#34;" in data["html"]["facts"]


@pytest.mark.slow
@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("size", [1, 2, 7, 8, 32])
def test_every_slider_reaches_its_end(size, padding):
    page = open_lab("padding", padding_input="Numbers", padding_size=size, padding=padding)
    for name in ("kernel_height", "kernel_width", "stride", "dilation"):
        control = controls(page)[0][name]
        for value in (control["most"], control["least"], control["most"], 99, -1, "x", None):
            choose(page, "padding", **{name: value})
            assert view(page)["output"]["height"] >= 1
            now = controls(page)[0][name]
            assert now["least"] <= now["value"] <= now["most"]
            if value in (control["least"], control["most"]):
                assert now["value"] == value
    assert view(page)["input"]["height"] == size


def test_a_smaller_picture_lowers_the_limits_and_says_so():
    page = open_lab("padding", padding_input="Numbers", padding_size=9, kernel_height=5, dilation=2)
    assert view(page)["windows"]["dilation"] == [2, 2]
    choose(page, "padding", padding_size=5)
    assert view(page)["windows"]["dilation"] == [1, 1]
    assert (
        "at 2 a kernel of 5 would span (5 − 1) × 2 + 1 = 9 pixels of 5"
        in (view(page)["html"]["facts"])
    )


def test_what_keras_refuses_is_explained():
    page = open_lab("padding", stride=2, dilation=2)
    assert "Keras refuses this" in view(page)["html"]["facts"]
    assert view(page)["output"]["height"] == 12


@pytest.mark.parametrize(
    "address",
    [{"stride": "?"}, {"kernel_height": "x"}, {"padding": "full"}, {"padding_input": "?"}],
)
def test_a_broken_address_falls_back(address):
    page = open_lab("padding", **address)
    data = view(page)
    assert data["windows"]["kernel"] == [3, 3]
    assert data["windows"]["stride"] == [1, 1]
    assert data["output"]["height"] == 26
    # And it is taken out of the address.
    assert controls(page)[1] == {**dict.fromkeys(controls(page)[1]), "sample": "3"}


def test_a_number_that_can_never_be_falls_back_to_its_default():
    page = open_lab("padding", stride=9, kernel_height=0, dilation=5)
    assert view(page)["windows"]["stride"] == [1, 1]
    assert view(page)["windows"]["kernel"] == [3, 3]
    assert view(page)["windows"]["dilation"] == [1, 1]


def test_a_number_that_cannot_be_for_now_comes_back():
    page = open_lab("padding", label=None, kernel_height=7, dilation=4)
    assert view(page)["windows"]["kernel"] == [6, 3]
    assert view(page)["windows"]["dilation"] == [1, 1]
    set_to(page, "sample", 7)
    assert view(page)["windows"]["kernel"] == [7, 3]
    assert view(page)["windows"]["dilation"] == [4, 4]


def test_a_link_may_have_a_test_digit():
    page = open_lab("padding", label=None, sample=7)
    np.testing.assert_array_equal(decoded(view(page)["input"])[:, :, 0], sample(7))
    assert controls(page)[1]["sample"] == "7"
    set_to(page, "sample", 2)
    np.testing.assert_array_equal(decoded(view(page)["input"])[:, :, 0], sample(2))
    set_to(page, "sample", None)
    assert view(page)["input"]["height"] == sliding.FIRST_SIZE
    assert view(open_lab("padding", label=None, sample="x"))["input"]["height"] == 6


def test_what_is_not_at_its_default_stands_in_the_address():
    page = open_lab("padding")
    choose(page, "padding", stride=3, padding="same")
    address = controls(page)[1]
    assert (address["stride"], address["padding"]) == ("3", "same")
    assert address["dilation"] is None


def test_typed_numbers_stay_when_the_size_changes():
    page = open_lab("padding", padding_input="Numbers", padding_size=2, padding_numbers="5 6;7 8")
    np.testing.assert_array_equal(decoded(view(page)["input"])[:, :, 0], [[5, 6], [7, 8]])
    choose(page, "padding", padding_size=3)
    np.testing.assert_array_equal(decoded(view(page)["input"])[:2, :2, 0], [[5, 6], [7, 8]])


def test_what_a_smaller_size_cuts_off_comes_back():
    page = open_lab("padding", padding_input="Numbers", padding_size=3)
    set_to(page, "padding_numbers", "1 2 3;4 5 6;7 8 9")
    choose(page, "padding", padding_size=2)
    np.testing.assert_array_equal(decoded(view(page)["input"])[:, :, 0], [[1, 2], [4, 5]])
    choose(page, "padding", padding_size=20)
    choose(page, "padding", padding_size=3)
    np.testing.assert_array_equal(
        decoded(view(page)["input"])[:, :, 0], [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    )


def test_typed_numbers_stand_in_the_address_with_the_other_settings():
    page = open_lab("padding", padding_input="Numbers", padding_size=2, stride=2)
    assert controls(page)[1]["padding_numbers"] is None
    set_to(page, "padding_numbers", "1 2;3 x")
    address = controls(page)[1]
    assert (address["padding_numbers"], address["stride"]) == ("1 2;3 x", "2")
