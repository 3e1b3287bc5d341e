"""The browser's layers and networks against Python's, and their weights on the way."""

import base64

import numpy as np
import pytest

from cnnviz import mnist, networks
from cnnviz.components.engine.weights import layer_data, network_bytes
from cnnviz.runs import store
from tests.some_layers import LAYERS

# Keeps the network that it is given, for `forward`.
LOAD = """(text) => {
  window.network = readWeights(Uint8Array.from(atob(text), (one) => one.charCodeAt(0)).buffer);
  return { ...network, layers: network.layers.map((layer) => layer.name) };
}"""


def loaded(engine, network):
    return engine.page.evaluate(LOAD, base64.b64encode(network_bytes(network)).decode("ascii"))


def shares(digits):
    return np.asarray(digits, np.float32) / 255


def test_every_kind_of_layer_equals_pythons(engine):
    random = np.random.default_rng(0)
    cases, expected = [], []
    for layer, shape in LAYERS:
        values = random.normal(size=shape).astype(np.float32)
        wanted = layer.weight_shapes(shape).values()
        weights = [random.normal(size=one).astype(np.float32) for one in wanted]
        sent = {**layer_data(layer, shape), "weights": [engine.tensor(one) for one in weights]}
        cases.append({"layer": sent, "values": engine.tensor(values)})
        expected.append(layer.forward(values, *weights))
    script = """(cases) => cases.map(({ layer, values }) =>
      outputOf({ ...layer, weights: layer.weights.map(given) }, given(values)))"""
    for result, wanted in zip(engine.arrays(script, cases), expected, strict=True):
        np.testing.assert_allclose(result, wanted, atol=1e-5)


@pytest.mark.parametrize("name", networks.SPECS)
def test_every_activation_equals_pythons(engine, name):
    network = networks.load(name)
    described = loaded(engine, network)
    assert described["name"] == name
    assert described["layers"] == [layer.name for layer in network.spec.layers]
    noise = np.random.default_rng(1).uniform(size=(28, 28)).astype(np.float32)
    for digit in (mnist.digit(7), noise, np.zeros((28, 28), np.float32)):
        script = "(digit) => Object.values(forward(network, given(digit).data))"
        results = engine.arrays(script, engine.tensor(digit))
        for result, wanted in zip(results, network.forward(digit).values(), strict=True):
            np.testing.assert_allclose(result, wanted, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("count", [100, pytest.param(10_000, marks=pytest.mark.slow)])
def test_the_answers_to_the_test_digits_are_those_that_keras_gave(engine, count):
    run = store.shipped()
    loaded(engine, run.network())
    script = """([digits]) => {
      const { shape: [count], data } = given(digits);
      const ten = (i) => forward(network, data.subarray(784 * i, 784 * (i + 1))).softmax.data;
      return [tensor([count, 10], Float32Array.from(
        Array.from({ length: count }, (_, i) => [...ten(i)]).flat()))];
    }"""
    digits, (answers, wanted) = shares(mnist.read("x_test")[:count]), run.test_answers
    (probabilities,) = engine.arrays(script, [engine.tensor(digits)])
    np.testing.assert_array_equal(probabilities.argmax(axis=1), answers[:count])
    np.testing.assert_allclose(probabilities, wanted[:count], atol=1e-3)  # kept in half precision


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("forward(network, new Float32Array(783))", "784 numbers. Received: digit.length=783"),
        ("forward(network, new Float32Array(784).fill(NaN))", "digit must be finite"),
        ("readWeights(new ArrayBuffer(3))", "begin with its header. Received: 3 bytes"),
        ("readWeights(new Uint8Array([9, 0, 0, 0, 0, 0, 0, 0, 1]).buffer)", "9 bytes. Received: 9"),
    ],
)
def test_what_does_not_fit_is_an_error_that_says_what(engine, script, message):
    loaded(engine, networks.load("dense"))
    with pytest.raises(ValueError, match=f"RangeError: .*{message}"):
        raise ValueError(engine.error(f"() => {script}"))


def test_weights_are_fetched_or_said_to_be_missing(engine):
    content = network_bytes(networks.load("convnet"))
    engine.page.route("**/convnet.bin", lambda route: route.fulfill(body=content))
    engine.page.route("**/nothing.bin", lambda route: route.fulfill(status=404))
    fetched = "async () => (await fetchNetwork('/convnet.bin')).layers[2].weights[0].shape"
    assert engine.page.evaluate(fetched) == [3, 3, 32, 64]
    missing = "() => fetchNetwork('/nothing.bin').catch((error) => error.message)"
    assert engine.page.evaluate(missing) == "no weights at /nothing.bin: 404"
