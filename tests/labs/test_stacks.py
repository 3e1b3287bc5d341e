"""Stacks of layers: the presets, the words about an impossible one, the finding."""

import pytest

from cnnviz import networks
from cnnviz.labs import stacks
from cnnviz.labs.stacks import CONVOLUTION, NONE, POOLING, StackLayer

PRESETS = stacks.presets()
SHIPPED = PRESETS["This network"]


def fields(stack):
    return [(row.size, row.field, row.step) for row in stacks.rows(28, stack)]


def test_the_first_preset_is_the_network_that_is_shipped():
    shapes = dict(zip(stacks.names(SHIPPED), stacks.sizes(28, SHIPPED)[1:], strict=True))
    summary = {name: shape for name, shape, _ in networks.SPECS["convnet"].summary()}
    assert {name: (size, size) for name, size in shapes.items()} == {
        name: summary[name][:2] for name in shapes
    }
    assert list(shapes) == ["conv1", "pool1", "conv2", "pool2", "conv3"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("This network", [(26, 3, 1), (13, 4, 2), (11, 8, 2), (5, 10, 4), (3, 18, 4)]),
        ("Without pooling", [(26, 3, 1), (24, 5, 1), (22, 7, 1)]),
        ("Stride 2 instead of pooling", [(13, 3, 2), (6, 7, 4), (4, 15, 4)]),
        ("Same padding", [(28, 3, 1), (14, 4, 2), (14, 8, 2), (7, 10, 4), (7, 18, 4)]),
    ],
)
def test_presets_worked_out_by_hand(name, expected):
    assert stacks.problem(28, PRESETS[name]) == ""
    assert fields(PRESETS[name]) == expected


def test_a_mean_sees_as_far_as_a_maximum():
    assert stacks.of_network("convnet-average") == SHIPPED


def test_five_by_five_kernels_leave_the_last_layer_without_output():
    stack = PRESETS["5 × 5 kernels"]
    assert stacks.sizes(28, stack) == [28, 24, 12, 8, 4]
    assert fields(stack[:4]) == [(24, 5, 1), (12, 6, 2), (8, 14, 2), (4, 16, 4)]
    assert stacks.problem(28, stack).startswith("conv3 has no output: its 5 × 5 window")
    with pytest.raises(ValueError, match="layer 5 of 5"):
        stacks.rows(28, stack)


def test_a_window_larger_than_the_input_is_said_so():
    words = stacks.problem(5, [StackLayer(POOLING, 6, 1, "valid"), *SHIPPED])
    assert words == "pool1 has no output: its 6 × 6 window does not fit into the 5 × 5 input."


@pytest.mark.parametrize("name", PRESETS)
def test_a_filled_stack_has_every_place_and_the_same_layers(name):
    filled = stacks.filled(PRESETS[name])
    assert len(filled) == stacks.PLACES
    assert [layer for layer in filled if layer.kind != NONE] == PRESETS[name]


def test_centres_and_share_of_the_shipped_network():
    *_, last = stacks.rows(28, SHIPPED)
    assert (last.first_centre, last.last_centre) == (8.5, 16.5)
    assert last.share == pytest.approx(324 / 784)
    same = stacks.rows(28, PRESETS["Same padding"])[0]
    assert (same.first_centre, same.last_centre) == (0, 27)


def test_a_field_larger_than_the_picture_sees_all_of_it():
    stack = [StackLayer(CONVOLUTION, 7, 1, "same")] * 6
    assert stacks.rows(28, stack)[-1].share == 1


def test_the_finding():
    assert stacks.never_read(28, SHIPPED) == [26, 27]
    assert stacks.left_over(28, SHIPPED) == [("pool2", 2, 11)]
    for name in ("Without pooling", "Same padding"):
        assert stacks.never_read(28, PRESETS[name]) == []
        assert stacks.left_over(28, PRESETS[name]) == []
    assert stacks.never_read(28, PRESETS["Stride 2 instead of pooling"]) == [27]
