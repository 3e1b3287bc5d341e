"""Slides read back with Pillow: colours against matplotlib's, places by the pictures' frames."""

import io
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import matplotlib
import numpy as np
import pytest
from matplotlib.axes import Axes
from PIL import Image

from cnnviz import mnist
from cnnviz.export.figures import boxes_png, digit_png, map_png, maps_png, products_png

FRAME = (176, 176, 176)
WHITE = (255, 255, 255)
LONG = "A title that goes on and on, longer than any slide is wide, " * 3


@pytest.fixture
def texts(monkeypatch):
    """All texts that get written, as matplotlib's objects."""
    written, write = [], Axes.text

    def write_and_remember(*arguments, **style):
        written.append(write(*arguments, **style))
        return written[-1]

    monkeypatch.setattr(Axes, "text", write_and_remember)
    return written


def words(texts):
    return [text.get_text() for text in texts]


def text_of(texts, wanted):
    (found,) = [text for text in texts if text.get_text() == wanted]
    return found


def pixels(png):
    image = Image.open(io.BytesIO(png))
    assert image.format == "PNG"
    assert np.all(np.asarray(image.convert("RGBA"))[..., 3] == 255)
    return np.asarray(image.convert("RGB"))


def framed(slide):
    """The pictures on a slide, without their frames, from the top left; and its scales."""
    line = np.pad((slide == FRAME).all(axis=2), 1)
    inner = line[1:-1, 1:-1]
    corners = inner & line[1:-1, 2:] & line[2:, 1:-1] & ~line[1:-1, :-2] & ~line[:-2, 1:-1]
    found = []
    for top, left in np.argwhere(corners):
        width = int(np.argmin(np.append(inner[top, left:], False)))
        height = int(np.argmin(np.append(inner[top:, left], False)))
        if min(width, height) > 10:  # not a grey pixel of a letter
            found.append(slide[top + 1 : top + height - 1, left + 1 : left + width - 1])
    bars = [picture for picture in found if min(picture.shape[:2]) in (20, 32)]
    return [picture for picture in found if not any(picture is bar for bar in bars)], bars


def at_centres(picture, shape):
    """The colour in the middle of each cell."""
    rows, columns = (
        ((np.arange(cells) + 0.5) * size / cells).astype(int)
        for cells, size in zip(shape, picture.shape, strict=False)
    )
    return picture[rows[:, None], columns]


def at_corners(picture, shape):
    """The colour near the top left of each cell, where no number is written."""
    rows, columns = (
        np.ceil((np.arange(cells) + 0.05) * size / cells).astype(int)
        for cells, size in zip(shape, picture.shape, strict=False)
    )
    return picture[rows[:, None], columns]


def painted(values, signed, largest):
    """What matplotlib's tables have for numbers from (-)largest to largest."""
    low = -largest if signed else 0
    levels = ((np.clip(values, low, largest).astype(float) - low) / (largest - low) * 255).round()
    colours = matplotlib.colormaps["PuOr_r" if signed else "magma"](levels.astype(int))
    return (np.asarray(colours)[..., :3] * 255).round().astype(np.uint8)


def random_maps(height, width, count, signed=True):
    maps = np.random.default_rng(count).normal(size=(height, width, count)).astype(np.float32)
    return maps if signed else np.abs(maps)


def labels(count):
    return [f"{index}" for index in range(count)]


EXAMPLES = {
    "32 maps": lambda: maps_png("t", random_maps(26, 26, 32), labels(32), True, note="note"),
    "512 maps": lambda: maps_png(LONG, random_maps(28, 28, 512), labels(512), True, note=LONG),
    "long labels": lambda: maps_png("t", random_maps(3, 5, 9), [LONG] * 9, False),
    "own scales": lambda: maps_png("t", random_maps(3, 5, 9), labels(9), True, [1] * 9),
    "tall maps": lambda: maps_png("t", random_maps(40, 2, 3), labels(3), True),
    "wide map": lambda: map_png(LONG, random_maps(2, 40, 1)[..., 0], True, note=LONG),
    "small numbers": lambda: map_png("t", random_maps(13, 13, 1)[..., 0] / 1e6, True),
    "large numbers": lambda: map_png("t", random_maps(13, 13, 1)[..., 0] * 1e6, True),
    "one number": lambda: map_png("t", np.ones((1, 1)), False),
    "products": lambda: products_png(LONG, *random_maps(3, 3, 3).transpose(2, 0, 1), LONG),
    "small products": lambda: products_png("t", *random_maps(5, 7, 3).T / 1e6, "w"),
    "boxes": lambda: boxes_png(LONG, mnist.digit(0), [(LONG, -9, -5, 40, 50)] * 20),
}


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES)
def test_a_slide_is_16_to_9_with_white_margins_and_nothing_cut_off(example, texts):
    png = EXAMPLES[example]()
    assert Image.open(io.BytesIO(png)).info["dpi"] == pytest.approx((144, 144), abs=0.1)
    slide = pixels(png)
    assert slide.shape == (1080, 1920, 3)
    inside = np.zeros(slide.shape[:2], bool)
    inside[16:-16, 16:-16] = True
    assert (slide[~inside] == WHITE).all()
    assert (slide[inside] != WHITE).any()
    for text in filter(lambda text: text.get_text(), texts):
        extent = text.get_window_extent()
        assert extent.x0 > 16 < extent.y0, text
        assert extent.x1 < 1920 - 16, text
        assert extent.y1 < 1080 - 16, text


# ---- A grid of maps ----------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize("shape", [(26, 26, 32), (11, 11, 64), (3, 3, 5), (5, 9, 7), (1, 1, 1)])
def test_each_number_of_each_map_has_its_colour(shape, signed):
    maps = random_maps(*shape, signed)
    pictures, bars = framed(pixels(maps_png("t", maps, labels(shape[2]), signed)))
    assert (len(pictures), len(bars)) == (shape[2], 1)
    expected = painted(maps, signed, np.abs(maps).max())
    for index, picture in enumerate(pictures):
        found = at_centres(picture, shape[:2])
        np.testing.assert_array_equal(found, expected[:, :, index])
        side = picture.shape[0] // shape[0]
        assert picture.shape == (side * shape[0], side * shape[1], 3)
        np.testing.assert_array_equal(picture, found.repeat(side, axis=0).repeat(side, axis=1))


@pytest.mark.slow
@pytest.mark.parametrize("signed", [True, False])
def test_512_maps_are_pictures_with_labels_that_can_be_read(signed, texts):
    maps = random_maps(28, 28, 512, signed)
    pictures, _ = framed(pixels(maps_png("t", maps, labels(512), signed)))
    assert len(pictures) == 512
    assert min(min(picture.shape[:2]) for picture in pictures) >= 40
    assert set(labels(512)) <= set(words(texts))
    assert min(text.get_fontsize() for text in texts) * 2 >= 8  # pixels
    expected = painted(maps, signed, np.abs(maps).max())
    for index in (0, 255, 511):
        np.testing.assert_array_equal(at_centres(pictures[index], (28, 28)), expected[:, :, index])


@pytest.mark.slow
def test_few_maps_fill_the_slide():
    pictures, _ = framed(pixels(maps_png("t", random_maps(3, 3, 2), labels(2), True)))
    assert all(min(picture.shape[:2]) > 600 for picture in pictures)
    pictures, _ = framed(pixels(maps_png("t", random_maps(3, 3, 12), labels(12), True)))
    assert all(min(picture.shape[:2]) > 200 for picture in pictures)
    (picture,), _ = framed(pixels(maps_png("t", random_maps(26, 26, 1), labels(1), True)))
    assert min(picture.shape[:2]) > 700


def test_a_largest_number_sets_the_scale_of_all_maps(texts):
    maps = random_maps(4, 6, 3)
    (first, *_), _ = framed(pixels(maps_png("t", maps, labels(3), True, largest=0.5)))
    np.testing.assert_array_equal(at_centres(first, (4, 6)), painted(maps[..., 0], True, 0.5))
    assert words(texts)[-6:-1] == ["−0.5", "−0.25", "0", "+0.25", "+0.5"]


@pytest.mark.parametrize(
    ("signed", "ticks"), [(True, ["−own max", "0", "own max"]), (False, ["0", "own max"])]
)
def test_each_map_by_itself(signed, ticks, texts):
    maps = random_maps(4, 6, 3, signed)
    own = np.abs(maps).max(axis=(0, 1))
    pictures, _ = framed(pixels(maps_png("t", maps, labels(3), signed, largest=own)))
    for index, picture in enumerate(pictures):
        expected = painted(maps[..., index], signed, own[index])
        np.testing.assert_array_equal(at_centres(picture, (4, 6)), expected)
    assert words(texts)[-len(ticks) - 1 : -1] == ticks
    assert words(texts)[-1].endswith("each map by itself")


@pytest.mark.parametrize("own", [True, False])
def test_a_dead_map_says_so_and_is_no_picture(own, texts):
    maps = random_maps(5, 5, 4, signed=False)
    maps[..., [1, 3]] = 0
    largest = maps.max(axis=(0, 1)) if own else None
    pictures, _ = framed(pixels(maps_png("t", maps, labels(4), False, largest)))
    assert words(texts).count("all zero") == 2
    np.testing.assert_array_equal(pictures[1], pictures[3])
    corner = pictures[1][:40]
    assert (corner == painted(np.zeros(1), False, 1)).all()
    assert (pictures[1] == WHITE).all(axis=2).any()  # the words, white on black


def test_maps_of_zeros_only_have_a_scale_all_the_same(texts):
    (picture, _), (bar,) = framed(pixels(maps_png("t", np.zeros((4, 4, 2)), labels(2), True)))
    assert (picture[:40] == painted(np.zeros(1), True, 1)).all()
    assert words(texts).count("all zero") == 2
    assert text_of(texts, "+1")
    assert len(np.unique(bar[:, 0], axis=0)) > 250


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize("constant", [3.0, 1e-30])
def test_a_constant_map_has_one_colour(signed, constant):
    (picture,), _ = framed(pixels(maps_png("t", np.full((5, 5, 1), constant), ["0"], signed)))
    assert (picture == painted(np.ones(1), signed, 1)).all()


@pytest.mark.parametrize("signed", [True, False])
def test_the_scale_has_all_colours_with_the_low_end_at_the_bottom(signed):
    _, (bar,) = framed(pixels(maps_png("t", random_maps(26, 26, 4), labels(4), signed)))
    found = bar[:, 16][np.sort(np.unique(bar[:, 16], axis=0, return_index=True)[1])]
    table = painted(np.arange(256) - 127.5 * signed, signed, 127.5 if signed else 255)
    np.testing.assert_array_equal(found, table[::-1][np.sort(_first(table[::-1]))])


def _first(colours):
    """Where each colour is first; neighbours in a table may be the same."""
    return np.unique(colours, axis=0, return_index=True)[1]


def test_title_note_labels_ticks_and_meaning_are_written(texts):
    maps = random_maps(4, 4, 2, signed=False)
    maps[1, 1, 1] = 8
    maps_png("conv9 costs $1 and $2", maps, ["17", "4 $"], False, note="each after ReLU")
    assert not any(text.get_parse_math() for text in texts)  # a dollar is a dollar
    assert words(texts) == [
        *("conv9 costs $1 and $2", "each after ReLU", "17", "4 $"),
        *("0", "2", "4", "6", "8", "0 is black, brighter is larger"),
    ]


@pytest.mark.parametrize(
    ("count", "names", "largest", "message"),
    [
        (3, 2, None, "labels must be one for each of 3 maps. Received: 2"),
        (3, 4, None, "labels must be one for each of 3 maps. Received: 4"),
        (3, 3, [1, 2], "largest must be one for each of 3 maps. Received: 2"),
        (3, 3, -1.0, "largest must be a number >= 0. Received: -1.0"),
        (3, 3, [1, float("nan"), 1], "largest must be a number >= 0. Received: nan"),
    ],
)
def test_what_does_not_fit_the_maps_is_an_error(count, names, largest, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        maps_png("t", random_maps(2, 2, count), labels(names), False, largest)


def test_no_maps_are_an_error():
    with pytest.raises(ValueError, match="labels must be one for each of 0 maps"):
        maps_png("t", np.zeros((2, 2, 0)), [], False, largest=1)


# ---- One map -----------------------------------------------------------------------------


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize("shape", [(26, 26), (13, 7), (3, 5), (1, 1), (14, 2), (2, 40)])
def test_one_map_has_the_colour_of_each_number(shape, signed):
    values = random_maps(*shape, 1, signed)[..., 0]
    (picture,), (bar,) = framed(pixels(map_png("t", values, signed)))
    expected = painted(values, signed, np.abs(values).max())
    np.testing.assert_array_equal(at_corners(picture, shape), expected)
    assert bar.shape[0] == max(picture.shape[0], 480)


def test_rows_and_columns_are_numbered_beside_their_cells(texts):
    slide = pixels(map_png("t", random_maps(3, 12, 1)[..., 0] * 1e9, True))
    (picture,), _ = framed(slide)
    side = picture.shape[0] // 3
    numbers = [text for text in texts if re.fullmatch(r"\d+", text.get_text())][:15]
    assert words(numbers) == [*map(str, range(3)), *map(str, range(12))]
    rows, columns = numbers[:3], numbers[3:]
    assert np.allclose(np.diff([text.get_position()[1] for text in rows]), side)
    assert np.allclose(np.diff([text.get_position()[0] for text in columns]), side)
    assert text_of(texts, "row").get_rotation() == 90
    assert text_of(texts, "column")


def test_of_many_rows_every_fifth_is_numbered(texts):
    map_png("t", random_maps(28, 28, 1)[..., 0], True)
    numbers = [word for word in words(texts) if re.fullmatch(r"\d+", word)]
    assert numbers == [*("0", "5", "10", "15", "20", "25") * 2, "0"]  # the last is the scale's


def test_a_small_map_has_its_numbers_in_the_cells(texts):
    values = np.array([[0.5, -0.25, 0], [1.2345, -1, 1e-4]])
    map_png("t", values, True)
    assert words(texts)[2:8] == ["0.500", "−0.250", "0", "1.234", "−1.000", "0.000"]
    across, down = np.array([text.get_position() for text in texts[2:8]]).reshape(2, 3, 2).T
    assert (np.diff(across, axis=0) > 100).all()
    assert (np.diff(down, axis=1) > 100).all()


def test_numbers_in_cells_are_black_on_bright_and_white_on_dark(texts):
    map_png("t", np.array([[0.0, 1.0]]), False)
    assert [text.get_color() for text in texts[2:4]] == ["white", "black"]
    map_png("t", np.array([[-1.0, 0.0, 1.0]]), True)
    written = [text for text in texts if text.get_text() in ("−1.000", "1.000") and text]
    assert [text.get_color() for text in written[-2:]] == ["white", "white"]


@pytest.mark.parametrize(("side", "numbers"), [(13, 169), (14, 0)])
def test_numbers_are_written_up_to_13_by_13(side, numbers, texts):
    map_png("t", np.full((side, side), 0.5), False)
    assert words(texts).count("0.50") == numbers


def test_numbers_too_small_for_decimals_are_written_with_an_exponent(texts):
    map_png("t", np.array([[2e-5, -3e-6]]), True)
    assert {"2.0e−05", "−3.0e−06"} <= set(words(texts))


def test_an_all_zero_signed_kernel_is_white_with_zeros(texts):
    (picture,), _ = framed(pixels(map_png("t", np.zeros((3, 3)), True)))
    assert (at_corners(picture, (3, 3)) == painted(np.zeros(1), True, 1)).all()
    assert words(texts)[2:11] == ["0"] * 9


@pytest.mark.parametrize("largest", [-1, float("nan")])
def test_a_largest_number_below_zero_is_an_error(largest):
    with pytest.raises(ValueError, match=f"largest must be a number >= 0. Received: {largest}"):
        map_png("t", np.ones((2, 2)), False, largest)


# ---- Products ----------------------------------------------------------------------------


@pytest.mark.parametrize("signed", [True, False])
def test_window_times_kernel_equals_products(signed, texts):
    window, kernel = random_maps(3, 5, 1, signed)[..., 0], random_maps(3, 5, 2)[..., 0]
    slide = pixels(products_png("t", window, kernel, window * kernel, "sum +1.280"))
    pictures, bars = framed(slide)
    assert len(pictures) == len(bars) == 3
    for picture, values, is_signed in zip(
        pictures, (window, kernel, window * kernel), (signed, True, True), strict=True
    ):
        expected = painted(values, is_signed, np.abs(values).max())
        np.testing.assert_array_equal(at_corners(picture, (3, 5)), expected)
    written = words(texts)
    assert [word for word in written if re.fullmatch("[a-z×=]+", word)] == [
        *("t", "window", "×", "kernel", "=", "products")
    ]
    assert written[-1] == "sum +1.280"
    assert f"{kernel[2, 4]:.3f}".replace("-", "−") in written


def test_a_lying_scale_has_its_low_end_at_the_left():
    _, bars = framed(pixels(products_png("t", *np.ones((3, 3, 3)), "w")))
    for bar, signed in zip(bars, (False, True, True), strict=True):
        ends = painted(np.array([-1 if signed else 0, 1]), signed, 1)
        np.testing.assert_array_equal(bar[10, [0, -1]], ends)


# ---- Boxes -------------------------------------------------------------------------------

SKY_BLUE = (0x56, 0xB4, 0xE9)


def outline_of(slide, colour, before):
    """The top, left, bottom and right of a colour's pixels, left of a column."""
    rows, columns = np.nonzero((slide[:, :before] == colour).all(axis=2))
    return np.array([rows.min(), columns.min(), rows.max() + 1, columns.max() + 1])


@pytest.mark.parametrize("place", [(4, 8, 18, 10), (-1, -2, 3, 5), (20, 25, 11, 9)])
def test_a_box_is_where_it_belongs_also_over_the_edge(place, texts):
    top, left, height, width = place
    slide = pixels(boxes_png("t", mnist.digit(0), [("conv1", *place)]))
    bar = text_of(texts, "0 is paper, 1 is ink").get_position()[0] - 210
    found = outline_of(slide, SKY_BLUE, before=int(bar))
    digit = (slide == painted(np.zeros(1), False, 1)).all(axis=2)[:, : int(bar)]
    rows, columns = np.flatnonzero(digit.any(axis=1)), np.flatnonzero(digit.any(axis=0))
    side = (columns[-1] - columns[0] + 1) / 28
    corners = np.array([top, left, top + height, left + width]) * side
    expected = corners + np.array([rows[0], columns[0]] * 2)
    np.testing.assert_allclose(found, expected, atol=6)
    assert found[0] > 170  # below the title


def test_the_digit_below_the_boxes_has_its_colours():
    digit = mnist.digit(3)
    (picture,), _ = framed(pixels(boxes_png("t", digit, [("corner", 9, 9, 2, 2)])))
    found = at_centres(picture, (28, 28))
    np.testing.assert_array_equal(found, painted(digit, False, 1))


def test_boxes_differ_in_colour_and_in_line_and_have_a_legend(texts, monkeypatch):
    lines, plot = [], Axes.plot

    def plot_and_remember(*arguments, **style):
        lines.append(plot(*arguments, **style)[0])
        return lines[-1:]

    monkeypatch.setattr(Axes, "plot", plot_and_remember)
    names = ["conv1", "pool1", "conv2", "pool2", "conv3", "whole"]
    boxes_png("t", mnist.digit(0), [(name, 3, 3, 4 + i, 4 + i) for i, name in enumerate(names)])
    assert [word for word in words(texts) if word in names] == names
    coloured = [line for line in lines if line.get_color() != "black"]
    assert len(coloured) == 2 * len(names)  # the box and its sample
    assert len({line.get_color() for line in coloured}) == 6
    assert len({str(line._unscaled_dash_pattern) for line in coloured}) == 6
    boxes = [line.get_zorder() for line in coloured[::2]]
    assert boxes == sorted(boxes, reverse=True)  # the smallest on top


def test_a_digit_without_boxes_is_a_picture():
    pictures, _ = framed(pixels(boxes_png("t", mnist.digit(0), [])))
    assert len(pictures) == 1


# ---- A digit -----------------------------------------------------------------------------


def test_a_digit_png_is_grey_and_exact():
    digit = np.random.default_rng(0).uniform(size=(28, 28)).astype(np.float32)
    image = Image.open(io.BytesIO(digit_png(digit)))
    assert (image.format, image.mode, image.size) == ("PNG", "L", (28, 28))
    np.testing.assert_array_equal(np.asarray(image), np.round(255 * digit))


def test_a_test_digit_is_that_of_mnist_again():
    image = Image.open(io.BytesIO(digit_png(mnist.digit(7))))
    np.testing.assert_array_equal(np.asarray(image), mnist.read("x_test")[7])


# ---- The process -------------------------------------------------------------------------


def test_the_module_does_not_load_matplotlib_before_it_is_needed():
    script = "import sys, cnnviz.export.figures; print('matplotlib' in sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "False"


@pytest.mark.slow
def test_visitors_who_download_at_the_same_time_do_not_disturb_each_other():
    makers = [EXAMPLES[name] for name in ("own scales", "large numbers", "products", "boxes")]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda make: make(), makers))
    assert found == [make() for make in makers]


def test_the_numbers_are_unchanged():
    maps = random_maps(4, 3, 2)
    copy = maps.copy()
    maps_png("t", maps, labels(2), True)
    map_png("t", maps[..., 0], False)
    products_png("t", maps[..., 0], maps[..., 1], maps[..., 0], "w")
    np.testing.assert_array_equal(maps, copy)
