"""The Training page through AppTest: settings, finished runs, checkpoints, what is used where."""

import json
import shutil
import sys

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnnviz import mnist, networks
from cnnviz.runs import evaluation, records, store
from cnnviz.runs.recipe import Recipe
from cnnviz.runs.standby import Standby
from cnnviz.session import in_use, training
from cnnviz.session.digit import test_index
from tests.helpers import (
    acting_in,
    controls,
    html,
    open_app,
    open_page,
    sample,
    send,
    sent,
    shown_probabilities,
    words,
)
from tools import ROOT

THREE = sample(3)
pytestmark = pytest.mark.usefixtures("runs_folder")


@pytest.fixture
def own(runs_folder):  # noqa: ARG001
    """A run of one epoch: the shipped one's first."""
    place = store.new_folder()
    shipped = store.shipped()
    weights = shipped.at_checkpoint(938).weights
    keys = shipped.network().spec.weight_shapes()
    np.savez(place / "convnet.npz", **dict(zip(keys, weights, strict=True)))
    (place / "initial").mkdir()
    shutil.copy(networks.WEIGHTS_FOLDER / "initial" / "convnet.npz", place / "initial")
    (place / "checkpoints").mkdir()
    for batches in (0, 938):
        shutil.copy(
            networks.WEIGHTS_FOLDER / "checkpoints" / f"{batches:06d}.npz", place / "checkpoints"
        )
    shutil.copy(networks.WEIGHTS_FOLDER / store.TEST_ANSWERS, place)
    shutil.copy(networks.WEIGHTS_FOLDER / "convnet.keras", place)
    record = records.runs("convnet")[0]
    first = record["epochs"][:1]
    record = {**record, "epochs": first, "test_accuracy": first[0]["test_accuracy"]}
    record["recipe"] = {**record["recipe"], "epochs": 1}
    record |= {"seconds_to_begin": 3.0, "seconds_per_batch": 0.125}
    record |= {"seconds_per_test": 2.0, "seconds_to_end": 5.0}
    (place / "convnet.json").write_text(json.dumps(record))
    return store.finish(place)


def test_the_settings_begin_with_the_recipe_of_the_book():
    page = open_page("training", 3)
    shown = {name: control["value"] for name, control in controls(page)[0].items()}
    assert shown == {
        "train": "convnet", "epochs": 5, "seed": 0, "optimizer": "rmsprop",
        "learning_rate": 0.001, "batch_size": "64", "share": 100,
    }  # fmt: skip
    assert "4\N{NARROW NO-BREAK SPACE}690" in words(page)
    assert "the first run will tell how fast this machine is" in words(page)


def test_the_address_sets_the_recipe():
    page = open_page("training", 3, train="dense", epochs=3, share=10, optimizer="adam", seed=12)
    shown = {name: control["value"] for name, control in controls(page)[0].items()}
    assert (shown["train"], shown["batch_size"]) == ("dense", "128")
    assert (shown["epochs"], shown["share"], shown["seed"]) == (3, 10, 12)
    recipe = Recipe("dense", 3, share=10)
    assert f"**{recipe.batches}** steps" in words(page)


@pytest.mark.parametrize(
    ("name", "value"),
    [("train", "resnet"), ("epochs", 0), ("epochs", 21), ("share", 0), ("learning_rate", "much"),
     ("batch_size", 63), ("optimizer", "newton"), ("seed", -1)],
)  # fmt: skip
def test_what_the_address_has_wrong_falls_back_to_the_default(name, value):
    page = open_page("training", 3, **{name: value})
    shown = {name: control["value"] for name, control in controls(page)[0].items()}
    book = Recipe()
    defaults = {"train": "convnet", "batch_size": "64"}
    assert shown[name] == defaults.get(name, getattr(book, name, None))


@pytest.mark.usefixtures("own")
def test_after_a_run_the_page_says_what_a_training_costs():
    page = open_page("training", 3, epochs=10)
    # 3 s to begin, 9380 steps of 0.125 s, ten test passes of 2 s, and 5 s at the end
    assert "On this machine about **20 min 0 s**" in words(page)


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize("missing", ["tensorflow", "keras"])
def test_without_keras_there_is_a_sentence_for_the_button_and_all_the_rest(missing, monkeypatch):
    there = open_page("training", 3)
    monkeypatch.setitem(sys.modules, missing, None)
    page = open_page("training", 3)
    assert "Train" not in [button.label for button in page.button]
    assert [info.value for info in page.info] == [
        "Training needs TensorFlow and Keras, which are not installed here: "
        'pip install "cnnviz[training]" brings them.'
    ]
    assert [button.label for button in there.button if button.label != "Train"] == [
        button.label for button in page.button
    ]
    assert controls(page) == controls(there)
    assert html(page) == html(there)


def test_without_a_training_the_shipped_run_is_there_to_look_into():
    page = open_page("training", 3)
    run = store.shipped()
    assert f"**{run.accuracy:.2%}** of" in words(page)
    answers, _ = run.test_answers
    counts = evaluation.confusion_matrix(mnist.read("y_test"), answers)
    assert component(page, "counts") == counts.tolist()
    assert f"{10_000 - np.trace(counts)} wrong" in words(page)


@pytest.fixture
def ready(monkeypatch, _no_process_made_ready):
    """For whom a process is kept ready, without one."""
    monkeypatch.undo()
    visitors = set()
    monkeypatch.setattr(Standby, "keep_for", lambda _, visitor: visitors.add(visitor))
    monkeypatch.setattr(Standby, "let_go", lambda _, visitor: visitors.discard(visitor))
    return visitors


def test_a_process_is_made_ready_on_the_training_page_and_on_no_other(ready):
    app = open_app(label=3)
    assert not ready
    app.switch_page("pages/training.py").run()
    app.run()
    assert len(ready) == 1
    app.switch_page("pages/filters.py").run()
    assert not app.exception
    assert not ready


def test_without_keras_no_process_is_made_ready(ready, monkeypatch):
    monkeypatch.setitem(sys.modules, "keras", None)
    open_page("training", 3)
    assert not ready


def component(page, name):
    """What some component of the page has under that name."""
    return sent(page, name)[0][name]


def click(page, key, **values):
    """Click in a component of our own."""
    handlers = {"confusion": training.choose_cell, "mistakes": training.take_digit}
    send(page, key, handlers[key], **values)


def shown_digits(page):
    (group,) = component(page, "groups")
    return group["title"], [picture["id"] for picture in group["pictures"]]


def test_a_cell_of_the_matrix_shows_its_digits_until_it_is_clicked_again():
    page = open_page("training", 3)
    worst = shown_digits(page)
    click(page, "confusion", cell={"digit": 4, "answer": 9})
    labels, (answers, _) = mnist.read("y_test"), store.shipped().test_answers
    expected = np.flatnonzero((labels == 4) & (answers == 9))
    title, found = shown_digits(page)
    assert title == f"{len(expected)} times a 4 was read as 9"
    assert set(found) == set(expected.tolist())
    press(page, "Back to the worst mistakes")
    assert shown_digits(page) == worst
    click(page, "confusion", cell={"digit": 4, "answer": 9})
    click(page, "confusion", cell={"digit": 4, "answer": 9})
    assert shown_digits(page) == worst


def test_the_worst_mistakes_are_wrong_and_one_can_be_taken_as_the_digit():
    page = open_page("training", 3)
    _, worst = shown_digits(page)
    network = networks.load("convnet")
    sureness = []
    for index in worst:
        probabilities = network.forward(mnist.digit(index))["softmax"]
        assert probabilities.argmax() != mnist.read("y_test")[index]
        sureness.append(probabilities.max())
    assert (np.diff(sureness) < 1e-3).all()  # they are kept in half precision
    click(page, "mistakes", chosen=worst[3])
    with acting_in(page):
        assert test_index() == worst[3]
    expected = network.forward(mnist.digit(worst[3]))["softmax"]
    np.testing.assert_allclose(shown_probabilities(page), 100 * expected, atol=0.06)


@pytest.mark.parametrize("batches", [0, 1, 100, 4690])
def test_each_checkpoint_shows_its_own_answer(batches):
    page = open_page("training", 3)
    page.session_state["checkpoint"] = batches
    page.run()
    assert not page.exception
    expected = store.shipped().at_checkpoint(batches).forward(THREE)["softmax"]
    np.testing.assert_allclose(shown_probabilities(page), 100 * expected, atol=0.05001)


def test_play_goes_through_the_checkpoints_and_stops_at_the_last():
    page = open_page("training", 3)
    press(page, "Play")
    seen = []
    for _ in range(12):
        seen.append(page.session_state["checkpoint"])
        page.run()
    assert seen[:9] == store.shipped().checkpoints
    assert seen[-1] == 4690
    assert "Play" in [button.label for button in page.button]


def press(page, label):
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception


def test_a_run_that_is_used_shows_on_every_page_until_the_shipped_one_is_back(own):
    app = open_app(label=3)
    app.switch_page("pages/training.py").run()
    app.get_by_key("run").set_value(own.name).run()
    press(app, "Use it on every page that shows the convnet")
    app.switch_page("pages/draw.py").run()
    expected = own.network().forward(THREE)["softmax"]
    np.testing.assert_allclose(shown_probabilities(app), 100 * expected, atol=0.05001)
    said = " ".join(caption.value for caption in app.caption)
    assert "your own convnet" in said
    assert own.accuracy_in_words() in said
    app.switch_page("pages/feature_maps.py").run()
    assert not app.exception
    app.switch_page("pages/training.py").run()
    press(app, "Back to the shipped convnet")
    app.switch_page("pages/draw.py").run()
    expected = networks.load("convnet").forward(THREE)["softmax"]
    np.testing.assert_allclose(shown_probabilities(app), 100 * expected, atol=0.05001)
    assert "your own" not in " ".join(caption.value for caption in app.caption)


def test_a_run_that_is_gone_gives_way_to_the_shipped_one(own):
    shutil.rmtree(own.folder)
    page = AppTest.from_file(str(ROOT / "pages" / "training.py"), default_timeout=20)
    page.session_state["run"] = own.name
    page.session_state["compared"] = [own.name, ""]
    with acting_in(page):
        in_use.use(own)
    page.run()
    assert not page.exception
    assert page.get_by_key("run").value == ""
    assert page.get_by_key("compared").value == [""]
    with acting_in(page):
        assert in_use.runs() == []
    assert f"**{store.shipped().accuracy:.2%}** of" in words(page)


def test_runs_are_compared_in_one_table(own):
    page = open_page("training", 3)
    assert page.get_by_key("compared").value == ["", own.name]
    table = next(element.value for element in page.markdown if element.value.startswith("| run"))
    assert len(table.splitlines()) == 4
    assert f"{own.accuracy:.2%}" in table


def test_nothing_drawn_is_a_state_with_a_sentence():
    page = open_page("training")
    assert "Nothing is drawn yet" in html(page)
    assert shown_probabilities(page) == []
