"""The Feature maps page through AppTest: what is opened, ordered, and said of addresses."""

import base64
import re

import numpy as np
import pytest

from cnnviz import networks
from cnnviz.export import keras_code
from cnnviz.inspection import gallery
from cnnviz.layers import Conv2D, Dense, Flatten
from cnnviz.session import in_use
from cnnviz.session.state import TRAINED, WEIGHTS
from tests.helpers import open_page, placed, sample, sent, set_to, words


def sample_activations(trained=True):
    return in_use.network("convnet", trained).forward(sample())


@pytest.mark.parametrize("layer", ["conv1", "pool1", "conv2", "pool2", "conv3"])
@pytest.mark.parametrize("weights", WEIGHTS)
def test_a_windowed_layer_opens_the_number_in_the_address(layer, weights):
    address = {"layer": layer, "channel": 5, "row": 2, "column": 1, "weights": weights}
    page = set_to(open_page("feature_maps", **address), "sample", 3)
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
    page = open_page("feature_maps", 3, layer="conv2", channel=29)
    maps = sample_activations()["conv2"]
    row, column = np.unravel_index(maps[:, :, 29].argmax(), (11, 11))
    assert (page.get_by_key("row").value, page.get_by_key("column").value) == (row, column)


@pytest.mark.parametrize(
    ("layer", "unit"), [("flatten", 575), ("flatten", 64), ("dense", 36), ("softmax", 3)]
)
def test_a_unit_after_flattening_is_explained(layer, unit):
    page = open_page("feature_maps", 3, layer=layer, unit=unit)
    value = sample_activations()[layer][unit]
    if layer == "flatten":
        row, column, channel = np.unravel_index(unit, (3, 3, 64))
        assert f"row {row}, column {column}, channel {channel}" in words(page)
        assert f"**{value:.4f}**" in words(page)
        return
    tables = placed(page)
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
    page = open_page("feature_maps", 3, **address)
    assert sentence in " ".join(warning.value for warning in page.warning)
    assert (page.get_by_key("layer").value, page.get_by_key("channel").value) == shown


@pytest.mark.slow
@pytest.mark.parametrize("order", ["number", "strength", "likeness"])
@pytest.mark.parametrize("scope", ["map", "layer", "network"])
def test_maps_can_be_ordered_and_scaled(order, scope):
    page = open_page("feature_maps", 3, layer="conv3", order=order, scope=scope, before="true")
    (pictures,) = sent(page, "order")
    assert sorted(pictures["order"]) == list(range(64))
    assert pictures["signed"] is True
    assert (pictures["end"] is None) == (scope == "map")


def test_a_layer_of_512_channels_is_shown_in_pages(monkeypatch):
    rng = np.random.default_rng(0)
    layers = (
        Conv2D("conv1", filters=512),
        Flatten("flatten"),
        Dense("softmax", 10, activation="softmax"),
    )
    spec = networks.NetworkSpec("wide", layers, 64)
    weights = [rng.normal(size=shape).astype(np.float32) for shape in spec.weight_shapes().values()]
    wide = networks.Network(spec, weights)
    monkeypatch.setattr(in_use, "network", lambda name, trained=True: wide)  # noqa: ARG005
    monkeypatch.setattr(keras_code, "code", lambda *_: "")  # it knows the shipped network only
    page = open_page("feature_maps", 3, layer="conv1", channel=511, order="number")
    (pictures,) = sent(page, "order")
    assert len(pictures["order"]) == gallery.PAGE_SIZE
    page.get_by_key("page").set_value(4).run()
    assert not page.exception
    (pictures,) = sent(page, "order")
    assert pictures["order"] == list(range(384, 512))
