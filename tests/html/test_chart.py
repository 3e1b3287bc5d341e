"""The line chart: its ticks, its points, its names, and how it looks in a browser."""

import json
import math
import os
import re
import subprocess
import xml.etree.ElementTree as ET
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cnnviz.html import style
from cnnviz.html.axes import round_step, tick_texts
from cnnviz.html.chart import LINE_HEIGHT, MARKS, MOST_MARKED, line_chart, spread
from tools.browser import FLAGS, find_chromium

NAN, INF = math.nan, math.inf


def drawn(*lines, y_range=None, title="Title", x_label="across", y_label="up"):
    """The chart of lines (xs, ys) or (name, xs, ys), parsed as the strictest reader would."""
    series = [line if len(line) == 3 else (f"line {i}", *line) for i, line in enumerate(lines)]
    return ET.fromstring(line_chart(title, x_label, y_label, series, y_range))


def path(chart, index=0):
    return chart.find(f".//g[@class='line-{index}']//path[@class='line']").get("d")


def marks(chart, index=0):
    """The places of a line's marks, in per cent from the left and from the top."""
    found = chart.findall(f".//g[@class='line-{index}']/g[@class='marks']/svg")
    return [tuple(float(mark.get(axis).rstrip("%")) for axis in "xy") for mark in found]


def ticks(chart, axis):
    """The texts of an axis and their places in per cent."""
    texts = chart.findall(f".//g[@class='{'below' if axis == 'x' else 'across'}']/text")
    if axis == "x":
        texts = texts[:-1]  # the last one is the name of the axis
    return {text.text: float(text.get(axis).rstrip("%")) for text in texts}


def ends(chart):
    """What stands beside the end of each line."""
    return [svg for svg in chart.iter("svg") if svg.get("class", "").startswith("name ")]


def names(chart):
    return [end.find("text").text for end in ends(chart)]


def label(chart):
    return chart.find("svg").get("aria-label")


def number(text):
    """A tick's text as a number."""
    plain = str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789")
    return float(text.replace("×10", "e").replace("\u202f", "").translate(plain))


# ---- Ticks -------------------------------------------------------------------------------

magnitudes = st.floats(-300, 300).map(lambda power: 10.0**power)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(span=magnitudes, most=st.integers(1, 9))
def test_the_step_is_the_smallest_round_one_that_is_large_enough(span, most):
    step = round_step(span, most)
    digit, power = f"{step:.6e}".split("e")
    assert float(digit) in (1, 2, 5)
    assert span / step <= most * (1 + 1e-9)
    smaller = {1: 5 * 10.0 ** (int(power) - 1), 2: step / 2, 5: step / 2.5}[float(digit)]
    assert span / smaller > most


@pytest.mark.parametrize(
    ("given", "step", "texts"),
    [
        ([0.0, 0.2, 0.4], 0.2, ["0.0", "0.2", "0.4"]),
        ([-1.0, 0.0, 1.0], 1.0, ["−1", "0", "1"]),
        ([0.97, 0.98], 0.01, ["0.97", "0.98"]),
        ([0.0, 2000.0, 4000.0], 2000.0, ["0", "2\u202f000", "4\u202f000"]),
        ([0.0, 0.0005], 0.0005, ["0.0000", "0.0005"]),
        ([0.0, 5e-5], 5e-5, ["0", "5×10⁻⁵"]),
        ([0.0, 5e5, 1e6], 5e5, ["0", "0.5×10⁶", "1.0×10⁶"]),
        ([-2e12, 0.0], 2e12, ["−2×10¹²", "0"]),
        ([0.0, 1.5e-4], 5e-5, ["0.00000", "0.00015"]),
        ([1.00001, 1.00002], 1e-5, ["1.00001", "1.00002"]),
        ([9999990.0, 1e7], 10.0, ["0.999999×10⁷", "1.000000×10⁷"]),
        ([0.0], 5.0, ["0"]),
    ],
)
def test_texts_of_ticks(given, step, texts):
    assert tick_texts(given, step) == texts


@pytest.mark.parametrize(
    ("xs", "texts"),
    [
        ([1, 2, 3, 4, 5], ["1", "2", "3", "4", "5"]),
        ([1, 2], ["1", "2"]),
        ([0, 14], ["0", "5", "10"]),
        ([0, 0.5], ["0.0", "0.2", "0.4"]),
        ([0, 4690], ["0", "2\u202f000", "4\u202f000"]),
        ([-8, 8], ["−5", "0", "5"]),
        ([-4, 4.05], ["−4", "−2", "0", "2", "4"]),
        ([1, 9.1], ["2", "4", "6", "8"]),
        ([7], ["7"]),
    ],
)
def test_the_x_axis_ends_with_the_numbers_and_counts_whole_things_whole(xs, texts):
    chart = drawn((xs, [0] * len(xs)))
    assert list(ticks(chart, "x")) == texts
    across = [place for place, _ in marks(chart)]
    assert across == ([50] if len(xs) == 1 else [0, *across[1:-1], 100])


@pytest.mark.parametrize(
    ("ys", "y_range", "texts"),
    [
        ([0.07, 0.93], None, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        ([0.41, 0.43], (0, 1), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        ([0.5, 1.3], (0, 1), ["0.0", "0.5", "1.0", "1.5"]),
        ([-3, 38], None, ["−10", "0", "10", "20", "30", "40"]),
        ([], (0, 100), ["0", "20", "40", "60", "80", "100"]),
    ],
)
def test_the_y_axis_goes_from_tick_to_tick_around_all_numbers(ys, y_range, texts):
    chart = drawn((range(len(ys)), ys), y_range=y_range)
    assert list(ticks(chart, "y")) == texts
    places = list(ticks(chart, "y").values())
    assert (places[0], places[-1]) == (100, 0)
    np.testing.assert_allclose(np.diff(places), places[1] - places[0], atol=0.01)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(
    middle=st.floats(-1, 1),
    apart=st.floats(1e-6, 2),
    scale=magnitudes,
    share=st.floats(0, 1),
)
def test_a_reader_finds_every_number_at_any_scale(middle, apart, scale, share):
    """Read off the marks between the outermost ticks, as one does with a ruler."""
    numbers = [scale * (middle + apart * part) for part in (0, share, 1)]
    assume(numbers[0] < numbers[2])
    chart = drawn((numbers, numbers))
    for axis, places in zip("xy", zip(*marks(chart), strict=True), strict=True):
        found = ticks(chart, axis)
        assert 2 <= len(found) <= 8
        (low, first), *_, (high, last) = [(number(text), at) for text, at in found.items()]
        read = [low + (high - low) * (place - first) / (last - first) for place in places]
        np.testing.assert_allclose(read, numbers, rtol=0, atol=1e-3 * (numbers[2] - numbers[0]))


# ---- Points ------------------------------------------------------------------------------


def test_points_lie_where_their_numbers_are_on_the_axes():
    chart = drawn(([0, 1, 4], [0, 10, 2.5]), ([2, 4], [5, 0]))
    assert path(chart) == "M0 1000L250 0L1000 750"
    assert path(chart, 1) == "M500 500L1000 1000"
    assert marks(chart) == [(0, 100), (25, 0), (100, 75)]


def test_the_plot_is_stretched_and_nothing_else_is():
    chart = drawn(([0, 1], [0, 1]))
    stretched = chart.findall(".//svg[@viewBox]")
    assert [(svg.get("viewBox"), svg.get("preserveAspectRatio")) for svg in stretched] == [
        ("0 0 1000 1000", "none")
    ]
    assert {child.tag for child in stretched[0]} == {"path"}


@pytest.mark.parametrize("missing", [NAN, INF, -INF, np.float32(np.nan)])
def test_a_number_that_is_not_finite_leaves_a_gap(missing):
    ys = [missing, 0, 10, missing, missing, 5, missing, 0, 10, missing]
    chart = drawn((range(10), ys))
    lengths = [len(piece.split("L")) for piece in path(chart).split("M")[1:]]
    assert lengths == [2, 1, 2]
    assert len(marks(chart)) == 5
    assert "nan" not in ET.tostring(chart, "unicode").lower()
    assert "inf" not in ET.tostring(chart, "unicode").lower()


def test_a_line_of_many_points_is_marked_at_its_end_and_where_it_is_a_single_point():
    xs, ys = list(range(41)), [0.0] * 41
    ys[19] = ys[21] = NAN
    chart = drawn((xs, ys), (xs[: MOST_MARKED + 1], ys[: MOST_MARKED + 1]))
    assert marks(chart) == [(50, 50), (100, 50)]
    assert marks(chart, 1) == [(40, 50)]
    assert len(marks(drawn((xs[:MOST_MARKED], ys[:MOST_MARKED])))) == MOST_MARKED


def test_a_line_that_ends_in_a_single_point_has_one_mark_there():
    xs, ys = list(range(20)), [1.0] * 18 + [NAN, 1.0]
    assert marks(drawn((xs, ys))) == [(100, 50)]


@pytest.mark.parametrize(("x", "y"), [(1, 0.4), (0, 0), (-5000, -1e-9), (3.25, 1e12)])
def test_one_point_lies_in_the_middle_between_ticks(x, y):
    chart = drawn(([x], [y]))
    assert marks(chart) == [(50, 50)]
    for axis in "xy":
        assert ticks(chart, axis)


@pytest.mark.parametrize("constant", [0, 1, -0.98, 1e-30])
def test_a_constant_line_lies_in_the_plot(constant):
    chart = drawn(([1, 2, 3], [constant] * 3))
    assert len({y for _, y in marks(chart)}) == 1
    assert 10 < marks(chart)[0][1] < 90
    assert len(ticks(chart, "y")) >= 3


def test_numbers_equal_but_for_the_last_bits_are_constant():
    chart = drawn(([0, 1], [0.1 + 0.2, 0.3]))
    assert list(ticks(chart, "y")) == ["0.26", "0.28", "0.30", "0.32", "0.34"]


@pytest.mark.parametrize("ys", [[], [NAN, INF]])
def test_without_numbers_it_says_so(ys):
    chart = drawn((range(len(ys)), ys), y_range=(0, 1))
    assert chart.find(".//text[@class='empty']").text == "No numbers yet"
    assert label(chart) == "Title. up over across. line 0: no numbers yet."
    assert ticks(chart, "x") == {}
    assert list(ticks(chart, "y"))[-1] == "1.0"
    assert names(chart) == []


def test_no_lines_and_no_range_are_an_empty_plot():
    assert ticks(drawn(), "y") == {}


def test_a_line_without_numbers_leaves_the_others_their_looks():
    chart = drawn(("first", [], []), ("second", [0, 1], [2, 3]))
    assert names(chart) == ["second"]
    assert chart.find(".//g[@class='line-0']") is None
    assert path(chart, 1) == "M0 1000L1000 0"


def test_arrays_of_numpy_are_drawn_as_lists_are():
    xs, ys = np.arange(3), np.float32([0.5, -0.25, 0.125])
    assert ET.tostring(drawn((xs, ys))) == ET.tostring(drawn(([0, 1, 2], ys.tolist())))


# ---- Names at the ends -------------------------------------------------------------------


@settings(deadline=None, derandomize=True, max_examples=400)
@given(
    wanted=st.lists(st.floats(0, 1), min_size=1, max_size=len(MARKS)),
    seed=st.integers(0, 2**32 - 1),
)
def test_names_are_apart_in_the_plot_in_order_and_near_their_lines(wanted, seed):
    places = np.array(spread(wanted, LINE_HEIGHT))
    order = np.argsort(wanted, kind="stable")
    assert (np.diff(places[order]) > LINE_HEIGHT - 1e-9).all()
    assert places.min() > -1e-9
    assert places.max() < 1 + 1e-9
    # No other such places are nearer to the wanted ones: a few hundred random others are not.
    slack = 1 - (len(wanted) - 1) * LINE_HEIGHT
    other = np.sort(np.random.default_rng(seed).random((300, len(wanted))) * slack, axis=1)
    other += LINE_HEIGHT * np.arange(len(wanted))
    mixed = 0.99 * places[order] + 0.01 * other  # and near ones, as the distance is convex
    sorted_ends = np.array(wanted)[order]
    least = ((places[order] - sorted_ends) ** 2).sum()
    for others in (other, mixed):
        assert (((others - sorted_ends) ** 2).sum(axis=1) > least - 1e-9).all()


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        ([], []),
        ([0.3], [0.3]),
        ([0.2, 0.9, 0.5], [0.2, 0.9, 0.5]),
        ([0.5, 0.5], [0.375, 0.625]),
        ([0.0, 0.0, 0.0], [0.0, 0.25, 0.5]),
        ([1.0, 0.9, 1.0], [0.75, 0.5, 1.0]),
    ],
)
def test_places_of_names_in_worked_cases(wanted, places):
    np.testing.assert_allclose(spread(wanted, 0.25), places, atol=1e-12)


def test_each_name_is_joined_to_the_last_number_of_its_line():
    chart = drawn(("low", [0, 1, 2], [0, 4, NAN]), ("high", [0, 1, 2], [8, 8, 10]), y_range=(0, 10))
    joins = [end.find("line") for end in ends(chart)]
    assert names(chart) == ["low", "high"]
    assert [(join.get("y1"), join.get("y2")) for join in joins] == [("60%", "60%"), ("0%", "0%")]
    on = [line.get("d") for line in chart.findall(".//path[@class='on']")]
    assert on == ["M500 600H1000", "M1000 0H1000"]


# ---- Words -------------------------------------------------------------------------------


def test_a_screen_reader_hears_the_numbers():
    chart = drawn(("max", [0, 1], [1, 0.725]), ("average", [-1], [-0.5]))
    assert chart.find("svg").get("role") == "img"
    assert label(chart) == ("Title. up over across. max: 1 at 0, 0.725 at 1. average: −0.5 at −1.")


def test_of_many_numbers_it_hears_the_ends_and_the_extremes():
    ys = [2.5, *[1.0] * 500, 0.25, NAN, *[1.0] * 496, 0.75]
    assert label(drawn((range(1000), ys))) == (
        "Title. up over across. line 0: 999 numbers from 2.5 at 0 to 0.75 at 999; "
        "the lowest 0.25 at 501, the highest 2.5 at 0."
    )


HOSTILE = """<script>alert("1")</script> & 'x'"""


def test_words_are_escaped_everywhere():
    chart = drawn((HOSTILE, [0], [1]), title=HOSTILE, x_label=HOSTILE, y_label=HOSTILE)
    assert names(chart) == [HOSTILE]
    assert list(chart.find("figcaption").itertext()) == [HOSTILE, HOSTILE]
    assert chart.findall(".//g[@class='below']/text")[-1].text == HOSTILE
    assert label(chart) == f"{HOSTILE}. {HOSTILE} over {HOSTILE}. {HOSTILE}: 1 at 0."
    assert chart.find(".//script") is None


def test_it_is_one_line_as_an_empty_one_would_end_html_in_markdown():
    html = line_chart("a\n\nb", "c\r\n\n d", "e", [("f\n\ng", [0], [1])])
    assert len(html.splitlines()) == 1
    assert ET.fromstring(html).find("figcaption/b").text == "a b"


@pytest.mark.parametrize(
    ("series", "y_range", "message"),
    [
        ([("a", [1, 2], [1])], None, "as many xs as ys.*2 xs and 1 ys for 'a'"),
        ([("a", [], [])] * 6, None, "at most 5 lines. Received: 6"),
        ([], (1, 1), r"y_range must be two finite.*\(1, 1\)"),
        ([], (1, 0), r"y_range must be two finite.*\(1, 0\)"),
        ([], (0, INF), r"y_range must be two finite.*inf"),
        ([], (NAN, 1), r"y_range must be two finite.*nan"),
    ],
)
def test_it_says_what_it_cannot_draw(series, y_range, message):
    with pytest.raises(ValueError, match=message):
        line_chart("a", "b", "c", series, y_range)


# ---- Colours -----------------------------------------------------------------------------

STYLE = style.sheets("chart")
COLOURS = re.findall(r"--colour: light-dark\((#\w{6}), (#\w{6})\)", STYLE)
CARDS = re.search(r"--card: light-dark\((#\w{6}), (#\w{6})\)", style.sheets("frame")).groups()
# How someone without one kind of cone sees, in linear RGB: Machado, Oliveira and Fernandes,
# "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), severity 1.
VISIONS = {
    "all cones": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def linear(colour):
    """A colour such as #ff8000 in linear RGB, each in [0, 1]."""
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(colour, ground):
    """The contrast of WCAG 2, from 1 to 21."""
    lights = sorted(linear(each) @ [0.2126, 0.7152, 0.0722] + 0.05 for each in (colour, ground))
    return lights[1] / lights[0]


def oklab(rgb):
    """Linear RGB as Oklab, where a difference of 0.02 is just seen (Ottosson, 2020)."""
    cones = [[0.4122, 0.5363, 0.0514], [0.2119, 0.6807, 0.1074], [0.0883, 0.2817, 0.6300]]
    axes = [[0.2105, 0.7936, -0.0041], [1.9780, -2.4286, 0.4506], [0.0259, 0.7828, -0.8087]]
    return np.array(axes) @ np.cbrt(np.array(cones) @ np.clip(rgb, 0, 1))


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_names_are_readable_on_the_card(theme):
    assert len(COLOURS) == len(MARKS)
    for colours in COLOURS:
        assert contrast(colours[theme], CARDS[theme]) >= 4.5, colours[theme]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("vision", VISIONS)
def test_colours_are_told_apart_by_the_colour_blind(vision, theme):
    seen = [oklab(np.array(VISIONS[vision]) @ linear(colours[theme])) for colours in COLOURS]
    for one, other in combinations(seen, 2):
        assert np.linalg.norm(one - other) > 0.08


def test_dashes_and_marks_tell_the_lines_apart_without_colour():
    dashes = re.findall(r"--dashes: ([^;]+);", STYLE)
    assert len(set(dashes)) == len(dashes) == len(set(MARKS)) == len(MARKS)


# ---- In a browser ------------------------------------------------------------------------

WIDTHS = (330, 700)
# Leaves in the page, as JSON, the box and the size of each text of each chart.
MEASURE = """<script>
  const box = ({ left, top, right, bottom }) => [left, top, right, bottom];
  const text = (element) => [
    element.textContent,
    box(element.getBoundingClientRect()),
    parseFloat(getComputedStyle(element).fontSize),
    getComputedStyle(element).fill,
  ];
  const measured = [...document.querySelectorAll(".chart")].map((chart) => [
    box(chart.getBoundingClientRect()),
    box(chart.querySelector("svg").getBoundingClientRect()),
    [...chart.querySelectorAll("text")].map(text),
    [...chart.querySelectorAll(".line")].map((line) => getComputedStyle(line).strokeDasharray),
  ]);
  document.body.innerHTML = "<pre>" + JSON.stringify(measured) + "</pre>";
</script>"""
CROWDED = [
    (name, [0, 2000, 5000], [i, 3, 2 + 0.01 * i])
    for i, name in enumerate(["max", "average", "a stride of 2", "training", "validation"])
]


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """What Chromium makes of a crowded chart, for each theme and width."""
    if not find_chromium():
        if os.environ.get("CI"):
            pytest.fail("CI needs a Chromium")
        pytest.skip("no Chromium or Chrome is installed")
    chart = line_chart("A title that is longer than a phone is wide", "batch", "loss", CROWDED)
    charts = "".join(
        f'<div class="stApp" style="color-scheme: {theme}; width: {width}px">{chart}</div>'
        for theme in ("light", "dark")
        for width in WIDTHS
    )
    text = style.sheets("frame", "chart")
    folder = tmp_path_factory.mktemp("chart")
    page = folder / "chart.html"
    page.write_text(f'<!doctype html><meta charset="utf-8"><style>{text}</style>{charts}{MEASURE}')
    command = [find_chromium(), *FLAGS, "--headless", f"--user-data-dir={folder / 'profile'}"]
    command += ["--dump-dom", page.as_uri()]
    dom = subprocess.run(command, capture_output=True, check=True, timeout=60, text=True).stdout
    return json.loads(dom.split("<pre>")[1].split("</pre>")[0])


def apart(one, other):
    (left, top, right, bottom), (its_left, its_top, its_right, its_bottom) = one, other
    return right <= its_left or its_right <= left or bottom <= its_top or its_bottom <= top


@pytest.mark.browser
def test_in_a_browser_no_text_lies_on_another_or_leaves_the_chart(measured):
    assert len(measured) == 2 * len(WIDTHS)
    for chart, _, texts, _ in measured:
        assert len(texts) == 5 + 5 + 3 + 1  # names, ticks, ticks, the name of the x axis
        for (one, box, *_), (other, its_box, *_) in combinations(texts, 2):
            assert apart(box, its_box), (one, other)
        for text, (left, top, right, bottom), *_ in texts:
            assert chart[0] <= left, text
            assert right <= chart[2], text
            assert chart[1] <= top, text
            assert bottom <= chart[3], text


@pytest.mark.browser
def test_in_a_browser_text_is_as_large_on_a_phone_as_on_a_screen(measured):
    for _, _, texts, _ in measured:
        assert {size for _, _, size, _ in texts} == {12.8}  # 0.8 of 16 pixels


@pytest.mark.browser
def test_in_a_browser_the_plot_takes_the_width_that_the_words_leave(measured):
    phone, screen = (measured[i][1] for i in (0, 1))
    assert (screen[2] - screen[0]) - (phone[2] - phone[0]) == pytest.approx(700 - 330)
    assert phone[2] - phone[0] > 140
    assert screen[3] - screen[1] == phone[3] - phone[1]


@pytest.mark.browser
def test_in_a_browser_names_have_the_colours_of_the_theme(measured):
    for index, (_, _, texts, dashes) in enumerate(measured):
        theme = index // len(WIDTHS)
        fills = {text: fill for text, *_, fill in texts}
        for (name, *_), colours in zip(CROWDED, COLOURS, strict=True):
            rgb = ", ".join(str(int(colours[theme][i : i + 2], 16)) for i in (1, 3, 5))
            assert fills[name] == f"rgb({rgb})"
        assert len(set(dashes)) == len(CROWDED)
