"""A digit at every shift at once, against the networks' own forward pass, shift by shift."""

import numpy as np
import pytest

from cnnviz import mnist, networks
from cnnviz.labs import shift as shift_lab
from cnnviz.labs.moving import shifted
from cnnviz.labs.shift import REACH, SHIFTS, every_shift
from cnnviz.layers import AveragePooling2D, Conv2D, Dense, Flatten, MaxPooling2D
from cnnviz.networks import Network, NetworkSpec


def one_by_one(network, digit, name, reach=REACH):
    """What the network makes of the digit moved by each shift, forward pass by forward pass."""
    shifts = range(-reach, reach + 1)
    return np.array(
        [
            [network.forward(shifted(digit, down, right))[name] for right in shifts]
            for down in shifts
        ]
    )


@pytest.mark.parametrize("index", [0, 18])
@pytest.mark.parametrize("name", ["convnet", "dense"])
def test_all_441_shifts_equal_the_forward_pass(name, index):
    network, digit = networks.load(name), mnist.digit(index)
    found = every_shift(network, digit)
    assert list(found) == ["dense", "softmax"]
    assert found["softmax"].shape == (21, 21, 10)
    assert found["softmax"].dtype == np.float32
    expected = one_by_one(network, digit, "softmax")
    np.testing.assert_allclose(found["softmax"], expected, atol=1e-5)
    assert len(np.unique(expected.argmax(axis=2))) > 2  # the shifts do matter


def test_the_dense_units_are_those_of_the_moved_digit():
    network, digit = networks.load("convnet"), mnist.digit(4)
    found = every_shift(network, digit, reach=3)["dense"]
    expected = one_by_one(network, digit, "dense", reach=3)
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-4)


def made(*layers, shape=(17, 14, 1), seed=0):
    """A network of these layers with random weights of both signs."""
    spec = NetworkSpec("made", layers, 1, shape)
    random = np.random.default_rng(seed)
    sizes = spec.weight_shapes().values()
    return Network(spec, [random.normal(size=size).astype(np.float32) / 3 for size in sizes])


END = (Flatten("flatten"), Dense("dense", 5), Dense("softmax", 3, activation="softmax"))
STACKS = {
    "pools of other sizes": (
        Conv2D("conv1", 2, (2, 3)),
        MaxPooling2D("pool1", (3, 2)),
        Conv2D("conv2", 3, (1, 2)),
        AveragePooling2D("pool2", (2, 2)),
    ),
    "strides": (Conv2D("conv1", 3, (3, 2), (2, 3)), Conv2D("conv2", 2, (2, 2), (2, 1))),
    "a pool first": (MaxPooling2D("pool1", (2, 2)), Conv2D("conv1", 2)),
    "no windows": (),
}


@pytest.mark.parametrize("reach", [0, 1, 2, 5])
@pytest.mark.parametrize("stack", STACKS)
def test_any_stack_without_padding_on_pictures_that_are_not_square(stack, reach):
    network = made(*STACKS[stack], *END)
    picture = np.random.default_rng(1).normal(size=(17, 14)).astype(np.float32)
    found = every_shift(network, picture, reach)
    assert found["softmax"].shape == (2 * reach + 1, 2 * reach + 1, 3)
    for name in ("dense", "softmax"):
        expected = one_by_one(network, picture, name, reach)
        np.testing.assert_allclose(found[name], expected, atol=1e-5)


def test_padding_is_refused_with_the_reason():
    with pytest.raises(ValueError, match=r"conv1 must have padding 'valid'.*Received.*'same'"):
        every_shift(networks.load("convnet-same"), mnist.digit(0))
    network = made(MaxPooling2D("pool1", (2, 2), "same"), *END)
    with pytest.raises(ValueError, match="pool1 must have padding 'valid'"):
        every_shift(network, np.zeros((17, 14), np.float32))


def test_a_digit_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"digit must have shape \(28, 28\).*\(28, 27\)"):
        every_shift(networks.load("dense"), np.zeros((28, 27), np.float32))


def test_the_framed_maps_hold_the_maps_of_every_moved_digit():
    network, digit = networks.load("convnet"), mnist.digit(2)
    maps = shift_lab.framed_maps(network, digit)
    assert maps.shape == (46, 46, 32)
    for down, right in [(0, 0), (-10, 10), (10, -10), (3, -7), (-1, 0)]:
        top, left = REACH - down, REACH - right
        expected = network.forward(shifted(digit, down, right))["conv1"]
        found = maps[top : top + 26, left : left + 26]
        np.testing.assert_allclose(found, expected, atol=1e-5)


def test_a_first_layer_that_is_no_convolution_has_no_framed_maps():
    with pytest.raises(ValueError, match="flatten must look through windows"):
        shift_lab.framed_maps(networks.load("dense"), mnist.digit(0))


def test_a_shifted_digit_has_the_strongest_maps_and_both_networks():
    convnet, dense, digit = networks.load("convnet"), networks.load("dense"), mnist.digit(5)
    shown = shift_lab.shifted_digit(convnet, dense, digit)
    conv1 = convnet.forward(digit)["conv1"]
    peaks = conv1.max(axis=(0, 1))
    assert sorted(peaks[list(shown.channels)]) == sorted(np.sort(peaks)[-4:])
    whole = shift_lab.framed_maps(convnet, digit)
    np.testing.assert_array_equal(shown.maps, whole[:, :, list(shown.channels)])
    assert list(shown.probabilities) == ["convnet", "dense"]
    for name, network in (("convnet", convnet), ("dense", dense)):
        found = shown.probabilities[name][REACH + 2, REACH - 3]
        expected = network.forward(shifted(digit, 2, -3))["softmax"]
        np.testing.assert_allclose(found, expected, atol=1e-5)
    assert shown.units.shape == (21, 21, 64)


@pytest.mark.parametrize("index", range(5))
def test_up_to_the_margins_no_ink_is_lost_and_one_farther_some_is(index):
    digit = mnist.digit(index)
    margins = shift_lab.margins(digit)
    for (down, right), margin in zip([(-1, 0), (1, 0), (0, -1), (0, 1)], margins, strict=True):
        for distance in range(margin + 2):
            moved = shifted(digit, distance * down, distance * right)
            lost = np.count_nonzero(moved) < np.count_nonzero(digit)
            assert lost == (distance > margin)


def test_the_shifts_are_those_of_the_reach():
    assert list(SHIFTS) == list(range(-10, 11))
