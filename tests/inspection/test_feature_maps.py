"""Facts about feature maps, against plain loops."""

import numpy as np
import pytest

from cnnviz.inspection import feature_maps


def random_maps(shape=(5, 7, 6), seed=0):
    """Maps after ReLU; the second and the last one are dead."""
    maps = np.random.default_rng(seed).normal(size=shape).clip(0).astype(np.float32)
    maps[:, :, [1, -1]] = 0
    return maps


def test_peaks_are_the_largest_numbers_of_each_map():
    maps = random_maps()
    expected = [max(float(n) for row in maps[:, :, c] for n in row) for c in range(6)]
    np.testing.assert_array_equal(feature_maps.peaks(maps), np.float32(expected))


def test_strongest_first_sorts_by_the_peak_and_keeps_ties_in_order():
    maps = random_maps()
    peaks = [float(maps[:, :, c].max()) for c in range(6)]
    expected = sorted(range(6), key=lambda c: -peaks[c])
    assert feature_maps.strongest_first(maps).tolist() == expected
    assert expected[-2:] == [1, 5]


@pytest.mark.parametrize(
    ("maps", "peaks", "order", "dead"),
    [
        (np.zeros((3, 2, 4)), [0, 0, 0, 0], [0, 1, 2, 3], [0, 1, 2, 3]),
        (np.full((3, 2, 3), 2.5), [2.5, 2.5, 2.5], [0, 1, 2], []),
        (np.array([[[0.0, 3.0]]]), [0, 3], [1, 0], [0]),
        (np.array([[[1e-30, 0.0]], [[0.0, 0.0]]]), [1e-30, 0], [0, 1], [1]),
    ],
    ids=["blank", "constant", "one pixel", "barely alive"],
)
def test_edge_cases(maps, peaks, order, dead):
    assert feature_maps.peaks(maps).tolist() == peaks
    assert feature_maps.strongest_first(maps).tolist() == order
    assert feature_maps.dead(maps).tolist() == dead


def test_dead_are_the_maps_of_nothing_but_zeros():
    maps = random_maps()
    maps[4, 6, 1] = 1e-6
    assert feature_maps.dead(maps).tolist() == [5]


def test_a_map_is_not_dead_because_its_sum_is_zero():
    assert feature_maps.dead(np.array([[[1.0], [-1.0]]])).tolist() == []


@pytest.mark.parametrize(
    "function", [feature_maps.peaks, feature_maps.strongest_first, feature_maps.dead]
)
def test_the_maps_are_unchanged(function):
    maps = random_maps()
    copy = maps.copy()
    function(maps)[...] = 1
    np.testing.assert_array_equal(maps, copy)


@pytest.mark.parametrize("function", [feature_maps.peaks, feature_maps.strongest_first])
def test_maps_without_pixels_are_an_error(function):
    with pytest.raises(ValueError, match="zero-size array"):
        function(np.zeros((0, 3, 2)))
