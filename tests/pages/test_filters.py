"""The Filters page through AppTest: weights and responses against the network."""

import base64

import numpy as np
import pytest

from cnnviz.inspection import opened
from cnnviz.session import in_use
from tests.helpers import open_page, sample, sent, words


@pytest.mark.parametrize("layer", ["conv1", "conv2", "conv3"])
def test_a_filters_weights_bias_and_norm_are_those_of_the_network(layer):
    page = open_page("filters", 3, conv=layer, filter=7)
    for trained, title in ((True, "Trained"), (False, "Before training")):
        kernel, bias = in_use.network("convnet", trained).layer(layer)[2]
        expected = kernel[:, :, 0, :] if layer == "conv1" else kernel[:, :, :, 7]
        (pictures,) = [data for data in sent(page, "order") if data["title"].startswith(title)]
        shown = np.frombuffer(base64.b64decode(pictures["numbers"]), "<f4")
        np.testing.assert_array_equal(shown.reshape(expected.shape), expected)
        if trained:
            assert f"norm **{np.sqrt((kernel[..., 7] ** 2).sum()):.3f}**" in words(page)
            assert f"{abs(bias[7]):.3f}" in words(page)


@pytest.mark.parametrize("layer", ["conv1", "conv2", "conv3"])
def test_the_responses_of_a_filter_add_up_to_its_map_before_relu(layer):
    page = open_page("filters", 3, conv=layer, filter=7)
    network = in_use.network("convnet")
    digit = sample()
    activations = network.forward(digit)
    before = opened.pre_activations(network, digit, activations, layer)[:, :, 7]
    bias = network.layer(layer)[2][1][7]
    (pictures,) = [data for data in sent(page, "order") if data["inset"]]
    shown = np.frombuffer(base64.b64decode(pictures["numbers"]), "<f4")
    total = shown.reshape(*before.shape, -1).sum(axis=2) + bias
    np.testing.assert_allclose(total, before, atol=1e-5)


def test_an_address_with_an_unknown_filter_is_answered():
    page = open_page("filters", conv="pool1", filter="99")
    said = " ".join(warning.value for warning in page.warning)
    assert "“pool1”" in said
    assert "“99”" in said
