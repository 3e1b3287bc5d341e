"""What the parts of a training take: what is measured, and written."""

import json

import pytest

from cnnviz.training.pace import main, measure


@pytest.mark.slow
def test_each_part_of_each_network_is_measured():
    record = measure(["dense"], rounds=1, share=1)
    assert json.loads(json.dumps(record)) == record
    parts = record["networks"]["dense"]
    assert list(parts) == ["begin", "step", "digit", "test", "end"]
    assert parts["begin"] > parts["step"] >= 0
    assert parts["test"] > 0
    assert parts["end"] > 0


def test_the_command_writes_what_was_measured(tmp_path, monkeypatch):
    record = {"rounds": 3, "networks": {"dense": {"begin": 1.0}}}
    monkeypatch.setattr("cnnviz.training.pace.measure", lambda *_: record)
    assert main(["--out", str(tmp_path / "pace.json")]) == 0
    assert json.loads((tmp_path / "pace.json").read_text("utf-8")) == record
