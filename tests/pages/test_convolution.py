"""The Convolution page through AppTest: kernels by name and by hand, colour, more filters."""

import numpy as np
import pytest

from cnnviz import networks, ops
from cnnviz.digits import colour_pictures
from cnnviz.labs import convolution, kernels, typed
from cnnviz.session.convolution import change
from tests.helpers import choose, controls, decoded, open_lab, sample, send, sent, set_to, view


@pytest.mark.parametrize("bad", ["1 2;3", "7 " * 3000, ";;"])
def test_a_text_that_is_no_grid_is_not_shown_as_one(bad):
    page = open_lab("convolution", kernel="1 2;3 4")
    set_to(page, "kernel", bad)
    assert view(page)["windows"]["kernel"] == [2, 2]
    (grid,) = [data for data in sent(page, "label") if data["label"] == "Kernel"]
    assert grid["texts"] == [["1", "2"], ["3", "4"]]
    assert grid["problems"][0][0] is None


@pytest.mark.parametrize("name", ["Identity", "Laplacian", "Learned: conv1, filter 7"])
def test_a_named_kernel_is_laid_on_the_digit(name):
    page = set_to(
        open_lab("convolution"),
        "kernel",
        typed.text(convolution.named(networks.load("convnet"))[name]),
    )
    data = view(page)
    kernel = decoded({**data["kernel"], "height": 3, "width": 3})[:, :, :, None]
    if name in kernels.EXAMPLES:
        np.testing.assert_array_equal(kernel[:, :, 0, 0], kernels.EXAMPLES[name].values)
    expected = ops.conv2d(sample()[:, :, None], kernel)
    np.testing.assert_allclose(decoded(data["output"]), expected, atol=1e-6)
    assert controls(page)[0]["example"]["value"] == name


def test_the_kernel_comes_from_the_address():
    page = open_lab("convolution", kernel="1 2;3 4", bias="0.5", relu="true")
    data = view(page)
    assert data["windows"]["kernel"] == [2, 2]
    assert data["bias"] == 0.5
    assert data["output"]["activation"] is True
    assert controls(page)[0]["example"]["value"] == "My own"
    assert controls(page)[0]["rows"]["value"] == 2


@pytest.mark.parametrize("size", [1, 7])
def test_a_kernel_may_be_as_small_as_1_and_as_large_as_7(size):
    page = set_to(open_lab("convolution"), "kernel", typed.text(np.eye(size)))
    assert view(page)["windows"]["kernel"] == [size, size]
    assert view(page)["output"]["height"] == 28 - size + 1


def test_a_kernel_too_large_for_the_numbers_is_explained():
    page = open_lab(
        "convolution",
        convolution_input="Numbers",
        convolution_numbers="1 2;3 4",
        kernel="1 1 1;1 1 1;1 1 1",
    )
    assert "has no place in 2 × 2 numbers" in page.warning[0].value
    assert view(page)["output"]["height"] == 1


@pytest.mark.parametrize("picture", colour_pictures.names())
def test_a_colour_picture_has_three_kernels_and_one_map(picture):
    page = open_lab("convolution", convolution_input="In colour", picture=picture, bias="0.25")
    choose(page, "convolution", for_green="nothing", for_blue="Box blur")
    data = view(page)
    image = colour_pictures.load(picture)
    weights = np.stack(
        [
            kernels.EXAMPLES["Sobel, vertical edges"].values,
            np.zeros((3, 3)),
            kernels.EXAMPLES["Box blur"].values,
        ],
        axis=2,
    )
    expected = ops.conv2d(image, weights[..., None].astype(np.float32)) + 0.25
    np.testing.assert_allclose(decoded(data["output"]), expected, atol=1e-5)
    assert data["html"]["depth"].count("<figure") == 8
    assert "3 channels, 3 kernels" in data["html"]["depth"]


def test_more_filters_make_the_output_deeper():
    page = open_lab("convolution", more_filters="Identity;Emboss")
    assert "26 × 26 × 3" in view(page)["html"]["filters"]
    set_to(page, "kernel", "1 2 3")
    assert "no room for all of them" in view(page)["html"]["filters"]
    choose(page, "convolution", more_filters=[])
    assert "28 × 26 × 1" in view(page)["html"]["filters"]


def test_what_a_dense_unit_reads_and_costs_is_said():
    page = open_lab("convolution")
    assert "<b>9</b> of 784" in view(page)["html"]["reach"]
    choose(page, "convolution", unit_of="a dense layer")
    assert "all 784" in view(page)["html"]["reach"]


def test_the_shift_and_the_turned_kernel_come_on_request():
    page = open_lab("convolution", down=-5, right=5)
    assert "the same, number by number" in view(page)["html"]["moved"]  # its border is empty
    choose(page, "convolution", convolution_input="Numbers")
    assert "all at the border" in view(page)["html"]["moved"]
    assert view(page)["html"]["turned"] == ""
    choose(page, "convolution", turn=True)
    assert view(page)["html"]["turned"].count("<figure") == 4


def test_a_text_that_was_cleared_is_a_problem():
    page = open_lab("convolution", kernel="1 2;3 4")
    set_to(page, "kernel", "")
    assert view(page)["windows"]["kernel"] == [2, 2]
    (grid,) = [data for data in sent(page, "label") if data["label"] == "Kernel"]
    assert "Nothing is typed yet" in grid["problems"][0][2]


def changed(page, turn, **values):
    """Change settings of the panel, in that order."""
    panel = "convolution_settings"
    sent_values = {"turn": turn, "values": values}
    return send(page, panel, lambda: change(panel), changed=sent_values)


def test_what_a_smaller_kernel_cut_off_comes_back():
    page = open_lab("convolution", kernel="1 2 3;4 5 6;7 8 9")
    changed(page, 1, rows=1)
    assert page.session_state.kernel == "4 5 6"
    changed(page, 2, columns=5)
    assert page.session_state.kernel == "0 4 5 6 0"
    changed(page, 3, rows=3, columns=3)
    assert page.session_state.kernel == "1 2 3;4 5 6;7 8 9"
    changed(page, 4, rows=1)
    set_to(page, "kernel", "4 5")  # another size: around it there is nothing
    changed(page, 5, rows=3)
    assert page.session_state.kernel == "0 0;4 5;0 0"


def test_the_setting_that_was_changed_last_counts():
    page = open_lab("convolution", kernel="1 2;3 4")
    changed(page, 1, rows=5, example="Identity")
    assert page.session_state.kernel == "0 0 0;0 1 0;0 0 0"
    changed(page, 2, example="Identity", rows=1)
    assert page.session_state.kernel == "0 1 0"
    assert view(page)["follows"]["turns"]["convolution_settings"] == 2
