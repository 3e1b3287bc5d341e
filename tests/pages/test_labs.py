"""What the lab pages have in common, through AppTest: questions, typed numbers, addresses."""

import numpy as np
import pytest

from cnnviz.labs import sliding
from cnnviz.labs.questions import Choice, Question
from cnnviz.session.lab import Lab
from tests.helpers import (
    acting_in,
    choose,
    controls,
    decoded,
    open_app,
    open_lab,
    run,
    sent,
    set_to,
    view,
)

LABS = ["convolution", "padding", "pooling"]


def question(page):
    (data,) = sent(page, "choices")
    return data


@pytest.mark.parametrize("lab", LABS)
def test_without_a_digit_there_are_numbers_to_work_with(lab):
    page = open_lab(lab, label=None)
    assert view(page)["input"]["height"] == sliding.FIRST_SIZE
    assert "Nothing is drawn yet" in " ".join(caption.value for caption in page.caption)
    set_to(page, "sample", 7)
    assert view(page)["input"]["height"] == 28


@pytest.mark.slow
@pytest.mark.parametrize("bad", ["1 2;x 4", "1 2;3 1e308", "1 nan;3 4", "1 _;3 4", "1 inf;2 3"])
@pytest.mark.parametrize("lab", LABS)
def test_cells_that_cannot_be_read_leave_the_last_picture(lab, bad):
    numbers = f"{lab}_numbers"
    address = {f"{lab}_input": "Numbers", numbers: "1 2 3;3 4 5;5 6 8"}
    page = open_lab(lab, padding_size=3, kernel="1", **address)
    before = decoded(view(page)["input"])
    set_to(page, numbers, bad)
    np.testing.assert_array_equal(decoded(view(page)["input"]), before)
    problems = [data["problems"] for data in sent(page, "problems")]
    assert any(sentence for each in problems for *_, sentence in each)


def answer(page, lab, text):
    """Answer the question, as the browser does."""
    asked = question(page)
    choices = tuple(Choice(choice, False, "") for choice in asked["choices"])
    with acting_in(page):
        Lab(lab).answer(Question(asked["question"], choices, (0, 0)), text)
    run(page)


def ask_another(page, lab):
    """Go on to the next question, as the browser does."""
    with acting_in(page):
        Lab(lab).ask_another()
    run(page)


@pytest.mark.slow
@pytest.mark.parametrize("lab", LABS)
def test_right_and_wrong_answers_get_a_reason(lab):
    page = open_lab(lab)
    for _ in range(3):
        assert question(page)["verdict"] == ""
        assert question(page)["right"] is None  # it does not stand in the page before
        verdicts = []
        for text in question(page)["choices"]:
            answer(page, lab, text)
            assert not page.exception
            assert question(page)["chosen"] == text
            verdicts.append(question(page)["verdict"])
        right = [verdict for verdict in verdicts if verdict.startswith("<b>Right:</b>")]
        assert len(right) == 1
        assert all(verdict.startswith("<b>Not") for verdict in verdicts if verdict not in right)
        ask_another(page, lab)


def test_an_answer_to_one_question_is_none_to_the_next():
    page = open_lab("padding")
    answer(page, "padding", "26")
    assert question(page)["chosen"] == "26"
    choose(page, "padding", kernel_height=2)
    assert "26" in question(page)["choices"]
    assert question(page)["chosen"] is None
    assert question(page)["verdict"] == ""


@pytest.mark.parametrize("lab", LABS)
def test_the_output_is_hidden_until_the_question_is_answered(lab):
    page = open_lab(lab)
    assert view(page)["asking"] is False
    choose(page, lab, ask_first=True)
    assert view(page)["asking"] is True
    assert controls(page)[1]["ask_first"] == "true"
    answer(page, lab, question(page)["choices"][0])
    assert view(page)["asking"] is False
    ask_another(page, lab)
    assert view(page)["asking"] is True


@pytest.mark.parametrize("lab", LABS)
def test_negative_numbers_are_drawn_with_0_in_the_middle(lab):
    address = {f"{lab}_input": "Numbers", f"{lab}_numbers": "-1 -2;-3 -4"}
    page = open_lab(lab, padding_size=2, kernel_height=1, kernel_width=1, kernel="1", **address)
    html = view(page)["html"]
    for name in {"sides", "beside", "depth"} & set(html):
        assert '<i class="signed">' in html[name]
        assert '<i class="plain">' not in html[name]


def test_each_lab_has_numbers_of_its_own_and_keeps_them():
    app = open_app()
    app.switch_page("pages/padding.py").run()
    typed_in = "2 2 3 4 5 6;" * 5 + "9 9 9 9 9 9"
    set_to(app, "padding_numbers", typed_in)
    app.switch_page("pages/pooling.py").run()
    np.testing.assert_array_equal(decoded(view(app)["input"])[:, :, 0], sliding.numbers(6))
    app.switch_page("pages/padding.py").run()
    assert not app.exception
    np.testing.assert_array_equal(decoded(view(app)["input"])[5, :, 0], 9)


def test_an_address_has_only_what_was_changed():
    for lab in LABS:
        assert set(controls(open_lab(lab, label=None))[1].values()) == {None}
