"""Every page through Streamlit's AppTest, without a browser."""

import base64
import io
import json
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from cnnviz import ink, mnist, networks
from cnnviz.export import keras_code
from cnnviz.inspection import gallery, opened
from cnnviz.layers import Conv2D, Dense, Flatten
from cnnviz.runs import records
from cnnviz.session import board, in_use
from cnnviz.session.state import TRAINED, WEIGHTS
from tests.acting import draw, draw_on_probe, path_object

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "pages").glob("*.py"))
DRAW = ROOT / "pages" / "draw.py"


def open_page(path=DRAW):
    page = AppTest.from_file(str(path), default_timeout=20).run()
    assert not page.exception
    return page


def html(page):
    """All the HTML that the page's own components show."""
    shown = [json.loads(element.proto.json) for element in page.get("bidi_component")]
    return " ".join(html for data in shown for html in data.get("html", {}).values())


def said(page):
    return re.search(r'class="said"[^>]*>([^<]*)<', html(page)).group(1)


def shown_probabilities(page):
    return [float(number) for number in re.findall(r"<span>([\d.]+)%</span></li>", html(page))]


SEVEN = [[(70, 70), (205, 66), (150, 180), (130, 235)]]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_page_runs_by_itself(path):
    page = open_page(path)
    assert page.subheader


def test_the_app_shows_the_draw_page_and_can_go_to_every_other():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20).run()
    assert not app.exception
    assert "Draw a digit" in [heading.value for heading in app.subheader]
    for path in PAGES:
        app.switch_page(f"pages/{path.name}").run()
        assert not app.exception
        assert app.subheader


def test_nothing_drawn_is_a_state_with_a_sentence():
    page = open_page()
    assert said(page) == "–"
    assert "Nothing is drawn yet" in html(page)
    assert shown_probabilities(page) == []


def test_a_drawing_gets_the_networks_answer():
    page = draw(open_page(), SEVEN)
    digit = ink.digit_from_strokes(SEVEN, board.SIDE, 20)
    expected = networks.load("convnet").forward(digit)["softmax"]
    assert said(page) == str(expected.argmax()) == "7"
    np.testing.assert_allclose(shown_probabilities(page), 100 * expected, atol=0.05001)


@pytest.mark.parametrize("label", range(10))
def test_every_sample_digit_is_answered(label):
    page = open_page()
    page.get_by_key("sample").set_value(label).run()
    assert not page.exception
    index = int(np.argmax(mnist.read("y_test") == label))
    probabilities = networks.load("convnet").forward(mnist.digit(index))["softmax"]
    assert said(page) == str(probabilities.argmax())
    assert "test digit of MNIST" in html(page)


def test_letting_a_sample_go_brings_the_drawing_back():
    page = draw(open_page(), SEVEN)
    page.get_by_key("sample").set_value(3).run()
    assert said(page) == "3"
    page.get_by_key("sample").set_value(None).run()
    assert said(page) == "7"


def test_clear_wipes_drawing_and_sample():
    page = draw(open_page(), SEVEN)
    page.button[0].click().run()
    assert said(page) == "–"
    page.get_by_key("sample").set_value(5).run()
    page.button[0].click().run()
    assert said(page) == "–"
    assert page.get_by_key("sample").value is None


def test_the_switch_makes_the_network_read_the_raw_digit():
    small_seven = [[(10, 10), (40, 10), (28, 45)]]
    page = draw(open_page(), small_seven)
    page.get_by_key("framing").set_value("As drawn").run()
    raw = ink.digit_from_strokes(small_seven, board.SIDE, 20, framed=False)
    expected = networks.load("convnet").forward(raw)["softmax"]
    np.testing.assert_allclose(shown_probabilities(page), 100 * expected, atol=0.05001)


def test_the_drawing_and_the_settings_outlive_a_visit_to_another_page():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20).run()
    app.get_by_key("pen").set_value(30).run()
    draw(app, SEVEN)
    app.switch_page("pages/network.py").run()
    app.switch_page("pages/draw.py").run()
    assert said(app) == "7"
    assert app.get_by_key("pen").value == 30


def png(pixels):
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def test_an_upload_is_answered_and_an_unusable_one_loses_nothing():
    page = open_page()
    nine = int(np.argmax(mnist.read("y_test") == 9))
    data = png(255 - mnist.read("x_test")[nine])
    page.get_by_key("upload").set_value(("nine.png", data, "image/png")).run()
    assert not page.exception
    assert said(page) == "9"
    page.get_by_key("upload").set_value(("text.png", b"no picture", "image/png")).run()
    assert not page.exception
    assert [warning.value for warning in page.warning] == [
        "This file is not a picture that can be read: use PNG, JPEG, WebP, GIF or BMP."
    ]
    assert said(page) == "9"


def test_a_blank_upload_is_nothing_drawn():
    page = open_page()
    data = png(np.full((50, 60), 200, np.uint8))
    page.get_by_key("upload").set_value(("blank.png", data, "image/png")).run()
    assert not page.exception
    assert said(page) == "–"


def test_a_scribble_is_said_to_be_unlike_a_digit():
    cross = [[(60, 60), (220, 220)], [(220, 60), (60, 220)], [(140, 40), (140, 240)]]
    page = draw(open_page(), cross)
    assert "does not look like the digits" in html(page)
    assert said(page) in "0123456789"


def test_the_accuracy_stated_is_the_one_measured():
    measured = records.accuracy("convnet")
    captions = " ".join(caption.value for caption in open_page().caption)
    for value in (measured.mean, measured.lowest, measured.highest):
        assert f"{value:.1%}" in captions


def test_the_layer_table_states_every_shape_and_parameter_count():
    table = open_page(ROOT / "pages" / "network.py").markdown[1].value
    expected = {
        "conv1": ("26 × 26 × 32", "320"),
        "pool1": ("13 × 13 × 32", "0"),
        "conv2": ("11 × 11 × 64", "18 496"),
        "pool2": ("5 × 5 × 64", "0"),
        "conv3": ("3 × 3 × 64", "36 928"),
        "flatten": ("576", "0"),
        "dense": ("64", "36 928"),
        "softmax": ("10", "650"),
    }
    rows = [row for row in table.splitlines() if row.startswith("| **")]
    assert len(rows) == len(expected)
    for row, (name, (shape, parameters)) in zip(rows, expected.items(), strict=True):
        cells = [cell.strip() for cell in row.replace("\N{NARROW NO-BREAK SPACE}", " ").split("|")]
        assert (cells[1], cells[3], cells[5]) == (f"**{name}**", shape, parameters)


# ---- Receptive field -------------------------------------------------------------------

FIELD = ROOT / "pages" / "receptive_field.py"


def field_rows(page):
    """The cells of the table of receptive fields, by layer."""
    table = next(text.value for text in page.markdown if text.value.startswith("| layer | output"))
    rows = [row.split("|")[1:-1] for row in table.splitlines()[2:]]
    return {row[0].strip(" *"): [cell.strip() for cell in row[1:]] for row in rows}


def field_layers(page):
    """The layers that the receptive-field view was sent."""
    sent = (json.loads(element.proto.json) for element in page.get("bidi_component"))
    return next(data["layers"] for data in sent if "never" in data)


def test_the_receptive_fields_of_the_shipped_network():
    page = open_page(FIELD)
    assert field_rows(page) == {
        "conv1": ["26 × 26", "3 × 3", "1", "1", "26", "1.1%"],
        "pool1": ["13 × 13", "4 × 4", "2", "1.5", "25.5", "2.0%"],
        "conv2": ["11 × 11", "8 × 8", "2", "3.5", "23.5", "8.2%"],
        "pool2": ["5 × 5", "10 × 10", "4", "4.5", "20.5", "12.8%"],
        "conv3": ["3 × 3", "18 × 18", "4", "8.5", "16.5", "41.3%"],
    }
    assert page.get_by_key("preset").value == "This network"
    assert not page.warning


def test_the_finding_is_stated_with_its_numbers():
    words = " ".join(text.value for text in open_page(FIELD).markdown)
    words = words.replace("\N{NO-BREAK SPACE}", " ")
    for part in ("**26 and 27**", "**108 of the 784 pixels**", "**pool2**", "11 × 11"):
        assert part in words


@pytest.mark.parametrize(
    ("preset", "last", "output", "field"),
    [
        ("Without pooling", "conv3", "22 × 22", "7 × 7"),
        ("Stride 2 instead of pooling", "conv3", "4 × 4", "15 × 15"),
        ("5 × 5 kernels", "pool2", "4 × 4", "16 × 16"),
        ("Same padding", "conv3", "7 × 7", "18 × 18"),
    ],
)
def test_every_preset_shows_its_fields_beside_the_networks(preset, last, output, field):
    page = open_page(FIELD)
    page.get_by_key("preset").set_value(preset).run()
    assert not page.exception
    assert page.get_by_key("preset").value == preset
    rows = field_rows(page)
    assert list(rows)[-1] == last
    shown = [cell.removeprefix("**").split("**")[0] for cell in rows[last][:2]]
    assert shown == [output, field]
    if last == "conv3" and field != "18 × 18":
        assert rows[last][1].endswith(":gray[instead of 18 × 18]")
    assert [layer["name"] for layer in field_layers(page)] == ["input", *rows]
    page.get_by_key("preset").set_value("This network").run()
    assert "conv3" in field_rows(page)
    assert page.get_by_key("padding1").value == "valid"


def test_an_impossible_stack_says_which_layer_and_why_and_keeps_the_others():
    page = open_page(FIELD)
    page.get_by_key("preset").set_value("5 × 5 kernels").run()
    assert [warning.value for warning in page.warning] == [
        "conv3 has no output: its 5 × 5 window does not fit into the 4 × 4 map that pool2 leaves."
    ]
    assert len(field_layers(page)) == 5
    page.get_by_key("window3").set_value(3).run()
    assert not page.exception
    assert not page.warning
    assert page.get_by_key("preset").value is None
    assert len(field_layers(page)) == 6


def test_a_stack_of_no_layers_is_a_state_with_a_sentence():
    page = open_page(FIELD)
    for place in range(1, 7):
        page.get_by_key(f"kind{place}").set_value("none")
    page.run()
    assert not page.exception
    assert "no layer" in " ".join(text.value for text in page.markdown)


def test_six_layers_of_which_one_was_added():
    page = open_page(FIELD)
    page.get_by_key("kind6").set_value("max pooling").run()
    assert list(field_rows(page))[-1] == "pool3"
    assert field_rows(page)["pool3"][:2] == ["1 × 1", "26 × 26"]


def test_the_stack_comes_from_the_address_and_what_it_does_not_know_falls_back():
    page = AppTest.from_file(str(FIELD), default_timeout=20)
    page.query_params.update({"kind2": "None", "kind4": "None", "stride1": "9", "padding5": "?"})
    page.run()
    assert not page.exception
    assert list(field_rows(page)) == ["conv1", "conv2", "conv3"]
    assert page.get_by_key("stride1").value == 1
    assert page.get_by_key("preset").value == "Without pooling"


def test_a_stroke_in_the_never_read_rows_changes_nothing():
    page = open_page(FIELD)
    page.get_by_key("sample").set_value(3).run()
    next(button for button in page.button if button.label == "Draw one there for me").click().run()
    assert not page.exception
    words = " ".join(text.value for text in page.markdown)
    assert "none of them is ever read" in words
    assert "Not one of the ten probabilities changed" in words
    next(button for button in page.button if button.label == "Clear the stroke").click().run()
    assert "No stroke yet" in " ".join(text.value for text in page.markdown)


def test_a_stroke_through_the_digit_is_read():
    page = open_page(FIELD)
    page.get_by_key("sample").set_value(3).run()
    stroke = path_object([(30, 140), (250, 140)], pen=10)
    draw_on_probe(page, stroke)
    words = " ".join(text.value for text in page.markdown)
    assert "pixels of your stroke are read" in words
    assert "The answer" in words


# ---- Feature maps ----------------------------------------------------------------------

FEATURE_MAPS = ROOT / "pages" / "feature_maps.py"
FILTERS = ROOT / "pages" / "filters.py"


def open_with_digit(path, label=3, **address):
    """A page about a test digit, with that address."""
    page = AppTest.from_file(str(path), default_timeout=20)
    for name, value in address.items():
        page.query_params[name] = str(value)
    page.run()
    page.get_by_key("sample").set_value(label).run()
    assert not page.exception
    return page


def sent(page, name):
    """What the page sent to its component whose data has that key."""
    shown = [json.loads(element.proto.json) for element in page.get("bidi_component")]
    return [data for data in shown if name in data]


def words(page):
    return " ".join(element.value for element in page.markdown)


def sample_activations(label=3, trained=True):
    network = in_use.network("convnet", trained)
    index = int(np.argmax(mnist.read("y_test") == label))
    return network.forward(mnist.digit(index))


@pytest.mark.parametrize("layer", ["conv1", "pool1", "conv2", "pool2", "conv3"])
@pytest.mark.parametrize("weights", WEIGHTS)
def test_a_windowed_layer_opens_the_number_in_the_address(layer, weights):
    page = open_with_digit(FEATURE_MAPS, layer=layer, channel=5, row=2, column=1, weights=weights)
    maps = sample_activations(trained=weights == TRAINED)[layer]
    (view,) = sent(page, "at")
    assert view["at"] == {"row": 2, "column": 1}
    output = np.frombuffer(base64.b64decode(view["output"]["numbers"]), "<f4")
    np.testing.assert_array_equal(output.reshape(maps.shape[:2]), maps[:, :, 5])
    (pictures,) = sent(page, "order")
    assert pictures["chosen"] == 5
    assert pictures["cell"] == {"row": 2, "column": 1}
    peak = maps[:, :, 5].max()
    expected = f"**{peak:.2f}**" if peak > 0 else "**all zero**"
    assert expected in words(page)
    assert "all 64" in pictures["title"] or "all 32" in pictures["title"]


def test_a_new_visit_opens_the_strongest_number():
    page = open_with_digit(FEATURE_MAPS, layer="conv2", channel=29)
    maps = sample_activations()["conv2"]
    row, column = np.unravel_index(maps[:, :, 29].argmax(), (11, 11))
    assert (page.get_by_key("row").value, page.get_by_key("column").value) == (row, column)


@pytest.mark.parametrize(
    ("layer", "unit"), [("flatten", 575), ("flatten", 64), ("dense", 36), ("softmax", 3)]
)
def test_a_unit_after_flattening_is_explained(layer, unit):
    page = open_with_digit(FEATURE_MAPS, layer=layer, unit=unit)
    value = sample_activations()[layer][unit]
    if layer == "flatten":
        row, column, channel = np.unravel_index(unit, (3, 3, 64))
        assert f"row {row}, column {column}, channel {channel}" in words(page)
        assert f"**{value:.4f}**" in words(page)
        return
    tables = " ".join(element.proto.body for element in page.get("html"))
    numbers = [float(number) for number in re.findall(r'<data value="([^"]+)"', tables)]
    assert any(abs(number - value) < 1e-5 for number in numbers)
    by_name = dict(re.findall(r'<tr class="(\w+)">.*?<data value="([^"]+)"', tables))
    rows = [float(value) for value in numbers[:8]]
    total = sum(rows) + float(by_name["rest"]) + float(by_name["bias"])
    assert abs(total - float(by_name["before"])) < 1e-4


@pytest.mark.parametrize(
    ("address", "sentence", "shown"),
    [
        ({"layer": "conv9"}, "no layer called `“conv9”`", ("conv1", 0)),
        ({"layer": "conv1", "channel": 40}, "no channel `“40”`", ("conv1", 0)),
        ({"layer": "conv2", "channel": "seven"}, "no channel `“seven”`", ("conv2", 0)),
    ],
)
def test_an_address_that_asks_for_what_is_not_there_is_answered(address, sentence, shown):
    page = AppTest.from_file(str(FEATURE_MAPS), default_timeout=20)
    page.query_params["sample"] = "3"
    for name, value in address.items():
        page.query_params[name] = str(value)
    page.run()
    assert not page.exception
    assert sentence in " ".join(warning.value for warning in page.warning)
    assert (page.get_by_key("layer").value, page.get_by_key("channel").value) == shown


def test_without_a_digit_a_sample_is_offered():
    for path in (FEATURE_MAPS, FILTERS):
        page = open_page(path)
        assert "Nothing is drawn yet" in " ".join(e.proto.body for e in page.get("html"))
        page.get_by_key("sample").set_value(8).run()
        assert not page.exception
        assert sent(page, "order")


@pytest.mark.parametrize("order", ["number", "strength", "likeness"])
@pytest.mark.parametrize("scope", ["map", "layer", "network"])
def test_maps_can_be_ordered_and_scaled(order, scope):
    page = open_with_digit(FEATURE_MAPS, layer="conv3", order=order, scope=scope, before="true")
    (pictures,) = sent(page, "order")
    assert sorted(pictures["order"]) == list(range(64))
    assert pictures["signed"] is True
    assert (pictures["end"] is None) == (scope == "map")


def test_a_layer_of_512_channels_is_shown_in_pages(monkeypatch):
    rng = np.random.default_rng(0)
    layers = (Conv2D("conv1", filters=512), Flatten("flatten"), Dense("softmax", 10, "softmax"))
    spec = networks.NetworkSpec("wide", layers, 64)
    weights = [rng.normal(size=shape).astype(np.float32) for shape in spec.weight_shapes().values()]
    wide = networks.Network(spec, weights)
    monkeypatch.setattr(in_use, "network", lambda name, trained=True: wide)  # noqa: ARG005
    monkeypatch.setattr(keras_code, "code", lambda *_: "")  # it knows the shipped network only
    page = open_with_digit(FEATURE_MAPS, layer="conv1", channel=511, order="number")
    (pictures,) = sent(page, "order")
    assert len(pictures["order"]) == gallery.PAGE_SIZE
    page.get_by_key("page").set_value(4).run()
    assert not page.exception
    (pictures,) = sent(page, "order")
    assert pictures["order"] == list(range(384, 512))


# ---- Filters ---------------------------------------------------------------------------


@pytest.mark.parametrize("layer", ["conv1", "conv2", "conv3"])
def test_a_filters_weights_bias_and_norm_are_those_of_the_network(layer):
    page = open_with_digit(FILTERS, conv=layer, filter=7)
    for trained, title in ((True, "Trained"), (False, "Before training")):
        kernel, bias = in_use.network("convnet", trained).layer(layer)[2]
        expected = kernel[:, :, 0, :] if layer == "conv1" else kernel[:, :, :, 7]
        (pictures,) = [data for data in sent(page, "order") if data["title"].startswith(title)]
        shown = np.frombuffer(base64.b64decode(pictures["numbers"]), "<f4")
        np.testing.assert_array_equal(shown.reshape(expected.shape), expected)
        if trained:
            assert f"norm **{np.sqrt((kernel[..., 7] ** 2).sum()):.3f}**" in words(page)
            assert f"{abs(bias[7]):.3f}" in words(page)


@pytest.mark.parametrize("layer", ["conv1", "conv2", "conv3"])
def test_the_responses_of_a_filter_add_up_to_its_map_before_relu(layer):
    page = open_with_digit(FILTERS, conv=layer, filter=7)
    network = in_use.network("convnet")
    index = int(np.argmax(mnist.read("y_test") == 3))
    digit = mnist.digit(index)
    activations = network.forward(digit)
    before = opened.sums_before(network, digit, activations, layer)[:, :, 7]
    bias = network.layer(layer)[2][1][7]
    (pictures,) = [data for data in sent(page, "order") if data["inset"]]
    shown = np.frombuffer(base64.b64decode(pictures["numbers"]), "<f4")
    total = shown.reshape(*before.shape, -1).sum(axis=2) + bias
    np.testing.assert_allclose(total, before, atol=1e-5)


def test_an_address_with_an_unknown_filter_is_answered():
    page = AppTest.from_file(str(FILTERS), default_timeout=20)
    page.query_params["conv"], page.query_params["filter"] = "pool1", "99"
    page.run()
    assert not page.exception
    said = " ".join(warning.value for warning in page.warning)
    assert "“pool1”" in said
    assert "“99”" in said


def test_the_stack_outlives_a_visit_to_another_page():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20).run()
    app.switch_page("pages/receptive_field.py").run()
    app.get_by_key("preset").set_value("Without pooling").run()
    app.switch_page("pages/network.py").run()
    app.switch_page("pages/receptive_field.py").run()
    assert app.get_by_key("preset").value == "Without pooling"
    assert field_rows(app)["conv3"][0].startswith("**22 × 22**")


def test_pressing_the_chosen_preset_again_changes_nothing():
    page = open_page(FIELD)
    page.get_by_key("preset").set_value("Same padding").run()
    page.get_by_key("preset").set_value(None).run()
    assert not page.exception
    assert page.get_by_key("preset").value == "Same padding"
