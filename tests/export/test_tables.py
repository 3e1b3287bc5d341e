"""The files of numbers, read back by NumPy and by csv to the very same float32."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from cnnviz import mnist, networks
from cnnviz.export.tables import activations_csv, activations_npz

floats = st.floats(width=32, allow_nan=False, allow_infinity=False)


def read_back(data):
    """The header, the places and the numbers of a CSV file."""
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
    places = [tuple(map(int, row[:-1])) for row in rows]
    return header, places, np.array([row[-1] for row in rows]).astype(np.float32)


def assert_same_bits(ours, theirs):
    assert (ours.dtype, ours.shape) == (theirs.dtype, theirs.shape)
    assert ours.tobytes() == theirs.tobytes()  # also the sign of zero


def test_npz_gives_back_every_activation():
    activations = networks.load("convnet").forward(mnist.digit(3))
    data = activations_npz(activations)
    with np.load(io.BytesIO(data), allow_pickle=False) as archive:
        assert archive.files == list(activations)
        for name, activation in activations.items():
            assert archive[name].dtype == np.float32
            np.testing.assert_array_equal(archive[name], activation)
    assert len(data) < sum(activation.nbytes for activation in activations.values()) / 2


@given(arrays(np.float32, array_shapes(min_dims=1, max_dims=4, max_side=5), elements=floats))
def test_npz_gives_back_any_floats(values):
    with np.load(io.BytesIO(activations_npz({"values": values})), allow_pickle=False) as archive:
        assert_same_bits(archive["values"], values)


def test_npz_takes_no_python_objects():
    with pytest.raises(ValueError, match="allow_pickle"):
        activations_npz({"conv1": np.array([None])})


@given(arrays(np.float32, array_shapes(min_dims=3, max_dims=3, max_side=5), elements=floats))
def test_csv_gives_back_maps_and_places(maps):
    header, places, numbers = read_back(activations_csv(maps))
    assert header == ["row", "column", "channel", "value"]
    assert places == list(np.ndindex(maps.shape))
    assert_same_bits(numbers.reshape(maps.shape), maps)


@given(arrays(np.float32, st.integers(1, 20), elements=floats))
def test_csv_gives_back_vectors(vector):
    header, places, numbers = read_back(activations_csv(vector))
    assert header == ["unit", "value"]
    assert places == [(unit,) for unit in range(len(vector))]
    assert_same_bits(numbers, vector)


def test_csv_is_exact_on_many_random_numbers():
    maps = np.random.default_rng(0).normal(size=(26, 25, 32)).astype(np.float32)
    np.testing.assert_array_equal(read_back(activations_csv(maps))[2], maps.ravel())


def test_csv_needs_no_more_digits_than_a_float32_has():
    values = np.array([0.1, 1 / 3, -1e-7, 2], np.float32)
    assert activations_csv(values).decode().splitlines() == [
        "unit,value",
        "0,0.1",
        "1,0.33333334",
        "2,-1e-07",
        "3,2.0",
    ]


@pytest.mark.parametrize("shape", [(), (2, 3), (1, 2, 3, 4)])
def test_csv_refuses_other_shapes(shape):
    with pytest.raises(ValueError, match=r"Received: values.shape=\("):
        activations_csv(np.zeros(shape))
