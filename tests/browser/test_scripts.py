"""The browser's own modules, one function at a time, in Chromium without the app."""

import base64
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnviz import arithmetic, layers, mnist, networks, ops
from cnnviz.components.network_view import layers_data
from cnnviz.inspection import opened
from cnnviz.render import colours, contrast


@pytest.fixture(scope="module")
def modules(with_modules):
    """A blank page that has what the shared modules export."""
    names = ("colours", "pixels", "values", "walk")
    return with_modules(*(f"shared/{name}" for name in names), "pixels/line")


MAP = {"count": 8, "across": 2, "height": 3, "width": 5}


@pytest.mark.parametrize(
    ("at", "key", "whole_map", "expected"),
    [
        ((0, 1, 1), "ArrowRight", False, (0, 1, 2)),
        ((0, 1, 1), "ArrowUp", False, (0, 0, 1)),
        ((0, 1, 4), "ArrowRight", False, (1, 1, 0)),  # over the edge, into the next map
        ((1, 2, 0), "ArrowLeft", False, (0, 2, 4)),
        ((0, 2, 3), "ArrowDown", False, (2, 0, 3)),
        ((2, 0, 3), "ArrowUp", False, (0, 2, 3)),
        ((1, 1, 4), "ArrowRight", False, (1, 1, 4)),  # nothing to the right: stays
        ((0, 0, 0), "ArrowUp", False, (0, 0, 0)),
        ((7, 2, 4), "ArrowDown", False, (7, 2, 4)),
        ((2, 1, 1), "ArrowRight", True, (3, 1, 1)),
        ((2, 1, 1), "ArrowDown", True, (4, 1, 1)),
        ((3, 1, 1), "ArrowRight", True, (3, 1, 1)),
    ],
)
def test_arrow_keys(modules, at, key, whole_map, expected):
    index, row, column = at
    place = {"index": index, "row": row, "column": column}
    arguments = [place, key, whole_map, MAP]
    result = modules.evaluate("(arguments) => walk(...arguments)", arguments)
    assert (result["index"], result["row"], result["column"]) == expected


def test_other_keys_are_left_alone(modules):
    place = {"index": 0, "row": 0, "column": 0}
    assert modules.evaluate("(a) => walk(...a)", [place, "Tab", False, MAP]) is None


@given(*[st.integers(0, 27)] * 4)
@settings(max_examples=40, deadline=None)
def test_a_fast_hand_leaves_no_gap(modules, row, column, to_row, to_column):
    ends = [{"row": row, "column": column}, {"row": to_row, "column": to_column}]
    cells = modules.evaluate("(ends) => cellsBetween(...ends)", ends)
    assert [cells[0], cells[-1]] == ends
    places = np.array([(cell["row"], cell["column"]) for cell in cells])
    assert (abs(np.diff(places, axis=0)) <= 1).all()
    way = np.linspace(places[0], places[-1], len(places))
    assert abs(places - way).max() <= 0.5


def test_bytes_survive_base64(modules):
    sent = modules.evaluate("encodeBytes(Uint8Array.from({ length: 784 }, (_, i) => i))")
    assert base64.b64decode(sent) == bytes(i % 256 for i in range(784))


@pytest.mark.parametrize("old_browser", [False, True])
def test_floats_survive_base64(modules, old_browser):
    values = np.random.default_rng(0).normal(size=1001).astype("<f4")
    if old_browser:
        modules.evaluate(
            "() => { window.kept = Uint8Array.fromBase64; Uint8Array.fromBase64 = undefined; }"
        )
    text = base64.b64encode(values.tobytes()).decode()
    result = modules.evaluate("(text) => Array.from(decodeFloats(text))", text)
    if old_browser:
        modules.evaluate("() => { Uint8Array.fromBase64 = window.kept; }")
    np.testing.assert_array_equal(np.array(result, np.float32), values)


def test_a_map_is_drawn_in_the_colours_of_its_numbers(modules):
    layer = {"start": 3, "height": 2, "width": 3, "channels": 2}
    values = np.zeros(3 + 12, "<f4")
    channel = np.array([[0, 0.5, 1], [2, 3, 0.25]])
    values[3:].reshape(2, 3, 2)[:, :, 1] = channel
    drawn = modules.evaluate(
        """([values, layer, table]) => {
          const canvas = document.createElement("canvas");
          const colours = palette(decodeBytes(table));
          drawMap(canvas, decodeFloats(values), layer, 1, { largest: 2, colours });
          const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          return [canvas.width, canvas.height, Array.from(data.data)];
        }""",
        [
            base64.b64encode(values.tobytes()).decode(),
            layer,
            base64.b64encode(colours("sequential").tobytes()).decode(),
        ],
    )
    width, height, data = drawn
    assert (width, height) == (3, 2)
    levels = np.floor(np.clip(channel / 2, 0, 1) * 255 + 0.5).astype(int)
    expected = colours("sequential")[levels]
    np.testing.assert_array_equal(np.array(data).reshape(2, 3, 4)[:, :, :3], expected)


@pytest.mark.parametrize("scale", ["sequential", "diverging"])
def test_the_same_ink_is_read_on_every_colour_as_in_python(modules, scale):
    inks = modules.evaluate(
        "(table) => Array.from(palette(decodeBytes(table)), inkOn)",
        base64.b64encode(colours(scale).tobytes()).decode(),
    )
    names = {"#15131a": "black", "#fff": "white"}
    assert [names[ink] for ink in inks] == [contrast(colour) for colour in colours(scale)]


# ---- Windows, links and sums, against Python's own -------------------------------------

NETWORK = networks.load("convnet")
DIGIT = mnist.digit(7)
ACTIVATIONS = NETWORK.forward(DIGIT)


@pytest.fixture(scope="module")
def functions(with_modules):
    """A blank page that has what the modules that compute export."""
    return with_modules(
        "shared/geometry",
        "shared/numeric",
        "shared/windows",
        "network_view/links",
        "sliding_window/sums",
    )


def as_part(one):
    """An opened map as the browser gets it, its numbers as plain lists."""
    return {
        "windows": asdict(one.windows),
        "input": as_numbers(one.input),
        "kernel": as_numbers(one.kernel),
    }


def as_numbers(array):
    height, width, channels = array.shape
    layout = {"start": 0, "height": height, "width": width, "channels": channels}
    return {**layout, "values": array.ravel().tolist()}


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("strides", [(1, 1), (2, 3)])
@pytest.mark.parametrize("dilation", [(1, 1), (2, 1)])
def test_windows_products_and_sums_are_those_of_the_convolution(
    functions, padding, strides, dilation
):
    rng = np.random.default_rng(5)
    image = rng.normal(size=(9, 8, 3)).astype(np.float32)
    kernel = rng.normal(size=(3, 2, 3, 1)).astype(np.float32)
    output = ops.conv2d(image, kernel, None, strides, padding, dilation)[:, :, 0]
    windows = layers.windows(image.shape, (3, 2), strides, padding, dilation)
    one = opened.OpenedMap("convolution", "", "abc", image, windows, output, kernel[..., 0])
    part = as_part(one)
    for row, column in np.ndindex(output.shape):
        cell = {"row": row, "column": column}
        sums = functions.evaluate("([part, cell]) => partsBySize(part, cell)", [part, cell])
        assert sum(each["sum"] for each in sums) == pytest.approx(output[row, column], abs=1e-5)
        sizes = [abs(each["sum"]) for each in sums]
        assert sizes == sorted(sizes, reverse=True)
        read = "([{ input, windows }, cell]) => readWindow(input, windows, 1, cell)"
        window = functions.evaluate(read, [part, cell])
        expected = opened.read_window(one, row, column)[:, :, 1].ravel()
        np.testing.assert_array_equal([value or 0 for value in window], expected)


@pytest.mark.parametrize(("stride", "padding"), [(1, "valid"), (1, "same"), (3, "same")])
def test_pointing_at_an_input_cell_finds_the_window_around_it(functions, stride, padding):
    windows = asdict(layers.windows((10, 10, 1), (3, 3), (stride, stride), padding))
    size = arithmetic.output_size(10, 3, stride, padding)
    output = {"height": size, "width": size}
    for row in range(10):
        cell = functions.evaluate(
            "(all) => outputAt(...all)", [{"row": row, "column": 0}, windows, output]
        )
        middles = [r * stride - windows["before"][0] + 1 for r in range(size)]
        nearest = min(abs(middle - row) for middle in middles)
        assert abs(middles[cell["row"]] - row) == nearest


def test_traces_reach_the_receptive_fields_of_arithmetic(functions):
    layers = layers_data(NETWORK.spec)
    fields = arithmetic.receptive_fields(
        28, [(3, 1, "valid"), (2, 2, "valid")] * 2 + [(3, 1, "valid")]
    )
    for index, (size, field, step, start) in enumerate(fields, start=1):
        at = {"row": size - 1, "column": 1, "channel": 5}
        links = functions.evaluate("(all) => trace(...all)", [layers, index, at])
        box = links[0]["box"]
        assert (box["top"], box["left"]) == (start + (size - 1) * step, start + step)
        assert box["bottom"] - box["top"] + 1 == box["right"] - box["left"] + 1 == field


def test_winners_are_the_first_of_the_largest(functions):
    below = np.array([[1, 5, 2, 2], [5, 0, 2, 2], [0, 0, -1, -3], [0, 0, -2, -1]], np.float32)
    pooled = ops.max_pool2d(below[:, :, None])[:, :, 0]
    windows = asdict(layers.windows((4, 4, 1), (2, 2), (2, 2), "valid"))
    arguments = [as_numbers(below[:, :, None]), windows, 0, {"height": 2, "width": 2}]
    cells = functions.evaluate("(all) => winners(...all)", arguments)
    places = [(cell["row"], cell["column"]) for cell in cells]
    assert places == [(0, 1), (0, 2), (2, 0), (2, 2)]
    assert [below[place] for place in places] == pooled.ravel().tolist()


def test_padding_never_wins_a_pool(functions):
    assert functions.evaluate("() => largestAt([null, -3, null, -2])") == 3
