"""What the server answers besides what Streamlit does."""

import json
from types import SimpleNamespace

import numpy as np
import pytest

from cnnviz import mnist, networks
from cnnviz.layout import preload, served
from cnnviz.layout.pages import PAGES
from cnnviz.session import in_use
from tests.helpers import acting_in, made, open_page


def asked(**path_params):
    return SimpleNamespace(path_params=path_params)


@pytest.mark.parametrize("base", ["", "lesson", "/a/lesson/"])
def test_all_is_answered_below_the_base_path(base, monkeypatch):
    monkeypatch.setattr(served.st, "get_option", {"server.baseUrlPath": base}.__getitem__)
    folder = "/".join(["", *filter(None, base.split("/"))])
    routes = {route.path: route.endpoint for route in served.routes()}
    paths = {*(page.address for page in PAGES), "weights/{network}/{run}", served.SAMPLES}
    assert set(routes) == {f"{folder}/{path}" for path in paths}
    for page in PAGES:
        answer = routes[f"{folder}/{page.address}"](None)
        assert answer.body.decode() == preload.page_html(page)
        assert answer.headers["cache-control"] == "no-cache"


def test_the_weights_of_a_network_are_sent_once_and_for_all():
    page = open_page("draw", label=3)
    with acting_in(page):
        address = served.weights_address("convnet")
    path, version = address.split("?")
    assert path == "weights/convnet/shipped"
    assert len(version) == 12
    answer = served.weights(asked(network="convnet", run="shipped"))
    assert "immutable" in answer.headers["cache-control"]
    numbers = np.concatenate([np.ravel(part) for part in networks.load("convnet").weights])
    np.testing.assert_array_equal(np.frombuffer(answer.body[-4 * numbers.size :], "<f4"), numbers)
    length = int.from_bytes(answer.body[:8], "little")
    assert json.loads(answer.body[8 : 8 + length])["conv1/kernel"]["shape"] == [3, 3, 1, 32]


def test_those_of_a_run_of_ones_own_have_another_address(runs_folder):  # noqa: ARG001
    run = made("convnet")
    page = open_page("draw", label=3)
    with acting_in(page):
        shipped = served.weights_address("convnet")
        in_use.use(run)
        assert served.weights_address("convnet").startswith(f"weights/convnet/{run.name}?")
        assert served.weights_address("convnet") != shipped
    assert served.weights(asked(network="convnet", run=run.name)).status_code == 200


@pytest.mark.parametrize(
    ("network", "run"),
    [("resnet", "shipped"), ("convnet", "none"), ("convnet", ".."), ("dense", "none")],
)
def test_what_is_not_there_is_not_found(network, run):
    assert served.weights(asked(network=network, run=run)).status_code == 404


def test_the_samples_are_the_test_digits_that_are_offered():
    answer = served.samples(None)
    digits = np.frombuffer(answer.body, np.uint8).reshape(10, 28, 28)
    for label, digit in enumerate(digits):
        index = int(np.argmax(mnist.read("y_test") == label))
        np.testing.assert_array_equal(digit.astype(np.float32) / 255, mnist.digit(index))
