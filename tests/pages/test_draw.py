"""The Draw page through AppTest: drawings, test digits, uploads, and what is answered."""

import numpy as np
import pytest

from cnnviz import ink, mnist, networks
from cnnviz.runs import records
from cnnviz.session import board
from tests.helpers import draw, encoded, html, open_app, open_page, said, shown_probabilities
from tools.strokes import SEVEN


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


@pytest.mark.slow
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
    app = open_app()
    app.get_by_key("pen").set_value(30).run()
    draw(app, SEVEN)
    app.switch_page("pages/network.py").run()
    app.switch_page("pages/draw.py").run()
    assert said(app) == "7"
    assert app.get_by_key("pen").value == 30


def test_an_upload_is_answered_and_an_unusable_one_loses_nothing():
    page = open_page()
    nine = int(np.argmax(mnist.read("y_test") == 9))
    data = encoded(255 - mnist.read("x_test")[nine])
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
    data = encoded(np.full((50, 60), 200, np.uint8))
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
