"""The measure of likeness against Keras's hidden layer and a full sort."""

import keras
import numpy as np
import pytest

from cnnviz import mnist, networks
from cnnviz.inspection import likeness


def keras_hidden(pictures):
    """The convnet's last hidden layer, by Keras, for uint8 pictures."""
    file = networks.WEIGHTS_FOLDER / "convnet.keras"
    model = keras.saving.load_model(file, compile=False)
    hidden = keras.Model(model.inputs, model.get_layer("dense").output)
    digits = pictures.astype(np.float32)[..., None] / 255
    return hidden.predict(digits, batch_size=1000, verbose=0)


def fifth_nearest(rows, reference):
    """The distance of each row to its fifth nearest reference row, by sorting all."""
    squares = (rows**2).sum(1)[:, None] + (reference**2).sum(1) - 2 * rows @ reference.T
    return np.sqrt(np.sort(squares, axis=1)[:, 4].clip(0))


@pytest.fixture(scope="module")
def shipped():
    with np.load(likeness.FILE) as archive:
        return archive["reference"].astype(np.float32), float(archive["limit"])


@pytest.fixture(scope="module")
def hidden_of_test_digits():
    return keras_hidden(mnist.read("x_test"))


@pytest.mark.parametrize("seed", range(3))
def test_distance_is_that_to_the_fifth_nearest_row(seed):
    random = np.random.default_rng(seed)
    reference, hidden = random.normal(size=(30, 64)), random.normal(size=64)
    expected = sorted(np.linalg.norm(row - hidden) for row in reference)[4]
    assert likeness.distance(hidden, reference) == pytest.approx(expected, rel=1e-12)


def test_distance_to_copies_of_itself_is_zero():
    row = np.random.default_rng(0).normal(size=64)
    assert likeness.distance(row, np.stack([row] * 5 + [row + 1])) == 0
    assert likeness.distance(row, np.stack([row] * 4 + [row + 1])) == pytest.approx(8)


def test_distance_to_fewer_than_five_rows_is_an_error():
    with pytest.raises(ValueError, match="out of bounds"):
        likeness.distance(np.zeros(64), np.zeros((4, 64)))


def test_distance_leaves_its_inputs_unchanged():
    random = np.random.default_rng(1)
    reference, hidden = random.normal(size=(9, 64)), random.normal(size=64)
    copies = reference.copy(), hidden.copy()
    likeness.distance(hidden, reference)
    np.testing.assert_array_equal(reference, copies[0])
    np.testing.assert_array_equal(hidden, copies[1])


def test_the_shipped_reference_is_the_hidden_layer_of_the_first_training_digits(shipped):
    reference, _ = shipped
    assert reference.shape == (10_000, 64)
    chosen = np.random.default_rng(2).choice(10_000, 300, replace=False)
    expected = keras_hidden(mnist.read("x_train")[chosen])
    np.testing.assert_allclose(reference[chosen], expected, rtol=1e-3, atol=1e-4)


@pytest.mark.slow
def test_the_shipped_limit_is_what_one_test_digit_in_a_hundred_exceeds(
    shipped, hidden_of_test_digits
):
    reference, limit = shipped
    hidden = np.split(hidden_of_test_digits, 20)
    distances = [fifth_nearest(rows, reference) for rows in hidden]
    assert np.mean(np.concatenate(distances) > limit) == pytest.approx(0.01, abs=2e-4)


def test_unlike_a_digit_compares_with_the_shipped_limit(shipped, hidden_of_test_digits):
    reference, limit = shipped
    hidden = hidden_of_test_digits[:200]
    hidden = np.concatenate([hidden, hidden[::10] * 3])
    expected = fifth_nearest(hidden, reference) > limit
    assert 5 < expected.sum() < 100
    assert [likeness.unlike_a_digit(row) for row in hidden] == expected.tolist()


def test_lines_across_the_picture_are_unlike_a_digit_and_ones_are_not():
    network = networks.load("convnet")
    lines = np.zeros((28, 28), np.float32)
    lines[::7] = 1
    for picture in (lines, lines.T):
        assert likeness.unlike_a_digit(network.forward(picture)["dense"]) is True
    for picture in mnist.read("x_test")[mnist.read("y_test") == 1][:20]:
        assert likeness.unlike_a_digit(network.forward(picture / 255)["dense"]) is False


def test_unlike_a_digit_leaves_its_input_unchanged():
    hidden = np.random.default_rng(4).normal(size=64)
    copy = hidden.copy()
    likeness.unlike_a_digit(hidden)
    np.testing.assert_array_equal(hidden, copy)


def test_hidden_numbers_of_another_length_are_an_error():
    with pytest.raises(ValueError, match="could not be broadcast"):
        likeness.unlike_a_digit(np.zeros(10))


@pytest.mark.slow
def test_measure_writes_what_keras_measures(tmp_path, monkeypatch, capsys, hidden_of_test_digits):
    monkeypatch.setattr(likeness, "FILE", tmp_path / "again.npz")
    monkeypatch.setattr(likeness, "TRAINING_DIGITS", 50)
    likeness.measure()
    with np.load(tmp_path / "again.npz") as archive:
        reference, limit = archive["reference"].astype(np.float32), float(archive["limit"])
    expected = keras_hidden(mnist.read("x_train")[:50])
    np.testing.assert_allclose(reference, expected, rtol=1e-3, atol=1e-4)
    distances = fifth_nearest(hidden_of_test_digits, reference)
    assert limit == pytest.approx(np.quantile(distances, 0.99), rel=1e-3)
    assert f"wrote again.npz: limit {limit:.2f}" in capsys.readouterr().out
