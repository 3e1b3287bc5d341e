"""The command line of the training: its options, its signals, its problems."""

import json
import os
import signal
import subprocess
import sys

import numpy as np
import pytest

from cnnviz import mnist, networks
from cnnviz.runs.jobs import NOT_INSTALLED
from cnnviz.training.__main__ import main
from cnnviz.training.run import DIVERGED
from tests.helpers import needs_posix


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
    "--share", "--out", "--json", "--watch",
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


@pytest.mark.parametrize("missing", ["keras", "tensorflow"])
def test_without_keras_it_says_what_is_missing_and_ends_with_code_2(
    missing, tmp_path, monkeypatch, capsys
):
    monkeypatch.setitem(sys.modules, missing, None)
    assert main(["--out", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"\n{NOT_INSTALLED}\n"
    assert main(["--out", str(tmp_path), "--json"]) == 2
    said = capsys.readouterr()
    assert json.loads(said.out) == {"event": "problem", "problem": NOT_INSTALLED}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
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


@pytest.mark.slow
@needs_posix
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_file_that_cannot_be_written_is_a_sentence(tmp_path):
    (tmp_path / "dense.npz" / "in the way").mkdir(parents=True)
    done = finished("--network", "dense", "--epochs", "1", "--share", "1", "--out", tmp_path)
    assert done.returncode == 1
    assert "The files could not be written: Is a directory." in done.stderr
    assert "Traceback" not in done.stderr
