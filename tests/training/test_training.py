"""Training on a few digits, the files it leaves, and the command line."""

import json
import os
import signal
import subprocess
import sys

import keras
import numpy as np
import pytest

from cnnviz import mnist, networks
from cnnviz.networks import SPECS
from cnnviz.runs.recipe import Recipe
from cnnviz.training import files, progress
from cnnviz.training.__main__ import main
from cnnviz.training.build import build
from cnnviz.training.checkpoints import Checkpoints, LiveWeights
from cnnviz.training.progress import JsonLines
from cnnviz.training.run import DIVERGED, train

NAMES = ("convnet", "dense")
EPOCHS, DIGITS = 2, 256


def few_digits():
    return {key: array[:DIGITS] for key, array in mnist.load().items()}


@pytest.fixture(scope="module", params=NAMES)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def run(name):
    return train(Recipe(name, EPOCHS, seed=3), data=few_digits())


# ---- The model ---------------------------------------------------------------------------


def test_build_makes_the_model_of_the_book():
    model = build(SPECS["convnet"])
    layers = keras.layers
    book = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu", name="conv1"),
            layers.MaxPooling2D(2, name="pool1"),
            layers.Conv2D(64, 3, activation="relu", name="conv2"),
            layers.MaxPooling2D(2, name="pool2"),
            layers.Conv2D(64, 3, activation="relu", name="conv3"),
            layers.Flatten(name="flatten"),
            layers.Dense(64, activation="relu", name="dense"),
            layers.Dense(10, activation="softmax", name="softmax"),
        ]
    )
    assert model.count_params() == 93_322
    for ours, theirs in zip(model.layers, book.layers, strict=True):
        without_types = [
            {key: value for key, value in layer.get_config().items() if key != "dtype"}
            for layer in (ours, theirs)
        ]
        assert without_types[0] == without_types[1]


@pytest.mark.parametrize("name", NAMES)
def test_build_gives_each_layer_its_name_and_shape(name):
    rows = [(layer.name, layer.output.shape[1:]) for layer in build(SPECS[name]).layers]
    assert rows == [(layer, shape) for layer, shape, _ in SPECS[name].summary()]


# ---- A run -------------------------------------------------------------------------------


def test_the_record_says_what_was_run(run, name):
    record = run.record
    assert record["network"] == name
    assert record["seed"] == 3
    assert record["recipe"] == {
        "optimizer": "rmsprop",
        "learning_rate": 0.001,
        "loss": "categorical_crossentropy",
        "metrics": ["accuracy"],
        "epochs": EPOCHS,
        "batch_size": {"convnet": 64, "dense": 128}[name],
        "training_digits": DIGITS,
        "test_digits": DIGITS,
    }
    assert record["parameters"] == run.model.count_params()
    assert record["versions"]["keras"] == keras.__version__
    assert record["seconds"] > 0


def test_the_model_was_trained_as_the_record_says(run):
    assert isinstance(run.model.optimizer, keras.optimizers.RMSprop)
    assert float(run.model.optimizer.learning_rate) == pytest.approx(0.001)  # Keras's own
    assert run.model.loss == "categorical_crossentropy"


def test_the_record_measures_each_epoch_and_the_finished_model(run):
    data, record = few_digits(), run.record
    assert [epoch["epoch"] for epoch in record["epochs"]] == [1, 2]
    pictures = data["x_test"][..., None] / np.float32(255)
    probabilities = run.model.predict(pictures, verbose=0)
    right = np.mean(probabilities.argmax(axis=1) == data["y_test"])
    loss = -np.log(probabilities[np.arange(DIGITS), data["y_test"]]).mean()
    assert record["test_accuracy"] == pytest.approx(right, abs=1e-6)
    assert record["test_loss"] == pytest.approx(loss, abs=1e-4)
    assert record["epochs"][-1]["test_accuracy"] == record["test_accuracy"]
    assert record["epochs"][-1]["test_loss"] == record["test_loss"]


def test_training_learns(run):
    first, last = run.record["epochs"]
    assert last["loss"] < first["loss"]
    assert last["accuracy"] > 0.3


def test_the_record_is_ready_for_json(run):
    assert json.loads(json.dumps(run.record)) == run.record


def test_the_initial_weights_are_those_of_the_seed_and_not_the_trained_ones(run, name):
    keras.utils.set_random_seed(3)
    expected = build(SPECS[name]).get_weights()
    trained = run.model.get_weights()
    for ours, theirs, after in zip(run.initial_weights, expected, trained, strict=True):
        np.testing.assert_array_equal(ours, theirs)
        assert (ours != after).any()


def test_the_same_seed_gives_the_same_weights_and_another_seed_others(run, name):
    again = train(Recipe(name, EPOCHS, seed=3), data=few_digits())
    other = train(Recipe(name, 1, seed=4), data=few_digits())
    for first, second, third in zip(
        *(r.model.get_weights() for r in (run, again, other)), strict=True
    ):
        np.testing.assert_array_equal(first, second)
        assert (first != third).any()
    assert again.record["epochs"] == run.record["epochs"]


def test_the_data_is_unchanged():
    data = {key: array.copy() for key, array in few_digits().items()}
    train(Recipe("dense", 1), data=data)
    for key, array in few_digits().items():
        np.testing.assert_array_equal(data[key], array)


def test_a_recipe_of_its_own_is_followed():
    recipe = Recipe("dense", 1, optimizer="adam", learning_rate=0.02, batch_size=100, share=1)
    run = train(recipe)
    assert isinstance(run.model.optimizer, keras.optimizers.Adam)
    assert float(run.model.optimizer.learning_rate) == pytest.approx(0.02)
    assert int(run.model.optimizer.iterations) == 6  # batches of 100 of 600 digits
    done = run.record["recipe"]
    assert (done["optimizer"], done["learning_rate"]) == ("adam", 0.02)
    assert (done["batch_size"], done["training_digits"]) == (100, 600)


@pytest.mark.parametrize("network", ["dense", "convnet"])
def test_steps_that_are_too_large_end_the_training_with_a_sentence(network):
    data = few_digits()
    data["x_train"] = np.full((DIGITS, 28, 28), 1e38)  # so large are the steps, too
    with pytest.raises(FloatingPointError, match="Try a smaller learning rate"):
        train(Recipe(network, optimizer="sgd", learning_rate=1.0), data=data)


def test_a_training_of_one_batch_an_epoch_has_a_line_for_each(capsys):
    train(Recipe("dense", 2, batch_size=DIGITS), callbacks=[JsonLines()], data=few_digits())
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["epoch"], line["batch"]) for line in lines if line["event"] == "batch"] == [
        (1, 1),
        (2, 1),
    ]


def test_the_pace_is_in_the_record(run):
    record = run.record
    steps = EPOCHS * -(-DIGITS // record["recipe"]["batch_size"])
    parts = (steps - 1) * record["seconds_per_batch"] + EPOCHS * record["seconds_per_test"]
    assert 0 < parts < record["seconds"] + 0.1


def test_the_run_has_what_the_model_makes_of_each_test_digit(run):
    pictures = few_digits()["x_test"][..., None] / np.float32(255)
    expected = run.model(pictures).numpy()
    np.testing.assert_allclose(run.probabilities, expected, atol=1e-5)


def test_the_callback_prints_what_a_program_can_read(capsys):
    train(Recipe("dense", EPOCHS), callbacks=[JsonLines()], data=few_digits())
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == {"event": "start", "epochs": 2, "batches": 2}
    epochs = [line for line in lines if line["event"] == "epoch"]
    assert [line["epoch"] for line in epochs] == [1, 2]
    for line in epochs:
        assert set(line) == {
            "event", "epoch", "loss", "accuracy", "test_loss", "test_accuracy"
        }  # fmt: skip
    batches = [line for line in lines if line["event"] == "batch"]
    assert batches[0]["epoch"] == 1
    assert all(line["seconds_per_batch"] > 0 for line in batches)
    assert batches[0]["seconds_per_test"] is None
    assert batches[-1]["seconds_per_test"] > 0
    assert {"loss", "accuracy", "batch"} <= set(batches[0])


def test_a_line_has_the_means_over_the_batches_since_the_line_before(capsys, monkeypatch):
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", 0)
    batches = []

    class EveryBatch(keras.callbacks.Callback):
        """Measures the loss of each batch by itself, from Keras's means since the epoch began."""

        def on_train_batch_end(self, batch, logs=None):
            before = batches[-1][0] if batch else 0.0
            batches.append((logs["loss"] * (batch + 1), logs["loss"] * (batch + 1) - before))

    recipe = Recipe("dense", 2, batch_size=32)
    train(recipe, callbacks=[EveryBatch(), JsonLines()], data=few_digits())
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    shown = [line for line in lines if line["event"] == "batch"]
    # The first batch of all has no line of its own: the second one's is the mean of both.
    own = [loss for _, loss in batches]
    per_epoch = len(own) // 2
    assert len(own) == 2 * per_epoch
    expected = [np.mean(own[:2]), *own[2:]]
    np.testing.assert_allclose([line["loss"] for line in shown], expected, rtol=1e-4)


def test_checkpoints_are_the_weights_before_the_first_batches_and_after_each_epoch(tmp_path):
    kept = {}

    class Weights(keras.callbacks.Callback):
        def on_train_begin(self, logs=None):
            self.done = 0
            kept[0] = self.model.get_weights()

        def on_train_batch_end(self, batch, logs=None):
            self.done += 1
            kept[self.done] = self.model.get_weights()

    (tmp_path / "000007.npz").write_text("of an earlier run")
    spec = SPECS["convnet"]
    recipe = Recipe("convnet", 2, batch_size=32)
    data = few_digits()
    callbacks = [Weights(), Checkpoints(spec, tmp_path), LiveWeights(spec, tmp_path / "live.npz")]
    train(recipe, callbacks, data=data)
    names = sorted(file.stem for file in tmp_path.glob("0*.npz"))
    assert names == ["000000", "000001", "000008", "000010", "000016"]
    for name in names:
        weights = networks.load("convnet", tmp_path / f"{name}.npz").weights
        for ours, theirs in zip(weights, kept[int(name)], strict=True):
            np.testing.assert_allclose(ours, theirs, atol=1e-3)
    assert networks.load("convnet", tmp_path / "live.npz")


# ---- The files ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(run, tmp_path_factory):
    """A folder, made by `save`, that holds a run's files."""
    folder = tmp_path_factory.mktemp("saved") / "new" / "folder"
    files.save(run, folder)
    return folder


def test_save_writes_five_files_and_nothing_else(folder, run, name):
    weights, model, record = (f"{name}{ending}" for ending in (".npz", ".keras", ".json"))
    expected = [weights, f"initial/{name}.npz", model, "test_answers.npz", record]
    found = [file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()]
    assert sorted(found) == sorted(expected)
    assert files.save(run, folder) == [folder / file for file in expected]


def test_the_saved_weights_are_those_of_the_model(folder, run, name):
    network = networks.load(name, folder / f"{name}.npz")
    for ours, theirs in zip(network.weights, run.model.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    digit = mnist.digit(8)
    expected = run.model(digit[None, :, :, None])[0]
    np.testing.assert_allclose(network.forward(digit)["softmax"], expected, atol=1e-5)


def test_the_saved_initial_weights_are_those_before_training(folder, run, name):
    network = networks.load(name, folder / "initial" / f"{name}.npz")
    for ours, theirs in zip(network.weights, run.initial_weights, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_the_saved_model_opens_in_plain_keras(folder, run, name):
    model = keras.saving.load_model(folder / f"{name}.keras")
    for ours, theirs in zip(model.get_weights(), run.model.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_the_saved_answers_are_those_of_the_model(folder, run, name):
    with np.load(folder / "test_answers.npz") as saved:
        answers, probabilities = saved[f"{name}/answers"], saved[f"{name}/probabilities"]
    np.testing.assert_array_equal(answers, run.probabilities.argmax(axis=1))
    np.testing.assert_allclose(probabilities, run.probabilities, atol=1e-3)
    right = np.mean(run.probabilities.argmax(axis=1) == few_digits()["y_test"])
    assert run.record["test_accuracy"] == pytest.approx(right, abs=1e-6)


def test_the_saved_record_is_the_record(folder, run, name):
    assert json.loads((folder / f"{name}.json").read_text("utf-8")) == run.record


def test_the_files_can_be_read_by_others(folder):
    for file in folder.rglob("*.*"):
        assert file.stat().st_mode & 0o777 == 0o644


def test_save_into_a_file_is_an_error(run, tmp_path):
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(NotADirectoryError, match="taken"):
        files.save(run, tmp_path / "taken")
    assert (tmp_path / "taken").read_text() == "mine"


def test_replacing_puts_the_new_file_in_place_of_the_old_one(tmp_path):
    path = tmp_path / "weights.npz"
    path.write_text("old")
    with files.replacing(path) as temporary:
        temporary.write_text("new")
        assert path.read_text() == "old"
        assert temporary.parent == tmp_path
        assert temporary.suffix == ".npz"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_a_failure_while_writing_leaves_the_old_file_whole_and_no_other(tmp_path, error):
    path = tmp_path / "weights.npz"
    path.write_text("old")

    def fail():
        with files.replacing(path) as temporary:
            temporary.write_text("half of the n")
            raise error("the disk is full")

    with pytest.raises(error, match="the disk is full"):
        fail()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


# ---- The command line --------------------------------------------------------------------


@pytest.fixture
def _keep_signals():
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def command(*options):
    return [sys.executable, "-m", "cnnviz.training", *map(str, options)]


def finished(*options):
    return subprocess.run(command(*options), capture_output=True, text=True)


OPTIONS = (
    "--epochs", "--seed", "--optimizer {rmsprop,adam,sgd}", "--learning-rate", "--batch-size",
    "--share", "--out", "--json", "--watch", "--background",
)  # fmt: skip


def test_help_names_every_option():
    done = finished("--help")
    assert done.returncode == 0
    assert done.stderr == ""
    for option in ("--network {convnet,dense,", *OPTIONS):
        assert option in done.stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "--out"),
        (["--out", "x", "--network", "resnet"], "invalid choice: 'resnet'"),
        (["--out", "x", "--epochs", "0"], "must be a whole number of at least 1, got '0'"),
        (["--out", "x", "--seed", "one"], "must be a whole number from 0 to 2^32 - 1, got 'one'"),
        (["--out", "x", "--share", "101"], "share must be at most 100. Received: share=101"),
        (["--out", "x", "--learning-rate", "0"], "above 0 and at most 1. Received: learning_rate"),
        (["--out", "x", "--faster"], "unrecognized arguments: --faster"),
    ],
)
def test_a_wrong_option_ends_with_code_2_and_a_message(options, message):
    done = finished(*options)
    assert done.returncode == 2
    assert done.stdout == ""
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("_keep_signals")
def test_a_run_from_the_command_line(tmp_path, capsys):
    options = ["--network", "dense", "--epochs", "1", "--seed", "7", "--out", str(tmp_path)]
    assert main([*options, "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["event"] for line in lines][-1] == "done"
    record = json.loads((tmp_path / "dense.json").read_text("utf-8"))
    assert lines[-1] == {"event": "done", **record}
    assert record["seed"] == 7
    assert record["recipe"]["training_digits"] == 60_000
    assert record["test_accuracy"] > 0.9
    network = networks.load("dense", tmp_path / "dense.npz")
    answers = [network.forward(mnist.digit(i))["softmax"].argmax() for i in range(500)]
    assert np.mean(answers == mnist.read("y_test")[:500]) > 0.9


def test_ctrl_c_ends_the_run_and_leaves_earlier_files_as_they_were(tmp_path):
    earlier = tmp_path / "convnet.npz"
    earlier.write_bytes(b"an earlier run's weights")
    process = subprocess.Popen(
        command("--out", tmp_path, "--json"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        for line in process.stdout:
            if json.loads(line)["event"] == "batch":
                break
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    assert said.endswith(f"\nStopped. Earlier files in {tmp_path} are as they were.\n")
    assert "Traceback" not in said
    assert earlier.read_bytes() == b"an earlier run's weights"
    assert list(tmp_path.iterdir()) == [earlier]


def test_in_the_background_it_gives_way_and_ends_when_its_standard_input_is_closed(tmp_path):
    with subprocess.Popen(
        command("--out", tmp_path, "--json", "--background"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            for line in process.stdout:
                if json.loads(line)["event"] == "batch":
                    break
            assert os.getpriority(os.PRIO_PROCESS, process.pid) == 19
            process.stdin.close()
            assert process.wait(timeout=5) == 1
        finally:
            process.kill()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("_keep_signals")
@pytest.mark.parametrize("json_lines", [True, False])
def test_a_training_that_diverges_leaves_a_sentence_and_no_file(
    json_lines, tmp_path, capsys, monkeypatch
):
    whole = mnist.load()
    no_numbers = {**whole, "x_train": np.full((256, 28, 28), np.nan)}
    monkeypatch.setattr(mnist, "load", lambda: no_numbers | {"y_train": whole["y_train"][:256]})
    options = ["--network", "dense", "--out", str(tmp_path)]
    assert main([*options, "--json"] if json_lines else options) == 1
    out, err = capsys.readouterr()
    if json_lines:
        assert json.loads(out.splitlines()[-1]) == {"event": "problem", "problem": DIVERGED}
    else:
        assert DIVERGED in err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_a_sentence(tmp_path):
    (tmp_path / "dense.npz" / "in the way").mkdir(parents=True)
    done = finished("--network", "dense", "--epochs", "1", "--share", "1", "--out", tmp_path)
    assert done.returncode == 1
    assert "The files could not be written: Is a directory." in done.stderr
    assert "Traceback" not in done.stderr
