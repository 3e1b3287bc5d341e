"""The browser's operations against TensorFlow's, sweep by sweep."""

from itertools import product

import numpy as np
import pytest
import tensorflow as tf

from cnnviz import arithmetic
from tests.helpers import zero_stuffed

CONV = """(cases) => cases.map(({ image, kernel, bias, options, windows }) => {
  const [one, filter] = [given(image), given(kernel)];
  const where = windows ?? windowsOn(one.shape, filter.shape, options);
  return conv2d(one, filter, bias && given(bias).data, where);
})"""
POOL = """(cases) => cases.map(({ kind, image, size, options }) => {
  const [one, pool] = [given(image), { max: maxPool2d, average: averagePool2d }[kind]];
  return pool(one, windowsOn(one.shape, size, options));
})"""
PADDINGS = ("valid", "same")


def signed(*shape, seed=0, dtype=np.float32):
    return np.random.default_rng(seed).normal(size=shape).astype(dtype)


def assert_all_close(results, expected, atol=1e-5):
    assert len(results) == len(expected) > 0
    for result, wanted in zip(results, expected, strict=True):
        np.testing.assert_allclose(result, wanted, atol=atol)


def test_conv2d_equals_tensorflow(engine):
    kernels = [(1, 1), (2, 2), (3, 3), (3, 2), (4, 5), (7, 1)]
    strides, dilations = [(1, 1), (2, 2), (3, 1), (2, 5)], [(1, 1), (2, 2), (1, 3)]
    shapes = [(19, 14, 3), (1, 1, 2), (2, 9, 2)]
    cases, expected = [], []
    for shape, size, stride, padding, dilation in product(
        shapes, kernels, strides, PADDINGS, dilations
    ):
        if not all(map(arithmetic.fits, shape, size, [padding] * 2, dilation)):
            continue
        image, bias = signed(*shape, seed=1), signed(4, seed=3)
        image[image < -0.5] = 0  # as after ReLU, where inputs are skipped
        kernel = signed(*size, shape[2], 4, seed=2)
        filters = zero_stuffed(kernel, dilation)
        expected.append(tf.nn.conv2d(image[None], filters, stride, padding.upper())[0] + bias)
        parts = {"image": image, "kernel": kernel, "bias": bias}
        options = {"stride": stride, "padding": padding, "dilation": dilation}
        cases.append({**{k: engine.tensor(v) for k, v in parts.items()}, "options": options})
    assert_all_close(engine.arrays(CONV, cases), expected)


def test_conv2d_takes_any_padding_and_double_precision(engine):
    image = signed(7, 9, 2, dtype=np.float64)
    kernel = signed(3, 4, 2, 5, seed=1, dtype=np.float64)
    paddings = [[[0, 0], [2, 0], [1, 3], [0, 0]], [[0, 0], [0, 4], [5, 0], [0, 0]]]
    cases = [
        {
            "image": engine.tensor(image),
            "kernel": engine.tensor(kernel),
            "windows": {
                "kernel": [3, 4],
                "stride": [2, 1],
                "dilation": [1, 1],
                "before": [rows[0], columns[0]],
                "after": [rows[1], columns[1]],
            },
        }
        for _, rows, columns, _ in paddings
    ]
    expected = [tf.nn.conv2d(image[None], kernel, [2, 1], padding)[0] for padding in paddings]
    assert_all_close(engine.arrays(CONV, cases), expected, atol=1e-13)


def test_pooling_equals_tensorflow(engine):
    sizes = [((2, 2), (2, 2)), ((3, 3), (2, 1)), ((5, 5), (1, 1)), ((2, 3), (2, 3))]
    sizes += [((4, 1), (1, 3)), ((2, 2), (5, 5)), ((1, 4), (1, 4)), ((6, 7), (2, 9))]
    cases, expected = [], []
    for kind, shape, (size, stride), padding in product(
        ("max", "average"), [(11, 14, 3), (1, 6, 2), (5, 5, 2)], sizes, PADDINGS
    ):
        if not all(map(arithmetic.fits, shape, size, [padding] * 2)):
            continue
        image = signed(*shape, seed=8) - 1  # mostly negative: padding must not win
        pool = {"max": tf.nn.max_pool2d, "average": tf.nn.avg_pool2d}[kind]
        expected.append(pool(image[None], size, stride, padding.upper())[0])
        options = {"stride": stride, "padding": padding}
        case = {"kind": kind, "image": engine.tensor(image), "size": size, "options": options}
        cases.append(case)
    assert_all_close(engine.arrays(POOL, cases), expected, atol=1e-6)


def test_dense_relu_and_softmax_equal_tensorflow(engine):
    script = """([vector, kernel, bias, logits]) =>
      [dense(given(vector), given(kernel), given(bias).data), relu(given(vector)),
       softmax(given(logits))]"""
    vector, bias, logits = signed(77), signed(13, seed=2), signed(6, 10, seed=3) * 1000
    vector[::3] = 0
    kernel = signed(77, 13, seed=1)
    arguments = [engine.tensor(array) for array in (vector, kernel, bias, logits)]
    expected = [vector @ kernel + bias, tf.nn.relu(vector), tf.nn.softmax(logits)]
    assert_all_close(engine.arrays(script, arguments), expected)


def test_blank_and_constant_images(engine):
    kernel, bias = signed(2, 3, 2, 4), signed(4, seed=1)
    images = [np.zeros((6, 5, 2)), np.full((6, 5, 2), -3.0)]
    common = {"kernel": engine.tensor(kernel), "bias": engine.tensor(bias)}
    blank, constant = engine.arrays(CONV, [{"image": engine.tensor(i), **common} for i in images])
    np.testing.assert_allclose(blank, np.broadcast_to(bias, (5, 3, 4)), atol=1e-7)
    everywhere = -3 * kernel.sum(axis=(0, 1, 2)) + bias
    np.testing.assert_allclose(constant, np.broadcast_to(everywhere, (5, 3, 4)), atol=1e-5)


def test_an_operation_changes_no_input(engine):
    script = """({ image, kernel }) => {
      const [one, filter] = [given(image), given(kernel)];
      const places = windowsOn(one.shape, filter.shape);
      const results = [relu(one), softmax(one), maxPool2d(one, places),
        averagePool2d(one, places), conv2d(one, filter, null, places)];
      for (const result of results) result.data.fill(9);
      return [one, filter];
    }"""
    image, kernel = signed(5, 4, 2), signed(3, 2, 2, 3)
    arguments = {"image": engine.tensor(image), "kernel": engine.tensor(kernel)}
    assert_all_close(engine.arrays(script, arguments), [image, kernel], atol=0)


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("maxPool2d(image(2, 5, 1), windowsOn([2, 5], [3, 3]))", "spans 3 .* the input has 2"),
        ("maxPool2d(image(2, 5, 1), windowsOn([9, 9], [3, 3]))", "spans 3 .* the input has 2"),
        ("windowsOn([4, 9], [3, 3], { dilation: [2, 2] })", "spans 5 pixels and the input has 4"),
        ("windowsOn([5, 5], [3, 3], { stride: [0, 1] })", "stride must be .* stride=0"),
        ("windowsOn([5, 5], [3, 1.5])", "kernelSize must be .* kernelSize=1.5"),
        ("windowsOn([5, 5], [3, 3], { padding: 'full' })", "padding must be .* padding=full"),
        ("maxPool2d(image(5, 5), windowsOn([5, 5], [3, 3]))", r"image must have 3 axes.*\(5, 5\)"),
        ("conv(image(5, 5, 3), image(3, 3, 1, 4))", r"channels in .*\(5, 5, 3\).*\(3, 3, 1, 4\)"),
        ("conv(image(5, 5, 1), image(3, 3))", r"kernel must have 4 axes.*\(3, 3\)"),
        ("conv(image(5, 5, 1), image(2, 3, 1, 4))", r"windows .*\(3, 3\).*\(2, 3, 1, 4\)"),
        ("conv(image(5, 5, 1), image(3, 3, 1, 2), [0])", "each of the 2 filters.*bias.length=1"),
        ("dense(image(4), image(3, 2), [0, 0])", r"\(3, 2\).*\(4,\), bias.length=2"),
        ("tensor([2, 3], new Float32Array(5))", r"6 numbers .*\(2, 3\).*data.length=5"),
    ],
)
def test_what_does_not_fit_is_an_error_that_says_what(engine, script, message):
    names = """const image = (...shape) => zeros(shape, new Float32Array(0));
      const conv = (one, filter, bias) =>
        conv2d(one, filter, bias, windowsOn(one.shape, [3, 3]));"""
    with pytest.raises(ValueError, match=f"RangeError: .*{message}"):
        raise ValueError(engine.error(f"() => {{ {names} {script}; }}"))
