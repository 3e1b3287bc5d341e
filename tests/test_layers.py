"""Each layer against the Keras layer that its own arguments build."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from tensorflow.python.framework import ops as tf_ops

from cnnviz.layers import Conv2D, Dense, Flatten, Layer, MaxPooling2D
from tests.some_layers import LAYERS

cases = pytest.mark.parametrize(("layer", "input_shape"), LAYERS, ids=lambda case: repr(case))


def keras_twin(layer, input_shape):
    """The Keras layer of the same name and arguments, with random signed weights."""
    twin = getattr(keras.layers, type(layer).__name__)(**layer.keras_arguments())
    twin.build((None, *input_shape))
    random = np.random.default_rng(0)
    twin.set_weights([random.normal(size=w.shape).astype(np.float32) for w in twin.get_weights()])
    return twin


def signed_input(input_shape):
    return np.random.default_rng(1).normal(size=input_shape).astype(np.float32)


@cases
def test_output_shape_equals_that_of_keras(layer, input_shape):
    expected = keras_twin(layer, input_shape).compute_output_shape((None, *input_shape))
    assert layer.output_shape(input_shape) == expected[1:]


@cases
def test_weight_shapes_and_their_order_equal_those_of_keras(layer, input_shape):
    weights = keras_twin(layer, input_shape).weights
    expected = [(weight.name, tuple(weight.shape)) for weight in weights]
    assert list(layer.weight_shapes(input_shape).items()) == expected


@cases
def test_parameters_equal_those_of_keras(layer, input_shape):
    assert layer.parameters(input_shape) == keras_twin(layer, input_shape).count_params()


@cases
def test_multiply_adds_equal_what_tensorflow_counts(layer, input_shape):
    twin = keras_twin(layer, input_shape)
    spec = tf.TensorSpec((1, *input_shape), tf.float32)
    graph = tf.function(twin).get_concrete_function(spec).graph
    counted = [
        tf_ops.get_stats_for_node_def(graph, operation.node_def, "flops").value
        for operation in graph.get_operations()
        if operation.type in ("Conv2D", "MatMul")
    ]
    # TensorFlow counts the product and the sum apart.
    assert 2 * layer.multiply_adds(input_shape) == sum(counted)


@cases
def test_forward_equals_keras(layer, input_shape):
    twin, values = keras_twin(layer, input_shape), signed_input(input_shape)
    if getattr(layer, "activation", "") == "softmax" and len(input_shape) == 3:
        values = values[:1, :1]  # one position: a softmax over the channels is over everything
    result = layer.forward(values, *twin.get_weights())
    assert result.dtype == np.float32
    np.testing.assert_allclose(result, twin(values[None])[0], atol=1e-5)


@pytest.mark.parametrize(
    ("layer", "input_shape"),
    [(layer, shape) for layer, shape in LAYERS if isinstance(layer, Conv2D | Dense)],
)
def test_pre_activation_equals_keras_without_an_activation(layer, input_shape):
    twin, values = keras_twin(layer, input_shape), signed_input(input_shape)
    twin.activation = keras.activations.linear
    result = layer.pre_activation(values, *twin.get_weights())
    np.testing.assert_allclose(result, twin(values[None])[0], atol=1e-5)
    assert result.min() < 0 or result.size < 5


@cases
def test_forward_leaves_its_inputs_unchanged(layer, input_shape):
    arrays = [signed_input(input_shape), *keras_twin(layer, input_shape).get_weights()]
    copies = [array.copy() for array in arrays]
    layer.forward(*arrays)
    for array, copy in zip(arrays, copies, strict=True):
        np.testing.assert_array_equal(array, copy)


@pytest.mark.parametrize(
    ("layer", "input_shape", "expected"),
    [
        (Conv2D("conv1", 32), (28, 28, 1), 320),
        (Conv2D("conv2", 64), (13, 13, 32), 18_496),
        (Dense("dense", 64), (30_976,), 1_982_528),
        (MaxPooling2D("pool"), (22, 22, 64), 0),
        (Flatten("flatten"), (22, 22, 64), 0),
    ],
)
def test_parameters_of_published_layers(layer, input_shape, expected):
    assert layer.parameters(input_shape) == expected


def test_flatten_orders_by_row_then_column_then_channel():
    image = np.arange(24).reshape(2, 3, 4)
    assert Flatten("flatten").forward(image).tolist() == list(range(24))


@pytest.mark.parametrize(
    "layer", [Conv2D("big", 1, kernel_size=(4, 4)), MaxPooling2D("big", (4, 4))]
)
def test_a_window_larger_than_the_image_is_an_error(layer):
    with pytest.raises(ValueError, match=r"no output is left.*spans 4 pixels and the input has 3"):
        layer.output_shape((5, 3, 1))


def test_a_layer_without_a_shape_of_its_own_says_so():
    with pytest.raises(TypeError, match="Layer does not say what comes out of it"):
        Layer("bare").output_shape((1,))


def test_a_layer_cannot_be_changed():
    with pytest.raises(AttributeError, match="cannot assign to field"):
        Conv2D("conv", 3).filters = 4
