"""The page to take home, as a text; tests/browser/test_home.py opens it."""

import base64
import json
import re

import pytest

from cnnviz import mnist, networks
from cnnviz.components.modules import imports_of, with_imports
from cnnviz.export import home

SAMPLES = mnist.read("x_test")[:10].tobytes()
DRAWING = {"objects": [{"type": "</script><script>alert(1)</script>", "path": []}]}


def page(name="convnet", drawing=None, digits=None):
    return home.live_page(networks.load(name), drawing, digits, True, (280, 20), SAMPLES).decode()


def test_it_is_small_enough_to_be_mailed():
    assert len(page()) < 1.5e6


def test_it_asks_for_nothing():
    text = re.sub(r"data:[\w/-]+;base64,[\w+/=]+", "", page())
    assert not re.search(r'(src|href)="|@import|https?://|url\(', text)


def test_every_module_is_there_once_under_the_name_that_others_import():
    modules = json.loads(re.search(r'type="importmap">(.*?)</script>', page()).group(1))["imports"]
    texts = with_imports(home.START)
    assert set(modules) == {f"cnnviz/{path}" for path in texts}
    assert "board/view.js" in texts
    assert "network_view/view.js" in texts
    for address in modules.values():
        text = base64.b64decode(address.split(",")[1]).decode()
        assert imports_of(text) == [], "what is imported has a name, no place"


@pytest.mark.parametrize("name", ["convnet", "dense", "convnet-strides"])
def test_it_has_the_network_in_use(name):
    layers = messages(page(name))["network"]["layers"]
    assert [layer["name"] for layer in layers[1:]] == [
        layer.name for layer in networks.SPECS[name].layers
    ]


def messages(text):
    return json.loads(re.search(r'id="messages">(.*?)</script>', text, re.S).group(1))


def test_it_begins_with_what_was_seen():
    digit = mnist.digit(3)
    sent = messages(page(digits=(digit, digit)))
    assert len(sent["network"]["digits"]) == 1
    drawn = messages(page(drawing=DRAWING))
    assert drawn["network"]["digits"] is None
    assert drawn["board"]["initialDrawing"]["objects"] == DRAWING["objects"]


def test_nothing_that_is_drawn_ends_the_script_that_has_it():
    assert page(drawing=DRAWING).count("<script") == page().count("<script")
