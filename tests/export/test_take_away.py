import io
import json
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from cnnviz import mnist, networks
from cnnviz.export import figures, take_away
from cnnviz.inspection import gallery, opened
from cnnviz.labs import stacks
from cnnviz.runs import store

NETWORK = networks.load("convnet")
DIGIT = mnist.digit(18)
ACTIVATIONS = NETWORK.forward(DIGIT)


def is_slide(data):
    return Image.open(io.BytesIO(data)).size == (1920, 1080)


@pytest.mark.slow
@pytest.mark.parametrize("scope", gallery.SCOPES)
def test_all_maps_of_a_layer_become_a_slide(scope):
    values = ACTIVATIONS["conv3"]
    ends = gallery.ends(values, scope, ACTIVATIONS)
    shown = gallery.map_tiles("conv3", values, False, "strength", ends)
    download = take_away.pictures("All maps", shown)
    assert download.file_name == "conv3-all-64-maps-of-3-3.png"
    assert is_slide(download.make())


@pytest.mark.slow
@pytest.mark.parametrize(("name", "channel"), [("conv1", 9), ("conv2", 29), ("pool2", 30)])
def test_one_number_becomes_a_slide_that_says_its_sum(name, channel, monkeypatch):
    one = opened.open_map(NETWORK, DIGIT, ACTIVATIONS, name, channel)
    row, column = np.unravel_index(one.output.argmax(), one.output.shape)
    said = {}
    for function in ("products_png", "map_png"):
        original = getattr(figures, function)

        def spy(*arguments, original=original, **named):
            said["all"] = " ".join(map(str, (*arguments, *named.values())))
            return original(*arguments, **named)

        monkeypatch.setattr(figures, function, spy)
    download = take_away.number("This number", one, int(row), int(column))
    assert is_slide(download.make())
    assert f": {one.output.max():.3f}" in said["all"]
    if one.kernel is not None:
        count = opened.read_window(one, row, column).size
        assert f"sum of {count} products" in said["all"]


def test_the_numbers_of_a_layer_come_back_exactly():
    npz, csv = take_away.numbers("conv2", ACTIVATIONS["conv2"])
    with np.load(io.BytesIO(npz.make()), allow_pickle=False) as archive:
        np.testing.assert_array_equal(archive["conv2"], ACTIVATIONS["conv2"])
    table = np.genfromtxt(io.BytesIO(csv.make()), delimiter=",", names=True, dtype=None)
    assert (npz.file_name, csv.file_name) == ("conv2.npz", "conv2.csv")
    row = table[29]
    value = ACTIVATIONS["conv2"][row["row"], row["column"], row["channel"]]
    assert np.float32(row["value"]) == value


def test_the_digit_is_saved_pixel_by_pixel():
    image = Image.open(io.BytesIO(take_away.digit(DIGIT).make()))
    np.testing.assert_array_equal(np.asarray(image), mnist.read("x_test")[18])


def test_the_network_at_work_is_drawn_from_what_it_computed(monkeypatch):
    given = {}
    original = figures.network_png

    def spy(title, note, columns, probabilities):
        given.update(title=title, columns=columns, probabilities=probabilities)
        return original(title, note, columns, probabilities)

    monkeypatch.setattr(figures, "network_png", spy)
    slide, digit = take_away.at_work(NETWORK, lambda: DIGIT)
    assert is_slide(slide.make())
    assert str(ACTIVATIONS["softmax"].argmax()) in given["title"]
    np.testing.assert_array_equal(given["probabilities"], ACTIVATIONS["softmax"])
    names = [name for name, *_ in given["columns"]]
    assert names == ["input", "conv1", "pool1", "conv2", "pool2", "conv3"]
    for name, _, labels, maps in given["columns"][1:]:
        np.testing.assert_array_equal(maps, ACTIVATIONS[name][:, :, labels])
    pixels = np.asarray(Image.open(io.BytesIO(digit.make())))
    np.testing.assert_array_equal(pixels, (255 * DIGIT).round())


def test_a_blank_digit_still_gives_a_slide():
    blank = np.zeros((28, 28), np.float32)
    assert is_slide(take_away.network_png(blank, NETWORK.forward(blank)))


def test_the_boxes_of_a_slide_lie_in_each_other():
    stack = stacks.of_network("convnet")
    boxes = stacks.nested(28, stack)
    assert [field for _, _, field in boxes] == [3, 4, 8, 10, 18]
    for (_, first, field), (_, outer, wide) in pairwise(boxes):
        assert outer <= first
        assert first + field <= outer + wide
    assert is_slide(take_away.fields("What they see", DIGIT, boxes).make())


def test_a_finished_run_becomes_its_files_and_a_slide_of_its_curves(monkeypatch):
    run = store.shipped()
    network, weights, record, curves = take_away.run(run)
    assert network.file_name == "convnet.keras"
    assert network.make() == (networks.WEIGHTS_FOLDER / "convnet.keras").read_bytes()
    with np.load(io.BytesIO(weights.make())) as archive:
        np.testing.assert_array_equal(archive["conv1/kernel"], NETWORK.weights[0])
    assert json.loads(record.make()) == run.record
    drawn = []
    monkeypatch.setattr(figures.Slide, "plot", lambda _, *given: drawn.append(given[1:]))
    curves.make()
    (loss, *_, loss_lines), (accuracy, *_, accuracy_lines) = drawn
    assert (loss, accuracy) == ("loss", "accuracy")
    epochs = run.record["epochs"]
    assert loss_lines[0] == ("training", [1, 2, 3, 4, 5], [epoch["loss"] for epoch in epochs])
    assert accuracy_lines[1][2] == [epoch["test_accuracy"] for epoch in epochs]


def test_the_curves_are_drawn_on_a_slide():
    download = take_away.run(store.shipped())[-1]
    picture = Image.open(io.BytesIO(download.make())).convert("RGB")
    assert picture.size == (1920, 1080)
    # Each of the two lines has its own colour in each half of the slide.
    for half in (picture.crop((0, 244, 960, 924)), picture.crop((960, 244, 1920, 924))):
        colours = {colour for _, colour in half.getcolors(2**20)}
        assert {(31, 119, 180), (255, 127, 14)} <= colours
