"""What the browser gets to show a grid of cells to type into."""

import json

import pytest

from cnnviz.components.number_grid import grid_data
from cnnviz.labs import typed


@pytest.mark.parametrize("text", ["1 0 -1;2 0 -2", "_ two;1/0 nan", "1 2;3", ""])
def test_texts_and_problems_arrive_as_they_were_read(text):
    reading = typed.read(text)
    data = grid_data(typed.cells(text), reading.problems, "Kernel", 7, "kernel_cells")
    sent = json.loads(json.dumps(data))
    assert list(sent) == ["grid", "turn", "texts", "problems", "label", "longest"]
    assert (sent["grid"], sent["turn"]) == ("kernel_cells", 7)
    assert typed.join(sent["texts"]) == text
    assert tuple(map(tuple, sent["problems"])) == reading.problems
    assert sent["label"] == "Kernel"
    assert sent["longest"] == typed.LONGEST
