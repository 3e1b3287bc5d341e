import numpy as np
import pytest

from cnnviz import mnist, networks
from cnnviz.components.network_view import layers_data


@pytest.mark.parametrize("name", ["convnet", "dense"])
def test_every_number_has_a_place_of_its_own_in_the_order_of_the_layers(name):
    network = networks.load(name)
    activations = network.forward(mnist.digit(11))
    layers = layers_data(network.spec)
    assert [layer["name"] for layer in layers] == ["input", *activations]
    sizes = [28 * 28, *(output.size for output in activations.values())]
    assert [layer["height"] * layer["width"] * layer["channels"] for layer in layers] == sizes
    assert [layer["start"] for layer in layers] == [0, *np.cumsum(sizes)[:-1]]


def test_the_flattened_maps_are_wrapped_one_line_for_each_place():
    layers = layers_data(networks.SPECS["convnet"])
    flatten = next(layer for layer in layers if layer["name"] == "flatten")
    assert (flatten["height"], flatten["width"], flatten["channels"]) == (9, 64, 1)


@pytest.mark.parametrize(("name", "picks"), [("convnet", True), ("convnet-average", False)])
def test_both_kinds_of_pool_keep_channels_apart_and_one_has_winners(name, picks):
    layers = layers_data(networks.SPECS[name])
    pools = {layer["name"]: layer["picks"] for layer in layers if layer["pools"]}
    assert pools == {"pool1": picks, "pool2": picks}
    assert not any(layer["picks"] for layer in layers if not layer["pools"])


def test_every_layer_has_its_parameters():
    layers = layers_data(networks.SPECS["convnet"])
    assert [layer["parameters"] for layer in layers][1:] == [
        320, 0, 18_496, 0, 36_928, 0, 36_928, 650,
    ]  # fmt: skip
