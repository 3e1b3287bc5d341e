"""The example kernels: their weights, and what they answer to simple pictures."""

import numpy as np
import pytest
import tensorflow as tf

from cnnviz import ops
from cnnviz.labs import typed
from cnnviz.labs.kernels import EXAMPLES

NAMES = list(EXAMPLES)
EDGES = [name for name in NAMES if "edges" in name or name == "Laplacian"]
ROWS, COLUMNS = np.mgrid[:5, :7].astype(np.float32)


def answer(name, picture):
    kernel = EXAMPLES[name].values[:, :, None, None]
    return ops.conv2d(np.asarray(picture, np.float32)[:, :, None], kernel)[:, :, 0]


def values(name):
    return EXAMPLES[name].values


def test_every_example_the_labs_promise_is_there():
    assert NAMES == [
        "Identity",
        "Box blur",
        "Gaussian blur",
        "Sharpen",
        "Sobel, horizontal edges",
        "Sobel, vertical edges",
        "Prewitt, horizontal edges",
        "Prewitt, vertical edges",
        "Diagonal edges, falling",
        "Diagonal edges, rising",
        "Laplacian",
        "Emboss",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_a_read_only_kernel(name):
    example = EXAMPLES[name]
    assert example.name == name
    assert (example.values.shape, example.values.dtype) == ((3, 3), np.float32)
    with pytest.raises(ValueError, match="read-only"):
        example.values[0, 0] = 1


def test_no_two_examples_are_the_same_kernel():
    assert len({example.values.tobytes() for example in EXAMPLES.values()}) == len(EXAMPLES)


@pytest.mark.parametrize("name", NAMES)
def test_an_example_survives_the_address(name):
    np.testing.assert_array_equal(typed.read(typed.text(values(name))).values, values(name))


def test_blurs_are_written_as_fractions():
    assert typed.text(values("Box blur")) == "1/9 1/9 1/9;1/9 1/9 1/9;1/9 1/9 1/9"
    assert typed.text(values("Gaussian blur")) == "1/16 1/8 1/16;1/8 1/4 1/8;1/16 1/8 1/16"


# ---- Sums and symmetries -----------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_constant_picture_stays_or_becomes_zero(name):
    expected = 0 if name in EDGES else -3
    result = answer(name, np.full((4, 6), -3))
    np.testing.assert_allclose(result, np.full((2, 4), expected), atol=1e-6)


def test_kernels_that_are_symmetric_in_every_way():
    for name in ("Identity", "Box blur", "Gaussian blur", "Sharpen", "Laplacian"):
        for turned in (values(name).T, values(name)[::-1], np.rot90(values(name))):
            np.testing.assert_array_equal(turned, values(name))


@pytest.mark.parametrize("kind", ["Sobel", "Prewitt"])
def test_horizontal_and_vertical_edges_are_each_other_transposed(kind):
    horizontal, vertical = values(f"{kind}, horizontal edges"), values(f"{kind}, vertical edges")
    np.testing.assert_array_equal(horizontal, vertical.T)
    np.testing.assert_array_equal(vertical, -vertical[:, ::-1])
    np.testing.assert_array_equal(vertical, vertical[::-1])


def test_diagonal_edges_are_mirror_images_that_ignore_their_own_diagonal():
    falling, rising = (values(f"Diagonal edges, {way}") for way in ("falling", "rising"))
    np.testing.assert_array_equal(falling[::-1], rising)
    np.testing.assert_array_equal(falling, -falling.T)
    assert not np.diag(falling).any()


def test_kernels_made_of_others():
    ring = [1, 2, 1]
    np.testing.assert_array_equal(values("Gaussian blur"), np.outer(ring, ring) / 16)
    np.testing.assert_array_equal(values("Sobel, vertical edges"), np.outer(ring, [-1, 0, 1]))
    np.testing.assert_array_equal(values("Prewitt, vertical edges"), np.outer([1] * 3, [-1, 0, 1]))
    np.testing.assert_array_equal(values("Sharpen"), values("Identity") - values("Laplacian"))
    rising = values("Identity") + values("Diagonal edges, rising")
    np.testing.assert_array_equal(values("Emboss"), rising)


# ---- Answers to simple pictures ----------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "down", "right"),
    [
        # Rise of the answer for each unit of rise of a ramp, down and to the right.
        ("Sobel, horizontal edges", 8, 0),
        ("Sobel, vertical edges", 0, 8),
        ("Prewitt, horizontal edges", 6, 0),
        ("Prewitt, vertical edges", 0, 6),
        ("Diagonal edges, falling", -6, 6),
        ("Diagonal edges, rising", 6, 6),
        ("Laplacian", 0, 0),
    ],
)
def test_an_edge_kernel_answers_a_ramp_with_its_slope(name, down, right):
    expected = np.full((3, 5), -0.5 * down + 2 * right)
    np.testing.assert_allclose(answer(name, -0.5 * ROWS + 2 * COLUMNS + 1), expected, atol=1e-5)


@pytest.mark.parametrize("name", ["Identity", "Box blur", "Gaussian blur", "Sharpen"])
def test_a_ramp_stays_as_it_is(name):
    ramp = -0.5 * ROWS + 2 * COLUMNS + 1
    np.testing.assert_allclose(answer(name, ramp), ramp[1:-1, 1:-1], atol=1e-5)


def test_emboss_adds_a_constant_to_a_ramp():
    ramp = -0.5 * ROWS + 2 * COLUMNS
    np.testing.assert_allclose(answer("Emboss", ramp), ramp[1:-1, 1:-1] + 9, atol=1e-5)


@pytest.mark.parametrize(
    ("name", "across", "down"),
    [
        # Columns 2 to 5 of the answer to 0 0 0 0 1 1 1 1 across, and the same downwards.
        ("Identity", [0, 0, 1, 1], [0, 0, 1, 1]),
        ("Box blur", [0, 1 / 3, 2 / 3, 1], [0, 1 / 3, 2 / 3, 1]),
        ("Gaussian blur", [0, 1 / 4, 3 / 4, 1], [0, 1 / 4, 3 / 4, 1]),
        ("Sharpen", [0, -1, 2, 1], [0, -1, 2, 1]),
        ("Sobel, horizontal edges", [0, 0, 0, 0], [0, 4, 4, 0]),
        ("Sobel, vertical edges", [0, 4, 4, 0], [0, 0, 0, 0]),
        ("Prewitt, horizontal edges", [0, 0, 0, 0], [0, 3, 3, 0]),
        ("Prewitt, vertical edges", [0, 3, 3, 0], [0, 0, 0, 0]),
        ("Diagonal edges, falling", [0, 3, 3, 0], [0, -3, -3, 0]),
        ("Diagonal edges, rising", [0, 3, 3, 0], [0, 3, 3, 0]),
        ("Laplacian", [0, 1, -1, 0], [0, 1, -1, 0]),
        ("Emboss", [0, 3, 4, 1], [0, 3, 4, 1]),
    ],
)
def test_the_answers_to_a_step(name, across, down):
    step = np.tile([0] * 4 + [1] * 4, (8, 1))
    np.testing.assert_allclose(answer(name, step)[2, 1:5], across, atol=1e-6)
    np.testing.assert_allclose(answer(name, step.T)[1:5, 2], down, atol=1e-6)


@pytest.mark.parametrize(
    ("name", "bright", "expected"),
    [
        ("Diagonal edges, falling", lambda row, column: column > row, 4),
        ("Diagonal edges, rising", lambda row, column: column + row > 4, 4),
        ("Diagonal edges, falling", lambda row, column: column + row > 4, 0),
        ("Diagonal edges, rising", lambda row, column: column > row, 0),
    ],
)
def test_a_diagonal_kernel_answers_only_to_edges_along_it(name, bright, expected):
    picture = np.fromfunction(bright, (5, 5))
    assert answer(name, picture)[1, 1] == expected
    assert answer(name, 1 - picture)[1, 1] == -expected


@pytest.mark.parametrize("name", NAMES)
def test_a_dot_turns_into_the_kernel_turned_half_round(name):
    dot = np.zeros((5, 5))
    dot[2, 2] = 1
    np.testing.assert_array_equal(answer(name, dot), values(name)[::-1, ::-1])


@pytest.mark.parametrize("name", NAMES)
def test_answers_to_noise_are_tensorflows(name):
    noise = np.random.default_rng(2).normal(size=(6, 9)).astype(np.float32)
    expected = tf.nn.conv2d(noise[None, :, :, None], values(name)[:, :, None, None], 1, "VALID")
    np.testing.assert_allclose(answer(name, noise), expected[0, :, :, 0], atol=1e-5)
