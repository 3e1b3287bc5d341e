"""What comes in by the address: settings, and text that nobody of the app wrote."""

import base64
import json
import re
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnnviz import mnist, words
from cnnviz.session import in_use
from cnnviz.session.digit import samples
from cnnviz.session.state import TRAINED, WEIGHTS

PAGES = Path(__file__).parents[2] / "pages"
HOSTILE = [
    "![a](http://x/t.png)[Sign in](https://e)",
    "<img src=x onerror=alert(1)>",
    "`![a](http://x/t.png)`",
    "a\n\n# b",
    "$x$ :red[y] www.e.com",
    "x" * 5000,
]


def opened(name, **address):
    """A page about the test digit 4, with that address."""
    page = AppTest.from_file(str(PAGES / f"{name}.py"), default_timeout=20)
    page.query_params.update({"sample": "4", **address})
    page.run()
    return page


def in_plain_text(markdown, text):
    """Whether Markdown shows the beginning of a text as code, and nothing of it otherwise."""
    code = re.findall("`([^`]*)`", markdown)
    return len(code) == markdown.count("`") / 2 == 1 and text.startswith(code[0].strip("“…”"))


# ---- Text from outside -------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE[:2])
@pytest.mark.parametrize(
    ("page", "name", "address"),
    [
        ("feature_maps", "layer", {}),
        ("feature_maps", "channel", {}),
        ("feature_maps", "unit", {"layer": "dense"}),
        ("filters", "conv", {}),
        ("filters", "filter", {}),
    ],
)
def test_what_an_address_asks_for_in_vain_is_quoted_as_plain_text(page, name, address, text):
    shown = opened(page, **address, **{name: text})
    assert not shown.exception
    (warning,) = shown.warning
    assert in_plain_text(warning.value, " ".join(text.replace("`", "'").split()))
    assert len(warning.value) < 120


@pytest.mark.parametrize("text", HOSTILE)
def test_quoted_text_is_one_piece_of_code(text):
    quoted = words.quoted(text)
    assert in_plain_text(quoted, " ".join(text.replace("`", "'").split()))
    assert len(quoted) <= words.QUOTED + len("`“”`")


def test_quoted_text_is_what_it_was_if_it_is_short():
    assert words.quoted("conv9") == "`“conv9”`"
    assert words.quoted("") == "`“”`"
    assert words.quoted("a\u202eb\x00c") == "`“a b c”`"


# ---- Settings that stand in the address ----------------------------------------------------

BAD = ["", "inf", "-inf", "nan", "1e400", "-1", "x", "1.5", "9" * 5000]
BOUND = {
    "feature_maps": ["layer", "weights", "order", "scope", "before", "channel", "row", "column"],
    "filters": ["conv", "filter", "weights"],
    "receptive_field": ["kind1", "window2", "stride3", "padding5"],
}


@pytest.mark.parametrize("value", BAD)
@pytest.mark.parametrize("page", BOUND)
def test_an_address_that_no_setting_can_take_is_as_good_as_none(page, value):
    plain, shown = opened(page), opened(page, **dict.fromkeys(BOUND[page], value))
    assert not shown.exception
    for name in BOUND[page]:
        assert name not in shown.query_params
        assert shown.get_by_key(name).value == plain.get_by_key(name).value
    shown.run()
    assert not shown.exception
    assert not shown.warning


@pytest.mark.parametrize("value", BAD)
def test_a_unit_that_there_cannot_be_is_the_first(value):
    page = opened("feature_maps", layer="dense", unit=value)
    assert not page.exception
    assert page.get_by_key("unit").value == 0
    assert dict(page.query_params) == {"sample": "4", "layer": "dense"}


def test_a_bad_value_takes_no_other_with_it_and_its_setting_stays_in_the_address():
    page = opened("feature_maps", channel="inf", row="3")
    assert page.query_params == {"sample": "4", "row": "3"}
    assert page.get_by_key("row").value == 3
    assert page.get_by_key("channel").proto.query_param_key == "channel"


def test_only_the_table_binds_a_setting_to_the_address():
    root = PAGES.parent
    for path in (*root.glob("pages/*.py"), *root.glob("cnnviz/**/*.py")):
        binds = '"query-params"' in path.read_text(encoding="utf-8")
        assert binds == (path.relative_to(root) == Path("cnnviz/session/state.py"))


# ---- What the page shows by the address ----------------------------------------------------


@pytest.mark.parametrize("page", ["feature_maps", "filters"])
@pytest.mark.parametrize("weights", WEIGHTS)
def test_the_first_picture_is_of_the_weights_that_the_address_asks_for(page, weights):
    where = {"layer": "conv2", "channel": "30", "conv": "conv2", "filter": "30"}
    shown = opened(page, weights=weights, **where)
    network = in_use.network("convnet", weights == TRAINED)
    activations = network.forward(mnist.digit(samples()[4]))
    said = " ".join(element.proto.body for element in shown.get("html"))
    digit = int(activations["softmax"].argmax())
    assert f"answers <b>{digit}</b> ({activations['softmax'][digit]:.1%})" in said
    pictures = [json.loads(element.proto.json) for element in shown.get("bidi_component")]
    maps = [
        np.frombuffer(base64.b64decode(data["numbers"]), "<f4")
        for data in pictures
        if "numbers" in data
    ]
    expected = np.sort(activations["conv2"], axis=None)  # the maps may be in another order
    assert any(np.array_equal(np.sort(numbers), expected) for numbers in maps)


def test_a_layer_that_the_address_takes_out_of_the_stack_has_no_settings_at_once():
    page = opened("receptive_field", kind2="None")
    parts = ("window2", "stride2", "padding2")
    assert [page.get_by_key(part).disabled for part in parts] == [True] * 3
    assert not page.get_by_key("kind2").disabled
