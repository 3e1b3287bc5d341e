"""The bundled data set against published facts."""

import numpy as np
import pytest

from cnnviz import mnist

BUNDLED = mnist.FILE

# How many of each digit, 0 to 9, the published sets hold.
TEST_COUNTS = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
TRAIN_COUNTS = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]


@pytest.fixture
def data_file(tmp_path, monkeypatch):
    """A path from which the data is read in place of the bundled file."""
    file = tmp_path / "other.npz"
    monkeypatch.setattr(mnist, "FILE", file)
    mnist.read.cache_clear()
    yield file
    mnist.read.cache_clear()


@pytest.mark.parametrize(
    ("key", "shape"),
    [
        ("x_train", (60_000, 28, 28)),
        ("y_train", (60_000,)),
        ("x_test", (10_000, 28, 28)),
        ("y_test", (10_000,)),
    ],
)
def test_load_gives_the_four_arrays(key, shape):
    array = mnist.load()[key]
    assert array.shape == shape
    assert array.dtype == np.uint8
    assert list(mnist.load()) == ["x_train", "y_train", "x_test", "y_test"]


def test_the_first_labels_are_the_published_ones():
    assert mnist.read("y_train")[:5].tolist() == [5, 0, 4, 1, 9]
    assert mnist.read("y_test")[:5].tolist() == [7, 2, 1, 0, 4]


@pytest.mark.parametrize(("key", "counts"), [("y_test", TEST_COUNTS), ("y_train", TRAIN_COUNTS)])
def test_each_digit_is_there_as_often_as_published(key, counts):
    assert np.bincount(mnist.read(key)).tolist() == counts


def test_the_mean_and_spread_are_the_published_ones():
    pictures = mnist.read("x_train") / np.float32(255)
    assert pictures.mean(dtype=np.float64) == pytest.approx(0.1307, abs=5e-5)
    assert pictures.std(dtype=np.float64) == pytest.approx(0.3081, abs=5e-5)


def test_the_ink_stays_within_the_box_of_twenty_pixels():
    for picture in mnist.read("x_test")[:500]:
        rows, columns = np.nonzero(picture)
        assert max(np.ptp(rows), np.ptp(columns)) + 1 <= 20


@pytest.mark.parametrize("key", ["x_train", "y_train", "x_test", "y_test"])
def test_the_arrays_are_read_only(key):
    with pytest.raises(ValueError, match="read-only"):
        mnist.read(key)[0] = 0


def test_the_arrays_are_read_once():
    assert mnist.read("x_test") is mnist.load()["x_test"]


def test_digit_is_a_test_picture_as_a_network_reads_it():
    digit, picture = mnist.digit(17), mnist.read("x_test")[17]
    assert digit.shape == (28, 28)
    assert digit.dtype == np.float32
    assert digit.min() == 0
    assert digit.max() <= 1
    np.testing.assert_allclose(digit * 255, picture, atol=1e-4)


def test_changing_a_digit_does_not_change_the_data_set():
    before = mnist.read("x_test")[3].copy()
    mnist.digit(3)[...] = 9
    np.testing.assert_array_equal(mnist.read("x_test")[3], before)


def test_digit_past_the_last_one_is_an_error():
    with pytest.raises(IndexError, match="out of bounds"):
        mnist.digit(10_000)


def bundled(key):
    with np.load(BUNDLED) as archive:
        return archive[key]


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_the_same_content_packed_in_another_way_is_taken(data_file, save):
    save(data_file, y_test=bundled("y_test"))
    np.testing.assert_array_equal(mnist.read("y_test"), bundled("y_test"))


@pytest.mark.parametrize("key", ["x_test", "y_test"])
def test_one_changed_number_is_noticed(data_file, key):
    array = bundled(key)
    array.flat[-1] += 1
    np.savez(data_file, **{key: array})
    with pytest.raises(ValueError, match=rf"the data file .*other\.npz: {key} is not MNIST's"):
        mnist.read(key)


@pytest.mark.parametrize(
    "change",
    [
        lambda x: x[::-1],
        lambda x: x.transpose(0, 2, 1),
        lambda x: x[:-1],
        lambda x: x.reshape(-1, 784),
        lambda x: x.astype(np.float32) / 255,
    ],
    ids=["other order", "turned", "one less", "flattened", "floats"],
)
def test_the_same_pictures_in_another_form_are_noticed(data_file, change):
    np.savez(data_file, x_test=change(bundled("x_test")))
    with pytest.raises(ValueError, match="x_test is not MNIST's"):
        mnist.read("x_test")


def test_a_missing_data_file_is_an_error_that_names_it(data_file):
    assert not data_file.exists()
    with pytest.raises(ValueError, match=r"the data file .*other\.npz is missing"):
        mnist.load()


@pytest.mark.parametrize(
    "content",
    [b"", b"no archive\n", BUNDLED.read_bytes()[:5_000_000], BUNDLED.read_bytes()[:-1]],
    ids=["empty", "text", "half", "last byte"],
)
def test_a_damaged_data_file_is_an_error_that_names_it(data_file, content):
    data_file.write_bytes(content)
    with pytest.raises(ValueError, match=r"the data file .*other\.npz is damaged"):
        mnist.load()


def test_a_data_file_without_one_of_the_arrays_is_an_error(data_file):
    np.savez(data_file, y_test=bundled("y_test"))
    with pytest.raises(ValueError, match=r"the data file .*other\.npz is damaged: .*x_train"):
        mnist.load()


def test_damage_inside_the_data_file_is_an_error_that_names_it(data_file):
    content = bytearray(BUNDLED.read_bytes())
    content[len(content) // 3] ^= 0xFF
    data_file.write_bytes(content)
    with pytest.raises(ValueError, match=r"the data file .*other\.npz"):
        mnist.load()


def test_the_samples_are_the_first_test_digit_of_each_label():
    firsts = [int(np.argmax(mnist.read("y_test") == label)) for label in range(10)]
    np.testing.assert_array_equal(mnist.samples(), mnist.read("x_test")[firsts])
