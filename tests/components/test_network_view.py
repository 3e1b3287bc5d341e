import base64
import json

import numpy as np
import pytest

from cnnviz import mnist, networks
from cnnviz.components.network_view import view_data


def decoded(data):
    return np.frombuffer(base64.b64decode(data["values"]), "<f4")


@pytest.fixture(params=["convnet", "dense"])
def network(request):
    return networks.load(request.param)


def test_every_number_is_where_the_layout_says(network):
    digit = mnist.digit(11)
    activations = network.forward(digit)
    data = json.loads(json.dumps(view_data(network.spec, digit, activations, 4)))
    values = decoded(data)
    rng = np.random.default_rng(0)
    assert data["strokes"] == 4
    assert [layer["name"] for layer in data["layers"]] == ["input", *activations]
    for layer, output in zip(data["layers"], [digit, *activations.values()], strict=True):
        height, width, channels = layer["height"], layer["width"], layer["channels"]
        assert height * width * channels == output.size
        picture = output.reshape(height, width, channels)
        for _ in range(20):
            row, column, channel = (rng.integers(n) for n in (height, width, channels))
            at = layer["start"] + (row * width + column) * channels + channel
            assert values[at] == picture[row, column, channel]


def test_all_numbers_of_the_convnet_are_sent_once():
    network = networks.load("convnet")
    digit = mnist.digit(0)
    data = view_data(network.spec, digit, network.forward(digit), 0)
    # 784 of the digit; 36 960 of feature maps; 576 flattened, 64 and 10 of the dense layers.
    assert decoded(data).size == 784 + 36_960 + 576 + 64 + 10


def test_order_and_peaks_are_those_of_the_maps(network):
    digit = mnist.digit(2)
    activations = network.forward(digit)
    data = view_data(network.spec, digit, activations, 0)
    for index, output in enumerate(activations.values(), start=1):
        maps = output.reshape(-1, output.shape[-1] if output.ndim == 3 else 1)
        largest = [maps[:, channel].max() for channel in range(maps.shape[1])]
        np.testing.assert_array_equal(data["peaks"][index], largest)
        assert data["dead"][index] == [i for i, peak in enumerate(largest) if peak == 0]
        order = data["order"][index]
        assert sorted(order) == list(range(len(largest)))
        ordered = [largest[channel] for channel in order]
        assert ordered == sorted(largest, reverse=True)


def test_the_flattened_maps_are_wrapped_one_line_for_each_place():
    data = view_data(networks.SPECS["convnet"], None, None, 0)
    flatten = next(layer for layer in data["layers"] if layer["name"] == "flatten")
    assert (flatten["height"], flatten["width"], flatten["channels"]) == (9, 64, 1)


@pytest.mark.parametrize(("name", "picks"), [("convnet", True), ("convnet-average", False)])
def test_both_kinds_of_pool_keep_channels_apart_and_one_has_winners(name, picks):
    layers = view_data(networks.SPECS[name], None, None, 0)["layers"]
    pools = {layer["name"]: layer["picks"] for layer in layers if layer["pools"]}
    assert pools == {"pool1": picks, "pool2": picks}
    assert not any(layer["picks"] for layer in layers if not layer["pools"])


def test_nothing_drawn_sends_the_structure_and_no_numbers():
    data = view_data(networks.SPECS["convnet"], np.zeros((28, 28), np.float32), None, 0)
    assert data["drawn"] is False
    assert "values" not in data
    assert [layer["parameters"] for layer in data["layers"]][1:] == [
        320, 0, 18_496, 0, 36_928, 0, 36_928, 650,
    ]  # fmt: skip
