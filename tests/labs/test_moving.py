"""Pictures that move, against pixel by pixel, and convolutions of them, against Keras."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnviz import mnist, ops
from cnnviz.labs.moving import differing, kept_under_shift, shifted

REDUCERS = {
    "max": ops.max_pool2d,
    "average": ops.average_pool2d,
    "stride": lambda image: image[::2, ::2],
}
size, move = st.integers(1, 9), st.integers(-11, 11)


def signed(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def moved_by_hand(image, down, right):
    """Each pixel looked up where it came from; 0 if it came from outside."""
    moved = np.zeros_like(image)
    for row, column in np.ndindex(image.shape[:2]):
        source = row - down, column - right
        if 0 <= source[0] < image.shape[0] and 0 <= source[1] < image.shape[1]:
            moved[row, column] = image[source]
    return moved


@settings(deadline=None, derandomize=True, max_examples=300)
@given(height=size, width=size, channels=st.none() | st.integers(1, 3), down=move, right=move)
def test_shifted_equals_pixel_by_pixel(height, width, channels, down, right):
    image = signed(*(n for n in (height, width, channels) if n))
    np.testing.assert_array_equal(shifted(image, down, right), moved_by_hand(image, down, right))


@pytest.mark.parametrize("down", [-3, 0, 2])
@pytest.mark.parametrize("right", [-1, 0, 4])
def test_what_stays_in_the_picture_comes_back(down, right):
    image = np.zeros((12, 15, 2), np.float32)
    image[3:9, 4:11] = signed(6, 7, 2)
    np.testing.assert_array_equal(shifted(shifted(image, down, right), -down, -right), image)


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.uint8, bool])
def test_shifted_keeps_the_type_and_leaves_its_input(dtype):
    image = np.arange(12).reshape(3, 4).astype(dtype)
    kept = image.copy()
    for distances in ((1, -2), (0, 0)):
        result = shifted(image, *distances)
        assert result.dtype == dtype
        result[...] = 1
        np.testing.assert_array_equal(image, kept)


@pytest.mark.parametrize(
    ("image", "down", "right", "message"),
    [
        (np.zeros(4), 0, 1, r"image must have 2 or 3 axes.*\(4,\)"),
        (np.zeros((1, 2, 2, 1)), 0, 1, r"image must have 2 or 3 axes.*\(1, 2, 2, 1\)"),
        (np.zeros((2, 2)), 0.5, 1, r"down must be an integer.*down=0\.5"),
        (np.zeros((2, 2)), 0, "1", "right must be an integer.*right='1'"),
    ],
)
def test_shifted_says_what_it_cannot_move(image, down, right, message):
    with pytest.raises(ValueError, match=message):
        shifted(image, down, right)


# ---- The maps move with the picture -------------------------------------------------------


def away_from_the_edges(values, margin):
    """The rows and columns at least `margin` = (rows, columns) from every edge."""
    rows, columns = margin
    return values[rows : values.shape[0] - rows, columns : values.shape[1] - columns]


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("kernel_size", [(1, 1), (3, 3), (2, 5)])
@pytest.mark.parametrize(("down", "right"), [(0, 1), (-2, 3), (4, 0)])
def test_a_convolution_of_the_moved_picture_is_the_moved_map(kernel_size, padding, down, right):
    image, kernel = signed(17, 21, 3), signed(*kernel_size, 3, 2, seed=1)
    margin = abs(down) + kernel_size[0] - 1, abs(right) + kernel_size[1] - 1

    def of_keras(picture):
        return keras.ops.convert_to_numpy(keras.ops.conv(picture[None], kernel, 1, padding))[0]

    for convolved in (of_keras, lambda picture: ops.conv2d(picture, kernel, padding=padding)):
        of_moved = convolved(shifted(image, down, right))
        moved_map = shifted(convolved(image), down, right)
        inside = (away_from_the_edges(values, margin) for values in (of_moved, moved_map))
        np.testing.assert_allclose(*inside, atol=1e-5)
        at_the_border = kernel_size != (1, 1)  # a window of one pixel reaches over no edge
        assert differing(of_moved, moved_map, 1e-5).any() == at_the_border
    np.testing.assert_allclose(of_moved, of_keras(shifted(image, down, right)), atol=1e-5)


def test_with_paper_all_around_the_map_moves_whole():
    image, kernel = np.zeros((16, 13, 1), np.float32), signed(3, 3, 1, 4, seed=2)
    image[5:11, 4:9] = signed(6, 5, 1)
    of_moved = ops.conv2d(shifted(image, -2, 1), kernel)
    assert not differing(of_moved, shifted(ops.conv2d(image, kernel), -2, 1), 1e-6).any()


def test_a_stride_moves_its_map_only_when_the_picture_moves_by_whole_strides():
    image = np.zeros((12, 14, 1), np.float32)
    image[3:9, 4:9] = signed(6, 5, 1)
    for reduce in REDUCERS.values():
        by_two, by_one = (reduce(shifted(image, 0, right)) for right in (2, 1))
        np.testing.assert_array_equal(by_two, shifted(reduce(image), 0, 1))
        assert differing(by_one, reduce(image)).any()
        assert differing(by_one, shifted(reduce(image), 0, 1)).any()


# ---- What differs -------------------------------------------------------------------------


def test_differing_counts_the_tolerance_itself_as_the_same():
    a = np.array([[0.0, 1.0, -1.0], [2.0, -0.5, 0.25]])
    expected = [[False, False, False], [True, True, False]]
    assert differing(a, [[0.5, 0.5, -0.5], [2.75, 0.25, 0.25]], 0.5).tolist() == expected


def test_differing_without_a_tolerance_sees_the_last_bit():
    one = np.float32(1)
    assert differing([one], [np.nextafter(one, np.float32(2))]).tolist() == [True]
    assert differing([one, -0.0], [one, 0.0]).tolist() == [False, False]


def test_differing_of_small_integers_does_not_wrap_round():
    a, b = np.array([0, 255, 7], np.uint8), np.array([255, 0, 8], np.uint8)
    assert differing(a, b, 1).tolist() == [True, True, False]
    assert differing(np.array([True, False]), np.array([True, True])).tolist() == [False, True]


def test_nan_differs_from_everything():
    assert differing([np.nan, np.nan, 1], [np.nan, 1, 1], 9.0).tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("a", "b", "tolerance", "message"),
    [
        (np.zeros((2, 3)), np.zeros((3, 2)), 0, r"one shape.*\(2, 3\) and \(3, 2\)"),
        (np.zeros((2, 1)), np.zeros(2), 0, r"one shape.*\(2, 1\) and \(2,\)"),
        ([1.0], [1.0], -0.1, r"tolerance must be a number >= 0.*-0\.1"),
        ([1.0], [1.0], np.nan, "tolerance must be a number >= 0.*nan"),
    ],
)
def test_differing_says_what_it_cannot_compare(a, b, tolerance, message):
    with pytest.raises(ValueError, match=message):
        differing(a, b, tolerance)


# ---- What is kept -------------------------------------------------------------------------


def kept_by_hand(image, reduce, shift, tolerance):
    before, after = reduce(image), reduce(moved_by_hand(image, 0, shift))
    counted = [
        abs(float(a) - float(b)) <= tolerance
        for a, b in zip(before.ravel(), after.ravel(), strict=True)
        if a or b
    ]
    return sum(counted) / len(counted) if counted else 1.0


@pytest.mark.parametrize("name", REDUCERS)
@pytest.mark.parametrize("tolerance", [0.0, 0.3])
def test_kept_under_shift_equals_a_count_by_hand(name, tolerance):
    image = signed(11, 14, 3) * (signed(11, 14, 3, seed=1) > 0)
    shifts = [-20, -3, 0, 1, 2, 5]
    result = kept_under_shift(image, REDUCERS[name], shifts, tolerance)
    assert result == [kept_by_hand(image, REDUCERS[name], shift, tolerance) for shift in shifts]
    assert result[2] == 1.0


def test_zeros_that_stay_zero_are_not_counted():
    image = np.zeros((4, 10, 1))
    image[:, 4:6] = 1
    # Columns 4 and 5 become 5 and 6: one of three inked columns is the same.
    assert kept_under_shift(image, lambda picture: picture, [1], 0.0) == [1 / 3]


def test_a_difference_of_the_tolerance_is_the_same():
    image = np.array([[[1.0], [1.5], [3.0], [4.0]]])
    # 0, 1, 1.5, 3 against 1, 1.5, 3, 4: they differ by 1, 0.5, 1.5, 1.
    assert kept_under_shift(image, lambda picture: picture, [1], 1.0) == [0.75]


def test_a_blank_picture_keeps_everything():
    assert kept_under_shift(np.zeros((6, 5, 2)), ops.max_pool2d, [0, 1, -4], 0.0) == [1.0] * 3


def test_no_shifts_are_no_shares():
    assert kept_under_shift(np.ones((4, 6, 1)), ops.max_pool2d, [], 0.0) == []


@pytest.mark.parametrize("tolerance", [0.0, 0.05])
def test_on_the_ink_of_digits_max_pooling_keeps_most_under_a_small_shift(tolerance):
    digits = [mnist.digit(label)[:, :, np.newaxis] for label in range(10)]
    mean = {
        name: np.mean([kept_under_shift(digit, reduce, [1], tolerance) for digit in digits])
        for name, reduce in REDUCERS.items()
    }
    assert mean["max"] > 1.5 * mean["stride"]
    assert mean["max"] > 1.5 * mean["average"]


def test_the_picture_is_unchanged():
    image = signed(6, 7, 2)
    kept = image.copy()
    kept_under_shift(image, ops.average_pool2d, [1, -2], 0.1)
    np.testing.assert_array_equal(image, kept)
