"""The live network taken home: opened from disk, with nothing to fetch anything from."""

import numpy as np
import pytest
from playwright.sync_api import expect

from cnnviz import ink, networks
from cnnviz.digits.drawing import strokes_from_drawing
from tests.helpers import DESKTOP, PHONE, new_tab, sample, wait_until
from tools.browser import draw, wait_for_strokes
from tools.strokes import SEVEN, THREE

LISTEN = """window.addEventListener("cnnviz:drawing", ({ detail }) => {
  window.drawing = JSON.parse(JSON.stringify(detail));
})"""
NETWORK = networks.load("convnet")


@pytest.fixture
def saved(page, tmp_path):
    """The page that is downloaded once a three is drawn."""
    draw(page, THREE)
    wait_for_strokes(page, 2)
    with page.expect_download() as download:
        page.get_by_role("button", name="The live network (HTML)").click()
    file = tmp_path / "network.html"
    download.value.save_as(file)
    return file


@pytest.fixture(params=["laptop", "phone"])
def home(request, chromium, saved):
    options = {"laptop": {"viewport": DESKTOP}, "phone": {"viewport": PHONE, "has_touch": True}}
    tab = new_tab(chromium, offline=True, **options[request.param])
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.add_init_script(LISTEN)
    tab.goto(saved.as_uri())
    tab.locator("canvas.upper-canvas").wait_for()
    yield tab
    assert [url for url in asked if not url.startswith(("data:", saved.as_uri()))] == []
    assert tab.errors == []
    tab.context.close()


def answer(tab):
    return tab.locator(".network").get_attribute("data-answer")


def shown(tab):
    texts = tab.locator(".answer li span:last-child").all_inner_texts()
    return [float(text.rstrip("%")) for text in texts]


def probabilities(tab):
    strokes, widths = strokes_from_drawing(tab.evaluate("window.drawing"))
    return 100 * NETWORK.forward(ink.digit_from_strokes(strokes, 280, widths))["softmax"]


def test_the_persons_digit_is_there_and_the_network_goes_on_answering(home):
    wait_until(lambda: answer(home) == "3", seconds=20)
    np.testing.assert_allclose(shown(home), probabilities(home), atol=0.051)
    home.get_by_role("button", name="Clear").click()
    wait_until(lambda: answer(home) == "", seconds=20)
    draw(home, SEVEN)
    wait_until(lambda: answer(home) == "7", seconds=20)
    home.wait_for_timeout(100)
    np.testing.assert_allclose(shown(home), probabilities(home), atol=0.051)
    home.get_by_role("button", name="4", exact=True).click()
    wait_until(lambda: answer(home) == "4", seconds=20)
    expected = NETWORK.forward(sample(4))["softmax"] * 100
    np.testing.assert_allclose(shown(home), expected, atol=0.051)
    expect(home.locator(".said")).to_have_text("4")
