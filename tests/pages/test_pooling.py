"""The Max pooling page through AppTest, against TensorFlow and the operations."""

import numpy as np
import pytest
import tensorflow as tf

from cnnviz import ops
from tests.helpers import choose, controls, decoded, open_lab, sample, view


def kept(window, stride, padding):
    """How many pixels of the digit win a window or more, by TensorFlow."""
    _, winners = tf.nn.max_pool_with_argmax(
        sample()[None, :, :, None], window, stride, padding.upper()
    )
    return len(np.unique(winners))


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(("window", "stride"), [(2, 1), (2, 4), (4, 1), (4, 4), (3, 2)])
def test_the_pool_keeps_the_largest(window, stride, padding):
    page = open_lab("pooling", pool_size=window, pool_stride=stride, pool_padding=padding)
    data = view(page)
    expected = ops.max_pool2d(sample()[:, :, None], window, stride, padding)
    np.testing.assert_array_equal(decoded(data["output"]), expected)
    assert data["kind"] == "max"
    assert f"<b>{kept(window, stride, padding)}</b> of 784" in data["html"]["facts"]
    assert data["html"]["beside"].count("<figure") == 5
    assert "<svg" in data["html"]["curve"]


@pytest.mark.parametrize("layer", ["conv1", "pool1", "conv2", "pool2", "conv3"])
def test_any_feature_map_can_be_pooled(layer):
    page = open_lab(
        "pooling", pooling_input="A feature map", pooling_layer=layer, pooling_channel=31
    )
    assert view(page)["input"]["names"] == [f"{layer} · channel 31"]
    choose(page, "pooling", pool_size=controls(page)[0]["pool_size"]["most"])
    assert view(page)["output"]["height"] >= 1


def test_the_dropped_row_of_an_odd_map_is_pointed_out():
    page = open_lab("pooling", pooling_input="A feature map", pooling_layer="conv2")
    assert view(page)["reading"]["rows"] == [1] * 10 + [0]
    assert "row 10 and column 10" in view(page)["html"]["facts"]
