"""What a number was computed from, against Keras and against the numbers themselves."""

import keras
import numpy as np
import pytest

from cnnviz import mnist, networks
from cnnviz.inspection import opened
from cnnviz.layers import Conv2D, Dense, Flatten, MaxPooling2D

NETWORKS = {
    "trained": networks.load("convnet"),
    "untrained": networks.load("convnet", networks.WEIGHTS_FOLDER / "initial" / "convnet.npz"),
}


@pytest.fixture(scope="module")
def keras_outputs():
    """Every layer's output and sum before its activation, from Keras, for a digit."""
    model = keras.saving.load_model(networks.WEIGHTS_FOLDER / "convnet.keras")
    digit = mnist.digit(4321)
    activations, before, values = {}, {}, digit[np.newaxis, :, :, np.newaxis]
    for layer in model.layers:
        if hasattr(layer, "activation"):
            activation, layer.activation = layer.activation, keras.activations.linear
            before[layer.name] = np.asarray(layer(values))[0]
            layer.activation = activation
        values = layer(values)
        activations[layer.name] = np.asarray(values)[0]
    return digit, activations, before


@pytest.mark.parametrize("name", ["conv1", "conv2", "conv3"])
def test_an_opened_convolution_adds_up_to_keras(keras_outputs, name):
    digit, activations, before = keras_outputs
    network = NETWORKS["trained"]
    ours = network.forward(digit)
    rng = np.random.default_rng(0)
    for _ in range(10):
        height, width, channels = activations[name].shape
        row, column, channel = (int(rng.integers(n)) for n in (height, width, channels))
        one = opened.open_map(network, digit, ours, name, channel)
        window = opened.read_window(one, row, column)
        total = (window.astype(float) * one.kernel).sum() + one.bias
        assert total == pytest.approx(before[name][row, column, channel], abs=1e-5)
        assert one.pre_activation[row, column] == pytest.approx(
            before[name][row, column, channel], abs=1e-5
        )
        expected = activations[name][row, column, channel]
        assert one.output[row, column] == pytest.approx(expected, abs=1e-5)
        assert len(one.input_names) == window.shape[2]


@pytest.mark.parametrize("name", ["pool1", "pool2"])
def test_an_opened_pool_keeps_the_largest_of_its_window(keras_outputs, name):
    digit, activations, _ = keras_outputs
    network = NETWORKS["trained"]
    ours = network.forward(digit)
    for channel in (0, 7, 31):
        one = opened.open_map(network, digit, ours, name, channel)
        assert one.kind == "max"
        assert one.kernel is None
        for row, column in ((0, 0), (2, 3), (4, 4)):
            window = opened.read_window(one, row, column)
            assert window.shape == (2, 2, 1)
            assert window.max() == one.output[row, column]
            expected = activations[name][row, column, channel]
            assert window.max() == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("name", ["pool1", "pool2"])
def test_an_opened_average_pool_keeps_the_mean_of_its_window(name):
    network, digit = networks.load("convnet-average"), mnist.digit(4321)
    activations = network.forward(digit)
    _, before = opened.input_of(digit, activations, name)
    expected = np.asarray(keras.ops.average_pool(before[np.newaxis], 2))[0]
    for channel in (0, 7, 31):
        one = opened.open_map(network, digit, activations, name, channel)
        assert (one.kind, one.kernel) == ("average", None)
        for row, column in ((0, 0), (2, 3), (4, 4)):
            window = opened.read_window(one, row, column)
            assert window.shape == (2, 2, 1)
            assert window.mean() == pytest.approx(expected[row, column, channel], abs=1e-5)
            assert one.output[row, column] == pytest.approx(window.mean(), abs=1e-6)


@pytest.mark.parametrize("name", ["dense", "softmax"])
@pytest.mark.parametrize("count", [1, 8, 10_000])
def test_the_terms_of_a_unit_add_up_to_keras(keras_outputs, name, count):
    digit, activations, before = keras_outputs
    network = NETWORKS["trained"]
    ours = network.forward(digit)
    for unit in (0, 3, 9):
        terms = opened.dense_terms(network, digit, ours, name, unit, count)
        total = sum(product for *_, product in terms.rows) + terms.rest + terms.bias
        assert total == pytest.approx(before[name][unit], abs=1e-5)
        assert terms.pre_activation == pytest.approx(before[name][unit], abs=1e-5)
        assert terms.result == pytest.approx(activations[name][unit], abs=1e-5)
        inputs = network.layer(name)[1][0]
        assert len(terms.rows) + terms.rest_count == inputs
        sizes = [abs(product) for *_, product in terms.rows]
        assert sizes == sorted(sizes, reverse=True)
        for index, value, weight, product in terms.rows[:8]:
            assert value * weight == pytest.approx(product)
            assert weight == network.layer(name)[2][0][index, unit]


def test_the_columns_of_softmax_are_those_of_keras(keras_outputs):
    digit, activations, before = keras_outputs
    network = NETWORKS["trained"]
    columns = opened.softmax_columns(network, digit, network.forward(digit), "softmax")
    logits, exponentials, probabilities = columns
    np.testing.assert_allclose(logits, before["softmax"], atol=1e-5)
    np.testing.assert_allclose(probabilities, activations["softmax"], atol=1e-5)
    np.testing.assert_allclose(exponentials / exponentials.sum(), probabilities, atol=1e-6)
    assert exponentials.max() == 1


@pytest.mark.parametrize("weights", NETWORKS)
def test_every_flattened_number_comes_from_the_place_that_is_said(weights):
    network = NETWORKS[weights]
    activations = network.forward(mnist.digit(77))
    names = opened.input_names(network, "dense")
    for unit in range(576):
        row, column, channel = opened.flattened_from(unit, (3, 3, 64))
        assert activations["flatten"][unit] == activations["conv3"][row, column, channel]
        assert names[unit] == f"conv3 · row {row}, column {column}, channel {channel}"


def test_the_names_of_inputs_of_the_dense_network():
    network = networks.load("dense")
    assert opened.input_names(network, "dense")[29] == "input · row 1, column 1, channel 0"
    assert opened.input_names(network, "softmax")[511] == "dense · unit 511"


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("strides", [(1, 1), (2, 3)])
def test_windows_are_read_with_padding_and_stride_as_keras_does(padding, strides):
    rng = np.random.default_rng(1)
    layer = Conv2D("conv", 5, (3, 4), strides, padding, activation="relu")
    spec = networks.NetworkSpec(
        "odd", (layer, Flatten("flatten"), Dense("softmax", 3, activation="softmax")), 1, (9, 8, 1)
    )
    weights = [rng.normal(size=shape).astype(np.float32) for shape in spec.weight_shapes().values()]
    network = networks.Network(spec, weights)
    digit = rng.normal(size=(9, 8)).astype(np.float32)
    one = opened.open_map(network, digit, network.forward(digit), "conv", 2)
    theirs = keras.ops.conv(
        digit[np.newaxis, :, :, np.newaxis], weights[0], strides=strides, padding=padding
    )
    expected = np.asarray(theirs)[0, :, :, 2] + weights[1][2]
    assert one.output.shape == expected.shape
    for row, column in np.ndindex(expected.shape):
        window = opened.read_window(one, row, column)
        total = (window * one.kernel).sum() + one.bias
        assert total == pytest.approx(expected[row, column], abs=1e-5)


def test_a_layer_without_windows_is_refused():
    network = NETWORKS["trained"]
    digit = mnist.digit(0)
    with pytest.raises(ValueError, match="name='dense'"):
        opened.open_map(network, digit, network.forward(digit), "dense", 0)


def test_pooling_layers_have_no_sums_before():
    network = NETWORKS["trained"]
    digit = mnist.digit(0)
    activations = network.forward(digit)
    assert isinstance(network.layer("pool1")[0], MaxPooling2D)
    assert opened.pre_activations(network, digit, activations, "pool1") is activations["pool1"]


# ---- The labs' own windows -----------------------------------------------------------------


@pytest.mark.parametrize("relu", [False, True])
@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(("stride", "dilation"), [(1, 1), (2, 1), ((1, 3), 1), (1, 2)])
def test_a_filter_slid_by_hand_equals_keras(relu, padding, stride, dilation):
    rng = np.random.default_rng(4)
    image = rng.normal(size=(9, 12, 3)).astype(np.float32)
    kernel = rng.normal(size=(3, 2, 3)).astype(np.float32)
    one = opened.convolve(image, kernel, 0.25, relu, stride, padding, dilation)
    expected = keras.ops.conv(
        image[None], kernel[..., None], stride, padding, dilation_rate=dilation
    )
    expected = keras.ops.convert_to_numpy(expected)[0, :, :, 0] + 0.25
    before = one.pre_activation if relu else one.output
    np.testing.assert_allclose(before, expected, atol=1e-5)
    np.testing.assert_array_equal(one.output, before.clip(0) if relu else before)
    row, column = one.output.shape[0] - 1, 1
    window = opened.read_window(one, row, column)
    assert (window * kernel).sum() + 0.25 == pytest.approx(expected[row, column], abs=1e-5)


@pytest.mark.parametrize("kind", ["max", "average"])
@pytest.mark.parametrize("padding", ["valid", "same"])
def test_a_pool_slid_by_hand_equals_keras(kind, padding):
    image = np.random.default_rng(5).normal(size=(7, 10)).astype(np.float32)
    one = opened.pool(kind, image, (3, 2), (2, 3), padding)
    reduce = {"max": keras.ops.max_pool, "average": keras.ops.average_pool}[kind]
    expected = reduce(image[None, :, :, None], (3, 2), (2, 3), padding)
    np.testing.assert_allclose(one.output, expected[0, :, :, 0], atol=1e-6)
    assert one.kind == kind
    assert one.kernel is None


@pytest.mark.parametrize("layer", ["conv1", "flatten"])
def test_a_unit_is_opened_of_dense_layers_only(layer):
    network, digit = networks.load("convnet"), np.zeros((28, 28), np.float32)
    with pytest.raises(ValueError, match=f"must be a dense layer. Received: name='{layer}'"):
        opened.dense_terms(network, digit, network.forward(digit), layer, 0)
