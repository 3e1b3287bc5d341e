"""Sizes and padding against Keras's own arithmetic and TensorFlow's convolutions."""

from itertools import product

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st
from keras.src.ops.operation_utils import compute_conv_output_shape

from cnnviz.arithmetic import (
    PADDINGS,
    output_size,
    padding_amounts,
    pair,
    read_pixels,
    receptive_fields,
    weights_inside,
    window_span,
    windows_reading,
)

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


# ---- Receptive fields of a stack of layers ---------------------------------------------

CONV, POOL = (3, 1, "valid"), (2, 2, "valid")
SHIPPED = [CONV, POOL, CONV, POOL, CONV]
windows = st.tuples(kernel_sizes, st.integers(1, 4), st.sampled_from(["valid", "same"]))


def seen_by_each_unit(size, stack):
    """For each layer the input pixels behind every unit, found by hand, padding being None."""
    layers, behind = [], [{pixel} for pixel in range(size)]
    for kernel_size, stride, padding in stack:
        if padding == "same":
            before, after = padding_amounts(len(behind), kernel_size, stride, padding)
            behind = [set()] * before + behind + [set()] * after
        places = range(0, len(behind) - kernel_size + 1, stride)
        behind = [set().union(*behind[at : at + kernel_size]) for at in places]
        layers.append(behind)
        if not behind:
            break
    return layers


def test_receptive_fields_of_the_shipped_network():
    assert receptive_fields(28, SHIPPED) == [
        (26, 3, 1, 0),
        (13, 4, 2, 0),
        (11, 8, 2, 0),
        (5, 10, 4, 0),
        (3, 18, 4, 0),
    ]
    assert read_pixels(28, SHIPPED) == list(range(26))


def test_without_pooling_a_unit_sees_seven_pixels():
    assert receptive_fields(28, [CONV] * 3)[-1] == (22, 7, 1, 0)
    assert read_pixels(28, [CONV] * 3) == list(range(28))


def test_same_padding_moves_the_first_field_out_of_the_picture():
    stack = [(3, 1, "same"), (2, 2, "same"), (3, 1, "same")]
    assert receptive_fields(28, stack) == [(28, 3, 1, -1), (14, 4, 2, -1), (14, 8, 2, -3)]


def test_no_layers_read_every_pixel():
    assert receptive_fields(5, []) == []
    assert read_pixels(5, []) == [0, 1, 2, 3, 4]


@settings(deadline=None, derandomize=True, max_examples=400)
@given(size=st.integers(1, 40), stack=st.lists(windows, max_size=6))
def test_fields_and_read_pixels_equal_those_traced_by_hand(size, stack):
    layers = seen_by_each_unit(size, stack)
    if not all(layers):
        first = next(number for number, units in enumerate(layers, start=1) if not units)
        for function in (receptive_fields, read_pixels):
            with pytest.raises(ValueError, match=f"^layer {first} of {len(stack)}: no output"):
                function(size, stack)
        return
    fields = receptive_fields(size, stack)
    assert [layer[0] for layer in fields] == [len(units) for units in layers]
    for units, (_, field, step, start) in zip(layers, fields, strict=True):
        for unit, pixels in enumerate(units):
            assert pixels <= set(range(start + unit * step, start + unit * step + field))
    last = layers[-1] if layers else [{pixel} for pixel in range(size)]
    assert read_pixels(size, stack) == sorted(set().union(*last))


@settings(deadline=None, derandomize=True, max_examples=200)
@given(stack=st.lists(windows.map(lambda window: (*window[:2], "valid")), min_size=1, max_size=4))
def test_a_field_reaches_exactly_from_its_first_to_its_last_pixel(stack):
    size = 2000  # room enough for every stack
    layers = seen_by_each_unit(size, stack)
    for units, (_, field, step, start) in zip(layers, receptive_fields(size, stack), strict=True):
        for unit, pixels in list(enumerate(units))[:5]:
            assert min(pixels) == start + unit * step
            assert max(pixels) - min(pixels) + 1 == field


def keras_reads(size, stack):
    """Which pixels of one axis change any output of a real Keras model with positive weights."""
    layers = [
        keras.layers.Conv2D(1, k, s, p, use_bias=False, kernel_initializer="ones")
        if number % 2 == 0
        else keras.layers.AveragePooling2D(k, s, p)
        for number, (k, s, p) in enumerate(stack)
    ]
    model = keras.Sequential([keras.Input((size, size, 1)), *layers])
    image = tf.ones((1, size, size, 1))
    with tf.GradientTape() as tape:
        tape.watch(image)
        output = model(image)
    gradient = tape.gradient(output, image).numpy()[0, :, :, 0]
    rows, columns = (np.flatnonzero(gradient.any(axis=axis)).tolist() for axis in (1, 0))
    assert rows == columns
    assert np.count_nonzero(gradient) == len(rows) * len(columns)
    middle = output.shape[1] // 2
    with tf.GradientTape() as tape:
        tape.watch(image)
        unit = model(image)[0, middle, middle, 0]
    seen = np.flatnonzero(tape.gradient(unit, image).numpy()[0, :, :, 0].any(axis=1))
    return rows, output.shape[1], middle, seen.tolist()


@pytest.mark.parametrize(
    "stack",
    [
        SHIPPED,
        [(5, 1, "valid"), (2, 2, "valid"), (3, 1, "valid")],
        [(3, 2, "same"), (2, 2, "same"), (3, 1, "same")],
        [(3, 2, "valid"), (2, 1, "valid"), (4, 3, "valid")],
        [(2, 4, "valid"), (2, 2, "valid"), (1, 2, "same")],
    ],
)
def test_keras_reads_the_same_pixels(stack):
    rows, outputs, middle, seen = keras_reads(28, stack)
    assert rows == read_pixels(28, stack)
    size, field, step, start = receptive_fields(28, stack)[-1]
    assert outputs == size
    first = start + middle * step
    assert set(seen) <= set(range(first, first + field))
    if first >= 0 and first + field <= 28:
        assert (seen[0], seen[-1]) == (first, first + field - 1)


# ---- What the windows read -----------------------------------------------------------------


@pytest.mark.parametrize("padding", PADDINGS)
@pytest.mark.parametrize(
    ("size", "kernel", "stride", "dilation"),
    [(1, 1, 1, 1), (28, 3, 1, 1), (11, 2, 2, 1), (13, 5, 3, 1), (9, 2, 4, 1), (12, 3, 1, 4)],
)
def test_what_windows_read_equals_keras_on_ones(size, kernel, stride, dilation, padding):
    """A kernel of ones on an input of ones counts weights; its gradient counts windows."""
    ones = tf.Variable(np.ones((1, size, 1, 1), np.float32))
    weights = np.ones((kernel, 1, 1, 1), np.float32)
    with tf.GradientTape() as tape:
        output = keras.ops.conv(ones, weights, stride, padding, dilation_rate=dilation)
        total = tf.reduce_sum(output)
    arguments = (size, kernel, stride, padding, dilation)
    assert weights_inside(*arguments) == np.ravel(output).tolist()
    assert windows_reading(*arguments) == np.ravel(tape.gradient(total, ones)).tolist()


def test_nothing_is_read_where_no_window_fits():
    for function in (weights_inside, windows_reading):
        with pytest.raises(ValueError, match="no output is left"):
            function(4, 5)
