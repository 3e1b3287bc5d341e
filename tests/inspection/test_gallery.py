import numpy as np
import pytest

from cnnviz import mnist, networks
from cnnviz.inspection import feature_maps, gallery, opened

NETWORK = networks.load("convnet")
DIGIT = mnist.digit(11)
ACTIVATIONS = NETWORK.forward(DIGIT)


def test_before_relu_are_the_sums_and_after_the_activations():
    before = gallery.layer_values(NETWORK, DIGIT, ACTIVATIONS, "conv2", pre_activation=True)
    after = gallery.layer_values(NETWORK, DIGIT, ACTIVATIONS, "conv2")
    assert before.min() < 0
    np.testing.assert_array_equal(np.maximum(before, 0), after)


def test_a_vector_is_one_picture_in_the_order_of_its_units():
    values = gallery.layer_values(NETWORK, DIGIT, ACTIVATIONS, "dense")
    assert values.shape == (8, 8, 1)
    np.testing.assert_array_equal(values.reshape(-1), ACTIVATIONS["dense"])
    assert gallery.layer_values(NETWORK, DIGIT, ACTIVATIONS, "softmax").shape == (1, 10, 1)


def test_the_ends_of_the_scales():
    values = ACTIVATIONS["conv2"]
    each = gallery.ends(values, "map", ACTIVATIONS)
    np.testing.assert_array_equal(each, values.max(axis=(0, 1)))
    assert set(gallery.ends(values, "layer", ACTIVATIONS)) == {values.max()}
    largest = max(output.max() for output in ACTIVATIONS.values())
    assert set(gallery.ends(values, "network", ACTIVATIONS)) == {largest}
    signed = -2 * values
    assert set(gallery.ends(signed, "layer", ACTIVATIONS)) == {2 * values.max()}


@pytest.mark.parametrize("order", gallery.ORDERS)
def test_maps_stand_in_the_order_that_is_asked(order):
    rng = np.random.default_rng(3)
    values = np.maximum(rng.normal(size=(4, 3, 7)), 0)
    values[:, :, [2, 5]] = 0
    ends = gallery.ends(values, "map", {})
    shown = gallery.map_tiles("layer", values, False, order, ends)
    assert sorted(shown.channels) == list(range(7))
    np.testing.assert_array_equal(shown.values, values[:, :, list(shown.channels)])
    np.testing.assert_array_equal(shown.largest, ends[list(shown.channels)])
    assert shown.note == "2 of 7 are all zero here: 2, 5."
    if order == "strength":
        assert list(shown.channels) == feature_maps.strongest_first(values).tolist()
    if order != "number":
        assert list(shown.channels[-2:]) == [2, 5]


def test_likeness_puts_the_most_alike_map_next():
    rng = np.random.default_rng(4)
    values = np.maximum(rng.normal(size=(5, 5, 12)), 0)
    order = feature_maps.by_likeness(values).tolist()
    columns = values.reshape(-1, 12)
    columns = columns / np.linalg.norm(columns, axis=0)
    assert order[0] == feature_maps.strongest_first(values)[0]
    for at in range(len(order) - 1):
        left = order[at + 1 :]
        nearest = max(left, key=lambda channel: columns[:, order[at]] @ columns[:, channel])
        assert order[at + 1] == nearest


def test_all_maps_dead_is_no_error():
    values = np.zeros((3, 3, 4), np.float32)
    for order in gallery.ORDERS:
        shown = gallery.map_tiles("layer", values, False, order, gallery.ends(values, "layer", {}))
        assert list(shown.channels) == [0, 1, 2, 3]
        assert shown.note == "4 of 4 are all zero here: 0, 1, 2, 3."


def test_512_maps_come_in_pages():
    values = np.arange(512.0).reshape(1, 1, 512)
    ends = gallery.ends(values, "layer", {})
    pages = [
        gallery.map_tiles("wide", values, False, "number", ends, page)
        for page in range(gallery.pages(512))
    ]
    assert [channel for page in pages for channel in page.channels] == list(range(512))
    assert "128 of 512 maps" in pages[0].title


def test_responses_add_up_to_the_map_before_relu_and_the_bias():
    for name in ("conv1", "conv2", "conv3"):
        layer, _, (kernel, bias) = NETWORK.layer(name)
        before, image = opened.input_of(DIGIT, ACTIVATIONS, name)
        names = [str(i) for i in range(image.shape[2])]
        shown = gallery.response_tiles("title", image, kernel[..., 5], names)
        expected = layer.pre_activation(image, kernel, bias)[:, :, 5]
        np.testing.assert_allclose(shown.values.sum(axis=2) + bias[5], expected, atol=1e-5)
        np.testing.assert_array_equal(shown.insets, kernel[:, :, list(shown.channels), 5])
        sizes = np.abs(shown.values).max(axis=(0, 1))
        assert list(sizes) == sorted(sizes, reverse=True)
        assert before == {"conv1": "input", "conv2": "pool1", "conv3": "pool2"}[name]
