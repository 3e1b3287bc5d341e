"""How long the variants take to train and to answer: what is measured, and written."""

import json

import pytest

from cnnviz.labs import variants
from cnnviz.training.speed import main, measure


@pytest.mark.slow
def test_measuring_gives_a_ratio_for_each_and_of_the_book_1():
    record = measure(["convnet", "convnet-unpooled"], rounds=2, batches=3, passes=2)
    assert json.loads(json.dumps(record)) == record
    one = {"median": 1, "lowest": 1, "highest": 1}
    assert record["networks"]["convnet"] == {"training": one, "forward": one}
    for found in record["networks"]["convnet-unpooled"].values():
        assert 0 < found["lowest"] <= found["median"] <= found["highest"]


def test_the_command_writes_what_was_measured(tmp_path, monkeypatch, capsys):
    row = {"median": 1.0, "lowest": 1.0, "highest": 1.0}
    record = {"rounds": 3, "networks": {"convnet": {"training": row, "forward": row}}}
    asked = []
    monkeypatch.setattr("cnnviz.training.speed.measure", lambda *all_: asked.append(all_) or record)
    assert main(["--rounds", "3", "--out", str(tmp_path / "speed.json")]) == 0
    assert json.loads((tmp_path / "speed.json").read_text("utf-8")) == record
    assert asked[0][:2] == ([variant.name for variant in variants.VARIANTS], 3)
    assert "convnet" in capsys.readouterr().out


def test_no_rounds_are_refused(tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(["--rounds", "0", "--out", str(tmp_path / "speed.json")])
    assert "at least 1, got 0" in capsys.readouterr().err
