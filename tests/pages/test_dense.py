"""The Dense or convolution page through AppTest: what is sent, the digit it is about, blank."""

import base64
import shutil

import numpy as np
import pytest

from cnnviz import mnist, networks
from cnnviz.labs import dense as dense_lab
from cnnviz.labs import shift as shift_lab
from cnnviz.labs.moving import shifted
from cnnviz.labs.shift import REACH
from cnnviz.runs import records
from cnnviz.session import in_use
from cnnviz.session.digit import take_test_digit
from tests.helpers import (
    acting_in,
    draw,
    html,
    made,
    open_app,
    open_page,
    placed,
    run,
    said,
    sent,
    words,
)
from tools.strokes import SEVEN

FIRST = {3: 18, 7: 0}  # the first test digits with these labels


def shift_view(page):
    """What the page sent to the digit that is dragged."""
    (data,) = sent(page, "start")
    return data


def text_of(page):
    """The page's words, those in its HTML too."""
    return f"{words(page)} {placed(page)}"


def numbers(text, *shape):
    return np.frombuffer(base64.b64decode(text), "<f4").reshape(shape)


def groups(page):
    """The groups of pictures to choose from, by their titles, and what is chosen in each."""
    return {
        group["title"]: (group["pictures"], data["chosen"])
        for data in sent(page, "groups")
        for group in data["groups"]
    }


@pytest.mark.parametrize("label", FIRST)
def test_all_shifts_are_sent_with_the_forward_passes_numbers(label):
    lab = shift_view(open_page("dense", label))["lab"]
    digit = mnist.digit(FIRST[label])
    np.testing.assert_array_equal(numbers(lab["digit"], 28, 28), digit)
    assert lab["label"] == label
    for part, name in zip(lab["networks"], dense_lab.NAMES, strict=True):
        assert part["name"] == name
        tens = numbers(part["probabilities"], 21, 21, 10)
        for down, right in [(0, 0), (-10, 4), (3, -3), (10, 10)]:
            expected = networks.load(name).forward(shifted(digit, down, right))["softmax"]
            np.testing.assert_allclose(tens[REACH + down, REACH + right], expected, atol=1e-5)
        accuracy = numbers(part["accuracy"], 21, 21)
        np.testing.assert_allclose(accuracy, dense_lab.moved_accuracy(name), atol=1e-6)


def test_a_digit_is_worked_out_once(monkeypatch):
    calls = []
    whole = shift_lab.every_shift
    monkeypatch.setattr(
        shift_lab, "every_shift", lambda *given: calls.append(given) or whole(*given)
    )
    page = open_page("dense", digit=4321)
    assert len(calls) == 2
    page.run()
    page.get_by_key("dense_unit").set_value(7).run()
    assert len(calls) == 2


def test_both_networks_are_described_and_answer():
    text = text_of(open_page("dense", 3))
    digit = mnist.digit(FIRST[3])
    for name, parameters in (("convnet", "93\u202f322"), ("dense", "407\u202f050")):
        assert parameters in text
        measured = records.accuracy(name)
        for value in (measured.mean, measured.lowest, measured.highest):
            assert f"{value:.2%}" in text
        for probability in networks.load(name).forward(digit)["softmax"]:
            assert f"<span>{probability:.1%}</span>" in text


def test_nothing_drawn_is_a_state_with_a_sentence():
    page = open_page("dense")
    assert shift_view(page)["lab"] is None
    assert text_of(page).count("Nothing is drawn yet, so there is nothing to answer.") == 2
    assert "Their errors" in [heading.value for heading in page.subheader]


def test_a_drawn_digit_has_no_label_and_the_convnets_answer_to_begin_with():
    app = open_app()
    draw(app, SEVEN)
    app.switch_page("pages/dense.py").run()
    assert not app.exception
    lab = shift_view(app)["lab"]
    assert lab["label"] is None
    assert lab["guess"] == 7


def test_the_address_has_the_digit_and_the_shift():
    page = open_page("dense", digit=247, down=-3, right=8)
    data = shift_view(page)
    assert data["start"] == {"down": -3, "right": 8}
    assert data["address"] == {"sample": None, "digit": "247", "dense_unit": None}
    np.testing.assert_array_equal(numbers(data["lab"]["digit"], 28, 28), mnist.digit(247))
    assert data["lab"]["label"] == mnist.read("y_test")[247]


@pytest.mark.parametrize("address", [{"digit": 10_000, "down": 11}, {"digit": "x", "right": "1.5"}])
def test_a_broken_address_falls_back(address):
    data = shift_view(open_page("dense", **address))
    assert data["lab"] is None
    assert data["start"] == {"down": 0, "right": 0}


def test_a_test_digit_that_is_a_sample_is_shown_as_that_sample():
    page = open_page("dense", digit=FIRST[3])
    assert page.get_by_key("sample").value == 3
    assert shift_view(page)["address"] == {"sample": "3", "digit": None, "dense_unit": None}


def test_the_worst_errors_are_shown_with_label_and_answers():
    shown = groups(open_page("dense", 3))
    for kind in dense_lab.KINDS:
        (title,) = [title for title in shown if title.startswith(kind)]
        pictures, _ = shown[title]
        indices = dense_lab.errors(kind)
        assert [picture["id"] for picture in pictures] == indices[:8]
        assert f"of {len(indices)}" in title
        for picture in pictures:
            case = dense_lab.case(picture["id"])
            assert picture["title"] == f"label {case.label}"
            for line, (name, (digit, share)) in zip(
                picture["lines"], case.answers.items(), strict=True
            ):
                assert line == f"{name} {digit} ({share:.0%})"


def test_the_strongest_unit_is_shown_until_another_is_chosen():
    page = open_page("dense")
    for label in (3, 7):
        page.get_by_key("sample").set_value(label).run()
        values = networks.load("dense").forward(mnist.digit(FIRST[label]))["dense"]
        pictures, chosen = groups(page)["Its strongest units for this digit"]
        assert chosen == pictures[0]["id"] == values.argmax()
        assert pictures[0]["lines"] == [f"is {values.max():.2f}"]
        assert f"Unit {chosen} of the dense network" in text_of(page)
    page.get_by_key("dense_unit").set_value(11).run()
    page.get_by_key("sample").set_value(3).run()
    assert "Unit 11 of the dense network" in text_of(page)


def test_the_unit_comes_from_the_address():
    page = open_page("dense", 3, dense_unit=40)
    assert "Unit 40 of the dense network" in text_of(page)
    assert shift_view(page)["address"]["dense_unit"] == "40"
    assert "Unit 512" not in text_of(open_page("dense", 3, dense_unit=512))


def test_letting_an_error_go_by_a_sample_and_back_to_the_board():
    page = open_page("dense", digit=247)
    page.get_by_key("sample").set_value(3).run()
    assert shift_view(page)["lab"]["label"] == 3
    page.get_by_key("sample").set_value(None).run()
    assert shift_view(page)["lab"] is None


def test_the_draw_page_knows_any_test_digit():
    page = open_page()
    with acting_in(page):
        take_test_digit(247)
    run(page)
    answer = networks.load("convnet").forward(mnist.digit(247))["softmax"].argmax()
    assert said(page) == str(answer)
    assert "test digit of MNIST" in html(page)


@pytest.mark.usefixtures("runs_folder")
def test_the_lab_is_that_of_the_network_in_use():
    initial = networks.WEIGHTS_FOLDER / "initial" / "convnet.npz"
    own = made("convnet")
    shutil.copy(initial, own.folder)
    page = open_page("dense", 3)
    with acting_in(page):
        in_use.use(own)
    run(page)
    assert any("of the shipped ones" in caption.value for caption in page.caption)
    digit = mnist.digit(FIRST[3])
    moved = shifted(digit, 4, -1)
    for network in (networks.load("convnet", initial), networks.load("convnet")):
        part = shift_view(page)["lab"]["networks"][0]
        found = numbers(part["probabilities"], 21, 21, 10)[REACH + 4, REACH - 1]
        np.testing.assert_allclose(found, network.forward(moved)["softmax"], atol=1e-5)
        with acting_in(page):
            in_use.use_shipped("convnet")
        run(page)
