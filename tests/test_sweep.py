"""Sizes, convolution and pooling against Keras and TensorFlow over everything the labs can set.

Heights and widths of 1 to 32 pixels that differ, windows of 1 to 7, strides of 1 to 5 and
dilations of 1 to 4, each its own along either axis, and 1 to 8 channels in and out.
"""

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cnnviz import ops
from cnnviz.arithmetic import output_size, padding_amounts


def pairs(largest):
    """Strategies of (height, width), each from 1 to `largest`."""
    return st.tuples(st.integers(1, largest), st.integers(1, largest))


POOLS = {
    "max": (ops.max_pool2d, keras.ops.max_pool, keras.layers.MaxPooling2D),
    "average": (ops.average_pool2d, keras.ops.average_pool, keras.layers.AveragePooling2D),
}
size, window, stride, dilation = pairs(32), pairs(7), pairs(5), pairs(4)
narrow = st.tuples(st.integers(1, 6), st.integers(1, 32)).flatmap(st.permutations).map(tuple)
size, narrow = (pair.filter(lambda pair: pair[0] != pair[1]) for pair in (size, narrow))
channels = st.integers(1, 8)
padding = st.sampled_from(["valid", "same"])
seed = st.integers(0, 2**32 - 1)


def sweep(examples):
    """The same cases in every run, and no limits of time: CI's machines may be busy."""
    return settings(
        deadline=None,
        derandomize=True,
        max_examples=examples,
        suppress_health_check=[HealthCheck.too_slow],
    )


def signed(seed, *shape):
    return np.random.default_rng(seed).uniform(-1, 1, shape).astype(np.float32)


def weights(seed, *shape):
    """A kernel as a layer starts with: the more numbers it sums, the smaller its weights."""
    return signed(seed, *shape) / np.float32(np.sqrt(np.prod(shape[:3])))


def spans(window, dilation=(1, 1)):
    return tuple((k - 1) * d + 1 for k, d in zip(window, dilation, strict=True))


def fits(size, window, padding, dilation=(1, 1)):
    within = zip(spans(window, dilation), size, strict=True)
    return padding == "same" or all(span <= pixels for span, pixels in within)


def zero_stuffed(kernel, dilation):
    """The same filter without dilation: zeros stand between its weights."""
    stuffed = np.zeros((*spans(kernel.shape[:2], dilation), *kernel.shape[2:]), kernel.dtype)
    stuffed[:: dilation[0], :: dilation[1]] = kernel
    return stuffed


def on_both_axes(function, *pairs_and_words):
    """The results of one of `arithmetic`'s functions for height and width."""
    both = [[given] * 2 if isinstance(given, str) else given for given in pairs_and_words]
    return tuple(function(*arguments) for arguments in zip(*both, strict=True))


def too_long(size, window, dilation=(1, 1)):
    """The message about the first axis along which no window fits."""
    spanned = zip(spans(window, dilation), size, strict=True)
    span, pixels = next((span, pixels) for span, pixels in spanned if span > pixels)
    return f"no output is left: a window spans {span} pixels and the input has {pixels}. "


# ---- Convolution -------------------------------------------------------------------------


@pytest.mark.slow
@sweep(800)
@given(size, window, stride, padding, dilation, channels, channels, seed)
def test_conv2d_equals_keras(size, window, stride, padding, dilation, inputs, filters, seed):
    assume(fits(size, window, padding, dilation))
    if max(stride) > 1:
        dilation = (1, 1)  # Keras refuses the two together
    image, kernel = signed(seed, *size, inputs), weights(seed + 1, *window, inputs, filters)
    bias = signed(seed + 2, filters)
    result = ops.conv2d(image, kernel, bias, stride, padding, dilation)
    expected = keras.ops.conv(image[None], kernel, stride, padding, dilation_rate=dilation)
    np.testing.assert_allclose(result, expected[0] + bias, rtol=0, atol=1e-5)
    layer = keras.layers.Conv2D(filters, window, stride, padding, dilation_rate=dilation)
    assert layer.compute_output_shape((None, *size, inputs)) == (None, *result.shape)
    assert on_both_axes(output_size, size, window, stride, padding, dilation) == result.shape[:2]


@pytest.mark.slow
@sweep(300)
@given(size, window, stride, padding, dilation, channels, channels, seed)
def test_conv2d_with_the_stride_and_dilation_that_keras_refuses_equals_a_zero_stuffed_kernel(
    size, window, stride, padding, dilation, inputs, filters, seed
):
    assume(max(stride) > 1 and max(dilation) > 1 and fits(size, window, padding, dilation))
    image, kernel = signed(seed, *size, inputs), weights(seed + 1, *window, inputs, filters)
    with pytest.raises(ValueError, match="`strides > 1` not supported"):
        keras.ops.conv(image[None], kernel, stride, padding, dilation_rate=dilation)
    with pytest.raises(ValueError, match="`strides > 1` not supported"):
        keras.layers.Conv2D(filters, window, stride, padding, dilation_rate=dilation)
    stuffed = zero_stuffed(kernel, dilation)
    expected = tf.nn.conv2d(image[None], stuffed, stride, padding.upper())[0]
    result = ops.conv2d(image, kernel, None, stride, padding, dilation)
    np.testing.assert_allclose(result, expected, rtol=0, atol=1e-5)
    layer = keras.layers.Conv2D(filters, spans(window, dilation), stride, padding)
    assert layer.compute_output_shape((None, *size, inputs)) == (None, *result.shape)
    assert on_both_axes(output_size, size, window, stride, padding, dilation) == result.shape[:2]


@pytest.mark.slow
@sweep(150)
@given(size, window, stride, dilation, channels, channels)
def test_conv2d_without_output_says_the_sizes_where_keras_refuses(
    size, window, stride, dilation, inputs, filters
):
    assume(not fits(size, window, "valid", dilation))
    image, kernel = np.zeros((*size, inputs)), np.zeros((*window, inputs, filters))
    with pytest.raises(ValueError, match=too_long(size, window, dilation)):
        ops.conv2d(image, kernel, None, stride, "valid", dilation)
    with pytest.raises(ValueError, match=too_long(size, window, dilation)):
        on_both_axes(padding_amounts, size, window, stride, "valid", dilation)
    layer = keras.layers.Conv2D(filters, spans(window, dilation), stride)
    with pytest.raises(ValueError, match="zero or negative"):
        layer.compute_output_shape((None, *size, inputs))


@pytest.mark.slow
@sweep(300)
@given(size, window, stride, padding, dilation, seed)
def test_padding_by_hand_gives_the_output_that_tensorflow_gives_by_itself(
    size, window, stride, padding, dilation, seed
):
    assume(fits(size, window, padding, dilation))
    image = signed(seed, *size, 1)
    kernel = zero_stuffed(weights(seed + 1, *window, 1, 1), dilation)
    amounts = on_both_axes(padding_amounts, size, window, stride, padding, dilation)
    padded = np.pad(image, [*amounts, (0, 0)])
    by_hand = tf.nn.conv2d(padded[None], kernel, stride, "VALID")
    expected = tf.nn.conv2d(image[None], kernel, stride, padding.upper())
    np.testing.assert_allclose(by_hand, expected, rtol=0, atol=1e-5)


# ---- Pooling -----------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("kind", POOLS)
@sweep(400)
@given(size, window, st.none() | stride, padding, channels, seed)
def test_pooling_equals_keras(kind, size, window, stride, padding, channels, seed):
    assume(fits(size, window, padding))
    ours, of_keras, layer = POOLS[kind]
    image = signed(seed, *size, channels)
    result = ours(image, window, stride, padding)
    expected = of_keras(image[None], window, stride, padding)[0]
    np.testing.assert_allclose(result, expected, rtol=0, atol=1e-5)
    shape = layer(window, stride, padding).compute_output_shape((None, *size, channels))
    assert shape == (None, *result.shape)
    assert on_both_axes(output_size, size, window, stride or window, padding) == shape[1:3]


@pytest.mark.parametrize("kind", POOLS)
@sweep(100)
@given(narrow, window, stride, channels)
def test_pooling_without_output_says_the_sizes_where_keras_refuses(
    kind, size, window, stride, channels
):
    assume(not fits(size, window, "valid"))
    ours, _, layer = POOLS[kind]
    with pytest.raises(ValueError, match=too_long(size, window)):
        ours(np.zeros((*size, channels)), window, stride)
    with pytest.raises(ValueError, match="zero or negative"):
        layer(window, stride).compute_output_shape((None, *size, channels))


@sweep(150)
@given(size, window, stride, channels, seed)
def test_padding_never_wins_a_maximum(size, window, stride, channels, seed):
    image = signed(seed, *size, channels) - 2  # all negative: a zero or -1 would win
    result = ops.max_pool2d(image, window, stride, "same")
    assert np.isin(result, image).all()
    expected = keras.ops.max_pool(image[None], window, stride, "same")
    np.testing.assert_array_equal(result, expected[0])


@sweep(150)
@given(size, window, stride, channels, seed)
def test_padding_is_left_out_of_the_mean(size, window, stride, channels, seed):
    levels = signed(seed, channels) - 2  # each channel is one number, far from a padding of 0
    result = ops.average_pool2d(np.broadcast_to(levels, (*size, channels)), window, stride, "same")
    np.testing.assert_allclose(result, np.broadcast_to(levels, result.shape), rtol=1e-6)
