import keras
import numpy as np
import pytest

from cnnviz import networks
from cnnviz.inspection import opened
from cnnviz.labs import convolution

RNG = np.random.default_rng(8)
IMAGE = RNG.normal(size=(11, 9, 3)).astype(np.float32)
KERNEL = RNG.normal(size=(3, 2, 3)).astype(np.float32)


def keras_map(image, kernel):
    output = keras.ops.conv(image[None], kernel[..., None], 1, "valid")
    return keras.ops.convert_to_numpy(output)[0, :, :, 0]


def test_the_partial_maps_add_up_to_the_map():
    parts = convolution.responses(IMAGE, KERNEL)
    assert len(parts) == 3
    np.testing.assert_allclose(sum(parts), keras_map(IMAGE, KERNEL), atol=1e-5)


def test_several_filters_are_a_keras_layer():
    kernels = [KERNEL, KERNEL[:, :, ::-1]]
    layer = keras.layers.Conv2D(2, (3, 2))
    layer.build((None, *IMAGE.shape))
    layer.set_weights([np.stack(kernels, axis=3), np.zeros(2)])
    result = convolution.several(IMAGE, kernels)
    np.testing.assert_allclose(result, layer(IMAGE[None])[0], atol=1e-5)
    words = convolution.layer_in_words(IMAGE, KERNEL, 2)
    assert f"**{layer.count_params()}**" in words
    assert "9 × 8 × 2" in words


def test_turning_a_kernel_gives_true_convolution():
    line, kernel = RNG.normal(size=12), RNG.normal(size=4)
    image, filters = line[None, :, None], convolution.turned(kernel[None, :])[:, :, None]
    result = convolution.responses(image, filters)[0][0]
    np.testing.assert_allclose(result, np.convolve(line, kernel, "valid"), atol=1e-6)


@pytest.mark.parametrize(("down", "right"), [(2, -1), (-3, 0), (0, 1)])
def test_the_map_moves_with_the_picture_but_at_the_border(down, right):
    after, before, difference = convolution.moved(IMAGE, KERNEL, down, right)
    height, width = difference.shape
    inner = np.s_[max(down, 0) : height + min(down, 0), max(right, 0) : width + min(right, 0)]
    np.testing.assert_allclose(difference[inner], 0, atol=1e-5)
    assert np.abs(difference).max() > 0.01
    np.testing.assert_allclose(after - before, difference)
    assert "all at the border" in convolution.moved_in_words(difference, down, right)


def test_a_digit_with_an_empty_border_moves_its_map_exactly():
    image = np.zeros((12, 12, 1), np.float32)
    image[4:8, 4:8, 0] = 1
    *_, difference = convolution.moved(image, KERNEL[:, :, :1], 1, 2)
    assert "the same, number by number" in convolution.moved_in_words(difference, 1, 2)


def test_a_unit_reads_its_window_only():
    one = opened.convolve(IMAGE, KERNEL)
    read = convolution.reach(one.windows, (4, 5), IMAGE.shape)
    changed = IMAGE.copy()
    changed[~read] += 1
    assert opened.convolve(changed, KERNEL).output[4, 5] == one.output[4, 5]
    assert read.sum() == 6
    dense = keras.Sequential(
        [keras.Input(IMAGE.shape), keras.layers.Flatten(), keras.layers.Dense(72)]
    )
    assert (
        f"**{dense.count_params():,}**".replace(",", "\N{NARROW NO-BREAK SPACE}")
        in (convolution.reach_in_words(IMAGE, KERNEL, 72)[1])
    )


def test_kernels_are_known_by_name():
    known = convolution.named(networks.load("convnet"))
    assert len(known) == 44
    for name, kernel in known.items():
        assert convolution.name_of(kernel, known) == name
    assert convolution.name_of(KERNEL[:, :, 0], known) == convolution.OWN
