import keras
import numpy as np
import pytest
import tensorflow as tf

from cnnviz.labs import pooling
from cnnviz.labs.sliding import Sliding
from cnnviz.networks import SPECS
from cnnviz.training import build
from cnnviz.words import short

KERNEL = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]], np.float32)


def signed(*shape):
    return np.random.default_rng(3).normal(size=shape).astype(np.float32)


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(("size", "stride"), [(2, 2), (3, 2), (4, 1), (2, 4)])
def test_each_way_to_make_a_picture_smaller_equals_keras(size, stride, padding):
    image = signed(13, 9)
    setting = Sliding((13, 9), (size, size), stride, padding)
    batch = image[None, :, :, None]
    expected = {
        "Max pooling": keras.ops.max_pool(batch, size, stride, padding),
        "Average pooling": keras.ops.average_pool(batch, size, stride, padding),
        f"Convolution, stride {stride}": keras.ops.conv(
            batch, KERNEL[:, :, None, None], stride, padding
        ),
    }
    found = pooling.losses(image, setting, KERNEL)
    assert [name for name, *_ in found] == list(expected)
    for name, output, words in found:
        np.testing.assert_allclose(output, expected[name][0, :, :, 0], atol=1e-5)
        number = short(float(output.max())) if "Conv" not in name else "10"
        assert f"**{number}**" in words


def test_a_peak_that_no_window_reads_is_said_to_be_dropped():
    image = np.ones((5, 5))
    image[4, 4] = 9
    (_, output, words), *_ = pooling.losses(image, Sliding((5, 5), (2, 2), 2), KERNEL)
    assert output.max() == 1
    assert words.startswith("The peak of 9 is dropped with what no window reads")
    (*_, words), *_ = pooling.losses(image, Sliding((5, 5), (2, 2), 2, "same"), KERNEL)
    assert words.startswith("The peak stays at **9**")


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(("size", "stride"), [(2, 1), (3, 1), (3, 2), (2, 4)])
def test_what_is_kept_is_what_tensorflow_says_wins(padding, size, stride):
    image = np.random.default_rng(2).integers(-3, 4, (9, 7)).astype(np.float32)  # many are equal
    setting = Sliding((9, 7), (size, size), stride, padding)
    batch = image[None, :, :, None]
    _, winners = tf.nn.max_pool_with_argmax(batch, size, stride, padding.upper())
    assert f"Kept: **{len(np.unique(winners))}** of 63" in pooling.kept_in_words(image, setting)


def test_a_kernel_that_does_not_fit_is_left_out():
    setting = Sliding((2, 5), (2, 2), 1)
    assert [name for name, *_ in pooling.losses(signed(2, 5), setting, KERNEL)] == [
        "Max pooling",
        "Average pooling",
    ]


def test_a_picture_that_does_not_move_stays_the_same():
    for name, shifts, shares in pooling.staying(
        signed(12, 12), Sliding((12, 12), (2, 2), 2), KERNEL
    ):
        assert shifts[0] == 0, name
        assert shares[0] == 100
        assert all(0 <= share <= 100 for share in shares)


def test_max_pooling_stays_longest_on_a_thin_line():
    image = np.zeros((16, 16), np.float32)
    image[:, 4] = 1
    identity = np.zeros((3, 3), np.float32)
    identity[1, 1] = 1
    by_name = {
        name: shares
        for name, _, shares in pooling.staying(image, Sliding((16, 16), (4, 4), 4), identity)
    }
    assert by_name["Max"][1] == 100
    assert by_name["stride 4"][1] < 100


def test_the_network_without_pools_is_the_one_that_keras_builds():
    spec = SPECS["convnet-unpooled"]
    model = build.build(spec)
    assert model.count_params() == spec.parameters()
    table = pooling.why_table().replace("\N{NARROW NO-BREAK SPACE}", "")
    for number in ("93322", "576", "30976", "1982528", "22 × 22 × 64", "18 × 18", "7 × 7"):
        assert number in table
    assert str(spec.parameters()) in table
