"""The browser's own modules, one function at a time, in Chromium without the app."""

import base64

import numpy as np
import pytest

from cnnviz.components import assets
from cnnviz.render import colours


@pytest.fixture(scope="module")
def modules(chromium):
    """A blank page that has shared modules as `pixels`, `walk` and `geometry`."""
    page = chromium.new_page()
    for name in ("pixels", "walk", "geometry"):
        text = (assets.FOLDER / f"{name}.js").read_text(encoding="utf-8")
        url = "data:text/javascript;base64," + base64.b64encode(text.encode()).decode()
        page.evaluate(f"async (url) => {{ window.{name} = await import(url); }}", url)
    yield page
    page.close()


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
    result = modules.evaluate("(arguments) => walk.walk(...arguments)", arguments)
    assert (result["index"], result["row"], result["column"]) == expected


def test_other_keys_are_left_alone(modules):
    place = {"index": 0, "row": 0, "column": 0}
    assert modules.evaluate("(a) => walk.walk(...a)", [place, "Tab", False, MAP]) is None


@pytest.mark.parametrize("old_browser", [False, True])
def test_floats_survive_base64(modules, old_browser):
    values = np.random.default_rng(0).normal(size=1001).astype("<f4")
    if old_browser:
        modules.evaluate(
            "() => { window.kept = Uint8Array.fromBase64; Uint8Array.fromBase64 = undefined; }"
        )
    text = base64.b64encode(values.tobytes()).decode()
    result = modules.evaluate("(text) => Array.from(pixels.decodeFloats(text))", text)
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
          const colours = pixels.palette(pixels.decodeBytes(table));
          pixels.drawMap(canvas, pixels.decodeFloats(values), layer, 1, 2, colours);
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
