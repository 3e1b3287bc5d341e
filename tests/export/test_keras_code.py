"""The script for Keras: run as a person would run it, and read as one would read it."""

import ast
import os
import re
import subprocess
import sys

import numpy as np
import pytest

from cnnviz import networks
from cnnviz.export.keras_code import code
from cnnviz.ink import digit_from_strokes

QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0", "CUDA_VISIBLE_DEVICES": "-1"}
SHAPES = {name: shape for name, shape, _ in networks.SPECS["convnet"].summary()}


def framed_digit(seed):
    """A scribble on the board, framed: numbers that are no multiples of 1 / 255."""
    stroke = np.random.default_rng(seed).uniform(40, 240, (8, 2))
    return digit_from_strokes([stroke], 280, 20)


def printed(script, folder):
    """Run a script in a folder of its own: the shape, the numbers by what stands before them."""
    file = folder / "one_digit.py"
    file.write_text(script, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, file], cwd=folder, env=os.environ | QUIET, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    (name, shape), *numbers = (line.split(": ") for line in run.stdout.splitlines())
    return {name: ast.literal_eval(shape)} | {name: float(number) for name, number in numbers}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("trained", "weights", "layer", "index", "place"),
    [
        (True, "convnet.npz", "conv2", (5, 4), "[5, 4, {}]"),
        (False, "initial/convnet.npz", "dense", (), "[{}]"),
    ],
)
def test_keras_prints_the_numbers_of_the_pages(trained, weights, layer, index, place, tmp_path):
    digit = framed_digit(seed=trained)
    file = networks.WEIGHTS_FOLDER / weights
    activations = networks.load("convnet", file).forward(digit)
    index = (*index, int(activations[layer][index].argmax()))
    assert activations[layer][index] > 0.01  # a number that an error would change

    found = printed(code(digit, layer, index, trained), tmp_path)

    assert found.pop(f"{layer} shape") == SHAPES[layer]
    number = found.pop(f"{layer}{place.format(index[-1])}")
    assert number == pytest.approx(activations[layer][index], abs=1e-5)
    assert list(found) == [f"probability of {digit}" for digit in range(10)]
    np.testing.assert_allclose(list(found.values()), activations["softmax"], atol=1e-5)


def digit_in(script):
    """The digit that a script holds, by the script's own lines down to it."""
    names = {}
    lines = script[: script.index("model =")].replace("import keras\n", "")
    exec(lines, names)
    return names["digit"]


@pytest.mark.parametrize("seed", range(3))
def test_the_script_holds_the_very_digit(seed):
    digit = framed_digit(seed)
    held = digit_in(code(digit, "conv1", (0, 0, 0)))
    assert held.dtype == np.float32
    np.testing.assert_array_equal(held, digit)


def test_a_digit_of_noise_is_held_too():
    digit = np.random.default_rng(9).uniform(size=(28, 28)).astype(np.float32)
    np.testing.assert_array_equal(digit_in(code(digit, "conv1", (0, 0, 0))), digit)


@pytest.mark.parametrize("trained", [True, False])
@pytest.mark.parametrize("layer", SHAPES)
def test_the_script_is_short_python_that_needs_only_keras_numpy_and_the_weights(layer, trained):
    index = tuple(size - 1 for size in SHAPES[layer])
    script = code(framed_digit(0), layer, index, trained)
    imports = [line for line in script.splitlines() if line.startswith(("import ", "from "))]
    assert imports == [
        "import base64",
        "import zlib",
        "import keras",
        "import numpy as np",
        "from cnnviz.networks import WEIGHTS_FOLDER",
    ]
    assert max(map(len, script.splitlines())) <= 88
    assert "\n\n\n" not in script
    assert ("initial/convnet.npz" in script) is not trained
    assert not re.search(r"\$|np\.int", script)


def test_an_index_of_numpy_integers_is_written_as_numbers():
    script = code(framed_digit(0), "conv1", tuple(np.array([1, 2, 3])))
    assert "conv1[1, 2, 3]" in script


@pytest.mark.parametrize("layer", ["conv4", "", "input"])
def test_an_unknown_layer_is_an_error_that_lists_the_layers(layer):
    with pytest.raises(ValueError, match=f"conv1, pool1, .*Received: layer_name={layer!r}"):
        code(framed_digit(0), layer, (0, 0, 0))


@pytest.mark.parametrize(
    ("layer", "index"),
    [
        ("conv1", (0,)),
        ("conv1", (0, 0, 0, 0)),
        ("dense", (0, 0, 0)),
        ("conv2", (11, 0, 0)),
        ("conv2", (0, -1, 0)),
        ("softmax", (10,)),
        ("softmax", ()),
    ],
)
def test_an_index_that_is_no_place_in_the_output_is_an_error(layer, index):
    with pytest.raises(ValueError, match=re.escape(f"{SHAPES[layer]}. Received: index={index}")):
        code(framed_digit(0), layer, index)


def test_a_digit_of_another_shape_is_an_error():
    with pytest.raises(ValueError, match=r"Received: digit.shape=\(28, 28, 1\)"):
        code(np.zeros((28, 28, 1)), "conv1", (0, 0, 0))
