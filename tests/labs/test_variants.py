"""The variants compared: every figure and sentence against Keras, the files and brute force."""

import itertools
import json
import re
from dataclasses import replace

import numpy as np
import pytest
from markupsafe import escape

from cnnviz import mnist, networks
from cnnviz.html import variants as variants_html
from cnnviz.html.png import png_address
from cnnviz.inspection.answer import Answer
from cnnviz.labs import variants
from cnnviz.layout.pages import PAGES
from cnnviz.networks import SPECS
from cnnviz.runs import records
from cnnviz.runs.records import Accuracy, Ratio
from cnnviz.training.build import build
from cnnviz.words import THIN_SPACE

ROWS = [variants.figures(variant) for variant in variants.VARIANTS]
each = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.variant.name)
DIGIT = mnist.digit(1234)


def plain(html):
    """The words of some HTML or Markdown, one space between them."""
    return " ".join(re.sub(r"<[^>]*>|\*\*", " ", html).replace(THIN_SPACE, "").split())


def with_accuracy(row, lowest, highest, runs=3):
    mean = (lowest + highest) / 2
    return replace(row, accuracy=Accuracy(runs, mean, lowest, highest, 10_000))


# ---- Which are shown -------------------------------------------------------------------


def test_every_convolutional_network_is_a_variant():
    with_maps = {name for name, spec in SPECS.items() if len(spec.shapes()[1]) == 3}
    assert {variant.name for variant in variants.VARIANTS} == with_maps
    assert variants.VARIANTS[0].name == variants.BOOK == "convnet"


@pytest.mark.parametrize("name", SPECS)
def test_every_network_is_said_to_be_something(name):
    words = variants.in_words(name).replace("\u202f", "")
    assert str(build(SPECS[name]).count_params()) in words
    assert ("no convolution" in words) == (name == "dense")


# ---- The figures -----------------------------------------------------------------------


@each
def test_shapes_and_parameters_are_those_of_keras(row):
    model = build(SPECS[row.variant.name])
    assert row.parameters == model.count_params()
    assert row.shapes == {layer.name: layer.output.shape[1:] for layer in model.layers}
    assert list(row.shapes) == [name for name in variants.layers() if name in row.shapes]
    with_maps = [name for name, shape in row.shapes.items() if len(shape) == 3]
    assert with_maps == [name for name in variants.maps() if name in row.shapes]


@pytest.mark.slow
@each
def test_the_last_map_sees_the_pixels_that_change_it(row):
    network = networks.Network(SPECS[row.variant.name], build(SPECS[row.variant.name]).weights)
    weights = [np.abs(np.asarray(weight)) + 0.01 for weight in network.weights]
    network = networks.Network(network.spec, weights)  # all positive: no pixel is lost in ReLU
    rng = np.random.default_rng(0)
    digit = rng.random((28, 28)).astype(np.float32)
    unit = (row.shapes["conv3"][0] // 2,) * 2
    seen = set()
    for at in range(28):  # a column made black: a large one wins its pool
        other = digit.copy()
        other[:, at] += 10
        before, after = (network.forward(image)["conv3"][unit] for image in (digit, other))
        if not np.array_equal(before, after):
            seen.add(at)
    assert len(seen) == row.sees
    assert row.share == pytest.approx(row.sees**2 / 784)


@each
def test_accuracies_and_times_are_those_of_the_files(row):
    files = networks.WEIGHTS_FOLDER.glob(f"records/{row.variant.name}-seed-*.json")
    measured = [json.loads(file.read_text("utf-8"))["test_accuracy"] for file in files]
    assert sorted(row.trainings) == sorted(measured)
    assert row.accuracy.mean == pytest.approx(np.mean(measured))
    speed = json.loads((networks.WEIGHTS_FOLDER / "speed.json").read_text("utf-8"))
    for what in ("training", "forward"):
        assert getattr(row, what) == Ratio(**speed["networks"][row.variant.name][what])


def test_the_times_of_every_variant_were_measured_in_turns():
    speed = records.speed()
    assert set(speed["networks"]) == {variant.name for variant in variants.VARIANTS}
    assert speed["rounds"] >= 5
    for name, row in speed["networks"].items():
        for ratio in row.values():
            assert 0 < ratio.lowest <= ratio.median <= ratio.highest
            assert (ratio == Ratio(1, 1, 1)) == (name == variants.BOOK)
    assert speed["versions"] == records.runs(variants.BOOK)[0]["versions"]
    # What has many times the multiply-adds takes longer, whatever the machine.
    assert speed["networks"]["convnet-unpooled"]["training"].lowest > 1.5
    assert speed["networks"]["convnet-strides"]["training"].median < 1


# ---- The measurement -------------------------------------------------------------------


# ---- In words --------------------------------------------------------------------------


@pytest.mark.parametrize(("runs", "other_runs"), [(3, 3), (3, 5), (2, 4), (1, 2)])
def test_the_odds_are_those_of_all_orders(runs, other_runs):
    orders = set(itertools.permutations([0] * runs + [1] * other_runs))
    apart = [order for order in orders if list(order) in (sorted(order), sorted(order)[::-1])]
    assert variants.odds(runs, other_runs) == len(orders) // len(apart)


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ((0.985, 0.991), "2 digits more of 10000; the ranges overlap, so the difference is no"),
        ((0.987, 0.995), "32 digits more of 10000; the ranges overlap"),
        ((0.990, 0.996), "52 digits more of 10000; the ranges do not touch"),
        ((0.983, 0.985), "38 digits fewer of 10000; the ranges do not touch, which two equally"),
        ((0.986, 0.98956), "on as many digits; the ranges overlap"),
    ],
)
def test_a_difference_is_called_chance_where_the_ranges_overlap(ends, expected):
    book = with_accuracy(ROWS[0], 0.98600, 0.98956, runs=5)
    words = plain(variants.compared_in_words(with_accuracy(ROWS[1], *ends), book))
    assert expected in words.replace(" ;", ";")
    assert ("1 of 28 such comparisons" in words) == ("do not touch" in words)


@each
def test_the_costs_in_words_are_ratios_of_the_figures(row):
    words = plain(variants.compared_in_words(row, ROWS[0]))
    number = re.search(r"(?:([\d.]+)× )?as many parameters", words).group(1)
    assert float(number or 1) == pytest.approx(row.parameters / ROWS[0].parameters, rel=0.05)
    number = re.search(r"(?:([\d.]+)× )?as long to train", words).group(1)
    assert float(number or 1) == pytest.approx(row.training.median, rel=0.05)


def test_networks_ahead_in_every_training_are_named_and_no_others():
    rows = [
        with_accuracy(ROWS[0], 0.980, 0.985, runs=5),
        with_accuracy(ROWS[1], 0.986, 0.990),
        with_accuracy(ROWS[2], 0.984, 0.987),
        with_accuracy(ROWS[3], 0.970, 0.975),
    ]
    book, same, strides, average = (row.variant.title for row in rows)
    words = plain(variants.apart_in_words(rows)).replace(" ;", ";").replace(" .", ".")
    assert f"training: {same} of {book} and {average};" in words
    assert f"{strides} of {average}; {book} of {average}." in words
    assert "up to 1 of 10 comparisons" in words
    assert variants.apart_in_words(rows[1:3]).startswith("All ranges overlap")


def test_the_spread_of_the_seeds_stands_beside_that_of_the_networks():
    rows = [with_accuracy(ROWS[0], 0.980, 0.986, runs=5), with_accuracy(ROWS[1], 0.988, 0.990)]
    words = plain(variants.seeds_in_words(rows))
    assert "by up to 60 of 10000 digits, as its 5 trainings show" in words
    assert words.endswith("The means of all 2 networks lie within 60 .")


def test_whether_the_networks_agree():
    sure, less, other = Answer(3, 0.99, 5, 0.01), Answer(3, 0.6, 5, 0.4), Answer(5, 0.7, 3, 0.3)
    words = variants.agreement_in_words([("A", sure), ("B", less)])
    assert words == "All 2 networks answer **3**; the least sure of it is B, with 60.0%."
    words = variants.agreement_in_words([("A", sure), ("B", other), ("C", less)])
    assert words == "They do not agree: **3** says A and C; **5** says B."


# ---- The table, the line and the stage -------------------------------------------------


def test_the_table_has_a_row_for_each_network_with_its_numbers_and_a_link():
    found = re.findall(r"<tr.*?</tr>", variants_html.table(ROWS))[1:]
    assert len(found) == len(ROWS)
    for html, row in zip(found, ROWS, strict=True):
        words = plain(html)
        for number in (row.parameters, row.multiply_adds, f"{row.accuracy.mean:.2%}"):
            assert f" {number} " in words
        assert f"{row.sees} × {row.sees}" in words
        assert f"{row.accuracy.runs} trainings" in words
        for name, shape in row.shapes.items():
            assert f"{name} {' × '.join(map(str, shape))}" in words
        address, name = re.search(r'<a href="([^"]*)" data-name="([^"]*)"', html).groups()
        assert name == row.variant.name
        assert address.split("?")[0] in {page.name for page in PAGES}


def test_every_training_stands_at_its_place_on_the_line():
    html = variants_html.strips(ROWS)
    low, high = (float(end) for end in re.findall(r"<span>([\d.]+)%</span>", html)[-2:])
    places = re.findall(r'class="run" style="left:([\d.]+)%"', html)
    accuracies = [low + (high - low) * float(place) / 100 for place in places]
    expected = [100 * accuracy for row in ROWS for accuracy in row.trainings]
    np.testing.assert_allclose(accuracies, expected, atol=0.001)
    assert html.count("listitem") == len(ROWS)


def answered(digit):
    return [
        (row.variant, networks.load(row.variant.name).forward(digit) if digit is not None else None)
        for row in ROWS
    ]


def test_the_stage_shows_each_networks_answer_and_its_strongest_maps():
    pairs = answered(DIGIT)
    html = variants_html.stage(pairs)
    said = re.findall(r"answers\">(\d)</output><div><b>([\d.]+)%", html)
    for (digit, share), (_, found) in zip(said, pairs, strict=True):
        assert int(digit) == found["softmax"].argmax()
        assert float(share) == pytest.approx(100 * found["softmax"].max(), abs=0.0501)
    for variant, found in pairs:
        for name in variants.maps():
            if name not in found:
                continue
            values = found[name]
            order = np.argsort(-values.max(axis=(0, 1)), kind="stable")[:4]
            for channel in order:
                url = png_address(values[:, :, channel], values.max())
                words = f"{name} of {variant.title}, channel {channel}"
                assert f'<img src="{url}" alt="{escape(words)}">' in html


def test_a_dead_map_says_so_and_is_counted():
    ((variant, found),) = answered(DIGIT)[:1]
    html = variants_html.stage([(variant, found | {"conv1": np.zeros((2, 2, 5), np.float32)})])
    conv1 = html.split("<h3>")[2]
    assert conv1.count(": all zero</span>") == 4
    assert "<span>5 of 5 all zero</span>" in conv1
    values = np.ones((2, 2, 5), np.float32)
    values[:, :, 3] = 0
    conv1 = variants_html.stage([(variant, found | {"conv1": values})]).split("<h3>")[2]
    assert ": all zero" not in conv1
    assert "<span>1 of 5 all zero</span>" in conv1


def test_nothing_drawn_has_the_same_frame_and_no_answer():
    blank, drawn = variants_html.stage(answered(None)), variants_html.stage(answered(DIGIT))
    for part in ('class="map"', 'class="row"', "<figure", "<li"):
        assert blank.count(part) == drawn.count(part)
    assert "<img" not in blank
    assert "Nothing is drawn yet" in blank
    assert "%</b>" not in blank


# ---- The page --------------------------------------------------------------------------
