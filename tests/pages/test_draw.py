"""The Draw page through AppTest: drawings, test digits, uploads, and what is answered."""

import base64

import numpy as np
import pytest

from cnnviz import ink, mnist, networks
from cnnviz.digits import drawing
from cnnviz.runs import records
from cnnviz.session import board
from cnnviz.session import digit as session_digit
from tests.helpers import (
    acting_in,
    draw,
    encoded,
    html,
    open_app,
    open_page,
    run,
    said,
    sample,
    send,
    sent,
    shown_probabilities,
)
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


def test_the_eraser_draws_in_the_boards_colour_and_takes_ink_away():
    page = open_page()
    (board_message,) = sent(page, "strokeColor")
    assert board_message["strokeColor"] != drawing.ERASER == board_message["backgroundColor"]
    page.get_by_key("tool").set_value("Eraser").run()
    assert sent(page, "strokeColor")[0]["strokeColor"] == drawing.ERASER
    draw(page, [*SEVEN, *SEVEN], ["#fff"] * len(SEVEN) + [drawing.ERASER] * len(SEVEN))
    assert said(page) == "–"


# ---- Single pixels ---------------------------------------------------------------------


def edit(page, digit, turn=1):
    """Set the pixels of the digit in use, as the editor does."""
    levels = np.rint(digit * 255).astype(np.uint8).tobytes()
    edited = {"levels": base64.b64encode(levels).decode(), "turn": turn}
    send(page, "pixels", session_digit.take_pixels, edit=edited)


def in_use(page):
    with acting_in(page):
        return session_digit.subject()


def test_edited_pixels_are_the_digit_in_use_and_are_read_as_they_are():
    page = draw(open_page(), SEVEN)
    edit(page, sample(4), turn=9)
    assert said(page) == "4"
    np.testing.assert_array_equal(in_use(page).raw, in_use(page).framed)
    np.testing.assert_allclose(in_use(page).raw, sample(4), atol=1e-7)
    assert "Your own pixels are read as they are." in html(page)
    (told,) = sent(page, "subject")
    assert (told["subject"], told["turn"], len(told["digits"])) == ("pixels", 9, 1)


@pytest.mark.parametrize("before", ["drawing", "sample", "nothing"])
def test_reset_brings_back_the_digit_before(before):
    page = open_page()
    if before == "drawing":
        draw(page, SEVEN)
    elif before == "sample":
        page.get_by_key("sample").set_value(3).run()
    was = said(page), page.get_by_key("sample").value
    edit(page, sample(4))
    edit(page, sample(6), turn=2)
    assert (said(page), page.get_by_key("sample").value) == ("6", None)
    send(page, "pixels", session_digit.reset_pixels, reset={"turn": 3})
    assert (said(page), page.get_by_key("sample").value) == was
    assert sent(page, "turn")[0]["turn"] == 3


def test_a_stroke_a_sample_clear_and_an_upload_end_the_edit():
    page = draw(open_page(), SEVEN)
    for end, answer in [
        (lambda: redraw(page, SEVEN), "7"),
        (lambda: page.get_by_key("sample").set_value(5).run(), "5"),
        (lambda: page.button[0].click().run(), "–"),
        (lambda: upload(page, sample(9)), "9"),
    ]:
        edit(page, sample(4))
        assert said(page) == "4"
        end()
        assert said(page) == answer


def redraw(page, strokes):
    """Draw, and have the drawing taken over, as after a stroke."""
    draw(page, strokes)
    with acting_in(page):
        session_digit.take_drawing()
    run(page)


def upload(page, digit):
    data = encoded(255 - np.rint(digit * 255).astype(np.uint8))
    page.get_by_key("upload").set_value(("digit.png", data, "image/png")).run()


def test_undoing_all_strokes_ends_an_edit_of_the_drawing():
    page = draw(open_page(), SEVEN)
    edit(page, sample(4))
    redraw(page, [])
    assert said(page) == "–"


def test_edited_pixels_and_the_drawing_under_them_outlive_a_visit_to_another_page():
    app = open_app()
    draw(app, SEVEN)
    edit(app, sample(4))
    app.switch_page("pages/feature_maps.py").run()
    np.testing.assert_allclose(in_use(app).raw, sample(4), atol=1e-7)
    app.switch_page("pages/draw.py").run()
    assert said(app) == "4"
    send(app, "pixels", session_digit.reset_pixels, reset={"turn": 2})
    assert said(app) == "7"


def test_pixels_that_are_no_digit_change_nothing():
    page = draw(open_page(), SEVEN)
    wrong = {"levels": "AAAA", "turn": 1}
    send(page, "pixels", session_digit.take_pixels, edit=wrong)
    assert said(page) == "7"
    assert not page.exception
