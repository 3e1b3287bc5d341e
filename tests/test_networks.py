"""The NumPy networks against the shipped Keras models, layer by layer."""

import io
import zipfile

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnviz import mnist, networks
from cnnviz.networks import SPECS, WEIGHTS_FOLDER, Network
from cnnviz.training.build import build

NAMES = tuple(SPECS)
CONVNET_ROWS = [
    ("conv1", (26, 26, 32), 320),
    ("pool1", (13, 13, 32), 0),
    ("conv2", (11, 11, 64), 18_496),
    ("pool2", (5, 5, 64), 0),
    ("conv3", (3, 3, 64), 36_928),
    ("flatten", (576,), 0),
    ("dense", (64,), 36_928),
    ("softmax", (10,), 650),
]
DENSE_ROWS = [("flatten", (784,), 0), ("dense", (512,), 401_920), ("softmax", (10,), 5_130)]


@pytest.fixture(scope="module", params=NAMES)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def model(name):
    file = WEIGHTS_FOLDER / f"{name}.keras"
    if file.exists():
        return keras.saving.load_model(file, compile=False)
    model = build(SPECS[name])
    model.set_weights(networks.load(name).weights)
    return model


@pytest.fixture(scope="module")
def network(name):
    return networks.load(name)


def random_test_digits(count):
    chosen = np.random.default_rng(0).choice(10_000, count, replace=False)
    return mnist.read("x_test")[chosen].astype(np.float32) / 255


def noise_digits(count):
    random = np.random.default_rng(1)
    return random.uniform(size=(count, 28, 28)).astype(np.float32)


def keras_activations(model, digits):
    """The output of every layer, by its name, for a batch of digits."""
    outputs = {layer.name: layer.output for layer in model.layers}
    every_layer = keras.Model(model.inputs, outputs)
    return {
        key: keras.ops.convert_to_numpy(a) for key, a in every_layer([digits[..., None]]).items()
    }


@pytest.mark.parametrize(
    "digits",
    [
        random_test_digits(100),
        noise_digits(10),
        np.zeros((1, 28, 28), np.float32),
        np.ones((1, 28, 28), np.float32),
        np.eye(28, dtype=np.float32)[None],
    ],
    ids=["test digits", "noise", "blank", "full", "diagonal"],
)
def test_every_activation_equals_that_of_keras(network, model, digits):
    expected = keras_activations(model, digits)
    for index, digit in enumerate(digits):
        activations = network.forward(digit)
        assert list(activations) == [layer.name for layer in model.layers]
        for layer, activation in activations.items():
            # The sums of a layer are rounded as its largest numbers are.
            largest = max(1.0, np.abs(expected[layer][index]).max())
            np.testing.assert_allclose(activation, expected[layer][index], atol=1e-5 * largest)


def test_answers_equal_those_of_keras_on_the_first_digits(network, model, name):
    count = 1000 if name in ("convnet", "dense") else 100  # some variants are slow
    digits = mnist.read("x_test")[:count].astype(np.float32) / 255
    answers = [np.argmax(list(network.forward(digit).values())[-1]) for digit in digits]
    expected = model(digits[..., None]).numpy().argmax(axis=1)
    np.testing.assert_array_equal(answers, expected)


def test_weights_equal_those_of_keras_in_order(network, model):
    expected = model.get_weights()
    assert len(network.weights) == len(expected)
    for ours, theirs in zip(network.weights, expected, strict=True):
        assert ours.dtype == np.float32
        np.testing.assert_array_equal(ours, theirs)


def test_weight_shapes_equal_those_of_keras_by_name(name, model):
    expected = [
        (f"{layer.name}/{weight.name}", tuple(weight.shape))
        for layer in model.layers
        for weight in layer.weights
    ]
    assert list(SPECS[name].weight_shapes().items()) == expected


def test_summary_equals_that_of_keras(network, model):
    expected = [
        (layer.name, layer.output.shape[1:], layer.count_params()) for layer in model.layers
    ]
    assert network.summary() == expected
    assert network.spec.parameters() == model.count_params()


@pytest.mark.parametrize(
    ("name", "rows", "total"), [("convnet", CONVNET_ROWS, 93_322), ("dense", DENSE_ROWS, 407_050)]
)
def test_summary_is_that_of_the_book(name, rows, total):
    spec = SPECS[name]
    assert spec.summary() == rows
    assert spec.parameters() == total
    assert spec.shapes() == [(28, 28, 1), *(shape for _, shape, _ in rows)]


def test_batch_sizes_are_those_of_the_book():
    sizes = {name: spec.batch_size for name, spec in SPECS.items()}
    assert sizes.pop("dense") == 128
    assert set(sizes.values()) == {64}


def test_the_feature_maps_of_the_convnet_hold_36_960_numbers():
    activations = networks.load("convnet").forward(np.zeros((28, 28))).values()
    assert sum(a.size for a in activations if a.ndim == 3) == 36_960


def test_rows_and_columns_26_and_27_change_no_answer_of_the_convnet():
    network, digit = networks.load("convnet"), random_test_digits(1)[0]
    expected = network.forward(digit)["softmax"]
    for fill in (0, 1, 0.5):
        other = digit.copy()
        other[26:], other[:, 26:] = fill, fill
        np.testing.assert_array_equal(network.forward(other)["softmax"], expected)
    other[25, 25] = 1 - digit[25, 25]
    assert (network.forward(other)["softmax"] != expected).any()


@pytest.mark.parametrize("kind", [np.float64, np.float16, list])
def test_a_digit_may_be_any_array_of_numbers(network, kind):
    digit = (random_test_digits(1)[0] > 0.5).astype(np.float32)
    given = digit.tolist() if kind is list else digit.astype(kind)
    for ours, expected in zip(
        network.forward(given).values(), network.forward(digit).values(), strict=True
    ):
        assert ours.dtype == np.float32
        np.testing.assert_array_equal(ours, expected)


def test_forward_leaves_the_digit_and_the_weights_unchanged(network):
    digit = random_test_digits(1)[0]
    copies = [digit.copy(), *(weight.copy() for weight in network.weights)]
    network.forward(digit)
    for array, copy in zip([digit, *network.weights], copies, strict=True):
        np.testing.assert_array_equal(array, copy)


def test_weights_cannot_be_changed(network):
    assert not any(weight.flags.writeable for weight in network.weights)


@pytest.mark.parametrize("shape", [(28, 28, 1), (1, 28, 28), (784,), (27, 28), (28, 29), ()])
def test_a_digit_of_another_shape_is_an_error(network, shape):
    with pytest.raises(ValueError, match=r"shape \(28, 28\)\. Received: digit\.shape=\("):
        network.forward(np.zeros(shape))


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_digit_that_is_not_finite_is_an_error(network, value):
    digit = np.zeros((28, 28), np.float32)
    digit[3, 5] = value
    with pytest.raises(ValueError, match="digit must be finite"):
        network.forward(digit)


@pytest.mark.parametrize("name", ["", "Convnet", "../convnet", "resnet"])
def test_an_unknown_network_is_an_error_that_lists_the_names(name):
    with pytest.raises(ValueError, match=f"no network '{name}'.*convnet, dense"):
        networks.load(name)


# ---- Weights files -----------------------------------------------------------------------


def shipped_arrays(name="convnet"):
    with np.load(WEIGHTS_FOLDER / f"{name}.npz") as archive:
        return dict(archive)


def random_weights(name):
    random = np.random.default_rng(2)
    shapes = SPECS[name].weight_shapes()
    return {key: random.normal(size=shape).astype(np.float32) for key, shape in shapes.items()}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_load_reads_any_weights_file(tmp_path, name, save):
    weights = random_weights(name)
    save(tmp_path / "mine.npz", **weights)
    network = networks.load(name, tmp_path / "mine.npz")
    for ours, expected in zip(network.weights, weights.values(), strict=True):
        np.testing.assert_array_equal(ours, expected)


def test_load_orders_the_weights_whatever_their_order_in_the_file(tmp_path):
    weights = random_weights("convnet")
    np.savez(tmp_path / "mine.npz", **dict(reversed(weights.items())))
    network = networks.load("convnet", str(tmp_path / "mine.npz"))
    np.testing.assert_array_equal(network.weights[2], weights["conv2/kernel"])


def test_float64_weights_become_float32(tmp_path):
    weights = {key: array.astype(np.float64) for key, array in random_weights("dense").items()}
    np.savez(tmp_path / "mine.npz", **weights)
    assert all(w.dtype == np.float32 for w in networks.load("dense", tmp_path / "mine.npz").weights)


@pytest.mark.parametrize("name", ["convnet", "dense"])
def test_the_weights_before_training_are_those_keras_starts_from(name):
    weights = networks.load(name, WEIGHTS_FOLDER / "initial" / f"{name}.npz").weights
    kernels, biases = weights[::2], weights[1::2]
    assert not any(bias.any() for bias in biases)
    for kernel in kernels:  # Glorot's uniform limits
        window = int(np.prod(kernel.shape[:-2]))
        limit = np.sqrt(6 / (window * (kernel.shape[-2] + kernel.shape[-1])))
        assert 0.9 * limit < np.abs(kernel).max() <= limit * 1.000001


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda w: w.pop("conv3/bias"), r"must hold conv1/kernel.*conv3/bias.*Received: conv1"),
        (lambda w: w.update(extra=np.zeros(3)), "must hold .*Received: .*extra"),
        (lambda w: w.clear(), "must hold .*Received: nothing"),
        (
            lambda w: w.update({"conv1/kernel": np.zeros((5, 5, 1, 32), np.float32)}),
            r"conv1/kernel must have shape \(3, 3, 1, 32\)\. Received: \(5, 5, 1, 32\)",
        ),
        (
            lambda w: w.update({"dense/kernel": w["dense/kernel"].T}),
            r"dense/kernel must have shape \(576, 64\)\. Received: \(64, 576\)",
        ),
        (
            lambda w: w.update({"softmax/bias": np.zeros(10, int)}),
            "softmax/bias must be floats. Received: int64",
        ),
        (lambda w: w["conv2/kernel"].__setitem__((0, 1, 2, 3), np.nan), "conv2/kernel holds NaN"),
        (lambda w: w["dense/bias"].__setitem__(7, -np.inf), "dense/bias holds NaN or infinity"),
        (
            lambda w: w.update({"conv1/bias": np.array([None] * 32, object)}),
            "is damaged: .*allow_pickle",
        ),
    ],
)
def test_wrong_weights_are_an_error_that_names_the_file(tmp_path, damage, message):
    weights, file = shipped_arrays(), tmp_path / "wrong.npz"
    damage(weights)
    np.savez(file, **weights)
    with pytest.raises(ValueError, match=rf"the weights file .*wrong\.npz.*{message}"):
        networks.load("convnet", file)


def test_the_weights_of_the_other_network_are_an_error():
    with pytest.raises(ValueError, match=r"dense\.npz must hold conv1/kernel"):
        networks.load("convnet", WEIGHTS_FOLDER / "dense.npz")


def one_array_file():
    buffer = io.BytesIO()
    np.save(buffer, np.zeros((3, 3, 1, 32), np.float32))
    return buffer.getvalue()


def zip_of_text():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("conv1/kernel.npy", "not an array")
    return buffer.getvalue()


def marked_in_the_directory(offset, value):
    """The shipped file with one byte changed in what its directory says of the first array."""
    content = bytearray((WEIGHTS_FOLDER / "convnet.npz").read_bytes())
    content[content.index(b"PK\x01\x02") + offset] = value
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"these are no weights\n",
        b"PK\x03\x04 but no zip",
        (WEIGHTS_FOLDER / "convnet.npz").read_bytes()[:200_000],
        (WEIGHTS_FOLDER / "convnet.npz").read_bytes()[:-1],
        (WEIGHTS_FOLDER / "convnet.npz").read_bytes()[1000:],
        one_array_file(),
        zip_of_text(),
        marked_in_the_directory(8, 1),
        marked_in_the_directory(10, 99),
    ],
    ids=[
        "empty",
        "text",
        "zip mark",
        "half",
        "last byte",
        "beginning",
        "npy",
        "zip of text",
        "encrypted",
        "unknown compression",
    ],
)
def test_a_damaged_weights_file_is_an_error_that_names_it(tmp_path, content):
    file = tmp_path / "broken.npz"
    file.write_bytes(content)
    with pytest.raises(ValueError, match=r"the weights file .*broken\.npz"):
        networks.load("convnet", file)


def test_a_missing_weights_file_is_an_error_that_names_it(tmp_path):
    with pytest.raises(ValueError, match=r"the weights file .*nowhere\.npz is missing"):
        networks.load("convnet", tmp_path / "nowhere.npz")


def test_a_folder_in_place_of_a_weights_file_is_an_error(tmp_path):
    with pytest.raises(ValueError, match=r"the weights file .* is damaged"):
        networks.load("convnet", tmp_path)


def places_of_headers():
    """Where the archive says what it holds and how: before each array, and at its end."""
    content = (WEIGHTS_FOLDER / "convnet.npz").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        starts = [member.header_offset for member in archive.infolist()]
    before = [place for start in starts for place in range(start, start + 170)]
    return before + list(range(content.index(b"PK\x01\x02"), len(content)))


@settings(deadline=None, derandomize=True, max_examples=200)
@given(
    changes=st.dictionaries(
        st.sampled_from(places_of_headers()) | st.integers(0, 300_000),
        st.integers(0, 255),
        min_size=1,
        max_size=4,
    )
)
def test_a_change_to_a_weights_file_is_harmless_or_an_error(tmp_path_factory, changes):
    content = bytearray((WEIGHTS_FOLDER / "convnet.npz").read_bytes())
    for place, value in changes.items():
        content[place] = value
    file = tmp_path_factory.getbasetemp() / "changed.npz"
    file.write_bytes(content)
    try:
        loaded = networks.load("convnet", file).weights
    except ValueError:
        with pytest.raises(ValueError, match=r"the weights file .*changed\.npz"):
            networks.load("convnet", file)
    else:
        for ours, shipped in zip(loaded, shipped_arrays().values(), strict=True):
            np.testing.assert_array_equal(ours, shipped)


def test_a_network_can_be_made_from_a_specification_and_weights():
    weights = list(random_weights("dense").values())
    digit = random_test_digits(1)[0]
    network = Network(SPECS["dense"], weights)
    hidden = np.maximum(digit.ravel() @ weights[0] + weights[1], 0)
    np.testing.assert_allclose(network.forward(digit)["dense"], hidden, atol=1e-4)
