"""The still pictures under the labs: each shows the numbers that its title says."""

import base64
import io
import re

import numpy as np
import pytest
from PIL import Image

from cnnviz import ops, render
from cnnviz.html import convolution as convolution_html
from cnnviz.html import stills
from cnnviz.inspection import opened
from cnnviz.labs import convolution, kernels
from tests.helpers import open_lab, sample, view

RNG = np.random.default_rng(4)


def drawn(html, title):
    """The colours of the picture with that title, (height, width, 3)."""
    url = re.search(rf'<b>{re.escape(title)}</b>.*?base64,([^"]+)"', html).group(1)
    picture = Image.open(io.BytesIO(base64.b64decode(url)))
    return np.asarray(picture.convert("RGB"))


def coloured(values, end, signed):
    table = render.colours("diverging" if signed else "sequential")
    return table[render.levels(values, end, signed)]


@pytest.mark.parametrize("signed", [False, True])
def test_a_picture_has_the_colours_of_its_numbers_and_their_scale(signed):
    values = RNG.normal(size=(5, 9)) if signed else RNG.random((5, 9))
    html = stills.picture("a & b", values, "**c**")
    assert html.startswith('<figure class="still"><figcaption><b>a &amp; b</b>')
    end = np.abs(values).max()
    np.testing.assert_array_equal(drawn(html, "a &amp; b"), coloured(values, end, signed))
    assert ('class="signed"' in html) == signed
    assert f"<span>{end:.2f}</span></div>" in html
    assert "<p><b>c</b></p>" in html


@pytest.mark.parametrize(
    ("end", "signed", "ends"),
    [
        (9, False, ("0", "9")),
        (0.5, True, ("−0.50", "0.50")),
        (0.0042, True, ("−0.004", "0.004")),
        (0, False, ("0", "0")),
        (0, True, ("0", "0")),
    ],
)
def test_the_ends_of_a_scale(end, signed, ends):
    assert re.findall(r"<span>([^<]*)</span>", stills.scale(end, signed)) == list(ends)


def test_pictures_that_are_compared_share_their_scale():
    assert stills.shared_scale([np.array([1.0, 2]), np.array([-3.0])]) == (3, True)
    assert stills.shared_scale([np.array([-1.0, -2])]) == (2, True)
    assert stills.shared_scale([np.array([0.0]), np.array([4.0])]) == (4, False)


def test_both_paddings_and_three_strides_show_the_sums_of_the_digit():
    html = view(open_lab("padding", kernel_height=5))["html"]["sides"]
    ones, image = np.ones((5, 3, 1, 1), np.float32), sample()[:, :, None]
    maps = {
        f"{padding}, stride {stride}": ops.conv2d(image, ones, None, stride, padding)[:, :, 0]
        for padding in ("valid", "same")
        for stride in (1, 2, 3)
    }
    end = max(output.max() for output in maps.values())
    for title, output in maps.items():
        np.testing.assert_array_equal(drawn(html, title), coloured(output, end, signed=False))


def test_the_three_ways_to_make_a_picture_smaller_are_drawn_on_one_scale():
    html = view(open_lab("pooling", pool_size=3))["html"]["beside"]
    image = sample()[:, :, None]
    gaussian = kernels.EXAMPLES["Gaussian blur"].values[:, :, None, None]
    maps = {
        "Input": image,
        "Max pooling": ops.max_pool2d(image, 3, 2),
        "Average pooling": ops.average_pool2d(image, 3, 2),
        "Convolution, stride 2": ops.conv2d(image, gaussian, None, 2),
    }
    for title, output in maps.items():
        expected = coloured(output[:, :, 0], float(image.max()), signed=False)
        np.testing.assert_array_equal(drawn(html, title), expected)


def test_in_colour_the_first_of_several_filters_is_the_whole_filter():
    image = RNG.random((8, 9, 3)).astype(np.float32)
    kernel = RNG.normal(size=(3, 3, 3)).astype(np.float32)
    kernel[:, :, 0] = 0
    one = opened.convolve(image, kernel, 0.5)
    html = convolution_html.filters(image, kernel, ["Identity"])
    identity = np.zeros((3, 3, 3))
    identity[1, 1] = 1
    maps = convolution.several(image, [kernel, identity])
    np.testing.assert_allclose(maps[:, :, 0] + 0.5, one.output, atol=1e-5)
    end = float(np.abs(maps).max())
    for i, title in enumerate(["the kernel above", "Identity"]):
        np.testing.assert_array_equal(drawn(html, title), coloured(maps[:, :, i], end, signed=True))


def test_with_relu_the_feature_map_is_what_relu_leaves():
    page = open_lab("convolution", relu="true", bias="-1")
    html = view(page)["html"]["depth"]
    kernel = kernels.EXAMPLES["Sobel, vertical edges"].values[:, :, None, None]
    sums = ops.conv2d(sample()[:, :, None], kernel)[:, :, 0]
    end = float(max(np.abs(sums).max(), np.abs(sums - 1).max()))
    np.testing.assert_array_equal(drawn(html, "before ReLU"), coloured(sums - 1, end, signed=True))
    kept = np.maximum(sums - 1, 0)
    expected = coloured(kept, float(kept.max()), signed=False)
    np.testing.assert_array_equal(drawn(html, "feature map"), expected)


def test_a_picture_all_alike_does_not_make_a_kernel_symmetric():
    sobel = kernels.EXAMPLES["Sobel, vertical edges"].values[:, :, None]
    blur = kernels.EXAMPLES["Gaussian blur"].values[:, :, None]
    even = np.ones((6, 6, 1), np.float32)
    assert "is the same after half a turn" not in convolution_html.turned(even, sobel)
    assert "is the same after half a turn" in convolution_html.turned(even, blur)
