"""The lab pages through AppTest: every control at its limits, the address, broken cells."""

import base64
import json

import numpy as np
import pytest
import tensorflow as tf
from streamlit.testing.v1 import AppTest

from cnnviz import mnist, networks, ops
from cnnviz.digits import colour_pictures
from cnnviz.labs import convolution, kernels, sliding, typed
from cnnviz.labs.questions import Choice, Question
from cnnviz.session.lab import Lab
from tests.acting import acting_in, run
from tests.pages.test_pages import ROOT

CONVOLUTION, PADDING, POOLING = (
    ROOT / "pages" / f"{name}.py" for name in ("convolution", "padding", "pooling")
)
LABS = [CONVOLUTION, PADDING, POOLING]


def open_lab(path, label=3, **address):
    """A lab about a test digit (none for None), with that address."""
    page = AppTest.from_file(str(path), default_timeout=20)
    if label is not None:
        page.query_params["sample"] = str(label)
    for name, value in address.items():
        page.query_params[name] = str(value)
    page.run()
    assert not page.exception
    return page


def view(page):
    """What the page sent to its sliding window."""
    shown = [json.loads(element.proto.json) for element in page.get("bidi_component")]
    (data,) = [data for data in shown if "windows" in data]
    return data


def decoded(part):
    shape = part["height"], part["width"], part["channels"]
    return np.frombuffer(base64.b64decode(part["numbers"]), "<f4").reshape(shape)


def sample(label=3):
    return mnist.digit(int(np.argmax(mnist.read("y_test") == label)))


def set_to(page, key, value):
    """Give one of Streamlit's own widgets a value."""
    page.get_by_key(key).set_value(value).run()
    assert not page.exception, key
    return page


def choose(page, lab, **values):
    """Change settings of a lab, as its panel does."""
    with acting_in(page):
        Lab(lab).choose(**values)
    return run(page)


def controls(page):
    """The controls of all panels of the page, by name, and what they write into the address."""
    shown = [json.loads(element.proto.json) for element in page.get("bidi_component")]
    panels = [data for data in shown if "controls" in data]
    return (
        {control["name"]: control for data in panels for control in data["controls"]},
        {name: text for data in panels for name, text in data["address"].items()},
    )


def question(page):
    shown = [json.loads(element.proto.json) for element in page.get("bidi_component")]
    (data,) = [data for data in shown if "choices" in data]
    return data


@pytest.mark.parametrize("path", LABS, ids=lambda path: path.stem)
def test_without_a_digit_there_are_numbers_to_work_with(path):
    page = open_lab(path, label=None)
    assert view(page)["input"]["height"] == sliding.FIRST_SIZE
    assert "Nothing is drawn yet" in " ".join(caption.value for caption in page.caption)
    set_to(page, "sample", 7)
    assert view(page)["input"]["height"] == 28


# ---- Padding and strides -----------------------------------------------------------------


def test_the_window_adds_up_the_digit():
    data = view(open_lab(PADDING, padding="same", stride=2, kernel_height=5, kernel_width=2))
    expected = ops.conv2d(sample()[:, :, None], np.ones((5, 2, 1, 1)), None, 2, "same")
    np.testing.assert_allclose(decoded(data["output"]), expected, atol=1e-5)
    assert "⌈28 / 2⌉ = 14" in data["html"]["facts"]
    assert "padding=&quot;same&quot;" in data["html"]["facts"]


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("size", [1, 2, 7, 8, 32])
def test_every_slider_reaches_its_end(size, padding):
    page = open_lab(PADDING, padding_input="Numbers", padding_size=size, padding=padding)
    for name in ("kernel_height", "kernel_width", "stride", "dilation"):
        control = controls(page)[0][name]
        for value in (control["most"], control["least"], control["most"], 99, -1, "x", None):
            choose(page, "padding", **{name: value})
            assert view(page)["output"]["height"] >= 1
            now = controls(page)[0][name]
            assert now["least"] <= now["value"] <= now["most"]
            if value in (control["least"], control["most"]):
                assert now["value"] == value
    assert view(page)["input"]["height"] == size


def test_a_smaller_picture_lowers_the_limits_and_says_so():
    page = open_lab(PADDING, padding_input="Numbers", padding_size=9, kernel_height=5, dilation=2)
    assert view(page)["windows"]["dilation"] == [2, 2]
    choose(page, "padding", padding_size=5)
    assert view(page)["windows"]["dilation"] == [1, 1]
    assert (
        "at 2 a kernel of 5 would span (5 − 1) × 2 + 1 = 9 pixels of 5"
        in (view(page)["html"]["facts"])
    )


def test_what_keras_refuses_is_explained():
    page = open_lab(PADDING, stride=2, dilation=2)
    assert "Keras refuses this" in view(page)["html"]["facts"]
    assert view(page)["output"]["height"] == 12


@pytest.mark.parametrize(
    "address",
    [{"stride": "?"}, {"kernel_height": "x"}, {"padding": "full"}, {"padding_input": "?"}],
)
def test_a_broken_address_falls_back(address):
    page = open_lab(PADDING, **address)
    data = view(page)
    assert data["windows"]["kernel"] == [3, 3]
    assert data["windows"]["stride"] == [1, 1]
    assert data["output"]["height"] == 26
    # And it is taken out of the address.
    assert controls(page)[1] == {**dict.fromkeys(controls(page)[1]), "sample": "3"}


def test_a_number_that_can_never_be_falls_back_to_its_default():
    page = open_lab(PADDING, stride=9, kernel_height=0, dilation=5)
    assert view(page)["windows"]["stride"] == [1, 1]
    assert view(page)["windows"]["kernel"] == [3, 3]
    assert view(page)["windows"]["dilation"] == [1, 1]


def test_a_number_that_cannot_be_for_now_comes_back():
    page = open_lab(PADDING, label=None, kernel_height=7, dilation=4)
    assert view(page)["windows"]["kernel"] == [6, 3]
    assert view(page)["windows"]["dilation"] == [1, 1]
    set_to(page, "sample", 7)
    assert view(page)["windows"]["kernel"] == [7, 3]
    assert view(page)["windows"]["dilation"] == [4, 4]


def test_a_link_may_have_a_test_digit():
    page = open_lab(PADDING, label=None, sample=7)
    np.testing.assert_array_equal(decoded(view(page)["input"])[:, :, 0], sample(7))
    assert controls(page)[1]["sample"] == "7"
    set_to(page, "sample", 2)
    np.testing.assert_array_equal(decoded(view(page)["input"])[:, :, 0], sample(2))
    set_to(page, "sample", None)
    assert view(page)["input"]["height"] == sliding.FIRST_SIZE
    assert view(open_lab(PADDING, label=None, sample="x"))["input"]["height"] == 6


def test_what_is_not_at_its_default_stands_in_the_address():
    page = open_lab(PADDING)
    choose(page, "padding", stride=3, padding="same")
    address = controls(page)[1]
    assert (address["stride"], address["padding"]) == ("3", "same")
    assert address["dilation"] is None


def test_typed_numbers_stay_when_the_size_changes():
    page = open_lab(PADDING, padding_input="Numbers", padding_size=2, padding_numbers="5 6;7 8")
    np.testing.assert_array_equal(decoded(view(page)["input"])[:, :, 0], [[5, 6], [7, 8]])
    choose(page, "padding", padding_size=3)
    np.testing.assert_array_equal(decoded(view(page)["input"])[:2, :2, 0], [[5, 6], [7, 8]])


@pytest.mark.parametrize("bad", ["1 2;x 4", "1 2;3 1e308", "1 nan;3 4", "1 _;3 4", "1 inf;2 3"])
@pytest.mark.parametrize("path", LABS, ids=lambda path: path.stem)
def test_cells_that_cannot_be_read_leave_the_last_picture(path, bad):
    numbers = f"{path.stem}_numbers"
    address = {f"{path.stem}_input": "Numbers", numbers: "1 2 3;3 4 5;5 6 8"}
    page = open_lab(path, padding_size=3, kernel="1", **address)
    before = decoded(view(page)["input"])
    set_to(page, numbers, bad)
    np.testing.assert_array_equal(decoded(view(page)["input"]), before)
    shown = [json.loads(element.proto.json) for element in page.get("bidi_component")]
    problems = [data["problems"] for data in shown if "problems" in data]
    assert any(sentence for each in problems for *_, sentence in each)


@pytest.mark.parametrize("bad", ["1 2;3", "7 " * 3000, ";;"])
def test_a_text_that_is_no_grid_is_not_shown_as_one(bad):
    page = open_lab(CONVOLUTION, kernel="1 2;3 4")
    set_to(page, "kernel", bad)
    assert view(page)["windows"]["kernel"] == [2, 2]
    shown = [json.loads(element.proto.json) for element in page.get("bidi_component")]
    (grid,) = [data for data in shown if data.get("label") == "Kernel"]
    assert grid["texts"] == [["1", "2"], ["3", "4"]]
    assert grid["problems"][0][0] is None


# ---- Max pooling -------------------------------------------------------------------------


def kept(window, stride, padding):
    """How many pixels of the digit win a window or more, by TensorFlow."""
    _, winners = tf.nn.max_pool_with_argmax(
        sample()[None, :, :, None], window, stride, padding.upper()
    )
    return len(np.unique(winners))


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(("window", "stride"), [(2, 1), (2, 4), (4, 1), (4, 4), (3, 2)])
def test_the_pool_keeps_the_largest(window, stride, padding):
    page = open_lab(POOLING, pool_size=window, pool_stride=stride, pool_padding=padding)
    data = view(page)
    expected = ops.max_pool2d(sample()[:, :, None], window, stride, padding)
    np.testing.assert_array_equal(decoded(data["output"]), expected)
    assert data["kind"] == "max"
    assert f"<b>{kept(window, stride, padding)}</b> of 784" in data["html"]["facts"]
    assert data["html"]["beside"].count("<figure") == 5
    assert "<svg" in data["html"]["curve"]


@pytest.mark.parametrize("layer", ["conv1", "pool1", "conv2", "pool2", "conv3"])
def test_any_feature_map_can_be_pooled(layer):
    page = open_lab(POOLING, pooling_input="A feature map", pooling_layer=layer, pooling_channel=31)
    assert view(page)["input"]["names"] == [f"{layer} · channel 31"]
    choose(page, "pooling", pool_size=controls(page)[0]["pool_size"]["most"])
    assert view(page)["output"]["height"] >= 1


def test_the_dropped_row_of_an_odd_map_is_pointed_out():
    page = open_lab(POOLING, pooling_input="A feature map", pooling_layer="conv2")
    assert view(page)["reading"]["rows"] == [1] * 10 + [0]
    assert "row 10 and column 10" in view(page)["html"]["facts"]


# ---- Convolution -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Identity", "Laplacian", "Learned: conv1, filter 7"])
def test_a_named_kernel_is_laid_on_the_digit(name):
    page = set_to(
        open_lab(CONVOLUTION),
        "kernel",
        typed.text(convolution.named(networks.load("convnet"))[name]),
    )
    data = view(page)
    kernel = decoded({**data["kernel"], "height": 3, "width": 3})[:, :, :, None]
    if name in kernels.EXAMPLES:
        np.testing.assert_array_equal(kernel[:, :, 0, 0], kernels.EXAMPLES[name].values)
    expected = ops.conv2d(sample()[:, :, None], kernel)
    np.testing.assert_allclose(decoded(data["output"]), expected, atol=1e-6)
    assert controls(page)[0]["example"]["value"] == name


def test_the_kernel_comes_from_the_address():
    page = open_lab(CONVOLUTION, kernel="1 2;3 4", bias="0.5", relu="true")
    data = view(page)
    assert data["windows"]["kernel"] == [2, 2]
    assert data["bias"] == 0.5
    assert data["output"]["activation"] is True
    assert controls(page)[0]["example"]["value"] == "My own"
    assert controls(page)[0]["rows"]["value"] == 2


@pytest.mark.parametrize("size", [1, 7])
def test_a_kernel_may_be_as_small_as_1_and_as_large_as_7(size):
    page = set_to(open_lab(CONVOLUTION), "kernel", typed.text(np.eye(size)))
    assert view(page)["windows"]["kernel"] == [size, size]
    assert view(page)["output"]["height"] == 28 - size + 1


def test_a_kernel_too_large_for_the_numbers_is_explained():
    page = open_lab(
        CONVOLUTION,
        convolution_input="Numbers",
        convolution_numbers="1 2;3 4",
        kernel="1 1 1;1 1 1;1 1 1",
    )
    assert "has no place in 2 × 2 numbers" in page.warning[0].value
    assert view(page)["output"]["height"] == 1


@pytest.mark.parametrize("picture", colour_pictures.names())
def test_a_colour_picture_has_three_kernels_and_one_map(picture):
    page = open_lab(CONVOLUTION, convolution_input="In colour", picture=picture, bias="0.25")
    choose(page, "convolution", for_green="nothing", for_blue="Box blur")
    data = view(page)
    image = colour_pictures.load(picture)
    weights = np.stack(
        [
            kernels.EXAMPLES["Sobel, vertical edges"].values,
            np.zeros((3, 3)),
            kernels.EXAMPLES["Box blur"].values,
        ],
        axis=2,
    )
    expected = ops.conv2d(image, weights[..., None].astype(np.float32)) + 0.25
    np.testing.assert_allclose(decoded(data["output"]), expected, atol=1e-5)
    assert data["html"]["depth"].count("<figure") == 8
    assert "3 channels, 3 kernels" in data["html"]["depth"]


def test_more_filters_make_the_output_deeper():
    page = open_lab(CONVOLUTION, more_filters="Identity;Emboss")
    assert "26 × 26 × 3" in view(page)["html"]["filters"]
    set_to(page, "kernel", "1 2 3")
    assert "no room for all of them" in view(page)["html"]["filters"]
    choose(page, "convolution", more_filters=[])
    assert "28 × 26 × 1" in view(page)["html"]["filters"]


def test_what_a_dense_unit_reads_and_costs_is_said():
    page = open_lab(CONVOLUTION)
    assert "<b>9</b> of 784" in view(page)["html"]["reach"]
    choose(page, "convolution", unit_of="a dense layer")
    assert "all 784" in view(page)["html"]["reach"]


def test_the_shift_and_the_turned_kernel_come_on_request():
    page = open_lab(CONVOLUTION, down=-5, right=5)
    assert "the same, number by number" in view(page)["html"]["moved"]  # its border is empty
    choose(page, "convolution", convolution_input="Numbers")
    assert "all at the border" in view(page)["html"]["moved"]
    assert view(page)["html"]["turned"] == ""
    choose(page, "convolution", turn=True)
    assert view(page)["html"]["turned"].count("<figure") == 4


# ---- Predict -----------------------------------------------------------------------------


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


@pytest.mark.parametrize("path", LABS, ids=lambda path: path.stem)
def test_right_and_wrong_answers_get_a_reason(path):
    page = open_lab(path)
    for _ in range(3):
        assert question(page)["verdict"] == ""
        assert question(page)["right"] is None  # it does not stand in the page before
        verdicts = []
        for text in question(page)["choices"]:
            answer(page, path.stem, text)
            assert not page.exception
            assert question(page)["chosen"] == text
            verdicts.append(question(page)["verdict"])
        right = [verdict for verdict in verdicts if verdict.startswith("<b>Right:</b>")]
        assert len(right) == 1
        assert all(verdict.startswith("<b>Not") for verdict in verdicts if verdict not in right)
        ask_another(page, path.stem)


def test_an_answer_to_one_question_is_none_to_the_next():
    page = open_lab(PADDING)
    answer(page, "padding", "26")
    assert question(page)["chosen"] == "26"
    choose(page, "padding", kernel_height=2)
    assert "26" in question(page)["choices"]
    assert question(page)["chosen"] is None
    assert question(page)["verdict"] == ""


@pytest.mark.parametrize("path", LABS, ids=lambda path: path.stem)
def test_the_output_is_hidden_until_the_question_is_answered(path):
    page = open_lab(path)
    assert view(page)["asking"] is False
    choose(page, path.stem, ask_first=True)
    assert view(page)["asking"] is True
    assert controls(page)[1]["ask_first"] == "true"
    answer(page, path.stem, question(page)["choices"][0])
    assert view(page)["asking"] is False
    ask_another(page, path.stem)
    assert view(page)["asking"] is True


# ---- Negative numbers --------------------------------------------------------------------


@pytest.mark.parametrize("path", LABS, ids=lambda path: path.stem)
def test_negative_numbers_are_drawn_with_0_in_the_middle(path):
    address = {f"{path.stem}_input": "Numbers", f"{path.stem}_numbers": "-1 -2;-3 -4"}
    page = open_lab(path, padding_size=2, kernel_height=1, kernel_width=1, kernel="1", **address)
    html = view(page)["html"]
    for name in {"sides", "beside", "depth"} & set(html):
        assert '<i class="signed">' in html[name]
        assert '<i class="plain">' not in html[name]


# ---- Grids -------------------------------------------------------------------------------


def test_each_lab_has_numbers_of_its_own_and_keeps_them():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20).run()
    app.switch_page("pages/padding.py").run()
    typed_in = "2 2 3 4 5 6;" * 5 + "9 9 9 9 9 9"
    set_to(app, "padding_numbers", typed_in)
    app.switch_page("pages/pooling.py").run()
    np.testing.assert_array_equal(decoded(view(app)["input"])[:, :, 0], sliding.numbers(6))
    app.switch_page("pages/padding.py").run()
    assert not app.exception
    np.testing.assert_array_equal(decoded(view(app)["input"])[5, :, 0], 9)


def test_what_a_smaller_size_cuts_off_comes_back():
    page = open_lab(PADDING, padding_input="Numbers", padding_size=3)
    set_to(page, "padding_numbers", "1 2 3;4 5 6;7 8 9")
    choose(page, "padding", padding_size=2)
    np.testing.assert_array_equal(decoded(view(page)["input"])[:, :, 0], [[1, 2], [4, 5]])
    choose(page, "padding", padding_size=20)
    choose(page, "padding", padding_size=3)
    np.testing.assert_array_equal(
        decoded(view(page)["input"])[:, :, 0], [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    )


def test_typed_numbers_stand_in_the_address_with_the_other_settings():
    page = open_lab(PADDING, padding_input="Numbers", padding_size=2, stride=2)
    assert controls(page)[1]["padding_numbers"] is None
    set_to(page, "padding_numbers", "1 2;3 x")
    address = controls(page)[1]
    assert (address["padding_numbers"], address["stride"]) == ("1 2;3 x", "2")


def test_a_text_that_was_cleared_is_a_problem():
    page = open_lab(CONVOLUTION, kernel="1 2;3 4")
    set_to(page, "kernel", "")
    assert view(page)["windows"]["kernel"] == [2, 2]
    shown = [json.loads(element.proto.json) for element in page.get("bidi_component")]
    (grid,) = [data for data in shown if data.get("label") == "Kernel"]
    assert "Nothing is typed yet" in grid["problems"][0][2]


def test_an_address_has_only_what_was_changed():
    for path in LABS:
        assert set(controls(open_lab(path, label=None))[1].values()) == {None}
