"""Sizes and padding against Keras's own arithmetic and TensorFlow's convolutions."""

from itertools import product

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st
from keras.src.ops.operation_utils import compute_conv_output_shape

from cnnviz.arithmetic import output_size, padding_amounts, pair, window_span

sizes = st.integers(1, 32)
kernel_sizes = st.integers(1, 7)
strides = st.integers(1, 5)
dilations = st.integers(1, 4)
seeds = st.integers(0, 2**32 - 1)


def keras_output_size(size, kernel_size, stride, padding, dilation):
    shape = compute_conv_output_shape(
        (None, size, 1), 1, (kernel_size,), stride, padding, "channels_last", dilation
    )
    return shape[1]


def tensorflow_responses(row, kernel, stride, padding):
    responses = tf.nn.conv1d(row[None, :, None], kernel[:, None, None], stride, padding.upper())
    return responses.numpy().ravel()


def zero_stuffed(weights, dilation):
    kernel = np.zeros((len(weights) - 1) * dilation + 1)
    kernel[::dilation] = weights
    return kernel


@pytest.mark.parametrize("padding", ["valid", "same"])
def test_output_size_equals_that_of_keras_for_every_small_case(padding):
    cases = product(range(1, 33), range(1, 8), range(1, 6), range(1, 5))
    for size, kernel_size, stride, dilation in cases:
        arguments = size, kernel_size, stride, padding, dilation
        if padding == "valid" and (kernel_size - 1) * dilation + 1 > size:
            with pytest.raises(ValueError, match="no output is left"):
                output_size(*arguments)
        else:
            assert output_size(*arguments) == keras_output_size(*arguments), arguments


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((28, 3), 26),
        ((26, 2, 2), 13),
        ((13, 3), 11),
        ((11, 2, 2), 5),
        ((5, 3), 3),
        ((5, 3, 1, "same"), 5),
        ((5, 3, 2, "same"), 3),
        ((7, 3, 1, "valid", 2), 3),
        ((1, 1, 5), 1),
        ((1, 7, 5, "same", 4), 1),
        ((3, 2, 5), 1),
    ],
)
def test_output_size_of_worked_cases(arguments, expected):
    assert output_size(*arguments) == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((28, 3, 1, "valid"), (0, 0)),
        ((5, 3, 1, "same"), (1, 1)),
        ((5, 2, 1, "same"), (0, 1)),
        ((5, 4, 1, "same"), (1, 2)),
        ((28, 5, 1, "same"), (2, 2)),
        ((28, 3, 2, "same"), (0, 1)),
        ((28, 7, 1, "same", 4), (12, 12)),
        ((4, 1, 2, "same"), (0, 0)),
        ((6, 2, 3, "same"), (0, 0)),
        ((1, 7, 1, "same"), (3, 3)),
    ],
)
def test_padding_amounts_of_worked_cases(arguments, expected):
    assert padding_amounts(*arguments) == expected


@settings(deadline=None, derandomize=True, max_examples=150)
@given(size=sizes, kernel_size=kernel_sizes, stride=strides, dilation=dilations, seed=seeds)
def test_padding_by_hand_gives_the_responses_of_same(size, kernel_size, stride, dilation, seed):
    random = np.random.default_rng(seed)
    row = random.normal(size=size)
    kernel = zero_stuffed(random.normal(size=kernel_size), dilation)
    padded = np.pad(row, padding_amounts(size, kernel_size, stride, "same", dilation))
    expected = tensorflow_responses(row, kernel, stride, "same")
    np.testing.assert_allclose(
        tensorflow_responses(padded, kernel, stride, "valid"), expected, atol=1e-12
    )
    assert output_size(size, kernel_size, stride, "same", dilation) == len(expected)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(size=sizes, kernel_size=kernel_sizes, stride=strides, dilation=dilations)
def test_no_pixel_of_padding_is_idle(size, kernel_size, stride, dilation):
    before, after = padding_amounts(size, kernel_size, stride, "same", dilation)
    assert after - before in (0, 1)
    if after:
        outputs = keras_output_size(size, kernel_size, stride, "same", dilation)
        one_less = size + before + after - 1
        span = (kernel_size - 1) * dilation + 1
        assert one_less < span or outputs > keras_output_size(
            one_less, kernel_size, stride, "valid", dilation
        )


@pytest.mark.parametrize(
    ("kernel_size", "dilation", "span"), [(1, 1, 1), (1, 4, 1), (3, 1, 3), (3, 2, 5), (4, 3, 10)]
)
def test_window_span_counts_the_pixels_from_first_to_last_weight(kernel_size, dilation, span):
    assert window_span(kernel_size, dilation) == span


@pytest.mark.parametrize("function", [output_size, padding_amounts])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"size": 2, "kernel_size": 3}, "spans 3 pixels and the input has 2.*size=2"),
        ({"size": 4, "kernel_size": 3, "dilation": 2}, "spans 5 pixels and the input has 4"),
        ({"size": 0, "kernel_size": 1}, "size must be a positive integer.*size=0"),
        ({"size": 5, "kernel_size": 0}, "kernel_size must be a positive integer.*kernel_size=0"),
        ({"size": 5, "kernel_size": 3, "stride": -1}, "stride must be .*stride=-1"),
        ({"size": 5, "kernel_size": 3, "dilation": 0}, "dilation must be .*dilation=0"),
        ({"size": 5, "kernel_size": 2.0}, r"kernel_size must be .*kernel_size=2\.0"),
        ({"size": 5, "kernel_size": True}, "kernel_size must be .*kernel_size=True"),
        ({"size": "5", "kernel_size": 3}, "size must be .*size='5'"),
        ({"size": 5, "kernel_size": 3, "padding": "full"}, "padding must be .*\"same\".*'full'"),
        ({"size": 5, "kernel_size": 3, "padding": "SAME"}, "padding must be .*'SAME'"),
        ({"size": 5, "kernel_size": 3, "padding": None}, "padding must be .*None"),
    ],
)
def test_impossible_arguments_are_quoted_in_the_error(function, arguments, message):
    with pytest.raises(ValueError, match=message):
        function(**arguments)


@pytest.mark.parametrize(("kernel_size", "dilation"), [(0, 1), (3, 0), (False, 1), (2, 1.5)])
def test_window_span_of_an_impossible_kernel_is_an_error(kernel_size, dilation):
    with pytest.raises(ValueError, match="must be a positive integer"):
        window_span(kernel_size, dilation)


def test_sizes_may_be_numpy_integers():
    assert output_size(np.int64(28), np.int32(3), np.uint8(2), "same") == 14


@pytest.mark.parametrize(("value", "expected"), [(2, (2, 2)), ((1, 3), (1, 3)), ([4, 2], (4, 2))])
def test_pair_is_height_and_width(value, expected):
    assert pair(value, "stride") == expected


@pytest.mark.parametrize("value", [(), (1,), (1, 2, 3)])
def test_pair_of_another_length_is_an_error(value):
    with pytest.raises(ValueError, match=r"stride must be an integer or \(height, width\)"):
        pair(value, "stride")
