"""The NumPy operations against those of Keras and TensorFlow."""

from itertools import product

import keras
import numpy as np
import pytest
import tensorflow as tf

from cnnviz import ops
from tests.helpers import zero_stuffed

POOLS = {"max": ops.max_pool2d, "average": ops.average_pool2d}


def signed(*shape, seed=0, dtype=np.float32):
    return np.random.default_rng(seed).normal(size=shape).astype(dtype)


def keras_pool(kind, image, pool_size, stride, padding):
    pool = {"max": keras.ops.max_pool, "average": keras.ops.average_pool}[kind]
    return keras.ops.convert_to_numpy(pool(image[None], pool_size, stride, padding))[0]


# ---- Convolution -------------------------------------------------------------------------

KERNELS = [(1, 1), (2, 2), (3, 3), (3, 2), (4, 5), (7, 1)]
STRIDES = [(1, 1), (2, 2), (3, 1), (2, 5)]
DILATIONS = [(1, 1), (2, 2), (1, 3)]


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("kernel_size", KERNELS)
def test_conv2d_equals_keras(kernel_size, padding):
    image = signed(19, 14, 3, seed=1)
    kernel, bias = signed(*kernel_size, 3, 4, seed=2), signed(4, seed=3)
    for stride, dilation in product(STRIDES, DILATIONS):
        if max(stride) > 1 and max(dilation) > 1:
            continue  # Keras refuses the two together
        expected = keras.ops.conv(image[None], kernel, stride, padding, dilation_rate=dilation)
        result = ops.conv2d(image, kernel, bias, stride, padding, dilation)
        np.testing.assert_allclose(result, expected[0] + bias, atol=1e-5)


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("stride", [(2, 2), (3, 1), (1, 4)])
@pytest.mark.parametrize("dilation", [(2, 2), (3, 1), (2, 4)])
def test_conv2d_with_stride_and_dilation_equals_a_zero_stuffed_kernel(stride, dilation, padding):
    image, kernel = signed(13, 17, 2, seed=4), signed(3, 4, 2, 5, seed=5)
    expected = tf.nn.conv2d(image[None], zero_stuffed(kernel, dilation), stride, padding.upper())
    result = ops.conv2d(image, kernel, stride=stride, padding=padding, dilation=dilation)
    np.testing.assert_allclose(result, expected[0], atol=1e-5)


@pytest.mark.parametrize(
    ("shape", "kernel_size", "stride"),
    [
        ((1, 1), (1, 1), 1),
        ((1, 1), (7, 7), 1),
        ((1, 1), (2, 2), 5),
        ((2, 9), (5, 5), 3),
        ((3, 3), (7, 6), 2),
        ((4, 6), (2, 2), 7),
    ],
)
def test_conv2d_of_small_images_under_same_equals_tensorflow(shape, kernel_size, stride):
    image, kernel = signed(*shape, 2, seed=6), signed(*kernel_size, 2, 3, seed=7)
    expected = tf.nn.conv2d(image[None], kernel, stride, "SAME")
    result = ops.conv2d(image, kernel, stride=stride, padding="same")
    np.testing.assert_allclose(result, expected[0], atol=1e-5)


def test_conv2d_pads_with_two_zeros_on_each_side():
    image = np.array([[[5.0], [7.0]]])
    kernel = np.array([1.0, 10.0, 100.0, 1000.0, 10000.0]).reshape(1, 5, 1, 1)
    # Windows: 0 0 5 7 0 and 0 5 7 0 0.
    assert ops.conv2d(image, kernel, padding="same").ravel().tolist() == [7500.0, 750.0]


def test_conv2d_does_not_flip_the_kernel():
    image = np.array([[[2.0], [3.0], [5.0]]])
    kernel = np.array([1.0, 10.0]).reshape(1, 2, 1, 1)
    assert ops.conv2d(image, kernel).ravel().tolist() == [32.0, 53.0]


def test_conv2d_sums_over_the_channels_and_adds_the_bias():
    image = np.array([[[2.0, -3.0]]])
    kernel = np.array([[1.0, 4.0], [10.0, 0.5]]).reshape(1, 1, 2, 2)
    assert ops.conv2d(image, kernel, np.array([100.0, 200.0])).ravel().tolist() == [72.0, 206.5]


def test_conv2d_of_a_blank_image_is_the_bias_everywhere():
    result = ops.conv2d(np.zeros((5, 4, 2)), signed(3, 3, 2, 2), np.array([-1.5, 2.5]))
    assert (result == [-1.5, 2.5]).all()


def test_conv2d_of_a_constant_image_is_the_sum_of_the_weights():
    kernel = signed(2, 3, 2, 4, dtype=np.float64)
    result = ops.conv2d(np.full((6, 5, 2), -3.0), kernel)
    expected = np.broadcast_to(-3 * kernel.sum(axis=(0, 1, 2)), (5, 3, 4))
    np.testing.assert_allclose(result, expected, atol=1e-12)


def test_conv2d_of_one_inked_pixel_shows_the_kernel_turned_half_round():
    image, kernel = np.zeros((5, 5, 1)), signed(3, 3, 1, 1, dtype=np.float64)
    image[2, 2] = 1
    np.testing.assert_array_equal(ops.conv2d(image, kernel)[:, :, 0], kernel[::-1, ::-1, 0, 0])


@pytest.mark.parametrize(
    ("image_type", "kernel_type", "expected"),
    [
        (np.float32, np.float32, np.float32),
        (np.float64, np.float64, np.float64),
        (np.float64, np.float32, np.float64),
        (np.uint8, np.float32, np.float32),
        (np.int64, np.int64, np.float32),
        (bool, np.float32, np.float32),
    ],
)
def test_conv2d_takes_any_number_and_returns_floats(image_type, kernel_type, expected):
    image = np.arange(24).reshape(4, 3, 2).astype(image_type)
    kernel = np.arange(-4, 4).reshape(2, 2, 2, 1).astype(kernel_type)
    result = ops.conv2d(image, kernel, np.array([7]))
    oracle = tf.nn.conv2d(image[None].astype("float64"), kernel.astype("float64"), 1, "VALID")
    assert result.dtype == expected
    np.testing.assert_allclose(result, oracle[0] + 7, rtol=1e-6)


def test_conv2d_in_float64_is_exact_to_float64():
    image, kernel = signed(9, 8, 3, dtype=np.float64), signed(3, 3, 3, 2, dtype=np.float64)
    expected = tf.nn.conv2d(image[None], kernel, 1, "VALID")
    np.testing.assert_allclose(ops.conv2d(image, kernel), expected[0], atol=1e-13)


def test_conv2d_reads_views_in_any_memory_order():
    image, kernel = signed(14, 3, 11).transpose(0, 2, 1)[::-1, ::2], signed(4, 3, 3, 2).T.copy().T
    expected = tf.nn.conv2d(image[None].copy(), kernel.copy(), 2, "SAME")
    result = ops.conv2d(image, kernel, stride=2, padding="same")
    np.testing.assert_allclose(result, expected[0], atol=1e-5)


@pytest.mark.parametrize(
    ("image_shape", "kernel_shape", "options", "message"),
    [
        ((5, 5), (3, 3, 1, 1), {}, r"image must have 3 axes.*\(5, 5\)"),
        ((1, 5, 5, 1), (3, 3, 1, 1), {}, r"image must have 3 axes.*\(1, 5, 5, 1\)"),
        ((5, 5, 1), (3, 3), {}, r"kernel must have 4 axes.*\(3, 3\)"),
        ((5, 5, 3), (3, 3, 1, 4), {}, r"channels in .*\(5, 5, 3\).*\(3, 3, 1, 4\)"),
        ((2, 5, 1), (3, 3, 1, 1), {}, "no output is left.*spans 3 pixels and the input has 2"),
        ((4, 9, 1), (3, 3, 1, 1), {"dilation": 2}, "no output is left.*spans 5 pixels"),
        ((0, 5, 1), (3, 3, 1, 1), {"padding": "same"}, "size must be a positive integer"),
        ((5, 5, 1), (3, 3, 1, 1), {"stride": 0}, "stride must be a positive integer"),
        ((5, 5, 1), (3, 3, 1, 1), {"stride": (1, 2, 3)}, "stride must be an integer or"),
        ((5, 5, 1), (3, 3, 1, 1), {"dilation": -1}, "dilation must be a positive integer"),
        ((5, 5, 1), (3, 3, 1, 1), {"padding": "full"}, "padding must be"),
        ((5, 5, 1), (3, 3, 1, 2), {"bias": np.zeros(3)}, r"each of the 2 filters.*\(3,\)"),
        ((5, 5, 1), (3, 3, 1, 2), {"bias": 1.0}, "bias must have 1 axes"),
    ],
)
def test_conv2d_says_what_does_not_fit(image_shape, kernel_shape, options, message):
    with pytest.raises(ValueError, match=message):
        ops.conv2d(np.zeros(image_shape), np.zeros(kernel_shape), **options)


# ---- Pooling -----------------------------------------------------------------------------

POOL_CASES = [
    (2, None),
    (3, None),
    (2, 1),
    (3, 2),
    (5, 1),
    ((2, 3), None),
    ((4, 1), (1, 3)),
    (2, 5),
    (1, 4),
]


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(("pool_size", "stride"), POOL_CASES)
@pytest.mark.parametrize("kind", POOLS)
def test_pooling_equals_keras(kind, pool_size, stride, padding):
    image = signed(11, 14, 3, seed=8)
    expected = keras_pool(kind, image, pool_size, stride, padding)
    result = POOLS[kind](image, pool_size, stride, padding)
    np.testing.assert_allclose(result, expected, atol=1e-6)


@pytest.mark.parametrize("kind", POOLS)
@pytest.mark.parametrize("shape", [(1, 1), (1, 6), (3, 2), (5, 5)])
@pytest.mark.parametrize(("pool_size", "stride"), [(6, 1), (7, 2), (4, 9)])
def test_pooling_with_windows_larger_than_the_image_equals_keras(kind, shape, pool_size, stride):
    image = signed(*shape, 2, seed=9)
    expected = keras_pool(kind, image, pool_size, stride, "same")
    np.testing.assert_allclose(POOLS[kind](image, pool_size, stride, "same"), expected, atol=1e-6)


@pytest.mark.parametrize("pool_size", [2, 3, 5, 6])
def test_padding_never_wins_a_maximum(pool_size):
    image = -1 - np.abs(signed(5, 7, 2, seed=10))
    result = ops.max_pool2d(image, pool_size, stride=1, padding="same")
    assert result.max() == image.max()
    np.testing.assert_array_equal(result, keras_pool("max", image, pool_size, 1, "same"))


@pytest.mark.parametrize("pool_size", [2, 3, 5, 6])
def test_padding_is_left_out_of_the_mean(pool_size):
    result = ops.average_pool2d(np.full((4, 7, 2), -3.0), pool_size, stride=1, padding="same")
    np.testing.assert_allclose(result, np.full((4, 7, 2), -3.0), rtol=1e-15)


def test_pooling_of_worked_cases():
    image = np.array([[4.0, -1.0, 3.0], [-2.0, 7.0, 5.0], [-9.0, -8.0, -6.0]])[:, :, None]
    assert ops.max_pool2d(image)[:, :, 0].tolist() == [[7.0]]
    assert ops.average_pool2d(image)[:, :, 0].tolist() == [[2.0]]
    assert ops.max_pool2d(image, padding="same")[:, :, 0].tolist() == [[7.0, 5.0], [-8.0, -6.0]]
    assert ops.average_pool2d(image, padding="same")[:, :, 0].tolist() == [[2.0, 4.0], [-8.5, -6.0]]


def test_pooling_keeps_the_channels_apart():
    image = np.stack([np.full((2, 2), 1.0), np.full((2, 2), 9.0)], axis=2)
    assert ops.max_pool2d(image).tolist() == [[[1.0, 9.0]]]
    assert ops.average_pool2d(image).tolist() == [[[1.0, 9.0]]]


@pytest.mark.parametrize("kind", POOLS)
@pytest.mark.parametrize(
    ("given", "expected"),
    [(np.float32, np.float32), (np.float64, np.float64), (np.uint8, np.float32), (int, np.float32)],
)
def test_pooling_takes_any_number_and_returns_floats(kind, given, expected):
    image = np.random.default_rng(11).integers(0, 255, (6, 5, 2)).astype(given)
    result = POOLS[kind](image, 2)
    assert result.dtype == expected
    np.testing.assert_allclose(
        result, keras_pool(kind, image.astype(np.float32), 2, None, "valid"), rtol=1e-6
    )


@pytest.mark.parametrize("kind", POOLS)
@pytest.mark.parametrize(
    ("shape", "options", "message"),
    [
        ((5, 5), {}, r"image must have 3 axes.*\(5, 5\)"),
        ((1, 5, 1), {}, "no output is left.*spans 2 pixels and the input has 1"),
        ((5, 5, 1), {"pool_size": 6}, "no output is left"),
        ((5, 5, 1), {"pool_size": 0}, "kernel_size must be a positive integer"),
        ((5, 5, 1), {"pool_size": (2, 2, 2)}, "pool_size must be an integer or"),
        ((5, 5, 1), {"stride": 0}, "stride must be a positive integer"),
        ((5, 5, 1), {"padding": "zero"}, "padding must be"),
    ],
)
def test_pooling_says_what_does_not_fit(kind, shape, options, message):
    with pytest.raises(ValueError, match=message):
        POOLS[kind](np.zeros(shape), **options)


# ---- Dense, ReLU, softmax ----------------------------------------------------------------


@pytest.mark.parametrize(("inputs", "units"), [(576, 64), (7, 3), (1, 1), (1, 5)])
def test_dense_equals_keras(inputs, units):
    vector, bias = signed(inputs), signed(units, seed=2)
    kernel = signed(inputs, units, seed=1) / np.float32(np.sqrt(inputs))
    layer = keras.layers.Dense(units)
    layer.build((None, inputs))
    layer.set_weights([kernel, bias])
    np.testing.assert_allclose(ops.dense(vector, kernel, bias), layer(vector[None])[0], atol=1e-5)


def test_dense_of_a_blank_vector_is_the_bias():
    assert ops.dense(np.zeros(3), signed(3, 2), np.array([4.0, -5.0])).tolist() == [4.0, -5.0]


def test_dense_with_another_number_of_inputs_is_an_error():
    with pytest.raises(ValueError, match="mismatch"):
        ops.dense(np.zeros(4), np.zeros((3, 2)), np.zeros(2))


def test_relu_equals_keras():
    values = signed(5, 4, 3)
    np.testing.assert_array_equal(ops.relu(values), keras.ops.relu(values))


def test_relu_keeps_the_type_and_zero_and_one_number():
    assert ops.relu(np.float32([-1, 0, 1])).dtype == np.float32
    assert ops.relu(np.array([-0.0, 0.0])).tolist() == [0.0, 0.0]
    assert ops.relu(np.array([[-4]])).tolist() == [[0]]


@pytest.mark.parametrize("scale", [0.01, 1, 30, 1000])
def test_softmax_equals_keras(scale):
    logits = signed(10, dtype=np.float64) * scale
    np.testing.assert_allclose(ops.softmax(logits), keras.ops.softmax(logits), atol=1e-7)


@pytest.mark.parametrize("offset", [-1e6, 0, 1e6])
def test_softmax_of_equal_logits_is_uniform_and_does_not_overflow(offset):
    np.testing.assert_allclose(ops.softmax(np.full(10, offset)), np.full(10, 0.1), rtol=1e-15)


def test_softmax_of_worked_cases():
    np.testing.assert_allclose(ops.softmax(np.log([1.0, 2.0, 5.0])), [0.125, 0.25, 0.625])
    assert ops.softmax(np.array([-7.0])).tolist() == [1.0]


def test_softmax_sums_to_one_in_float32():
    probabilities = ops.softmax(signed(10) * 5)
    assert probabilities.dtype == np.float32
    assert probabilities.sum() == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize(
    ("operation", "shapes"),
    [
        (lambda image, kernel, bias: ops.conv2d(image, kernel, bias), [(5, 4, 2), (3, 2, 2, 3), 3]),
        (
            lambda image, kernel, bias: ops.conv2d(image, kernel, bias, 2, "same", 3),
            [(5, 4, 2), (3, 2, 2, 3), 3],
        ),
        (lambda image: ops.max_pool2d(image, 3, 1, "same"), [(5, 4, 2)]),
        (lambda image: ops.max_pool2d(image, 1), [(5, 4, 2)]),
        (lambda image: ops.average_pool2d(image, 3, 1, "same"), [(5, 4, 2)]),
        (lambda image: ops.average_pool2d(image, 1), [(5, 4, 2)]),
        (ops.dense, [4, (4, 3), 3]),
        (ops.relu, [(3, 4)]),
        (ops.softmax, [10]),
    ],
)
def test_the_inputs_are_unchanged_and_the_result_is_not_theirs(operation, shapes):
    arrays = [signed(*np.atleast_1d(shape), seed=seed) for seed, shape in enumerate(shapes)]
    copies = [array.copy() for array in arrays]
    operation(*arrays)[...] = 99
    for array, copy in zip(arrays, copies, strict=True):
        np.testing.assert_array_equal(array, copy)
